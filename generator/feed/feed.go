// Package feed makes what machines read besides the pages: Atom and JSON feeds,
// site maps, robots.txt, headers for static hosts, JSON-LD and Open Graph.
//
// It works on page descriptions, so it can say nothing that a page does not
// show. Feeds and site maps need absolute addresses and are made only when the
// report has a base URL. There is no clock: every time is a day of the report
// at midnight UTC, and the same pages give the same bytes in whatever order
// they come.
//
// Words (the name of a step, the title of a list) come from the theme through
// Options.Word, by the same keys that its templates use.
package feed

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/page"
)

// Options say what pages alone do not. The zero value is useful.
type Options struct {
	// Word is a word of the theme in a language: Word("fr", "step_announced").
	// Where there is none, and without the function, the key itself is made
	// readable.
	Word func(lang, key string) string

	// Image is the picture that others show beside a link to a page; one
	// without a path for none.
	Image func(p *page.Page) Image

	// Data describes the page with the tables of the report.
	Data Data

	// Cache are the rules for caching in _headers; without any, files under
	// assets may be kept for an hour.
	Cache []Cache
}

// Image is a picture for a page.
type Image struct {
	Path          string // in the output: "previews/index.png"
	Alt           string // what it shows, in words
	Type          string // media type; may be empty
	Width, Height int    // in pixels; 0 when not known
}

// Data is the data set that a report is.
type Data struct {
	Page  string // path of its page, without the folder of a language: "data/index.html"; empty for none
	Files []Download
}

// Download is a file of the data set.
type Download struct {
	Path  string // in the output: "data/measures.csv"
	Type  string // media type
	Title string
}

// Cache lets browsers keep the files under a path.
type Cache struct {
	Path    string // as _headers has it: "/assets/fonts/*"
	Control string // value of Cache-Control
}

// The numbers of entries that feeds hold, the newest.
const (
	ReportEntries = 100
	EntityEntries = 50
)

// Collector gathers from pages what concerns the whole report. Its methods may
// be called by several goroutines at once.
type Collector struct {
	o       Options
	maxURLs int // in one site map

	mu     sync.Mutex
	langs  map[string]*language
	urls   []location
	report *page.Report // of one language; what is used of it holds for all
}

// language is what is gathered of the pages of one language.
type language struct {
	folder  string // "", "fr/"
	dir     string
	report  *page.Report
	entries []entry
}

// NewCollector begins to gather.
func NewCollector(o Options) *Collector {
	return &Collector{o: o, maxURLs: 50_000, langs: map[string]*language{}}
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

// Add takes what a page has for feeds and site maps, and gives it as an entry for
// AddEntry in a later build. Equal pages give equal entries. The page is not kept.
func (c *Collector) Add(p *page.Page) (entry string) {
	c.mu.Lock()
	if c.report == nil || p.Lang < c.report.Lang {
		c.report = p.Report
	}
	if listed(p) {
		l := c.language(p.Lang)
		l.folder, l.dir, l.report = folder(p), p.Dir, p.Report
	}
	c.mu.Unlock()
	s := c.o.share(p)
	c.add(p.Lang, s)
	return s.entry()
}

// AddEntry takes an entry that Add has given of a page in a language; see Whole. It
// reports false, and takes nothing, when the text is no entry.
func (c *Collector) AddEntry(lang, text string) bool {
	share, ok := parseShare(text)
	if ok {
		c.add(lang, share)
	}
	return ok
}

// Whole reports whether a page was added itself in every language of which there
// are entries: they do not say what a feed is called.
func (c *Collector) Whole() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.langs {
		if l.report == nil {
			return false
		}
	}
	return true
}

// language is what is gathered in one.
func (c *Collector) language(lang string) *language {
	l := c.langs[lang]
	if l == nil {
		l = &language{}
		c.langs[lang] = l
	}
	return l
}

func (c *Collector) add(lang string, s share) {
	if s.url == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.language(lang)
	l.entries = append(l.entries, s.entries...)
	if len(l.entries) > 4*ReportEntries {
		l.entries = newest(l.entries, ReportEntries)
	}
	c.urls = append(c.urls, s.location)
}

// Files are the files of the whole report: robots.txt and _headers, and, when
// there is a base URL, the site maps and two feeds for every language. Call it
// when all pages have been added, and Whole holds.
func (c *Collector) Files() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.report == nil {
			return
		}
		var langs []string
		for tag := range c.langs {
			langs = append(langs, tag)
		}
		slices.Sort(langs)
		folders := make([]string, len(langs))
		for i, tag := range langs {
			folders[i] = c.langs[tag].folder
		}
		if !yield("robots.txt", robots(c.report)) || !yield("_headers", headers(c.report, c.o.Cache, folders)) {
			return
		}
		for _, tag := range langs {
			l := c.langs[tag]
			l.entries = newest(l.entries, ReportEntries)
			for path, data := range l.feed().files() {
				if !yield(path, data) {
					return
				}
			}
		}
		if c.report.Public {
			for path, data := range sitemaps(c.report.BaseURL, c.urls, c.maxURLs) {
				if !yield(path, data) {
					return
				}
			}
		}
	}
}

// feed is that of the whole report in a language.
func (l *language) feed() feed {
	r := l.report
	return feed{
		path: l.folder + "feed", title: r.Title.Value, subtitle: r.Tagline.Value, home: r.BaseURL + escape(l.folder) + "index.html",
		report: r, dir: l.dir, entries: l.entries,
	}
}

// Entity are the two feeds of the page of an entity: what happened to it, from
// its timeline. Other pages have none, and no page has one without a base URL.
func (o Options) Entity(p *page.Page) iter.Seq2[string, []byte] {
	if p.Entity == nil || p.Canonical == "" {
		return func(func(string, []byte) bool) {}
	}
	f := feed{
		path: strings.TrimSuffix(p.Path, ".html"), title: p.Title.Value + " · " + p.Report.Title.Value, subtitle: p.Description.Value,
		home: p.Canonical, report: p.Report, dir: p.Dir, entries: newest(o.items(p, p.Entity.Timeline), EntityEntries), single: true,
	}
	return f.files()
}

// word is a word of the theme.
func (o Options) word(lang, key string) string {
	if o.Word != nil {
		if w := o.Word(lang, key); w != "" {
			return w
		}
	}
	_, rest, _ := strings.Cut(key, "_")
	return strings.ReplaceAll(rest, "_", " ")
}

// folder is that of the language of a page: "", "fr/". It is what lies between
// the root of the output and that of the language.
func folder(p *page.Page) string {
	parts := strings.SplitAfter(p.Path, "/")
	n := strings.Count(p.Root, "../") - strings.Count(p.LangRoot, "../")
	return strings.Join(parts[:min(max(n, 0), len(parts)-1)], "")
}
