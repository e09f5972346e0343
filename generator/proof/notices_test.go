package proof

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// sound is a page without a fault. Each of faults replaces a part of it.
const sound = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sound</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="style.css"></head>
<body><a class="skip" href="#main">Skip to content</a>
<header><nav aria-label="Main"><ul><li><a href="other.html">Other</a></li></ul></nav></header>
<main id="main" tabindex="-1"><h1>Sound</h1><p class="text">A page that has nothing wrong, with <a class="link" href="other.html">a link</a> in its text.</p><button type="button">Do</button></main>
<footer><p>Version 1.2.3, <time datetime="2022-05-04">4 May 2022</time></p></footer>
</body></html>
`

const soundStyle = `
body { margin: 1rem; font: 1rem sans-serif; color: #111; background: #fff; overflow-wrap: anywhere; }
.skip { position: absolute; inset-block-start: -5rem; padding: 0.5rem; background: #fff; }
.skip:focus { inset-block-start: 0; }
a, button { display: inline-block; min-height: 24px; color: #00c; }
:focus-visible { outline: 3px solid #05c; }
@media print { .skip, nav, button { display: none; } }
`

// TestProofNotices sees to it that every check of this package finds what it
// is there for, and nothing in a sound page.
func TestProofNotices(t *testing.T) {
	needModules(t)
	b := sharedBrowser(t)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	checks := map[string]func(*tab) []string{
		"axe": func(tab *tab) []string {
			if err := chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
				return []string{err.Error()}
			}
			return tab.asked("runAxe")
		},
		"room":     func(tab *tab) []string { return tab.asked("overflow") },
		"keyboard": func(tab *tab) []string { return tab.walk(40) },
		"skip": func(tab *tab) []string {
			if err := tab.press(tabKey); err != nil {
				return []string{err.Error()}
			}
			return tab.asked("onSkipLink")
		},
		"print": func(tab *tab) []string {
			if err := tab.set(screen{width: paperWidth, height: 960, dark: true, print: true}); err != nil {
				return []string{err.Error()}
			}
			return tab.asked("printed", []string{"1.2.3"}, []string{"2022-05-04"})
		},
	}
	faults := []struct{ check, old, new, want string }{
		{"axe", `lang="en"`, ``, "html-has-lang"},
		{"axe", "color: #111", "color: #999", "color-contrast"},
		{"axe", `aria-label="Main"`, `aria-label="Main" role="button"`, ""},
		{"room", "overflow-wrap: anywhere;", "white-space: nowrap;", "scrolls sideways"},
		{"room", ".skip {", ".text { overflow: hidden; white-space: nowrap; } .skip {", "cut off"},
		{"room", ".skip {", ".link { position: relative; inset-inline-start: -3rem; } .skip {", "sticks out"},
		{"room", ".skip {", "h1 { inline-size: 2rem; overflow-wrap: normal; } .skip {", "runs out of"},
		{"keyboard", "3px solid #05c", "none", "no outline"},
		{"keyboard", "3px solid #05c", "3px solid #eee", "little contrast"},
		{"keyboard", ".skip {", ".link { position: fixed; inset-block-start: -100px; } .skip {", "out of the window"},
		{"keyboard", ".skip {", "header { position: fixed; inset: 0; background: #fff; } .skip {", "is covered"},
		{"keyboard", `class="link"`, `class="link" tabindex="1"`, "Tab goes from"},
		{"keyboard", ".skip {", "body { padding-block-start: 5rem; } button { position: absolute; inset: 3rem auto auto 0; } .skip {", "jumps up"},
		{"keyboard", `<button type="button">Do</button>`, `<button type="button" onkeydown="event.preventDefault()">Do</button>`, "does not leave"},
		{"skip", `<a class="skip" href="#main">Skip to content</a>`, ``, "does not come to a skip link"},
		{"skip", `href="#main"`, `href="#nowhere"`, "does not lead to main"},
		{"skip", ".skip:focus", ".skip:hover", "cannot be seen"},
		{"print", "nav, button { display", "nav { display", "navigation is printed"},
		{"print", "@media print {", "@media (prefers-color-scheme: dark) { body { background: #000; color: #fff; } } @media print {", "the paper is"},
		{"print", "@media print {", "@media print { .text { color: #ddd; }", "hard to read"},
		{"print", "1.2.3", "", "does not say"},
		{"print", `datetime="2022-05-04"`, "", "does not give the date"},
		{"print", "@media print {", "@media print { footer { display: none; }", "does not say"},
	}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	serve := func(dir, old, new string) {
		for name, text := range map[string]string{"index.html": sound, "style.css": soundStyle} {
			text := strings.Replace(text, old, new, 1)
			mux.HandleFunc("/"+dir+"/"+name, func(w http.ResponseWriter, r *http.Request) {
				http.ServeContent(w, r, name, time.Time{}, strings.NewReader(text))
			})
		}
	}
	serve("sound", "", "")
	type look struct{ check, dir, want, fault string }
	var looks []look
	for check := range checks {
		looks = append(looks, look{check, "sound", "", ""})
	}
	for i, f := range faults {
		dir := fmt.Sprint("fault", i)
		serve(dir, f.old, f.new)
		looks = append(looks, look{f.check, dir, f.want, f.new})
	}
	each(t, b, looks, func(tab *tab, l look) []string {
		if err := tab.set(screen{width: 320, height: 600}); err != nil {
			return []string{err.Error()}
		}
		if problems := tab.visit(server.URL+"/"+l.dir, "index.html"); len(problems) > 0 {
			return problems
		}
		found := strings.Join(checks[l.check](tab), "\n")
		switch {
		case l.dir == "sound" && found != "":
			return []string{"found in a sound page: " + found}
		case l.dir != "sound" && (found == "" || !strings.Contains(found, l.want)):
			return []string{"not found, but: " + found}
		}
		return nil
	})
}
