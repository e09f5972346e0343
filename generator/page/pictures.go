package page

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// shares draw what owners held of an entity at the dates that sources state: a
// panel for each owner of whom several dates are known.
func (c *composer) shares(e *model.Entity) *Chart {
	byOwner := map[string][]*model.Link{}
	var owners []string
	for _, l := range c.site.ties.of(e.ID) {
		if l.Schema != model.Ownership || l.To.ID != e.ID || l.Percentage.IsZero() || l.Date.IsZero() {
			continue
		}
		if byOwner[l.From.ID] == nil {
			owners = append(owners, l.From.ID)
		}
		byOwner[l.From.ID] = append(byOwner[l.From.ID], l)
	}
	spec := chart.Lines{About: chart.About{ID: "shares", Sub: c.word("chart_shares_sub", nil)}}
	var list []basisOf
	largest, finding := 0.0, ""
	owners = slices.DeleteFunc(owners, func(id string) bool { return len(stated(byOwner[id])) < 2 })
	slices.SortFunc(owners, func(a, b string) int {
		return cmp.Or(cmp.Compare(last(stated(byOwner[b])).Percentage.Float(), last(stated(byOwner[a])).Percentage.Float()), cmp.Compare(a, b))
	})
	for _, id := range owners {
		name := c.link(model.Ref{ID: id}).Value
		line := chart.Series{Unit: "%"} // the panel has its name
		var low, high model.Number
		for i, l := range stated(byOwner[id]) {
			v := l.Percentage.Float()
			if i == 0 || v < low.Float() {
				low = l.Percentage
			}
			if i == 0 || v > high.Float() {
				high = l.Percentage
			}
			line.Points = append(line.Points, chart.Point{Date: iso(l.Date, false), Value: v, Text: c.stated(l.Percentage)})
			list = append(list, basisOf{&l.Record, nil})
		}
		spec.Panels = append(spec.Panels, chart.Panel{Title: name, Series: []chart.Series{line}})
		if high.Float() > largest {
			largest = high.Float()
			finding = c.word("chart_shares_title", map[string]any{"Owner": name, "Low": c.stated(low), "High": c.stated(high)})
		}
	}
	if len(spec.Panels) == 0 || len(spec.Panels) > 12 {
		return nil
	}
	spec.Title = finding
	return c.drawn("lines", spec, resting(list), nil, "")
}

// stated are holdings by date, of several for one date that with the most
// digits.
func stated(list []*model.Link) []*model.Link {
	list = slices.SortedFunc(slices.Values(list), func(a, b *model.Link) int {
		return cmp.Or(cmp.Compare(iso(a.Date, false), iso(b.Date, false)), len(b.Percentage.Decimal())-len(a.Percentage.Decimal()), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(list, func(a, b *model.Link) bool { return a.Date.First() == b.Date.First() })
}

func last(list []*model.Link) *model.Link { return list[len(list)-1] }

// stated is a number with the digits that its source prints, and in the words of
// the page where it is not exact: "about 40".
func (c *composer) stated(n model.Number) string { return c.statedIn(n, "") }

// statedIn is the same with a unit behind the number.
func (c *composer) statedIn(n model.Number, unit string) string {
	x, text := number(n, ""), n.Decimal()
	if c.words.Chart.Number != nil {
		text = c.words.Chart.Number(x.Float, x.Places)
	}
	if unit != "" {
		text += "\u00a0" + unit
	}
	if n.Bound == model.Exact {
		return text
	}
	return c.word("number_"+x.Bound, map[string]any{"Number": text})
}

// lists draw what figures give as lists, in the order of their sources. It
// comes before the tables of figures, which lead to the drawing.
func (c *composer) lists(figures []*model.Figure) []*Chart {
	var out []*Chart
	for _, f := range figures {
		if len(f.Items) < 3 {
			continue
		}
		metric := c.term(f.Metric)
		spec := chart.RankedList{About: chart.About{ID: c.unique("list", f.ID), Title: capital(metric.Value), Sub: c.word("chart_list_sub", map[string]any{"Name": c.link(f.Entity).Value, "Publisher": c.publisherOf(f)})}}
		for _, item := range c.terms(f.Items) {
			spec.Items = append(spec.Items, chart.ListItem{Name: item.Value})
		}
		drawn := c.drawn("ranked", spec, resting([]basisOf{{&f.Record, f.Source}}), nil, "")
		if drawn == nil {
			continue
		}
		drawn.Remark = c.html(f, f.Note, 4)
		c.listed[f.ID] = "#" + drawn.Anchor
		out = append(out, drawn)
	}
	return out
}

// publisherOf is who published the first source of a figure.
func (c *composer) publisherOf(f *model.Figure) string {
	src := f.Source
	if src == nil && len(f.Sources) > 0 {
		src = c.site.v.Source(f.Sources[0].ID)
	}
	if src == nil {
		return ""
	}
	return src.Publisher
}

// spark draws the whole years of one metric in the size of a word; nothing when
// there are fewer than three, or in different units.
func (c *composer) spark(figures []*model.Figure) template.HTML {
	if c.words.Chart.Word == nil || len(figures) == 0 {
		return ""
	}
	years := yearly(figures)
	if len(years) < 3 {
		return ""
	}
	line := chart.Series{Name: c.term(figures[0].Metric).Value, Unit: years[0].Unit}
	for _, f := range years {
		if f.Unit != line.Unit {
			return ""
		}
		for n := len(line.Points); n > 0 && yearIn(line.Points[n-1].Date)+1 < yearIn(iso(f.Date, false)); n++ {
			line.Points = append(line.Points, chart.Point{Date: strconv.Itoa(yearIn(line.Points[n-1].Date) + 1), Missing: true})
		}
		line.Points = append(line.Points, chart.Point{Date: iso(f.Date, false), Value: f.Value.Float()})
	}
	unit := c.unit(Number{Unit: line.Unit}).UnitText.Value
	line.Unit = cmp.Or(unit, line.Unit)
	if line.Unit == "percent" {
		line.Unit = "%"
	}
	drawn, found := chart.Sparkline{About: chart.About{ID: c.unique("spark", years[0].ID), Title: line.Name}, Series: line}.Draw(c.env())
	if slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		return ""
	}
	return template.HTML(drawn.Wide) // package chart escapes every text
}

// yearly are the figures of whole years, one for each: that which is not preliminary,
// else the one with more digits.
func yearly(figures []*model.Figure) []*model.Figure {
	list := slices.DeleteFunc(slices.Clone(figures), func(f *model.Figure) bool {
		return f.Date.Range || f.Date.Precision != model.ByYear || f.Value.IsZero()
	})
	slices.SortStableFunc(list, func(a, b *model.Figure) int {
		return cmp.Or(a.Date.Compare(b.Date), first(a.Preliminary)-first(b.Preliminary), len(b.Value.Decimal())-len(a.Value.Decimal()), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(list, func(a, b *model.Figure) bool { return a.Date.First() == b.Date.First() })
}

func yearIn(date string) int {
	n, _ := strconv.Atoi(date[:min(4, len(date))])
	return n
}
