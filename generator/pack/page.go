package pack

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page looks into a page. With and without scripts browsers read noscript
// differently, so a page that has it is read both ways.
func (i *inspector) page(name string, text []byte) {
	i.fixtures[name] = true
	ways := []bool{false}
	if bytes.Contains(bytes.ToLower(text), []byte("<noscript")) {
		ways = append(ways, true)
	}
	for _, scripts := range ways {
		doc, err := html.ParseWithOptions(bytes.NewReader(text), html.ParseOptionEnableScripting(scripts))
		if err != nil {
			i.find(CodeUnreadable, name, "is not a page: %v", err)
			return
		}
		p := pageCheck{inspector: i, name: name}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode {
				p.element(n)
			}
		}
		if !p.hasPolicy {
			i.find(CodePolicy, name, "has no content security policy")
		}
	}
}

// pageCheck is one way through one page.
type pageCheck struct {
	*inspector
	name      string
	hasPolicy bool
	policy    policy
}

func (p *pageCheck) element(n *html.Node) {
	switch n.Data {
	case "base", "iframe", "frame", "object", "embed", "applet", "portal", "fencedframe":
		p.find(CodeActive, p.name, "has an element <%s>", n.Data)
	case "meta":
		p.meta(n)
	case "script", "style":
		p.inline(n)
	case "link":
		p.link(n)
	}
	if !p.hasPolicy && loadsSomething(n) {
		p.find(CodePolicy, p.name, "loads something before it states its content security policy")
		p.hasPolicy = true // said once
	}
	for _, a := range n.Attr {
		p.attribute(n, a)
	}
}

func loadsSomething(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "img", "video", "audio", "picture", "source", "track", "input", "image", "use":
		return true
	case "link":
		return slices.ContainsFunc(strings.Fields(strings.ToLower(value(n, "rel"))), loading)
	}
	return false
}

// loading reports relations that make a browser load the address at once.
func loading(rel string) bool {
	switch rel {
	case "canonical", "alternate", "license", "author", "help", "next", "prev", "search", "me", "bookmark", "nofollow", "noopener", "noreferrer", "describedby", "up", "cite-as":
		return false
	}
	return true
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func (p *pageCheck) meta(n *html.Node) {
	content := value(n, "content")
	switch strings.ToLower(strings.TrimSpace(value(n, "http-equiv"))) {
	case "content-security-policy":
		if p.hasPolicy {
			return // a second one can only forbid more
		}
		p.hasPolicy = true
		var why string
		if p.policy, why = parsePolicy(content); why != "" {
			p.find(CodePolicy, p.name, "has a content security policy that %s", why)
		}
	case "refresh":
		_, address, ok := strings.Cut(content, "=")
		if ok {
			address = strings.Trim(strings.TrimSpace(address), `'"`)
			if target, fragment, ok := p.within(p.name, clean(address)); ok {
				p.follows(p.name, target, fragment, address)
			} else {
				p.find(CodeOutside, p.name, "leads on to %q by itself", shown(address))
			}
		}
	}
}

// inline checks a script or style that stands in the page.
func (p *pageCheck) inline(n *html.Node) {
	kind := strings.ToLower(strings.TrimSpace(value(n, "type")))
	if n.Data == "script" && (kind == "application/json" || kind == "application/ld+json") {
		return
	}
	var text strings.Builder
	for c := range n.ChildNodes() {
		text.WriteString(c.Data)
	}
	if n.Data == "style" {
		p.style(p.name, text.String())
	}
	if text.Len() == 0 || n.Data == "script" && value(n, "src") != "" {
		return
	}
	allowed := p.policy.scripts
	if n.Data == "style" {
		allowed = p.policy.styles
	}
	if !allows(allowed, text.String()) {
		p.find(CodeActive, p.name, "has a <%s> that its policy does not name", n.Data)
	}
}

func (p *pageCheck) link(n *html.Node) {
	rels := strings.Fields(strings.ToLower(value(n, "rel")))
	address := value(n, "href")
	switch {
	case address == "":
	case len(rels) == 0 || slices.ContainsFunc(rels, loading):
		p.loads(p.name, "rel="+strings.Join(rels, " "), address)
	default:
		p.leads(p.name, address)
	}
}

func (p *pageCheck) attribute(n *html.Node, a html.Attribute) {
	key := a.Key
	if a.Namespace != "" {
		key = a.Namespace + ":" + a.Key
	}
	switch {
	case key == "id" || key == "name" && n.Data == "a":
		p.anchor(p.name, a.Val)
	case key == "style":
		p.find(CodeActive, p.name, "has a style attribute, which its policy forbids")
	case strings.HasPrefix(key, "on"):
		p.find(CodeActive, p.name, "has an attribute %s, which is a script", shown(key))
	case key == "href" || key == "xlink:href":
		switch n.Data {
		case "link", "base":
		case "a", "area":
			p.leads(p.name, a.Val)
		default:
			p.loads(p.name, "<"+n.Data+">", a.Val)
		}
	case slices.Contains(loadingAttributes(), key):
		if strings.TrimSpace(a.Val) != "" || key == "src" {
			p.loads(p.name, "<"+n.Data+">", a.Val)
		}
	case key == "srcset" || key == "imagesrcset":
		for _, candidate := range strings.Split(a.Val, ",") {
			if f := strings.Fields(candidate); len(f) > 0 {
				p.loads(p.name, "<"+n.Data+">", f[0])
			}
		}
	case key == "action" || key == "formaction":
		p.leads(p.name, a.Val)
	case key == "ping" || key == "attributionsrc" || key == "srcdoc":
		p.find(CodeOutside, p.name, "has an attribute %s", key)
	case strings.Contains(strings.ToLower(a.Val), "url(") && presentation(key):
		p.style(p.name, a.Val)
	}
}

func loadingAttributes() []string {
	return []string{"src", "poster", "data", "background", "manifest", "archive", "codebase", "classid", "lowsrc", "dynsrc", "icon"}
}

// presentation reports attributes of SVG whose value is a style.
func presentation(key string) bool {
	switch key {
	case "fill", "stroke", "filter", "clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end", "cursor":
		return true
	}
	return false
}

// policy is what a page allows itself.
type policy struct{ scripts, styles []string }

// parsePolicy reads a content security policy, and says what it lacks.
func parsePolicy(text string) (p policy, why string) {
	directives := map[string][]string{}
	for _, part := range strings.Split(text, ";") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			continue
		}
		key := strings.ToLower(fields[0])
		if _, again := directives[key]; !again { // the first one counts
			directives[key] = fields[1:]
		}
	}
	for _, key := range []string{"default-src", "base-uri", "form-action"} {
		if sources, ok := directives[key]; !ok || !slices.Equal(lower(sources), []string{"'none'"}) {
			return p, "does not say " + key + " 'none'"
		}
	}
	for key, sources := range directives {
		for _, s := range sources {
			if !harmless(key, s) {
				return p, "allows " + key + " " + shown(s)
			}
		}
	}
	return policy{directives["script-src"], directives["style-src"]}, ""
}

func lower(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToLower(s)
	}
	return out
}

func harmless(directive, source string) bool {
	s := strings.ToLower(source)
	switch {
	case s == "'none'" || s == "'self'":
		return true
	case s == "data:":
		return directive == "img-src" || directive == "font-src"
	case strings.HasPrefix(s, "'sha256-") || strings.HasPrefix(s, "'sha384-") || strings.HasPrefix(s, "'sha512-"):
		return directive == "script-src" || directive == "style-src"
	}
	return false
}

// allows reports whether a policy names a text by its hash.
func allows(sources []string, text string) bool {
	s2, s3, s5 := sha256.Sum256([]byte(text)), sha512.Sum384([]byte(text)), sha512.Sum512([]byte(text))
	e := base64.StdEncoding.EncodeToString
	return slices.Contains(sources, "'sha256-"+e(s2[:])+"'") || slices.Contains(sources, "'sha384-"+e(s3[:])+"'") ||
		slices.Contains(sources, "'sha512-"+e(s5[:])+"'")
}
