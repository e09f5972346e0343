package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/model"
)

// echoing are words that show what was asked of them.
func echoing() map[string]Words {
	env := chart.Env{
		Word: func(key string, values map[string]any) string {
			if len(values) == 0 {
				return key
			}
			return key + fmt.Sprint(values)
		},
		Number: func(v float64, decimals int) string { return fmt.Sprintf("%.*f", decimals, v) },
		Date:   func(t time.Time, _ chart.DateForm) string { return t.Format(time.DateOnly) },
	}
	return map[string]Words{"en": {Chart: env}, "fr": {Chart: env}}
}

// complete reports what a chart lacks that a reader must have.
func complete(c *Chart) []string {
	var out []string
	lacks := func(what string, is bool) {
		if is {
			out = append(out, what)
		}
	}
	lacks("title", c.Title == "")
	lacks("sub", c.Sub == "")
	lacks("description", c.Desc == "")
	lacks("sources", len(c.Refs) == 0)
	lacks("grade", c.Grade == "")
	lacks("licence", c.Licence == "")
	lacks("wide drawing", !strings.HasPrefix(string(c.Wide), "<svg"))
	lacks("narrow drawing", !strings.HasPrefix(string(c.Narrow), "<svg") || c.Wide == c.Narrow)
	lacks("table", len(c.Table.Rows) == 0)
	lacks("CSV", !strings.HasSuffix(c.CSV, ".csv"))
	lacks("SVG", !strings.HasSuffix(c.SVG, ".svg"))
	return out
}

// charts are all charts of a page.
func charts(p *Page) []*Chart {
	var out []*Chart
	put := func(list ...*Chart) {
		for _, c := range list {
			if c != nil {
				out = append(out, c)
			}
		}
	}
	studies := func(list []Study) {
		for _, s := range list {
			put(s.Chart)
		}
	}
	parts := func(h HTML) {
		for _, part := range h.Parts {
			put(part.Chart)
		}
	}
	switch {
	case p.Home != nil:
		put(p.Home.OverTime)
	case p.Entity != nil:
		put(p.Entity.OverTime, p.Entity.Effects, p.Entity.Holdings, p.Entity.Shares)
		put(p.Entity.Prices...)
		put(p.Entity.Lists...)
		studies(p.Entity.Studies)
		parts(p.Entity.Charts)
	case p.Program != nil:
		put(p.Program.OverTime)
	case p.Timeline != nil:
		put(p.Timeline.OverTime)
	case p.Event != nil:
		put(p.Event.Prices...)
		studies(p.Event.Studies)
	case p.Source != nil:
		put(p.Source.Prices...)
		put(p.Source.Lists...)
		studies(p.Source.Studies)
	}
	return out
}

// Every chart of the example report has all that a reader must have, and the
// picture to download says where it comes from.
func TestChartsAreComplete(t *testing.T) {
	kinds := map[string]int{}
	for p := range Pages(example(t), Options{Words: echoing(), Templates: AllTemplates}) {
		for _, c := range charts(p) {
			kinds[c.Kind]++
			if out := complete(c); len(out) > 0 {
				t.Errorf("%s#%s has no %s", p.Path, c.Anchor, strings.Join(out, ", "))
			}
			i := slices.IndexFunc(p.Files, func(f ChartFile) bool { return strings.HasSuffix(f.Path, "-"+c.Anchor+".svg") })
			if i < 0 || !strings.Contains(p.Files[i].Text, "chart_source[map[") && !strings.Contains(p.Files[i].Text, "chart_sourcemap[") {
				t.Errorf("%s#%s: the picture to download does not name its sources", p.Path, c.Anchor)
			}
		}
	}
	for _, kind := range []string{"measures", "matrix", "price", "study", "bars", "ranked", "lines", "ownership"} {
		if kinds[kind] == 0 {
			t.Errorf("no chart of the kind %q", kind)
		}
	}
}

// The company's page has prices with events, effects by day, window and regime,
// figures and shares; a news item has the market around what it reports.
func TestExamplePictures(t *testing.T) {
	pages := pagesOf(example(t), Options{Words: echoing()})
	e := pages["entities/hikvision.html"].Entity
	if len(e.Prices) != 2 || e.OverTime == nil || e.Effects == nil || e.Shares == nil || e.Holdings == nil || len(e.Lists) != 1 {
		t.Fatalf("%d prices, %d lists, %+v", len(e.Prices), len(e.Lists), e.OverTime)
	}
	if got := e.Prices[0].Title; !strings.HasPrefix(got, "chart_price_fell") || !strings.Contains(got, "Percent:23.1") {
		t.Errorf("the title of the prices is %q", got)
	}
	if got := e.OverTime.Title; !strings.Contains(got, "chart_finding_suspended") || !strings.Contains(got, "chart_finding_reported") {
		t.Errorf("the title of the acts is %q", got)
	}
	// The date of a plan stands beside its mark, and the part of a whole that is not stated is drawn as that.
	if !strings.Contains(string(e.OverTime.Wide), ">2022-05-04</text>") {
		t.Error("the plan has no date in the drawing")
	}
	if n := len(e.Effects.Table.Rows); n < 5 {
		t.Errorf("%d regimes", n)
	}
	row := e.Studies[0].Effect[1]
	if row.Date.ISO != "2022-05-05" || row.Close.Decimal != "38.24" || row.Change.Decimal != "-10.0" || row.Benchmark.Decimal != "-0.2" || row.AR.Decimal != "-0.097243" || row.Flag != "limit_down" {
		t.Errorf("the day of the fall: %+v", row)
	}
	if len(e.Studies[0].Effect) != 7 || e.Studies[0].Effect[0].Change.Decimal != "" || e.Studies[0].More.ID != "" {
		t.Errorf("effects: %+v", e.Studies[0].Effect)
	}
	var drawn []*Chart
	for _, part := range e.Charts.Parts {
		if part.Chart != nil {
			drawn = append(drawn, part.Chart)
		}
	}
	if len(drawn) != 3 {
		t.Fatalf("%d charts of figures", len(drawn))
	}
	// After audit, not before; and a year without a figure is there.
	if got := fmt.Sprint(drawn[0].Table.Rows); !strings.Contains(got, "[2024-01-01 92.496]") || strings.Contains(got, "92.486") || !strings.Contains(got, "2019-01-01 chart_not_stated") {
		t.Errorf("revenue: %s", got)
	}
	// The segment and the revenue by region are two series.
	if got := fmt.Sprint(drawn[2].Table.Columns); strings.Contains(got, "segment") || len(drawn[2].Table.Columns) != 3 {
		t.Errorf("revenue abroad: %s", got)
	}
	if got := string(drawn[2].Wide); strings.Count(got, `class="over-open"`) != 1 || len(drawn[2].Key) != 3 || drawn[2].Key[2].Text != "chart_rest" {
		t.Errorf("the rest of the first half of 2025: %v", drawn[2].Key)
	}
	sparks := 0
	for _, g := range e.Figures {
		if g.Spark != "" {
			sparks++
		}
		for _, f := range g.Rows {
			if len(f.Items) > 0 && f.List != "#"+e.Lists[0].Anchor {
				t.Errorf("the list leads to %q", f.List)
			}
		}
	}
	if sparks < 5 {
		t.Errorf("%d sparklines", sparks)
	}
	if got := fmt.Sprint(e.Lists[0].Table.Rows, e.Lists[0].Notes); !strings.Contains(got, "[1 Vietnam] [2 United States] [3 Mexico] [4 United Kingdom] [5 Brazil]") || !strings.Contains(got, "chart_note_order") {
		t.Errorf("markets: %s", got)
	}

	n := pages["news/biometric-update-2022-05.html"].Source
	if len(n.Prices) != 1 || n.Prices[0].Anchor != "series-hikvision-rebased" || len(n.Prices[0].Pins) == 0 || len(n.Studies) != 1 {
		t.Fatalf("news: %d prices, %d studies", len(n.Prices), len(n.Studies))
	}
	if s := n.Studies[0]; len(s.Chart.Table.Rows) != 11 || s.More.Href != "../entities/hikvision.html#study-hikvision-2022-05-05" {
		t.Errorf("news: a study of %d days, more at %q", len(s.Chart.Table.Rows), s.More.Href)
	}
	var after []string
	for _, item := range n.After {
		after = append(after, item.ID)
	}
	if got := strings.Join(after, " "); !strings.Contains(got, "us-magnitsky-request-2023-03") || !strings.Contains(got, "us-magnitsky-declined-2024-01") || strings.Contains(got, "us-magnitsky-plan") {
		t.Errorf("after: %s", got)
	}
	// An item about a law has no market.
	if n := pages["news/scmp-2023-03-30.html"].Source; len(n.Prices)+len(n.Studies)+len(n.After) > 0 {
		t.Errorf("%d prices beside the news of 2023", len(n.Prices))
	}

	whole := pages["timeline.html"].Timeline.OverTime
	if whole == nil || !strings.Contains(string(whole.Wide), "BIS") || len(whole.Table.Rows) < 20 {
		t.Errorf("timeline: %+v", whole)
	}
	if p := pages["programs/us-bis-el.html"].Program; p.OverTime == nil {
		t.Error("no acts of the Entity List over time")
	}
	if p := pages["programs/us-glomag.html"].Program; p.OverTime != nil {
		t.Error("a single plan was drawn")
	}
}

func TestEveryYear(t *testing.T) {
	var years []model.Date
	for _, s := range []string{"2016", "2017", "2020"} {
		d, err := model.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		years = append(years, d)
	}
	if got := fmt.Sprint(everyYear(years)); got != "[2016 2017 2018 2019 2020]" {
		t.Error(got)
	}
}

// Shares that are not exact are written as the language of the page writes
// numbers, too.
func TestSharesInWords(t *testing.T) {
	words := echoing()
	en := words["en"]
	en.Chart.Number = func(v float64, decimals int) string {
		return strings.Replace(fmt.Sprintf("%.*f", decimals, v), ".", ",", 1)
	}
	words["en"] = en
	e := pagesOf(example(t), Options{Words: words})["entities/hikvision.html"].Entity
	if got := string(e.Holdings.Wide) + fmt.Sprint(e.Holdings.Table.Rows); strings.Contains(got, "40.91") || strings.Count(got, "40,91") < 2 {
		t.Errorf("holdings are %v", e.Holdings.Table.Rows)
	}
}
