package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
	countrynames "github.com/dossier-report/dossier/generator/names"
)

// countries are the codes of the countries of all entities, sorted.
func (s *site) countries() []string {
	var out []string
	for code := range s.byCountry.by {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

func (s *site) indexCountries() {
	for _, e := range s.v.Entities() {
		for _, code := range e.Countries {
			add(s.byCountry, string(code), e)
		}
	}
}

func (c *composer) country(code string) Country {
	return Country{
		Code: code, Name: Text{Value: cmp.Or(countrynames.CountryName(code, c.lang), code)},
		Href: c.href(c.site.made(countryPath(code), TemplateCountry)),
	}
}

func countryPath(code string) string { return "countries/" + code + ".html" }

// countryLink is a country as a link to its page. Its ID is the code.
func (c *composer) countryLink(code string) Link {
	x := c.country(code)
	return Link{Text: x.Name, Href: x.Href, ID: code, Kind: "country"}
}

func (c *composer) countryLinks(e *model.Entity) []Country {
	var out []Country
	for _, code := range e.Countries {
		out = append(out, c.country(string(code)))
	}
	return out
}

func (c *composer) countryRow(code string) CountryRow {
	s := c.site
	row := CountryRow{Country: c.country(code), Entities: len(s.byCountry.of(code))}
	for _, e := range s.byCountry.of(code) {
		if s.isAuthority(e) {
			row.Authorities++
		}
		if slices.ContainsFunc(s.naming.of(e.ID), func(m *model.Measure) bool { return acts(m.Status) && basis(m) == model.ByName }) {
			row.Named++
		}
	}
	for _, m := range s.imposedBy(code) {
		row.Measures++
		if acts(m.Status) {
			row.Acting++
		}
	}
	return row
}

// imposedBy are the measures that the authorities of a country have imposed.
func (s *site) imposedBy(country string) []*model.Measure {
	var out []*model.Measure
	for _, e := range s.byCountry.of(country) {
		out = append(out, s.issued.of(e.ID)...)
	}
	return out
}

// countryList fills the list of all countries.
func (c *composer) countryList() {
	c.list(countriesPath, TemplateCountries, "countries")
	body := &CountryList{}
	c.page.Countries = body
	for _, code := range c.site.countries() {
		row := c.countryRow(code)
		row.Anchor = "country-" + code
		body.Rows = append(body.Rows, row)
	}
	slices.SortFunc(body.Rows, func(a, b CountryRow) int {
		return cmp.Or(cmp.Compare(a.Name.Value, b.Name.Value), cmp.Compare(a.Code, b.Code))
	})
	for _, e := range byName(c.site.v.Entities()) {
		if len(e.Countries) == 0 {
			body.Unstated = append(body.Unstated, c.linkTo(e))
		}
	}
	c.end()
}

// countryPage fills the page of a country.
func (c *composer) countryPage(code string) {
	p, s := c.page, c.site
	c.begin(countryPath(code), TemplateCountry, "")
	body := &CountryPage{CountryRow: c.countryRow(code)}
	p.Country = body
	p.Title = body.Name
	c.crumbs("countries", p.Title)
	own := s.byCountry.of(code)
	for _, e := range byName(own) {
		if s.isAuthority(e) {
			body.Authorities = append(body.Authorities, c.authorityRow(e))
		}
	}
	c.section(SectionAuthorities, len(body.Authorities), len(body.Authorities) > 0)
	imposed := s.imposedBy(code)
	body.Imposed, _ = c.byYear(imposed)
	c.section(SectionImposed, len(imposed), len(imposed) > 0)
	body.Groups = c.entityGroups(own)
	c.section(SectionEntities, body.Entities, len(body.Groups) > 0)
	c.end()
}
