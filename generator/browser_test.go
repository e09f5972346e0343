package generator_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// TestExampleLinks follows every address on every page of the example report,
// without a browser: relative addresses must lead to a file, and their anchor
// to an element of it.
func TestExampleLinks(t *testing.T) {
	site := exampleSite(t)
	pages := map[string]*htmlPage{}
	for _, name := range htmlFiles(t, site) {
		pages[name] = parsePage(t, filepath.Join(site, filepath.FromSlash(name)))
	}
	links := 0
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
			if u.Path != "" && strings.HasSuffix(u.Path, "/") || strings.HasPrefix(ref, "/") && name != "404.html" {
				t.Errorf("%s: %q does not name its file", name, ref)
				continue
			}
			target := path.Join(path.Dir(name), u.Path)
			if strings.HasPrefix(u.Path, "/") {
				target = strings.TrimPrefix(u.Path, "/")
			}
			if u.Path == "" {
				target = name
			}
			if strings.HasPrefix(target, "../") {
				t.Errorf("%s: %q leads out of the site", name, ref)
				continue
			}
			if _, err := os.Stat(filepath.Join(site, filepath.FromSlash(target))); err != nil {
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
	if len(pages) < 50 || links < 1000 {
		t.Errorf("only %d pages with %d links were looked at", len(pages), links)
	}
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

// TestExampleInBrowser opens every page of the example report in Chromium,
// from a disk and from a server: nothing may be reported on the console, break
// the content security policy, fail to load, or be asked of anybody else.
func TestExampleInBrowser(t *testing.T) {
	site := exampleSite(t)
	server := httptest.NewServer(http.FileServer(http.Dir(site)))
	defer server.Close()
	disk := (&url.URL{Scheme: "file", Path: filepath.ToSlash(site)}).String()
	for name, root := range map[string]string{"disk": disk, "server": server.URL} {
		t.Run(name, func(t *testing.T) {
			b := openBrowser(t)
			for _, file := range htmlFiles(t, site) {
				if file == "404.html" && name == "disk" {
					continue // it has addresses from the root, and is only for servers
				}
				text, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(file)))
				if err != nil {
					t.Fatal(err)
				}
				for _, problem := range b.visit(root, "/"+file, strings.Contains(string(text), `http-equiv="refresh"`)) {
					t.Errorf("%s: %s", file, problem)
				}
			}
		})
	}
}

// TestBrowserNotices sees to it that the test above can fail.
func TestBrowserNotices(t *testing.T) {
	dir := t.TempDir()
	policy := `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	for name, body := range map[string]string{
		"script.html":  policy + `<script>1</script>`,
		"style.html":   policy + `<p style="color:red">x</p>`,
		"outside.html": `<img src="http://127.0.0.1:9/x.png">`,
		"missing.html": `<link rel="stylesheet" href="gone.css">`,
		"error.html":   `<script>throw new Error("broken")</script>`,
		"log.html":     `<script>console.error("broken")</script>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("<!doctype html><title>x</title>"+body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := openBrowser(t)
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	for _, file := range htmlFiles(t, dir) {
		if len(b.visit(root, "/"+file, false)) == 0 {
			t.Errorf("nothing was noticed in %s", file)
		}
	}
}

// settled ends when the fonts are there and a frame was drawn.
const settled = `document.fonts.ready.then(() => new Promise(
	done => requestAnimationFrame(() => setTimeout(() => done(location.href), 0))))`

// watchPolicy reports what breaks the content security policy on the console.
const watchPolicy = `document.addEventListener("securitypolicyviolation",
	e => console.error("policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample))`

// browser is a Chromium with one tab.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	root     string
	problems []string
	loading  map[network.RequestID]string // addresses asked for, and not yet answered
}

// openBrowser starts Chromium. Without one the test is left out, but not in
// continuous integration, which installs it.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no Chromium")
		}
		t.Skip("there is no Chromium: install it to run the browser tests")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.UserDataDir(t.TempDir()),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, loading: map[network.RequestID]string{}}
	err := chromedp.Do(ctx)
	if err == nil {
		err = chromedp.Listen(ctx, b.event)
	}
	if err == nil {
		_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPolicy})
	}
	if err != nil {
		t.Fatal("Chromium does not start: ", err)
	}
	return b
}

func (b *browser) event(e any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := e.(type) {
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		var text []string
		for _, a := range e.Args {
			text = append(text, string(a.Value))
		}
		if e.Type != "log" && e.Type != "debug" && e.Type != "info" {
			b.problems = append(b.problems, fmt.Sprintf("console %s: %s", e.Type, strings.Join(text, " ")))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			b.problems = append(b.problems, fmt.Sprintf("log %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		b.loading[e.RequestID] = e.Request.URL
		if u := e.Request.URL; !strings.HasPrefix(u, b.root+"/") && !strings.HasPrefix(u, "data:") {
			b.problems = append(b.problems, "asks for "+u)
		}
	case *network.EventLoadingFinished:
		delete(b.loading, e.RequestID)
	case *network.EventLoadingFailed:
		b.problems = append(b.problems, fmt.Sprintf("failed to load %s: %s", b.loading[e.RequestID], e.ErrorText))
		delete(b.loading, e.RequestID)
	}
}

// visit opens a page and gives what went wrong. Only the page of an old
// address may lead on to another.
func (b *browser) visit(root, name string, leadsOn bool) []string {
	b.mu.Lock()
	b.root, b.problems = root, nil
	b.mu.Unlock()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	at := ""
	err := chromedp.Do(ctx, chromedp.Navigate(root+name))
	for range 5 {
		if err != nil {
			break
		}
		at, err = chromedp.Run(ctx, chromedp.Evaluate[string](settled, chromedp.EvalAwaitPromise))
		if err == nil || !leadsOn || !strings.Contains(err.Error(), "navigated or closed") {
			break
		}
		err = nil // the page of an old address leads on while we look
	}
	// What is still loading would be cut off by the next visit, and held against it.
	for err == nil && b.isLoading() {
		_, err = chromedp.Run(ctx, chromedp.Evaluate[string](settled, chromedp.EvalAwaitPromise))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.problems = append(b.problems, err.Error())
	}
	// A server answers for the folder in place of its index.html.
	if at != "" && at != root+name && at != root+strings.TrimSuffix(name, "index.html") && !leadsOn {
		b.problems = append(b.problems, "leads to "+at)
	}
	return slices.Clone(b.problems)
}

func (b *browser) isLoading() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.loading) > 0
}

func htmlFiles(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
