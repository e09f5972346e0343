package page

import (
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

func TestLocators(t *testing.T) {
	v := view(t, small(t, nil), model.ViewOptions{Date: day})
	s := newSite(v, Options{Templates: AllTemplates})
	c := s.composer("en", Options{})
	for in, want := range map[string]Locator{
		"":                              {},
		"page 54002":                    {Label: "page", Place: "54002", Count: 1},
		"p. 3":                          {Label: "page", Place: "3", Count: 1},
		"p.3":                           {Label: "page", Place: "3", Count: 1},
		"pp. 3-5":                       {Label: "page", Place: "3", Joint: "to", Last: "5", Count: 3},
		"pages 3–5":                     {Label: "page", Place: "3", Joint: "to", Last: "5", Count: 3},
		"paras. 1 to 3":                 {Label: "paragraph", Place: "1", Joint: "to", Last: "3", Count: 3},
		"rows 30947 and 32087":          {Label: "row", Place: "30947", Joint: "and", Last: "32087", Count: 2},
		"rows 1, 3 and 5":               {Label: "row", Place: "1, 3", Joint: "and", Last: "5", Count: 3},
		"rows 2022-04-29 to 2022-05-16": {Label: "row", Place: "2022-04-29", Joint: "to", Last: "2022-05-16", Count: 3},
		"section 889(a)(1)":             {Label: "section", Place: "889(a)(1)", Count: 1},
		"§ 744.11":                      {Label: "section", Place: "744.11", Count: 1},
		"annex A":                       {Label: "annex", Place: "A", Count: 1},
		"note iv":                       {Label: "note", Place: "iv", Count: 1},
		"SDN section":                   {Text: Text{Value: "SDN section"}},
		"row 3 of the second list":      {Text: Text{Value: "row 3 of the second list"}},
		"page one":                      {Text: Text{Value: "page one"}},
		"uid 30946":                     {Text: Text{Value: "uid 30946"}},
	} {
		if got := c.locator(in); got != want {
			t.Errorf("%q is %+v, not %+v", in, got, want)
		}
	}
}

// TestTerms: what a CSV cell says in one language reads in that of the page
// where data/terms translates it, and is marked as foreign where it does not.
func TestTerms(t *testing.T) {
	v := view(t, small(t, map[string]string{
		"dossier.yaml":          "title: R\nlanguages: [en, fr]\n",
		"data/figures/more.csv": "entity,metric,date,value,unit,sources\nacme,total revenue,2021,2,boxes,gazette\nacme,headcount,2021,7,persons,\n",
		"data/terms/terms.csv":  "en,fr\ntotal revenue,chiffre d’affaires\nboxes,caisses\n",
	}), model.ViewOptions{Date: day})
	pages := pagesOf(v, Options{Version: "1"})
	groups := map[string]FigureGroup{}
	for _, lang := range []string{"", "fr/"} {
		for _, g := range pages[lang+"entities/acme.html"].Entity.Figures {
			groups[lang+g.Rows[0].ID] = g
		}
	}
	en, fr := groups["figure-acme-total-revenue-2021"], groups["fr/figure-acme-total-revenue-2021"]
	if en.Metric != (Text{Value: "total revenue"}) || en.Rows[0].Number.UnitText.Value != "boxes" {
		t.Errorf("English: %+v", en)
	}
	if fr.Metric != (Text{Value: "chiffre d’affaires"}) || fr.Rows[0].Number.UnitText != (Text{Value: "caisses"}) || fr.Rows[0].Number.Unit != "boxes" {
		t.Errorf("French: %+v", fr)
	}
	if g := groups["fr/figure-acme-headcount-2021"]; g.Metric != (Text{Value: "headcount", Lang: "en", Dir: "ltr"}) {
		t.Errorf("without a translation: %+v", g.Metric)
	}
}

// TestUsesByLanguage: a place that a text cites in each of its languages is one
// place, in the words of the text that the page shows.
func TestUsesByLanguage(t *testing.T) {
	files := small(t, map[string]string{
		"dossier.yaml":        "title: R\nlanguages: [en, fr]\n",
		"content/extra.md":    "---\ntitle: Extra\n---\nA claim [@gazette, row 7].\n",
		"content/extra.fr.md": "---\ntitle: En plus\n---\nUn fait [@gazette, ligne 7].\n",
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{Version: "1"})
	for path, want := range map[string]Locator{
		"sources/gazette.html":    {Label: "row", Place: "7", Count: 1},
		"fr/sources/gazette.html": {Text: Text{Value: "ligne 7"}},
	} {
		n := 0
		for _, u := range pages[path].Source.Uses {
			if u.Of == "page" {
				n++
				if u.Locator.Text.Lang = ""; u.Locator.Label != want.Label || u.Locator.Text.Value != want.Text.Value {
					t.Errorf("%s: %+v", path, u.Locator)
				}
			}
		}
		if n != 1 {
			t.Errorf("%s: %d uses by the page", path, n)
		}
	}
}
