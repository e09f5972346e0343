package markdown

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// tangled are texts of about n bytes on which a parser may take time that
// grows with the square of n, or memory that does.
func tangled(n int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, n/len(s)+1)[:n] }
	series := func(f func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(f(i))
		}
		return b.String()
	}
	return map[string]string{
		"quotes":            fill(">"),
		"quoted lines":      fill(strings.Repeat(">", 50) + "a\n"),
		"bullets":           fill("- "),
		"numbers":           fill("1. "),
		"deepening list":    series(func(i int) string { return strings.Repeat(" ", min(2*i, 400)) + "- a\n" }),
		"definitions":       fill("a\n: b\n"),
		"nested definition": "a\n" + fill(": "),
		"open brackets":     fill("["),
		"brackets":          fill("[")[:n/2] + fill("]")[:n/2],
		"pairs":             fill("[]"),
		"double brackets":   fill("[["),
		"open records":      fill("[[a "),
		"records":           fill("[[a]]"),
		"open citations":    fill("[@"),
		"citations":         "[" + fill("@a;") + "]",
		"long citation":     "[@" + fill("a"),
		"stars":             fill("*"),
		"openers":           fill("*a "),
		"mixed":             fill("*a_ "),
		"mixed in words":    fill("a**b_"),
		"nested emphasis":   fill("*a **b ")[:n/2] + fill("b** a*")[:n/2],
		"quotation marks":   fill(`"`),
		"apostrophes":       fill("'"),
		"dashes":            "a" + fill("-"),
		"dots":              fill("."),
		"backticks":         series(func(i int) string { return strings.Repeat("`", i+1) + " " }),
		"links":             fill("[a](b)"),
		"long addresses":    fill("[a](<"),
		"long titles":       fill("[a](b ("),
		"quoted titles":     fill(`[a](b "`),
		"emphasised links":  fill("*a [b](c) "),
		"open references":   fill("[a]["),
		"images":            fill("!["),
		"references":        "[a]: " + strings.Repeat("u", 1900) + "\n\n" + fill("[a] "),
		"huge reference":    "[a]: https://x.org/" + fill("u")[:n/2] + "\n\n" + fill("[a]")[:n/2],
		"definitions of":    series(func(i int) string { return fmt.Sprintf("[%d]: b\n", i) }),
		"footnotes":         series(func(i int) string { return fmt.Sprintf("r[^%d]\n\n[^%d]: x\n\n", i, i) }),
		"footnote":          fill("[^a]") + "\n\n[^a]: x\n",
		"unused footnotes":  series(func(i int) string { return fmt.Sprintf("[^%d]: x\n\n", i) }),
		"reversed notes": series(func(i int) string { return fmt.Sprintf("[^%d]: x\n\n", i) })[:n/2] + "\n\n" +
			series(func(i int) string { return fmt.Sprintf("[^%d]", n/20-i) })[:n/2],
		"wide table":     fill("|a")[:n/4] + "|\n" + fill("|-")[:n/4] + "|\n" + fill("|\n")[:n/2],
		"tables":         fill("|a|\n|-|\n"),
		"tags":           fill("<b>"),
		"blocks":         fill("<div>\n"),
		"tags in blocks": fill("<ul><li>"),
		"ends":           fill("</b>"),
		"open tags":      fill("<a "),
		"comments":       fill("<!-- "),
		"instructions":   fill("<?"),
		"declarations":   fill("<!A"),
		"data":           fill("<![CDATA["),
		"entities":       fill("&a"),
		"backslashes":    fill(`\[`),
		"addresses":      fill("http://a.b/("),
		"mail":           fill("a.b@"),
		"words":          fill("_a"),
		"headings":       fill("# a\n"),
		"anchors":        fill("# a\n")[:n/2] + "\n" + fill("[x](#y) ")[:n/2],
		"empty lines":    "- a\n" + fill("\n"),
		"controls":       fill("\x00\x01"),
	}
}

// TestTangled: eight times the text must not take much more than eight times
// as long, and must not write more than a small multiple.
func TestTangled(t *testing.T) {
	e := New("chart")
	measure := func(src string) (time.Duration, int) {
		start := time.Now()
		d := e.Parse(src)
		out := len(d.HTML(testRenderer())) + len(d.Plain(nil))
		d.Check(noPlace)
		return time.Since(start), out
	}
	const n = 1 << 16
	small, large := tangled(n), tangled(8*n)
	if testing.Short() {
		large = nil
	}
	for name, src := range small {
		took, size := measure(src)
		if took > 2*time.Second || size > 200*len(src) {
			t.Errorf("%s: %d bytes took %v and became %d", name, len(src), took, size)
		}
		if large == nil {
			continue
		}
		took8, size8 := measure(large[name])
		// Small times are noise.
		if took8 > 20*took+2*time.Second || took8 > 8*time.Second || size8 > 200*len(large[name]) {
			t.Errorf("%s: %d bytes took %v, eight times as many %v and became %d", name, len(src), took, took8, size8)
		}
		if took8 > time.Second {
			t.Logf("%s: 512 KB took %v and became %d bytes", name, took8, size8)
		}
	}
}

// TestTangledIsSafe: what comes out at the limits is still well-formed.
func TestTangledIsSafe(t *testing.T) {
	e := New("chart")
	for name, src := range tangled(6000) {
		for _, line := range []bool{false, true} {
			d := e.Parse(src)
			if line {
				d = e.ParseLine(src)
			}
			if err := inspect(d.HTML(testRenderer()), line); err != nil {
				s := err.Error()
				t.Errorf("%s: %s", name, s[:min(len(s), 300)])
			}
			if err := inspectRefs(src, d); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestLongText: nothing that a person writes meets a limit.
func TestLongText(t *testing.T) {
	src := strings.Repeat(strings.ReplaceAll(typical, "[^1]", ""), 2000)
	d := New("chart").Parse(src)
	if ds := d.Check(noPlace); len(ds) != 0 {
		t.Errorf("%d findings, the first: %v", len(ds), ds[0])
	}
	list := strings.Repeat("- a *b* [c](https://x.org) `d` [[e]]\n", 5000)
	if ds := New().Parse(list).Check(noPlace); len(ds) != 0 {
		t.Errorf("%d findings, the first: %v", len(ds), ds[0])
	}
	paragraph := strings.Repeat("It *is* so (see [c](https://x.org) and [@d, p. 3]), said **he**. ", 300)
	if ds := New().Parse(paragraph).Check(noPlace); len(ds) != 0 {
		t.Errorf("%d findings, the first: %v", len(ds), ds[0])
	}
}
