package load

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/generator/diag"
)

// problem is what the parser found, said so that somebody who has never read
// the specification of YAML knows what to do.
type problem struct {
	code, message, hint string
	atContext           bool // the place is where the thing begins, not where it broke off
}

// syntax reports an error of the parser.
func (y *yamlReader) syntax(err error) {
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		y.report("yaml-syntax", place(y.file.Name()), "", "%s", strings.TrimPrefix(err.Error(), "yaml: "))
		return
	}
	mark := le.Mark
	if mark.Line == 0 {
		mark = le.ContextMark
	}
	off := y.offset(mark.Line, mark.Column)
	if strings.Contains(le.Message, "control characters are not allowed") {
		off = firstControl(y.text) // the parser reads ahead, and has no place yet
	}
	p := y.explain(le, off)
	begin := y.offset(le.ContextMark.Line, le.ContextMark.Column)
	if p.atContext && le.ContextMark.Line > 0 {
		off = begin
	}
	size := 1
	if off < len(y.text) {
		_, size = utf8.DecodeRune(y.text[off:])
	}
	d := y.report(p.code, y.file.Span(y.base+off, y.base+off+size), p.hint, "%s", p.message)
	if le.ContextMark.Line > 0 && lineOf(y.lines, begin) != lineOf(y.lines, off) {
		d.Related = []diag.Related{{Span: y.file.Span(y.base+begin, y.base+begin+1), Message: "it begins there"}}
	}
}

func (y *yamlReader) explain(le *yaml.LoadError, off int) problem {
	p := problem{code: "yaml-syntax", message: le.Message}
	from := y.lines[lineOf(y.lines, off)]
	start, _ := line(y.text, from)
	start = strings.TrimLeft(start, " ")
	before := strings.TrimLeft(string(y.text[from:off]), " ") // on the line
	var at rune
	if off < len(y.text) {
		at, _ = utf8.DecodeRune(y.text[off:])
	}
	quoted := strings.Contains(le.ContextMsg, "quoted scalar")
	is := func(part string) bool { return strings.Contains(le.Message, part) }
	switch {
	case is(errTooDeep.Error()):
		p.code, p.message = "yaml-too-deep", fmt.Sprintf("values are nested more than %d deep", maxDepth)
	case strings.HasPrefix(start, "\t"), at == '\t', is("found a tab"):
		p.message, p.hint = "a tab stands in the indentation", "indent with spaces, not with tabs"
	case quoted && (is("unexpected end of stream") || is("unexpected document indicator")):
		p.message, p.hint, p.atContext = "the quote is not closed", "put the same quote at the end of the text", true
	case is("unknown escape character"), quoted && is("hexadecimal number"), is("invalid Unicode character escape"):
		p.message, p.hint = "a backslash stands in double quotes, but no such escape exists", `write \\, or put the text in single quotes`
	case strings.TrimSpace(string(y.text[off:])) == "" && (is("expected node content") || is("unexpected end of stream") || is("',' or")):
		p.message, p.hint = "the file ends in the middle of a value", "a bracket, brace or quote is not closed"
	case is("unknown anchor"):
		p.code, p.message, p.hint = "yaml-feature", "aliases are not read", "repeat the value; a text that begins with * needs quotes"
	case is("mapping values are not allowed") && !strings.Contains(before, ": ") && off > len(before):
		p.message, p.hint = "a field cannot begin inside the text above it", "indent the line like the other fields; or put a text that holds a colon and a space in quotes"
	case is("mapping values are not allowed"):
		p.message, p.hint = "a colon followed by a space begins a value, and none can stand here", "put a text that holds a colon and a space in quotes"
	case is("could not find expected ':'"):
		p.message, p.hint, p.atContext = "the line is neither a field nor part of the text above", "write name: value, or indent it like the text it belongs to", true
	case is("cannot start any token"):
		p.message, p.hint = fmt.Sprintf("a value cannot begin with %q", at), "put the text in quotes"
	case is("alphabetic or numeric character"):
		p.message, p.hint = "a value that begins with * or & is an alias or anchor, which are not read", "put the text in quotes"
	case is("',' or ']'"):
		p.message, p.hint, p.atContext = "the list is not closed, or a comma is missing in it", "put ] at its end, and quotes round a text that holds brackets, braces or commas", true
	case is("',' or '}'"):
		p.message, p.hint, p.atContext = "the mapping is not closed, or a comma is missing in it", "put } at its end, and quotes round a text that holds brackets, braces or commas", true
	case is("did not find expected key") && before != "" && !strings.HasPrefix(start, "- "):
		p.message, p.hint = "something follows a value that has ended", "put the whole text in quotes; a quote of the same sort inside is written twice if single, and after a backslash if double"
	case is("did not find expected key") && strings.HasPrefix(start, "- "):
		p.message, p.hint = "the line does not fit the list above it", "indent it as the other lines of the list are"
	case is("did not find expected key"):
		p.message, p.hint = "the line does not fit the fields above it", "indent it as they are; or a quote or bracket above is not closed"
	case is("expected '-' indicator"):
		p.message, p.hint = "the line does not fit the list above it", "begin it with a hyphen, or indent it like the text it belongs to"
	case is("block sequence entries are not allowed"):
		p.message, p.hint = "a list cannot begin here", "put it on lines of its own, or put the text in quotes"
	case is("expected node content"):
		p.message, p.hint = "a value is missing", "put a text that begins with a special character in quotes"
	case is("expected <document start>"), is("content after document-end"):
		p.message, p.hint = "the line does not belong to the value above it", "write name: value"
	case is("expected comment or line break"):
		p.message, p.hint = "nothing may follow | or > on its line", "begin the text on the next line, indented"
	case is("comment without preceding whitespace"):
		p.message, p.hint = "a # follows directly on a value", "put a space in front of a comment, or the text in quotes"
	case is("undefined tag handle"), strings.Contains(le.ContextMsg, "tag"):
		p.code, p.message, p.hint = "yaml-feature", "tags are not read", "leave out the tag; a text that begins with ! needs quotes"
	case is("directive"), strings.Contains(le.ContextMsg, "directive"):
		p.code, p.message, p.hint = "yaml-feature", "directives are not read", "leave out the line"
	case is("control characters are not allowed"):
		p.message, p.hint = "the file holds a control character", "delete it; it is not visible in an editor"
	}
	return p
}

// firstControl is where a control character stands that YAML does not allow.
func firstControl(text []byte) int {
	for i, r := range string(text) {
		if r != '\t' && r != '\n' && r != '\r' && r != 0x85 && unicode.Is(unicode.Cc, r) || r == 0xfffe || r == 0xffff {
			return i
		}
	}
	return 0
}
