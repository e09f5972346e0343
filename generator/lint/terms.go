package lint

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// terms looks for translations of texts that no record uses, and for metrics
// without a translation. Units and places in sources are not asked for: many are
// codes, or words that the theme knows.
func (l *linter) terms(r *model.Report) {
	first := l.view.Settings.FirstLanguage()
	used := map[string]bool{}
	for _, item := range l.view.Items() {
		for _, w := range model.Words(item, first) {
			used[w] = true
		}
	}
	known := slices.Sorted(maps.Keys(used))
	translated := map[string]model.Text{}
	for _, t := range r.Terms() {
		value, _ := t.Text.In(first, first)
		translated[value] = t.Text
		if used[value] {
			continue
		}
		hint := diag.DidYouMean(value, known)
		if hint == "" {
			hint = "write the text as the records have it, or delete the line"
		}
		l.out = append(l.out, diag.Diagnostic{Code: "unused-term", Span: t.At, Message: fmt.Sprintf("no record says %q", value), Hint: hint})
	}
	for _, lang := range l.view.Settings.Languages {
		if string(lang) != first {
			l.untranslated(string(lang), first, translated)
		}
	}
}

// untranslated reports the metrics that a language lacks, all in one finding.
func (l *linter) untranslated(lang, first string, translated map[string]model.Text) {
	missing := map[string]bool{}
	all := map[string]bool{}
	for _, f := range l.view.Figures {
		all[f.Metric] = true
		if _, got := translated[f.Metric].In(lang, first); translated[f.Metric].IsZero() || got != lang {
			missing[f.Metric] = true
		}
	}
	if len(missing) == 0 {
		return
	}
	const most = 4
	names := slices.Sorted(maps.Keys(missing))
	more := ""
	if len(names) > most {
		more = fmt.Sprintf(" and %d more", len(names)-most)
		names = names[:most]
	}
	l.out = append(l.out, diag.Diagnostic{
		Code: "untranslated", Span: l.view.Settings.Place("languages"), Path: "languages",
		Message: fmt.Sprintf("%d of %d metrics have no translation into %s: %s%s", len(missing), len(all), lang, strings.Join(names, "; "), more),
		Hint:    "write them into data/terms/metrics.csv, with a column for each language",
	})
}
