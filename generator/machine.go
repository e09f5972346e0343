package generator

import (
	"bytes"
	"context"
	"iter"
	"sync"
	"time"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/feed"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/search"
	"github.com/dossier-report/dossier/generator/site"
	"github.com/dossier-report/dossier/generator/table"
)

// machine makes what stands beside the pages for machines: tables, feeds, site
// maps, the search index, and what they read in the head of a page.
type machine struct {
	view    *model.View
	render  site.Options
	words   map[string]map[string]string // of the theme, by language and key
	tables  *table.Set
	options feed.Options
	feeds   *feed.Collector
	shown   *previews
	index   *search.Collector // set by watch
	paged   bool              // entities have pages, with which their tables are written
}

func newMachine(view *model.View, render site.Options) (*machine, error) {
	m := &machine{view: view, render: render, tables: table.New(view), words: map[string]map[string]string{}}
	for _, lang := range languages(view.Settings) {
		m.words[lang] = site.Words(render, lang)
	}
	m.options = feed.Options{
		Word: func(lang, key string) string { return m.words[lang][key] },
		Data: feed.Data{Page: "data/index.html"},
	}
	for _, t := range m.tables.Tables() {
		m.options.Data.Files = append(m.options.Data.Files,
			feed.Download{Path: t.Path + ".csv", Type: "text/csv", Title: t.Title},
			feed.Download{Path: t.Path + ".json", Type: "application/json", Title: t.Title})
	}
	shown, err := newPreviews(view, m.words)
	if err != nil {
		return nil, err
	}
	m.shown, m.options.Image = shown, shown.image
	m.feeds = feed.NewCollector(m.options)
	return m, nil
}

// languages are those of the report, its own first.
func languages(s model.Settings) []string {
	if len(s.Languages) == 0 {
		return []string{s.FirstLanguage()}
	}
	var out []string
	for _, l := range s.Languages {
		out = append(out, string(l))
	}
	return out
}

// pageWords are the words that stand inside ready HTML.
func (m *machine) pageWords() map[string]page.Words {
	out := map[string]page.Words{}
	for lang, w := range m.words {
		out[lang] = page.Words{
			Words:  markdown.Words{Footnotes: w["text_footnotes"], Back: w["text_footnote_back"]},
			Source: w["text_source"],
			Chart:  m.drawingWords(lang),
		}
	}
	return out
}

// drawingWords give drawings their language: words, numbers and dates as
// templates write them.
func (m *machine) drawingWords(lang string) chart.Env {
	l := site.NewLocale(m.render, lang)
	keys := map[chart.DateForm]string{
		chart.Day: "date_short_day", chart.Month: "date_short_month", chart.Year: "date_short_year",
		chart.MonthName: "date_short_month_name", chart.DayMonth: "yearless_short_day",
	}
	layouts := map[chart.DateForm]string{}
	for form, key := range keys {
		layouts[form] = l.Word(key, nil)
	}
	return chart.Env{Word: l.Word, Number: l.Number, Date: func(t time.Time, form chart.DateForm) string {
		return l.Date(t, layouts[form])
	}}
}

// dataTables describes the tables for the page that leads to them.
func (m *machine) dataTables() []page.DataTable {
	var out []page.DataTable
	for _, t := range m.tables.Tables() {
		d := page.DataTable{Name: t.Name, Title: t.Title, Doc: t.Doc, Rows: t.Len(), CSV: t.Path + ".csv", JSON: t.Path + ".json"}
		for _, c := range t.Columns {
			d.Columns = append(d.Columns, page.DataColumn{Name: c.Name, Key: c.Stem(), Doc: c.Doc, Type: string(c.Type), Unit: c.Unit})
		}
		out = append(out, d)
	}
	return out
}

// entityTables describes the tables on one entity.
func (m *machine) entityTables(id string) []page.DataTable {
	var out []page.DataTable
	for _, t := range m.tables.ForEntity(id) {
		out = append(out, page.DataTable{Name: t.Name, Title: t.Title, Rows: t.Len(), CSV: t.Path + ".csv"})
	}
	return out
}

// watch gives the pages that have to be described, and looks at each, whether it
// is rendered or not; of those that the last build has made from the same
// records it takes what they left. What search results show goes to out.
//
// What is gathered of a page need not be known before the next is made. So two
// lines do that, both in the order of pages: what is found by the search, then the
// feeds and the notes for the next build. When all pages have gone by, whole is
// called: Hugo may still be at work then.
func (m *machine) watch(outline *page.Outline, known *memory, out site.Sink, whole func()) iter.Seq[*page.Page] {
	m.index = search.NewCollector(search.Options{Word: m.options.Word}, out.Write)
	return func(yield func(*page.Page) bool) {
		all := false
		defer func() {
			if all {
				whole()
			}
		}()
		rest := newLine()
		defer rest.end()
		found := newLine()
		defer found.end()
		last := page.Last{
			Has: known.has,
			Kept: func(lang, path string) {
				found.add(func() {
					entries, ofSearch, ofFeeds := known.recalled(path)
					m.index.AddEntry(lang, ofSearch)
					rest.add(func() {
						known.carry(path, entries)
						if !m.feeds.AddEntry(lang, ofFeeds) {
							known.fail(errWhole)
						}
					})
				})
			},
			Made: func(path string, keys []string) {
				found.add(func() { rest.add(func() { known.made(path, keys) }) })
			},
		}
		for p := range outline.Pages(last) {
			found.add(func() {
				entry := m.index.Add(p)
				rest.add(func() { known.enter(p.Path, entry, m.feeds.Add(p)) })
				rest.flush() // the page is not to wait in memory
			})
			found.flush()
			if !yield(p) {
				return
			}
		}
		all = true
	}
}

// line does what it is given, in that order, on a goroutine of its own.
type line struct {
	todo chan []func()
	next []func() // to be handed over together
	done sync.WaitGroup
}

func newLine() *line {
	l := &line{todo: make(chan []func(), 16)}
	l.done.Go(func() {
		for list := range l.todo {
			for _, do := range list {
				do()
			}
		}
	})
	return l
}

func (l *line) add(do func()) {
	if l.next = append(l.next, do); len(l.next) >= 128 {
		l.flush()
	}
}

func (l *line) flush() {
	if len(l.next) > 0 {
		l.todo <- l.next
		l.next = nil
	}
}

// end waits until everything is done.
func (l *line) end() {
	l.flush()
	close(l.todo)
	l.done.Wait()
}

// complete gives a page its head for machines, and writes its picture, the files
// of its charts, its feeds and its tables if it has some. It returns their paths. What it makes follows from the
// page, its tables' records, the words, m.options.Data and m.shown alone, for
// pages that have not changed are not completed.
func (m *machine) complete(p *page.Page, out site.Sink) ([]string, error) {
	p.Head = m.options.Head(p)
	names, err := m.shown.draw(p, out)
	if err != nil {
		return names, err
	}
	for _, f := range p.Files {
		if err := out.Write(f.Path, []byte(f.Text)); err != nil {
			return names, err
		}
		names = append(names, f.Path)
	}
	for name, text := range m.options.Entity(p) {
		if err := out.Write(name, text); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	if p.Entity == nil || p.Lang != p.Report.First {
		return names, nil
	}
	tables, err := m.writeEntity(p.ID, out)
	return append(names, tables...), err
}

// writeEntity writes the tables on an entity, and gives their paths.
func (m *machine) writeEntity(id string, out site.Sink) (names []string, err error) {
	var buf bytes.Buffer
	for _, t := range m.tables.ForEntity(id) {
		if err := writeTable(out, t.Path+".csv", t.CSV, &buf); err != nil {
			return names, err
		}
		names = append(names, t.Path+".csv")
	}
	return names, nil
}

// writePaged writes the files that are gathered from pages, when all have gone by.
func (m *machine) writePaged(out site.Sink) error {
	if !m.feeds.Whole() {
		return errWhole
	}
	var beside sync.WaitGroup
	var unfound error
	beside.Go(func() { unfound = m.index.Finish() })
	defer beside.Wait()
	for name, text := range m.feeds.Files() {
		if err := out.Write(name, text); err != nil {
			return err
		}
	}
	beside.Wait()
	return unfound
}

// writeTables writes the tables of the whole report that are not kept.
func (m *machine) writeTables(ctx context.Context, kept table.Kept, out site.Sink) error {
	var buf bytes.Buffer
	for name, to := range m.tables.Files(kept) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeTable(out, name, to, &buf); err != nil {
			return err
		}
	}
	if m.paged {
		return nil
	}
	for _, e := range m.view.Entities {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := m.writeEntity(e.ID, out); err != nil {
			return err
		}
	}
	return nil
}

// writeTable writes a table, by way of a buffer that is used again and again.
func writeTable(out site.Sink, name string, to table.Writer, buf *bytes.Buffer) error {
	buf.Reset()
	if err := to(buf); err != nil {
		return err
	}
	return out.Write(name, buf.Bytes())
}
