package load

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// csv reads the rows of a CSV file (RFC 4180) with a header. An empty cell is
// a value that is not stated.
func (l *loader) csv(file *diag.File, kind model.Kind) []model.Doc {
	base := 0
	if bytes.HasPrefix(file.Text(), bom) {
		base = len(bom)
	}
	text := file.Text()[base:]
	c := &csvReader{file: file, base: base, text: text, r: csv.NewReader(bytes.NewReader(text))}
	c.r.FieldsPerRecord = -1
	for i := range text {
		if i == 0 || text[i-1] == '\n' {
			c.lines = append(c.lines, i)
		}
	}

	header, err := c.next()
	if errors.Is(err, io.EOF) {
		l.add("csv-syntax", place(file.Name()), "the first line holds the names of the columns", "the file is empty")
		return nil
	}
	if err != nil {
		l.csvError(c, err)
		return nil
	}
	if len(header) == 1 && strings.ContainsAny(header[0].Text, ";\t") {
		l.add("csv-syntax", c.span(header[0]), "save it with commas", "the columns are not separated by commas")
		return nil
	}
	for _, h := range header {
		if i := strings.IndexByte(h.Text, '\r'); i >= 0 {
			l.add("csv-syntax", file.Span(h.Start+i, h.Start+i+1), "save it with ordinary line ends", "the lines end in CR alone")
			return nil
		}
	}
	if !l.header(c, header) {
		return nil
	}
	var docs []model.Doc
	for {
		row, err := c.next()
		if errors.Is(err, io.EOF) {
			return docs
		}
		if errors.Is(err, csv.ErrBareQuote) {
			l.csvError(c, err)
			continue // the next row begins on the next line
		}
		if err != nil {
			l.csvError(c, err)
			return docs
		}
		first, last := row[0], row[len(row)-1]
		if len(row) != len(header) {
			hint := "leave the cells of missing values empty, but keep their commas"
			if len(row) > len(header) {
				hint = "put a value that holds a comma in quotes"
			}
			l.add("ragged-row", file.Span(first.Start, last.End), hint, "the row has %s, but there are %s", count(len(row), "value"), count(len(header), "column"))
			continue
		}
		root := model.Node{Kind: model.Map, Start: first.Start, End: last.End}
		for i, v := range row {
			root.Fields = append(root.Fields, model.Field{Name: header[i].Text, Start: header[i].Start, End: header[i].End, Value: v.node()})
		}
		docs = append(docs, model.Doc{Kind: kind, CSV: true, Root: root, File: file})
	}
}

// header reports columns without a name, or with that of another.
func (l *loader) header(c *csvReader, header []cell) bool {
	seen := map[string]cell{}
	good := true
	for _, h := range header {
		first, twice := seen[h.Text]
		switch {
		case h.Text == "":
			l.add("csv-syntax", c.span(h), "every column needs a name", "a column has no name")
			good = false
		case twice:
			l.add("duplicate-key", c.span(h), "keep one of them", "column %q stands here twice", h.Text).Related = []diag.Related{{Span: c.span(first)}}
			good = false
		default:
			seen[h.Text] = h
		}
	}
	return good
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

type csvReader struct {
	file  *diag.File
	base  int
	text  []byte
	lines []int // offsets in text
	r     *csv.Reader
}

// cell is a value with its place in the file.
type cell struct {
	Text       string
	Quoted     bool
	Start, End int
}

func (c cell) node() model.Node {
	n := model.Node{Kind: model.Scalar, Style: model.Cell, Quoted: c.Quoted, Text: c.Text, Start: c.Start, End: c.End}
	if c.Text == "" {
		n.Kind = model.Null
	}
	return n
}

func (c *csvReader) span(v cell) diag.Span { return c.file.Span(v.Start, v.End) }

func (c *csvReader) next() ([]cell, error) {
	row, err := c.r.Read()
	if err != nil {
		return nil, err
	}
	cells := make([]cell, len(row))
	for i, v := range row {
		line, column := c.r.FieldPos(i)
		start := c.lines[line-1] + column - 1
		quoted := start < len(c.text) && c.text[start] == '"'
		if !quoted {
			start += len(v) - len(strings.TrimLeftFunc(v, unicode.IsSpace))
		}
		end := start + len(strings.TrimSpace(v))
		if quoted {
			end, _ = quotedEnd(c.text, start)
		}
		cells[i] = cell{Text: strings.TrimSpace(v), Quoted: quoted, Start: c.base + start, End: c.base + end}
	}
	return cells, nil
}

// quotedEnd is where a value in quotes ends, and whether it does.
func quotedEnd(text []byte, start int) (end int, closed bool) {
	for i := start + 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			i++
			continue
		}
		return i + 1, true
	}
	return len(text), false
}

func (l *loader) csvError(c *csvReader, err error) {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		l.add("csv-syntax", place(c.file.Name()), "", "%s", err)
		return
	}
	at := func(line, column int) int {
		if line > len(c.lines) {
			return len(c.text)
		}
		return min(c.lines[line-1]+max(column-1, 0), len(c.text))
	}
	off := at(pe.Line, pe.Column)
	msg, hint := pe.Err.Error(), `put the whole value in quotes and write a quote inside as ""`
	switch {
	case errors.Is(pe.Err, csv.ErrBareQuote):
		msg = "a quote stands in a value without quotes"
	case errors.Is(pe.Err, csv.ErrQuote):
		msg = "a quote stands where it does not belong"
		if open := openQuote(c.text, at(pe.StartLine, 1)); open >= 0 {
			off, msg, hint = open, "the quote is not closed", `put a quote at the end of the value, and write a quote inside as ""`
		}
	default:
		hint = ""
	}
	l.add("csv-syntax", c.file.Span(c.base+off, c.base+off+1), hint, "%s", msg)
}

// openQuote is where a quote begins that has no end, in the rows from an offset
// on; -1 when there is none.
func openQuote(text []byte, at int) int {
	for start := true; at < len(text); {
		if c := text[at]; !start || c != '"' {
			start = c == ',' || c == '\n'
			at++
			continue
		}
		end, closed := quotedEnd(text, at)
		if !closed {
			return at
		}
		at, start = end, false
	}
	return -1
}
