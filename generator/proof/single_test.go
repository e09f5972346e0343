package proof

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/dossier-report/dossier/generator"
)

// singleExample is the example report in one file, in a folder of its own.
var singleExample = sync.OnceValues(func() (generator.PackResult, error) {
	if _, err := built(); err != nil { // makes workDir
		return generator.PackResult{}, err
	}
	dir := filepath.Join(workDir, "downloads 下载")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return generator.PackResult{}, err
	}
	return generator.Pack(context.Background(), generator.PackOptions{Project: filepath.Join("..", ".."), Single: true, Out: filepath.Join(dir, "report.html")})
})

// shownJS is which pages of the single file are shown, and what else of it.
const shownJS = `JSON.stringify({
	pages: Array.from(document.querySelectorAll(".one")).filter(p => p.offsetParent !== null || p.getClientRects().length).map(p => p.id),
	frames: Array.from(document.querySelectorAll("header.one-frame")).filter(p => p.getClientRects().length).map(p => p.lang),
	top: location.hash && !location.hash.includes("=") ? Math.round((document.getElementById(decodeURIComponent(location.hash.slice(1))) || document.body).getBoundingClientRect().top) : 0,
	high: window.innerHeight,
	title: document.title,
	results: Array.from(document.querySelectorAll("#search-results a"), a => a.getAttribute("href")),
	live: document.querySelectorAll(".one.is-on .is-live").length,
})`

type shown struct {
	Pages, Frames []string
	Top, High     int
	Title         string
	Results       []string
	Live          int
}

func (t *tab) shown() (shown, error) {
	ctx, cancel := context.WithTimeout(t.ctx, time.Minute)
	defer cancel()
	var out shown
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](shownJS))
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// until waits for something on the page, and fails when it does not come.
func (t *tab) until(condition string) error {
	ctx, cancel := context.WithTimeout(t.ctx, time.Minute)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`new Promise((done, fail) => {
		const started = Date.now();
		(function look() {
			if (%s) done("");
			else if (Date.now() - started > 30000) fail(new Error("it does not come to that"));
			else setTimeout(look, 20);
		})();
	})`, condition), chromedp.EvalAwaitPromise))
	if err != nil {
		return fmt.Errorf("%s: %w", condition, err)
	}
	return nil
}

func singleFile(t *testing.T) generator.PackResult {
	t.Helper()
	res, err := singleExample()
	if err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	return res
}

// TestSingleFile reads the report in one file, from a disk: home, a link, a part
// of a page, the way back, a search, another language, everything at once.
func TestSingleFile(t *testing.T) {
	b := sharedBrowser(t)
	res := singleFile(t)
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(res.File))}).String()
	tab := <-b.tabs
	defer func() { b.tabs <- tab }()
	if err := tab.set(screen{width: 1280, height: 800}); err != nil {
		t.Fatal(err)
	}
	if problems := tab.visit(root, "report.html"); len(problems) > 0 {
		t.Fatal(problems)
	}
	one := func(step, condition, want string) shown {
		t.Helper()
		if err := tab.until(condition); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
		got, err := tab.shown()
		if err != nil {
			t.Fatalf("%s: %v", step, err)
		}
		if strings.Join(got.Pages, " ") != want {
			t.Errorf("%s: the pages %v are shown, not %s", step, got.Pages, want)
		}
		if len(got.Frames) != 1 {
			t.Errorf("%s: the frames %v are shown", step, got.Frames)
		}
		return got
	}
	do := func(script string) {
		t.Helper()
		if _, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](script+`; ""`)); err != nil {
			t.Fatal(script, err)
		}
	}
	on := func(id string) string {
		return fmt.Sprintf("(document.querySelector('.one.is-on') || {}).id === %q", id)
	}
	one("home", on("index"), "index")
	do(`document.querySelector('.one-home a[href="#entities/hikvision"]').click()`)
	got := one("an entity", on("entities/hikvision"), "entities/hikvision")
	if !strings.Contains(got.Title, "Hikvision") {
		t.Errorf("the title is %q", got.Title)
	}
	do(`document.querySelector('[id="entities/hikvision"] figure[data-chart]').scrollIntoView()`)
	if got = one("a chart", `document.querySelector(".one.is-on .is-live")`, "entities/hikvision"); got.Live == 0 {
		t.Error("no chart has come to life")
	}
	do(`location.hash = "#entities/hikvision~sources"`)
	if got = one("a part", `location.hash.endsWith("~sources")`, "entities/hikvision"); got.Top < -2 || got.Top > got.High {
		t.Errorf("the part is at %d of %d", got.Top, got.High)
	}
	do(`history.go(-2)`)
	one("back", on("index"), "index")
	do(`document.querySelector('form[data-search] input').value = "hikvision"; document.querySelector('form[data-search]').requestSubmit()`)
	got = one("a search", `document.querySelectorAll("#search-results a").length > 0`, "search")
	if len(got.Results) == 0 || !strings.HasPrefix(got.Results[0], "#entities/hikvision") {
		t.Errorf("the search finds %v", got.Results)
	} else {
		do(`document.querySelector("#search-results a").click()`)
		one("what was found", on("entities/hikvision"), "entities/hikvision")
	}
	do(`location.hash = "#fr/entities/hikvision"`)
	if got = one("French", on("fr/entities/hikvision"), "fr/entities/hikvision"); got.Frames[0] != "fr" {
		t.Errorf("the frame is %v", got.Frames)
	}
	do(`location.hash = "#all"`)
	if err := tab.until(`document.documentElement.getAttribute("data-one") === "all"`); err != nil {
		t.Fatal(err)
	}
	if got, err := tab.shown(); err != nil || len(got.Pages) != res.Pages {
		t.Errorf("all: %d of %d pages are shown (%v)", len(got.Pages), res.Pages, err)
	}
	do(`location.hash = "#index"`)
	one("one again", on("index"), "index")
	tab.mu.Lock()
	defer tab.mu.Unlock()
	for _, p := range tab.problems {
		t.Error(p)
	}
}

// TestSingleFileWithoutScript: the style alone shows the page that the address
// leads to.
func TestSingleFileWithoutScript(t *testing.T) {
	b := sharedBrowser(t)
	res := singleFile(t)
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(res.File))}).String()
	tab := <-b.tabs
	defer func() { b.tabs <- tab }()
	plain := func(off bool) {
		if _, err := chromedp.Call(tab.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off}); err != nil {
			t.Fatal(err)
		}
		tab.plain = off
	}
	plain(true)
	defer plain(false)
	for hash, want := range map[string]string{
		"": "index", "#entities/hikvision": "entities/hikvision", "#entities/hikvision~sources": "entities/hikvision", "#fr/index": "fr/index",
		"#timeline": "timeline", "#no-such-page": "index",
	} {
		// Another file first: the same with another fragment would not be loaded anew.
		if _, err := chromedp.Call(tab.ctx, page.Navigate, page.NavigateParams{URL: "about:blank"}); err != nil {
			t.Fatal(err)
		}
		if problems := tab.visit(root, "report.html"+hash); len(problems) > 0 && !strings.Contains(strings.Join(problems, " "), "leads to") {
			t.Errorf("%s: %v", hash, problems)
		}
		got, err := tab.shown()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got.Pages, " ") != want || len(got.Frames) != 1 {
			t.Errorf("%q: the pages %v and the frames %v are shown, not %s", hash, got.Pages, got.Frames, want)
		}
	}
	if _, err := chromedp.Call(tab.ctx, page.Navigate, page.NavigateParams{URL: "about:blank"}); err != nil {
		t.Fatal(err)
	}
	tab.visit(root, "report.html#all")
	if got, err := tab.shown(); err != nil || len(got.Pages) != res.Pages {
		t.Errorf("all: %d of %d pages are shown (%v)", len(got.Pages), res.Pages, err)
	}
}
