package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// unreadKinds sorts files of which something could not be read by the kinds of
// record that may be missing for it.
func unreadKinds(files []*diag.File) map[Kind]*diag.File {
	out := map[Kind]*diag.File{}
	for _, f := range files {
		parts := strings.Split(f.Name(), "/")
		kinds := []Kind{KindProse}
		switch {
		case parts[0] == "data" && len(parts) > 1:
			kinds[0] = Kind(parts[1])
		case parts[0] != "content":
			continue
		case len(parts) > 2 && parts[1] == "news":
			kinds[0] = KindSource
		}
		if kinds[0] == KindSource {
			kinds = append(kinds, KindStatement, KindFigure) // which stand in sources
		}
		for _, k := range kinds {
			if out[k] == nil {
				out[k] = f
			}
		}
	}
	return out
}

// Unread gives a file of which something could not be read, and in which a
// record of one of these kinds may stand; of any kind when none is named. It is
// nil when all was read: then an id that no record has leads nowhere.
func (r *Report) Unread(kinds ...string) *diag.File {
	if len(kinds) == 0 {
		for _, k := range Kinds() {
			kinds = append(kinds, string(k))
		}
	}
	for _, k := range kinds {
		if f := r.unread[Kind(k)]; f != nil {
			return f
		}
	}
	return nil
}

// Unchecked says of files that could not be read how many references are not
// judged for it: one mistake there is not reported again wherever its records
// are named. Where they stand is said in words, such as "in fields".
func Unchecked(open map[*diag.File]int, where string) []diag.Diagnostic {
	var out []diag.Diagnostic
	for f, n := range open {
		d := diag.Diagnostic{Code: "unchecked-reference", Span: diag.Span{File: diag.NewFile(f.Name(), nil)}, Message: fmt.Sprintf("%d references %s are not checked, for what they name may stand in this file", n, where), Hint: "mend the file, and check again"}
		if n == 1 {
			d.Message = "one reference " + where + " is not checked, for what it names may stand in this file"
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b diag.Diagnostic) int { return strings.Compare(a.Span.File.Name(), b.Span.File.Name()) })
	return out
}
