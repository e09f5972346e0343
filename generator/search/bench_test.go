package search

import (
	"iter"
	"slices"
	"testing"

	"github.com/dossier-report/dossier/generator/page"
)

// BenchmarkIndex makes the index of a report with 2,000 entities, whose pages
// are at hand.
func BenchmarkIndex(b *testing.B) {
	var pages iter.Seq[*page.Page] = slices.Values(slices.Collect(largePages(2000)))
	b.ReportAllocs()
	for b.Loop() {
		c := NewCollector(Options{}, func(string, []byte) error { return nil })
		for range c.Watch(pages) {
		}
		if err := c.Finish(); err != nil {
			b.Fatal(err)
		}
	}
}
