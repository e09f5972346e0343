package generator

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// digester gives a page description a hash: equal hashes mean equal
// descriptions. It is not for several goroutines at once.
type digester struct {
	encode encoder
	buf    []byte

	// A page shares its report with many others, so that is hashed once.
	reports map[*page.Report][sha256.Size]byte
}

// encoder appends a value of one type. What it appends tells where it ends, so
// that no two values of the type give the same bytes.
type encoder func(d *digester, v reflect.Value)

// newDigester fails when a description holds what is no plain data.
func newDigester() (*digester, error) {
	plans := planner{}
	encode, err := plans.of(reflect.TypeFor[page.Page]())
	return &digester{encode: encode, reports: map[*page.Report][sha256.Size]byte{}}, err
}

// page is the hash of a description.
func (d *digester) page(p *page.Page) [sha256.Size]byte {
	d.buf = d.buf[:0]
	d.encode(d, reflect.ValueOf(p).Elem())
	return sha256.Sum256(d.buf)
}

// planner makes encoders, one for each type.
type planner map[reflect.Type]*encoder

func (p planner) of(t reflect.Type) (encoder, error) {
	if e := p[t]; e != nil {
		// A type that holds itself finds its encoder once that is made.
		return func(d *digester, v reflect.Value) { (*e)(d, v) }, nil
	}
	slot := new(encoder)
	p[t] = slot
	e, err := p.make(t)
	*slot = e
	return e, err
}

func (p planner) make(t reflect.Type) (encoder, error) {
	switch t {
	case reflect.TypeFor[time.Time]():
		return func(d *digester, v reflect.Value) {
			at := v.Interface().(time.Time)
			d.number(uint64(at.Unix()))
			d.number(uint64(at.Nanosecond()))
			d.text(at.Location().String())
		}, nil
	case reflect.TypeFor[*page.Report]():
		return p.report()
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(d *digester, v reflect.Value) { d.flag(v.Bool()) }, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(d *digester, v reflect.Value) { d.buf = binary.AppendVarint(d.buf, v.Int()) }, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(d *digester, v reflect.Value) { d.number(v.Uint()) }, nil
	case reflect.Float32, reflect.Float64:
		return func(d *digester, v reflect.Value) { d.number(math.Float64bits(v.Float())) }, nil
	case reflect.String:
		return func(d *digester, v reflect.Value) { d.text(v.String()) }, nil
	case reflect.Pointer:
		return p.pointer(t)
	case reflect.Slice, reflect.Array:
		return p.list(t)
	case reflect.Map:
		return p.table(t)
	case reflect.Struct:
		return p.record(t)
	}
	return nil, fmt.Errorf("%v is no plain data", t)
}

func (p planner) report() (encoder, error) {
	encode, err := p.of(reflect.TypeFor[page.Report]())
	return func(d *digester, v reflect.Value) {
		r := v.Interface().(*page.Report)
		sum, ok := d.reports[r]
		if !ok && r != nil {
			start := len(d.buf)
			encode(d, v.Elem())
			sum = sha256.Sum256(d.buf[start:])
			d.buf = d.buf[:start]
			d.reports[r] = sum
		}
		d.buf = append(d.buf, sum[:]...)
	}, err
}

func (p planner) pointer(t reflect.Type) (encoder, error) {
	encode, err := p.of(t.Elem())
	return func(d *digester, v reflect.Value) {
		d.flag(!v.IsNil())
		if !v.IsNil() {
			encode(d, v.Elem())
		}
	}, err
}

func (p planner) list(t reflect.Type) (encoder, error) {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return func(d *digester, v reflect.Value) {
			d.number(uint64(v.Len()))
			d.buf = append(d.buf, v.Bytes()...)
		}, nil
	}
	encode, err := p.of(t.Elem())
	return func(d *digester, v reflect.Value) {
		n := v.Len()
		d.number(uint64(n))
		for i := range n {
			encode(d, v.Index(i))
		}
	}, err
}

// table sorts a map by what its keys are encoded to.
func (p planner) table(t reflect.Type) (encoder, error) {
	key, err := p.of(t.Key())
	if err != nil {
		return nil, err
	}
	value, err := p.of(t.Elem())
	return func(d *digester, v reflect.Value) {
		type entry struct {
			key   string
			value reflect.Value
		}
		var entries []entry
		start := len(d.buf)
		for iter := v.MapRange(); iter.Next(); {
			key(d, iter.Key())
			entries = append(entries, entry{string(d.buf[start:]), iter.Value()})
			d.buf = d.buf[:start]
		}
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
		d.number(uint64(len(entries)))
		for _, e := range entries {
			d.buf = append(d.buf, e.key...)
			value(d, e.value)
		}
	}, err
}

// record encodes a structure. Most are empty on most pages, which is one byte
// where Go can tell without looking at every field.
func (p planner) record(t reflect.Type) (encoder, error) {
	encoders := make([]encoder, t.NumField())
	for i := range encoders {
		f := t.Field(i)
		if !f.IsExported() {
			return nil, fmt.Errorf("%v has the unexported field %s", t, f.Name)
		}
		var err error
		if encoders[i], err = p.of(f.Type); err != nil {
			return nil, fmt.Errorf("%v.%s: %w", t, f.Name, err)
		}
	}
	short := t.Comparable() && pointerFree(t)
	return func(d *digester, v reflect.Value) {
		if short {
			empty := v.IsZero()
			d.flag(!empty)
			if empty {
				return
			}
		}
		for i, encode := range encoders {
			encode(d, v.Field(i))
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

func (d *digester) number(n uint64) { d.buf = binary.AppendUvarint(d.buf, n) }

func (d *digester) text(s string) {
	d.number(uint64(len(s)))
	d.buf = append(d.buf, s...)
}

func (d *digester) flag(b bool) {
	if b {
		d.buf = append(d.buf, 1)
	} else {
		d.buf = append(d.buf, 0)
	}
}
