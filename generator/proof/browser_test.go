package proof

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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
	ctx   context.Context // of its first tab, which is not handed out
	tabs  chan *tab
	close func()
}

// patience is how long a page may take over one thing. It only keeps a test
// from waiting for ever: a busy machine takes minutes over axe-core, or over all
// of a report on one page.
const patience = 5 * time.Minute

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
		chromedp.WSURLReadTimeout(2*time.Minute), // a busy machine starts it slowly
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(opts, flags...)...)
	b := &browser{tabs: make(chan *tab, tabCount), close: func() {
		cancel()
		os.RemoveAll(profile)
	}}
	b.ctx, _ = chromedp.NewContext(ctx) // cancelled with the allocator
	if err := chromedp.Do(b.ctx); err != nil {
		b.close()
		return nil, fmt.Errorf("Chromium does not start: %w", err)
	}
	for range tabCount {
		t, err := b.open()
		if err != nil {
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
	case os.Getenv("CI") == "" && (errors.Is(err, errNoChromium) || errors.Is(err, errNoFirefox) || errors.Is(err, errNoNode) || errors.Is(err, errNoFont)):
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
			} else {
				found[i] = check(tab, thing)
			}
			// What went wrong is reported, and the next check does not suffer from it.
			if err := tab.answers(); err != nil {
				found[i] = append(found[i], "the tab is lost: "+err.Error())
				if fresh, err := b.open(); err == nil {
					tab.cancel()
					tab = fresh
				}
			}
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

// tab is one tab of a browser, in a window of its own.
type tab struct {
	ctx    context.Context
	cancel context.CancelFunc
	plain  bool // JavaScript is switched off

	mu       sync.Mutex
	root     string // address of the site, without a slash at its end
	problems []string
	loading  map[network.RequestID]string // addresses asked for, and not yet answered
	at       string                       // address of the page that was navigated to last
	loaded   string                       // address of the page that was loaded last, with all that it needs
	changed  chan struct{}                // closed when loaded changes
}

//go:embed js/watch.js
var watchJS string

//go:embed js/proof.js
var proofJS string

// open opens a tab.
func (b *browser) open() (*tab, error) {
	t := &tab{loading: map[network.RequestID]string{}, changed: make(chan struct{})}
	t.ctx, t.cancel = chromedp.NewContext(b.ctx)
	if err := chromedp.Do(t.ctx); err != nil {
		return nil, err
	}
	if err := chromedp.Listen(t.ctx, t.event); err != nil {
		return nil, err
	}
	_, err1 := chromedp.Call(t.ctx, network.Enable, network.EnableParams{})
	_, err2 := chromedp.Call(t.ctx, log.Enable, cdp.Empty{})
	_, err3 := chromedp.Call(t.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchJS})
	_, err4 := chromedp.Call(t.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return t, errors.Join(err1, err2, err3, err4)
}

// answers fails when the tab has crashed or hangs.
func (t *tab) answers() error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[float64]("1"))
	return err
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
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			t.at = e.Frame.URL
		}
	case *page.EventLoadEventFired:
		t.loaded = t.at
		close(t.changed)
		t.changed = make(chan struct{})
	case *network.EventRequestWillBeSent:
		t.loading[e.RequestID] = e.Request.URL
		if u := e.Request.URL; !strings.HasPrefix(u, t.root+"/") && !strings.HasPrefix(u, "data:") {
			t.problems = append(t.problems, "asks for "+u)
		}
	case *network.EventLoadingFinished:
		delete(t.loading, e.RequestID)
	case *network.EventLoadingFailed:
		t.problems = append(t.problems, fmt.Sprintf("failed to load %s: %s", t.loading[e.RequestID], e.ErrorText))
		delete(t.loading, e.RequestID)
	}
}

// visit opens a file of the site at root, waits until its fonts are there, a
// frame was drawn and nothing is loading any more, and gives what went wrong.
func (t *tab) visit(root, file string) []string {
	t.mu.Lock()
	t.root, t.problems = root, nil
	clear(t.loading) // the browser may never say what became of the last page's
	t.mu.Unlock()
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	err := chromedp.Do(ctx, chromedp.Navigate(root+"/"+file))
	if err == nil {
		err = t.settle(ctx)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.problems = append(t.problems, err.Error())
	}
	// A server answers for the folder in place of its index.html.
	if at := t.at; err == nil && at != root+"/"+file && at != root+"/"+strings.TrimSuffix(file, "index.html") {
		t.problems = append(t.problems, "leads to "+at)
	}
	return slices.Clone(t.problems)
}

// settle waits until the page is drawn and nothing is loading any more: what is
// would be cut off by the next visit, and held against it.
func (t *tab) settle(ctx context.Context) error {
	wait := settled
	if t.plain {
		wait = settledPlain
	}
	var last []string
	since := time.Now()
	for {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[string](wait, chromedp.EvalAwaitPromise))
		loading := t.stillLoading()
		switch {
		case err != nil:
			return fmt.Errorf("%w, while it loads %q", err, loading)
		case len(loading) == 0:
			return nil
		case !slices.Equal(loading, last):
			last, since = loading, time.Now()
		case time.Since(since) > forgotten: // also of a page that led on to another
			return nil
		}
	}
}

// forgotten is how long nothing happens before what is still loading counts as
// lost: Chromium does not tell of each request what became of it.
const forgotten = 15 * time.Second

// stillLoading are the addresses that were asked for, and not yet answered.
func (t *tab) stillLoading() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Values(t.loading))
}

// text is the value of an expression, or of its promise.
func (t *tab) text(expression string) (string, error) {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
}

// wrong is what went wrong since the last visit began.
func (t *tab) wrong() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.problems)
}

// arrives waits until the page of an address has loaded.
func (t *tab) arrives(ctx context.Context, address string) error {
	address, _, _ = strings.Cut(address, "#")
	for {
		t.mu.Lock()
		loaded, changed := t.loaded, t.changed
		t.mu.Unlock()
		if loaded == address {
			return t.settle(ctx)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the browser stays at %s, and does not come to %s: %w", loaded, address, ctx.Err())
		case <-changed:
		}
	}
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
	ctx, cancel := context.WithTimeout(t.ctx, patience)
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
