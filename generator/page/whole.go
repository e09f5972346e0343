package page

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/dossier-report/dossier/generator/model"
)

// choices is how many filters a group has at most. Whatever is left out has a
// page with a timeline of its own.
const choices = 16

// wholeTimeline fills a page of the timeline of the whole report.
func (c *composer) wholeTimeline(n int) {
	l := c.site.wholeEntries()
	c.beginList(timelinePath, TemplateTimeline, "timeline", n, len(l.pages))
	contents(c, l, timelinePath, func(g rowGroup[entry]) (PagerGroup, string) {
		return PagerGroup{Year: g.year}, yearAnchor(g.year)
	}, func(first, last entry, link *PagerLink) {
		link.Begin, link.End = date(first.date), date(last.date)
	})
	body := &Timeline{Total: l.total}
	c.page.Timeline = body
	if n == 0 {
		body.OverTime = c.wholeOverTime()
	}
	body.Years = make([]TimelineYear, len(l.groups))
	for i, g := range l.groups {
		body.Years[i] = TimelineYear{Year: g.year, Count: len(g.rows)}
	}
	for k, page := range l.pages {
		for _, s := range page {
			if s.first == 0 {
				body.Years[s.group].Href = c.href(place{pagePath(timelinePath, k), yearAnchor(body.Years[s.group].Year)})
			}
		}
	}
	items := c.items(l.on(n))
	body.All = Filter{Anchor: "all", Href: "#all", N: len(items)}
	body.Filters = c.filters(items)
	if c.page.Date = lastOf(items); n == 0 {
		c.page.Date = c.newest(l) // the drawing on it shows all
	}
	for _, s := range l.pages[n] {
		y := &body.Years[s.group]
		y.Items, items = items[:s.end-s.first], items[s.end-s.first:]
		toc := TOCItem{Key: SectionUndated, Href: "#" + SectionUndated, Level: 2, Count: y.Count}
		if y.Year != 0 {
			y.Anchor = yearAnchor(y.Year)
			toc = TOCItem{Text: Text{Value: strconv.Itoa(y.Year)}, Href: "#" + y.Anchor, Level: 2, Count: y.Count}
		}
		c.page.TOC = append(c.page.TOC, toc)
	}
	c.end()
}

// newest is the day of the newest entry that has come.
func (c *composer) newest(l *list[entry]) Date {
	for _, g := range slices.Backward(l.groups) {
		for _, e := range slices.Backward(g.rows) {
			if !e.date.IsZero() && e.date.First() <= c.site.v.AsOf {
				return date(e.date)
			}
		}
	}
	return Date{}
}

// wholeEntries is the timeline of the whole report.
func (s *site) wholeEntries() *list[entry] {
	s.v.Measures()
	s.v.Events()
	s.v.Sources()
	return s.lists.timeline()
}

// The sorts of filters, in the order in which they stand.
var filterKeys = [...]string{"kind", "certainty", "authority", "country", "entity"}

// The tokens whose order is not that of their numbers.
var (
	kindTokens      = [...]string{"law", "report", "statement", "court", "market", "corporate", "policy", "declined_request", "check", "news"}
	certaintyTokens = [...]string{"reported", "denied", "confirmed", "superseded"}
)

// label is a filter that an entry goes by.
type label struct {
	key   string // of the group
	token string
	id    string // of an entity, or the code of a country
}

// filters gives the entries their tokens, and makes the filters that lead to
// any of them.
func (c *composer) filters(items []TimelineItem) []FilterGroup {
	groups := map[string]map[string]*Filter{}
	for _, key := range filterKeys {
		groups[key] = map[string]*Filter{}
	}
	// That nobody has denied anything is worth saying, where it holds for the whole report.
	if !slices.ContainsFunc(c.site.v.Events(), func(e *model.Event) bool { return e.Certainty == model.Denied }) {
		groups["certainty"]["denied"] = filter("denied")
	}
	of := map[string][]label{} // record -> its labels but the kind
	for i := range items {
		item := &items[i]
		labels := of[item.ID]
		if labels == nil {
			labels = c.labels(item)
			of[item.ID] = labels
		}
		for _, l := range append([]label{{key: "kind", token: kindToken(item)}}, labels...) {
			item.Tokens = append(item.Tokens, l.token)
			f := groups[l.key][l.token]
			if f == nil {
				f = filter(l.token)
				switch l.key {
				case "country":
					f.Link = c.countryLink(l.id)
				case "authority", "entity":
					f.Link = c.link(model.Ref{ID: l.id})
				}
				groups[l.key][l.token] = f
			}
			f.N++
		}
	}
	var out []FilterGroup
	offered := map[string]bool{}
	for _, key := range filterKeys {
		if g := group(key, groups[key]); len(g.Filters) > 0 {
			out = append(out, g)
			for _, f := range g.Filters {
				offered[f.Token] = true
			}
		}
	}
	for i := range items {
		items[i].Tokens = slices.DeleteFunc(items[i].Tokens, func(token string) bool { return !offered[token] })
	}
	return out
}

func filter(token string) *Filter {
	return &Filter{Token: token, Anchor: "only-" + token, Href: "#only-" + token}
}

// group puts the filters of one sort in order: codes in theirs, others by the
// number of entries. A choice between one and the same is none.
func group(key string, filters map[string]*Filter) FilterGroup {
	g := FilterGroup{Key: key}
	for _, f := range filters {
		g.Filters = append(g.Filters, *f)
	}
	rank := func(f Filter) int {
		switch key {
		case "kind":
			return slices.Index(kindTokens[:], f.Token)
		case "certainty":
			return slices.Index(certaintyTokens[:], f.Token)
		}
		return -f.N
	}
	slices.SortFunc(g.Filters, func(a, b Filter) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Link.Value, b.Link.Value), cmp.Compare(a.Token, b.Token))
	})
	switch key {
	case "authority", "country", "entity":
		g.More = max(0, len(g.Filters)-choices)
		g.Filters = g.Filters[:len(g.Filters)-g.More]
		if len(g.Filters) < 2 {
			g = FilterGroup{}
		}
	}
	return g
}

// kindToken is the sort of an entry. That of a plan is "report", whatever the
// kind of its event.
func kindToken(item *TimelineItem) string {
	switch {
	case item.Kind == "measure":
		return "law"
	case item.Kind == "challenge":
		return "court"
	case item.Kind == "news":
		return "news"
	case item.Lane == LaneReport:
		return "report"
	}
	return item.Step
}

// labels are what the record of an entry goes by, besides its kind.
func (c *composer) labels(item *TimelineItem) []label {
	s := c.site
	var out []label
	put := func(l label) {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	authority := func(ref model.Ref) {
		e, ok := s.v.Sketch(ref.ID)
		if !ok {
			return
		}
		put(label{"authority", "by-" + e.id(), e.id()})
		for _, country := range e.countries() {
			put(label{"country", "country-" + string(country), string(country)})
		}
	}
	entity := func(ref model.Ref) {
		if e, ok := s.v.Sketch(ref.ID); ok {
			put(label{"entity", "on-" + e.id(), e.id()})
		}
	}
	switch x := s.v.Item(item.ID).(type) {
	case *model.Measure:
		authority(x.Authority)
		for _, t := range x.Targets {
			entity(t.Ref)
		}
	case *model.Event:
		put(label{key: "certainty", token: string(x.Certainty)})
		for _, ref := range x.By {
			if e, ok := s.v.Sketch(ref.ID); ok && e.schema() == model.PublicBody {
				authority(ref)
			}
		}
		for _, ref := range x.Concerns {
			entity(ref)
		}
	case *model.Source:
		for _, ref := range x.Entities {
			entity(ref)
		}
	}
	return out
}
