package page

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/model"
)

func TestPeople(t *testing.T) {
	files := small(t, map[string]string{
		"data/entities/jo.yaml": "{schema: Person, name: Jo Doe, native: [{text: 乔, lang: zh-Hans}], country: gb, topics: [role.pep], sources: [wire], confidence: secondary}",
		"data/entities/al.yaml": "{schema: Person, name: Al Roe, sources: [wire], confidence: secondary}",
		"data/links/people.csv": "id,schema,director,organization,role,start,end,sources,confidence\n" +
			"jo-acme,Directorship,jo,acme,Chair,2019,2020,wire,secondary\njo-watch,Directorship,jo,paper,Editor,2021,,wire,secondary\n",
		"content/news/wire.md": strings.Replace(small(t, nil)["content/news/wire.md"], "by: Jo Doe", "by: jo", 1),
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	p := pages["people.html"]
	var got []string
	for _, r := range p.People.Rows {
		line := fmt.Sprintf("%s %s %s %v:", r.Anchor, r.Value, r.Href, r.Topics)
		for _, role := range r.Roles {
			line += fmt.Sprintf(" %s of %s over %t,", role.Role.Value, role.Value, role.Over)
		}
		for _, s := range r.Said {
			line += fmt.Sprintf(" %s %s on %q for %s, %s %s", s.Date.ISO, s.Kind, s.Topic.Value, s.Organisation.Value, s.Role.Value, s.Source.Href)
		}
		got = append(got, line)
	}
	want := []string{
		"person-al Al Roe entities/al.html []:",
		"person-jo Jo Doe entities/jo.html [role.pep]: Editor of The Paper over false, Chair of Acme over true, " +
			`2022-05 call on "Sanctions on Acme are reported to be planned" for Watch, Director news/wire.html#statement-wire-call`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if !strings.Contains(keys(p.Footer), "people(page)") || strings.Contains(keys(p.Nav), "people") {
		t.Errorf("%s", keys(p.Footer))
	}
	if empty := smallPage(t, "people.html"); len(empty.People.Rows) != 0 {
		t.Errorf("%+v", empty.People)
	}
}

func TestCountries(t *testing.T) {
	files := small(t, map[string]string{
		"data/entities/nobody.yaml": "{schema: Company, name: Nobody Ltd, sources: [gazette], confidence: secondary}",
		"data/entities/both.yaml":   "{schema: Company, name: Both, country: [cn, gb], sources: [gazette], confidence: secondary}",
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	list := pages["countries/index.html"].Countries
	var got []string
	for _, r := range list.Rows {
		got = append(got, fmt.Sprintf("%s %s %s %s: %d entities, %d authorities, %d/%d measures, %d named",
			r.Anchor, r.Code, r.Name.Value, r.Href, r.Entities, r.Authorities, r.Acting, r.Measures, r.Named))
	}
	want := []string{
		"country-cn cn China cn.html: 3 entities, 0 authorities, 0/0 measures, 2 named",
		"country-gb gb United Kingdom gb.html: 2 entities, 0 authorities, 0/0 measures, 0 named",
		"country-us us United States us.html: 2 entities, 1 authorities, 3/5 measures, 0 named",
	}
	if !reflect.DeepEqual(got, want) || said(list.Unstated) != "Nobody Ltd" {
		t.Errorf("got %q, unstated %s", got, said(list.Unstated))
	}
	us := pages["countries/us.html"]
	b := us.Country
	if us.Title.Value != "United States" || us.Crumbs[1].Key != "countries" || b.Anchor != "" || sections(us) != "authorities imposed entities sources cite" {
		t.Errorf("%q %+v %s", us.Title.Value, us.Crumbs, sections(us))
	}
	if a := b.Authorities; len(a) != 1 || a[0].Value != "The Bureau" || a[0].Measures != 5 || a[0].Acting != 3 || a[0].Newest.ISO != "2025-09-29" ||
		said(a[0].Programs) != "List A, List B, List Z" {
		t.Errorf("%+v", a)
	}
	if len(b.Imposed) != 5 || b.Imposed[0].Anchor != "issued-2025" || b.Imposed[0].Rows[0].Targets[0].Value != "Acme" {
		t.Errorf("%+v", b.Imposed)
	}
	if g := pages["countries/gb.html"].Country.Groups; len(g) != 2 || g[0].Rows[0].Value != "Both" || g[1].Schema != "Organization" {
		t.Errorf("%+v", g)
	}
	if got := pages["fr/countries/us.html"].Title; got.Value != "États-Unis" || got.Lang != "" {
		t.Errorf("%+v", got)
	}
	if got := pages["entities/acme.html"].Entity.CountryLinks; got[0].Href != "../countries/cn.html" || got[0].Name.Value != "China" {
		t.Errorf("%+v", got)
	}
}

func TestChanges(t *testing.T) {
	files := small(t, map[string]string{
		"data/entities/sub.yaml": "{schema: Company, name: Acme Sub, sources: [gazette], confidence: secondary, revisions: [{date: 2026-05-01, kind: withdrawn, reason: Mistaken}]}",
		"content/about.md":       "---\ntitle: About\nrevisions: [{date: 2025-02, kind: correction, field: title, was: Abuot, reason: A slip}]\n---\nWords.\n",
		"data/links/more.csv":    "",
		"content/news/wire.md": strings.Replace(small(t, nil)["content/news/wire.md"], "    text: Trade should be regulated.",
			"    text: Trade should be regulated.\n    revisions: [{date: 2025-01-03, kind: correction, field: text, reason: Not what was said}]", 1),
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	p := pages["changes.html"]
	var got []string
	for _, y := range p.Changes.Years {
		for _, r := range y.Rows {
			line := strings.Join([]string{y.Anchor, r.Anchor, r.Of, r.Record.Value, r.Record.Href, r.Revision.Kind, r.Revision.Field, r.Revision.Was, r.Revision.Reason.Value}, " | ")
			if r.Revision.Withheld {
				line += " | withheld"
			}
			got = append(got, line)
		}
	}
	want := []string{
		"changes-2026 | change-sub-2026-05-01 | entity | sub | entities/sub.html | withdrawn |  |  | Mistaken",
		"changes-2025 | change-about-2025-02 | page | About | about.html | correction | title | Abuot | A slip",
		"changes-2025 | change-wire-call-2025-01-03 | statement | A plan against Acme is reported | news/wire.html#statement-wire-call | correction | text |  | Not what was said | withheld",
		"changes-2024 | change-acme-2024-03-01 | entity | Acme | entities/acme.html | correction | summary |  | A number was wrong | withheld",
		"changes-2024 | change-acme-2024-02-01 | entity | Acme | entities/acme.html | update | short | Acme Ltd | New name",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
	if fmt.Sprint(p.Changes.Kinds) != "[{correction 3} {update 1} {withdrawn 1}]" || p.Changes.Total != 5 || p.Date.ISO != "2026-05-01" {
		t.Errorf("%v %d %s", p.Changes.Kinds, p.Changes.Total, p.Date.ISO)
	}
	if l := p.Changes.Latest; len(l) == 0 || l[0].Record.ID != "owners" || l[0].Date.ISO != "2025-09-29" {
		t.Errorf("%+v", l)
	}
	if h := pages["index.html"].Home.Changes; len(h) != 5 || h[0].Anchor != "" || h[0].Record.Href != "entities/sub.html" {
		t.Errorf("%+v", h)
	}
	// Each language has the revisions of the text that it shows.
	if fr := pages["fr/changes.html"].Changes; fr.Total != 4 {
		t.Errorf("%d in French", fr.Total)
	}
	if p := smallPage(t, "changes.html"); fmt.Sprint(p.Changes.Kinds) != "[{correction 1} {update 1} {withdrawn 0}]" || sections(p) != "changes known cite" {
		t.Errorf("%v %s", p.Changes.Kinds, sections(p))
	}
	// A view of the past undoes the update, and never the correction.
	past := pagesOf(view(t, small(t, nil), model.ViewOptions{Date: day, AsOf: model.NewDay(2023, 1, 1)}), Options{})["changes.html"]
	if fmt.Sprint(past.Changes.Kinds) != "[{correction 1} {update 0} {withdrawn 0}]" {
		t.Errorf("%v", past.Changes.Kinds)
	}
}

func TestMethodology(t *testing.T) {
	rules := []diag.Rule{
		{Code: "bad-date", Severity: diag.Error, Summary: "a date that cannot be read", Fixed: true},
		{Code: "no-archive", Severity: diag.Warning, Summary: "a news item without an archived copy"},
		{Code: "no-source", Severity: diag.Warning, Summary: "a record that rests on no source"},
		{Code: "unreviewed", Severity: diag.Warning, Summary: "a record that nobody has reviewed"},
	}
	in := inputOf(t, writeProject(t, small(t, map[string]string{
		"dossier.yaml": small(t, nil)["dossier.yaml"] + "rules: {unreviewed: {severity: off, reason: One desk}, no-source: {severity: error, reason: Always}}\n",
		"data/entities/paper.yaml": "{schema: Organization, name: The Paper, country: gb, sources: [wire], confidence: secondary, " +
			"exceptions: [{rule: no-archive, reason: Printed only}]}",
	})))
	in.Rules = append(lint.Rules(), rules...)
	p := pagesOf(viewOfInput(t, in, model.ViewOptions{Date: day}), Options{Rules: rules})["methodology.html"]
	var got []string
	for _, r := range p.Methodology.Rules {
		got = append(got, fmt.Sprintf("%s %s %s fixed %t changed %t %q %d", r.Anchor, r.Severity, r.Usual, r.Fixed, r.Changed, r.Reason.Value, r.Excepted))
	}
	want := []string{
		`rule-bad-date error error fixed true changed false "" 0`, `rule-no-archive warning warning fixed false changed false "" 1`,
		`rule-no-source error warning fixed false changed true "Always" 0`, `rule-unreviewed off warning fixed false changed true "One desk" 0`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	b := p.Methodology
	if got := fmt.Sprint(b.Statuses); got != "[{in_force 2} {listed 1} {suspended 1} {announced 0} {unknown 0} {lapsed 0} {superseded 1} {revoked 0} {annulled 0}]" {
		t.Errorf("statuses %s", got)
	}
	if got := fmt.Sprint(b.Certainties); got != "[{reported 1} {denied 0} {confirmed 2} {superseded 0}]" {
		t.Errorf("certainties %s", got)
	}
	if got := fmt.Sprint(b.Grades); got !=
		"[{primary 9 [{entity 3} {measure 1} {program 3} {source 2}]} {secondary 23 [{entity 2} {measure 4} {event 3} {source 2} {statement 7} {link 3} {figure 2}]} {unverified 1 [{statement 1}]}]" {
		t.Errorf("grades %s", got)
	}
	if got := sections(p); got != "rules statuses grades cite" {
		t.Errorf("sections %s", got)
	}
	if got := sections(smallPage(t, "methodology.html")); got != "statuses grades cite" {
		t.Errorf("without rules: %s", got)
	}
	past := pagesOf(view(t, small(t, nil), model.ViewOptions{Date: day, AsOf: model.NewDay(2022, 6, 1)}), Options{})["methodology.html"]
	if !strings.Contains(sections(past), "left-out") || len(past.Report.LeftOut) == 0 {
		t.Errorf("in the past: %s", sections(past))
	}
}

func TestContact(t *testing.T) {
	p := smallPage(t, "contact.html")
	if got := sections(p); got != "publisher mistake licence cite" {
		t.Errorf("sections %s", got)
	}
	if p.Report.Contact.Email != "desk@example.org" || p.Correct.Href != "changes.html" || p.TitleKey != "contact" {
		t.Errorf("%+v %+v", p.Report.Contact, p.Correct)
	}
}

func TestKeyFigures(t *testing.T) {
	figures := func(p *Page) string {
		var out []string
		for _, f := range p.Home.Key {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %d %s %s", f.Key, f.N, f.Of.Value, f.Href)))
		}
		return strings.Join(out, "; ")
	}
	if got := figures(smallPage(t, "index.html")); got !=
		"regimes 2 Acme entities/acme.html; plans 1 Acme entities/acme.html; named 2  entities/index.html; entries 17  timeline.html; sources 4  sources/index.html" {
		t.Errorf("%s", got)
	}
	files := small(t, map[string]string{"dossier.yaml": "title: No focus\nlanguages: [en, fr]\n"})
	if got := figures(pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})["index.html"]); got !=
		"plans 1  timeline.html; named 2  entities/index.html; entries 17  timeline.html; sources 4  sources/index.html" {
		t.Errorf("%s", got)
	}
}

// What was renamed is found under its old name, and what was withdrawn leaves
// its notice, whatever it was.
func TestFormerIDsAndTombstones(t *testing.T) {
	withdrawn := ", revisions: [{date: 2026-05-01, kind: withdrawn, reason: Gone}]"
	files := small(t, map[string]string{
		"data/entities/sub.yaml":    "{schema: Company, name: Sub Name, former_ids: [sub-old], sources: [gazette], confidence: secondary" + withdrawn + "}",
		"data/entities/paper.yaml":  "{schema: Organization, name: The Paper, former_ids: [the-paper, journal], sources: [wire], confidence: secondary}",
		"data/programs/list-b.yaml": "{key: US-B, title: List B, issuer: bureau, former_ids: [listb], sources: [gazette], confidence: primary}",
		"data/programs/gone.yaml":   "{title: Gone Programme, sources: [gazette], confidence: primary" + withdrawn + "}",
		"data/events/fall.yaml":     "{title: Shares fall, kind: market, certainty: confirmed, date: 2022-05-05, concerns: [acme], former_ids: [drop], sources: [wire], confidence: secondary}",
		"data/events/lost.yaml":     "{title: Lost Event, kind: court, certainty: confirmed, date: 2021, sources: [gazette], confidence: primary" + withdrawn + "}",
		"content/news/late.md":      strings.Replace(small(t, nil)["content/news/late.md"], "title:", "former_ids: [early]\ntitle:", 1),
		"content/briefings/one.md":  "---\n{title: One, former_ids: [eins]}\n---\n",
		"content/briefings/two.md":  "---\n{title: Two Words" + withdrawn + "}\n---\n",
		"content/about.fr.md":       "---\n{title: Sur" + withdrawn + "}\n---\n",
	})
	v := view(t, files, model.ViewOptions{Date: day})
	pages := pagesOf(v, Options{})
	checkLinks(t, pages)
	for from, to := range map[string]string{
		"entities/the-paper.html": "paper.html", "entities/journal.html": "paper.html", "entities/sub-old.html": "sub.html",
		"programs/listb.html": "list-b.html", "events/drop.html": "fall.html", "news/early.html": "late.html", "briefings/eins.html": "one.html",
		"corrections.html": "changes.html", "fr/entities/journal.html": "paper.html",
	} {
		p := pages[from]
		if p == nil || p.Redirect == nil || p.Redirect.To.Href != to {
			t.Errorf("%s: %+v", from, p)
			continue
		}
		if !strings.HasPrefix(p.Canonical, "https://example.org/r/") || !strings.HasSuffix(p.Canonical, "/"+to) || p.Canonical != p.Redirect.URL || p.Title.Value == "" {
			t.Errorf("%s: %q %q", from, p.Canonical, p.Title.Value)
		}
	}
	for path, kind := range map[string]string{
		"entities/sub.html": "entity", "programs/gone.html": "program", "events/lost.html": "event", "briefings/two.html": "page",
	} {
		if p := pages[path]; p == nil || p.Tombstone == nil || p.Tombstone.Kind != kind || p.Crumbs[len(p.Crumbs)-1].Key != "withdrawn" {
			t.Errorf("%s: %+v", path, p)
		}
	}
	if p := pages["fr/about.html"]; p.Prose == nil || p.Title.Value != "About" {
		t.Errorf("%+v", p)
	}
	for _, name := range []string{"Sub Name", "Gone Programme", "Lost Event", "Two Words"} {
		for _, line := range all(t, v) {
			if strings.Contains(line, name) {
				t.Errorf("%q is named by %.60s", name, line)
			}
		}
	}
}
