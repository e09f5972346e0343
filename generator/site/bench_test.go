package site

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// discard is a Sink that keeps only the size of a page.
type discard struct{ size atomic.Int64 }

func (d *discard) Write(_ string, data []byte) error {
	d.size.Store(max(d.size.Load(), int64(len(data))))
	return nil
}

// long is a page of about 14 KB, as in the trials that this package follows.
func long(i int) *page.Page {
	p := entity(fmt.Sprintf("e%06d", i), fmt.Sprintf("Entity number %d", i))
	for k := range 20 {
		p.Entity.Names = append(p.Entity.Names, page.Name{Text: page.Text{Value: fmt.Sprintf("Name %d of %d", k, i)}})
	}
	for k := range 30 {
		p.Entity.Timeline = append(p.Entity.Timeline, page.TimelineItem{
			Title: page.Text{Value: fmt.Sprintf("amended listing %d of the council decision on shipping and trade", k)},
			Date:  page.Date{ISO: "2022-05-04", Datetime: "2022-05-04"},
		})
	}
	p.Entity.Summary.HTML = "<p>" + template200 + "</p>"
	return p
}

const template200 = "Asset freeze amended listing regulation council decision shipping trade bank holding energy export licence designation entry removed annex oil vessel network procurement dual use restriction authority"

var longTheme = tiny.with(main(`{{ $p := partial "page.html" . }}<h1>{{ $p.Entity.Name.Value }}</h1><table><tbody>{{ range $p.Entity.Names }}<tr><th scope="row">{{ .Value }}</th><td>{{ T "hello" }} {{ .Value }}</td></tr>{{ end }}</tbody></table>` +
	`{{ range seq 8 }}{{ $p.Entity.Summary.HTML }}{{ end }}<ol>{{ range $p.Entity.Timeline }}<li class="ev"><time datetime="{{ .Date.Datetime }}">{{ .Date.ISO }}</time> <strong>{{ .Title.Value }}</strong><p>` + strings.Repeat("context and more of it ", 10) + `</p></li>{{ end }}</ol>`))

func BenchmarkRender(b *testing.B) {
	for _, c := range []struct{ pages, batch int }{{1, 1000}, {1000, 1000}, {1000, 100}, {10000, 1000}, {10000, 10000}} {
		b.Run(fmt.Sprintf("%d pages in batches of %d", c.pages, c.batch), func(b *testing.B) {
			var pages []*page.Page
			for i := range c.pages {
				pages = append(pages, long(i))
			}
			b.ReportAllocs()
			var d discard
			peak, stop := watchHeap()
			for b.Loop() {
				if _, ds, err := Render(b.Context(), slices.Values(pages), Options{Theme: longTheme.fs(), BatchSize: c.batch}, &d); err != nil || len(ds) > 0 {
					b.Fatal(err, ds)
				}
			}
			stop()
			b.ReportMetric(float64(c.pages)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
			b.ReportMetric(float64(peak())/(1<<20), "MiB-peak")
			b.ReportMetric(float64(d.size.Load()), "bytes/page")
		})
	}
}

// watchHeap notes the largest heap until it is stopped.
func watchHeap() (peak func() uint64, stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	var most uint64
	go func() {
		defer close(done)
		for {
			var s runtime.MemStats
			runtime.ReadMemStats(&s)
			most = max(most, s.HeapAlloc)
			select {
			case <-quit:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { return most }, func() { close(quit); <-done }
}
