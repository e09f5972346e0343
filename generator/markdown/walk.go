package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// walker goes through goldmark's tree once and writes it to the sink.
type walker struct {
	engine *Engine
	*state
	src  []byte
	sink sink
	doc  Doc
	buf  textBuffer

	link    bool            // inside an <a>
	noted   map[[2]int]bool // the footnote markers written
	refused map[string]bool // elements whose start tag was left out
	tags    map[string]html.Token
	anchors []anchorLink
	slugs   slugger
}

// anchorLink is a link to a heading, known only when all have been read.
type anchorLink struct {
	hole       int
	start, end int
}

// textBuffer is what goldmark's writer writes to.
type textBuffer struct{ bytes.Buffer }

func (*textBuffer) Buffered() int { return 0 }
func (*textBuffer) Flush() error  { return nil }

func (w *walker) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

// in writes the children of a node in an element.
func (w *walker) in(tag, attrs string, n ast.Node) {
	id := w.sink.open(tag, attrs)
	w.children(n)
	w.sink.close(id)
}

func (w *walker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.String:
		w.write(string(n.Value))
	case *ast.Paragraph:
		if w.sink.line {
			if n.PreviousSibling() != nil {
				w.sink.newline()
			}
			w.children(n)
			return
		}
		w.in("p", "", n)
	case *ast.TextBlock:
		w.children(n)
		if n.NextSibling() != nil {
			w.sink.newline()
		}
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		w.in("blockquote", "", n)
	case *ast.List:
		switch {
		case !n.IsOrdered():
			w.in("ul", "", n)
		case n.Start != 1:
			w.in("ol", attr("start", strconv.Itoa(n.Start)), n)
		default:
			w.in("ol", "", n)
		}
	case *ast.ListItem:
		w.in("li", "", n)
	case *ast.ThematicBreak:
		w.sink.void("hr")
	case *ast.CodeBlock:
		w.code(n.Lines())
	case *ast.FencedCodeBlock:
		w.fenced(n)
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			w.in("strong", "", n)
		} else {
			w.in("em", "", n)
		}
	case *ast.Link:
		w.linkNode(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *reference:
		w.reference(n)
	case *ast.LinkReferenceDefinition:
	case *extast.Table:
		w.table(n)
	case *extast.DefinitionList:
		w.in("dl", "", n)
	case *extast.DefinitionTerm:
		w.in("dt", "", n)
	case *extast.DefinitionDescription:
		w.in("dd", "", n)
	case *extast.FootnoteLink:
		w.footnoteLink(n)
	case *extast.FootnoteBacklink:
		w.sink.put(hole{kind: holeBack, n: n.Index, m: n.RefIndex})
	case *extast.FootnoteList:
		w.footnoteList(n)
	default:
		w.children(n)
	}
}

// text writes a piece of text and the line break behind it.
func (w *walker) text(n *ast.Text) {
	value := n.Segment.Value(w.src)
	if n.IsRaw() {
		w.write(string(value))
	} else {
		w.inline(value)
	}
	switch {
	case n.HardLineBreak():
		w.sink.text("<br>\n")
		w.sink.flat = append(w.sink.flat, ' ')
	case n.SoftLineBreak() && !joined(value, w.after(n)):
		w.sink.text("\n")
		w.sink.flat = append(w.sink.flat, ' ')
	}
}

// after is the text that follows a node in its paragraph, when that is text.
func (w *walker) after(n ast.Node) []byte {
	next := n.NextSibling()
	for next != nil {
		if t, ok := next.(*ast.Text); ok {
			return t.Segment.Value(w.src)
		}
		next = next.FirstChild()
	}
	return nil
}

// joined reports whether no space belongs between two lines: between those of
// Chinese and Japanese, but not of Korean, which has spaces between words (CSS
// Text 3, "Segment Break Transformation Rules").
func joined(before, after []byte) bool {
	a, _ := utf8.DecodeLastRune(before)
	b, _ := utf8.DecodeRune(after)
	return isWide(a) && isWide(b)
}

func isWide(r rune) bool {
	if r < 0x2e80 || unicode.Is(unicode.Hangul, r) {
		return false
	}
	switch util.EastAsianWidth(r) {
	case "F", "W", "H":
		return true
	}
	return false
}

// write writes text as it is.
func (w *walker) write(s string) {
	w.sink.text(escape(s))
	w.sink.flat = append(w.sink.flat, clean(s)...)
}

// inline writes text in which backslashes and entities count.
func (w *walker) inline(value []byte) {
	w.write(w.resolve(value))
}

// resolve takes backslashes and entities out of a text.
func (w *walker) resolve(value []byte) string {
	if bytes.IndexByte(value, '\\') < 0 && bytes.IndexByte(value, '&') < 0 {
		return string(value)
	}
	w.buf.Reset()
	w.engine.writer.Write(&w.buf, value)
	return unescapeHTML(w.buf.String())
}

// unescapeHTML undoes what goldmark's writer escapes, and nothing more.
func unescapeHTML(s string) string { return unescaper.Replace(s) }

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

func (w *walker) heading(n *ast.Heading) {
	if n.Parent().Kind() != ast.KindDocument {
		id := w.sink.openHole("h2", hole{kind: holeHeading, n: -1, m: n.Level}, hole{kind: holeHeadingEnd, m: n.Level})
		w.children(n)
		w.sink.close(id)
		return
	}
	h := head{level: n.Level, from: len(w.sink.flat), first: len(w.sink.names)}
	i := len(w.doc.heads)
	w.doc.heads = append(w.doc.heads, h)
	id := w.sink.openHole("h2", hole{kind: holeHeading, n: i, m: n.Level}, hole{kind: holeHeadingEnd, m: n.Level})
	w.children(n)
	h.to, h.last = len(w.sink.flat), len(w.sink.names)
	w.sink.close(id)
	h.anchor = w.slugs.next(flatten(string(w.sink.flat[h.from:h.to]), h.from, w.sink.names[h.first:h.last], w.doc.refs, nil))
	w.doc.heads[i] = h
}

func (w *walker) code(lines *text.Segments) {
	pre := w.sink.open("pre", "")
	code := w.sink.open("code", "")
	for i := range lines.Len() {
		seg := lines.At(i)
		w.write(string(seg.Value(w.src)))
	}
	w.sink.close(code)
	w.sink.close(pre)
}

func (w *walker) codeSpan(n *ast.CodeSpan) {
	id := w.sink.open("code", "")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		value := string(t.Segment.Value(w.src))
		if line, broken := strings.CutSuffix(value, "\n"); broken {
			value = strings.TrimSuffix(line, "\r") + " "
		}
		w.write(value)
	}
	w.sink.close(id)
}

// fenced hands a block on, or writes it as code.
func (w *walker) fenced(n *ast.FencedCodeBlock) {
	var info text.Segment
	if n.Info != nil {
		info = n.Info.Segment
	}
	line := string(info.Value(w.src))
	word, _, _ := strings.Cut(line, " ")
	word, _, _ = strings.Cut(word, "\t")
	known := false
	for _, b := range w.engine.blocks {
		known = known || b == word && word != ""
	}
	if !known {
		w.nearBlock(word, info.Start)
		w.code(n.Lines())
		return
	}
	rest := strings.TrimLeft(line[len(word):], " \t")
	b := Block{
		Name: word, NameAt: info.Start,
		Info: strings.TrimSpace(rest), InfoAt: info.Start + len(line) - len(rest),
	}
	var body strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		at := stretch{body.Len(), seg.Start - seg.Padding}
		if i == 0 {
			b.Start = seg.Start
		}
		b.End = seg.Stop
		b.at = append(b.at, at)
		body.Write(seg.Value(w.src))
	}
	b.Body = body.String()
	if len(b.at) == 0 { // behind the line break of the fence
		b.Start = info.Stop
		if i := bytes.IndexByte(w.src[info.Stop:], '\n'); i >= 0 {
			b.Start += i + 1
		}
		b.End = b.Start
		b.at = stretches{{0, b.Start}}
	}
	w.sink.putBlock(hole{kind: holeBlock, n: len(w.doc.blocks)})
	w.doc.blocks = append(w.doc.blocks, b)
}

func (w *walker) table(n *extast.Table) {
	table := w.sink.open("table", "")
	body := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if _, ok := c.(*extast.TableHeader); ok {
			part := w.sink.open("thead", "")
			w.row(c, "th", ` scope="col"`)
			w.sink.close(part)
			continue
		}
		if body == 0 {
			body = w.sink.open("tbody", "")
		}
		w.row(c, "td", "")
	}
	w.sink.close(body)
	w.sink.close(table)
}

func (w *walker) row(n ast.Node, tag, attrs string) {
	row := w.sink.open("tr", "")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cell, ok := c.(*extast.TableCell)
		if !ok {
			continue
		}
		align := ""
		if cell.Alignment != extast.AlignNone {
			align = attr("align", cell.Alignment.String())
		}
		w.in(tag, attrs+align, cell)
	}
	w.sink.close(row)
}

func (w *walker) footnoteLink(n *extast.FootnoteLink) {
	if w.link { // an <a> cannot hold another
		w.sink.text("<sup>" + strconv.Itoa(n.Index) + "</sup>")
		return
	}
	if w.noted == nil {
		w.noted = map[[2]int]bool{}
	}
	w.noted[[2]int{n.Index, n.RefIndex}] = true
	w.sink.put(hole{kind: holeNote, n: n.Index, m: n.RefIndex})
}

func (w *walker) footnoteList(n *extast.FootnoteList) {
	section := w.sink.openHole("section", hole{kind: holeNotes}, hole{kind: holeNotesEnd})
	list := w.sink.open("ol", "")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		note, ok := c.(*extast.Footnote)
		if !ok {
			continue
		}
		item := w.sink.openHole("li", hole{kind: holeNoteItem, n: note.Index}, hole{kind: holeNoteItemEnd})
		w.children(note)
		w.sink.close(item)
	}
	w.sink.close(list)
	w.sink.close(section)
}

// reference writes a bracket; inside a link there is no place for another.
func (w *walker) reference(n *reference) {
	if w.link {
		start, end := n.span()
		w.problem(malformed, start, end, "a reference inside the text of a link", "put it behind the link")
		for _, r := range n.refs {
			if r.Kind == Record {
				w.write(r.label())
			}
		}
		return
	}
	from := len(w.doc.refs)
	for i, r := range n.refs {
		if r.Kind == Record {
			w.sink.names = append(w.sink.names, name{len(w.sink.flat), from + i})
		}
	}
	w.doc.refs = append(w.doc.refs, n.refs...)
	if n.refs[0].Kind == Record {
		w.sink.put(hole{kind: holeRecord, n: from})
		return
	}
	// What the flat text loses leaves no space behind: "fell [@a]." is "fell."
	if i := len(bytes.TrimRight(w.sink.flat, " ")); i > w.lastName() {
		w.sink.flat = w.sink.flat[:i]
	}
	w.sink.put(hole{kind: holeCites, n: from, m: len(w.doc.refs)})
}

// lastName is the end of the flat text that may not be taken back.
func (w *walker) lastName() int {
	last := 0
	if n := len(w.sink.names); n > 0 {
		last = w.sink.names[n-1].at
	}
	for _, h := range w.doc.heads[max(0, len(w.doc.heads)-1):] {
		last = max(last, h.from)
	}
	return last
}

// finish makes the Doc.
func (w *walker) finish() *Doc {
	w.sink.popAbove(0)
	d := &w.doc
	for i, h := range w.sink.holes {
		if h.kind == holeBack && !w.noted[[2]int{h.n, h.m}] {
			w.sink.holes[i].kind = holeNone
		}
	}
	w.resolveAnchors()
	for _, f := range w.sink.lost {
		if f.end > 0 {
			w.problem(unbalanced, f.start, f.end, "<"+f.tag+"> is not closed where it was opened",
				"write </"+f.tag+"> before the paragraph, cell or list item ends")
		}
	}
	w.unusedFootnotes()
	d.static, d.holes = string(w.sink.buf), w.sink.holes
	d.flat, d.names = string(w.sink.flat), w.sink.names
	d.problems = w.problems
	return d
}

// unusedFootnotes complains of notes that nothing refers to: goldmark takes
// them out of the tree.
func (w *walker) unusedFootnotes() {
	seen := map[string]bool{}
	for _, n := range w.notes {
		label := string(n.Ref)
		start := n.Pos() + len("[^")
		switch end := start + len(label); {
		case seen[label]:
			w.problem(unusedFootnote, start, end, `footnote "`+shorten(label)+`" is written twice; this one is not shown`,
				"give one of them another name")
		case n.Index < 0:
			w.problem(unusedFootnote, start, end, `nothing refers to footnote "`+shorten(label)+`"; it is not shown`,
				"write [^"+shorten(label)+"] where it belongs")
		}
		seen[label] = true
	}
}
