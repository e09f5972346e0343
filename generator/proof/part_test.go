package proof

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/dossier-report/dossier/generator"
)

// TestPart opens a package of a part of the example from a disk: the list of its
// pages in both languages, the page that it begins with and one that it links
// to are as sound as pages of the whole.
func TestPart(t *testing.T) {
	needModules(t)
	b := sharedBrowser(t)
	if _, err := built(); err != nil { // makes workDir
		t.Fatal(err)
	}
	file := filepath.Join(workDir, "part.zip")
	res, err := generator.Pack(context.Background(), generator.PackOptions{Project: filepath.Join("..", ".."), Out: file, Entities: []string{"hikvision"}})
	if err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	if err := unzip(file, workDir); err != nil {
		t.Fatal(err)
	}
	part := &site{name: "part", dir: filepath.Join(workDir, res.Manifest.Name)}
	part.url = part.disk()
	var list []sample
	var files []string
	for _, file := range []string{"index.html", "fr/index.html", "verify.html", "fr/verify.html", "entities/hikvision.html", "fr/measures/ndaa-889.html"} {
		list = append(list, sample{site: part, file: file})
		files = append(files, filepath.Join(part.dir, filepath.FromSlash(file)))
	}
	found, err := validate(files, filepath.Join(t.TempDir(), "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		for _, problem := range found[file] {
			t.Errorf("%v: %s", list[i], problem)
		}
	}
	fits(t, b, list, 320, 1280)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	each(t, b, list, func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		if err := chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
			return []string{err.Error()}
		}
		if err := tab.set(screen{width: 1280, height: 800, dark: true}); err != nil {
			return []string{err.Error()}
		}
		return tab.asked("runAxe")
	})
}
