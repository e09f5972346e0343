package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestRoom sees to it that every sample fits screens from 320 px on: nothing
// scrolls sideways, sticks out, is cut off or runs into its neighbour.
func TestRoom(t *testing.T) {
	widths := []int64{320, 768, 1280}
	if *every {
		widths = []int64{320, 480, 768, 1024, 1280}
	}
	fits(t, sharedBrowser(t), samples(t), widths...)
}

// TestLargeText is the same for a reader who has set text to twice its size.
func TestLargeText(t *testing.T) {
	sharedBrowser(t) // to skip without Chromium
	b, err := startBrowser(chromedp.Flag("blink-settings", "defaultFontSize=32,defaultFixedFontSize=26"))
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	fits(t, b, few(t), 320, 640, 1280)
}

func fits(t *testing.T, b *browser, list []sample, widths ...int64) {
	each(t, b, list, func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		at := map[string][]string{} // widths by problem
		for _, width := range widths {
			if err := tab.set(screen{width: width, height: 800}); err != nil {
				return []string{err.Error()}
			}
			for _, problem := range tab.asked("overflow") {
				at[problem] = append(at[problem], fmt.Sprint(width))
			}
		}
		var out []string
		for _, problem := range slices.Sorted(maps.Keys(at)) {
			out = append(out, fmt.Sprintf("%s (%s px wide)", problem, strings.Join(at[problem], ", ")))
		}
		return out
	})
}
