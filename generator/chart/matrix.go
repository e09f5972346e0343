package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Matrix shows who is under which regime, or which measures a regime has: a
// square that says the status and the date beside it, in each field.
type Matrix struct {
	About
	Corner  string // what the rows are: "Company"
	Rows    []string
	Columns []string
	Cells   []MatrixCell // at most one for a field; the others are empty
}

// MatrixCell is a field with something in it.
type MatrixCell struct {
	Row, Column int
	Status      Look   // or "reported": a dashed circle
	Date        string // ISO prefix; may be empty: not stated
	Text        string // what it is: "in force"
}

type matrix struct {
	Matrix
	dates []date
	cells map[[2]int]int // by row and column
}

// reported is what a plan that was only reported looks like in a field.
const reportedLook Look = "reported"

// Draw makes the chart.
func (m Matrix) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&m.About, env, "matrix")
	d := &matrix{Matrix: m, dates: make([]date, len(m.Cells)), cells: map[[2]int]int{}}
	d.Rows, d.Columns = cleanAll(m.Rows), cleanAll(m.Columns)
	d.Corner = clean(m.Corner)
	if len(d.Rows) == 0 || len(d.Columns) == 0 || len(m.Cells) == 0 {
		c.refuse("chart-too-few-points", "cells", "", "there is nothing in the table")
		return Chart{}, c.found
	}
	for i, x := range m.Cells {
		at := fmt.Sprintf("cells[%d]", i)
		if x.Row < 0 || x.Column < 0 || x.Row >= len(d.Rows) || x.Column >= len(d.Columns) {
			c.refuse("chart-unknown-name", at, "", "there is no field %d, %d", x.Row, x.Column)
			continue
		}
		if _, taken := d.cells[[2]int{x.Row, x.Column}]; taken {
			c.refuse("chart-unknown-name", at, "name the strongest status alone", "the field of %q and %q is filled twice", d.Rows[x.Row], d.Columns[x.Column])
		}
		d.cells[[2]int{x.Row, x.Column}] = i
		if x.Status != reportedLook && (fillOf(string(x.Status)) == nil || !isStatus(x.Status)) {
			c.refuse("chart-unknown-name", at+".status", "", "%q is not a status", string(x.Status))
		}
		if x.Date != "" {
			d.dates[i], _ = c.date(at+".date", x.Date)
		}
	}
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{Table: d.table(env), Desc: d.describe(env), Key: d.key(env), Notes: c.shortened(env, "rows", min(len(d.Rows), mostRows), len(d.Rows))}
	out, failed := finish(env, m.About, d, chart)
	return out, append(c.found, failed...)
}

func isStatus(l Look) bool {
	for _, x := range looks {
		if x == l && l != overOpen {
			return true
		}
	}
	return false
}

func (d *matrix) key(env Env) (out []Key) {
	has := map[Look]bool{}
	for _, x := range d.Cells {
		has[x.Status] = true
	}
	for _, l := range looks {
		if has[l] {
			out = append(out, key(string(l), env.word("chart_key_"+strings.ReplaceAll(string(l), "-", "_"), nil), ""))
		}
	}
	if has[reportedLook] {
		out = append(out, key("rep", env.word("chart_key_reported", nil), ""))
	}
	return out
}

// says gives a field in words: "in force, 3 Jun 2021".
func (d *matrix) says(env Env, i int) string {
	when := env.word("chart_not_stated", nil)
	if d.dates[i].iso != "" {
		when = env.when(d.dates[i])
	}
	return env.word("chart_moment", args{"Text": clean(d.Cells[i].Text), "Date": when})
}

// field gives the number of the cell of a field, or -1.
func (d *matrix) field(row, column int) int {
	if i, ok := d.cells[[2]int{row, column}]; ok {
		return i
	}
	return -1
}

func (d *matrix) describe(env Env) string {
	out := []string{env.word("chart_desc_matrix", args{"Rows": len(d.Rows), "Columns": len(d.Columns), "Count": len(d.Cells)})}
	for r, name := range d.Rows {
		var cells []string
		for k, column := range d.Columns {
			if i := d.field(r, k); i >= 0 {
				cells = append(cells, column+" ("+d.says(env, i)+")")
			}
		}
		if len(cells) > 0 {
			out = append(out, env.word("chart_desc_matrix_row", args{"Name": name, "Cells": strings.Join(cells, "; ")}))
		}
	}
	return sentences(out...)
}

func (d *matrix) table(env Env) Table {
	corner := d.Corner
	if corner == "" {
		corner = env.word("chart_col_row", nil)
	}
	t := Table{Columns: []Column{{Title: corner}}}
	for _, c := range d.Columns {
		t.Columns = append(t.Columns, Column{Title: c})
	}
	for r, name := range d.Rows {
		row := []Cell{{name, name}}
		for k := range d.Columns {
			cell := Cell{}
			if i := d.field(r, k); i >= 0 {
				cell = Cell{d.says(env, i), strings.TrimSpace(string(d.Cells[i].Status) + " " + d.dates[i].iso)}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (d *matrix) sheet(env Env, width float64) *sheet {
	s := &sheet{}
	left := 0.0
	for _, r := range d.Rows[:min(len(d.Rows), mostRows)] {
		left = math.Max(left, textWidth(r))
	}
	left = math.Min(left+14, width*0.3)
	band := (width - left - 2) / float64(len(d.Columns))
	if band < 84 {
		return d.list(env)
	}
	lines := 1
	for _, c := range d.Columns {
		w, _ := wrap(c, band-4, 3)
		lines = max(lines, len(w))
	}
	rowLines := 1
	for _, r := range d.Rows[:min(len(d.Rows), mostRows)] {
		w, _ := wrap(r, left-12, 3)
		rowLines = max(rowLines, len(w))
	}
	top := 12 + 14*float64(lines)
	row := math.Max(30, 14+13*float64(rowLines))
	s.height = top + row*float64(min(len(d.Rows), mostRows)) + 4
	s.addGrid(left, 2, units(top), "4")
	s.addX(opts.XAxis{Type: "category", Data: plainNames(d.Columns), Position: "top"}, object{
		"axisLine": object{"show": false}, "axisTick": object{"show": false}, "axisLabel": object{"interval": 0, "width": band - 4, "overflow": "break"},
	})
	s.addY(opts.YAxis{Type: "category", Data: plainNames(d.Rows[:min(len(d.Rows), mostRows)]), Inverse: opts.Bool(true)}, object{
		"axisLine": object{"show": false}, "axisTick": object{"show": false}, "splitLine": object{"show": true, "lineStyle": object{"color": "@color:grid"}},
		"axisLabel": object{"align": "left", "margin": left, "width": left - 12, "overflow": "break"},
	})
	r := &rows{}
	for y, name := range d.Rows[:min(len(d.Rows), mostRows)] {
		for x, column := range d.Columns {
			i := d.field(y, x)
			if i < 0 {
				r.item([]any{x, y, "none", ""})
				continue
			}
			r.item(object{
				"name": safe(name + ", " + column + ": " + d.says(env, i)), "value": []any{x, y, d.Cells[i].Status, safe(d.short(env, i, band-30))},
			})
		}
	}
	s.addSeries("custom", d.Title, r.json(), object{"renderItem": "@fn:cell", "encode": object{"x": 0, "y": 1}})
	return s
}

// list is the matrix where it has no room for its columns: each row a heading,
// and below it what is filled.
func (d *matrix) list(env Env) *sheet {
	s := &sheet{}
	var names []object
	r := &rows{}
	for y, name := range d.Rows[:min(len(d.Rows), mostRows)] {
		names = append(names, object{"value": safe(name), "textStyle": object{"fontWeight": "bold"}})
		for x, column := range d.Columns {
			i := d.field(y, x)
			if i < 0 {
				continue
			}
			text := column
			if d.dates[i].iso != "" {
				text += ", " + env.when(d.dates[i])
			}
			r.item(object{
				"name": safe(name + ", " + column + ": " + d.says(env, i)), "value": []any{0, len(names), d.Cells[i].Status, safe(text)},
			})
			names = append(names, object{"value": ""})
		}
	}
	s.height = 24*float64(len(names)) + 6
	s.addGrid(0, 0, "2", "4")
	s.addX(opts.XAxis{Type: "category", Data: []string{""}}, object{"show": false})
	s.addY(opts.YAxis{Type: "category", Data: names, Inverse: opts.Bool(true)}, object{
		"axisLine": object{"show": false}, "axisTick": object{"show": false}, "splitLine": object{"show": true, "lineStyle": object{"color": "@color:grid"}},
		"axisLabel": object{"align": "left", "margin": 0},
	})
	s.addSeries("custom", d.Title, r.json(), object{"renderItem": "@fn:cell", "encode": object{"x": 0, "y": 1}})
	return s
}

// short gives the date of a field as fully as there is room for.
func (d *matrix) short(env Env, i int, room float64) string {
	day := d.dates[i]
	if day.iso == "" {
		if t := env.word("chart_not_stated", nil); textWidth(t) <= room {
			return t
		}
		return ""
	}
	for _, t := range []string{env.when(day), env.date(day.from, Year)} {
		if textWidth(t) <= room {
			return t
		}
	}
	return ""
}
