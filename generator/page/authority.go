package page

import (
	"slices"
	"strconv"

	"github.com/dossier-report/dossier/generator/model"
)

// imposed adds to the page of an authority what it has imposed, by year, by
// programme and by target, and the programmes it issues.
func (c *composer) imposed(e *model.Entity, body *Entity) {
	issued := c.site.issued.of(e.ID)
	body.IssuedYears, body.Issued = c.byYear(issued)
	body.IssuedUnder = c.tallies(issued, func(m *model.Measure) []string { return []string{m.Program.ID} })
	body.IssuedOn = c.named(issued)
	for _, prog := range c.site.programs.of(e.ID) {
		body.Programs = append(body.Programs, c.program(prog))
	}
	c.section(SectionIssued, len(issued), len(issued)+len(body.Programs) > 0)
}

// byYear are measures as rows, the newest first, and the same rows by year.
func (c *composer) byYear(ms []*model.Measure) ([]MeasureYear, []MeasureRow) {
	ms = slices.SortedFunc(slices.Values(ms), newest)
	rows := c.rows(ms)
	var years []MeasureYear
	start := 0
	for i, m := range ms {
		if i+1 < len(ms) && yearOf(firstDate(ms[i+1])) == yearOf(firstDate(m)) {
			continue
		}
		y := MeasureYear{Year: yearOf(firstDate(m)), Anchor: "issued-undated", Rows: rows[start : i+1]}
		if y.Year != 0 {
			y.Anchor = "issued-" + strconv.Itoa(y.Year)
		}
		years = append(years, y)
		start = i + 1
	}
	return years, rows
}

// yearOf is the year of a date, or in which a range begins; 0 when it is not
// stated.
func yearOf(d model.Date) int {
	if d.IsZero() {
		return 0
	}
	return d.First().Time().Year()
}

// isAuthority reports whether somebody has imposed a measure or issues a
// programme.
func (s *site) isAuthority(e *model.Entity) bool {
	return len(s.issued.of(e.ID))+len(s.programs.of(e.ID)) > 0
}

func (c *composer) authorityRow(e *model.Entity) AuthorityRow {
	row := AuthorityRow{Link: c.linkTo(e), Native: c.native(e)}
	for _, m := range c.site.issued.of(e.ID) {
		row.Measures++
		if acts(m.Status) {
			row.Acting++
		}
	}
	if ms := slices.SortedFunc(slices.Values(c.site.issued.of(e.ID)), newest); len(ms) > 0 {
		row.Newest = date(firstDate(ms[0]))
	}
	for _, p := range slices.SortedFunc(slices.Values(c.site.programs.of(e.ID)), byProgramName) {
		row.Programs = append(row.Programs, c.linkTo(p))
	}
	return row
}
