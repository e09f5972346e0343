package proof

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAxe runs axe-core on pages: no violation of WCAG 2.2 AA or of best
// practice. The pages of the example that hold most are looked at on a wide
// light screen and on a narrow dark one, others on these by turns; with -every
// all are, on every screen.
func TestAxe(t *testing.T) {
	needModules(t)
	b := sharedBrowser(t)
	first := example(t)
	screens := []screen{
		{width: 360, height: 740, dark: true}, {width: 1280, height: 800},
		{width: 360, height: 740}, {width: 1280, height: 800, dark: true},
	}
	on := map[sample][]screen{}
	for i, s := range few(t) {
		switch {
		case *every:
			on[s] = screens
		case s.site == first && slices.Contains(heavy[:], s.kind(s.file)):
			on[s] = screens[:2]
		default:
			on[s] = screens[i%2 : i%2+1]
		}
	}
	checkAxe(t, b, few(t), func(s sample) []screen { return on[s] })
}

// checkAxe runs axe-core on samples, each on some screens.
func checkAxe(t *testing.T, b *browser, samples []sample, on func(sample) []screen) {
	t.Helper()
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	each(t, b, samples, func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		if err := chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
			return []string{err.Error()}
		}
		var out []string
		for _, screen := range on(s) {
			if err := tab.set(screen); err != nil {
				return []string{err.Error()}
			}
			for _, problem := range tab.asked("runAxe") {
				out = append(out, fmt.Sprintf("%v: %s", screen, problem))
			}
		}
		return out
	})
}
