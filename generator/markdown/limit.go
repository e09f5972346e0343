package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// goldmark takes time that grows with the square of the text in a number of
// places (measured: 64 KB of ">" take 5 s, of quotation marks 3 s, of "*a_ "
// 1 s), and a table writes rows times columns cells however short its rows.
// The parsers below stand between it and the text, and make it read as plain
// text what no person writes.
const (
	maxBlocks   = 60      // quotations and lists inside one another; a list is two
	maxElements = 200     // open elements; browsers and x/net/html stop at 512
	maxAddress  = 2000    // bytes of an address
	baseWork    = 1 << 22 // steps that any text may take, beyond
	byteWork    = 32      // those for each of its bytes
	maxBrackets = 20_000  // opening brackets in a paragraph
	baseCells   = 10_000  // cells a table may have beyond one for each of its bytes
	baseExpand  = 100_000 // bytes that link definitions may add beyond those of the text
)

// state is what the parsers know while they read one text.
type state struct {
	parser.Context
	line     bool
	work     int // steps left
	expand   int // bytes left for the addresses and titles of link definitions
	delims   int // of the block being read
	brackets int
	deep     bool
	notes    []*extast.Footnote
	problems []problem
}

func newState(size int, line bool) *state {
	return &state{
		Context: parser.NewContext(),
		line:    line,
		work:    baseWork + byteWork*size,
		expand:  max(baseExpand, size),
	}
}

// spend takes steps off what is left, and reports whether there were any.
func (st *state) spend(n, at int) bool {
	if st.work -= n; st.work >= 0 {
		return true
	}
	st.tooDeep(at, "this text is too tangled to read to its end; from here on, some markup is shown as it is written",
		"divide it into paragraphs, or write \\ before brackets and asterisks that are meant as such")
	return false
}

// tooDeep is said once a text: where one limit is passed, thousands are.
func (st *state) tooDeep(at int, message, hint string) {
	if !st.deep {
		st.deep = true
		st.problem(deep, at, at+1, message, hint)
	}
}

// newParser puts goldmark together, for texts or for lines.
func newParser(line bool) parser.Parser {
	inline := []util.PrioritizedValue{
		util.Prioritized(&referenceParser{}, 90),
		util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(unknownFootnotes{}, 102),
		util.Prioritized(links{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis{parser.NewEmphasisParser()}, 500),
		util.Prioritized(extension.NewLinkifyParser(
			extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})), 999),
		util.Prioritized(typographer{extension.NewTypographerParser(
			extension.WithTypographicSubstitutions(substitutions()))}, 9999),
	}
	if line {
		return parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(lines{parser.NewParagraphParser()}, 1000)),
			parser.WithInlineParsers(inline...),
			parser.WithEscapedSpace(),
		)
	}
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(container{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(container{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(container{extension.NewFootnoteBlockParser()}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(append(inline, util.Prioritized(footnotes{extension.NewFootnoteParser()}, 101))...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
		parser.WithEscapedSpace(),
	)
}

// lines take an indented line too: nothing else would, and goldmark drops the
// rest of a text that no block takes.
type lines struct{ parser.BlockParser }

func (lines) CanAcceptIndentedLine() bool { return true }

// container keeps blocks from standing too deep in one another.
type container struct{ parser.BlockParser }

func (p container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	st := pc.(*state)
	if len(pc.OpenedBlocks()) >= maxBlocks {
		_, seg := reader.PeekLine()
		st.tooDeep(seg.Start, "too many quotations and lists inside one another; from here on, they are shown as they are written",
			"put text that was pasted between lines of ```")
		return nil, parser.NoChildren
	}
	n, s := p.BlockParser.Open(parent, reader, pc)
	if note, ok := n.(*extast.Footnote); ok {
		st.notes = append(st.notes, note)
	}
	return n, s
}

// emphasis counts the runs of asterisks: each may be compared with all before.
type emphasis struct{ parser.InlineParser }

func (p emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	st := pc.(*state)
	_, seg := block.PeekLine()
	st.delims++
	if !st.spend(st.delims, seg.Start) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

func (emphasis) CloseBlock(_ ast.Node, _ text.Reader, pc parser.Context) { pc.(*state).delims = 0 }

// links counts the open brackets, which every closing one may have to pass,
// and the bytes in which it looks for the end of an address or a title.
type links struct{ parser.InlineParser }

func (p links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	st := pc.(*state)
	line, seg := block.PeekLine()
	if line[0] != ']' {
		st.brackets++
		if st.brackets > maxBrackets && !st.spend(st.work+1, seg.Start) {
			return nil
		}
	} else {
		cost := st.brackets
		if len(line) > 1 && (line[1] == '(' || line[1] == '[') {
			cost += len(line)
		}
		if !st.spend(cost, seg.Start) {
			return nil
		}
	}
	return p.InlineParser.Parse(parent, block, pc)
}

func (p links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	pc.(*state).brackets = 0
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// codeSpans counts the bytes in which the end of a code span is looked for in
// vain.
type codeSpans struct{ parser.InlineParser }

func (p codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	st := pc.(*state)
	_, seg := block.PeekLine()
	if st.work < 0 {
		return nil
	}
	n := p.InlineParser.Parse(parent, block, pc)
	if _, failed := n.(*ast.Text); failed {
		if lines := parent.Lines(); lines != nil && lines.Len() > 0 {
			last := lines.At(lines.Len() - 1)
			st.spend(last.Stop-seg.Start, seg.Start)
		}
	}
	return n
}

// footnotes counts the definitions, which are searched one by one.
type footnotes struct{ parser.InlineParser }

func (p footnotes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	st := pc.(*state)
	_, seg := block.PeekLine()
	if !st.spend(len(st.notes), seg.Start) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// unknownFootnotes stands behind the footnotes and complains of those that
// came to nothing.
type unknownFootnotes struct{}

func (unknownFootnotes) Trigger() []byte { return []byte{'['} }

func (unknownFootnotes) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[^")) {
		return nil
	}
	line = line[:min(len(line), 200)]
	end := bytes.IndexAny(line[2:], "[]\n")
	if end < 1 || line[2+end] != ']' || util.IsBlank(line[2:2+end]) || bytes.HasPrefix(line[3+end:], []byte("(")) {
		return nil
	}
	st := pc.(*state)
	at := seg.Start - seg.Padding + 2
	if st.line {
		st.problem(unknownFootnote, at, at+end, "a footnote in a text of one line", "footnotes belong into longer texts")
		return nil
	}
	label := string(line[2 : 2+end])
	st.problem(unknownFootnote, at, at+end, `no footnote "`+shorten(label)+`"`,
		`write the note as a paragraph that begins with "[^`+shorten(label)+`]: "`)
	return nil
}

// definitions counts link definitions in one paragraph: all lines are copied
// for each.
type definitions struct{ parser.ParagraphTransformer }

func (p definitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	n := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		if line := bytes.TrimLeft(reader.Source()[seg.Start:seg.Stop], " \t"); len(line) == 0 || line[0] != '[' {
			break
		}
		n++
	}
	if n > 0 && pc.(*state).spend(n*lines.Len()/4, lines.At(0).Start) {
		p.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// tables leaves alone a table with far more cells than were written.
type tables struct{ parser.ParagraphTransformer }

func (p tables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	columns, size := 0, 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := seg.Value(reader.Source())
		size += len(line)
		if i > 0 && len(bytes.Trim(line, "|-: \t\r\n")) == 0 {
			columns = max(columns, bytes.Count(line, []byte("|"))+1)
		}
	}
	if columns*lines.Len() > baseCells+size {
		first := lines.At(0)
		pc.(*state).tooDeep(first.Start, fmt.Sprintf("a table of %d columns and %d lines is not read as one", columns, lines.Len()),
			"leave out the empty columns")
		return
	}
	p.ParagraphTransformer.Transform(node, reader, pc)
}

// typographer keeps goldmark's from reading a run of quotation marks to its
// end from each of them, and from carrying an unclosed one into the next block
// (its CloseBlock has not the form that the parser calls).
type typographer struct{ parser.InlineParser }

func (p typographer) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if c := line[0]; (c == '"' || c == '\'') && len(line) > 2 && line[1] == c && line[2] == c {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

func (p typographer) CloseBlock(parent ast.Node, _ text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(interface {
		CloseBlock(ast.Node, parser.Context)
	}); ok {
		c.CloseBlock(parent, pc)
	}
}

// substitutions are characters where goldmark would write entities.
func substitutions() map[extension.TypographicPunctuation]string {
	return map[extension.TypographicPunctuation]string{
		extension.LeftSingleQuote:  "‘",
		extension.RightSingleQuote: "’",
		extension.LeftDoubleQuote:  "“",
		extension.RightDoubleQuote: "”",
		extension.EnDash:           "–",
		extension.EmDash:           "—",
		extension.Ellipsis:         "…",
		extension.LeftAngleQuote:   "«",
		extension.RightAngleQuote:  "»",
		extension.Apostrophe:       "’",
	}
}
