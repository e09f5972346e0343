package page

import (
	"bytes"
	"errors"
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
	"github.com/dossier-report/dossier/generator/table"
)

// made is a site in memory: its pages, and what those of records were made from,
// and its tables.
type made struct {
	view   *model.View
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
	o := Options{Templates: AllTemplates, Version: "1", Words: map[string]Words{}, rowsPerPage: 3}
	for _, lang := range []string{"en", "fr"} {
		o.Words[lang] = Words{Chart: chart.Env{Word: func(key string, _ map[string]any) string { return key }}}
	}
	outline := NewOutline(v, o)
	m := made{view: v, pages: map[string]*Page{}, keys: map[string][]string{}}
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
	files := small(t, map[string]string{
		"data/sources/decree.yaml":   "title: Decree\nauthors: [council]\npublished: 2021-02-03\nnumber: '7'\ntype: regulation\nconfidence: primary\n",
		"data/entities/council.yaml": "schema: PublicBody\nname: Council\ncountry: us\nsources: [decree]\nconfidence: primary\n",
	})
	was, ok := makeAll(t, files)
	if !ok {
		t.Fatal("the project has errors")
	}
	if len(was.keys) < 20 {
		t.Fatalf("only %d pages of records", len(was.keys))
	}
	changes, kept, remade, tablesKept := 0, 0, 0, 0
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
				tablesKept += sameTables(t, fmt.Sprintf("%s:%d: %q", name, i+1, changed), was, now)
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
	t.Logf("%d changes: %d pages kept, %d to be made again; %d tables kept", changes, kept, remade, tablesKept)
	if changes < 30 || kept < remade/2 || tablesKept < 10*changes {
		t.Error("that shows too little")
	}
}

// sameTables compares the tables of which nothing that they are made of has
// changed, and says how many they are.
func sameTables(t *testing.T, what string, was, now made) (kept int) {
	t.Helper()
	if now.shared != was.shared {
		return 0
	}
	before := table.Tables(was.view)
	for i, tb := range table.Tables(now.view) {
		if now.sums.Kinds(tb.Of, tb.Texts) != was.sums.Kinds(tb.Of, tb.Texts) {
			continue
		}
		kept++
		var a, b bytes.Buffer
		if err := errors.Join(before[i].JSON(&a), tb.JSON(&b)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Fatalf("%s: table %s has changed, and no record that it is made of", what, tb.Name)
		}
	}
	return kept
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

// Every key tells of the changes that it stands for, and of no others.
func TestKeys(t *testing.T) {
	files := small(t, nil)
	was, ok := makeAll(t, files)
	if !ok {
		t.Fatal("the project has errors")
	}
	const acme = "data/entities/acme.yaml"
	all := []string{keyAll, keyIDs, keyKind + "entities", keyKind + "measures", keyRecord + "acme", keyTexts + "acme", keySketch + "acme", keySketch + "sub", "uses gazette"}
	for _, c := range []struct {
		file, from, to string
		want           []string // keys whose hashes change
	}{
		{acme, "short: Acme", "short: Apex", []string{keyAll, keyKind + "entities", keyRecord + "acme", keyTexts + "acme", keySketch + "acme", "uses gazette"}},
		{acme, "wikidata: Q1", "wikidata: Q2", []string{keyAll, keyKind + "entities", keyRecord + "acme", keyTexts + "acme"}},
		{acme, "makes cameras", "sells cameras", []string{keyTexts + "acme"}},
		{"data/measures/acme-a.yaml", "title: ", "list_id: '7'\ntitle: ", []string{keyAll, keyKind + "measures", "uses gazette"}},
		{"data/entities/new.yaml", "", "{schema: Company, name: New, sources: [wire], confidence: secondary}", []string{keyAll, keyIDs, keyKind + "entities"}},
	} {
		next := maps.Clone(files)
		if next[c.file] = strings.Replace(files[c.file], c.from, c.to, 1); next[c.file] == files[c.file] {
			t.Fatalf("%s: no %q", c.file, c.from)
		}
		now, ok := makeAll(t, next)
		if !ok {
			t.Fatalf("%s: the project has errors", c.to)
		}
		var got []string
		for _, key := range all {
			if now.sums.Of(key) != was.sums.Of(key) {
				got = append(got, key)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q: changed are %q, want %q", c.file, c.to, got, c.want)
		}
	}
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
