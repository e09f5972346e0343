package page

import (
	"cmp"
	"encoding/csv"
	"html/template"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// Chart is a picture of figures, with all that it must have beside it. It is
// whole without a script: two drawings, of which a style sheet shows one, a
// description and a table.
type Chart struct {
	Anchor  string // id of the figure; it is the address of the chart
	Kind    string // "measures", "price", "study", "bars", "list", "lines", "ownership", "matrix", "sparkline"
	Title   string // the finding
	Sub     string // what is measured, and in which unit
	Desc    string // in sentences, from the data
	Wide    template.HTML
	Narrow  template.HTML
	Options string // ECharts options as JSON that may stand in a script element; empty when there is nothing to answer
	Small   string // the same for the narrow drawing, where they differ
	Key     []ChartKey
	Pins    []ChartPin
	Notes   []string // remarks that must stand beside the picture
	Remark  HTML     // what the record of the figures says about them
	Table   ChartTable
	Refs    []Ref
	Grade   string
	Licence string // of the series, or the report's own
	CSV     string // address of the table; empty where the points may not be handed on
	SVG     string // address of the picture; empty where there is none to hand on
}

// ChartKey is an entry of the key above a chart.
type ChartKey struct {
	Swatch template.HTML
	Text   string
	Series string
}

// ChartPin explains a numbered pin.
type ChartPin struct {
	Number int
	Kind   string // "rep", "mkt", "law"
	ISO    string
	When   string
	Text   string
}

// ChartTable is the data of a chart.
type ChartTable struct {
	Columns []ChartColumn
	Rows    [][]string // cells in the order of the columns
}

// ChartColumn is a column of the table.
type ChartColumn struct {
	Title, Unit string
	Right       bool // numbers
}

// ChartFile is a file that is written beside the page.
type ChartFile struct {
	Path string // in the output
	Text string
}

// env gives a chart its language.
func (c *composer) env() chart.Env { return c.words.Chart }

// drawn makes a chart of a spec about a record, or about what the page is about,
// or nothing when it is refused: then check says why.
func (c *composer) drawn(kind string, spec chart.Spec, rec *model.Record, more []model.SourceRef, licence string) *Chart {
	return c.drawnAt(kind, spec, rec, more, licence, c.placeOf(rec))
}

// drawnAt is drawn with a function that says where in the project a part of the
// spec comes from.
func (c *composer) drawnAt(kind string, spec chart.Spec, rec *model.Record, more []model.SourceRef, licence string, place func(path string) diag.Span) *Chart {
	if c.words.Chart.Word == nil {
		return nil
	}
	env := c.env()
	env.Source = c.sourceLine(rec, more, licence)
	drawn, found := spec.Draw(env)
	if c.told(found, place) {
		return nil
	}
	out := &Chart{
		Anchor: drawn.ID, Kind: kind, Title: drawn.Title, Sub: drawn.Sub, Desc: drawn.Desc,
		Wide: template.HTML(drawn.Wide), Narrow: template.HTML(drawn.Narrow), // package chart escapes every text
		Options: string(drawn.Options), Small: string(drawn.OptionsNarrow), Licence: cmp.Or(licence, c.page.Report.Licence.Name),
	}
	if rec != nil {
		out.Grade, out.Refs = string(rec.Confidence), c.refs(slices.Concat(rec.Sources, more))
	}
	if out.Options != "" {
		c.page.Charts++
	}
	for _, k := range drawn.Key {
		out.Key = append(out.Key, ChartKey{template.HTML(k.Swatch), k.Text, k.Series})
	}
	for _, p := range drawn.Pins {
		out.Pins = append(out.Pins, ChartPin{p.Number, p.Kind.String(), p.Date, p.When, p.Text})
	}
	for _, n := range drawn.Notes {
		out.Notes = append(out.Notes, n.Text)
	}
	for _, col := range drawn.Table.Columns {
		out.Table.Columns = append(out.Table.Columns, ChartColumn{col.Title, col.Unit, col.Right})
	}
	for _, row := range drawn.Table.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = cell.Text
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	c.chartFiles(out, drawn)
	return out
}

// mostNamed is how many sources the source line of a picture names; the page
// has them all.
const mostNamed = 3

// sourceLine is the line that goes with a picture when it leaves the page: where
// the figures come from, and from which report, of which day and under which
// licence the picture is.
func (c *composer) sourceLine(rec *model.Record, more []model.SourceRef, licence string) string {
	var names []string
	left := 0
	if rec != nil {
		for _, ref := range slices.Concat(rec.Sources, more) {
			src := c.site.v.Source(ref.ID)
			switch {
			case src == nil:
			case len(names) < mostNamed:
				names = append(names, c.text(src.Title).Value)
			default:
				left++
			}
		}
	}
	list := strings.Join(names, c.word("list_semicolon", nil))
	if left > 0 {
		list = c.word("chart_source_more", map[string]any{"Names": list, "Count": left})
	}
	licence = cmp.Or(licence, c.page.Report.Licence.Name)
	day := ""
	if c.words.Chart.Date != nil {
		day = c.words.Chart.Date(c.page.Report.AsOf.From.Time, chart.Day)
	}
	return c.word("chart_source", map[string]any{"Names": list, "Report": c.page.Report.Title.Value, "AsOf": day, "Licence": licence})
}

// chartsPath is the folder of the files to download.
const chartsPath = "charts/"

// chartFiles adds the files that lie beside the page: charts/entities/x-measures.svg.
func (c *composer) chartFiles(out *Chart, drawn chart.Chart) {
	stem := strings.TrimSuffix(c.page.Path, ".html")
	path := chartsPath + stem + "-" + drawn.ID
	if len(drawn.Plain) > 0 {
		out.SVG = c.address(path+".svg", "")
		c.page.Files = append(c.page.Files, ChartFile{path + ".svg", string(drawn.Plain)})
	}
	if len(drawn.Table.Rows) > 0 {
		out.CSV = c.address(path+".csv", "")
		c.page.Files = append(c.page.Files, ChartFile{path + ".csv", commaSeparated(drawn.Table)})
	}
}

// commaSeparated is the table of a chart as CSV (RFC 4180). An apostrophe stands
// before a text that a spreadsheet would take for a formula; numbers stay as
// they are.
func commaSeparated(t chart.Table) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	row := make([]string, len(t.Columns))
	write := func() { _ = w.Write(row) } // a strings.Builder does not fail
	for i, col := range t.Columns {
		row[i] = guarded(col.Title, false)
		if col.Unit != "" {
			row[i] = guarded(col.Title+" ("+col.Unit+")", false)
		}
	}
	write()
	for _, cells := range t.Rows {
		for i := range row {
			row[i] = ""
			if i < len(cells) {
				row[i] = guarded(cells[i].Value, t.Columns[i].Right)
			}
		}
		write()
	}
	w.Flush()
	return b.String()
}

func guarded(text string, number bool) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return text
	}
	if _, ok := model.ParseNumber(text); ok && number {
		return text
	}
	return "'" + text
}

// prices draw the series about an entity; those that hold a day, when one is
// given.
func (c *composer) prices(list []*model.Series, day model.Day) []*Chart {
	var out []*Chart
	for _, s := range list {
		if rightsOf(s) == chart.Closed {
			continue // its terms allow no picture
		}
		if n := len(s.Points); n < 2 || day != 0 && (day < s.Points[0].Date.Last() || day > s.Points[n-1].Date.Last()) {
			continue
		}
		var bench []model.SourceRef
		if b, ok := c.site.v.Item(s.Benchmark.ID).(*model.Series); ok {
			bench = b.Sources
		}
		if drawn := c.drawn("price", c.priceSpec("series-"+s.ID, s), &s.Record, bench, c.term(s.Licence).Value); drawn != nil {
			drawn.Remark = c.html(s, s.Note, 4)
			out = append(out, drawn)
		}
	}
	return out
}

// holdings draw who holds an entity, and what it holds.
func (c *composer) holdings(e *model.Entity) *Chart {
	spec, links := c.ownershipSpec("ownership", e)
	if len(links) < 2 || len(spec.Nodes) > 60 {
		return nil
	}
	var list []basisOf
	for _, l := range links {
		list = append(list, basisOf{&l.Record, nil})
	}
	return c.drawn("ownership", spec, resting(list), nil, "")
}
