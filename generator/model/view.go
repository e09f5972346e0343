package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
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

	Withdrawn []*Tombstone // records that were withdrawn, statements and figures included
	LeftOut   []*Prose     // pages that do not say since when they hold, in a view of the past

	byID  map[string]Item
	terms terms
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
	Drafts   bool   // keep drafts and what is under embargo, as lint and previews do
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
	} else {
		v.Settings.Finding = nil // it says what is known now, and not since when
	}
	s := selection{report: r, view: v, opts: opts, rank: r.rank(opts.Audience), named: map[string]bool{}}
	s.choose()
	v.terms = r.terms.used(v)
	return v
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

// Item is the record with an id (or of a programme with a key), or nil when
// this view does not hold it.
func (v *View) Item(id string) Item { return v.byID[id] }

// Items are all records of the view, those inside others included, kind by kind
// and sorted by id.
func (v *View) Items() []Item {
	n := len(v.Entities) + len(v.Measures) + len(v.Events) + len(v.Programs) + len(v.Sources) + len(v.Links) + len(v.Series) + len(v.Figures) + len(v.Studies) + len(v.Files) + len(v.Prose)
	for _, s := range v.Sources {
		n += len(s.Statements)
	}
	out := appendItems(make([]Item, 0, n), v.Entities)
	out = appendItems(out, v.Measures)
	out = appendItems(out, v.Events)
	out = appendItems(out, v.Programs)
	for _, s := range v.Sources {
		out = append(out, s)
		out = appendItems(out, s.Statements)
	}
	out = appendItems(out, v.Links)
	out = appendItems(out, v.Series)
	out = appendItems(out, v.Figures)
	out = appendItems(out, v.Studies)
	out = appendItems(out, v.Files)
	return appendItems(out, v.Prose)
}

func appendItems[T Item](out []Item, list []T) []Item {
	for _, x := range list {
		out = append(out, x)
	}
	return out
}

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

// FormerIDs maps the ids that records of this view had before to those they
// have now.
func (v *View) FormerIDs() map[string]string {
	out := map[string]string{}
	for id, item := range v.byID {
		rec := item.Rec()
		for _, old := range rec.FormerIDs {
			if rec.ID == id { // not by the key of a programme
				out[old] = id
			}
		}
	}
	return out
}

func lookup[T Item](v *View, id string) T {
	item, _ := v.byID[id].(T)
	return item
}
