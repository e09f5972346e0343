package proof

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/dossier-report/dossier/generator"
)

// packed is the example report in a package: the file, the folder that it was
// unpacked into, and what is known of it.
type packed struct {
	file   string
	dir    string // of the package, with a space and Chinese letters above it
	result generator.PackResult
}

var packedExample = sync.OnceValues(func() (packed, error) {
	if _, err := built(); err != nil { // makes workDir
		return packed{}, err
	}
	p := packed{file: filepath.Join(workDir, "package.zip")}
	var err error
	if p.result, err = generator.Pack(context.Background(), generator.PackOptions{Project: filepath.Join("..", ".."), Out: p.file}); err != nil {
		return p, fmt.Errorf("%w: %v", err, p.result.Diagnostics)
	}
	p.dir = filepath.Join(workDir, "from a stick 硬盘", p.result.Manifest.Name)
	return p, unzip(p.file, filepath.Dir(p.dir))
})

func unzip(file, dir string) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, f := range z.File {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func examplePackage(t *testing.T) packed {
	t.Helper()
	p, err := packedExample()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPackageHasTheSite: the package holds the very bytes of the site, but for
// what only a server needs.
func TestPackageHasTheSite(t *testing.T) {
	s, p := example(t), examplePackage(t)
	files, err := htmlFiles(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		want, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(file)))
		if s.onlyServed(file) {
			if err == nil {
				t.Errorf("%s is packed", file)
			}
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s is not the page of the site (%v)", file, err)
		}
	}
}

// TestUnpacked opens a page of every kind from the unpacked package.
func TestUnpacked(t *testing.T) {
	b := sharedBrowser(t)
	s := site{dir: examplePackage(t).dir}
	each(t, b, bestOf(samples(t)), func(tab *tab, sample sample) []string {
		if sample.site != example(t) || sample.onlyServed(sample.file) {
			return nil
		}
		return withCharts(tab, s.disk(), sample.file)
	})
}

// TestUnpackedSearch looks for things in the unpacked package.
func TestUnpackedSearch(t *testing.T) {
	b := sharedBrowser(t)
	each(t, b, []string{(&site{dir: examplePackage(t).dir}).disk()}, func(tab *tab, root string) []string { return searching(tab, root) })
}

// answer is what the page for checking a copy says.
type answer struct {
	Verdict     string   `json:"verdict"`
	Fingerprint string   `json:"fingerprint"`
	Found       []string `json:"found"`
	Facts       string   `json:"facts"`
}

// answerJS waits for the answer of the page.
const answerJS = `new Promise((done, fail) => {
	const started = Date.now();
	(function look() {
		const a = document.querySelector(".verify-answer");
		if (a.hidden) return Date.now() - started > 55000 ? fail(new Error("no answer: " + document.querySelector(".verify-status").textContent)) : setTimeout(look, 20);
		done(JSON.stringify({
			verdict: document.getElementById("verify-verdict").textContent,
			fingerprint: a.querySelector(".verify-code").textContent,
			found: Array.from(a.querySelectorAll(".verify-found li"), li => li.textContent),
			facts: a.querySelector(".verify-facts").textContent,
		}));
	})();
})`

// choosing is a reader who can choose files.
type choosing interface {
	reading
	// choose chooses a file, or a folder, in a field of the page.
	choose(field, file string) error
}

func (t *tab) choose(field, file string) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	element, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: fmt.Sprintf("document.getElementById(%q)", field)})
	if err != nil {
		return err
	}
	_, err = chromedp.Call(ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, ObjectID: element.Result.ObjectID})
	return err
}

// checked is what the page for checking a copy says of a file or a folder.
func checked(r choosing, root, field, file string) (answer, error) {
	var out answer
	if problems := r.visit(root, "verify.html"); len(problems) > 0 {
		return out, fmt.Errorf("%v", problems)
	}
	if err := r.choose(field, file); err != nil {
		return out, err
	}
	text, err := r.text(answerJS)
	if err != nil {
		return out, err
	}
	if problems := r.wrong(); len(problems) > 0 {
		return out, fmt.Errorf("%v", problems)
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// touched is a package that somebody may have touched, and what a reader is told.
type touched struct {
	name, file, verdict string
	found               []string
}

// damage are packages of all sorts, the first as it was packed.
func damage(t *testing.T, p packed) []touched {
	t.Helper()
	dir := t.TempDir()
	top := p.result.Manifest.Name + "/"
	changed := []string{"entities/hikvision.html", "about.html", "MANIFEST.json"}
	good, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, text []byte) string {
		file := filepath.Join(dir, name+".zip")
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	again := func(name string, change func(path, text string) (string, string), more map[string]string) string {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		z, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if path, _ := change(f.Name, ""); path == f.Name && name != "again" && !slices.Contains(changed, strings.TrimPrefix(path, top)) {
				if err := w.Copy(f); err != nil { // as it was packed
					t.Fatal(err)
				}
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			path, now := change(f.Name, string(text))
			if path == "" {
				continue
			}
			to, err := w.Create(path)
			if err == nil {
				_, err = to.Write([]byte(now))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for path, text := range more {
			to, err := w.Create(path)
			if err == nil {
				_, err = to.Write([]byte(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return write(name, out.Bytes())
	}
	same := func(path, text string) (string, string) { return path, text }
	of := func(name string, change func(text string) string) func(path, text string) (string, string) {
		return func(path, text string) (string, string) {
			if path == p.result.Manifest.Name+"/"+name {
				text = change(text)
			}
			return path, text
		}
	}
	flipped := slices.Clone(good)
	flipped[len(flipped)/2] ^= 1
	return []touched{
		{"as it was packed", p.file, "Intact", nil},
		{"packed again", again("again", same, nil), "Intact", nil},
		{"one word", again("word", of("entities/hikvision.html", func(s string) string { return strings.Replace(s, "Hikvision", "Hikvisiom", 1) }), nil), "Not intact", []string{"entities/hikvision.html was changed"}},
		{"one word more", again("more", of("about.html", func(s string) string { return s + " " }), nil), "Not intact", []string{"about.html was changed"}},
		{"a file more", again("file", same, map[string]string{top + "x.html": "x"}), "Not intact", []string{"x.html does not belong to it"}},
		{"a file less", again("less", func(path, text string) (string, string) {
			if path == top+"about.html" {
				path = ""
			}
			return path, text
		}, nil), "Not intact", []string{"about.html is missing"}},
		{"a name that leads out", again("slip", same, map[string]string{top + "../x.html": "x"}), "Not intact", []string{"../x.html is no file that a copy may hold"}},
		{"a file twice", again("twice", same, map[string]string{top + "ABOUT.html": "x"}), "Not intact", []string{"ABOUT.html is there twice"}},
		{"another list", again("list", of("MANIFEST.json", func(s string) string { return strings.Replace(s, "\"size\":", "\"size\":-", 1) }), nil), "Cannot be checked",
			[]string{"MANIFEST.json is not a list of files that Dossier has written"}},
		{"no list", again("none", of("MANIFEST.json", func(string) string { return "" }), nil), "Cannot be checked", []string{"MANIFEST.json is not a list of files that Dossier has written"}},
		{"cut off", write("cut", good[:len(good)-100]), "Cannot be checked", []string{"It is not a zip file, it was cut off, or something was added to it."}},
		{"no zip file", write("text", []byte("Dear reader")), "Cannot be checked", []string{"It is not a zip file, it was cut off, or something was added to it."}},
		{"a bit", write("bit", flipped), "Not intact", []string{""}}, // whatever file it falls into
	}
}

// TestVerifyPage has the page of the unpacked package look at packages that are
// whole and at others, from a disk: it sees what dossier verify sees.
func TestVerifyPage(t *testing.T) {
	b := sharedBrowser(t)
	tab := <-b.tabs
	defer func() { b.tabs <- tab }()
	checks(t, tab, damage(t, examplePackage(t)))
}

// checks has a reader look at packages.
func checks(t *testing.T, r choosing, packages []touched) {
	t.Helper()
	p := examplePackage(t)
	root := (&site{dir: p.dir}).disk()
	for _, c := range packages {
		got, err := checked(r, root, "verify-zip", c.file)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got.Verdict != c.verdict || len(got.Found) != len(c.found) || len(c.found) > 0 && c.found[0] != "" && !slices.Equal(got.Found, c.found) {
			t.Errorf("%s: the page says %q %q, not %q %q", c.name, got.Verdict, got.Found[:min(3, len(got.Found))], c.verdict, c.found)
		}
		program, err := generator.Verify(t.Context(), c.file, generator.VerifyOptions{})
		if err != nil || program.Intact != (got.Verdict == "Intact") {
			t.Errorf("%s: the page says %q, and dossier verify that intact is %v (%v)", c.name, got.Verdict, program.Intact, err)
		}
		if got.Verdict == "Intact" && (got.Fingerprint != p.result.Fingerprint || got.Fingerprint != program.Fingerprint) {
			t.Errorf("%s: the fingerprint is %s, not %s, as dossier verify says %s", c.name, got.Fingerprint, p.result.Fingerprint, program.Fingerprint)
		}
		// Of a bit in the middle only the program can tell whose it was.
		if len(c.found) > 0 && c.found[0] == "" && (len(program.Findings) == 0 || len(got.Found) == 0 || !strings.HasPrefix(got.Found[0], program.Findings[0].Path+" ")) {
			t.Errorf("%s: the page says %q, and dossier verify %v", c.name, got.Found, program.Findings)
		}
	}
}

// TestVerifyFolder has the page look at the unpacked folder.
func TestVerifyFolder(t *testing.T) {
	b := sharedBrowser(t)
	tab := <-b.tabs
	defer func() { b.tabs <- tab }()
	checksFolder(t, tab)
}

// checksFolder has a reader choose the unpacked folder, before and after
// somebody has changed a page in it.
func checksFolder(t *testing.T, r choosing) {
	t.Helper()
	p := examplePackage(t)
	root := (&site{dir: p.dir}).disk()
	copied := filepath.Join(t.TempDir(), "copy of it")
	if err := os.CopyFS(filepath.Join(copied, filepath.Base(p.dir)), os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	look := func(dir, verdict string, found ...string) {
		t.Helper()
		got, err := checked(r, root, "verify-folder", dir)
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict != verdict || !slices.Equal(got.Found, found) {
			t.Errorf("%s: the page says %q %q", dir, got.Verdict, got.Found[:min(3, len(got.Found))])
		}
	}
	inner := filepath.Join(copied, filepath.Base(p.dir))
	look(inner, "Intact")
	look(copied, "Intact") // the folder around it
	if err := os.WriteFile(filepath.Join(inner, "about.html"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inner, ".DS_Store"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inner, "new.html"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	look(inner, "Not intact", "about.html was changed", "new.html does not belong to it")
}

// TestFingerprintOfThePage compares the SHA-256 of the page with Go's.
func TestFingerprintOfThePage(t *testing.T) {
	b := sharedBrowser(t)
	tab := <-b.tabs
	defer func() { b.tabs <- tab }()
	if problems := tab.visit((&site{dir: examplePackage(t).dir}).disk(), "verify.html"); len(problems) > 0 {
		t.Fatal(problems)
	}
	got, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](`(() => {
		const out = [];
		for (let n = 0; n < 300; n++) out.push(Dossier.sha256(new Uint8Array(n).map((_, i) => i * 7 + n)));
		out.push(Dossier.sha256(new Uint8Array(1000000).fill(97)));
		return out.join(" ");
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for n := range 300 {
		text := make([]byte, n)
		for i := range text {
			text[i] = byte(i*7 + n)
		}
		s := sha256.Sum256(text)
		want = append(want, hex.EncodeToString(s[:]))
	}
	s := sha256.Sum256(bytes.Repeat([]byte("a"), 1_000_000))
	want = append(want, hex.EncodeToString(s[:]))
	if list := strings.Fields(got); !slices.Equal(list, want) {
		for i := range want {
			if i >= len(list) || list[i] != want[i] {
				t.Fatalf("the SHA-256 number %d differs", i)
			}
		}
	}
}
