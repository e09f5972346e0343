// Package digest gives plain data a hash: equal hashes mean equal values of
// equal types, down to the last field.
//
// Plain data are booleans, numbers, texts, times, and lists, maps, pointers
// and structures of them with exported fields only. What stands in an
// interface is told apart by its type. Functions and channels are refused, and
// structures with unexported fields unless they are asked for, for nobody can
// tell what is in them.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"
	"time"
)

// Sum is the hash of a value.
type Sum = [sha256.Size]byte

// ErrLarge says that a value takes more bytes than the Hasher was told to
// look at.
var ErrLarge = errors.New("the value is too large")

// Plans remember how values of each type are written. They are safe for
// several goroutines, and the zero value is ready.
type Plans struct {
	// Shared are types of pointers to what many values have in common. A
	// Hasher hashes what such a pointer leads to once; it must not change.
	Shared []reflect.Type

	// Skip are types of fields that count for nothing.
	Skip []reflect.Type

	// As are types whose values count for what a function makes of them. They must not
	// stand in unexported fields.
	As map[reflect.Type]func(any) any

	// Hidden says that unexported fields count too, instead of being refused.
	Hidden bool

	mu    sync.Mutex
	types map[reflect.Type]*plan
}

// plan is how values of a type are written.
type plan struct {
	encode encoder
	name   string // of the type, with its package
	err    error  // why there is no way
}

// encoder appends a value of one type. What it appends tells where it ends, so
// that no two values of the type give the same bytes.
type encoder func(h *Hasher, v reflect.Value)

// Check says why values of a type have no hash, if they have none.
func (p *Plans) Check(t reflect.Type) error { return p.of(t).err }

// Hasher makes hashes, one at a time. Values of more than limit bytes are
// refused; 0 stands for no limit.
func (p *Plans) Hasher(limit int) *Hasher {
	return &Hasher{plans: p, limit: limit, known: map[reflect.Type]*plan{}, shared: map[any]Sum{}}
}

// Hasher makes the hashes of values. It is not for several goroutines at once.
type Hasher struct {
	plans  *Plans
	limit  int
	buf    []byte
	err    error
	keys   []string
	known  map[reflect.Type]*plan
	shared map[any]Sum
}

// mostKept is how many bytes are kept between two values.
const mostKept = 1 << 20

// Sum is the hash of some values, one after the other, each with its type.
// The label keeps the hashes of different uses apart.
func (h *Hasher) Sum(label string, values ...any) (Sum, error) {
	if cap(h.buf) > mostKept {
		h.buf = nil
	}
	h.buf, h.err = h.buf[:0], nil
	h.text(label)
	for _, v := range values {
		h.dynamic(reflect.ValueOf(v))
		if h.err != nil {
			return Sum{}, h.err
		}
	}
	return sha256.Sum256(h.buf), h.err
}

// Size is the number of bytes that the values of the last Sum took.
func (h *Hasher) Size() int { return len(h.buf) }

// dynamic writes a value with its type.
func (h *Hasher) dynamic(v reflect.Value) {
	if !v.IsValid() {
		h.text("")
		return
	}
	t := v.Type()
	p := h.known[t]
	if p == nil {
		p = h.plans.of(t)
		h.known[t] = p
	}
	if p.err != nil {
		h.err = p.err
		return
	}
	h.text(p.name)
	p.encode(h, v)
}

// full reports whether there is nothing left to be done.
func (h *Hasher) full() bool {
	if h.err == nil && h.limit > 0 && len(h.buf) > h.limit {
		h.err = ErrLarge
	}
	return h.err != nil
}

func (h *Hasher) number(n uint64) { h.buf = binary.AppendUvarint(h.buf, n) }

func (h *Hasher) text(s string) {
	if h.limit > 0 && len(h.buf)+len(s) > h.limit {
		h.err = ErrLarge
		return
	}
	h.number(uint64(len(s)))
	h.buf = append(h.buf, s...)
}

func (h *Hasher) flag(b bool) {
	if b {
		h.buf = append(h.buf, 1)
	} else {
		h.buf = append(h.buf, 0)
	}
}

func (p *Plans) of(t reflect.Type) *plan {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.types == nil {
		p.types = map[reflect.Type]*plan{}
	}
	made := map[reflect.Type]*plan{}
	out := p.plan(t, made)
	for t, x := range made {
		p.types[t] = x
	}
	return out
}

// plan makes the plans of a type and of all in it. While it is at work, made
// holds those that may not be complete.
func (p *Plans) plan(t reflect.Type, made map[reflect.Type]*plan) *plan {
	if x := p.types[t]; x != nil {
		return x
	}
	if x := made[t]; x != nil {
		return x // a type that holds itself finds its encoder once that is made
	}
	x := &plan{name: typeName(t)}
	made[t] = x
	x.encode, x.err = p.encoder(t, made)
	return x
}

// inner is the encoder of a part.
func (p *Plans) inner(t reflect.Type, made map[reflect.Type]*plan) (encoder, error) {
	x := p.plan(t, made)
	if x.encode == nil && x.err == nil {
		return func(h *Hasher, v reflect.Value) {
			if x.err != nil {
				h.err = x.err
				return
			}
			x.encode(h, v)
		}, nil
	}
	return x.encode, x.err
}

func (p *Plans) encoder(t reflect.Type, made map[reflect.Type]*plan) (encoder, error) {
	if as := p.As[t]; as != nil {
		return func(h *Hasher, v reflect.Value) { h.dynamic(reflect.ValueOf(as(v.Interface()))) }, nil
	}
	if t == reflect.TypeFor[time.Time]() {
		return func(h *Hasher, v reflect.Value) {
			at := v.Interface().(time.Time)
			h.number(uint64(at.Unix()))
			h.number(uint64(at.Nanosecond()))
			h.text(at.Location().String())
		}, nil
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(h *Hasher, v reflect.Value) { h.flag(v.Bool()) }, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(h *Hasher, v reflect.Value) { h.buf = binary.AppendVarint(h.buf, v.Int()) }, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(h *Hasher, v reflect.Value) { h.number(v.Uint()) }, nil
	case reflect.Float32, reflect.Float64:
		return func(h *Hasher, v reflect.Value) { h.number(math.Float64bits(v.Float())) }, nil
	case reflect.String:
		return func(h *Hasher, v reflect.Value) { h.text(v.String()) }, nil
	case reflect.Interface:
		return func(h *Hasher, v reflect.Value) { h.dynamic(v.Elem()) }, nil
	case reflect.Pointer:
		return p.pointer(t, made)
	case reflect.Slice, reflect.Array:
		return p.list(t, made)
	case reflect.Map:
		return p.table(t, made)
	case reflect.Struct:
		return p.record(t, made)
	}
	return nil, fmt.Errorf("%v is no plain data", t)
}
