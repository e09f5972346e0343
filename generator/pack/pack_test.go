package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dossier-report/dossier/generator/diag"
)

const goodPolicy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'">`

// testPage is a page as the theme makes them.
func testPage(body string) string {
	return "<!doctype html><html lang=en><head><meta charset=utf-8>" + goodPolicy + "<title>T</title></head><body><main>" + body + "</main></body></html>"
}

func testSite() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"index.html":         testPage(`<a href="entities/acme.html#dates">Acme</a> <a href="https://example.org/">out</a> <a href="feed.xml">feed</a>`),
		"entities/acme.html": testPage(`<h2 id="dates">Dates</h2><a href="../index.html">home</a><img src="../assets/a.svg" alt=""><a href="../files/a.pdf">copy</a>`),
		"assets/dossier.css": "body { background: url(a.svg) } @font-face { src: url(\"f.woff2\") }",
		"assets/a.svg":       `<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="p"/></defs><use href="#p"/></svg>`,
		"assets/f.woff2":     strings.Repeat("f", 300),
		"assets/dossier.js":  strings.Repeat("var x;", 100),
		"files/a.pdf":        "%PDF",
		"feed.xml":           `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/></feed>`,
		"404.html":           "not packed", "_headers": "not packed", "robots.txt": "not packed", "sitemap.xml": "not packed", "fr/404.html": "not packed",
		".dossier/manifest": "not packed",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func testInfo() Info {
	return Info{Name: "report-2026-06-08", Title: "A <report> \"of\" ours", Version: "1", Go: "go1", Built: "2026-06-08", AsOf: "2026-06-08", Audience: "public", Input: strings.Repeat("0a", 32)}
}

func testPackage(t testing.TB, files fs.FS, info Info) *Package {
	t.Helper()
	tree, err := NewTree(files)
	if err != nil {
		t.Fatal(err)
	}
	tree.Put(ReadmeName, []byte("read me"))
	p, found, err := New(tree, info)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	return p
}

func zipped(t testing.TB, p *Package) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := p.WriteTo(&b)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(b.Len()) {
		t.Fatalf("%d bytes were written, not %d", b.Len(), n)
	}
	return b.Bytes()
}

func look(t testing.TB, text []byte, opts Options) Result {
	t.Helper()
	r, err := Zip(context.Background(), bytes.NewReader(text), int64(len(text)), opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// unpacked is what a zip program makes of a package.
func unpacked(t testing.TB, text []byte) fstest.MapFS {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(f.Name, err)
		}
		out[f.Name] = &fstest.MapFile{Data: data, Mode: f.Mode()}
	}
	return out
}

// TestPackage looks at a package as whoever gets it would.
func TestPackage(t *testing.T) {
	p := testPackage(t, testSite(), testInfo())
	text := zipped(t, p)
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, f := range z.File {
		order = append(order, f.Name)
		if f.Mode() != 0o644 {
			t.Errorf("%s has the mode %v", f.Name, f.Mode())
		}
		if got := f.Modified.Format("2006-01-02 15:04:05"); got != "2026-06-08 12:00:00" {
			t.Errorf("%s is of %s", f.Name, got)
		}
	}
	want := []string{"index.html", "MANIFEST.json", "README.txt", "assets/a.svg", "assets/dossier.css", "assets/dossier.js", "assets/f.woff2", "entities/acme.html", "feed.xml", "files/a.pdf"}
	for i := range want {
		want[i] = "report-2026-06-08/" + want[i]
	}
	if !slices.Equal(order, want) {
		t.Errorf("the entries are\n%s\nnot\n%s", strings.Join(order, "\n"), strings.Join(want, "\n"))
	}
	for _, r := range []Result{look(t, text, Options{}), lookAtFolder(t, unpacked(t, text))} {
		if !r.Intact || r.Signer != SignerUnknown || r.Fingerprint != p.Fingerprint() || len(r.Manifest.Files) != 9 || r.Manifest.Title != testInfo().Title {
			t.Errorf("the package is not what was packed: %+v", r)
		}
	}
}

func lookAtFolder(t testing.TB, files fs.FS) Result {
	t.Helper()
	r, err := Folder(context.Background(), files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSamePackage packs the same files again.
func TestSamePackage(t *testing.T) {
	key := testKey(t)
	make := func() []byte {
		p := testPackage(t, testSite(), testInfo())
		p.Sign(key)
		return zipped(t, p)
	}
	if !bytes.Equal(make(), make()) {
		t.Error("the same files gave two different packages")
	}
}

// TestOldDays: a zip file knows no day before 1980.
func TestOldDays(t *testing.T) {
	for _, day := range []string{"1875-01-01", "2199-12-31"} {
		info := testInfo()
		info.Built, info.AsOf = day, day
		if r := look(t, zipped(t, testPackage(t, testSite(), info)), Options{}); !r.Intact || r.Manifest.Built != day {
			t.Errorf("%s: %+v", day, r)
		}
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"files/a\u0308.pdf", "not every computer could unpack \"files/a\u0308.pdf\": it has letters written as several characters; rename it with composed letters (Unicode NFC)"},
		{"files/CON.pdf", `not every computer could unpack "files/CON.pdf": it cannot be a file everywhere: "CON.pdf" is a reserved name on Windows; rename it`},
		{"FILES/x.pdf", `not every computer could unpack "files/a.pdf": it stands beside "FILES": they differ only by case`},
		{"files/" + strings.Repeat("x", 170), fmt.Sprintf(`not every computer could unpack "files/%s": it is 194 characters long with the folder of the package, 14 more than Windows can be relied on for; use a shorter name`, strings.Repeat("x", 170))},
	} {
		files := testSite()
		files[test.name] = &fstest.MapFile{}
		tree, err := NewTree(files)
		if err != nil {
			t.Fatal(err)
		}
		_, found, err := New(tree, testInfo())
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v %v", test.name, found, err)
		}
		if got := found[0].Message + "; " + found[0].Hint; strings.TrimSuffix(got, "; ") != test.want || found[0].Severity != diag.Error || found[0].Code != CodeName {
			t.Errorf("%s:\n%s\nnot\n%s", test.name, got, test.want)
		}
	}
}
