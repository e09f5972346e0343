package pack

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// singleFrame is what stands before and after the pages of one language, with the id
// of its home page.
type singleFrame struct{ lang, dir, home, before, after string }

// all is the id that shows all pages of the language.
func (f singleFrame) all() string { return "~all-" + f.lang }

// frames are those of all languages, that of the report first. Each is taken
// from the home page, or, in a part without one, from the first page.
func (m *merger) frames() ([]singleFrame, error) {
	var out []singleFrame
	homes := slices.Clone(m.names)
	slices.SortStableFunc(homes, func(a, b string) int { return rank(a) - rank(b) })
	for _, name := range homes {
		doc, err := m.tree.parse(name)
		if err != nil {
			return nil, err
		}
		root := find(doc, "html")
		f := singleFrame{lang: value(root, "lang"), dir: value(root, "dir"), home: m.keys[name]}
		if slices.ContainsFunc(out, func(have singleFrame) bool { return have.lang == f.lang }) {
			continue
		}
		if err := m.frame(&f, name, find(doc, "body"), len(out) == 0); err != nil {
			return nil, err
		}
		m.shares["the frame of the pages"] += int64(len(f.before) + len(f.after))
		out = append(out, f)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no page")
	}
	return out, nil
}

// rank puts home pages first: index.html, and those one folder below, of which
// the first in a language is the home page of that language.
func rank(name string) int {
	if path.Base(name) != IndexName {
		return rankNone
	}
	return min(strings.Count(name, "/"), rankNone)
}

const rankNone = 2 // of a page that cannot be a home page

func (m *merger) frame(f *singleFrame, name string, body *html.Node, sprites bool) error {
	var before, after strings.Builder
	to := &before
	for n := range body.ChildNodes() {
		switch {
		case n.Type != html.ElementNode:
			continue
		case n.Data == "main":
			to = &after
			continue
		case n.Data == "svg" && !sprites, n.Data == "script", hasClass(n, "crumbs"), hasClass(n, "extract"):
			continue
		}
		m.transform(name, n)
		m.trimFrame(f, n)
		if n.Data != "svg" {
			addClass(n, "one-frame")
			setAttr(n, "lang", f.lang)
			setAttr(n, "dir", f.dir)
		}
		if n.Data == "footer" {
			m.addAll(f, n)
		}
		if err := html.Render(to, n); err != nil {
			return err
		}
		to.WriteString("\n")
	}
	f.before, f.after = before.String(), after.String()
	return nil
}

// trimFrame takes out of the frame what belongs to one page: the switch of
// languages, whose place is kept, the mark of the current page, and entries that
// lead nowhere now.
// Ids get the language in front.
func (m *merger) trimFrame(f *singleFrame, frame *html.Node) {
	var gone []*html.Node
	for n := range withDescendants(frame) {
		if n.Type != html.ElementNode {
			continue
		}
		removeAttr(n, "aria-current")
		for _, key := range []string{"id", "for"} {
			if id := value(n, key); id != "" && frame.Data != "svg" {
				setAttr(n, key, "~"+f.lang+"-"+id)
			}
		}
		if n.Data == "a" && value(n, "href") == "#main" {
			setAttr(n, "href", "#"+mainID)
		}
		switch {
		case hasClass(n, "langs"):
			n.Parent.InsertBefore(&html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{{Key: "class", Val: "one-langs"}}}, n)
			gone = append(gone, n)
		case n.Data == "li" && onlyGone(n):
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// onlyGone reports an entry of a list that holds nothing but words that were a
// link.
func onlyGone(li *html.Node) bool {
	first := li.FirstChild
	return first != nil && first.Data == "a" && hasClass(first, "gone") && first.NextSibling == nil
}

// addAll puts the way to all pages at once, for printing, into the foot.
func (m *merger) addAll(f *singleFrame, footer *html.Node) {
	word := m.single.Words(f.lang)
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P, Attr: []html.Attribute{{Key: "class", Val: "wrap one-all"}}}
	for _, way := range [][3]string{{"one-to-all", f.all(), "single_all"}, {"one-to-one", f.home, "single_one"}} {
		a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "class", Val: way[0]}, {Key: "href", Val: "#" + way[1]}}}
		a.AppendChild(&html.Node{Type: html.TextNode, Data: word(way[2])})
		p.AppendChild(a)
	}
	footer.InsertBefore(p, footer.FirstChild)
}
