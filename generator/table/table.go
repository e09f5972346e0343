// Package table makes the data of a report as tables: CSV for spreadsheets,
// JSON for programs, and a dictionary of every column as a Data Package
// (https://datapackage.org, version 2).
//
// It takes a View, so a table holds only what its reader may see. A reference
// to a record that is not in the view stays as the bare id. Nothing is padded,
// copied or filled in: a date stands as it was written, in a column of its own,
// and an empty cell means that the report does not say.
//
// Rows are written one by one, so memory does not follow the size of a table.
// The same view gives the same bytes.
package table

import (
	"iter"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// Folder is where all tables lie in the output.
const Folder = "data"

// Type is what the cells of a column hold.
type Type string

// The types of columns. In CSV every type but Number, Integer, Boolean and Date
// is guarded against spreadsheet formulas; see Guard.
const (
	ID       Type = "id"       // of a record: of this table, or of those in Column.Refs
	Date     Type = "date"     // ISO 8601 prefix as written: 2022, 2022-05, ~2022-05-04, 2022-05/2022-06
	Number   Type = "number"   // decimal, as exact as its source
	Integer  Type = "integer"  // whole number
	Boolean  Type = "boolean"  // true or false
	Text     Type = "text"     // plain text
	Markdown Type = "markdown" // text in Markdown, with citations [@source] and records [[id]]
	Code     Type = "code"     // a word of a fixed list, or of a standard
	URL      Type = "url"      // http or https address
	List     Type = "list"     // ids or codes; in CSV separated by semicolons, which none of them holds
	Texts    Type = "texts"    // list of texts; in CSV a JSON array, because a text may hold any separator
)

// Column describes a column.
type Column struct {
	Name   string
	Doc    string // what it holds: a phrase in lower case, without a full stop
	Type   Type
	Unit   string   // of a number: "percent", "bytes"; empty when there is none, or another column gives it
	Refs   []string // tables whose records the ids name
	Values []string // the words that the codes may be, when they are few
	Lang   string   // BCP 47 tag of the texts
	Key    bool     // the column is part of the primary key, and never empty
}

// Stem is the name without the language that it ends in: title of title_en.
func (c Column) Stem() string {
	if c.Lang == "" {
		return c.Name
	}
	return strings.TrimSuffix(c.Name, suffix(c.Lang))
}

// suffix is what names of columns end in for a language.
func suffix(tag string) string { return "_" + strings.ReplaceAll(strings.ToLower(tag), "-", "_") }

// Guarded reports whether the cells of the column are guarded in CSV.
func (c Column) Guarded() bool {
	switch c.Type {
	case Number, Integer, Boolean, Date:
		return false
	}
	return true
}

// Table is one table of a view.
type Table struct {
	Name    string // "measures"
	Path    string // of its files, without their extension: "data/measures", "data/entities/acme/measures"
	Title   string
	Doc     string // a sentence or two
	Columns []Column

	// Of are the kinds of records whose rows these are, or of whose ids and names
	// they tell; Texts are those of them whose texts in Markdown are among the
	// cells. As long as none of these changes, nor settings, days and terms, the
	// table is the same.
	Of, Texts []model.Kind

	rows     iter.Seq[[]Cell]
	column   func(i int) iter.Seq[Cell]
	count    func() int
	licences []licence // other than that of the report
	others   func(yield func(other) bool)
}

// Rows are the rows of the table, each as long as Columns. A row is only good
// until the next one.
func (t Table) Rows() iter.Seq[[]Cell] { return t.rows }

// Len is the number of rows.
func (t Table) Len() int { return t.count() }

// licence is one under which a table stands.
type licence struct{ name, url string }

// Set is all tables of a view. It must not be used by several goroutines at
// once.
type Set struct {
	v      *model.View
	first  string // the report's own language
	langs  []language
	sheets sheets
	tables []Table
	index  map[string]*concerning // by entity; made when it is first asked for
	sums   map[string]sum         // of the files that were written, by path
}

// sum is the size of a file and its fingerprint.
type sum struct {
	bytes int64
	hash  string
}

// language is one of the report, with what column names end in for it.
type language struct{ tag, suffix string }

// New makes the tables of a view.
func New(v *model.View) *Set {
	s := &Set{v: v, first: v.Settings.FirstLanguage(), sums: map[string]sum{}}
	for _, l := range v.Settings.Languages {
		tag := string(l)
		s.langs = append(s.langs, language{tag, suffix(tag)})
	}
	if len(s.langs) < 2 {
		s.langs = []language{{tag: s.first}}
	}
	s.sheets = s.makeSheets()
	s.tables = s.all()
	return s
}

// Tables are all tables of the report, in the order of the dictionary. Those
// without rows are among them.
func (s *Set) Tables() []Table { return s.tables }

// Tables are those of New(v).Tables().
func Tables(v *model.View) []Table { return New(v).Tables() }

// ForEntity are those of New(v).ForEntity(id). Where there are many entities,
// make the Set once.
func ForEntity(v *model.View, id string) []Table { return New(v).ForEntity(id) }
