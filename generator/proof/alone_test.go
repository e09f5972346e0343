package proof

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestOpenedAlone opens a home page as a zip viewer does that extracts only the
// file that was clicked: the page says first that all files must be extracted.
// In its folder, and with its stylesheet, it does not.
func TestOpenedAlone(t *testing.T) {
	b := sharedBrowser(t)
	s := example(t)
	dir := t.TempDir()
	for _, name := range []string{"index.html", "fr/index.html"} {
		text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	alone := (&site{dir: dir}).disk()
	each(t, b, []string{"index.html", "fr/index.html"}, func(tab *tab, name string) []string {
		const said = `document.querySelector("body > p").innerText`
		ctx, cancel := context.WithTimeout(tab.ctx, patience)
		defer cancel()
		var out []string
		for _, c := range []struct {
			root  string
			shown bool
		}{{alone, true}, {s.disk(), false}} {
			// Not a visit: alone, it misses its files, and Chromium does not tell of each what became of it.
			if err := chromedp.Do(ctx, chromedp.Navigate(c.root+"/"+name)); err != nil {
				return []string{err.Error()}
			}
			height, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.querySelector("p.extract").getBoundingClientRect().height`))
			if err != nil {
				return []string{err.Error()}
			}
			if shown := height > 0; shown != c.shown {
				out = append(out, c.root+": the request to extract all files is shown: "+map[bool]string{true: "yes", false: "no"}[shown])
			}
			if !c.shown {
				continue
			}
			text, err := chromedp.Run(ctx, chromedp.Evaluate[string](said))
			if err != nil {
				return []string{err.Error()}
			}
			if want := map[string]string{"index.html": "Extract all files first.", "fr/index.html": "Extrayez d’abord tous les fichiers."}[name]; !strings.HasPrefix(text, want) {
				out = append(out, "alone it begins with "+text)
			}
		}
		return out
	})
}
