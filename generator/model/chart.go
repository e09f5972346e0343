package model

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/names"
)

// ChartFence is the word after the fence of a block in Markdown that asks for a
// chart.
const ChartFence = "chart"

// Block is a fenced block of a Markdown text, read as YAML. Offsets, also those
// within Root and Found, are bytes of the text.
type Block struct {
	Start int // of the body
	Root  Node
	Found []diag.Diagnostic // what is wrong with the YAML; Root is then not used
}

// Chart is a chart that a text asks for in a block of its own.
type Chart struct {
	*ChartCommon     // of Options
	Start        int // offset of the block's body in the text
	At           diag.Span

	// Options are those of the kind: *PriceChart, *StudyChart, *MeasuresChart,
	// *MatrixChart, *BarsChart, *RankedChart, *LinesChart, *OwnershipChart or
	// *SparkChart.
	Options any

	root Node // with offsets in the file
}

// ChartType is the kind of a chart.
type ChartType string

// The kinds of charts.
const (
	PriceKind     ChartType = "price"
	StudyKind     ChartType = "study"
	MeasuresKind  ChartType = "measures"
	MatrixKind    ChartType = "matrix"
	BarsKind      ChartType = "bars"
	RankedKind    ChartType = "list"
	LinesKind     ChartType = "lines"
	OwnershipKind ChartType = "ownership"
	SparkKind     ChartType = "sparkline"
)

// Values lists the kinds of charts.
func (ChartType) Values() []string {
	out := make([]string, len(chartKinds))
	for i, k := range chartKinds {
		out[i] = string(k.kind)
	}
	return out
}

// chartKinds are the kinds with what they draw, and where their options go.
var chartKinds = [...]struct {
	kind ChartType
	doc  string
	make func() any
}{
	{PriceKind, "a series over days, with a benchmark and what happened meanwhile", func() any { return new(PriceChart) }},
	{StudyKind, "a recorded event study: abnormal returns by day, their sum and its band", func() any { return new(StudyChart) }},
	{MeasuresKind, "legal acts over time; plans that were only reported are marks, never bars", func() any { return new(MeasuresChart) }},
	{MatrixKind, "who is under which programme, with the status and date in each field", func() any { return new(MatrixChart) }},
	{BarsKind, "figures as bars: one metric, several side by side, or parts of a whole", func() any { return new(BarsChart) }},
	{RankedKind, "a list in the order of its source, marked as not being a ranking", func() any { return new(RankedChart) }},
	{LinesKind, "small drawings side by side, one for each series or metric", func() any { return new(LinesChart) }},
	{OwnershipKind, "who holds an entity and what it holds, two steps away at most", func() any { return new(OwnershipChart) }},
	{SparkKind, "a line of the size of a word, without axes", func() any { return new(SparkChart) }},
}

// ChartCommon is what a block of every kind may say.
type ChartCommon struct {
	Type  ChartType `field:"kind,required" doc:"price, study, measures, matrix, bars, list, lines, ownership or sparkline"`
	ID    string    `field:"id" doc:"its name in the page's address: a to z, 0 to 9 and hyphens, a letter first; made from the kind by default"`
	Title Text      `field:"title" doc:"the finding, in a sentence; a plain name by default"`
	Sub   Text      `field:"sub" doc:"what is measured, and in which unit"`
	Note  Text      `field:"note" doc:"a remark that must stand beside the drawing"`
}

// PriceChart draws a series over days.
type PriceChart struct {
	ChartCommon
	Series    Ref   `field:"series,required" ref:"series" doc:"the series"`
	Benchmark []Ref `field:"benchmark" ref:"series" doc:"series in the same unit to compare it with, three at most; that of the series by default, [] for none"`
	From      Date  `field:"from" doc:"first day; that of the series by default"`
	To        Date  `field:"to" doc:"last day; that of the series by default"`
	Events    []Ref `field:"events" ref:"events,measures" doc:"what to mark with numbered pins; by default what concerns the subject of the series, [] for nothing"`
}

// StudyChart draws an event study.
type StudyChart struct {
	ChartCommon
	Study Ref `field:"study,required" ref:"studies" doc:"the study"`
}

// MeasuresChart draws acts over time.
type MeasuresChart struct {
	ChartCommon
	Entity   []Ref         `field:"entity" ref:"entities" doc:"acts that name one of these, or reach it through its owner or as one of a class"`
	Program  []Ref         `field:"program" ref:"programs" doc:"acts under one of these"`
	Measures []Ref         `field:"measures" ref:"measures" doc:"these acts and no others"`
	Group    MeasureGroups `field:"group" doc:"the groups of rows: status (default), authority or program"`
	Plans    Toggle        `field:"plans" doc:"no leaves out plans that were only reported; yes by default"`
}

// MeasureGroups is what acts are put together by.
type MeasureGroups string

// Values lists what acts can be put together by.
func (MeasureGroups) Values() []string { return []string{"status", "authority", "program"} }

// Toggle is yes or no.
type Toggle string

// Values lists both.
func (Toggle) Values() []string { return []string{"yes", "no"} }

// MatrixChart draws entities by programme.
type MatrixChart struct {
	ChartCommon
	Entity  []Ref `field:"entity,required" ref:"entities" doc:"the rows"`
	Program []Ref `field:"program" ref:"programs" doc:"the columns; by default those with acts on the entities"`
}

// BarsChart draws figures as bars.
type BarsChart struct {
	ChartCommon
	Metric  []string `field:"metric,required" doc:"what was measured, as the figures name it; six at most"`
	Entity  []Ref    `field:"entity" ref:"entities" doc:"whom the figures are about; several are drawn side by side for one metric"`
	Dates   []Date   `field:"dates" doc:"the periods, as the figures give them: [2020, 2021]; by default all whole years"`
	From    Date     `field:"from" doc:"first period"`
	To      Date     `field:"to" doc:"last period"`
	Stacked Toggle   `field:"stacked" doc:"yes draws the metrics upon each other, as parts of a whole"`
	Min     Number   `field:"min" doc:"where the axis begins: at 0, for the length of a bar is its value, and anything else is refused"`
}

// RankedChart draws a list in the order of its source.
type RankedChart struct {
	ChartCommon
	Figure []Ref `field:"figure,required" ref:"figures" doc:"a figure with items; or several figures in one unit, in the order of their source"`
}

// LinesChart draws small multiples.
type LinesChart struct {
	ChartCommon
	Series []Ref    `field:"series" ref:"series" doc:"the series, one to a drawing; twelve at most"`
	Entity []Ref    `field:"entity" ref:"entities" doc:"instead of series: whom the figures are about, each a line"`
	Metric []string `field:"metric" doc:"with entity: what was measured, one to a drawing"`
	From   Date     `field:"from" doc:"first day or period"`
	To     Date     `field:"to" doc:"last day or period"`
}

// OwnershipChart draws who holds whom.
type OwnershipChart struct {
	ChartCommon
	Entity Ref `field:"entity,required" ref:"entities" doc:"the entity in the middle"`
}

// SparkChart draws a line of the size of a word.
type SparkChart struct {
	ChartCommon
	Series Ref    `field:"series" ref:"series" doc:"the series"`
	Entity Ref    `field:"entity" ref:"entities" doc:"instead of a series: whom the figures are about"`
	Metric string `field:"metric" doc:"with entity: what was measured"`
	From   Date   `field:"from" doc:"first day or period"`
	To     Date   `field:"to" doc:"last day or period"`
}

// ChartDoc describes a kind of chart for "dossier help chart".
type ChartDoc struct {
	Kind   ChartType
	Doc    string
	Fields []FieldDoc // options of its own first, then those that all kinds have
}

// ChartDocs describes the options of every kind of chart.
func ChartDocs() []ChartDoc {
	var out []ChartDoc
	for _, k := range chartKinds {
		fields := fieldDocs(reflect.TypeOf(k.make()).Elem())
		fields = slices.DeleteFunc(fields, func(f FieldDoc) bool { return f.Name == "kind" })
		slices.SortStableFunc(fields, func(a, b FieldDoc) int { return b2i(a.Common) - b2i(b.Common) })
		out = append(out, ChartDoc{k.kind, k.doc, fields})
	}
	return out
}

// Place is where an option stands, or the nearest part of the block that is
// there.
func (c *Chart) Place(path string) diag.Span {
	n := &c.root
	if path != "" {
		n, _, _ = walk(n, path)
	}
	if n == &c.root {
		return c.At
	}
	return c.At.File.Span(n.Start, n.End)
}

// charts decodes the blocks of a text that ask for charts.
func (d *decoder) charts(m Markdown, path string) {
	if d.blocks == nil {
		return
	}
	for i := range m {
		t := &m[i]
		for _, b := range d.blocks(t.Value) {
			place := func(start, end int) diag.Span { return t.Place(start, end) }
			for _, f := range b.Found {
				f.Span, f.Path = place(f.Span.Start, f.Span.End), path
				for k := range f.Related {
					f.Related[k].Span = place(f.Related[k].Span.Start, f.Related[k].Span.End)
				}
				*d.out = append(*d.out, f)
			}
			if len(b.Found) > 0 {
				continue
			}
			moved(&b.Root, place)
			if c := d.chart(&b.Root, path); c != nil {
				c.Start = b.Start
				t.Charts = append(t.Charts, c)
			}
		}
	}
}

// moved turns the offsets of a tree into those of the file.
func moved(n *Node, place func(start, end int) diag.Span) {
	at := place(n.Start, n.End)
	n.Start, n.End = at.Start, at.End
	for i := range n.Fields {
		f := &n.Fields[i]
		at := place(f.Start, f.End)
		f.Start, f.End = at.Start, at.End
		moved(&f.Value, place)
	}
	for i := range n.Items {
		moved(&n.Items[i], place)
	}
}

// chart decodes one block; nil when its kind is not known.
func (d *decoder) chart(n *Node, path string) *Chart {
	c := &Chart{At: d.span(n), root: *n}
	if n.Kind != Map {
		d.wrongType(n, path, "options such as kind: price")
		return nil
	}
	given := n.Get("kind")
	if given == nil || given.Kind == Null {
		d.report("missing-field", d.span(n), path, "add a line such as kind: price; kinds are "+strings.Join(ChartType("").Values(), ", "), "kind is missing")
		return nil
	}
	var kind ChartType
	d.string(given, join(path, "kind"), reflect.ValueOf(&kind).Elem())
	for _, k := range chartKinds {
		if k.kind == kind {
			c.Options = k.make()
		}
	}
	if c.Options == nil {
		return nil // reported
	}
	options := reflect.ValueOf(c.Options).Elem()
	d.record(n, path, options)
	c.ChartCommon = options.FieldByName("ChartCommon").Addr().Interface().(*ChartCommon)
	if c.ID != "" {
		if err := names.ValidID(c.ID); err != nil || c.ID[0] < 'a' || c.ID[0] > 'z' {
			hint := "write it with a to z, 0 to 9 and hyphens, a letter first"
			d.report("bad-id", d.span(n.Get("id")), join(path, "id"), hint, "%q cannot be the name of a chart", c.ID)
		}
	}
	switch o := c.Options.(type) {
	case *MeasuresChart:
		if len(o.Entity)+len(o.Program)+len(o.Measures) == 0 {
			d.report("missing-field", d.span(n), path, "", "entity, program or measures is missing")
		}
	case *LinesChart:
		d.either(n, path, len(o.Series) > 0, len(o.Entity) > 0 && len(o.Metric) > 0)
	case *SparkChart:
		d.either(n, path, !o.Series.IsZero(), !o.Entity.IsZero() && o.Metric != "")
	}
	return c
}

// either reports a chart that has both sorts of data, or none.
func (d *decoder) either(n *Node, path string, series, figures bool) {
	switch {
	case series && (n.Get("entity") != nil || n.Get("metric") != nil):
		d.report("wrong-type", d.span(n), path, "keep one of the two", "series stands beside entity and metric")
	case !series && !figures:
		d.report("missing-field", d.span(n), path, "", "series is missing, or entity and metric")
	}
}
