package market

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// ReadCSV reads the points of a series from a table with a header: the column
// "date" (2022-05-04 or 2022/5/4), a column of values, and "flag" when there is
// one. The values stand in the column that is named, else in "close", else in
// "value". The rows may be in any order, each day once. Names of columns are
// compared without regard to case; a byte order mark is skipped; an empty value
// and N/A are days without one. Errors are [BadFile], with the line.
func ReadCSV(text []byte, column string) ([]Point, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return nil, lineError(1, "the file has no header")
	}
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = strings.ToLower(strings.TrimSpace(h))
	}
	date, flag := slices.Index(names, "date"), slices.Index(names, "flag")
	value := slices.Index(names, strings.ToLower(column))
	if column == "" {
		if value = slices.Index(names, "close"); value < 0 {
			value = slices.Index(names, "value")
		}
	}
	switch {
	case date < 0:
		return nil, lineError(1, `there is no column "date"`)
	case value < 0 && column != "":
		return nil, lineError(1, "there is no column "+quote(column))
	case value < 0:
		return nil, lineError(1, `there is no column "close" or "value"`)
	}
	var out []Point
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := r.FieldPos(0)
		p, problem := point(row, date, value, flag)
		if problem != "" {
			return nil, lineError(line, problem)
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Point) int { return int(a.Day) - int(b.Day) })
	if err := (&Series{Title: "the file", Points: out}).Check(); err != nil {
		return nil, fail(BadFile, "%s", err)
	}
	return out, nil
}

func point(row []string, date, value, flag int) (p Point, problem string) {
	var ok bool
	if p.Day, ok = ParseDay(strings.TrimSpace(row[date])); !ok {
		return p, quote(row[date]) + " is no day"
	}
	if v := strings.TrimSpace(row[value]); v != "" && v != "N/A" {
		if p.Value, ok = ParseDecimal(v); !ok {
			return p, quote(v) + " is no number"
		}
	}
	if flag >= 0 {
		p.Flag = Flag(strings.TrimSpace(row[flag]))
	}
	return p, ""
}

func quote(s string) string {
	if r := []rune(s); len(r) > 24 {
		s = string(r[:20]) + "…"
	}
	return `"` + strings.ToValidUTF8(s, "�") + `"`
}

func csvError(err error) error {
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		return lineError(pe.Line, pe.Err.Error())
	}
	return fail(BadFile, "%s", err)
}

func lineError(line int, message string) error {
	return &Error{Code: BadFile, Message: message, Line: line}
}
