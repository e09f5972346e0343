package load

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// maxDepth is how deeply values may be nested; records need six.
const maxDepth = 40

// maxFindings is how many findings of one YAML file are listed. A file with
// more is not a record with mistakes.
const maxFindings = 50

// yamlDoc is one document of a YAML file.
type yamlDoc struct{ Root model.Node }

func (l *loader) yaml(file *diag.File) []yamlDoc {
	from := 0
	if bytes.HasPrefix(file.Text(), bom) {
		from = len(bom)
	}
	return l.yamlPart(file, from, len(file.Text()))
}

// yamlPart reads the YAML between two offsets of a file: one document, or none
// when there is a problem, which is reported.
func (l *loader) yamlPart(file *diag.File, from, to int) []yamlDoc {
	y := &yamlReader{loader: l, file: file, base: from, text: file.Text()[from:to]}
	y.index()
	var docs []yamlDoc
	dec, err := yaml.NewLoader(bytes.NewReader(y.text), yaml.WithPlugin(limits{}))
	for err == nil {
		var n yaml.Node
		if err = dec.Load(&n); err != nil {
			break
		}
		if n.Kind == yaml.DocumentNode && len(n.Content) == 1 {
			if root := n.Content[0]; root.Kind != yaml.ScalarNode || root.Value != "" {
				docs = append(docs, yamlDoc{Root: y.node(root, -1, 0)})
			}
		}
	}
	if y.more > 0 {
		l.add("yaml-feature", place(file.Name()), "is it a record?", "%s more in this file", count(y.more, "finding"))
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
		l.add("yaml-syntax", file.Span(at, docs[1].Root.End), "write several records as one list, each after a hyphen", "the file holds more than one document")
		return nil
	}
	return docs
}

// limits stops the parser where records have ended long before.
type limits struct{}

var errTooDeep = errors.New("values are nested too deeply")

func (limits) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errTooDeep
	}
	return nil
}

// CheckAlias never refuses: aliases are reported, and never expanded.
func (limits) CheckAlias(int, int) error { return nil }

// yamlReader turns the nodes of the parser into those of the model.
type yamlReader struct {
	*loader
	file  *diag.File
	base  int // offset of text in the file
	text  []byte
	lines []int // offsets in text at which lines begin
	found int   // findings listed
	more  int   // findings not listed any more

	// The place found last. The next is mostly further on in the same line,
	// and a line may be as long as the file.
	line, column, off int
}

// report adds a finding of this file.
func (y *yamlReader) report(code string, at diag.Span, hint, format string, args ...any) *diag.Diagnostic {
	if y.found++; y.found > maxFindings {
		y.more++
		y.unread(y.file)
		return new(diag.Diagnostic)
	}
	return y.add(code, at, hint, format, args...)
}

// node turns a node of the parser into one of the model. The indent is that of
// the mapping or list it stands in, -1 at the top.
func (y *yamlReader) node(n *yaml.Node, indent, depth int) model.Node {
	start, end := y.span(n, indent)
	at := y.file.Span(start, end)
	out := model.Node{Start: start, End: end}
	switch {
	case depth > maxDepth:
		y.report("yaml-too-deep", at, "", "values are nested more than %d deep", maxDepth)
		return out
	case n.Kind == yaml.AliasNode:
		y.report("yaml-feature", at, "repeat the value; a text that begins with * needs quotes", "aliases are not read")
		return out
	case n.Anchor != "":
		y.report("yaml-feature", at, "leave out &"+n.Anchor+"; a text that begins with & needs quotes", "anchors are not read")
	case n.Style&yaml.TaggedStyle != 0, y.tagged(start):
		y.report("yaml-feature", at, "leave out the tag; a text that begins with ! needs quotes", "tags are not read")
	}
	switch n.Kind {
	case yaml.ScalarNode:
		out.Kind, out.Text, out.Style = model.Scalar, n.Value, style(n)
		out.Quoted = out.Style != model.Plain
		if !out.Quoted && (n.Value == "" || n.Value == "~" || n.Value == "null") {
			out.Kind = model.Null
		}
	case yaml.SequenceNode:
		out.Kind = model.List
		out.Items = make([]model.Node, 0, len(n.Content))
		for _, c := range n.Content {
			out.Items = append(out.Items, y.node(c, n.Column-1, depth+1))
		}
	case yaml.MappingNode:
		out.Kind = model.Map
		out.Fields = y.fields(n, depth)
	}
	if n.Style&yaml.FlowStyle != 0 {
		out.End = y.flowEnd(&out)
	}
	return out
}

// tagged reports a value with the tag ! alone, of which the parser says nothing.
func (y *yamlReader) tagged(start int) bool {
	return start < len(y.file.Text()) && y.file.Text()[start] == '!'
}

func style(n *yaml.Node) model.Style {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return model.DoubleQuoted
	case n.Style&yaml.SingleQuotedStyle != 0:
		return model.SingleQuoted
	case n.Style&yaml.LiteralStyle != 0:
		return model.Literal
	case n.Style&yaml.FoldedStyle != 0:
		return model.Folded
	}
	return model.Plain
}

func (y *yamlReader) fields(n *yaml.Node, depth int) []model.Field {
	fields := make([]model.Field, 0, len(n.Content)/2)
	seen := make(map[string]diag.Span, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		start, end := y.span(key, n.Column-1)
		at := y.file.Span(start, end)
		switch {
		case key.Kind == yaml.ScalarNode && key.Value == "<<":
			y.report("yaml-feature", at, "write the fields out", "merge keys are not read")
			continue
		case key.Kind != yaml.ScalarNode:
			y.report("yaml-feature", at, "", "the name of a field must be a word")
			continue
		case key.Anchor != "" || key.Style&yaml.TaggedStyle != 0 || y.tagged(start):
			y.report("yaml-feature", at, "leave it out", "anchors and tags are not read")
		}
		if first, ok := seen[key.Value]; ok {
			y.report("duplicate-key", at, "keep one of them", "%q stands here twice", key.Value).Related = []diag.Related{{Span: first}}
			continue
		}
		seen[key.Value] = at
		fields = append(fields, model.Field{Name: key.Value, Start: start, End: end, Value: y.node(n.Content[i+1], n.Column-1, depth+1)})
	}
	return fields
}
