package table

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

// large is a view of n entities, each with a measure, an event and a figure.
func large(b *testing.B, n int) *model.View {
	b.Helper()
	dir := b.TempDir()
	put := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	var entities, measures, events, figures strings.Builder
	figures.WriteString("entity,metric,date,value,unit,sources,confidence\n")
	for i := range n {
		fmt.Fprintf(&entities, "- {id: e%d, schema: Company, name: Company %d, aliases: [Other %d], country: cn, summary: 'Makes *things* [@doc].', sources: [doc], confidence: primary}\n", i, i, i)
		fmt.Fprintf(&measures, "- {id: m%d, title: Act %d, targets: [e%d], kind: listing, published: 2021-01-03, citations: [C], provisions: [{label: a, effective: 2021-02}], sources: [doc], confidence: primary}\n", i, i, i)
		fmt.Fprintf(&events, "- {id: v%d, title: Event %d, kind: report, certainty: reported, date: 2022-05, concerns: [e%d], sources: [doc], confidence: secondary}\n", i, i, i)
		fmt.Fprintf(&figures, "e%d,revenue,2022,%d.5,CNY,doc,primary\n", i, i)
	}
	put("dossier.yaml", "title: Large\n")
	put("data/sources/doc.yaml", "{title: Document, published: 2020, confidence: primary}")
	put("data/entities/all.yaml", entities.String())
	put("data/measures/all.yaml", measures.String())
	put("data/events/all.yaml", events.String())
	put("data/figures/all.csv", figures.String())
	in, found := load.Project(dir)
	report, more := model.Build(in)
	if n := diag.Tally(append(found, more...)).Errors; n > 0 {
		b.Fatalf("%d errors: %v", n, append(found, more...)[0])
	}
	v, err := report.View(model.ViewOptions{Date: day})
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// BenchmarkFiles writes everything about 10,000 entities. The heap that is held
// while it does so is what the tables add to the view.
func BenchmarkFiles(b *testing.B) {
	v := large(b, 10_000)
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	held := uint64(0)
	for b.Loop() {
		s := New(v)
		var n int64
		for _, w := range s.Files(nil) {
			c := &counter{w: io.Discard}
			if err := w(c); err != nil {
				b.Fatal(err)
			}
			n += c.n
		}
		for _, e := range v.Entities {
			for _, tb := range s.ForEntity(e.ID) {
				if err := tb.CSV(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&during)
		if during.HeapAlloc > before.HeapAlloc {
			held = max(held, during.HeapAlloc-before.HeapAlloc)
		}
		runtime.KeepAlive(s)
		b.SetBytes(n)
	}
	b.ReportMetric(float64(held)/1e6, "MB-held")
}
