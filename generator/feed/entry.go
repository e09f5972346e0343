package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// entry is one item of a feed.
type entry struct {
	id        string // an absolute address that never changes and leads to no other entry
	url       string
	here      bool // url is only a page that shows the entry, for want of a better one
	title     string
	summary   string
	updated   time.Time
	published string // a full day, or empty
	tags      []tag  // the lane, and the kind when it is another word
}

// tag is a code with its word.
type tag struct{ code, word string }

// maxSummary is the length to which summaries are cut, in characters.
const maxSummary = 600

// entries are what a page has for the feed of the whole report. Most are found
// on several pages: which pages there are depends on the theme.
func (o Options) entries(p *page.Page) []entry {
	switch {
	case p.Canonical == "", p.Redirect != nil:
		return nil
	case p.Entity != nil:
		return o.items(p, p.Entity.Timeline)
	case p.Measure != nil:
		return o.items(p, p.Measure.Timeline)
	case p.Program != nil:
		return o.items(p, p.Program.Timeline)
	case p.Event != nil:
		return o.items(p, p.Event.Timeline)
	case p.Timeline != nil:
		var out []entry
		for _, y := range p.Timeline.Years {
			out = append(out, o.items(p, y.Items)...)
		}
		return out
	case p.Home != nil:
		return o.items(p, p.Home.Latest)
	case p.Source != nil:
		out := o.items(p, p.Source.Events)
		if p.Source.News {
			out = append(out, o.items(p, []page.TimelineItem{newsItem(p)})...)
		}
		return out
	}
	return nil
}

// newsItem is a news item as the timeline of another page shows it.
func newsItem(p *page.Page) page.TimelineItem {
	s := p.Source
	item := page.TimelineItem{Kind: "news", Step: "published", Lane: page.LaneOther, Publisher: s.Publisher, Date: s.Published}
	item.Text, item.ID = s.Title, s.ID
	item.Upcoming = s.Published.ISO != "" && s.Published.From.Time.After(p.Report.AsOf.From.Time)
	return item
}

// items makes entries of a timeline. What has no date, and what is still to
// come, has no place among news.
func (o Options) items(p *page.Page, items []page.TimelineItem) []entry {
	var out []entry
	for _, item := range items {
		if item.Date.ISO != "" && !item.Upcoming {
			out = append(out, o.entry(p, item))
		}
	}
	return out
}

func (o Options) entry(p *page.Page, item page.TimelineItem) entry {
	e := entry{
		id: p.Report.BaseURL + escape(folder(p)) + "#" + key(item), title: o.title(p.Lang, item), summary: o.summary(item),
		updated: updated(p.Report, item), tags: []tag{{item.Lane, o.lane(p.Lang, item.Lane)}},
	}
	if kind := o.kind(p.Lang, item); kind.code != "" && kind.code != item.Lane {
		e.tags = append(e.tags, kind)
	}
	if exact(item.Date) {
		e.published = stamp(item.Date.From.Time)
	}
	e.url, e.here = address(p, item)
	return e
}

// key names an entry within the report, by what it is and not by where it is
// shown, so that it stays the same when pages move. Acts that can come several
// times are told apart by their date and by how they are cited.
func key(item page.TimelineItem) string {
	parts := []string{item.Kind, item.ID}
	if item.Kind == "measure" || item.Kind == "challenge" {
		parts = append(parts, item.Step)
		if item.Label != "" {
			parts = append(parts, item.Label)
		}
		switch item.Step {
		case "announced", "published", "effective", "divest_by", "ended":
			if item.Kind == "measure" {
				break
			}
			fallthrough
		default:
			own := item.Court + "\x00" + item.Case + "\x00" + strings.Join(item.Citations, "\x00")
			if strings.Trim(own, "\x00") == "" {
				own = item.Title.Value
			}
			sum := sha256.Sum256([]byte(own))
			parts = append(parts, item.Date.ISO, hex.EncodeToString(sum[:4]))
		}
	}
	for i, s := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return strings.Join(parts, ":")
}

// address is where an entry is shown. Without a place of its own it is the
// page itself.
func address(p *page.Page, item page.TimelineItem) (address string, here bool) {
	switch {
	case item.Href != "":
		return absolute(p, item.Href), false
	case item.ID != "" && item.ID == p.ID:
		return p.Canonical, false
	case item.Anchor != "":
		return p.Canonical + "#" + url.PathEscape(item.Anchor), false
	}
	return p.Canonical, true
}

// absolute is the address of a link on a page.
func absolute(p *page.Page, href string) string {
	base, err := url.Parse(p.Canonical)
	if err != nil {
		return p.Canonical
	}
	to, err := base.Parse(href)
	if err != nil {
		return p.Canonical
	}
	return to.String()
}

func (o Options) title(lang string, item page.TimelineItem) string {
	switch item.Kind {
	case "measure":
		steps := []string{o.word(lang, "step_"+item.Step)}
		for _, s := range item.Also {
			steps = append(steps, o.word(lang, "stepped_also_"+s))
		}
		t := item.Value + ": " + strings.Join(steps, ", ")
		if item.Label != "" {
			t += " " + item.Label
		}
		if item.Title.Value != "" {
			t += " – " + item.Title.Value
		}
		return t
	case "challenge":
		return item.Value + ": " + item.Court + ", " + o.word(lang, "outcome_"+item.Step)
	case "news":
		if item.Publisher != "" {
			return item.Publisher + ": " + item.Value
		}
	default:
		// What is not confirmed says so first, wherever a title is shown alone.
		if item.Certainty != "" && item.Certainty != "confirmed" {
			return o.word(lang, "certainty_"+item.Certainty) + ": " + item.Value
		}
	}
	return item.Value
}

// summary is what the entry says, or else what it belongs to.
func (o Options) summary(item page.TimelineItem) string {
	if text := plain(string(item.Summary.HTML)); text != "" {
		return cut(text, maxSummary)
	}
	var parts []string
	put := func(s string) {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	if item.Kind == "challenge" {
		put(item.Title.Value)
		put(item.Case)
	}
	put(item.Program.Value)
	for _, by := range item.By {
		put(by.Value)
	}
	for _, c := range item.Citations {
		put(c)
	}
	return cut(strings.Join(parts, " · "), maxSummary)
}

func (o Options) lane(lang, lane string) string {
	if lane == page.LaneOther {
		return o.word(lang, "lane_rest")
	}
	return o.word(lang, "lane_"+lane)
}

func (o Options) kind(lang string, item page.TimelineItem) tag {
	switch item.Kind {
	case "measure":
		return tag{item.Type, o.word(lang, "measure_"+item.Type)}
	case "challenge":
		return tag{"court", o.word(lang, "event_court")}
	case "news":
		return tag{"news", o.word(lang, "event_news")}
	}
	return tag{item.Step, o.word(lang, "event_"+item.Step)}
}

// updated is when an entry became what it is: the last day of its date, or of
// its latest change. Feeds know no imprecise dates, and "2022" given as its
// first day would say that something was so before anybody says it was; the
// last day is also the one from which a view holds it. A date that is not over
// on the day of the report is given as its first day all the same: a time that
// is still to come would be hidden by readers, and the day of the report would
// make the entry new again with every build.
func updated(r *page.Report, item page.TimelineItem) time.Time {
	end := r.AsOf.From.Time
	t := lastDay(item.Date)
	if t.After(end) {
		t = item.Date.From.Time
	}
	for _, rev := range item.Revisions {
		if d := lastDay(rev.Date); d.After(t) && !d.After(end) {
			t = d
		}
	}
	return t
}

// newest are the newest entries, each once.
func newest(list []entry, n int) []entry {
	slices.SortFunc(list, func(a, b entry) int {
		return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(a.id, b.id), cmp.Compare(b2i(a.here), b2i(b.here)),
			cmp.Compare(a.url, b.url), cmp.Compare(a.summary, b.summary))
	})
	list = slices.CompactFunc(list, func(a, b entry) bool { return a.id == b.id })
	return slices.Clip(list[:min(n, len(list))])
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
