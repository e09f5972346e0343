package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// entry is one entry of a zip file that is made by hand.
type entry struct {
	name string
	data string
	mode fs.FileMode
}

// entriesOf are those of a package, so that they can be tampered with.
func entriesOf(t testing.TB, text []byte) []entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	var out []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, entry{f.Name, string(data), f.Mode()})
	}
	return out
}

// zipOf writes entries as other programs do: sizes behind the data.
func zipOf(t testing.TB, entries []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		h.SetMode(e.mode)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.name, "/") {
			continue
		}
		if _, err := f.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const folder = "report-2026-06-08/"

func replace(entries []entry, name, old, new string) []entry {
	out := append([]entry{}, entries...)
	for i, e := range out {
		if e.name == folder+name {
			if !strings.Contains(e.data, old) {
				panic(name + " does not hold " + old)
			}
			out[i].data = strings.Replace(e.data, old, new, 1)
		}
	}
	return out
}

func without(entries []entry, name string) []entry {
	var out []entry
	for _, e := range entries {
		if e.name != folder+name {
			out = append(out, e)
		}
	}
	return out
}

// reasons are the findings as they are printed, the first of them.
func reasons(r Result) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, strings.TrimSpace(f.Path+": ["+f.Code+"] "+f.Message))
	}
	return strings.Join(out, "\n")
}

// TestTampering changes a package in every way there is; each is refused with
// its reason.
func TestTampering(t *testing.T) {
	good := zipped(t, testPackage(t, testSite(), testInfo()))
	entries := entriesOf(t, good)
	with := func(more ...entry) func() []byte {
		return func() []byte { return zipOf(t, append(append([]entry{}, entries...), more...)) }
	}
	plain := func(list []entry) func() []byte { return func() []byte { return zipOf(t, list) } }
	cut := func(n int) func() []byte { return func() []byte { return good[:len(good)-n] } }
	for _, test := range []struct {
		name string
		make func() []byte
		want string // the findings
	}{
		{"nothing", func() []byte { return good }, ""},
		{"packed again by another program, with folders", plain(append([]entry{{name: folder, mode: fs.ModeDir | 0o755}}, entries...)), ""},
		{"one letter", plain(replace(entries, "entities/acme.html", "Dates", "Datez")), "entities/acme.html: [changed] has been changed: its SHA-256 is not the one that is listed"},
		{"one letter more", plain(replace(entries, "entities/acme.html", "Dates", "Dates!")), "entities/acme.html: [changed] has been changed: it is 421 bytes long, and 420 are listed"},
		{"a file added", with(entry{folder + "x.html", "x", 0o644}), "x.html: [not-listed] is there, and is not listed"},
		{"a file removed", plain(without(entries, "files/a.pdf")), "files/a.pdf: [missing] is listed, and is not there"},
		{"a file renamed", plain(append(without(entries, "files/a.pdf"), entry{folder + "files/b.pdf", "%PDF", 0o644})),
			"files/a.pdf: [missing] is listed, and is not there\nfiles/b.pdf: [not-listed] is there, and is not listed"},
		{"no manifest", plain(without(entries, ManifestName)), ": [no-manifest] there is no MANIFEST.json in it, so it is not a package of dossier"},
		{"a manifest with another size", plain(replace(entries, ManifestName, `"size":4,`, `"size":5,`)), "files/a.pdf: [changed] has been changed: it is 4 bytes long, and 5 are listed"},
		{"a manifest with a space more", plain(replace(entries, ManifestName, `"size":4,`, `"size": 4,`)), "MANIFEST.json: [bad-manifest] the manifest cannot be trusted: it is not written as dossier writes it"},
		{"a manifest with a second value", plain(replace(entries, ManifestName, `"size":4,`, `"size":9,"size":4,`)), "MANIFEST.json: [bad-manifest] the manifest cannot be trusted: it is not written as dossier writes it"},
		{"a manifest of another form", plain(replace(entries, ManifestName, "package 1", "package 2")), `MANIFEST.json: [bad-manifest] the manifest cannot be trusted: it has the form "dossier package 2", and this dossier knows "dossier package 1"`},
		{"a manifest that leads elsewhere", plain(replace(entries, ManifestName, `"files/a.pdf"`, `"files/../../a.pdf"`)),
			`MANIFEST.json: [bad-manifest] the manifest cannot be trusted: it lists "files/../../a.pdf", which cannot be a file everywhere: the path has a part ".."`},
		{"a manifest with a negative size", plain(replace(entries, ManifestName, `"size":4,`, `"size":-4,`)), `MANIFEST.json: [bad-manifest] the manifest cannot be trusted: the size of "files/a.pdf" is not one`},
		{"a manifest that is not JSON", plain(replace(entries, ManifestName, `{`, `[`)), "MANIFEST.json: [bad-manifest] the manifest cannot be trusted: it is not JSON as dossier writes it"},
		{"an entry twice", with(entry{folder + "files/a.pdf", "%PDX", 0o644}), "files/a.pdf: [duplicate] is there twice"},
		{"an entry twice, by case", with(entry{folder + "Files/A.pdf", "%PDX", 0o644}), "Files/A.pdf: [duplicate] is there twice: files/a.pdf, and they differ only by case"},
		{"an absolute name", with(entry{"/etc/passwd", "x", 0o644}), "/etc/passwd: [unsafe-name] its name could lead elsewhere: the path is absolute"},
		{"a name that leads out", with(entry{folder + "../../x", "x", 0o644}), folder + `../../x: [unsafe-name] its name could lead elsewhere: the path has a part ".."`},
		{"a name with a backslash", with(entry{folder + `..\..\x`, "x", 0o644}), folder + `..\..\x: [unsafe-name] its name could lead elsewhere: the path has a backslash`},
		{"a drive", with(entry{`C:/x`, "x", 0o644}), `C:/x: [unsafe-name] its name could lead elsewhere: the path has the character ':'`},
		{"a device", with(entry{folder + "NUL", "x", 0o644}), folder + `NUL: [unsafe-name] its name could lead elsewhere: "NUL" is a reserved name on Windows`},
		{"a file beside the folder", with(entry{"x.html", "x", 0o644}), "x.html: [unsafe-name] does not lie in the folder report-2026-06-08"},
		{"a symbolic link", with(entry{folder + "link", "/etc/passwd", fs.ModeSymlink | 0o777}), folder + "link: [not-a-file] is a link, which could lead anywhere"},
		{"a device file", with(entry{folder + "dev", "", fs.ModeDevice | 0o666}), folder + "dev: [not-a-file] is no plain file"},
		{"the end cut off", cut(1), ": [unreadable] it is not a zip file, or its end is missing"},
		{"half of it", cut(len(good) / 2), ": [unreadable] it is not a zip file, or its end is missing"},
		{"nothing at all", cut(len(good)), ": [unreadable] it is not a zip file, or its end is missing"},
		{"bytes in front", func() []byte { return append([]byte("#!/bin/sh\n"), good...) },
			": [unreadable] the list of its entries is not where it should be: the file is cut off, or something was added to it"},
		{"bytes behind", func() []byte { return append(append([]byte{}, good...), 'x') }, ": [unreadable] it is not a zip file, or its end is missing"},
		{"bytes between", func() []byte { return insertBeforeDirectory(good, []byte("hidden")) }, ": [hidden-bytes] there are bytes between its last entry and the list of entries"},
		{"two names for one entry", func() []byte { return renameFirst(good) },
			folder + `index.html: [hidden-bytes] has a second name in the zip file, "report-2026-06-08/INDEX.html"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := look(t, test.make(), Options{})
			if got := reasons(r); got != test.want {
				t.Errorf("the findings are\n%s\nnot\n%s", got, test.want)
			}
			if r.Intact != (test.want == "") {
				t.Errorf("intact is %v", r.Intact)
			}
		})
	}
}

// insertBeforeDirectory puts bytes between the entries and their list, and
// mends the place of the list.
func insertBeforeDirectory(text, more []byte) []byte {
	out := append([]byte{}, text...)
	end := len(out) - endSize
	at := binary.LittleEndian.Uint32(out[end+16:])
	binary.LittleEndian.PutUint32(out[end+16:], at+uint32(len(more)))
	return append(out[:at:at], append(more, out[at:]...)...)
}

// renameFirst changes the name of the first entry where it stands in front of
// its data, and not in the list.
func renameFirst(text []byte) []byte {
	return bytes.Replace(text, []byte("/index.html"), []byte("/INDEX.html"), 1)
}

// TestEveryBit flips a bit in every byte of a small package, one after the
// other: none goes unnoticed.
func TestEveryBit(t *testing.T) {
	good := zipped(t, testPackage(t, fstest.MapFS{"index.html": {Data: []byte(testPage("x"))}}, testInfo()))
	free := freeBytes(t, good)
	for i := range good {
		if free[i] {
			continue
		}
		bad := append([]byte{}, good...)
		bad[i] ^= 1 << (i % 8)
		if r := look(t, bad, Options{}); r.Intact && r.Fingerprint == look(t, good, Options{}).Fingerprint {
			t.Errorf("a bit in byte %d of %d was changed, and nothing was found", i, len(good))
		}
	}
}

// freeBytes are those that say nothing about a file: time, version and rights
// of an entry. Whoever changes them changes nothing that anybody reads.
func freeBytes(t *testing.T, text []byte) map[int]bool {
	t.Helper()
	free := map[int]bool{}
	for i := 0; i+4 <= len(text); i++ {
		switch binary.LittleEndian.Uint32(text[i:]) {
		case localMark:
			for _, at := range []int{4, 5, 10, 11, 12, 13} { // version needed, time
				free[i+at] = true
			}
		case 0x02014b50:
			for _, at := range []int{4, 5, 6, 7, 12, 13, 14, 15, 34, 35, 36, 37, 38, 39, 40, 41} { // versions, time, disk, attributes
				free[i+at] = true
			}
		case endMark:
			for at := 4; at < 10; at++ { // disks
				free[i+at] = true
			}
		}
	}
	return free
}

// TestTamperedFolder does to an unpacked package what people do.
func TestTamperedFolder(t *testing.T) {
	good := unpacked(t, zipped(t, testPackage(t, testSite(), testInfo())))
	for _, test := range []struct {
		name   string
		change func(fstest.MapFS)
		want   string
	}{
		{"nothing", func(fstest.MapFS) {}, ""},
		{"files of the system", func(f fstest.MapFS) {
			f[folder+".DS_Store"] = &fstest.MapFile{}
			f[folder+"files/Thumbs.db"] = &fstest.MapFile{}
			f["desktop.ini"] = &fstest.MapFile{}
		}, ""},
		{"one letter", func(f fstest.MapFS) {
			f[folder+"index.html"] = &fstest.MapFile{Data: bytes.Replace(f[folder+"index.html"].Data, []byte("Acme"), []byte("Acne"), 1)}
		}, "index.html: [changed] has been changed: its SHA-256 is not the one that is listed"},
		{"a file added", func(f fstest.MapFS) { f[folder+"x.html"] = &fstest.MapFile{} }, "x.html: [not-listed] is there, and is not listed"},
		{"a file removed", func(f fstest.MapFS) { delete(f, folder+"index.html") }, "index.html: [missing] is listed, and is not there"},
		{"a link", func(f fstest.MapFS) {
			f[folder+"files/a.pdf"] = &fstest.MapFile{Mode: fs.ModeSymlink | 0o777, Data: []byte("/etc/passwd")}
		}, "files/a.pdf: [missing] is listed, and is not there\nfiles/a.pdf: [not-a-file] is a link, which could lead anywhere"},
		{"another folder", func(f fstest.MapFS) {
			for name := range f {
				delete(f, name)
			}
			f["holiday.jpg"] = &fstest.MapFile{}
		}, ": [no-manifest] there is no MANIFEST.json in it, so it is not a package of dossier"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, f := range good {
				files[name] = f
			}
			test.change(files)
			if got := reasons(lookAtFolder(t, files)); got != test.want {
				t.Errorf("the findings are\n%s\nnot\n%s", got, test.want)
			}
		})
	}
}

// TestLinksOnDisk: what a real file system says of links.
func TestLinksOnDisk(t *testing.T) {
	dir := t.TempDir()
	for name, f := range unpacked(t, zipped(t, testPackage(t, testSite(), testInfo()))) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc", filepath.Join(dir, folder, "etc")); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := Folder(context.Background(), root.FS(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := reasons(r), "etc: [not-a-file] is a link, which could lead anywhere"; got != want {
		t.Errorf("the findings are\n%s\nnot\n%s", got, want)
	}
}

// zeros are as many megabytes of zeros, deflated.
func zeros(t *testing.T, megabytes int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	add := func(finish func() error) []byte {
		start := b.Len()
		if _, err := w.Write(make([]byte, 1_000_000)); err != nil {
			t.Fatal(err)
		}
		if err := finish(); err != nil {
			t.Fatal(err)
		}
		return append([]byte{}, b.Bytes()[start:]...)
	}
	first, middle := add(w.Flush), add(w.Flush)
	last := add(w.Close)
	return slices.Concat(first, bytes.Repeat(middle, megabytes-2), last)
}

// TestBombs: ten gigabytes of zeros in ten megabytes, in the three ways in
// which somebody could try to have them unfolded.
func TestBombs(t *testing.T) {
	packed := zeros(t, 10_000)
	entries := entriesOf(t, zipped(t, testPackage(t, testSite(), testInfo())))
	listed := func(size int64) []entry {
		line := fmt.Sprintf(",\n{\"path\":\"zeros.csv\",\"size\":%d,\"sha256\":%q}\n]\n}", size, strings.Repeat("00", 32))
		return replace(entries, ManifestName, "\n]\n}", line)
	}
	for _, test := range []struct {
		name    string
		entries []entry
		states  uint64
		want    string
	}{
		{"not listed", entries, 10_000_000_000, "zeros.csv: [not-listed] is there, and is not listed"},
		{"listed as small", listed(1000), 10_000_000_000, "zeros.csv: [changed] has been changed: it is 10000000000 bytes long, and 1000 are listed"},
		{"small everywhere", listed(1000), 1000, "zeros.csv: [changed] has been damaged: not a valid zip file"},
		{"listed as it is", listed(10_000_000_000), 10_000_000_000, ": [too-large] its files would unfold to 10.0 GB, and 2.0 GB are allowed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			for _, e := range test.entries {
				f, err := w.Create(e.name)
				if err == nil {
					_, err = f.Write([]byte(e.data))
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			f, err := w.CreateRaw(&zip.FileHeader{Name: folder + "zeros.csv", Method: zip.Deflate, UncompressedSize64: test.states, CompressedSize64: uint64(len(packed))})
			if err == nil {
				_, err = f.Write(packed)
			}
			if err = errors.Join(err, w.Close()); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			r := look(t, b.Bytes(), Options{})
			runtime.ReadMemStats(&after)
			if got := reasons(r); got != test.want {
				t.Errorf("the findings are\n%s\nnot\n%s", got, test.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 || time.Since(start) > 10*time.Second {
				t.Errorf("it took %d bytes of memory and %v", used, time.Since(start))
			}
		})
	}
}

// TestLyingSizes: an entry that unfolds to more than it says.
func TestLyingSizes(t *testing.T) {
	entries := entriesOf(t, zipped(t, testPackage(t, testSite(), testInfo())))
	text := zipOf(t, entries)
	// The entry holds 8 MB of zeros and says, in the list, that it is as long as
	// the manifest states.
	big := zipOf(t, replace(entries, "files/a.pdf", "%PDF", strings.Repeat("\x00", 8<<20)))
	for i := 0; i+46 < len(big); i++ {
		if binary.LittleEndian.Uint32(big[i:]) == 0x02014b50 && bytes.HasPrefix(big[i+46:], []byte(folder+"files/a.pdf")) {
			binary.LittleEndian.PutUint32(big[i+24:], 4)
		}
	}
	if r := look(t, text, Options{}); !r.Intact {
		t.Fatal(reasons(r))
	}
	if got := reasons(look(t, big, Options{})); !strings.Contains(got, "files/a.pdf: [changed] has been damaged") {
		t.Errorf("the findings are\n%s", got)
	}
}

func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	text := zipped(t, testPackage(t, testSite(), testInfo()))
	if _, err := Zip(ctx, bytes.NewReader(text), int64(len(text)), Options{}); err != context.Canceled {
		t.Errorf("the error is %v", err)
	}
}

// TestEveryFile flips a bit in every file of an unpacked package, one after the
// other: the file is named.
func TestEveryFile(t *testing.T) {
	key := testKey(t)
	p := testPackage(t, testSite(), testInfo())
	p.Sign(key)
	good := unpacked(t, zipped(t, p))
	for name, f := range good {
		files := fstest.MapFS{}
		for other, f := range good {
			files[other] = f
		}
		data := append([]byte{}, f.Data...)
		data[len(data)/2] ^= 4
		files[name] = &fstest.MapFile{Data: data}
		r, err := Folder(context.Background(), files, Options{Key: key.Public()})
		if err != nil {
			t.Fatal(err)
		}
		if rest := strings.TrimPrefix(name, folder); r.Intact || !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Path == rest || rest == ManifestName }) {
			t.Errorf("%s was changed, and the findings are\n%s", name, reasons(r))
		}
	}
}

// TestEveryBitSigned flips a bit in every byte of a manifest and its signature:
// with the key, none goes unnoticed but what nobody vouches for.
func TestEveryBitSigned(t *testing.T) {
	key := testKey(t)
	p := testPackage(t, fstest.MapFS{"index.html": {Data: []byte(testPage("x"))}}, testInfo())
	p.Sign(key)
	good := unpacked(t, zipped(t, p))
	for _, name := range []string{folder + ManifestName, folder + SignatureName} {
		text := good[name].Data
		comment := bytes.IndexByte(text, '\n') // of the signature: "untrusted", by its own words
		for i := range text {
			if name == folder+SignatureName && (i <= comment || i == len(text)-1) {
				continue
			}
			files := fstest.MapFS{}
			for other, f := range good {
				files[other] = f
			}
			data := append([]byte{}, text...)
			data[i] ^= 1
			files[name] = &fstest.MapFile{Data: data}
			r, err := Folder(context.Background(), files, Options{Key: key.Public()})
			if err != nil {
				t.Fatal(err)
			}
			if r.Intact || r.Signer == SignerVerified {
				t.Errorf("a bit in byte %d of %s was changed, and the package is taken for whole", i, name)
			}
		}
	}
}

// TestForged: who changes a page and puts its new hash into the manifest gets a
// package that is whole, of another fingerprint, and not signed by the key.
func TestForged(t *testing.T) {
	key := testKey(t)
	p := testPackage(t, testSite(), testInfo())
	p.Sign(key)
	entries := entriesOf(t, zipped(t, p))
	page, _ := p.Manifest.Entry("entities/acme.html")
	changed := strings.Replace(string(testSite()["entities/acme.html"].Data), "Dates", "Datez", 1)
	forged := zipOf(t, replace(replace(entries, "entities/acme.html", "Dates", "Datez"), ManifestName, page.SHA256, sum([]byte(changed))))
	r := look(t, forged, Options{})
	if !r.Intact || r.Signer != SignerUnknown || r.Fingerprint == p.Fingerprint() {
		t.Errorf("without the key: %+v", r)
	}
	r = look(t, forged, Options{Key: key.Public()})
	if got, want := reasons(r), "MANIFEST.json.minisig: [bad-signature] does not fit what it signs: one of the two has been changed"; got != want || r.Signer != SignerOther {
		t.Errorf("the findings are\n%s\nnot\n%s", got, want)
	}
}
