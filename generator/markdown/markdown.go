// Package markdown turns the prose of records into safe HTML.
//
// Records are untrusted, and this is where their text becomes HTML. The
// package promises:
//
//   - Every element and attribute written comes from a fixed list. Ids and
//     classes are ours alone: what an author writes as HTML never shares a
//     string with our own markup, but reaches the output tag by tag, through
//     bluemonday and then through a writer that keeps the elements nested.
//   - The HTML of a text can stand in any flow container (that of ParseLine in
//     any phrasing container) without closing it, leaving anything open or
//     being read by a browser in another shape than it was written.
//   - No address comes out but http, https, mailto, an anchor in the page, or
//     an attachment in files/. No image is ever fetched from elsewhere.
//   - What is left out, and what does not refer to anything, is a diagnostic
//     with a place. No text is lost for being wrong: it is shown as text.
//   - The time and the output grow no faster than a small multiple of the
//     text, whatever the text.
package markdown

import (
	"slices"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// Engine reads texts. It is made once, because setting up the parsers costs
// more than reading a short text, and is safe for concurrent use.
type Engine struct {
	text, line parser.Parser
	policy     *bluemonday.Policy
	writer     html.Writer
	blocks     []string
}

// New makes an engine. The names are those of fenced code blocks that are
// handed on raw instead of being shown as code: "chart", "timeline".
func New(blocks ...string) *Engine {
	return &Engine{
		text:   newParser(false),
		line:   newParser(true),
		policy: newPolicy(),
		writer: html.NewWriter(html.WithEscapedSpace()),
		blocks: slices.Clone(blocks),
	}
}

// Parse reads a text of any number of blocks.
func (e *Engine) Parse(src string) *Doc { return e.parse(src, e.text, false) }

// ParseLine reads a title, a label or a name: a text that stands inside a
// line. Only the markup within a line counts, and no paragraph is written, so
// that "2. Huawei" is not a list and the HTML can stand in a heading.
func (e *Engine) ParseLine(src string) *Doc { return e.parse(src, e.line, true) }

func (e *Engine) parse(src string, p parser.Parser, line bool) *Doc {
	st := newState(len(src), line)
	source := []byte(src)
	root := p.Parse(text.NewReader(source), parser.WithContext(st))
	w := &walker{engine: e, state: st, src: source}
	w.sink.line = line
	w.node(root)
	return w.finish()
}

// Doc is a text that has been read. It does not change and is safe for
// concurrent use.
type Doc struct {
	static   string // HTML between the holes
	holes    []hole
	flat     string // the text without markup, without its references
	names    []name
	refs     []Ref
	blocks   []Block
	heads    []head
	problems []problem
}

// Kind says what a reference names.
type Kind uint8

// The kinds of references.
const (
	Citation Kind = iota // [@source-id, locator]
	Record               // [[record-id]], [[record-id|text]]
	File                 // [text](files/report.pdf), ![text](files/photo.jpg)
)

// Ref is a reference in a text, in the form it should have: an ID of records
// consists of lower-case letters, digits and hyphens; that of a File is its
// path below files/, with slashes and no escapes. Whether the thing exists is
// for the caller to say, who has the place: Start and End are the byte offsets
// of the ID in the source (of the whole address for a File).
type Ref struct {
	Kind       Kind
	ID         string
	Locator    string // of a Citation: "p. 12"
	Text       string // of a Record, when the author gave one; what an Image shows
	Image      bool   // the File is shown, not linked
	Start, End int
}

// Refs returns the references in the order in which they stand in the HTML,
// which is that of the source but for footnotes. Those that Check complains
// of are not among them. The slice must not be changed.
func (d *Doc) Refs() []Ref { return d.refs }

// Block is a fenced code block handed on raw.
type Block struct {
	Name string // "chart"
	Info string // the rest of the line after the name, without surrounding space
	Body string // the lines, each with its line break as written

	NameAt     int // offset of the name in the source
	InfoAt     int // offset of the info, or the end of the line
	Start, End int // offsets of the body in the source

	at stretches
}

// Offset is the offset in the source of byte i of the body. In a list or a
// quotation the two do not merely differ by Start. A line break that the source
// lacks at its end stands at the end.
func (b Block) Offset(i int) int { return min(b.at.offset(min(max(i, 0), len(b.Body))), b.End) }

// Blocks returns the fenced blocks handed on, as they stand in the text. The
// slice must not be changed.
func (d *Doc) Blocks() []Block { return d.blocks }

// Heading is a heading of the text itself (not one in a quotation or a list).
type Heading struct {
	Level  int    // as written, before Renderer.HeadingShift
	Text   string // without markup
	Anchor string // the id in the HTML, without Renderer.Prefix
}

// Headings returns the headings for a table of contents. The function names
// the records referred to, as in Plain.
func (d *Doc) Headings(name func(Ref) string) []Heading {
	out := make([]Heading, len(d.heads))
	for i, h := range d.heads {
		out[i] = Heading{Level: h.level, Text: flatten(d.flat[h.from:h.to], h.from, d.names[h.first:h.last], d.refs, name), Anchor: h.anchor}
	}
	return out
}

// Plain is the text without markup, for descriptions and search: a line for
// every block, footnotes last, without citations and handed-on blocks. A
// reference to a record is its text, else what the function says of it (which
// may be nil), else its id.
func (d *Doc) Plain(name func(Ref) string) string {
	return flatten(d.flat, 0, d.names, d.refs, name)
}

// head is a heading: its text is a range of Doc.flat and of Doc.names.
type head struct {
	level       int
	anchor      string
	from, to    int
	first, last int
}

// stretch and stretches map offsets in a text that was put together from
// lines to offsets in the source.
type (
	stretch   struct{ at, src int }
	stretches []stretch
)

func (s stretches) offset(i int) int {
	n, exact := slices.BinarySearchFunc(s, i, func(p stretch, i int) int { return p.at - i })
	if !exact {
		n--
	}
	if n < 0 {
		return i
	}
	return s[n].src + i - s[n].at
}
