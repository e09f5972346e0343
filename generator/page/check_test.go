package page

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// checked is a search of a list for Acme and its subsidiary.
func checked(program, date, more string) string {
	return fmt.Sprintf("title: Not there\nkind: check\ncertainty: confirmed\ndate: %s\nprogram: %s\nconcerns: [acme, sub]\nsources: [gazette]\n%s", date, program, more)
}

// A search that found nothing stands where the status of a measure would, with
// its own day, and is counted nowhere as a measure or as a plan.
func TestCheckIsNeverAMeasure(t *testing.T) {
	with := pagesOf(view(t, small(t, map[string]string{
		"data/events/check.yaml": checked("US-Z", "2022-05", ""), "data/events/older.yaml": checked("US-Z", "2021", ""),
	}), model.ViewOptions{Date: day}), Options{})
	checkLinks(t, with)
	seen := map[string]int{}
	for _, p := range with {
		visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
			switch x := v.Interface().(type) {
			case MeasureRow:
				if x.ID == "check" || x.Kind != "measure" {
					t.Errorf("%s: %s: the measure %q is a %s", p.Path, at, x.Value, x.Kind)
				}
			case Plan:
				if x.ID == "check" {
					t.Errorf("%s: %s: the search is a plan", p.Path, at)
				}
			case TimelineItem:
				if x.ID == "check" && (x.Lane != LaneOther || x.Step != "check" || x.Status != (Status{})) {
					t.Errorf("%s: %s: %+v", p.Path, at, x)
				}
			case StripItem:
				if x.Check.ID == "" {
					return
				}
				seen["strip"]++
				if x.Check.ID != "check" || x.Measure.ID != "" || x.Status != (Status{}) || x.Regime.ID != "list-z" || x.Check.Date.ISO != "2022-05" {
					t.Errorf("%s: %s: %+v", p.Path, at, x)
				}
			case MatrixCell:
				if x.Check.ID != "" {
					seen["matrix"]++
					if x.Recorded || x.Regime.ID != "list-z" {
						t.Errorf("%s: %s: %+v", p.Path, at, x)
					}
				}
			}
		})
	}
	if seen["strip"] == 0 || seen["matrix"] == 0 {
		t.Errorf("the search is nowhere: %v", seen)
	}
	acme := with["entities/acme.html"].Entity
	if len(acme.Checks) != 1 || acme.Checks[0].ID != "check" || len(acme.Checks[0].Refs) != 1 {
		t.Errorf("%+v", acme.Checks)
	}
	// The plan under the same programme stands beside it.
	last := acme.Strip[len(acme.Strip)-1]
	if last.Plan.ID != "plan" || last.Check.ID != "check" {
		t.Errorf("%+v", last)
	}
	list := with["programs/list-z.html"].Program
	if len(list.Checks) != 2 || list.Checks[0].ID != "check" || list.Checks[0].Superseded || len(list.Checks[0].Of) != 2 || list.Measures != 0 {
		t.Errorf("%+v", list.Checks)
	}

	without := pagesOf(view(t, small(t, nil), model.ViewOptions{Date: day}), Options{})
	for _, path := range []string{"entities/acme.html", "entities/sub.html"} {
		if a, b := with[path].Entity.Standing, without[path].Entity.Standing; !reflect.DeepEqual(a, b) {
			t.Errorf("%s: with the search %+v, without %+v", path, a, b)
		}
	}
}

// A search says nothing where a measure under the programme names the entity
// and has not ended, where it was denied or overtaken, or on another day.
func TestCheckIsSilent(t *testing.T) {
	for name, test := range map[string]struct {
		check string
		date  model.Day
	}{
		"a measure acts":   {checked("US-A", "2018", ""), day},
		"denied":           {strings.Replace(checked("US-Z", "2022-05", ""), "confirmed", "denied", 1), day},
		"overtaken":        {checked("US-Z", "2022-05", "superseded_by: plan\n"), day},
		"not yet searched": {checked("US-Z", "2022-05", ""), model.NewDay(2022, 5, 20)},
	} {
		pages := pagesOf(view(t, small(t, map[string]string{"data/events/check.yaml": test.check}), model.ViewOptions{Date: test.date, AsOf: test.date}), Options{})
		acme := pages["entities/acme.html"].Entity
		if len(acme.Checks) > 0 {
			t.Errorf("%s: %+v", name, acme.Checks)
		}
		for _, item := range acme.Strip {
			if item.Check.ID != "" {
				t.Errorf("%s: %+v", name, item)
			}
		}
	}
}
