package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// Rules lists what Draw may find.
func Rules() []diag.Rule {
	rule := func(severity diag.Severity, code, summary, help string) diag.Rule {
		return diag.Rule{Code: code, Severity: severity, Summary: summary, Help: "\n" + strings.TrimSpace(help)}
	}
	e := func(code, summary, help string) diag.Rule {
		return rule(diag.Error, code, summary, help+"\n\nA page never shows such a chart. A record that makes an exception for itself goes without it.")
	}
	w := func(code, summary, help string) diag.Rule { return rule(diag.Warning, code, summary, help) }
	n := func(code, summary, help string) diag.Rule { return rule(diag.Note, code, summary, help) }
	internal := e("chart-internal", "the chart cannot be drawn", `This is a mistake of the program, not of the data.`)
	internal.Fixed = true
	return []diag.Rule{
		e("chart-id", "the name of a chart cannot stand in an address", `A name begins with a letter and holds a to z, 0 to 9 and hyphens.`),
		e("chart-too-few-points", "there is too little to draw", `A line needs two points, a bar chart one bar. A single number belongs into the text or into a table.`),
		e("chart-mixed-units", "two units on one axis", `
Two currencies, or a price and an index, on one axis suggest a comparison that is none. Convert or rebase them
first, or draw two panels.`),
		e("chart-truncated-bars", "a bar axis that does not begin at nothing", `
The length of a bar is its value. An axis that begins elsewhere shows another ratio than there is.`),
		e("chart-bad-value", "a number that cannot be drawn", `Numbers are finite, and not larger than a quadrillion.`),
		e("chart-bad-date", "a date that cannot be read", `
Dates are written 2022, 2022-05 or 2022-05-04. The days of a price series are whole days, in order, and none twice.`),
		e("chart-unknown-name", "a name that stands for nothing here", `A status, a kind of mark, an owner or a column that the chart does not have.`),
		e("chart-not-redistributable", "the series may not be shown", `The terms of the series allow neither its points nor its picture.`),
		internal,
		n("chart-halt", "days without trading are left open", `
A line across days on which trading was halted, or whose value was filled in, would show a price that nobody
paid. The line has a gap there, and the chart says so.`),
		w("chart-unadjusted", "unadjusted prices across an ex-dividend day", `
On an ex-dividend day a share falls by the dividend without any news. The chart marks the day, and says so.`),
		e("chart-too-large", "more than can be told apart", `
A drawing has room for a few lines, fills or boxes. Draw the most important part, or several charts.`),
		n("chart-too-many", "not everything fits into the drawing", `
The table holds everything; the drawing leaves out what has the least priority.`),
	}
}

// checker collects findings.
type checker struct {
	found []diag.Diagnostic
	loose bool // dates of series may be months and years
}

func (c *checker) add(severity diag.Severity, code, path, hint, format string, a ...any) {
	c.found = append(c.found, diag.Diagnostic{Severity: severity, Code: code, Path: path, Hint: hint, Message: fmt.Sprintf(format, a...)})
}

func (c *checker) refuse(code, path, hint, format string, a ...any) {
	c.add(diag.Error, code, path, hint, format, a...)
}

// note says what the drawing says itself, and nobody has to mend.
func (c *checker) note(code, path, hint, format string, a ...any) {
	c.add(diag.Note, code, path, hint, format, a...)
}

func (c *checker) warn(code, path, hint, format string, a ...any) {
	c.add(diag.Warning, code, path, hint, format, a...)
}

// refused tells whether there is anything that bars the chart.
func (c *checker) refused() bool {
	for _, d := range c.found {
		if d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// about checks what all kinds have, and gives a chart without a title the name
// of its kind.
func (c *checker) about(a *About, env Env, kind string) {
	if !isID(a.ID) {
		c.refuse("chart-id", "id", "write it with a to z, 0 to 9 and hyphens, a letter first", "%q cannot be the name of a chart", a.ID)
	}
	if a.Rights >= Closed {
		c.refuse("chart-not-redistributable", "", "leave the chart out, or take a series that may be shown", "the series may not be shown")
	}
	if strings.TrimSpace(a.Title) == "" {
		a.Title = env.word("chart_kind_"+kind, nil)
	}
}

func isID(s string) bool {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= 'a' && b <= 'z':
		case i > 0 && (b >= '0' && b <= '9' || b == '-'):
		default:
			return false
		}
	}
	return s != "" && len(s) <= 100
}

// largest is the largest amount that is drawn; doubles hold its cents exactly.
const largest = 1e15

func (c *checker) value(path string, v float64) bool {
	if math.IsNaN(v) || math.Abs(v) > largest {
		c.refuse("chart-bad-value", path, "", "%v cannot be drawn", v)
		return false
	}
	return true
}

func (c *checker) date(path, s string) (date, bool) {
	d, ok := parseDate(s)
	if !ok {
		c.refuse("chart-bad-date", path, "write it as 2022, 2022-05 or 2022-05-04", "%q is not a date", s)
	}
	return d, ok
}

// day reads a date that must be a whole day.
func (c *checker) day(path, s string) (date, bool) {
	d, ok := c.date(path, s)
	if ok && d.form != Day {
		c.refuse("chart-bad-date", path, "write the whole day, as 2022-05-04", "%q is not a day", s)
		return d, false
	}
	return d, ok
}

// counted is a number of things: "1 point", "3 points".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
