package page

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// Pages without a layout are not made, and what would lead to them leads to
// the place that shows the record all the same.
func TestThemesMayLeaveOutPages(t *testing.T) {
	v := view(t, small(t, nil), model.ViewOptions{Date: day})
	pages := pagesOf(v, Options{Templates: coreTemplate})
	checkLinks(t, pages)
	n := 0
	for p := range Pages(v, Options{}) {
		n++
		if !coreTemplate(p.Template) || pages[p.Path] == nil {
			t.Errorf("%s has the layout %s", p.Path, p.Template)
		}
	}
	if n != len(pages) {
		t.Errorf("%d pages, not %d", len(pages), n)
	}
	acme := pages["entities/acme.html"].Entity
	if got := acme.Standing.Plans[0].Href; got != "#event-plan" {
		t.Errorf("the plan is at %q", got)
	}
	if got := acme.CountryLinks[0]; got.Href != "" || got.Name.Value != "China" {
		t.Errorf("%+v", got)
	}
	if got := acme.Strip[0].Regime.Href; got != "../measures/index.html#program-list-a" {
		t.Errorf("the programme is at %q", got)
	}
	if g := pages["measures/index.html"].Measures.Groups[0]; g.Program.Href != "" || g.Anchor != "program-list-a" {
		t.Errorf("%+v", g.Program.Link)
	}
	home := pages["index.html"]
	if home.Correct.Href != "corrections.html" || len(home.Home.Changes) > 0 {
		t.Errorf("%+v %+v", home.Correct, home.Home.Changes)
	}
	if got := keys(home.Nav); got != "home(page) entities measures news sources About Corrections" || got != keys(home.Footer) {
		t.Errorf("nav %s, footer %s", got, keys(home.Footer))
	}

	// Every page can be left out, alone or with all others.
	v = view(t, small(t, map[string]string{
		"content/about.fr.md": "", "dossier.yaml": strings.Replace(small(t, nil)["dossier.yaml"], "languages: [en, fr]", "languages: [en]", 1),
	}), model.ViewOptions{Date: day})
	for _, missing := range append(templates(), "all") {
		pages := pagesOf(v, Options{Templates: func(name string) bool {
			return name == TemplateHome || name != missing && missing != "all"
		}})
		for path, p := range pages {
			if p.Template == missing && missing != TemplateHome {
				t.Errorf("without %s: %s", missing, path)
			}
		}
		if missing != TemplateHome {
			t.Run("without "+missing, func(t *testing.T) { checkLinks(t, pages) })
		}
	}
}

func keys(items []NavItem) string {
	var out []string
	for _, item := range items {
		word := item.Key + item.Text.Value
		if item.Current != "" {
			word += "(" + item.Current + ")"
		}
		out = append(out, word)
	}
	return strings.Join(out, " ")
}

// The main navigation is short; everything else is in the footer.
func TestNavigation(t *testing.T) {
	for _, test := range []struct{ path, nav, footer string }{
		{"index.html", "home(page) entities measures timeline news sources About",
			"home(page) entities measures programs timeline news sources countries methodology changes contact search verify About"},
		{"events/plan.html", "home entities measures timeline(section) news sources About",
			"home entities measures programs timeline(section) news sources countries methodology changes contact search verify About"},
		{"programs/list-a.html", "home entities measures timeline news sources About",
			"home entities measures programs(section) timeline news sources countries methodology changes contact search verify About"},
		{"about.html", "home entities measures timeline news sources About(page)",
			"home entities measures programs timeline news sources countries methodology changes contact search verify About(page)"},
	} {
		p := smallPage(t, test.path)
		if keys(p.Nav) != test.nav || keys(p.Footer) != test.footer {
			t.Errorf("%s:\nnav    %s\nfooter %s", test.path, keys(p.Nav), keys(p.Footer))
		}
	}
}

// The texts that a project writes for our own pages stand in front of them.
func TestProseInFront(t *testing.T) {
	text := func(title string) string { return "---\ntitle: " + title + "\n---\n## Part\n\nWords.\n" }
	for _, test := range []struct {
		files map[string]string
		path  string
		want  string // title, key, headings, where corrections are
	}{
		{nil, "methodology.html", "/methodology  changes.html"},
		{map[string]string{"content/methodology.md": text("How we work")}, "methodology.html", "How we work/ #t1-part changes.html"},
		{map[string]string{"content/contact.md": text("Imprint")}, "contact.html", "Imprint/ #t1-part changes.html"},
		{nil, "changes.html", "Corrections/  changes.html"},
		{map[string]string{"content/changes.md": text("Log")}, "changes.html", "Log/ #t1-part changes.html"},
		{map[string]string{"content/changes.md": text("Log")}, "corrections.html", "Corrections/  changes.html"},
		{map[string]string{"content/corrections.md": ""}, "changes.html", "/changes  changes.html"},
	} {
		p := pagesOf(view(t, small(t, test.files), model.ViewOptions{Date: day}), Options{})[test.path]
		if p == nil {
			t.Errorf("no %s", test.path)
			continue
		}
		headings := ""
		for _, item := range p.TOC {
			if item.Text.Value == "Part" {
				headings += item.Href
			}
		}
		if got := fmt.Sprintf("%s/%s %s %s", p.Title.Value, p.TitleKey, headings, p.Correct.Href); got != test.want {
			t.Errorf("%s: got %q, want %q", test.path, got, test.want)
		}
		if p.Crumbs[1].Href != "" || p.Crumbs[1].Key+p.Crumbs[1].Text.Value == "" {
			t.Errorf("%s: crumbs %+v", test.path, p.Crumbs)
		}
	}
}

// What a project calls by another name is found under it, and where it was.
func TestCorrectionsByAnotherName(t *testing.T) {
	files := small(t, map[string]string{
		"content/corrections.md": "", "content/notes/errata.md": "---\ntitle: Errata\n---\nNone.\n",
		"dossier.yaml": small(t, nil)["dossier.yaml"] + "corrections: notes/errata\n",
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	if p := pages["changes.html"]; p.Title.Value != "Errata" || p.Correct.Value != "Errata" {
		t.Errorf("%+v", p.Title)
	}
	if p := pages["notes/errata.html"]; p == nil || p.Redirect == nil || p.Redirect.To.Href != "../changes.html" {
		t.Errorf("%+v", p)
	}
	if p := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{Templates: coreTemplate})["notes/errata.html"]; p.Prose == nil ||
		p.Correct.Href != "errata.html" {
		t.Errorf("%+v", p)
	}
}

// Templates is asked for names that a theme can know, and for no others.
func TestTemplatesAreAllNames(t *testing.T) {
	made := map[string]bool{}
	files := small(t, map[string]string{
		"data/entities/jo.yaml":  "{schema: Person, name: Jo Doe, country: gb, former_ids: [joe], sources: [wire], confidence: secondary}",
		"data/entities/sub.yaml": "{schema: Company, name: Sub, sources: [wire], confidence: secondary, revisions: [{date: 2026-05-01, kind: withdrawn}]}",
	})
	tables := []DataTable{{Name: "measures", CSV: "data/measures.csv", JSON: "data/measures.json", Rows: 1}}
	for p := range Pages(view(t, files, model.ViewOptions{Date: day}), Options{Templates: AllTemplates, Tables: tables}) {
		made[p.Template] = true
		if p.Data != nil && p.Lang == "en" && (len(p.Data.Tables) != 1 || p.Data.Tables[0].CSV != "../data/measures.csv" || p.Data.Dictionary.Href != "../data/datapackage.json") {
			t.Errorf("%+v", p.Data)
		}
	}
	var got []string
	for name := range made {
		got = append(got, name)
	}
	want := templates()
	slices.Sort(got)
	slices.Sort(want)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("made %q\nasked %q", got, want)
	}
}
