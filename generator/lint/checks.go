package lint

import (
	"fmt"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// event asks of a search that found nothing that somebody else could repeat it,
// and that no measure of this report says the opposite for the same days.
func (l *linter) event(e *model.Event) {
	if e.Type != model.CheckEvent {
		return
	}
	if len(e.Sources) > 0 && !slices.ContainsFunc(e.Sources, l.kept) {
		l.add("unrepeatable-check", e, "sources", "add sha256: of the file that was searched, or archive:, to its source",
			"no source of the check says which file was searched")
	}
	program := l.view.Program(e.Program.ID)
	if program == nil || e.Date.IsZero() || e.Certainty == model.Denied || e.Certainty == model.SupersededEvent || !e.SupersededBy.IsZero() {
		return
	}
	for _, m := range l.view.Measures {
		if l.view.Program(m.Program.ID) != program || !throughout(m, e.Date) {
			continue
		}
		for _, t := range m.Targets {
			if i := slices.IndexFunc(e.Concerns, func(r model.Ref) bool { return r.ID == t.ID }); i >= 0 {
				l.add("contradicted-check", e, fmt.Sprintf("concerns[%d]", i), "mend the one that is wrong, or the date of the check",
					"the check did not find %q, and measure %q names it under the same program on these days", t.ID, m.ID).
					Related = []diag.Related{{Span: m.At}}
			}
		}
	}
}

// kept reports whether a source says which bytes it is about.
func (l *linter) kept(ref model.SourceRef) bool {
	s := l.view.Source(ref.ID)
	return s != nil && (s.SHA256 != "" || s.Archive != nil)
}

// throughout reports whether a measure acts on the first and on the last day
// of a date.
func throughout(m *model.Measure, d model.Date) bool {
	acts := func(day model.Day) bool {
		code := m.StatusOn(day).Code
		return code == model.StatusInForce || code == model.StatusListed
	}
	return acts(d.First()) && acts(d.Last())
}
