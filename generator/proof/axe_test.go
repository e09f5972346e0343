package proof

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAxe runs axe-core on every sample: no violation of WCAG 2.2 AA or of best
// practice, on a wide and on a narrow screen, light and dark.
func TestAxe(t *testing.T) {
	needModules(t)
	b := sharedBrowser(t)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	first := example(t)
	each(t, b, few(t), func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		if err := chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
			return []string{err.Error()}
		}
		var out []string
		screens := []screen{
			{width: 360, height: 740, dark: true}, {width: 1280, height: 800},
			{width: 360, height: 740}, {width: 1280, height: 800, dark: true},
		}
		switch {
		case *every:
		case s.site == first:
			screens = screens[:2]
		default:
			screens = screens[:1]
		}
		for _, screen := range screens {
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
