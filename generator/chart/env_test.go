package chart

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"go.yaml.in/yaml/v4"
)

// english reads the words of the theme, as the site does.
func english(t testing.TB) Env {
	t.Helper()
	b, err := os.ReadFile("../../themes/dossier/i18n/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := yaml.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	words := map[string]*template.Template{}
	for k, v := range all {
		if !strings.HasPrefix(k, "chart_") || strings.HasPrefix(k, "chart_client_") {
			continue
		}
		if s, ok := v.(string); ok {
			v = map[string]any{"other": s}
		}
		for form, s := range v.(map[string]any) {
			words[k+"/"+form] = template.Must(template.New(k).Option("missingkey=error").Parse(s.(string)))
		}
	}
	return Env{
		Source: "Source: an exchange. Licence: CC BY 4.0.",
		Word: func(key string, a map[string]any) string {
			form := "other"
			if a["Count"] == 1 && words[key+"/one"] != nil {
				form = "one"
			}
			w := words[key+"/"+form]
			if w == nil {
				t.Errorf("the theme has no word %q", key)
				return key
			}
			var out bytes.Buffer
			if err := w.Execute(&out, a); err != nil {
				t.Errorf("%s: %v", key, err)
			}
			return out.String()
		},
		Number: func(v float64, decimals int) string {
			s := strconv.FormatFloat(v, 'f', decimals, 64)
			whole, frac, _ := strings.Cut(s, ".")
			neg := strings.HasPrefix(whole, "-")
			whole = strings.TrimPrefix(whole, "-")
			for i := len(whole) - 3; i > 0; i -= 3 {
				whole = whole[:i] + "," + whole[i:]
			}
			if frac != "" {
				whole += "." + frac
			}
			if neg {
				whole = "-" + whole
			}
			return whole
		},
		Date: func(t time.Time, form DateForm) string {
			return t.Format([...]string{"2 Jan 2006", "Jan 2006", "2006", "Jan", "2 Jan"}[form])
		},
	}
}

// walk is a price that goes up and down, the same each time.
func walk(n int, from string, start float64) []Point {
	d, _ := parseDate(from)
	day := d.from
	seed := uint32(7)
	v := start
	var out []Point
	for len(out) < n {
		if wd := day.Weekday(); wd != time.Saturday && wd != time.Sunday {
			seed = seed*1664525 + 1013904223
			v *= 1 + (float64(seed>>8)/float64(1<<24)-0.5)*0.05
			v = float64(int(v*100)) / 100
			out = append(out, Point{Date: day.Format(time.DateOnly), Value: v})
		}
		day = day.AddDate(0, 0, 1)
	}
	return out
}

func level(v float64) *float64 { return &v }

func priceOf(n int) Price {
	main, bench := walk(n, "2021-09-01", 120), walk(n+3, "2021-09-01", 118)[3:]
	for i := range bench {
		bench[i].Date = main[i].Date
	}
	p := Price{
		About: About{ID: "price", Title: "The shares fell by the daily limit on the first trading day after the report", Sub: "Closing price and CSI 300 index, 29 April 2022 = 100"},
		Main:  Series{Name: "Hikvision", Unit: "29 April 2022 = 100", Points: main},
		Bench: []Series{{Name: "CSI 300", Unit: "29 April 2022 = 100", Points: bench}},
	}
	if n > 100 {
		p.Level = level(100)
		p.Events = []Event{
			{Date: main[n*7/10].Date, Text: "Plan for US sanctions reported.", Kind: Said}, {Date: main[n*7/10+1].Date, Text: "First trading day: −10.0 %, the daily limit.", Kind: Market, Priority: 2},
			{Date: main[n*8/10].Date, Text: "Divestment date of the NS-CMIC listing.", Kind: Decided, Priority: 1},
		}
		p.Closed = []Span{{main[n*7/10-2].Date, main[n*7/10].Date, "Market closed"}}
		p.Window = &Span{main[n/10].Date, main[n*6/10].Date, "estimation window of the event study, 120 trading days"}
	}
	return p
}

func studyOf(from, to int) EventStudy {
	e := EventStudy{
		About: About{ID: "study", Title: "Two days far outside the ordinary range", Sub: "Abnormal return: what the share did beyond what the index would explain"},
		Name:  "Hikvision", Ordinary: 2.95,
	}
	car := 0.0
	seed := uint32(3)
	for d := from; d <= to; d++ {
		seed = seed*1664525 + 1013904223
		x := StudyDay{Day: d, AR: float64(int((float64(seed>>8)/float64(1<<24)-0.5)*600)) / 100, HasCAR: true}
		switch d {
		case 0:
			x.AR, x.Limit, x.Date = -9.72, true, "2022-05-05"
		case 1:
			x.AR, x.Hot, x.Date = -6.24, true, "2022-05-06"
		}
		car += x.AR
		half := 1.96 * 1.5 * float64(d-from+1) / 2
		x.CAR = float64(int(car*100)) / 100
		x.Low, x.High = float64(int((car-half)*100))/100, float64(int((car+half)*100))/100
		e.Days = append(e.Days, x)
	}
	return e
}

func measuresOf() Measures {
	return Measures{
		About: About{ID: "gantt", Title: "What is in force, what is contested, what is over, what was only reported", Sub: "Legal acts concerning Hikvision, by the dates stated in the sources"},
		Now:   "2026-06-08", NowText: "8 Jun 2026",
		Groups: []Group{
			{Title: "In force or listed", Rows: []Row{
				{Name: "NDAA section 889: procurement", Bars: []Period{{From: "2018-08-13", To: "2019-08-13", Status: Before, Text: "enacted, not yet effective"}, {From: "2019-08-13", Status: Force, Text: "in force"}}, Marks: []Mark{{Date: "2020-08-13", Shape: Step, Text: "second step"}}},
				{Name: "BIS Entity List: exports", Bars: []Period{{From: "2019-10-07", To: "2019-10-09", Status: Before, Text: "announced"}, {From: "2019-10-09", Status: Force, Text: "in force"}}},
				{Name: "FCC Covered List", Bars: []Period{{From: "2021-03", Status: Force, Text: "listed"}}},
				{Name: "NS-CMIC List: investment", Bars: []Period{{From: "2021-06-03", To: "2021-08-02", Status: Before, Text: "listed, not yet effective"}, {From: "2021-08-02", Status: Force, Text: "in force"}}, Marks: []Mark{{Date: "2022-06-03", Shape: Deadline, Text: "divest by"}}},
				{Name: "FCC limits on earlier authorisations", Bars: []Period{{From: "2025-10-28", To: "2025-12-26", Status: Before, Text: "adopted"}, {From: "2025-12-26", Status: Force, Text: "in force"}}},
			}},
			{Title: "Contested or suspended", Rows: []Row{
				{Name: "FCC equipment authorisation ban", Bars: []Period{{From: "2022-11-11", To: "2023-02-06", Status: Before, Text: "adopted"}, {From: "2023-02-06", To: "2024-04-02", Status: Force, Text: "in force"}, {From: "2024-04-02", Status: Partly, Text: "in force, definition remanded"}}},
				{Name: "Canada: order to wind up", Bars: []Period{{From: "2025-06-27", Status: Unknown, Text: "under judicial review, outcome not in this report"}}},
				{Name: "BIS Affiliates Rule", Bars: []Period{{From: "2025-09-29", To: "2025-11-10", Status: Before, Text: "issued"}, {From: "2025-11-10", Status: Suspended, Text: "suspended"}}},
			}},
			{Title: "Over", Rows: []Row{
				{Name: "DoD list, section 1237", Bars: []Period{{From: "2020-06-24", To: "2021-06-03", Status: Over, Text: "superseded by NS-CMIC", EndNotStated: true}}},
				{Name: "EO 13959 annex: securities", Bars: []Period{{From: "2020-11-12", To: "2021-01-11", Status: Before, Text: "signed"}, {From: "2021-01-11", To: "2021-06-03", Status: Over, Text: "in force until superseded"}}},
			}},
			{Title: "Reported, not decided", Reported: true, Rows: []Row{
				{Name: "Global Magnitsky listing", Marks: []Mark{{Date: "2022-05-04", Shape: Reported, Text: "Reported", Label: "May 2022"}, {Date: "2024-01-19", Shape: Declined, Text: "Request declined", Label: "request declined, 2024"}}},
			}},
		},
	}
}
