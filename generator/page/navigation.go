package page

import (
	"path"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// part is a page of the site that belongs to no record, as navigation shows it.
type part struct {
	key, path, template string

	folder string // pages in it lie below the part
	nav    bool   // it stands in the main navigation; all parts stand in the footer
	pure   bool   // it is made of records and nothing else: no prose stands on it
	fill   func(*composer)

	// A list that may be continued on several pages has these instead of fill.
	pages    func(*site) int
	fillPage func(c *composer, n int) // n counts from 0
}

// parts are the home page and the lists, in the order of navigation.
func parts() []part {
	return []part{
		{key: "home", path: homePath, template: TemplateHome, nav: true, fill: (*composer).home},
		{key: "entities", path: entitiesPath, template: TemplateEntities, folder: "entities", nav: true, pure: true, pages: func(s *site) int { return len(s.lists.entities().pages) }, fillPage: (*composer).entityList},
		{key: "measures", path: measuresPath, template: TemplateMeasures, folder: "measures", nav: true, pure: true, pages: func(s *site) int { return len(s.lists.measures().pages) }, fillPage: (*composer).measureList},
		{key: "programs", path: programsPath, template: TemplatePrograms, folder: "programs", pure: true, fill: (*composer).programList},
		{key: "timeline", path: timelinePath, template: TemplateTimeline, folder: "events", nav: true, pure: true, pages: func(s *site) int { return len(s.lists.timeline().pages) }, fillPage: (*composer).wholeTimeline},
		{key: "news", path: newsPath, template: TemplateNews, folder: "news", nav: true, pure: true, pages: func(s *site) int { return len(s.lists.news().pages) }, fillPage: (*composer).newsList},
		{key: "sources", path: sourcesPath, template: TemplateSources, folder: "sources", nav: true, pure: true, pages: func(s *site) int { return len(s.lists.sources().pages) }, fillPage: (*composer).sourceList},
		{key: "people", path: peoplePath, template: TemplatePeople, pure: true, pages: func(s *site) int { return len(s.lists.people().pages) }, fillPage: (*composer).people},
		{key: "countries", path: countriesPath, template: TemplateCountries, folder: "countries", pure: true, fill: (*composer).countryList},
		{key: "methodology", path: methodologyPath, template: TemplateMethodology, fill: (*composer).methodology},
		{key: "changes", path: changesPath, template: TemplateChanges, fill: (*composer).changes},
		{key: "contact", path: contactPath, template: TemplateContact, fill: (*composer).contact},
		{key: "search", path: searchPath, template: TemplateSearch, folder: searchFolder, pure: true, fill: (*composer).search},
		{key: "verify", path: verifyPath, template: TemplateVerify, fill: (*composer).verify},
		{key: "data", path: dataPath, template: TemplateData, fill: (*composer).data},
	}
}

// nav fills both navigations. Every page of prose stands in the footer, those
// at the root in the main navigation too, unless a part has taken it up.
func (c *composer) nav(current string) {
	p, s := c.page, c.site
	for _, part := range parts() {
		if !s.has[part.template] {
			continue
		}
		item := NavItem{Key: part.key, Href: c.href(place{path: part.path})}
		switch {
		case part.path == current:
			item.Current = "page"
		case part.folder != "" && path.Dir(current) == part.folder, part.pages != nil && path.Dir(current) == pagesFolder(part.path):
			item.Current = "section"
		}
		if part.nav {
			p.Nav = append(p.Nav, item)
		}
		if !s.bare(part.key) {
			p.Footer = append(p.Footer, item)
		}
	}
	for _, name := range s.prosePath {
		if name == homeProse || s.fronts[name] != "" {
			continue
		}
		page := c.translation(s.prose[name])
		item := NavItem{Text: c.title(page), Href: c.href(s.place(page))}
		if item.Href == "" {
			continue
		}
		if current == name+".html" {
			item.Current = "page"
		}
		if !strings.Contains(name, "/") {
			p.Nav = append(p.Nav, item)
		}
		p.Footer = append(p.Footer, item)
	}
}

// bare reports whether a list has nothing to show and is not to be expected in
// every report. Its page is made all the same: its address stays.
func (s *site) bare(key string) bool {
	switch key {
	case "programs":
		return len(s.v.Programs()) == 0
	case "people":
		return !s.people
	case "countries":
		return len(s.countries()) == 0
	}
	return false
}

// crumbs leads from home over a list to the page, whose own step is its title
// or the key of its title.
func (c *composer) crumbs(list string, self Text) {
	p := c.page
	for _, part := range parts() {
		if (part.key == "home" || part.key == list) && c.site.has[part.template] {
			p.Crumbs = append(p.Crumbs, Crumb{Key: part.key, Href: c.href(place{path: part.path})})
		}
	}
	last := Crumb{Text: self}
	if self.Value == "" {
		last.Key = p.TitleKey
	}
	p.Crumbs = append(p.Crumbs, last)
}

// indexFronts finds the prose that stands in front of pages of our own. The
// page of changes takes up content/changes, else the page that dossier.yaml
// names for corrections.
func (s *site) indexFronts() {
	changes := "changes"
	if s.prose[changes] == nil {
		changes = s.correctionsProse()
	}
	for _, f := range []struct{ template, prose, path string }{
		{TemplateMethodology, "methodology", methodologyPath}, {TemplateContact, "contact", contactPath}, {TemplateChanges, changes, changesPath},
	} {
		if s.has[f.template] && s.prose[f.prose] != nil && f.prose != homeProse && s.fronts[f.prose] == "" {
			s.fronts[f.prose] = f.path
		}
	}
}

func (s *site) correctionsProse() string {
	if name := s.v.Settings.Corrections; name != "" {
		return name
	}
	return "corrections"
}

// corrections is the page that lists corrections.
func (c *composer) corrections() Link {
	s := c.site
	if s.has[TemplateChanges] {
		l := Link{Href: c.href(place{path: changesPath}), Kind: model.KindProse.Singular()}
		if page := c.frontOf(changesPath); page != nil {
			l.Text, l.ID = c.title(page), page.ID
		}
		return l
	}
	if pages := s.prose[s.correctionsProse()]; len(pages) > 0 {
		page := c.translation(pages)
		return Link{Text: c.title(page), ID: page.ID, Kind: kindOf(page), Href: c.href(s.place(page))}
	}
	return Link{}
}

// frontOf is the prose that stands in front of one of our own pages, in the
// best language; nil when there is none.
func (c *composer) frontOf(path string) *model.Prose {
	for _, name := range c.site.prosePath {
		if c.site.fronts[name] == path {
			return c.translation(c.site.prose[name])
		}
	}
	return nil
}

// own begins one of our own pages with the prose that stands in front of it,
// which also gives it its title.
func (c *composer) own(path, template, key string) Prose {
	p := c.page
	front := c.frontOf(path)
	if front == nil {
		c.list(path, template, key)
		return Prose{}
	}
	c.begin(path, template, front.ID)
	p.Title, p.Description, p.Date = c.ofProse(front, front.Title), c.ofProse(front, front.Description), date(front.Date)
	c.crumbs("", p.Title)
	out := c.proseBody(front)
	c.headings(front)
	return out
}

// alternates are the addresses of the page in the languages of the report.
func (c *composer) alternates(path string) {
	langs := c.site.langs
	if len(langs) < 2 {
		return
	}
	for _, lang := range langs {
		full := path
		if lang != langs[0] {
			full = lang + "/" + path
		}
		a := Alternate{Lang: lang, Dir: Direction(lang), Href: c.address(full, ""), Current: lang == c.lang}
		if base := c.page.Report.BaseURL; base != "" && path != missingPath {
			a.URL = base + escapePath(full)
		}
		c.page.Alternates = append(c.page.Alternates, a)
	}
}

// elsewhere lets the other languages lead to another page, where they need not have
// this one: their lists of names may have fewer pages.
func (c *composer) elsewhere(path string) {
	for i := range c.page.Alternates {
		a := &c.page.Alternates[i]
		a.URL = ""
		if !a.Current {
			a.Href = c.address(c.site.folder(a.Lang)+path, "")
		}
	}
}

// translation is the page of prose in the language of the page, else in the
// report's own, else in any.
func (c *composer) translation(pages []*model.Prose) *model.Prose {
	best := pages[0]
	for _, p := range pages {
		switch c.site.language(p) {
		case c.lang:
			return p
		case c.site.first:
			best = p
		}
	}
	return best
}

func (s *site) language(p *model.Prose) string {
	if p.Lang == "" {
		return s.first
	}
	return p.Lang
}
