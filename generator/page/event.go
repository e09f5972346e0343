package page

import (
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// event fills the page of something that was said, decided or seen. A reported
// plan has such a page, and says there that it is no measure.
func (c *composer) event(e *model.Event) {
	p, s := c.page, c.site
	c.begin(s.place(e).path, TemplateEvent, e.ID)
	p.Title = c.text(e.Title)
	c.crumbs("timeline", p.Title)
	p.Description = c.plain(e, e.Summary)
	p.Date = date(e.Date)

	body := &Event{
		ID: e.ID, Title: p.Title, Type: string(e.Type), Certainty: string(e.Certainty), Lane: lane(e), Plan: isPlan(e), Date: p.Date,
		Upcoming: !e.Date.IsZero() && e.Date.First() > s.v.AsOf, By: c.links(e.By), Program: c.link(e.Program),
		Concerns: c.links(e.Concerns), ReplacedBy: c.link(e.SupersededBy), Citations: e.Citations, Grade: string(e.Confidence),
		Refs: c.refs(e.Sources),
	}
	p.Event = body
	for _, old := range s.overtook.of(e.ID) {
		body.Replaced = append(body.Replaced, c.linkTo(old))
	}
	body.Summary, body.Note = c.html(e, e.Summary, 2), c.html(e, e.Note, 2)
	c.section(SectionSummary, 0, body.Summary.HTML != "" || body.Note.HTML != "")
	if body.Plan {
		body.Recorded = c.rows(s.recordedBeside(e))
	}
	c.section(SectionPlan, len(body.Recorded), body.Plan)
	body.Measures = c.rows(s.concernedMeasures(e))
	c.section(SectionConcerns, len(body.Concerns), len(body.Concerns) > 0)
	said := s.said.of(e.ID)
	body.Voices = c.voices(said)
	c.section(SectionSaid, len(said), len(body.Voices) > 0)
	if !e.Date.IsZero() && isPlan(e) || e.Type == model.MarketEvent {
		for _, ref := range e.Concerns {
			body.Prices = append(body.Prices, c.prices(s.series.of(ref.ID), e.Date.Last())...)
		}
	}
	body.Studies = c.studies(s.studies.of(e.ID))
	c.section(SectionMarket, 0, len(body.Prices)+len(body.Studies) > 0)
	figures := s.figuresOf(e)
	body.Figures = c.figureGroups(figures, true)
	c.section(SectionFigures, len(figures), len(figures) > 0)
	measures, events := s.around(e)
	if len(measures)+len(events) > 0 {
		body.Timeline = c.timeline(measures, append(events, e), nil, "")
	}
	c.section(SectionTimeline, len(body.Timeline), len(body.Timeline) > 0)
	news, documents := s.sourcesOf(e)
	body.News, body.Documents = c.newsRows(news), c.newsRows(documents)
	c.section(SectionNews, len(news), len(news) > 0)
	c.section(SectionDocuments, len(documents), len(documents) > 0)
	body.Revisions = c.revisions(e.Revisions)
	c.section(SectionRevisions, len(body.Revisions), len(body.Revisions) > 0)
	c.end()
}

// concernedMeasures are the measures that an event is about.
func (s *site) concernedMeasures(e *model.Event) []*model.Measure {
	var out []*model.Measure
	for _, ref := range e.Concerns {
		if m := s.v.Measure(ref.ID); m != nil && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, byDate)
	return out
}

// recordedBeside are the measures under the programme of a plan that name
// somebody whom the plan concerns.
func (s *site) recordedBeside(e *model.Event) []*model.Measure {
	prog := s.v.Program(e.Program.ID)
	if prog == nil {
		return nil
	}
	var out []*model.Measure
	for _, m := range s.under.of(prog.ID) {
		if slices.ContainsFunc(e.Concerns, func(r model.Ref) bool { return names(m, r.ID) }) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, byWeight)
	return out
}

// figuresOf are the figures that belong to an event beyond doubt: one of its
// sources prints them, for its very day, of an entity that it concerns. A
// figure of another day, or from elsewhere, could suggest a tie that nobody
// has stated.
func (s *site) figuresOf(e *model.Event) []*model.Figure {
	rests := func(id string) bool {
		return slices.ContainsFunc(e.Sources, func(r model.SourceRef) bool { return r.ID == id })
	}
	var out []*model.Figure
	for _, ref := range e.Concerns {
		for _, f := range s.figures.of(ref.ID) {
			from := f.Source != nil && rests(f.Source.ID) || slices.ContainsFunc(f.Sources, func(r model.SourceRef) bool { return rests(r.ID) })
			if from && e.Date.Precision == model.ByDay && f.Date.Compare(e.Date) == 0 {
				out = append(out, f)
			}
		}
	}
	return out
}

// around are the events and measures that stand beside an event: what it
// concerns, what concerns it, and what took whose place.
func (s *site) around(e *model.Event) ([]*model.Measure, []*model.Event) {
	measures := s.concernedMeasures(e)
	var events []*model.Event
	put := func(item model.Item) {
		switch x := item.(type) {
		case *model.Event:
			if x != e && !slices.Contains(events, x) {
				events = append(events, x)
			}
		case *model.Measure:
			if !slices.Contains(measures, x) {
				measures = append(measures, x)
			}
		}
	}
	for _, ref := range e.Concerns {
		put(s.v.Item(ref.ID))
	}
	for _, other := range s.events.of(e.ID) {
		put(other)
	}
	for _, other := range s.overtook.of(e.ID) {
		put(other)
	}
	put(s.v.Item(e.SupersededBy.ID))
	return measures, events
}

// sourcesOf are the sources of an event and of what is said about it, the news
// items apart.
func (s *site) sourcesOf(e *model.Event) (news, documents []*model.Source) {
	put := func(src *model.Source) {
		switch {
		case src == nil || slices.Contains(news, src) || slices.Contains(documents, src):
		case src.News:
			news = append(news, src)
		default:
			documents = append(documents, src)
		}
	}
	for _, ref := range e.Sources {
		put(s.v.Source(ref.ID))
	}
	for _, st := range s.said.of(e.ID) {
		if st.Source != nil {
			put(s.v.Source(st.Source.ID))
		}
	}
	return news, documents
}
