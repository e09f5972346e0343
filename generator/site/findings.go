package site

import (
	"slices"
	"strconv"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
)

// most is the number of findings of one code that are kept. A theme with one
// mistake can fail on every page of a large site.
const most = 50

// findings collects diagnostics from several goroutines, one for each place.
type findings struct {
	mu     sync.Mutex
	list   []diag.Diagnostic
	seen   map[string]bool
	counts map[string]int
	errors int
}

func (f *findings) add(d diag.Diagnostic) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := d.Code + "\x00" + d.Span.String() + "\x00" + d.Path
	if d.Span.IsZero() || d.Span.File.Text() == nil || d.Severity != diag.Error {
		key += "\x00" + d.Message
	}
	if f.seen[key] {
		return
	}
	if f.seen == nil {
		f.seen, f.counts = map[string]bool{}, map[string]int{}
	}
	f.seen[key] = true
	if d.Severity == diag.Error {
		f.errors++
	}
	if f.counts[d.Code]++; f.counts[d.Code] <= most {
		f.list = append(f.list, d)
	}
}

func (f *findings) take(g *findings) {
	for _, d := range g.list {
		f.add(d)
	}
}

func (f *findings) sorted() []diag.Diagnostic {
	f.mu.Lock()
	defer f.mu.Unlock()
	return diag.Sort(slices.Clone(f.list))
}

func quote(s string) string { return strconv.Quote(s) }
