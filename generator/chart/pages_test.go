package chart

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

// draw makes a chart that must not be refused.
func draw(t testing.TB, env Env, s Spec) Chart {
	t.Helper()
	c, found := s.Draw(env)
	for _, d := range found {
		if d.Severity == diag.Error {
			t.Fatalf("refused: %v", d)
		}
	}
	return c
}

// TestPages writes a page to look at into the folder of CHART_PAGES.
func TestPages(t *testing.T) {
	dir := os.Getenv("CHART_PAGES")
	if dir == "" {
		t.Skip("CHART_PAGES names no folder")
	}
	env := english(t)
	for _, one := range pages() {
		var b strings.Builder
		b.WriteString("<!doctype html><html lang=en data-theme=THEME><meta charset=utf-8><meta name=viewport content='width=device-width'><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'\"><title>x</title><link rel=stylesheet href=dossier.css><body><div class=wrap>")
		for _, s := range one.specs {
			c := draw(t, env, s)
			fmt.Fprintf(&b, "<figure class=fig><figcaption><p class=fig-title>%s</p><p class=fig-sub>%s</p></figcaption>", html.EscapeString(c.Title), html.EscapeString(c.Sub))
			if len(c.Key) > 0 {
				b.WriteString("<ul class=key>")
				for _, k := range c.Key {
					fmt.Fprintf(&b, "<li>%s%s</li>", k.Swatch, html.EscapeString(k.Text))
				}
				b.WriteString("</ul>")
			}
			b.WriteString(c.Wide + c.Narrow)
			if len(c.Pins) > 0 {
				b.WriteString("<ol class=key-num>")
				for _, p := range c.Pins {
					fmt.Fprintf(&b, "<li><span class='n n-%s'>%d</span><span>%s. %s</span></li>", p.Kind, p.Number, p.When, html.EscapeString(p.Text))
				}
				b.WriteString("</ol>")
			}
			for _, n := range c.Notes {
				fmt.Fprintf(&b, "<p class=fig-note>%s</p>", html.EscapeString(n.Text))
			}
			fmt.Fprintf(&b, "<p class=fig-foot><span>%d bytes wide, %d narrow, %d options. %s</span></p></figure><br>", len(c.Wide), len(c.Narrow), len(c.Options), html.EscapeString(c.Desc))
			if err := os.WriteFile(filepath.Join(dir, one.name+"-"+c.ID+".svg"), c.Plain, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b.WriteString("</div></body></html>")
		for _, theme := range []string{"light", "dark"} {
			if err := os.WriteFile(filepath.Join(dir, one.name+"-"+theme+".html"), []byte(strings.Replace(b.String(), "THEME", theme, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type page struct {
	name  string
	specs []Spec
}

func pages() []page {
	all := kinds()
	return []page{{"market", all[:4]}, {"law", all[4:7]}, {"bars", all[7:12]}, {"rest", all[12:]}, {"two", sized(2)}, {"thirty", sized(30)}, {"many", sized(100)}}
}
