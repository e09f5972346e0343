package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// RankedList is a list in the order of its source: markets, vendors. That order
// is shown, and it is said that it is not a ranking. Where the source gives
// amounts they are drawn as bars.
type RankedList struct {
	About
	Unit  string
	Items []ListItem
}

// ListItem is one entry.
type ListItem struct {
	Name  string
	Value *float64 // nil where the source gives none
	Text  string   // as the source has it
}

type ranked struct {
	RankedList
	decimals int
	values   int
	low      float64
	high     float64
}

// Draw makes the chart.
func (l RankedList) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&l.About, env, "list")
	d := &ranked{RankedList: l}
	d.Items = append([]ListItem(nil), l.Items...)
	d.Unit = clean(l.Unit)
	var all []float64
	for i := range d.Items {
		it := &d.Items[i]
		it.Name, it.Text = clean(it.Name), clean(it.Text)
		if it.Value == nil {
			continue
		}
		if c.value(fmt.Sprintf("items[%d].value", i), *it.Value) {
			all = append(all, *it.Value)
			d.low, d.high = math.Min(d.low, *it.Value), math.Max(d.high, *it.Value)
		}
	}
	d.values, d.decimals = len(all), min(decimalsOf(all), 3)
	if len(d.Items) < 2 {
		c.refuse("chart-too-few-points", "items", "put it into the text", "a list of %d", len(d.Items))
	}
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{Table: d.table(env), Desc: d.describe(env)}
	chart.Notes = append(chart.Notes, Note{"chart-order", env.word("chart_note_order", nil)})
	chart.Notes = append(chart.Notes, c.shortened(env, "items", min(len(d.Items), mostRows), len(d.Items))...)
	out, failed := finish(env, l.About, d, chart)
	return out, append(c.found, failed...)
}

func (d *ranked) text(env Env, it ListItem) string {
	switch {
	case it.Text != "":
		return it.Text
	case it.Value != nil:
		return env.with(*it.Value, d.decimals, d.Unit)
	}
	return ""
}

func (d *ranked) describe(env Env) string {
	var names []string
	for _, it := range d.Items {
		n := it.Name
		if t := d.text(env, it); t != "" {
			n += " (" + t + ")"
		}
		names = append(names, n)
	}
	return sentences(env.word("chart_desc_list", args{"Count": len(d.Items), "Names": strings.Join(names, "; ")}), env.word("chart_note_order", nil))
}

func (d *ranked) table(env Env) Table {
	t := Table{Columns: []Column{{Title: env.word("chart_col_place", nil), Right: true}, {Title: env.word("chart_col_name", nil)}}}
	if d.values > 0 {
		t.Columns = append(t.Columns, Column{Title: env.word("chart_col_value", nil), Unit: d.Unit, Right: true})
	}
	for i, it := range d.Items {
		row := []Cell{{env.number(float64(i+1), 0), machine(float64(i + 1))}, {it.Name, it.Name}}
		if d.values > 0 {
			cell := Cell{Text: env.word("chart_not_stated", nil)}
			if it.Value != nil {
				cell = env.cell(*it.Value, d.decimals)
				if it.Text != "" {
					cell.Text = it.Text
				}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (d *ranked) sheet(env Env, width float64) *sheet {
	s := &sheet{}
	var names []string
	left, room := 0.0, 0.0
	for i, it := range d.Items[:min(len(d.Items), mostRows)] {
		n := env.number(float64(i+1), 0) + ". " + it.Name
		if fromRight(n) {
			n = "\u200e" + n // the number stands left of a name in Arabic, too
		}
		names = append(names, safe(n))
		left = math.Max(left, textWidth(n))
		room = math.Max(room, textWidth(d.text(env, it)))
	}
	most := width * 0.42
	if d.values == 0 {
		most = width - 20
	}
	left = math.Min(left+16, most)
	bottom := 4.0
	if d.values > 0 {
		bottom = 30
	}
	s.height = 4 + bottom + 26*float64(len(names))
	s.addGrid(left, math.Min(room, 110)+10, "4", units(bottom))
	from, to, step := niceLabels(env, d.low, math.Max(d.high, 1e-9), 4, width-left-math.Min(room, 110)-10, "")
	if d.values == 0 {
		from, to, step = 0, 1, 1
	}
	s.addX(opts.XAxis{Type: "value", Min: from, Max: to}, object{
		"show": d.values > 0, "interval": step, "axisLabel": object{"formatter": "@fn:number"}, "splitLine": object{"show": d.values > 0},
	})
	s.addY(opts.YAxis{Type: "category", Data: names, Inverse: opts.Bool(true)}, object{
		"axisLine": object{"show": d.values > 0}, "axisTick": object{"show": false}, "splitLine": object{"show": d.values == 0, "lineStyle": object{"color": "@color:grid"}},
		"axisLabel": object{"align": "left", "margin": left, "width": left - 16, "overflow": "truncate"},
	})
	r := &rows{}
	for _, it := range d.Items[:min(len(d.Items), mostRows)] {
		switch {
		case it.Value == nil:
			r.value(0, false)
		default:
			r.item(object{"value": *it.Value, "label": object{"show": true, "formatter": literal(d.text(env, it))}})
		}
	}
	if d.values == 0 {
		s.addSeries("custom", "", nil, object{"renderItem": "@fn:mark", "silent": true, "encode": object{"x": 1, "y": 0}})
		return s
	}
	s.addSeries("bar", d.Unit, r.json(), object{
		"itemStyle": object{"color": "@color:main"}, "barCategoryGap": "40%", "label": object{"show": true, "color": "@color:ink", "position": "outside"},
	})
	return s
}
