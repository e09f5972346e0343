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

// wholeEntries are those of the timeline of the whole report.
func (c *composer) wholeEntries() []entry {
	v := c.site.v
	return c.entries(v.Measures(), v.Events(), v.Sources(), "")
}

// wholeTimeline fills the timeline of the whole report.
func (c *composer) wholeTimeline() {
	c.list(timelinePath, TemplateTimeline, "timeline")
	body := &Timeline{OverTime: c.wholeOverTime()}
	c.page.Timeline = body
	items := c.items(c.wholeEntries())
	body.Total = len(items)
	body.All = Filter{Anchor: "all", Href: "#all", N: len(items)}
	body.Filters = c.filters(items)
	for _, item := range items {
		year := item.Date.From.Year
		if n := len(body.Years); n == 0 || body.Years[n-1].Year != year {
			y := TimelineYear{Year: year}
			if year != 0 {
				y.Anchor = "y" + strconv.Itoa(year)
			}
			body.Years = append(body.Years, y)
		}
		last := &body.Years[len(body.Years)-1]
		last.Items = append(last.Items, item)
	}
	for _, y := range body.Years {
		toc := TOCItem{Text: Text{Value: strconv.Itoa(y.Year)}, Href: "#" + y.Anchor, Level: 2, Count: len(y.Items)}
		if y.Year == 0 {
			toc = TOCItem{Key: SectionUndated, Href: "#" + SectionUndated, Level: 2, Count: len(y.Items)}
		}
		c.page.TOC = append(c.page.TOC, toc)
	}
	c.page.Date = lastOf(items)
	c.end()
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
	// That nobody has denied anything is worth saying.
	groups["certainty"]["denied"] = filter("denied")
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
