package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// people fills the list of all persons.
func (c *composer) people() {
	c.list(peoplePath, TemplatePeople, "people")
	body := &PersonList{}
	c.page.People = body
	for _, e := range byName(c.site.v.Entities()) {
		if e.Schema != model.Person {
			continue
		}
		row := PersonRow{
			EntityRow: c.entityRow(e), Anchor: "person-" + e.ID, Topics: e.Topics, Grade: string(e.Confidence), Said: c.saidBy(e.ID),
		}
		for _, l := range c.site.sorted(e.ID) {
			other := l.To
			if l.To.ID == e.ID {
				other = l.From
			}
			row.Roles = append(row.Roles, c.relation(l, other, false))
		}
		body.Rows = append(body.Rows, row)
	}
	c.end()
}

// saidBy are the statements that somebody has made, the newest first.
func (c *composer) saidBy(id string) []SaidRow {
	var said []*model.Statement
	for _, st := range c.site.said.of(id) {
		if st.By.ID == id && st.Source != nil {
			said = append(said, st)
		}
	}
	slices.SortFunc(said, func(a, b *model.Statement) int {
		x, y := spoken(a), spoken(b)
		if x.IsZero() || y.IsZero() {
			return cmp.Or(x.Compare(y), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(y.Compare(x), cmp.Compare(a.ID, b.ID))
	})
	var out []SaidRow
	for _, st := range said {
		row := SaidRow{
			Source: c.shown(st), Kind: string(st.Type), Date: date(spoken(st)), Role: c.text(st.Role), Organisation: c.party(st.Organisation),
			Grade: string(st.Confidence),
		}
		if topic := c.site.topic(st, 0); topic != nil {
			row.Topic = c.linkTo(topic)
		}
		out = append(out, row)
	}
	return out
}
