package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium with one tab.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	root     string
	problems []string
}

// watchPolicy reports what breaks the content security policy on the console.
const watchPolicy = `document.addEventListener("securitypolicyviolation",
	e => console.error("policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample))`

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
		need(t, errNoChromium)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-dev-shm-usage", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	err := chromedp.Do(ctx)
	if err == nil {
		err = chromedp.Listen(ctx, b.event)
	}
	_, err1 := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	_, err2 := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	_, err3 := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPolicy})
	_, err4 := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if err := errors.Join(err, err1, err2, err3, err4); err != nil {
		t.Fatal("Chromium does not start: ", err)
	}
	return b
}

func (b *browser) event(e any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := e.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		b.problems = append(b.problems, "exception: "+text)
	case *runtime.EventConsoleAPICalled:
		var text []string
		for _, a := range e.Args {
			text = append(text, string(a.Value))
		}
		b.problems = append(b.problems, fmt.Sprintf("console %s: %s", e.Type, strings.Join(text, " ")))
	case *log.EventEntryAdded:
		b.problems = append(b.problems, fmt.Sprintf("log %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, b.root+"/") && !strings.HasPrefix(u, "data:") {
			b.problems = append(b.problems, "asks for "+u)
		}
	case *network.EventLoadingFailed:
		b.problems = append(b.problems, "failed to load: "+e.ErrorText)
	}
}

// found gives what the browser complained of since the last call.
func (b *browser) found() []string {
	b.t.Helper()
	eval[bool](b, "true") // what was reported before has arrived by then
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.problems
	b.problems = nil
	return out
}

// clean fails for whatever the browser complained of.
func (b *browser) clean(when string) {
	b.t.Helper()
	for _, p := range b.found() {
		b.t.Errorf("%s: %s", when, p)
	}
}

func (b *browser) visit(root, file string) {
	b.t.Helper()
	b.mu.Lock()
	b.root = root
	b.mu.Unlock()
	b.do(chromedp.Navigate(root + "/" + file))
	eval[bool](b, `document.fonts.ready.then(() => true)`)
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// eval gives the value of an expression, which may be a promise.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// until waits for a condition on the page, frame by frame.
func (b *browser) until(what, condition string) {
	b.t.Helper()
	ok := eval[bool](b, `new Promise(done => { const end = performance.now() + 10000; (function look() {
		if (`+condition+`) done(true); else if (performance.now() > end) done(false); else setTimeout(look, 20); })() })`)
	if !ok {
		b.t.Fatalf("%s: %s", what, condition)
	}
}

// scroll brings a chart into view and waits until it answers.
func (b *browser) scroll(id string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`document.getElementById(%q).scrollIntoView({block: "center", behavior: "instant"}), true`, id))
	b.until(id+" does not come alive", fmt.Sprintf(`document.querySelector("#%s .ch-box.is-live .ch-canvas canvas")`, id))
}

func (b *browser) press(keys ...string) {
	b.t.Helper()
	codes := map[string]int64{"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35, "PageUp": 33, "PageDown": 34, "Escape": 27, "Tab": 9, "Enter": 13}
	for _, key := range keys {
		p := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: key, Code: key, WindowsVirtualKeyCode: codes[key]}
		if len(key) == 1 {
			p.Type, p.Text = input.DispatchKeyEventTypeKeyDown, key
		}
		if key == "Enter" {
			p.Type, p.Text = input.DispatchKeyEventTypeKeyDown, "\r"
		}
		_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, p)
		if err == nil {
			p.Type, p.Text = input.DispatchKeyEventTypeKeyUp, ""
			_, err = chromedp.Call(b.ctx, input.DispatchKeyEvent, p)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// point gives a place within a chart, as parts of its box.
func (b *browser) point(id string, x, y float64) (float64, float64) {
	b.t.Helper()
	var at [2]float64
	text := eval[string](b, fmt.Sprintf(`(() => { const r = document.querySelector("#%s .ch-live").getBoundingClientRect(); return JSON.stringify([r.left + r.width * %g, r.top + r.height * %g]) })()`, id, x, y))
	if err := json.Unmarshal([]byte(text), &at); err != nil {
		b.t.Fatal(err)
	}
	return at[0], at[1]
}

func (b *browser) mouse(kind input.DispatchMouseEventType, x, y float64, change func(*input.DispatchMouseEventParams)) {
	b.t.Helper()
	p := input.DispatchMouseEventParams{Type: kind, X: x, Y: y}
	if change != nil {
		change(&p)
	}
	if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, p); err != nil {
		b.t.Fatal(err)
	}
}

// said waits until the live region of a chart says this.
func (b *browser) said(id, want string) {
	b.t.Helper()
	got := eval[string](b, fmt.Sprintf(`new Promise(done => { const p = document.querySelector("#%s [aria-live]"), end = performance.now() + 3000; (function look() {
		if (p.textContent === %q || performance.now() > end) done(p.textContent); else setTimeout(look, 20); })() })`, id, want))
	if got != want {
		b.t.Errorf("%s says %q, not %q", id, got, want)
	}
}

// pixels is a function of the page: what the canvas of a chart shows, as numbers.
const pixels = `(id => {
	const c = document.querySelector("#" + id + " .ch-canvas canvas"), copy = document.createElement("canvas");
	copy.width = c.width;
	copy.height = c.height;
	const g = copy.getContext("2d", {willReadFrequently: true});
	for (const layer of document.querySelectorAll("#" + id + " .ch-canvas canvas")) g.drawImage(layer, 0, 0);
	return g.getImageData(0, 0, c.width, c.height);
})`

// drawn gives a number for what the canvas of a chart shows, after it had time
// to draw: it changes with whatever a reader could see.
func (b *browser) drawn(id string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`new Promise(done => requestAnimationFrame(() => setTimeout(() => {
		const d = new Uint32Array(%s(%q).data.buffer);
		let h = 0;
		for (let i = 0; i < d.length; i++) h = Math.imul(h, 31) + d[i] | 0;
		done(String(h));
	}, 50)))`, pixels, id))
}

func (b *browser) screen(width int64, media, scheme, motion string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}})
	if err == nil {
		_, err = chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
	}
	if err != nil {
		b.t.Fatal(err)
	}
}
