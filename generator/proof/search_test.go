package proof

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// searched is what a reader sees of a search.
type searched struct {
	Status string   // what is announced
	Links  []string // where the results lead
	Marks  []string
	Kinds  []string
	Hash   string
	Focus  string // id of the element that has the focus, or the address of a link
	Lists  bool   // the lists of all names are shown
	Roles  bool   // results are announced, and stand in a list
	Bad    int    // elements that only a query could have made
}

// looking gives a promise of what is seen once the status says something that
// ok accepts, or after ten seconds.
const looking = `new Promise(done => {
	const end = Date.now() + 10000;
	(function look() {
		const el = document.activeElement, all = s => [...document.querySelectorAll(s)];
		const seen = {
			Status: document.getElementById("search-status")?.textContent ?? "", Links: all("#search-results .rows-title a").map(a => a.getAttribute("href")),
			Marks: all("#search-results mark").map(m => m.textContent), Kinds: all("#search-results .kind").map(m => m.textContent),
			Hash: decodeURIComponent(location.hash), Focus: el.id || el.getAttribute("href") || el.localName,
			Lists: document.getElementById("search-lists")?.checkVisibility() ?? false,
			Roles: !!document.querySelector("[role=status]#search-status") && !!document.querySelector("ol#search-results") && !!document.querySelector("form[role=search] label[for=q]"),
			Bad: document.querySelectorAll("main img").length,
		};
		if ((%s)(seen) || Date.now() > end) done(JSON.stringify(seen));
		else setTimeout(look, 20);
	})();
})`

// look waits until a page shows what a function of JavaScript accepts.
func (t *tab) look(ok string) (searched, error) {
	var out searched
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(looking, ok), chromedp.EvalAwaitPromise))
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// enter puts a text into a field as if it was typed.
func (t *tab) enter(field, text string) error {
	quoted, err := json.Marshal(text)
	if err != nil {
		return err
	}
	return t.run(fmt.Sprintf(`(() => { const f = document.getElementById(%q); f.focus(); f.value = %s; f.dispatchEvent(new Event("input", {bubbles: true})); })()`, field, quoted))
}

func (t *tab) run(script string) error {
	return chromedp.Do(t.ctx, chromedp.Evaluate[chromedp.Void](script))
}

var (
	slashKey  = input.DispatchKeyEventParams{Key: "/", Code: "Slash", Text: "/", WindowsVirtualKeyCode: 191}
	downKey   = input.DispatchKeyEventParams{Key: "ArrowDown", Code: "ArrowDown", WindowsVirtualKeyCode: 40}
	upKey     = input.DispatchKeyEventParams{Key: "ArrowUp", Code: "ArrowUp", WindowsVirtualKeyCode: 38}
	escapeKey = input.DispatchKeyEventParams{Key: "Escape", Code: "Escape", WindowsVirtualKeyCode: 27}
)

// TestSearch searches the example as a reader does, from a disk and from a
// server: from a page deep in the site, by keyboard, with filters, and back.
func TestSearch(t *testing.T) {
	s := example(t)
	for _, root := range []string{s.disk(), s.url} {
		each(t, sharedBrowser(t), []string{root[:4]}, func(tab *tab, _ string) []string {
			out := searchFromPage(tab, root)
			out = append(out, searchByAddress(tab, root)...)
			out = append(out, searchByKeyboard(tab, root)...)
			return append(out, searchWithFilters(tab, root)...)
		})
	}
}

func searchFromPage(tab *tab, root string) []string {
	out := tab.visit(root, "entities/hikvision.html")
	if err := tab.press(slashKey); err != nil {
		return append(out, err.Error())
	}
	if seen, err := tab.look(`s => s.Focus === "find"`); err != nil || seen.Focus != "find" {
		out = append(out, fmt.Sprintf("/ leads to %q, %v", seen.Focus, err))
	}
	err := tab.enter("find", "entity list")
	if err == nil {
		err = tab.press(enterKey)
	}
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if err == nil {
		err = tab.arrives(ctx, root+"/search.html")
	}
	if err != nil {
		return append(out, err.Error())
	}
	seen, err := tab.look(`s => s.Links.length > 0`)
	if err != nil || len(seen.Links) == 0 || seen.Links[0] != "programs/us-bis-el.html" || seen.Hash != "#q=entity list" || !seen.Roles || seen.Lists {
		out = append(out, fmt.Sprintf("%+v, %v", seen, err))
	}
	return append(out, tab.problem()...)
}

func searchByAddress(tab *tab, root string) []string {
	tab.visit(root, "search.html#q=%E6%B5%B7%E5%BA%B7%E5%A8%81%E8%A7%86")
	var out []string
	seen, err := tab.look(`s => s.Links.length > 0`)
	if err != nil || len(seen.Links) == 0 || seen.Links[0] != "entities/hikvision.html" || !slices.Contains(seen.Marks, "海康威视") || !strings.Contains(seen.Status, "result") {
		out = append(out, fmt.Sprintf("%+v, %v", seen, err))
	}
	// What is typed is text, whatever it looks like.
	if err := tab.enter("q", `<img src=x onerror=alert(1)> %&=#`); err != nil {
		return append(out, err.Error())
	}
	seen, err = tab.look(`s => s.Hash.includes("onerror") && !s.Marks.includes("海康威视")`)
	if err != nil || seen.Bad > 0 || slices.Contains(seen.Marks, "海康威视") || seen.Hash != "#q=<img src=x onerror=alert(1)> %&=#" {
		out = append(out, fmt.Sprintf("%+v, %v", seen, err))
	}
	if err := tab.enter("q", ""); err != nil {
		return append(out, err.Error())
	}
	if seen, err = tab.look(`s => s.Lists && s.Status === ""`); err != nil || !seen.Lists || seen.Status != "" {
		out = append(out, fmt.Sprintf("an empty field: %+v, %v", seen, err))
	}
	return append(out, tab.problem()...)
}

func searchByKeyboard(tab *tab, root string) []string {
	out := tab.visit(root, "search.html")
	if err := tab.press(slashKey); err != nil {
		return append(out, err.Error())
	}
	if err := tab.enter("q", "hikvsion"); err != nil {
		return append(out, err.Error())
	}
	seen, err := tab.look(`s => s.Links.length > 0`)
	if err != nil || len(seen.Links) < 10 || seen.Focus != "q" || seen.Links[0] != "entities/hikvision.html" {
		return append(out, fmt.Sprintf("%+v, %v", seen, err))
	}
	for _, step := range []struct {
		key  input.DispatchKeyEventParams
		want string
	}{
		{downKey, seen.Links[0]}, {downKey, seen.Links[1]}, {upKey, seen.Links[0]}, {upKey, "q"}, {downKey, seen.Links[0]}, {downKey, seen.Links[1]},
		{escapeKey, "q"}, {enterKey, seen.Links[0]},
	} {
		if err := tab.press(step.key); err != nil {
			return append(out, err.Error())
		}
		quoted, _ := json.Marshal(step.want) // a string can be written
		if now, err := tab.look(`s => s.Focus === ` + string(quoted)); err != nil || now.Focus != step.want {
			out = append(out, fmt.Sprintf("%s leads to %q, not %q: %v", step.key.Key, now.Focus, step.want, err))
		}
	}
	if err := tab.run(`document.getElementById("search-more").click()`); err != nil {
		return append(out, err.Error())
	}
	if now, err := tab.look(`s => s.Links.length >= 30`); err != nil || len(now.Links) != 30 || now.Focus != now.Links[10] {
		out = append(out, fmt.Sprintf("more: %d results, focus %q: %v", len(now.Links), now.Focus, err))
	}
	return append(out, tab.problem()...)
}

func searchWithFilters(tab *tab, root string) []string {
	out := tab.visit(root, "search.html")
	if err := tab.enter("q", "hikvision"); err != nil {
		return append(out, err.Error())
	}
	all, err := tab.look(`s => s.Links.length > 0`)
	if err != nil {
		return append(out, err.Error())
	}
	if err := tab.run(`(() => { const s = document.getElementById("by-kind"); s.value = "measure"; s.dispatchEvent(new Event("change", {bubbles: true})); })()`); err != nil {
		return append(out, err.Error())
	}
	seen, err := tab.look(`s => s.Links.length > 0 && s.Kinds.every(k => k === "Measure")`)
	if err != nil || len(seen.Links) == 0 || slices.ContainsFunc(seen.Kinds, func(k string) bool { return k != "Measure" }) || seen.Hash != "#q=hikvision&kind=measure" {
		out = append(out, fmt.Sprintf("%+v, %v", seen, err))
	}
	if err := tab.run(`history.back()`); err != nil {
		return append(out, err.Error())
	}
	back, err := tab.look(`s => s.Kinds[0] === "Entity"`)
	if err != nil || !slices.Equal(back.Links, all.Links) || back.Hash != "#q=hikvision" {
		out = append(out, fmt.Sprintf("back: %+v, %v", back, err))
	}
	return append(out, tab.problem()...)
}

// problem is what went wrong since the last visit. That the address has a
// fragment is no fault.
func (t *tab) problem() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(t.problems), func(p string) bool { return strings.HasPrefix(p, "leads to ") })
}

// TestSearchResults looks at a page with results as the other tests look at
// every page: axe-core, and room on narrow screens.
func TestSearchResults(t *testing.T) {
	needModules(t)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	s := example(t)
	each(t, sharedBrowser(t), []screen{{width: 1280, height: 800}, {width: 1280, height: 800, dark: true}, {width: 360, height: 740, dark: true}, {width: 320, height: 640}},
		func(tab *tab, on screen) []string {
			tab.visit(s.url, "search.html#q=hikvision%20sanctions&status=e-reported")
			if err := tab.set(on); err != nil {
				return []string{err.Error()}
			}
			if seen, err := tab.look(`s => s.Links.length > 0`); err != nil || len(seen.Links) == 0 || len(seen.Marks) == 0 {
				return []string{fmt.Sprintf("%+v, %v", seen, err)}
			}
			if err := chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
				return []string{err.Error()}
			}
			return slices.Concat(tab.asked("runAxe"), tab.asked("overflow"), tab.problem())
		})
}
