package generator

import (
	"bytes"
	"context"
	"iter"

	"github.com/dossier-report/dossier/generator/feed"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/output"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/site"
	"github.com/dossier-report/dossier/generator/table"
)

// machine makes what stands beside the pages for machines: tables, feeds, site
// maps, and what they read in the head of a page.
type machine struct {
	view    *model.View
	words   map[string]map[string]string // of the theme, by language and key
	tables  *table.Set
	options feed.Options
	feeds   *feed.Collector
	err     error // of writing while pages go by
}

func newMachine(view *model.View, render site.Options) *machine {
	m := &machine{view: view, tables: table.New(view), words: map[string]map[string]string{}}
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
	m.feeds = feed.NewCollector(m.options)
	return m
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
		}
	}
	return out
}

// dataTables describes the tables for the page that leads to them.
func (m *machine) dataTables() []page.DataTable {
	var out []page.DataTable
	for _, t := range m.tables.Tables() {
		d := page.DataTable{Name: t.Name, Title: t.Title, Doc: t.Doc, Rows: t.Len(), CSV: t.Path + ".csv", JSON: t.Path + ".json"}
		for _, c := range t.Columns {
			d.Columns = append(d.Columns, page.DataColumn{Name: c.Name, Doc: c.Doc, Type: string(c.Type), Unit: c.Unit})
		}
		out = append(out, d)
	}
	return out
}

// watch hands pages on, each with its head for machines, and writes the feeds
// of those that have some.
func (m *machine) watch(pages iter.Seq[*page.Page], tx *output.Tx) iter.Seq[*page.Page] {
	return func(yield func(*page.Page) bool) {
		for p := range m.feeds.Watch(pages) {
			p.Head = m.options.Head(p)
			for name, text := range m.options.Entity(p) {
				if m.err == nil {
					m.err = tx.Write(name, text)
				}
			}
			if !yield(p) {
				return
			}
		}
	}
}

// write writes the tables and the files of the whole report, when all pages
// have gone by.
func (m *machine) write(ctx context.Context, tx *output.Tx) error {
	for name, text := range m.feeds.Files() {
		if err := tx.Write(name, text); err != nil {
			return err
		}
	}
	for name, to := range m.tables.Files() {
		if err := writeTable(ctx, tx, name, to); err != nil {
			return err
		}
	}
	for _, e := range m.view.Entities {
		for _, t := range m.tables.ForEntity(e.ID) {
			if err := writeTable(ctx, tx, t.Path+".csv", t.CSV); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeTable(ctx context.Context, tx *output.Tx, name string, to table.Writer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := to(&b); err != nil {
		return err
	}
	return tx.Write(name, b.Bytes())
}
