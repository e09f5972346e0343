package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// The lanes of a timeline.
const (
	LaneLaw    = "law"    // decided: a step of a measure
	LaneReport = "report" // somebody reported that something is planned or so
	LaneOther  = "other"  // courts, statements, corporate and market events, policy, news
)

// entry is an item of a timeline with what it is sorted by.
type entry struct {
	date model.Date
	lane string
	id   string
	step int // order of steps of one record on one day
	fill func(*composer) TimelineItem
}

// timeline merges steps of measures, events and news items by date. It leaves
// out news items on which one of the events rests, since the event shows them.
// The entity of the page is not repeated in what an entry concerns.
func (c *composer) timeline(measures []*model.Measure, events []*model.Event, news []*model.Source, self string) []TimelineItem {
	return c.items(entries(measures, events, news, self))
}

// entries are those of a timeline before they are written, in its order.
func entries(measures []*model.Measure, events []*model.Event, news []*model.Source, self string) []entry {
	var out []entry
	for _, m := range measures {
		out = append(out, steps(m)...)
	}
	shown := map[string]bool{}
	for _, e := range events {
		for _, ref := range e.Sources {
			shown[ref.ID] = true
		}
		out = append(out, entry{date: e.Date, lane: lane(e), id: e.ID, fill: func(c *composer) TimelineItem { return c.eventItem(e, self) }})
	}
	for _, src := range news {
		if src.News && !shown[src.ID] {
			out = append(out, entry{date: src.Published, lane: LaneOther, id: src.ID, fill: func(c *composer) TimelineItem { return c.newsItem(src, self) }})
		}
	}
	slices.SortStableFunc(out, chronological)
	return out
}

func chronological(a, b entry) int {
	return cmp.Or(a.date.Compare(b.date), cmp.Compare(laneRank(a.lane), laneRank(b.lane)), cmp.Compare(a.id, b.id), cmp.Compare(a.step, b.step))
}

func laneRank(lane string) int { return slices.Index([]string{LaneLaw, LaneReport, LaneOther}, lane) }

func (c *composer) items(entries []entry) []TimelineItem {
	var out []TimelineItem
	for _, e := range entries {
		item := e.fill(c)
		item.Date = date(e.date)
		item.Lane = e.lane
		item.Upcoming = !e.date.IsZero() && e.date.First() > c.site.v.AsOf
		out = append(out, item)
	}
	return out
}

// lane is where an event stands. It is never that of the law: what an
// authority has decided against somebody is a measure.
func lane(e *model.Event) string {
	if e.Type == model.ReportEvent || isPlan(e) {
		return LaneReport
	}
	return LaneOther
}

// step is a dated step of a measure or of one of its provisions.
type step struct {
	name, label string
	date        model.Date
	title       model.Text
	citation    string
	sources     []model.SourceRef
	own         bool // an act of its own, such as an amendment
}

// steps are the dated steps of a measure, and its challenges. Steps of the
// measure, or of one provision, that fall on the same date are one entry.
func steps(m *model.Measure) []entry {
	var out []entry
	legal := legalSteps(m)
	for i, s := range legal {
		if slices.ContainsFunc(legal[:i], s.with) {
			continue
		}
		var also []string
		for _, other := range legal[i+1:] {
			if other.with(s) {
				also = append(also, other.name)
			}
		}
		out = append(out, entry{date: s.date, lane: LaneLaw, id: m.ID, step: i, fill: func(c *composer) TimelineItem { return c.stepItem(m, s, also) }})
	}
	for i, x := range m.Challenges {
		out = append(out, entry{date: x.Date, lane: LaneOther, id: m.ID, step: i, fill: func(c *composer) TimelineItem { return c.challengeItem(m, x) }})
	}
	return out
}

// with reports whether two steps make one entry: nothing but their names tells
// them apart.
func (s step) with(t step) bool {
	return s.date == t.date && s.label == t.label && !s.own && !t.own
}

// legalSteps are the steps of a measure in the order in which acts take their
// course; those without a date are left out.
func legalSteps(m *model.Measure) []step {
	var out []step
	put := func(s step) {
		if !s.date.IsZero() {
			out = append(out, s)
		}
	}
	five := func(label string, title model.Text, announced, published, effective, divest model.Date, ended *model.Ended) {
		put(step{name: "announced", label: label, title: title, date: announced})
		put(step{name: "published", label: label, title: title, date: published})
		put(step{name: "effective", label: label, title: title, date: effective})
		put(step{name: "divest_by", label: label, title: title, date: divest})
		if ended != nil {
			put(step{name: "ended", label: label, title: title, date: ended.Date})
		}
	}
	five("", nil, m.Announced, m.Published, m.Effective, m.DivestBy, m.Ended)
	for _, p := range m.Provisions {
		differ := func(d, main model.Date) model.Date {
			if d == main {
				return model.Date{}
			}
			return d
		}
		five(p.Label, p.Title, differ(p.Announced, m.Announced), differ(p.Published, m.Published), differ(p.Effective, m.Effective),
			differ(p.DivestBy, m.DivestBy), p.Ended)
	}
	for _, s := range m.Suspensions {
		put(step{name: "suspended", date: s.From, title: s.Reason, citation: s.Citation, sources: s.Sources, own: true})
		put(step{name: "suspended_until", date: s.To, title: s.Reason, citation: s.Citation, sources: s.Sources, own: true})
	}
	for _, a := range m.Amendments {
		put(step{name: amendment(a), date: a.Date, title: a.Title, citation: a.Citation, sources: a.Sources, own: true})
	}
	return out
}

func (c *composer) stepItem(m *model.Measure, s step, also []string) TimelineItem {
	item := c.measureItem(m, "measure", s.title, s.sources)
	item.Anchor = c.unique("step", m.ID, s.name, s.label)
	if s.own {
		item.Anchor = c.unique("step", m.ID, s.name, s.date.String())
	}
	item.Step, item.Also, item.Label, item.Citations = s.name, also, s.label, m.Citations
	if s.own {
		item.Citations = nil
		if s.citation != "" {
			item.Citations = []string{s.citation}
		}
	}
	return item
}

func (c *composer) challengeItem(m *model.Measure, x model.Challenge) TimelineItem {
	item := c.measureItem(m, "challenge", x.Title, x.Sources)
	item.Anchor = c.unique("challenge", m.ID, x.Date.String())
	item.Step, item.Court, item.Case = outcome(x), x.Court, x.Case
	if x.Citation != "" {
		item.Citations = []string{x.Citation}
	}
	return item
}

// measureItem is what steps and challenges of a measure have in common. Their
// own sources stand in place of those of the measure.
func (c *composer) measureItem(m *model.Measure, kind string, title model.Text, sources []model.SourceRef) TimelineItem {
	item := TimelineItem{
		Kind: kind, Link: c.linkTo(m), Title: c.text(title), Type: string(m.Type), Program: c.link(m.Program),
		Status: c.status(m.Status), By: c.links([]model.Ref{m.Authority}), Grade: string(m.Confidence),
	}
	if len(sources) == 0 {
		sources = m.Sources
	}
	item.Refs = c.refs(sources)
	return item
}

func (c *composer) eventItem(e *model.Event, self string) TimelineItem {
	item := TimelineItem{
		Anchor: eventAnchor(e.ID), Kind: "event", Step: string(e.Type), Link: c.linkTo(e), Program: c.link(e.Program),
		Certainty: string(e.Certainty), Citations: e.Citations, Summary: c.html(e, e.Summary, 4), Replaced: c.link(e.SupersededBy),
		By: c.links(e.By), Grade: string(e.Confidence), Refs: c.refs(e.Sources),
	}
	if item.Href == "#"+item.Anchor {
		item.Href = "" // it is here
	}
	for _, ref := range e.Concerns {
		if ref.ID != self {
			item.About = append(item.About, c.links([]model.Ref{ref})...)
		}
	}
	item.Revisions = c.revisions(e.Revisions)
	return item
}

func (c *composer) newsItem(s *model.Source, self string) TimelineItem {
	item := TimelineItem{Anchor: "news-" + s.ID, Kind: "news", Step: "published", Link: c.linkTo(s), Publisher: s.Publisher, Grade: string(s.Confidence)}
	for _, ref := range s.Entities {
		if ref.ID != self {
			item.About = append(item.About, c.links([]model.Ref{ref})...)
		}
	}
	if r, ok := c.ref(s.ID, "", ""); ok {
		item.Refs = []Ref{r}
	}
	return item
}

// latest are the newest entries of the whole report that are not still to
// come, the newest first.
func (c *composer) latest(n int) []TimelineItem {
	var entries []entry
	for _, m := range c.site.v.Measures() {
		entries = append(entries, steps(m)...)
	}
	for _, e := range c.site.v.Events() {
		entries = append(entries, entry{date: e.Date, lane: lane(e), id: e.ID, fill: func(c *composer) TimelineItem { return c.eventItem(e, "") }})
	}
	entries = slices.DeleteFunc(entries, func(e entry) bool { return e.date.IsZero() || e.date.First() > c.site.v.AsOf })
	slices.SortStableFunc(entries, func(a, b entry) int { return -chronological(a, b) })
	items := c.items(entries[:min(n, len(entries))])
	for i := range items {
		items[i].Anchor = "" // its place is another page
	}
	return items
}

// latestStep is the newest date of a measure that has come.
func (c *composer) latestStep(m *model.Measure) Date {
	var newest model.Date
	for _, s := range legalSteps(m) {
		if s.date.First() <= c.site.v.AsOf && (newest.IsZero() || s.date.Compare(newest) > 0) {
			newest = s.date
		}
	}
	return date(newest)
}
