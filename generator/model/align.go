package model

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/diag"
)

// Place maps a range of the decoded text to its place in the file, through
// indentation, folding, escapes and line ends.
func (t Translation) Place(start, end int) diag.Span {
	if t.At.File == nil {
		return diag.Span{}
	}
	at := t.At.File.Span(t.At.Start, t.At.End)
	a, b := align(t.Value, t.At.File.Text()[at.Start:at.End], t.style, start, end)
	return t.At.File.Span(at.Start+a, at.Start+b)
}

// align finds the offsets in the source of a scalar that belong to two offsets
// in its decoded text.
func align(text string, src []byte, style Style, start, end int) (int, int) {
	start = min(max(start, 0), len(text))
	end = min(max(end, start), len(text))
	a := aligner{text: text, src: src, start: start, end: end, from: -1, to: -1}
	switch style {
	case Raw:
		a.raw()
	case Cell:
		a.cell()
	case Literal, Folded:
		a.block(style == Folded)
	default:
		a.flow(style)
	}
	if a.from < 0 {
		a.from = min(a.j, len(src))
	}
	if start == end {
		return a.from, a.from
	}
	if a.to < 0 {
		a.to = min(a.j, len(src))
	}
	return a.from, max(a.from, a.to)
}

// aligner walks a scalar and what it was decoded to side by side, until the
// end that is looked for.
type aligner struct {
	text       string
	src        []byte
	i, j       int // how far text and src are read
	start, end int // looked for in text
	from, to   int // found in src; -1 before
}

func (a *aligner) done() bool {
	return a.i >= len(a.text) || a.j >= len(a.src) || a.from >= 0 && a.i >= a.end
}

// pair says that the next n bytes of the text come from the next m of the
// source; byte by byte when these are as many.
func (a *aligner) pair(n, m int) {
	n, m = min(n, len(a.text)-a.i), min(m, len(a.src)-a.j)
	if a.from < 0 && a.start < a.i+n {
		a.from = a.j
		if n == m {
			a.from += a.start - a.i
		}
	}
	if a.i < a.end && a.end <= a.i+n {
		a.to = a.j + m
		if n == m {
			a.to = a.j + a.end - a.i
		}
	}
	a.i += n
	a.j += m
}

// same pairs as many bytes as are equal, up to n.
func (a *aligner) same(n int) {
	n = min(n, len(a.text)-a.i, len(a.src)-a.j)
	k := 0
	for k < n && a.text[a.i+k] == a.src[a.j+k] {
		k++
	}
	a.pair(k, k)
}

// lineBreak is the length of the line break at an offset of the source, or 0.
func (a *aligner) lineBreak(j int) int {
	switch rest := a.src[min(j, len(a.src)):]; {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return 2
	case len(rest) > 0 && (rest[0] == '\n' || rest[0] == '\r'):
		return 1
	}
	return 0
}

// raw is text that stands in the file as it is, but for CR LF.
func (a *aligner) raw() {
	for !a.done() {
		n := bytes.Index(a.src[a.j:], []byte("\r\n"))
		if n == 0 {
			a.pair(1, 2)
			continue
		}
		if n < 0 {
			n = len(a.src) - a.j
		}
		before := a.j
		a.same(n)
		if a.j == before {
			a.j++ // not the text of this source
		}
	}
}

// cell is a value of a CSV file, trimmed.
func (a *aligner) cell() {
	quoted := len(a.src) > 0 && a.src[0] == '"'
	if quoted {
		a.j++
	}
	for a.j < len(a.src) && a.text != "" && a.src[a.j] != a.text[0] {
		a.j++
	}
	for !a.done() {
		switch c := a.src[a.j]; {
		case quoted && c == '"' && a.j+1 < len(a.src), a.lineBreak(a.j) == 2:
			a.pair(1, 2)
		case c == a.text[a.i]:
			a.pair(1, 1)
		default:
			a.j++
		}
	}
}

// flow is a plain or quoted scalar of YAML.
func (a *aligner) flow(style Style) {
	if style != Plain {
		a.j++
	}
	for !a.done() {
		if n, breaks := a.fold(a.j); breaks > 0 {
			// One line break is a space, every further one is itself.
			a.pair(max(1, breaks-1), n)
			continue
		}
		rest := a.src[a.j:]
		switch {
		case style == DoubleQuoted && rest[0] == '\\':
			a.escape()
		case style == SingleQuoted && bytes.HasPrefix(rest, []byte("''")):
			a.pair(1, 2)
		case rest[0] == a.text[a.i]:
			a.pair(1, 1)
		default:
			a.j++
		}
	}
}

// fold looks at white space with line breaks in it: its length and how many
// there are.
func (a *aligner) fold(j int) (n, breaks int) {
	at := j
	for at < len(a.src) {
		if m := a.lineBreak(at); m > 0 {
			at += m
			breaks++
		} else if a.src[at] == ' ' || a.src[at] == '\t' {
			at++
		} else {
			break
		}
	}
	return at - j, breaks
}

// escape is an escape sequence in double quotes.
func (a *aligner) escape() {
	if m := a.lineBreak(a.j + 1); m > 0 {
		// An escaped line break is nothing; empty lines after it count.
		n, breaks := a.fold(a.j + 1 + m)
		a.pair(breaks, 1+m+n)
		return
	}
	digits := 0
	if a.j+1 < len(a.src) {
		digits = map[byte]int{'x': 2, 'u': 4, 'U': 8}[a.src[a.j+1]]
	}
	n := 1
	if hex := a.src[min(a.j+2, len(a.src)):min(a.j+2+digits, len(a.src))]; digits > 0 {
		if r, err := strconv.ParseUint(string(hex), 16, 32); err == nil {
			n = utf8.RuneLen(rune(r))
		}
	} else if a.text[a.i] >= utf8.RuneSelf {
		_, n = utf8.DecodeRuneInString(a.text[a.i:]) // \N, \_, \L and \P
	}
	a.pair(max(n, 1), 2+digits)
}

// block is a literal or folded scalar, from its | or > on.
func (a *aligner) block(folded bool) {
	for a.j < len(a.src) && a.lineBreak(a.j) == 0 {
		a.j++
	}
	a.j += a.lineBreak(a.j)
	indent := max(0, leading(string(a.src[a.j:]))-leading(a.text))
	for !a.done() {
		for k := 0; k < indent && a.j < len(a.src) && a.src[a.j] == ' '; k++ {
			a.j++
		}
		n := 0
		for a.j+n < len(a.src) && a.lineBreak(a.j+n) == 0 {
			n++
		}
		stop := a.j + n
		a.same(n)
		if a.done() {
			return
		}
		a.j = stop
		switch m := a.lineBreak(a.j); {
		case !folded, a.text[a.i] == '\n':
			a.pair(1, m)
		case a.text[a.i] == ' ' && n > 0:
			a.pair(1, m)
		default:
			a.j += m
		}
	}
}

// leading is the number of spaces in front of the first line that has more.
func leading(s string) int {
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if rest := strings.TrimLeft(line, " "); rest != "" {
			return len(line) - len(rest)
		}
	}
	return 0
}
