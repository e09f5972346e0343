package load

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

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
	seen := map[string]cell{}
	for _, h := range header {
		first, twice := seen[h.Text]
		switch {
		case h.Text == "":
			l.add("csv-syntax", c.span(h), "every column needs a name", "a column has no name")
			return nil
		case twice:
			l.add("duplicate-key", c.span(h), "keep one of them", "column %q stands here twice", h.Text).Related = []diag.Related{{Span: c.span(first)}}
			return nil
		}
		seen[h.Text] = h
	}

	var docs []model.Doc
	for {
		row, err := c.next()
		if errors.Is(err, io.EOF) {
			return docs
		}
		if err != nil {
			l.csvError(c, err)
			return docs
		}
		first, last := row[0], row[len(row)-1]
		if len(row) != len(header) {
			l.add("ragged-row", file.Span(first.Start, last.End), "", "the row has %d values, but there are %d columns", len(row), len(header))
			continue
		}
		root := model.Node{Kind: model.Map, Start: first.Start, End: last.End}
		for i, v := range row {
			root.Fields = append(root.Fields, model.Field{Name: header[i].Text, Start: header[i].Start, End: header[i].End, Value: v.node()})
		}
		docs = append(docs, model.Doc{Kind: kind, CSV: true, Root: root, File: file})
	}
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
	n := model.Node{Kind: model.Scalar, Quoted: c.Quoted, Text: c.Text, Start: c.Start, End: c.End}
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
		end := start + len(v)
		quoted := start < len(c.text) && c.text[start] == '"'
		if quoted {
			end = quotedEnd(c.text, start)
		}
		cells[i] = cell{Text: strings.TrimSpace(v), Quoted: quoted, Start: c.base + start, End: c.base + end}
	}
	return cells, nil
}

func quotedEnd(text []byte, start int) int {
	for i := start + 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			i++
			continue
		}
		return i + 1
	}
	return len(text)
}

func (l *loader) csvError(c *csvReader, err error) {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		l.add("csv-syntax", place(c.file.Name()), "", "%s", err)
		return
	}
	off := len(c.text)
	if pe.Line <= len(c.lines) {
		off = min(c.lines[pe.Line-1]+max(pe.Column-1, 0), len(c.text))
	}
	msg, hint := pe.Err.Error(), ""
	switch {
	case errors.Is(pe.Err, csv.ErrQuote):
		msg, hint = "a quote stands where it does not belong", `put the whole value in quotes and write a quote inside as ""`
	case errors.Is(pe.Err, csv.ErrBareQuote):
		msg, hint = "a quote stands in a value without quotes", `put the whole value in quotes and write a quote inside as ""`
	}
	l.add("csv-syntax", c.file.Span(c.base+off, c.base+off+1), hint, "%s", msg)
}
