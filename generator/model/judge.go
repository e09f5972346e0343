package model

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
)

// excuse is one exception of one record.
type excuse struct {
	rec *Record
	nth int
}

// owner is a record and where it begins in its file.
type owner struct {
	start  int
	item   Item
	nested bool
}

// Judge gives diagnostics the severities that the rules and dossier.yaml say,
// and drops those that an exception of the record excuses. A diagnostic
// belongs to the record in whose part of the file its place lies. Diagnostics
// of unknown rules stay as they are.
func (r *Report) Judge(ds []diag.Diagnostic) []diag.Diagnostic {
	set := map[string]diag.Severity{}
	for _, s := range r.settings.Rules {
		if rule, ok := r.rules[s.Rule]; ok && !rule.Fixed {
			set[s.Rule] = s.Severity
		}
	}
	out := ds[:0]
	for _, d := range ds {
		rule, ok := r.rules[d.Code]
		if !ok {
			out = append(out, d)
			continue
		}
		if !rule.Fixed && r.excuses(d) {
			continue
		}
		d.Severity = rule.Severity
		if s, ok := set[d.Code]; ok {
			d.Severity = s
		}
		out = append(out, d)
	}
	return out
}

// excuses reports whether the record that a diagnostic belongs to, or the
// source that this record stands in, excepts the rule; it notes which
// exception did.
func (r *Report) excuses(d diag.Diagnostic) bool {
	if r.owners == nil {
		r.indexOwners()
	}
	list := r.owners[d.Span.File]
	n, _ := slices.BinarySearchFunc(list, d.Span.Start+1, func(o owner, at int) int { return cmp.Compare(o.start, at) })
	for i := n - 1; i >= 0; i-- {
		rec := list[i].item.Rec()
		for k, x := range rec.Exceptions {
			if x.Rule == d.Code {
				r.excused[excuse{rec, k}] = true
				return true
			}
		}
		if !list[i].nested {
			break
		}
	}
	return false
}

func (r *Report) indexOwners() {
	r.owners, r.excused = map[*diag.File][]owner{}, map[excuse]bool{}
	for _, e := range r.entries {
		if e.item == nil {
			continue
		}
		file := e.doc.File
		start := e.doc.Root.Start
		if e.item.Rec().Kind == KindProse || len(r.owners[file]) == 0 && !e.doc.CSV && e.doc.ID != "" {
			start = 0
		}
		r.owners[file] = append(r.owners[file], owner{start, e.item, false})
		for _, n := range e.nested {
			r.owners[file] = append(r.owners[file], owner{n.Rec().At.Start, n, true})
		}
	}
	for _, list := range r.owners {
		slices.SortStableFunc(list, func(a, b owner) int { return cmp.Compare(a.start, b.start) })
	}
}

// UnusedExceptions reports the exceptions that excused nothing in what was
// judged so far: the reason has gone, and so should they.
func (r *Report) UnusedExceptions() []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, e := range r.entries {
		if e.item == nil {
			continue
		}
		for _, item := range append([]Item{e.item}, e.nested...) {
			rec := item.Rec()
			for k, x := range rec.Exceptions {
				if rule, ok := r.rules[x.Rule]; !ok || rule.Fixed || r.excused[excuse{rec, k}] {
					continue
				}
				path := index("exceptions", k)
				out = append(out, diag.Diagnostic{Code: "unused-exception", Span: rec.Place(path), Path: path, Hint: "delete it",
					Message: fmt.Sprintf("nothing here breaks the rule %q any more", x.Rule)})
			}
		}
	}
	return out
}
