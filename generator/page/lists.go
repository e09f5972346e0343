package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/cite"
	"github.com/dossier-report/dossier/generator/model"
)

// list begins a page without a record.
func (c *composer) list(path, template, key string) {
	c.page.TitleKey = key
	c.begin(path, template, "")
	c.crumbs("", Text{})
}

// entityList fills a page of the list of all entities; n counts pages from 0.
func (c *composer) entityList(n int) {
	all := c.site.v.Entities()
	l := c.site.lists.entities()
	c.beginList(entitiesPath, TemplateEntities, "entities", n, len(l.pages))
	contents(c, l, entitiesPath, func(g rowGroup[*model.Entity]) (PagerGroup, string) {
		return PagerGroup{Key: g.key}, strings.ToLower(g.key)
	}, c.fromTo)
	body := &EntityList{Total: len(all)}
	c.page.Entities = body
	for _, s := range l.pages[n] {
		g := l.groups[s.group]
		group := c.entityGroup(g, g.rows[s.first:s.end])
		group.Anchor = strings.ToLower(g.key)
		body.Groups = append(body.Groups, group)
	}
	c.end()
}

// fromTo tells the entities on one page by the names of the first and the last.
func (c *composer) fromTo(first, last *model.Entity, link *PagerLink) {
	link.From, link.To = c.name(first.Title()), c.name(last.Title())
}

// entityGroups are entities by schema, and in each by name.
func (c *composer) entityGroups(list []*model.Entity) []EntityGroup {
	var out []EntityGroup
	for _, g := range bySchema(list) {
		out = append(out, c.entityGroup(g, g.rows))
	}
	return out
}

// entityGroup is some of the entities of one schema.
func (c *composer) entityGroup(g rowGroup[*model.Entity], rows []*model.Entity) EntityGroup {
	out := EntityGroup{Schema: g.key, Total: len(g.rows)}
	for _, e := range rows {
		out.Rows = append(out.Rows, c.entityRow(e))
	}
	return out
}

func (c *composer) entityRow(e *model.Entity) EntityRow {
	o := c.site.on(e.ID)
	row := EntityRow{
		Link: c.linkTo(e), Native: c.native(e), Countries: countries(e), Strip: c.strip(e.ID, o), Measures: len(o.named),
		Plans: len(o.plans), Issued: len(c.site.issued.of(e.ID)),
	}
	if e.Name.Text != e.Title().Text {
		row.Name = c.name(e.Name)
	}
	for _, m := range o.named {
		if acts(m.Status) {
			row.Acting++
		}
	}
	return row
}

func countries(e *model.Entity) []string {
	var out []string
	for _, x := range e.Countries {
		out = append(out, string(x))
	}
	return out
}

func (c *composer) measureList(n int) {
	v := c.site.v
	all := v.Measures()
	v.Programs() // whose groups they are
	l := c.site.lists.measures()
	c.beginList(measuresPath, TemplateMeasures, "measures", n, len(l.pages))
	contents(c, l, measuresPath, func(g rowGroup[*model.Measure]) (PagerGroup, string) {
		return PagerGroup{Text: c.link(model.Ref{ID: g.key}).Text}, measuresAnchor(g.key)
	}, func(first, last *model.Measure, link *PagerLink) {
		link.Begin, link.End = date(firstDate(first)), date(firstDate(last))
	})
	body := &MeasureList{Total: len(all)}
	c.page.Measures = body
	for _, s := range l.pages[n] {
		of := l.groups[s.group]
		g := MeasureGroup{Anchor: measuresAnchor(of.key), Continued: s.first > 0, Total: len(of.rows)}
		if p := v.Program(of.key); p != nil {
			if g.Continued {
				g.Program.Link = c.linkTo(p)
			} else {
				g.Program = c.program(p)
			}
			if !c.site.has[TemplateProgram] {
				g.Program.Href = "" // it is here
			}
			c.page.TOC = append(c.page.TOC, TOCItem{Text: g.Program.Text, Href: "#" + g.Anchor, Level: 2, Count: g.Total})
		}
		g.Rows = c.rows(of.rows[s.first:s.end])
		body.Groups = append(body.Groups, g)
	}
	if n == 0 {
		body.Statuses = statuses(all)
	}
	c.end()
}

// measuresAnchor is where the measures of a programme stand in the list of all.
func measuresAnchor(program string) string {
	if program == "" {
		return "no-program"
	}
	return programAnchor(program)
}

// statuses counts measures by the word of their status.
func statuses(ms []*model.Measure) []Count {
	words := map[string]int{}
	for _, m := range ms {
		words[m.Status.Name()]++
	}
	var out []Count
	for _, word := range statusWords {
		if words[word] > 0 {
			out = append(out, Count{word, words[word]})
		}
	}
	return out
}

func (c *composer) newsList(n int) {
	c.site.v.Sources()
	l := c.site.lists.news()
	c.beginList(newsPath, TemplateNews, "news", n, len(l.pages))
	contents(c, l, newsPath, func(g rowGroup[*model.Source]) (PagerGroup, string) {
		return PagerGroup{Year: g.year}, yearAnchor(g.year)
	}, func(first, last *model.Source, link *PagerLink) {
		link.Begin, link.End = date(first.Published), date(last.Published)
	})
	body := &NewsList{Total: l.total}
	c.page.NewsList = body
	for _, s := range l.pages[n] {
		g := l.groups[s.group]
		body.Years = append(body.Years, NewsYear{Year: g.year, Anchor: yearAnchor(g.year), Rows: c.sourceRows(g.rows[s.first:s.end]), Total: len(g.rows)})
	}
	c.end()
}

// yearAnchor is where a year stands in a list; 0 is no year.
func yearAnchor(year int) string {
	if year == 0 {
		return SectionUndated
	}
	return "y" + strconv.Itoa(year)
}

// newestSource orders sources by publication, the newest first; those without
// a date come last.
func newestSource(a, b *model.Source) int {
	if a.Published.IsZero() || b.Published.IsZero() {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.ID, b.ID))
	}
	return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.ID, b.ID))
}

// newsRow is a source in a list.
func (c *composer) newsRow(s *model.Source) NewsRow {
	return NewsRow{
		Link: c.linkTo(s), Publisher: s.Publisher, Container: s.Container, Date: date(s.Published), Type: cite.Type(s),
		Language: c.foreign(s.Language), Paywall: s.Paywall, Archive: c.archive(s).State, About: c.links(s.Entities),
		Uses: c.restOn(s.ID), Grade: string(s.Confidence),
	}
}

func (c *composer) newsRows(sources []*model.Source) []NewsRow {
	return c.sourceRows(slices.SortedFunc(slices.Values(sources), newestSource))
}

// sourceRows are sources in a list, in the order given.
func (c *composer) sourceRows(sources []*model.Source) []NewsRow {
	var out []NewsRow
	for _, s := range sources {
		out = append(out, c.newsRow(s))
	}
	return out
}

// newsOf are the news items on which a measure or an event about it rests.
func (s *site) newsOf(m *model.Measure) []*model.Source {
	var out []*model.Source
	put := func(refs []model.SourceRef) {
		for _, ref := range refs {
			if src := s.v.Source(ref.ID); src != nil && src.News && !slices.Contains(out, src) {
				out = append(out, src)
			}
		}
	}
	put(m.Sources)
	for _, a := range m.Amendments {
		put(a.Sources)
	}
	for _, x := range m.Challenges {
		put(x.Sources)
	}
	for _, e := range s.events.of(m.ID) {
		put(e.Sources)
	}
	return out
}

func (c *composer) sourceList(n int) {
	all := c.site.v.Sources()
	l := c.site.lists.sources()
	c.beginList(sourcesPath, TemplateSources, "sources", n, len(l.pages))
	contents(c, l, sourcesPath, func(g rowGroup[*model.Source]) (PagerGroup, string) {
		return PagerGroup{Key: g.key}, "type-" + g.key
	}, func(_, _ *model.Source, _ *PagerLink) {}) // by grade first, so that titles tell nothing
	body := &SourceList{Total: len(all)}
	c.page.SourceList = body
	if n == 0 {
		grades := map[string]int{}
		for _, s := range all {
			grades[string(s.Confidence)]++
		}
		for _, grade := range gradeOrder {
			if grades[grade] > 0 {
				body.Grades = append(body.Grades, Count{grade, grades[grade]})
			}
		}
	}
	for _, s := range l.pages[n] {
		g := l.groups[s.group]
		body.Groups = append(body.Groups, SourceGroup{Anchor: "type-" + g.key, Type: g.key, Rows: c.sourceRows(g.rows[s.first:s.end]), Total: len(g.rows)})
	}
	c.end()
}

// gradeOrder has the grades, the best first, and last that none is stated.
var gradeOrder = []string{string(model.Primary), string(model.Secondary), string(model.Unverified), ""}

func gradeRank(s *model.Source) int { return slices.Index(gradeOrder, string(s.Confidence)) }
