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

// example is the example report of this repository.
func example(t *testing.T) *model.View {
	t.Helper()
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
	return v
}

// Every link on every page of the example report leads somewhere, and the
// company's page says what the report is about.
func TestExampleReport(t *testing.T) {
	v := example(t)
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

// The company's page has the study of 5 May 2022, with the values that were
// computed when the report was made.
func TestExampleStudy(t *testing.T) {
	studies := pagesOf(example(t), Options{})["entities/hikvision.html"].Entity.Studies
	if len(studies) != 1 {
		t.Fatalf("%d studies", len(studies))
	}
	s := studies[0]
	for _, c := range []struct {
		what string
		got  Number
		want string
	}{
		{"alpha", s.Alpha, "-0.00121789"}, {"beta", s.Beta, "1.04048015"}, {"sigma", s.Sigma, "0.01504040"},
		{"estimation days", s.Length, "120"}, {"gap", s.Gap, "11"}, {"level", s.Level, "95"}, {"limit", s.Limit, "10"},
		{"CAR[0,1]", s.Windows[0].CAR, "-0.159677"}, {"t", s.Windows[0].T, "-7.507"}, {"t with forecast error", s.Windows[0].TForecast, "-7.384"},
		{"CAR[-1,5]", s.Windows[1].CAR, "-0.170038"},
		{"AR0", s.Days[10].AR, "-0.097243"}, {"AR1", s.Days[11].AR, "-0.062434"},
	} {
		if c.got.Decimal != c.want {
			t.Errorf("%s is %s, not %s", c.what, c.got.Decimal, c.want)
		}
	}
	if w := s.Windows[0]; w.From.Decimal != "0" || w.To.Decimal != "1" || w.Dates.ISO != "2022-05-05/2022-05-06" || w.Low.Decimal == "" || w.High.Decimal == "" {
		t.Errorf("the headline: %+v", w)
	}
	if len(s.Days) != 31 || s.Days[0].Day.Decimal != "-10" || s.Days[30].Day.Decimal != "20" {
		t.Errorf("%d days", len(s.Days))
	}
	if len(s.Cut) != 1 || s.Cut[0].Date.ISO != "2022-05-05" || s.Cut[0].Flag != "limit_down" {
		t.Errorf("cut off: %+v", s.Cut)
	}
	if s.From.ISO != "2021-10-20" || s.To.ISO != "2022-04-15" || s.Benchmark != "CSI 300" || s.Model != "market_model" || s.Returns != "simple" {
		t.Errorf("terms: %+v", s)
	}
	for _, in := range s.Inputs {
		if in.Adjustment != "none" || len(in.SHA256) != 64 || len(in.Refs) == 0 {
			t.Errorf("input: %+v", in)
		}
	}
}
