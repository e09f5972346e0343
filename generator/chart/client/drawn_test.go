package client

import (
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
)

// drawn are charts as package chart draws them, with the options that it
// hands to the client.
func drawn(t *testing.T) []fixture {
	t.Helper()
	var out []fixture
	for _, spec := range specs() {
		c, found := spec.Draw(english(t))
		for _, d := range found {
			if d.Severity == diag.Error {
				t.Fatalf("refused: %v", d)
			}
		}
		if !json.Valid(c.Options) {
			t.Fatalf("%s has no options", c.ID)
		}
		f := fixture{id: c.ID, title: c.Title, options: string(c.Options), small: string(c.OptionsNarrow), wide: c.Wide, narrow: c.Narrow}
		for _, k := range c.Key {
			f.swatches = append(f.swatches, k.Swatch)
			f.key = append(f.key, k.Text)
			f.series = append(f.series, k.Series)
		}
		out = append(out, f)
	}
	return out
}

func specs() []chart.Spec {
	var main, bench []chart.Point
	day := time.Date(2021, 9, 1, 0, 0, 0, 0, time.UTC)
	for i := range 240 {
		at := day.AddDate(0, 0, i).Format(time.DateOnly)
		main = append(main, chart.Point{Date: at, Value: math.Round(1000+90*math.Sin(float64(i)/13)-float64(i)/2) / 10, Halted: i == 60 || i == 61})
		bench = append(bench, chart.Point{Date: at, Value: math.Round(1000+60*math.Cos(float64(i)/29)-float64(i)/4) / 10})
	}
	level := 100.0
	study := chart.EventStudy{About: chart.About{ID: "d-study", Title: "Two days far outside the ordinary range"}, Name: "Hikvision", Ordinary: 2.95}
	sum := 0.0
	for d := -10; d <= 20; d++ {
		ar := math.Round(200*math.Sin(float64(d)*1.7)) / 100
		if d == 0 {
			ar = -9.72
		}
		sum = math.Round((sum+ar)*100) / 100
		study.Days = append(study.Days, chart.StudyDay{Day: d, AR: ar, CAR: sum, HasCAR: true, Low: sum - 4, High: sum + 4, Limit: d == 0, Hot: d == 1})
	}
	bars := chart.Bars{About: chart.About{ID: "d-bars", Title: "Two thirds of the revenue is made at home"}, Categories: []string{"2019", "2020", "2021"}, Stacked: true, Series: []chart.BarSeries{
		{Name: "At home", Unit: "CNY billion", Values: []chart.BarValue{{Value: 41.1}, {Missing: true}, {Value: 59.3}}}, {Name: "Abroad", Unit: "CNY billion", Values: []chart.BarValue{{Value: 16}, {Missing: true}, {Value: 22}}},
	}}
	three := chart.Lines{About: chart.About{ID: "d-lines", Title: "Three companies, three courses"}}
	for _, name := range []string{"Hikvision", "Dahua", "iFlytek"} {
		three.Panels = append(three.Panels, chart.Panel{Title: name, Series: []chart.Series{{Name: "Share", Unit: "index", Points: main}, {Name: "CSI 300", Unit: "index", Points: bench}}})
	}
	years := chart.Lines{About: chart.About{ID: "d-years", Title: "Revenue goes on growing, profit does not"}}
	for i, name := range []string{"Revenue", "Profit"} {
		line := chart.Series{Name: name, Unit: []string{"CNY billion", "CNY million"}[i]}
		for y := range 6 {
			line.Points = append(line.Points, chart.Point{Date: strconv.Itoa(2016 + y), Value: float64(20 + 7*y*(1-i))})
		}
		years.Panels = append(years.Panels, chart.Panel{Title: name, Series: []chart.Series{line}})
	}
	amount, share := 12.5, 36.35
	beside := chart.Bars{About: chart.About{ID: "d-beside", Title: "Two sums side by side, one not always stated"}, Categories: []string{"2019", "2020", "2021"}, Series: []chart.BarSeries{
		{Name: "Revenue", Unit: "CNY billion", Values: []chart.BarValue{{Value: 41.1}, {Value: 44}, {Value: 59.3}}}, {Name: "Profit", Unit: "CNY billion", Values: []chart.BarValue{{Value: 16}, {Missing: true}, {Value: 12.25}}},
	}}
	return []chart.Spec{
		bars, beside, three, years,
		chart.Matrix{
			About: chart.About{ID: "d-matrix", Title: "Who is under which regime"}, Corner: "Company", Rows: []string{"Hikvision", "杭州海康威视数字技术股份有限公司 with a long name"}, Columns: []string{"Entity List", "NS-CMIC List", "Global Magnitsky"},
			Cells: []chart.MatrixCell{{Status: chart.Force, Date: "2019-10-09", Text: "in force"}, {Column: 1, Status: chart.Suspended, Date: "2021-08-02", Text: "suspended"}, {Row: 1, Column: 2, Status: "reported", Date: "2022-05-04", Text: "reported"}},
		},
		chart.RankedList{About: chart.About{ID: "d-list", Title: "Markets, in the order of the source"}, Unit: "million", Items: []chart.ListItem{{Name: "India", Value: &amount}, {Name: "Viet Nam, a market with a name that is longer than most", Value: &share}, {Name: "Brazil"}}},
		chart.Ownership{
			About: chart.About{ID: "d-owners", Title: "A state group controls the company"}, Nodes: []chart.Holder{{Name: "China Electronics Technology Group Corporation"}, {Name: "CETHIK"}, {Name: "Hikvision", Main: true}, {Name: "Gong Hongjia", Soft: true}},
			Ties: []chart.Tie{{Owner: 0, Owned: 1, Share: &share}, {Owner: 1, Owned: 2, Share: &share}, {Owner: 3, Owned: 2, Text: "about 10 %", Open: true}},
		},
		chart.Price{
			About: chart.About{ID: "d-price", Title: "The shares fell by the daily limit"},
			Main:  chart.Series{Name: "Hikvision", Unit: "index", Points: main}, Bench: []chart.Series{{Name: "CSI 300", Unit: "index", Points: bench}}, Level: &level,
			Events: []chart.Event{
				{Date: "2022-02-04", Text: "Plan reported", Kind: chart.Said}, {Date: "2022-02-07", Text: "First trading day", Kind: chart.Market}, {Date: "2022-03-20", Text: "Deadline", Kind: chart.Decided},
			},
			Closed: []chart.Span{{From: "2022-02-01", To: "2022-02-06", Text: "Market closed"}},
		},
		study,
		chart.Measures{
			About: chart.About{ID: "d-gantt", Title: "What is in force, what is contested"}, Now: "2026-06-08", NowText: "8 Jun 2026",
			Groups: []chart.Group{
				{Title: "In force", Rows: []chart.Row{
					{Name: "Section 889", Bars: []chart.Period{{From: "2018-08-13", To: "2019-08-13", Status: chart.Before, Text: "enacted"}, {From: "2019-08-13", Status: chart.Force, Text: "in force"}}},
					{Name: "Affiliates Rule", Bars: []chart.Period{{From: "2025-11-10", Status: chart.Suspended, Text: "suspended"}}},
				}},
				{Title: "Reported", Reported: true, Rows: []chart.Row{
					{Name: "Global Magnitsky listing", Marks: []chart.Mark{{Date: "2022-05-04", Shape: chart.Reported, Text: "Reported", Label: "May 2022"}, {Date: "2024-01-19", Shape: chart.Declined, Text: "Request declined", Label: "declined, 2024"}}},
				}},
			},
		},
	}
}

// english writes as the theme does.
func english(t *testing.T) chart.Env {
	t.Helper()
	var texts map[string]any
	if err := yaml.Unmarshal(read(t, filepath.Join(theme, "i18n/en.yaml")), &texts); err != nil {
		t.Fatal(err)
	}
	return chart.Env{
		Word: func(key string, args map[string]any) string {
			text := texts[key]
			if forms, ok := text.(map[string]any); ok {
				text = forms["other"]
			}
			s, ok := text.(string)
			if !ok {
				t.Errorf("en.yaml lacks %s", key)
			}
			var out bytes.Buffer
			if err := template.Must(template.New(key).Parse(s)).Execute(&out, args); err != nil {
				t.Error(err)
			}
			return out.String()
		},
		Number: func(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) },
		Date: func(at time.Time, form chart.DateForm) string {
			return at.Format([...]string{"2 Jan 2006", "Jan 2006", "2006", "Jan", "2 Jan"}[form])
		},
	}
}

// twins sees that what package chart draws comes alive as it is: with the mouse,
// with keys, in both sizes.
func twins(b *browser, root string, all []fixture) {
	for _, width := range []int64{1100, 360} {
		b.screen(width, "screen", "light", "reduce")
		b.visit(root, "drawn.html")
		for _, c := range all {
			b.scroll(c.id)
			x, y := b.point(c.id, 0.6, 0.6)
			b.mouse("mouseMoved", x, y, nil)
			b.drawn(c.id)
			eval[bool](b, `document.querySelector("#`+c.id+` .ch-live").focus({preventScroll: true}), true`)
			b.press("ArrowRight", "ArrowRight", "End")
			b.until(c.id+": nothing is said", `document.querySelector("#`+c.id+` [aria-live]").textContent`)
			b.press("Escape")
			b.clean(c.id)
		}
	}
	b.screen(1100, "screen", "light", "reduce")
	b.visit(root, "drawn.html")
	for _, c := range []struct{ id, keys, want string }{
		{"d-price", "ArrowRight", "Hikvision, 1 Sep 2021: 100.0"},
		{"d-price", "End", "28 Apr 2022: 84.0"},
		{"d-study", "Home", "Sum of abnormal returns, −10: 1.92\u00a0%"},
		{"d-years", "ArrowRight", "Revenue, 2016: 20"},
		{"d-gantt", "ArrowRight", "Section 889: enacted, 13 Aug 2018 to 13 Aug 2019"},
	} {
		b.scroll(c.id)
		eval[bool](b, `document.querySelector("#`+c.id+` .ch-live").focus({preventScroll: true}), true`)
		b.press(strings.Fields(c.keys)...)
		if c.want != "" {
			b.said(c.id, c.want)
		}
	}
	// Series of one field can be shown and hidden; one that has a field of its own would leave it empty.
	if n := eval[int](b, `document.querySelectorAll("#d-price .ch-toggle").length`); n != 2 {
		b.t.Errorf("%d series of the price can be hidden", n)
	}
	if n := eval[int](b, `document.querySelectorAll("#d-years .ch-toggle").length`); n != 0 {
		b.t.Errorf("%d fields can be emptied", n)
	}
}
