package model_test

import (
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

func day(t testing.TB, s string) model.Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestStatusOn gives for the dates of a measure the status on some days: its
// code, how it ended, and since when.
func TestStatusOn(t *testing.T) {
	for _, c := range []struct {
		name, dates string
		want        string // day: status since; ...
	}{
		{"nothing stated", "", "2022-05-04: unknown"},
		{"announced alone", "announced: 2022-05-04", "2022-05-03: unknown; 2022-05-04: announced 2022-05-04; 2030-01-01: announced 2022-05-04"},
		{"listed without an effective date", "published: 2022-05-04", "2022-05-03: unknown; 2022-05-04: listed 2022-05-04; 2030-01-01: listed 2022-05-04"},
		{"announced, then listed", "announced: 2022-05-01\npublished: 2022-05-04", "2022-05-02: announced 2022-05-01; 2022-05-04: listed 2022-05-04"},
		{"a class is not listed by being published", "published: 2022-05-04\ntarget_basis: class", "2022-05-04: unknown"},
		{"a class that was announced", "announced: 2022-05-01\npublished: 2022-05-04\ntarget_basis: class", "2022-05-04: announced 2022-05-01"},
		{"owners are not listed", "published: 2022-05-04\ntarget_basis: ownership", "2022-05-04: unknown"},
		{"a class in force", "effective: 2022-05-04\ntarget_basis: class", "2022-05-04: in_force 2022-05-04"},
		{"in force", "announced: 2022-05-01\npublished: 2022-05-02\neffective: 2022-05-04", "2022-04-30: unknown; 2022-05-01: announced 2022-05-01; 2022-05-02: announced 2022-05-01; 2022-05-03: announced 2022-05-01; 2022-05-04: in_force 2022-05-04"},
		{"published before it binds", "published: 2022-05-02\neffective: 2022-05-04", "2022-05-01: unknown; 2022-05-03: announced 2022-05-02; 2022-05-04: in_force 2022-05-04"},
		{"published before it is announced to be", "announced: 2022-05-03\npublished: 2022-05-02\neffective: 2022-05-04\nexceptions: [{rule: date-order, reason: x}]", "2022-05-02: announced 2022-05-02; 2022-05-03: announced 2022-05-03"},
		{"effective alone", "effective: 2022-05-04", "2022-05-03: announced; 2022-05-04: in_force 2022-05-04"},
		{"a month counts from its end", "announced: 2021\neffective: 2022-05", "2021-12-30: unknown; 2021-12-31: announced 2021; 2022-05-30: announced 2021; 2022-05-31: in_force 2022-05"},
		{"a year counts from its end", "published: 2022", "2022-12-30: unknown; 2022-12-31: listed 2022"},
		{"a range counts from its end", "effective: 2022-05/2022-06", "2022-06-29: announced; 2022-06-30: in_force 2022-05/2022-06"},
		{"about a month", "effective: ~2022-02", "2022-02-27: announced; 2022-02-28: in_force ~2022-02"},
		{"ended", "effective: 2020\nended: {date: 2022-05-04, as: revoked}", "2022-05-03: in_force 2020; 2022-05-04: ended revoked 2022-05-04; 2030-01-01: ended revoked 2022-05-04"},
		{"ended in a month", "effective: 2020\nended: {date: 2022-02, as: lapsed}", "2022-02-27: in_force 2020; 2022-02-28: ended lapsed 2022-02"},
		{"ended without a date", "effective: 2020\nended: {as: annulled}", "2021-05-03: ended annulled; 2022-01-01: ended annulled"},
		{"superseded", "published: 2020\nended: {date: 2022-05-04, as: superseded, by: other}", "2022-05-03: listed 2020; 2022-05-04: ended superseded 2022-05-04 by other"},
		{"ended before it took effect", "announced: 2022-01-01\neffective: 2022-06-01\nended: {date: 2022-03-01, as: revoked}", "2022-02-28: announced 2022-01-01; 2022-07-01: ended revoked 2022-03-01"},
		{"suspended and resumed", "effective: 2020\nsuspensions: [{from: 2022-05-04, to: 2022-06-04}]", "2022-05-03: in_force 2020; 2022-05-04: suspended 2022-05-04 until 2022-06-04; 2022-06-04: suspended 2022-05-04 until 2022-06-04; 2022-06-05: in_force 2020"},
		{"suspended without an end", "effective: 2020\nsuspensions: [{from: 2022-05-04}]", "2022-05-03: in_force 2020; 2030-01-01: suspended 2022-05-04"},
		{"suspended for imprecise months", "effective: 2020\nsuspensions: [{from: 2022-05, to: 2022-06}]", "2022-05-30: in_force 2020; 2022-05-31: suspended 2022-05 until 2022-06; 2022-06-30: suspended 2022-05 until 2022-06; 2022-07-01: in_force 2020"},
		{"suspended twice", "effective: 2020\nsuspensions: [{from: 2022-05-01, to: 2022-05-02}, {from: 2022-05-04}]", "2022-05-02: suspended 2022-05-01 until 2022-05-02; 2022-05-03: in_force 2020; 2022-05-04: suspended 2022-05-04"},
		{"stayed before it took effect", "announced: 2022-01\neffective: 2022-06-01\nsuspensions: [{from: 2022-05-04, to: 2022-06-30}]", "2022-05-03: announced 2022-01; 2022-06-15: suspended 2022-05-04 until 2022-06-30; 2022-07-01: in_force 2022-06-01"},
		{"suspended, then ended", "effective: 2020\nsuspensions: [{from: 2022-05-04}]\nended: {date: 2022-06-01, as: annulled}", "2022-05-31: suspended 2022-05-04; 2022-06-01: ended annulled 2022-06-01"},
		{"provisions with dates of their own, as section 889", "announced: 2018-08-13\nprovisions: [{label: a, effective: 2019-08-13}, {label: b, effective: 2020-08-13}]", "2019-08-12: announced 2018-08-13; 2019-08-13: in_force 2019-08-13; 2020-08-13: in_force 2019-08-13"},
		{"a provision before the rest", "effective: 2022-05-04\nprovisions: [{label: a, effective: 2022-01-01}]", "2022-01-01: in_force 2022-01-01"},
		{"a provision after the rest", "effective: 2022-01-01\nprovisions: [{label: a, effective: 2022-05-04}]", "2022-01-01: in_force 2022-01-01"},
		{"provisions that are announced and published", "provisions: [{label: a, announced: 2022-01-01}, {label: b, published: 2022-05-04}]", "2022-01-01: announced 2022-01-01; 2022-05-04: listed 2022-05-04"},
		{"one provision has ended", "effective: 2020\nprovisions: [{label: a, ended: {date: 2021-01-01, as: lapsed}}, {label: b, effective: 2020-06}]", "2022-01-01: in_force 2020-06"},
		{"between two provisions", "announced: 2018\nprovisions: [{label: a, effective: 2019, ended: {date: 2020-06-01, as: lapsed}}, {label: b, effective: 2022-01-01}]", "2020-05-31: in_force 2019; 2021-01-01: announced 2018; 2022-01-01: in_force 2022-01-01"},
		{"all provisions have ended", "effective: 2020\nprovisions: [{label: a, ended: {date: 2021-01-01, as: lapsed}}, {label: b, ended: {date: 2022-01-01, as: revoked}}]", "2021-12-31: in_force 2020; 2022-01-01: ended revoked 2022-01-01"},
		{"all provisions have ended, one without a date", "effective: 2020\nprovisions: [{label: a, ended: {as: superseded, by: other}}, {label: b, ended: {date: 2022-01-01, as: revoked}}]", "2021-12-31: in_force 2020; 2022-01-01: ended superseded by other"},
		{"courts do not change it", "effective: 2020\nchallenges: [{court: C, outcome: annulled, date: 2021}]", "2022-01-01: in_force 2020"},
		{"holdings to be sold do not change it", "effective: 2020\ndivest_by: 2021", "2022-01-01: in_force 2020"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := build(t, "-- dossier.yaml --\ntitle: X\n-- data/measures/other.yaml --\n{title: O, kind: listing, known: 2000}\n-- data/measures/m.yaml --\ntitle: M\nkind: listing\nknown: 2000\n"+c.dates+"\n")
			m := r.Whole().Measure("m")
			for part := range strings.SplitSeq(c.want, "; ") {
				on, want, _ := strings.Cut(part, ": ")
				s := m.StatusOn(day(t, on))
				words := []string{string(s.Code), string(s.As), s.Since.String()}
				if !s.Until.IsZero() {
					words = append(words, "until "+s.Until.String())
				}
				if !s.By.IsZero() {
					words = append(words, "by "+s.By.ID)
				}
				if got := strings.Join(strings.Fields(strings.Join(words, " ")), " "); got != want {
					t.Errorf("on %s it is %q, want %q", on, got, want)
				}
				if s.Code == model.StatusEnded && s.Name() != string(s.As) || s.Code != model.StatusEnded && s.Name() != string(s.Code) {
					t.Errorf("its name is %q", s.Name())
				}
				v, err := r.View(model.ViewOptions{Date: day(t, "2040-01-01"), AsOf: day(t, on)})
				if err != nil {
					t.Fatal(err)
				}
				if then := v.Measure("m").Status; then != s && !(s.Until == model.Date{}) {
					t.Errorf("the view of %s says %v, want %v", on, then, s)
				} else if then.Code != s.Code || then.As != s.As || then.Since != s.Since || then.By.ID != s.By.ID {
					t.Errorf("the view of %s says %v, want %v", on, then, s)
				}
			}
		})
	}
}
