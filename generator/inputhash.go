package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// inputHash is the SHA-256 of the records and settings that a view holds. What
// the view leaves out does not touch it, nor do the places of records in their
// files, comments and the order of fields.
func inputHash(v *model.View) string {
	w := &viewWriter{view: v, seen: map[any]bool{}}
	for _, part := range []any{
		v.Settings, v.Date, v.AsOf, v.Past, v.Audience, v.Entities, v.Measures, v.Events, v.Programs, v.Sources,
		v.Links, v.Series, v.Figures, v.Studies, v.Files, v.Prose, v.Withdrawn, v.Terms(),
	} {
		w.value(reflect.ValueOf(part))
	}
	for _, p := range v.LeftOut { // only its title is shown
		w.value(reflect.ValueOf([]any{p.Path, p.Lang, p.Title}))
	}
	sum := sha256.Sum256(w.buf)
	return hex.EncodeToString(sum[:])
}

// viewWriter writes records so that different ones give different bytes.
type viewWriter struct {
	view *model.View
	seen map[any]bool // records that have been written, or are being written
	buf  []byte
}

func (w *viewWriter) text(s string) {
	w.buf = strconv.AppendInt(w.buf, int64(len(s)), 10)
	w.buf = append(w.buf, ':')
	w.buf = append(w.buf, s...)
}

func (w *viewWriter) value(v reflect.Value) {
	if !v.IsValid() {
		w.text("nil")
		return
	}
	switch v.Type() {
	case reflect.TypeFor[diag.Span]():
		return
	case reflect.TypeFor[model.Ref]():
		// A record that is not in the view has no name here.
		if id := v.Interface().(model.Ref).ID; w.view.Item(id) != nil {
			w.text(id)
		} else {
			w.text("")
		}
		return
	case reflect.TypeFor[model.Node]():
		node := v.Interface().(model.Node)
		text, err := json.Marshal(node.Plain())
		if err != nil {
			text = fmt.Append(nil, node.Plain())
		}
		w.text(string(text))
		return
	case reflect.TypeFor[model.Date](), reflect.TypeFor[model.Number]():
		w.text(fmt.Sprint(v.Interface()))
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if item, ok := v.Interface().(model.Item); ok && !v.IsNil() && w.met(item) {
			return
		}
		w.value(v.Elem())
	case reflect.Slice, reflect.Array:
		w.text(strconv.Itoa(v.Len()))
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Map:
		keys := map[string]any{}
		for iter := v.MapRange(); iter.Next(); {
			keys[fmt.Sprint(iter.Key().Interface())] = fmt.Sprint(iter.Value().Interface())
		}
		w.text(fmt.Sprint(keys)) // fmt sorts maps
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				w.text(f.Name)
				w.value(v.Field(i))
			}
		}
	default:
		w.text(fmt.Sprint(v.Interface()))
	}
}

// met writes nothing but the id of a record that stands elsewhere, and nothing
// at all of one that the view does not hold.
func (w *viewWriter) met(item model.Item) bool {
	id := item.Rec().ID
	if _, withdrawn := item.(*model.Tombstone); !withdrawn && w.view.Item(id) == nil {
		w.text("")
		return true
	}
	if w.seen[item] {
		w.text(id)
		return true
	}
	w.seen[item] = true
	return false
}
