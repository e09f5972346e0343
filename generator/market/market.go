// Package market computes with market figures: returns, rebased series, growth,
// conversion between currencies, and event studies.
//
// It promises three things. Money is exact: prices, rates and converted amounts
// are decimals, and floats serve for statistics alone. Nothing is silent: a
// rate that is not of the day, a day on which trading was halted, a price at
// the limit of the exchange, an event day that was moved are named in the
// result as a code with its data, for which the theme has the words. And where
// a number would mean nothing there is none, but an [Error]; no result holds a
// NaN or an infinity.
//
// It knows no records: what they hold is handed over as a [Series].
package market

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a calendar day without a time zone; 1 is 1 January of the year 1, and
// the zero Day is no day. It counts like the days of package model, so that one
// converts to the other.
type Day int32

const (
	epoch         = 719163 // 1 January 1970
	secondsPerDay = 24 * 60 * 60
)

// NewDay is the day of a date in the proleptic Gregorian calendar; false when
// there is no such date in the years 1 to 9999.
func NewDay(year, month, day int) (Day, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return 0, false
	}
	return Day(t.Unix()/secondsPerDay) + epoch, true
}

// ParseDay reads a date with its year first: 2022-05-04, and 2022/5/4 as data
// vendors write it.
func ParseDay(s string) (Day, bool) {
	sep := "-"
	if strings.Contains(s, "/") {
		sep = "/"
	}
	parts := strings.Split(s, sep)
	if len(parts) != 3 || len(parts[0]) != 4 {
		return 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 16)
		if err != nil || len(p) > 4 {
			return 0, false
		}
		n[i] = int(v)
	}
	return NewDay(n[0], n[1], n[2])
}

// String is the day as 2022-05-04; nothing for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return time.Unix((int64(d)-epoch)*secondsPerDay, 0).UTC().Format(time.DateOnly)
}

// Code says why there is no number.
type Code string

// The codes of errors.
const (
	BadOption        Code = "bad_option"        // an option that cannot be
	BadSeries        Code = "bad_series"        // days out of order, a price that is none
	BadFile          Code = "bad_file"          // a file of points that cannot be read
	TooFewDays       Code = "too_few_days"      // not as many observed days as asked for
	NoDay            Code = "no_day"            // no trading day on or after the event, no value on the base day
	Overlap          Code = "overlap"           // the event window reaches into the estimation window
	CalendarMismatch Code = "calendar_mismatch" // the two series do not trade on the same days
	Degenerate       Code = "degenerate"        // the figures do not vary, or are beyond all bounds
	NoRate           Code = "no_rate"           // no rate for a currency on or before a day
	OldRate          Code = "old_rate"          // the last rate lies too far back
	UnitMismatch     Code = "unit_mismatch"     // two figures in different units
	BadBase          Code = "bad_base"          // growth from nothing, or from less
)

// Error is a number that is not given, and why. Every error of this package is
// one.
type Error struct {
	Code    Code
	Message string // for the log and for "check"; the words of a page come from the theme
	Day     Day    // the day it is about; zero when it is about none
	Line    int    // of a file, counted from 1; zero when it is about none
}

// Error is the message.
func (e *Error) Error() string { return e.Message }

func fail(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func failOn(code Code, day Day, format string, args ...any) *Error {
	e := fail(code, format, args...)
	e.Day = day
	return e
}
