package page

import (
	"cmp"
	"iter"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/cite"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// Options say which pages are made, and what they have to know that no record
// says. The zero value makes the pages of a theme with the core layouts, in
// all languages.
type Options struct {
	Lang    string           // only the pages in this language of the report
	Version string           // of dossier
	Words   map[string]Words // by language of the page

	// Files says that the attachments of the view lie in the folder files at
	// the root of the output, under their paths. Without it nothing links to
	// them.
	Files bool

	// Templates says whether the theme has the layout of a name, one of the
	// Template constants. Pages without a layout are not made. Links to them
	// lead to the nearest place that there is (an event on a timeline, a
	// programme on the list of measures), else they are plain text, and
	// navigation leaves them out. nil stands for a theme with the layouts of
	// CoreTemplates and no others; AllTemplates for one that has them all.
	Templates func(name string) bool

	// Rules are all rules that records are checked against, in the order in
	// which the methodology lists them. What dossier.yaml changes is applied
	// here.
	Rules []diag.Rule

	// Tables are those that lie in the folder data of the output, for the page
	// that leads to them. Without any there is no such page.
	Tables []DataTable

	// Refs are what texts in Markdown refer to, by the text, for those that have been
	// read before; the others are read.
	Refs map[string][]markdown.Ref

	// Found is told what is wrong with the charts of the pages, each finding once.
	// nil tells nobody.
	Found func(diag.Diagnostic)

	// EntityTables are those of them that lie in the folder of one entity, with
	// the rows that concern it: Name, Title, Rows and CSV. nil stands for none.
	EntityTables func(id string) []DataTable

	// TableRecords are the records that those tables are made of, and of nothing
	// else, for Sums. It must be safe for several goroutines.
	TableRecords func(id string) []model.Item

	rowsPerPage int // of lists, in tests; 0 stands for the usual number
}

// Words are those that stand inside ready HTML, where a template cannot put
// them, in one language.
type Words struct {
	markdown.Words
	Source string // before the number of a reference, for screen readers: "source"

	Chart chart.Env // of drawings; without its Word there are none
}

// Pages makes the pages of a view; see Outline.Pages.
func Pages(v *model.View, o Options) iter.Seq[*Page] { return NewOutline(v, o).Pages(Last{}) }

// Outline is what is known of the pages of a view before the first is made: which
// there are, and what stands behind each.
type Outline struct {
	site *site
	o    Options
}

// NewOutline looks at all records of a view.
func NewOutline(v *model.View, o Options) *Outline {
	s := newSite(v, o)
	s.refs, o.Refs = nil, nil // they have been of use
	s.has[TemplateData] = s.has[TemplateData] && len(o.Tables) > 0
	return &Outline{site: s, o: o}
}

// Last is how pages of the last site are told from those that have to be made.
// The zero value makes all.
type Last struct {
	// Has is asked for a page of records, by its path, before it is made: it is
	// not when the last site has it from the same records. It is asked by another
	// goroutine than the one that takes the pages, and ahead of it.
	Has func(path string) bool

	// Kept is told, by its language and path, of a page that Has has, where it
	// stands among the others.
	Kept func(lang, path string)

	// Made is told what a page of records was made from, right before it is handed
	// over: keys, sorted, for Sums.Of. It is not told of pages whose charts
	// were objected to.
	Made func(path string, keys []string)
}

// Pages makes the pages, on all cores, and hands them over in an order that is
// the same for the same view: language by language, and in each the lists, which take
// longest, entities, measures, programmes, events, sources with the news items
// among them, countries, names, the home page and other pages that are made of more than
// records, prose, withdrawn records, 404 and redirects. The pages that
// Last may know stand first, so that what they gave is gathered while the
// others are made. Only a few pages and the indexes over the view are held in
// memory. Call it once.
func (p *Outline) Pages(last Last) iter.Seq[*Page] {
	return func(yield func(*Page) bool) {
		tell := once(p.o.Found)
		for m := range p.inTurn(last) {
			if m.kept {
				last.Kept(m.lang, m.path)
				continue
			}
			for _, d := range m.found {
				tell(d)
			}
			if m.keys != nil && len(m.found) == 0 {
				last.Made(m.page.Path, m.keys)
			}
			if !yield(m.page) {
				return
			}
		}
	}
}

// Only makes some pages again, by their paths, after Pages.
func (p *Outline) Only(paths map[string]bool) iter.Seq[*Page] {
	return func(yield func(*Page) bool) {
		s := p.site
		s.tell = nil // Pages has
		for _, lang := range s.langs {
			if p.o.Lang != "" && p.o.Lang != lang {
				continue
			}
			for d := range s.drafts(lang) {
				if d.path != "" && !paths[s.folder(lang)+d.path] {
					continue
				}
				c := s.composer(lang, p.o)
				if d.fill(c); paths[c.page.Path] && !yield(c.page) {
					return
				}
			}
		}
	}
}

// draft is a page before it is made.
type draft struct {
	path string // without the folder of the language; empty when it is made of more than records
	id   string // of the record that the page is of
	fill func(*composer)
}

// drafts gives every page of one language.
func (s *site) drafts(lang string) iter.Seq[draft] {
	return func(yield func(draft) bool) {
		own := func(fill func(*composer)) bool { return yield(draft{fill: fill}) }
		_ = s.draftLists(true, yield) && s.draftRecords(yield) && s.draftCountries(yield) && s.draftNames(lang, yield) && s.draftLists(false, yield) && s.draftProse(own) &&
			(!s.has[TemplateNotFound] || own((*composer).notFound)) && s.draftRedirects(own)
	}
}

// draftLists gives the lists that are made of records alone, or the other parts.
func (s *site) draftLists(pure bool, yield func(draft) bool) bool {
	for _, part := range parts() {
		if part.pure != pure || !s.has[part.template] {
			continue
		}
		if part.pages == nil {
			d := draft{fill: part.fill}
			if pure {
				d.path = part.path
			}
			if !yield(d) {
				return false
			}
			continue
		}
		for n := range part.pages(s) {
			if !yield(draft{path: pagePath(part.path, n), fill: func(c *composer) { part.fillPage(c, n) }}) {
				return false
			}
		}
	}
	return true
}

func (s *site) draftRecords(yield func(draft) bool) bool {
	return draftEach(s, s.v.Entities(), (*composer).entity, yield) &&
		draftEach(s, s.v.Measures(), (*composer).measure, yield) &&
		draftEach(s, s.v.Programs(), (*composer).programPage, yield) &&
		draftEach(s, s.v.Events(), (*composer).event, yield) &&
		draftEach(s, s.v.Sources(), (*composer).source, yield)
}

// draftEach gives a page for every record that has one of its own.
func draftEach[T model.Item](s *site, items []T, fill func(*composer, T), yield func(draft) bool) bool {
	for _, item := range items {
		if p := s.place(item); p.path != "" && p.anchor == "" && !yield(draft{p.path, item.Rec().ID, func(c *composer) { fill(c, item) }}) {
			return false
		}
	}
	return true
}

func (s *site) draftCountries(yield func(draft) bool) bool {
	if !s.has[TemplateCountry] {
		return true
	}
	for _, code := range s.countries() {
		if !yield(draft{path: countryPath(code), fill: func(c *composer) { c.countryPage(code) }}) {
			return false
		}
	}
	return true
}

func (s *site) draftProse(yield func(func(*composer)) bool) bool {
	for _, path := range s.prosePath {
		if path != homeProse && s.fronts[path] == "" && s.has[TemplateProse] && !yield(func(c *composer) { c.prose(s.prose[path]) }) {
			return false
		}
	}
	for _, t := range s.tombstones() {
		if !yield(func(c *composer) { c.tombstone(t) }) {
			return false
		}
	}
	return true
}

func (s *site) draftRedirects(yield func(func(*composer)) bool) bool {
	for _, r := range s.redirects() {
		if !yield(func(c *composer) { c.redirect(r) }) {
			return false
		}
	}
	return true
}

// composer fills one page.
type composer struct {
	site   *site
	page   *Page
	lang   string
	folder string // of the language: "", "fr/"
	base   string // on 404.html the path of the base URL, else empty
	words  Words
	files  bool
	rules  []diag.Rule
	tables []DataTable

	tablesFor func(id string) []DataTable

	foreignText bool // what is drawn is told of on pages in another language

	numbers map[string]int    // source -> its number on the page
	texts   int               // texts written, for the prefixes of their ids
	anchors map[string]int    // anchors given by unique
	listed  map[string]string // figure that is a list -> address of its drawing
}

// folder is where the pages of a language lie.
func (s *site) folder(lang string) string {
	if lang == s.langs[0] {
		return ""
	}
	return lang + "/"
}

func (s *site) composer(lang string, o Options) *composer {
	c := &composer{site: s, lang: lang, tablesFor: s.tablesOf(o.EntityTables), words: o.Words[lang], files: o.Files, rules: o.Rules, tables: o.Tables, numbers: map[string]int{}, anchors: map[string]int{}, listed: map[string]string{}}
	c.folder = s.folder(lang)
	c.foreignText = lang != s.langs[0]
	if s.reports[lang] == nil {
		s.reports[lang] = c.report(o.Version)
	}
	c.page = &Page{Lang: lang, Dir: Direction(lang), Report: s.reports[lang]}
	return c
}

func (c *composer) report(version string) *Report {
	v, set := c.site.v, c.site.v.Settings
	r := &Report{
		Title: c.text(set.Title), Tagline: c.text(set.Tagline), Lang: c.lang, First: c.site.first,
		BaseURL:   baseURL(set.BaseURL),
		Licence:   Licence{set.Licence.Name, string(set.Licence.URL)},
		Publisher: Publisher{set.Publisher.Name, string(set.Publisher.URL), set.Publisher.Address},
		Contact:   Contact{set.Contact.Email, string(set.Contact.URL)},
		Version:   version, Built: date(model.DateOf(v.Date)), AsOf: date(model.DateOf(v.AsOf)), Past: v.Past,
		Audience: v.Audience, Public: v.Audience == widest(set), Theme: set.Theme,
	}
	for _, p := range v.LeftOut {
		r.LeftOut = append(r.LeftOut, c.title(p))
	}
	return r
}

func widest(set model.Settings) string {
	if len(set.Audiences) > 0 {
		return set.Audiences[0]
	}
	return "public"
}

func baseURL(u model.URL) string {
	if u == "" || u[len(u)-1] == '/' {
		return string(u)
	}
	return string(u) + "/"
}

// begin gives a page its place and everything that depends on it alone.
func (c *composer) begin(path, template, id string) {
	p := c.page
	p.Path, p.Template, p.ID = c.folder+path, template, id
	p.LangRoot = relative(p.Path, c.folder)
	p.Root = relative(p.Path, "")
	if path == missingPath {
		c.base = basePath(p.Report.BaseURL)
		p.Root, p.LangRoot = c.base, c.base+c.folder
	} else if p.Report.BaseURL != "" {
		p.Canonical = p.Report.BaseURL + escapePath(p.Path)
	}
	c.nav(path)
	c.alternates(path)
	p.Correct = c.corrections()
	p.Find = c.find()
}

// section adds a section to the table of contents when it has something to
// show, or when what it shows is not counted.
func (c *composer) section(key string, count int, present bool) {
	if present {
		c.page.TOC = append(c.page.TOC, TOCItem{Key: key, Href: "#" + key, Level: 2, Count: count})
	}
}

// end adds what can only be known when the page is filled: its sources, and
// how to cite it.
func (c *composer) end() {
	p := c.page
	c.section(SectionSources, len(p.Sources), len(p.Sources) > 0)
	c.section(SectionCite, 0, p.Template != TemplateNotFound)
	if p.Template == TemplateNotFound {
		return
	}
	w := cite.Work{
		Key: p.Path[:len(p.Path)-len(".html")], Type: "webpage", Title: p.Report.Title.Value, TitleLang: p.Report.Title.Lang,
		Publisher: p.Report.Publisher.Name, AsOf: model.DateOf(c.site.v.AsOf), URL: p.Canonical, Language: c.lang,
	}
	if title := c.pageTitle(); title.Value != "" {
		if p.Pager.Mark != "" {
			title.Value += " (" + p.Pager.Mark + ")"
		}
		w.Title, w.TitleLang, w.Container = title.Value, title.Lang, p.Report.Title.Value
	}
	p.Cite = c.citation(w)
}

// pageTitle is what the page is called, where that is not the report's own title:
// that of a record, or a word of the theme.
func (c *composer) pageTitle() Text {
	p := c.page
	switch {
	case p.Title.Value != "" || p.TitleKey == "home":
		return p.Title
	case p.Country != nil:
		return Text{Value: cmp.Or(c.word("country_"+p.Country.Code, nil), p.Country.Name.Value)}
	}
	return Text{Value: c.word("title_"+p.TitleKey, nil)}
}
