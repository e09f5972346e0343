package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// TestRevisions shows a field on some days, when updates are undone.
func TestRevisions(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
-- data/programs/p.yaml --
- {id: regime, key: R-KEY, title: R, known: 2000}
-- data/entities/e.yaml --
- {id: one, schema: Company, name: One, known: 2000}
- {id: two, schema: Company, name: Two, known: 2000}
-- data/measures/m.yaml --
title: Fourth
known: 2020
kind: listing
targets: [two]
published: 2020-01-01
effective: 2021-06-01
ended: {date: 2023-05-04, as: revoked}
provisions:
  - {label: a, effective: 2021-07-01}
  - {label: b, effective: 2021-09-01}
list_id: Right
scope: Now.
revisions:
  - {date: 2021-01-01, kind: update, field: title, was: First}
  - {date: 2022-01-01, kind: update, field: title, was: Second}
  - {date: 2022-01-01, kind: update, field: title, was: Third}
  - {date: 2022-02, kind: update, field: "provisions[1].effective", was: 2021-08-01}
  - {date: 2022-03-01, kind: correction, field: list_id, was: Wrong}
  - {date: 2022-04-01, kind: update, field: scope}
  - {date: 2022-05-01, kind: update, field: targets, was: [one]}
  - {date: 2022-05-01, kind: update, field: program, was: R-KEY}
  - {date: 2023-05-04, kind: update, field: ended}
-- data/events/newest-first.yaml --
title: Fourth
kind: report
certainty: reported
date: 2020-01-01
revisions:
  - {date: 2022-01-01, kind: update, field: title, was: Third}
  - {date: 2022-01-01, kind: update, field: title, was: Second}
  - {date: 2021-01-01, kind: update, field: title, was: First}
-- data/events/single.yaml --
title: E
kind: report
certainty: reported
date: 2020-01-01
by: two
revisions:
  - {date: 2021-01-01, kind: update, field: "by[0]", was: one}
-- content/news/n.md --
---
title: N
published: 2020-01-01
statements:
  - {kind: report, text: Gone, revisions: [{date: 2021-01-01, kind: withdrawn, reason: A mistake.}]}
  - kind: denial
    text: Second
    by: two
    revisions:
      - {date: 2021-01-01, kind: update, field: text, was: First}
      - {date: 2021-02-01, kind: update, field: by, was: A Spokesman}
  - {kind: call, text: New}
figures:
  - metric: f
    value: 2
    unit: kg
    revisions: [{date: 2021-01-01, kind: update, field: value, was: 1}]
revisions:
  - {date: 2021-03-01, kind: update, field: "statements[2]"}
---
`)
	m := func(get func(*model.Measure) string) func(*model.View) string {
		return func(v *model.View) string { return get(v.Measure("m")) }
	}
	for _, c := range []struct {
		name string
		get  func(*model.View) string
		want string // day: value; ...
	}{
		{"several updates of one field, two on one day", m(func(m *model.Measure) string { return m.Title.String() }),
			"2020-12-31: First; 2021-01-01: Second; 2021-12-31: Second; 2022-01-01: Fourth; now: Fourth"},
		{"the same, written the newest first", func(v *model.View) string { return v.Event("newest-first").Title.String() },
			"2020-12-31: First; 2021-01-01: Second; 2022-01-01: Fourth; now: Fourth"},
		{"a nested field, and an imprecise date", m(func(m *model.Measure) string { return m.Provisions[1].Effective.String() }),
			"2022-02-27: 2021-08-01; 2022-02-28: 2021-09-01; now: 2021-09-01"},
		{"a correction is never undone", m(func(m *model.Measure) string { return m.ListID }), "2020-12-31: Right; now: Right"},
		{"a field that was not there", m(func(m *model.Measure) string { return model.Text(m.Scope).String() }), "2022-03-31: ; 2022-04-01: Now."},
		{"a list of references", m(func(m *model.Measure) string { return m.Targets[0].ID }), "2022-04-30: one; 2022-05-01: two"},
		{"a reference by key", m(func(m *model.Measure) string { return m.Program.ID }), "2022-04-30: regime; 2022-05-01: "},
		{"an end", m(func(m *model.Measure) string { return m.Status.Name() }), "2021-05-31: announced; 2023-05-03: in_force; 2023-05-04: revoked"},
		{"the revisions made by then", m(func(m *model.Measure) string {
			var out []string
			for _, r := range m.Revisions {
				out = append(out, string(r.Kind)[:1]+" "+r.Date.String())
			}
			return strings.Join(out, ", ")
		}), "2021-12-31: u 2021-01-01, c 2022-03-01; 2022-03-01: u 2021-01-01, u 2022-01-01, u 2022-01-01, u 2022-02, c 2022-03-01"},
		{"a list of one without brackets", func(v *model.View) string { return v.Event("single").By[0].ID }, "2020-12-31: one; 2021-01-01: two"},
		{"inside a source", func(v *model.View) string {
			var out []string
			for _, st := range v.Source("n").Statements {
				out = append(out, st.ID+" "+model.Text(st.Text).String()+" "+st.By.ID+st.By.Name)
			}
			for _, f := range v.Source("n").Figures {
				out = append(out, f.ID+" "+f.Value.String())
			}
			return strings.Join(out, ", ")
		}, "2020-12-31: n-s2 First A Spokesman, n-f1 1; 2021-01-01: n-s2 Second A Spokesman, n-f1 2; 2021-02-01: n-s2 Second two, n-f1 2; 2021-03-01: n-s2 Second two, n-s3 New , n-f1 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for part := range strings.SplitSeq(c.want, "; ") {
				on, want, _ := strings.Cut(part, ": ")
				asOf := on
				if on == "now" {
					asOf = ""
				}
				if got := c.get(view(t, r, "2030-01-01", asOf, "")); got != want {
					t.Errorf("on %s it is %q, want %q", on, got, want)
				}
			}
		})
	}
	var withdrawn []string
	for _, x := range view(t, r, "2030-01-01", "2020-06-01", "").Withdrawn {
		withdrawn = append(withdrawn, string(x.Kind)+" "+x.ID+": "+x.Revision.Reason.String())
	}
	if want := []string{"statements n-s1: A mistake."}; !slices.Equal(withdrawn, want) {
		t.Errorf("withdrawn are %q, want %q", withdrawn, want)
	}
}

func TestWithdrawn(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
audiences: [public, team]
-- data/entities/e.yaml --
- {id: named, schema: Company, name: Named}
-- data/events/a.yaml --
- id: gone
  former_ids: [gone-before]
  title: The words that were withdrawn
  kind: report
  certainty: reported
  date: 2020-01-01
  concerns: [named]
  revisions: [{date: 2022-01-01, kind: withdrawn, reason: It was another company.}]
- {id: stays, title: E, kind: report, certainty: reported, date: 2020-01-01, superseded_by: gone}
- {id: secret, title: E, kind: report, certainty: reported, date: 2020-01-01, audience: team, revisions: [{date: 2022-01-01, kind: withdrawn}]}
-- content/old.md --
---
title: Old
revisions: [{date: 2022-01-01, kind: withdrawn, reason: x}]
---
`)
	for _, asOf := range []string{"2020-06-01", "2022-06-01", ""} {
		v := view(t, r, "2024-01-01", asOf, "")
		got := held(v)
		want := []string{"stays", "withdrawn gone", "withdrawn old"}
		if asOf == "" {
			want = append([]string{"named"}, want...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("as of %q it holds %v, want %v", asOf, got, want)
		}
		stone, ok := v.Item("gone").(*model.Tombstone)
		if !ok || stone.Kind != model.KindEvent || stone.Revision.Reason.String() != "It was another company." || v.FormerIDs()["gone-before"] != "gone" {
			t.Errorf("as of %q the notice is %+v", asOf, stone)
		}
		if v.Item("old") != nil {
			t.Error("a page is found by an id")
		}
	}
}

// TestPast shows what of a record that has later parts is seen on an earlier
// day.
func TestPast(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
-- data/entities/e.yaml --
- {id: a, schema: Company, name: A, known: 2000}
- {id: b, schema: Company, name: B, known: 2000}
-- data/measures/m.yaml --
title: M
kind: listing
published: 2020-01-01
divest_by: 2030-01-01
ended: {date: 2022-05-04, as: revoked}
suspensions: [{from: 2021-01-01, to: 2021-02-01}, {from: 2021-05-04}, {from: 2021-06}]
amendments: [{date: 2021-05-04}, {date: 2021-05}, {title: undated}]
challenges: [{court: C, date: 2021-05-04}, {court: C, date: 2021}, {court: undated}]
provisions: [{label: a, effective: 2029-01-01, ended: {date: 2021-06-01, as: revoked}}, {label: b, effective: 2020-02-01, ended: {as: lapsed}}]
-- data/links/l.csv --
id,schema,owner,asset,start,end
l,Ownership,a,b,2020-01-01,2021-05-04
-- content/news/n.md --
---
title: N
published: 2020-01-01
statements:
  - {kind: allegation, text: a, reply: {asked: 2021-05-04, outcome: open}}
  - {kind: allegation, text: b, reply: {asked: 2021-01-01, due: 2021-02-01, outcome: answered, date: 2021-05-04, text: Answer.}}
  - {kind: allegation, text: c, reply: {asked: 2021-01-01, due: 2021-05-04, outcome: no_answer}}
  - {kind: allegation, text: d, reply: {asked: 2021-01-01, outcome: declined, text: Not dated.}}
---
`)
	show := func(asOf string) string {
		v := view(t, r, "2040-01-01", asOf, "")
		m := v.Measure("m")
		var out []string
		if m.Ended != nil {
			out = append(out, "ended")
		}
		for _, s := range m.Suspensions {
			out = append(out, "suspended "+s.From.String())
		}
		for _, a := range m.Amendments {
			out = append(out, "amended "+a.Date.String()+a.Title.String())
		}
		for _, c := range m.Challenges {
			out = append(out, "challenged "+c.Date.String())
		}
		for _, p := range m.Provisions {
			if p.Ended != nil {
				out = append(out, "ended "+p.Label)
			}
		}
		if l := v.Links[0]; !l.End.IsZero() {
			out = append(out, "tie ended")
		}
		for _, st := range v.Source("n").Statements {
			word := "nothing"
			if st.Reply != nil {
				word = string(st.Reply.Outcome) + model.Text(st.Reply.Text).String()
			}
			out = append(out, word)
		}
		if m.DivestBy.IsZero() || m.Provisions[0].Effective.IsZero() {
			t.Error("what was set in advance is gone")
		}
		return strings.Join(out, ", ")
	}
	for _, c := range []struct{ asOf, want string }{
		{"2020-12-31", "ended b, nothing, nothing, nothing, nothing"},
		{"2021-05-03", "suspended 2021-01-01, ended b, nothing, open, open, open"},
		{"2021-05-04", "suspended 2021-01-01, suspended 2021-05-04, amended 2021-05-04, challenged 2021-05-04, ended b, tie ended, open, answeredAnswer., no_answer, open"},
		{"2021-05-31", "suspended 2021-01-01, suspended 2021-05-04, amended 2021-05-04, amended 2021-05, challenged 2021-05-04, ended b, tie ended, open, answeredAnswer., no_answer, open"},
		{"2022-05-04", "ended, suspended 2021-01-01, suspended 2021-05-04, suspended 2021-06, amended 2021-05-04, amended 2021-05, challenged 2021-05-04, challenged 2021, ended a, ended b, tie ended, open, answeredAnswer., no_answer, open"},
		{"", "ended, suspended 2021-01-01, suspended 2021-05-04, suspended 2021-06, amended 2021-05-04, amended 2021-05, amended undated, challenged 2021-05-04, challenged 2021, challenged , ended a, ended b, tie ended, open, answeredAnswer., no_answer, declinedNot dated."},
	} {
		if got := show(c.asOf); got != c.want {
			t.Errorf("as of %q\n%s\nwant\n%s", c.asOf, got, c.want)
		}
	}
}
