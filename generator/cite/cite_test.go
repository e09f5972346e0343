package cite

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/dossier-report/dossier/generator/model"
)

func text(s string) model.Text { return model.Text{{Value: s}} }

// rule is a document with everything that a gazette states.
func rule() *model.Source {
	return &model.Source{
		Record: model.Record{ID: "fr-2023-06663"}, Title: text("Additions to the Entity List"), Type: "regulation",
		Publisher: "Bureau of Industry and Security", Container: "Federal Register", Published: model.MustDate("2023-03-30"),
		Accessed: model.MustDate("2026-06-08"), URL: "https://www.govinfo.gov/content/pkg/FR-2023-03-30/html/2023-06663.htm",
		Number: "2023-06663", Volume: "88", Page: "18983-18987", Citation: "88 FR 18983", Language: "en",
		Archive: &model.Archive{URL: "https://archive.example/1", Captured: model.MustDate("2026-06")},
	}
}

// report is a news item with a date that is not known to the day, and names
// and marks that every format has its own trouble with.
func report() *model.Source {
	return &model.Source{
		Record: model.Record{ID: "wire"}, News: true, Publisher: "The Wire",
		Title:     model.Text{{Value: "50 % & more: {Acme}\nin 海康威视, \"so\" C:\\x_y #1 ~ $5^2", Lang: "en"}, {Value: "Titre", Lang: "fr"}},
		Authors:   []model.Author{{Name: "Müller & Söhne"}, {Ref: model.Ref{ID: "desk"}}},
		Published: model.MustDate("~2022-05"), URL: "https://wire.example/a_b?x=1&y={z}%20#c",
	}
}

var options = Options{Lang: "en", First: "en", Author: func(a model.Author) string {
	if a.ID == "desk" {
		return "The Desk"
	}
	return ""
}}

// spell writes a formatted citation in one line, keys and styles included.
func spell(parts []Part) string {
	var out []string
	for _, p := range parts {
		s := p.Text + strings.Join(p.Names, "; ") + p.Date.String()
		if p.URL != "" {
			s = p.URL + " " + s
		}
		switch p.Style {
		case Quoted:
			s = "“" + s + "”"
		case Italic:
			s = "*" + s + "*"
		}
		out = append(out, strings.TrimSpace(p.Key+" "+strings.TrimSpace(s)))
	}
	return strings.Join(out, " | ")
}

func TestFormat(t *testing.T) {
	for _, test := range []struct {
		name string
		work Work
		want string
	}{
		{"rule", Of(rule(), options), "title “Additions to the Entity List” | container *Federal Register* | publisher Bureau of Industry and Security | " +
			"volume 88 | pages 18983-18987 | number 2023-06663 | citation 88 FR 18983 | date 2023-03-30 | " +
			"url https://www.govinfo.gov/content/pkg/FR-2023-03-30/html/2023-06663.htm | accessed 2026-06-08 | archived https://archive.example/1 2026-06"},
		{"news", Of(report(), options), "authors Müller & Söhne; The Desk | title “50 % & more: {Acme} in 海康威视, \"so\" C:\\x_y #1 ~ $5^2” | " +
			"publisher The Wire | date ~2022-05 | url https://wire.example/a_b?x=1&y={z}%20#c"},
		{"book without a date", Work{Type: "book", Title: "B", Publisher: "P"}, "title *B* | publisher P | no_date"},
		{"own page", Work{Title: "Acme", Container: "Records", Publisher: "Records", AsOf: model.MustDate("2026-06-08"), Issued: model.MustDate("2020")},
			"title “Acme” | container *Records* | as_of 2026-06-08"},
	} {
		if got := spell(Format(test.work)); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
	if w := Of(report(), Options{Lang: "fr", First: "en"}); w.Title != "Titre" || w.TitleLang != "fr" || w.Authors[1] != "desk" {
		t.Errorf("%+v", w)
	}
}

func TestBibTeX(t *testing.T) {
	got := BibTeX(Of(report(), options))
	want := `@article{wire,
  author = {{Müller \& Söhne} and {The Desk}},
  title = {{50 \% \& more: \textbraceleft{}Acme\textbraceright{} in 海康威视, {"}so{"} C:\textbackslash{}x\_y \#1 \textasciitilde{} \$5\textasciicircum{}2}},
  journal = {The Wire},
  date = {2022-05~},
  year = {2022},
  month = may,
  url = {https://wire.example/a_b?x=1&y=%7Bz%7D%20#c}
}
`
	if got != want {
		t.Errorf("got:\n%s", got)
	}
	for _, w := range []Work{Of(rule(), options), Of(report(), options), {Title: "}{", Container: "}", Number: "{{"}} {
		if s := BibTeX(w); strings.Count(s, "{") != strings.Count(s, "}") {
			t.Errorf("braces do not balance:\n%s", s)
		}
	}
	if got := BibTeX(Work{Key: "a b/ü", Issued: model.MustDate("2019/2020-05")}); got != "@misc{a-b,\n  date = {2019/2020-05},\n  year = {2019}\n}\n" {
		t.Errorf("got %q", got)
	}
}

func TestRIS(t *testing.T) {
	got := RIS(Of(rule(), options))
	want := strings.ReplaceAll(`TY  - LEGAL
ID  - fr-2023-06663
TI  - Additions to the Entity List
T2  - Federal Register
PB  - Bureau of Industry and Security
PY  - 2023
DA  - 2023/03/30/
VL  - 88
SP  - 18983
EP  - 18987
M1  - 2023-06663
N1  - 88 FR 18983
UR  - https://www.govinfo.gov/content/pkg/FR-2023-03-30/html/2023-06663.htm
Y2  - 2026/06/08/
L2  - https://archive.example/1
LA  - en
ER  - 
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got:\n%s", got)
	}
	// A line break in a title must not begin a tag.
	if got := RIS(Work{Title: "a\nER  - \nTY  - b", Issued: model.MustDate("2022-05")}); !strings.Contains(got, "TI  - a ER - TY - b\r\n") || !strings.Contains(got, "DA  - 2022/05//\r\n") {
		t.Errorf("got:\n%s", got)
	}
}

func TestCSLDates(t *testing.T) {
	for _, test := range []struct{ date, want string }{
		{"2022-05-04", `{"date-parts":[[2022,5,4]]}`},
		{"2022-05", `{"date-parts":[[2022,5]]}`},
		{"~2022", `{"date-parts":[[2022]],"circa":true}`},
		{"2022-05/2022-06-03", `{"date-parts":[[2022,5],[2022,6,3]]}`},
	} {
		got, _ := json.Marshal(CSL(Work{Issued: model.MustDate(test.date)}).Issued)
		if string(got) != test.want {
			t.Errorf("%s: got %s", test.date, got)
		}
	}
	if got := CSL(Work{}).Issued; got != nil {
		t.Errorf("a date that is not stated gives %+v", got)
	}
}

// Whatever a record says, an entry stays one entry: braces balance, and no line
// begins a tag that the record made up.
func FuzzEntries(f *testing.F) {
	f.Add("50 % & more {", "a\r\nER  - ", "https://x.example/{a}")
	f.Add("\\", "}{", "\u2028ER  - ")
	f.Add("海康威视", "Müller", "")
	f.Fuzz(func(t *testing.T, title, author, url string) {
		w := Work{Key: title, Title: title, Authors: []string{author}, Container: author, Official: title, URL: url, Pages: author, Language: title}
		bib := BibTeX(w)
		if strings.Count(bib, "{") != strings.Count(bib, "}") {
			t.Errorf("braces do not balance:\n%s", bib)
		}
		depth := 0
		for i, r := range bib {
			depth += strings.Count(string(r), "{") - strings.Count(string(r), "}")
			if depth == 0 && i > 0 && i < len(bib)-2 && r == '}' {
				t.Errorf("the entry ends at %d:\n%s", i, bib)
			}
		}
		lines := strings.FieldsFunc(RIS(w), func(r rune) bool { return strings.ContainsRune("\r\n\v\f\u0085\u2028\u2029", r) })
		ends := 0
		for _, line := range lines {
			if len(line) < 6 || line[2:6] != "  - " {
				t.Errorf("a line without a tag: %q", line)
			}
			if strings.HasPrefix(line, "ER  - ") {
				ends++
			}
		}
		if ends != 1 {
			t.Errorf("%d ends:\n%q", ends, lines)
		}
		var items []map[string]any
		if err := json.Unmarshal([]byte(CSL(w).JSON()), &items); err != nil || len(items) != 1 {
			t.Errorf("%v", err)
		}
	})
}

// schema is a copy of csl-data.json of the Citation Style Language, when the
// machine has one.
func schema() string {
	for _, dir := range []string{os.Getenv("DOSSIER_SHARED"), "../../../shared"} {
		name := filepath.Join(dir, "data", "citations", "csl-schema", "csl-data.json")
		if _, err := os.Stat(name); dir != "" && err == nil {
			return name
		}
	}
	return ""
}

func TestCSLIsValid(t *testing.T) {
	name := schema()
	if name == "" {
		t.Skip("the schema of CSL is not here")
	}
	compiled, err := jsonschema.NewCompiler().Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	works := []Work{Of(rule(), options), Of(report(), options), {}}
	for _, kind := range model.SourceType("").Values() {
		works = append(works, Work{Key: kind, Type: kind, Issued: model.MustDate("2022/~2023-05")})
	}
	for _, w := range works {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(CSL(w).JSON()))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Errorf("%s: %v", w.Key, err)
		}
	}
}

// Every type of document has its own entry for RIS, or the general one for a reason.
func TestRISTypes(t *testing.T) {
	var general []string
	for _, kind := range model.SourceType("").Values() {
		if risType(kind) == "GEN" {
			general = append(general, kind)
		}
	}
	if want := []string{"article", "document", "speech"}; !reflect.DeepEqual(general, want) {
		t.Errorf("general: %v", general)
	}
}
