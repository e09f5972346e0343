package feed

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// maxBytes is the size of a site map that https://www.sitemaps.org allows.
const maxBytes = 50 << 20

// location is a page as site maps list it.
type location struct {
	url     string
	changed string // a full day, or empty
	others  []translation
}

// translation is the page in a language of the report.
type translation struct{ lang, url string }

// locationOf is the entry of a page. Its day is that of its record, or of the
// latest change to it; one that is not a full day, or that is still to come,
// says nothing to a crawler and is left out.
func locationOf(p *page.Page) location {
	l := location{url: p.Canonical}
	var day time.Time
	for _, d := range append(revised(p), p.Date) {
		if exact(d) && d.From.Time.After(day) && !d.From.Time.After(p.Report.AsOf.From.Time) {
			day = d.From.Time
		}
	}
	if !day.IsZero() {
		l.changed = day.Format(time.DateOnly)
	}
	for _, a := range p.Alternates {
		if a.URL != "" {
			if len(l.others) == 0 { // for readers of none of the languages
				l.others = append(l.others, translation{"x-default", a.URL})
			}
			l.others = append(l.others, translation{a.Lang, a.URL})
		}
	}
	return l
}

// revised are the days on which the record of a page was changed.
func revised(p *page.Page) []page.Date {
	var list []page.Revision
	switch {
	case p.Entity != nil:
		list = p.Entity.Revisions
	case p.Measure != nil:
		list = p.Measure.Revisions
	case p.Program != nil:
		list = p.Program.Revisions
	case p.Event != nil:
		list = p.Event.Revisions
	case p.Source != nil:
		list = p.Source.Revisions
	case p.Prose != nil:
		list = p.Prose.Revisions
	}
	var out []page.Date
	for _, r := range list {
		out = append(out, r.Date)
	}
	return out
}

// sitemaps are sitemap.xml, or, where one file cannot hold all, an index of
// that name and the parts.
func sitemaps(base string, urls []location, most int) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if len(urls) == 0 {
			return
		}
		slices.SortFunc(urls, func(a, b location) int { return cmp.Compare(a.url, b.url) })
		first := part(urls, most, maxBytes)
		if len(first) == len(urls) {
			yield("sitemap.xml", sitemap(urls))
			return
		}
		var index bytes.Buffer
		index.WriteString(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for n := 1; len(urls) > 0; n++ {
			now := part(urls, most, maxBytes)
			urls = urls[len(now):]
			name := fmt.Sprintf("sitemap-%d.xml", n)
			index.WriteString("<sitemap>" + element("loc", base+name) + "</sitemap>\n")
			if !yield(name, sitemap(now)) {
				return
			}
		}
		index.WriteString("</sitemapindex>\n")
		yield("sitemap.xml", index.Bytes())
	}
}

// part is the beginning of a list that one site map can hold: at least one.
func part(urls []location, most, size int) []location {
	size -= 1000 // what stands around the list
	for i, u := range urls {
		size -= len(u.xml())
		if i == most || i > 0 && size < 0 {
			return urls[:i]
		}
	}
	return urls
}

func sitemap(urls []location) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, u := range urls {
		b.WriteString(u.xml())
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}

func (l location) xml() string {
	s := "<url>" + element("loc", l.url)
	if l.changed != "" {
		s += element("lastmod", l.changed)
	}
	for _, o := range l.others {
		s += `<xhtml:link rel="alternate" hreflang="` + text(o.lang) + `" href="` + text(o.url) + `"/>`
	}
	return s + "</url>\n"
}

func element(name, value string) string { return "<" + name + ">" + text(value) + "</" + name + ">" }

// text is a text as XML writes it. What XML cannot hold becomes U+FFFD.
func text(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic("feed: " + err.Error()) // a buffer takes everything
	}
	return b.String()
}
