package generator_test

import (
	"context"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/themes"
)

// TestUnitsAndPlaces: numbers with their units and places in sources read in
// the language of the page, with the plural forms that it has.
func TestUnitsAndPlaces(t *testing.T) {
	project := t.TempDir()
	for name, text := range map[string]string{
		"dossier.yaml":              "title: R\nlanguages: [en, fr, ar]\ncontact: {email: desk@example.org}\n",
		"data/entities/acme.yaml":   "schema: Company\nname: Acme\nsources: [{id: gazette, at: page 7}, {id: gazette, at: rows 3 and 4}, {id: gazette, at: paras. 1 to 3}, {id: gazette, at: back cover}]\n",
		"data/sources/gazette.yaml": "title: Gazette\ncitation: 1 FR 2\n",
		"data/terms/terms.csv":      "en,fr\ncrates,caisses\nback cover,quatrième de couverture\n",
		"data/figures/acme.csv": "entity,metric,date,value,unit,sources\nacme,a,2021,1.9,CNY billion,gazette\nacme,b,2021,-31.9,CNY billion,gazette\n" +
			"acme,c,2021,9.51,percent of revenue,gazette\nacme,d,2021,6.62,CNY per USD,gazette\nacme,e,2021,2,crates,gazette\nacme,f,2021,1,years,gazette\n" +
			"acme,g,2021,3,years,gazette\nacme,h,2021,11,years,gazette\nacme,i,2021,2,years,gazette\nacme,j,2021,4,rank,gazette\nacme,k,2021,4010.21,points,gazette\n",
	} {
		file := filepath.Join(project, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	if res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: out}); err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	for lang, want := range map[string]struct{ numbers, places []string }{
		"": {
			[]string{"CNY 1.9 billion", "CNY −31.9 billion", "9.51 % of revenue", "CNY 6.62 per USD", "2 crates", "1 year", "3 years", "11 years", "2 years", "rank 4", "4,010.21 points"},
			[]string{"page 7", "rows 3 and 4", "paragraphs 1 to 3", "back cover"},
		},
		"fr": {
			[]string{"1,9 milliard de CNY", "−31,9 milliards de CNY", "9,51 % du chiffre d’affaires", "6,62 CNY pour 1 USD", "2 caisses", "1 an", "3 ans", "11 ans", "2 ans", "rang 4", "4 010,21 points"},
			[]string{"page 7", "lignes 3 et 4", "paragraphes 1 à 3", "quatrième de couverture"},
		},
		"ar": {
			[]string{"1.9 مليار CNY", "−31.9 مليار CNY", "9.51% من الإيرادات", "6.62 CNY لكل 1 USD", "2 crates", "سنة واحدة", "3 سنوات", "11 سنة", "سنتان", "المرتبة 4", "4,010.21 نقطة"},
			[]string{"الصفحة 7", "الصفان 3 و4", "الفقرات 1 إلى 3", "back cover"},
		},
	} {
		data, err := os.ReadFile(filepath.Join(out, lang, "entities", "acme.html"))
		if err != nil {
			t.Fatal(err)
		}
		spaces := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&nbsp;", " ", "\u200e", "", "\u200f", "", "\u061c", "")
		page := spaces.Replace(string(data))
		var numbers []string
		for _, m := range regexp.MustCompile(`<span class="num">(.*?)</span>`).FindAllStringSubmatch(page, -1) {
			numbers = append(numbers, regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[1], ""))
		}
		if got := strings.Join(numbers, "\n"); got != strings.Join(want.numbers, "\n") {
			t.Errorf("%s: numbers\n%s\nwant\n%s", lang, got, strings.Join(want.numbers, "\n"))
		}
		if foreign := strings.Contains(page, ` <span lang="en">crates</span>`); foreign != (lang == "ar") {
			t.Errorf("%q: the unit without a translation is marked: %v", lang, foreign)
		}
		for _, place := range want.places {
			if !strings.Contains(page, `title="Gazette, `+place+`"`) && !strings.Contains(page, `title="Gazette، `+place+`"`) {
				t.Errorf("%q: no place %q", lang, place)
			}
		}
	}
}

// TestRulesInFrench: the methodology of a French report names every rule in
// French, and no rule that there is not.
func TestRulesInFrench(t *testing.T) {
	text, err := fs.ReadFile(themes.FS, "dossier/i18n/fr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	translated := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^rule_([a-z0-9-]+):`).FindAllStringSubmatch(string(text), -1) {
		translated[m[1]] = m[1] != "excepted" // a word of the page
	}
	for _, rule := range generator.Rules() {
		if !translated[rule.Code] {
			t.Errorf("rule_%s has no French: %s", rule.Code, rule.Summary)
		}
		delete(translated, rule.Code)
	}
	for code, rule := range translated {
		if rule {
			t.Errorf("rule_%s is in French, and there is no such rule", code)
		}
	}
}

// TestTablesInFrench: the page on the tables of a French report is French but
// for the names in the files, says of two columns the same just where the tables
// do, and leaves no word of the theme unused.
func TestTablesInFrench(t *testing.T) {
	project, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	if err := os.WriteFile(filepath.Join(project, "dossier.yaml"), []byte("title: R\nlanguages: [en, fr, ar]\ncontact: {email: desk@example.org}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: out})
	if err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	for _, d := range res.Diagnostics { // English has its words from the program
		if strings.HasPrefix(d.Code, "i18n") {
			t.Errorf("%s: %s", d.Code, d.Message)
		}
	}
	tables := func(lang string) (page string, cells []string) {
		data, err := os.ReadFile(filepath.Join(out, lang, "data", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		_, page, _ = strings.Cut(string(data), `<div class="tables">`)
		page, _, _ = strings.Cut(page, "\n</div>")
		for _, m := range regexp.MustCompile(`<h3[^>]*>(.*?)</h3>|<p class="prose">(.*?)</p>|<td [^>]*>(.*?)</td>`).FindAllStringSubmatch(page, -1) {
			cells = append(cells, html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[1]+m[2]+m[3], "")))
		}
		return page, cells
	}
	_, english := tables("")
	page, french := tables("fr")
	if len(english) < 500 || len(french) != len(english) {
		t.Fatalf("there are %d texts in English, and %d in French", len(english), len(french))
	}
	if strings.Contains(page, `lang="en"`) {
		t.Errorf("some is in English: %s", regexp.MustCompile(`<span lang="en"[^<]*`).FindString(page))
	}
	if page, _ := tables("ar"); !strings.Contains(page, `<span lang="en" dir="ltr">names the record in all tables`) {
		t.Error("what has no translation into Arabic is not marked as English")
	}
	said := map[string]string{}
	for i, text := range english {
		if was, ok := said[text]; ok && was != french[i] {
			t.Errorf("%q is %q and %q", text, was, french[i])
		}
		said[text] = french[i]
	}
	from := map[string]string{}
	for text, in := range said {
		if other, ok := from[in]; ok {
			t.Errorf("%q stands for %q and %q", in, text, other)
		}
		from[in] = text
	}
	text, err := fs.ReadFile(themes.FS, "dossier/i18n/tables/fr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := yaml.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	for key, word := range words {
		if from[word] == "" {
			t.Errorf("%s is nowhere: %q", key, word)
		}
	}
}

// TestAlternates: with an address of its own, each page names the same page in
// all languages, and that in the report's own for readers of none of them; and
// the feed.
func TestAlternates(t *testing.T) {
	project, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	settings := "title: R\nbase_url: https://example.org/r/\nlanguages: [en, fr]\ncontact: {email: desk@example.org}\n"
	if err := os.WriteFile(filepath.Join(project, "dossier.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	if res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: out}); err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	const want = `<link rel="alternate" hreflang="x-default" href="https://example.org/r/timeline.html">
<link rel="alternate" hreflang="en" href="https://example.org/r/timeline.html">
<link rel="alternate" hreflang="fr" href="https://example.org/r/fr/timeline.html">
`
	for _, page := range []string{"timeline.html", "fr/timeline.html"} {
		text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(page)))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s does not name its languages", page)
		}
		if !strings.Contains(string(text), `<link rel="alternate" type="application/atom+xml" title="R" href="`) {
			t.Errorf("%s does not name the feed as feed readers look for it", page)
		}
	}
}
