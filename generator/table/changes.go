package table

import (
	"iter"
	"strconv"

	"github.com/dossier-report/dossier/generator/model"
)

// records are all records of the view that tables are made of, kind by kind,
// and those inside others.
func (s *Set) records() iter.Seq[model.Item] {
	return func(yield func(model.Item) bool) {
		_ = each(s.v.Entities, yield) && each(s.v.Measures, yield) && each(s.v.Events, yield) && each(s.v.Programs, yield) &&
			each(s.v.Sources, yield) && each(s.statements(), yield) && each(s.v.Links, yield) && each(s.v.Figures, yield) &&
			each(s.v.Series, yield) && each(s.v.Studies, yield) && each(s.v.Files, yield)
	}
}

func each[T model.Item](list []T, yield func(model.Item) bool) bool {
	for _, x := range list {
		if !yield(x) {
			return false
		}
	}
	return true
}

func (s *Set) statements() []*model.Statement {
	var out []*model.Statement
	for _, x := range s.v.Sources {
		out = append(out, x.Statements...)
	}
	return out
}

// reference is one use of a source by a record, or by a part of it.
type reference struct {
	table, record, part string
	number, row         int
	model.SourceRef
}

func (s *Set) referenceSheet() *sheet[reference] {
	t := newSheet[reference](s, "references", "References", "Where in their sources records rest on them, and the words of the sources. A source that is not in this edition has its id alone.", model.KindEntity)
	t.key("record", "what rests on the source", func(r reference) string { return r.record }, "entities", "measures", "events", "programs", "sources", "statements",
		"links", "figures", "series", "studies", "files")
	t.number("place among the references of the record", func(r reference) int { return r.row })
	t.code("table", "the table that holds the record", func(r reference) string { return r.table })
	t.code("part", "the table that holds the part of the record that rests on the source; empty for the whole record", func(r reference) string { return r.part },
		"suspensions", "amendments", "challenges", "legal_basis")
	t.column(Column{Name: "part_number", Doc: "number of the part in that table", Type: Integer}, func(r reference) Cell {
		if r.part == "" {
			return Cell{}
		}
		return intCell(int64(r.number))
	})
	t.ref("source", "the source", func(r reference) model.Ref { return r.Ref }, "sources")
	t.plain("at", "page, paragraph or row", func(r reference) string { return r.Locator })
	t.plain("quote", "the words of the source", func(r reference) string { return r.Quote })
	return t
}

func (s *Set) references() iter.Seq[reference] {
	return func(yield func(reference) bool) {
		for item := range s.records() {
			rec := item.Rec()
			row := 0
			put := func(part string, number int, refs []model.SourceRef) bool {
				for _, ref := range refs {
					if s.v.Source(ref.ID) == nil {
						// The words of a source that this reader may not see are part of it.
						ref.Locator, ref.Quote = "", ""
					}
					row++
					if !yield(reference{string(rec.Kind), rec.ID, part, number, row, ref}) {
						return false
					}
				}
				return true
			}
			if !put("", 0, rec.Sources) || !partReferences(item, put) {
				return
			}
		}
	}
}

func partReferences(item model.Item, put func(part string, number int, refs []model.SourceRef) bool) bool {
	switch x := item.(type) {
	case *model.Measure:
		for i, p := range x.Suspensions {
			if !put("suspensions", i+1, p.Sources) {
				return false
			}
		}
		for i, p := range x.Amendments {
			if !put("amendments", i+1, p.Sources) {
				return false
			}
		}
		for i, p := range x.Challenges {
			if !put("challenges", i+1, p.Sources) {
				return false
			}
		}
	case *model.Program:
		for i, p := range x.LegalBasis {
			if !put("legal_basis", i+1, p.Sources) {
				return false
			}
		}
	}
	return true
}

// change is a revision of a record.
type change struct {
	table, record string
	number        int
	model.Revision
}

func (s *Set) revisionSheet() *sheet[change] {
	t := newSheet[change](s, "revisions", "Changes", "What was changed after publication, and why. An update follows the world, a correction mends a mistake; of a withdrawn record nothing is left but its id.", model.KindEntity, "revisions")
	t.key("record", "what was changed: an id, or the path of a page of text", func(c change) string { return c.record })
	t.number("place among the changes of the record", func(c change) int { return c.number })
	t.column(Column{Name: "table", Doc: "the table that holds the record, or held it; content for a page of text", Type: Code, Key: true},
		func(c change) Cell { return textCell(c.table) })
	t.date("date", "", func(c change) model.Date { return c.Date })
	t.code("kind", "", func(c change) string { return string(c.Kind) })
	t.plain("field", "the field that changed, as records call it: items of lists count from 0", func(c change) string { return c.Field })
	t.plain("was", "its value before; a list or a mapping is JSON", func(c change) string { return nodeText(c.Was) })
	t.flag("withheld", "whether a correction withholds the value before", func(c change) bool { return c.Kind == model.Correction && c.Was == nil })
	t.text("reason", "", func(c change) model.Text { return c.Reason })
	return t
}

func (s *Set) changes() iter.Seq[change] {
	return func(yield func(change) bool) {
		put := func(table, record string, list []model.Revision) bool {
			for i, r := range list {
				if !yield(change{table, record, i + 1, r}) {
					return false
				}
			}
			return true
		}
		for item := range s.records() {
			rec := item.Rec()
			if !put(string(rec.Kind), rec.ID, rec.Revisions) {
				return
			}
		}
		for _, p := range s.v.Prose {
			path := p.Path
			if p.Lang != "" {
				path += "." + p.Lang
			}
			if !put(string(model.KindProse), path, p.Revisions) {
				return
			}
		}
		for _, t := range s.v.Withdrawn {
			if !put(string(t.Kind), t.ID, []model.Revision{t.Revision}) {
				return
			}
		}
	}
}

// nodeText is a value of a raw record: a single one as it is, others as JSON.
func nodeText(n *model.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind == model.Scalar {
		return n.Text
	}
	return string(appendNode(nil, n))
}

func appendNode(b []byte, n *model.Node) []byte {
	switch n.Kind {
	case model.Scalar:
		return appendString(b, n.Text)
	case model.List:
		b = append(b, '[')
		for i := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendNode(b, &n.Items[i])
		}
		return append(b, ']')
	case model.Map:
		b = append(b, '{')
		for i := range n.Fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, n.Fields[i].Name), ':')
			b = appendNode(b, &n.Fields[i].Value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func (s *Set) translationSheet() *sheet[translation] {
	t := newSheet[translation](s, "translations", "Other languages", "Texts in languages that are none of the report's: titles as they are printed, and the like.", model.KindEntity)
	t.key("record", "the record whose text it is", func(x translation) string { return x.record })
	t.number("place among these texts of the record", func(x translation) int { return x.number })
	t.code("table", "the table that holds the record, or its part", func(x translation) string { return x.table })
	t.column(Column{Name: "part_number", Doc: "number of the part in that table", Type: Integer}, func(x translation) Cell {
		n, err := strconv.ParseInt(x.part, 10, 64)
		if err != nil {
			return Cell{}
		}
		return intCell(n)
	})
	t.code("column", "the column that the text belongs to", func(x translation) string { return x.column })
	t.typed(Code, "lang", "language of the text (BCP 47)", func(x translation) string { return x.Lang })
	t.plain("text", "the text", func(x translation) string { return x.Value })
	return t
}

// translation is a text in another language, by its place among those of its
// record.
type translation struct {
	other
	number int
}

func (s *Set) translations(tables []Table) iter.Seq[translation] {
	return func(yield func(translation) bool) {
		counts := map[string]int{}
		for _, t := range tables {
			for o := range t.others {
				counts[o.record]++
				if !yield(translation{o, counts[o.record]}) {
					return
				}
			}
		}
	}
}
