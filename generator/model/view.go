package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// View is a report as it was known on a day, for an audience. It holds only
// what that reader may see; its records are sorted by id and must not be
// changed.
type View struct {
	Settings Settings
	Date     Day    // of the build
	AsOf     Day    // the day looked at; the build's own unless one is asked for
	Past     bool   // AsOf was asked for
	Audience string // the audience built for

	Entities []*Entity
	Measures []*Measure
	Events   []*Event
	Programs []*Program
	Sources  []*Source // news items and other documents
	Links    []*Link
	Series   []*Series
	Figures  []*Figure // those in files of their own and those inside sources
	Studies  []*Study
	Files    []*File
	Prose    []*Prose

	Withdrawn []*Tombstone // records that were withdrawn
	LeftOut   []*Prose     // pages that do not say since when they hold, in a view of the past

	byID map[string]Item
}

// Tombstone is what is left of a withdrawn record.
type Tombstone struct {
	Record
	Revision Revision
}

// ViewOptions choose a view. The zero value is the public view on the build
// date, without drafts.
type ViewOptions struct {
	Date     Day    // of the build; the report's own date when zero
	AsOf     Day    // a past day to look at; Date when zero
	Audience string // "public" when empty
	Drafts   bool   // keep drafts, as lint and previews do
}

// ErrBroken says that a report has errors, so that nothing may be shown of it.
var ErrBroken = errors.New("the report has errors")

// View is the report as it was known on a day, for an audience. The error is
// ErrBroken, or says what is wrong with the options.
func (r *Report) View(opts ViewOptions) (*View, error) {
	if r.broken {
		return nil, ErrBroken
	}
	if opts.Date == 0 {
		if r.embargo {
			return nil, errors.New("records are under embargo, so the day of the build must be given")
		}
		opts.Date = r.date
	}
	if opts.AsOf > opts.Date {
		return nil, fmt.Errorf("the day looked at, %s, lies after the day of the build, %s", opts.AsOf, opts.Date)
	}
	if r.rank(opts.Audience) < 0 {
		return nil, fmt.Errorf("no audience %q", opts.Audience)
	}
	return r.view(opts), nil
}

// Whole is everything there is, drafts and every audience included, for rules
// that look at the records themselves. It must not be shown to anybody, and
// exists even when the report has errors.
func (r *Report) Whole() *View {
	narrowest := ""
	if n := len(r.settings.Audiences); n > 0 {
		narrowest = r.settings.Audiences[n-1]
	}
	return r.view(ViewOptions{Date: max(r.date, 1), Audience: narrowest, Drafts: true})
}

func (r *Report) view(opts ViewOptions) *View {
	v := &View{
		Settings: r.settings, Date: opts.Date, AsOf: opts.AsOf, Past: opts.AsOf != 0,
		Audience: opts.Audience, byID: map[string]Item{},
	}
	if v.Audience == "" {
		v.Audience = "public"
	}
	if !v.Past {
		v.AsOf = v.Date
	}
	s := selection{report: r, view: v, opts: opts, rank: r.rank(opts.Audience), named: map[string]bool{}}
	s.choose()
	return v
}

// selection makes a view out of a report.
type selection struct {
	report *Report
	view   *View
	opts   ViewOptions
	rank   int
	named  map[string]bool // ids that kept records name
}

func (s *selection) choose() {
	var waiting []*entry // entities and programmes that say no day themselves
	for _, e := range s.report.entries {
		if e.item == nil || !s.allowed(e.item.Rec()) {
			continue
		}
		switch s.exists(e) {
		case yes:
			s.keep(e)
		case whenNamed:
			waiting = append(waiting, e)
		case leftOut:
			if p, ok := e.item.(*Prose); ok {
				s.view.LeftOut = append(s.view.LeftOut, p)
			}
		}
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
	s.view.dropLooseEnds()
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
	case KindEntity, KindProgram:
		return whenNamed
	case KindProse:
		return leftOut
	case KindFile:
		return yes
	}
	return no // nothing says that it was known by then
}

// keep takes a record into the view as it was on the day looked at.
func (s *selection) keep(e *entry) {
	v := s.view
	rec := e.item.Rec()
	for i := range rec.Revisions {
		if rec.Revisions[i].Kind == Withdrawn {
			stone := &Tombstone{Record: Record{Kind: rec.Kind, At: rec.At, ID: rec.ID, FormerIDs: rec.FormerIDs, Audience: rec.Audience, EffectiveKnown: rec.EffectiveKnown}, Revision: rec.Revisions[i]}
			v.Withdrawn = append(v.Withdrawn, stone)
			v.byID[rec.ID] = stone
			return
		}
	}
	if v.Past {
		e = s.rewind(e)
	}
	for _, use := range e.refs {
		s.named[use.ref.ID] = true
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
		s.keepSource(x)
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
}

// keepSource takes a source with those of its statements and figures that the
// reader may see.
func (s *selection) keepSource(x *Source) {
	src := *x
	src.Statements, src.Figures = nil, nil
	for _, st := range x.Statements {
		if st != nil && s.keepsNested(&st.Record) {
			c := *st
			c.Source = &src
			src.Statements = append(src.Statements, &c)
			s.view.byID[c.ID] = &c
		}
	}
	for _, f := range x.Figures {
		if f != nil && s.keepsNested(&f.Record) {
			c := *f
			c.Source = &src
			src.Figures = append(src.Figures, &c)
			s.view.Figures = append(s.view.Figures, &c)
			s.view.byID[c.ID] = &c
		}
	}
	s.view.byID[src.ID] = &src
	s.view.Sources = append(s.view.Sources, &src)
}

func (s *selection) keepsNested(rec *Record) bool {
	return s.allowed(rec) && (rec.EffectiveKnown <= s.view.AsOf || s.opts.Drafts && !s.view.Past) &&
		!slices.ContainsFunc(rec.Revisions, func(r Revision) bool { return r.Kind == Withdrawn })
}

// rewind is an entry as it was on the day looked at: later updates undone, and
// what has later dates of its own left out.
func (s *selection) rewind(e *entry) *entry {
	day := s.view.AsOf
	rec := e.item.Rec()
	root, undone := before(e.doc, rec.Revisions, day)
	old := e
	if undone {
		var ignored []diag.Diagnostic // Build has seen that every earlier state is valid
		e = decodeDoc(e.doc, root, &ignored)
		s.report.resolve(e, nil)
		n := e.item.Rec()
		n.ID, n.EffectiveKnown = rec.ID, rec.EffectiveKnown
		if x, ok := e.item.(*Series); ok {
			x.Points = old.item.(*Series).Points
		}
		if x, ok := e.item.(*File); ok {
			x.Size = old.item.(*File).Size
		}
		s.report.setNestedKnown(e)
	}
	item := s.upTo(e.item, day)
	n := item.Rec()
	n.Revisions = slices.DeleteFunc(slices.Clone(n.Revisions), func(r Revision) bool {
		return r.Kind == Update && r.Date.Last() > day
	})
	return &entry{doc: e.doc, item: item, nested: e.nested, refs: e.refs}
}

// setNestedKnown dates the statements and figures of a source decoded anew.
func (r *Report) setNestedKnown(e *entry) {
	for _, item := range e.nested {
		rec := item.Rec()
		rec.EffectiveKnown = rec.Known.Last()
		if rec.Known.IsZero() {
			rec.EffectiveKnown = r.defaultKnown(item)
		}
	}
}

// upTo is a copy of a record without the parts whose own dates lie after the
// day. Dates that are set in advance (effective, divest_by, the end of a
// suspension) stay: they were known when the record became known.
func (s *selection) upTo(item Item, day Day) Item {
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
			if st == nil || st.Reply == nil {
				continue
			}
			n := *st
			n.Reply = replyBy(n.Reply, day)
			c.Statements[i] = &n
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

func endedBy(e *Ended, day Day) *Ended {
	if e != nil && !e.Date.IsZero() && e.Date.Last() > day {
		return nil
	}
	return e
}

func replyBy(r *Reply, day Day) *Reply {
	switch {
	case r.Asked.Last() > day:
		return nil
	case !r.Date.IsZero() && r.Date.Last() > day, r.Date.IsZero() && !r.Due.IsZero() && r.Due.Last() > day:
		return &Reply{Asked: r.Asked, Due: r.Due, Outcome: "open"}
	}
	return r
}

// sort orders everything by id, so that a view does not depend on the order of
// files or on what was waiting for a name.
func (v *View) sort() {
	sortByID(v.Entities)
	sortByID(v.Measures)
	sortByID(v.Events)
	sortByID(v.Programs)
	sortByID(v.Sources)
	sortByID(v.Links)
	sortByID(v.Series)
	sortByID(v.Figures)
	sortByID(v.Studies)
	sortByID(v.Files)
	sortByID(v.Withdrawn)
	for _, list := range [][]*Prose{v.Prose, v.LeftOut} {
		slices.SortStableFunc(list, func(a, b *Prose) int {
			return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Lang, b.Lang))
		})
	}
	for _, p := range v.Programs {
		if p.Key != "" {
			v.byID[p.Key] = p
		}
	}
}

func sortByID[T Item](list []T) {
	slices.SortStableFunc(list, func(a, b T) int { return strings.Compare(a.Rec().ID, b.Rec().ID) })
}

// dropLooseEnds leaves out ties to entities that the reader may not see: a tie
// to nobody says nothing, and its id might say too much.
func (v *View) dropLooseEnds() {
	v.Links = slices.DeleteFunc(v.Links, func(l *Link) bool {
		if v.Entity(l.From.ID) != nil && v.Entity(l.To.ID) != nil {
			return false
		}
		delete(v.byID, l.ID)
		return true
	})
}

// Item is the record with an id (or of a programme with a key), or nil when
// this view does not hold it.
func (v *View) Item(id string) Item { return v.byID[id] }

// Entity is the entity with an id, or nil.
func (v *View) Entity(id string) *Entity { return lookup[*Entity](v, id) }

// Measure is the measure with an id, or nil.
func (v *View) Measure(id string) *Measure { return lookup[*Measure](v, id) }

// Event is the event with an id, or nil.
func (v *View) Event(id string) *Event { return lookup[*Event](v, id) }

// Program is the programme with an id or a key, or nil.
func (v *View) Program(id string) *Program { return lookup[*Program](v, id) }

// Source is the source with an id, or nil.
func (v *View) Source(id string) *Source { return lookup[*Source](v, id) }

// Statement is the statement with an id, or nil.
func (v *View) Statement(id string) *Statement { return lookup[*Statement](v, id) }

// File is the attachment with an id, or nil.
func (v *View) File(id string) *File { return lookup[*File](v, id) }

func lookup[T Item](v *View, id string) T {
	item, _ := v.byID[id].(T)
	return item
}
