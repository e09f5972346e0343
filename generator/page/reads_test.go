package page

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/digest"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

// made is a site in memory: its pages, and what those of records were made from.
type made struct {
	pages  map[string]*Page
	keys   map[string][]string
	sums   *Sums
	shared digest.Sum
}

// makeAll describes all pages of a project; false when it has errors.
func makeAll(t *testing.T, files map[string]string) (made, bool) {
	t.Helper()
	in, found := load.Project(writeProject(t, files))
	report, more := model.Build(in)
	for _, d := range append(report.Judge(found), more...) {
		if d.Severity == 0 {
			return made{}, false
		}
	}
	v, err := report.View(model.ViewOptions{Date: day})
	if err != nil {
		return made{}, false
	}
	o := Options{Templates: AllTemplates, Version: "1", Words: map[string]Words{}}
	for _, lang := range []string{"en", "fr"} {
		o.Words[lang] = Words{Chart: chart.Env{Word: func(key string, _ map[string]any) string { return key }}}
	}
	outline := NewOutline(v, o)
	m := made{pages: map[string]*Page{}, keys: map[string][]string{}}
	for p := range outline.Pages(Last{Made: func(path string, keys []string) { m.keys[path] = keys }}) {
		m.pages[p.Path] = p
	}
	if m.sums, err = outline.Sums(); err != nil {
		t.Fatal(err)
	}
	if m.shared, err = m.sums.Shared(); err != nil {
		t.Fatal(err)
	}
	return m, true
}

// A page of records is the same as long as what it was made from is, whatever
// line of a project is changed: every line of every file is, in three ways.
func TestReadsSuffice(t *testing.T) {
	files := small(t, nil)
	was, ok := makeAll(t, files)
	if !ok {
		t.Fatal("the project has errors")
	}
	if len(was.keys) < 20 {
		t.Fatalf("only %d pages of records", len(was.keys))
	}
	changes, kept, remade := 0, 0, 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		lines := strings.SplitAfter(files[name], "\n")
		for i, line := range lines {
			if testing.Short() && i%6 > 0 {
				continue
			}
			for _, changed := range changedLines(line) {
				next := maps.Clone(files)
				next[name] = strings.Join(slices.Concat(lines[:i], []string{changed}, lines[i+1:]), "")
				now, ok := makeAll(t, next)
				if !ok {
					continue
				}
				changes++
				for path, keys := range was.keys {
					if now.shared != was.shared || slices.ContainsFunc(keys, func(k string) bool { return now.sums.Of(k) != was.sums.Of(k) }) {
						remade++
						continue
					}
					kept++
					p := now.pages[path]
					if p == nil {
						t.Fatalf("%s:%d: %q: %s is gone, and nothing that it was made from has changed", name, i+1, changed, path)
					}
					if !reflect.DeepEqual(p, was.pages[path]) {
						t.Fatalf("%s:%d: %q: %s has changed, and nothing that it was made from:\n%s", name, i+1, changed, path, strings.Join(keys, "\n"))
					}
					if !slices.Equal(now.keys[path], keys) {
						t.Fatalf("%s:%d: %q: %s is the same, and was made from something else", name, i+1, changed, path)
					}
				}
			}
		}
	}
	t.Logf("%d changes: %d pages kept, %d to be made again", changes, kept, remade)
	if changes < 30 || kept < remade/2 {
		t.Error("that shows too little")
	}
}

// changedLines are a line without its last word, with another letter and with
// another digit.
func changedLines(line string) []string {
	out := []string{""}
	trimmed := strings.TrimRight(line, "\n")
	if i := strings.LastIndex(trimmed, " "); i > 0 {
		word := strings.TrimRight(trimmed[i+1:], "]}\"'.,")
		if len(word) > 1 {
			out = append(out, strings.Replace(line, word, word[:len(word)-1]+"q", 1))
		}
	}
	if i := strings.LastIndexAny(line, "123456789"); i >= 0 {
		out = append(out, fmt.Sprintf("%s%c%s", line[:i], line[i]-1, line[i+1:]))
	}
	return out
}

// What pages were made from is left in a folder that may be published. It names
// nobody whom the reader may not see.
func TestReadsNameNobodyHidden(t *testing.T) {
	files := small(t, map[string]string{
		"data/entities/bureau.yaml": "{schema: PublicBody, name: Secret Name, country: us, audience: editors, sources: [gazette], confidence: primary}",
		"dossier.yaml":              small(t, nil)["dossier.yaml"] + "audiences: [public, editors]\n",
	})
	m, ok := makeAll(t, files)
	if !ok {
		t.Fatal("the project has errors")
	}
	asked := false
	for path, keys := range m.keys {
		for _, key := range keys {
			if strings.HasSuffix(key, " bureau") {
				t.Errorf("%s: %s", path, key)
			}
			asked = asked || key == keyIDs || key == keyAll
		}
	}
	if !asked {
		t.Error("nobody has asked for it")
	}
}
