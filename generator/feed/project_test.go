package feed

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and look at what changes\ngot:\n%s", name, got)
	}
}

var day = model.NewDay(2026, 6, 8)

// project reads testdata/report.txtar, with some of its files changed.
func project(t testing.TB, changed map[string]string) model.Input {
	t.Helper()
	data, err := os.ReadFile("testdata/report.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	name := ""
	for line := range strings.Lines(string(data)) {
		if mark, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(line, " --\n") {
			name = strings.TrimSuffix(mark, " --\n")
		} else if name != "" {
			files[name] += line
		}
	}
	for name, text := range changed {
		files[name] = text
	}
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	in, found := load.Project(dir)
	report(t, found)
	return in
}

func report(t testing.TB, found []diag.Diagnostic) {
	t.Helper()
	for _, d := range found {
		if d.Severity == diag.Error {
			t.Error(d.Error())
		}
	}
}

func pages(t testing.TB, in model.Input, o model.ViewOptions) []*page.Page {
	t.Helper()
	r, found := model.Build(in)
	report(t, found)
	v, err := r.View(o)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(page.Pages(v, page.Options{Version: "1", Templates: page.AllTemplates}))
}

// small are the pages of the report in testdata.
func small(t testing.TB) []*page.Page {
	t.Helper()
	return pages(t, project(t, nil), model.ViewOptions{Date: day})
}

// everything is all that is made of pages: files by path, and the heads of the
// pages under their own paths.
func everything(t testing.TB, o Options, list []*page.Page) map[string]string {
	t.Helper()
	out := map[string]string{}
	put := func(path string, data []byte) {
		if _, twice := out[path]; twice {
			t.Errorf("%s is made twice", path)
		}
		out[path] = string(data)
	}
	c := NewCollector(o)
	for p := range c.Watch(slices.Values(list)) {
		for path, data := range o.Entity(p) {
			put(path, data)
		}
		put(p.Path, []byte(show(o.Head(p))))
	}
	for path, data := range c.Files() {
		put(path, data)
	}
	return out
}

func show(h page.Head) string {
	var b strings.Builder
	if h.NoIndex {
		b.WriteString("noindex\n")
	}
	for _, f := range h.Feeds {
		b.WriteString("feed " + f.Type + " " + f.Href + " " + f.Title + "\n")
	}
	for _, m := range h.Graph {
		b.WriteString(m.Property + " " + m.Content + "\n")
	}
	return b.String() + h.JSONLD + "\n"
}

// examplePages are those of the report of this repository, as if it had a base
// URL.
func examplePages(t testing.TB) []*page.Page {
	t.Helper()
	if _, err := os.Stat("../../dossier.yaml"); err != nil {
		t.Fatal(err)
	}
	in, found := load.Project("../..")
	in.Rules = slices.Concat(load.Rules(), model.Rules(), lint.Rules())
	r, more := model.Build(in)
	if n := diag.Tally(append(found, more...)).Errors; n > 0 {
		t.Skipf("the example report has %d errors, which its own test shows", n)
	}
	v, err := r.View(model.ViewOptions{})
	if err != nil {
		t.Fatal(err)
	}
	v.Settings.BaseURL = "https://example.org/report/"
	return slices.Collect(page.Pages(v, page.Options{Version: "1", Templates: page.AllTemplates}))
}

var full = Options{
	Image: func(p *page.Page) Image {
		if p.Measure != nil {
			return Image{}
		}
		return Image{Path: "images/" + strings.TrimSuffix(p.Path, ".html") + ".png", Alt: "The title of the page", Type: "image/png", Width: 1200, Height: 630}
	},
	Data: Data{Page: "about.html", Files: []Download{{"data/measures.csv", "text/csv", "Measures"}, {"data/datapackage.json", "application/json", "Dictionary"}}},
}
