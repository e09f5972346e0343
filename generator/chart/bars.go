package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Bars compares amounts: one series, several side by side, or parts of a whole
// upon each other. The axis begins at nothing.
type Bars struct {
	About
	Categories []string
	Series     []BarSeries // at most six
	Stacked    bool
	// Whole is what the parts of a category add up to, such as 100 percent; 0
	// where it is not known. Where a part is not stated, the rest is drawn as
	// such, so that a bar does not look as if it were all.
	Whole float64
	// Min is where the author wants the axis to begin. Anything but nothing is
	// refused.
	Min *float64
}

// BarSeries is one series of bars: a value for each category.
type BarSeries struct {
	Name   string
	Unit   string // the same for all
	Values []BarValue
}

// BarValue is the amount of a bar.
type BarValue struct {
	Value   float64
	Missing bool   // not stated: there is no bar, but a dash
	Text    string // as the source has it, where that says more: "more than 10"
}

type bars struct {
	Bars
	decimals  int
	low, high float64
	missing   int
	rest      []float64 // of a whole, by category; 0 where there is none
}

// Draw makes the chart.
func (b Bars) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&b.About, env, "bars")
	d := &bars{Bars: b}
	d.read(c)
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{Table: d.table(env), Desc: d.describe(env)}
	if len(d.Series) > 1 {
		for i, s := range d.Series {
			chart.Key = append(chart.Key, key(fillNames[i], s.Name, safe(s.Name)))
		}
		if d.hasRest() {
			name := env.word("chart_rest", nil)
			chart.Key = append(chart.Key, key("over-open", name, safe(name)))
		}
	}
	out, failed := finish(env, b.About, d, chart)
	return out, append(c.found, failed...)
}

// mostBars is how many categories a drawing has at most: more are narrower than
// a reader can see.
const mostBars = 120

var fillNames = [...]string{"h1", "h2", "h3", "h4", "h5", "h6"}

func (d *bars) read(c *checker) {
	d.Categories = cleanAll(d.Categories)
	d.Series = append([]BarSeries(nil), d.Series...)
	if len(d.Categories) == 0 || len(d.Series) == 0 {
		c.refuse("chart-too-few-points", "categories", "", "there is nothing to draw")
		return
	}
	if len(d.Series) > len(fillNames) {
		c.refuse("chart-too-large", "series", "put the small ones together, or draw several charts", "%d series cannot be told apart", len(d.Series))
		return
	}
	if len(d.Categories) > mostBars {
		c.refuse("chart-too-large", "categories", "choose fewer, or draw a line", "bars for %d categories", len(d.Categories))
		return
	}
	if d.Min != nil && *d.Min != 0 {
		c.refuse("chart-truncated-bars", "min", "leave min out, or draw a line", "an axis of bars that begins at %v", *d.Min)
	}
	var all []float64
	up, down := make([]float64, len(d.Categories)), make([]float64, len(d.Categories))
	for i := range d.Series {
		s := &d.Series[i]
		at := fmt.Sprintf("series[%d]", i)
		s.Name, s.Unit = clean(s.Name), clean(s.Unit)
		if s.Unit != d.Series[0].Unit {
			c.refuse("chart-mixed-units", at+".unit", "convert one of them, or draw two charts", "%q and %q on one axis", d.Series[0].Unit, s.Unit)
		}
		if len(s.Values) != len(d.Categories) {
			c.refuse("chart-bad-value", at+".values", "give each category a value, or say that it is missing", "%d values for %d categories", len(s.Values), len(d.Categories))
			return
		}
		for k, v := range s.Values {
			if v.Missing {
				d.missing++
				continue
			}
			if !c.value(fmt.Sprintf("%s.values[%d]", at, k), v.Value) {
				return
			}
			all = append(all, v.Value)
			if d.Stacked && v.Value < 0 {
				c.refuse("chart-bad-value", fmt.Sprintf("%s.values[%d]", at, k), "draw the series side by side", "a part of a whole cannot be less than nothing")
			}
			if d.Stacked {
				up[k] += v.Value
			} else {
				up[k], down[k] = math.Max(up[k], v.Value), math.Min(down[k], v.Value)
			}
		}
	}
	if len(all) == 0 {
		c.refuse("chart-too-few-points", "series", "", "no value is stated")
	}
	if d.Stacked && d.Whole > 0 && c.value("whole", d.Whole) {
		d.addRest(up)
	}
	for k := range up {
		d.low, d.high = math.Min(d.low, down[k]), math.Max(d.high, up[k])
	}
	d.decimals = min(decimalsOf(all), 3)
}

// addRest fills bars of which a part is stated, and a part is not, up to the
// whole.
func (d *bars) addRest(up []float64) {
	d.rest = make([]float64, len(up))
	for k := range up {
		some, all := false, true
		for _, s := range d.Series {
			some, all = some || !s.Values[k].Missing, all && !s.Values[k].Missing
		}
		if some && !all && up[k] < d.Whole {
			d.rest[k] = math.Round((d.Whole-up[k])*1e9) / 1e9
			up[k] = d.Whole
		}
	}
}

func (d *bars) hasRest() bool {
	return slices.ContainsFunc(d.rest, func(v float64) bool { return v > 0 })
}

func cleanAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = clean(s)
	}
	return out
}

func (d *bars) describe(env Env) string {
	var out []string
	unit := d.Series[0].Unit
	for _, s := range d.Series {
		low, high, last := -1, -1, -1
		for i, v := range s.Values {
			if v.Missing {
				continue
			}
			if low < 0 || v.Value < s.Values[low].Value {
				low = i
			}
			if high < 0 || v.Value > s.Values[high].Value {
				high = i
			}
			last = i
		}
		if low < 0 {
			continue
		}
		n := func(i int) string { return env.with(s.Values[i].Value, digitsOf(s.Values[i]), unit) }
		name := s.Name
		if name == "" {
			name = d.Title
		}
		out = append(out, env.word("chart_desc_bars", args{"Name": name, "Low": n(low), "LowAt": d.Categories[low], "High": n(high), "HighAt": d.Categories[high]}))
		if last != low && last != high {
			out = append(out, env.word("chart_desc_bars_last", args{"Value": n(last), "At": d.Categories[last]}))
		}
	}
	if d.missing > 0 {
		out = append(out, env.word("chart_desc_bars_missing", args{"Count": d.missing}))
	}
	return sentences(out...)
}

func (d *bars) table(env Env) Table {
	t := Table{Columns: []Column{{Title: env.word("chart_col_name", nil)}}}
	for _, s := range d.Series {
		title := s.Name
		if title == "" {
			title = env.word("chart_col_value", nil)
		}
		t.Columns = append(t.Columns, Column{Title: title, Unit: s.Unit, Right: true})
	}
	for i, name := range d.Categories {
		row := []Cell{{name, name}}
		for _, s := range d.Series {
			v := s.Values[i]
			switch {
			case v.Missing:
				row = append(row, Cell{Text: env.word("chart_not_stated", nil)})
			case v.Text != "":
				row = append(row, Cell{clean(v.Text), machine(v.Value)})
			default:
				row = append(row, env.cell(v.Value, digitsOf(v)))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// digitsOf is how many digits behind the point a value has of its own.
func digitsOf(v BarValue) int { return decimalsOf([]float64{v.Value}) }

// lies tells whether the bars lie: when their names do not fit below them.
func (d *bars) lies(width float64) bool {
	band := (width - 50) / float64(len(d.Categories))
	for _, c := range d.Categories {
		if len(d.Categories) > 24 && textWidth(c) <= 40 {
			continue // short names: every so many has one
		}
		if _, cut := wrap(c, band-6, 3); cut {
			return true
		}
		for _, w := range strings.Fields(c) {
			if textWidth(w) > band-6 {
				return true
			}
		}
	}
	return false
}

// nameGap is the least room between names of several words side by side.
const nameGap = 10.0

func (d *bars) sheet(env Env, width float64) *sheet {
	from, to, step := nice(d.low, d.high, 4)
	s := &sheet{}
	value := object{"interval": step, "axisLabel": object{"formatter": d.formatter()}}
	if d.lies(width) {
		columns := 1.0
		if !d.Stacked {
			columns = float64(len(d.Series))
		}
		left := 0.0
		for _, c := range d.Categories {
			left = math.Max(left, textWidth(c))
		}
		left = math.Min(left+12, width*0.42)
		row := 18 + 14*columns
		s.height = 34 + row*float64(len(d.Categories))
		from, to, step = niceLabels(env, d.low, d.high, 4, width-left-d.room(env)-8, d.axisUnit())
		value["interval"] = step
		s.addGrid(left, d.room(env)+8, "4", "30")
		s.addX(opts.XAxis{Type: "value", Min: from, Max: to}, value)
		s.addY(opts.YAxis{Type: "category", Data: plainNames(d.Categories), Inverse: opts.Bool(true)}, object{
			"axisLine": object{"show": true}, "axisTick": object{"show": false},
			"axisLabel": object{"width": left - 12, "overflow": "truncate"},
		})
	} else {
		s.height = 290
		if width == narrowWidth {
			s.height = 250
		}
		dec := stepDecimals(step)
		left := math.Max(textWidth(env.with(from, dec, d.axisUnit())), textWidth(env.with(to, dec, d.axisUnit()))) + 10
		band := (width - left - 4) / float64(len(d.Categories))
		lines, every := 1, 1
		for _, c := range d.Categories {
			w, _ := wrap(c, band-nameGap, 3)
			lines = max(lines, len(w))
			if len(d.Categories) > 1 {
				every = max(every, int(math.Ceil((textWidth(c)/3+6)/band)))
			}
		}
		if len(d.Categories) > 12 { // short names, side by side
			lines, every = 1, 1
			for _, c := range d.Categories {
				every = max(every, int(math.Ceil((textWidth(c)+8)/band)))
			}
		}
		s.addGrid(left, 4, "18", units(12+14*float64(lines)))
		label := object{"interval": every - 1, "width": band*float64(every) - nameGap}
		if lines > 1 {
			label["overflow"] = "break"
		}
		s.addX(opts.XAxis{Type: "category", Data: plainNames(d.Categories)}, object{"axisTick": object{"show": false}, "axisLabel": label})
		s.addY(opts.YAxis{Type: "value", Min: from, Max: to}, value)
	}
	for i := range d.Series {
		d.add(env, s, i)
	}
	if d.hasRest() {
		r := &rows{}
		for _, v := range d.rest {
			r.value(v, v > 0)
		}
		s.addSeries("bar", env.word("chart_rest", nil), r.json(), object{
			"itemStyle":      object{"color": "@fill:over-open", "borderColor": "@color:over", "borderType": "dashed", "borderWidth": 1},
			"barCategoryGap": "36%", "stack": "whole", "label": object{"show": false},
		})
	}
	return s
}

func (d *bars) axisUnit() string {
	if d.Series[0].Unit == "%" {
		return "%"
	}
	return ""
}

func (d *bars) formatter() string {
	if d.axisUnit() == "%" {
		return "@fn:percent"
	}
	return "@fn:number"
}

// room is that of the longest number behind a lying bar.
func (d *bars) room(env Env) float64 {
	w := 0.0
	if d.Stacked {
		return w
	}
	for _, s := range d.Series {
		for _, v := range s.Values {
			w = math.Max(w, textWidth(d.label(env, v)))
		}
	}
	return math.Min(w, 90)
}

func (d *bars) label(env Env, v BarValue) string {
	if v.Missing {
		return "–"
	}
	if v.Text != "" {
		return clean(v.Text)
	}
	return env.with(v.Value, d.round(), d.axisUnit())
}

func (d *bars) add(env Env, s *sheet, i int) {
	one := d.Series[i]
	r := &rows{}
	for _, v := range one.Values {
		text := d.label(env, v)
		switch {
		case v.Missing:
			r.value(0, false)
		case d.Stacked && v.Value < d.high/12: // no room for a number
			r.item(object{"value": v.Value, "label": object{"show": false}})
		case v.Text != "" || d.Stacked || d.round() != d.decimals:
			r.item(object{"value": v.Value, "label": object{"show": true, "formatter": literal(text)}})
		default:
			r.value(v.Value, true)
		}
	}
	style := object{"color": "@color:main"}
	if len(d.Series) > 1 {
		style = object{"color": "@fill:" + fillNames[i], "borderColor": "@color:" + []string{"s1", "s2", "s3", "s4", "s5", "s6"}[i], "borderWidth": 1}
	}
	more := object{"itemStyle": style, "barCategoryGap": "36%", "barGap": "8%", "label": object{"show": true, "color": "@color:ink", "position": "outside"}}
	if d.Stacked {
		label := object{"show": true, "color": "@color:ink", "position": "inside", "textBorderColor": "@color:paper", "textBorderWidth": 4}
		if i == 0 { // on the full colour
			label = object{"show": true, "color": "@color:paper", "position": "inside"}
		}
		more["stack"], more["label"] = "whole", label
	}
	s.addSeries("bar", one.Name, r.json(), more)
}

// round is how many digits behind the point the drawing writes: as many as tell
// three digits of the largest value. The table has all of them.
func (d *bars) round() int {
	most := 2
	for high := math.Max(d.high, -d.low); high >= 10 && most > 0; high /= 10 {
		most--
	}
	return min(d.decimals, most)
}

// plainNames gives names as categories.
func plainNames(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = safe(s)
	}
	return out
}
