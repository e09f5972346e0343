package table

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

type (
	equivalentRow = part[*model.Figure, model.Equivalent]
	pointRow      = part[*model.Series, model.SeriesPoint]
)

func (s *Set) figureSheet() *sheet[*model.Figure] {
	t := newSheet[*model.Figure](s, "figures", "Figures", "Single observations as their sources print them. What the figures are in other units stands in equivalents.", model.KindFigure)
	id(t)
	t.ref("entity", "", func(f *model.Figure) model.Ref { return f.Entity }, "entities")
	t.plain("metric", "", func(f *model.Figure) string { return f.Metric })
	t.date("date", "the day or period it is for", func(f *model.Figure) model.Date { return f.Date })
	t.amount("value", "the number", "", func(f *model.Figure) model.Number { return f.Value })
	t.plain("unit", "of the value: CNY, CNY billion, percent, points, ...", func(f *model.Figure) string { return f.Unit })
	t.list("items", "", func(f *model.Figure) []string { return f.Items })
	t.plain("as_printed", "", func(f *model.Figure) string { return f.AsPrinted })
	t.flag("preliminary", "whether the source says that it may change", func(f *model.Figure) bool { return f.Preliminary })
	t.ref("source", "the source in whose record the figure stands", func(f *model.Figure) model.Ref { return sourceOf(f.Source) }, "sources")
	common(t)
	return t
}

func (s *Set) equivalentSheet() *sheet[equivalentRow] {
	t := newSheet[equivalentRow](s, "equivalents", "Figures in other units", "The same figures in other units: as_given by a source, or converted by the editors with the rate and its day. The two are never mixed.", model.KindFigure, "equivalents")
	t.key("figure", "the figure", func(x equivalentRow) string { return x.of.ID }, "figures")
	t.number("place among the equivalents of the figure", func(x equivalentRow) int { return x.number })
	t.code("basis", "", func(x equivalentRow) string { return string(x.P.Basis) })
	t.amount("value", "", "", func(x equivalentRow) model.Number { return x.P.Value })
	t.plain("unit", "of the value", func(x equivalentRow) string { return x.P.Unit })
	t.amount("rate", "", "", func(x equivalentRow) model.Number { return x.P.Rate })
	t.date("rate_date", "", func(x equivalentRow) model.Date { return x.P.RateDate })
	t.ref("source", "", func(x equivalentRow) model.Ref { return x.P.Source }, "sources")
	return t
}

func (s *Set) seriesSheet() *sheet[*model.Series] {
	t := newSheet[*model.Series](s, "series", "Series", "Time series. Their points stand in series_points where their licence allows that; where it does not, withheld says why.", model.KindSeries)
	id(t)
	t.text("title", "", func(x *model.Series) model.Text { return x.Title })
	t.ref("subject", "", func(x *model.Series) model.Ref { return x.Subject }, "entities")
	t.plain("measure", "", func(x *model.Series) string { return x.Measure })
	t.plain("unit", "", func(x *model.Series) string { return x.Unit })
	t.typed(Code, "currency", "", func(x *model.Series) string { return string(x.Currency) })
	t.code("frequency", "", func(x *model.Series) string { return string(x.Frequency) })
	t.typed(Code, "timezone", "", func(x *model.Series) string { return x.Timezone })
	t.typed(Code, "calendar", "", func(x *model.Series) string { return x.Calendar })
	t.code("adjustment", "", func(x *model.Series) string { return string(x.Adjustment) })
	t.list("ex_dividend", "", func(x *model.Series) (days []string) {
		for _, d := range x.ExDividend {
			days = append(days, d.String())
		}
		return days
	})
	t.exact("limit", "how far the exchange lets a price move in a day", "percent", func(x *model.Series) model.Number { return limit(x.Limit) })
	t.plain("licence", "of the points: SPDX identifier or words", func(x *model.Series) string { return x.Licence })
	t.code("redistributable", "", func(x *model.Series) string { return string(x.Redistributable) })
	t.column(Column{Name: "points", Doc: "number of its points in series_points", Type: Integer}, func(x *model.Series) Cell { return intCell(int64(len(open(x)))) })
	t.code("withheld", "why its points are not here: picture_only (the licence allows to show them, not to hand them on) or not_allowed (it allows neither)",
		withheld, "picture_only", "not_allowed")
	common(t)
	return t
}

// open are the points of a series that its licence allows to hand on.
func open(x *model.Series) []model.SeriesPoint {
	if x.Redistributable != model.RedistributeYes {
		return nil
	}
	return x.Points
}

func withheld(x *model.Series) string {
	switch x.Redistributable {
	case model.RedistributeYes:
		return ""
	case model.RedistributeDisplay:
		return "picture_only"
	}
	return "not_allowed"
}

func (s *Set) pointSheet() *sheet[pointRow] {
	t := newSheet[pointRow](s, "series_points", "Points of series", "Observations of the series that may be handed on, each under the licence of its series.", model.KindSeries)
	t.key("series", "the series", func(x pointRow) string { return x.of.ID }, "series")
	t.number("place in the series", func(x pointRow) int { return x.number })
	t.date("date", "the day", func(x pointRow) model.Date { return x.P.Date })
	t.amount("value", "the number, in the unit of the series; empty on a day without one", "", func(x pointRow) model.Number { return x.P.Value })
	t.code("flag", "how the value came about; traded when nothing is said", func(x pointRow) string { return string(x.P.Flag) }, model.PointFlag("").Values()...)
	return t
}

func (s *Set) points() iter.Seq[pointRow] { return parts(s.v.Series, open) }

// pointLicences are the licences of the series whose points are handed on.
func (s *Set) pointLicences() []licence {
	var out []licence
	for _, x := range s.v.Series {
		if x.Redistributable == model.RedistributeYes && x.Licence != "" {
			out = append(out, licence{name: x.Licence})
		}
	}
	slices.SortFunc(out, func(a, b licence) int { return cmp.Compare(a.name, b.name) })
	return slices.Compact(out)
}

type (
	dayRow    = part[*model.Study, model.AbnormalDay]
	windowRow = part[*model.Study, model.CARWindow]
	inputRow  = part[*model.Study, model.StudyInput]
)

func (s *Set) studySheet() *sheet[*model.Study] {
	t := newSheet[*model.Study](s, "studies", "Event studies", "Recorded event studies: what was estimated, from what, and how to compute it again.", model.KindStudy)
	id(t)
	t.text("title", "", func(x *model.Study) model.Text { return x.Title })
	t.ref("subject", "", func(x *model.Study) model.Ref { return x.Subject }, "entities")
	t.ref("event", "", func(x *model.Study) model.Ref { return x.Event }, "events", "measures")
	t.date("event_day", "", func(x *model.Study) model.Date { return x.EventDay })
	t.code("model", "", func(x *model.Study) string { return string(x.Model) })
	t.code("returns", "", func(x *model.Study) string {
		if x.Returns == "" {
			return "simple"
		}
		return string(x.Returns)
	})
	t.plain("benchmark", "", func(x *model.Study) string { return x.Benchmark })
	t.exact("estimation_length", "length of the estimation window", "trading days", func(x *model.Study) model.Number { return estimation(x).Length })
	t.exact("estimation_gap", "time between the window and the event", "trading days", func(x *model.Study) model.Number { return estimation(x).Gap })
	t.date("estimation_from", "first day of the window", func(x *model.Study) model.Date { return estimation(x).From })
	t.date("estimation_to", "last day of the window", func(x *model.Study) model.Date { return estimation(x).To })
	t.exact("alpha", "intercept, a daily return", "", func(x *model.Study) model.Number { return estimates(x).Alpha })
	t.exact("beta", "slope", "", func(x *model.Study) model.Number { return estimates(x).Beta })
	t.exact("sigma", "standard error of the regression", "", func(x *model.Study) model.Number { return estimates(x).Sigma })
	t.exact("level", "confidence level of the bands", "percent", func(x *model.Study) model.Number { return x.Level })
	t.exact("limit", "how far the exchange lets the price move in a day", "percent", func(x *model.Study) model.Number { return limit(x.Limit) })
	t.plain("command", "", func(x *model.Study) string { return x.Command })
	t.markdown("caveat", "", func(x *model.Study) model.Markdown { return x.Caveat })
	common(t)
	return t
}

// exact adds a number that is computed, and so never about or at least.
func (t *sheet[T]) exact(name, doc, unit string, get func(T) model.Number) {
	t.column(Column{Name: name, Doc: doc, Type: Number, Unit: unit}, func(x T) Cell { return numberCell(get(x)) })
}

func estimation(x *model.Study) model.Estimation {
	if x.Estimation == nil {
		return model.Estimation{}
	}
	return *x.Estimation
}

func estimates(x *model.Study) model.Estimates {
	if x.Estimates == nil {
		return model.Estimates{}
	}
	return *x.Estimates
}

func limit(x *model.PriceLimit) model.Number {
	if x == nil {
		return model.Number{}
	}
	return x.Percent
}

func studyKey[P any](t *sheet[part[*model.Study, P]], of string) {
	t.key("study", "the study", func(x part[*model.Study, P]) string { return x.of.ID }, "studies")
	t.number("place among the "+of+" of the study", func(x part[*model.Study, P]) int { return x.number })
}

func (s *Set) daySheet() *sheet[dayRow] {
	t := newSheet[dayRow](s, "study_days", "Days of event studies", "Abnormal returns, a row a day.", model.KindStudy, "days")
	studyKey(t, "days")
	t.exact("day", "", "trading days", func(x dayRow) model.Number { return x.P.Day })
	t.date("date", "", func(x dayRow) model.Date { return x.P.Date })
	t.exact("ar", "", "", func(x dayRow) model.Number { return x.P.AR })
	t.exact("t", "", "", func(x dayRow) model.Number { return x.P.T })
	t.exact("t_forecast", "", "", func(x dayRow) model.Number { return x.P.TForecast })
	t.exact("car", "", "", func(x dayRow) model.Number { return x.P.CAR })
	t.exact("low", "", "", func(x dayRow) model.Number { return x.P.Low })
	t.exact("high", "", "", func(x dayRow) model.Number { return x.P.High })
	t.code("flag", "", func(x dayRow) string { return string(x.P.Flag) })
	return t
}

func (s *Set) windowSheet() *sheet[windowRow] {
	t := newSheet[windowRow](s, "study_windows", "Windows of event studies", "Cumulative abnormal returns.", model.KindStudy, "windows")
	studyKey(t, "windows")
	t.exact("from", "", "trading days", func(x windowRow) model.Number { return x.P.From })
	t.exact("to", "", "trading days", func(x windowRow) model.Number { return x.P.To })
	t.exact("car", "", "", func(x windowRow) model.Number { return x.P.CAR })
	t.exact("t", "", "", func(x windowRow) model.Number { return x.P.T })
	t.exact("t_forecast", "", "", func(x windowRow) model.Number { return x.P.TForecast })
	t.exact("low", "", "", func(x windowRow) model.Number { return x.P.Low })
	t.exact("high", "", "", func(x windowRow) model.Number { return x.P.High })
	return t
}

func (s *Set) inputSheet() *sheet[inputRow] {
	t := newSheet[inputRow](s, "study_inputs", "Inputs of event studies", "The files from which studies were computed.", model.KindStudy, "inputs")
	studyKey(t, "inputs")
	t.code("role", "", func(x inputRow) string { return string(x.P.Role) })
	t.plain("title", "", func(x inputRow) string { return x.P.Title })
	t.code("adjustment", "", func(x inputRow) string { return string(x.P.Adjustment) })
	t.typed(Code, "sha256", "", func(x inputRow) string { return strings.ToLower(x.P.SHA256) })
	t.ref("source", "", func(x inputRow) model.Ref { return x.P.Source }, "sources")
	return t
}
