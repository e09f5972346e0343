package table

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/model"
)

// sheet is a table without rows: columns, and how to fill them from a T.
type sheet[T any] struct {
	set     *Set
	name    string
	title   string
	doc     string
	docs    map[string]model.FieldDoc
	columns []Column
	cells   []func(T) Cell
	texts   []textField[T]
}

// textField is a text that may be in several languages.
type textField[T any] struct {
	name string
	get  func(T) model.Text
}

// other is a text in a language that is none of the report's.
type other struct {
	table, record, part string // part is the number of a row that is part of a record
	column              string
	model.Translation
}

// newSheet begins a table. Columns that have the name of a field of the kind,
// or of the field in it that the path leads to, are described as it is.
func newSheet[T any](s *Set, name, title, doc string, kind model.Kind, path ...string) *sheet[T] {
	fields := model.Fields(kind)
	for _, step := range path {
		i := slices.IndexFunc(fields, func(f model.FieldDoc) bool { return f.Name == step })
		fields = fields[i].Fields
	}
	t := &sheet[T]{set: s, name: name, title: title, doc: doc, docs: map[string]model.FieldDoc{}}
	for _, f := range fields {
		t.docs[f.Name] = f
	}
	return t
}

// column adds a column. What it does not say is taken from the field.
func (t *sheet[T]) column(c Column, get func(T) Cell) {
	field := t.docs[c.Name]
	if c.Doc == "" {
		c.Doc = field.Doc
	}
	if c.Values == nil && c.Type == Code {
		c.Values = field.Values
	}
	t.columns = append(t.columns, c)
	t.cells = append(t.cells, get)
}

// key adds an id that is part of the primary key.
func (t *sheet[T]) key(name, doc string, get func(T) string, refs ...string) {
	t.column(Column{Name: name, Doc: doc, Type: ID, Refs: refs, Key: true}, func(x T) Cell { return textCell(get(x)) })
}

// number adds the place of a row within its record, which counts from 1.
func (t *sheet[T]) number(doc string, get func(T) int) {
	t.column(Column{Name: "number", Doc: doc, Type: Integer, Key: true}, func(x T) Cell { return intCell(int64(get(x))) })
}

func (t *sheet[T]) ref(name, doc string, get func(T) model.Ref, refs ...string) {
	t.column(Column{Name: name, Doc: doc, Type: ID, Refs: refs}, func(x T) Cell { return textCell(get(x).ID) })
}

func (t *sheet[T]) refs(name, doc string, get func(T) []model.Ref, refs ...string) {
	t.column(Column{Name: name, Doc: doc, Type: List, Refs: refs}, func(x T) Cell {
		var ids []string
		for _, r := range get(x) {
			if r.ID != "" && !slices.Contains(ids, r.ID) {
				ids = append(ids, r.ID)
			}
		}
		return listCell(ids)
	})
}

func (t *sheet[T]) sources(get func(T) []model.SourceRef) {
	t.refs("sources", "", func(x T) []model.Ref {
		var out []model.Ref
		for _, r := range get(x) {
			out = append(out, r.Ref)
		}
		return out
	}, "sources")
}

func (t *sheet[T]) date(name, doc string, get func(T) model.Date) {
	t.column(Column{Name: name, Doc: doc, Type: Date}, func(x T) Cell { return textCell(get(x).String()) })
}

// amount adds a number and what it stands for, in a column of its own, so that
// the number stays a number.
func (t *sheet[T]) amount(name, doc, unit string, get func(T) model.Number) {
	t.column(Column{Name: name, Doc: doc, Type: Number, Unit: unit}, func(x T) Cell { return numberCell(get(x)) })
	t.column(Column{
		Name: name + "_bound", Doc: "what " + name + " stands for, when it is not exact", Type: Code, Values: []string{"about", "at_least", "at_most"},
	}, func(x T) Cell { return textCell(bound(get(x))) })
}

func (t *sheet[T]) plain(name, doc string, get func(T) string) { t.typed(Text, name, doc, get) }
func (t *sheet[T]) url(name, doc string, get func(T) model.URL) {
	t.typed(URL, name, doc, func(x T) string { return string(get(x)) })
}

// code adds a word of a list; without values that of the field, if it has one.
func (t *sheet[T]) code(name, doc string, get func(T) string, values ...string) {
	t.column(Column{Name: name, Doc: doc, Type: Code, Values: values}, func(x T) Cell { return textCell(get(x)) })
}

func (t *sheet[T]) typed(typ Type, name, doc string, get func(T) string) {
	t.column(Column{Name: name, Doc: doc, Type: typ}, func(x T) Cell { return textCell(get(x)) })
}

func (t *sheet[T]) codes(name, doc string, get func(T) []string) {
	t.column(Column{Name: name, Doc: doc, Type: List}, func(x T) Cell { return listCell(get(x)) })
}

func (t *sheet[T]) list(name, doc string, get func(T) []string) {
	t.column(Column{Name: name, Doc: doc, Type: Texts}, func(x T) Cell { return textsCell(get(x)) })
}

func (t *sheet[T]) flag(name, doc string, get func(T) bool) {
	t.column(Column{Name: name, Doc: doc, Type: Boolean}, func(x T) Cell { return boolCell(get(x)) })
}

// text adds a text: one column, or one for each language when the report has
// several. A column holds what is in its language and nothing else.
func (t *sheet[T]) text(name, doc string, get func(T) model.Text) { t.spoken(Text, name, doc, get) }

func (t *sheet[T]) markdown(name, doc string, get func(T) model.Markdown) {
	t.spoken(Markdown, name, doc, func(x T) model.Text { return model.Text(get(x)) })
}

func (t *sheet[T]) spoken(typ Type, name, doc string, get func(T) model.Text) {
	if doc == "" {
		doc = t.docs[name].Doc
	}
	for _, l := range t.set.langs {
		c := Column{Name: name + l.suffix, Doc: doc, Type: typ, Lang: l.tag}
		t.column(c, func(x T) Cell { return textCell(t.set.in(get(x), l.tag)) })
	}
	t.texts = append(t.texts, textField[T]{name, get})
}

// in is a text in a language; empty when there is none.
func (s *Set) in(text model.Text, lang string) string {
	for _, t := range text {
		if t.Lang == lang || t.Lang == "" && lang == s.first {
			return t.Value
		}
	}
	return ""
}

// speaks reports whether a language is one of the report's.
func (s *Set) speaks(lang string) bool {
	return lang == "" || slices.ContainsFunc(s.langs, func(l language) bool { return l.tag == lang })
}

// of is the table of some Ts, in their order.
func (t *sheet[T]) of(path string, items iter.Seq[T]) Table {
	return Table{
		Name: t.name, Path: path + "/" + t.name, Title: t.title, Doc: t.doc, Columns: t.columns,
		rows: func(yield func([]Cell) bool) {
			row := make([]Cell, len(t.cells))
			for x := range items {
				for i, get := range t.cells {
					row[i] = get(x)
				}
				if !yield(row) {
					return
				}
			}
		},
		column: func(i int) iter.Seq[Cell] {
			return func(yield func(Cell) bool) {
				for x := range items {
					if !yield(t.cells[i](x)) {
						return
					}
				}
			}
		},
		count: sync.OnceValue(func() int {
			n := 0
			for range items {
				n++
			}
			return n
		}),
		others: func(yield func(other) bool) { t.others(items, yield) },
	}
}

// others tells of the texts in languages that are none of the report's.
func (t *sheet[T]) others(items iter.Seq[T], yield func(other) bool) {
	for x := range items {
		for _, f := range t.texts {
			for _, tr := range f.get(x) {
				if t.set.speaks(tr.Lang) {
					continue
				}
				o := other{table: t.name, column: f.name, Translation: tr}
				o.record, o.part = t.keys(x)
				if !yield(o) {
					return
				}
			}
		}
	}
}

// keys is the primary key of a row: the id of its record, and its number.
func (t *sheet[T]) keys(x T) (record, part string) {
	for i, c := range t.columns {
		switch {
		case !c.Key:
		case c.Type == Integer:
			part = t.cells[i](x).String()
		case record == "":
			record = t.cells[i](x).String()
		}
	}
	return record, part
}

// common adds what all records have.
func common[T model.Item](t *sheet[T]) {
	t.code("confidence", "what the record rests on: primary (the document itself was seen), secondary or unverified", func(x T) string { return string(x.Rec().Confidence) })
	t.sources(func(x T) []model.SourceRef { return x.Rec().Sources })
	t.markdown("note", "", func(x T) model.Markdown { return x.Rec().Note })
	t.date("known", "the day on which the content became public, when the record states it", func(x T) model.Date { return x.Rec().Known })
	t.codes("former_ids", "ids that the record had before", func(x T) []string { return x.Rec().FormerIDs })
}

// id adds the id of a record.
func id[T model.Item](t *sheet[T]) {
	t.key("id", "names the record in all tables, and never changes", func(x T) string { return x.Rec().ID })
}

// part is one of the parts of a record, by its place in a list.
type part[R, P any] struct {
	of     R
	number int // from 1
	P      P
}

// parts are those of all records, one after the other.
func parts[R, P any](records []R, of func(R) []P) iter.Seq[part[R, P]] {
	return func(yield func(part[R, P]) bool) {
		for _, r := range records {
			for i, p := range of(r) {
				if !yield(part[R, P]{r, i + 1, p}) {
					return
				}
			}
		}
	}
}

// words puts conversions of named strings where plain ones are wanted.
func words[S ~string](list []S) []string {
	var out []string
	for _, s := range list {
		out = append(out, strings.TrimSpace(string(s)))
	}
	return out
}
