package pack

import (
	"bytes"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Part leaves nothing in a tree but some pages, the pages and files that their
// main matter links to, the attachments that those link to in turn, and what
// all of them need to be shown. Pages that everybody needs (Always) stay as
// they are.
//
// A link that would lead to a page which is not there any more becomes plain
// words, and every page says below its header what this is a part of. Unless it
// was asked for, the home page of a language becomes a list of the pages in it.
// What is left out has no trace in the tree but the words of those links.
type Part struct {
	Start  []string // paths of the pages to begin with
	Always []string // paths of pages to keep besides, where there are such

	Words func(lang string) Words // of the theme
}

// ErrNoPage says that a page to begin with is not there.
type ErrNoPage struct{ Path string }

func (e *ErrNoPage) Error() string { return fmt.Sprintf("there is no page %q", e.Path) }

// Take cuts a tree down to a part.
func (p Part) Take(t *Tree) error {
	c := &cut{part: p, tree: t, keep: map[string]bool{}, pages: map[string]bool{}, linked: map[string]bool{}, langs: map[string]string{}, homes: map[string]string{}}
	if err := c.survey(); err != nil {
		return err
	}
	if err := c.choose(); err != nil {
		return err
	}
	if err := c.contents(); err != nil {
		return err
	}
	for _, name := range t.Names() {
		if !c.keep[name] {
			t.Remove(name)
		}
	}
	for _, name := range sorted(c.pages) {
		if err := c.rewrite(name); err != nil {
			return err
		}
	}
	return nil
}

// cut is one Take on its way.
type cut struct {
	part   Part
	tree   *Tree
	keep   map[string]bool   // files that stay
	pages  map[string]bool   // those of them that are pages
	linked map[string]bool   // pages that are there because another links to them
	langs  map[string]string // of all pages of the report
	homes  map[string]string // by language: its home page
}

// survey notes the languages of all pages, and the home page of each.
func (c *cut) survey() error {
	for _, name := range c.tree.Names() {
		if !isPage(name) {
			continue
		}
		text, err := c.tree.Read(name)
		if err != nil {
			return err
		}
		lang := languageOf(text)
		c.langs[name] = lang
		if home, ok := c.homes[lang]; rank(name) < rankNone && (!ok || rank(name) < rank(home)) {
			c.homes[lang] = name
		}
	}
	return nil
}

// languageOf is what a page says of its language.
func languageOf(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if t := z.Token(); kind == html.StartTagToken && t.Data == "html" {
			return attribute(t, "lang")
		}
	}
	return ""
}

// count is how many of some pages are in a language.
func (c *cut) count(lang string, of func(name string) bool) int {
	n := 0
	for name, has := range c.langs {
		if has == lang && of(name) {
			n++
		}
	}
	return n
}

func isPage(name string) bool { return ext(name) == ".html" }

func (c *cut) choose() error {
	for _, name := range append(slices.Clone(c.part.Start), c.part.Always...) {
		if !c.tree.Has(name) || !isPage(name) {
			if slices.Contains(c.part.Always, name) {
				continue
			}
			return &ErrNoPage{name}
		}
		c.pages[name] = true
	}
	for _, name := range sorted(c.pages) {
		if err := c.follow(name, slices.Contains(c.part.Start, name)); err != nil {
			return err
		}
	}
	for _, name := range sorted(c.linked) {
		if c.pages[name] {
			continue
		}
		c.pages[name] = true
		if err := c.follow(name, false); err != nil {
			return err
		}
	}
	return nil
}

// follow keeps a page with what it needs. What its main matter links to stays
// too when the part begins with it.
func (c *cut) follow(name string, first bool) error {
	doc, err := c.tree.parse(name)
	if err != nil {
		return err
	}
	c.keep[name] = true
	main := find(doc, "main")
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, need := range needs(n) {
			if err := c.need(name, need); err != nil {
				return err
			}
		}
		if to, ok := c.tree.target(name, value(n, "href")); n.Data == "a" && ok && inside(n, main) {
			switch {
			case isPage(to) && first:
				c.linked[to] = true
			case !isPage(to) && (first || strings.HasPrefix(to, "files/")):
				c.keep[to] = true
			}
		}
	}
	return nil
}

// needs are the addresses of what a browser loads for an element.
func needs(n *html.Node) []string {
	var out []string
	switch n.Data {
	case "a", "area":
		return nil
	case "link":
		if slices.ContainsFunc(strings.Fields(strings.ToLower(value(n, "rel"))), loading) {
			out = append(out, value(n, "href"))
		}
		return out
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "href", slices.Contains(loadingAttributes(), a.Key):
			out = append(out, a.Val)
		case a.Key == "srcset":
			for _, candidate := range strings.Split(a.Val, ",") {
				if f := strings.Fields(candidate); len(f) > 0 {
					out = append(out, f[0])
				}
			}
		}
	}
	return out
}

// need keeps a file that a page or a style loads, and what that loads in turn.
func (c *cut) need(from, address string) error {
	to, ok := c.tree.target(from, address)
	if !ok || c.keep[to] || isPage(to) {
		return nil
	}
	c.keep[to] = true
	if ext(to) != ".css" {
		return nil
	}
	text, err := c.tree.Read(to)
	if err != nil {
		return err
	}
	for _, address := range styleAddresses(string(text)) {
		if err := c.need(to, address); err != nil {
			return err
		}
	}
	return nil
}

func find(n *html.Node, element string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == element {
			return d
		}
	}
	return nil
}

func inside(n, outer *html.Node) bool {
	for ; n != nil && outer != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func sorted(set map[string]bool) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// rewrite turns links of a page that lead to nothing into plain words, and
// says below its header, or in front of its main matter, that this is a part.
func (c *cut) rewrite(name string) error {
	text, err := c.tree.Read(name)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(text))
	word := c.part.Words("en")
	drawings, gone, said := 0, false, false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := string(z.Raw()) // Token changes it
		t := z.Token()
		switch {
		case t.Data == "html" && kind == html.StartTagToken:
			word = c.part.Words(attribute(t, "lang"))
		case t.Data == "svg" && kind == html.StartTagToken:
			drawings++
		case t.Data == "svg" && kind == html.EndTagToken:
			drawings--
		case t.Data == "header" && kind == html.EndTagToken && !said:
			raw, said = raw+"\n"+c.banner(name, word), true
		case t.Data == "main" && kind == html.StartTagToken && !said:
			raw, said = c.banner(name, word)+raw, true
		case t.Data == "a" && kind == html.EndTagToken:
			if gone && drawings == 0 {
				fmt.Fprintf(&out, `<span class="vh"> (%s)</span>`, template.HTMLEscapeString(word("part_gone")))
			}
			gone = false
		case kind != html.StartTagToken && kind != html.SelfClosingTagToken:
		case t.Data == "a":
			if gone = c.gone(name, attribute(t, "href")); gone {
				raw = placeholder(t).String()
			}
		case t.Data == "link":
			if c.gone(name, attribute(t, "href")) {
				continue
			}
		case c.gone(name, attribute(t, "data-search")):
			raw = strings.Replace(dropped(t, "data-search").String(), ` hidden=""`, " hidden", 1) // as it was written
		}
		out.WriteString(raw)
	}
	c.tree.Put(name, out.Bytes())
	return nil
}

// gone reports an address within the report whose file is not there any more.
func (c *cut) gone(from, address string) bool {
	if address == "" {
		return false
	}
	i := inspector{}
	to, _, ok := i.within(from, clean(address))
	return ok && !c.tree.Has(to)
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func dropped(t html.Token, keys ...string) html.Token {
	t.Attr = slices.DeleteFunc(slices.Clone(t.Attr), func(a html.Attribute) bool { return slices.Contains(keys, a.Key) })
	return t
}

// placeholder is an element for a link which leads nowhere (HTML, 4.5.1).
func placeholder(t html.Token) html.Token {
	t = dropped(t, "href", "download", "rel", "target", "hreflang", "type")
	for i, a := range t.Attr {
		if a.Key == "class" {
			t.Attr[i].Val = a.Val + " gone"
			return t
		}
	}
	t.Attr = append(t.Attr, html.Attribute{Key: "class", Val: "gone"})
	return t
}

func (c *cut) banner(name string, word Words) string {
	lang := c.langs[name]
	here := c.count(lang, func(name string) bool { return c.pages[name] })
	all := c.count(lang, func(string) bool { return true })
	text := strings.NewReplacer("{{ .Pages }}", fmt.Sprint(here), "{{ .All }}", fmt.Sprint(all)).Replace(word("part_banner"))
	var b strings.Builder
	fmt.Fprintf(&b, `<aside class="banner" aria-label="%s"><div class="wrap"><p>%s`, template.HTMLEscapeString(word("banner")), template.HTMLEscapeString(text))
	if home := c.homes[lang]; name != home && c.pages[home] {
		fmt.Fprintf(&b, ` <a href="%s">%s</a>`, template.HTMLEscapeString(up(name)+home), template.HTMLEscapeString(word("part_list")))
	}
	b.WriteString("</p></div></aside>\n")
	return b.String()
}

// up leads from a page to the folder of the package.
func up(name string) string { return strings.Repeat("../", strings.Count(name, "/")) }

// contents makes the home page of each language that the part has pages in into
// a list of them: the frame of the home page, with the list in the place of its
// main matter. A package begins with index.html, whatever language that is in.
func (c *cut) contents() error {
	for _, lang := range slices.Sorted(maps.Keys(c.homes)) {
		home := c.homes[lang]
		listed := c.count(lang, func(name string) bool { return c.pages[name] && !slices.Contains(c.part.Always, name) })
		if c.pages[home] || listed == 0 && home != IndexName {
			continue
		}
		if err := c.list(home, lang); err != nil {
			return err
		}
	}
	return nil
}

func (c *cut) list(home, lang string) error {
	doc, err := c.tree.parse(home)
	if err != nil {
		return err
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			for _, need := range needs(n) {
				if err := c.need(home, need); err != nil {
					return err
				}
			}
		}
	}
	text, err := c.tree.Read(home)
	if err != nil {
		return err
	}
	list, err := c.listing(doc, home, lang)
	if err != nil {
		return err
	}
	c.tree.Put(home, frame(text, list))
	c.keep[home], c.pages[home] = true, true
	return nil
}

// frame is a page with other matter in its main element, and without what its
// head says of the matter that was there.
func frame(page, body []byte) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	depth, skip := 0, ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.Bytes()
		}
		raw := string(z.Raw())
		t := z.Token()
		start, end := kind == html.StartTagToken, kind == html.EndTagToken
		switch {
		case skip != "":
			if end && t.Data == skip {
				skip = ""
			}
			continue
		case t.Data == "main" && start:
			depth++
			out.WriteString(raw)
			out.WriteByte('\n')
			out.Write(body)
			continue
		case t.Data == "main" && end:
			depth--
		case depth > 0:
			continue
		case t.Data == "script" && start && attribute(t, "type") == "application/ld+json":
			skip = "script"
			continue
		case t.Data == "meta" && (attribute(t, "name") == "description" || strings.HasPrefix(attribute(t, "property"), "og:")):
			continue
		}
		out.WriteString(raw)
	}
}

// row is a page in a list.
type row struct{ Href, Title string }

// group are pages of one sort: those that have the same page above them.
type group struct {
	Title string
	Rows  []row
}

// Long reports titles that need a line each.
func (g group) Long() bool {
	return slices.ContainsFunc(g.Rows, func(r row) bool { return utf8.RuneCountInString(r.Title) > 45 })
}

// listing is the list of the pages in a language: those that the part begins
// with, and all others by sort, in the order of their titles.
func (c *cut) listing(doc *html.Node, home, lang string) ([]byte, error) {
	word := c.part.Words(lang)
	data := struct {
		Title, Lead, First, Linked string
		Start                      []row
		Others                     []group // the first without a title: pages of no sort
	}{Lead: word("part_lead"), First: word("part_first"), Linked: word("part_linked"), Others: make([]group, 1)}
	if title := find(doc, "title"); title != nil {
		data.Title = plainText(title)
	}
	for _, name := range sorted(c.pages) {
		if c.langs[name] != lang || slices.Contains(c.part.Always, name) {
			continue
		}
		doc, err := c.tree.parse(name)
		if err != nil {
			return nil, err
		}
		r := row{Href: strings.Repeat("../", strings.Count(home, "/")) + name, Title: name}
		if h := find(doc, "h1"); h != nil {
			r.Title = plainText(h)
		}
		sort := sortOf(doc)
		i := slices.IndexFunc(data.Others, func(g group) bool { return g.Title == sort })
		switch {
		case slices.Contains(c.part.Start, name):
			data.Start = append(data.Start, r)
		case i < 0:
			data.Others = append(data.Others, group{sort, []row{r}})
		default:
			data.Others[i].Rows = append(data.Others[i].Rows, r)
		}
	}
	if len(data.Others[0].Rows) == 0 {
		data.Others = data.Others[1:]
	}
	order := collate.New(language.Make(lang), collate.Numeric)
	for _, g := range data.Others {
		slices.SortStableFunc(g.Rows, func(a, b row) int { return order.CompareString(a.Title, b.Title) })
	}
	var b bytes.Buffer
	err := template.Must(template.New("list").Parse(listTemplate)).Execute(&b, data)
	return b.Bytes(), err
}

// sortOf is the name of the page above a page, when that is not home itself.
func sortOf(doc *html.Node) string {
	for n := range doc.Descendants() {
		if !hasClass(n, "crumbs") {
			continue
		}
		var steps []string
		for li := range n.Descendants() {
			if li.Type == html.ElementNode && li.Data == "li" {
				steps = append(steps, plainText(li))
			}
		}
		if len(steps) > 2 {
			return steps[1]
		}
	}
	return ""
}

const listTemplate = `<div class="head"><div class="head-main"><h1>{{ .Title }}</h1><div class="lead"><p>{{ .Lead }}</p></div></div></div>
{{ define "rows" }}{{ range . }}<li><a href="{{ .Href }}">{{ .Title }}</a></li>{{ end }}{{ end -}}
<section class="sec" id="first" aria-labelledby="first-h"><div class="sec-head"><h2 id="first-h">{{ .First }}</h2></div>
<div class="sec-body"><ul class="rows">{{ template "rows" .Start }}</ul></div></section>
{{ with .Others }}<section class="sec" id="linked" aria-labelledby="linked-h"><div class="sec-head"><h2 id="linked-h">{{ $.Linked }}</h2></div>
<div class="sec-body">{{ range . }}<div class="letter letter-long">{{ with .Title }}<h3>{{ . }}</h3>{{ end }}<ul class="az{{ if .Long }} az-long{{ end }}">{{ template "rows" .Rows }}</ul></div>
{{ end }}</div></section>
{{ end }}`

// plainText is the text of an element, without what only screen readers get.
func plainText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return oneLine(b.String())
}
