package page

import (
	"path"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// redirect is a page that leads from where a record was to where it is.
type redirect struct {
	from string // path, without the folder of the language
	to   model.Item
}

// redirects are those of former ids, and of prose that a page of our own has
// taken up under another address. Records that have no page of their own, and
// never had, need none.
func (s *site) redirects() []redirect {
	if !s.has[TemplateRedirect] {
		return nil
	}
	taken := map[string]bool{}
	for _, part := range parts() {
		taken[part.path] = true
	}
	for name := range s.prose {
		if s.fronts[name] == "" {
			taken[name+".html"] = true
		}
	}
	for _, t := range s.tombstones() {
		taken[s.place(t).path] = true
	}
	var out []redirect
	put := func(from string, to model.Item) {
		if !taken[from] {
			taken[from] = true
			out = append(out, redirect{from, to})
		}
	}
	renamed := func(item model.Item) {
		at := s.place(item)
		if at.path == "" || at.anchor != "" {
			return
		}
		for _, old := range item.Rec().FormerIDs {
			put(path.Join(path.Dir(at.path), old+".html"), item)
		}
	}
	for _, item := range s.records() {
		renamed(item)
	}
	for _, t := range s.tombstones() {
		renamed(t)
	}
	for _, name := range s.prosePath {
		for _, p := range s.prose[name] {
			if s.fronts[name] != "" {
				put(name+".html", p)
			}
			for _, old := range p.FormerIDs {
				put(path.Join(path.Dir(name), old+".html"), p)
			}
		}
	}
	return out
}

// redirect fills a page that leads to another.
func (c *composer) redirect(r redirect) {
	p := c.page
	c.begin(r.from, TemplateRedirect, "")
	if prose, ok := r.to.(*model.Prose); ok {
		r.to = c.translation(c.site.prose[prose.Path])
	}
	to := c.shown(r.to)
	body := &Redirect{To: to}
	if base := p.Report.BaseURL; base != "" {
		body.URL = base + escapePath(c.folder+c.site.place(r.to).path)
	}
	p.Title, p.Canonical = to.Text, body.URL
	p.Redirect = body
}

// tombstones are the withdrawn records that had a page, each once. Prose that
// is withdrawn in one language and kept in another has none.
func (s *site) tombstones() []*model.Tombstone {
	if !s.has[TemplateTombstone] {
		return nil
	}
	taken := map[string]bool{homePath: true}
	for _, part := range parts() {
		taken[part.path] = s.has[part.template]
	}
	for name := range s.prose {
		taken[name+".html"] = true
	}
	var out []*model.Tombstone
	for _, t := range s.v.Withdrawn {
		if at := s.tombstonePath(t); at != "" && !taken[at] {
			taken[at] = true
			out = append(out, t)
		}
	}
	return out
}

// tombstonePath is where the page of a withdrawn record was; empty when it had
// none.
func (s *site) tombstonePath(t *model.Tombstone) string {
	file := strings.TrimPrefix(t.At.File.Name(), "content/")
	content := file != t.At.File.Name()
	switch t.Kind {
	case model.KindEntity:
		return s.made("entities/"+t.ID+".html", TemplateEntity).path
	case model.KindMeasure:
		return s.made("measures/"+t.ID+".html", TemplateMeasure).path
	case model.KindProgram:
		return s.made("programs/"+t.ID+".html", TemplateProgram).path
	case model.KindEvent:
		return s.made("events/"+t.ID+".html", TemplateEvent).path
	case model.KindSource:
		return s.madeSource(t.ID, content).path
	case model.KindProse:
		name := path.Base(file)
		if stem, _, _ := strings.Cut(name, "."); stem != homeProse && content { // ids have no points
			return s.made(path.Join(path.Dir(file), stem+".html"), TemplateProse).path
		}
	}
	return ""
}

// tombstone fills the page of a withdrawn record, which names it no more.
func (c *composer) tombstone(t *model.Tombstone) {
	p := c.page
	p.TitleKey = "withdrawn"
	c.begin(c.site.place(t).path, TemplateTombstone, t.ID)
	lists := map[model.Kind]string{
		model.KindEntity: "entities", model.KindMeasure: "measures", model.KindProgram: "programs", model.KindEvent: "timeline", model.KindSource: "sources",
	}
	c.crumbs(lists[t.Kind], Text{})
	p.Date = date(t.Revision.Date)
	p.Tombstone = &Tombstone{ID: t.ID, Kind: t.Kind.Singular(), Date: date(t.Revision.Date), Reason: c.text(t.Revision.Reason)}
	c.end()
}
