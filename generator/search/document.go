package search

import (
	"bytes"
	"html/template"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/dossier-report/dossier/generator/page"
)

// The kinds of documents, in the order of their rank. They are codes that the
// theme has words for.
var kinds = [...]string{"entity", "program", "measure", "event", "news", "source", "country", "page"}

const (
	kindEntity = iota
	kindProgram
	kindMeasure
	kindEvent
	kindNews
	kindSource
	kindCountry
	kindPage
)

// facets are the filters besides the kind.
var facets = [...]string{"country", "authority", "status", "year"}

const (
	facetCountry = iota
	facetAuthority
	facetStatus
	facetYear
)

// document is what can be found of one page.
type document struct {
	kind   int
	path   string // relative to the folder of the language
	title  page.Text
	names  []docName   // other names
	ids    []string    // identifiers, citations, numbers
	about  []page.Text // who and what it is about
	text   string      // prose
	date   string      // as a record has it: "2022-05"
	status string      // id of the mark of a measure or an event: "m-in_force", "e-reported"
	beside string      // a few words that tell it from others of its title: country, authority, publisher
	facets [len(facets)][]facet
}

// docName is a name of a document besides its title.
type docName struct {
	page.Text
	main bool // as good as the title
	weak bool // others bear it too
}

// facet is a value that a document can be filtered by.
type facet struct{ key, label string }

// filter adds a value of a facet, once.
func (d *document) filter(which int, key, label string) {
	if label == "" {
		label = key
	}
	if f := (facet{key, label}); key != "" && !slices.ContainsFunc(d.facets[which], func(g facet) bool { return g.key == key }) {
		d.facets[which] = append(d.facets[which], f)
	}
}

func (d *document) name(t page.Text, main bool) {
	if t.Value != "" && t.Value != d.title.Value && !slices.ContainsFunc(d.names, func(n docName) bool { return n.Value == t.Value }) {
		d.names = append(d.names, docName{Text: t, main: main})
	}
}

func (d *document) concern(texts ...page.Text) {
	for _, t := range texts {
		if t.Value != "" && !slices.Contains(d.about, t) {
			d.about = append(d.about, t)
		}
	}
}

func (d *document) concerns(links []page.Link) {
	for _, l := range links {
		d.concern(l.Text)
	}
}

func (d *document) prose(parts ...page.HTML) {
	for _, p := range parts {
		d.say(plain(p.HTML))
	}
}

func (d *document) say(text string) {
	if text == "" {
		return
	}
	if d.text != "" {
		d.text += " "
	}
	d.text += text
}

// aside adds to what stands beside the title, up to a line.
func (d *document) aside(text string) {
	switch {
	case text == "" || len(d.beside)+len(text) > 120:
	case d.beside == "":
		d.beside = text
	default:
		d.beside += ", " + text
	}
}

func (d *document) id(values ...string) {
	for _, v := range values {
		if v != "" && !slices.Contains(d.ids, v) {
			d.ids = append(d.ids, v)
		}
	}
}

func (d *document) years(dates ...page.Date) {
	for _, date := range dates {
		// A range is found by every year in it; the bound is for what is absurd.
		for y := date.From.Year; y > 0 && y <= min(date.To.Year, date.From.Year+50); y++ {
			d.filter(facetYear, strconv.Itoa(y), "")
		}
	}
}

// word is a word of the theme, or the code when it has none.
func (o Options) word(lang, key, code string) string {
	if o.Word != nil {
		if w := o.Word(lang, key+code); w != "" {
			return w
		}
	}
	return code
}

// document is what can be found of a page; false for a page that is not found
// by itself.
func (o Options) document(p *page.Page) (document, bool) {
	d := document{kind: kindPage, path: p.Path, title: p.Title, date: p.Date.ISO}
	if folder := languageFolder(p); folder != "" {
		d.path = strings.TrimPrefix(p.Path, folder)
	}
	switch {
	case p.Home != nil, p.Redirect != nil, p.NotFound != nil, p.Tombstone != nil, p.Search != nil, p.Pager.Number > 1:
		return document{}, false
	case p.Entity != nil:
		d.entity(o, p)
	case p.Program != nil:
		d.program(o, p)
	case p.Measure != nil:
		d.measure(o, p)
	case p.Event != nil:
		d.event(o, p)
	case p.Source != nil:
		d.source(p)
	case p.Country != nil:
		d.kind, d.date = kindCountry, ""
		d.title = p.Country.Name
		if w := o.word(p.Lang, "country_", p.Country.Code); w != p.Country.Code {
			d.title = page.Text{Value: w}
		}
		d.filter(facetCountry, p.Country.Code, d.title.Value)
	case p.Prose != nil:
		d.prose(p.Prose.Body)
	default:
		d.list(o, p)
	}
	return d, d.title.Value != ""
}

// list is a page of our own. What it lists is found by itself, so only its
// title and the prose in front of it count.
func (d *document) list(o Options, p *page.Page) {
	d.date = ""
	if d.title.Value == "" && p.TitleKey != "" {
		d.title.Value = o.word(p.Lang, "title_", p.TitleKey)
	}
	switch {
	case p.Methodology != nil:
		d.prose(p.Methodology.Front.Body)
	case p.Changes != nil:
		d.prose(p.Changes.Front.Body)
	case p.Contact != nil:
		d.prose(p.Contact.Front.Body)
	}
}

func (d *document) entity(o Options, p *page.Page) {
	e := p.Entity
	d.kind, d.date = kindEntity, ""
	d.title = e.Short
	if d.title.Value == "" {
		d.title = e.Name
	}
	d.name(e.Name, true)
	for _, n := range e.Names {
		if n.Kind == "weak_alias" {
			d.names = append(d.names, docName{Text: n.Text, weak: true})
			continue
		}
		d.name(n.Text, n.Kind == "native" || n.Kind == "short")
	}
	for _, id := range e.Identifiers {
		d.id(id.Value)
	}
	for _, s := range e.Securities {
		d.id(s.ISIN, s.Ticker)
	}
	d.concern(e.Sector, e.Parent.Text)
	d.prose(e.Summary, e.Note)
	for _, code := range e.Countries {
		label := o.word(p.Lang, "country_", code)
		d.filter(facetCountry, code, label)
		d.concern(page.Text{Value: label})
		d.aside(label)
	}
	for _, g := range e.Regimes {
		for _, m := range g.Rows {
			d.filter(facetAuthority, m.Authority.ID, m.Authority.Value)
			if g.Key != "related" {
				d.concern(m.Program.Text)
			}
		}
	}
}

func (d *document) program(o Options, p *page.Page) {
	x := p.Program
	d.kind, d.date = kindProgram, ""
	d.title = x.Text
	d.name(x.Title, true)
	d.id(x.Key)
	d.id(x.Aliases...)
	for _, b := range x.Basis {
		d.id(b.Citation)
		d.concern(b.Title)
	}
	d.concern(x.Issuer.Text)
	d.filter(facetAuthority, x.Issuer.ID, x.Issuer.Value)
	d.aside(x.Issuer.Value)
	for _, g := range x.Groups {
		for _, m := range g.Rows {
			d.country(o, p.Lang, m.Country)
		}
	}
	d.prose(x.Summary, x.Note)
}

func (d *document) country(o Options, lang, code string) {
	d.filter(facetCountry, code, o.word(lang, "country_", code))
}

func (d *document) measure(o Options, p *page.Page) {
	m := p.Measure
	d.kind, d.status = kindMeasure, markOf("m-", m.Status.Word)
	d.title = m.Text
	d.name(p.Title, true)
	d.id(m.ListID)
	d.id(m.Citations...)
	for _, a := range m.Amendments {
		d.id(a.Citation)
		d.years(a.Date)
	}
	for _, c := range m.Challenges {
		d.id(c.Case, c.Citation)
	}
	d.concern(m.Program.Text, m.Authority.Text)
	for _, t := range m.Targets {
		d.concern(t.Text, t.Native, page.Text{Value: t.ListedAs})
	}
	d.country(o, p.Lang, m.Country)
	d.filter(facetAuthority, m.Authority.ID, m.Authority.Value)
	d.aside(m.Program.Value)
	d.aside(m.Authority.Value)
	d.filter(facetStatus, d.status, o.word(p.Lang, "status_", m.Status.Word))
	for _, c := range []page.DateCell{m.Dates.Announced, m.Dates.Published, m.Dates.Effective, m.Dates.DivestBy, m.Dates.Ended} {
		d.years(c.Date)
		for _, part := range c.Parts {
			d.years(part.Date)
		}
		if d.date = m.Dates.Published.Date.ISO; d.date == "" {
			d.date = m.Dates.Effective.Date.ISO
		}
	}
	d.prose(m.Scope, m.Reason, m.Note)
}

func (d *document) event(o Options, p *page.Page) {
	e := p.Event
	d.kind, d.status, d.date = kindEvent, markOf("e-", e.Certainty), e.Date.ISO
	d.id(e.Citations...)
	d.concern(e.Program.Text)
	d.concerns(e.By)
	d.concerns(e.Concerns)
	for _, by := range e.By {
		d.aside(by.Value)
		if by.Kind == "entity" {
			d.filter(facetAuthority, by.ID, by.Value)
		}
	}
	for _, m := range slices.Concat(e.Measures, e.Recorded) {
		d.country(o, p.Lang, m.Country)
	}
	d.filter(facetStatus, d.status, o.word(p.Lang, "certainty_", e.Certainty))
	d.years(e.Date)
	d.prose(e.Summary, e.Note)
}

func (d *document) source(p *page.Page) {
	s := p.Source
	d.kind, d.date = kindSource, s.Published.ISO
	if s.News {
		d.kind = kindNews
	}
	d.id(s.Number, s.Official)
	d.concern(page.Text{Value: s.Publisher}, page.Text{Value: s.Container})
	d.aside(s.Publisher)
	d.concerns(s.Authors)
	d.concerns(s.Entities)
	d.years(s.Published)
	d.prose(s.Summary, s.Note)
	for _, thread := range s.Voices {
		for _, x := range thread.Exchanges {
			d.voice(x.Claim)
			for _, v := range x.Answers {
				d.voice(v)
			}
		}
		for _, v := range thread.Answers {
			d.voice(v)
		}
	}
}

func markOf(prefix, code string) string {
	if code == "" {
		return ""
	}
	return prefix + code
}

// voice is what somebody says in a source.
func (d *document) voice(v page.Voice) {
	d.concern(v.By.Text)
	d.prose(v.Text)
	d.say(v.Quote.Value)
}

// languageFolder is that of the language of a page: "", "fr/".
func languageFolder(p *page.Page) string {
	if strings.Count(p.Root, "../") <= strings.Count(p.LangRoot, "../") {
		return ""
	}
	first, _, _ := strings.Cut(p.Path, "/")
	return path.Clean(first) + "/"
}

// plain is ready HTML without its marks. References to the numbered sources of
// a page are left out, with the space before them.
func plain(h template.HTML) string {
	if h == "" {
		return ""
	}
	var text []byte
	z := html.NewTokenizer(strings.NewReader(string(h)))
	skip := 0 // depth of links within a reference
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(strings.ReplaceAll(string(text), "\u2060", "")), " ")
		case html.TextToken:
			if skip == 0 {
				text = append(text, z.Text()...)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data == "a" && (skip > 0 || slices.Contains(token.Attr, html.Attribute{Key: "class", Val: "ref"})) {
				skip++
				text = bytes.TrimRight(text, " ")
			} else if !inline(token.Data) {
				text = append(text, ' ')
			}
		case html.EndTagToken:
			token := z.Token()
			if token.Data == "a" && skip > 0 {
				skip--
			} else if !inline(token.Data) {
				text = append(text, ' ')
			}
		}
	}
}

func inline(tag string) bool {
	switch tag {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
		"sup", "time", "u", "var":
		return true
	}
	return false
}
