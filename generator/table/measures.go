package table

import (
	"github.com/dossier-report/dossier/generator/model"
)

type (
	targetRow     = part[*model.Measure, model.Target]
	provisionRow  = part[*model.Measure, model.Provision]
	suspensionRow = part[*model.Measure, model.Suspension]
	amendmentRow  = part[*model.Measure, model.Amendment]
	challengeRow  = part[*model.Measure, model.Challenge]
)

func (s *Set) measureSheet() *sheet[*model.Measure] {
	t := newSheet[*model.Measure](s, "measures", "Measures", "Legal acts against somebody. Each date has a column of its own and is never taken from another; "+
		"an empty one is not stated, and may stand in provisions. Reported plans are events, and are not here.", model.KindMeasure)
	id(t)
	t.text("title", "", func(m *model.Measure) model.Text { return m.Title })
	t.code("kind", "", func(m *model.Measure) string { return string(m.Type) })
	t.code("target_basis", "how it reaches its targets: by name, as members of a class, or through their owners", func(m *model.Measure) string {
		if m.TargetBasis == "" {
			return string(model.ByName)
		}
		return string(m.TargetBasis)
	})
	t.refs("targets", "whom it names or reaches; the names as the list prints them stand in the table targets", func(m *model.Measure) []model.Ref {
		var out []model.Ref
		for _, x := range m.Targets {
			out = append(out, x.Ref)
		}
		return out
	}, "entities")
	t.ref("authority", "", func(m *model.Measure) model.Ref { return m.Authority }, "entities")
	t.ref("program", "the programme under which it was imposed", func(m *model.Measure) model.Ref { return m.Program }, "programs")
	fiveDates(t, func(m *model.Measure) five { return five{m.Announced, m.Published, m.Effective, m.DivestBy, m.Ended} })
	t.code("status", "legal effect on the day of the report, derived from the dates; listed is in effect by being listed, with no effective date stated",
		func(m *model.Measure) string { return string(m.Status.Code) }, "announced", "listed", "in_force", "suspended", "ended", "unknown")
	t.date("status_since", "the date that gives the status", func(m *model.Measure) model.Date { return m.Status.Since })
	t.date("status_until", "of a suspension, when its end is stated", func(m *model.Measure) model.Date { return m.Status.Until })
	t.plain("list_id", "", func(m *model.Measure) string { return m.ListID })
	t.list("citations", "", func(m *model.Measure) []string { return m.Citations })
	t.markdown("scope", "", func(m *model.Measure) model.Markdown { return m.Scope })
	t.markdown("reason", "", func(m *model.Measure) model.Markdown { return m.Reason })
	common(t)
	return t
}

// five is the dates of a measure or of a provision.
type five struct {
	announced, published, effective, divestBy model.Date
	ended                                     *model.Ended
}

func (f five) end() model.Ended {
	if f.ended == nil {
		return model.Ended{}
	}
	return *f.ended
}

func fiveDates[T any](t *sheet[T], get func(T) five) {
	t.date("announced", "", func(x T) model.Date { return get(x).announced })
	t.date("published", "", func(x T) model.Date { return get(x).published })
	t.date("effective", "", func(x T) model.Date { return get(x).effective })
	t.date("divest_by", "", func(x T) model.Date { return get(x).divestBy })
	t.date("ended", "the last day of effect, when it is stated; it may be still to come", func(x T) model.Date { return get(x).end().Date })
	t.code("ended_as", "how it ended, or will on a day that is set; empty when no end is recorded", func(x T) string { return string(get(x).end().As) }, model.EndWay("").Values()...)
	t.ref("ended_by", "the measure that took its place", func(x T) model.Ref { return get(x).end().By }, "measures")
}

func (s *Set) targetSheet() *sheet[targetRow] {
	t := newSheet[targetRow](s, "targets", "Targets", "Whom measures name or reach, with the names as the lists print them.", model.KindMeasure, "targets")
	measureKey(t, "targets")
	t.ref("entity", "the target", func(x targetRow) model.Ref { return x.P.Ref }, "entities")
	t.plain("listed_as", "the name as the list prints it", func(x targetRow) string { return x.P.As })
	return t
}

func measureKey[P any](t *sheet[part[*model.Measure, P]], of string) {
	t.key("measure", "the measure", func(x part[*model.Measure, P]) string { return x.of.ID }, "measures")
	t.number("place among the "+of+" of the measure", func(x part[*model.Measure, P]) int { return x.number })
}

func (s *Set) provisionSheet() *sheet[provisionRow] {
	t := newSheet[provisionRow](s, "provisions", "Provisions", "Parts of measures with dates of their own. Where a date is empty, the provision has none other than that of the measure.", model.KindMeasure, "provisions")
	measureKey(t, "provisions")
	t.plain("label", "", func(x provisionRow) string { return x.P.Label })
	t.text("title", "", func(x provisionRow) model.Text { return x.P.Title })
	fiveDates(t, func(x provisionRow) five {
		return five{x.P.Announced, x.P.Published, x.P.Effective, x.P.DivestBy, x.P.Ended}
	})
	return t
}

func (s *Set) suspensionSheet() *sheet[suspensionRow] {
	t := newSheet[suspensionRow](s, "suspensions", "Suspensions", "Times in which measures have no effect. Both days belong to them.", model.KindMeasure, "suspensions")
	measureKey(t, "suspensions")
	t.date("from", "", func(x suspensionRow) model.Date { return x.P.From })
	t.date("to", "", func(x suspensionRow) model.Date { return x.P.To })
	t.plain("citation", "", func(x suspensionRow) string { return x.P.Citation })
	t.text("reason", "why it was suspended", func(x suspensionRow) model.Text { return x.P.Reason })
	t.sources(func(x suspensionRow) []model.SourceRef { return x.P.Sources })
	return t
}

func (s *Set) amendmentSheet() *sheet[amendmentRow] {
	t := newSheet[amendmentRow](s, "amendments", "Amendments", "Later acts that change measures.", model.KindMeasure, "amendments")
	measureKey(t, "amendments")
	t.date("date", "", func(x amendmentRow) model.Date { return x.P.Date })
	t.code("kind", "what sort of change it is", func(x amendmentRow) string {
		if x.P.Type == "" {
			return "amended"
		}
		return string(x.P.Type)
	})
	t.plain("citation", "", func(x amendmentRow) string { return x.P.Citation })
	t.text("title", "", func(x amendmentRow) model.Text { return x.P.Title })
	t.sources(func(x amendmentRow) []model.SourceRef { return x.P.Sources })
	return t
}

func (s *Set) challengeSheet() *sheet[challengeRow] {
	t := newSheet[challengeRow](s, "challenges", "Challenges", "Steps before courts and reviewing bodies. They do not change the status of a measure by themselves.", model.KindMeasure, "challenges")
	measureKey(t, "challenges")
	t.date("date", "", func(x challengeRow) model.Date { return x.P.Date })
	t.plain("court", "", func(x challengeRow) string { return x.P.Court })
	t.plain("case", "", func(x challengeRow) string { return x.P.Case })
	t.code("outcome", "", func(x challengeRow) string { return string(x.P.Outcome) })
	t.text("title", "", func(x challengeRow) model.Text { return x.P.Title })
	t.plain("citation", "", func(x challengeRow) string { return x.P.Citation })
	t.sources(func(x challengeRow) []model.SourceRef { return x.P.Sources })
	return t
}
