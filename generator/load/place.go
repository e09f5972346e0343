package load

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/generator/model"
)

// index notes where lines begin, as the parser counts them: it takes CR, NEL
// and the Unicode separators for line breaks too.
func (y *yamlReader) index() {
	y.lines = []int{0}
	for i := 0; i < len(y.text); i++ {
		switch y.text[i] {
		case '\n':
			y.lines = append(y.lines, i+1)
		case '\r':
			if i+1 == len(y.text) || y.text[i+1] != '\n' {
				y.lines = append(y.lines, i+1)
			}
		case 0xc2:
			if bytes.HasPrefix(y.text[i:], []byte("\u0085")) {
				y.lines = append(y.lines, i+2)
			}
		case 0xe2:
			if bytes.HasPrefix(y.text[i:], []byte("\u2028")) || bytes.HasPrefix(y.text[i:], []byte("\u2029")) {
				y.lines = append(y.lines, i+3)
			}
		}
	}
}

// offset is the place in text of a line and a column, which count from 1, the
// column in characters.
func (y *yamlReader) offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(y.lines) {
		return len(y.text)
	}
	if line != y.line || column < y.column {
		y.line, y.column, y.off = line, 1, y.lines[line-1]
	}
	for ; y.column < column && y.off < len(y.text) && y.text[y.off] != '\n'; y.column++ {
		_, n := utf8.DecodeRune(y.text[y.off:])
		y.off += n
	}
	return y.off
}

// span is the place of a node in the file, from its first byte to after its
// last. A mapping or list is marked by its first line.
func (y *yamlReader) span(n *yaml.Node, indent int) (start, end int) {
	off := y.offset(n.Line, n.Column)
	if n.Kind == yaml.ScalarNode {
		return y.base + off, y.base + scalarEnd(y.text, off, n, indent)
	}
	return y.base + off, y.base + y.firstLine(off)
}

// firstLine is the end of the line at an offset, without a comment. Of a very
// long line it is as much as anybody can be shown.
func (y *yamlReader) firstLine(off int) int {
	const most = 400
	end := min(len(y.text), off+most)
	for end < len(y.text) && !utf8.RuneStart(y.text[end]) {
		end--
	}
	s := y.text[off:end]
	if i := bytes.IndexAny(s, "\r\n"); i >= 0 {
		s = s[:i]
	}
	if i := bytes.Index(s, []byte(" #")); i > 0 {
		s = s[:i]
	}
	return min(off+max(len(bytes.TrimRight(s, " \t")), 1), len(y.text))
}

// flowEnd is the end of a mapping or list in brackets: after the bracket that
// closes it, when that stands on its first line.
func (y *yamlReader) flowEnd(n *model.Node) int {
	at := n.Start + 1
	if k := len(n.Fields); k > 0 {
		at = max(n.Fields[k-1].End, n.Fields[k-1].Value.End)
	}
	if k := len(n.Items); k > 0 {
		at = n.Items[k-1].End
	}
	text := y.file.Text()
	for at < n.End && (text[at] == ' ' || text[at] == ',' || text[at] == '\t') {
		at++
	}
	if at < n.End && (text[at] == ']' || text[at] == '}') {
		return at + 1
	}
	return n.End
}

// scalarEnd finds where a scalar ends, which the parser does not say.
func scalarEnd(text []byte, off int, n *yaml.Node, indent int) int {
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return blockEnd(text, off, indent)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i := off + 1; i < len(text); i++ {
			if text[i] == '\\' {
				i++
			} else if text[i] == '"' {
				return i + 1
			}
		}
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i := off + 1; i < len(text); i++ {
			if text[i] != '\'' {
				continue
			}
			if i+1 < len(text) && text[i+1] == '\'' {
				i++
				continue
			}
			return i + 1
		}
	case bytes.HasPrefix(text[off:], []byte(n.Value)):
		return off + len(n.Value)
	default:
		return plainEnd(text, off, n.Value)
	}
	return len(text)
}

// plainEnd follows a plain scalar over its lines: the words are the same, what
// lies between them is folded.
func plainEnd(text []byte, off int, value string) int {
	at := off
	for word := range strings.FieldsSeq(value) {
		i := bytes.Index(text[at:], []byte(word))
		if i < 0 {
			return at
		}
		at += i + len(word)
	}
	return at
}

// blockEnd is the end of a block scalar that begins with its | or > at off, in
// a mapping or list of some indent: the end of the last line that belongs to
// it and is not blank.
func blockEnd(text []byte, off, indent int) int {
	head, at := line(text, off)
	end := off + len(head)
	if i := strings.IndexAny(head, " \t"); i >= 0 {
		end = off + i // without a comment
	}
	need := 0 // spaces in front of its lines
	if i := strings.IndexAny(head[:end-off], "123456789"); i >= 0 {
		need = max(indent, 0) + int(head[i]-'0')
	}
	for at < len(text) {
		s, next := line(text, at)
		if rest := strings.TrimLeft(s, " "); rest != "" {
			n := len(s) - len(rest)
			if need == 0 && n > indent {
				need = n
			}
			if n <= indent || n < need {
				break
			}
			end = at + len(s)
		}
		at = next
	}
	return end
}

// lineOf is the index of the line in which an offset lies.
func lineOf(lines []int, off int) int {
	return max(0, sort.SearchInts(lines, off+1)-1)
}
