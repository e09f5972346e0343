package model

import (
	"reflect"
	"slices"
)

// FieldDoc describes a field for "dossier help".
type FieldDoc struct {
	Name     string
	Required bool
	Doc      string
	Values   []string   // the words the field takes, when there are only some
	Refs     []string   // the folders of the records it may name
	Fields   []FieldDoc // of the mapping, or list of mappings, that it holds
	Common   bool       // every kind of record has it
}

// Fields describes the fields of a kind of record, those of its own first and
// then those that all records have.
func Fields(kind Kind) []FieldDoc {
	var item any = new(Statement)
	if kind != KindStatement {
		item = newItem(kind)
	}
	own := fieldDocs(reflect.TypeOf(item).Elem())
	slices.SortStableFunc(own, func(a, b FieldDoc) int { return b2i(a.Common) - b2i(b.Common) })
	return own
}

// SettingsFields describes the fields of dossier.yaml.
func SettingsFields() []FieldDoc { return fieldDocs(reflect.TypeFor[Settings]()) }

func fieldDocs(t reflect.Type) []FieldDoc {
	var out []FieldDoc
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			inner := fieldDocs(f.Type)
			for j := range inner {
				inner[j].Common = true
			}
			out = append(out, inner...)
			continue
		}
		tag, ok := tagOf(f)
		if !ok {
			continue
		}
		doc := FieldDoc{Name: tag.name, Required: tag.required, Doc: f.Tag.Get("doc"), Refs: tag.refs}
		inner := f.Type
		for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case inner == reflect.TypeFor[Node](), inner == reflect.TypeFor[Statement](), inner == reflect.TypeFor[Figure](), inner == reflect.TypeFor[Translation]():
		case inner.Kind() == reflect.Struct:
			doc.Fields = fieldDocs(inner)
		default:
			if e, ok := reflect.Zero(inner).Interface().(interface{ Values() []string }); ok {
				doc.Values = e.Values()
			}
		}
		out = append(out, doc)
	}
	return out
}
