package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// This file judges HTML from outside, knowing nothing of how it was made.

var allowed = strings.Fields(`a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption
	figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup
	table tbody td tfoot th thead time tr u ul var wbr`)

var allowedAttrs = strings.Fields(`align alt aria-label class colspan datetime dir href id lang open rel reversed role rowspan
	scope src start title`)

var (
	goodHref = regexp.MustCompile(`^(https?://[^\s/@"'<>\\]+([/?#][^\s"<>\\]*)?|mailto:[^\s"<>\\]+@[^\s"<>\\]+|#[^\s]+|files/[^\s"<>\\?]+|rec/[a-z0-9-]+\.html)$`)
	goodSrc  = regexp.MustCompile(`^files/[^\s"<>\\?]+$`)
	goodID   = regexp.MustCompile(`^p-[\p{L}\p{N}\p{M}-]+$`)
)

// testRenderer answers every question of a text.
func testRenderer() Renderer {
	return Renderer{
		Prefix: "p-",
		Cite: func(r Ref) (Reference, bool) {
			return Reference{Number: 1, Href: "#s1", Label: "Source"}, r.ID != "absent"
		},
		Record: func(r Ref) (Link, bool) {
			return Link{Href: "rec/" + r.ID + ".html", Text: "华为", Lang: "zh"}, r.ID != "absent"
		},
		Words: Words{Footnotes: "Footnotes", Back: "Back"},
	}
}

// inspect returns what is wrong with the HTML of a text.
func inspect(out string, line bool) error {
	tree, err := strict(out)
	if err != nil {
		return err
	}
	// The same must be seen by a browser, in a page where much can be broken.
	open, end := `<div>`, `</div>`
	if line {
		open, end = `<p>`, `</p>`
	}
	page := `<!DOCTYPE html><html><head></head><body><main><ul><li>` + open + out + end + `</li></ul></main><p>after</p></body></html>`
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err
	}
	host := find(doc, atom.Li).FirstChild
	if a, b := inner(host), inner(tree); a != b {
		return fmt.Errorf("a browser sees\n%s\nwhere this is written\n%s", a, b)
	}
	if rest := inner(find(doc, atom.Body)); !strings.HasSuffix(rest, end+`</li></ul></main><p>after</p>`) {
		return fmt.Errorf("the page around the text is broken: %s", rest)
	}
	return nil
}

// strict reads HTML as nested tags and nothing else, and checks every one.
func strict(out string) (*html.Node, error) {
	root := &html.Node{Type: html.ElementNode, Data: "div"}
	at, ids := root, map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(out))
	for {
		kind := z.Next()
		t := z.Token()
		switch kind {
		case html.ErrorToken:
			if at != root {
				return nil, fmt.Errorf("<%s> is left open", at.Data)
			}
			return root, nil
		case html.TextToken:
			if l := at.LastChild; l != nil && l.Type == html.TextNode {
				l.Data += t.Data
			} else {
				at.AppendChild(&html.Node{Type: html.TextNode, Data: t.Data})
			}
		case html.StartTagToken:
			if err := checkTag(t, ids); err != nil {
				return nil, err
			}
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			if t.Data == "a" {
				for p := at; p != nil; p = p.Parent {
					if p.Data == "a" {
						return nil, fmt.Errorf("a link in a link")
					}
				}
			}
			at.AppendChild(n)
			if !slices.Contains([]string{"br", "hr", "img", "wbr"}, t.Data) {
				at = n
			}
		case html.EndTagToken:
			if at.Data != t.Data || at == root {
				return nil, fmt.Errorf("</%s> in <%s>", t.Data, at.Data)
			}
			at = at.Parent
		default:
			return nil, fmt.Errorf("a token of kind %v: %s", kind, t)
		}
	}
}

func checkTag(t html.Token, ids map[string]bool) error {
	if !slices.Contains(allowed, t.Data) {
		return fmt.Errorf("element <%s>", t.Data)
	}
	class, href := "", ""
	for _, a := range t.Attr {
		if !slices.Contains(allowedAttrs, a.Key) || a.Namespace != "" {
			return fmt.Errorf("attribute %s of <%s>", a.Key, t.Data)
		}
		switch a.Key {
		case "href":
			href = a.Val
			if t.Data != "a" || !goodHref.MatchString(a.Val) {
				return fmt.Errorf("address %q of <%s>", a.Val, t.Data)
			}
		case "src":
			if t.Data != "img" || !goodSrc.MatchString(a.Val) {
				return fmt.Errorf("source %q of <%s>", a.Val, t.Data)
			}
		case "id":
			if !goodID.MatchString(a.Val) || ids[a.Val] {
				return fmt.Errorf("id %q of <%s>", a.Val, t.Data)
			}
			ids[a.Val] = true
		case "class":
			class = t.Data + "." + a.Val
		case "align":
			if t.Data != "td" && t.Data != "th" {
				return fmt.Errorf("align of <%s>", t.Data)
			}
		}
	}
	switch class {
	case "", "span.refs", "span.loc", "span.vh", "section.footnotes":
	case "a.ref":
		if href != "#s1" {
			return fmt.Errorf("a citation that leads to %q", href)
		}
	case "a.fn", "a.fn-back":
		if !strings.HasPrefix(href, "#p-fn") {
			return fmt.Errorf("a footnote that leads to %q", href)
		}
	default:
		return fmt.Errorf("class %s", class)
	}
	return nil
}

func find(n *html.Node, a atom.Atom) *html.Node {
	if n.DataAtom == a {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if f := find(c, a); f != nil {
			return f
		}
	}
	return nil
}

func inner(n *html.Node) string {
	var b bytes.Buffer
	for c := range n.Descendants() {
		slices.SortFunc(c.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			return err.Error()
		}
	}
	return b.String()
}

// inspectRefs checks that references name what stands at their place.
func inspectRefs(src string, d *Doc) error {
	for _, r := range d.Refs() {
		if r.Start < 0 || r.End > len(src) || r.Start >= r.End {
			return fmt.Errorf("reference %q at %d:%d of %d", r.ID, r.Start, r.End, len(src))
		}
		if got := src[r.Start:r.End]; r.Kind != File && got != r.ID {
			return fmt.Errorf("reference %q stands at %q", r.ID, got)
		}
	}
	for _, b := range d.Blocks() {
		if b.Start < 0 || b.End > len(src) || b.Start > b.End || b.NameAt < 0 || b.InfoAt > len(src) ||
			!strings.HasPrefix(src[b.NameAt:], b.Name) {
			return fmt.Errorf("block %+v", b)
		}
	}
	for _, p := range d.problems {
		if p.start < 0 || p.end > len(src) || p.start > p.end {
			return fmt.Errorf("problem %+v of %d", p, len(src))
		}
	}
	return nil
}
