package page

import (
	"maps"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// reader is the view as pages read it: every way from a page to a record goes
// through here, and what the page that is being made asks for is noted. Its
// fields are the same for all pages; see shared.
type reader struct {
	view *model.View

	Settings  model.Settings
	Date      model.Day
	AsOf      model.Day
	Past      bool
	Audience  string
	LeftOut   []*model.Prose
	Withdrawn []*model.Tombstone

	lists map[string]func(id string) []any // those that pages ask for, by name: of records and uses
	noted map[string]bool                  // what the page that is being made has asked for; nil when nobody wants to know
}

func newReader(v *model.View) *reader {
	return &reader{
		view: v, Settings: v.Settings, Date: v.Date, AsOf: v.AsOf, Past: v.Past, Audience: v.Audience, LeftOut: v.LeftOut, Withdrawn: v.Withdrawn,
		lists: map[string]func(id string) []any{},
	}
}

// The keys of what pages ask for: a record by its id, what others show of an entity
// and the texts in Markdown of a record by the id too, a list by its name and the id
// of its record, all records of a kind by
// the kind. A record and a list do not stand for texts: many pages name a record, and few
// show what is written about it. The id of a record that
// the reader may not see must not be told, so that whoever asks for one is
// taken to have asked which ids there are.
const (
	keyRecord = "record "
	keySketch = "sketch "
	keyTexts  = "texts "
	keyTables = "tables "
	keyKind   = "all "
	keyAll    = "all"
	keyIDs    = "ids"

	keyCountry = "country" // name of the list of entities
)

func (r *reader) note(key string) {
	if r.noted != nil {
		r.noted[key] = true
	}
}

// Item is the record with an id, or of a programme with a key; nil when there
// is none that the reader may see.
func (r *reader) Item(id string) model.Item {
	item := r.view.Item(id)
	switch {
	case r.noted == nil || id == "":
	case item == nil:
		r.note(keyIDs)
	default:
		r.note(keyRecord + id)
	}
	return item
}

// sketch is what others show of an entity, and nothing else. So most pages that name
// an entity stay as they are when it is written about.
type sketch struct{ of *model.Entity }

func (s sketch) id() string                 { return s.of.ID }
func (s sketch) title() model.Name          { return s.of.Title() }
func (s sketch) schema() model.Schema       { return s.of.Schema }
func (s sketch) countries() []model.Country { return s.of.Countries }

// native is the name in the entity's own script, if it has one.
func (s sketch) native() model.Name {
	if len(s.of.Native) == 0 {
		return model.Name{}
	}
	return s.of.Native[0]
}

// Sketch is that of the entity with an id; false when there is none that the reader
// may see.
func (r *reader) Sketch(id string) (sketch, bool) {
	e, ok := r.Named(id).(*model.Entity)
	return sketch{e}, ok
}

// Named is Item for a link, which shows no more of an entity than a sketch has.
func (r *reader) Named(id string) model.Item {
	if e, ok := r.view.Item(id).(*model.Entity); ok {
		r.note(keySketch + id)
		return e
	}
	return r.Item(id)
}

// texts notes that the texts in Markdown of a record are looked at. That there are
// some, and in which languages, is known of the record.
func (r *reader) texts(of model.Item) {
	if of != nil && r.noted != nil {
		r.note(keyTexts + of.Rec().ID)
	}
}

func lookup[T model.Item](r *reader, id string) T {
	item, _ := r.Item(id).(T)
	return item
}

func (r *reader) Entity(id string) *model.Entity       { return lookup[*model.Entity](r, id) }
func (r *reader) Measure(id string) *model.Measure     { return lookup[*model.Measure](r, id) }
func (r *reader) Event(id string) *model.Event         { return lookup[*model.Event](r, id) }
func (r *reader) Program(id string) *model.Program     { return lookup[*model.Program](r, id) }
func (r *reader) Source(id string) *model.Source       { return lookup[*model.Source](r, id) }
func (r *reader) Statement(id string) *model.Statement { return lookup[*model.Statement](r, id) }
func (r *reader) File(id string) *model.File           { return lookup[*model.File](r, id) }

func allOf[T model.Item](r *reader, kind model.Kind, list []T) []T {
	r.note(keyKind + string(kind))
	return list
}

func (r *reader) Entities() []*model.Entity  { return allOf(r, model.KindEntity, r.view.Entities) }
func (r *reader) Measures() []*model.Measure { return allOf(r, model.KindMeasure, r.view.Measures) }
func (r *reader) Events() []*model.Event     { return allOf(r, model.KindEvent, r.view.Events) }
func (r *reader) Programs() []*model.Program { return allOf(r, model.KindProgram, r.view.Programs) }
func (r *reader) Sources() []*model.Source   { return allOf(r, model.KindSource, r.view.Sources) }
func (r *reader) Links() []*model.Link       { return allOf(r, model.KindLink, r.view.Links) }
func (r *reader) Series() []*model.Series    { return allOf(r, model.KindSeries, r.view.Series) }
func (r *reader) Figures() []*model.Figure   { return allOf(r, model.KindFigure, r.view.Figures) }
func (r *reader) Studies() []*model.Study    { return allOf(r, model.KindStudy, r.view.Studies) }
func (r *reader) Files() []*model.File       { return allOf(r, model.KindFile, r.view.Files) }
func (r *reader) Prose() []*model.Prose      { return allOf(r, model.KindProse, r.view.Prose) }

// all notes that every record is looked at, by way of what was made of them before.
func (r *reader) all() { r.note(keyAll) }

func (r *reader) Items() []model.Item {
	r.all()
	return r.view.Items()
}

// Term is a text of a record in its translations.
func (r *reader) Term(value string) model.Text { return r.view.Term(value) }

// begin notes what is asked for from now on, by the page of a record or, without
// an id, by another.
func (r *reader) begin(id string) {
	r.noted = map[string]bool{}
	if id != "" {
		r.note(keyRecord + id)
	}
}

// end gives what was asked for since begin, sorted; nil without it.
func (r *reader) end() []string {
	if r.noted == nil {
		return nil
	}
	keys := slices.AppendSeq(make([]string, 0, len(r.noted)), maps.Keys(r.noted))
	slices.Sort(keys)
	r.noted = nil
	return keys
}

// related are lists of records by the id of another, or by the code of a country.
type related[T any] struct {
	r         *reader
	name      string
	by        map[string][]T
	countries bool
}

func newRelated[T any](r *reader, name string) related[T] {
	x := related[T]{r: r, name: name, by: map[string][]T{}, countries: name == keyCountry}
	r.lists[name] = func(id string) (out []any) {
		for _, entry := range x.by[id] {
			out = append(out, entry)
		}
		return out
	}
	return x
}

// of is the list of an id.
func (x related[T]) of(id string) []T {
	switch {
	case x.r.noted == nil || id == "":
	case x.r.view.Item(id) == nil && !x.countries:
		x.r.note(keyAll)
	default:
		x.r.note(x.name + " " + id)
	}
	return x.by[id]
}

// add appends to the list of an id, once; an empty id has no list.
func add[T comparable](x related[T], id string, item T) {
	if list := x.by[id]; id != "" && (len(list) == 0 || list[len(list)-1] != item) {
		x.by[id] = append(list, item)
	}
}
