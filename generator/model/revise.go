package model

import (
	"cmp"
	"fmt"
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
		name, rest, _ := strings.Cut(part, "[")
		if name == "" {
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

// before is the root of a record as it was on a day: the updates after it are
// undone, the latest first. Corrections stay.
func before(doc *Doc, revisions []Revision, day Day) (root *Node, undone bool) {
	later := slices.DeleteFunc(slices.Clone(revisions), func(r Revision) bool {
		return r.Kind != Update || r.Field == "" || r.Date.Last() <= day
	})
	slices.SortStableFunc(later, func(a, b Revision) int { return cmp.Compare(b.Date.Last(), a.Date.Last()) })
	tree := doc.Root
	for _, r := range later {
		if steps, ok := parsePath(r.Field); ok {
			if next, ok := with(tree, steps, r.Was); ok {
				tree, undone = next, true
			}
		}
	}
	return &tree, undone
}

// checkRevisions sees to it that every earlier state of a record is a valid
// record too, so that no view can fail.
func (b *builder) checkRevisions(e *entry) {
	rec := e.item.Rec()
	for i, r := range rec.Revisions {
		at := rec.Place(index("revisions", i))
		path := index("revisions", i)
		switch {
		case r.Kind == Update && r.Field == "":
			b.add("bad-revision", at, path, "add field: and was:, or make it a correction", "an update must name the field that changed")
			continue
		case r.Kind == Withdrawn && (r.Field != "" || r.Was != nil):
			b.add("bad-revision", at, path, "leave out field and was", "a withdrawn record is withdrawn as a whole")
			continue
		case r.Field == "" || r.Date.IsZero():
			continue
		}
		steps, ok := parsePath(r.Field)
		if root, _, _ := strings.Cut(r.Field, "."); ok && (root == "revisions" || root == "id" || root == "former_ids") {
			ok = false
		}
		if !ok {
			b.add("bad-revision", at, path+".field", "write a path such as summary or provisions[0].effective", "%q is not a field that can change", r.Field)
			continue
		}
		tree, ok := with(e.doc.Root, steps, r.Was)
		if !ok {
			b.add("bad-revision", at, path+".field", "", "there is no field %q in this record", r.Field)
			continue
		}
		if r.Kind != Update {
			continue
		}
		var found []diag.Diagnostic
		decodeDoc(e.doc, &tree, &found)
		for _, d := range found {
			// What is wrong in the record as it is now is reported already.
			if r.Was != nil && d.Span.Start >= r.Was.Start && d.Span.End <= r.Was.End {
				d.Path = path + ".was"
				b.out = append(b.out, d)
			} else if r.Was == nil && d.Code == "missing-field" && !slices.ContainsFunc(b.out, func(x diag.Diagnostic) bool {
				return x.Code == d.Code && x.Span == d.Span && x.Message == d.Message
			}) {
				b.add("bad-revision", at, path, "add was: with the value before", "without %s the earlier record would not be valid", r.Field)
			}
		}
	}
	for i, x := range rec.Exceptions {
		b.checkRule(x.Rule, rec.Place(fmt.Sprintf("exceptions[%d].rule", i)), index("exceptions", i))
	}
}
