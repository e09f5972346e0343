package page

import (
	"strings"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// Rules lists what CheckCharts may find besides what package chart does.
func Rules() []diag.Rule {
	return []diag.Rule{{Code: "chart-no-data", Severity: diag.Error, Summary: "a chart of which there is nothing to draw", Help: `
The block in the text names what it is to draw, but the report holds no act, figure or series that answers to all
its options. A metric is named exactly as the figures name it.`}}
}

// CheckCharts draws every chart that the pages of a view show, in texts of all
// languages and on the pages of records, and says what is refused and what a
// reader is warned of: at the option of a block, else at the record. The
// findings are not sorted.
func CheckCharts(v *model.View) []diag.Diagnostic {
	var out []diag.Diagnostic
	tell := once(func(d diag.Diagnostic) { out = append(out, d) })
	// What is found does not depend on words, and the names of keys are words too.
	first := v.Settings.FirstLanguage()
	words := Words{Chart: chart.Env{Word: func(key string, _ map[string]any) string { return key }}}
	o := Options{Lang: first, Words: map[string]Words{first: words}, Templates: AllTemplates, Found: tell}
	outline := NewOutline(v, o)
	for range outline.Pages(Last{}) { // tells
	}
	s := outline.site
	s.tell = tell
	s.eachText(func(t model.Translation) {
		c := s.composer(first, o)
		for _, x := range t.Charts {
			c.block(x)
		}
	})
	return out
}

// once hands a finding on when it has not been before: a chart may stand on
// several pages, and in several languages.
func once(tell func(diag.Diagnostic)) func(diag.Diagnostic) {
	if tell == nil {
		return nil
	}
	type finding struct {
		at            diag.Span
		code, message string
	}
	seen := map[finding]bool{}
	return func(d diag.Diagnostic) {
		if key := (finding{d.Span, d.Code, d.Message}); !seen[key] {
			seen[key] = true
			tell(d)
		}
	}
}

// eachText gives every text in Markdown, in every language.
func (s *site) eachText(do func(model.Translation)) {
	texts := func(m model.Markdown) {
		for _, t := range m {
			do(t)
		}
	}
	texts(s.v.Settings.Finding)
	for _, item := range s.v.Items() {
		for _, f := range model.Markdowns(item) {
			texts(f.Text)
		}
	}
}

// tell reports a finding of a drawing. What a text in another language than that of the page
// asks for, and the charts of records, are told of where the page is in the language of the
// text, or in the first of the report: names in a finding are those of the page.
func (c *composer) tell(d diag.Diagnostic) {
	if c.site.tell != nil && !c.foreignText {
		c.site.tell(d)
	}
}

// told reports the findings of a drawing at their places, and whether one of
// them bars it.
func (c *composer) told(found []diag.Diagnostic, place func(path string) diag.Span) (refused bool) {
	for _, d := range found {
		refused = refused || d.Severity == diag.Error
		if c.site.tell == nil {
			continue
		}
		if d.Span, d.Path = place(d.Path), ""; d.Severity == diag.Note && d.Span.IsZero() {
			continue // nobody has asked for the drawing, and it says so itself
		}
		c.tell(d)
	}
	return refused
}

// placeOf is where the record of a drawing stands, or that of the page.
func (c *composer) placeOf(rec *model.Record) func(string) diag.Span {
	return func(path string) diag.Span {
		if rec == nil {
			if item := c.site.v.Item(c.page.ID); item != nil {
				rec = item.Rec()
			}
		}
		if rec == nil {
			return c.site.v.Settings.Place("focus") // the home page
		}
		if item, ok := strings.CutPrefix(path, "main.ex_dates"); ok {
			return rec.Place("ex_dividend" + item)
		}
		if strings.HasPrefix(path, "bench") {
			return rec.Place("benchmark")
		}
		return rec.At
	}
}
