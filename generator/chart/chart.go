// Package chart draws charts without a browser. A chart is a spec: a plain
// struct with the data, one type for each kind. Draw makes of it ECharts
// options, two SVGs (760 and 360 units wide) that need neither script nor
// style attributes, a self-contained SVG to download, a table and a
// description in sentences.
//
// It promises: the same spec gives the same bytes; every text is escaped; no
// input makes it panic, and none brings a script or a number that is not
// finite into a drawing; what would mislead is refused with an error or said
// in a warning. The SVG is drawn from the very options that the client gets,
// and an option that the renderer does not know is an error. The table and
// the description come from the data, and hold also what a drawing leaves out
// for want of room.
//
// It holds no words of its own: they, and the forms of numbers and dates, come
// from Env.
package chart

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dossier-report/dossier/generator/diag"
)

// A Spec is one of the kinds of charts: Price, EventStudy, Measures, Matrix,
// Bars, RankedList, Lines, Ownership or Sparkline.
type Spec interface {
	// Draw makes the chart. With a diagnostic of severity diag.Error there is
	// no chart, and the zero Chart is returned. Diagnostics have no position:
	// whoever holds the data gives them one.
	Draw(Env) (Chart, []diag.Diagnostic)
}

// About is what all kinds have in common.
type About struct {
	// ID names the chart within its page. It is the beginning of every id
	// within the SVG: [a-z][a-z0-9-]*.
	ID     string
	Title  string // the finding, in a sentence; without it, a plain name of the kind
	Sub    string // what is measured, and the unit
	Rights Rights
}

// Rights says how far the points of a chart may be handed on.
type Rights uint8

const (
	// Open: picture, table and options.
	Open Rights = iota
	// PictureOnly: the picture alone. There are no options, and the table is
	// empty.
	PictureOnly
	// Closed: nothing. Draw refuses.
	Closed
)

// Chart is everything that a page shows of a chart.
type Chart struct {
	ID, Title, Sub, Source string
	Desc                   string // sentences, from the data

	// Wide and Narrow are SVG elements of the classes "ch ch-wide" and "ch
	// ch-narrow", ready to stand in HTML. A sparkline has no Narrow.
	Wide, Narrow string
	// Plain is a whole SVG file with its colours, title and source.
	Plain []byte

	// Options are ECharts options as compact JSON that may stand within a
	// script element; nil when there is nothing to hydrate. OptionsNarrow has the
	// parts of them that differ for the narrow drawing; nil when none do.
	Options, OptionsNarrow []byte

	Key   []Key // what the looks mean, in order
	Pins  []Pin // what the numbered pins mean
	Notes []Note
	Table Table

	Width, Height, NarrowHeight float64 // of the drawings, in units
}

// Key is one entry of the key above a chart.
type Key struct {
	Swatch string // an SVG element of class "sw"
	Text   string
	Series string // the name of the series in the options that a reader may hide; may be empty
	look   string
}

// Pin explains a numbered pin of a chart. Pins that had no room in the drawing
// are listed too.
type Pin struct {
	Number int
	Kind   EventKind
	Date   string // ISO prefix
	When   string // the date as it is written
	Text   string
}

// Note is a remark that must stand beside the chart.
type Note struct{ Code, Text string }

// Table is the data of a chart.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column describes a column of a table.
type Column struct {
	Title string
	Unit  string // may be empty
	Right bool   // aligned at the right: numbers
}

// Cell is one value of a table.
type Cell struct {
	Text  string // as a reader sees it
	Value string // as a program reads it: ISO dates, decimal point; empty where nothing is known
}

const (
	wideWidth   = 760.0
	narrowWidth = 360.0
)

// drawing is a kind of chart while it is drawn.
type drawing interface {
	// sheet lays the chart out for a width.
	sheet(env Env, width float64) *sheet
}

// finish draws both sizes and the download.
func finish(env Env, about About, d drawing, c Chart) (Chart, []diag.Diagnostic) {
	c.ID, c.Title, c.Sub, c.Source = about.ID, clean(about.Title), clean(about.Sub), clean(env.Source)
	wide, narrow := d.sheet(env, wideWidth), d.sheet(env, narrowWidth)
	options, err := wide.options()
	if err != nil {
		return Chart{}, []diag.Diagnostic{broken(err)}
	}
	small, err := narrow.options()
	if err != nil {
		return Chart{}, []diag.Diagnostic{broken(err)}
	}
	c.Width, c.Height, c.NarrowHeight = wideWidth, wide.height, narrow.height
	f := frame{env: env, id: about.ID, variant: "ch-wide", title: c.Title, desc: c.Desc, width: wideWidth, height: wide.height}
	drawn, err := render(options, f)
	if err != nil {
		return Chart{}, []diag.Diagnostic{broken(err)}
	}
	c.Wide = string(drawn)
	p := f
	p.plain, p.sub, p.source, p.key, p.pins, p.notes = true, c.Sub, c.Source, c.Key, c.Pins, c.Notes
	if c.Plain, err = render(options, p); err != nil {
		return Chart{}, []diag.Diagnostic{broken(err)}
	}
	f.id, f.variant, f.width, f.height = about.ID+"-n", "ch-narrow", narrowWidth, narrow.height
	if drawn, err = render(small, f); err != nil {
		return Chart{}, []diag.Diagnostic{broken(err)}
	}
	c.Narrow = string(drawn)
	if about.Rights == Open {
		c.Options = options
		if c.OptionsNarrow, err = differing(options, small); err != nil {
			return Chart{}, []diag.Diagnostic{broken(err)}
		}
	} else {
		c.Table = Table{}
	}
	return c, nil
}

// differing gives the parts of the options of the narrow drawing that are not
// those of the wide one. All options have the same parts.
func differing(wide, narrow []byte) ([]byte, error) {
	var a, b map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(wide, &a), json.Unmarshal(narrow, &b)); err != nil {
		return nil, err
	}
	for k := range a {
		if _, ok := b[k]; !ok {
			return nil, fmt.Errorf("the narrow drawing has no %s", k)
		}
		if bytes.Equal(a[k], b[k]) {
			delete(b, k)
		}
	}
	if len(b) == 0 {
		return nil, nil
	}
	return json.Marshal(b)
}

// broken is a mistake of this package, which a reader of the report cannot mend.
func broken(err error) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Code: "chart-internal", Message: fmt.Sprintf("the chart cannot be drawn: %v", err)}
}

func key(look, text, series string) Key {
	return Key{Swatch: swatch(look), Text: clean(text), Series: series, look: look}
}
