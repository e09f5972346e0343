package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// program is a legal regime as plain data. Its plans are those of any entity,
// so they stand where the programme does: on its page and on the lists.
func (c *composer) program(p *model.Program) Program {
	out := Program{
		Link: c.linkTo(p), Title: c.text(p.Title), Key: p.Key, Issuer: c.link(p.Issuer), URL: string(p.URL),
		Summary: c.html(p, p.Summary, 3), Grade: string(p.Confidence), Refs: c.refs(p.Sources),
	}
	for _, t := range p.Measures {
		out.Types = append(out.Types, string(t))
	}
	for _, b := range p.LegalBasis {
		out.Basis = append(out.Basis, LegalBasis{Title: c.text(b.Title), Citation: b.Citation, Refs: c.refs(b.Sources)})
	}
	under := c.site.under.of(p.ID)
	out.Measures = len(under)
	for _, m := range under {
		if acts(m.Status) {
			out.Acting++
		}
	}
	switch c.page.Template {
	case TemplateMeasures, TemplateProgram, TemplatePrograms:
		plans := slices.SortedStableFunc(slices.Values(c.site.plans.of(p.ID)), func(a, b *model.Event) int { return b.Date.Compare(a.Date) })
		for _, e := range plans {
			out.Plans = append(out.Plans, c.plan(e, "", true))
		}
	}
	out.Revisions = c.revisions(p.Revisions)
	return out
}

func byProgramName(a, b *model.Program) int {
	return cmp.Or(cmp.Compare(a.Name().String(), b.Name().String()), cmp.Compare(a.ID, b.ID))
}

// programPage fills the page of a legal regime.
func (c *composer) programPage(prog *model.Program) {
	p, s := c.page, c.site
	c.begin(s.place(prog).path, TemplateProgram, prog.ID)
	p.Title = c.text(prog.Title)
	c.crumbs("programs", c.text(prog.Name()))
	p.Description = c.plain(prog, prog.Summary)

	ms := s.under.of(prog.ID)
	body := &ProgramPage{Program: c.program(prog), Aliases: prog.Aliases, Note: c.html(prog, prog.Note, 2), Statuses: statuses(ms)}
	p.Program = body
	c.section(SectionSummary, 0, body.Summary.HTML != "" || body.Note.HTML != "")
	c.section(SectionBasis, len(body.Basis), len(body.Basis) > 0)
	body.Groups = c.regimes(onEntity{named: ms})
	body.OverTime = c.overTime(ms, s.plans.of(prog.ID))
	c.section(SectionRegimes, len(ms), len(ms) > 0)
	body.Named = c.named(ms)
	c.section(SectionTargets, len(body.Named), len(body.Named) > 0)
	c.section(SectionPlans, len(body.Plans), len(body.Plans) > 0)
	body.Checks = c.checksUnder(prog)
	c.section(SectionChecks, len(body.Checks), len(body.Checks) > 0)
	body.Voices = c.voices(s.saidOn(prog.ID))
	c.section(SectionSaid, 0, len(body.Voices) > 0)
	events := s.eventsUnder(prog)
	body.Timeline = c.timeline(ms, events, nil, "")
	c.section(SectionTimeline, len(body.Timeline), len(body.Timeline) > 0)
	p.Date = lastOf(body.Timeline)
	body.News = c.newsRows(s.newsUnder(ms, events))
	c.section(SectionNews, len(body.News), len(body.News) > 0)
	c.section(SectionRevisions, len(body.Revisions), len(body.Revisions) > 0)
	c.end()
}

// eventsUnder are the events that concern a programme, or would use it.
func (s *site) eventsUnder(prog *model.Program) []*model.Event {
	out := slices.Clone(s.events.of(prog.ID))
	for _, e := range s.using.of(prog.ID) {
		if !concerns(e, prog.ID) {
			out = append(out, e)
		}
	}
	return out
}

// newsUnder are the news items on which measures or events rest.
func (s *site) newsUnder(ms []*model.Measure, events []*model.Event) []*model.Source {
	var out []*model.Source
	seen := map[*model.Source]bool{}
	put := func(src *model.Source) {
		if src != nil && src.News && !seen[src] {
			seen[src] = true
			out = append(out, src)
		}
	}
	for _, m := range ms {
		for _, src := range s.newsOf(m) {
			put(src)
		}
	}
	for _, e := range events {
		for _, ref := range e.Sources {
			put(s.v.Source(ref.ID))
		}
	}
	return out
}

// named are the entities that measures name, with the number of measures that
// name each, the most named first.
func (c *composer) named(ms []*model.Measure) []Tally {
	return c.tallies(ms, func(m *model.Measure) []string {
		var out []string
		for _, t := range m.Targets {
			if !slices.Contains(out, t.ID) {
				out = append(out, t.ID)
			}
		}
		return out
	})
}

// tallies counts measures by the records that a function gives for each, the
// largest number first, then by name. What has no id comes last.
func (c *composer) tallies(ms []*model.Measure, of func(*model.Measure) []string) []Tally {
	all := map[string]*Tally{}
	for _, m := range ms {
		for _, id := range of(m) {
			t := all[id]
			if t == nil {
				t = &Tally{Link: c.link(model.Ref{ID: id})}
				if e, ok := c.site.v.Sketch(id); ok {
					t.Native = c.name(e.native())
				}
				all[id] = t
			}
			t.Measures++
			if acts(m.Status) {
				t.Acting++
			}
		}
	}
	var out []Tally
	for _, t := range all {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Tally) int {
		return cmp.Or(first(a.Value == "")-first(b.Value == ""), cmp.Compare(b.Measures, a.Measures), cmp.Compare(a.Value, b.Value), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// programList fills the list of all programmes, by issuer.
func (c *composer) programList() {
	c.list(programsPath, TemplatePrograms, "programs")
	s := c.site
	body := &ProgramList{Total: len(s.v.Programs())}
	c.page.Programs = body
	issuer := func(p *model.Program) Link { return c.link(p.Issuer) }
	programs := slices.SortedFunc(slices.Values(s.v.Programs()), func(a, b *model.Program) int {
		x, y := issuer(a), issuer(b)
		return cmp.Or(first(x.Value == "")-first(y.Value == ""), cmp.Compare(x.Value, y.Value), cmp.Compare(a.Issuer.ID, b.Issuer.ID), byProgramName(a, b))
	})
	for i, p := range programs {
		if i == 0 || p.Issuer.ID != programs[i-1].Issuer.ID {
			g := ProgramGroup{Issuer: issuer(p)}
			if e, ok := s.v.Sketch(p.Issuer.ID); ok && len(e.countries()) > 0 {
				g.Country = string(e.countries()[0])
			}
			body.Groups = append(body.Groups, g)
		}
		row := c.program(p)
		row.Anchor = programAnchor(p.ID)
		last := &body.Groups[len(body.Groups)-1]
		last.Rows = append(last.Rows, row)
		c.page.TOC = append(c.page.TOC, TOCItem{Text: row.Text, Href: "#" + row.Anchor, Level: 2, Count: row.Measures})
	}
	c.end()
}
