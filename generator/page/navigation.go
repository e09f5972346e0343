package page

import (
	"path"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// parts are the lists of the report, as navigation shows them.
var parts = [...]struct{ key, path string }{
	{"home", homePath}, {"entities", entitiesPath}, {"measures", measuresPath}, {"news", newsPath}, {"sources", sourcesPath},
}

func (c *composer) nav(current string) {
	for _, part := range parts {
		item := NavItem{Key: part.key, Href: c.href(place{path: part.path})}
		switch {
		case part.path == current:
			item.Current = "page"
		case part.path != homePath && path.Dir(part.path) == path.Dir(current):
			item.Current = "section"
		}
		c.page.Nav = append(c.page.Nav, item)
	}
	for _, name := range c.site.prosePath {
		if name == homeProse || strings.Contains(name, "/") {
			continue
		}
		page := c.translation(c.site.prose[name])
		item := NavItem{Text: c.title(page), Href: c.href(c.site.place(page))}
		if current == name+".html" {
			item.Current = "page"
		}
		c.page.Nav = append(c.page.Nav, item)
	}
}

// crumbs leads from home over a list to the page, whose own step is its title
// or the key of its title.
func (c *composer) crumbs(list string, self Text) {
	p := c.page
	p.Crumbs = append(p.Crumbs, Crumb{Key: "home", Href: c.href(place{path: homePath})})
	for _, part := range parts {
		if part.key == list {
			p.Crumbs = append(p.Crumbs, Crumb{Key: part.key, Href: c.href(place{path: part.path})})
		}
	}
	last := Crumb{Text: self}
	if self.Value == "" {
		last.Key = p.TitleKey
	}
	p.Crumbs = append(p.Crumbs, last)
}

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
