package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/cite"
	"github.com/dossier-report/dossier/generator/model"
)

// list begins a page without a record.
func (c *composer) list(path, template, key string) {
	c.page.TitleKey = key
	c.begin(path, template, "")
	c.crumbs("", Text{})
}

func (c *composer) entityList() {
	c.list(entitiesPath, TemplateEntities, "entities")
	all := c.site.v.Entities()
	c.page.Entities = &EntityList{Total: len(all), Groups: c.entityGroups(all)}
	c.end()
}

// entityGroups are entities by schema, and in each by name.
func (c *composer) entityGroups(list []*model.Entity) []EntityGroup {
	list = byName(list)
	var out []EntityGroup
	for _, schema := range model.Schema("").Values() {
		g := EntityGroup{Schema: schema}
		for _, e := range list {
			if string(e.Schema) == schema {
				g.Rows = append(g.Rows, c.entityRow(e))
			}
		}
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// byName sorts entities.
func byName(list []*model.Entity) []*model.Entity {
	return slices.SortedFunc(slices.Values(list), func(a, b *model.Entity) int {
		return cmp.Or(cmp.Compare(a.Title().Text, b.Title().Text), cmp.Compare(a.ID, b.ID))
	})
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

func (c *composer) measureList() {
	c.list(measuresPath, TemplateMeasures, "measures")
	v := c.site.v
	body := &MeasureList{Total: len(v.Measures())}
	c.page.Measures = body
	for _, p := range slices.SortedFunc(slices.Values(v.Programs()), byProgramName) {
		g := MeasureGroup{Program: c.program(p)}
		g.Program.Anchor = programAnchor(p.ID)
		if !c.site.has[TemplateProgram] {
			g.Program.Href = "" // it is here
		}
		g.Rows = c.rows(slices.SortedFunc(slices.Values(c.site.under.of(p.ID)), newest))
		body.Groups = append(body.Groups, g)
		c.page.TOC = append(c.page.TOC, TOCItem{Text: g.Program.Text, Href: "#" + g.Program.Anchor, Level: 2, Count: len(g.Rows)})
	}
	var rest []*model.Measure
	for _, m := range v.Measures() {
		if v.Program(m.Program.ID) == nil {
			rest = append(rest, m)
		}
	}
	if len(rest) > 0 {
		slices.SortFunc(rest, newest)
		body.Groups = append(body.Groups, MeasureGroup{Rows: c.rows(rest)})
	}
	body.Statuses = statuses(v.Measures())
	c.end()
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

func (c *composer) newsList() {
	c.list(newsPath, TemplateNews, "news")
	body := &NewsList{}
	c.page.NewsList = body
	var news []*model.Source
	for _, s := range c.site.v.Sources() {
		if s.News {
			news = append(news, s)
		}
	}
	slices.SortFunc(news, newestSource)
	for _, s := range news {
		year := date(s.Published).From.Year
		if s.Published.IsZero() {
			year = 0
		}
		if n := len(body.Years); n == 0 || body.Years[n-1].Year != year {
			body.Years = append(body.Years, NewsYear{Year: year})
		}
		last := &body.Years[len(body.Years)-1]
		last.Rows = append(last.Rows, c.newsRow(s))
		body.Total++
	}
	c.end()
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
	var out []NewsRow
	for _, s := range slices.SortedFunc(slices.Values(sources), newestSource) {
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

func (c *composer) sourceList() {
	c.list(sourcesPath, TemplateSources, "sources")
	body := &SourceList{Total: len(c.site.v.Sources())}
	c.page.SourceList = body
	groups := map[string][]*model.Source{}
	grades := map[string]int{}
	for _, s := range c.site.v.Sources() {
		groups[cite.Type(s)] = append(groups[cite.Type(s)], s)
		grades[string(s.Confidence)]++
	}
	for _, grade := range gradeOrder {
		if grades[grade] > 0 {
			body.Grades = append(body.Grades, Count{grade, grades[grade]})
		}
	}
	for _, kind := range model.SourceType("").Values() {
		list := groups[kind]
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b *model.Source) int {
			return cmp.Or(cmp.Compare(gradeRank(a), gradeRank(b)), cmp.Compare(a.Title.String(), b.Title.String()), cmp.Compare(a.ID, b.ID))
		})
		g := SourceGroup{Type: kind}
		for _, s := range list {
			g.Rows = append(g.Rows, c.newsRow(s))
		}
		body.Groups = append(body.Groups, g)
	}
	c.end()
}

// gradeOrder has the grades, the best first, and last that none is stated.
var gradeOrder = []string{string(model.Primary), string(model.Secondary), string(model.Unverified), ""}

func gradeRank(s *model.Source) int { return slices.Index(gradeOrder, string(s.Confidence)) }
