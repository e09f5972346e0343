package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// Series is one line of days and values.
type Series struct {
	Name   string
	Unit   string // "CNY", "%", "29 April 2022 = 100"; lines on one axis have the same
	Points []Point
	// Unadjusted says that the values fall with a dividend. ExDates are the days on
	// which they do.
	Unadjusted bool
	ExDates    []string
}

// Point is one day of a series.
type Point struct {
	Date  string // 2022-05-04
	Value float64
	// Halted, and Filled: nobody traded, or the value was carried over. The line
	// has a gap there.
	Halted, Filled bool
	// Missing: the value is not stated. The line has a gap there too.
	Missing bool
	Text    string // as the source has it, where that says more than the number: "about 40"; for the table
}

// line is a series that was checked.
type line struct {
	Series
	days     []date
	decimals int
	first    int // of the points with a value
	last     int
	low      int
	high     int
}

func (p Point) open() bool { return p.Halted || p.Filled || p.Missing }

// still tells whether nobody traded, as against a value that is not stated.
func (p Point) still() bool { return p.Halted || p.Filled }

// line checks a series.
func (c *checker) line(path string, s Series) line {
	l := line{Series: s, first: -1}
	l.Name, l.Unit = clean(s.Name), clean(s.Unit)
	var values []float64
	for i, p := range s.Points {
		at := fmt.Sprintf("%s.points[%d]", path, i)
		read := c.day
		if c.loose {
			read = c.date
		}
		d, ok := read(at+".date", p.Date)
		if ok && i > 0 && len(l.days) == i && !d.from.After(l.days[i-1].from) {
			c.refuse("chart-bad-date", at+".date", "put the days in order, each once", "%s does not come after %s", p.Date, s.Points[i-1].Date)
			ok = false
		}
		if !ok || !p.open() && !c.value(at+".value", p.Value) {
			return l
		}
		l.days = append(l.days, d)
		if p.open() {
			continue
		}
		values = append(values, p.Value)
		if l.first < 0 {
			l.first, l.low, l.high = i, i, i
		}
		if p.Value < s.Points[l.low].Value {
			l.low = i
		}
		if p.Value > s.Points[l.high].Value {
			l.high = i
		}
		l.last = i
	}
	if len(values) < 2 {
		c.refuse("chart-too-few-points", path+".points", "put the numbers into the text or a table", "a line of %s", counted(len(values), "point"))
	}
	l.decimals = decimalsOf(values)
	return l
}

// sameUnit refuses lines of different units on one axis.
func (c *checker) sameUnit(path string, lines []line) {
	for _, l := range lines[1:] {
		if l.Unit != lines[0].Unit {
			c.refuse("chart-mixed-units", path, "convert or rebase one of them, or draw two panels", "%q and %q on one axis", lines[0].Unit, l.Unit)
			return
		}
	}
}

// gaps finds the stretches without trading: the days before and after.
func (l *line) gaps() (out [][2]date) {
	for i := 0; i < len(l.days); i++ {
		if !l.Points[i].still() {
			continue
		}
		j := i
		for j+1 < len(l.days) && l.Points[j+1].still() {
			j++
		}
		out = append(out, [2]date{l.days[i], l.days[j]})
		i = j
	}
	return out
}

// exDay is a day on which the price of a line fell by a dividend: which of its
// points, and which of its ex-dates.
type exDay struct{ point, date int }

// exDates are the days within the line on which its price fell by a dividend.
func (l *line) exDates(c *checker, path string) (out []exDay) {
	if !l.Unadjusted {
		return nil
	}
	for i, s := range l.ExDates {
		d, ok := c.day(fmt.Sprintf("%s.ex_dates[%d]", path, i), s)
		if !ok {
			return nil
		}
		for k := range l.days {
			if l.days[k].from.Equal(d.from) && !l.Points[k].open() && k > 0 {
				out = append(out, exDay{k, i})
			}
		}
	}
	return out
}

// rows writes the line as items [milliseconds, value].
func (l *line) rows() *rows {
	r := &rows{b: make([]byte, 0, 24*len(l.days))}
	for i, p := range l.Points {
		if d := l.days[i]; d.form != Day && !p.open() { // milliseconds alone would be told as a day
			r.item(object{"name": d.iso, "value": []any{ms(d.from), p.Value}})
			continue
		}
		r.point(ms(l.days[i].from), p.Value, !p.open())
	}
	return r
}

// extent widens a range by the values of a line.
func (l *line) extent(low, high float64) (float64, float64) {
	return math.Min(low, l.Points[l.low].Value), math.Max(high, l.Points[l.high].Value)
}

// describe says in a sentence where a line begins and ends and how far it went.
func (l *line) describe(env Env, key string) string {
	n := func(i int) string { return env.with(l.Points[i].Value, l.decimals, l.shownUnit()) }
	when := func(i int) string { return env.when(l.days[i]) }
	return env.word(key, args{
		"Name": l.Name, "From": when(l.first), "To": when(l.last), "First": n(l.first), "Last": n(l.last),
		"Low": n(l.low), "LowDate": when(l.low), "High": n(l.high), "HighDate": when(l.high),
	})
}

// shownUnit is the unit as it stands after a number: a base such as "29 April
// 2022 = 100" does not.
func (l *line) shownUnit() string {
	if strings.Contains(l.Unit, "=") {
		return ""
	}
	return l.Unit
}

// cell gives the value of a day for a table.
func (env Env) cell(v float64, decimals int) Cell {
	return Cell{Text: env.number(v, decimals), Value: machine(v)}
}

func (env Env) dateCell(d date) Cell { return Cell{Text: env.when(d), Value: d.iso} }

// stop tells whether a chart is refused, with its findings.
func (c *checker) stop() (bool, []diag.Diagnostic) { return c.refused(), c.found }

// sentences joins sentences to a description.
func sentences(s ...string) string {
	out := s[:0:0]
	for _, x := range s {
		if x != "" {
			out = append(out, x)
		}
	}
	return strings.Join(out, " ")
}
