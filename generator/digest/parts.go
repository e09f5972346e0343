package digest

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"time"
)

func (p *Plans) pointer(t reflect.Type, made map[reflect.Type]*plan) (encoder, error) {
	encode, err := p.inner(t.Elem(), made)
	if !slices.Contains(p.Shared, t) {
		return func(h *Hasher, v reflect.Value) {
			h.flag(!v.IsNil())
			if !v.IsNil() && !h.full() {
				encode(h, v.Elem())
			}
		}, err
	}
	return func(h *Hasher, v reflect.Value) {
		h.flag(!v.IsNil())
		if v.IsNil() {
			return
		}
		sum, ok := h.shared[v.Interface()]
		if !ok {
			start := len(h.buf)
			encode(h, v.Elem())
			sum = sha256.Sum256(h.buf[start:])
			h.buf = h.buf[:start]
			h.shared[v.Interface()] = sum
		}
		h.buf = append(h.buf, sum[:]...)
	}, err
}

func (p *Plans) list(t reflect.Type, made map[reflect.Type]*plan) (encoder, error) {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return func(h *Hasher, v reflect.Value) {
			h.number(uint64(v.Len()))
			h.buf = append(h.buf, v.Bytes()...)
		}, nil
	}
	encode, err := p.inner(t.Elem(), made)
	return func(h *Hasher, v reflect.Value) {
		n := v.Len()
		h.number(uint64(n))
		for i := range n {
			if h.full() {
				return
			}
			encode(h, v.Index(i))
		}
	}, err
}

// table sorts a map by its keys, or by what they are encoded to.
func (p *Plans) table(t reflect.Type, made map[reflect.Type]*plan) (encoder, error) {
	if t == reflect.TypeFor[map[string]any]() {
		return dictionary, nil
	}
	key, err := p.inner(t.Key(), made)
	if err != nil {
		return nil, err
	}
	value, err := p.inner(t.Elem(), made)
	return func(h *Hasher, v reflect.Value) {
		type entry struct {
			key   string
			value reflect.Value
		}
		var entries []entry
		start := len(h.buf)
		for iter := v.MapRange(); iter.Next(); {
			key(h, iter.Key())
			entries = append(entries, entry{string(h.buf[start:]), iter.Value()})
			h.buf = h.buf[:start]
		}
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
		h.number(uint64(len(entries)))
		for _, e := range entries {
			if h.full() {
				return
			}
			h.buf = append(h.buf, e.key...)
			value(h, e.value)
		}
	}, err
}

// dictionary writes the map that templates make most often.
func dictionary(h *Hasher, v reflect.Value) {
	m := v.Interface().(map[string]any)
	h.number(uint64(len(m)))
	if h.limit > 0 && len(m) > h.limit {
		h.err = ErrLarge
		return
	}
	start := len(h.keys) // a dictionary in this one comes after
	for k := range m {
		h.keys = append(h.keys, k)
	}
	end := len(h.keys)
	slices.Sort(h.keys[start:end])
	for i := start; i < end && !h.full(); i++ {
		h.text(h.keys[i])
		h.dynamic(reflect.ValueOf(m[h.keys[i]]))
	}
	h.keys = h.keys[:start]
}

// record encodes a structure. Most are empty on most pages, which is one byte
// where Go can tell without looking at every field.
func (p *Plans) record(t reflect.Type, made map[reflect.Type]*plan) (encoder, error) {
	type part struct {
		field  int
		encode encoder
	}
	var parts []part
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case slices.Contains(p.Skip, f.Type):
			continue
		case !f.IsExported() && !p.Hidden:
			return nil, fmt.Errorf("%v has the unexported field %s", t, f.Name)
		}
		encode, err := p.inner(f.Type, made)
		if err != nil {
			return nil, fmt.Errorf("%v.%s: %w", t, f.Name, err)
		}
		parts = append(parts, part{i, encode})
	}
	short := t.Comparable() && pointerFree(t) && len(parts) == t.NumField()
	return func(h *Hasher, v reflect.Value) {
		if short {
			empty := v.IsZero()
			h.flag(!empty)
			if empty {
				return
			}
		}
		for _, p := range parts {
			if h.full() {
				return
			}
			p.encode(h, v.Field(p.field))
		}
	}, nil
}

// pointerFree reports whether values of a type that compare equal are equal in
// all they hold, and floats are left out for the sake of negative zero.
func pointerFree(t reflect.Type) bool {
	if t == reflect.TypeFor[time.Time]() {
		return true
	}
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			if !pointerFree(t.Field(i).Type) {
				return false
			}
		}
		return true
	case reflect.Array:
		return pointerFree(t.Elem())
	case reflect.Float32, reflect.Float64, reflect.Pointer, reflect.Interface:
		return false
	}
	return true
}

// typeName is the name of a type with the path of its package.
func typeName(t reflect.Type) string {
	if t.Name() != "" && t.PkgPath() != "" {
		return t.PkgPath() + "." + t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + typeName(t.Elem())
	case reflect.Slice:
		return "[]" + typeName(t.Elem())
	case reflect.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), typeName(t.Elem()))
	case reflect.Map:
		return "map[" + typeName(t.Key()) + "]" + typeName(t.Elem())
	}
	return t.String()
}
