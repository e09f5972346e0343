package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"iter"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// feed is a list of entries, the newest first, to be written in both forms.
type feed struct {
	path     string // without extension
	title    string
	subtitle string
	home     string // absolute address of the page that it belongs to
	dir      string
	report   *page.Report
	entries  []entry
	single   bool // of one record, and not of the report
}

// Media types of the two forms.
const (
	AtomType = "application/atom+xml"
	JSONType = "application/feed+json"
)

// atomPath and jsonPath are where the feeds lie. Servers know the extension
// .atom; a JSON feed of a record has a second one, so that nobody takes it for
// data.
func (f feed) atomPath() string { return f.path + ".atom" }
func (f feed) jsonPath() string {
	if f.single {
		return f.path + ".feed.json"
	}
	return f.path + ".json"
}

func (f feed) files() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		_ = yield(f.atomPath(), f.atom()) && yield(f.jsonPath(), f.json())
	}
}

// updated is the time of the newest entry, or the day of the report.
func (f feed) updated() time.Time {
	t := f.report.AsOf.From.Time
	if len(f.entries) > 0 {
		t = f.entries[0].updated
	}
	return t
}

// author is who answers for the report; RFC 4287 wants one.
func (f feed) author() (name, uri string) {
	if f.report.Publisher.Name != "" {
		return f.report.Publisher.Name, f.report.Publisher.URL
	}
	return f.report.Title.Value, ""
}

type (
	atomFeed struct {
		XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang      string      `xml:"xml:lang,attr,omitempty"`
		ID        string      `xml:"id"`
		Title     string      `xml:"title"`
		Subtitle  string      `xml:"subtitle,omitempty"`
		Updated   string      `xml:"updated"`
		Author    atomPerson  `xml:"author"`
		Links     []atomLink  `xml:"link"`
		Rights    string      `xml:"rights,omitempty"`
		Generator atomProgram `xml:"generator"`
		Entries   []atomEntry `xml:"entry"`
	}
	atomPerson struct {
		Name string `xml:"name"`
		URI  string `xml:"uri,omitempty"`
	}
	atomProgram struct {
		Version string `xml:"version,attr,omitempty"`
		Name    string `xml:",chardata"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Updated    string         `xml:"updated"`
		Published  string         `xml:"published,omitempty"`
		Link       atomLink       `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary,omitempty"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr,omitempty"`
	}
)

// atom is the feed as RFC 4287 has it. All texts are of the type text, which is
// the one that is meant when none is said.
func (f feed) atom() []byte {
	r := f.report
	name, uri := f.author()
	out := atomFeed{
		Lang: r.Lang, ID: f.self(f.atomPath()), Title: f.title, Subtitle: f.subtitle, Updated: stamp(f.updated()), Author: atomPerson{name, uri},
		Links:  []atomLink{{"self", AtomType, f.self(f.atomPath())}, {"alternate", "text/html", f.home}},
		Rights: r.Licence.Name, Generator: atomProgram{r.Version, "Dossier"},
	}
	for _, e := range f.entries {
		x := atomEntry{ID: e.id, Title: e.title, Updated: stamp(e.updated), Published: e.published, Link: atomLink{"alternate", "text/html", e.url}, Summary: e.summary}
		for _, t := range e.tags {
			x.Categories = append(x.Categories, atomCategory{t.code, t.word})
		}
		out.Entries = append(out.Entries, x)
	}
	data, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		panic("feed: " + err.Error()) // nothing in the types can fail
	}
	return append([]byte(xml.Header), append(data, '\n')...)
}

// self is the address of one of the two forms.
func (f feed) self(path string) string { return f.report.BaseURL + escape(path) }

type (
	jsonFeed struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		HomePageURL string       `json:"home_page_url"`
		FeedURL     string       `json:"feed_url"`
		Description string       `json:"description,omitempty"`
		Language    string       `json:"language"`
		Authors     []jsonAuthor `json:"authors"`
		Items       []jsonItem   `json:"items"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	jsonItem struct {
		ID            string   `json:"id"`
		URL           string   `json:"url"`
		Title         string   `json:"title"`
		ContentText   string   `json:"content_text"`
		DatePublished string   `json:"date_published,omitempty"`
		DateModified  string   `json:"date_modified"`
		Tags          []string `json:"tags,omitempty"`
	}
)

// json is the feed as JSON Feed 1.1 has it. Its tags are the codes that are
// the terms in Atom. An entry without a summary has its title as content,
// because there must be some.
func (f feed) json() []byte {
	name, uri := f.author()
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.title, HomePageURL: f.home, FeedURL: f.self(f.jsonPath()), Description: f.subtitle,
		Language: f.report.Lang, Authors: []jsonAuthor{{name, uri}}, Items: []jsonItem{},
	}
	for _, e := range f.entries {
		x := jsonItem{ID: e.id, URL: e.url, Title: e.title, ContentText: e.summary, DatePublished: e.published, DateModified: stamp(e.updated)}
		if x.ContentText == "" {
			x.ContentText = e.title
		}
		for _, t := range e.tags {
			x.Tags = append(x.Tags, t.code)
		}
		out.Items = append(out.Items, x)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		panic("feed: " + err.Error()) // nothing in the types can fail
	}
	return b.Bytes()
}
