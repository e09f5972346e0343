package page

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// place is where a record is shown: a page, without the folder of its
// language, and an element on it. The zero place is nowhere.
type place struct {
	path, anchor string
}

// The pages that do not belong to a record.
const (
	homePath        = "index.html"
	entitiesPath    = "entities/index.html"
	measuresPath    = "measures/index.html"
	programsPath    = "programs/index.html"
	timelinePath    = "timeline.html"
	newsPath        = "news/index.html"
	sourcesPath     = "sources/index.html"
	peoplePath      = "people.html"
	countriesPath   = "countries/index.html"
	methodologyPath = "methodology.html"
	changesPath     = "changes.html"
	contactPath     = "contact.html"
	dataPath        = "data/index.html"
	missingPath     = "404.html"
)

// place says where a record is shown. It is the only function that knows: when
// a kind of record gets pages of its own, it changes here.
func (s *site) place(item model.Item) place {
	switch x := item.(type) {
	case *model.Entity:
		return s.made("entities/"+x.ID+".html", TemplateEntity)
	case *model.Measure:
		return s.made("measures/"+x.ID+".html", TemplateMeasure)
	case *model.Source:
		return s.madeSource(x.ID, x.News)
	case *model.Statement:
		if x.Source != nil {
			return s.place(x.Source).at(statementAnchor(x.ID))
		}
	case *model.Program:
		if s.has[TemplateProgram] {
			return place{path: "programs/" + x.ID + ".html"}
		}
		return s.made(measuresPath, TemplateMeasures).at(programAnchor(x.ID))
	case *model.Event:
		if s.has[TemplateEvent] {
			return place{path: "events/" + x.ID + ".html"}
		}
		return s.eventPlace(x)
	case *model.Figure:
		if e, ok := s.v.Named(x.Entity.ID).(*model.Entity); ok {
			return s.place(e).at(SectionFigures)
		}
		if x.Source != nil {
			return s.place(x.Source).at(SectionFigures)
		}
	case *model.Series:
		if e, ok := s.v.Named(x.Subject.ID).(*model.Entity); ok {
			return s.place(e).at(SectionMarket)
		}
	case *model.Study:
		if e, ok := s.v.Named(x.Subject.ID).(*model.Entity); ok {
			return s.place(e).at(studyAnchor(x.ID))
		}
	case *model.Link:
		for _, end := range []model.Ref{x.From, x.To} {
			if e, ok := s.v.Named(end.ID).(*model.Entity); ok {
				return s.place(e).at(SectionTies)
			}
		}
	case *model.Prose:
		switch {
		case x.Path == homeProse:
			return place{path: homePath}
		case s.fronts[x.Path] != "":
			return place{path: s.fronts[x.Path]}
		}
		return s.made(x.Path+".html", TemplateProse)
	case *model.Tombstone:
		return s.made(s.tombstonePath(x), TemplateTombstone)
	}
	return place{}
}

// made is a page whose layout the theme has, else nowhere.
func (s *site) made(path, template string) place {
	if !s.has[template] {
		return place{}
	}
	return place{path: path}
}

func (s *site) madeSource(id string, news bool) place {
	if news {
		return s.made("news/"+id+".html", TemplateNewsItem)
	}
	return s.made("sources/"+id+".html", TemplateSource)
}

// at is an element on the page of a place.
func (p place) at(anchor string) place {
	if p.path == "" {
		return place{}
	}
	return place{p.path, anchor}
}

// eventPlace is the timeline that shows an event where events have no pages:
// that of the first entity or measure that it concerns, of the first that
// acted, or of a source on which it rests.
func (s *site) eventPlace(e *model.Event) place {
	for _, refs := range [][]model.Ref{e.Concerns, e.By} {
		for _, ref := range refs {
			switch x := s.v.Named(ref.ID).(type) {
			case *model.Entity, *model.Measure:
				return s.place(x).at(eventAnchor(e.ID))
			}
		}
	}
	for _, ref := range e.Sources {
		if x := s.v.Source(ref.ID); x != nil {
			return s.place(x).at(eventAnchor(e.ID))
		}
	}
	return place{}
}

func eventAnchor(id string) string     { return "event-" + id }
func statementAnchor(id string) string { return "statement-" + id }
func programAnchor(id string) string   { return "program-" + id }

// unique makes an anchor that stands once on the page: a second one like it
// ends in "-2".
func (c *composer) unique(parts ...string) string {
	anchor := parts[0]
	for _, part := range parts[1:] {
		if part = anchorWord(part); part != "" {
			anchor += "-" + part
		}
	}
	c.anchors[anchor]++
	if n := c.anchors[anchor]; n > 1 {
		anchor += "-" + strconv.Itoa(n)
	}
	return anchor
}

// anchorWord is a label or a date as a part of an anchor: "(a)(1)" is "a-1".
func anchorWord(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}

// href is the address of a place as a link from this page. A place on the page
// itself has only its anchor; the page itself has its file's name.
func (c *composer) href(p place) string {
	if p.path == "" {
		return ""
	}
	return c.address(c.folder+p.path, p.anchor)
}

// address is href for a path that has the folder of its language.
func (c *composer) address(path, anchor string) string {
	fragment := ""
	if anchor != "" {
		fragment = "#" + anchor
	}
	if c.base != "" {
		return c.base + escapePath(path) + fragment
	}
	if path == c.page.Path && anchor != "" {
		return fragment
	}
	return escapePath(relative(c.page.Path, path)) + fragment
}

// relative is the way from one file to another, both by their paths from the
// same root.
func relative(from, to string) string {
	for {
		a, restA, okA := strings.Cut(from, "/")
		b, restB, okB := strings.Cut(to, "/")
		if !okA || !okB || a != b {
			break
		}
		from, to = restA, restB
	}
	return strings.Repeat("../", strings.Count(from, "/")) + to
}

// escapePath writes a path as it stands in an address.
func escapePath(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

// basePath is the path of an absolute address, with slashes around it.
func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return "/"
	}
	path := strings.Trim(u.EscapedPath(), "/")
	if path == "" {
		return "/"
	}
	return "/" + path + "/"
}

// link is a record as a link: its title, and where it is shown. A record that
// this reader may not see, and one that does not exist, is the id as written.
func (c *composer) link(ref model.Ref) Link {
	if ref.ID == "" {
		return Link{}
	}
	item := c.site.v.Named(ref.ID)
	if item == nil {
		return Link{Text: Text{Value: ref.ID}}
	}
	return c.linkTo(item)
}

// linkTo is a record of the view as a link; without Href on the record's own
// page.
func (c *composer) linkTo(item model.Item) Link {
	rec := item.Rec()
	l := Link{Text: c.title(item), ID: rec.ID, Kind: kindOf(item)}
	if f, ok := item.(*model.File); ok {
		l.Href = c.attachment(f)
	} else if p := c.site.place(item); p.path != "" && (p.anchor != "" || c.folder+p.path != c.page.Path) {
		l.Href = c.href(p)
	}
	return l
}

func (c *composer) links(refs []model.Ref) []Link {
	var out []Link
	for _, ref := range refs {
		if l := c.link(ref); l.Value != "" {
			out = append(out, l)
		}
	}
	return out
}

// party is an entity as a link, or a name as printed.
func (c *composer) party(p model.Party) Link {
	if p.ID != "" {
		return c.link(p.Ref)
	}
	return Link{Text: Text{Value: p.Name}}
}

// title is the short title of any record, for running text and tables. What
// has none goes by its id.
func (c *composer) title(item model.Item) Text {
	var t Text
	switch x := item.(type) {
	case *model.Entity:
		t = c.name(x.Title())
	case *model.Measure:
		t = c.text(x.Title)
	case *model.Event:
		t = c.text(x.Title)
	case *model.Program:
		t = c.text(x.Name())
	case *model.Source:
		t = c.text(x.Title)
	case *model.Series:
		t = c.text(x.Title)
	case *model.Study:
		t = c.text(x.Title)
	case *model.File:
		t = c.text(x.Title)
	case *model.Prose:
		t = c.ofProse(x, x.Title)
	}
	if t.Value == "" {
		t.Value = item.Rec().ID
	}
	return t
}

func kindOf(item model.Item) string {
	switch x := item.(type) {
	case *model.Tombstone:
		return x.Kind.Singular()
	case *model.Source:
		return model.KindSource.Singular()
	default:
		return item.Rec().Kind.Singular()
	}
}
