package markdown

import (
	_ "embed"
	"strings"
	"testing"
)

// hostileText has one attempt on a line: at running code, at reaching another
// host, at forging our own markup, and at breaking out of it. "⏎" is a line
// break, "\u" and "\0" are what they are in JSON and C.
//
//go:embed testdata/hostile.txt
var hostileText string

var hostile = func() []string {
	var out []string
	in := strings.NewReplacer("⏎", "\n", `\u2028`, "\u2028", `\u2029`, "\u2029", `\u202e`, "\u202e", `\ufdd0`, "\ufdd0",
		`\ufffe`, "\ufffe", `\uffff`, "\uffff", `\0`, "\x00")
	for line := range strings.Lines(hostileText) {
		out = append(out, in.Replace(strings.TrimSuffix(line, "\n")))
	}
	return out
}()

// settings are the places in a text where an attempt is made.
var settings = []string{
	"%",
	"before % after",
	"- item\n- %\n- item",
	"> %\n\nafter",
	"| a | b |\n|---|---|\n| % | x |\n",
	"# %",
	"[%](https://x.org)",
	"![%](files/x.png)",
	"[[a|%]]",
	"[@a, %]",
	"*% **%***",
	"x[^1]\n\n[^1]: %\n",
	"Term %\n: %",
	"<div lang=\"zh\">\n%\n</div>\n\nafter",
	"<b title='%'>%</b>",
	"<table><tr><td>%</table>",
	"<ul><li>%",
	"%\n\n%",
	"[x](%) ![x](%) <%>",
	"[x](<%> '%')",
	"```chart %\n%\n```",
}

func TestHostile(t *testing.T) {
	if len(hostile) < 150 {
		t.Fatalf("only %d attempts", len(hostile))
	}
	e := New("chart")
	r := testRenderer()
	for _, attempt := range hostile {
		for _, s := range settings {
			src := strings.ReplaceAll(s, "%", attempt)
			d := e.Parse(src)
			out := d.HTML(r)
			if err := inspect(out, false); err != nil {
				t.Errorf("%q: %v\n%s", src, err, out)
			}
			if out := e.ParseLine(src).HTML(r); inspect(out, true) != nil {
				t.Errorf("%q in a line: %v\n%s", src, inspect(out, true), out)
			}
			if err := inspectRefs(src, d); err != nil {
				t.Errorf("%q: %v", src, err)
			}
			for _, h := range d.Headings(nil) {
				if !goodID.MatchString("p-" + h.Anchor) {
					t.Errorf("%q: anchor %q", src, h.Anchor)
				}
			}
		}
	}
}

// TestInspect: the judge of the tests above finds what it should.
func TestInspect(t *testing.T) {
	for _, bad := range []string{
		"<script>x</script>", "<b onclick=x>y</b>", "<b style=x>y</b>", "<b class=ref>y</b>", "<a class=ref href=#x>y</a>",
		"<b id=x>y</b>", "<a href=javascript:x>y</a>", "<a href=//x.org>y</a>", "<img src=https://x.org/y.png>", "<b>x", "x</b>",
		"</div>", "<p><ul></ul></p>", "<li>x</li>", "<table>x</table>", "<a href=#x><b><a href=#y>z</a></b></a>", "<b><p>x</b></p>",
		"<h2 id=p-a>x</h2><h2 id=p-a>x</h2>", "<a href='https://a@x.org/'\">x</a>", "<!-- x -->", "<b/>x",
	} {
		if inspect(bad, false) == nil {
			t.Errorf("%q passed", bad)
		}
	}
}
