package pack

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dossier-report/dossier/generator/diag"
)

// Single makes one HTML file of a whole site. Every page is an article in it,
// of which one is shown at a time: that which the fragment of the address leads
// to, or holds, else the home page. That is done by the style alone, and by a
// script where search needs one. What pages share (styles, fonts, scripts, the
// frame of a language) is there once, as are the drawings; the policy of the
// file allows nothing but what it holds, named by hashes.
//
// What only a file of its own could be (tables, attachments) stays behind, and
// links to it are plain words.
type Single struct {
	Words func(lang string) Words // of the theme
	Limit int64                   // bytes that the file may have
}

// Share is a part of the file and its size.
type Share struct {
	Name  string // path of a page or file, or a word for what is shared
	Bytes int64
}

// SingleFile is what Make has made.
type SingleFile struct {
	Text   []byte
	Pages  int
	Shares []Share // largest first
}

// skipped are pages that mean nothing in a single file.
func skipped(name string) bool { return path.Base(name) == "verify.html" || !isPage(name) }

//go:embed single.css
var singleStyle string

//go:embed single.js
var singleScript string

// Make makes the file. It is refused, with its largest parts named, when it
// would be larger than the limit.
func (s Single) Make(tree *Tree, info Info) (SingleFile, *diag.Diagnostic, error) {
	m := &merger{single: s, tree: tree, ids: map[string]map[string]bool{}, shared: map[string]bool{}, shares: map[string]int64{}}
	for _, name := range tree.Names() {
		if skipped(name) {
			continue
		}
		if moved, err := m.read(name); err != nil {
			return SingleFile{}, nil, err
		} else if !moved {
			m.names = append(m.names, name)
		}
	}
	slices.SortFunc(m.names, indexFirst)
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
			Severity: diag.Error, Code: CodeLimit, Message: fmt.Sprintf("the file would have %s, and %s are allowed; the largest parts are %s", size(int64(len(out.Text))), size(s.Limit), strings.Join(largest, ", ")),
			Hint: "pack a part with --entity or --pages, or allow more with --limit",
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
	moved  map[string]string          // pages that only lead on -> where to
	shared map[string]bool            // ids that stay as they are, for scripts find them by these

	styles, scripts []string // paths, in the order of their first use
	data            []string // scripts that hold data, by path
	search          string   // the page that the script of search works on
	shares          map[string]int64
}

// parse reads a page of the tree.
func (m *merger) parse(name string) (*html.Node, error) {
	text, err := m.tree.Read(name)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return doc, nil
}

// read notes the ids of a page and what it loads. It reports a page that only
// leads on to another.
func (m *merger) read(name string) (bool, error) {
	doc, err := m.parse(name)
	if err != nil {
		return false, err
	}
	ids, main := map[string]bool{}, find(doc, "main")
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := value(n, "id"); id != "" && main != nil && inside(n, main) && n != main {
			ids[id] = true
		}
		switch {
		case n.Data == "meta" && strings.EqualFold(value(n, "http-equiv"), "refresh"):
			_, address, _ := strings.Cut(value(n, "content"), "=")
			if m.moved == nil {
				m.moved = map[string]string{}
			}
			if to, fragment, ok := (&inspector{}).within(name, clean(address)); ok {
				m.moved[name] = to
				if fragment != "" {
					m.moved[name] += "#" + fragment
				}
			}
			return true, nil
		case n.Data == "link" && value(n, "rel") == "stylesheet":
			m.loads(&m.styles, name, value(n, "href"))
		case n.Data == "script" && value(n, "src") != "":
			m.loads(&m.scripts, name, value(n, "src"))
		case n.Data == "form" && value(n, "data-index") != "" && m.search == "":
			m.search = name
			for _, other := range m.tree.Names() {
				if dir, ok := m.target(name, value(n, "data-index")+"index.js"); ok && strings.HasPrefix(other, path.Dir(dir)+"/") {
					m.data = append(m.data, other)
				}
			}
		}
	}
	m.ids[name] = ids
	return false, nil
}

func (m *merger) loads(list *[]string, from, address string) {
	if to, ok := m.target(from, address); ok && !slices.Contains(*list, to) {
		*list = append(*list, to)
	}
}

func (m *merger) target(from, address string) (string, bool) {
	to, _, ok := (&inspector{}).within(from, clean(address))
	return to, ok && m.tree.Has(to)
}

// key is the id of a page in the file.
func key(name string) string { return strings.TrimSuffix(name, ".html") }

// file puts everything together.
func (m *merger) file(info Info) (SingleFile, error) {
	var body bytes.Buffer
	langs, frames, err := m.frames()
	if err != nil {
		return SingleFile{}, err
	}
	for _, lang := range langs {
		body.WriteString(frames[lang].before)
	}
	body.WriteString("<main id=\"main\" tabindex=\"-1\">\n")
	for _, name := range m.names {
		text, err := m.article(name)
		if err != nil {
			return SingleFile{}, err
		}
		m.shares[name] += int64(len(text))
		body.Write(text)
	}
	body.WriteString("</main>\n")
	for _, lang := range langs {
		body.WriteString(frames[lang].after)
	}
	style, err := m.style(langs)
	if err != nil {
		return SingleFile{}, err
	}
	first, rest, err := m.script()
	if err != nil {
		return SingleFile{}, err
	}
	icon := ""
	if text, err := m.tree.Read("assets/icon.svg"); err == nil {
		icon = dataAddress("assets/icon.svg", text)
	}
	var out bytes.Buffer
	policy := fmt.Sprintf("default-src 'none'; script-src %s %s; style-src %s; img-src data:; font-src data:; base-uri 'none'; form-action 'none'", hashOf(first), hashOf(rest), hashOf(style))
	fmt.Fprintf(&out, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n",
		esc(langs[0]), esc(frames[langs[0]].dir), policy)
	fmt.Fprintf(&out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<meta name=\"generator\" content=\"Dossier %s\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
		esc(info.Title), esc(info.Version))
	if icon != "" {
		fmt.Fprintf(&out, "<link rel=\"icon\" href=\"%s\">\n", icon)
	}
	fmt.Fprintf(&out, "<style>%s</style>\n<script>%s</script>\n</head>\n<body>\n<span id=\"all\"></span>\n%s<script>%s</script>\n</body>\n</html>\n", style, first, body.Bytes(), rest)
	f := SingleFile{Text: out.Bytes(), Pages: len(m.names)}
	for name, n := range m.shares {
		f.Shares = append(f.Shares, Share{name, n})
	}
	slices.SortFunc(f.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), strings.Compare(a.Name, b.Name))
	})
	return f, nil
}

func esc(s string) string { return template.HTMLEscapeString(s) }

func hashOf(text string) string {
	s := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(s[:]) + "'"
}

// framed is what stands before and after the pages of one language.
type framed struct{ before, after, dir string }

// frames takes the frame of the home page of each language.
func (m *merger) frames() ([]string, map[string]framed, error) {
	var langs []string
	out := map[string]framed{}
	for _, name := range m.names {
		if path.Base(name) != IndexName || strings.Count(name, "/") > 1 {
			continue
		}
		doc, err := m.parse(name)
		if err != nil {
			return nil, nil, err
		}
		lang := value(find(doc, "html"), "lang")
		if _, ok := out[lang]; ok {
			continue
		}
		f := framed{dir: value(find(doc, "html"), "dir")}
		sprites := len(langs) == 0
		langs = append(langs, lang)
		var before, after strings.Builder
		to := &before
		for n := range find(doc, "body").ChildNodes() {
			switch {
			case n.Type != html.ElementNode:
			case n.Data == "main":
				to = &after
			case n.Data == "svg" && !sprites, hasClass(n, "crumbs"), hasClass(n, "extract"), n.Data == "script":
			default:
				m.transform(name, n, true)
				m.trimFrame(n)
				if n.Data != "svg" {
					addClass(n, "one-frame")
					setAttr(n, "lang", lang)
					setAttr(n, "dir", f.dir)
				}
				if n.Data == "footer" {
					m.addAll(n, m.single.Words(lang))
				}
				if err := html.Render(to, n); err != nil {
					return nil, nil, err
				}
				to.WriteString("\n")
			}
		}
		f.before, f.after = before.String(), after.String()
		m.shares["the frame of the pages"] += int64(len(f.before) + len(f.after))
		out[lang] = f
	}
	if len(langs) == 0 {
		return nil, nil, fmt.Errorf("there is no %s", IndexName)
	}
	return langs, out, nil
}

// trimFrame takes out of the frame what belongs to one page: the switch of
// languages, the mark of the current page, and entries that lead nowhere now.
func (m *merger) trimFrame(frame *html.Node) {
	var gone []*html.Node
	for n := range frame.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		removeAttr(n, "aria-current")
		if hasClass(n, "langs") || n.Data == "li" && n.FirstChild != nil && onlyGone(n) {
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

func onlyGone(li *html.Node) bool {
	for n := range li.ChildNodes() {
		if n.Type == html.ElementNode {
			return n.Data == "a" && hasClass(n, "gone") && n.NextSibling == nil
		}
	}
	return false
}

// addAll puts the way to all pages at once, for printing, into the foot.
func (m *merger) addAll(footer *html.Node, word Words) {
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P, Attr: []html.Attribute{{Key: "class", Val: "wrap one-all"}}}
	p.AppendChild(anchorTo("#all", word("single_all")))
	p.AppendChild(&html.Node{Type: html.TextNode, Data: " · "})
	p.AppendChild(anchorTo("#index", word("single_one")))
	footer.InsertBefore(p, footer.FirstChild)
}

func anchorTo(href, text string) *html.Node {
	a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: href}}}
	a.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	return a
}

// article is one page as a part of the file.
func (m *merger) article(name string) ([]byte, error) {
	doc, err := m.parse(name)
	if err != nil {
		return nil, err
	}
	root, main := find(doc, "html"), find(doc, "main")
	if main == nil {
		return nil, fmt.Errorf("%s has no main matter", name)
	}
	title := ""
	if t := find(doc, "title"); t != nil {
		title = plainText(t)
	}
	var out bytes.Buffer
	class := "one"
	if name == m.names[0] {
		class += " one-home"
	}
	fmt.Fprintf(&out, "<article class=\"%s\" id=\"%s\" lang=\"%s\" dir=\"%s\" data-title=\"%s\" tabindex=\"-1\">\n", class, esc(key(name)), esc(value(root, "lang")), esc(value(root, "dir")), esc(title))
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (hasClass(n, "crumbs") || hasClass(n, "langs")) && !inside(n, main) {
			m.transform(name, n, false)
			if hasClass(n, "langs") {
				addClass(n, "wrap")
			}
			if err := html.Render(&out, n); err != nil {
				return nil, err
			}
		}
	}
	m.transform(name, main, false)
	main.Data, main.DataAtom = "div", atom.Div
	removeAttr(main, "id")
	removeAttr(main, "tabindex")
	if err := html.Render(&out, main); err != nil {
		return nil, err
	}
	out.WriteString("\n</article>\n")
	return out.Bytes(), nil
}

// style is everything that the pages have as style sheets.
func (m *merger) style(langs []string) (string, error) {
	var b strings.Builder
	for _, name := range m.styles {
		text, err := m.tree.Read(name)
		if err != nil {
			return "", err
		}
		b.WriteString(m.embedFiles(name, string(text)))
		b.WriteByte('\n')
		m.shares["styles"] += int64(len(text))
	}
	b.WriteString(singleStyle)
	// A frame is shown with the pages of its language.
	for i, lang := range langs {
		with := fmt.Sprintf(`.one[lang="%s"]`, lang)
		fmt.Fprintf(&b, "html:not([data-one]) body:has(%s:target, %s :target) .one-frame:not([lang=\"%s\"]) { display: none; }\n", with, with, lang)
		fmt.Fprintf(&b, "html[data-one=\"%s\"] .one-frame:not([lang=\"%s\"]) { display: none; }\n", lang, lang)
		if i > 0 {
			fmt.Fprintf(&b, "html:not([data-one]) body:not(:has(%s:target, %s :target)) .one-frame[lang=\"%s\"] { display: none; }\n", with, with, lang)
		}
	}
	return strings.ReplaceAll(b.String(), "</style", `<\/style`), nil
}

// embedFiles puts what a style loads into it.
func (m *merger) embedFiles(name, text string) string {
	for _, address := range styleAddresses(text) {
		if to, ok := m.target(name, address); ok {
			data, err := m.tree.Read(to)
			if err != nil {
				continue // it stays as it is, and the check of the file will say so
			}
			text = strings.ReplaceAll(text, address, dataAddress(to, data))
			m.shares["fonts"] += int64(base64.StdEncoding.EncodedLen(len(data)))
		}
	}
	return text
}

func dataAddress(name string, data []byte) string {
	kind := map[string]string{
		".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2",
	}[ext(name)]
	return "data:" + cmp.Or(kind, "application/octet-stream") + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// script is what runs before the pages are there, and after: the first script
// of the pages sets the colours; the others work on what is there.
func (m *merger) script() (first, rest string, err error) {
	var b strings.Builder
	for i, name := range m.scripts {
		if path.Base(name) == "verify.js" {
			continue
		}
		text, err := m.tree.Read(name)
		if err != nil {
			return "", "", err
		}
		m.shares["scripts"] += int64(len(text))
		if i == 0 {
			first = safeScript(string(text))
			continue
		}
		if path.Base(name) == "search.js" {
			if err := m.embedData(&b); err != nil {
				return "", "", err
			}
		}
		b.Write(text)
		b.WriteString("\n;\n")
	}
	b.WriteString(singleScript)
	return first, safeScript(b.String()), nil
}

// embedData puts the files that a script would load by itself where it finds
// them.
func (m *merger) embedData(b *strings.Builder) error {
	b.WriteString("window.Dossier.embedded = {};\n")
	for _, name := range m.data {
		text, err := m.tree.Read(name)
		if err != nil {
			return err
		}
		m.shares["the index of the search"] += int64(len(text))
		fmt.Fprintf(b, "window.Dossier.embedded[%s] = function () {\n%s\n};\n", line(strings.TrimSuffix(name[strings.LastIndex(path.Dir(name)+"/", "/")+1:], ".js")), text)
	}
	return nil
}

// safeScript keeps a script from ending before its end.
func safeScript(text string) string {
	return strings.NewReplacer("</script", `<\/script`, "</SCRIPT", `<\/SCRIPT`, "<!--", `<\!--`).Replace(text)
}
