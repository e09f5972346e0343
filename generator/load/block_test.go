package load

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// Every key, value and finding of a block has its place in the text, whatever
// the block stands in.
func TestBlocks(t *testing.T) {
	text := "A chart:\n\n- > ```chart\n  > kind: price\n  > series: [a,\n  >   b]\n  > note: |\n  >   two\n  >   lines\n  > ```\n\n" +
		"~~~chart wide\nkind: price\n~~~\n\n```chart\n\n```\n\n```chart\nkind: price\nkind: \"open\n```\n\n```yaml\nkind: price\n```\n"
	var got strings.Builder
	for _, b := range newLoader().blocks()(text) {
		for _, d := range b.Found {
			fmt.Fprintf(&got, "%s: %s; %s at %q\n", d.Code, d.Message, d.Hint, text[d.Span.Start:d.Span.End])
		}
		for _, f := range b.Root.Fields {
			fmt.Fprintf(&got, "%q: %q, read as %q %d\n", text[f.Start:f.End], text[f.Value.Start:f.Value.End], f.Value.Text, len(f.Value.Items))
		}
	}
	want := `"kind": "price", read as "price" 0
"series": "[a,", read as "" 2
"note": "|\n  >   two\n  >   lines", read as "two\nlines\n" 0
chart-block: "wide" stands behind the word chart; write the options on the lines below, such as kind: price at "wide"
chart-block: the block says nothing; write options on the lines below, such as kind: price at "chart"
yaml-syntax: the quote is not closed; put the same quote at the end of the text at "\""
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func FuzzBlocks(f *testing.F) {
	f.Add("```chart\nkind: price\nseries: [a, b]\n```\n")
	f.Add("- > ~~~ chart\n  > kind: {a: \"b\\\n  > c\"}\n  > x: |\n  >  y\n")
	f.Add("```chart\n\tkind: &a *b\n---\n...\n```")
	find := newLoader().blocks()
	f.Fuzz(func(t *testing.T, text string) {
		inside := func(start, end int) {
			if start < 0 || end < start || end > len(text) {
				t.Fatalf("a place from %d to %d in a text of %d", start, end, len(text))
			}
		}
		var look func(n *model.Node)
		look = func(n *model.Node) {
			inside(n.Start, n.End)
			for i := range n.Fields {
				inside(n.Fields[i].Start, n.Fields[i].End)
				look(&n.Fields[i].Value)
			}
			for i := range n.Items {
				look(&n.Items[i])
			}
		}
		for _, b := range find(text) {
			inside(b.Start, b.Start)
			look(&b.Root)
			for _, d := range b.Found {
				inside(d.Span.Start, d.Span.End)
			}
		}
	})
}
