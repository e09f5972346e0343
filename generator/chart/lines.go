package chart

import (
	"fmt"
	"math"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Lines are small drawings side by side, each with its own lines. Panels of one
// unit have one scale, so that they can be compared.
type Lines struct {
	About
	Panels []Panel // at most twelve
}

// Panel is one of the drawings.
type Panel struct {
	Title  string
	Series []Series // at most six, of one unit; dates may be years or months
}

type panels struct {
	Lines
	lines [][]line
	ex    [][][]exDay
	one   bool // one scale for all
	names []string
}

// Draw makes the chart.
func (l Lines) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{loose: true}
	c.about(&l.About, env, "lines")
	d := &panels{Lines: l, one: true}
	d.read(c)
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{Table: d.table(env), Desc: d.describe(env)}
	if d.several() {
		for i, n := range d.names {
			chart.Key = append(chart.Key, key("l-"+lineRoles[i%len(lineRoles)], n, safe(n)))
		}
	}
	for k, panel := range d.lines {
		for i := range panel {
			p := price{lines: panel[i : i+1], ex: d.ex[k][i], path: fmt.Sprintf("panels[%d].series[%d]", k, i)}
			p.remarks(env, c, &chart)
		}
	}
	if d.gap() {
		chart.Notes = append(chart.Notes, Note{"chart-gap", env.word("chart_note_gap", nil)})
	}
	out, failed := finish(env, l.About, d, chart)
	return out, append(c.found, failed...)
}

func (d *panels) read(c *checker) {
	if len(d.Panels) == 0 || len(d.Panels) > 12 {
		c.refuse("chart-too-large", "panels", "draw one to twelve panels", "%d panels", len(d.Panels))
		return
	}
	index := map[string]bool{}
	for i, p := range d.Panels {
		at := fmt.Sprintf("panels[%d]", i)
		if len(p.Series) == 0 || len(p.Series) > len(lineRoles) {
			c.refuse("chart-too-large", at+".series", "draw one to six lines", "%d lines in one panel", len(p.Series))
			return
		}
		var list []line
		var ex [][]exDay
		for k, s := range p.Series {
			path := fmt.Sprintf("%s.series[%d]", at, k)
			list = append(list, c.line(path, s))
			ex = append(ex, list[k].exDates(c, path))
			if n := list[k].Name; n != "" && !index[n] && len(d.names) < len(lineRoles) {
				index[n] = true
				d.names = append(d.names, n)
			}
		}
		c.sameUnit(at, list)
		d.one = d.one && list[0].Unit == clean(d.Panels[0].Series[0].Unit)
		d.lines, d.ex = append(d.lines, list), append(d.ex, ex)
	}
}

// several tells whether any panel has more than one line.
func (d *panels) several() bool {
	return slices.ContainsFunc(d.lines, func(l []line) bool { return len(l) > 1 })
}

func (d *panels) gap() bool {
	return slices.ContainsFunc(d.lines, func(list []line) bool {
		return slices.ContainsFunc(list, func(l line) bool { return slices.ContainsFunc(l.Points, func(p Point) bool { return p.Missing }) })
	})
}

// role gives a line of the same name the same look in every panel.
func (d *panels) role(name string, k int) int {
	if !d.several() {
		return 0
	}
	for i, n := range d.names {
		if n == name {
			return i
		}
	}
	return k
}

func (d *panels) describe(env Env) string {
	var out []string
	for i, list := range d.lines {
		for k := range list {
			l := list[k]
			if t := clean(d.Panels[i].Title); t != "" {
				l.Name = t
				if len(list) > 1 {
					l.Name = sentences(t+",", list[k].Name)
				}
			}
			out = append(out, l.describe(env, "chart_desc_line"))
		}
	}
	return sentences(out...)
}

func (d *panels) table(env Env) Table {
	t := Table{Columns: []Column{{Title: env.word("chart_col_name", nil)}, {Title: env.word("chart_col_date", nil)}, {Title: env.word("chart_col_value", nil), Right: true}}}
	if d.one {
		t.Columns[2].Unit = d.lines[0][0].Unit
	}
	for i, list := range d.lines {
		for _, l := range list {
			name := clean(d.Panels[i].Title)
			if len(list) > 1 || name == "" {
				name = sentences(name, l.Name)
			}
			for k, p := range l.Points {
				cell := env.cell(p.Value, d.digits(p.Value, l))
				if !d.one {
					cell.Text = env.with(p.Value, d.digits(p.Value, l), l.shownUnit())
				}
				switch {
				case p.still():
					cell = Cell{Text: env.word("chart_halted", nil)}
				case p.Missing:
					cell = Cell{Text: env.word("chart_not_stated", nil)}
				case p.Text != "":
					cell.Text = clean(p.Text)
				}
				t.Rows = append(t.Rows, []Cell{{name, name}, env.dateCell(l.days[k]), cell})
			}
		}
	}
	return t
}

// digits are those of a value itself where a panel has few of them: they come
// from different sources, and none is more precise than its own. A long series
// has the same for all.
func (d *panels) digits(v float64, l line) int {
	if l.few() {
		return decimalsOf([]float64{v})
	}
	return l.decimals
}

func (d *panels) sheet(env Env, width float64) *sheet {
	n := len(d.lines)
	columns := min(3, n)
	if n == 4 {
		columns = 2
	}
	if width == narrowWidth {
		columns = min(2, n)
		if n <= 3 {
			columns = 1
		}
	}
	rows := (n + columns - 1) / columns
	const gap = 24.0
	cell := (width - gap*float64(columns-1)) / float64(columns)
	high := 190.0
	if columns == 1 {
		high = 170
	}
	s := &sheet{height: high * float64(rows)}
	low, top := math.Inf(1), math.Inf(-1)
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for _, list := range d.lines {
		for i := range list {
			low, top = list[i].extent(low, top)
			first, last = min(first, ms(list[i].days[0].from)), max(last, ms(list[i].days[len(list[i].days)-1].from))
		}
	}
	for i, list := range d.lines {
		x, y := float64(i%columns)*(cell+gap), float64(i/columns)*high
		lo, hi := low, top
		if !d.one {
			lo, hi = math.Inf(1), math.Inf(-1)
			for k := range list {
				lo, hi = list[k].extent(lo, hi)
			}
		}
		d.panel(env, s, i, list, rect{x, y, x + cell, y + high}, width, [2]float64{lo, hi}, [2]int64{first, last})
	}
	return s
}

// panel adds one drawing: its field, its axes and its lines.
func (d *panels) panel(env Env, s *sheet, i int, list []line, box rect, width float64, values [2]float64, days [2]int64) {
	from, to, step := nice(values[0], values[1], 3)
	dec := stepDecimals(step)
	unit := list[0].axisUnit()
	left := math.Max(textWidth(env.with(from, dec, unit)), textWidth(env.with(to, dec, unit))) + 10
	s.addGrid(box.x1+math.Max(left, 36), width-box.x2+d.endRoom(env), part(box.y1+30, s.height), part(s.height-box.y2+28, s.height))
	formatter := "@fn:number"
	if unit == "%" {
		formatter = "@fn:percent"
	}
	y := object{"interval": step, "axisLabel": object{"formatter": formatter}}
	panelName(y, d.Panels[i].Title)
	s.addX(opts.XAxis{Type: "time", Min: days[0], Max: days[1], GridIndex: i}, object{"axisLine": object{"onZero": false}})
	s.addY(opts.YAxis{Type: "value", Min: from, Max: to, GridIndex: i}, y)
	for k := len(list) - 1; k >= 0; k-- {
		l := &list[k]
		role := d.role(l.Name, k)
		more := object{
			"xAxisIndex": i, "yAxisIndex": i, "lineStyle": lineStyleOf(role), "itemStyle": object{"color": "@color:" + lineRoles[role]},
			"showSymbol": len(l.days) <= 20, "symbol": "circle", "symbolSize": 5,
			"endLabel": object{"show": true, "formatter": literal(env.with(l.Points[l.last].Value, d.digits(l.Points[l.last].Value, *l), unit)), "color": "@color:ink"},
		}
		if points := l.exMarks(env, d.ex[i][k]); len(points) > 0 {
			more["markPoint"] = marked(points, lineRoles[role])
		}
		s.addSeries("line", l.Name, l.rows().json(), more)
	}
}

// endRoom is the room for the numbers at the ends of lines, the same in all
// panels, so that a year stands at the same place in each.
func (d *panels) endRoom(env Env) float64 {
	room := 40.0
	for _, list := range d.lines {
		for _, l := range list {
			v := l.Points[l.last].Value
			room = math.Max(room, boldWidth(env.with(v, d.digits(v, l), l.axisUnit()))+14)
		}
	}
	return math.Min(room, 110)
}
