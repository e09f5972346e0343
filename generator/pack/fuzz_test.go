package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dossier-report/dossier/generator/output"
)

// FuzzZip: no file makes the check fail, and what is intact unpacks to just
// the files of its manifest, at safe paths.
func FuzzZip(f *testing.F) {
	good := zipped(f, testPackage(f, testSite(), testInfo()))
	small := zipped(f, testPackage(f, fstest.MapFS{"index.html": {Data: []byte(testPage("x"))}}, testInfo()))
	signed := testPackage(f, fstest.MapFS{"index.html": {Data: []byte(testPage("x"))}}, testInfo())
	signed.Sign(testKey(f))
	entries := entriesOf(f, small)
	for _, seed := range [][]byte{
		good, small, zipped(f, signed), zipOf(f, entries), nil, small[:len(small)/2], append([]byte("x"), small...),
		zipOf(f, append(entries, entry{folder + "../x", "x", 0o644})), insertBeforeDirectory(small, []byte("x")), renameFirst(small),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Zip(context.Background(), bytes.NewReader(text), int64(len(text)), Options{Limits: Limits{Bytes: 16 << 20}})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Intact {
			if len(r.Findings) == 0 {
				t.Fatal("it is not intact, and there is no reason")
			}
			return
		}
		unpackable(t, text, r.Manifest)
	})
}

func unpackable(t *testing.T, text []byte, m Manifest) {
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, file := range z.File {
		name := strings.TrimSuffix(file.Name, "/")
		if err := output.CheckName(name); err != nil {
			t.Fatalf("%q: %v", file.Name, err)
		}
		_, rest, _ := strings.Cut(name, "/")
		e, listed := m.Entry(rest)
		if !listed {
			if rest != ManifestName && rest != SignatureName && !strings.HasSuffix(file.Name, "/") {
				t.Fatalf("%q is not listed", file.Name)
			}
			continue
		}
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil || sum(data) != e.SHA256 {
			t.Fatalf("%q is not what is listed: %v", file.Name, err)
		}
		seen++
	}
	if seen != len(m.Files) {
		t.Fatalf("%d files are listed, and %d are there", len(m.Files), seen)
	}
}

// FuzzManifest: what is read is written again byte for byte.
func FuzzManifest(f *testing.F) {
	text := testPackage(f, testSite(), testInfo()).Manifest.Encode()
	f.Add(text)
	f.Add(bytes.Replace(text, []byte(`"title"`), []byte(`"Title"`), 1))
	f.Add([]byte(`{"about":{"form":"dossier package 1"},"files":[]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := parseManifest(text)
		if err == nil && !bytes.Equal(m.Encode(), text) {
			t.Fatal("it is written in another way")
		}
	})
}

// FuzzPage: no page, style or drawing makes the check fail.
func FuzzPage(f *testing.F) {
	for name, file := range testSite() {
		f.Add(name, string(file.Data))
	}
	f.Add("x.html", `<noscript><svg><script xlink:href="a"/><a href=" #x"`)
	f.Add("x.css", `@\69mport u\72l(`)
	f.Fuzz(func(t *testing.T, name, text string) {
		i := newInspector(Manifest{}, func(code, name, format string, args ...any) {})
		if i.wants(name) {
			i.look(name, []byte(text))
			i.follow()
		}
	})
}

// FuzzSingle: no file makes the check fail, and what is intact begins with the
// hash of its rest.
func FuzzSingle(f *testing.F) {
	out, _ := testSingle(f, singleSite(), 0)
	f.Add(out.Text)
	f.Add(seal([]byte("<html><head>" + goodPolicy + "<script type=\"application/json\" id=\"~about\">{}</script>")))
	f.Add([]byte(sealStart))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, text := range [][]byte{text, seal(text)} {
			r, err := Page(context.Background(), bytes.NewReader(text), nil, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Intact && !bytes.Equal(seal(text[sealSize:]), text) {
				t.Fatal("it is intact, and its beginning is another")
			}
		}
	})
}
