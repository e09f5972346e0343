package markdown

import (
	"strings"
	"sync"
	"testing"
)

var htmlCases = []struct{ name, src, want string }{
	{"paragraphs", "One\nline.\n\nTwo *em* **strong** `co<de` \\*not\\* &amp; &copy; <3",
		"<p>One\nline.</p>\n<p>Two <em>em</em> <strong>strong</strong> <code>co&lt;de</code> *not* &amp; © &lt;3</p>\n"},
	{"hard break", "a\\\nb  \nc", "<p>a<br>\nb<br>\nc</p>\n"},
	{"typographer", `"Quoted" -- it's 'so' --- 1... <<x>>`, "<p>“Quoted” – it’s ‘so’ — 1… «x»</p>\n"},
	{"typographer stops at the block", "\"open\n\nnot \"closed", "<p>“open</p>\n<p>not “closed</p>\n"},
	{"typographer not in code", "`a -- \"b\"`\n\n    x -- y\n", "<p><code>a -- &#34;b&#34;</code></p>\n<pre><code>x -- y\n</code></pre>\n"},
	{"chinese lines join", "华为\n技术 and\n公司。\n它", "<p>华为技术 and\n公司。它</p>\n"},
	{"japanese in emphasis", "日本\n*語*です", "<p>日本<em>語</em>です</p>\n"},
	{"korean lines do not", "삼성\n전자", "<p>삼성\n전자</p>\n"},
	{"escaped space", "华为\\ **x**\\ 公司", "<p>华为<strong>x</strong>公司</p>\n"},
	{"citation", "Fell [@reuters-2022].",
		`<p>Fell <a class="ref" href="#s1"><span class="vh">Source </span>[1]</a>.</p>` + "\n"},
	{"citation with locator", "Fell [@a--b, pp. 3\\; 4 & 5].",
		`<p>Fell <a class="ref" href="#s1"><span class="vh">Source </span>[1, pp. 3; 4 &amp; 5]</a>.</p>` + "\n"},
	{"citations", "Fell [@a, p. 3; fn. 2; @b].",
		`<p>Fell <span class="refs"><a class="ref" href="#s1"><span class="vh">Source </span>[1, p. 3; fn. 2]</a>` + "\u2060" +
			`<a class="ref" href="#s1"><span class="vh">Source </span>[1]</a></span>.</p>` + "\n"},
	{"citation over a line break", "> Fell [@a,\n> p. 3].",
		"<blockquote>\n" + `<p>Fell <a class="ref" href="#s1"><span class="vh">Source </span>[1, p. 3]</a>.</p>` + "\n</blockquote>\n"},
	{"absent source", "Fell [@absent, p. <1>].", "<p>Fell [absent, p. &lt;1&gt;].</p>\n"},
	{"record", "By [[huawei]], [[huawei|the \\| firm]] and [[absent]] or [[absent|it]]!",
		`<p>By <a href="rec/huawei.html"><bdi lang="zh">华为</bdi></a>, <a href="rec/huawei.html">the | firm</a> and absent or it!</p>` + "\n"},
	{"record after an exclamation", "At last![[huawei|it]]", `<p>At last!<a href="rec/huawei.html">it</a></p>` + "\n"},
	{"no references in code", "`[[a]] [@b]`\n\n    [[a]]\n\n```\n[@b]\n```\n",
		"<p><code>[[a]] [@b]</code></p>\n<pre><code>[[a]]\n</code></pre>\n<pre><code>[@b]\n</code></pre>\n"},
	{"escaped references", `\[@a] \[[b]] [\[b]] [\@a]`, "<p>[@a] [[b]] [[b]] [@a]</p>\n"},
	{"links that look like references", "[@nyt](https://x.org/nyt) [[1]](https://x.org)",
		`<p><a href="https://x.org/nyt" rel="noopener noreferrer">@nyt</a> <a href="https://x.org" rel="noopener noreferrer">[1]</a></p>` + "\n"},
	{"reference in a link", "[see [[huawei]]](https://x.org)",
		`<p><a href="https://x.org" rel="noopener noreferrer">see huawei</a></p>` + "\n"},
	{"autolinks", "https://example.com/a?b=1&c. <https://x.org> www.x.org a@x.org [https://x.org](https://y.org)",
		`<p><a href="https://example.com/a?b=1&amp;c" rel="noopener noreferrer">https://example.com/a?b=1&amp;c</a>. ` +
			`<a href="https://x.org" rel="noopener noreferrer">https://x.org</a> <a href="http://www.x.org" rel="noopener noreferrer">www.x.org</a> ` +
			`<a href="mailto:a@x.org" rel="noopener noreferrer">a@x.org</a> <a href="https://y.org" rel="noopener noreferrer">https://x.org</a></p>` + "\n"},
	{"attachment", `[Report](files/a%20b.pdf#page=3 "The \"report\"")`,
		`<p><a href="files/a%20b.pdf#page=3" title="The &#34;report&#34;">Report</a></p>` + "\n"},
	{"image", `![The *gate* of <b>x</b>](files/gate.jpg "T")`, `<p><img src="files/gate.jpg" alt="The gate of x" title="T"></p>` + "\n"},
	{"empty link text", "[](https://x.org)", `<p><a href="https://x.org" rel="noopener noreferrer">https://x.org</a></p>` + "\n"},
	{"headings", "# One\n\n## 概览 & [[huawei|X]]\n\nOne\n---\n\n[up](#one-2) [page](#sources)\n\n> # Quoted\n",
		`<h2 id="p-one">One</h2>` + "\n" + `<h3 id="p-概览-x">概览 &amp; <a href="rec/huawei.html">X</a></h3>` + "\n" +
			`<h3 id="p-one-2">One</h3>` + "\n" + `<p><a href="#p-one-2">up</a> <a href="#sources">page</a></p>` + "\n" +
			"<blockquote>\n<h2>Quoted</h2>\n</blockquote>\n"},
	{"table", "| a | b | c | d |\n|:--|--:|:-:|---|\n| [[x\\|y]] | `p\\|q` | | 1 |\n",
		"<table>\n<thead>\n<tr>\n<th scope=\"col\" align=\"left\">a</th>\n<th scope=\"col\" align=\"right\">b</th>\n" +
			"<th scope=\"col\" align=\"center\">c</th>\n<th scope=\"col\">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n" +
			"<td align=\"left\"><a href=\"rec/x.html\">y</a></td>\n<td align=\"right\"><code>p|q</code></td>\n" +
			"<td align=\"center\"></td>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"},
	{"lists", "3. a\n4. b\n\n- c\n\n- d\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li><p>c</p>\n</li>\n<li><p>d</p>\n</li>\n</ul>\n"},
	{"definitions", "Term\n: Meaning\n", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>\n"},
	{"no task lists", "- [x] a\n", "<ul>\n<li>[x] a</li>\n</ul>\n"},
	{"footnotes", "a[^n] b[^n]\n\n[^n]: Note [@s].\n",
		`<p>a<sup id="p-fnref--1"><a class="fn" role="doc-noteref" href="#p-fn--1">1</a></sup> b<sup id="p-fnref--1-2">` +
			`<a class="fn" role="doc-noteref" href="#p-fn--1">1</a></sup></p>` + "\n" +
			`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">` + "\n<ol>\n" +
			`<li id="p-fn--1"><p>Note <a class="ref" href="#s1"><span class="vh">Source </span>[1]</a>.` + "\u00a0" +
			`<a class="fn-back" role="doc-backlink" aria-label="Back" href="#p-fnref--1">` + "↩\ufe0e</a>\u00a0" +
			`<a class="fn-back" role="doc-backlink" aria-label="Back 2" href="#p-fnref--1-2">` + "↩\ufe0e<sup>2</sup></a></p>\n</li>\n</ol>\n</section>\n"},
	{"footnote in a link", "[a[^n]](https://x.org)\n\n[^n]: N\n",
		`<p><a href="https://x.org" rel="noopener noreferrer">a<sup>1</sup></a></p>` + "\n" +
			`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">` + "\n<ol>\n<li id=\"p-fn--1\"><p>N</p>\n</li>\n</ol>\n</section>\n"},
	{"heading and footnote ids differ", "# fn 1\n\na[^n]\n\n[^n]: N\n",
		`<h2 id="p-fn-1">fn 1</h2>` + "\n" + `<p>a<sup id="p-fnref--1"><a class="fn" role="doc-noteref" href="#p-fn--1">1</a></sup></p>` + "\n" +
			`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">` + "\n<ol>\n<li id=\"p-fn--1\"><p>N\u00a0" +
			`<a class="fn-back" role="doc-backlink" aria-label="Back" href="#p-fnref--1">` + "↩\ufe0e</a></p>\n</li>\n</ol>\n</section>\n"},
	{"raw html", `H<sub>2</sub>O <abbr title="North Atlantic" class=x>NATO</abbr> <span lang="zh" id=y>华为</span> <ruby>漢<rt>kan</rt></ruby>`,
		`<p>H<sub>2</sub>O <abbr title="North Atlantic">NATO</abbr> <span lang="zh">华为</span> <ruby>漢<rt>kan</rt></ruby></p>` + "\n"},
	{"details", "<details>\n<summary>More</summary>\n\nText [[huawei|x]]\n\n</details>\n",
		"<details>\n<summary>More</summary>\n<p>Text <a href=\"rec/huawei.html\">x</a></p>\n</details>\n"},
	{"raw table is completed", "<table><tr><th scope=row>a<td colspan=2>b</table>\n",
		"<table>\n<tbody>\n<tr>\n<th scope=\"row\">a</th>\n<td colspan=\"2\">b</td>\n</tr>\n</tbody>\n</table>\n"},
	{"raw html cannot break out", "a </p></div></li></ul></main></body> b\n\n</section>\n\nc", "<p>a  b</p>\n<p>c</p>\n"},
	{"raw html is closed where its block ends", "- <b>x\n- y\n\n<blockquote>\n\nz\n",
		"<ul>\n<li><b>x</b></li>\n<li>y</li>\n</ul>\n<blockquote>\n<p>z</p>\n</blockquote>\n"},
	{"comments vanish", "a <!-- note --> b\n\n<!--\nmore\n-->\n", "<p>a  b</p>\n"},
	{"an open quotation mark takes nothing in", "<p title=\"\n\nText\n\n\">x\n", "&lt;p title=&#34;\n<p>Text</p>\n<p>“&gt;x</p>\n"},
	{"text between cells leaves the table", "<table>x<tr>y</table>z\n", "<table>\n</table>\nxyz\n"},
	{"code block of another kind", "```go title=x\na < b\r\n```\n", "<pre><code>a &lt; b\n</code></pre>\n"},
	{"controls", "a\x00b\x01c\u0085d\xffe\ufffef &#0; &#1;", "<p>a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf \ufffd \ufffd</p>\n"},
	{"reference definitions", "[a][r] [r]\n\n[r]: https://x.org 'T'\n",
		`<p><a href="https://x.org" title="T" rel="noopener noreferrer">a</a> <a href="https://x.org" title="T" rel="noopener noreferrer">r</a></p>` + "\n"},
	{"windows line breaks", "a\r\nb [@s,\r\np. 1]\r\n\r\n- c\r\n",
		"<p>a\nb " + `<a class="ref" href="#s1"><span class="vh">Source </span>[1, p. 1]</a></p>` + "\n<ul>\n<li>c</li>\n</ul>\n"},
}

func TestHTML(t *testing.T) {
	e := New("chart")
	r := testRenderer()
	r.HeadingShift = 1
	for _, c := range htmlCases {
		t.Run(c.name, func(t *testing.T) {
			d := e.Parse(c.src)
			got := d.HTML(r)
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if err := inspect(got, false); err != nil {
				t.Error(err)
			}
			if err := inspectRefs(c.src, d); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestParseLine(t *testing.T) {
	e := New()
	for _, c := range []struct{ src, want, unlinked string }{
		{"2. Huawei *denies*", "2. Huawei <em>denies</em>", ""},
		{"# Not a heading", "# Not a heading", ""},
		{"- > | a | b", "- &gt; | a | b", ""},
		{"    indented", "indented", ""},
		{"a\n\nb", "a\nb", ""},
		{"<p>a</p> <ul><li>b</li></ul> <i>c</i>", "a b <i>c</i>", ""},
		{"[[x|X]] [@s] [w](https://w.org)", `<a href="rec/x.html">X</a> <a class="ref" href="#s1"><span class="vh">Source </span>[1]</a> ` +
			`<a href="https://w.org" rel="noopener noreferrer">w</a>`, `X <span class="vh">Source </span>[1] w`},
		{"", "", ""},
	} {
		d := e.ParseLine(c.src)
		r := testRenderer()
		got := d.HTML(r)
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.src, got, c.want)
		}
		if err := inspect(got, true); err != nil {
			t.Error(err)
		}
		r.Unlinked = true
		if got := d.HTML(r); c.unlinked != "" && got != c.unlinked {
			t.Errorf("%q unlinked: got %q, want %q", c.src, got, c.unlinked)
		}
	}
}

func TestRenderer(t *testing.T) {
	e := New("chart")
	d := e.Parse("# T\n\n[@s, p. 1] [[x]] [f](files/f.pdf#page=2) ![alt](files/i.png)\n\n> ```chart wide\n> a: 1\n> ```\n")
	zero := "<h1 id=\"t\">T</h1>\n<p>[s, p. 1] x <a href=\"files/f.pdf#page=2\">f</a> <img src=\"files/i.png\" alt=\"alt\"></p>\n" +
		"<blockquote>\n<pre><code>a: 1\n</code></pre>\n</blockquote>\n"
	if got := d.HTML(Renderer{}); got != zero {
		t.Errorf("zero renderer: got\n%s", got)
	}
	var block Block
	place := 0
	got := d.HTML(Renderer{
		HeadingShift: 9,
		Cite:         func(Ref) (Reference, bool) { return Reference{Label: "not public"}, true },
		Record:       func(Ref) (Link, bool) { return Link{Text: "<X>"}, true },
		File:         func(r Ref) (string, bool) { return "../files/" + r.ID, !r.Image },
		Block:        func(b Block, at int) bool { block, place = b, at; return true },
	})
	got = got[:place] + "<svg>" + block.Name + "," + block.Info + "," + block.Body + "</svg>" + got[place:]
	want := "<h6 id=\"t\">T</h6>\n<p>[not public, p. 1] &lt;X&gt; <a href=\"../files/f.pdf#page=2\">f</a> alt</p>\n" +
		"<blockquote>\n<svg>chart,wide,a: 1\n</svg>\n</blockquote>\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := d.HTML(Renderer{File: func(Ref) (string, bool) { return "", false }, HeadingShift: -3}); !strings.Contains(got, "x f alt</p>") || !strings.Contains(got, "<h1") {
		t.Errorf("absent files: got\n%s", got)
	}
}

func TestBlocks(t *testing.T) {
	src := "```chart  wide  {a: 1} \r\nx: 1\r\ny: 2\r\n```\n\n- item\n\n  ~~~timeline\n  a\n   b\n  ~~~\n\n```chart\n```\n\n```chart"
	d := New("chart", "timeline").Parse(src)
	b := d.Blocks()
	if len(b) != 4 {
		t.Fatalf("%d blocks", len(b))
	}
	if b[0].Name != "chart" || b[0].Info != "wide  {a: 1}" || b[0].Body != "x: 1\r\ny: 2\r\n" || src[b[0].Start:b[0].End] != b[0].Body ||
		!strings.HasPrefix(src[b[0].InfoAt:], "wide") {
		t.Errorf("first block: %+v", b[0])
	}
	if b[1].Body != "a\n b\n" || src[b[1].Offset(3)] != 'b' || src[b[1].Offset(0)] != 'a' || src[b[1].NameAt:b[1].NameAt+8] != "timeline" {
		t.Errorf("block in a list: %+v", b[1])
	}
	if b[2].Body != "" || !strings.HasPrefix(src[b[2].Start:], "```\n") || b[2].Start != b[2].End {
		t.Errorf("empty block: %+v", b[2])
	}
	if b[3].Body != "" || b[3].Start != len(src) || b[3].Offset(7) != len(src) {
		t.Errorf("block at the end: %+v", b[3])
	}
}

func TestRefs(t *testing.T) {
	src := "华为[^n] [@a, p. 3; @bc] [f](files/x.pdf)\n> [[d|\n> e]] ![g](<files/y z.png>) ![g](files/y%20z.png)\n\n[^n]: [[n]]\n"
	d := New().Parse(src)
	var got []string
	for _, r := range d.Refs() {
		got = append(got, strings.Join([]string{"CRF"[r.Kind : r.Kind+1], r.ID, r.Locator, r.Text, src[r.Start:r.End]}, "/"))
	}
	want := "C/a/p. 3//a C/bc///bc F/x.pdf///files/x.pdf R/d//e/d F/y z.png//g/files/y%20z.png R/n///n"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestPlain(t *testing.T) {
	d := New("chart").Parse("# About [[huawei]]\n\nIt *fell* [@a, p. 3]. [@b] \"So\" it -- [[x|the firm]] -- said[^1] &lt;b>.\n" +
		"<b>More</b> `code` ![alt](files/x.png)\n\n| a | b |\n|--|--|\n| [[y]] | 2 |\n\n```chart\nno\n```\n\n[^1]: Note.\n")
	want := "About Huawei\nIt fell. “So” it – the firm – said <b>. More code alt\na b\ny 2\nNote."
	name := func(r Ref) string { return map[string]string{"huawei": "Huawei"}[r.ID] }
	if got := d.Plain(name); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if h := d.Headings(nil); len(h) != 1 || h[0] != (Heading{1, "About huawei", "about-huawei"}) {
		t.Errorf("headings: %+v", h)
	}
	if h := d.Headings(name); h[0].Text != "About Huawei" {
		t.Errorf("headings: %+v", h)
	}
}

func TestAnchors(t *testing.T) {
	long := strings.Repeat("a", 200)
	src := "# a\n# A\n# a-2\n# !\n# Ünïcode Überschrift\n# العربية\n# हिन्दी\n# " + long + "\n# --x--\n# [[r]]\n"
	var got []string
	for _, h := range New().Parse(src).Headings(nil) {
		got = append(got, h.Anchor)
	}
	want := "a a-2 a-2-2 section ünïcode-überschrift العربية हिन्दी " + long[:maxSlug] + " x r"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestConcurrent(t *testing.T) {
	e := New("chart")
	shared := e.Parse(typical)
	want := shared.HTML(testRenderer())
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if shared.HTML(testRenderer()) != want || e.Parse(typical).HTML(testRenderer()) != want {
					t.Error("the HTML differs")
				}
				shared.Plain(nil)
				shared.Check(noPlace)
			}
		})
	}
	wg.Wait()
}
