package load

import (
	"bytes"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// blocks gives the function that finds the blocks of a Markdown text which ask
// for charts, and reads their YAML.
func (l *loader) blocks() func(text string) []model.Block {
	engine, plain := markdown.New(model.ChartFence), &loader{severity: l.severity} // without all that l has read
	return func(text string) []model.Block {
		if !strings.Contains(text, model.ChartFence) || !strings.Contains(text, "```") && !strings.Contains(text, "~~~") {
			return nil // reading Markdown takes much longer
		}
		var out []model.Block
		for _, b := range engine.Parse(text).Blocks() {
			out = append(out, plain.block(b))
		}
		return out
	}
}

// block reads one block. Its places are those within the text.
func (l *loader) block(b markdown.Block) model.Block {
	out := model.Block{Start: b.Start}
	inner := &loader{severity: l.severity}
	switch file := diag.NewFile("", []byte(b.Body)); {
	case b.Info != "":
		inner.add("chart-block", file.Span(0, 0), "write the options on the lines below, such as kind: price", "%q stands behind the word %s", b.Info, b.Name)
		inner.out[0].Span = diag.Span{File: file, Start: b.InfoAt, End: b.InfoAt + len(b.Info)}
	case len(bytes.TrimSpace([]byte(b.Body))) == 0:
		inner.add("chart-block", file.Span(0, 0), "write options on the lines below, such as kind: price", "the block says nothing")
		inner.out[0].Span = diag.Span{File: file, Start: b.NameAt, End: b.NameAt + len(b.Name)}
	default:
		docs := inner.yaml(file)
		for i := range inner.out {
			d := &inner.out[i]
			d.Message = strings.Replace(d.Message, "the file ", "the block ", 1)
			d.Span = within(b, d.Span)
			for k := range d.Related {
				d.Related[k].Span = within(b, d.Related[k].Span)
			}
		}
		if len(docs) == 1 {
			out.Root = docs[0].Root
			move(&out.Root, b)
		}
	}
	out.Found = inner.out
	return out
}

// within turns a place in the body of a block into one in the text.
func within(b markdown.Block, at diag.Span) diag.Span {
	at.Start, at.End = offsets(b, at.Start, at.End)
	return at
}

// move does so for a tree.
func move(n *model.Node, b markdown.Block) {
	n.Start, n.End = offsets(b, n.Start, n.End)
	for i := range n.Fields {
		f := &n.Fields[i]
		f.Start, f.End = offsets(b, f.Start, f.End)
		move(&f.Value, b)
	}
	for i := range n.Items {
		move(&n.Items[i], b)
	}
}

// offsets maps a range. Its end lies behind its last byte, which may stand at
// the end of a line in a quotation.
func offsets(b markdown.Block, start, end int) (int, int) {
	from := b.Offset(start)
	if end <= start {
		return from, from
	}
	return from, min(b.Offset(end-1)+1, b.Offset(len(b.Body)))
}
