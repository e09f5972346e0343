package proof

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/dossier-report/dossier/generator"
)

// TestLanguageSwitcher looks for the way to the other language on every page
// of the example report: it must lead to the same page, say which language is
// there, and mark where the reader is.
func TestLanguageSwitcher(t *testing.T) {
	s := example(t)
	for _, name := range s.files {
		f, err := os.Open(filepath.Join(s.dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		lang, same := "en", name
		if rest, ok := strings.CutPrefix(name, "fr/"); ok {
			lang, same = "fr", rest
		}
		var got []string
		for n := range doc.Descendants() {
			switch {
			case n.Type != html.ElementNode:
			case n.Data == "html" && attr(n, "lang") != lang:
				t.Errorf("%s is in %q", name, attr(n, "lang"))
			case n.Data == "a" && n.Parent.Parent.Parent != nil && attr(n.Parent.Parent.Parent, "class") == "langs":
				if attr(n, "lang") != attr(n, "hreflang") {
					t.Errorf("%s: a link in %q leads to %q", name, attr(n, "lang"), attr(n, "hreflang"))
				}
				to := path.Join(path.Dir(name), attr(n, "href"))
				if path.Base(name) == "404.html" {
					to = strings.TrimPrefix(attr(n, "href"), "/")
				}
				current := ""
				if attr(n, "aria-current") != "" {
					current = ", here"
				}
				got = append(got, attr(n, "hreflang")+" "+to+" "+n.FirstChild.Data+current)
			}
		}
		want := []string{"en " + same + " English, here", "fr fr/" + same + " français"}
		if lang == "fr" {
			want = []string{"en " + same + " English", "fr fr/" + same + " français, here"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the languages are %q, not %q", name, got, want)
		}
	}
	if len(s.files) < 400 {
		t.Errorf("only %d pages were looked at", len(s.files))
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestScriptsOfFonts sees to it that Greek and Cyrillic are drawn with the fonts of
// the theme, and that a page without them does not load those fonts.
func TestScriptsOfFonts(t *testing.T) {
	project := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(project, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("dossier.yaml", "title: Fonts\ncontact: {email: desk@example.org}\n")
	write("data/entities/latin.yaml", "schema: Company\nname: Acme\nsummary: Nothing but Latin.\n")
	write("data/entities/greek.yaml", "schema: Company\nname: Ελληνική Εταιρεία\nsummary: Ελληνικά.\n")
	write("data/entities/cyrillic.yaml", "schema: Company\nname: Українська компанія\nsummary: Кирилиця.\n")
	out := filepath.Join(project, "public")
	if res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: out}); err != nil {
		t.Fatal(err, res.Diagnostics)
	}
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(out)}).String()
	each(t, sharedBrowser(t), []fontCase{
		{"entities/latin.html", ""},
		{"entities/greek.html", "Dossier Sans Greek, Dossier Serif Greek"},
		{"entities/cyrillic.html", "Dossier Sans Cyrillic, Dossier Serif Cyrillic"},
	}, func(tab *tab, c fontCase) []string {
		if problems := tab.visit(root, c.file); len(problems) > 0 {
			return problems
		}
		got, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](loadedScripts))
		if err != nil {
			return []string{err.Error()}
		}
		if got != c.fonts {
			return []string{fmt.Sprintf("loads %q, not %q", got, c.fonts)}
		}
		return nil
	})
}

// fontCase is a page with the fonts for other scripts than Latin that it needs.
type fontCase struct{ file, fonts string }

// loadedScripts names the fonts for other scripts than Latin that a page has
// loaded, by the first character of their ranges.
const loadedScripts = `[...new Set([...document.fonts].filter(f => f.status === "loaded").map(f => {
	const first = parseInt(f.unicodeRange.slice(2), 16), family = f.family.replaceAll('"', "")
	return first >= 0x370 && first < 0x400 ? family + " Greek" : first >= 0x301 && first < 0x530 ? family + " Cyrillic" : first >= 0x1c80 ? family + " other" : ""
}).filter(x => x))].sort().join(", ")`
