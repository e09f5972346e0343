package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// kindReference exists because goldmark wants every node to have a kind; the
// walker goes by Go types.
var kindReference = ast.NewNodeKind("Reference")

// reference is one bracket: a record, or one or several citations.
type reference struct {
	ast.BaseInline
	refs []Ref
}

// Kind implements ast.Node.
func (*reference) Kind() ast.NodeKind { return kindReference }

// Dump implements ast.Node.
func (n *reference) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (n *reference) span() (start, end int) { return n.refs[0].Start, n.refs[len(n.refs)-1].End }

func validID(s string) bool { return s != "" && strings.IndexFunc(s, notID) < 0 }

func notID(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }

// referenceParser reads [@…] and [[…]].
type referenceParser struct{}

// Trigger implements parser.InlineParser.
func (p *referenceParser) Trigger() []byte { return []byte{'[', '!'} }

// Parse implements parser.InlineParser.
func (p *referenceParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	start := seg.Start - seg.Padding
	// The link parser would take "![" of "at last![[huawei]]" for an image.
	bang := line[0] == '!'
	if bang {
		line = line[1:]
		start++
	}
	var closer string
	switch {
	case bytes.HasPrefix(line, []byte("[@")):
		closer = "]"
	case bytes.HasPrefix(line, []byte("[[")):
		closer = "]]"
	default:
		return nil
	}
	skip := len("[[") - len("]]") + len(closer) // the @ belongs to the body
	if bang {
		block.Advance(1)
	}
	block.Advance(skip)
	body, at, closed := gather(block, closer)
	st := pc.(*state)
	if !closed {
		unterminated(st, parent, body, closer, start)
		return nil
	}
	if after, _ := block.PeekLine(); isAddress(after) {
		return nil // [@handle](https://…) and [[1]](https://…) are links
	}
	var node *reference
	if closer == "]" {
		node = citations(st, body, at, start)
	} else {
		node = record(st, body, at, start)
	}
	if node == nil {
		return nil
	}
	if bang {
		ast.MergeOrAppendTextSegment(parent, text.NewSegment(start-1, start))
	}
	return node
}

// gather reads up to the closer, over line breaks, and stops at a bracket that
// cannot belong to a reference; so that no byte is read twice for one opener.
func gather(block text.Reader, closer string) (body string, at stretches, closed bool) {
	var b strings.Builder
	for {
		line, seg := block.PeekLine()
		if line == nil {
			return b.String(), at, false
		}
		at = append(at, stretch{b.Len(), seg.Start - seg.Padding})
		for i := 0; i < len(line); i++ {
			switch c := line[i]; {
			case c == '\\' && i+1 < len(line):
				i++
			case c == '[', c == ']':
				b.Write(line[:i])
				if bytes.HasPrefix(line[i:], []byte(closer)) {
					block.Advance(i + len(closer))
					return b.String(), at, true
				}
				return b.String(), at, false
			}
		}
		b.Write(line)
		block.AdvanceLine()
	}
}

// isAddress reports whether what follows a bracket makes it the text of a
// Markdown link.
func isAddress(after []byte) bool {
	s := string(after[:min(len(after), 10)])
	for _, p := range []string{"(http:", "(https:", "(mailto:", "(www.", "(#", "(/", "(.", "(<", "(files/"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// unterminated complains of an opener without its closer where it was surely
// meant as one: quotations put brackets in brackets too.
func unterminated(st *state, parent ast.Node, body, closer string, start int) {
	if closer == "]" {
		word := strings.TrimLeft(body, "@")
		if body != "" && len(word) < len(body) && word != "" && !notID(rune(word[0]|0x20)) {
			st.problem(malformed, start, start+2, `"[@" is never closed`,
				`write [@source-id], or \[ for a bracket that is meant as such`)
		}
		return
	}
	id, _, _ := strings.Cut(body, "|")
	id = strings.TrimSuffix(strings.TrimSpace(firstLine(id)), `\`)
	word, _, more := strings.Cut(id, " ")
	if len(word) < 2 || !validID(word) || more && strings.Contains(body, "|") {
		return
	}
	hint := `write [[record-id]], or \[ for a bracket that is meant as such`
	if _, cell := parent.(*extast.TableCell); cell {
		hint = `in a table, write [[record-id\|text]]`
	}
	st.problem(malformed, start, start+2, `"[[" is never closed`, hint)
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// citations reads "@a, p. 3; @b". A semicolon that no @ follows belongs to
// the locator.
func citations(st *state, body string, at stretches, start int) *reference {
	var refs []Ref
	for from := 0; from <= len(body); {
		to := len(body)
		for i := from; i < len(body); i++ {
			if body[i] == ';' && strings.HasPrefix(strings.TrimLeft(body[i+1:], " \t\r\n"), "@") ||
				body[i] == ';' && strings.TrimSpace(body[i+1:]) == "" {
				to = i
				break
			}
		}
		item := strings.TrimSpace(body[from:to])
		from += len(body[from:to]) - len(strings.TrimLeft(body[from:to], " \t\r\n"))
		id, locator, _ := strings.Cut(strings.TrimPrefix(item, "@"), ",")
		id = strings.TrimSpace(id)
		if id == "" {
			st.problem(malformed, start, at.offset(len(body))+1, "a citation without a source",
				"write the id of a source, as in [@source-id, p. 12]")
			return nil
		}
		lead := strings.Index(body[from:], id) + from
		idFrom, idTo := at.offset(lead), at.offset(lead+len(id)-1)+1
		if !validID(id) {
			st.badID(id, idFrom, idTo)
			return nil
		}
		refs = append(refs, Ref{Kind: Citation, ID: id, Locator: unescape(locator), Start: idFrom, End: idTo})
		from = to + 1
	}
	return &reference{refs: refs}
}

// record reads "id" or "id|text"; in a table the bar is written "\|".
func record(st *state, body string, at stretches, start int) *reference {
	id, label, given := strings.Cut(body, "|")
	id = strings.TrimSuffix(id, `\`)
	lead := len(id) - len(strings.TrimLeft(id, " \t\r\n"))
	id = strings.TrimSpace(id)
	label = unescape(label)
	switch {
	case id == "":
		st.problem(malformed, start, at.offset(len(body))+2, "a reference without a record",
			"write the id of a record, as in [[record-id]]")
		return nil
	case given && label == "":
		st.problem(malformed, start, at.offset(len(body))+2, "a reference with an empty text",
			"write [["+id+"]], or a text after the bar")
		return nil
	}
	idFrom, idTo := at.offset(lead), at.offset(lead+len(id)-1)+1
	if !validID(id) {
		st.badID(id, idFrom, idTo)
		return nil
	}
	return &reference{refs: []Ref{{Kind: Record, ID: id, Text: label, Start: idFrom, End: idTo}}}
}

// badID complains of an id that no record can have.
func (st *state) badID(id string, start, end int) {
	hint := "an id consists of lower-case letters, digits and hyphens"
	mended := strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == ' ' || r == '.' || r == '\n':
			return '-'
		case r >= 'A' && r <= 'Z':
			return r | 0x20
		}
		return r
	}, id)
	if validID(mended) && len(mended) <= 80 {
		hint = `write "` + mended + `"; ` + hint
	}
	st.problem(malformed, start, end, `"`+shorten(id)+`" is not an id`, hint)
}

// unescape takes the backslashes off punctuation and makes line breaks spaces.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return strings.Join(strings.Fields(clean(b.String())), " ")
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}

// shorten cuts what a message quotes.
func shorten(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return string(r)
}
