package chart

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Env gives a chart its language, and what is not of its kind. Its zero value
// writes keys in place of words, plain numbers and ISO dates.
type Env struct {
	// Source is the source line, which goes into the download.
	Source string
	// Word gives the words of a key ("chart_…") of the theme. args are the
	// values that stand within them; "Count", an int, chooses the plural.
	Word func(key string, args map[string]any) string
	// Number writes a finite number with so many digits after the point. A
	// hyphen at its beginning becomes a minus sign.
	Number func(v float64, decimals int) string
	// Date writes a day in a form.
	Date func(t time.Time, form DateForm) string
}

// DateForm is how much of a date is written.
type DateForm uint8

const (
	Day       DateForm = iota // 3 Jun 2021
	Month                     // Jun 2021
	Year                      // 2021
	MonthName                 // Jun
	DayMonth                  // 3 Jun
)

type args = map[string]any

func (e Env) word(key string, a args) string {
	if e.Word == nil {
		return key
	}
	return clean(e.Word(key, a))
}

func (e Env) number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	if v == 0 || math.Abs(v) < math.Pow10(-decimals)/2 {
		v = 0 // no minus before nothing
	}
	s := ""
	if e.Number == nil {
		s = strconv.FormatFloat(v, 'f', decimals, 64)
	} else {
		s = clean(e.Number(v, decimals))
	}
	return strings.Replace(s, "-", "−", 1)
}

// signed writes a plus before what is more than nothing.
func (e Env) signed(v float64, decimals int) string {
	s := e.number(v, decimals)
	if v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// with writes a number with its unit.
func (e Env) with(v float64, decimals int, unit string) string {
	s := e.number(v, decimals)
	switch {
	case unit == "":
		return s
	case unit == "%":
		return s + "\u00a0%"
	}
	return e.word("chart_unit", args{"Number": s, "Unit": unit})
}

func (e Env) date(t time.Time, form DateForm) string {
	if e.Date != nil {
		return clean(e.Date(t, form))
	}
	switch form {
	case Month:
		return t.Format("2006-01")
	case Year:
		return t.Format("2006")
	case MonthName:
		return t.Format("01")
	case DayMonth:
		return t.Format("01-02")
	}
	return t.Format(time.DateOnly)
}

// when writes a date as precisely as it is known.
func (e Env) when(d date) string {
	switch d.form {
	case Year, Month:
		return e.date(d.from, d.form)
	}
	return e.date(d.from, Day)
}

// decimalsOf is how many digits after the point tell the values apart: as many
// as they have, at most four.
func decimalsOf(values []float64) int {
	most := 0
	for _, v := range values {
		// the noise of a calculation with binary fractions is no digit
		s := strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
		if i := strings.IndexByte(s, '.'); i >= 0 {
			most = max(most, len(s)-i-1)
		}
	}
	return min(most, 4)
}

// machine writes a number for programs.
func machine(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
