package chart

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Price is a price or an index over days, with what happened in the meantime.
type Price struct {
	About
	Main  Series
	Bench []Series // benchmarks, at most three, in the unit of Main
	// Level draws a line across the field: 100 for rebased series.
	Level  *float64
	Events []Event
	Closed []Span // days on which the market was closed, shaded
	Window *Span  // the estimation window of an event study, below the axis
}

// Event is something that happened on a day.
type Event struct {
	Date     string // ISO prefix; the pin stands at its first day
	Text     string
	Kind     EventKind
	Priority int // the higher is drawn first where there is no room for all
}

// EventKind is what an event is: decided, said, or seen in the market.
type EventKind uint8

const (
	Said    EventKind = iota // a report, a statement: a dashed circle
	Decided                  // an act of law: a square
	Market                   // a trading day: a circle, and a dot on the line
)

// String gives the kind as it stands in classes: "rep", "law" or "mkt".
func (k EventKind) String() string { return [...]string{"rep", "law", "mkt"}[min(k, Market)] }

// Span is a stretch of days, both ends included.
type Span struct{ From, To, Text string }

// span is one that was read.
type span struct {
	from, to date
	text     string
}

type price struct {
	Price
	lines  []line
	events []event
	closed []span
	window *span
	ex     []exDay
	path   string // of the subject; main by default
}

type event struct {
	Event
	day    date
	number int // 0 without a pin
}

// Draw makes the chart.
func (p Price) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&p.About, env, "price")
	d := &price{Price: p}
	if len(p.Bench) > 3 {
		c.refuse("chart-too-large", "bench", "compare with three at most", "%d benchmarks", len(p.Bench))
		return Chart{}, c.found
	}
	d.lines = append(d.lines, c.line("main", p.Main))
	for i, b := range p.Bench {
		d.lines = append(d.lines, c.line(fmt.Sprintf("bench[%d]", i), b))
	}
	if p.Level != nil {
		c.value("level", *p.Level)
	}
	c.sameUnit("bench", d.lines)
	d.readEvents(c)
	d.closed = c.spans("closed", p.Closed)
	if p.Window != nil {
		if w := c.spans("window", []Span{*p.Window}); len(w) == 1 {
			d.window = &w[0]
		}
	}
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	d.ex = d.lines[0].exDates(c, "main")
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{Table: d.table(env), Pins: d.pins(env), Key: d.key(env)}
	d.remarks(env, c, &chart)
	chart.Desc = d.describe(env)
	out, failed := finish(env, p.About, d, chart)
	return out, append(c.found, failed...)
}

// key names the lines above the drawing where a name has no room at the end of
// its line.
func (d *price) key(env Env) (out []Key) {
	short := false
	for i := range d.lines {
		short = short || boldWidth(d.lines[i].Name) > d.endRoom(env, narrowWidth)-9
	}
	for i := range d.lines {
		if short {
			out = append(out, key("l-"+lineRoles[i], d.lines[i].Name, safe(d.lines[i].Name)))
		}
	}
	return out
}

func (c *checker) spans(path string, list []Span) (out []span) {
	for i, s := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		from, ok1 := c.date(at+".from", s.From)
		to, ok2 := c.date(at+".to", s.To)
		if ok1 && ok2 && to.to.Before(from.from) {
			c.refuse("chart-bad-date", at+".to", "", "%s comes before %s", s.To, s.From)
			continue
		}
		if ok1 && ok2 {
			out = append(out, span{from, to, clean(s.Text)})
		}
	}
	return out
}

// readEvents puts the events in order and numbers those that have room for a
// pin in the narrow drawing: both drawings have the same pins.
func (d *price) readEvents(c *checker) {
	for i, e := range d.Events {
		if day, ok := c.date(fmt.Sprintf("events[%d].date", i), e.Date); ok {
			e.Text, e.Kind = clean(e.Text), min(e.Kind, Market)
			d.events = append(d.events, event{Event: e, day: day})
		}
	}
	slices.SortStableFunc(d.events, func(a, b event) int { return a.day.from.Compare(b.day.from) })
	if c.refused() {
		return
	}
	low, high := d.days()
	var inside []int
	for i, e := range d.events {
		if t := ms(e.day.from); t >= low && t <= high {
			inside = append(inside, i)
		}
	}
	slices.SortStableFunc(inside, func(a, b int) int { return d.events[b].Priority - d.events[a].Priority })
	const most = 14 // in 360 units, at 23 each
	if len(inside) > most {
		c.note("chart-too-many", "events", "give the important ones a higher priority", "%d events, of which %d have a pin", len(inside), most)
		inside = inside[:most]
	}
	slices.Sort(inside)
	for n, i := range inside {
		d.events[i].number = n + 1
	}
}

// days gives the first and the last day, in milliseconds.
func (d *price) days() (low, high int64) {
	low, high = math.MaxInt64, math.MinInt64
	for _, l := range d.lines {
		if n := len(l.days); n > 0 {
			low, high = min(low, ms(l.days[0].from)), max(high, ms(l.days[n-1].from))
		}
	}
	return low, high
}

func (d *price) pins(env Env) (out []Pin) {
	for _, e := range d.events {
		out = append(out, Pin{Number: e.number, Kind: e.Kind, Date: e.day.iso, When: env.when(e.day), Text: e.Text})
	}
	return out
}

// remarks says what the picture alone could make a reader believe.
func (d *price) remarks(env Env, c *checker, chart *Chart) {
	for i := range d.lines {
		l := &d.lines[i]
		for _, g := range l.gaps() {
			text := env.word("chart_note_halt", args{"Name": l.Name, "From": env.when(g[0]), "To": env.when(g[1]), "Count": l.between(g)})
			chart.Notes = append(chart.Notes, Note{"chart-halt", text})
			when := "on " + g[0].iso
			if g[1].iso != g[0].iso {
				when = "from " + g[0].iso + " to " + g[1].iso
			}
			c.note("chart-halt", "", "", "%s: no trading %s; the line has a gap there", l.Name, when)
		}
	}
	main := &d.lines[0]
	for _, x := range d.ex {
		day := main.days[x.point]
		chart.Notes = append(chart.Notes, Note{"chart-unadjusted", env.word("chart_note_unadjusted", args{"Name": main.Name, "Date": env.when(day)})})
		c.warn("chart-unadjusted", fmt.Sprintf("%s.ex_dates[%d]", cmp.Or(d.path, "main"), x.date), "take prices that are adjusted for dividends", "the prices of %s are not adjusted, and %s is an ex-dividend day", main.Name, day.iso)
	}
}

func (l *line) between(g [2]date) int {
	n := 0
	for _, d := range l.days {
		if !d.from.Before(g[0].from) && !d.from.After(g[1].from) {
			n++
		}
	}
	return n
}

func (d *price) describe(env Env) string {
	out := []string{d.lines[0].describe(env, "chart_desc_line")}
	for i := range d.lines[1:] {
		out = append(out, d.lines[i+1].describe(env, "chart_desc_line"))
	}
	for _, e := range d.events {
		if e.number > 0 {
			out = append(out, env.word("chart_desc_event", args{"Number": e.number, "Date": env.when(e.day), "Text": e.Text}))
		}
	}
	return sentences(out...)
}

func (d *price) table(env Env) Table {
	t := Table{Columns: []Column{{Title: env.word("chart_col_date", nil)}}}
	index := map[string]int{}
	var days []date
	for _, l := range d.lines {
		t.Columns = append(t.Columns, Column{Title: l.Name, Unit: l.Unit, Right: true})
		for _, day := range l.days {
			if _, ok := index[day.iso]; !ok {
				index[day.iso] = 0
				days = append(days, day)
			}
		}
	}
	slices.SortFunc(days, func(a, b date) int { return a.from.Compare(b.from) })
	t.Rows = make([][]Cell, len(days))
	cells := make([]Cell, len(days)*(len(d.lines)+1))
	for i, day := range days {
		index[day.iso] = i
		t.Rows[i] = cells[i*(len(d.lines)+1) : (i+1)*(len(d.lines)+1)]
		t.Rows[i][0] = env.dateCell(day)
	}
	for k, l := range d.lines {
		for i, p := range l.Points {
			cell := env.cell(p.Value, l.decimals)
			switch {
			case p.still():
				cell = Cell{Text: env.word("chart_halted", nil)}
			case p.Missing:
				cell = Cell{Text: env.word("chart_not_stated", nil)}
			}
			t.Rows[index[l.days[i].iso]][k+1] = cell
		}
	}
	return t
}

// roles of the lines: the first is the subject.
var lineRoles = [...]string{"main", "bench", "s3", "s4", "s5", "s6"}

func lineStyleOf(i int) object {
	role := lineRoles[i%len(lineRoles)]
	style := object{"color": "@color:" + role, "width": [...]float64{2.1, 1.4, 1.8, 1.8, 1.8, 2.6}[i%len(lineRoles)]}
	switch role {
	case "s3", "s5", "s6":
		style["type"] = "dashed"
	case "s4":
		style["type"] = "dotted"
	}
	return style
}

func (d *price) sheet(env Env, width float64) *sheet {
	s := &sheet{height: 360}
	if width == narrowWidth {
		s.height = 300
	}
	low, high := math.Inf(1), math.Inf(-1)
	for i := range d.lines {
		low, high = d.lines[i].extent(low, high)
	}
	if d.Level != nil {
		low, high = math.Min(low, *d.Level), math.Max(high, *d.Level)
	}
	from, to, step := nice(low, high, 5)
	dec := stepDecimals(step)
	left := math.Max(textWidth(env.number(from, dec)), textWidth(env.number(to, dec))) + 10
	top, bottom := 14.0, 28.0
	if slices.ContainsFunc(d.events, func(e event) bool { return e.number > 0 }) {
		top = 40
	}
	if d.window != nil {
		bottom = 48
	}
	s.addGrid(left, d.endRoom(env, width), units(top), units(bottom))
	first, last := d.days()
	x := object{"axisLine": object{"onZero": false}}
	if days := d.tradingDays(); days != nil {
		x["axisLabel"] = object{"customValues": days}
	}
	s.addX(opts.XAxis{Type: "time", Min: first, Max: last}, x)
	s.addY(opts.YAxis{Type: "value", Min: from, Max: to}, object{"interval": step, "axisLabel": object{"formatter": "@fn:number"}})
	// the subject is drawn last, over the others
	for i := len(d.lines) - 1; i >= 0; i-- {
		l := &d.lines[i]
		more := object{
			"lineStyle": lineStyleOf(i), "itemStyle": object{"color": "@color:" + lineRoles[i]}, "showSymbol": l.few(), "symbol": "circle", "symbolSize": 6,
			"endLabel":    object{"show": true, "formatter": literal(l.Name) + "\n" + env.with(l.Points[l.last].Value, l.decimals, l.axisUnit()), "color": "@color:ink"},
			"labelLayout": object{"moveOverlap": "shiftY"},
		}
		if i == 0 {
			d.mark(env, more, from)
		}
		rows := l.rows()
		if i == 0 && l.few() {
			rows = l.labelled(env)
		}
		s.addSeries("line", l.Name, rows.json(), more)
	}
	return s
}

// mostNamed is up to how many days each day has a tick of its own.
const mostNamed = 24

// tradingDays are the days with a value where these are few: the steps of a
// calendar would name days on which nobody traded.
func (d *price) tradingDays() []int64 {
	seen := map[int64]bool{}
	for i := range d.lines {
		for k, day := range d.lines[i].days {
			if !d.lines[i].Points[k].open() {
				seen[ms(day.from)] = true
			}
		}
	}
	if len(seen) > mostNamed {
		return nil
	}
	return slices.Sorted(maps.Keys(seen))
}

// few tells whether a line has so few days that each is marked: what lies
// between two of them is not known.
func (l *line) few() bool { return len(l.days) <= 12 }

// labelled writes the line with its values beside its points: above, or below
// where the line comes down and goes up again. The last has its value at the
// end of the line.
func (l *line) labelled(env Env) *rows {
	r := &rows{}
	for i, p := range l.Points {
		if p.open() || i == l.last {
			r.point(ms(l.days[i].from), p.Value, !p.open())
			continue
		}
		label := object{"show": true, "formatter": literal(env.number(p.Value, l.decimals)), "position": "top", "color": "@color:ink", "textBorderColor": "@color:paper", "textBorderWidth": 4}
		if i > 0 && i+1 < len(l.Points) && l.Points[i-1].Value >= p.Value && l.Points[i+1].Value >= p.Value {
			label["position"] = "bottom"
		}
		r.item(object{"value": []any{ms(l.days[i].from), p.Value}, "label": label})
	}
	return r
}

// axisUnit is the unit beside a number in the drawing, where the sub says it
// for all: only a percent sign stays.
func (l *line) axisUnit() string {
	if l.Unit == "%" {
		return "%"
	}
	return ""
}

// endRoom is the room for the names at the ends of the lines.
func (d *price) endRoom(env Env, width float64) float64 { return endRoom(env, d.lines, width) }

func endRoom(env Env, lines []line, width float64) float64 {
	room := 40.0
	for i := range lines {
		l := &lines[i]
		room = math.Max(room, boldWidth(l.Name)+14)
		room = math.Max(room, textWidth(env.with(l.Points[l.last].Value, l.decimals, l.axisUnit()))+14)
	}
	return math.Min(room, width*0.22)
}

// mark adds events, closed days, the level and the estimation window.
func (d *price) mark(env Env, more object, floor float64) {
	main := &d.lines[0]
	var lines, points []object
	var mixed []any
	if d.Level != nil {
		mixed = append(mixed, object{"yAxis": *d.Level, "lineStyle": object{"color": "@color:ink", "type": "solid"}, "label": object{"show": false}})
	}
	for _, e := range d.events {
		if e.number == 0 {
			continue
		}
		lines = append(lines, object{"name": safe(env.when(e.day) + ". " + e.Text), "xAxis": ms(e.day.from), "label": pinLabel(e)})
		if e.Kind == Market {
			if i := slices.IndexFunc(main.days, func(x date) bool { return x.iso == e.day.iso }); i >= 0 && !main.Points[i].open() {
				points = append(points, object{"name": safe(e.Text), "coord": []any{ms(e.day.from), main.Points[i].Value}, "symbol": "circle"})
			}
		}
	}
	points = append(points, main.exMarks(env, d.ex)...)
	if d.window != nil {
		mixed = append(mixed, []object{
			{"name": safe(d.window.text), "coord": []any{ms(d.window.from.from), floor}}, {"coord": []any{ms(d.window.to.to), floor}},
		})
	}
	for _, l := range lines {
		mixed = append(mixed, l)
	}
	if len(mixed) > 0 {
		more["markLine"] = object{
			"symbol": "none", "data": mixed, "lineStyle": object{"color": "@color:rule-2", "type": "solid", "width": 1}, "label": object{"show": false},
		}
	}
	if len(points) > 0 {
		more["markPoint"] = marked(points, "main")
	}
	if areas := d.areas(env); len(areas) > 0 {
		more["markArea"] = object{"silent": true, "itemStyle": object{"color": "@color:band"}, "label": object{"show": false}, "data": areas}
	}
}

// exMarks are the marks of ex-dividend days, below their line.
func (l *line) exMarks(env Env, ex []exDay) (out []object) {
	for _, x := range ex {
		out = append(out, object{"name": safe(env.word("chart_ex_dividend", nil)), "coord": []any{ms(l.days[x.point].from), l.Points[x.point].Value}, "symbol": "triangle", "symbolSize": 9, "symbolOffset": []float64{0, 8.5},
			"itemStyle": object{"color": "@color:paper", "borderColor": "@color:ink", "borderWidth": 1.5}})
	}
	return out
}

// marked puts marks on a line of a colour.
func marked(points []object, role string) object {
	return object{"symbolSize": 7, "data": points, "label": object{"show": false}, "itemStyle": object{"color": "@color:" + role}}
}

// pinLabel is the numbered pin of an event: a square for law, a dashed circle
// for what was said.
func pinLabel(e event) object {
	role := [...]string{"reported", "force", "ink"}[e.Kind]
	l := object{
		"show": true, "formatter": fmt.Sprint(e.number), "color": "@color:ink", "fontWeight": "bold", "backgroundColor": "@color:paper",
		"borderColor": "@color:" + role, "borderWidth": 1.5, "borderRadius": 9, "width": 18, "height": 18, "lineHeight": 18, "align": "center",
	}
	switch e.Kind {
	case Said:
		l["borderType"] = "dashed"
	case Decided:
		l["borderRadius"] = 0
	}
	return l
}

// areas shades closed days and halts, each as far as the days it touches.
func (d *price) areas(env Env) (out [][]object) {
	first, last := d.days()
	add := func(name string, from, to int64) {
		from, to = max(from, first), min(to, last)
		if from < to {
			out = append(out, []object{{"name": safe(name), "xAxis": from}, {"xAxis": to}})
		}
	}
	for _, s := range d.closed {
		add(s.text, ms(s.from.from), ms(s.to.to))
	}
	for i := range d.lines {
		l := &d.lines[i]
		for _, g := range l.gaps() {
			add(env.word("chart_note_halt", args{"Name": l.Name, "From": env.when(g[0]), "To": env.when(g[1]), "Count": l.between(g)}), ms(g[0].from), ms(g[1].to))
		}
	}
	return out
}
