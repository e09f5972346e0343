package proof

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestLinks follows every address on every page of every site, without a
// browser: relative addresses must lead to a file, and their anchor to an
// element of it.
func TestLinks(t *testing.T) {
	for _, s := range allSites(t) {
		t.Run(s.name, func(t *testing.T) {
			pages, links := followLinks(t, s)
			if s == example(t) && (pages < 50 || links < 1000) {
				t.Errorf("only %d pages with %d links were looked at", pages, links)
			}
		})
	}
}

// followLinks gives how many pages and links it has looked at.
func followLinks(t *testing.T, s *site) (files, links int) {
	pages := map[string]*htmlPage{}
	for _, name := range s.files {
		pages[name] = parsePage(t, filepath.Join(s.dir, filepath.FromSlash(name)))
	}
	for name, p := range pages {
		for _, ref := range p.refs {
			u, err := url.Parse(ref)
			if err != nil {
				t.Errorf("%s: %q: %v", name, ref, err)
				continue
			}
			switch u.Scheme {
			case "https", "http", "mailto", "data":
				continue
			case "":
			default:
				t.Errorf("%s: %q has a scheme that is not allowed", name, ref)
				continue
			}
			links++
			if u.Path != "" && strings.HasSuffix(u.Path, "/") || strings.HasPrefix(ref, "/") && !s.onlyServed(name) {
				t.Errorf("%s: %q does not name its file", name, ref)
				continue
			}
			target := path.Join(path.Dir(name), u.Path)
			if strings.HasPrefix(u.Path, "/") {
				target = strings.TrimPrefix(u.Path, s.base+"/")
			}
			if u.Path == "" {
				target = name
			}
			if strings.HasPrefix(target, "../") {
				t.Errorf("%s: %q leads out of the site", name, ref)
				continue
			}
			if _, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(target))); err != nil {
				t.Errorf("%s: %q leads nowhere", name, ref)
				continue
			}
			if u.Fragment != "" && (pages[target] == nil || !pages[target].ids[u.Fragment]) {
				t.Errorf("%s: %q: there is no such element in %s", name, ref, target)
			}
		}
		for id, n := range p.count {
			if n > 1 {
				t.Errorf("%s: %d elements have the id %q", name, n, id)
			}
		}
		for _, bad := range p.bad {
			t.Errorf("%s: %s", name, bad)
		}
	}
	return len(pages), links
}

// htmlPage is what the link test needs of a page.
type htmlPage struct {
	refs  []string
	ids   map[string]bool
	count map[string]int
	bad   []string // what no page may hold
}

func parsePage(t *testing.T, file string) *htmlPage {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := html.Parse(f)
	if err != nil {
		t.Fatal(file, err)
	}
	p := &htmlPage{ids: map[string]bool{}, count: map[string]int{}}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				p.ids[a.Val] = true
				p.count[a.Val]++
			case a.Key == "href" || a.Key == "src" || a.Key == "poster" || a.Key == "xlink:href":
				p.refs = append(p.refs, a.Val)
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				p.bad = append(p.bad, fmt.Sprintf("<%s %s=%q>", n.Data, a.Key, a.Val))
			}
		}
		if n.Data == "script" && n.FirstChild != nil || n.Data == "style" {
			if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "type" && strings.HasSuffix(a.Val, "json") }) {
				p.bad = append(p.bad, "<"+n.Data+"> within the page")
			}
		}
	}
	return p
}
