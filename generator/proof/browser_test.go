//go:build proof

package proof

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium with tabs that are handed out one by one.
type browser struct {
	tabs  chan *tab
	close func()
}

// tabCount is one more than a small machine has cores: a tab also waits.
const tabCount = 3

var errNoChromium = errors.New("there is no Chromium: install it to run the browser tests")

// startBrowser starts Chromium. Each tab has a window of its own, as a hidden
// tab draws no frames.
func startBrowser(flags ...chromedp.ExecAllocatorOption) (*browser, error) {
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		return nil, errNoChromium
	}
	profile, err := os.MkdirTemp("", "dossier-proof-profile-")
	if err != nil {
		return nil, err
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(opts, flags...)...)
	b := &browser{tabs: make(chan *tab, tabCount), close: func() {
		cancel()
		os.RemoveAll(profile)
	}}
	first, _ := chromedp.NewContext(ctx) // cancelled with the allocator
	for i := range tabCount {
		t := &tab{ctx: first}
		if i > 0 {
			t.ctx, _ = chromedp.NewContext(first)
		}
		if err := t.open(); err != nil {
			b.close()
			return nil, fmt.Errorf("Chromium does not start: %w", err)
		}
		b.tabs <- t
	}
	return b, nil
}

// shared is the browser of all tests.
var shared = sync.OnceValues(func() (*browser, error) { return startBrowser() })

// sharedBrowser is the browser of all tests. Without one the test is left out,
// but not in continuous integration, which installs it.
func sharedBrowser(t *testing.T) *browser {
	t.Helper()
	b, err := shared()
	need(t, err)
	return b
}

// need leaves a test out when the machine lacks a program; in continuous
// integration, and for any other reason, it fails.
func need(t *testing.T, err error) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("CI") == "" && (errors.Is(err, errNoChromium) || errors.Is(err, errNoNode) || errors.Is(err, errNoFont)):
		t.Skip(err)
	default:
		t.Fatal(err)
	}
}

// each runs a check for each of some things, several at a time, and reports
// what it finds in their order.
func each[T any](t *testing.T, b *browser, things []T, check func(*tab, T) []string) {
	t.Helper()
	found := make([][]string, len(things))
	var wait sync.WaitGroup
	for i, thing := range things {
		tab := <-b.tabs
		wait.Go(func() {
			defer func() { b.tabs <- tab }()
			if err := tab.set(screen{width: 1280, height: 800}); err != nil {
				found[i] = []string{err.Error()}
				return
			}
			found[i] = check(tab, thing)
		})
	}
	wait.Wait()
	for i, problems := range found {
		for _, p := range problems {
			t.Errorf("%v: %s", things[i], p)
		}
	}
}

// screen is what a page is shown on.
type screen struct {
	width, height int64
	dark, print   bool
}

func (s screen) String() string {
	out := fmt.Sprintf("%d px", s.width)
	if s.print {
		out = "print"
	}
	if s.dark {
		out += ", dark"
	}
	return out
}

// tab is one tab of a browser.
type tab struct {
	ctx   context.Context
	plain bool // JavaScript is switched off

	mu       sync.Mutex
	root     string // address of the site, without a slash at its end
	problems []string
}

//go:embed js/watch.js
var watchJS string

//go:embed js/proof.js
var proofJS string

func (t *tab) open() error {
	if err := chromedp.Do(t.ctx); err != nil {
		return err
	}
	if err := chromedp.Listen(t.ctx, t.event); err != nil {
		return err
	}
	_, err1 := chromedp.Call(t.ctx, network.Enable, network.EnableParams{})
	_, err2 := chromedp.Call(t.ctx, log.Enable, cdp.Empty{})
	_, err3 := chromedp.Call(t.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchJS})
	_, err4 := chromedp.Call(t.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return errors.Join(err1, err2, err3, err4)
}

// event notes what may not happen on any page.
func (t *tab) event(e any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := e.(type) {
	case *runtime.EventExceptionThrown:
		t.problems = append(t.problems, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		var text []string
		for _, a := range e.Args {
			text = append(text, string(a.Value))
		}
		if e.Type != "log" && e.Type != "debug" && e.Type != "info" {
			t.problems = append(t.problems, fmt.Sprintf("console %s: %s", e.Type, strings.Join(text, " ")))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			t.problems = append(t.problems, fmt.Sprintf("log %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, t.root+"/") && !strings.HasPrefix(u, "data:") {
			t.problems = append(t.problems, "asks for "+u)
		}
	case *network.EventLoadingFailed:
		t.problems = append(t.problems, "failed to load: "+e.ErrorText)
	}
}

// visit opens a file of the site at root, waits until its fonts are there and
// a frame was drawn, and gives what went wrong.
func (t *tab) visit(root, file string) []string {
	t.mu.Lock()
	t.root, t.problems = root, nil
	t.mu.Unlock()
	ctx, cancel := context.WithTimeout(t.ctx, time.Minute)
	defer cancel()
	err := chromedp.Do(ctx, chromedp.Navigate(root+"/"+file))
	wait := settled
	if t.plain {
		wait = settledPlain
	}
	if err == nil {
		_, err = chromedp.Run(ctx, chromedp.Evaluate[string](wait, chromedp.EvalAwaitPromise))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.problems = append(t.problems, err.Error())
	}
	return slices.Clone(t.problems)
}

// settled ends when the fonts are there and a frame was drawn. A page without
// JavaScript is told of no frame.
const (
	settled = `document.fonts.ready.then(() => new Promise(
		done => requestAnimationFrame(() => setTimeout(() => done(document.readyState), 0))))`
	settledPlain = `document.body.getBoundingClientRect(), document.fonts.ready.then(() => document.readyState)`
)

// set changes the screen that the tab shows its page on. Nothing moves on it.
func (t *tab) set(s screen) error {
	media, scheme := "screen", "light"
	if s.print {
		media = "print"
	}
	if s.dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		return err
	}
	_, err = chromedp.Call(t.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: s.width, Height: s.height, DeviceScaleFactor: 1,
	})
	return err
}

// ask calls a function of proof.js in the page and decodes what it gives, which
// may be a promise. The page's content security policy does not bind it.
func ask[T any](t *tab, function string, args ...any) (T, error) {
	var out T
	list := make([]string, len(args))
	for i, a := range args {
		text, err := json.Marshal(a)
		if err != nil {
			return out, err
		}
		list[i] = string(text)
	}
	ctx, cancel := context.WithTimeout(t.ctx, 2*time.Minute)
	defer cancel()
	call := fmt.Sprintf("(async () => {%s\nreturn JSON.stringify(await %s(%s))})()", proofJS, function, strings.Join(list, ", "))
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](call, chromedp.EvalAwaitPromise))
	if err != nil {
		return out, fmt.Errorf("%s: %w", function, err)
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// asked is ask for functions that list what is wrong.
func (t *tab) asked(function string, args ...any) []string {
	problems, err := ask[[]string](t, function, args...)
	if err != nil {
		return []string{err.Error()}
	}
	return problems
}
