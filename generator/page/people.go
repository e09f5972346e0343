package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// people fills a page of the list of all persons.
func (c *composer) people(n int) {
	c.site.v.Entities()
	l := c.site.lists.people()
	c.beginList(peoplePath, TemplatePeople, "people", n, len(l.pages))
	body := &PersonList{Total: l.total}
	if l.total > 0 {
		body.Anchor = strings.ToLower(string(model.Person))
	}
	contents(c, l, peoplePath, func(g rowGroup[*model.Entity]) (PagerGroup, string) { return PagerGroup{Key: g.key}, body.Anchor }, c.fromTo)
	c.page.People = body
	for _, e := range l.on(n) {
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
