package page

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/dossier-report/dossier/generator/model"
)

// latestKnown is how many of the records that became public last the page of
// changes shows.
const latestKnown = 20

// change is a revision with the record that it changed.
type change struct {
	item     model.Item
	revision model.Revision
}

// revised are all revisions in the report, the newest first. Those of a page
// of prose are those of the translation that is shown.
func (c *composer) revised() []change {
	var out []change
	put := func(item model.Item) {
		for _, r := range item.Rec().Revisions {
			out = append(out, change{item, r})
		}
	}
	for _, item := range c.site.records() {
		put(item)
	}
	for _, path := range c.site.prosePath {
		put(c.translation(c.site.prose[path]))
	}
	for _, t := range c.site.v.Withdrawn {
		out = append(out, change{t, t.Revision})
	}
	slices.SortStableFunc(out, func(a, b change) int {
		return cmp.Or(b.revision.Date.Compare(a.revision.Date), cmp.Compare(kindOf(a.item), kindOf(b.item)), cmp.Compare(a.item.Rec().ID, b.item.Rec().ID))
	})
	return out
}

// records are all records of the view that may be revised, but for prose.
func (s *site) records() []model.Item {
	v := s.v
	var out []model.Item
	out = appendItems(out, v.Entities())
	out = appendItems(out, v.Measures())
	out = appendItems(out, v.Events())
	out = appendItems(out, v.Programs())
	for _, src := range v.Sources() {
		out = append(out, src)
		out = appendItems(out, src.Statements)
	}
	out = appendItems(out, v.Links())
	out = appendItems(out, v.Figures())
	out = appendItems(out, v.Series())
	out = appendItems(out, v.Studies())
	return appendItems(out, v.Files())
}

func appendItems[T model.Item](out []model.Item, list []T) []model.Item {
	for _, x := range list {
		out = append(out, x)
	}
	return out
}

func (c *composer) change(x change) Change {
	return Change{
		Anchor: c.unique("change", x.item.Rec().ID, x.revision.Date.String()), Record: c.shown(x.item), Of: kindOf(x.item),
		Revision: c.revision(x.revision),
	}
}

// latestChanges are the newest revisions, for another page than their own.
func (c *composer) latestChanges(n int) []Change {
	all := c.revised()
	var out []Change
	for _, x := range all[:min(n, len(all))] {
		row := c.change(x)
		row.Anchor = ""
		out = append(out, row)
	}
	return out
}

// changes fills the page of everything that was changed after publication.
func (c *composer) changes() {
	body := &Changes{Front: c.own(changesPath, TemplateChanges, "changes")}
	p := c.page
	p.Changes = body
	kinds := map[string]int{}
	for _, x := range c.revised() {
		row := c.change(x)
		kinds[row.Revision.Kind]++
		year := row.Revision.Date.From.Year
		if n := len(body.Years); n == 0 || body.Years[n-1].Year != year {
			body.Years = append(body.Years, ChangeYear{Year: year, Anchor: "changes-" + strconv.Itoa(year)})
		}
		last := &body.Years[len(body.Years)-1]
		last.Rows = append(last.Rows, row)
		body.Total++
	}
	if body.Total > 0 {
		p.Date = body.Years[0].Rows[0].Revision.Date
	}
	for _, kind := range []model.RevisionKind{model.Correction, model.Update, model.Withdrawn} {
		body.Kinds = append(body.Kinds, Count{string(kind), kinds[string(kind)]})
	}
	c.section(SectionChanges, body.Total, true)
	body.Latest = c.latestKnown()
	c.section(SectionLatestKnown, 0, len(body.Latest) > 0)
	c.end()
}

// latestKnown are the records with a page of their own that became public
// last. Those that say no day, and have none from their sources, are left out.
func (c *composer) latestKnown() []Known {
	var all []model.Item
	for _, item := range c.site.records() {
		if place := c.site.place(item); item.Rec().EffectiveKnown != 0 && place.path != "" && place.anchor == "" {
			all = append(all, item)
		}
	}
	slices.SortStableFunc(all, func(a, b model.Item) int {
		return cmp.Or(cmp.Compare(b.Rec().EffectiveKnown, a.Rec().EffectiveKnown), cmp.Compare(a.Rec().ID, b.Rec().ID))
	})
	var out []Known
	for _, item := range all[:min(latestKnown, len(all))] {
		out = append(out, Known{Record: c.linkTo(item), Date: date(model.DateOf(item.Rec().EffectiveKnown))})
	}
	return out
}
