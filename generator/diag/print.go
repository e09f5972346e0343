package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Style says how Print writes. The zero Style is plain text.
type Style struct {
	Color bool // ANSI colours, for a terminal
}

const (
	window   = 100 // widest excerpt, in columns
	tabWidth = 4
)

// Print writes every diagnostic with an excerpt of its file, as they come:
//
//	data/measures/a.yaml:7:10: error[unknown-id]: no program "US-NSCMIC"
//	   7 | program: US-NSCMIC
//	     |          ^^^^^^^^^ did you mean "US-NS-CMIC"? (data/programs/us-ns-cmic.yaml:1)
//
// Diagnostics that are off are left out. The error is the writer's.
func Print(w io.Writer, ds []Diagnostic, style Style) error {
	var b strings.Builder
	for _, d := range ds {
		if d.Severity != Off {
			printOne(&b, d, style)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printOne(b *strings.Builder, d Diagnostic, style Style) {
	paint := func(code, s string) string {
		if !style.Color || s == "" {
			return s
		}
		return "\x1b[" + code + "m" + s + "\x1b[0m"
	}
	color := map[Severity]string{Error: "1;31", Warning: "1;33", Note: "1;36"}[d.Severity]
	if at := d.Span.String(); at != "" {
		b.WriteString(paint("1", at) + ": ")
	}
	fmt.Fprintf(b, "%s: %s\n", paint(color, fmt.Sprintf("%s[%s]", d.Severity, d.Code)), visible(d.Message))

	notes, gutter := hints(d), 4
	if line, source, marks, ok := excerpt(d.Span); ok {
		number := strconv.Itoa(line)
		gutter = max(gutter, len(number))
		b.WriteString(strings.TrimRight(fmt.Sprintf("%*s | %s", gutter, number, source), " ") + "\n")
		fmt.Fprintf(b, "%*s | %s", gutter, "", paint(color, marks))
		if len(notes) > 0 {
			b.WriteString(" " + notes[0])
			notes = notes[1:]
		}
		b.WriteByte('\n')
	}
	for _, n := range notes {
		fmt.Fprintf(b, "%*s = %s\n", gutter, "", n)
	}
}

// hints are the lines of advice: the hint with the first related place, then
// a line for every further place.
func hints(d Diagnostic) []string {
	var out []string
	if d.Hint != "" {
		out = append(out, visible(d.Hint))
	}
	for i, r := range d.Related {
		at := place(r.Span)
		switch {
		case at == "" && r.Message == "":
		case at == "":
			out = append(out, visible(r.Message))
		case i == 0 && r.Message == "" && d.Hint != "":
			out[0] += " (" + at + ")"
		case r.Message == "":
			out = append(out, "see "+at)
		default:
			out = append(out, visible(r.Message)+" ("+at+")")
		}
	}
	return out
}

// place is a related span without its column, which nobody needs there.
func place(s Span) string {
	if s.File == nil || s.File.text == nil {
		return visible(s.File.Name())
	}
	line, _ := s.File.Position(s.Start)
	return fmt.Sprintf("%s:%d", visible(s.File.name), line)
}

// excerpt is the line on which a span begins, cut to a window round the span,
// and the carets that go under it.
func excerpt(s Span) (line int, source, marks string, ok bool) {
	f := s.File
	if f == nil || f.text == nil {
		return 0, "", "", false
	}
	line, _ = f.Position(s.Start)
	from, to := f.lines[line-1], f.lineEnd(line)
	start := min(max(s.Start, from), to)
	end := min(max(s.End, start), to)

	left := windowStart(f.text[from:to], start-from) + from
	cut := left > from
	var src, mark strings.Builder
	if cut {
		src.WriteString("…")
		mark.WriteByte(' ')
	}
	col := 0
	for i := left; i < to; {
		r, n := utf8.DecodeRune(f.text[i:to])
		s, w := cell(r, n, f.text[i], col)
		// A row of marks without width may not make the line endless either.
		if col+w > window || i-left > 8*window {
			src.WriteString("…")
			break
		}
		src.WriteString(s)
		switch {
		case i < start:
			mark.WriteString(strings.Repeat(" ", w))
		case i < end:
			mark.WriteString(strings.Repeat("^", w))
		}
		col += w
		i += n
	}
	if !strings.HasSuffix(mark.String(), "^") {
		mark.WriteByte('^') // an empty span, or one past the end of the line
	}
	return line, strings.TrimRight(src.String(), " "), mark.String(), true
}

// windowStart is where the excerpt of a line begins so that a span that starts
// at an offset is well inside the window.
func windowStart(text []byte, start int) int {
	const before = 60 // columns kept in front of the span on a long line
	i := start
	for col := 0; i > 0; {
		r, n := utf8.DecodeLastRune(text[:i])
		w := tabWidth
		if r != '\t' {
			_, w = cell(r, n, text[i-1], 0)
		}
		col += w
		if col > before || start-i > 4*window {
			break
		}
		i -= n
	}
	return i
}

// cell is how one character of a source line is shown, and its width.
func cell(r rune, size int, b byte, col int) (string, int) {
	switch {
	case r == '\t':
		w := tabWidth - col%tabWidth
		return strings.Repeat(" ", w), w
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("<%02X>", b), 4
	case hidden(r):
		s := fmt.Sprintf("<U+%04X>", r)
		return s, len(s)
	case unicode.In(r, unicode.Mn, unicode.Me):
		return string(r), 0
	case wide(r):
		return string(r), 2
	}
	return string(r), 1
}

// hidden reports characters that a terminal would obey or not show: controls,
// format characters such as bidirectional overrides, separators, private use.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs)
}

// visible is a text that may come from a record, safe to print on one line.
func visible(s string) string {
	clean := true
	for _, r := range s {
		if hidden(r) || r == utf8.RuneError {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		default:
			shown, _ := cell(r, n, s[i], 0)
			b.WriteString(shown)
		}
		i += n
	}
	return b.String()
}

// wide reports characters that take two columns (East Asian Width W and F, in
// the blocks that occur in names).
func wide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x115f, r >= 0x2e80 && r <= 0x303e, r >= 0x3041 && r <= 0xa4cf, r >= 0xa960 && r <= 0xa97c,
		r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60,
		r >= 0xffe0 && r <= 0xffe6, r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
		return true
	}
	return false
}

// jsonPlace is a span in the JSON output. Lines and columns count from 1, the
// column in characters; they are left out when the text is not known.
type jsonPlace struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
	Message   string `json:"message,omitempty"`
}

func placeOf(s Span, message string) jsonPlace {
	p := jsonPlace{File: s.File.Name(), Message: message}
	if s.File != nil && s.File.text != nil {
		p.Line, p.Column = s.File.Position(s.Start)
		p.EndLine, p.EndColumn = s.File.Position(s.End)
	}
	return p
}

type jsonDiagnostic struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	jsonPlace
	Path    string      `json:"path,omitempty"`
	Hint    string      `json:"hint,omitempty"`
	Related []jsonPlace `json:"related,omitempty"`
}

// JSON writes one object: the diagnostics in their order, and the counts.
// Characters that a terminal would obey are written as \u escapes.
func JSON(w io.Writer, ds []Diagnostic) error {
	out := struct {
		Diagnostics []jsonDiagnostic `json:"diagnostics"`
		Errors      int              `json:"errors"`
		Warnings    int              `json:"warnings"`
		Notes       int              `json:"notes"`
	}{Diagnostics: []jsonDiagnostic{}}
	c := Tally(ds)
	out.Errors, out.Warnings, out.Notes = c.Errors, c.Warnings, c.Notes
	for _, d := range ds {
		if d.Severity == Off {
			continue
		}
		j := jsonDiagnostic{Severity: d.Severity.String(), Code: d.Code, jsonPlace: placeOf(d.Span, d.Message), Path: d.Path, Hint: d.Hint}
		for _, r := range d.Related {
			j.Related = append(j.Related, placeOf(r.Span, r.Message))
		}
		out.Diagnostics = append(out.Diagnostics, j)
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	var b strings.Builder
	for _, r := range text.String() {
		switch {
		case r == '\n' || !hidden(r): // line breaks are those between the values
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// GitHub writes the diagnostics as workflow commands, one a line, so that a
// pull request shows them beside the changed lines.
func GitHub(w io.Writer, ds []Diagnostic) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, d := range ds {
		if d.Severity == Off {
			continue
		}
		command := map[Severity]string{Error: "error", Warning: "warning", Note: "notice"}[d.Severity]
		b.WriteString("::" + command + " ")
		if d.Span.File != nil {
			p := placeOf(d.Span, "")
			b.WriteString("file=" + property.Replace(visible(p.File)) + ",")
			if p.Line > 0 {
				fmt.Fprintf(&b, "line=%d,col=%d,", p.Line, p.Column)
				if p.EndLine == p.Line && p.EndColumn > p.Column {
					fmt.Fprintf(&b, "endColumn=%d,", p.EndColumn)
				}
			}
		}
		text := visible(d.Message)
		for _, h := range hints(d) {
			text += "\n" + h
		}
		b.WriteString("title=" + property.Replace(d.Code) + "::" + data.Replace(text) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
