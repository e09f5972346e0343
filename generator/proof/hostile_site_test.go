package proof

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// markup reads every page as a browser does, and looks for anything that could
// run a script, send something, or change where relative addresses lead.
func (h *hostile) markup(t *testing.T) {
	files, err := htmlFiles(h.site)
	if err != nil {
		t.Fatal(err)
	}
	elements, links := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(h.site, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(text, "\x00\x07\x1b") {
			t.Errorf("%s has a control character", file)
		}
		doc, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			elements++
			if why := h.dangerous(n); why != "" {
				t.Errorf("%s: <%s> %s", file, n.Data, why)
			}
			if n.Data == "a" {
				links++
			}
		}
	}
	t.Logf("%d pages, %d elements, %d links", len(files), elements, links)
}

// allowed are the elements of pages that could do harm, by what makes them
// harmless.
func (h *hostile) dangerous(n *html.Node) string {
	attr := map[string]string{}
	for _, a := range n.Attr {
		attr[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "formaction" {
			return "has the attribute " + a.Key
		}
	}
	switch n.Data {
	case "base", "iframe", "frame", "object", "embed", "applet", "portal", "style":
		return "is an element that no page needs"
	case "form":
		if attr["action"] != "" {
			return "sends to " + attr["action"]
		}
	case "script":
		src, isFile := attr["src"]
		if isFile && !h.own(src) || !isFile && attr["type"] != "application/ld+json" && attr["type"] != "application/json" {
			return fmt.Sprintf("runs %q", src)
		}
	case "link":
		if rel := attr["rel"]; rel != "canonical" && rel != "alternate" && !h.own(attr["href"]) {
			return "fetches " + attr["href"]
		}
	case "meta":
		if strings.EqualFold(attr["http-equiv"], "refresh") && !refreshes.MatchString(attr["content"]) {
			return "leads to " + attr["content"]
		}
	}
	for _, key := range []string{"href", "src", "poster", "xlink:href", "data", "action", "background", "cite", "srcset"} {
		if value, ok := attr[key]; ok && !harmless(n.Data, key, value) {
			return fmt.Sprintf("has the %s %q", key, value)
		}
	}
	return ""
}

var (
	refreshes = regexp.MustCompile(`^0; ?url=[a-z0-9./-]+\.html(#[a-z0-9-]+)?$`)
	schemes   = []string{"", "http", "https", "mailto"}
)

// own reports whether an address is that of a file of the theme.
func (h *hostile) own(address string) bool {
	return regexp.MustCompile(`^(\.\./)*(/)?assets/[a-z0-9.-]+$`).MatchString(address) || regexp.MustCompile(`^(\.\./)*search/[a-z0-9./-]+$`).MatchString(address)
}

// harmless reports whether following an address runs nothing. What a page
// fetches by itself has to be its own.
func harmless(element, key, value string) bool {
	u, err := url.Parse(strings.TrimSpace(value))
	if err != nil || !slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return false
	}
	return element == "a" || element == "link" || u.Host == "" && u.Scheme == ""
}

// withoutPolicy is a copy of the site whose pages have no content security
// policy, so that nothing but escaping stands between a payload and its effect.
func (h *hostile) withoutPolicy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(h.root, "no policy")
	if err := os.CopyFS(dir, os.DirFS(h.site)); err != nil {
		t.Fatal(err)
	}
	files, err := htmlFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := filepath.Join(dir, filepath.FromSlash(file))
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bare := policy.ReplaceAll(text, nil)
		if len(bare) == len(text) {
			t.Fatalf("%s has no policy to take away", file)
		}
		if err := os.WriteFile(name, bare, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var policy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// open opens the pages of a site in Chromium, or one in so many, moves over
// everything on them and gives it the focus, and looks for the mark of a script
// that has run.
func (h *hostile) open(t *testing.T, dir string, oneIn int) {
	s := &site{name: "hostile", dir: dir}
	files, err := htmlFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(file string) bool {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		return err != nil || s.onlyServed(file) || bytes.Contains(text, []byte(`http-equiv="refresh"`))
	})
	for i := range files[:len(files)/oneIn] {
		files[i] = files[i*oneIn]
	}
	files = files[:len(files)/oneIn]
	// A page with a script that runs at once is the proof that one is seen.
	probe := filepath.Join(dir, "probe.html")
	if err := os.WriteFile(probe, []byte("<!doctype html><title>x</title><p onmouseover='window.__x=1'>x</p>"), 0o644); err != nil {
		t.Fatal(err)
	}
	each(t, sharedBrowser(t), append([]string{"probe.html"}, files...), func(tab *tab, file string) []string {
		out := tab.visit(s.disk(), file)
		ran, err := runs(tab)
		switch {
		case err != nil:
			out = append(out, err.Error())
		case file == "probe.html" && !ran:
			out = append(out, "a script that runs goes unseen")
		case file != "probe.html" && ran:
			out = append(out, "a script from a record has run")
		}
		return out
	})
	if err := os.Remove(probe); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages opened", len(files))
}

// runs touches every element of a page, and says whether a mark was set.
func runs(t *tab) (bool, error) {
	return chromedp.Run(t.ctx, chromedp.Evaluate[bool](`(() => {
		for (const e of document.querySelectorAll("*")) {
			for (const type of ["mouseover", "mouseenter", "focus", "load", "error", "toggle", "animationstart"]) e.dispatchEvent(new Event(type));
		}
		for (const e of document.querySelectorAll("details")) e.open = true;
		return "__x" in window;
	})()`))
}
