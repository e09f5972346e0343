package feed

import (
	"time"

	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/wire"
)

// share is what a page adds to the files of the whole report; the zero share is
// that of a page which is in none of them.
type share struct {
	location
	entries []entry
}

// listed reports whether a page has a place in feeds and site maps.
func listed(p *page.Page) bool { return p.Canonical != "" && p.NotFound == nil && p.Redirect == nil }

func (o Options) share(p *page.Page) share {
	if !listed(p) {
		return share{}
	}
	return share{locationOf(p), newest(o.entries(p), ReportEntries)}
}

// entry is the share as a text; empty for the zero share.
func (s share) entry() string {
	if s.url == "" {
		return ""
	}
	b := wire.AppendText(wire.AppendText(nil, s.url), s.changed)
	b = wire.AppendNumber(b, len(s.others))
	for _, other := range s.others {
		b = wire.AppendText(wire.AppendText(b, other.lang), other.url)
	}
	b = wire.AppendNumber(b, len(s.entries))
	for _, e := range s.entries {
		for _, text := range []string{e.id, e.url, e.title, e.summary, e.updated.Format(time.RFC3339Nano), e.published} {
			b = wire.AppendText(b, text)
		}
		b = wire.AppendNumber(b, len(e.tags))
		for _, t := range e.tags {
			b = wire.AppendText(wire.AppendText(b, t.code), t.word)
		}
		here := 0
		if e.here {
			here = 1
		}
		b = wire.AppendNumber(b, here)
	}
	return string(b)
}

// parseShare reads what share.entry has made.
func parseShare(text string) (p share, ok bool) {
	if text == "" {
		return share{}, true
	}
	r := wire.NewReader(text)
	p.url, p.changed = r.Text(), r.Text()
	for range r.Count() {
		p.others = append(p.others, translation{r.Text(), r.Text()})
	}
	for range r.Count() {
		e := entry{id: r.Text(), url: r.Text(), title: r.Text(), summary: r.Text()}
		updated, err := time.Parse(time.RFC3339Nano, r.Text())
		if err != nil {
			return share{}, false
		}
		e.updated, e.published = updated, r.Text()
		for range r.Count() {
			e.tags = append(e.tags, tag{r.Text(), r.Text()})
		}
		e.here = r.Number() == 1
		p.entries = append(p.entries, e)
	}
	return p, r.Whole()
}
