package load

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// maxDepth is how deeply values may be nested; records need six.
const maxDepth = 40

// yamlDoc is one document of a YAML file.
type yamlDoc struct{ Root model.Node }

func (l *loader) yaml(file *diag.File) []yamlDoc {
	from := 0
	if bytes.HasPrefix(file.Text(), bom) {
		from = len(bom)
	}
	return l.yamlPart(file, from, len(file.Text()))
}

// yamlPart reads the YAML between two offsets of a file. A file with nothing
// but comments has no document.
func (l *loader) yamlPart(file *diag.File, from, to int) []yamlDoc {
	y := &yamlReader{loader: l, file: file, base: from, text: file.Text()[from:to]}
	y.index()
	var docs []yamlDoc
	dec, err := yaml.NewLoader(bytes.NewReader(y.text))
	for err == nil {
		var n yaml.Node
		if err = dec.Load(&n); err != nil {
			break
		}
		if n.Kind == yaml.DocumentNode && len(n.Content) == 1 {
			if root := n.Content[0]; root.Kind != yaml.ScalarNode || root.Value != "" {
				docs = append(docs, yamlDoc{Root: y.node(root, 0)})
			}
		}
	}
	if !errors.Is(err, io.EOF) {
		y.syntax(err)
		return nil
	}
	switch {
	case len(docs) == 0 && len(bytes.TrimSpace(y.text)) == 0:
		l.add("yaml-syntax", place(file.Name()), "", "the file is empty")
	case len(docs) == 0:
		l.add("yaml-syntax", place(file.Name()), "", "the file holds no record")
	case len(docs) > 1:
		at := docs[1].Root.Start
		l.add("yaml-syntax", file.Span(at, at+1), "write several records as one list, each after a hyphen", "the file holds more than one document")
		return nil
	}
	return docs
}

type yamlReader struct {
	*loader
	file  *diag.File
	base  int // offset of text in the file
	text  []byte
	lines []int
}

func (y *yamlReader) index() {
	y.lines = []int{0}
	for i, c := range y.text {
		if c == '\n' {
			y.lines = append(y.lines, i+1)
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
	off := y.lines[line-1]
	for ; column > 1 && off < len(y.text) && y.text[off] != '\n'; column-- {
		_, n := utf8.DecodeRune(y.text[off:])
		off += n
	}
	return off
}

// syntax reports an error of the parser, with a hint for what most often is
// behind it.
func (y *yamlReader) syntax(err error) {
	var le *yaml.LoadError
	msg, off := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if errors.As(err, &le) {
		msg = le.Message
		mark := le.Mark
		if mark.Line == 0 {
			mark = le.ContextMark
		}
		off = y.offset(mark.Line, mark.Column)
	}
	rest := y.text[off:]
	start, _ := line(y.text, y.lines[lineOf(y.lines, off)])
	hint := ""
	switch {
	case strings.HasPrefix(strings.TrimLeft(start, " "), "\t"), len(rest) > 0 && rest[0] == '\t':
		hint = "indent with spaces, not with tabs"
	case strings.Contains(msg, "mapping values are not allowed"):
		hint = "put a text that holds a colon and a space in quotes"
	case strings.Contains(msg, "cannot start any token"):
		hint = "put a text that begins with this character in quotes"
	case strings.Contains(msg, "did not find expected key"), strings.Contains(msg, "did not find expected"):
		hint = "the indentation of this line does not fit those above it, or a quote above is not closed"
	case strings.Contains(msg, "unexpected end of stream"), strings.Contains(msg, "end of stream"):
		hint = "a quote or bracket is not closed"
	}
	y.add("yaml-syntax", y.file.Span(y.base+off, y.base+off+1), hint, "%s", msg)
}

func lineOf(lines []int, off int) int {
	for i := len(lines) - 1; i > 0; i-- {
		if lines[i] <= off {
			return i
		}
	}
	return 0
}

func (y *yamlReader) span(n *yaml.Node) (start, end int) {
	off := y.offset(n.Line, n.Column)
	switch n.Kind {
	case yaml.ScalarNode:
		return y.base + off, y.base + scalarEnd(y.text, off, n)
	default:
		// A mapping or list is marked by its first line.
		s, _ := line(y.text, off)
		s = strings.TrimRight(s, " \t")
		if i := strings.Index(s, " #"); i > 0 {
			s = strings.TrimRight(s[:i], " ")
		}
		return y.base + off, y.base + off + max(len(s), 1)
	}
}

// scalarEnd finds where a scalar ends, which the parser does not say.
func scalarEnd(text []byte, off int, n *yaml.Node) int {
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return blockEnd(text, off)
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
	return min(off+len(n.Value), len(text))
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

// blockEnd is the end of a block scalar that begins with its | or > at off:
// the last line indented at least as far as the first.
func blockEnd(text []byte, off int) int {
	_, at := line(text, off)
	indent, end := -1, at
	for at < len(text) {
		s, next := line(text, at)
		if trimmed := strings.TrimLeft(s, " "); trimmed != "" {
			n := len(s) - len(trimmed)
			if indent < 0 {
				indent = n
			}
			if n < indent || n == 0 {
				break
			}
			end = at + len(s)
		}
		at = next
	}
	return min(end, len(text))
}

// node turns a node of the parser into one of the model.
func (y *yamlReader) node(n *yaml.Node, depth int) model.Node {
	start, end := y.span(n)
	at := y.file.Span(start, end)
	out := model.Node{Start: start, End: end}
	switch {
	case depth > maxDepth:
		y.add("too-deep", at, "", "values are nested more than %d deep", maxDepth)
		return out
	case n.Kind == yaml.AliasNode:
		y.add("yaml-feature", at, "repeat the value", "aliases are not read")
		return out
	case n.Anchor != "":
		y.add("yaml-feature", at, "leave out &"+n.Anchor, "anchors are not read")
	case n.Style&yaml.TaggedStyle != 0:
		y.add("yaml-feature", at, "leave out the tag", "tags are not read")
	}
	switch n.Kind {
	case yaml.ScalarNode:
		out.Kind, out.Text = model.Scalar, n.Value
		out.Quoted = n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if !out.Quoted && (n.Value == "" || n.Value == "~" || n.Value == "null") {
			out.Kind = model.Null
		}
	case yaml.SequenceNode:
		out.Kind = model.List
		out.Items = make([]model.Node, 0, len(n.Content))
		for _, c := range n.Content {
			out.Items = append(out.Items, y.node(c, depth+1))
		}
	case yaml.MappingNode:
		out.Kind = model.Map
		out.Fields = y.fields(n, depth)
	}
	return out
}

func (y *yamlReader) fields(n *yaml.Node, depth int) []model.Field {
	fields := make([]model.Field, 0, len(n.Content)/2)
	seen := map[string]diag.Span{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		start, end := y.span(key)
		at := y.file.Span(start, end)
		switch {
		case key.Kind != yaml.ScalarNode:
			y.add("yaml-feature", at, "", "the name of a field must be a word")
			continue
		case key.Tag == "!!merge" || key.Value == "<<":
			y.add("yaml-feature", at, "write the fields out", "merge keys are not read")
			continue
		}
		if first, ok := seen[key.Value]; ok {
			y.add("duplicate-key", at, "keep one of them", "%q stands here twice", key.Value).Related = []diag.Related{{Span: first}}
			continue
		}
		seen[key.Value] = at
		fields = append(fields, model.Field{Name: key.Value, Start: start, End: end, Value: y.node(n.Content[i+1], depth+1)})
	}
	return fields
}
