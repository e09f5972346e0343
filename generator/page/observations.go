package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// figureGroups puts figures together by metric, and by entity when they are
// those of several. The order is that of the metrics' names.
func (c *composer) figureGroups(figures []*model.Figure, several bool) []FigureGroup {
	figures = slices.Clone(figures)
	slices.SortStableFunc(figures, func(a, b *model.Figure) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Entity.ID, b.Entity.ID), a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
	})
	var out []FigureGroup
	var last *model.Figure
	from := 0
	for i, f := range figures {
		if last == nil || f.Metric != last.Metric || f.Entity.ID != last.Entity.ID {
			g := FigureGroup{Metric: c.term(f.Metric), Unit: f.Unit}
			if several {
				g.Entity = c.link(f.Entity)
			}
			if len(out) > 0 {
				out[len(out)-1].Spark = c.spark(figures[from:i])
			}
			out, from = append(out, g), i
		}
		last = f
		g := &out[len(out)-1]
		if g.Unit != f.Unit {
			g.Unit = ""
		}
		g.Rows = append(g.Rows, c.figure(f))
	}
	if len(out) > 0 {
		out[len(out)-1].Spark = c.spark(figures[from:])
	}
	return out
}

func (c *composer) figure(f *model.Figure) Figure {
	out := Figure{
		Anchor: c.unique("figure", f.ID), ID: f.ID, Date: date(f.Date), Number: c.unit(number(f.Value, f.Unit)), Items: c.terms(f.Items), AsPrinted: f.AsPrinted, Preliminary: f.Preliminary,
		Grade: grade(&f.Record, f.Source), Refs: c.within(f.Source, "", f.Sources), Note: c.html(f, f.Note, 4), List: c.listed[f.ID],
	}
	for _, e := range f.Equivalents {
		eq := Equivalent{Number: c.unit(number(e.Value, e.Unit)), Basis: string(e.Basis), Rate: c.unit(number(e.Rate, f.Unit)), RateDate: date(e.RateDate), Earlier: e.Basis == model.Converted && e.RateDate.Before(f.Date)}
		if e.Source.ID != "" {
			if r, ok := c.ref(e.Source.ID, "", ""); ok {
				eq.Refs = []Ref{r}
			}
		}
		out.Equivalents = append(out.Equivalents, eq)
	}
	out.Revisions = c.revisions(f.Revisions)
	return out
}

// relations are the ties of an entity, by sort.
func (c *composer) relations(e *model.Entity) []RelationGroup {
	groups := map[string][]Relation{}
	for _, l := range c.site.sorted(e.ID) {
		key, other := "other", l.To
		if l.To.ID == e.ID {
			other = l.From
		}
		switch {
		case l.Schema == model.Ownership && l.To.ID == e.ID:
			key = "owners"
		case l.Schema == model.Ownership:
			key = "assets"
		case l.Schema == model.Directorship && l.To.ID == e.ID:
			key = "directors"
		case l.Schema == model.Directorship:
			key = "directs"
		}
		groups[key] = append(groups[key], c.relation(l, other, key == "assets"))
	}
	if e.Parent.ID != "" {
		groups["parent"] = []Relation{c.entityRelation(e.Parent)}
	}
	for _, child := range c.site.children.of(e.ID) {
		groups["children"] = append(groups["children"], c.entityRelation(model.Ref{ID: child.ID}))
	}
	var out []RelationGroup
	for _, key := range []string{"parent", "owners", "assets", "directors", "directs", "children", "other"} {
		if rows := groups[key]; len(rows) > 0 {
			out = append(out, RelationGroup{key, rows})
		}
	}
	return out
}

// sorted are the links of an entity: those that last first, then by the
// other's name as far as it is known, then the newest first.
func (s *site) sorted(id string) []*model.Link {
	other := func(l *model.Link) string {
		ref := l.To
		if l.To.ID == id {
			ref = l.From
		}
		if e, ok := s.v.Sketch(ref.ID); ok {
			return e.title().Text
		}
		return ref.ID
	}
	day := func(l *model.Link) model.Day { return max(l.Date.Last(), l.Start.Last(), l.End.Last()) }
	over := func(l *model.Link) int {
		if s.over(l) {
			return 1
		}
		return 0
	}
	return slices.SortedFunc(slices.Values(s.ties.of(id)), func(a, b *model.Link) int {
		return cmp.Or(cmp.Compare(over(a), over(b)), cmp.Compare(other(a), other(b)), cmp.Compare(day(b), day(a)), cmp.Compare(a.ID, b.ID))
	})
}

func (c *composer) relation(l *model.Link, other model.Ref, strip bool) Relation {
	r := c.entityRelation(other)
	r.Anchor = c.unique("link", l.ID)
	r.Share, r.Role, r.Nature = number(l.Percentage, "percent"), c.text(l.Role), l.Status
	r.Date, r.Start, r.End, r.Over = date(l.Date), date(l.Start), date(l.End), c.site.over(l)
	if strip && r.ID != "" {
		r.Strip = c.strip(r.ID, c.site.on(r.ID))
	}
	r.Grade, r.Refs, r.Note = string(l.Confidence), c.refs(l.Sources), c.html(l, l.Note, 4)
	r.Revisions = c.revisions(l.Revisions)
	if l.Percentage.IsZero() {
		r.Share = Number{}
	}
	return r
}

func (c *composer) entityRelation(ref model.Ref) Relation {
	r := Relation{Link: c.link(ref)}
	if e, ok := c.site.v.Sketch(ref.ID); ok {
		r.Native = c.name(e.native())
	}
	return r
}

// revisions are the changes to a record, the newest first.
func (c *composer) revisions(rs []model.Revision) []Revision {
	var out []Revision
	for _, r := range rs {
		out = append(out, c.revision(r))
	}
	slices.SortStableFunc(out, func(a, b Revision) int { return b.Date.From.Time.Compare(a.Date.From.Time) })
	return out
}

func (c *composer) revision(r model.Revision) Revision {
	rev := Revision{Date: date(r.Date), Kind: string(r.Kind), Field: r.Field, Reason: c.text(r.Reason)}
	rev.Withheld = r.Kind == model.Correction && r.Was == nil
	c.was(&rev, r.Was)
	return rev
}

// was tells the value that a field had before, as far as it is a text, a list
// of texts, or a text in several languages.
func (c *composer) was(rev *Revision, n *model.Node) {
	if n == nil {
		return
	}
	switch n.Kind {
	case model.Scalar:
		rev.Was = n.Text
	case model.List:
		for _, item := range n.Items {
			if item.Kind == model.Scalar {
				rev.WasList = append(rev.WasList, item.Text)
			}
		}
	case model.Map:
		var text model.Text
		for _, f := range n.Fields {
			if f.Value.Kind == model.Scalar {
				text = append(text, model.Translation{Lang: f.Name, Value: f.Value.Text})
			}
		}
		t := c.text(text)
		rev.Was, rev.WasLang = t.Value, t.Lang
	}
}
