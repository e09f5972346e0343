package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// onEntity are the measures on an entity, told apart by how they reach it.
type onEntity struct {
	named   []*model.Measure // name it
	reached []*model.Measure // reach it as one of a class, or through its owner
	related []*model.Measure // name an entity that it owns, and not itself
	plans   []*model.Event
	checks  []*model.Event // searches that found nothing, one for a programme
}

func (s *site) on(id string) onEntity {
	var o onEntity
	for _, m := range s.naming.of(id) {
		if basis(m) == model.ByName {
			o.named = append(o.named, m)
		} else {
			o.reached = append(o.reached, m)
		}
	}
	for _, child := range s.owned(id) {
		for _, m := range s.naming.of(child) {
			if !slices.Contains(s.naming.of(id), m) && !slices.Contains(o.related, m) {
				o.related = append(o.related, m)
			}
		}
	}
	for _, e := range s.events.of(id) {
		if isPlan(e) && concerns(e, id) {
			o.plans = append(o.plans, e)
		}
	}
	o.checks = s.checksOn(id, o.named)
	slices.SortStableFunc(o.plans, func(a, b *model.Event) int { return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.ID, b.ID)) })
	return o
}

func concerns(e *model.Event, id string) bool {
	return slices.ContainsFunc(e.Concerns, func(r model.Ref) bool { return r.ID == id })
}

// plan is a reported plan. Whether a measure is recorded that would answer to
// it is looked up for the entity, or for the whole programme when none is given.
func (c *composer) plan(e *model.Event, entity string, sources bool) Plan {
	p := Plan{Link: c.linkTo(e), Program: c.link(e.Program), Certainty: string(e.Certainty), Date: date(e.Date), Grade: string(e.Confidence)}
	if prog := c.site.v.Program(e.Program.ID); prog != nil {
		p.Recorded = slices.ContainsFunc(c.site.under.of(prog.ID), func(m *model.Measure) bool { return entity == "" || names(m, entity) })
	}
	if sources {
		p.Refs = c.refs(e.Sources)
	}
	return p
}

func names(m *model.Measure, entity string) bool {
	return slices.ContainsFunc(m.Targets, func(t model.Target) bool { return t.ID == entity })
}

// standing is what is and what is not the case for an entity, in numbers.
func (c *composer) standing(id string, o onEntity) Standing {
	out := Standing{Measures: len(o.named), Issued: len(c.site.issued.of(id))}
	countries := map[string]int{}
	seen := map[string]bool{}
	for _, m := range slices.SortedFunc(slices.Values(o.named), byWeight) {
		if !acts(m.Status) {
			continue
		}
		out.Acting++
		if regime := c.site.regime(m); !seen[regime] {
			seen[regime] = true
			out.Regimes = append(out.Regimes, c.regimeLink(m))
			countries[c.site.country(m)]++
		}
	}
	out.Statuses = statuses(o.named)
	out.Countries = counts(countries)
	for _, m := range o.reached {
		if acts(m.Status) {
			out.Reached++
		}
	}
	for _, m := range o.related {
		if acts(m.Status) {
			out.Related++
		}
	}
	for _, e := range o.plans {
		out.Plans = append(out.Plans, c.plan(e, id, true))
	}
	return out
}

// statusWords are the words of statuses, in the order in which they are counted.
var statusWords = [...]string{
	"in_force", "listed", "suspended", "announced", "unknown", "lapsed", "superseded", "revoked", "annulled",
}

// counts are sorted by number, the largest first, then by key.
func counts(m map[string]int) []Count {
	var out []Count
	for key, n := range m {
		out = append(out, Count{key, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Key, b.Key)) })
	return out
}

// strip is the short answer by regime: for each the measure that counts most,
// then plans under regimes without any, then searches that found nothing. Ended
// measures are left out unless there is nothing else.
func (c *composer) strip(id string, o onEntity) []StripItem {
	byRegime := map[string][]*model.Measure{}
	var order []string
	for _, m := range slices.SortedFunc(slices.Values(o.named), byWeight) {
		regime := c.site.regime(m)
		if byRegime[regime] == nil {
			order = append(order, regime)
		}
		byRegime[regime] = append(byRegime[regime], m)
	}
	var live, over []StripItem
	for _, regime := range order {
		ms := byRegime[regime]
		item := StripItem{
			Regime: c.regimeLink(ms[0]), Measure: c.linkTo(ms[0]), More: len(ms) - 1,
			Status: c.status(ms[0].Status), Dates: keyDates(ms[0]),
		}
		for _, e := range o.plans {
			if p := c.site.v.Program(e.Program.ID); p != nil && p.ID == regime && item.Plan.ID == "" {
				item.Plan = c.plan(e, id, false)
			}
		}
		if ms[0].Status.Code == model.StatusEnded {
			over = append(over, item)
		} else {
			live = append(live, item)
		}
	}
	seen := map[string]bool{}
	for _, e := range o.plans {
		regime := e.Program.ID
		if p := c.site.v.Program(regime); p != nil {
			regime = p.ID
		}
		if regime == "" || seen[regime] || byRegime[regime] != nil || byRegime["key "+regime] != nil {
			continue
		}
		seen[regime] = true
		live = append(live, StripItem{Regime: c.link(e.Program), Plan: c.plan(e, id, false)})
	}
	if len(live) == 0 {
		live = over
	}
	for _, e := range o.checks {
		regime := c.site.v.Program(e.Program.ID).ID
		i := slices.IndexFunc(live, func(item StripItem) bool { return item.Measure.ID == "" && item.Regime.ID == regime })
		if i < 0 {
			i = len(live)
			live = append(live, StripItem{Regime: c.link(e.Program)})
		}
		live[i].Check = c.check(e, false)
	}
	return live
}

// keyDates are the dates that say most about a measure: when it took effect,
// by provision where they differ; else when it was published, with its
// relistings; else when it was announced.
func keyDates(m *model.Measure) []StepDate {
	var out []StepDate
	step := func(name, label string, d model.Date) {
		if !d.IsZero() {
			out = append(out, StepDate{name, label, date(d)})
		}
	}
	if m.Status.Code == model.StatusEnded && m.Ended != nil {
		step("ended", "", m.Ended.Date)
		if len(out) > 0 {
			return out
		}
	}
	step("effective", "", m.Effective)
	for _, p := range m.Provisions {
		if p.Effective.Compare(m.Effective) != 0 {
			step("effective", p.Label, p.Effective)
		}
	}
	if len(out) == 0 {
		step("published", "", m.Published)
		for _, a := range m.Amendments {
			if amendment(a) == "relisted" {
				step("relisted", "", a.Date)
			}
		}
	}
	if len(out) == 0 {
		step("announced", "", m.Announced)
	}
	return out
}

// regimes is the status table of an entity.
func (c *composer) regimes(o onEntity) []RegimeGroup {
	groups := map[string][]*model.Measure{}
	put := func(key string, m *model.Measure) {
		if m.Status.Code == model.StatusEnded {
			key = "over"
		}
		groups[key] = append(groups[key], m)
	}
	for _, m := range o.named {
		if acts(m.Status) {
			put("acting", m)
		} else {
			put("open", m)
		}
	}
	for _, m := range o.reached {
		put("reached", m)
	}
	for _, m := range o.related {
		if m.Status.Code != model.StatusEnded {
			put("related", m)
		}
	}
	var out []RegimeGroup
	for _, key := range []string{"acting", "open", "reached", "related", "over"} {
		if ms := groups[key]; len(ms) > 0 {
			slices.SortFunc(ms, byWeight)
			out = append(out, RegimeGroup{Key: key, Rows: c.rows(ms)})
		}
	}
	return out
}
