package chart

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
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

// TestPages writes pages to look at into the folder of CHART_PAGES: every kind,
// in all sizes, still and alive, light and dark, and from right to left. The
// folder assets/ of a built site goes beside them.
func TestPages(t *testing.T) {
	dir := os.Getenv("CHART_PAGES")
	if dir == "" {
		t.Skip("CHART_PAGES names no folder")
	}
	env := english(t)
	words := `<script type="application/json" id="chart-words">{"label":"{title}","hint":"Arrow keys read the values.","hintZoom":"Arrow keys read the values, plus and minus zoom.","tools":"Zoom","zoomIn":"Zoom in","zoomOut":"Zoom out","back":"Move left","forward":"Move right","reset":"Show all","series":"Series","point":"{at}: {value}","pointSeries":"{series}, {at}: {value}","range":"{from} to {to}","edge":"No more values"}</script>`
	for _, one := range pages() {
		var b strings.Builder
		for _, s := range one.specs {
			c := draw(t, env, s)
			fmt.Fprintf(&b, `<figure class="fig chart" id="%s" data-chart><figcaption><p class="fig-title">%s</p><p class="fig-sub">%s</p></figcaption>`, c.ID, html.EscapeString(c.Title), html.EscapeString(c.Sub))
			if len(c.Key) > 0 {
				b.WriteString("<ul class=key>")
				for _, k := range c.Key {
					fmt.Fprintf(&b, `<li data-series="%s">%s%s</li>`, html.EscapeString(k.Series), k.Swatch, html.EscapeString(k.Text))
				}
				b.WriteString("</ul>")
			}
			b.WriteString(`<div class="ch-box" dir="ltr">` + c.Wide + c.Narrow + "</div>")
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
			fmt.Fprintf(&b, "<p class=fig-foot><span>%d bytes wide, %d narrow, %d options</span></p>", len(c.Wide), len(c.Narrow), len(c.Options))
			for _, o := range [][2]string{{"", string(c.Options)}, {` data-for="narrow"`, string(c.OptionsNarrow)}} {
				if o[1] != "" {
					fmt.Fprintf(&b, `<script type="application/json" class="ch-options"%s>%s</script>`, o[0], o[1])
				}
			}
			b.WriteString("</figure>")
			if err := os.WriteFile(filepath.Join(dir, one.name+"-"+c.ID+".svg"), c.Plain, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, look := range []struct{ name, attributes, script string }{
			{"light", `lang="en" data-theme="light"`, ""},
			{"dark", `lang="en" data-theme="dark"`, ""},
			{"live", `lang="en" data-theme="light"`, words + `<script src="assets/charts.js" defer></script>`},
			{"live-dark", `lang="en" data-theme="dark"`, words + `<script src="assets/charts.js" defer></script>`},
			{"live-rtl", `lang="ar" dir="rtl" data-theme="light"`, words + `<script src="assets/charts.js" defer></script>`},
		} {
			text := `<!doctype html><html ` + look.attributes + `><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"><title>Charts</title><link rel="stylesheet" href="assets/dossier.css">` +
				`<body><main class="wrap">` + b.String() + `</main>` + look.script
			if err := os.WriteFile(filepath.Join(dir, one.name+"-"+look.name+".html"), []byte(text), 0o644); err != nil {
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
	out := []page{{"market", all[:4]}, {"law", all[4:7]}, {"bars", all[7:12]}, {"rest", all[12:]}}
	for _, n := range []int{2, 30, 100, 250, 5000} {
		out = append(out, page{fmt.Sprintf("sized-%d", n), slices.DeleteFunc(sized(n), tooLarge)})
	}
	return out
}
