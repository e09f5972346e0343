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
	last := p.Entity.Strip[len(p.Entity.Strip)-1]
	if last.Plan.ID == "" || last.Measure.ID != "" || last.Status.Code != "" {
		t.Errorf("the plan stands in the strip as %+v", last)
	}
}
