package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// observations are the figures of a metric, about an entity or about none, one for
// each period: of two for one period it is the one that is not preliminary,
// else the one with more digits.
func (s *site) observations(metric string, entity model.Ref) []*model.Figure {
	var out []*model.Figure
	for _, f := range s.v.Figures() {
		if f.Metric == metric && f.Entity.ID == entity.ID && !f.Date.IsZero() && !f.Value.IsZero() {
			out = append(out, f)
		}
	}
	better := func(a, b *model.Figure) int {
		digits := func(f *model.Figure) int { return len(f.Value.Decimal()) }
		return cmp.Or(first(a.Preliminary)-first(b.Preliminary), digits(b)-digits(a), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(out, func(a, b *model.Figure) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Date.String(), b.Date.String()), better(a, b))
	})
	return slices.CompactFunc(out, func(a, b *model.Figure) bool { return a.Date.String() == b.Date.String() })
}

// wholeYear reports whether a date is a year.
func wholeYear(d model.Date) bool { return !d.Range && d.Precision == model.ByYear }

// noFigures says that there is nothing under a name, with the name that was most
// likely meant.
func (w *wanted) noFigures(metric string, entity model.Ref, path string) {
	var known []string
	for _, f := range w.site.v.Figures() {
		if (entity.IsZero() || f.Entity.ID == entity.ID) && !slices.Contains(known, f.Metric) {
			known = append(known, f.Metric)
		}
	}
	slices.Sort(known)
	hint := diag.DidYouMean(metric, known)
	if hint == "" && len(known) > 0 {
		hint = "metrics here are " + strings.Join(known[:min(len(known), 8)], "; ")
	}
	what := "no figure of metric " + strconv.Quote(metric)
	if !entity.IsZero() {
		what += " about " + strconv.Quote(entity.ID)
	}
	w.refuse("chart-no-data", path, hint, what+" for these periods")
}

// observed is a metric of an entity as a line of whole years, or of what there
// is where there are none.
func (w *wanted) observed(metric string, entity model.Ref, from, to model.Date, path string) (chart.Series, bool) {
	all := slices.DeleteFunc(w.site.observations(metric, entity), func(f *model.Figure) bool { return !between(f.Date, from, to) || f.Date.Range })
	if years := slices.DeleteFunc(slices.Clone(all), func(f *model.Figure) bool { return !wholeYear(f.Date) }); len(years) > 1 {
		all = years
	}
	if len(all) == 0 {
		w.noFigures(metric, entity, path)
		return chart.Series{}, false
	}
	out := chart.Series{Name: w.term(metric).Value, Unit: w.term(all[0].Unit).Value}
	unit := all[0].Unit
	for _, f := range all {
		w.rest(&f.Record, f.Source)
		if f.Unit != unit {
			w.refuse("chart-mixed-units", path, "record them in one unit", strconv.Quote(unit)+" and "+strconv.Quote(f.Unit)+" in one line")
			return out, false
		}
		// A year without a figure is a gap, not a straight line.
		for n := len(out.Points); n > 0 && wholeYear(f.Date); n++ {
			year, _ := strconv.Atoi(out.Points[n-1].Date)
			if next := strconv.Itoa(year + 1); len(out.Points[n-1].Date) == 4 && next < iso(f.Date, false) {
				out.Points = append(out.Points, chart.Point{Date: next, Missing: true})
				continue
			}
			break
		}
		out.Points = append(out.Points, chart.Point{Date: iso(f.Date, false), Value: f.Value.Float()})
	}
	return out, true
}

func (w *wanted) lines(o *model.LinesChart) chart.Spec {
	spec := chart.Lines{}
	subject := ""
	for _, ref := range o.Series {
		s := w.series(ref, o.From, o.To)
		if s == nil {
			continue
		}
		subject = cmp.Or(subject, s.ID)
		line, rights := w.seriesOf(s)
		spec.Rights = max(spec.Rights, rights)
		spec.Panels = append(spec.Panels, chart.Panel{Title: w.text(s.Title).Value, Series: []chart.Series{line}})
	}
	var shown []model.Ref
	for _, ref := range o.Entity {
		if w.site.v.Entity(ref.ID) != nil {
			shown = append(shown, ref)
			subject = cmp.Or(subject, ref.ID)
		}
	}
	for i, metric := range o.Metric {
		panel := chart.Panel{Title: capital(w.term(metric).Value)}
		for _, ref := range shown {
			line, ok := w.observed(metric, ref, o.From, o.To, index("metric", i))
			if ok {
				line.Name = w.link(ref).Value
				panel.Series = append(panel.Series, line)
			}
		}
		if len(panel.Series) > 0 {
			spec.Panels = append(spec.Panels, panel)
		}
	}
	if len(spec.Panels) == 0 {
		return nil
	}
	spec.About = w.about(spec.About, subject)
	return spec
}

func (w *wanted) bars(o *model.BarsChart) chart.Spec {
	entities := o.Entity
	if len(entities) == 0 {
		entities = []model.Ref{{}}
	}
	entities = slices.DeleteFunc(slices.Clone(entities), func(r model.Ref) bool { return r.ID != "" && w.site.v.Entity(r.ID) == nil })
	if len(entities) == 0 {
		return nil
	}
	type series struct {
		name    string
		figures []*model.Figure
	}
	var list []series
	var periods []model.Date
	for i, metric := range o.Metric {
		for _, ref := range entities {
			name := capital(w.term(metric).Value)
			switch {
			case len(entities) > 1 && len(o.Metric) == 1:
				name = w.link(ref).Value
			case len(entities) > 1:
				name = w.link(ref).Value + ": " + name
			}
			figures := slices.DeleteFunc(w.site.observations(metric, ref), func(f *model.Figure) bool { return !w.asked(o, f.Date) })
			if len(figures) == 0 {
				w.noFigures(metric, ref, index("metric", i))
				return nil
			}
			for _, f := range figures {
				w.rest(&f.Record, f.Source)
				if !slices.ContainsFunc(periods, func(d model.Date) bool { return d.String() == f.Date.String() }) {
					periods = append(periods, f.Date)
				}
			}
			list = append(list, series{name, figures})
		}
	}
	slices.SortFunc(periods, func(a, b model.Date) int { return cmp.Or(a.Compare(b), cmp.Compare(a.String(), b.String())) })
	if len(o.Dates) == 0 {
		periods = everyYear(periods)
	}
	spec := chart.Bars{Stacked: o.Stacked == "yes"}
	if !o.Min.IsZero() {
		from := o.Min.Float()
		spec.Min = &from
	}
	if strings.HasPrefix(list[0].figures[0].Unit, "percent") {
		spec.Whole = 100
	}
	for _, d := range periods {
		spec.Categories = append(spec.Categories, w.period(d))
	}
	for _, s := range list {
		unit := s.figures[0].Unit
		one := chart.BarSeries{Name: s.name, Unit: w.term(unit).Value}
		for _, d := range periods {
			v := chart.BarValue{Missing: true}
			for _, f := range s.figures {
				if f.Date.String() == d.String() {
					v = chart.BarValue{Value: f.Value.Float(), Text: w.bounded(f)}
					if f.Unit != unit {
						w.refuse("chart-mixed-units", "metric", "record them in one unit, or choose other dates", strconv.Quote(unit)+" and "+strconv.Quote(f.Unit)+" on one axis")
						return nil
					}
				}
			}
			one.Values = append(one.Values, v)
		}
		spec.Series = append(spec.Series, one)
	}
	var metrics []string
	for _, m := range o.Metric {
		metrics = append(metrics, w.term(m).Value)
	}
	title := capital(strings.Join(metrics, ", "))
	if len(entities) == 1 && entities[0].ID != "" {
		title = w.link(entities[0]).Value + ": " + title
	}
	spec.About = w.about(chart.About{Title: title, Sub: spec.Series[0].Unit}, cmp.Or(entities[0].ID, o.Metric[0]))
	return spec
}

// everyYear adds to years those between them: a bar that is missing must not
// look as if there had been no year.
func everyYear(years []model.Date) []model.Date {
	var out []model.Date
	for i, d := range years {
		for year := yearOf(d); i > 0 && yearOf(out[len(out)-1])+1 < year; {
			between, err := model.ParseDate(strconv.Itoa(yearOf(out[len(out)-1]) + 1))
			if err != nil {
				break
			}
			out = append(out, between)
		}
		out = append(out, d)
	}
	return out
}

// period is a date as it is written below a bar.
func (w *wanted) period(d model.Date) string {
	from, to := d.Ends()
	write := func(d model.Date) string {
		form := [...]chart.DateForm{model.ByYear: chart.Year, model.ByMonth: chart.Month, model.ByDay: chart.Day}[d.Precision]
		if w.words.Chart.Date == nil {
			return iso(d, false)
		}
		return w.words.Chart.Date(d.First().Time(), form)
	}
	if !d.Range {
		return write(d)
	}
	whole := func(d model.Date) string { return strings.ReplaceAll(write(d), " ", "\u00a0") } // a line ends between the two
	return whole(from) + "\u00a0– " + whole(to)
}

// asked reports whether a chart of bars has a place for a period.
func (w *wanted) asked(o *model.BarsChart, d model.Date) bool {
	if len(o.Dates) > 0 {
		return slices.ContainsFunc(o.Dates, func(x model.Date) bool { return x.String() == d.String() })
	}
	return wholeYear(d) && between(d, o.From, o.To)
}

// bounded is a number with its bound, in words: "about 30 percent"; empty
// without a bound.
func (w *wanted) bounded(f *model.Figure) string {
	if f.Value.Bound == model.Exact {
		return ""
	}
	return w.statedIn(f.Value, w.term(f.Unit).Value)
}

func (w *wanted) ranked(o *model.RankedChart) chart.Spec {
	spec := chart.RankedList{}
	var list []*model.Figure
	for _, ref := range o.Figure {
		if f, ok := w.site.v.Item(ref.ID).(*model.Figure); ok {
			list = append(list, f)
			w.rest(&f.Record, f.Source)
		}
	}
	if len(list) == 0 {
		return nil
	}
	for i, f := range list {
		switch {
		case len(f.Items) > 0 && len(list) == 1:
			for _, item := range f.Items {
				spec.Items = append(spec.Items, chart.ListItem{Name: w.term(item).Value})
			}
			spec.About.Title, spec.About.Sub = capital(w.term(f.Metric).Value), f.AsPrinted
		case len(f.Items) > 0:
			w.refuse("chart-no-data", index("figure", i), "draw it by itself", "a figure that is a list stands among others")
			return nil
		default:
			if f.Unit != list[0].Unit {
				w.refuse("chart-mixed-units", index("figure", i), "list figures of one unit", strconv.Quote(list[0].Unit)+" and "+strconv.Quote(f.Unit)+" in one list")
				return nil
			}
			item := chart.ListItem{Name: w.term(f.Metric).Value, Text: w.bounded(f)}
			if !f.Value.IsZero() {
				v := f.Value.Float()
				item.Value = &v
			}
			spec.Items, spec.Unit = append(spec.Items, item), w.term(f.Unit).Value
		}
	}
	spec.About = w.about(spec.About, list[0].ID)
	return spec
}

// index is a path to an item of a list.
func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
