package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

func (c *composer) status(s model.Status) Status {
	return Status{
		Code: string(s.Code), Word: s.Name(), By: c.link(s.By), Since: date(s.Since), Until: date(s.Until), Acts: acts(s),
	}
}

// acts reports whether a measure binds: it is in force, or it is on a list
// whose effective date is not stated.
func acts(s model.Status) bool { return s.Code == model.StatusInForce || s.Code == model.StatusListed }

func basis(m *model.Measure) model.TargetBasis { return cmp.Or(m.TargetBasis, model.ByName) }

// row is a measure as tables show it.
func (c *composer) row(m *model.Measure) MeasureRow {
	r := MeasureRow{
		Link: c.linkTo(m), Program: c.link(m.Program), Authority: c.link(m.Authority), Type: string(m.Type), Basis: string(basis(m)),
		Status: c.status(m.Status), Dates: dates(m), Citations: m.Citations, ListID: m.ListID, Grade: string(m.Confidence),
		Country: c.site.country(m),
	}
	for _, p := range m.Provisions {
		r.Provisions = append(r.Provisions, c.provision(p))
	}
	for _, t := range m.Targets {
		target := Target{Link: c.link(t.Ref), ListedAs: t.As}
		if e, ok := c.site.v.Sketch(t.ID); ok {
			target.Native = c.name(e.native())
		}
		r.Targets = append(r.Targets, target)
	}
	r.Refs = c.refs(m.Sources)
	for _, s := range m.Suspensions {
		day := c.site.v.AsOf
		r.Suspended = append(r.Suspended, Suspension{
			From: date(s.From), To: date(s.To), Citation: s.Citation, Reason: c.text(s.Reason), Refs: c.refs(s.Sources),
			Now: s.From.Last() <= day && (s.To.IsZero() || day <= s.To.Last()),
		})
	}
	for _, a := range m.Amendments {
		r.Amendments = append(r.Amendments, Amendment{
			Date: date(a.Date), Type: amendment(a), Citation: a.Citation, Title: c.text(a.Title), Refs: c.refs(a.Sources),
		})
	}
	for _, x := range m.Challenges {
		r.Challenges = append(r.Challenges, Challenge{
			Date: date(x.Date), Court: x.Court, Case: x.Case, Outcome: outcome(x), Title: c.text(x.Title), Citation: x.Citation,
			Refs: c.refs(x.Sources),
		})
	}
	return r
}

func (c *composer) rows(ms []*model.Measure) []MeasureRow {
	var out []MeasureRow
	for _, m := range ms {
		out = append(out, c.row(m))
	}
	return out
}

func amendment(a model.Amendment) string {
	return cmp.Or(string(a.Type), "amended")
}

func outcome(x model.Challenge) string {
	return cmp.Or(string(x.Outcome), "unknown")
}

// country is that of the authority which imposed a measure.
func (s *site) country(m *model.Measure) string {
	if e, ok := s.v.Sketch(m.Authority.ID); ok && len(e.countries()) > 0 {
		return string(e.countries()[0])
	}
	return ""
}

func (c *composer) provision(p model.Provision) Provision {
	out := Provision{Label: p.Label, Title: c.text(p.Title), Dates: Dates{
		Announced: cell(p.Announced, NotStated), Published: cell(p.Published, NotStated), Effective: cell(p.Effective, NotStated),
		DivestBy: cell(p.DivestBy, NotApplicable), Ended: DateCell{State: NotEnded},
	}}
	if p.Ended != nil {
		out.Dates.Ended = cell(p.Ended.Date, NotStated)
		out.As, out.By = string(p.Ended.As), c.link(p.Ended.By)
	}
	return out
}

func cell(d model.Date, missing string) DateCell {
	if d.IsZero() {
		return DateCell{State: missing}
	}
	return DateCell{State: Stated, Date: date(d)}
}

// dates are the five dates of a measure, with those of its provisions beside
// them where they differ.
func dates(m *model.Measure) Dates {
	part := func(main model.Date, missing string, of func(model.Provision) model.Date) DateCell {
		out := cell(main, missing)
		for _, p := range m.Provisions {
			if d := of(p); !d.IsZero() && d.Compare(main) != 0 {
				out.State = Stated
				out.Parts = append(out.Parts, PartDate{Label: p.Label, Date: date(d)})
			}
		}
		return out
	}
	divest := NotApplicable
	if mayDivest(m.Type) {
		divest = NotStated
	}
	ended, end := NotEnded, model.Date{}
	switch {
	case m.Ended != nil:
		ended, end = NotStated, m.Ended.Date
	case m.Status.Code == model.StatusEnded, m.Status.Code == model.StatusUnknown:
		ended = NotStated
	}
	return Dates{
		Announced: part(m.Announced, NotStated, func(p model.Provision) model.Date { return p.Announced }),
		Published: part(m.Published, NotStated, func(p model.Provision) model.Date { return p.Published }),
		Effective: part(m.Effective, NotStated, func(p model.Provision) model.Date { return p.Effective }),
		DivestBy:  part(m.DivestBy, divest, func(p model.Provision) model.Date { return p.DivestBy }),
		Ended: part(end, ended, func(p model.Provision) model.Date {
			if p.Ended == nil {
				return model.Date{}
			}
			return p.Ended.Date
		}),
	}
}

// mayDivest reports whether an act of a type can order that holdings be sold.
func mayDivest(t model.MeasureType) bool {
	return t == model.InvestmentBan || t == model.FinancialLimits || t == model.SectoralSanction
}

// weight orders measures by how much they count today, the most first.
func weight(m *model.Measure) int {
	switch m.Status.Code {
	case model.StatusInForce:
		return 0
	case model.StatusListed:
		return 1
	case model.StatusSuspended:
		return 2
	case model.StatusAnnounced:
		return 3
	case model.StatusUnknown:
		return 4
	}
	return 5
}

// firstDate is the earliest date that a measure states.
func firstDate(m *model.Measure) model.Date {
	var first model.Date
	for _, d := range measureDates(m) {
		if first.IsZero() || !d.IsZero() && d.Compare(first) < 0 {
			first = d
		}
	}
	return first
}

func measureDates(m *model.Measure) []model.Date {
	out := []model.Date{m.Announced, m.Published, m.Effective}
	for _, p := range m.Provisions {
		out = append(out, p.Announced, p.Published, p.Effective)
	}
	return out
}

// byDate orders measures by their first date, then by id.
func byDate(a, b *model.Measure) int {
	return cmp.Or(firstDate(a).Compare(firstDate(b)), cmp.Compare(a.ID, b.ID))
}

// newest orders measures by their first date, the newest first; those without
// a date come last.
func newest(a, b *model.Measure) int {
	x, y := firstDate(a), firstDate(b)
	if x.IsZero() || y.IsZero() {
		return byDate(a, b)
	}
	return cmp.Or(y.Compare(x), cmp.Compare(a.ID, b.ID))
}

// byWeight orders measures by how much they count, then by date.
func byWeight(a, b *model.Measure) int {
	return cmp.Or(cmp.Compare(weight(a), weight(b)), byDate(a, b))
}

// regime is what a measure counts under: the id of its programme, or its key
// where the report has no such programme, or the measure itself.
func (s *site) regime(m *model.Measure) string {
	if p := s.v.Program(m.Program.ID); p != nil {
		return p.ID
	}
	if m.Program.ID != "" {
		return "key " + m.Program.ID
	}
	return "measure " + m.ID
}

func (c *composer) regimeLink(m *model.Measure) Link {
	if m.Program.ID == "" {
		return c.linkTo(m)
	}
	return c.link(m.Program)
}

// measure fills the page of a legal act.
func (c *composer) measure(m *model.Measure) {
	p := c.page
	c.begin(c.site.place(m).path, TemplateMeasure, m.ID)
	p.Title = c.text(m.Title)
	c.crumbs("measures", p.Title)
	p.Description = c.plain(m, m.Scope)
	p.Date = c.latestStep(m)

	body := &Measure{MeasureRow: c.row(m), Note: c.html(m, m.Note, 2)}
	p.Measure = body
	c.section(SectionDates, 0, true)
	if prog := c.site.v.Program(m.Program.ID); prog != nil {
		body.Regime = c.program(prog)
	}
	c.section(SectionTargets, len(m.Targets), len(m.Targets) > 0)
	body.Scope, body.Reason = c.html(m, m.Scope, 2), c.html(m, m.Reason, 2)
	c.section(SectionScope, 0, body.Scope.HTML != "" || body.Reason.HTML != "")
	c.section(SectionHistory, len(m.Suspensions)+len(m.Amendments), len(m.Suspensions)+len(m.Amendments) > 0)
	c.section(SectionCourt, len(m.Challenges), len(m.Challenges) > 0)
	c.beside(m, body)
	body.Voices = c.voices(c.site.saidOf(m))
	c.section(SectionSaid, 0, len(body.Voices) > 0)
	body.Timeline = c.timeline([]*model.Measure{m}, c.site.events.of(m.ID), nil, "")
	c.section(SectionTimeline, len(body.Timeline), len(body.Timeline) > 0)
	body.News = c.newsRows(c.site.newsOf(m))
	c.section(SectionNews, len(body.News), len(body.News) > 0)
	body.Revisions = c.revisions(m.Revisions)
	c.section(SectionRevisions, len(body.Revisions), len(body.Revisions) > 0)
	c.end()
}

// beside adds the measures that came before and after one, and the others that
// act on its targets.
func (c *composer) beside(m *model.Measure, body *Measure) {
	before := slices.SortedFunc(slices.Values(c.site.replaced.of(m.ID)), byDate)
	body.Replaced = c.rows(before)
	var after []*model.Measure
	for _, ref := range successors(m) {
		if next := c.site.v.Measure(ref.ID); next != nil && !slices.Contains(after, next) {
			after = append(after, next)
		}
	}
	body.ReplacedBy = c.rows(after)
	met := map[*model.Measure]bool{m: true}
	for _, o := range slices.Concat(before, after) {
		met[o] = true
	}
	var others []*model.Measure
	for _, t := range m.Targets {
		for _, o := range c.site.naming.of(t.ID) {
			if !met[o] {
				met[o] = true
				others = append(others, o)
			}
		}
	}
	slices.SortFunc(others, byWeight)
	shown := min(len(others), mostBeside)
	body.Beside, body.BesideMore = c.rows(others[:shown]), len(others)-shown
	n := len(before) + len(after) + len(others)
	c.section(SectionBeside, n, n > 0)
}

// mostBeside is how many other measures on its targets the page of a measure
// lists. Where hundreds act on each of several targets, all pages together would
// grow with the square of them, and nobody reads so many rows there.
const mostBeside = 40

func successors(m *model.Measure) []model.Ref {
	var out []model.Ref
	if m.Ended != nil {
		out = append(out, m.Ended.By)
	}
	for _, p := range m.Provisions {
		if p.Ended != nil {
			out = append(out, p.Ended.By)
		}
	}
	return out
}
