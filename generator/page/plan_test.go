package page

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// A reported plan is an event wherever it stands: it never has a lane, a
// status or a page of a measure, and no count of measures has it.
func TestPlanIsNeverAMeasure(t *testing.T) {
	with := pagesOf(view(t, small(t, nil), model.ViewOptions{Date: day}), Options{})
	seen := 0
	for _, p := range with {
		visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
			switch x := v.Interface().(type) {
			case MeasureRow:
				if x.ID == "plan" || x.Kind != "measure" {
					t.Errorf("%s: %s: the measure %q is a %s", p.Path, at, x.Value, x.Kind)
				}
			case TimelineItem:
				if x.ID != "plan" {
					return
				}
				seen++
				if x.Lane != LaneReport || x.Link.Kind != "event" || x.Kind != "event" || x.Status != (Status{}) || x.Type != "" {
					t.Errorf("%s: %s: %+v", p.Path, at, x)
				}
			case StripItem:
				if x.Measure.ID == "plan" || x.Plan.ID == "plan" && x.Measure.ID == "" && x.Status != (Status{}) {
					t.Errorf("%s: %s: %+v", p.Path, at, x)
				}
			case MatrixCell:
				if x.Plan.ID == "plan" && (x.Recorded || x.Status != (Status{})) {
					t.Errorf("%s: %s: %+v", p.Path, at, x)
				}
			case Link:
				if x.ID == "plan" && (x.Kind != "event" || strings.Contains(x.Href, "measures/")) {
					t.Errorf("%s: %s: %+v", p.Path, at, x)
				}
			}
		})
	}
	if seen == 0 {
		t.Error("the plan is nowhere")
	}
	if with["measures/plan.html"] != nil {
		t.Error("the plan has the page of a measure")
	}

	// Without the plan, everything that counts or lists measures is the same.
	without := pagesOf(view(t, small(t, map[string]string{
		"data/events/plan.yaml":   "",
		"data/events/fall.yaml":   "",
		"content/news/wire.md":    "---\n{title: W, published: 2022-05, known: 2022-05-09, confidence: secondary}\n---\n",
		"data/entities/acme.yaml": small(t, nil)["data/entities/acme.yaml"],
		"dossier.yaml":            strings.Replace(small(t, nil)["dossier.yaml"], "lead: plan\n", "", 1),
	}), model.ViewOptions{Date: day}), Options{})
	measures := func(pages map[string]*Page) string {
		acme, home := pages["entities/acme.html"].Entity, pages["index.html"].Home
		s := acme.Standing
		var counts []Count
		for _, c := range home.Counts {
			if c.Key == "measures" || c.Key == "acting" {
				counts = append(counts, c)
			}
		}
		groups := map[string]int{}
		for _, g := range acme.Regimes {
			groups[g.Key] = len(g.Rows)
		}
		data, _ := json.Marshal([]any{s.Regimes, s.Countries, s.Statuses, s.Measures, s.Acting, s.Reached, s.Related, counts, groups,
			pages["measures/index.html"].Measures.Total, pages["measures/index.html"].Measures.Statuses,
			pages["programs/list-z.html"].Program.Measures, pages["programs/list-z.html"].Program.Groups, pages["countries/us.html"].Country.CountryRow,
			pages["entities/bureau.html"].Entity.IssuedUnder, pages["methodology.html"].Methodology.Statuses,
			pages["timeline.html"].Timeline.Filters[0].Filters[0]})
		return string(data)
	}
	if a, b := measures(with), measures(without); a != b {
		t.Errorf("with the plan:    %s\nwithout the plan: %s", a, b)
	}
}

// What was denied or confirmed since, or asked for, is no plan any more.
func TestWhatIsAPlan(t *testing.T) {
	for _, test := range []struct {
		kind      model.EventType
		certainty model.Certainty
		program   string
		want      bool
	}{
		{model.ReportEvent, model.Reported, "", true},
		{model.ReportEvent, model.Reported, "list-z", true},
		{model.ReportEvent, model.Denied, "list-z", false},
		{model.ReportEvent, model.Confirmed, "", false},
		{model.PolicyEvent, model.Reported, "list-z", true},
		{model.PolicyEvent, model.Reported, "", false},
		{model.DeclinedRequest, model.Reported, "list-z", false},
		{model.CorporateEvent, model.Reported, "", false},
	} {
		e := &model.Event{Type: test.kind, Certainty: test.certainty, Program: model.Ref{ID: test.program}}
		if got := isPlan(e); got != test.want {
			t.Errorf("%s, %s, %q: %t", test.kind, test.certainty, test.program, got)
		}
		if lane(e) == LaneLaw {
			t.Errorf("%s stands among the law", test.kind)
		}
	}
}
