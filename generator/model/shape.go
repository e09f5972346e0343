package model

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
)

// shape is what the tags of a struct say, worked out once.
type shape struct {
	order    []*shapeField // those of embedded structs in their place
	fields   map[string]*shapeField
	names    []string
	required []string
	at       []int // index of the field At, nil when there is none
	ref      []int // index of an embedded Ref, nil when there is none
}

type shapeField struct {
	name  string
	index []int
	typ   reflect.Type
	refs  []string // folders of the kinds that a reference may lead to
	term  bool     // a text that terms translate
}

// fieldTag is what the tags of a struct field say.
type fieldTag struct {
	name     string
	required bool
	refs     []string
	term     bool
}

func tagOf(f reflect.StructField) (fieldTag, bool) {
	tag, ok := f.Tag.Lookup("field")
	if !ok {
		return fieldTag{}, false
	}
	name, opts, _ := strings.Cut(tag, ",")
	t := fieldTag{name: name, required: opts == "required", term: f.Tag.Get("term") != ""}
	if r := f.Tag.Get("ref"); r != "" {
		t.refs = strings.Split(r, ",")
	}
	return t, true
}

// shapeOf is the shape of a struct that occurs in records.
func shapeOf(t reflect.Type) *shape {
	sh, ok := shapes()[t]
	if !ok {
		panic("model: no shape of " + t.String())
	}
	return sh
}

// shapes are those of all structs in records and settings. They follow from
// the types alone and never change.
var shapes = sync.OnceValue(func() map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	for _, t := range []reflect.Type{
		reflect.TypeFor[Settings](), reflect.TypeFor[SeriesPoint](), reflect.TypeFor[nameForm](), reflect.TypeFor[ruleForm](), reflect.TypeFor[securityForm](),
	} {
		addShape(all, t)
	}
	for _, k := range chartKinds {
		addShape(all, reflect.TypeOf(k.make()).Elem())
	}
	for _, kind := range Kinds() {
		addShape(all, reflect.TypeOf(newItem(kind)).Elem())
	}
	return all
})

func addShape(all map[reflect.Type]*shape, t reflect.Type) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || all[t] != nil {
		return
	}
	sh := &shape{fields: map[string]*shapeField{}}
	all[t] = sh
	sh.collect(t, nil)
	// What records of this kind alone have is named first.
	slices.SortStableFunc(sh.names, func(a, b string) int { return len(sh.fields[a].index) - len(sh.fields[b].index) })
	for _, f := range sh.order {
		addShape(all, f.typ)
	}
}

func (sh *shape) collect(t reflect.Type, index []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(slices.Clone(index), i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			if f.Type == reflect.TypeFor[Ref]() {
				sh.ref = at
			}
			sh.collect(f.Type, at)
			continue
		}
		if f.Name == "At" && f.Type == reflect.TypeFor[diag.Span]() && sh.at == nil {
			sh.at = at
		}
		tag, ok := tagOf(f)
		if !ok {
			continue
		}
		sf := &shapeField{name: tag.name, index: at, typ: f.Type, refs: tag.refs, term: tag.term}
		sh.order = append(sh.order, sf)
		sh.fields[tag.name] = sf
		sh.names = append(sh.names, tag.name)
		if tag.required {
			sh.required = append(sh.required, tag.name)
		}
	}
}
