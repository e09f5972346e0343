package page

import (
	"slices"
	"strconv"

	"github.com/dossier-report/dossier/generator/cite"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// number is the number of a source on the page. The first use gives it one and
// puts the source into the list; 0 says that the reader may not see it.
func (c *composer) number(id string) int {
	if n := c.numbers[id]; n > 0 {
		return n
	}
	src := c.site.v.Source(id)
	if src == nil {
		return 0
	}
	n := len(c.page.Sources) + 1
	c.numbers[id] = n
	l := c.linkTo(src)
	c.page.Sources = append(c.page.Sources, Reference{
		Number: n, Anchor: sourceAnchor(n), ID: src.ID, Title: l.Text, Href: l.Href, URL: string(src.URL), Kind: cite.Type(src), News: src.News,
		Grade: string(src.Confidence), Language: c.foreign(src.Language), Paywall: src.Paywall, Archive: c.archive(src),
		Citation: c.parts(c.work(src)),
	})
	return n
}

func sourceAnchor(n int) string { return "s" + strconv.Itoa(n) }

// ref is one use of a source; false when the reader may not see the source.
func (c *composer) ref(id, locator, quote string) (Ref, bool) {
	n := c.number(id)
	if n == 0 {
		return Ref{}, false
	}
	return Ref{Number: n, Href: "#" + sourceAnchor(n), Title: c.page.Sources[n-1].Title, Locator: c.locator(locator), Quote: quote}, true
}

// refs are the uses of sources by a record. Sources that the reader may not see
// are left out.
func (c *composer) refs(sources []model.SourceRef) []Ref {
	var out []Ref
	for _, s := range sources {
		if r, ok := c.ref(s.ID, s.Locator, s.Quote); ok && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// within are the refs of a record that stands inside a source: the source
// first, then its own.
func (c *composer) within(src *model.Source, locator string, sources []model.SourceRef) []Ref {
	var out []Ref
	if src != nil {
		if r, ok := c.ref(src.ID, locator, ""); ok {
			out = append(out, r)
		}
	}
	for _, r := range c.refs(sources) {
		if len(out) == 0 || r.Number != out[0].Number || r.Quote != "" || r.Locator != (Locator{}) && r.Locator != out[0].Locator {
			out = append(out, r)
		}
	}
	return out
}

func (c *composer) archive(s *model.Source) Archive {
	a := s.Archive
	if a == nil {
		if s.SHA256 != "" {
			return Archive{State: "hashed", SHA256: s.SHA256}
		}
		return Archive{State: "none"}
	}
	out := Archive{State: "none", URL: string(a.URL), Captured: date(a.Captured), SHA256: a.SHA256}
	if f := c.site.v.File(a.File.ID); f != nil {
		out.File, out.Rights = c.linkTo(f), f.Rights
		if out.SHA256 == "" {
			out.SHA256 = f.SHA256
		}
	}
	switch {
	case out.File.ID != "":
		out.State = "kept"
	case out.URL != "":
		out.State = "linked"
	case out.SHA256 != "":
		out.State = "hashed"
	}
	return out
}

// attachment is the address of a file in the report; empty when files are not
// published.
func (c *composer) attachment(f *model.File) string {
	if !c.files {
		return ""
	}
	return c.address("files/"+f.Path, "")
}

// work is a source as it is cited in the language of the page.
func (c *composer) work(s *model.Source) cite.Work {
	return cite.Of(s, cite.Options{Lang: c.lang, First: c.site.first, Author: func(a model.Author) string {
		if e := c.site.v.Entity(a.ID); e != nil {
			return e.Name.Text
		}
		return ""
	}})
}

// citation is a work as formatted, and for reference managers.
func (c *composer) citation(w cite.Work) PageCitation {
	return PageCitation{Citation: c.parts(w), BibTeX: cite.BibTeX(w), RIS: cite.RIS(w), CSL: cite.CSL(w).JSON()}
}

func (c *composer) parts(w cite.Work) Citation {
	var out Citation
	for _, p := range cite.Format(w) {
		part := CitePart{Key: p.Key, Style: p.Style, Text: c.tagged(p.Text, p.Lang), Date: date(p.Date), URL: p.URL}
		if p.Lang == "" {
			part.Text.Value = spacing(part.Text.Value, c.lang)
		}
		for _, name := range p.Names {
			part.Names = append(part.Names, Text{Value: name})
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}

// parsedTexts is how many parsed texts are kept: those of a record are asked for
// several times in a row.
const parsedTexts = 512

// doc is a text, parsed.
func (s *site) doc(text string) *markdown.Doc {
	d := s.docs[text]
	if d == nil {
		if len(s.docs) >= parsedTexts {
			clear(s.docs)
		}
		d = s.engine.Parse(text)
		s.docs[text] = d
	}
	return d
}

// citations are the sources that a text cites. It is for several goroutines.
func (s *site) citations(text string) []markdown.Ref {
	if text == "" {
		return nil
	}
	var out []markdown.Ref
	refs, known := s.refs[text]
	if !known {
		refs = s.engine.Parse(text).Refs()
	}
	for _, ref := range refs {
		if ref.Kind == markdown.Citation {
			out = append(out, ref)
		}
	}
	return out
}

// html writes a text of a record, or of the settings. Its headings come below those of level
// above; its ids begin with "t" and the number of the text on the page.
func (c *composer) html(of model.Item, m model.Markdown, above int) HTML {
	c.site.v.texts(of)
	t, lang := m.In(c.lang, c.site.first)
	if t.Value == "" {
		return HTML{}
	}
	doc := c.site.doc(t.Value)
	c.texts++
	before := c.foreignText
	c.foreignText = lang != c.lang
	out := c.flow(doc, t.Charts, markdown.Renderer{
		Prefix: c.prefix(c.texts), Cite: c.cited, Record: c.recorded, File: c.filed,
		Words: c.words.Words, HeadingShift: shift(doc, above),
	})
	c.foreignText = before
	if lang != c.lang {
		out.Lang, out.Dir = lang, Direction(lang)
	}
	return out.spaced(lang)
}

// prefix is what the ids of a text on the page begin with.
func (c *composer) prefix(text int) string { return "t" + strconv.Itoa(text) + "-" }

// shift is what makes the highest heading of a text the one below a level.
func shift(doc *markdown.Doc, above int) int {
	highest := 0
	for _, h := range doc.Headings(nil) {
		if highest == 0 || h.Level < highest {
			highest = h.Level
		}
	}
	if highest == 0 {
		return 0
	}
	return above + 1 - highest
}

func (c *composer) cited(ref markdown.Ref) (markdown.Reference, bool) {
	r, ok := c.ref(ref.ID, ref.Locator, "")
	return markdown.Reference{Number: r.Number, Href: r.Href, Label: c.words.Source}, ok
}

func (c *composer) recorded(ref markdown.Ref) (markdown.Link, bool) {
	l := c.link(model.Ref{ID: ref.ID})
	return markdown.Link{Href: l.Href, Text: l.Value, Lang: l.Lang}, l.ID != ""
}

func (c *composer) filed(ref markdown.Ref) (string, bool) {
	f := c.site.file(ref.ID)
	if f == nil || !c.files {
		return "", false
	}
	return c.attachment(f), true
}

// plain is such a text without markup, for a description.
func (c *composer) plain(of model.Item, m model.Markdown) Text {
	c.site.v.texts(of)
	t, lang := m.In(c.lang, c.site.first)
	if t.Value == "" {
		return Text{}
	}
	text := c.site.doc(t.Value).Plain(func(ref markdown.Ref) string { return c.link(model.Ref{ID: ref.ID}).Value })
	return c.tagged(cut(text, 200), lang)
}
