package page

import (
	"slices"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/market"
	"github.com/dossier-report/dossier/generator/model"
)

// The days that a table of effects shows, from the event.
const (
	effectFrom = -1
	effectTo   = 5
)

// effect puts prices and abnormal returns of the days next to an event side by
// side.
func (c *composer) effect(s *model.Study) []EffectDay {
	share := c.closes(func(x *model.Series) bool { return x.Subject.ID == s.Subject.ID && x.Currency != "" })
	index := c.closes(func(x *model.Series) bool { return x.Subject.ID == "" && c.seriesName(x) == s.Benchmark })
	var out []EffectDay
	for i, d := range s.Days {
		if day := d.Day.Float(); day < effectFrom || day > effectTo {
			continue
		}
		row := EffectDay{StudyDay: studyDay(d), Close: share.at(d.Date)}
		if i > 0 {
			before := s.Days[i-1].Date
			row.Change, row.Benchmark = share.change(before, d.Date), index.change(before, d.Date)
		}
		out = append(out, row)
	}
	return out
}

// closing are the closing prices of a series by day, exact.
type closing struct {
	unit   string
	values map[model.Day]model.Number
}

// closes are those of the first series of closing prices that may be handed on
// and answers to a question.
func (c *composer) closes(is func(*model.Series) bool) closing {
	for _, x := range c.site.v.Series() {
		if x.Measure != "close" || x.Redistributable != model.RedistributeYes || !is(x) {
			continue
		}
		out := closing{x.Unit, map[model.Day]model.Number{}}
		for _, p := range x.Points {
			if !p.Value.IsZero() && p.Flag != "halted" && p.Flag != "filled" {
				out.values[p.Date.Last()] = p.Value
			}
		}
		return out
	}
	return closing{}
}

func (x closing) at(d model.Date) Number {
	v, ok := x.values[d.Last()]
	if d.IsZero() || !ok {
		return Number{}
	}
	return number(v, x.unit)
}

// change is the simple return from one day to another in percent, with one digit behind the
// point; without Decimal where a price is missing.
func (x closing) change(from, to model.Date) Number {
	a, okA := x.values[from.Last()]
	b, okB := x.values[to.Last()]
	if from.IsZero() || to.IsZero() || !okA || !okB {
		return Number{}
	}
	observed := func(n model.Number, d model.Date) market.Observation {
		value, _ := market.ParseDecimal(n.Decimal())
		return market.Observation{Period: d.String(), Value: value, Unit: x.unit}
	}
	growth, err := market.Grow(observed(a, from), observed(b, to), 1)
	if err != nil {
		return Number{}
	}
	return Number{Decimal: growth.Percent.String(), Float: growth.Percent.Float(), Places: 1, Unit: "percent"}
}

// briefDays is how many days before and after the event a page shows of a study
// that has a page with all of it.
const briefDays = 5

// briefly is the part of a study that belongs to a news item: the days next to
// the event, and the way to all of it.
func (c *composer) briefly(s *model.Study) Study {
	out := c.study(s, func() *Chart {
		if len(s.Days) == 0 {
			return nil // only sums were recorded
		}
		spec := c.studySpec("study-"+s.ID+"-chart", s)
		spec.Days = slices.DeleteFunc(spec.Days, func(d chart.StudyDay) bool { return d.Day < -briefDays || d.Day > briefDays })
		for i := range spec.Days {
			d := &spec.Days[i]
			d.CAR, d.Low, d.High, d.HasCAR = 0, 0, 0, false
		}
		return c.drawn("study", spec, &s.Record, nil, "")
	})
	out.More = c.linkTo(s)
	return out
}

// marketAround adds what prices did around the events on which a news item
// reports: the picture that says most of each entity, and the studies.
func (c *composer) marketAround(events []*model.Event, body *Source) {
	seen := map[string]bool{}
	for _, e := range events {
		if e.Date.IsZero() || !isPlan(e) && e.Type != model.MarketEvent {
			continue
		}
		for _, ref := range e.Concerns {
			if seen[ref.ID] {
				continue
			}
			if list := c.prices(telling(c.site.series.of(ref.ID)), e.Date.Last()); len(list) > 0 {
				seen[ref.ID] = true
				body.Prices = append(body.Prices, list...)
			}
		}
	}
	for _, e := range events {
		for _, s := range c.site.studies.of(e.ID) {
			if !seen[s.ID] {
				seen[s.ID] = true
				body.Studies = append(body.Studies, c.briefly(s))
			}
		}
	}
}

// telling are the series that are drawn with another for comparison; all where
// there are none.
func telling(list []*model.Series) []*model.Series {
	out := slices.DeleteFunc(slices.Clone(list), func(s *model.Series) bool { return s.Benchmark.ID == "" })
	if len(out) == 0 {
		return list
	}
	return out
}

// after are the events that followed a plan on which a news item reports: those
// that concern the plan, and those about the same programme and somebody whom
// the plan concerns.
func (c *composer) after(plans []*model.Event) []*model.Event {
	var out []*model.Event
	for _, plan := range plans {
		if !isPlan(plan) || plan.Date.IsZero() {
			continue
		}
		for _, e := range slices.Concat(c.site.events.of(plan.ID), c.site.using.of(c.programID(plan))) {
			follows := concerns(e, plan.ID) || shareConcern(plan, e)
			if follows && e.Date.Compare(plan.Date) > 0 && !slices.Contains(plans, e) && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}
