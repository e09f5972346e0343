package site

import (
	"context"
	"html/template"
	"sync"
	"sync/atomic"

	"github.com/dossier-report/dossier/generator/digest"
)

// memo remembers what partials and translations have given for plain values,
// for all pages of one language. Templates are full of small things that stand
// on many pages (a date, a link, the name of a source), and what a template
// gives follows from what it gets; pure.go says for which partials that holds.
// What is remembered changes no byte, only how often it is made.
type memo struct {
	pure  map[string]bool // partials, by the name they are called by
	plans *digest.Plans
	idle  sync.Pool // of *digest.Hasher

	mu         sync.RWMutex
	young, old map[digest.Sum]any // a generation of results, and the one before
	size       int                // of young, in bytes

	tallies sync.Map // name -> *tally
}

const (
	// mostRead is the size in bytes up to which arguments are looked at.
	mostRead = 8 << 10

	// mostKept is the size in bytes of a generation of results.
	mostKept = 16 << 20

	// A function that gives fewer than one result in rare twice, among its last
	// calls as many as a probation has, is left alone for as many probations
	// as rest says. Pages come sorted by kind, so that may change.
	probation = 256
	rare      = 20
	rest      = 8
)

// tally counts calls of one function.
type tally struct {
	calls, hits atomic.Int64 // since the last probation began
	skip        atomic.Int64 // calls to come that are not looked at
}

// wanted says whether to look at a call.
func (t *tally) wanted() bool {
	if t.skip.Load() > 0 && t.skip.Add(-1) >= 0 {
		return false
	}
	if t.calls.Add(1) < probation {
		return true
	}
	t.calls.Store(0)
	if t.hits.Swap(0)*rare < probation {
		t.skip.Store(rest * probation)
	}
	return true
}

func newMemo(pure map[string]bool) *memo {
	m := &memo{pure: pure, plans: &digest.Plans{}, young: map[digest.Sum]any{}}
	m.idle.New = func() any { return m.plans.Hasher(mostRead) }
	return m
}

// include is a function of Hugo that gives the same for the same arguments.
type include func(ctx context.Context, name string, args ...any) (any, error)

// partial stands before the function of this name.
func (m *memo) partial(next include) include {
	return func(ctx context.Context, name string, args ...any) (any, error) {
		if !m.pure[name] {
			return next(ctx, name, args...)
		}
		return m.recall("partial "+name, args, func() (any, error) { return next(ctx, name, args...) })
	}
}

// translate stands before T and i18n.
func (m *memo) translate(next func(ctx context.Context, id any, args ...any) (string, error)) func(context.Context, any, ...any) (string, error) {
	return func(ctx context.Context, id any, args ...any) (string, error) {
		key, ok := id.(string)
		if !ok {
			return next(ctx, id, args...)
		}
		out, err := m.recall("T "+key, args, func() (any, error) { return next(ctx, id, args...) })
		s, _ := out.(string)
		return s, err
	}
}

// recall gives what make has given for the arguments before, or calls it.
func (m *memo) recall(label string, args []any, make func() (any, error)) (any, error) {
	t := m.tally(label)
	if !t.wanted() {
		return make()
	}
	h := m.idle.Get().(*digest.Hasher)
	sum, err := h.Sum(label, args...)
	m.idle.Put(h)
	if err != nil {
		return make()
	}
	m.mu.RLock()
	out, ok := m.young[sum]
	if !ok {
		out, ok = m.old[sum]
	}
	m.mu.RUnlock()
	if ok {
		t.hits.Add(1)
		return out, nil
	}
	if out, err = make(); err == nil {
		m.keep(sum, out)
	}
	return out, err
}

func (m *memo) tally(label string) *tally {
	if t, ok := m.tallies.Load(label); ok {
		return t.(*tally)
	}
	t, _ := m.tallies.LoadOrStore(label, new(tally))
	return t.(*tally)
}

// keep remembers a result that nobody can change.
func (m *memo) keep(sum digest.Sum, out any) {
	size := 100 // what it takes besides its text
	switch out := out.(type) {
	case template.HTML:
		size += len(out)
	case string:
		size += len(out)
	case bool, int, int64, float64:
	default:
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size += size; m.size > mostKept {
		m.old, m.young, m.size = m.young, map[digest.Sum]any{}, size
	}
	m.young[sum] = out
}
