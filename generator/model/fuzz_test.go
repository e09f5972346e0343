package model_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

// fuzzNames are the files in which FuzzBuild puts its text.
var fuzzNames = []string{
	"data/entities/x.yaml", "data/measures/x.yaml", "data/events/x.yaml", "data/programs/x.yaml", "data/sources/x.yaml", "data/links/x.yaml",
	"data/series/series.yaml", "data/figures/x.yaml", "data/studies/x.yaml", "data/files/files.yaml", "content/x.md", "content/news/x.md",
	"dossier.yaml", "data/links/x.csv", "data/figures/x.csv", "data/series/x.csv",
}

// FuzzBuild reads any text as records of any kind, beside others that it may
// refer to.
func FuzzBuild(f *testing.F) {
	add := func(name string, text []byte) {
		kind := filepath.Dir(name)
		for i, n := range fuzzNames {
			if filepath.Dir(n) == kind && filepath.Ext(n) == filepath.Ext(name) {
				f.Add(i, text[:min(len(text), 1500)])
			}
		}
	}
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			add(file.Name, file.Data)
		}
	}
	for _, folder := range []string{"data/*/*", "content/*", "content/news/*"} {
		names, err := filepath.Glob("../../" + folder)
		if err != nil {
			f.Fatal(err)
		}
		for i, name := range names {
			if text, err := os.ReadFile(name); err == nil && i%7 == 0 {
				add(strings.TrimPrefix(filepath.ToSlash(name), "../../"), text)
			}
		}
	}
	for i := range fuzzNames {
		f.Add(i, []byte("- {id: a, title: {en: x}, known: 2022, date: 2022, revisions: [{date: 2023, kind: update, field: \"date\", was: 2021}]}\n"))
		f.Add(i, []byte("a: [\n"))
	}
	dir := f.TempDir()
	beside := map[string]string{
		"dossier.yaml":         "title: X\naudiences: [public, team]\n",
		"data/entities/e.yaml": "- {id: hikvision, schema: Company, name: Hikvision}\n- {id: a, schema: PublicBody, name: A, parent: hikvision}\n",
		"data/sources/s.yaml":  "{title: S, published: 2022-05-04, statements: [{kind: report, text: x}]}\n",
	}
	rules := map[string]bool{}
	for _, r := range append(model.Rules(), load.Rules()...) {
		rules[r.Code] = true
	}
	f.Fuzz(func(t *testing.T, which int, text []byte) {
		if which < 0 || which >= len(fuzzNames) {
			return
		}
		dir, err := os.MkdirTemp(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		put := func(name string, text []byte) {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range beside {
			put(name, []byte(text))
		}
		put(fuzzNames[which], text)
		in, found := load.Project(dir)
		in.Rules = load.Rules()
		r, more := model.Build(in)
		found = append(found, more...)
		for _, d := range found {
			if d.Span.IsZero() || d.Span.Start > d.Span.End || d.Span.End > len(d.Span.File.Text()) || d.Message == "" || !rules[d.Code] {
				t.Fatalf("bad diagnostic %+v", d)
			}
			for _, r := range d.Related {
				if r.Span.IsZero() {
					t.Fatalf("no place beside %+v", d)
				}
			}
		}
		if err := diag.Print(&strings.Builder{}, found, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		for _, item := range r.Whole().Sources {
			model.Markdowns(item)
		}
		_, err = r.View(model.ViewOptions{Date: model.NewDay(2026, 1, 1)})
		if (err == model.ErrBroken) != (diag.Tally(found).Errors > 0) {
			t.Fatalf("%v with %v", err, found)
		}
		if err != nil {
			return
		}
		for _, d := range []model.Day{1, model.NewDay(2020, 1, 1), model.NewDay(2022, 12, 31), model.NewDay(2025, 1, 1)} {
			v, err := r.View(model.ViewOptions{Date: model.NewDay(2026, 1, 1), AsOf: d})
			if err != nil {
				t.Fatal(err)
			}
			held(v)
		}
	})
}

// FuzzAlign looks up ranges of any text in any source. What fits is tested in
// package load, where texts and their sources come from.
func FuzzAlign(f *testing.F) {
	for _, s := range []string{"a b", "|\n  a\n", ">-\n a\n b", `"a\u6d77"`, "'it''s'", "a\r\nb", "\"\"\"\""} {
		f.Add(s, []byte(s), 0, 2, 1)
	}
	f.Fuzz(func(t *testing.T, text string, src []byte, start, end, style int) {
		a, b := model.Align(text, src, model.Style(uint8(style)%8), start, end)
		if a < 0 || a > b || b > len(src) {
			t.Fatalf("%d..%d of %q is %d..%d of %q", start, end, text, a, b, src)
		}
	})
}
