package feed

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"

	"github.com/dossier-report/dossier/generator/page"
)

// thing is an object of schema.org: its members in the order in which they are
// written.
type thing []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members that have a value.
func (t thing) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, m := range t {
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		if s := string(value); s == `""` || s == "null" || s == "{}" || s == "[]" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// jsonLD describes a page in the terms of https://schema.org, ready for a
// script element of the type application/ld+json: every <, > and & and the two
// line separators are escaped, so nothing in it can end the element. Browsers
// do not run such an element, so the policy for scripts does not concern it.
//
// Our pages are web pages that cite the works of others. The works of others
// are creative works and nothing more: never articles of ours, and never
// judged as true or false (ClaimReview). Legal acts have no type here, because
// none of schema.org means them.
func (o Options) jsonLD(p *page.Page) string {
	t := thing{{"@context", "https://schema.org"}}
	data, err := json.Marshal(append(t, o.webPage(p)...)) // escapes what is said above
	if err != nil {
		panic("feed: " + err.Error()) // nothing in it can fail
	}
	return string(data)
}

func (o Options) webPage(p *page.Page) thing {
	r := p.Report
	kind := "WebPage"
	if isList(p) {
		kind = "CollectionPage"
	}
	t := thing{
		{"@type", kind},
		{"@id", p.Canonical},
		{"url", p.Canonical},
		{"name", o.pageTitle(p)},
		{"description", p.Description.Value},
		{"inLanguage", p.Lang},
		{"isPartOf", website(r)},
		{"publisher", publisher(r)},
		{"license", r.Licence.URL},
	}
	if p.Prose != nil && exact(p.Prose.Date) {
		t = append(t, member{"datePublished", p.Prose.Date.Datetime})
	}
	modified := ""
	for _, d := range revised(p) {
		if exact(d) {
			modified = max(modified, d.Datetime)
		}
	}
	t = append(t, member{"dateModified", modified}, member{"breadcrumb", o.breadcrumb(p)})
	switch {
	case p.Entity != nil:
		t = append(t, member{"mainEntity", entity(p)})
	case o.isData(p):
		t = append(t, member{"mainEntity", o.dataset(p)})
	}
	return append(t, member{"citation", citations(p)})
}

func isList(p *page.Page) bool {
	return p.Entities != nil || p.Measures != nil || p.Programs != nil || p.Timeline != nil || p.NewsList != nil || p.SourceList != nil ||
		p.People != nil || p.Countries != nil || p.Country != nil || p.Changes != nil
}

func website(r *page.Report) thing {
	return thing{{"@type", "WebSite"}, {"@id", fragment(r.BaseURL, "website")}, {"url", r.BaseURL}, {"name", r.Title.Value}, {"description", r.Tagline.Value}}
}

func publisher(r *page.Report) thing {
	if r.Publisher.Name == "" {
		return nil
	}
	return thing{{"@type", "Organization"}, {"@id", fragment(r.BaseURL, "publisher")}, {"name", r.Publisher.Name}, {"url", r.Publisher.URL}}
}

// fragment names a thing on a page; without an address it has no name.
func fragment(url, name string) string {
	if url == "" {
		return ""
	}
	return url + "#" + name
}

// breadcrumb is the way to the page. Its steps are addresses, so without a base
// URL there is none.
func (o Options) breadcrumb(p *page.Page) thing {
	if p.Canonical == "" || len(p.Crumbs) == 0 {
		return nil
	}
	var steps []thing
	for i, c := range p.Crumbs {
		name := c.Text.Value
		if name == "" && c.Href == "" {
			name = o.pageTitle(p)
		}
		if name == "" {
			name = o.word(p.Lang, "nav_"+c.Key)
		}
		item := p.Canonical
		if c.Href != "" {
			item = absolute(p, c.Href)
		}
		steps = append(steps, thing{{"@type", "ListItem"}, {"position", i + 1}, {"name", name}, {"item", item}})
	}
	return thing{{"@type", "BreadcrumbList"}, {"itemListElement", steps}}
}

var wikidata = regexp.MustCompile(`^Q[1-9][0-9]*$`)

// entity is the company, organisation, person or public body of a page. Weak
// aliases and names as lists print them are left out: they may be others'.
func entity(p *page.Page) thing {
	e := p.Entity
	kind := "Organization"
	switch e.Schema {
	case "Person":
		kind = "Person"
	case "PublicBody":
		kind = "GovernmentOrganization"
	}
	t := thing{{"@type", kind}, {"@id", fragment(p.Canonical, "entity")}, {"name", e.Name.Value}}
	var names, same []string
	for _, n := range e.Names {
		if n.Kind != "weak_alias" && n.Kind != "listed_as" && !slices.Contains(names, n.Value) {
			names = append(names, n.Value)
		}
	}
	t = append(t, member{"alternateName", names}, member{"description", p.Description.Value}, member{"url", e.Website})
	var ids []thing
	lei := ""
	for _, id := range e.Identifiers {
		switch {
		case id.Scheme == "wikidata" && wikidata.MatchString(id.Value):
			same = append(same, "https://www.wikidata.org/entity/"+id.Value)
		case id.Scheme == "lei" && kind != "Person":
			lei = id.Value
		default:
			ids = append(ids, thing{{"@type", "PropertyValue"}, {"propertyID", id.Scheme}, {"value", id.Value}})
		}
	}
	t = append(t, member{"sameAs", same}, member{"leiCode", lei}, member{"identifier", ids})
	if kind == "Person" {
		if exact(e.Birth) {
			t = append(t, member{"birthDate", e.Birth.Datetime})
		}
		return t
	}
	if e.Parent.ID != "" {
		parent := thing{{"@type", "Organization"}, {"name", e.Parent.Value}}
		if e.Parent.Href != "" && p.Canonical != "" {
			parent = append(parent, member{"@id", fragment(absolute(p, e.Parent.Href), "entity")})
		}
		t = append(t, member{"parentOrganization", parent})
	}
	return t
}

// isData reports the page with the tables of the report.
func (o Options) isData(p *page.Page) bool {
	return o.Data.Page != "" && p.Path == folder(p)+o.Data.Page
}

// dataset is the report as data.
func (o Options) dataset(p *page.Page) thing {
	r := p.Report
	description := p.Description.Value
	if description == "" {
		description = r.Tagline.Value
	}
	t := thing{
		{"@type", "Dataset"}, {"@id", fragment(p.Canonical, "dataset")}, {"name", r.Title.Value}, {"description", description}, {"url", p.Canonical},
		{"inLanguage", p.Lang}, {"license", r.Licence.URL}, {"creator", publisher(r)}, {"isAccessibleForFree", true}, {"dateModified", r.AsOf.Datetime},
	}
	var files []thing
	if r.BaseURL != "" {
		for _, f := range o.Data.Files {
			files = append(files, thing{{"@type", "DataDownload"}, {"name", f.Title}, {"encodingFormat", f.Type}, {"contentUrl", r.BaseURL + escape(f.Path)}})
		}
	}
	return append(t, member{"distribution", files})
}

// citations are the works of others that a page rests on: that which it is
// about first, then its numbered sources.
func citations(p *page.Page) []thing {
	var out []thing
	if s := p.Source; s != nil {
		out = append(out, work(s.Title.Value, s.URL, s.Language, s.Publisher, s.Published))
	}
	for _, ref := range p.Sources {
		if p.Source != nil && ref.ID == p.Source.ID {
			continue
		}
		var publisher string
		var published page.Date
		for _, part := range ref.Citation.Parts {
			switch part.Key {
			case "publisher", "container":
				if publisher == "" || part.Key == "publisher" {
					publisher = part.Text.Value
				}
			case "date":
				published = part.Date
			}
		}
		lang := ref.Language
		if lang == "" {
			lang = ref.Title.Lang
		}
		out = append(out, work(ref.Title.Value, ref.URL, lang, publisher, published))
	}
	return out
}

func work(name, url, lang, publisher string, published page.Date) thing {
	t := thing{{"@type", "CreativeWork"}, {"name", name}, {"url", url}, {"inLanguage", lang}}
	if publisher != "" {
		t = append(t, member{"publisher", thing{{"@type", "Organization"}, {"name", publisher}}})
	}
	if !published.Approx {
		t = append(t, member{"datePublished", published.Datetime})
	}
	return t
}
