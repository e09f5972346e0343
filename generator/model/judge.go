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

// owner is a record, with the part of its file that it takes up.
type owner struct {
	start, end int
	rec        *Record
	inner      []owner // statements and figures inside it
}

func (o owner) holds(at int) bool { return o.start <= at && at < o.end }

// Judge gives diagnostics the severities that the rules and dossier.yaml say,
// and drops those that an exception of the record excuses. A diagnostic
// belongs to the record in whose part of the file its place lies. Diagnostics
// of unknown rules stay as they are. The slice is used for the result.
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
	if n == 0 {
		return false
	}
	for _, o := range list[n-1].inner {
		if o.holds(d.Span.Start) && r.excuse(o.rec, d.Code) {
			return true
		}
	}
	return r.excuse(list[n-1].rec, d.Code)
}

func (r *Report) excuse(rec *Record, code string) bool {
	for k, x := range rec.Exceptions {
		if x.Rule == code {
			r.excused[excuse{rec, k}] = true
			return true
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
		root := &e.doc.Root
		o := owner{start: root.Start, end: extent(root), rec: e.item.Rec()}
		if !e.doc.CSV && e.doc.ID != "" {
			o.start = 0 // the whole file
		}
		for _, n := range e.nested {
			at := n.Rec().At
			if node := findNode(root, at.Start, at.End); node != nil {
				o.inner = append(o.inner, owner{start: node.Start, end: extent(node), rec: n.Rec()})
			}
		}
		r.owners[e.doc.File] = append(r.owners[e.doc.File], o)
	}
	for _, list := range r.owners {
		slices.SortStableFunc(list, func(a, b owner) int { return cmp.Compare(a.start, b.start) })
	}
}

// extent is where the last value in a tree ends. What is marked of a mapping or
// list, its first line, may reach further on a line shared with others.
func extent(n *Node) int {
	if len(n.Fields) == 0 && len(n.Items) == 0 {
		return n.End
	}
	end := n.Start
	for i := range n.Fields {
		end = max(end, n.Fields[i].End, extent(&n.Fields[i].Value))
	}
	for i := range n.Items {
		end = max(end, extent(&n.Items[i]))
	}
	return end
}

// UnusedExceptions reports the exceptions that excused nothing in what was
// judged so far: the reason has gone, and so should they. Of a report with
// errors nothing is said, because not everything was looked at.
func (r *Report) UnusedExceptions() []diag.Diagnostic {
	if r.broken {
		return nil
	}
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
