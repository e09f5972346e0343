package model

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// step is one part of a path: a field, or an item of a list.
type step struct {
	name string
	item int // -1 for a field
}

func parsePath(path string) ([]step, bool) {
	var steps []step
	for part := range strings.SplitSeq(path, ".") {
		name, rest, items := strings.Cut(part, "[")
		if name == "" || items && rest == "" {
			return nil, false
		}
		steps = append(steps, step{name: name, item: -1})
		for rest != "" {
			num, more, ok := strings.Cut(rest, "]")
			i, err := strconv.Atoi(num)
			if !ok || err != nil || i < 0 {
				return nil, false
			}
			steps = append(steps, step{item: i})
			rest = strings.TrimPrefix(more, "[")
		}
	}
	return steps, true
}

// walk follows a path from a node as far as it goes. It gives the last node
// reached, the steps left, and whether the path was well formed.
func walk(n *Node, path string) (*Node, []step, bool) {
	steps, ok := parsePath(path)
	if !ok {
		return n, nil, false
	}
	for i, s := range steps {
		var next *Node
		switch {
		case s.item < 0:
			next = n.Get(s.name)
		case n.Kind == List && s.item < len(n.Items):
			next = &n.Items[s.item]
		case n.Kind != List && s.item == 0:
			next = n // a list of one without brackets
		}
		if next == nil {
			return n, steps[i:], true
		}
		n = next
	}
	return n, nil, true
}

// with is a copy of a tree in which the value at the path is another one, or
// is gone when the value is nil. Only the nodes along the path are copied. It
// reports whether the path led to a place where a value can be.
func with(n Node, steps []step, value *Node) (Node, bool) {
	s := steps[0]
	if s.item == 0 && n.Kind != List && n.Kind != Null {
		// A list of one without brackets.
		switch {
		case len(steps) > 1:
			return with(n, steps[1:], value)
		case value != nil:
			return *value, true
		}
		return Node{}, true
	}
	if s.item >= 0 {
		if n.Kind != List || s.item >= len(n.Items) {
			return n, false
		}
		n.Items = slices.Clone(n.Items)
		switch {
		case len(steps) > 1:
			child, ok := with(n.Items[s.item], steps[1:], value)
			n.Items[s.item] = child
			return n, ok
		case value == nil:
			n.Items = slices.Delete(n.Items, s.item, s.item+1)
		default:
			n.Items[s.item] = *value
		}
		return n, true
	}
	if n.Kind != Map {
		return n, false
	}
	n.Fields = slices.Clone(n.Fields)
	i := slices.IndexFunc(n.Fields, func(f Field) bool { return f.Name == s.name })
	switch {
	case len(steps) > 1:
		if i < 0 {
			return n, false
		}
		child, ok := with(n.Fields[i].Value, steps[1:], value)
		n.Fields[i].Value = child
		return n, ok
	case value == nil && i >= 0:
		n.Fields = slices.Delete(n.Fields, i, i+1)
	case value == nil:
	case i >= 0:
		n.Fields[i].Value = *value
	default:
		n.Fields = append(n.Fields, Field{Name: s.name, Start: value.Start, End: value.End, Value: *value})
	}
	return n, true
}

// change is an update of a record, or of a statement or figure inside it, with
// its path from the root of the document.
type change struct {
	rec   *Record
	nth   int // of the record's revisions
	steps []step
	was   *Node
}

// changes lists the updates of a record and of those inside it that were made
// after a day, in the order in which they are undone: those inside first, whose
// paths count the items as they are now, then the latest first.
func (e *entry) changes(day Day) []change {
	var out []change
	if s, ok := e.item.(*Source); ok {
		for i, st := range s.Statements {
			out = appendChanges(out, &st.Record, []step{{name: "statements", item: -1}, {item: i}}, day)
		}
		for i, f := range s.Figures {
			out = appendChanges(out, &f.Record, []step{{name: "figures", item: -1}, {item: i}}, day)
		}
	}
	return appendChanges(out, e.item.Rec(), nil, day)
}

func appendChanges(out []change, rec *Record, prefix []step, day Day) []change {
	var own []change
	for _, i := range latestFirst(rec.Revisions) {
		r := &rec.Revisions[i]
		if r.Kind != Update || r.Field == "" || r.Date.IsZero() || r.Date.Last() <= day {
			continue
		}
		if steps, ok := parsePath(r.Field); ok {
			own = append(own, change{rec, i, append(slices.Clone(prefix), steps...), r.Was})
		}
	}
	return append(out, own...)
}

// latestFirst orders revisions by date, the latest first. Of two on one day the
// later is the one that stands nearer to the newest end of the list, whether
// that is written at the top or at the bottom.
func latestFirst(revisions []Revision) []int {
	order := make([]int, len(revisions))
	newestOnTop := len(revisions) > 1 && revisions[0].Date.Last() > revisions[len(revisions)-1].Date.Last()
	for i := range order {
		order[i] = i
		if !newestOnTop {
			order[i] = len(order) - 1 - i
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(revisions[b].Date.Last(), revisions[a].Date.Last()) })
	return order
}

// before is the root of a document as it was on a day: the updates after it
// are undone. Corrections stay.
func (e *entry) before(day Day) (root *Node, undone bool) {
	tree := e.doc.Root
	for _, c := range e.changes(day) {
		if next, ok := with(tree, c.steps, c.was); ok {
			tree, undone = next, true
		}
	}
	return &tree, undone
}

// checkRevisions sees to it that every earlier state of a record is a valid
// record too, so that no view can fail.
func (b *builder) checkRevisions(e *entry, current []diag.Diagnostic) {
	for _, item := range append([]Item{e.item}, e.nested...) {
		rec := item.Rec()
		for i := range rec.Revisions {
			b.checkRevision(rec, i)
		}
		for i, x := range rec.Exceptions {
			path := index("exceptions", i)
			b.checkRule(x.Rule, rec.Place(path+".rule"), path)
		}
	}
	changes := e.changes(0)
	if len(changes) == 0 {
		return
	}
	known := map[string]bool{}
	for _, d := range current {
		known[d.Error()] = true
	}
	tree := e.doc.Root
	for _, c := range changes {
		path := index("revisions", c.nth)
		next, ok := with(tree, c.steps, c.was)
		if !ok {
			b.add("bad-revision", c.rec.Place(path+".field"), path+".field", "write a path such as summary or provisions[0].effective", "there is no field %q in this record", c.rec.Revisions[c.nth].Field)
			continue
		}
		tree = next
		var found []diag.Diagnostic
		old := b.report.decodeDoc(e.doc, &tree, &found)
		for _, d := range found {
			if known[d.Error()] {
				continue // reported already
			}
			known[d.Error()] = true
			if c.was != nil && d.Span.Start >= c.was.Start && d.Span.Start <= extent(c.was) {
				d.Path = path + ".was"
				b.out = append(b.out, d)
				continue
			}
			b.add("bad-revision", c.rec.Place(path), path, "give in was: the value before", "without this change the record would not be valid: %s", d.Message)
		}
		for _, use := range old.refs {
			if c.was != nil && use.ref.At.Start >= c.was.Start && use.ref.At.End <= extent(c.was) {
				use.path = path + ".was"
				e.past = append(e.past, pastUse{use, c.rec, c.rec.Revisions[c.nth].Date.Last()})
			}
		}
	}
}

// checkRevision looks at one revision by itself.
func (b *builder) checkRevision(rec *Record, i int) {
	r := &rec.Revisions[i]
	path := index("revisions", i)
	at := rec.Place(path)
	switch {
	case r.Kind == Update && r.Field == "":
		b.add("bad-revision", at, path, "add field: and was:, or make it a correction", "an update must name the field that changed")
		return
	case r.Kind == Withdrawn && (r.Field != "" || r.Was != nil):
		b.add("bad-revision", at, path, "leave out field and was", "a withdrawn record is withdrawn as a whole")
		return
	case r.Field == "":
		return
	}
	field := path + ".field"
	steps, ok := parsePath(r.Field)
	if !ok || slices.Contains([]string{"revisions", "id", "former_ids"}, steps[0].name) {
		b.add("bad-revision", rec.Place(field), field, "write a path such as summary or provisions[0].effective", "%q is not a field that can change", r.Field)
		r.Field = "" // so that it is not undone
		return
	}
	known := shapeOf(reflect.TypeOf(newItem(rec.Kind)).Elem()).names
	if !slices.Contains(known, steps[0].name) {
		b.add("unknown-field", rec.Place(field), field, unknownFieldHint(steps[0].name, known), "unknown field %q", steps[0].name)
		r.Field = ""
	}
}
