package proof

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestEveryPage opens every page of the example report in Chromium, from a disk:
// nothing may be reported on the console, break the content security policy,
// fail to load, or be asked of anybody else. All other tests hold their pages to
// that, too, from a server. Nothing may stick out of a telephone.
func TestEveryPage(t *testing.T) {
	b := sharedBrowser(t)
	s := example(t)
	// Another language has the same layouts, so a sample of it will do.
	looked := few(t)
	if !testing.Short() {
		looked = samples(t)
	}
	files := slices.DeleteFunc(slices.Clone(s.files), func(file string) bool {
		return (testing.Short() || s.rank(file) > 0) && !slices.ContainsFunc(looked, func(l sample) bool { return l.site == s && l.file == file })
	})
	each(t, b, files, func(tab *tab, file string) []string {
		if s.onlyServed(file) {
			return nil
		}
		if err := tab.set(screen{width: 320, height: 640}); err != nil {
			return []string{err.Error()}
		}
		return append(tab.visit(s.disk(), file), tab.asked("overflow")...)
	})
}

// TestMoved opens the files that stand where a page was: each leads to a page,
// by itself and by a link.
func TestMoved(t *testing.T) {
	b := sharedBrowser(t)
	for _, s := range allSites(t) {
		each(t, b, s.moved, func(tab *tab, file string) []string {
			text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
			if err != nil {
				return []string{err.Error()}
			}
			refresh := moves.FindSubmatch(text)
			if refresh == nil || !bytes.Contains(text, []byte(`href="`+string(refresh[1])+`"`)) {
				return []string{"there is no link to the page it leads to"}
			}
			to := path.Join(path.Dir(file), string(refresh[1]))
			if !slices.Contains(s.files, to) {
				return []string{"it leads to " + to + ", which is no page"}
			}
			return tab.follows(s.disk(), file, to)
		})
	}
}

var moves = regexp.MustCompile(`<meta http-equiv="refresh" content="0; ?url=([^"]*)">`)

// follows opens a file and waits until the tab shows another.
func (t *tab) follows(root, file, to string) []string {
	t.mu.Lock()
	t.root, t.problems = root, nil
	t.mu.Unlock()
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, page.Navigate, page.NavigateParams{URL: root + "/" + file}); err != nil {
		return []string{err.Error()}
	}
	if err := t.arrives(ctx, root+"/"+to); err != nil {
		return []string{err.Error()}
	}
	return nil
}

// TestBrowserNotices sees to it that the test above can fail.
func TestBrowserNotices(t *testing.T) {
	b := sharedBrowser(t)
	dir := t.TempDir()
	policy := `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	for name, body := range map[string]string{
		"script.html":  policy + `<script>1</script>`,
		"style.html":   policy + `<p style="color:red">x</p>`,
		"outside.html": `<img src="http://127.0.0.1:9/x.png">`,
		"missing.html": `<link rel="stylesheet" href="gone.css">`,
		"error.html":   `<script>throw new Error("broken")</script>`,
		"log.html":     `<script>console.error("broken")</script>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("<!doctype html><title>x</title>"+body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := &site{dir: dir}
	files, err := htmlFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	each(t, b, files, func(tab *tab, file string) []string {
		if len(tab.visit(s.disk(), file)) == 0 {
			return []string{"nothing was noticed"}
		}
		return nil
	})
}
