// Package diag holds the one diagnostic type of Dossier: what is wrong, where
// it stands in a file, and what to do about it.
//
// Offsets are kept inside and become a line and a column only when a
// diagnostic is printed. Text that comes from a record or a file never reaches
// the terminal as it is: control characters, bidirectional overrides and the
// like are shown as code points, and a line of any length is cut to a window.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// File is a named text in which diagnostics have their places.
type File struct {
	name string
	text []byte

	once  sync.Once
	lines []int // offset of the first byte of every line
}

// NewFile returns a file by its name as the user knows it (relative to the
// project, with forward slashes). The text may be nil for a file that could
// not be read; it must not be changed afterwards.
func NewFile(name string, text []byte) *File {
	return &File{name: name, text: text}
}

// Name is the name given to NewFile; a nil file has none.
func (f *File) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Text is the content given to NewFile. It must not be changed.
func (f *File) Text() []byte {
	if f == nil {
		return nil
	}
	return f.text
}

// Span is the range from start to end, cut to what the file holds.
func (f *File) Span(start, end int) Span {
	start = min(max(start, 0), len(f.Text()))
	end = min(max(end, start), len(f.Text()))
	return Span{File: f, Start: start, End: end}
}

// Offset is the place of a line and a column, both counted from 1, the column
// in characters. A place past the end of the line or of the file is its end.
func (f *File) Offset(line, column int) int {
	f.index()
	if line < 1 {
		return 0
	}
	if line > len(f.lines) {
		return len(f.text)
	}
	off, end := f.lines[line-1], f.lineEnd(line)
	for ; column > 1 && off < end; column-- {
		_, n := utf8.DecodeRune(f.text[off:end])
		off += n
	}
	return off
}

// Position is the line and the column of an offset, both counted from 1, the
// column in characters (an invalid byte counts as one).
func (f *File) Position(offset int) (line, column int) {
	f.index()
	offset = min(max(offset, 0), len(f.text))
	line = sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset })
	return line, utf8.RuneCount(f.text[f.lines[line-1]:offset]) + 1
}

// lineEnd is the offset after the last byte of a line, without its line break.
func (f *File) lineEnd(line int) int {
	end := len(f.text)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	if end > f.lines[line-1] && f.text[end-1] == '\r' {
		end--
	}
	return end
}

func (f *File) index() {
	f.once.Do(func() {
		f.lines = []int{0}
		for i, c := range f.text {
			// A lone carriage return ends a line too, as editors show it.
			if c == '\n' || c == '\r' && (i+1 == len(f.text) || f.text[i+1] != '\n') {
				f.lines = append(f.lines, i+1)
			}
		}
	})
}

// Span is a range of bytes in a file. The zero Span is no place at all; a Span
// with a file whose text is unknown stands for the file as a whole.
type Span struct {
	File       *File
	Start, End int
}

// IsZero reports whether the span names no place.
func (s Span) IsZero() bool { return s.File == nil }

// String is the place as file:line:column, or the file alone when its text is
// not known.
func (s Span) String() string {
	switch {
	case s.File == nil:
		return ""
	case s.File.text == nil:
		return visible(s.File.name)
	}
	line, column := s.File.Position(s.Start)
	return fmt.Sprintf("%s:%d:%d", visible(s.File.name), line, column)
}

// Severity says what a diagnostic means for the build.
type Severity uint8

// The severities, from the gravest. An error stops a build; a warning is a
// finding that somebody must answer; a note informs.
const (
	Error Severity = iota
	Warning
	Note
	Off // found, but silenced by the project's rules
)

// ParseSeverity reads a severity as dossier.yaml spells it.
func ParseSeverity(s string) (Severity, bool) {
	i := slices.Index([]string{"error", "warning", "note", "off"}, s)
	return Severity(max(i, 0)), i >= 0
}

// String is the word printed for the severity.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Note:
		return "note"
	default:
		return "off"
	}
}

// Rule describes one kind of diagnostic.
type Rule struct {
	Code     string   // short, hyphenated: "unknown-id"
	Severity Severity // unless the project says otherwise
	Summary  string   // one line, lower case, without a full stop
	Help     string   // what it means, why it matters and how to mend it; Markdown

	// Fixed marks a rule that dossier.yaml and exceptions cannot change:
	// without it the site could not be built, or would say what is not so.
	Fixed bool
}

// Related is another place that has to do with a diagnostic.
type Related struct {
	Span    Span
	Message string // may be empty when the place says enough
}

// Diagnostic is one finding.
type Diagnostic struct {
	Severity Severity
	Code     string // of the rule
	Span     Span
	Path     string // of the value in the record: "statements[2].by"
	Message  string // lower case, without a full stop
	Hint     string // what to do, when that is known
	Related  []Related
}

// Error is the diagnostic in one line, so that it can travel as an error.
func (d Diagnostic) Error() string {
	var b strings.Builder
	if at := d.Span.String(); at != "" {
		b.WriteString(at + ": ")
	}
	fmt.Fprintf(&b, "%s[%s]: %s", d.Severity, d.Code, visible(d.Message))
	if d.Hint != "" {
		fmt.Fprintf(&b, "; %s", visible(d.Hint))
	}
	return b.String()
}

// Sort orders diagnostics by file, place, severity, code and words, whatever
// order they came in, and drops those that say the same of the same place
// twice.
func Sort(ds []Diagnostic) []Diagnostic {
	slices.SortStableFunc(ds, compare)
	return slices.CompactFunc(ds, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		strings.Compare(a.Span.File.Name(), b.Span.File.Name()),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Severity, b.Severity),
		strings.Compare(a.Code, b.Code),
		strings.Compare(a.Path, b.Path),
		strings.Compare(a.Message, b.Message),
		cmp.Compare(a.Span.End, b.Span.End),
		strings.Compare(a.Hint, b.Hint),
	)
}

// Count is the number of diagnostics of each severity.
type Count struct{ Errors, Warnings, Notes int }

// Tally counts diagnostics; those that are off are not counted.
func Tally(ds []Diagnostic) Count {
	var c Count
	for _, d := range ds {
		switch d.Severity {
		case Error:
			c.Errors++
		case Warning:
			c.Warnings++
		case Note:
			c.Notes++
		}
	}
	return c
}

// String is the count as words: "2 errors, 1 warning".
func (c Count) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{c.Errors, "error"}, {c.Warnings, "warning"}, {c.Notes, "note"}} {
		switch {
		case p.n == 1:
			parts = append(parts, "1 "+p.word)
		case p.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", p.n, p.word))
		}
	}
	if parts == nil {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
