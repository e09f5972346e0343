package model

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a calendar day without a time zone; 1 is 1 January of the year 1. The
// zero Day is no day.
type Day int32

// NewDay is the day of a date in the proleptic Gregorian calendar. Months and
// days past their end are not carried over: the result is then the zero Day.
func NewDay(year, month, day int) Day {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1 || year > 9999 || t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return 0
	}
	return Day((t.Unix()-dayZero)/secondsPerDay) + 1
}

const (
	secondsPerDay = 24 * 60 * 60
	dayZero       = -62135596800 // 0001-01-01 in Unix seconds
)

// Time is the day at midnight UTC, or the zero time.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d-1)*secondsPerDay+dayZero, 0).UTC()
}

// String is the day as 2022-05-04, or nothing for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// ParseDay reads a complete date, such as 2022-05-04.
func ParseDay(s string) (Day, error) {
	date, err := ParseDate(s)
	if err != nil {
		return 0, err
	}
	if date.Precision != ByDay || date.Approx || !date.single() {
		return 0, fmt.Errorf("%q is not a single day, such as 2022-05-04", s)
	}
	return date.first, nil
}

// Precision says how much of a date is known.
type Precision uint8

// The precisions; a range has that of its coarser end.
const (
	NoDate Precision = iota
	ByYear
	ByMonth
	ByDay
)

// Date is a date as precise as its source: an ISO 8601 prefix (2022, 2022-05,
// 2022-05-04), with ~ in front when it is approximate, or a range of two of
// them (2022-05/2022-06). Nothing is ever padded. The zero Date is not stated.
type Date struct {
	first, last Day
	text        string

	Precision Precision
	Approx    bool
	Range     bool
}

// ParseDate reads a date. The error says what is wrong, and how to write it
// where that can be guessed.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, fmt.Errorf("the date is empty")
	}
	from, to, ranged := strings.Cut(s, "/")
	a, err := parsePoint(from)
	if !ranged {
		if err != nil {
			return Date{}, err
		}
		a.text = s
		return a, nil
	}
	b, err2 := parsePoint(to)
	if err != nil || err2 != nil {
		if hint := guessDate(s); hint != "" {
			return Date{}, &DateError{Msg: fmt.Sprintf("%q is not a date", s), Hint: hint}
		}
		return Date{}, cmp.Or(err, err2)
	}
	if b.last < a.first {
		return Date{}, fmt.Errorf("the range ends before it begins")
	}
	return Date{
		first: a.first, last: b.last, text: s, Range: true,
		Precision: min(a.Precision, b.Precision), Approx: a.Approx || b.Approx,
	}, nil
}

// DateError is a malformed date with a guess at what was meant.
type DateError struct {
	Msg  string
	Hint string
}

func (e *DateError) Error() string { return e.Msg }

func parsePoint(s string) (Date, error) {
	rest, approx := strings.CutPrefix(s, "~")
	var n [3]int
	parts := strings.Split(rest, "-")
	bad := func() (Date, error) {
		return Date{}, &DateError{Msg: fmt.Sprintf("%q is not a date", s), Hint: dateHint(rest)}
	}
	if len(parts) > 3 {
		return bad()
	}
	for i, p := range parts {
		want := 2
		if i == 0 {
			want = 4
		}
		v, err := strconv.Atoi(p)
		if err != nil || len(p) != want || v < 0 || strings.ContainsAny(p, "+-") {
			return bad()
		}
		n[i] = v
	}
	d := Date{Precision: Precision(len(parts)), Approx: approx, text: s}
	switch len(parts) {
	case 1:
		d.first, d.last = NewDay(n[0], 1, 1), NewDay(n[0], 12, 31)
	case 2:
		d.first = NewDay(n[0], n[1], 1)
		if d.first != 0 {
			d.last = lastOfMonth(n[0], n[1])
		}
	case 3:
		d.first = NewDay(n[0], n[1], n[2])
		d.last = d.first
	}
	if d.first == 0 {
		return Date{}, &DateError{Msg: fmt.Sprintf("there is no day %s", rest), Hint: dateHint(rest)}
	}
	return d, nil
}

func lastOfMonth(year, month int) Day {
	if month == 12 {
		return NewDay(year, 12, 31)
	}
	return NewDay(year, month+1, 1) - 1
}

// dateHint says how to write a date, the one that was meant where that shows.
func dateHint(s string) string {
	return cmp.Or(guessDate(s), "write 2022, 2022-05, 2022-05-04, ~2022-05 or 2022-05/2022-06")
}

// guessDate guesses at the date that was meant by a text in another form.
func guessDate(s string) string {
	s = strings.TrimSpace(s)
	for _, layout := range []string{
		"2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006",
		"02.01.2006", "2.1.2006", time.RFC3339, "2006-01-02 15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return "write " + t.Format(time.DateOnly)
		}
	}
	for _, layout := range []string{"January 2006", "Jan 2006", "1/2006", "2006-1", "2006/1"} {
		if t, err := time.Parse(layout, s); err == nil {
			return "write " + t.Format("2006-01")
		}
	}
	if strings.Count(s, "/") == 2 && len(s) <= len("12/31/2022") {
		return "day and month cannot be told apart; write year-month-day, such as 2022-05-04"
	}
	return ""
}

// MustDate is ParseDate for dates in code; it panics on a malformed one.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf is the date of one day; the zero Day gives the zero Date.
func DateOf(d Day) Date {
	if d == 0 {
		return Date{}
	}
	return Date{first: d, last: d, text: d.String(), Precision: ByDay}
}

// IsZero reports whether no date is stated.
func (d Date) IsZero() bool { return d.Precision == NoDate }

// First is the earliest day the date can mean.
func (d Date) First() Day { return d.first }

// Last is the latest day the date can mean. Records exist and acts take effect
// from then on: a view never says more than is sure.
func (d Date) Last() Day { return d.last }

// String is the date as it was written.
func (d Date) String() string { return d.text }

// single reports whether the date is one point, not a range.
func (d Date) single() bool { return !d.Range }

// Ends are the two points of a range, or the date twice.
func (d Date) Ends() (from, to Date) {
	a, b, ok := strings.Cut(d.text, "/")
	if !ok {
		return d, d
	}
	from, _ = parsePoint(a)
	to, _ = parsePoint(b)
	return from, to
}

// Compare orders dates by their first day, then by their last, then by their
// text; dates that are not stated come last.
func (d Date) Compare(e Date) int {
	if d.IsZero() || e.IsZero() {
		return cmp.Compare(b2i(d.IsZero()), b2i(e.IsZero()))
	}
	return cmp.Or(cmp.Compare(d.first, e.first), cmp.Compare(d.last, e.last), strings.Compare(d.text, e.text))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Before reports whether the date is certainly earlier than another: its last
// day lies before the other's first. Dates that are not stated are never so.
func (d Date) Before(e Date) bool {
	return !d.IsZero() && !e.IsZero() && d.last < e.first
}
