package proof

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/dossier-report/dossier/generator"
)

// singleExample is the example report in one file, in a folder of its own, with
// a name as a browser gives it to what is downloaded twice.
var singleExample = sync.OnceValues(func() (generator.PackResult, error) {
	if _, err := built(); err != nil { // makes workDir
		return generator.PackResult{}, err
	}
	dir := filepath.Join(workDir, "downloads 下载")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return generator.PackResult{}, err
	}
	return generator.Pack(context.Background(), generator.PackOptions{Project: filepath.Join("..", ".."), Single: true, Out: filepath.Join(dir, singleName)})
})

const singleName = "report (1).html"

func singleFile(t *testing.T) (generator.PackResult, string) {
	t.Helper()
	res, err := singleExample()
	if err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	return res, (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(res.File))}).String()
}

// singleFileName is the name of the file in an address.
var singleFileName = url.PathEscape(singleName)

// What is seen of the file: the pages that are shown, and the frames.
const (
	seenPages  = `Array.from(document.querySelectorAll(".one")).filter(p => p.getClientRects().length).map(p => p.id)`
	seenFrames = `Array.from(document.querySelectorAll("header.one-frame")).filter(p => p.getClientRects().length).map(p => p.lang)`
	seen       = `[` + seenPages + `, ` + seenFrames + `, location.hash, document.title, scrollY, (document.getElementById(decodeURIComponent(location.hash.slice(1))) || document.body).getBoundingClientRect().top]`
)

// only says that one page is shown, in the frame of its language.
func only(id, lang string) string {
	return fmt.Sprintf(`%s.join() === %q && %s.join() === %q`, seenPages, id, seenFrames, lang)
}

// inView says that the element of an id is on the screen.
func inView(id string) string {
	return fmt.Sprintf(`(t => t >= -2 && t < innerHeight)(document.getElementById(%q).getBoundingClientRect().top)`, id)
}

// singleSteps are a reader's way through the report in one file.
func singleSteps(pages map[string]int) []step {
	const part = "entities/hikvision~sources"
	link := func(id string) string {
		return fmt.Sprintf(`document.querySelector('.is-on a[href=%q]').click()`, "#"+id)
	}
	results := `Array.from(document.querySelectorAll(".is-on .find-results .rows-title a"), a => a.getAttribute("href"))`
	steps := []step{
		{name: "home", want: only("index", "en") + ` && scrollY === 0`},
		{name: "a link", do: link("entities/hikvision"), want: only("entities/hikvision", "en") + ` && document.title.includes("Hikvision") && scrollY === 0 && document.activeElement.localName === "h1"`},
		{name: "where it is", want: `Array.from(document.querySelectorAll(".one-frame[lang=en] .site-nav [aria-current]"), a => a.getAttribute("href")).join() === "#entities/index"`},
		{name: "the charts", do: openFolds, want: liveCharts, seen: chartsSeen},
		{name: "words of charts", want: `Array.from(document.querySelectorAll(".is-on .ch-zoom button"), b => b.textContent).includes("Zoom in")`, seen: `Array.from(document.querySelectorAll(".is-on .ch-zoom button"), b => b.textContent)`},
		{name: "a part of it", do: link(part), want: only("entities/hikvision", "en") + " && " + inView(part)},
		{name: "down the page", do: `scrollTo(0, 700)`, want: `history.state && history.state.top === 700`, seen: `[scrollY, history.state]`},
		{name: "another page", do: `document.querySelector('.one-frame[lang=en] a[href="#timeline"]').click()`, want: only("timeline", "en") + ` && scrollY === 0`},
		{name: "back to where it was", do: `history.back()`, want: only("entities/hikvision", "en") + ` && scrollY === 700`, seen: seen},
		{name: "forward", do: `history.forward()`, want: only("timeline", "en")},
		{name: "a filter", do: `document.querySelector('.is-on .filters .on-kind-1').click()`,
			want: only("timeline", "en") + ` && (n => n > 0 && n < document.querySelectorAll(".is-on .tl-item").length)(Array.from(document.querySelectorAll(".is-on .tl-item")).filter(i => i.getClientRects().length).length)`},
		{name: "a part of another page, while this one still moves", do: `scrollTo(0, 300); location.hash = "#` + part + `"`, want: only("entities/hikvision", "en") + " && " + inView(part), seen: seen},
		{name: "a filter of lanes", do: `location.hash = "#entities/hikvision~only-report"`,
			want: `document.querySelectorAll(".is-on .tl-law").length && !Array.from(document.querySelectorAll(".is-on .tl-law")).some(i => i.getClientRects().length) && getComputedStyle(document.querySelector(".is-on .on-report")).fontWeight === "700"`},
		{name: "a search from the top", do: `const f = document.querySelector('header.one-frame[lang=en] form'); f.querySelector("input").value = "海康威视"; f.requestSubmit()`,
			want: only("search", "en") + ` && ` + results + `[0] === "#entities/hikvision" && location.hash.startsWith("#search~q=") && document.querySelector(".is-on mark")`, seen: `[` + seen + `, ` + results + `, document.querySelector(".is-on .find-status").textContent]`},
		{name: "what was found", do: `document.querySelector(".is-on .find-results a").click()`, want: only("entities/hikvision", "en")},
		{name: "back to the search", do: `history.back()`, want: only("search", "en") + ` && ` + results + `[0] === "#entities/hikvision"`},
		{name: "a filter of the search", do: `const s = document.querySelector(".is-on [data-filter=kind]"); s.value = "measure"; s.dispatchEvent(new Event("change"))`,
			want: results + `.length > 0 && Array.from(document.querySelectorAll(".is-on .find-results .kind"), k => k.textContent).every(k => k === "Measure")`, seen: results},
		{name: "French", do: `document.querySelector(".one-langs .langs a[lang=fr]").click()`, want: only("fr/search", "fr") + ` && document.documentElement.lang === "fr"`},
		{name: "a search in French", do: `const f = document.querySelector(".is-on form.find"); f.querySelector("input").value = "gel des avoirs"; f.requestSubmit()`,
			want: results + `.length > 0 && ` + results + `.every(h => h.startsWith("#fr/") && document.getElementById(h.slice(1))) && location.hash.startsWith("#fr/search~q=")`, seen: `[` + seen + `, ` + results + `, document.querySelector(".is-on .find-status").textContent]`},
		{name: "charts in French", do: `location.hash = "#fr/entities/hikvision"`, want: only("fr/entities/hikvision", "fr")},
		{name: "charts answer", do: openFolds, want: liveCharts, seen: chartsSeen},
		{name: "their words", want: `(b => b && b.textContent && b.textContent !== "Zoom in")(document.querySelector(".is-on .ch-zoom button"))`},
		{name: "an address that nobody knows", do: `location.hash = "#no-such-page%"`, want: only("index", "en")},
	}
	for lang, n := range pages {
		all := fmt.Sprintf(`(all => all.length === %d && all.every(id => document.getElementById(id).lang === %q))(%s) && %s.join() === %[2]q`, n, lang, seenPages, seenFrames)
		home := map[string]string{"en": "index", "fr": "fr/index"}[lang]
		steps = append(steps,
			step{name: "home of " + lang, do: `location.hash = "#` + home + `"`, want: only(home, lang)},
			step{name: "all pages of " + lang, do: fmt.Sprintf(`document.querySelector("footer[lang=%s] .one-to-all").click()`, lang), want: all},
			step{name: "one again", do: fmt.Sprintf(`document.querySelector("footer[lang=%s] .one-to-one").click()`, lang), want: only(home, lang)})
	}
	return steps
}

// pagesByLanguage counts the pages of the example that are in the file.
func pagesByLanguage(t *testing.T) map[string]int {
	s, out := example(t), map[string]int{}
	for _, file := range s.files {
		if base := filepath.Base(file); base != "404.html" && base != "verify.html" {
			lang := s.settings.Languages[s.rank(file)]
			out[string(lang)]++
		}
	}
	return out
}

// TestSingleFile reads the report in one file, from a disk, in Chromium.
func TestSingleFile(t *testing.T) {
	b := sharedBrowser(t)
	res, root := singleFile(t)
	pages, sum := pagesByLanguage(t), 0
	for _, n := range pages {
		sum += n
	}
	if len(pages) < 2 || res.Pages != sum {
		t.Errorf("the file has %d pages, and the site %v", res.Pages, pages)
	}
	each(t, b, []string{singleFileName}, func(tab *tab, file string) []string {
		return walk(tab, root, file, singleSteps(pages))
	})
}

// TestSingleFileWithoutScript: the style alone shows the page that the address
// leads to.
func TestSingleFileWithoutScript(t *testing.T) {
	b := sharedBrowser(t)
	_, root := singleFile(t)
	pages := pagesByLanguage(t)
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
	for _, c := range []struct {
		hash, want string
		anew       bool // the file is opened there, instead of a link in it being followed
	}{
		{"", only("index", "en"), true},
		{"#entities/hikvision", only("entities/hikvision", "en") + ` && scrollY === 0`, false},
		{"#entities/hikvision~sources", only("entities/hikvision", "en") + " && " + inView("entities/hikvision~sources"), true},
		{"#fr/index", only("fr/index", "fr"), false},
		{"#timeline", only("timeline", "en"), false},
		{"#no-such-page", only("index", "en"), true},
		{"#search~q=x", only("index", "en"), false},
		{"#fr/timeline~only-law", only("fr/timeline", "fr"), true},
		{"#~all-en", fmt.Sprintf(`%s.length === %d && %s.join() === "en"`, seenPages, pages["en"], seenFrames), false},
		{"#~all-fr", fmt.Sprintf(`%s.length === %d && %s.join() === "fr"`, seenPages, pages["fr"], seenFrames), false},
	} {
		t.Run(c.hash, func(t *testing.T) {
			hash, want := c.hash, c.want
			if c.anew {
				// Another page first: the same with another fragment would not be loaded anew.
				if err := chromedp.Do(tab.ctx, chromedp.Navigate("about:blank")); err != nil {
					t.Fatal(err)
				}
				for _, p := range tab.visit(root, singleFileName+hash) {
					if !strings.HasPrefix(p, "leads to ") {
						t.Errorf("%s: %s", hash, p)
					}
				}
			} else if _, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](fmt.Sprintf(`location.hash = %q`, hash))); err != nil {
				t.Fatal(err)
			}
			got, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](fmt.Sprintf(`JSON.stringify([%s, %s])`, want, seen)))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(got, "[true,") {
				t.Errorf("%q: %s", hash, got)
			}
		})
	}
}
