package markdown

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/dossier-report/dossier/generator/diag"
)

// address is where a link or an image leads, after all escapes of Markdown and
// HTML are undone. Exactly one of the first three is set.
type address struct {
	web      string // http, https or mailto
	anchor   string // without the #
	path     string // below files/, percent signs undone
	fragment string // of the path, with its #
}

// href is the address as written in HTML, before escaping and without the
// fragment.
func (a *address) href() string {
	switch {
	case a.web != "":
		return string(util.URLEscape([]byte(a.web), false))
	case a.anchor != "":
		return "#" + a.anchor
	}
	return (&url.URL{Path: "files/" + a.path}).EscapedPath()
}

// linkRel keeps a page that is visited from a dossier from reaching back into
// it, and from learning where on an internal network it lies.
const linkRel = ` rel="noopener noreferrer"`

// parseAddress reads an address, or says what is wrong with it.
func parseAddress(s string) (a address, wrong, hint string) {
	const relative = "write [[record-id]] for a page of this site, or files/name for an attachment"
	switch {
	case s == "":
		return a, "a link without an address", "write the address in the round brackets"
	case len(s) > maxAddress:
		return a, "an address of more than 2000 characters", "link to a page that has a shorter one"
	case !utf8.ValidString(s) || strings.ContainsFunc(s, invisible):
		return a, "a space or an invisible character in an address", "write %20 for a space"
	case strings.Contains(s, `\`):
		return a, "a backslash in an address", "write / between the parts"
	case s[0] == '#':
		a.anchor, _ = url.PathUnescape(s[1:])
		if a.anchor == "" || strings.ContainsFunc(a.anchor, invisible) || !utf8.ValidString(a.anchor) {
			return a, "a link to no place in the page", "write the anchor of a heading: #my-heading"
		}
		return a, "", ""
	case strings.HasPrefix(s, "//"):
		return a, `an address without "https:"`, `write "https:` + shorten(s) + `"`
	case s[0] == '/':
		return a, "an address that begins with a slash does not work from a disk or a zip", relative
	}
	if scheme, rest, ok := strings.Cut(s, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		return webAddress(s, strings.ToLower(scheme), rest)
	}
	name, fragment, _ := strings.Cut(s, "#")
	if fragment != "" {
		fragment = "#" + string(util.URLEscape([]byte(fragment), false))
	}
	plain, err := url.PathUnescape(name)
	if err != nil {
		plain = name
	}
	below, ok := strings.CutPrefix(plain, "files/")
	switch {
	case strings.HasPrefix(s, "www."):
		return a, `an address without "https://"`, `write "https://` + shorten(s) + `"`
	case !ok && !strings.Contains(plain, ".."):
		return a, "an address that names no page and no attachment", relative
	case err != nil, !ok, below == "", path.Clean(plain) != plain, strings.ContainsAny(plain, `?\`),
		strings.ContainsFunc(below, unicode.IsControl), !utf8.ValidString(plain):
		return a, "not the name of an attachment", "write files/ and the name as it is in data/files, without .. and ?"
	}
	a.path, a.fragment = below, fragment
	return a, "", ""
}

// webAddress checks an address with a scheme.
func webAddress(s, scheme, rest string) (a address, wrong, hint string) {
	switch scheme {
	case "http", "https":
		u, err := url.Parse(s)
		switch {
		case err != nil, !strings.HasPrefix(rest, "//"), u.Hostname() == "", strings.ContainsAny(u.Host, "%<>\"' "):
			return a, "not an address on the web", "write https://, the name of the host and the path"
		case u.User != nil:
			return a, "an address with a user name, which hides the host it leads to", "leave out what stands before the @"
		}
	case "mailto":
		if at := strings.IndexByte(rest, '@'); at < 1 || at == len(rest)-1 {
			return a, "not an e-mail address", "write mailto:name@example.org"
		}
		if strings.Contains(strings.ToLower(rest), "%0") {
			return a, "a control character in an e-mail address", "leave it out"
		}
	default:
		return a, `an address with "` + shorten(scheme) + `:"`, "links can lead to http:, https: and mailto: addresses"
	}
	a.web = scheme + ":" + rest
	return a, "", ""
}

// invisible reports what cannot be seen in an address, or makes it look like
// another.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.C) || r == '\u115f' || r == '\u1160' || r == '\u3164'
}

// destination is the address of a link without the escapes of Markdown.
func destination(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}

// place finds a piece of the source that goldmark handed out. Such a piece
// shares the memory of the source, so that its capacity tells where it begins;
// what was copied is looked for behind the offset near, then from the start.
func (w *walker) place(piece []byte, near int) (start, end int) {
	near = min(max(near, 0), len(w.src))
	if len(piece) == 0 {
		return near, min(near+1, len(w.src))
	}
	if at := cap(w.src) - cap(piece); at >= 0 && at+len(piece) <= len(w.src) && &w.src[at] == &piece[0] {
		return at, at + len(piece)
	}
	if i := bytes.Index(w.src[near:], piece); i >= 0 {
		return near + i, near + i + len(piece)
	}
	if i := bytes.Index(w.src, piece); i >= 0 {
		return i, i + len(piece)
	}
	return near, min(near+1, len(w.src))
}

// expanded takes what a link definition adds to the HTML off what it may, and
// reports whether there was enough.
func (w *walker) expanded(size, at int) bool {
	if w.expand -= size; w.expand >= 0 {
		return true
	}
	w.tooDeep(at, "link definitions are used so often that their addresses outgrow the text; from here on, their links are text",
		"give them shorter addresses")
	return false
}

// linkNode writes [text](address "title").
func (w *walker) linkNode(n *ast.Link) {
	if w.link || n.Reference != nil && !w.expanded(len(n.Destination)+len(n.Title), max(n.Pos(), 0)) {
		w.children(n)
		return
	}
	start, end := w.place(n.Destination, n.Pos())
	a, wrong, hint := parseAddress(destination(n.Destination))
	if wrong != "" {
		w.problem(badLink, start, end, wrong, hint)
		w.children(n)
		return
	}
	id := w.startLink(a, w.title(n.Title), start, end)
	w.link = true
	if n.FirstChild() == nil { // a link must have something to click
		w.write(destination(n.Destination))
	}
	w.children(n)
	w.link = false
	w.sink.close(id)
}

// autoLink writes <https://…> and a bare address.
func (w *walker) autoLink(n *ast.AutoLink) {
	label := n.Label(w.src)
	target := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(target), "mailto:") {
		target = "mailto:" + target
	}
	if w.link {
		w.write(string(label))
		return
	}
	start, end := w.place(label, n.Pos())
	a, wrong, hint := parseAddress(target)
	if wrong != "" {
		w.problem(badLink, start, end, wrong, hint)
		w.write(string(label))
		return
	}
	id := w.startLink(a, "", start, end)
	w.write(string(label))
	w.sink.close(id)
}

// startLink writes a start tag, or what will become one.
func (w *walker) startLink(a address, title string, start, end int) (id int) {
	after := hole{kind: holeLinkEnd}
	switch {
	case a.web != "":
		return w.sink.openHole("a", hole{kind: holeLink, more: attr("href", a.href()) + title + linkRel}, after)
	case a.anchor != "":
		if id = w.sink.openHole("a", hole{kind: holeAnchor, text: a.anchor}, after); id > 0 {
			w.anchors = append(w.anchors, anchorLink{len(w.sink.holes) - 1, start, end})
		}
		return id
	}
	w.doc.refs = append(w.doc.refs, Ref{Kind: File, ID: a.path, Start: start, End: end})
	return w.sink.openHole("a", hole{kind: holeFile, n: len(w.doc.refs) - 1, text: a.fragment, more: title}, after)
}

// resolveAnchors finds the headings that links of the text lead to.
func (w *walker) resolveAnchors() {
	if len(w.anchors) == 0 {
		return
	}
	known := map[string]bool{}
	var all []string
	for _, h := range w.doc.heads {
		known[h.anchor] = true
		all = append(all, h.anchor)
	}
	for i, a := range w.anchors {
		h := &w.sink.holes[a.hole]
		if known[h.text] {
			h.m = 1
			continue
		}
		hint := ""
		if len(all)*i < 10_000 { // the words are compared one by one
			hint = diag.DidYouMean(h.text, all)
		}
		w.problem(unknownAnchor, a.start, a.end, `no heading "#`+shorten(h.text)+`" in this text`, hint)
	}
}

// title is the title of a link or an image as an attribute.
func (w *walker) title(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	return attr("title", w.resolve(raw))
}

// image writes ![alt](files/name "title").
func (w *walker) image(n *ast.Image) {
	at := max(n.Pos(), 0)
	alt := clean(w.alt(n))
	if n.Reference != nil && !w.expanded(len(n.Destination)+len(n.Title), at) {
		w.write(alt)
		return
	}
	start, end := w.place(n.Destination, at)
	dest := destination(n.Destination)
	a, wrong, hint := parseAddress(dest)
	switch {
	case a.web != "", strings.HasPrefix(dest, "//"):
		w.problem(remoteImage, start, end, "an image from elsewhere", "save it in data/files and write files/ and its name")
		w.write(alt)
		return
	case a.path == "":
		if wrong == "" {
			wrong, hint = "an image without a file", "write files/ and the name of the image"
		}
		w.problem(badLink, start, end, wrong, hint)
		w.write(alt)
		return
	}
	if strings.TrimSpace(alt) == "" {
		w.problem(missingAlt, at, min(at+len("![]"), len(w.src)), "an image without a description",
			"say in the square brackets what can be seen")
	}
	w.doc.refs = append(w.doc.refs, Ref{Kind: File, ID: a.path, Text: alt, Image: true, Start: start, End: end})
	w.sink.put(hole{kind: holeImage, n: len(w.doc.refs) - 1, text: a.fragment, more: w.title(n.Title)})
	w.sink.flat = append(w.sink.flat, alt...)
}

// alt is the text of an image, without markup.
func (w *walker) alt(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(w.src)
			if c.IsRaw() {
				b.Write(value)
			} else {
				b.WriteString(w.resolve(value))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(w.src))
		case *reference:
			start, end := c.span()
			w.problem(malformed, start, end, "a reference inside the description of an image", "put it behind the image")
			for _, r := range c.refs {
				if r.Kind == Record {
					b.WriteString(r.label())
				}
			}
		default:
			b.WriteString(w.alt(c))
		}
	}
	return b.String()
}
