package page

import (
	"os"
	"slices"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

// The example report of this repository: every link on every page leads
// somewhere, and the company's page says what the report is about.
func TestExampleReport(t *testing.T) {
	if _, err := os.Stat("../../dossier.yaml"); err != nil {
		t.Skip("the example report is not here")
	}
	in, found := load.Project("../..")
	in.Rules = slices.Concat(load.Rules(), model.Rules(), lint.Rules())
	report, more := model.Build(in)
	if n := diag.Tally(append(found, more...)).Errors; n > 0 {
		t.Skipf("the example report has %d errors, which its own test shows", n)
	}
	v, err := report.View(model.ViewOptions{})
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(v, Options{})
	checkLinks(t, pages)

	p := pages["entities/hikvision.html"]
	if p == nil {
		t.Fatal("no page for Hikvision")
	}
	standing := p.Entity.Standing
	if len(standing.Regimes) != 5 || len(standing.Countries) != 1 || standing.Countries[0] != (Count{"us", 5}) {
		t.Errorf("regimes %v, countries %v", standing.Regimes, standing.Countries)
	}
	if len(standing.Plans) != 1 || standing.Plans[0].Recorded {
		t.Errorf("plans %+v", standing.Plans)
	}
	// The plan has a page, under a programme without a measure.
	plan := pages["events/us-magnitsky-plan-2022-05.html"]
	if plan == nil || !plan.Event.Plan || plan.Event.Lane != LaneReport || len(plan.Event.Recorded) != 0 || len(plan.Event.Voices) == 0 {
		t.Errorf("the plan's page: %+v", plan)
	}
	if g := pages["programs/us-glomag.html"].Program; g.Measures != 0 || len(g.Groups) != 0 || len(g.Plans) != 1 {
		t.Errorf("Global Magnitsky: %d measures, %d plans", g.Measures, len(g.Plans))
	}
	if e := pages["events/hikvision-shares-2022-05-05.html"].Event; len(e.Figures) == 0 {
		t.Error("no price on the day of the fall")
	}
	if b := pages["entities/bis.html"].Entity; len(b.IssuedYears) < 3 || len(b.Programs) == 0 {
		t.Errorf("BIS: %d years, %d programmes", len(b.IssuedYears), len(b.Programs))
	}
	// After the measures come the plan, and the list on which nothing was found.
	strip := p.Entity.Strip
	if item := strip[len(strip)-2]; item.Plan.ID == "" || item.Measure.ID != "" || item.Check.ID != "" || item.Status.Code != "" {
		t.Errorf("the plan stands in the strip as %+v", item)
	}
	if item := strip[len(strip)-1]; item.Check.Date.ISO != "2022-04-21/2022-05-16" || item.Measure.ID != "" || item.Plan.ID != "" || item.Status.Code != "" {
		t.Errorf("the search stands in the strip as %+v", item)
	}
}
