// Package generator is Dossier as a library: check a project, build its site.
// The command cmd/dossier calls it and nothing else.
package generator

import (
	"os"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/output"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/site"
)

// Version is that of this program. It stands on every page.
const Version = "0.1.0"

// Rules describes every diagnostic there is, sorted by code.
func Rules() []diag.Rule {
	rules := slices.Concat(load.Rules(), model.Rules(), lint.Rules(), chart.Rules(), page.Rules(), site.Rules(), output.Rules(), ownRules(), packRules())
	slices.SortFunc(rules, func(a, b diag.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}

// Check reads a project and looks at everything that can be said of it without
// rendering it. It always returns a report; when a diagnostic is an error, the
// report shows nothing. Diagnostics are sorted.
func Check(dir string) (*model.Report, []diag.Diagnostic) {
	report, found, _ := check(dir, true)
	return report, found
}

// check does so, with or without drawing every chart: who makes the pages
// hears of their charts from them, and need not read texts for their references
// again.
func check(dir string, charts bool) (*model.Report, []diag.Diagnostic, map[string][]markdown.Ref) {
	in, found := load.Project(dir)
	in.Rules = Rules()
	report, more := model.Build(in)
	found = append(report.Judge(found), more...)
	if charts && in.Settings.File != nil && diag.Tally(found).Errors == 0 {
		found = append(found, report.Judge(page.CheckCharts(report.Whole()))...)
	}
	var refs map[string][]markdown.Ref
	if in.Settings.File != nil {
		more, refs = editorial(dir, report)
		found = append(found, more...)
	}
	if !charts { // nothing has needed an exception for one so far
		found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
			return d.Code == "unused-exception" && strings.Contains(d.Message, `"chart-`)
		})
	}
	return report, diag.Sort(found), refs
}

// editorial checks the editorial rules, with the files of the project for what
// can be computed again.
func editorial(dir string, report *model.Report) ([]diag.Diagnostic, map[string][]markdown.Ref) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return lint.Check(report, nil) // load has said why
	}
	defer root.Close() // opened for reading only
	return lint.Check(report, root.FS())
}
