package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// The home page shows a part of what there is; the lists have it all.
const (
	homeEntries  = 6 // latest entries
	homeNews     = 5
	homeChanges  = 5
	homeEntities = 12 // rows of the matrix
	homeRegimes  = 6  // columns of the matrix
)

func (c *composer) home() {
	p, s, set := c.page, c.site, c.site.v.Settings
	p.TitleKey = "home"
	c.begin(homePath, TemplateHome, "")
	p.Description = c.plain(nil, set.Finding)
	if p.Description.Value == "" {
		p.Description = c.text(set.Tagline)
	}
	body := &Home{Finding: c.html(nil, set.Finding, 1), Counts: c.totals()}
	body.Key = c.keyFigures()
	p.Home = body
	if e := s.v.Event(set.Lead.ID); e != nil {
		body.Lead = c.lead(e)
	}
	if e := s.v.Entity(set.Focus.ID); e != nil {
		o := s.on(e.ID)
		body.Focus, body.Standing, body.Strip = c.linkTo(e), c.standing(e.ID, o), c.strip(e.ID, o)
		body.OverTime = c.overTime(slices.Concat(o.named, o.reached), o.plans)
	}
	c.section(SectionFigures, 0, true)
	c.section(SectionOverTime, 0, body.OverTime != nil)
	body.Matrix = c.matrix()
	c.section(SectionEntities, 0, len(body.Matrix.Rows) > 0)
	body.Latest = c.latest(homeEntries)
	c.section(SectionLatest, 0, len(body.Latest) > 0)
	if s.has[TemplateChanges] {
		body.Changes = c.latestChanges(homeChanges)
		c.section(SectionChanges, 0, len(body.Changes) > 0)
	}
	s.v.Sources()
	body.News = c.sourceRows(s.lists.news().first(homeNews))
	c.section(SectionNews, 0, len(body.News) > 0)
	if pages := s.prose[homeProse]; len(pages) > 0 {
		prose := c.translation(pages)
		body.Body = c.body(prose)
		if body.Body.HTML != "" {
			c.section(SectionReport, 0, true)
		}
	}
	c.end()
}

func (c *composer) lead(e *model.Event) *Lead {
	l := &Lead{TimelineItem: c.eventItem(e, ""), Concerns: c.links(e.Concerns), Voices: len(c.site.said.of(e.ID))}
	l.Anchor = ""
	l.Date, l.Lane = date(e.Date), lane(e)
	var news []*model.Source
	for _, ref := range e.Sources {
		if src := c.site.v.Source(ref.ID); src != nil && src.News && !slices.Contains(news, src) {
			news = append(news, src)
		}
	}
	l.News = c.newsRows(news)
	return l
}

// totals are the numbers of things in the report. Plans count as events, and
// never as measures.
func (c *composer) totals() []Count {
	v := c.site.v
	var acting, plans, news, statements int
	for _, m := range v.Measures() {
		if acts(m.Status) {
			acting++
		}
	}
	for _, e := range v.Events() {
		if isPlan(e) {
			plans++
		}
	}
	for _, s := range v.Sources() {
		if s.News {
			news++
		}
		statements += len(s.Statements)
	}
	return []Count{
		{"entities", len(v.Entities())}, {"programs", len(v.Programs())}, {"measures", len(v.Measures())}, {"acting", acting},
		{"events", len(v.Events())}, {"plans", plans}, {"statements", statements}, {"figures", len(v.Figures())},
		{"sources", len(v.Sources())}, {"news", news},
	}
}

// keyFigures are the few numbers that say what the report is about, each with
// the page that shows what was counted. Plans are counted by themselves.
func (c *composer) keyFigures() []KeyFigure {
	s := c.site
	var out []KeyFigure
	if e := s.v.Entity(s.v.Settings.Focus.ID); e != nil {
		standing := c.linkTo(e)
		o := s.on(e.ID)
		regimes := map[string]bool{}
		for _, m := range o.named {
			if acts(m.Status) {
				regimes[s.regime(m)] = true
			}
		}
		out = append(out, KeyFigure{"regimes", len(regimes), standing, standing.Href}, KeyFigure{"plans", len(o.plans), standing, standing.Href})
	} else {
		plans := 0
		for _, e := range s.v.Events() {
			if isPlan(e) {
				plans++
			}
		}
		out = append(out, KeyFigure{Key: "plans", N: plans, Href: c.href(s.made(timelinePath, TemplateTimeline))})
	}
	named := 0
	for _, e := range s.v.Entities() {
		if slices.ContainsFunc(s.naming.of(e.ID), func(m *model.Measure) bool { return acts(m.Status) && basis(m) == model.ByName }) {
			named++
		}
	}
	return append(out,
		KeyFigure{Key: "named", N: named, Href: c.href(s.made(entitiesPath, TemplateEntities))},
		KeyFigure{Key: "entries", N: s.wholeEntries().total, Href: c.href(s.made(timelinePath, TemplateTimeline))},
		KeyFigure{Key: "sources", N: len(s.v.Sources()), Href: c.href(s.made(sourcesPath, TemplateSources))})
}

// matrix is the entities that measures name, by regime: the focus of the
// report first, then those under most regimes. Regimes under which a plan was
// reported and nothing is recorded stand beside those with measures.
func (c *composer) matrix() Matrix {
	s := c.site
	under := map[string]map[string]bool{} // entity -> regimes
	columns := map[string]int{}           // regime -> entities
	names := map[string]model.Ref{}       // regime -> its programme
	var rows []*model.Entity
	for _, e := range s.v.Entities() {
		under[e.ID] = map[string]bool{}
		for _, m := range s.naming.of(e.ID) {
			regime := s.regime(m)
			if basis(m) != model.ByName || m.Program.ID == "" || m.Status.Code == model.StatusEnded || under[e.ID][regime] {
				continue
			}
			under[e.ID][regime] = true
			columns[regime]++
			names[regime] = m.Program
		}
		if len(under[e.ID]) > 0 {
			rows = append(rows, e)
		}
	}
	slices.SortFunc(rows, func(a, b *model.Entity) int {
		focus := s.v.Settings.Focus.ID
		return cmp.Or(first(b.ID == focus)-first(a.ID == focus), cmp.Compare(len(under[b.ID]), len(under[a.ID])),
			cmp.Compare(a.Title().Text, b.Title().Text), cmp.Compare(a.ID, b.ID))
	})
	more := max(0, len(rows)-homeEntities)
	rows = rows[:len(rows)-more]

	var keys []string
	for _, count := range counts(columns)[:min(len(columns), homeRegimes)] {
		keys = append(keys, count.Key)
	}
	for _, e := range rows {
		for _, plan := range s.on(e.ID).plans {
			if p := s.v.Program(plan.Program.ID); p != nil && columns[p.ID] == 0 && names[p.ID].ID == "" {
				names[p.ID] = plan.Program
				keys = append(keys, p.ID)
			}
		}
	}
	out := Matrix{Href: c.href(c.site.made(entitiesPath, TemplateEntities)), More: more}
	for _, key := range keys {
		out.Columns = append(out.Columns, c.link(names[key]))
	}
	for _, e := range rows {
		out.Rows = append(out.Rows, c.matrixRow(e, keys, out.Columns))
	}
	return out
}

func first(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (c *composer) matrixRow(e *model.Entity, keys []string, columns []Link) MatrixRow {
	row := MatrixRow{Link: c.linkTo(e), Native: c.native(e)}
	o := c.site.on(e.ID)
	ms := slices.SortedFunc(slices.Values(o.named), byWeight)
	for i, key := range keys {
		cell := MatrixCell{Regime: columns[i]}
		for _, m := range ms {
			if c.site.regime(m) != key {
				continue
			}
			cell.Recorded, cell.Measure, cell.Status = true, c.linkTo(m), c.status(m.Status)
			if dates := keyDates(m); len(dates) > 0 {
				cell.Date = dates[0]
			}
			break
		}
		for _, plan := range o.plans {
			if p := c.site.v.Program(plan.Program.ID); p != nil && p.ID == key {
				cell.Plan = c.plan(plan, e.ID, false)
				break
			}
		}
		for _, check := range o.checks {
			if p := c.site.v.Program(check.Program.ID); p.ID == key && !cell.Recorded {
				cell.Check = c.check(check, false)
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}
