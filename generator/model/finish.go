package model

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

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
		if !rec.Embargo.IsZero() {
			r.embargo = true
		}
		if r.public(rec) && rec.Embargo.IsZero() && !rec.Draft {
			for _, item := range append(e.nested, e.item) {
				r.date = max(r.date, item.Rec().EffectiveKnown)
			}
		}
	}
}

func (r *Report) public(rec *Record) bool { return r.rank(rec.Audience) == 0 }

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
		rec := item.Rec()
		rec.EffectiveKnown = rec.Known.Last()
		if rec.Known.IsZero() {
			rec.EffectiveKnown = r.defaultKnown(item)
		}
	}
}

// defaultKnown is the earliest public day of a record. Entities and programmes
// have none: they appear with the first record that names them.
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
	case *Prose:
		return 0
	}
	return 0
}

// sourcesKnown is the day of the earliest source of a record that has one.
func (r *Report) sourcesKnown(rec *Record) Day {
	var day Day
	for _, s := range rec.Sources {
		e, ok := r.byID[s.ID]
		if !ok {
			continue
		}
		if k := e.record(s.ID).EffectiveKnown; k != 0 && (day == 0 || k < day) {
			day = k
		}
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

// readPoints decodes the rows of a series and checks their order.
func (b *builder) readPoints(s *Series) {
	name := s.File
	if name == "" {
		name = s.ID + ".csv"
	}
	rows, ok := b.in.Points[name]
	if !ok {
		if s.Redistributable != RedistributeNo {
			var have []string
			for k := range b.in.Points {
				have = append(have, k)
			}
			slices.Sort(have)
			hint := diag.DidYouMean(name, have)
			if hint == "" {
				hint = "put the points there: date,value,flag"
			}
			b.add("missing-file", s.Place("file"), "file", hint, "no file %q in data/series", path.Clean(name))
		}
		return
	}
	s.Points = make([]SeriesPoint, len(rows))
	for i := range rows {
		d := &decoder{file: rows[i].File, out: &b.out}
		d.record(&rows[i].Root, "", reflect.ValueOf(&s.Points[i]).Elem())
		if i == 0 || s.Points[i].Date.IsZero() || s.Points[i-1].Date.IsZero() {
			continue
		}
		if prev := s.Points[i-1]; s.Points[i].Date.First() <= prev.Date.First() {
			b.add("date-order", s.Points[i].At, "date", "sort the rows by date, each day once", "%s does not come after %s", s.Points[i].Date, prev.Date).
				Related = []diag.Related{{Span: prev.At}}
		}
	}
}

// checkFile compares a file with what its record says of it.
func (b *builder) checkFile(f *File) {
	want := "data/files/" + f.Path
	for _, blob := range b.in.Files {
		if blob.Path != want {
			continue
		}
		f.Size = blob.Size
		if f.SHA256 != "" && !strings.EqualFold(f.SHA256, blob.SHA256) {
			b.add("file-changed", f.Place("sha256"), "sha256", "if the change is meant, write "+blob.SHA256, "%s is not the file that was recorded: its sha-256 is %s…", want, blob.SHA256[:12])
		}
		return
	}
	var have []string
	for _, blob := range b.in.Files {
		have = append(have, strings.TrimPrefix(blob.Path, "data/files/"))
	}
	hint := diag.DidYouMean(f.Path, have)
	if f.Path != "" {
		b.add("missing-file", f.Place("file"), "file", hint, "no file %q in data/files", f.Path)
	}
}

// checkFiles reports files that no record describes: their rights are not known.
func (b *builder) checkFiles() {
	described := map[string]bool{}
	for _, e := range b.report.entries {
		if f, ok := e.item.(*File); ok {
			described["data/files/"+f.Path] = true
		}
	}
	for _, blob := range b.in.Files {
		if !described[blob.Path] {
			name := strings.TrimPrefix(blob.Path, "data/files/")
			b.add("undescribed-file", diag.Span{File: diag.NewFile(blob.Path, nil)}, "", fmt.Sprintf("add a record to data/files/files.yaml: {id, file: %s, title, rights, sha256: %s}", name, blob.SHA256),
				"no record describes the file, so it is not published")
		}
	}
}
