package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// readPoints decodes the rows of a series and checks their order.
func (b *builder) readPoints(s *Series) {
	name := s.file()
	rows, ok := b.in.Points[name]
	if !ok {
		if s.Redistributable != RedistributeNo {
			var have []string
			for k := range b.in.Points {
				have = append(have, k)
			}
			hint := diag.DidYouMean(name, have)
			if hint == "" {
				hint = "put the points there: date,value,flag"
			}
			b.add("missing-file", s.Place("file"), "file", hint, "no file %q in data/series", name)
		}
		return
	}
	s.Points = make([]SeriesPoint, len(rows))
	for i := range rows {
		d := &decoder{file: rows[i].File, csv: true, out: &b.out}
		d.record(&rows[i].Root, "", reflect.ValueOf(&s.Points[i]).Elem())
		if i == 0 || s.Points[i].Date.IsZero() || s.Points[i-1].Date.IsZero() {
			continue
		}
		if prev := s.Points[i-1]; s.Points[i].Date.First() <= prev.Date.First() {
			b.add("point-order", s.Points[i].At, "date", "sort the rows by date, each day once", "%s does not come after %s", s.Points[i].Date, prev.Date).
				Related = []diag.Related{{Span: prev.At}}
		}
	}
}

// file is the name of the CSV file that holds the points.
func (s *Series) file() string {
	if s.File == "" {
		return s.ID + ".csv"
	}
	return s.File
}

// checkPoints reports files of points that no series describes.
func (b *builder) checkPoints() {
	described := map[string]bool{}
	for _, e := range b.report.entries {
		if s, ok := e.item.(*Series); ok {
			described[s.file()] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(b.in.Points)) {
		if !described[name] {
			b.add("undescribed-file", diag.Span{File: diag.NewFile("data/series/"+name, nil)}, "",
				"add a record to data/series/series.yaml: {id, title, measure, unit, redistributable, file: "+name+"}", "no record describes the series, so it is not read")
		}
	}
}

// checkFile compares a file with what its record says of it.
func (b *builder) checkFile(f *File) {
	if f.Path == "" {
		return // reported as missing
	}
	if b.blobs == nil {
		b.blobs, b.described = map[string]Blob{}, map[string]*File{}
		for _, blob := range b.in.Files {
			b.blobs[strings.TrimPrefix(blob.Path, "data/files/")] = blob
		}
	}
	if other, ok := b.described[f.Path]; ok {
		b.add("duplicate-id", f.Place("file"), "file", "keep one of them", "the file %q is described twice", f.Path).Related = []diag.Related{{Span: other.Place("file")}}
	} else {
		b.described[f.Path] = f
	}
	blob, ok := b.blobs[f.Path]
	if !ok {
		b.add("missing-file", f.Place("file"), "file", diag.DidYouMean(f.Path, slices.Collect(maps.Keys(b.blobs))), "no file %q in data/files", f.Path)
		return
	}
	f.Size = blob.Size
	if isHash(strings.ToLower(f.SHA256)) && !strings.EqualFold(f.SHA256, blob.SHA256) {
		b.add("file-changed", f.Place("sha256"), "sha256", "if the change is meant, write "+blob.SHA256, "data/files/%s is not the file that was recorded: its sha-256 is %s", f.Path, clip(blob.SHA256))
	}
}

// checkFiles reports files that no record describes: their rights are not known.
func (b *builder) checkFiles() {
	for _, blob := range b.in.Files {
		name := strings.TrimPrefix(blob.Path, "data/files/")
		if b.described[name] == nil {
			b.add("undescribed-file", diag.Span{File: diag.NewFile(blob.Path, nil)}, "", fmt.Sprintf("add a record to data/files/files.yaml: {id, file: %s, title, rights, sha256: %s}", name, blob.SHA256),
				"no record describes the file, so it is not published")
		}
	}
}
