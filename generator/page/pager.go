package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/cite"
	"github.com/dossier-report/dossier/generator/model"
	spelling "github.com/dossier-report/dossier/generator/names"
)

// Pager says which page of a list this is, where a long list is continued on
// several. On other pages it is zero.
type Pager struct {
	Number int          // of the page, from 1
	Total  int          // pages
	Mark   string       // what tells the page from the first one in titles: "2/14"; empty on the first
	Prev   Link         // the page before, without Value; its Href is empty on the first
	Next   Link         // the page after
	Groups []PagerGroup // the whole list: what stands on which page; empty in lists of names, which have letters
}

// PagerGroup is a group of the list, with the pages on which it stands.
type PagerGroup struct {
	Key   string // schema of entities, CSL type of sources; empty in other lists, and for what has none
	Text  Text   // name of a programme
	Year  int    // of news and entries of the timeline; 0 when it is not stated
	Count int    // rows
	Pages []PagerLink
}

// PagerLink leads to the rows of a group that stand on one page.
type PagerLink struct {
	Href       string
	Number     int  // of the page
	Current    bool // it is this one
	First      int  // number of the first row there, in its group, from 1
	Last       int
	From, To   Text // names of the first and the last row, in a list by name
	Begin, End Date // their dates, in a list by date
}

// rowsPerPage is how many rows a page of a list has at most: more than that
// take seconds to lay out, and megabytes to fetch.
const rowsPerPage = 1000

// list is the rows of a list in their order, by group, and cut into pages.
type list[T any] struct {
	groups []rowGroup[T]
	total  int
	pages  [][]stretch // of each page
}

// rowGroup is the rows under one heading. There may be none.
type rowGroup[T any] struct {
	key  string // schema, type, id of a programme; or
	year int
	rows []T
}

// stretch is the rows of a group that stand on one page.
type stretch struct{ group, first, end int }

// newList cuts a list into pages of so many rows at most. Rows that unit gives the
// same word stay together unless there are more of them than a page has; nil keeps
// groups together. So a record that gets another name or date moves few rows to
// another page.
func newList[T any](most int, groups []rowGroup[T], unit func(T) string) *list[T] {
	l := &list[T]{groups: groups, pages: [][]stretch{nil}}
	on := 0 // rows on the last page
	put := func(group, first, end int) {
		last := len(l.pages) - 1
		if n := len(l.pages[last]); n > 0 && l.pages[last][n-1].group == group {
			l.pages[last][n-1].end = end
		} else {
			l.pages[last] = append(l.pages[last], stretch{group, first, end})
		}
		on += end - first
	}
	for i, g := range groups {
		l.total += len(g.rows)
		if len(g.rows) == 0 {
			put(i, 0, 0)
		}
		for first, end := 0, 0; first < len(g.rows); first = end {
			end = unitEnd(g.rows, first, unit)
			if on > 0 && on+end-first > most {
				l.pages, on = append(l.pages, nil), 0
			}
			for ; end-first > most; first += most {
				put(i, first, first+most)
				l.pages, on = append(l.pages, nil), 0
			}
			put(i, first, end)
		}
	}
	return l
}

// unitEnd is where the unit ends that begins at first.
func unitEnd[T any](rows []T, first int, unit func(T) string) int {
	if unit == nil {
		return len(rows)
	}
	same := unit(rows[first])
	end := first + 1
	for end < len(rows) && unit(rows[end]) == same {
		end++
	}
	return end
}

// on are all rows of a page.
func (l *list[T]) on(n int) []T {
	var out []T
	for _, s := range l.pages[n] {
		out = append(out, l.groups[s.group].rows[s.first:s.end]...)
	}
	return out
}

// first are the first rows, so many at most.
func (l *list[T]) first(n int) []T {
	var out []T
	for _, g := range l.groups {
		out = append(out, g.rows[:min(len(g.rows), n-len(out))]...)
	}
	return out
}

// lists are those of the whole report, each made when it is first asked for. What
// they read is noted of no page: a page notes which kinds of records its list has.
type lists struct {
	entities func() *list[*model.Entity]
	people   func() *list[*model.Entity]
	measures func() *list[*model.Measure]
	timeline func() *list[entry]
	news     func() *list[*model.Source]
	sources  func() *list[*model.Source]
}

func (s *site) newLists(most int) lists {
	v := s.v.view
	return lists{
		entities: sync.OnceValue(func() *list[*model.Entity] {
			return newList(most, bySchema(v.Entities), initial)
		}),
		people: sync.OnceValue(func() *list[*model.Entity] {
			people := slices.DeleteFunc(slices.Clone(v.Entities), func(e *model.Entity) bool { return e.Schema != model.Person })
			return newList(most, bySchema(people), initial)
		}),
		measures: sync.OnceValue(func() *list[*model.Measure] { return s.measuresByProgram(v, most) }),
		timeline: sync.OnceValue(func() *list[entry] {
			return newList(most, byYear(entries(v.Measures, v.Events, v.Sources, ""), func(e entry) model.Date { return e.date }), nil)
		}),
		news: sync.OnceValue(func() *list[*model.Source] {
			news := slices.DeleteFunc(slices.Clone(v.Sources), func(s *model.Source) bool { return !s.News })
			slices.SortFunc(news, newestSource)
			return newList(most, byYear(news, func(s *model.Source) model.Date { return s.Published }), nil)
		}),
		sources: sync.OnceValue(func() *list[*model.Source] { return sourcesByType(v, most) }),
	}
}

// initial is the letter under which an entity stands.
func initial(e *model.Entity) string { return letter(spelling.Key(e.Title().Text)) }

// bySchema are entities by schema, and in each by name.
func bySchema(entities []*model.Entity) []rowGroup[*model.Entity] {
	by := map[string][]*model.Entity{}
	for _, e := range byName(entities) {
		by[string(e.Schema)] = append(by[string(e.Schema)], e)
	}
	var out []rowGroup[*model.Entity]
	for _, schema := range model.Schema("").Values() {
		if len(by[schema]) > 0 {
			out = append(out, rowGroup[*model.Entity]{key: schema, rows: by[schema]})
		}
	}
	return out
}

// byName sorts entities as their names are looked up: capital letters, accents
// and full stops make no difference.
func byName(entities []*model.Entity) []*model.Entity {
	type named struct {
		key string
		e   *model.Entity
	}
	list := make([]named, len(entities))
	for i, e := range entities {
		list[i] = named{spelling.Key(e.Title().Text), e}
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.e.Title().Text, b.e.Title().Text), cmp.Compare(a.e.ID, b.e.ID))
	})
	out := make([]*model.Entity, len(list))
	for i, x := range list {
		out[i] = x.e
	}
	return out
}

// measuresByProgram has programmes without a measure too, and last the measures
// without a programme. Where links to a programme lead into it, it is not cut:
// the place of a programme would depend on all measures.
func (s *site) measuresByProgram(v *model.View, most int) *list[*model.Measure] {
	by := map[string][]*model.Measure{}
	for _, m := range v.Measures {
		id := ""
		if p, ok := v.Item(m.Program.ID).(*model.Program); ok {
			id = p.ID
		}
		by[id] = append(by[id], m)
	}
	var groups []rowGroup[*model.Measure]
	for _, p := range slices.SortedFunc(slices.Values(v.Programs), byProgramName) {
		groups = append(groups, rowGroup[*model.Measure]{key: p.ID, rows: by[p.ID]})
	}
	if len(by[""]) > 0 {
		groups = append(groups, rowGroup[*model.Measure]{rows: by[""]})
	}
	for _, g := range groups {
		slices.SortFunc(g.rows, newest)
	}
	if !s.has[TemplateProgram] {
		most = len(v.Measures)
	}
	return newList(most, groups, nil)
}

// sourcesByType are sources by type, and in each by grade and title.
func sourcesByType(v *model.View, most int) *list[*model.Source] {
	by := map[string][]*model.Source{}
	for _, s := range v.Sources {
		by[cite.Type(s)] = append(by[cite.Type(s)], s)
	}
	var groups []rowGroup[*model.Source]
	for _, kind := range model.SourceType("").Values() {
		if len(by[kind]) == 0 {
			continue
		}
		slices.SortFunc(by[kind], func(a, b *model.Source) int {
			return cmp.Or(cmp.Compare(gradeRank(a), gradeRank(b)), cmp.Compare(a.Title.String(), b.Title.String()), cmp.Compare(a.ID, b.ID))
		})
		groups = append(groups, rowGroup[*model.Source]{key: kind, rows: by[kind]})
	}
	return newList(most, groups, func(s *model.Source) string { return string(s.Confidence) })
}

// byYear groups rows that are in the order of their dates, either way.
func byYear[T any](rows []T, of func(T) model.Date) []rowGroup[T] {
	var out []rowGroup[T]
	for _, row := range rows {
		year := date(of(row)).From.Year
		if n := len(out); n == 0 || out[n-1].year != year {
			out = append(out, rowGroup[T]{year: year})
		}
		last := &out[len(out)-1]
		last.rows = append(last.rows, row)
	}
	return out
}

// pagePath is where a page of a list lies, by its number from 0.
func pagePath(path string, n int) string {
	if n == 0 {
		return path
	}
	return pagesFolder(path) + "/" + strconv.Itoa(n+1) + ".html"
}

// pagesFolder is the folder of the pages on which a list is continued. No id has a slash,
// so it can be that of no record.
func pagesFolder(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, ".html"), "/index") + "/page"
}

// beginList begins a page of a list, by its number from 0.
func (c *composer) beginList(path, template, key string, n, of int) {
	if n == 0 {
		c.list(path, template, key)
	} else {
		c.page.TitleKey = key
		c.begin(pagePath(path, n), template, "")
		c.crumbs(key, Text{Value: strconv.Itoa(n+1) + " / " + strconv.Itoa(of)})
	}
	c.page.Pager = c.pager(n, of, func(n int) string { return pagePath(path, n) })
}

// pager is that of a list on so many pages; zero when it is one. at gives the
// path of each, by its number from 0.
func (c *composer) pager(n, of int, at func(n int) string) Pager {
	if of < 2 {
		return Pager{}
	}
	p := Pager{Number: n + 1, Total: of}
	if n > 0 {
		p.Mark = strconv.Itoa(p.Number) + "/" + strconv.Itoa(p.Total)
		p.Prev.Href = c.href(place{path: at(n - 1)})
	}
	if n+1 < of {
		p.Next.Href = c.href(place{path: at(n + 1)})
	}
	return p
}

// contents fills the pager's table of the whole list: group gives what a group
// is called and the anchor under which it stands on each of its pages, ends
// tells the first row on a page from the last.
func contents[T any](c *composer, l *list[T], path string, group func(rowGroup[T]) (PagerGroup, string), ends func(first, last T, link *PagerLink)) {
	p := &c.page.Pager
	if p.Total == 0 {
		return
	}
	anchors := make([]string, len(l.groups))
	for i, g := range l.groups {
		head, anchor := group(g)
		head.Count = len(g.rows)
		p.Groups, anchors[i] = append(p.Groups, head), anchor
	}
	for n, page := range l.pages {
		for _, s := range page {
			link := PagerLink{
				Href:   c.href(place{pagePath(path, n), anchors[s.group]}),
				Number: n + 1, Current: n+1 == p.Number, First: s.first + 1, Last: s.end,
			}
			if rows := l.groups[s.group].rows[s.first:s.end]; len(rows) > 0 && len(rows) < len(l.groups[s.group].rows) {
				ends(rows[0], rows[len(rows)-1], &link)
			}
			p.Groups[s.group].Pages = append(p.Groups[s.group].Pages, link)
		}
	}
}
