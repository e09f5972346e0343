// Package search makes the index that a page of the site is searched with, by
// a script in the reader's browser: no server, and no request that a page
// opened from a disk could not make.
//
// It works on page descriptions as they go by, so it can find nothing that a
// page does not show. There is one index for every language of the report.
// Equal pages in equal order give equal bytes.
//
// # Files
//
// An index is a folder of classic scripts, each of which calls
//
//	Dossier.search.add("name", part)
//
// with a part: "index", the table of contents; "facets", who is found by which
// filter; "words-0000" and so on, the words in order, each with where it
// stands; "ends-0000" and so on, the words of names spelled backwards, for
// what is misspelled at the beginning; "docs-entity-0000" and so on, what a
// result shows. An index of up to WholeSize stands in index.js as a whole.
// Otherwise every part is a file of its name, and a query loads the few that
// it needs. The encoding is described in encode.go.
//
// # What is found, and in which order
//
// A record is found by its names and titles, in all scripts; by identifiers,
// citations and numbers of lists; by who and what it is about; and by its
// prose. The script orders results by, one after the other:
//
//  1. how many of the words of the query were found (all, or the most there are);
//  2. where: all of them in one record's names, titles or identifiers; else
//     also in what it is about; else also in prose; last, in a weak alias. So
//     a name that others bear too never leads;
//  3. how: exactly; as the beginning of a word; with one letter wrong. A
//     misspelling is only looked for when a word is not there as it is spelled,
//     has four letters or more and no digit, and never in a weak alias;
//  4. whether the query is the whole name, of what has a name: an event, a
//     news item or a document has a title, which may be somebody's name;
//  5. the sort of record: entity, programme, measure, event, news item,
//     document, country, page;
//  6. how much of the name the query covers, titles before other names; in
//     prose, how often the words stand there;
//  7. the order of the pages.
//
// A word that stands in the prose of more than a fifth of a large report is
// not looked for there: a result need not have it. Of a query to an index of
// many files the first eight words count, and of a long run of Chinese every
// second pair of characters.
package search

import (
	"errors"
	"iter"

	"github.com/dossier-report/dossier/generator/page"
)

// Options say what pages alone do not. The zero value is useful.
type Options struct {
	// Word is a word of the theme in a language, by the key that its templates
	// use: Word("fr", "status_in_force"). Where there is none, and without the
	// function, codes are shown as they are.
	Word func(lang, key string) string
}

// WholeSize is the size in bytes up to which an index is one file.
const WholeSize = 320 << 10

// Folder is where the index of a language lies in the output.
func Folder(lang string) string { return "assets/search/" + lang + "/" }

// Writer takes a file of an index. The bytes are not used again.
type Writer func(path string, text []byte) error

// Collector gathers from pages what can be found. What results show is written
// as soon as there is enough for a file; words are kept until Finish. It is
// not for several goroutines at once.
type Collector struct {
	o     Options
	write Writer
	langs map[string]*index
	order []string
	err   error
}

// NewCollector begins to gather.
func NewCollector(o Options, write Writer) *Collector {
	return &Collector{o: o, write: write, langs: map[string]*index{}}
}

// Watch hands pages on as they come, and adds each.
func (c *Collector) Watch(pages iter.Seq[*page.Page]) iter.Seq[*page.Page] {
	return func(yield func(*page.Page) bool) {
		for p := range pages {
			c.Add(p)
			if !yield(p) {
				return
			}
		}
	}
}

// Add takes what can be found of a page, and gives it as an entry for AddEntry in
// a later build. Equal pages give equal entries. The page is not kept. An error is
// kept for Finish. A report without a page to search on has no index.
func (c *Collector) Add(p *page.Page) (entry string) {
	if p.Find.Href == "" {
		return ""
	}
	entry, err := c.o.entry(p)
	c.err = errors.Join(c.err, err)
	c.AddEntry(p.Lang, entry)
	return entry
}

// AddEntry adds an entry that Add has given of a page in a language. It is
// empty for a page that is not found.
func (c *Collector) AddEntry(lang, text string) {
	x := c.langs[lang]
	if x == nil {
		x = newIndex(c.o, lang, c.write)
		c.langs[lang] = x
		c.order = append(c.order, lang)
	}
	if c.err != nil || text == "" {
		return
	}
	e, err := parseEntry(text)
	if err == nil {
		err = x.add(e)
	}
	c.err = err
}

// Finish writes the rest of every index. Call it when all pages have been
// added; the collector is of no use then.
func (c *Collector) Finish() error {
	for _, lang := range c.order {
		if c.err == nil {
			c.err = c.langs[lang].finish()
		}
		delete(c.langs, lang)
	}
	return c.err
}
