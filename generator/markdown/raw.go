package markdown

import (
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// newPolicy is what an author may write as HTML. It starts from nothing, and
// has no addresses: links and images are written in Markdown, where they are
// checked.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	elements := []string{
		"abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
		"rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
		"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "ol", "p", "summary", "ul",
		"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
	}
	p.AllowElements(elements...)
	p.AllowNoAttrs().OnElements(elements...)
	match := regexp.MustCompile
	p.AllowAttrs("lang").Matching(match(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$`)).Globally()
	p.AllowAttrs("dir").Matching(match(`^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("title").OnElements("abbr", "dfn")
	p.AllowAttrs("datetime").Matching(match(`^[0-9A-Za-z:.+\- ]{1,40}$`)).OnElements("time", "ins", "del")
	p.AllowAttrs("open").Matching(match(`^(open)?$`)).OnElements("details")
	p.AllowAttrs("start").Matching(match(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("reversed").Matching(match(`^(reversed)?$`)).OnElements("ol")
	p.AllowAttrs("align").Matching(match(`^(left|right|center)$`)).OnElements("td", "th")
	p.AllowAttrs("colspan", "rowspan").Matching(match(`^[1-9][0-9]?$`)).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(match(`^(row|col|rowgroup|colgroup)$`)).OnElements("th")
	return p
}

// instead is what to write for elements that authors reach for most.
func instead(tag string) string {
	switch tag {
	case "a":
		return "write [text](address)"
	case "img":
		return "write ![what can be seen](files/name)"
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "write ## before the heading"
	case "pre":
		return "write the text between lines of ```"
	case "font", "center", "style":
		return "how things look is up to the theme"
	}
	return ""
}

// hidesContent reports elements whose content is not prose. When they are left
// out, so is what stands in them.
func hidesContent(tag string) bool {
	switch tag {
	case "script", "style", "iframe", "noembed", "noframes", "noscript", "object", "svg", "math", "template", "title",
		"textarea", "select", "xmp", "plaintext", "audio", "video", "canvas", "head":
		return true
	}
	return false
}

// rawHTML reads a tag between the words of a paragraph.
func (w *walker) rawHTML(n *ast.RawHTML) {
	w.raw(w.chunk(n.Segments, text.Segment{}))
}

// htmlBlock reads lines of HTML.
func (w *walker) htmlBlock(n *ast.HTMLBlock) {
	w.raw(w.chunk(n.Lines(), n.ClosureLine))
}

func (w *walker) chunk(lines *text.Segments, last text.Segment) (string, stretches) {
	var b strings.Builder
	var at stretches
	add := func(seg text.Segment) {
		at = append(at, stretch{b.Len(), seg.Start - seg.Padding})
		b.Write(seg.Value(w.src))
	}
	for i := range lines.Len() {
		add(lines.At(i))
	}
	if last.Stop > last.Start {
		add(last)
	}
	return b.String(), at
}

// raw hands what an author wrote as HTML to the sink, tag by tag. To sanitise
// the whole text at once, ours included, would let a tag or a quotation mark
// that is left open take in what follows.
func (w *walker) raw(chunk string, at stretches) {
	z := html.NewTokenizer(strings.NewReader(chunk))
	hidden, depth := "", 0 // the element whose content is left out
	for pos := 0; ; {
		kind := z.Next()
		from := pos
		if kind == html.ErrorToken {
			w.rest(chunk[from:], at, from)
			return
		}
		pos += len(z.Raw())
		tag := chunk[from:pos] // the tokenizer changes its own copy
		t := z.Token()
		if hidden != "" {
			switch {
			case t.Data == hidden && kind == html.StartTagToken:
				depth++
			case t.Data == hidden && kind == html.EndTagToken:
				if depth--; depth == 0 {
					hidden = ""
				}
			}
			continue
		}
		start, end := at.offset(from), at.offset(pos-1)+1
		switch kind {
		case html.TextToken:
			w.rawText(t.Data, tag, at, from)
		case html.StartTagToken, html.SelfClosingTagToken:
			if !w.startTag(t, tag, start, end) && hidesContent(t.Data) && kind == html.StartTagToken {
				hidden, depth = t.Data, 1
			}
		case html.EndTagToken:
			w.endTag(t.Data, tag, start, end)
		case html.DoctypeToken:
			w.problem(rawRemoved, start, end, "a document type is left out", "")
		case html.CommentToken:
			// A comment is the author's own note. What only looks like one to
			// the tokenizer was meant for something else.
			if !strings.HasPrefix(tag, "<!--") {
				w.problem(rawRemoved, start, end, "an instruction is left out", "")
			}
		}
	}
}

// rest is what the tokenizer could not read: a tag without its end. It is
// shown, so that no text is lost.
func (w *walker) rest(s string, at stretches, from int) {
	if s == "" {
		return
	}
	start := at.offset(from)
	w.problem(rawRemoved, start, start+1, "a tag without its end is shown as text", `write ">" at its end`)
	w.write(s)
}

// rawText writes the text between tags, in which Markdown is not read.
func (w *walker) rawText(s, written string, at stretches, from int) {
	for _, mark := range []string{"[@", "[["} {
		if i := strings.Index(written, mark); i >= 0 {
			start := at.offset(from + i)
			w.problem(malformed, start, start+len(mark), "a reference inside HTML is not read",
				"leave an empty line between the tags and the text")
			break
		}
	}
	if strings.TrimSpace(s) == "" && (len(w.sink.buf) == 0 || w.sink.buf[len(w.sink.buf)-1] == '\n') {
		return
	}
	w.write(s)
}

// startTag writes a start tag with the attributes that the policy lets pass,
// and reports whether it did.
func (w *walker) startTag(t html.Token, tag string, start, end int) bool {
	kept, ok := w.sanitize(tag)
	if !ok {
		w.refuse(t.Data)
		w.problem(rawRemoved, start, end, "<"+shorten(t.Data)+"> is left out", instead(t.Data))
		return false
	}
	var attrs strings.Builder
	have := map[string]string{}
	for _, a := range kept.Attr {
		if _, twice := have[a.Key]; !twice {
			have[a.Key] = a.Val
			attrs.WriteString(attr(a.Key, a.Val))
		}
	}
	for _, a := range t.Attr {
		if v, ok := have[a.Key]; !ok || v != a.Val {
			w.problem(rawRemoved, start, end, `the attribute "`+shorten(a.Key)+`" of <`+shorten(t.Data)+"> is left out", "")
		}
	}
	if len(w.sink.stack) >= maxElements {
		w.tooDeep(start, "too many elements inside one another; from here on, they are left out", "close them")
		w.refuse(kept.Data)
		return false
	}
	if !w.sink.start(kept.Data, attrs.String(), start, end) {
		w.refuse(kept.Data)
		w.problem(rawRemoved, start, end, "<"+kept.Data+"> cannot stand here and is left out", whereFor(kept.Data, w.sink.line))
		return false
	}
	return true
}

// refuse remembers that an element was complained of, so that its end tag is
// not.
func (w *walker) refuse(tag string) {
	if w.refused == nil {
		w.refused = map[string]bool{}
	}
	w.refused[tag] = true
}

// sanitize is a single tag as bluemonday lets it pass. Most tags of a text are
// the same few.
func (w *walker) sanitize(tag string) (html.Token, bool) {
	t, ok := w.tags[tag]
	if !ok {
		z := html.NewTokenizer(strings.NewReader(w.engine.policy.Sanitize(tag)))
		z.Next()
		t = z.Token()
		if w.tags == nil {
			w.tags = map[string]html.Token{}
		}
		if len(w.tags) < 100 {
			w.tags[tag] = t
		}
	}
	return t, t.Type == html.StartTagToken || t.Type == html.SelfClosingTagToken || t.Type == html.EndTagToken
}

func (w *walker) endTag(name, tag string, start, end int) {
	_, ok := w.sanitize(tag)
	switch {
	case ok && w.sink.end(name), w.refused[name]:
	case !ok:
		w.problem(rawRemoved, start, end, "</"+shorten(name)+"> is left out", "")
	default:
		w.problem(unbalanced, start, end, "</"+name+"> closes nothing", "take it out, or write <"+name+"> before it")
	}
}

// whereFor says where an element can stand.
func whereFor(tag string, line bool) string {
	switch {
	case line && !isPhrasing(tag):
		return "a text of one line can hold no blocks"
	case tag == "li":
		return "it belongs into <ul> or <ol>"
	case tag == "dt" || tag == "dd":
		return "it belongs into <dl>"
	case tag == "summary":
		return "it belongs into <details>"
	case tag == "figcaption":
		return "it belongs into <figure>"
	case tag == "rt" || tag == "rp":
		return "it belongs into <ruby>"
	case isTable(tag) || tag == "caption" || tag == "td" || tag == "th":
		return "it belongs into <table>"
	}
	return ""
}
