package pack

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Tree is the files that go into a package: those of a built site, which stay
// where they are, and others in memory.
type Tree struct {
	site   fs.FS
	memory map[string][]byte // nil stands for a file of the site
}

// NewTree takes up the files of a built site: all but those that only a web
// server or a search engine needs (404.html, _headers, robots.txt, site maps),
// and those of dossier itself.
func NewTree(site fs.FS) (*Tree, error) {
	t := &Tree{site: site, memory: map[string][]byte{}}
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if name != "." && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
		case !d.Type().IsRegular():
			return fmt.Errorf("%s is not a plain file", name)
		case !forServers(name):
			t.memory[name] = nil
		}
		return nil
	})
	return t, err
}

// forServers reports files that mean nothing without a web server.
func forServers(name string) bool {
	switch base := path.Base(name); {
	case base == "404.html", strings.HasPrefix(base, "."):
		return true
	case path.Dir(name) != ".":
		return false
	default:
		return base == "_headers" || base == "_redirects" || base == "robots.txt" ||
			strings.HasPrefix(base, "sitemap") && strings.HasSuffix(base, ".xml")
	}
}

// Names are the paths of the files, sorted.
func (t *Tree) Names() []string { return slices.Sorted(maps.Keys(t.memory)) }

// Has reports whether there is a file.
func (t *Tree) Has(name string) bool {
	_, ok := t.memory[name]
	return ok
}

// Read gives the bytes of a file, which must not be changed.
func (t *Tree) Read(name string) ([]byte, error) {
	switch data, ok := t.memory[name]; {
	case !ok:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case data != nil:
		return data, nil
	}
	return fs.ReadFile(t.site, name)
}

// Put adds a file, or takes the place of one.
func (t *Tree) Put(name string, data []byte) { t.memory[name] = append([]byte{}, data...) }

// Remove takes a file out, if it is there.
func (t *Tree) Remove(name string) { delete(t.memory, name) }

// parse reads a page.
func (t *Tree) parse(name string) (*html.Node, error) {
	text, err := t.Read(name)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return doc, nil
}

// target is the file that an address on a page leads to, if it is there.
func (t *Tree) target(from, address string) (string, bool) {
	to, _, ok := (&inspector{}).within(from, clean(address))
	return to, ok && address != "" && t.Has(to)
}
