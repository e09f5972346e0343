package client

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "write pictures of the charts into this folder")

// TestCharts opens pages with charts in Chromium.
func TestCharts(t *testing.T) {
	all := kinds(t)
	real := drawn(t)
	alone := func(options string) []fixture { return []fixture{{id: "one", title: "One", options: options}} }
	dir := site(t, map[string]chartPage{
		"index.html":  {charts: all},
		"drawn.html":  {charts: real},
		"broken.html": {charts: broken(t)},
		"fr.html":     {lang: "fr", dir: "ltr", charts: all},
		"ar.html":     {lang: "ar", dir: "rtl", charts: all},
		"odd.html":    {lang: "x-not a language", dir: "ltr", charts: alone(string(marshal(t, price(30))))},
		"long.html":   {charts: alone(string(marshal(t, price(5000))))},
		"short.html":  {charts: alone(string(marshal(t, price(2))))},
	})
	plain := strings.Replace(string(read(t, filepath.Join(dir, "index.html"))), `id="chart-words"`, `id="no-words"`, 1)
	if err := os.WriteFile(filepath.Join(dir, "plain.html"), []byte(plain), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	disk := (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	b := openBrowser(t)
	for _, test := range []struct {
		name string
		do   func(*browser)
	}{
		{"disk", func(b *browser) { everything(b, disk, all) }},
		{"server", func(b *browser) { everything(b, server.URL, all) }},
		{"twins", func(b *browser) { twins(b, disk, real) }},
		{"later", func(b *browser) { later(b, disk) }},
		{"reading", func(b *browser) { reading(b, disk) }},
		{"languages", func(b *browser) { languages(b, disk) }},
		{"zoom", func(b *browser) { zoom(b, disk) }},
		{"legend", func(b *browser) { legend(b, disk) }},
		{"colours", func(b *browser) { colours(b, disk) }},
		{"motion", func(b *browser) { motion(b, disk) }},
		{"paper", func(b *browser) { paper(b, disk) }},
		{"broken", func(b *browser) { survives(b, disk) }},
		{"no words", func(b *browser) { wordless(b, disk) }},
		{"sizes", func(b *browser) { sizes(b, disk) }},
		{"axe", func(b *browser) { axe(b, disk, all) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.t = t
			b.screen(1100, "screen", "light", "reduce")
			test.do(b)
			b.clean("at the end")
		})
	}
}

// everything goes through all charts with the mouse, the wheel, keys and the
// switch of themes: nothing may be reported, and nothing asked of anybody else.
func everything(b *browser, root string, all []fixture) {
	b.visit(root, "index.html")
	for _, c := range all {
		if c.sparkline {
			continue
		}
		b.scroll(c.id)
		for _, at := range [][2]float64{{0.3, 0.3}, {0.5, 0.5}, {0.72, 0.81}} {
			x, y := b.point(c.id, at[0], at[1])
			b.mouse(input.DispatchMouseEventTypeMouseMoved, x, y, nil)
			b.drawn(c.id)
			b.mouse(input.DispatchMouseEventTypeMouseWheel, x, y, func(p *input.DispatchMouseEventParams) { p.DeltaX, p.DeltaY, p.Modifiers = 0.01, -100, 2 })
		}
		eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-live").focus(), true`, c.id))
		b.press("ArrowRight", "ArrowRight", "ArrowDown", "End", "+", "-", "0", "PageUp", "Home", "Escape")
		b.clean(c.id)
	}
	for _, theme := range []string{"dark", "light"} {
		eval[bool](b, fmt.Sprintf(`document.querySelector("[data-set-theme=%s]").click(), true`, theme))
		b.drawn("price")
		b.clean("theme " + theme)
	}
	if n := eval[int](b, `document.querySelectorAll("#spark canvas, #spark .ch-tools").length`); n != 0 {
		b.t.Error("a sparkline has come alive")
	}
	if n := eval[int](b, `document.querySelectorAll("[style]").length - document.querySelectorAll(".ch-canvas [style], .ch-canvas[style]").length`); n != 0 {
		b.t.Errorf("%d elements outside of the canvas have styles of their own", n)
	}
}

// later sees that only charts near the window come alive, and that nothing on
// the page moves when they do.
func later(b *browser, root string) {
	b.visit(root, "index.html")
	b.until("the first chart does not come alive", `document.querySelector("#price .ch-canvas canvas")`)
	if eval[bool](b, `!!document.querySelector("#multiples .ch-live")`) {
		b.t.Error("a chart far below the window is alive")
	}
	height := eval[float64](b, `document.documentElement.scrollHeight`)
	b.scroll("multiples")
	if now := eval[float64](b, `document.documentElement.scrollHeight`); now != height {
		b.t.Errorf("the page was %v px high and is %v", height, now)
	}
	// The SVG keeps its place and its description, out of sight.
	got := eval[string](b, `(() => { const s = document.querySelector("#price svg.ch-wide"), l = document.querySelector("#price .ch-live"), a = s.getBoundingClientRect(), c = l.getBoundingClientRect();
		return [getComputedStyle(s).opacity, getComputedStyle(s).visibility, s.querySelector("title").textContent, Math.round(a.left - c.left), Math.round(a.width - c.width)].join("|") })()`)
	if want := "0|visible|The shares fell by the daily limit|0|0"; got != want {
		b.t.Errorf("the SVG under the canvas: %s, not %s", got, want)
	}
}

// reading presses keys and listens to what is said.
func reading(b *browser, root string) {
	b.visit(root, "index.html")
	for _, c := range []struct{ id, keys, want string }{
		{"price", "ArrowRight", "Hikvision, 1 Sep 2021: 100.0"},
		{"price", "ArrowRight", "2 Sep 2021: 100.4"},
		{"price", "ArrowRight", "3 Sep 2021: 100.7; Plan reported"},
		{"price", "ArrowRight ArrowRight ArrowRight", "7 Sep 2021: 102.2"}, // the 6th was halted
		{"price", "ArrowDown", "CSI 300, 7 Sep 2021: 104.6"},
		{"price", "ArrowDown", "CSI 300, 7 Sep 2021: 104.6. No more values in this direction"},
		{"price", "End", "8 May 2022: 90.9"},
		{"price", "ArrowRight", "8 May 2022: 90.9. No more values in this direction"},
		{"price", "PageUp", "28 Apr 2022: 89.2"},
		{"price", "Home", "1 Sep 2021: 105.0"},
		{"price", "Escape ArrowRight", "CSI 300, 1 Sep 2021: 105.0"},
		{"study", "ArrowRight ArrowDown End", "20: 1.06\u00a0%"},
		{"study", "Home PageDown", "0: −7.00\u00a0%"},
		{"gantt", "ArrowRight", "Section 889: In force: 13 Aug 2019 to …"},
		{"gantt", "ArrowDown", "Entity List: in force since 9 October 2019"},
		{"gantt", "ArrowDown ArrowRight", "NS-CMIC: Suspended: 2 Aug 2021 to 2 Aug 2022"},
		{"gantt", "ArrowDown", "SDN List (plan): Reported: 4 May 2022"},
		{"matrix", "ArrowRight", "Hikvision, Section 889: 13 Aug 2019"},
		{"matrix", "ArrowDown ArrowRight", "Dahua, Entity List: –"},
		{"markets", "ArrowDown", "Cameras, India: 1,234,567.5"},
		{"markets", "ArrowDown ArrowDown", "Côte d'Ivoire: −300.0"},
		{"revenue", "ArrowRight ArrowDown", "Abroad, 2019: 160.0"},
		{"owners", "ArrowRight ArrowRight", "CETHIK: CETC → CETHIK: 100; CETHIK → Hikvision: 36.35"},
		{"multiples", "ArrowRight ArrowRight", "Feb 2022: 2"},
		{"multiples", "ArrowDown", "Staff, Feb 2022: 20"},
	} {
		b.scroll(c.id)
		eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-live").focus({preventScroll: true}), true`, c.id))
		before := b.drawn(c.id)
		b.press(strings.Fields(c.keys)...)
		b.said(c.id, c.want)
		if strings.Contains(c.want, "No more") || strings.Contains(c.keys, "Escape") {
			continue // where it was
		}
		if b.drawn(c.id) == before {
			b.t.Errorf("%s %s: the place is not shown", c.id, c.keys)
		}
	}
	if got := eval[string](b, `document.activeElement.getAttribute("aria-label") + "|" + document.activeElement.getAttribute("role")`); got != "Two lines on their own axes. Interactive chart|application" {
		b.t.Errorf("the chart is called %q", got)
	}
}

// languages sees numbers and dates as the page's language writes them.
func languages(b *browser, root string) {
	for _, c := range []struct{ page, id, keys, want string }{
		{"fr.html", "price", "ArrowRight", "Hikvision, 1\u00a0sept. 2021\u00a0: 100,0"},
		{"fr.html", "markets", "ArrowDown", "Cameras, India\u00a0: 1\u202f234\u202f567,5"},
		{"ar.html", "price", "ArrowRight", ""},
		{"odd.html", "one", "ArrowRight", "Hikvision, 1 Sep 2021: 100.0"},
	} {
		b.visit(root, c.page)
		b.scroll(c.id)
		eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-live").focus({preventScroll: true}), true`, c.id))
		b.press(strings.Fields(c.keys)...)
		if c.want != "" {
			b.said(c.id, strings.ReplaceAll(c.want, "1\u00a0sept.", "1 sept."))
			continue
		}
		b.until("nothing is said", `document.querySelector("#price [aria-live]").textContent`)
		if got := eval[string](b, `document.querySelector("#price [aria-live]").textContent`); !strings.Contains(got, "2021") || !strings.Contains(got, "100.0") {
			b.t.Errorf("%s: other digits or another calendar than in the text: %q", c.page, got)
		}
		if got := eval[string](b, `getComputedStyle(document.querySelector("#price .ch-live")).direction`); got != "ltr" {
			b.t.Errorf("a chart runs from %s", got)
		}
	}
}

// zoom goes by buttons, keys, wheel and dragging, and never keeps the page from scrolling.
func zoom(b *browser, root string) {
	b.visit(root, "index.html")
	b.scroll("price")
	state := func() string {
		return eval[string](b, `[...document.querySelectorAll("#price .ch-zoom button")].map(x => x.textContent + (x.getAttribute("aria-disabled") === "true" ? " off" : "")).join(", ")`)
	}
	click := func(word string) {
		eval[bool](b, fmt.Sprintf(`[...document.querySelectorAll("#price .ch-zoom button")].find(x => x.textContent === %q).click(), true`, word))
	}
	whole := "Zoom in, Zoom out off, Move left off, Move right off, Show all off"
	if got := state(); got != whole {
		b.t.Errorf("at first: %s", got)
	}
	first := b.drawn("price")
	click("Zoom in")
	if got := state(); got != "Zoom in, Zoom out, Move left, Move right, Show all" {
		b.t.Errorf("after zooming in: %s", got)
	}
	if b.drawn("price") == first {
		b.t.Error("the button does not zoom")
	}
	click("Move left")
	if got := state(); got != "Zoom in, Zoom out, Move left off, Move right, Show all" {
		b.t.Errorf("at the left end: %s", got)
	}
	click("Show all")
	if got := state(); got != whole {
		b.t.Errorf("after showing all: %s", got)
	}
	b.until("showing all does not bring the first drawing back", "true")
	x, y := b.point("price", 0.5, 0.4)
	wheel := func(delta float64, modifiers int64) {
		b.mouse(input.DispatchMouseEventTypeMouseWheel, x, y, func(p *input.DispatchMouseEventParams) { p.DeltaX, p.DeltaY, p.Modifiers = 0.01, delta, modifiers })
	}
	// The wheel belongs to the page ...
	at := eval[float64](b, "scrollY")
	wheel(60, 0)
	b.until("the page does not scroll over a chart", fmt.Sprintf("scrollY !== %v", at))
	if got := state(); got != whole {
		b.t.Errorf("the wheel alone zooms: %s", got)
	}
	// ... until Ctrl is held, or the chart has the focus.
	b.scroll("price")
	x, y = b.point("price", 0.5, 0.4)
	at = eval[float64](b, "scrollY")
	wheel(-100, 2)
	b.until("Ctrl and the wheel do not zoom", `document.querySelector("#price .ch-zoom button:last-child").getAttribute("aria-disabled") === "false"`)
	// Dragging moves what is seen.
	before := b.drawn("price")
	left := func(p *input.DispatchMouseEventParams) { p.Button, p.Buttons, p.ClickCount = "left", 1, 1 }
	b.mouse(input.DispatchMouseEventTypeMousePressed, x, y, left)
	for _, d := range []float64{20, 60, 100} {
		b.mouse(input.DispatchMouseEventTypeMouseMoved, x-d, y, left)
	}
	b.mouse(input.DispatchMouseEventTypeMouseReleased, x-100, y, left)
	if b.drawn("price") == before {
		b.t.Error("dragging does not move the chart")
	}
	eval[bool](b, `document.querySelector("#price .ch-live").focus({preventScroll: true}), true`)
	b.press("0")
	if got := state(); got != whole {
		b.t.Errorf("after 0: %s", got)
	}
	wheel(-100, 0)
	b.until("the wheel does not zoom a chart in focus", `document.querySelector("#price .ch-zoom button:last-child").getAttribute("aria-disabled") === "false"`)
	if now := eval[float64](b, "scrollY"); now != at {
		b.t.Errorf("the page has scrolled by %v while the chart was zoomed", now-at)
	}
	b.press("0")
	wheel(60, 0) // nothing left to zoom out
	b.until("a chart in focus keeps the page from scrolling", fmt.Sprintf("scrollY !== %v", at))
	// Reading takes a zoomed chart along.
	b.scroll("price")
	b.press("+", "+", "+", "+", "Home")
	if got := state(); !strings.Contains(got, "Move left off") {
		b.t.Errorf("the first value is read, but not in view: %s", got)
	}
	// At the closest, the button says so and keeps the focus.
	b.press("+", "+", "+", "+", "+", "+", "+", "+", "+")
	if got := state(); !strings.HasPrefix(got, "Zoom in off") {
		b.t.Errorf("at the closest: %s", got)
	}
}

// legend shows and hides series by the key of the figure, or by buttons of its own.
func legend(b *browser, root string) {
	b.visit(root, "index.html")
	blank := eval[int](b, `[...document.querySelectorAll(".ch-toggle canvas")].filter(c => new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer).every(p => p === 0)).length`)
	if alive := eval[int](b, `document.querySelectorAll(".ch-box.is-live").length`); blank > 0 || alive == len(kinds(b.t))-1 {
		b.t.Errorf("%d swatches are blank before their charts come alive; %d charts are alive", blank, alive)
	}
	b.visit(root, "index.html")
	for _, id := range []string{"price", "study"} {
		b.scroll(id)
		where := map[string]string{"price": ".ch-tools .ch-series", "study": ".key"}[id]
		got := eval[string](b, fmt.Sprintf(`[...document.querySelectorAll("#%s .ch-toggle")].map(x => x.textContent + " " + x.getAttribute("aria-pressed") + " " + !!x.closest(%q)).join(", ")`, id, where))
		want := map[string]string{"price": "Hikvision true true, CSI 300 true true", "study": "CAR true true, AR true true"}[id]
		if got != want {
			b.t.Errorf("%s has %s, not %s", id, got, want)
		}
		before := b.drawn(id)
		eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-toggle").focus(), true`, id))
		b.press("Enter")
		if got := eval[string](b, fmt.Sprintf(`document.querySelector("#%s .ch-toggle").getAttribute("aria-pressed")`, id)); got != "false" {
			b.t.Errorf("%s: pressed is %s", id, got)
		}
		if b.drawn(id) == before {
			b.t.Errorf("%s: the series is still there", id)
		}
		// A theme switch keeps what was hidden.
		hidden := b.drawn(id)
		eval[bool](b, `document.documentElement.setAttribute("data-theme", "dark"), true`)
		if b.drawn(id) == hidden {
			b.t.Errorf("%s is not drawn again for the dark theme", id)
		}
		eval[bool](b, `document.documentElement.removeAttribute("data-theme"), true`)
		if b.drawn(id) != hidden {
			b.t.Errorf("%s shows something else after a theme came and went", id)
		}
		b.press("Enter")
		if b.drawn(id) != before {
			b.t.Errorf("%s: the series does not come back as it was", id)
		}
	}
	// What is hidden is not read.
	eval[bool](b, `document.querySelector("#price .ch-toggle").click(), document.querySelector("#price .ch-live").focus(), true`)
	b.press("ArrowRight")
	b.said("price", "CSI 300, 1 Sep 2021: 105.0")
}

// colours looks at pixels: they are those of the theme that holds.
func colours(b *browser, root string) {
	b.visit(root, "index.html")
	eval[bool](b, `document.documentElement.removeAttribute("data-theme"), true`)
	b.scroll("revenue")
	pixel := func() string {
		return eval[string](b, `new Promise(done => setTimeout(() => { const p = `+pixels+`("revenue"), i = 4 * (Math.round(p.height * 0.75) * p.width + Math.round(p.width * 0.26)); done("rgb(" + p.data.slice(i, i + 3).join(", ") + ")") }, 60))`)
	}
	token := func() string {
		return eval[string](b, `(() => { const p = document.querySelector("#revenue").appendChild(document.createElement("p")), s = getComputedStyle(p);
			p.style.color = s.getPropertyValue("--ch-s1") || s.getPropertyValue("--ch-main") || s.getPropertyValue("--ink"); const out = s.color; p.remove(); return out })()`)
	}
	seen := []string{}
	for _, scheme := range []string{"light", "dark", "light"} {
		b.screen(1100, "screen", scheme, "reduce")
		if got, want := pixel(), token(); got != want {
			b.t.Errorf("%s: the bar is %s, the token %s", scheme, got, want)
		}
		seen = append(seen, pixel())
	}
	eval[bool](b, `document.documentElement.setAttribute("data-theme", "dark"), true`)
	seen = append(seen, pixel())
	if seen[0] == seen[1] || seen[0] != seen[2] || seen[1] != seen[3] {
		b.t.Errorf("light, dark, light, and dark by choice: %v", seen)
	}
}

// motion sees that nothing moves for a reader who wants less of it.
func motion(b *browser, root string) {
	moves := func() bool {
		b.visit(root, "index.html")
		b.scroll("revenue")
		b.drawn("revenue")
		frames := eval[string](b, `new Promise(done => { const seen = new Set(), end = performance.now() + 500;
			document.querySelector("#revenue .ch-toggle").click();
			(function frame() { requestAnimationFrame(() => { const d = `+pixels+`("revenue").data; let h = 0;
				for (let i = 0; i < d.length; i += 4) h = Math.imul(h, 31) + d[i] | 0; seen.add(h);
				if (performance.now() < end) frame(); else done(String(seen.size)) }) })() })`)
		return frames != "1" && frames != "2"
	}
	if moves() {
		b.t.Error("the chart moves although the reader wants less motion")
	}
	b.screen(1100, "screen", "light", "no-preference")
	for range 5 { // a machine with too much to do shows two frames of a movement: its beginning and its end
		if moves() {
			return
		}
	}
	b.t.Error("nothing moves for anybody: the check above cannot fail")
}

// paper sees that the SVG is what is printed.
func paper(b *browser, root string) {
	b.visit(root, "index.html")
	b.scroll("price")
	b.screen(794, "print", "dark", "reduce")
	got := eval[string](b, `[".ch-wide", ".ch-live", ".ch-tools"].map(s => { const c = getComputedStyle(document.querySelector("#price " + s)); return s + " " + c.display + " " + c.opacity }).join(", ")`)
	if !strings.Contains(got, ".ch-wide inline 1") && !strings.Contains(got, ".ch-wide block 1") || !strings.Contains(got, ".ch-live none") || !strings.Contains(got, ".ch-tools none") {
		b.t.Errorf("on paper: %s", got)
	}
	b.screen(1100, "screen", "light", "reduce")
	if got := eval[string](b, `getComputedStyle(document.querySelector("#price .ch-wide")).opacity`); got != "0" {
		b.t.Errorf("after printing, the SVG has an opacity of %s", got)
	}
}

// broken are charts with something wrong, and one without between them.
func broken(t *testing.T) []fixture {
	t.Helper()
	change := func(old, new string) string {
		text := string(marshal(t, price(30)))
		out := strings.Replace(text, old, new, 1)
		if out == text {
			t.Fatalf("no %q in the options", old)
		}
		return out
	}
	var list []fixture
	for name, options := range map[string]string{
		"json":        `{"series": [`,
		"empty":       ``,
		"null":        `null`,
		"array":       `[1, 2]`,
		"no-series":   `{"xAxis": {}}`,
		"number":      `{"series": 7}`,
		"text":        change(`"type":"line"`, `"type":"liquidfill"`),
		"code":        change(`"name":"Hikvision"`, `"name":"__f__alert(1)__f__"`),
		"function":    change(`"type":"value"`, `"type":"value","axisLabel":{"formatter":"@fn:nope"}`),
		"inherited":   change(`"type":"value"`, `"type":"value","axisLabel":{"formatter":"@fn:constructor"}`),
		"colour":      change("@color:main", "@color:pink"),
		"fill":        change("@color:main", "@fill:toString"),
		"image":       change(`"symbol":"circle"`, `"symbol":"image://https://example.org/x.png"`),
		"proto":       change(`"type":"value"`, `"type":"value","__proto__":{"polluted":1}`),
		"bad-mark":    `{"xAxis":{"type":"time"},"yAxis":{"type":"category","data":["a"]},"series":[{"type":"custom","name":"x","renderItem":"@fn:mark","encode":{"x":1,"y":0},"data":[[0,"2020-01-01","heart"],[0,"2021-01-01","law"]]}]}`,
		"bad-bar":     `{"xAxis":{"type":"time"},"yAxis":{"type":"category","data":["a"]},"series":[{"type":"custom","name":"x","renderItem":"@fn:gantt","encode":{"x":[1,2],"y":0},"data":[[0,"2020-01-01","2021-01-01","glitter"]]}]}`,
		"no-axis":     `{"series":[{"type":"line","name":"x","data":[1,2]}]}`,
		"null-series": `{"xAxis":{},"yAxis":{},"series":[null]}`,
	} {
		list = append(list, fixture{id: name, title: name, options: options, key: []string{"Hikvision"}})
	}
	slices.SortFunc(list, func(a, b fixture) int { return strings.Compare(a.id, b.id) })
	return slices.Insert(list, len(list)/2, fixture{id: "sound", title: "Sound", options: string(marshal(t, price(30)))})
}

// survives sees that a broken chart keeps its SVG and its page, and does no
// harm to others.
func survives(b *browser, root string) {
	b.visit(root, "broken.html")
	list := broken(b.t)
	for _, c := range list {
		eval[bool](b, fmt.Sprintf(`document.getElementById(%q).scrollIntoView({block: "center", behavior: "instant"}), new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 30)))`, c.id))
	}
	b.scroll("sound")
	b.until("what is broken is not taken away", `document.querySelectorAll(".ch-live").length === 1`)
	for _, c := range list {
		if c.id == "sound" {
			continue
		}
		got := eval[string](b, fmt.Sprintf(`(() => { const f = document.getElementById(%q), s = f.querySelector(".ch-wide"); return [getComputedStyle(s).opacity, f.querySelectorAll("canvas, button, .ch-tools").length, f.querySelector(".key").textContent].join("|") })()`, c.id))
		if got != "1|0|Hikvision" {
			b.t.Errorf("%s: opacity of the SVG, controls and key: %s", c.id, got)
		}
	}
	if eval[bool](b, `({}).polluted !== undefined`) {
		b.t.Error("options reach the prototype of everything")
	}
	warned := map[string]bool{}
	for _, p := range b.found() {
		name, ok := strings.CutPrefix(p, `console warning: "chart `)
		if !ok {
			b.t.Error(p)
		}
		name, _, _ = strings.Cut(name, ":")
		if warned[name] {
			b.t.Errorf("%s is reported twice", name)
		}
		warned[name] = true
	}
	if len(warned) != len(list)-1 {
		b.t.Errorf("%d of %d broken charts are reported: %v", len(warned), len(list)-1, warned)
	}
}

// wordless sees that there are no controls without words, and no words that
// the theme has not given.
func wordless(b *browser, root string) {
	b.visit(root, "plain.html")
	b.scroll("price")
	if got := eval[string](b, `[...document.querySelectorAll("#price button")].map(x => x.textContent).join()`); got != "" {
		b.t.Errorf("without words there are the buttons %q", got)
	}
	eval[bool](b, `document.querySelector("#price .ch-live").focus(), true`)
	b.press("ArrowRight")
	b.said("price", "1 Sep 2021 100.0 Hikvision")
}

// sizes draws very few and very many points, and on a narrow screen.
func sizes(b *browser, root string) {
	for _, page := range []string{"short.html", "long.html"} {
		b.visit(root, page)
		b.scroll("one")
		took := eval[float64](b, `(() => { const t = performance.now(); document.documentElement.setAttribute("data-theme", "dark"); return new Promise(done => setTimeout(() => done(performance.now() - t), 0)) })()`)
		b.t.Logf("%s: drawn again in %.0f ms", page, took)
		b.screen(360, "screen", "light", "reduce")
		b.until("the canvas does not follow the window", `Math.abs(document.querySelector(".ch-canvas canvas").getBoundingClientRect().width - document.querySelector(".ch-box").getBoundingClientRect().width) < 2`)
		if eval[bool](b, `document.documentElement.scrollWidth > innerWidth`) {
			b.t.Errorf("%s scrolls sideways at 360 px", page)
		}
		b.screen(1100, "screen", "light", "reduce")
		b.clean(page)
	}
}

func axe(b *browser, root string, all []fixture) {
	need(b.t, modules())
	script := string(read(b.t, "node_modules/axe-core/axe.min.js"))
	for _, page := range []string{"index.html", "ar.html"} {
		b.visit(root, page)
		for _, c := range all {
			if !c.sparkline {
				b.scroll(c.id)
			}
		}
		b.do(chromedp.Evaluate[chromedp.Void](script))
		for _, screen := range []struct {
			width  int64
			scheme string
		}{{1100, "light"}, {360, "dark"}} {
			b.screen(screen.width, "screen", screen.scheme, "reduce")
			for _, v := range eval[[]string](b, `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: {"target-size": {enabled: true}}, preload: false})
				.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + ": " + n.target.join(" "))))`) {
				b.t.Errorf("%s, %d px, %s: %s", page, screen.width, screen.scheme, v)
			}
		}
		b.screen(1100, "screen", "light", "reduce")
		b.clean(page)
	}
}

// TestShots leaves pictures of all kinds for a human to look at: of the canvas
// with a value read, and of the SVG below it.
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("no -shots")
	}
	all := append(drawn(t), kinds(t)...)
	dir := site(t, map[string]chartPage{"index.html": {charts: all}})
	b := openBrowser(t)
	take := func(c fixture, name string) {
		var r struct{ X, Y, W, H float64 }
		text := eval[string](b, fmt.Sprintf(`(() => { const r = document.getElementById(%q).getBoundingClientRect(); return JSON.stringify({X: r.left + scrollX - 4, Y: r.top + scrollY - 4, W: r.width + 8, H: r.height + 8}) })()`, c.id))
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		got, err := chromedp.Call(b.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "png", Clip: &page.Viewport{X: r.X, Y: r.Y, Width: r.W, Height: r.H, Scale: 1}})
		picture := got.Data
		if err == nil {
			err = os.WriteFile(filepath.Join(*shots, c.id+"-"+name+".png"), picture, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1000, 360} {
			b.screen(width, "screen", scheme, "reduce")
			b.visit((&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String(), "index.html")
			for _, c := range all {
				if c.sparkline {
					continue
				}
				b.scroll(c.id)
				b.drawn(c.id)
				take(c, fmt.Sprintf("%d-%s", width, scheme))
				eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-live").focus(), true`, c.id))
				b.press("ArrowRight", "ArrowRight")
				b.drawn(c.id)
				take(c, fmt.Sprintf("%d-%s-read", width, scheme))
				if c.wide != "" {
					eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-live").remove(), document.querySelector("#%[1]s .ch-box").classList.remove("is-live"), true`, c.id))
					take(c, fmt.Sprintf("%d-%s-svg", width, scheme))
				}
			}
		}
	}
}
