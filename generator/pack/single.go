package pack

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/dossier-report/dossier/generator/diag"
)

// Single makes one HTML file of a whole site. Every page is an article in it,
// of which one is shown at a time: that which the fragment of the address leads
// to, or into, else the home page. The style alone does that; a script adds
// what a style cannot: search, titles, places to come back to. What pages share
// (styles, fonts, scripts, the frame of a language) is there once; the policy
// of the file allows nothing but what it holds, named by hashes.
//
// A page has its path without its extension as id, and what has an id in it
// that of the page, "~" and its own: entities/acme, entities/acme~sources. A
// search has an address of that form too: search~q=acme.
//
// What only a file of its own could be (tables, attachments, feeds) stays
// behind, and links to it are plain words.
//
// Damage to the file is noticed, as it begins with the SHA-256 of the rest.
type Single struct {
	Words func(lang string) Words // of the theme
	Limit int64                   // bytes that the file may have; no limit when zero
}

// Share is a part of the file and its size.
type Share struct {
	Name  string // path of a page, or words for what is shared
	Bytes int64
}

// SingleFile is what Make has made.
type SingleFile struct {
	Text   []byte
	Pages  int
	Shares []Share // largest first
}

// Make makes the file. It is refused, with its largest parts named, when it
// would be larger than the limit.
func (s Single) Make(tree *Tree, info Info) (SingleFile, *diag.Diagnostic, error) {
	m := &merger{
		single: s, tree: tree, ids: map[string]map[string]bool{}, keys: map[string]string{}, moved: map[string]string{},
		framed: map[string]bool{}, searches: map[string]string{}, chartWords: map[string]string{}, shares: map[string]int64{},
	}
	for _, name := range tree.Names() {
		if !isPage(name) || path.Base(name) == "verify.html" { // that looks at packages
			continue
		}
		if err := m.read(name); err != nil {
			return SingleFile{}, nil, err
		}
	}
	slices.SortFunc(m.names, indexFirst)
	for _, name := range m.names {
		m.keys[name] = strings.TrimSuffix(name, ".html")
		if m.framed[m.keys[name]] { // a mark of the frame has that name
			m.keys[name] += "~page"
		}
	}
	out, err := m.file(info)
	if err != nil {
		return out, nil, err
	}
	if s.Limit > 0 && int64(len(out.Text)) > s.Limit {
		var largest []string
		for _, share := range out.Shares[:min(5, len(out.Shares))] {
			largest = append(largest, share.Name+" "+size(share.Bytes))
		}
		return out, &diag.Diagnostic{
			Severity: diag.Error, Code: CodeLimit,
			Message: fmt.Sprintf("the file would have %s, and %s are allowed; its largest parts are %s", size(int64(len(out.Text))), size(s.Limit), strings.Join(largest, ", ")),
			Hint:    "pack a part with --entity or --pages, or allow more with --limit",
		}, nil
	}
	return out, nil, nil
}

// merger is one Make on its way.
type merger struct {
	single Single
	tree   *Tree
	names  []string                   // pages, home first
	ids    map[string]map[string]bool // of the main matter of each page
	framed map[string]bool            // ids outside of it
	keys   map[string]string          // ids of pages in the file
	moved  map[string]string          // pages that only lead on -> where to

	styles, scripts []string          // paths, in the order of their first use
	searches        map[string]string // pages that search -> folder of their index
	chartWords      map[string]string // by language: the block of words that the script of charts reads
	shares          map[string]int64
}

// read notes the ids of a page and what it loads, or, of a page that only leads
// on to another, where to.
func (m *merger) read(name string) error {
	doc, err := m.tree.parse(name)
	if err != nil {
		return err
	}
	ids, main := map[string]bool{}, find(doc, "main")
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := value(n, "id"); id != "" && inside(n, main) && n != main {
			ids[id] = true
		} else if id != "" {
			m.framed[id] = true
		}
		switch {
		case n.Data == "meta" && strings.EqualFold(value(n, "http-equiv"), "refresh"):
			_, address, _ := strings.Cut(value(n, "content"), "=")
			to, fragment, _ := (&inspector{}).within(name, clean(address))
			if fragment != "" {
				to += "#" + fragment
			}
			m.moved[name] = to
			return nil
		case n.Data == "link" && value(n, "rel") == "stylesheet":
			m.loads(&m.styles, name, value(n, "href"))
		case n.Data == "script" && value(n, "src") != "":
			m.loads(&m.scripts, name, value(n, "src"))
		case n.Data == "script" && value(n, "id") == chartWordsID:
			m.chartWords[value(find(doc, "html"), "lang")] = n.FirstChild.Data
		case n.Data == "form" && value(n, "data-index") != "":
			if index, ok := m.tree.target(name, value(n, "data-index")+"index.js"); ok {
				m.searches[name] = path.Dir(index)
			}
		}
	}
	if main == nil {
		return fmt.Errorf("%s has no main matter", name)
	}
	m.names, m.ids[name] = append(m.names, name), ids
	return nil
}

func (m *merger) loads(list *[]string, from, address string) {
	if to, ok := m.tree.target(from, address); ok && !slices.Contains(*list, to) {
		*list = append(*list, to)
	}
}

// file puts everything together.
func (m *merger) file(info Info) (SingleFile, error) {
	frames, err := m.frames()
	if err != nil {
		return SingleFile{}, err
	}
	var body bytes.Buffer
	for _, f := range frames {
		fmt.Fprintf(&body, "<span id=\"%s\"></span>\n%s", f.all(), f.before)
	}
	body.WriteString("<main id=\"" + mainID + "\" tabindex=\"-1\">\n")
	for _, name := range m.names {
		text, err := m.article(name)
		if err != nil {
			return SingleFile{}, err
		}
		m.shares[name] += int64(len(text))
		body.Write(text)
	}
	body.WriteString("</main>\n")
	for _, f := range frames {
		body.WriteString(f.after)
		if words, ok := m.chartWords[f.lang]; ok {
			fmt.Fprintf(&body, "<script type=\"application/json\" id=\"%s\">%s</script>\n", chartWordsOf(f.lang), words)
		}
	}
	style, err := m.style(frames)
	if err != nil {
		return SingleFile{}, err
	}
	plain := m.plainStyle(frames)
	first, rest, err := m.script()
	if err != nil {
		return SingleFile{}, err
	}
	licences, err := m.licences()
	if err != nil {
		return SingleFile{}, err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", esc(frames[0].lang), esc(frames[0].dir))
	fmt.Fprintf(&out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src %s %s; style-src %s %s; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n",
		hashOf(first), hashOf(rest), hashOf(style), hashOf(plain))
	fmt.Fprintf(&out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<meta name=\"generator\" content=\"Dossier %s\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
		esc(info.Title), esc(info.Version))
	if text, err := m.tree.Read("assets/icon.svg"); err == nil {
		fmt.Fprintf(&out, "<link rel=\"icon\" href=\"%s\">\n", dataAddress("assets/icon.svg", text))
	}
	fmt.Fprintf(&out, "<script type=\"application/json\" id=\"%s\">%s</script>\n", aboutID, about(info))
	fmt.Fprintf(&out, "<style>%s</style>\n<noscript><style>%s</style></noscript>\n<script>%s</script>\n</head>\n<body>\n%s<script>%s</script>\n%s<span class=\"one-end\"></span>\n</body>\n</html>\n", style, plain, first, body.Bytes(), rest, licences)
	f := SingleFile{Text: seal(out.Bytes()), Pages: len(m.names)}
	for name, n := range m.shares {
		f.Shares = append(f.Shares, Share{name, n})
	}
	slices.SortFunc(f.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), strings.Compare(a.Name, b.Name))
	})
	return f, nil
}

// Ids that no page and no part of one can have: their names hold no "~", and
// that of a part has that of its page in front.
const (
	mainID       = "~main"
	aboutID      = "~about"
	chartWordsID = "chart-words" // in a page
)

func chartWordsOf(lang string) string { return "~" + chartWordsID + "-" + lang }

func esc(s string) string { return template.HTMLEscapeString(s) }

// article is one page as a part of the file.
func (m *merger) article(name string) ([]byte, error) {
	doc, err := m.tree.parse(name)
	if err != nil {
		return nil, err
	}
	root, main := find(doc, "html"), find(doc, "main")
	title, lang := "", value(root, "lang")
	if t := find(doc, "title"); t != nil {
		title = plainText(t)
	}
	var out bytes.Buffer
	class, words := "one", ""
	if name == m.names[0] {
		class += " one-home"
	}
	if m.chartWords[lang] != "" {
		words = " data-chart-words=\"" + esc(chartWordsOf(lang)) + "\""
	}
	fmt.Fprintf(&out, "<article class=\"%s\" id=\"%s\" lang=\"%s\" dir=\"%s\" data-path=\"%s\" data-title=\"%s\" data-here=\"%s\"%s>\n",
		class, esc(m.keys[name]), esc(lang), esc(value(root, "dir")), esc(name), esc(title), esc(m.here(name, doc)), words)
	out.WriteString("<div class=\"one-top wrap\">\n")
	for _, class := range []string{"crumbs", "langs"} {
		if err := m.besides(&out, name, doc, class); err != nil {
			return nil, err
		}
	}
	out.WriteString("</div>\n")
	m.transform(name, main)
	main.Data, main.DataAtom = "div", 0
	removeAttr(main, "id")
	removeAttr(main, "tabindex")
	if err := html.Render(&out, main); err != nil {
		return nil, err
	}
	out.WriteString("\n</article>\n")
	return out.Bytes(), nil
}

// besides writes what a page has of its own outside of its main matter: the way
// to it, and to the same page in other languages.
func (m *merger) besides(out *bytes.Buffer, name string, doc *html.Node, class string) error {
	for n := range doc.Descendants() {
		if !hasClass(n, class) || inside(n, find(doc, "main")) {
			continue
		}
		m.transform(name, n)
		removeClass(n, "wrap")
		return html.Render(out, n)
	}
	return nil
}

// here is the address of the entry of the main navigation that a page belongs
// to, or "".
func (m *merger) here(name string, doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.Data != "a" || value(n, "aria-current") == "" || inside(n, find(doc, "main")) {
			continue
		}
		if to, ok := m.tree.target(name, value(n, "href")); ok && m.keys[to] != "" && !within(n, "langs") {
			return "#" + m.keys[to]
		}
	}
	return ""
}

// within reports an element in one with a class.
func within(n *html.Node, class string) bool {
	for ; n != nil; n = n.Parent {
		if hasClass(n, class) {
			return true
		}
	}
	return false
}
