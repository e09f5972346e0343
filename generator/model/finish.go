package model

import "slices"

// finish sets what records derive from others: the day on which they became
// known, the points of series, the sizes of files, and the report's date.
func (b *builder) finish() {
	r := b.report
	for _, e := range r.entries {
		switch item := e.item.(type) {
		case *Series:
			b.readPoints(item)
		case *File:
			b.checkFile(item)
		}
	}
	// Sources first: others take their day from them.
	for _, first := range []bool{true, false} {
		for _, e := range r.entries {
			if e.item == nil {
				continue
			}
			if _, ok := e.item.(*Source); ok != first {
				continue
			}
			r.setKnown(e)
		}
	}
	for _, e := range r.entries {
		if e.item == nil {
			continue
		}
		rec := e.item.Rec()
		open := r.open(rec)
		for _, item := range append([]Item{e.item}, e.nested...) {
			rec := item.Rec()
			r.embargo = r.embargo || !rec.Embargo.IsZero()
			if open && r.open(rec) {
				r.date = max(r.date, rec.EffectiveKnown)
			}
		}
	}
}

// open reports whether everybody may see a record, today as ever.
func (r *Report) open(rec *Record) bool {
	return r.rank(rec.Audience) == 0 && rec.Embargo.IsZero() && !rec.Draft
}

// rank is the place of an audience from the widest; -1 when it does not exist.
func (r *Report) rank(audience string) int {
	list := r.settings.Audiences
	if len(list) == 0 {
		list = []string{"public"}
	}
	if audience == "" {
		return 0
	}
	return slices.Index(list, audience)
}

func (r *Report) setKnown(e *entry) {
	for _, item := range append([]Item{e.item}, e.nested...) {
		r.setItemKnown(item)
	}
}

func (r *Report) setItemKnown(item Item) {
	rec := item.Rec()
	rec.EffectiveKnown = rec.Known.Last()
	if rec.Known.IsZero() {
		rec.EffectiveKnown = r.defaultKnown(item)
	}
}

// defaultKnown is the earliest public day of a record. Entities, programmes and
// attachments of no dated source have none: they appear with the first record
// that names them. Pages have none either, and say it themselves.
func (r *Report) defaultKnown(item Item) Day {
	switch x := item.(type) {
	case *Measure:
		dates := []Date{x.Announced, x.Published, x.Effective}
		for _, p := range x.Provisions {
			dates = append(dates, p.Announced, p.Published, p.Effective)
		}
		if day := earliest(dates...); day != 0 {
			return day
		}
		return r.sourcesKnown(&x.Record)
	case *Event:
		return x.Date.Last()
	case *Source:
		return earliest(x.Published, x.Accessed)
	case *Statement:
		if !x.Date.IsZero() && x.Source.Published.IsZero() && x.Source.Known.IsZero() {
			return x.Date.Last()
		}
		return max(x.Date.Last(), x.Source.EffectiveKnown)
	case *Figure:
		if x.Source != nil {
			return x.Source.EffectiveKnown
		}
		if day := r.sourcesKnown(&x.Record); day != 0 {
			return day
		}
		return x.Date.Last()
	case *Link:
		// A tie is public when somebody says so, not on the day it began.
		if day := r.sourcesKnown(&x.Record); day != 0 {
			return day
		}
		return earliest(x.Start, x.Date)
	case *Series:
		if len(x.Points) > 0 {
			return x.Points[0].Date.Last()
		}
	case *Study:
		day := x.EventDay.Last()
		for _, d := range x.Days {
			day = max(day, d.Date.Last())
		}
		return day
	case *File:
		return r.sourcesKnown(&x.Record, x.Source)
	}
	return 0
}

// sourcesKnown is the day of the earliest source of a record that has one. Only
// sources that everybody sees who sees the record count: another must not
// change what these see.
func (r *Report) sourcesKnown(rec *Record, more ...Ref) Day {
	var day Day
	count := func(ref Ref) {
		e, ok := r.byID[ref.ID]
		if !ok || ref.IsZero() {
			return
		}
		s := e.record(ref.ID)
		if s.Draft && !rec.Draft || !s.Embargo.IsZero() && rec.Embargo.IsZero() || r.rank(s.Audience) > r.rank(rec.Audience) {
			return
		}
		if k := s.EffectiveKnown; k != 0 && (day == 0 || k < day) {
			day = k
		}
	}
	for _, s := range rec.Sources {
		count(s.Ref)
	}
	for _, ref := range more {
		count(ref)
	}
	return day
}

func earliest(dates ...Date) Day {
	var day Day
	for _, d := range dates {
		if !d.IsZero() && (day == 0 || d.Last() < day) {
			day = d.Last()
		}
	}
	return day
}
