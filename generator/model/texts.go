package model

import "reflect"

// MarkdownField is a text in Markdown inside a record, with its path.
type MarkdownField struct {
	Path string
	Text Markdown
}

// Markdowns lists the texts in Markdown that a record holds, in the order of
// its fields. Those of the statements and figures inside a source belong to
// these records, not to the source.
func Markdowns(item Item) []MarkdownField {
	var out []MarkdownField
	collectMarkdown(reflect.ValueOf(item).Elem(), "", &out)
	return out
}

func collectMarkdown(v reflect.Value, path string, out *[]MarkdownField) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			collectMarkdown(v.Elem(), path, out)
		}
	case reflect.Slice:
		if m, ok := v.Interface().(Markdown); ok {
			if !m.IsZero() {
				*out = append(*out, MarkdownField{path, m})
			}
			return
		}
		if e := v.Type().Elem(); e.Kind() != reflect.Struct && e.Kind() != reflect.Pointer || e == reflect.TypeFor[Translation]() {
			return
		}
		for i := range v.Len() {
			collectMarkdown(v.Index(i), index(path, i), out)
		}
	case reflect.Struct:
		for _, f := range shapeOf(v.Type()).order {
			switch f.typ {
			case reflect.TypeFor[[]*Statement](), reflect.TypeFor[[]*Figure](), reflect.TypeFor[*Node]():
			default:
				collectMarkdown(v.FieldByIndex(f.index), join(path, f.name), out)
			}
		}
	}
}
