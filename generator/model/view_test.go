package model_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// view is the view of a report on a day, for an audience.
func view(t testing.TB, r *model.Report, date, asOf, audience string) *model.View {
	t.Helper()
	v, err := r.View(model.ViewOptions{Date: day(t, date), AsOf: day(t, asOf), Audience: audience})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// held lists the ids of all records of a view, sorted; pages by their path.
func held(v *model.View) []string {
	var out []string
	add := func(items ...model.Item) {
		for _, item := range items {
			out = append(out, item.Rec().ID)
		}
	}
	for _, x := range v.Entities {
		add(x)
	}
	for _, x := range v.Measures {
		add(x)
	}
	for _, x := range v.Events {
		add(x)
	}
	for _, x := range v.Programs {
		add(x)
	}
	for _, x := range v.Sources {
		add(x)
		for _, st := range x.Statements {
			add(st)
		}
	}
	for _, x := range v.Links {
		add(x)
	}
	for _, x := range v.Series {
		add(x)
	}
	for _, x := range v.Figures {
		add(x)
	}
	for _, x := range v.Studies {
		add(x)
	}
	for _, x := range v.Files {
		add(x)
	}
	for _, x := range v.Prose {
		out = append(out, "page "+x.Path)
	}
	for _, x := range v.Withdrawn {
		out = append(out, "withdrawn "+x.ID)
	}
	for _, x := range v.LeftOut {
		out = append(out, "left out "+x.Path)
	}
	slices.Sort(out)
	return out
}

// TestExists shows since when each kind of record is there, and what is there
// without saying since when.
func TestExists(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
-- data/entities/e.yaml --
- {id: named, schema: Company, name: Named}
- {id: parent, schema: PublicBody, name: Parent}
- {id: grandparent, schema: PublicBody, name: Grandparent}
- {id: child, schema: PublicBody, name: Child, parent: parent}
- {id: nobody-names-me, schema: Company, name: Lonely}
- {id: owner, schema: Company, name: Owner}
- {id: known-entity, schema: Company, name: Known, known: 2010}
-- data/entities/parent2.yaml --
{id: parent-two, schema: PublicBody, name: Parent two, parent: grandparent}
-- data/programs/p.yaml --
{id: regime, title: Regime, issuer: parent-two}
-- data/measures/m.yaml --
- {id: m-announced, title: M, kind: listing, announced: 2022-05-04, published: 2022-06, effective: 2022-07, targets: [named], program: regime}
- {id: m-imprecise, title: M, kind: listing, published: 2022-05}
- {id: m-year, title: M, kind: listing, published: 2022}
- {id: m-provision, title: M, kind: listing, effective: 2023, provisions: [{label: a, announced: 2022-05-06}]}
- {id: m-source, title: M, kind: listing, sources: [s-late, s-early]}
- {id: m-known, title: M, kind: listing, published: 2022-05-04, known: 2022-05-20}
- {id: m-never, title: M, kind: listing}
-- data/events/e.yaml --
- {id: ev, title: E, kind: report, certainty: reported, date: 2022-05-04, by: [child]}
- {id: ev-range, title: E, kind: report, certainty: reported, date: 2022-05-04/2022-05-08}
-- data/sources/s.yaml --
- {id: s-early, title: S, published: 2022-05-10, accessed: 2023}
- {id: s-late, title: S, published: 2022-05-12}
- {id: s-accessed, title: S, published: 2022, accessed: 2022-05-14}
- {id: s-never, title: S}
-- content/news/n.md --
---
title: N
published: 2022-05-04
statements:
  - {kind: report, text: x}
  - {kind: report, text: x, date: 2022-04}
  - {kind: report, text: x, date: 2022-05-09}
  - {kind: report, text: x, known: 2022-05-11}
figures:
  - {metric: f, value: 1, unit: kg, date: 2020}
---
-- data/figures/f.csv --
id,metric,value,unit,date,sources
f-source,f,1,kg,2019,s-late
f-date,f,1,kg,2022-05-16,
f-never,f,1,kg,,
-- data/links/l.csv --
id,schema,owner,asset,date,start,end,sources
l-start,Ownership,owner,named,2022-05-18,2021,,
l-date,Ownership,owner,named,2022-05-18,,,
l-source,Ownership,owner,named,,,,s-late
l-never,Ownership,owner,named,,,,
-- data/series/series.yaml --
{id: s, title: S, measure: close, unit: CNY, redistributable: "yes"}
-- data/series/s.csv --
date,value
2022-05-04,1
2022-05-05,2
2022-05-06,3
-- data/studies/st.yaml --
{id: st, title: S, subject: named, event_day: 2022-05-05, model: market_model, days: [{day: 0, date: 2022-05-05, ar: 1}, {day: 1, date: 2022-05-19, ar: 1}]}
-- data/files/files.yaml --
- {id: file-source, file: a.txt, title: A, rights: own, sha256: 87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7, source: s-late}
- {id: file-alone, file: b.txt, title: B, rights: own, sha256: 0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f}
-- content/about.md --
---
title: About
---
-- content/history.md --
---
title: History
known: 2022-05-15
---
`+"-- data/files/a.txt --\na\n-- data/files/b.txt --\nb\n")
	views := allDays(t, r)
	for id, want := range map[string]string{
		"m-announced": "2022-05-04", "m-imprecise": "2022-05-31", "m-year": "2022-12-31", "m-provision": "2022-05-06", "m-source": "2022-05-10",
		"m-known": "2022-05-20", "m-never": "never",
		"ev": "2022-05-04", "ev-range": "2022-05-08",
		"s-early": "2022-05-10", "s-accessed": "2022-05-14", "s-never": "never",
		"n": "2022-05-04", "n-s1": "2022-05-04", "n-s2": "2022-05-04", "n-s3": "2022-05-09", "n-s4": "2022-05-11", "n-f1": "2022-05-04",
		"f-source": "2022-05-12", "f-date": "2022-05-16", "f-never": "never",
		"l-start": "2021-12-31", "l-date": "2022-05-18", "l-source": "2022-05-12", "l-never": "never",
		"s": "2022-05-04", "st": "2022-05-19", "file-source": "2022-05-12", "file-alone": "never",
		// By the tie of 2021, by the measure, by the chain from event to parent,
		// from measure to regime to issuer to its parent.
		"owner": "2021-12-31", "named": "2021-12-31", "child": "2022-05-04", "parent": "2022-05-04",
		"regime": "2022-05-04", "parent-two": "2022-05-04", "grandparent": "2022-05-04",
		"nobody-names-me": "never", "known-entity": "2018-01-01",
		"page about": "never", "left out about": "2018-01-01", "page history": "2022-05-15", "left out history": "never",
	} {
		if got := since(t, views, id); got != want {
			t.Errorf("%s is there since %s, want %s", id, got, want)
		}
	}
	now := held(view(t, r, "2025-01-01", "", ""))
	for _, id := range []string{"m-never", "s-never", "f-never", "l-never", "file-alone", "nobody-names-me", "page about"} {
		if !slices.Contains(now, id) {
			t.Errorf("%s is not in the view of today", id)
		}
	}
	then := view(t, r, "2025-01-01", "2022-05-05", "")
	if n := len(then.Series[0].Points); n != 2 {
		t.Errorf("the series has %d points", n)
	}
}

// since gives the first day on which a record is in a view.
func since(t *testing.T, days [][]string, id string) string {
	t.Helper()
	for i, ids := range days {
		if slices.Contains(ids, id) {
			return (day(t, firstDay) + model.Day(i)).String()
		}
	}
	return "never"
}

const firstDay, lastDay = "2018-01-01", "2023-01-01"

// allDays holds what is in the view of every day.
func allDays(t *testing.T, r *model.Report) [][]string {
	t.Helper()
	var out [][]string
	for d := day(t, firstDay); d <= day(t, lastDay); d++ {
		out = append(out, held(view(t, r, "2025-01-01", d.String(), "")))
	}
	return out
}

func TestViewOptions(t *testing.T) {
	r := build(t, "-- dossier.yaml --\ntitle: X\naudiences: [public, team]\n-- data/events/a.yaml --\n- {id: a, title: A, kind: report, certainty: reported, date: 2022-05-04}\n- {id: b, title: B, kind: report, certainty: reported, date: 2023, audience: team}\n- {id: c, title: C, kind: report, certainty: reported, date: 2024, draft: true}\n")
	if got := r.Date().String(); got != "2022-05-04" {
		t.Errorf("the report is of %s", got)
	}
	v := view(t, r, "", "", "")
	if v.Date.String() != "2022-05-04" || v.AsOf != v.Date || v.Past || v.Audience != "public" {
		t.Errorf("the default view is of %s as of %s, past %v, for %s", v.Date, v.AsOf, v.Past, v.Audience)
	}
	if v := view(t, r, "2023-01-01", "2022-05-04", "team"); v.Date.String() != "2023-01-01" || v.AsOf.String() != "2022-05-04" || !v.Past || v.Audience != "team" {
		t.Errorf("the view is of %s as of %s, past %v, for %s", v.Date, v.AsOf, v.Past, v.Audience)
	}
	for _, c := range []struct {
		opts model.ViewOptions
		want string
	}{
		{model.ViewOptions{AsOf: day(t, "2022-05-05")}, "the day looked at, 2022-05-05, lies after the day of the build, 2022-05-04"},
		{model.ViewOptions{Audience: "board"}, `no audience "board"`},
	} {
		if _, err := r.View(c.opts); err == nil || err.Error() != c.want {
			t.Errorf("%+v: %v, want %s", c.opts, err, c.want)
		}
	}
	if got := held(r.Whole()); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("the whole holds %v", got)
	}
}

func TestAudiences(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
audiences: [public, team, board]
-- data/events/a.yaml --
- {id: everybody, title: A, kind: report, certainty: reported, date: 2022}
- {id: public-too, title: A, kind: report, certainty: reported, date: 2022, audience: public}
- {id: team, title: A, kind: report, certainty: reported, date: 2022, audience: team}
- {id: board, title: A, kind: report, certainty: reported, date: 2022, audience: board}
- {id: draft, title: A, kind: report, certainty: reported, date: 2022, draft: true}
-- content/news/n.md --
---
title: N
published: 2022
statements:
  - {id: st-public, kind: report, text: x}
  - {id: st-team, kind: report, text: x, audience: team}
  - {id: st-draft, kind: report, text: x, draft: true}
figures:
  - {id: fig-board, metric: f, value: 1, unit: kg, audience: board}
---
-- content/news/secret.md --
---
title: N
published: 2022
audience: team
statements:
  - {id: st-inside, kind: report, text: x, audience: public}
---
-- content/about.md --
---
title: About
audience: team
---
`)
	public := []string{"everybody", "n", "public-too", "st-public"}
	team := append([]string{"page about", "secret", "st-inside", "st-team", "team"}, public...)
	board := append([]string{"board", "fig-board"}, team...)
	for audience, want := range map[string][]string{"": public, "public": public, "team": team, "board": board} {
		want = slices.Sorted(slices.Values(want))
		if got := held(view(t, r, "2023-01-01", "", audience)); !slices.Equal(got, want) {
			t.Errorf("for %q\n%v\nwant\n%v", audience, got, want)
		}
	}
	v, err := r.View(model.ViewOptions{Date: day(t, "2023-01-01"), Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(append([]string{"draft", "st-draft"}, public...)))
	if got := held(v); !slices.Equal(got, want) {
		t.Errorf("with drafts\n%v\nwant\n%v", got, want)
	}
}

func TestEmbargo(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
-- data/events/a.yaml --
- {id: free, title: A, kind: report, certainty: reported, date: 2022-05-04}
- {id: later, title: A, kind: report, certainty: reported, date: 2022-06-04, embargo: 2022-07-04}
- {id: much-later, title: A, kind: report, certainty: reported, date: 2022-06-04, embargo: 2022-08}
`)
	if !r.HasEmbargo() || r.Date().String() != "2022-05-04" {
		t.Errorf("embargo %v, date %s", r.HasEmbargo(), r.Date())
	}
	if _, err := r.View(model.ViewOptions{}); err == nil || err.Error() != "records are under embargo, so the day of the build must be given" {
		t.Errorf("the error is %v", err)
	}
	for _, c := range []struct {
		date, asOf string
		want       []string
	}{
		{"2022-07-03", "", []string{"free"}},
		{"2022-07-04", "", []string{"free", "later"}},
		{"2022-08-30", "", []string{"free", "later"}},
		{"2022-08-31", "", []string{"free", "later", "much-later"}},
		{"2022-09-01", "2022-06-04", []string{"free", "later", "much-later"}}, // known by then, and free today
		{"2022-07-04", "2022-06-04", []string{"free", "later"}},
		{"2022-09-01", "2022-06-03", []string{"free"}},
	} {
		if got := held(view(t, r, c.date, c.asOf, "")); !slices.Equal(got, c.want) {
			t.Errorf("on %s as of %q: %v, want %v", c.date, c.asOf, got, c.want)
		}
	}
	inside := build(t, "-- dossier.yaml --\ntitle: X\n-- content/news/n.md --\n---\ntitle: N\npublished: 2022\nstatements: [{kind: report, text: x, embargo: 2023}]\n---\n")
	if !inside.HasEmbargo() {
		t.Error("an embargo inside a source is overlooked")
	}
}

// TestDate shows that what some do not see does not move the report's day.
func TestDate(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
audiences: [public, team]
-- content/news/n.md --
---
title: N
published: 2022-05-04
statements:
  - {kind: report, text: x, known: 2023, audience: team}
  - {kind: report, text: x, known: 2024, draft: true}
  - {kind: report, text: x, known: 2022-05-05}
---
-- data/sources/s.yaml --
- {id: team-source, title: S, published: 2020, audience: team}
- {id: draft-source, title: S, published: 2020, draft: true}
- {id: own-source, title: S, published: 2021}
-- data/figures/f.csv --
id,metric,value,unit,date,sources
f,f,1,kg,2000,team-source; draft-source; own-source
`)
	if got := r.Date().String(); got != "2022-05-05" {
		t.Errorf("the report is of %s", got)
	}
	if got := r.Whole().Item("f").Rec().EffectiveKnown.String(); got != "2021-12-31" {
		t.Errorf("the figure is known since %s", got)
	}
}

func TestErrors(t *testing.T) {
	in, _ := input(t, nil)
	r, _ := model.Build(in)
	if _, err := r.View(model.ViewOptions{}); !errors.Is(err, model.ErrBroken) {
		t.Errorf("a report of nothing is shown: %v", err)
	}
}

func TestFormerIDs(t *testing.T) {
	r := build(t, "-- dossier.yaml --\ntitle: X\naudiences: [public, team]\n-- data/entities/a.yaml --\n- {id: a, schema: Company, name: A, former_ids: [old-a, older-a]}\n- {id: b, schema: Company, name: B, former_ids: [old-b], audience: team}\n-- data/programs/p.yaml --\n{id: p, key: P-KEY, title: P, former_ids: [old-p]}\n")
	got := view(t, r, "2022-01-01", "", "").FormerIDs()
	if len(got) != 3 || got["old-a"] != "a" || got["older-a"] != "a" || got["old-p"] != "p" {
		t.Errorf("former ids are %v", got)
	}
	if n := len(r.FormerIDs()); n != 4 {
		t.Errorf("the report has %d former ids", n)
	}
	v := view(t, r, "2022-01-01", "", "")
	if v.Program("P-KEY") == nil || v.Program("p") != v.Program("P-KEY") || v.Item("b") != nil || v.Entity("p") != nil {
		t.Error("records are not found by id and key alone")
	}
}

// TestTies shows that a tie to somebody who is not there is left out, and makes
// nobody appear.
func TestTies(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
audiences: [public, team]
-- data/entities/a.yaml --
- {id: a, schema: Company, name: A}
- {id: b, schema: Company, name: B}
- {id: c, schema: Company, name: C}
- {id: secret, schema: Company, name: S, audience: team}
- {id: late, schema: Company, name: L, known: 2023}
- {id: gone, schema: Company, name: G, revisions: [{date: 2023, kind: withdrawn, reason: x}]}
-- data/links/l.csv --
id,schema,owner,asset,date
ab,Ownership,a,b,2022-01-01
cs,Ownership,c,secret,2022-01-01
cl,Ownership,c,late,2022-01-01
cg,Ownership,c,gone,2022-01-01
`)
	for _, c := range []struct {
		asOf, audience string
		want           []string
	}{
		{"2021-12-31", "", nil},
		{"2022-01-01", "", []string{"a", "ab", "b"}},
		{"2022-01-01", "team", []string{"a", "ab", "b", "c", "cs", "secret"}},
		{"2023-12-31", "", []string{"a", "ab", "b", "c", "cl", "late"}},
		{"", "", []string{"a", "ab", "b", "c", "cl", "late", "withdrawn gone"}},
	} {
		if got := held(view(t, r, "2024-01-01", c.asOf, c.audience)); !slices.Equal(got, c.want) {
			t.Errorf("as of %q for %q: %v, want %v", c.asOf, c.audience, got, c.want)
		}
	}
}

// TestNamed shows that only what is kept makes an entity appear.
func TestNamed(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
audiences: [public, team]
-- data/entities/a.yaml --
- {id: by-statement, schema: Company, name: A}
- {id: by-later-statement, schema: Company, name: B}
- {id: by-secret-statement, schema: Company, name: C}
- {id: by-draft, schema: Company, name: D}
- {id: by-update, schema: Company, name: E}
- {id: before-update, schema: Company, name: F}
- {id: by-withdrawn, schema: Company, name: G}
-- content/news/n.md --
---
title: N
published: 2022-01-01
statements:
  - {kind: report, text: x, about: [by-statement]}
  - {kind: report, text: x, about: [by-later-statement], known: 2022-02-01}
  - {kind: report, text: x, about: [by-secret-statement], audience: team}
  - {kind: report, text: x, about: [by-draft], draft: true}
  - {kind: report, text: x, about: [by-withdrawn], revisions: [{date: 2022-01-02, kind: withdrawn, reason: x}]}
entities: [by-update]
revisions:
  - {date: 2022-03-01, kind: update, field: entities, was: [before-update]}
---
`)
	for _, c := range []struct{ asOf, want string }{
		{"2021-12-31", ""},
		{"2022-01-01", "before-update by-statement"},
		{"2022-02-01", "before-update by-later-statement by-statement"},
		{"2022-03-01", "before-update by-later-statement by-statement by-update"},
		{"", "before-update by-draft by-later-statement by-secret-statement by-statement by-update by-withdrawn"},
	} {
		var got []string
		for _, e := range view(t, r, "2024-01-01", c.asOf, "").Entities {
			got = append(got, e.ID)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("as of %q: %s, want %s", c.asOf, s, c.want)
		}
	}
}
