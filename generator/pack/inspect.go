package pack

import (
	"hash/maphash"
	"net/url"
	"path"
	"strings"
)

// inspector looks into the pages, styles and drawings of a package, one after
// the other, and remembers what links have to be followed in the end.
type inspector struct {
	manifest Manifest
	find     func(code, name, format string, args ...any)

	seed     maphash.Seed
	anchors  map[uint64]bool // of path and id
	links    map[uint64]link // of target and fragment, each once
	fixtures map[string]bool // pages that were looked into, so that their ids are known
}

// link is a way from a page to a part of another.
type link struct{ from, to, fragment string }

func newInspector(m Manifest, find func(code, name, format string, args ...any)) *inspector {
	return &inspector{
		manifest: m, find: find, seed: maphash.MakeSeed(),
		anchors: map[uint64]bool{}, links: map[uint64]link{}, fixtures: map[string]bool{},
	}
}

// wants reports whether a file is looked into.
func (i *inspector) wants(name string) bool {
	switch ext(name) {
	case ".html", ".htm", ".xhtml", ".xht", ".css", ".svg", ".xml", ".atom", ".rss", ".xsl", ".xslt", ".mht", ".mhtml", ".hta":
		return true
	}
	return false
}

// look looks into a file.
func (i *inspector) look(name string, text []byte) {
	switch ext(name) {
	case ".html", ".htm":
		i.page(name, text)
	case ".css":
		i.style(name, string(text))
	case ".mht", ".mhtml", ".hta", ".xhtml", ".xht", ".xsl", ".xslt":
		i.find(CodeActive, name, "is of a kind that a browser runs without a policy")
	default:
		i.markup(name, text)
	}
}

// loads checks the address of something that a browser loads with a page.
func (i *inspector) loads(from, what, address string) {
	address = clean(address)
	if data, ok := strings.CutPrefix(strings.ToLower(address), "data:"); ok {
		if !strings.HasPrefix(data, "image/") && !strings.HasPrefix(data, "font/") && !strings.HasPrefix(data, "application/font") {
			i.find(CodeOutside, from, "%s is in an address that could hold anything", what)
		}
		return
	}
	target, fragment, ok := i.within(from, address)
	if !ok {
		i.find(CodeOutside, from, "%s is loaded from %q", what, shown(address))
		return
	}
	i.follows(from, target, fragment, address)
}

// leads checks the address of a link that a reader can follow.
func (i *inspector) leads(from, address string) {
	address = clean(address)
	switch scheme(address) {
	case "http", "https":
		if u, err := url.Parse(address); err != nil || u.Host == "" {
			i.find(CodeOutside, from, "a link leads to %q", shown(address))
		}
		return
	case "mailto", "tel":
		return
	}
	target, fragment, ok := i.within(from, address)
	if !ok {
		i.find(CodeOutside, from, "a link leads to %q", shown(address))
		return
	}
	i.follows(from, target, fragment, address)
}

// within is the path of a file in the package that an address leads to.
func (i *inspector) within(from, address string) (target, fragment string, ok bool) {
	if scheme(address) != "" || strings.HasPrefix(address, "/") || strings.HasPrefix(address, `\`) {
		return "", "", false
	}
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || u.User != nil {
		return "", "", false
	}
	if u.Path == "" {
		return from, u.Fragment, true
	}
	target = path.Join(path.Dir(from), u.Path)
	if strings.Contains(u.Path, `\`) || target == ".." || strings.HasPrefix(target, "../") {
		return "", "", false
	}
	return target, u.Fragment, true
}

// follows checks that there is such a file, and notes to look for the part of
// it that is meant.
func (i *inspector) follows(from, target, fragment, address string) {
	if _, ok := i.manifest.Entry(target); !ok {
		i.find(CodeDead, from, "a link leads to %q, which is not in the package", shown(address))
		return
	}
	if fragment == "" || fragment == "top" || !i.wants(target) {
		return
	}
	key := i.key(target, fragment)
	if _, ok := i.links[key]; !ok {
		i.links[key] = link{from, target, fragment}
	}
}

func (i *inspector) key(name, id string) uint64 {
	return maphash.String(i.seed, name+"\x00"+id)
}

// anchor notes that a page has an element with an id.
func (i *inspector) anchor(name, id string) { i.anchors[i.key(name, id)] = true }

// follow looks for the parts of pages that links lead to.
func (i *inspector) follow() {
	for key, l := range i.links {
		if i.fixtures[l.to] && !i.anchors[key] {
			i.find(CodeDead, l.from, "a link leads to %q in %s, and there is no such part", shown(l.fragment), l.to)
		}
	}
}

// scheme is that of an address in lower case, as browsers find it.
func scheme(address string) string {
	for n, r := range address {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		case n > 0 && ('0' <= r && r <= '9' || r == '+' || r == '-' || r == '.'):
		case n > 0 && r == ':':
			return strings.ToLower(address[:n])
		default:
			return ""
		}
	}
	return ""
}

// clean drops what browsers drop from an address: spaces and controls around
// it, tabs and line breaks within.
func clean(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, address)
}
