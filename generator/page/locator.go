package page

import (
	"regexp"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// Locator is a place in a source. What records write as a CSL locator, such as
// "page 54002" or "paras. 1 to 3", comes in parts, so that a theme can say it in
// the language of the page; anything else comes as a text. The zero Locator is
// not stated.
type Locator struct {
	Label string // "page", "paragraph", "row", "section", "note", ...; empty for a text
	Place string // "54002"
	Joint string // "to" for a range, "and" for two places, else empty
	Last  string // "3", with a joint
	Count int    // of places, 3 for more than two: for plural forms
	Text  Text   // a place that is said in words: "SDN section"
}

// locatorLabels are the locators of the Citation Style Language that occur in
// evidence, and those of spreadsheets, as they are written in records.
var locatorLabels = map[string]string{
	"page": "page", "pages": "page", "p.": "page", "pp.": "page",
	"paragraph": "paragraph", "paragraphs": "paragraph", "para.": "paragraph", "paras.": "paragraph", "¶": "paragraph", "¶¶": "paragraph",
	"section": "section", "sections": "section", "sec.": "section", "secs.": "section", "§": "section", "§§": "section",
	"note": "note", "notes": "note", "n.": "note", "nn.": "note", "footnote": "note", "footnotes": "note",
	"line": "line", "lines": "line", "column": "column", "columns": "column", "col.": "column", "cols.": "column",
	"row": "row", "rows": "row", "sheet": "sheet", "sheets": "sheet", "slide": "slide", "slides": "slide",
	"chapter": "chapter", "chapters": "chapter", "chap.": "chapter", "chaps.": "chapter", "ch.": "chapter",
	"part": "part", "parts": "part", "pt.": "part", "article": "article", "articles": "article", "art.": "article", "arts.": "article",
	"figure": "figure", "figures": "figure", "fig.": "figure", "figs.": "figure", "table": "table", "tables": "table",
	"appendix": "appendix", "appendices": "appendix", "app.": "appendix", "annex": "annex", "annexes": "annex",
	"volume": "volume", "volumes": "volume", "vol.": "volume", "vols.": "volume", "issue": "issue", "issues": "issue",
	"rule": "rule", "rules": "rule", "timestamp": "timestamp",
}

// A place is a number, a date, or a letter or Roman number alone; several of
// them may be listed.
const locatorPlace = `(?:\d{4}-\d\d-\d\d|\d[\w./:]*(?:\([\w]+\))*|[A-Z](?:\.\d+)*|[ivxlcIVXLC]+|\([\w]+\)(?:\([\w]+\))*)`

var locatorForm = regexp.MustCompile(`^([^\s\d]+) ?(` + locatorPlace + `(?:, ` + locatorPlace + `)*)(?:( to | and | & | ?[–-] ?)(` + locatorPlace + `))?$`)

// locator is a place in a source for the page.
func (c *composer) locator(s string) Locator {
	if s == "" {
		return Locator{}
	}
	m := locatorForm.FindStringSubmatch(s)
	if m == nil || locatorLabels[strings.ToLower(m[1])] == "" {
		return Locator{Text: c.term(s)}
	}
	out := Locator{Label: locatorLabels[strings.ToLower(m[1])], Place: m[2], Last: m[4], Count: 1}
	switch strings.TrimSpace(m[3]) {
	case "":
	case "and", "&":
		out.Joint = "and"
	default:
		out.Joint = "to"
	}
	switch listed := strings.Contains(out.Place, ", "); {
	case listed || out.Joint == "to":
		out.Count = 3
	case out.Joint == "and":
		out.Count = 2
	}
	return out
}

// term is a text that a record has in the report's first language, in that of
// the page where somebody has translated it.
func (c *composer) term(s string) Text {
	if s == "" {
		return Text{}
	}
	return c.tagged(c.site.v.Term(s).In(c.lang, c.site.first))
}

func (c *composer) terms(list []string) []Text {
	var out []Text
	for _, s := range list {
		out = append(out, c.term(s))
	}
	return out
}

// unit is the unit of a number: its code, and in words for what the theme does
// not know.
func (c *composer) unit(n Number) Number {
	n.UnitText = c.term(n.Unit)
	return n
}

// uses are the places that rest on a source, as far as pages in this language
// show them, each once.
func (c *composer) uses(source string) []use {
	var out []use
	for _, u := range c.site.uses.of(source) {
		if !c.shows(u) {
			continue
		}
		if !u.repeats(out) {
			out = append(out, u)
		}
	}
	return out
}

// restOn counts the records that rest on a source.
func (c *composer) restOn(source string) int {
	records := map[model.Item]bool{}
	for _, u := range c.uses(source) {
		records[u.item] = true
	}
	return len(records)
}

// shows reports whether a page in this language shows the text in which a use
// stands: of a text in several languages it is one.
func (c *composer) shows(u use) bool {
	if p, ok := u.item.(*model.Prose); ok {
		return c.translation(c.site.prose[p.Path]) == p
	}
	if u.in == nil {
		return true
	}
	_, got := u.in.In(c.lang, c.site.first)
	return got == u.lang
}
