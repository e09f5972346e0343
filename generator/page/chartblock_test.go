package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// drawing are options under which pages have charts; words are their keys.
func drawing() Options {
	o := Options{Words: map[string]Words{}}
	for _, lang := range []string{"en", "fr"} {
		o.Words[lang] = Words{Chart: chart.Env{Word: func(key string, _ map[string]any) string { return lang + ":" + key }}}
	}
	return o
}

// traded are a series and its benchmark, figures and a study for the report in
// testdata.
var traded = map[string]string{
	"data/series/series.yaml": `
- {id: acme-close, title: {en: Acme in May, fr: Acme en mai}, subject: acme, measure: close, unit: CNY, benchmark: board, redistributable: yes, licence: CC0-1.0, known: 2022-05-10, sources: [wire], confidence: primary}
- {id: board, title: The index, measure: close, unit: CNY, redistributable: yes, licence: CC-BY-4.0, known: 2022-05-10, sources: [gazette], confidence: secondary}
- {id: shown, title: Shown alone, measure: close, unit: CNY, redistributable: display, licence: none, known: 2022-05-10, sources: [gazette], confidence: secondary}
`,
	"data/series/acme-close.csv": "date,value\n2022-05-03,10.25\n2022-05-04,10.5\n2022-05-05,9.45\n2022-05-06,9.5\n",
	"data/series/board.csv":      "date,value\n2022-05-03,9\n2022-05-04,9.1\n2022-05-05,9\n2022-05-06,9.2\n",
	"data/series/shown.csv":      "date,value\n2022-05-03,77123\n2022-05-04,77124\n2022-05-05,77125\n",
	"data/figures/acme.csv": "id,entity,metric,date,value,unit,preliminary,items,sources,confidence\n" +
		"r19,acme,revenue,2019,10,CNY billion,,,gazette,primary\nr20,acme,revenue,2020,11,CNY billion,,,gazette,primary\n" +
		"r21p,acme,revenue,2021,12.9,CNY billion,true,,gazette,primary\nr21,acme,revenue,2021,13,CNY billion,,,wire,secondary\nh21,acme,revenue,2021-01/2021-06,6,CNY billion,,,gazette,primary\n" +
		"a19,acme,revenue abroad,2019,~3,CNY billion,,,gazette,primary\na21,acme,revenue abroad,2021,4,CNY billion,,,gazette,primary\n" +
		"m1,,cameras in A,2022,50,cameras,,,gazette,primary\nm2,,cameras in B,2022,70,cameras,,,gazette,primary\nm3,acme,main markets,2022,,,,B; A; C,gazette,primary\n",
	"data/studies/fallen.yaml": `
title: The fall
subject: acme
event: fall
event_day: 2022-05-05
model: constant_mean
estimation: {length: 120, gap: 11}
days: [{day: -1, ar: 0.01}, {day: 0, ar: -0.1, flag: limit_down}, {day: 1, ar: 0.02}]
sources: [wire]
confidence: secondary
caveat: Day 0 was cut off.
`,
}

func withMarket(more map[string]string) map[string]string {
	out := maps.Clone(traded)
	maps.Copy(out, more)
	return out
}

const block = "```chart\n%s\n```\n"

func prose(title, known string, blocks ...string) string {
	out := "---\ntitle: " + title + "\nknown: " + known + "\n---\nBefore.\n\n"
	for _, b := range blocks {
		out += fmt.Sprintf(block, b) + "\nAfter.\n\n"
	}
	return out
}

// Each kind of chart is drawn where it stands, with what it rests on.
func TestChartBlocks(t *testing.T) {
	for _, test := range []struct {
		options, anchor, title, sub, refs string
		rows                              int
	}{
		{"kind: price\nseries: acme-close", "chart-price-acme-close", "Acme in May", "Acme, The index: CNY", "wire gazette", 4},
		{"kind: price\nseries: acme-close\nbenchmark: []\nevents: [fall, acme-b]\nid: x\ntitle: Down\nsub: in yuan\nnote: Mind this", "chart-x", "Down", "in yuan", "wire", 4},
		{"kind: price\nseries: acme-close\nfrom: 2022-05-04\nto: 2022-05-05", "chart-price-acme-close", "Acme in May", "Acme, The index: CNY", "wire gazette", 2},
		{"kind: study\nstudy: fallen", "chart-study-fallen", "The fall", "en:study_sub", "wire", 3},
		{"kind: measures\nentity: acme", "chart-measures-acme", "En:chart_finding", "en:chart_measures_sub", "gazette wire", 11},
		{"kind: measures\nprogram: US-A\ngroup: authority\nplans: no", "chart-measures-list-a", "En:chart_finding", "en:chart_measures_sub", "gazette", 6},
		{"kind: measures\nmeasures: [acme-a, acme-old]\ngroup: program", "chart-measures-acme-a", "En:chart_finding", "en:chart_measures_sub", "gazette", 4},
		{"kind: matrix\nentity: [acme, sub]", "chart-matrix-acme", "en:chart_kind_matrix", "", "gazette wire", 2},
		{"kind: bars\nentity: acme\nmetric: [revenue, revenue abroad]", "chart-bars-acme", "Acme: Revenue, revenue abroad", "CNY billion", "gazette wire", 3},
		{"kind: bars\nentity: acme\nmetric: revenue\ndates: [2021-01/2021-06, 2021]", "chart-bars-acme", "Acme: Revenue", "CNY billion", "gazette wire", 2},
		{"kind: list\nfigure: m3", "chart-list-m3", "Main markets", "", "gazette", 3},
		{"kind: list\nfigure: [m2, m1]\ntitle: Cameras", "chart-list-m2", "Cameras", "", "gazette", 2},
		{"kind: lines\nentity: acme\nmetric: [revenue, revenue abroad]", "chart-lines-acme", "en:chart_kind_lines", "", "gazette wire", 6},
		{"kind: lines\nseries: [acme-close, board]", "chart-lines-acme-close", "en:chart_kind_lines", "", "wire gazette", 8},
		{"kind: ownership\nentity: acme", "chart-ownership-acme", "en:chart_ownership_title", "en:chart_ownership_sub", "gazette", 2},
		{"kind: sparkline\nentity: acme\nmetric: revenue", "chart-sparkline-acme", "Acme: revenue", "CNY billion", "gazette wire", 3},
	} {
		t.Run(test.options, func(t *testing.T) {
			p := pagesOf(view(t, small(t, withMarket(map[string]string{"content/drawn.md": prose("Drawn", "2024-01-01", test.options)})), model.ViewOptions{Date: day}), drawing())["drawn.html"]
			body := p.Prose.Body
			if len(body.Parts) != 2 || body.Parts[0].Chart == nil || !strings.Contains(string(body.Parts[0].HTML), "Before") || !strings.Contains(string(body.Parts[1].HTML), "After") {
				t.Fatalf("%+v", body)
			}
			c := body.Parts[0].Chart
			var refs []string
			for _, r := range c.Refs {
				refs = append(refs, p.Sources[r.Number-1].ID)
			}
			if c.Anchor != test.anchor || c.Title != test.title || c.Sub != test.sub || strings.Join(refs, " ") != test.refs || len(c.Table.Rows) != test.rows {
				t.Errorf("%q %q %q, refs %q, %d rows\n%v", c.Anchor, c.Title, c.Sub, refs, len(c.Table.Rows), c.Table.Rows)
			}
			if c.Grade == "" || c.Desc == "" || c.CSV == "" || c.SVG == "" || len(p.Files) != 2 {
				t.Errorf("grade %q, description %q, files %q %q %d", c.Grade, c.Desc, c.CSV, c.SVG, len(p.Files))
			}
			if want := c.Kind != "sparkline"; (p.Charts > 0) != want {
				t.Errorf("%d charts answer", p.Charts)
			}
			if strings.Contains(test.options, "note:") && !slices.Contains(c.Notes, "Mind this") {
				t.Errorf("notes %q", c.Notes)
			}
		})
	}
}

// A block may stand in a list, in a quotation and in the field of any record,
// also twice on a page, and each has a name of its own.
func TestChartBlockPlaces(t *testing.T) {
	options := "kind: price\nseries: acme-close"
	inList := "- one\n\n  ```chart\n  kind: price\n  series: acme-close\n  ```\n\n> ```chart\n> kind: price\n> series: acme-close\n> ```\n"
	files := small(t, withMarket(map[string]string{
		"content/drawn.md":      prose("Drawn", "2024-01-01", options) + inList,
		"data/events/fall.yaml": "{title: Shares fall, kind: market, certainty: confirmed, date: 2022-05-05, concerns: [acme, plan], sources: [wire], confidence: secondary}\n",
		"data/events/note.yaml": "title: Noted\nkind: policy\ncertainty: confirmed\ndate: 2022-06-01\nconcerns: [acme]\nsources: [wire]\nconfidence: secondary\nsummary:\n  en: |\n    Text.\n\n    ```chart\n    kind: price\n    series: acme-close\n    ```\n",
	}))
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), drawing())
	var anchors []string
	for _, part := range pages["drawn.html"].Prose.Body.Parts {
		if part.Chart != nil {
			anchors = append(anchors, part.Chart.Anchor)
		}
	}
	if got := strings.Join(anchors, " "); got != "chart-price-acme-close chart-price-acme-close-2 chart-price-acme-close-3" {
		t.Errorf("anchors %q", got)
	}
	if p := pages["events/note.html"]; len(p.Event.Summary.Parts) != 2 || p.Charts != 1 {
		t.Errorf("the summary of an event: %+v", p.Event.Summary)
	}
	if c := pages["fr/events/note.html"].Event.Summary.Parts[0].Chart; c == nil || c.Title != "Acme en mai" {
		t.Errorf("in French: %+v", c)
	}
	if p := pages["sources/gazette.html"]; p.Charts != 0 || len(p.Files) != 0 {
		t.Error("a page without a chart counts one")
	}
}

// What a view does not hold is not drawn there, and nothing of it is said.
func TestChartBlockViews(t *testing.T) {
	files := small(t, withMarket(map[string]string{
		"content/drawn.md": prose("Drawn", "2021-01-01", "kind: price\nseries: inside\ntitle: Confidential", "kind: lines\nseries: [inside, board]", "kind: study\nstudy: fallen"),
	}))
	files["dossier.yaml"] += "audiences: [public, staff]\n"
	files["data/series/series.yaml"] += "- {id: inside, title: For us, measure: close, unit: CNY, redistributable: yes, licence: none, known: 2022-05-10, audience: staff, sources: [gazette], confidence: secondary}\n"
	files["data/series/inside.csv"] = "date,value\n2022-05-03,1\n2022-05-04,2\n"
	parts := func(o model.ViewOptions) []HTMLPart {
		p := pagesOf(view(t, files, o), drawing())["drawn.html"]
		if text := fmt.Sprintf("%+v", p); o.Audience == "" && (strings.Contains(text, "inside") || strings.Contains(text, "Confidential")) {
			t.Error("the page names what its readers may not see")
		}
		return p.Prose.Body.Parts
	}
	staff := parts(model.ViewOptions{Date: day, Audience: "staff"})
	public := parts(model.ViewOptions{Date: day})
	past := parts(model.ViewOptions{Date: day, AsOf: model.NewDay(2022, 5, 1)})
	say := func(list []HTMLPart) (out string) {
		for _, p := range list {
			switch {
			case p.Absent:
				out += "absent "
			case p.Chart != nil:
				out += fmt.Sprintf("%d ", len(p.Chart.Table.Rows))
			}
		}
		return out
	}
	if got := [3]string{say(staff), say(public), say(past)}; got != [3]string{"2 6 3 ", "absent 4 3 ", "absent absent absent "} {
		t.Errorf("%q", got)
	}
}

// Of a series that may only be displayed, there are no points anywhere on the
// page or beside it.
func TestChartBlockDisplay(t *testing.T) {
	for _, options := range []string{"kind: price\nseries: shown", "kind: lines\nseries: shown", "kind: sparkline\nseries: shown"} {
		p := pagesOf(view(t, small(t, withMarket(map[string]string{"content/drawn.md": prose("Drawn", "2024-01-01", options)})), model.ViewOptions{Date: day}), drawing())["drawn.html"]
		c := p.Prose.Body.Parts[0].Chart
		if c.Wide == "" || c.SVG == "" || c.CSV != "" || c.Options != "" || c.Small != "" || len(c.Table.Rows) > 0 || p.Charts != 0 {
			t.Errorf("%s: %+v", options, c)
		}
	}
}

// Every chart is drawn by CheckCharts, those of records as well as blocks in any
// language, and what is found stands at its place.
func TestCheckCharts(t *testing.T) {
	files := small(t, withMarket(map[string]string{
		"data/series/acme-close.csv": "date,value,flag\n2022-05-03,10.25,\n2022-05-04,,halted\n2022-05-05,9.45,\n2022-05-06,9.5,\n",
		"content/drawn.fr.md":        prose("Drawn", "2024-01-01", "kind: bars\nentity: acme\nmetric: [revenue, main markets]", "kind: matrix\nentity: paper\nprogram: US-A"),
	}))
	var got []string
	for _, d := range diag.Sort(CheckCharts(view(t, files, model.ViewOptions{Date: day}))) {
		at := string(d.Span.File.Text()[d.Span.Start:d.Span.End])
		got = append(got, fmt.Sprintf("%s:%d %s %.24s: %s", d.Span.File.Name(), 1+strings.Count(string(d.Span.File.Text()[:d.Span.Start]), "\n"), d.Code, at, d.Message))
	}
	want := []string{
		`content/drawn.fr.md:10 chart-no-data main markets: no figure of metric "main markets" about "acme" for these periods`,
		`content/drawn.fr.md:17 chart-no-data paper: none of the entities is under any of the programmes`,
		`data/series/series.yaml:2 chart-halt {id: acme-close, title: : Acme: no trading on 2022-05-04; the line has a gap there`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
