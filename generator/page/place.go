package page

import (
	"net/url"
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
	homePath     = "index.html"
	entitiesPath = "entities/index.html"
	measuresPath = "measures/index.html"
	newsPath     = "news/index.html"
	sourcesPath  = "sources/index.html"
	missingPath  = "404.html"
)

// place says where a record is shown. It is the only function that knows: when
// a kind of record gets pages of its own, it changes here.
func (s *site) place(item model.Item) place {
	switch x := item.(type) {
	case *model.Entity:
		return place{path: "entities/" + x.ID + ".html"}
	case *model.Measure:
		return place{path: "measures/" + x.ID + ".html"}
	case *model.Source:
		return place{path: sourcePath(x.ID, x.News)}
	case *model.Statement:
		if x.Source != nil {
			return place{sourcePath(x.Source.ID, x.Source.News), statementAnchor(x.ID)}
		}
	case *model.Program:
		return place{measuresPath, programAnchor(x.ID)}
	case *model.Event:
		return s.eventPlace(x)
	case *model.Figure:
		if e := s.v.Entity(x.Entity.ID); e != nil {
			return place{s.place(e).path, SectionFigures}
		}
		if x.Source != nil {
			return place{sourcePath(x.Source.ID, x.Source.News), SectionFigures}
		}
	case *model.Link:
		for _, end := range []model.Ref{x.From, x.To} {
			if e := s.v.Entity(end.ID); e != nil {
				return place{s.place(e).path, SectionTies}
			}
		}
	case *model.Prose:
		if x.Path == homeProse {
			return place{path: homePath}
		}
		return place{path: x.Path + ".html"}
	case *model.Tombstone:
		return place{path: tombstonePath(x)}
	}
	return place{}
}

// eventPlace is the timeline that shows an event: of the first entity or
// measure that it concerns, of the first that acted, or of a source on which it
// rests.
func (s *site) eventPlace(e *model.Event) place {
	for _, refs := range [][]model.Ref{e.Concerns, e.By} {
		for _, ref := range refs {
			switch x := s.v.Item(ref.ID).(type) {
			case *model.Entity, *model.Measure:
				return place{s.place(x).path, eventAnchor(e.ID)}
			}
		}
	}
	for _, ref := range e.Sources {
		if x := s.v.Source(ref.ID); x != nil {
			return place{s.place(x).path, eventAnchor(e.ID)}
		}
	}
	return place{}
}

func sourcePath(id string, news bool) string {
	if news {
		return "news/" + id + ".html"
	}
	return "sources/" + id + ".html"
}

// tombstonePath is where the page of a withdrawn record was; empty when it had
// none.
func tombstonePath(t *model.Tombstone) string {
	switch t.Kind {
	case model.KindEntity:
		return "entities/" + t.ID + ".html"
	case model.KindMeasure:
		return "measures/" + t.ID + ".html"
	case model.KindSource:
		return sourcePath(t.ID, strings.HasPrefix(t.At.File.Name(), "content/"))
	}
	return ""
}

func eventAnchor(id string) string     { return "event-" + id }
func statementAnchor(id string) string { return "statement-" + id }
func programAnchor(id string) string   { return "program-" + id }

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
	item := c.site.v.Item(ref.ID)
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
