package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Measures shows legal acts over time, in groups: by status, by authority. A
// bar is law; what was only said has marks on a dotted line, never a bar.
type Measures struct {
	About
	Groups []Group
	Now    string // the day of the report, to which bars without an end reach
	// NowText stands above the line of that day; may be empty.
	NowText string
}

// Group is a heading with its rows. Groups of what was only reported come last,
// and their rows have no bars.
type Group struct {
	Title    string
	Reported bool
	Rows     []Row
}

// Row is one act, or one plan that was reported.
type Row struct {
	Name  string
	Bars  []Period
	Marks []Mark
}

// Period is one state of an act from a day to another.
type Period struct {
	From   string // ISO prefix
	To     string // ISO prefix; empty reaches to the day of the report
	Status Look
	// EndNotStated says that To is where the bar ends only because something else
	// began: its end is left open.
	EndNotStated bool
	Text         string // what the state is: "in force"
}

// Mark is a day in a row.
type Mark struct {
	Date  string // ISO prefix
	Shape Shape
	Text  string // what happened
	Label string // a few words beside the mark, where there is room; may be empty
}

// Look is how a bar is filled, so that states are told apart without colour.
type Look string

const (
	Force     Look = "force"   // full: in force, listed
	Before    Look = "before"  // pale with an outline: announced, not yet effective
	Partly    Look = "partly"  // broad stripes: partly remanded
	Suspended Look = "susp"    // fine hatching
	Unknown   Look = "unknown" // a dashed outline: the sources do not settle it
	Over      Look = "over"    // pale grey: superseded, lapsed, revoked
	overOpen  Look = "over-open"
)

// looks are the looks in the order of the key.
var looks = [...]Look{Before, Force, Partly, Suspended, Unknown, Over, overOpen}

// Shape is the shape of a mark.
type Shape string

const (
	Reported Shape = "reported" // a dashed circle
	Declined Shape = "declined" // a square, struck through
	Happened Shape = "event"    // a full circle
	Deadline Shape = "deadline" // a diamond
	Act      Shape = "law"      // a square
	Traded   Shape = "market"   // a triangle
	Step     Shape = "start"    // a stroke within a bar: a further step, a renewal
)

var shapes = [...]Shape{Deadline, Step, Reported, Declined, Happened, Act, Traded}

type measures struct {
	Measures
	now    date
	groups []group
	drawn  []group // with as many rows as a drawing has
	low    int64
	high   int64
	bars   int
}

type group struct {
	Group
	rows []row
}

type row struct {
	name  string
	bars  []state
	marks []moment
}

type state struct {
	from, to date
	ongoing  bool
	look     Look
	open     bool
	text     string
}

type moment struct {
	Mark
	day date
}

// Draw makes the chart.
func (m Measures) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&m.About, env, "measures")
	d := &measures{Measures: m}
	d.read(c)
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{Table: d.table(env), Desc: d.describe(env), Notes: d.shorten(c, env)}
	chart.Key = d.key(env)
	out, failed := finish(env, m.About, d, chart)
	return out, append(c.found, failed...)
}

func (d *measures) read(c *checker) {
	now, ok := c.day("now", d.Now)
	d.now = now
	d.low, d.high = math.MaxInt64, math.MinInt64
	if ok {
		d.high = ms(now.from)
	}
	n := 0
	for i, g := range d.Groups {
		out := group{Group: g}
		for k, r := range g.Rows {
			at := fmt.Sprintf("groups[%d].rows[%d]", i, k)
			one := row{name: clean(r.Name)}
			if g.Reported && len(r.Bars) > 0 {
				c.refuse("chart-unknown-name", at+".bars", "give it marks", "%q was only reported, and cannot have a bar", one.name)
			}
			for b, x := range r.Bars {
				if s, ok := d.state(c, fmt.Sprintf("%s.bars[%d]", at, b), x); ok {
					one.bars = append(one.bars, s)
					d.bars++
				}
			}
			for b, x := range r.Marks {
				if m, ok := d.moment(c, fmt.Sprintf("%s.marks[%d]", at, b), x); ok {
					one.marks = append(one.marks, m)
				}
			}
			n++
			out.rows = append(out.rows, one)
		}
		if len(out.rows) > 0 {
			d.groups = append(d.groups, out)
		}
	}
	if n == 0 {
		c.refuse("chart-too-few-points", "groups", "", "there is no measure to draw")
		return
	}
	if d.low > d.high {
		d.low = d.high
	}
	// room at both ends, and a month at least
	if d.high-d.low < 31*dayMs {
		d.low = d.high - 31*dayMs
	}
	d.high += (d.high - d.low) / 64
}

// shorten leaves rows out of the drawing where there are too many.
func (d *measures) shorten(c *checker, env Env) []Note {
	sizes := make([]int, len(d.groups))
	all, shown := 0, 0
	for i, g := range d.groups {
		sizes[i] = len(g.rows)
		all += len(g.rows)
	}
	for i, n := range share(sizes, mostRows) {
		if n > 0 {
			g := d.groups[i]
			g.rows = g.rows[:n]
			d.drawn = append(d.drawn, g)
			shown += n
		}
	}
	return c.shortened(env, "groups", shown, all)
}

func (d *measures) reach(from, to date) {
	d.low, d.high = min(d.low, ms(from.from)), max(d.high, ms(to.to))
}

func (d *measures) state(c *checker, at string, x Period) (state, bool) {
	from, ok := c.date(at+".from", x.From)
	if !ok {
		return state{}, false
	}
	s := state{from: from, to: d.now, ongoing: x.To == "", look: x.Status, open: x.EndNotStated, text: clean(x.Text)}
	if x.To != "" {
		if s.to, ok = c.date(at+".to", x.To); !ok {
			return state{}, false
		}
	}
	known := false
	for _, l := range looks {
		known = known || l == x.Status
	}
	if !known {
		c.refuse("chart-unknown-name", at+".status", "", "%q is not a look of a bar", string(x.Status))
		return state{}, false
	}
	if s.to.to.Before(s.from.from) {
		if s.ongoing {
			s.to = s.from // begins after the day of the report
		} else {
			c.refuse("chart-bad-date", at+".to", "", "%s comes before %s", x.To, x.From)
			return state{}, false
		}
	}
	d.reach(s.from, s.to)
	return s, true
}

func (d *measures) moment(c *checker, at string, x Mark) (moment, bool) {
	day, ok := c.date(at+".date", x.Date)
	if !ok {
		return moment{}, false
	}
	known := false
	for _, s := range shapes {
		known = known || s == x.Shape
	}
	if !known {
		c.refuse("chart-unknown-name", at+".shape", "", "%q is not a shape of a mark", string(x.Shape))
		return moment{}, false
	}
	x.Text, x.Label = clean(x.Text), clean(x.Label)
	d.reach(day, day)
	return moment{x, day}, true
}

// says gives a state in words.
func (d *measures) says(env Env, s state) string {
	k := "chart_state"
	switch {
	case s.ongoing:
		k = "chart_state_on"
	case s.open:
		k = "chart_state_open"
	}
	return env.word(k, args{"Text": s.text, "From": env.when(s.from), "To": env.when(s.to)})
}

func (m moment) says(env Env) string {
	return env.word("chart_moment", args{"Text": m.Text, "Date": env.when(m.day)})
}

func (d *measures) key(env Env) (out []Key) {
	has := map[string]bool{}
	for _, g := range d.drawn {
		for _, r := range g.rows {
			for _, s := range r.bars {
				has[string(s.look)] = true
				if s.open || s.from.form != Day || s.to.form != Day {
					has[string(overOpen)] = true
				}
			}
			for _, m := range r.marks {
				has[string(m.Shape)] = true
			}
		}
	}
	for _, l := range looks {
		if has[string(l)] {
			out = append(out, key(string(l), env.word("chart_key_"+strings.ReplaceAll(string(l), "-", "_"), nil), ""))
		}
	}
	swatches := map[Shape]string{Deadline: "dead", Step: "step", Reported: "rep", Declined: "decl", Happened: "evt", Act: "law", Traded: "mkt"}
	for _, s := range shapes {
		if has[string(s)] {
			out = append(out, key(swatches[s], env.word("chart_key_"+string(s), nil), ""))
		}
	}
	return out
}

func (d *measures) describe(env Env) string {
	rows, plans := 0, 0
	first := d.now
	var parts []string
	for _, g := range d.groups {
		for _, r := range g.rows {
			for _, s := range r.bars {
				if s.from.from.Before(first.from) {
					first = s.from
				}
			}
		}
		if g.Reported {
			plans += len(g.rows)
			continue
		}
		rows += len(g.rows)
		parts = append(parts, env.word("chart_desc_group", args{"Title": clean(g.Title), "Count": len(g.rows)}))
	}
	out := []string{}
	if rows > 0 {
		out = append(out, env.word("chart_desc_measures", args{"Count": rows, "From": env.when(first), "To": env.when(d.now)}), strings.Join(parts, " "))
	}
	if plans > 0 {
		out = append(out, env.word("chart_desc_plans", args{"Count": plans}))
	}
	return sentences(out...)
}

func (d *measures) table(env Env) Table {
	t := Table{Columns: []Column{
		{Title: env.word("chart_col_group", nil)}, {Title: env.word("chart_col_measure", nil)}, {Title: env.word("chart_col_state", nil)},
		{Title: env.word("chart_col_from", nil)}, {Title: env.word("chart_col_to", nil)},
	}}
	for _, g := range d.groups {
		title := clean(g.Title)
		for _, r := range g.rows {
			add := func(text string, from, to Cell) {
				t.Rows = append(t.Rows, []Cell{{title, title}, {r.name, r.name}, {text, text}, from, to})
			}
			for _, s := range r.bars {
				to := env.dateCell(s.to)
				switch {
				case s.ongoing:
					to = Cell{Text: env.word("chart_ongoing", nil)}
				case s.open:
					to = Cell{Text: env.word("chart_not_stated", nil)}
				}
				add(s.text, env.dateCell(s.from), to)
			}
			for _, m := range r.marks {
				add(m.Text, env.dateCell(m.day), Cell{})
			}
			if len(r.bars)+len(r.marks) == 0 {
				add("", Cell{Text: env.word("chart_not_stated", nil)}, Cell{})
			}
		}
	}
	return t
}

func (d *measures) sheet(env Env, width float64) *sheet {
	narrow := width == narrowWidth
	s := &sheet{}
	var names []object
	for _, g := range d.drawn {
		head := object{"fontWeight": "bold"}
		if g.Reported {
			head["color"] = "@color:reported"
		}
		if g.Title != "" {
			names = append(names, object{"value": safe(g.Title), "textStyle": head})
		}
		for _, r := range g.rows {
			names = append(names, object{"value": safe(r.name)})
		}
	}
	// the names of rows stand before their bars, and before them the year of a bar
	// that begins at the edge
	const top, year, widest = 24.0, 46.0, 300.0
	longest := 0.0
	for _, g := range d.drawn {
		for _, r := range g.rows {
			longest = math.Max(longest, textWidth(r.name))
		}
	}
	bottom := 4.0
	if d.NowText != "" {
		bottom = 18
	}
	height := 24.0
	switch {
	case narrow:
		height = 37
	case longest > widest-year: // in two lines
		height = 34
	}
	s.height = top + bottom + height*float64(len(names))
	left, label := 8.0, object{"inside": true, "align": "left", "verticalAlign": "bottom", "padding": []int{0, 0, 8, 0}}
	if !narrow {
		left = math.Min(math.Max(longest+year+2, 120), widest)
		label = object{"align": "left", "margin": left, "width": left - year, "overflow": "break"}
	}
	s.addGrid(left, 8, units(top), units(bottom))
	s.addX(opts.XAxis{Type: "time", Min: d.low, Max: d.high, Position: "top"}, object{
		"axisLine": object{"show": false}, "axisTick": object{"show": false}, "splitLine": object{"show": true, "lineStyle": object{"color": "@color:grid"}},
	})
	s.addY(opts.YAxis{Type: "category", Data: names, Inverse: opts.Bool(true)}, object{
		"axisLine": object{"show": false}, "axisTick": object{"show": false}, "splitLine": object{"show": true, "lineStyle": object{"color": "@color:grid"}}, "axisLabel": label,
	})
	d.series(env, s)
	return s
}

// series puts bars of one look into one series, so that a reader can hide it.
func (d *measures) series(env Env, s *sheet) {
	bars, marked := map[Look]*rows{}, map[Shape]*rows{}
	dots := &rows{}
	at := 0
	for _, g := range d.drawn {
		if g.Title != "" {
			at++
		}
		for _, r := range g.rows {
			for i, st := range r.bars {
				d.bar(env, bars, at, r.name, st, i == 0)
			}
			for _, m := range r.marks {
				item := object{"name": safe(sentences(r.name+":", m.says(env))), "value": []any{at, middle(m.day), m.Shape}}
				if m.Label != "" {
					item["label"] = object{"show": true, "formatter": literal(m.Label)}
				}
				rowsFor(marked, m.Shape).item(item)
			}
			if n := len(r.marks); g.Reported && n > 1 {
				dots.item([]any{at, middle(r.marks[0].day), middle(r.marks[n-1].day)})
			}
			at++
		}
	}
	first := object{
		"markLine": object{
			"silent": true, "symbol": "none", "label": object{"show": false}, "lineStyle": object{"color": "@color:accent", "type": "solid", "width": 1.2},
			"data": []object{{"xAxis": ms(d.now.from), "lineStyle": object{"color": "@color:accent"}, "label": object{"show": d.NowText != "", "formatter": literal(d.NowText), "position": "start", "color": "@color:accent"}}},
		},
	}
	for _, l := range looks {
		if r := bars[l]; r != nil {
			name := env.word("chart_key_"+strings.ReplaceAll(string(l), "-", "_"), nil)
			s.addSeries("custom", name, r.json(), adding(object{"renderItem": "@fn:gantt", "encode": object{"x": []int{1, 2}, "y": 0}}, first))
			first = nil
		}
	}
	if len(dots.b) > 0 {
		s.addSeries("custom", "", dots.json(), adding(object{"renderItem": "@fn:dotted", "silent": true, "encode": object{"x": []int{1, 2}, "y": 0}}, first))
		first = nil
	}
	for _, sh := range shapes {
		if r := marked[sh]; r != nil {
			s.addSeries("custom", env.word("chart_key_"+string(sh), nil), r.json(), adding(object{"renderItem": "@fn:mark", "encode": object{"x": 1, "y": 0}}, first))
			first = nil
		}
	}
	if first != nil { // rows without anything
		s.addSeries("custom", "", nil, adding(object{"renderItem": "@fn:mark", "silent": true, "encode": object{"x": 1, "y": 0}}, first))
	}
}

// rowsFor gives the rows of a key, and begins them.
func rowsFor[K comparable](m map[K]*rows, k K) *rows {
	if m[k] == nil {
		m[k] = &rows{}
	}
	return m[k]
}

// adding puts more into an object.
func adding(o, more object) object {
	for k, v := range more {
		o[k] = v
	}
	return o
}

// middle is where a mark of a date stands: in the middle of what is known.
func middle(d date) int64 { return (ms(d.from) + ms(d.to)) / 2 }

// bar adds a state: the stretch that is certain, and open ends for a date that
// is known to the month or year only, or an end that is not stated.
func (d *measures) bar(env Env, bars map[Look]*rows, at int, name string, s state, first bool) {
	from, to := ms(s.from.from), ms(s.to.to)
	title := safe(sentences(name+":", d.says(env, s)))
	item := func(look Look, from, to int64, label bool) {
		o := object{"name": title, "value": []any{at, from, to, look}}
		if label {
			o["label"] = object{"show": true, "formatter": literal(env.date(s.from.from, Year))}
		}
		rowsFor(bars, look).item(o)
	}
	begin, end := from, to
	if s.from.form != Day {
		begin = min(ms(s.from.to), to)
		item(overOpen, from, begin, first)
		first = false
	}
	if !s.ongoing && (s.to.form != Day || s.open) {
		end = max(begin, ms(s.to.from))
		if s.open && s.to.form == Day {
			end = begin + (to-begin)*45/100
		}
	}
	if end > begin || begin == from {
		item(s.look, begin, end, first)
	}
	if end < to {
		item(overOpen, end, to, false)
	}
}
