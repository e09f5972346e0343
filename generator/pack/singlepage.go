package pack

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// transform makes a part of a page fit into the single file: addresses lead to
// places in the file, ids get that of their page in front.
func (m *merger) transform(name string, top *html.Node) {
	for n := range withDescendants(top) {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "a" {
			m.link(name, n)
		}
		for i, a := range n.Attr {
			n.Attr[i].Val = m.attribute(name, n, a)
		}
		if dir := m.searches[name]; n.Data == "form" && value(n, "data-index") != "" && dir != "" {
			setAttr(n, "data-at", m.keys[name]+"~")
		}
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "data-search" && a.Val == "" })
	}
}

func withDescendants(top *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		if !yield(top) {
			return
		}
		var list []*html.Node
		for n := range top.Descendants() {
			list = append(list, n)
		}
		for _, n := range list {
			if !yield(n) {
				return
			}
		}
	}
}

// local is an id of a page as it stands in the file.
func (m *merger) local(name, id string) string {
	if !m.ids[name][id] {
		return id
	}
	return m.keys[name] + "~" + id
}

// attribute is the value of an attribute in the file.
func (m *merger) attribute(name string, n *html.Node, a html.Attribute) string {
	switch a.Key {
	case "id", "for", "data-copy", "aria-controls", "aria-details", "aria-activedescendant", "list", "form", "popovertarget":
		return m.local(name, a.Val)
	case "aria-labelledby", "aria-describedby", "aria-owns", "aria-flowto", "headers":
		ids := strings.Fields(a.Val)
		for i, id := range ids {
			ids[i] = m.local(name, id)
		}
		return strings.Join(ids, " ")
	case "data-search":
		if to, ok := m.tree.target(name, a.Val); ok && m.searches[to] != "" {
			return "#" + m.keys[to]
		}
		return ""
	case "href":
		if n.Data == "a" {
			return a.Val
		}
		if id, ok := strings.CutPrefix(a.Val, "#"); ok {
			return "#" + m.local(name, id)
		}
		return m.embedded(name, a.Val)
	case "src", "poster":
		return m.embedded(name, a.Val)
	}
	if strings.Contains(a.Val, "url(#") {
		return m.references(name, a.Val)
	}
	return a.Val
}

// embedded is the address of a file as data.
func (m *merger) embedded(name, address string) string {
	to, ok := m.tree.target(name, address)
	if !ok {
		return address
	}
	text, err := m.tree.Read(to)
	if err != nil {
		return address
	}
	return dataAddress(to, text)
}

// references are those within a drawing: url(#id).
func (m *merger) references(name, text string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "url(#")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		id, after, ok := strings.Cut(rest, ")")
		if !ok {
			return b.String() + "url(#" + rest
		}
		b.WriteString("url(#" + m.local(name, id) + ")")
		text = after
	}
}

// link makes a link lead to a place in the file, or to nowhere.
func (m *merger) link(name string, n *html.Node) {
	address := clean(value(n, "href"))
	if address == "" || scheme(address) != "" {
		return
	}
	to, fragment, ok := (&inspector{}).within(name, address)
	if !ok {
		return
	}
	if moved, leads := m.moved[to]; leads {
		to, fragment, _ = strings.Cut(moved, "#")
	}
	switch {
	case m.ids[to] != nil && fragment != "" && (m.ids[to][fragment] || to == name):
		setAttr(n, "href", "#"+m.local(to, fragment))
	case m.ids[to] != nil:
		setAttr(n, "href", "#"+m.keys[to])
	default:
		m.plain(name, n)
	}
}

// plain makes words of a link to a file that is not in this one.
func (m *merger) plain(name string, n *html.Node) {
	for _, key := range []string{"href", "download", "rel", "target", "hreflang", "type"} {
		removeAttr(n, key)
	}
	addClass(n, "gone")
	lang := ""
	for p := n; p != nil; p = p.Parent {
		if p.Data == "html" {
			lang = value(p, "lang")
		}
		if p.Data == "svg" {
			return
		}
	}
	hint := &html.Node{Type: html.ElementNode, Data: "span", Attr: []html.Attribute{{Key: "class", Val: "vh"}}}
	hint.AppendChild(&html.Node{Type: html.TextNode, Data: " (" + m.single.Words(lang)("single_gone") + ")"})
	n.AppendChild(hint)
}

func hasClass(n *html.Node, class string) bool {
	return n.Type == html.ElementNode && slices.Contains(strings.Fields(value(n, "class")), class)
}

func addClass(n *html.Node, class string) {
	if was := value(n, "class"); was != "" {
		class = was + " " + class
	}
	setAttr(n, "class", class)
}

func removeClass(n *html.Node, class string) {
	setAttr(n, "class", strings.Join(slices.DeleteFunc(strings.Fields(value(n, "class")), func(c string) bool { return c == class }), " "))
}

func setAttr(n *html.Node, key, val string) {
	for i, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			n.Attr[i].Val = val
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: val})
}

func removeAttr(n *html.Node, key string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && a.Namespace == "" })
}
