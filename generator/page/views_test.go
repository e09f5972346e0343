package page

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

// all is every page as JSON, which has the whole of it.
func all(t testing.TB, v *model.View) []string {
	t.Helper()
	var out []string
	for p := range Pages(v, Options{Version: "1", Templates: AllTemplates}) {
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p.Path+" "+string(data))
	}
	return out
}

func TestSameViewSamePages(t *testing.T) {
	in, found := load.Project(writeProject(t, small(t, nil)))
	if len(found) > 0 {
		t.Fatal(found)
	}
	var want []string
	for i := range 3 {
		if i > 0 {
			slices.Reverse(in.Docs)
		}
		if i == 2 {
			slices.SortFunc(in.Docs, func(a, b model.Doc) int { return strings.Compare(a.ID[len(a.ID)/2:], b.ID[len(b.ID)/2:]) })
		}
		report, _ := model.Build(in)
		v, err := report.View(model.ViewOptions{Date: day})
		if err != nil {
			t.Fatal(err)
		}
		got := all(t, v)
		if want == nil {
			want = got
		}
		for j := range max(len(got), len(want)) {
			if j >= len(got) || j >= len(want) || got[j] != want[j] {
				t.Fatalf("run %d: page %d differs", i, j)
			}
		}
	}
}

// A page that stops being asked for ends the sequence.
func TestStopEarly(t *testing.T) {
	v := view(t, small(t, nil), model.ViewOptions{Date: day})
	n := 0
	for range all(t, v) {
		n++
	}
	for stop := range n {
		i := 0
		for range Pages(v, Options{Templates: AllTemplates}) {
			if i == stop {
				break
			}
			i++
		}
	}
}

// What this reader may not see leaves nothing but the id that a record states,
// and never the name of the record behind it.
func TestAbsentRecordsAreText(t *testing.T) {
	files := small(t, map[string]string{
		"data/entities/bureau.yaml": "{schema: PublicBody, name: Secret Name, country: us, audience: editors, sources: [gazette], confidence: primary}",
		"dossier.yaml":              small(t, nil)["dossier.yaml"] + "audiences: [public, editors]\n",
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	m := pages["measures/acme-a.html"].Measure
	if m.Authority != (Link{Text: Text{Value: "bureau"}}) {
		t.Errorf("%+v", m.Authority)
	}
	for _, p := range pages {
		data, _ := json.Marshal(p)
		if strings.Contains(string(data), "Secret Name") {
			t.Errorf("%s names it", p.Path)
		}
	}
	if pages["entities/bureau.html"] != nil {
		t.Error("the bureau has a page")
	}
}

func TestPast(t *testing.T) {
	v := view(t, small(t, nil), model.ViewOptions{Date: day, AsOf: model.NewDay(2020, 1, 1)})
	pages := pagesOf(v, Options{})
	p := pages["entities/acme.html"]
	if p == nil || !p.Report.Past || p.Report.AsOf.ISO != "2020-01-01" || p.Report.Built.ISO != "2026-06-08" {
		t.Fatalf("%+v", p)
	}
	if s := p.Entity.Standing; s.Measures != 1 || len(s.Plans) != 0 || p.Entity.Short.Value != "Acme Ltd" {
		t.Errorf("%+v %q", s, p.Entity.Short.Value)
	}
	if got := fmt.Sprint(p.Report.LeftOut); !strings.Contains(got, "About") || pages["about.html"] != nil {
		t.Errorf("left out %s", got)
	}
}

func TestTombstone(t *testing.T) {
	files := small(t, map[string]string{"data/entities/sub.yaml": "schema: Company\nname: Acme Sub\ncountry: cn\nsources: [gazette]\nconfidence: secondary\n" +
		"revisions: [{date: 2026-05-01, kind: withdrawn, reason: A mistaken identity}]\n"})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	p := pages["entities/sub.html"]
	if p == nil || p.TitleKey != "withdrawn" || p.Title.Value != "" || *p.Tombstone != (Tombstone{
		ID: "sub", Kind: "entity", Date: p.Tombstone.Date, Reason: Text{Value: "A mistaken identity"},
	}) || p.Tombstone.Date.ISO != "2026-05-01" {
		t.Fatalf("%+v", p)
	}
	for _, p := range pages {
		if data, _ := json.Marshal(p); strings.Contains(string(data), "Acme Sub") {
			t.Errorf("%s names it", p.Path)
		}
	}
}

// With nothing in it, a report has its lists, and they are empty.
func TestEmptyReport(t *testing.T) {
	v := view(t, map[string]string{"dossier.yaml": "title: Empty\n"}, model.ViewOptions{Date: day})
	var got []string
	for p := range Pages(v, Options{Templates: AllTemplates}) {
		got = append(got, p.Path)
		if p.Canonical != "" || len(p.Alternates) > 0 {
			t.Errorf("%s: %q %v", p.Path, p.Canonical, p.Alternates)
		}
	}
	want := []string{
		entitiesPath, measuresPath, programsPath, timelinePath, newsPath, sourcesPath, peoplePath, countriesPath, searchPath,
		homePath, methodologyPath, changesPath, contactPath, verifyPath, missingPath,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

// large is a project of n entities with two measures, a news item and an event
// each.
func large(n int) map[string]string {
	files := map[string]string{
		"dossier.yaml":              "title: Large\nfocus: e1\n",
		"data/programs/p.yaml":      "{key: P, title: Programme, issuer: office, sources: [doc], confidence: primary}",
		"data/sources/doc.yaml":     "{title: Document, published: 2020, confidence: primary}",
		"data/entities/office.yaml": "{schema: PublicBody, name: Office, country: us, sources: [doc], confidence: primary}",
	}
	for i := range n {
		id := fmt.Sprint("e", i)
		files["data/entities/"+id+".yaml"] = fmt.Sprintf("{schema: Company, name: Company %d, country: cn, summary: 'Makes *things* with [[e%d]] [@doc].', sources: [doc], confidence: primary}", i, (i+1)%n)
		for j := range 2 {
			files[fmt.Sprintf("data/measures/m%d-%d.yaml", i, j)] = fmt.Sprintf(
				"{title: Act %d, targets: [%s], authority: office, program: P, kind: listing, published: 2021-0%d-03, citations: [C], scope: 'What it *does* [@doc].', sources: [doc], confidence: primary}", i, id, j+1)
		}
		files["data/events/v"+id+".yaml"] = fmt.Sprintf("{title: Event %d, kind: report, certainty: reported, date: 2022-05-04, concerns: [%s], summary: 'It was said [@n%d].', sources: [n%d], confidence: secondary}", i, id, i, i)
		files[fmt.Sprintf("content/news/n%d.md", i)] = fmt.Sprintf("---\n{title: News %d, published: 2022-05-04, entities: [%s], confidence: secondary}\n---\nAbout [[%s]].\n", i, id, id)
	}
	return files
}

func BenchmarkPages(b *testing.B) {
	v := view(b, large(1000), model.ViewOptions{Date: day})
	b.ReportAllocs()
	pages := 0
	for b.Loop() {
		pages = 0
		for range Pages(v, Options{Templates: AllTemplates}) {
			pages++
		}
	}
	b.ReportMetric(float64(pages), "pages/op")
}
