package proof

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/bench"
)

// Lists that are continued on several pages are held to html-validate and
// axe-core. A project must be large to have any, so it has a test of its own.
func TestPagers(t *testing.T) {
	needModules(t)
	b := sharedBrowser(t)
	project := filepath.Join(t.TempDir(), "project")
	if _, err := bench.Write(project, bench.Size{Entities: 1010, Measures: 10, Events: 10, News: 10}); err != nil {
		t.Fatal(err)
	}
	// A timeline is long without many pages when one act is changed every day.
	var act strings.Builder
	act.WriteString("{title: Often amended, targets: [company-000001], kind: listing, published: 2010-01-01, citations: [C], sources: [document-001], confidence: primary, amendments: [")
	for i := range 1100 {
		fmt.Fprintf(&act, "{date: 2011-%02d-%02d, kind: amended, citation: A %d, sources: [document-001]}, ", 1+i%12, 1+i%28, i)
	}
	if err := write(project, []txtar.File{{Name: "data/measures/amended.yaml", Data: []byte(act.String() + "]}\n")}}); err != nil {
		t.Fatal(err)
	}
	s := &site{name: "lists", dir: filepath.Join(filepath.Dir(project), "site")}
	if err := s.build(project); err != nil {
		t.Fatal(err)
	}
	var lists []sample
	for _, file := range s.files {
		text, err := os.ReadFile(filepath.Join(s.dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `class="pager"`) {
			lists = append(lists, sample{site: s, file: file})
		}
	}
	for _, want := range []string{"entities/page/2.html", "timeline/page/3.html", "search/entities-2.html"} {
		if !slices.ContainsFunc(lists, func(s sample) bool { return s.file == want }) {
			t.Errorf("no %s among %v", want, lists)
		}
	}
	checkMarkup(t, lists)
	// Last pages have all that others have, and fewer rows: axe takes long over a full page.
	lists = slices.DeleteFunc(lists, func(s sample) bool { return s.file != "entities/page/2.html" && s.file != "timeline/page/3.html" })
	checkAxe(t, b, lists, func(sample) []screen {
		return []screen{{width: 360, height: 740, dark: true}, {width: 1280, height: 800}}
	})
}
