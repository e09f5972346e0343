package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// Check is a search of a list that found nothing, for its date and no other.
// It is never a measure, and never counted as one or as an event against
// anybody.
type Check struct {
	Link              // the event; its ID is empty when there is no check
	Program    Link   // whose list was searched
	Of         []Link // who was looked for; where a check stands on the page of a programme
	Certainty  string // "confirmed", or "reported" where somebody else says to have searched
	Date       Date   // state of the list
	Grade      string
	Refs       []Ref
	Superseded bool // it was denied or overtaken; on the page of a programme alone
}

// isCheck reports whether an event is a search that found nothing and still
// speaks for its date.
func isCheck(e *model.Event) bool {
	return e.Type == model.CheckEvent && e.SupersededBy.IsZero() && (e.Certainty == model.Confirmed || e.Certainty == model.Reported)
}

// checksOn are the searches for an entity, the newest for each programme, by
// the name of the programme. One says nothing where a measure under the
// programme names the entity and has not ended.
func (s *site) checksOn(id string, named []*model.Measure) []*model.Event {
	newest := map[string]*model.Event{}
	for _, e := range s.events.of(id) {
		p := s.v.Program(e.Program.ID)
		if p == nil || !isCheck(e) || !concerns(e, id) {
			continue
		}
		live := slices.ContainsFunc(named, func(m *model.Measure) bool {
			return s.regime(m) == p.ID && m.Status.Code != model.StatusEnded
		})
		if old := newest[p.ID]; !live && (old == nil || cmp.Or(e.Date.Compare(old.Date), cmp.Compare(old.ID, e.ID)) > 0) {
			newest[p.ID] = e
		}
	}
	var out []*model.Event
	for _, e := range newest {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *model.Event) int {
		return byProgramName(s.v.Program(a.Program.ID), s.v.Program(b.Program.ID))
	})
	return out
}

// check is a search that found nothing. Its sources are cited where it stands
// in the text of a page.
func (c *composer) check(e *model.Event, sources bool) Check {
	out := Check{Link: c.linkTo(e), Program: c.link(e.Program), Certainty: string(e.Certainty), Date: date(e.Date), Grade: string(e.Confidence)}
	if sources {
		out.Refs = c.refs(e.Sources)
	}
	return out
}

// checks are searches as the status table of an entity shows them.
func (c *composer) checks(events []*model.Event) []Check {
	var out []Check
	for _, e := range events {
		out = append(out, c.check(e, true))
	}
	return out
}

// checksUnder are the searches of the list of a programme, the newest first,
// whatever they are worth today.
func (c *composer) checksUnder(prog *model.Program) []Check {
	var events []*model.Event
	for _, e := range c.site.using.of(prog.ID) {
		if e.Type == model.CheckEvent {
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b *model.Event) int { return b.Date.Compare(a.Date) })
	out := c.checks(events)
	for i, e := range events {
		out[i].Superseded = !isCheck(e)
		for _, ref := range e.Concerns {
			if _, ok := c.site.v.Sketch(ref.ID); ok {
				out[i].Of = append(out[i].Of, c.link(ref))
			}
		}
	}
	return out
}
