package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/names"
)

// resolveRefs checks that every reference leads to a record of a kind that
// makes sense there, and replaces keys of programmes by ids.
func (b *builder) resolveRefs() {
	for _, e := range b.report.entries {
		b.report.resolve(e.refs, b.checkRef)
		for _, p := range e.past {
			b.report.resolve([]refUse{p.refUse}, b.checkRef)
		}
		setEnds(e.item)
	}
	b.out = append(b.out, Unchecked(b.open, "in fields")...)
}

// resolve sets the references of a record to the ids they lead to, and tells
// of each, before, what it leads to.
func (r *Report) resolve(refs []refUse, tell func(use refUse, target Item)) {
	for _, use := range refs {
		id := use.ref.ID
		if key, ok := r.keys[id]; ok && slices.Contains(use.kinds, string(KindProgram)) {
			id = key
		}
		target, ok := r.byID[id]
		if tell != nil {
			var item Item
			if ok {
				item = target.find(id)
			}
			tell(use, item)
		}
		switch {
		case ok:
			use.ref.ID = id
			if use.loose {
				*use.name = ""
			}
		case use.loose:
			use.ref.ID = "" // a printed name
		}
	}
}

// setEnds copies the ends of a link, once they are resolved, to where they
// stand whatever the schema.
func setEnds(item Item) {
	if l, ok := item.(*Link); ok {
		switch l.Schema {
		case Ownership:
			l.From, l.To = l.Owner, l.Asset
		case Directorship:
			l.From, l.To = l.Director, l.Organization
		case UnknownLink:
			l.From, l.To = l.Subject, l.Object
		}
	}
}

// checkRef reports a reference that leads nowhere, or to a record of a kind
// that makes no sense there.
func (b *builder) checkRef(use refUse, target Item) {
	switch {
	case target != nil:
		b.checkKind(use, target.Rec(), target)
	case use.loose && !looksLikeID(use.ref.ID):
	case b.report.Unread(use.kinds...) != nil:
		b.open[b.report.Unread(use.kinds...)]++
	default:
		a := b.nearest(use)
		if use.loose && len(a.related) == 0 {
			return // a name that is written like an id
		}
		b.add("unknown-id", use.ref.At, use.path, a.hint, "no %s %q", kindsWord(use.kinds), use.ref.ID).Related = a.related
	}
}

// looksLikeID reports a word that nobody would print as a name.
func looksLikeID(s string) bool { return len(s) >= 4 && names.ValidID(s) == nil }

// kindsWord names the kinds a reference may lead to: "entity, measure or event".
func kindsWord(kinds []string) string {
	var words []string
	for _, k := range kinds {
		words = append(words, Kind(k).Singular())
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// lostRef is an id that leads nowhere, with the kinds it was meant to lead to.
type lostRef struct{ id, kinds string }

type advice struct {
	hint    string
	related []diag.Related
}

// nearest is what is said of a reference that leads nowhere.
func (b *builder) nearest(use refUse) advice {
	key := lostRef{use.ref.ID, strings.Join(use.kinds, ",")}
	a, ok := b.lost[key]
	if !ok {
		a = b.report.nearest(use, len(b.lost) < 500) // so many are not slips of the pen
		b.lost[key] = a
	}
	return a
}

func (r *Report) nearest(use refUse, search bool) advice {
	if id, ok := r.former[use.ref.ID]; ok {
		return advice{fmt.Sprintf("it is called %q now", id), []diag.Related{{Span: r.byID[id].record(id).At}}}
	}
	best := ""
	if search {
		var ids []string
		for id, e := range r.byID {
			if slices.Contains(use.kinds, string(e.record(id).Kind)) {
				ids = append(ids, id)
			}
		}
		if slices.Contains(use.kinds, string(KindProgram)) {
			for key := range r.keys {
				ids = append(ids, key)
			}
		}
		best = diag.Nearest(use.ref.ID, ids)
	}
	if best == "" {
		folder := "data/" + use.kinds[0]
		if use.kinds[0] == string(KindStatement) {
			folder = "the statements of a source"
		}
		return advice{"make one in " + folder + ", or correct the id", nil}
	}
	id := best
	if key, ok := r.keys[best]; ok {
		id = key
	}
	return advice{`did you mean "` + best + `"?`, []diag.Related{{Span: r.byID[id].record(id).At}}}
}

// checkKind reports a reference to a record of another kind.
func (b *builder) checkKind(use refUse, rec *Record, item Item) {
	if slices.Contains(use.kinds, string(rec.Kind)) {
		return
	}
	related := []diag.Related{{Span: rec.At}}
	if ev, ok := item.(*Event); ok && ev.Certainty == Reported && slices.Contains(use.kinds, string(KindMeasure)) {
		b.add("plan-as-measure", use.ref.At, use.path, "refer to it where events are allowed, or say in a measure what was decided",
			"%q is a reported plan, not a measure", use.ref.ID).Related = related
		return
	}
	b.add("wrong-reference", use.ref.At, use.path, fmt.Sprintf("only an id of %s %s makes sense here", article(kindsWord(use.kinds)), kindsWord(use.kinds)),
		"%q is %s %s", use.ref.ID, article(rec.Kind.Singular()), rec.Kind.Singular()).Related = related
}

// References maps the id of every record that others name to the records that
// name it: in their fields, not in their texts. The item is nil where
// dossier.yaml names it.
func (r *Report) References() map[string][]Item {
	out := map[string][]Item{}
	for _, e := range r.entries {
		for _, use := range e.refs {
			if use.ref.ID != "" {
				out[use.ref.ID] = append(out[use.ref.ID], e.item)
			}
		}
	}
	return out
}

// eachRef calls a function with the id of every record that a record names in
// its fields.
func eachRef(item Item, named func(id string)) {
	walkRefs(reflect.ValueOf(item).Elem(), named)
}

func walkRefs(v reflect.Value, named func(id string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*Node]() {
			walkRefs(v.Elem(), named)
		}
	case reflect.Slice:
		if e := v.Type().Elem().Kind(); e == reflect.Struct || e == reflect.Pointer {
			for i := range v.Len() {
				walkRefs(v.Index(i), named)
			}
		}
	case reflect.Struct:
		if ref, ok := v.Addr().Interface().(*Ref); ok {
			if ref.ID != "" {
				named(ref.ID)
			}
			return
		}
		sh := shapeOf(v.Type())
		if sh.ref != nil {
			walkRefs(v.FieldByIndex(sh.ref), named)
		}
		for _, f := range sh.order {
			switch f.typ.Kind() {
			case reflect.Pointer, reflect.Slice, reflect.Struct:
				walkRefs(v.FieldByIndex(f.index), named)
			}
		}
	}
}
