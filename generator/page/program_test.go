package page

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

func sections(p *Page) string {
	var out []string
	for _, item := range p.TOC {
		out = append(out, item.Key+item.Text.Value)
	}
	return strings.Join(out, " ")
}

func tallied(list []Tally) string {
	var out []string
	for _, t := range list {
		out = append(out, fmt.Sprintf("%s %d/%d", t.Value, t.Acting, t.Measures))
	}
	return strings.Join(out, ", ")
}

func TestProgramPage(t *testing.T) {
	p := smallPage(t, "programs/list-a.html")
	b := p.Program
	if p.Title.Value != "List A of the Bureau" || p.Crumbs[2].Text.Value != "List A" || p.Crumbs[1].Href != "index.html" || b.Href != "" {
		t.Errorf("%q %+v %q", p.Title.Value, p.Crumbs, b.Href)
	}
	if b.Key != "US-A" || b.Issuer.Href != "../entities/bureau.html" || b.Basis[0].Citation != "1 CFR 2" || b.Types[0] != "export_control" {
		t.Errorf("%+v", b.Program)
	}
	var got []string
	for _, g := range b.Groups {
		for _, r := range g.Rows {
			got = append(got, g.Key+" "+r.ID+" "+r.Status.Word+" "+r.Targets[0].Value)
		}
	}
	if want := []string{"acting acme-a in_force Acme", "acting sub-a listed Acme Sub", "open owners suspended Acme"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if got := tallied(b.Named); got != "Acme 1/2, Acme Sub 1/1" {
		t.Errorf("named %s", got)
	}
	if got := sections(p); got != "summary basis regimes targets timeline sources cite" {
		t.Errorf("sections %s", got)
	}
	if p.Date.ISO != "2025-11-10" {
		t.Errorf("newest step %s", p.Date.ISO)
	}
}

// A plan under a programme stands apart from its measures, of which there may
// be none.
func TestProgramWithAPlanOnly(t *testing.T) {
	p := smallPage(t, "programs/list-z.html")
	b := p.Program
	if b.Measures != 0 || len(b.Groups) != 0 || len(b.Statuses) != 0 || len(b.Named) != 0 {
		t.Errorf("%+v", b)
	}
	if len(b.Plans) != 1 || b.Plans[0].Href != "../events/plan.html" || b.Plans[0].Recorded || b.Plans[0].Certainty != "reported" {
		t.Errorf("%+v", b.Plans)
	}
	if len(b.Timeline) != 1 || b.Timeline[0].Lane != LaneReport || len(b.News) != 1 || b.News[0].ID != "wire" {
		t.Errorf("%+v %+v", b.Timeline, b.News)
	}
	if got := sections(p); got != "plans timeline news sources cite" {
		t.Errorf("sections %s", got)
	}
}

func TestProgramList(t *testing.T) {
	p := smallPage(t, "programs/index.html")
	var got []string
	for _, g := range p.Programs.Groups {
		for _, r := range g.Rows {
			got = append(got, fmt.Sprint(g.Issuer.Value, " ", g.Country, " ", r.Anchor, " ", r.Href, " ", r.Acting, "/", r.Measures, " plans ", len(r.Plans)))
		}
	}
	want := []string{
		"The Bureau us program-list-a list-a.html 2/3 plans 0", "The Bureau us program-list-b list-b.html 1/1 plans 0",
		"The Bureau us program-list-z list-z.html 0/0 plans 1",
	}
	if !reflect.DeepEqual(got, want) || p.Programs.Total != 3 || p.TOC[0].Href != "#program-list-a" {
		t.Errorf("got %q", got)
	}
}

// An authority's page says what it has imposed: when, under what, on whom.
func TestAuthority(t *testing.T) {
	e := smallPage(t, "entities/bureau.html").Entity
	var years []string
	rows := 0
	for _, y := range e.IssuedYears {
		for _, r := range y.Rows {
			years = append(years, fmt.Sprint(y.Year, " ", y.Anchor, " ", r.ID))
			if r.ID != e.Issued[rows].ID {
				t.Errorf("%s is not at %d", r.ID, rows)
			}
			rows++
		}
	}
	want := []string{"2025 issued-2025 owners", "2023 issued-2023 sub-a", "2021 issued-2021 acme-b", "2020 issued-2020 acme-old", "2019 issued-2019 acme-a"}
	if !reflect.DeepEqual(years, want) {
		t.Errorf("got %q", years)
	}
	if got := tallied(e.IssuedUnder); got != "List A 2/3, List B 1/1,  0/1" {
		t.Errorf("under %q", got)
	}
	if got := tallied(e.IssuedOn); got != "Acme 2/4, Acme Sub 1/1" {
		t.Errorf("on %q", got)
	}
	if len(e.Programs) != 3 || e.Programs[0].Href != "../programs/list-a.html" {
		t.Errorf("%+v", e.Programs)
	}
	if acme := smallPage(t, "entities/acme.html").Entity; acme.IssuedYears != nil || acme.Issued != nil {
		t.Errorf("%+v", acme.Issued)
	}
}

func TestEventPages(t *testing.T) {
	pages := pagesOf(view(t, small(t, map[string]string{
		"data/figures/market.csv": "entity,metric,date,value,unit,sources,confidence\n" +
			"acme,low of the day,2022-05-05,37,CNY,wire,secondary\n" + // the day of the fall, from its source
			"acme,close of the next day,2022-05-06,36,CNY,wire,secondary\n" + // another day
			"acme,opening price,2022-05-05,40,CNY,rates,secondary\n" + // from elsewhere
			"sub,turnover,2022-05-05,1,CNY,wire,secondary\n", // of another entity
		"data/events/denied.yaml": "{title: The ministry denies a plan, kind: statement, certainty: denied, date: 2022-06, by: [ministry], " +
			"concerns: [acme], program: US-Z, sources: [wire], confidence: secondary}",
		"data/events/rumour.yaml": "{title: A rumour, kind: report, certainty: superseded, date: 2022-04, concerns: [acme], superseded_by: plan, " +
			"sources: [wire], confidence: unverified}",
	}), model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)

	type reader struct{ kind, sections, concerns, figures, timeline, voices string }
	for path, want := range map[string]reader{
		"events/plan.html": {
			"report reported report plan", "summary plan concerns said timeline news sources cite", "Acme", "",
			"rumour 2022-04, plan 2022-05-04, fall 2022-05-05", "The Paper, Jo Doe",
		},
		"events/fall.html": {
			"market confirmed other", "concerns figures timeline news sources cite", "Acme, Sanctions on Acme are reported to be planned",
			"low of the day, share price", "plan 2022-05-04, fall 2022-05-05", "",
		},
		"events/review.html": {
			"policy confirmed other", "concerns timeline documents sources cite", "List A: Acme", "", "acme-a 2019-10-07, acme-a 2019-10-09, " +
				"acme-a 2020-07-22, review ~2022, acme-a 2024-04-02", "",
		},
		"events/denied.html": {"statement denied other", "concerns news sources cite", "Acme", "", "", ""},
		"events/rumour.html": {"report superseded report", "concerns timeline news sources cite", "Acme", "", "rumour 2022-04, plan 2022-05-04", ""},
	} {
		p := pages[path]
		if p == nil {
			t.Errorf("no %s", path)
			continue
		}
		e := p.Event
		got := reader{kind: e.Type + " " + e.Certainty + " " + e.Lane, sections: sections(p), concerns: said(e.Concerns)}
		if e.Plan {
			got.kind += " plan"
		}
		var figures, timeline, voices []string
		for _, g := range e.Figures {
			figures = append(figures, g.Metric.Value)
		}
		for _, i := range e.Timeline {
			timeline = append(timeline, i.ID+" "+i.Date.ISO)
		}
		for _, thread := range e.Voices {
			for _, x := range thread.Exchanges {
				voices = append(voices, x.Claim.By.Value)
			}
		}
		got.figures, got.timeline, got.voices = strings.Join(figures, ", "), strings.Join(timeline, ", "), strings.Join(voices, ", ")
		if got != want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", path, got, want)
		}
	}
	plan := pages["events/plan.html"]
	if e := plan.Event; e.Program.Href != "../programs/list-z.html" || len(e.Recorded) != 0 || said(e.Replaced) != "A rumour" || said(e.By) != "The Bureau" {
		t.Errorf("%+v %v %v", e.Program, e.Recorded, e.Replaced)
	}
	if plan.Crumbs[1].Href != "../timeline.html" || plan.Date.ISO != "2022-05-04" || plan.Description.Value == "" {
		t.Errorf("%+v", plan.Crumbs)
	}
	if by := pages["events/rumour.html"].Event.ReplacedBy; by.Href != "plan.html" {
		t.Errorf("%+v", by)
	}
	if got := pages["measures/acme-a.html"].Measure.Timeline; got[3].ID != "review" || got[3].Href != "../events/review.html" || got[3].Anchor != "event-review" {
		t.Errorf("%+v", got)
	}
}

// Under the programme of a plan, what is recorded against the same entity
// stands beside the plan, and is not the plan.
func TestPlanBesideMeasures(t *testing.T) {
	files := small(t, map[string]string{"data/events/plan.yaml": strings.Replace(small(t, nil)["data/events/plan.yaml"], "US-Z", "US-A", 1)})
	e := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})["events/plan.html"].Event
	var got []string
	for _, r := range e.Recorded {
		got = append(got, r.ID)
	}
	if !e.Plan || strings.Join(got, " ") != "acme-a owners" {
		t.Errorf("%v %q", e.Plan, got)
	}
}
