package markdown

import (
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

func noPlace(int, int) diag.Span { return diag.Span{} }

// checkCases show what a user reads. A line with two spaces before the end is
// written with \x20, so that editors leave it alone.
var checkCases = []struct{ name, src, want string }{
	{"clean", typical, ""},
	{"id in another form, in Chinese and with CRLF", "华为公司\r\n据报道，股价下跌 [@Reuters_2022, p. 3]。\r\n", `
a.md:2:12: error[malformed-reference]: "Reuters_2022" is not an id
   2 | 据报道，股价下跌 [@Reuters_2022, p. 3]。
     |                    ^^^^^^^^^^^^ write "reuters-2022"; an id consists of lower-case letters, digits and hyphens
`},
	{"empty citations", "a [@] b [@ ] c [@a; @]", `
a.md:1:3: error[malformed-reference]: a citation without a source
   1 | a [@] b [@ ] c [@a; @]
     |   ^^^ write the id of a source, as in [@source-id, p. 12]
a.md:1:9: error[malformed-reference]: a citation without a source
   1 | a [@] b [@ ] c [@a; @]
     |         ^^^^ write the id of a source, as in [@source-id, p. 12]
a.md:1:16: error[malformed-reference]: a citation without a source
   1 | a [@] b [@ ] c [@a; @]
     |                ^^^^^^^ write the id of a source, as in [@source-id, p. 12]
`},
	{"second source without @", "[@a; b]", `
a.md:1:3: error[malformed-reference]: "a; b" is not an id
   1 | [@a; b]
     |   ^^^^ an id consists of lower-case letters, digits and hyphens
`},
	{"empty records", "[[]] [[|x]] [[a|]]", `
a.md:1:1: error[malformed-reference]: a reference without a record
   1 | [[]] [[|x]] [[a|]]
     | ^^^^ write the id of a record, as in [[record-id]]
a.md:1:6: error[malformed-reference]: a reference without a record
   1 | [[]] [[|x]] [[a|]]
     |      ^^^^^^ write the id of a record, as in [[record-id]]
a.md:1:13: error[malformed-reference]: a reference with an empty text
   1 | [[]] [[|x]] [[a|]]
     |             ^^^^^^ write [[a]], or a text after the bar
`},
	{"unterminated", "by [[huawei and [@reuters-2022, p. 3\n\nand [[hik]", `
a.md:1:4: error[malformed-reference]: "[[" is never closed
   1 | by [[huawei and [@reuters-2022, p. 3
     |    ^^ write [[record-id]], or \[ for a bracket that is meant as such
a.md:1:17: error[malformed-reference]: "[@" is never closed
   1 | by [[huawei and [@reuters-2022, p. 3
     |                 ^^ write [@source-id], or \[ for a bracket that is meant as such
a.md:3:5: error[malformed-reference]: "[[" is never closed
   3 | and [[hik]
     |     ^^ write [[record-id]], or \[ for a bracket that is meant as such
`},
	{"brackets in quotations", "He said [[T]he company] and [[1] [2]] and [@ home alone", ""},
	{"bar in a table", "| a |\n|---|\n| [[huawei|x]] |\n", `
a.md:3:3: error[malformed-reference]: "[[" is never closed
   3 | | [[huawei|x]] |
     |   ^^ in a table, write [[record-id\|text]]
`},
	{"reference in a link", "[see [@a] and [[b]]](https://x.org) ![of [[c]]](files/x.png)", `
a.md:1:8: error[malformed-reference]: a reference inside the text of a link
   1 | [see [@a] and [[b]]](https://x.org) ![of [[c]]](files/x.png)
     |        ^ put it behind the link
a.md:1:17: error[malformed-reference]: a reference inside the text of a link
   1 | [see [@a] and [[b]]](https://x.org) ![of [[c]]](files/x.png)
     |                 ^ put it behind the link
a.md:1:44: error[malformed-reference]: a reference inside the description of an image
   1 | [see [@a] and [[b]]](https://x.org) ![of [[c]]](files/x.png)
     |                                            ^ put it behind the image
`},
	{"reference inside html", "<details>\n<summary>x</summary>\nSee [@a].\n</details>\n", `
a.md:3:5: error[malformed-reference]: a reference inside HTML is not read
   3 | See [@a].
     |     ^^ leave an empty line between the tags and the text
`},
	{"links", "[a](javascript:x) [b](//x.org) [c](/about.html) [d](../up) [e](page.html) [f]() <ftp://x> [g](files/../x)", `
a.md:1:5: error[bad-link]: an address with "javascript:"
   1 | [a](javascript:x) [b](//x.org) [c](/about.html) [d](../up) [e](page.html) [f]() <ftp://x> [g](files/…
     |     ^^^^^^^^^^^^ links can lead to http:, https: and mailto: addresses
a.md:1:23: error[bad-link]: an address without "https:"
   1 | [a](javascript:x) [b](//x.org) [c](/about.html) [d](../up) [e](page.html) [f]() <ftp://x> [g](files/…
     |                       ^^^^^^^ write "https://x.org"
a.md:1:36: error[bad-link]: an address that begins with a slash does not work from a disk or a zip
   1 | [a](javascript:x) [b](//x.org) [c](/about.html) [d](../up) [e](page.html) [f]() <ftp://x> [g](files/…
     |                                    ^^^^^^^^^^^ write [[record-id]] for a page of this site, or files/name for an attachment
a.md:1:53: error[bad-link]: not the name of an attachment
   1 | [a](javascript:x) [b](//x.org) [c](/about.html) [d](../up) [e](page.html) [f]() <ftp://x> [g](files/…
     |                                                     ^^^^^ write files/ and the name as it is in data/files, without .. and ?
a.md:1:64: error[bad-link]: an address that names no page and no attachment
`, // the rest is in TestAddresses
	},
	{"images", "![](files/x.png) ![a](https://x.org/y.png) ![b](#c) ![d](x.png)\n\n![e][r]\n\n[r]: HTTP://x.org/z.png\n", `
a.md:1:1: warning[missing-alt]: an image without a description
   1 | ![](files/x.png) ![a](https://x.org/y.png) ![b](#c) ![d](x.png)
     | ^^^ say in the square brackets what can be seen
a.md:1:23: error[remote-image]: an image from elsewhere
   1 | ![](files/x.png) ![a](https://x.org/y.png) ![b](#c) ![d](x.png)
     |                       ^^^^^^^^^^^^^^^^^^^ save it in data/files and write files/ and its name
a.md:1:49: error[bad-link]: an image without a file
   1 | ![](files/x.png) ![a](https://x.org/y.png) ![b](#c) ![d](x.png)
     |                                                 ^^ write files/ and the name of the image
a.md:1:58: error[bad-link]: an address that names no page and no attachment
   1 | ![](files/x.png) ![a](https://x.org/y.png) ![b](#c) ![d](x.png)
     |                                                          ^^^^^ write [[record-id]] for a page of this site, or files/name for an attachment
a.md:5:6: error[remote-image]: an image from elsewhere
   5 | [r]: HTTP://x.org/z.png
     |      ^^^^^^^^^^^^^^^^^^ save it in data/files and write files/ and its name
`},
	{"html left out", "<a href=x>t</a> <b style=\"color:red\" onclick=x>u</b> <img src=x>\n\n<script>\nx\n</script>\n", `
a.md:1:1: warning[raw-html-removed]: <a> is left out
   1 | <a href=x>t</a> <b style="color:red" onclick=x>u</b> <img src=x>
     | ^^^^^^^^^^ write [text](address)
a.md:1:17: warning[raw-html-removed]: the attribute "style" of <b> is left out
   1 | <a href=x>t</a> <b style="color:red" onclick=x>u</b> <img src=x>
     |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
a.md:1:17: warning[raw-html-removed]: the attribute "onclick" of <b> is left out
   1 | <a href=x>t</a> <b style="color:red" onclick=x>u</b> <img src=x>
     |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
a.md:1:54: warning[raw-html-removed]: <img> is left out
   1 | <a href=x>t</a> <b style="color:red" onclick=x>u</b> <img src=x>
     |                                                      ^^^^^^^^^^^ write ![what can be seen](files/name)
a.md:3:1: warning[raw-html-removed]: <script> is left out
   3 | <script>
     | ^^^^^^^^
`},
	{"html of other kinds", "<!DOCTYPE html>\n\n<?php x ?>\n\n<li>x</li>\n\n</main>\n\n<div", `
a.md:1:1: warning[raw-html-removed]: a document type is left out
   1 | <!DOCTYPE html>
     | ^^^^^^^^^^^^^^^
a.md:3:1: warning[raw-html-removed]: an instruction is left out
   3 | <?php x ?>
     | ^^^^^^^^^^
a.md:5:1: warning[raw-html-removed]: <li> cannot stand here and is left out
   5 | <li>x</li>
     | ^^^^ it belongs into <ul> or <ol>
a.md:7:1: warning[raw-html-removed]: </main> is left out
   7 | </main>
     | ^^^^^^^
a.md:9:1: warning[raw-html-removed]: a tag without its end is shown as text
   9 | <div
     | ^ write ">" at its end
`},
	{"unbalanced html", "- <small>a\n- b</small>\n", `
a.md:1:3: warning[unbalanced-html]: <small> is not closed where it was opened
   1 | - <small>a
     |   ^^^^^^^ write </small> before the paragraph, cell or list item ends
a.md:2:4: warning[unbalanced-html]: </small> closes nothing
   2 | - b</small>
     |    ^^^^^^^^ take it out, or write <small> before it
`},
	{"footnotes", "a[^1] [^z]\n\n[^1]: x\n[^1]: y\n[^two]: z\n", `
a.md:1:9: error[unknown-footnote]: no footnote "z"
   1 | a[^1] [^z]
     |         ^ write the note as a paragraph that begins with "[^z]: "
a.md:4:3: warning[unused-footnote]: footnote "1" is written twice; this one is not shown
   4 | [^1]: y
     |   ^ give one of them another name
a.md:5:3: warning[unused-footnote]: nothing refers to footnote "two"; it is not shown
   5 | [^two]: z
     |   ^^^ write [^two] where it belongs
`},
	{"anchors", "# What we know\n\n[a](#what-we-know) [b](#what-we-knew)\n", `
a.md:3:24: warning[unknown-anchor]: no heading "#what-we-knew" in this text
   3 | [a](#what-we-know) [b](#what-we-knew)
     |                        ^^^^^^^^^^^^^ did you mean "what-we-know"?
`},
	{"blocks", "```chrat\nx\n```\n\n```go\n```\n", `
a.md:1:4: warning[unknown-block]: a block "chrat" is shown as code
   1 | ` + "```chrat" + `
     |    ^^^^^ did you mean "chart"?
`},
	{"too deep", strings.Repeat("> ", 70) + "x\n", `
a.md:1:121: error[too-deep]: too many quotations and lists inside one another; from here on, they are shown as they are written
   1 | …> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > x
     |                                                              ^ put text that was pasted between lines of ` + "```" + `
`},
}

func TestCheck(t *testing.T) {
	e := New("chart")
	for _, c := range checkCases {
		t.Run(c.name, func(t *testing.T) {
			f := diag.NewFile("a.md", []byte(c.src))
			var b strings.Builder
			if err := diag.Print(&b, e.Parse(c.src).Check(f.Span), diag.Style{}); err != nil {
				t.Fatal(err)
			}
			want := strings.TrimPrefix(c.want, "\n")
			if got := b.String(); got != want && (c.name != "links" || !strings.HasPrefix(got, want)) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestCheckLine(t *testing.T) {
	src := "A <p>title</p> [^1]"
	f := diag.NewFile("a.yaml", []byte("title: "+src))
	var b strings.Builder
	ds := New().ParseLine(src).Check(func(start, end int) diag.Span { return f.Span(start+7, end+7) })
	if err := diag.Print(&b, ds, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	want := `a.yaml:1:10: warning[raw-html-removed]: <p> cannot stand here and is left out
   1 | title: A <p>title</p> [^1]
     |          ^^^ a text of one line can hold no blocks
a.yaml:1:25: error[unknown-footnote]: a footnote in a text of one line
   1 | title: A <p>title</p> [^1]
     |                         ^ footnotes belong into longer texts
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAddresses(t *testing.T) {
	for src, want := range map[string]string{
		"https://x.org":                       "",
		"HTTPS://X.org/a?b#c":                 "",
		"http://[::1]:80/":                    "",
		"https://例え.jp/文":                     "",
		"mailto:a@x.org?subject=x":            "",
		"#a":                                  "",
		"#%E6%A6%82":                          "",
		"files/a.pdf":                         "",
		"files/a/b%20c.pdf#page=2":            "",
		"":                                    "a link without an address",
		"#":                                   "a link to no place in the page",
		"javascript:alert(1)":                 `an address with "javascript:"`,
		"JaVaScRiPt:alert(1)":                 `an address with "javascript:"`,
		"java\tscript:x":                      "a space or an invisible character in an address",
		" https://x.org":                      "a space or an invisible character in an address",
		"\u0001javascript:x":                  "a space or an invisible character in an address",
		"java\u200bscript:x":                  "a space or an invisible character in an address",
		"https://x.org/\u202egpj":             "a space or an invisible character in an address",
		"ｊavascript:x":                        `an address with "ｊavascript:"`,
		"javascript&colon;x":                  "an address that names no page and no attachment",
		"vbscript:x":                          `an address with "vbscript:"`,
		"data:text/html,x":                    `an address with "data:"`,
		"file:///etc/passwd":                  `an address with "file:"`,
		"blob:https://x.org/1":                `an address with "blob:"`,
		"view-source:https://x.org":           `an address with "view-source:"`,
		"tel:123":                             `an address with "tel:"`,
		":x":                                  `an address with ":"`,
		"https:x.org":                         "not an address on the web",
		"https:/x.org":                        "not an address on the web",
		"https://":                            "not an address on the web",
		"https://%6a.org":                     "not an address on the web",
		"https://x.org:99x/":                  "not an address on the web",
		"https://bank.org@evil.org/":          "an address with a user name, which hides the host it leads to",
		`https:\\x.org`:                       "a backslash in an address",
		`/\x.org`:                             "a backslash in an address",
		"//x.org":                             `an address without "https:"`,
		"/a":                                  "an address that begins with a slash does not work from a disk or a zip",
		"a.html":                              "an address that names no page and no attachment",
		"./a.html":                            "an address that names no page and no attachment",
		"www.x.org":                           `an address without "https://"`,
		"../a":                                "not the name of an attachment",
		"files/../a":                          "not the name of an attachment",
		"files/%2e%2e/a":                      "not the name of an attachment",
		"files/%252e%252e/a":                  "",
		"files//a":                            "not the name of an attachment",
		"files/":                              "not the name of an attachment",
		"files/a?b":                           "not the name of an attachment",
		"files/a%00b":                         "not the name of an attachment",
		"files/a%zz":                          "not the name of an attachment",
		"files/a%5cb":                         "not the name of an attachment",
		"FILES/a":                             "an address that names no page and no attachment",
		"mailto:":                             "not an e-mail address",
		"mailto:a@x.org?cc=b%0d%0aTo:c@x.org": "a control character in an e-mail address",
		"https://x.org/" + strings.Repeat("a", maxAddress): "an address of more than 2000 characters",
		"https://x.org/\xff": "a space or an invisible character in an address",
	} {
		a, wrong, hint := parseAddress(src)
		if wrong != want || wrong != "" && hint == "" {
			t.Errorf("%q: got %q (%q), want %q", src, wrong, hint, want)
		}
		if href := a.href(); wrong == "" && (!goodHref.MatchString(href)) {
			t.Errorf("%q: written as %q", src, href)
		}
	}
}

func TestRules(t *testing.T) {
	rules := Rules()
	if !slices.IsSortedFunc(rules, func(a, b diag.Rule) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("rules are not in order of their codes")
	}
	emitted := map[string]bool{}
	e := New("chart")
	for _, c := range checkCases {
		for _, d := range e.Parse(c.src).Check(noPlace) {
			emitted[d.Code] = true
			if strings.ToLower(d.Message[:1]) != d.Message[:1] || strings.HasSuffix(d.Message, ".") {
				t.Errorf("message %q", d.Message)
			}
		}
	}
	for _, r := range rules {
		if !emitted[r.Code] {
			t.Errorf("no test for %s", r.Code)
		}
		delete(emitted, r.Code)
		if r.Summary == "" || strings.HasSuffix(r.Summary, ".") || len(r.Help) < 100 {
			t.Errorf("%s says too little", r.Code)
		}
		if err := inspect(e.Parse(r.Help).HTML(testRenderer()), false); err != nil {
			t.Errorf("help of %s: %v", r.Code, err)
		}
	}
	for code := range emitted {
		t.Errorf("%s is not in Rules", code)
	}
}

func TestPlace(t *testing.T) {
	w := walker{src: []byte("one two one")}
	for _, c := range []struct {
		piece            []byte
		near, start, end int
	}{
		{w.src[8:11], 0, 8, 11},    // a piece of the source is where it is
		{[]byte("one"), 0, 0, 3},   // a copy is looked for from where it may be
		{[]byte("one"), 4, 8, 11},  //
		{[]byte("two"), 9, 4, 7},   // and else from the start
		{[]byte("three"), 4, 4, 5}, // what is not there at all
		{nil, 99, len(w.src), len(w.src)},
	} {
		if start, end := w.place(c.piece, c.near); start != c.start || end != c.end {
			t.Errorf("%q near %d: %d:%d", c.piece, c.near, start, end)
		}
	}
}
