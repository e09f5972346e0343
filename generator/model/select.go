package model

import (
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
)

// selection makes a view out of a report.
type selection struct {
	report *Report
	view   *View
	opts   ViewOptions
	rank   int
	named  map[string]bool // ids that kept records name
}

func (s *selection) choose() {
	var links, waiting []*entry // waiting are those that say no day themselves
	eligible := map[string]bool{}
	for _, e := range s.report.entries {
		if e.item == nil || !s.allowed(e.item.Rec()) {
			continue
		}
		there := s.exists(e)
		if e.item.Rec().Kind == KindEntity && (there == yes || there == whenNamed) && !withdrawn(e.item.Rec()) {
			eligible[e.item.Rec().ID] = true
		}
		switch l, link := e.item.(*Link); {
		case link && there == yes:
			// A tie to somebody the reader may not see says nothing, and its id
			// might say too much.
			if eligible[l.From.ID] && eligible[l.To.ID] || withdrawn(&l.Record) {
				links = append(links, e)
			}
		case there == yes:
			s.keep(e)
		case there == whenNamed:
			waiting = append(waiting, e)
		case there == leftOut:
			if p, ok := e.item.(*Prose); ok && !s.bury(&p.Record) {
				s.view.LeftOut = append(s.view.LeftOut, p)
			}
		}
	}
	for _, e := range links {
		s.keep(e)
	}
	// An entity may be named only by another that is itself waiting.
	for again := true; again; {
		again = false
		waiting = slices.DeleteFunc(waiting, func(e *entry) bool {
			if !s.named[e.item.Rec().ID] {
				return false
			}
			s.keep(e)
			again = true
			return true
		})
	}
	s.view.sort()
}

func withdrawn(rec *Record) bool {
	return slices.ContainsFunc(rec.Revisions, func(r Revision) bool { return r.Kind == Withdrawn })
}

// allowed reports whether the audience and the embargo let a record be shown.
func (s *selection) allowed(rec *Record) bool {
	return s.report.rank(rec.Audience) <= s.rank && s.report.rank(rec.Audience) >= 0 &&
		(s.opts.Drafts || !rec.Draft && (rec.Embargo.IsZero() || rec.Embargo.Last() <= s.view.Date))
}

type existence uint8

const (
	no existence = iota
	yes
	whenNamed
	leftOut
)

// exists reports whether a record was known on the day looked at.
func (s *selection) exists(e *entry) existence {
	rec := e.item.Rec()
	switch {
	case s.opts.Drafts && !s.view.Past:
		return yes
	case rec.EffectiveKnown != 0 && rec.EffectiveKnown <= s.view.AsOf:
		return yes
	case rec.EffectiveKnown != 0:
		return no
	case !s.view.Past:
		return yes
	}
	switch rec.Kind {
	case KindEntity, KindProgram, KindFile:
		return whenNamed
	case KindProse:
		return leftOut
	}
	return no // nothing says that it was known by then
}

// bury leaves the notice of a withdrawn record in its place.
func (s *selection) bury(rec *Record) bool {
	for _, r := range rec.Revisions {
		if r.Kind != Withdrawn {
			continue
		}
		stone := &Tombstone{
			Record:   Record{Kind: rec.Kind, At: rec.At, ID: rec.ID, FormerIDs: rec.FormerIDs, Audience: rec.Audience, EffectiveKnown: rec.EffectiveKnown},
			Revision: r,
		}
		s.view.Withdrawn = append(s.view.Withdrawn, stone)
		if rec.Kind != KindProse { // pages have no ids
			s.view.byID[rec.ID] = stone
		}
		return true
	}
	return false
}

// keep takes a record into the view as it was on the day looked at.
func (s *selection) keep(e *entry) {
	v := s.view
	rec := e.item.Rec()
	if s.bury(rec) {
		return
	}
	if v.Past {
		e = s.rewind(e)
	}
	item := e.item
	if _, prose := item.(*Prose); !prose {
		v.byID[rec.ID] = item
	}
	switch x := item.(type) {
	case *Entity:
		v.Entities = append(v.Entities, x)
	case *Measure:
		m := *x
		m.Status = m.StatusOn(v.AsOf)
		v.byID[rec.ID] = &m
		v.Measures = append(v.Measures, &m)
	case *Event:
		v.Events = append(v.Events, x)
	case *Program:
		v.Programs = append(v.Programs, x)
	case *Source:
		item = s.keepSource(x)
	case *Link:
		v.Links = append(v.Links, x)
	case *Series:
		v.Series = append(v.Series, x)
	case *Figure:
		v.Figures = append(v.Figures, x)
	case *Study:
		v.Studies = append(v.Studies, x)
	case *File:
		v.Files = append(v.Files, x)
	case *Prose:
		v.Prose = append(v.Prose, x)
	}
	if v.Past { // only there something waits to be named
		eachRef(item, func(id string) { s.named[id] = true })
		// What appeared once does not disappear because an update changed the
		// name.
		for _, p := range e.past {
			if p.until <= v.AsOf && s.allowed(p.rec) && p.rec.EffectiveKnown <= v.AsOf && !withdrawn(p.rec) {
				s.named[p.ref.ID] = true
			}
		}
	}
}

// keepSource takes a source with those of its statements and figures that the
// reader may see.
func (s *selection) keepSource(x *Source) *Source {
	src := *x
	src.Statements, src.Figures = nil, nil
	for _, st := range x.Statements {
		if s.keepsNested(&st.Record) {
			c := *st
			c.Source = &src
			src.Statements = append(src.Statements, &c)
			s.view.byID[c.ID] = &c
		}
	}
	for _, f := range x.Figures {
		if s.keepsNested(&f.Record) {
			c := *f
			c.Source = &src
			src.Figures = append(src.Figures, &c)
			s.view.Figures = append(s.view.Figures, &c)
			s.view.byID[c.ID] = &c
		}
	}
	s.view.byID[src.ID] = &src
	s.view.Sources = append(s.view.Sources, &src)
	return &src
}

func (s *selection) keepsNested(rec *Record) bool {
	return s.allowed(rec) && (rec.EffectiveKnown <= s.view.AsOf || s.opts.Drafts && !s.view.Past) && !s.bury(rec)
}

// rewind is an entry as it was on the day looked at: later updates undone, and
// what has later dates of its own left out.
func (s *selection) rewind(old *entry) *entry {
	day := s.view.AsOf
	e := old
	if root, undone := old.before(day); undone {
		var ignored []diag.Diagnostic // Build has seen that every earlier state is valid
		e = s.report.decodeDoc(old.doc, root, &ignored)
		s.report.resolve(e.refs, nil)
		setEnds(e.item)
		s.carryOver(old, e)
	}
	item := upTo(e.item, day)
	n := item.Rec()
	n.Revisions = revisionsBy(n.Revisions, day)
	return &entry{doc: e.doc, item: item, nested: e.nested, refs: e.refs, past: old.past}
}

// carryOver sets in a record decoded anew what Build has set in the old one.
func (s *selection) carryOver(old, e *entry) {
	was, rec := old.item.Rec(), e.item.Rec()
	rec.ID, rec.EffectiveKnown = was.ID, was.EffectiveKnown
	switch x := e.item.(type) {
	case *Series:
		x.Points = old.item.(*Series).Points
	case *File:
		x.Size = old.item.(*File).Size
	}
	// A statement or figure is known by its place; its number may differ.
	ids := map[int]string{}
	for _, item := range old.nested {
		ids[item.Rec().At.Start] = item.Rec().ID
	}
	for _, item := range e.nested {
		n := item.Rec()
		if id, ok := ids[n.At.Start]; ok {
			n.ID = id
		}
		s.report.setItemKnown(item)
	}
}

// upTo is a copy of a record without the parts whose own dates lie after the
// day. Dates that are set in advance (effective, divest_by, the end of a
// suspension) stay: they were known when the record became known.
func upTo(item Item, day Day) Item {
	later := func(d Date) bool { return d.IsZero() || d.Last() > day }
	switch x := item.(type) {
	case *Measure:
		m := *x
		m.Ended = endedBy(m.Ended, day)
		m.Suspensions = slices.DeleteFunc(slices.Clone(m.Suspensions), func(p Suspension) bool { return later(p.From) })
		m.Amendments = slices.DeleteFunc(slices.Clone(m.Amendments), func(a Amendment) bool { return later(a.Date) })
		m.Challenges = slices.DeleteFunc(slices.Clone(m.Challenges), func(c Challenge) bool { return later(c.Date) })
		m.Provisions = slices.Clone(m.Provisions)
		for i := range m.Provisions {
			m.Provisions[i].Ended = endedBy(m.Provisions[i].Ended, day)
		}
		return &m
	case *Link:
		l := *x
		if !l.End.IsZero() && later(l.End) {
			l.End = Date{}
		}
		return &l
	case *Series:
		c := *x
		c.Points = slices.DeleteFunc(slices.Clone(c.Points), func(p SeriesPoint) bool { return later(p.Date) })
		return &c
	case *Source:
		c := *x
		c.Statements = slices.Clone(c.Statements)
		for i, st := range c.Statements {
			n := *st
			n.Revisions = revisionsBy(n.Revisions, day)
			n.Reply = replyBy(n.Reply, day)
			c.Statements[i] = &n
		}
		c.Figures = slices.Clone(c.Figures)
		for i, f := range c.Figures {
			n := *f
			n.Revisions = revisionsBy(n.Revisions, day)
			c.Figures[i] = &n
		}
		return &c
	case *Entity:
		c := *x
		return &c
	case *Event:
		c := *x
		return &c
	case *Program:
		c := *x
		return &c
	case *Figure:
		c := *x
		return &c
	case *Study:
		c := *x
		return &c
	case *File:
		c := *x
		return &c
	case *Prose:
		c := *x
		return &c
	}
	return item
}

// revisionsBy leaves out the updates that are undone. Corrections and their
// reasons stay: they say why the text is not what was read on that day.
func revisionsBy(revisions []Revision, day Day) []Revision {
	return slices.DeleteFunc(slices.Clone(revisions), func(r Revision) bool { return r.Kind == Update && r.Date.Last() > day })
}

func endedBy(e *Ended, day Day) *Ended {
	if e != nil && !e.Date.IsZero() && e.Date.Last() > day {
		return nil
	}
	return e
}

// replyBy is a request for an answer as it stood on a day. An outcome without
// a day of its own is not sure to have been there yet.
func replyBy(r *Reply, day Day) *Reply {
	if r == nil || r.Asked.IsZero() || r.Asked.Last() > day {
		return nil
	}
	came := r.Date
	if came.IsZero() && r.Outcome == "no_answer" {
		came = r.Due
	}
	if r.Outcome != "open" && (came.IsZero() || came.Last() > day) {
		return &Reply{Asked: r.Asked, Due: r.Due, Outcome: "open"}
	}
	return r
}
