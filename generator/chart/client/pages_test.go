package client

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

type m = map[string]any
type l = []any

// chartPage is a page of the theme's look with some charts, as the theme writes
// it, but without Hugo.
type chartPage struct {
	lang, dir string
	charts    []fixture
}

// fixture is a chart. Options is text, since some of it is not JSON.
type fixture struct {
	id, title, options string
	key                []string // entries of the key of the figure
	sparkline          bool     // has no options

	// Of a chart that package chart has drawn; otherwise the drawing is a line of
	// text, and the key names series.
	wide, narrow, small string
	swatches, series    []string
}

// site writes pages and what they need into a folder.
func site(t *testing.T, pages map[string]chartPage) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, text []byte) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("assets/charts.js", read(t, filepath.Join(theme, "assets/js/charts.js")))
	put("assets/dossier.js", read(t, filepath.Join(theme, "assets/js/theme.js")))
	put("assets/dossier.css", styles(t))
	fonts, _ := filepath.Glob(filepath.Join(theme, "static/assets/fonts/*.woff2"))
	for _, f := range fonts {
		put("assets/fonts/"+filepath.Base(f), read(t, f))
	}
	for name, p := range pages {
		put(name, p.html(t))
	}
	return dir
}

// styles puts the theme's styles together in its own order.
func styles(t *testing.T) []byte {
	t.Helper()
	list := regexp.MustCompile(`slice ("layers"[^}]*"custom")`).FindSubmatch(read(t, filepath.Join(theme, "layouts/_partials/assets.html")))
	if list == nil {
		t.Fatal("assets.html has no list of styles")
	}
	var out []byte
	for _, name := range strings.Fields(string(list[1])) {
		out = append(out, read(t, filepath.Join(theme, "assets/css", strings.Trim(name, `"`)+".css"))...)
	}
	return out
}

// words are those that the partial chart-words.html takes from the language.
func words(t *testing.T, lang string) []byte {
	t.Helper()
	var texts map[string]any
	if err := yaml.Unmarshal(read(t, filepath.Join(theme, "i18n", lang+".yaml")), &texts); err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for _, w := range regexp.MustCompile(`"(\w+)" \(T "(\w+)"\)`).FindAllSubmatch(read(t, filepath.Join(theme, "layouts/_partials/chart-words.html")), -1) {
		text, ok := texts[string(w[2])].(string)
		if !ok {
			t.Fatalf("%s.yaml lacks %s", lang, w[2])
		}
		out[string(w[1])] = text
	}
	if len(out) < 14 {
		t.Fatalf("only %d words", len(out))
	}
	return marshal(t, out)
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'`

func (p chartPage) html(t *testing.T) []byte {
	t.Helper()
	if p.lang == "" {
		p.lang, p.dir = "en", "ltr"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="%s" dir="%s"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="%s">`, p.lang, p.dir, policy)
	b.WriteString(`<meta name="viewport" content="width=device-width, initial-scale=1"><title>Charts</title><link rel="icon" href="data:,"><link rel="stylesheet" href="assets/dossier.css"><script src="assets/dossier.js"></script></head><body>
<main class="wrap"><h1>Charts</h1><fieldset class="theme" hidden><legend>Theme</legend><button type="button" data-set-theme="light" aria-pressed="false">Light</button><button type="button" data-set-theme="dark" aria-pressed="false">Dark</button></fieldset>
`)
	for _, c := range p.charts {
		fmt.Fprintf(&b, `<figure class="fig chart" id="%s" data-chart><figcaption><p class="fig-title">%s</p></figcaption>`, c.id, html.EscapeString(c.title))
		if c.key != nil {
			b.WriteString(`<ul class="key">`)
			for i, name := range c.key {
				series, swatch := name, ""
				if c.swatches != nil {
					series, swatch = c.series[i], c.swatches[i]
				}
				b.WriteString("<li")
				if series != "" {
					fmt.Fprintf(&b, ` data-series="%s"`, html.EscapeString(series))
				}
				fmt.Fprintf(&b, `>%s%s</li>`, swatch, html.EscapeString(name))
			}
			b.WriteString(`</ul>`)
		}
		b.WriteString(`<div class="ch-box" dir="ltr">` + c.wide + c.narrow)
		for _, size := range [][3]any{{"wide", 760, 360}, {"narrow", 360, 300}} {
			if c.wide != "" {
				continue
			}
			fmt.Fprintf(&b, `<svg class="ch ch-%[1]s" viewBox="0 0 %[2]d %[3]d" role="img" aria-labelledby="%[4]s-%[1]s"><title id="%[4]s-%[1]s">%[5]s</title><text x="20" y="40">The drawing without script</text></svg>`,
				size[0], size[1], size[2], c.id, html.EscapeString(c.title))
		}
		b.WriteString("</div>")
		if !c.sparkline {
			fmt.Fprintf(&b, `<script type="application/json" class="ch-options">%s</script>`, c.options)
		}
		if c.small != "" {
			fmt.Fprintf(&b, `<script type="application/json" class="ch-options" data-for="narrow">%s</script>`, c.small)
		}
		b.WriteString("<p class=\"fig-foot\">Source: made up.</p></figure>\n")
	}
	lang := p.lang
	if lang != "fr" {
		lang = "en"
	}
	fmt.Fprintf(&b, `<script type="application/json" id="chart-words">%s</script><script src="assets/charts.js" defer></script></main></body></html>`, words(t, lang))
	return []byte(b.String())
}

// kinds are charts of every kind that the README describes.
func kinds(t *testing.T) []fixture {
	t.Helper()
	make := func(id, title string, options m, key ...string) fixture {
		return fixture{id: id, title: title, options: string(marshal(t, options)), key: key}
	}
	return []fixture{
		make("price", "The shares fell by the daily limit", price(250)),
		make("study", "Two days far outside the ordinary range", study(), "CAR", "AR"),
		make("gantt", "What is in force, what is contested", gantt()),
		make("matrix", "Regimes and companies", matrix()),
		make("markets", "Markets, in the order of the source", markets()),
		make("revenue", "Revenue at home and abroad", revenue()),
		make("owners", "Who owns Hikvision", owners()),
		make("multiples", "Two lines on their own axes", multiples()),
		{id: "spark", title: "Sparkline", sparkline: true},
	}
}

func price(n int) m {
	day := time.Date(2021, 9, 1, 0, 0, 0, 0, time.UTC)
	var days, a, b l
	for i := range n {
		days = append(days, day.AddDate(0, 0, i).Format(time.DateOnly))
		a = append(a, math.Round(1000+80*math.Sin(float64(i)/17)-float64(i))/10)
		b = append(b, math.Round(1000+50*math.Cos(float64(i)/23)-float64(i)/3)/10)
	}
	if n > 5 {
		a[5] = "-" // halted
	}
	from, to := days[0], days[min(2, n-1)]
	return m{
		"grid":  m{"left": 44, "right": 20, "top": 20, "bottom": 28},
		"xAxis": m{"type": "category", "data": days, "axisLine": m{"lineStyle": m{"color": "@color:ink"}}},
		"yAxis": m{"type": "value", "scale": true, "splitLine": m{"lineStyle": m{"color": "@color:grid"}}},
		"series": l{
			m{"type": "line", "name": "Hikvision", "data": a, "showSymbol": false, "lineStyle": m{"color": "@color:main", "width": 2.1}, "itemStyle": m{"color": "@color:main"},
				"markPoint": m{"symbol": "circle", "symbolSize": 18, "data": l{m{"name": "Plan reported", "value": "1", "coord": l{to, a[min(2, n-1)]}, "itemStyle": m{"color": "@color:paper", "borderColor": "@color:reported", "borderType": "dashed"}}}},
				"markArea":  m{"silent": true, "itemStyle": m{"color": "@color:band"}, "data": l{l{m{"xAxis": from}, m{"xAxis": to}}}}},
			m{"type": "line", "name": "CSI 300", "data": b, "showSymbol": false, "lineStyle": m{"color": "@color:bench", "width": 1.4, "type": "dashed"}, "itemStyle": m{"color": "@color:bench"}},
		},
		"legend": m{"data": l{"Hikvision", "CSI 300"}},
	}
}

func study() m {
	var ar, car, band l
	sum := 0.0
	for d := -10; d <= 20; d++ {
		v := math.Round(100*(2*math.Sin(float64(d)*1.7)-map[bool]float64{true: 7, false: 0}[d == 0 || d == 1])) / 100
		sum = math.Round((sum+v)*100) / 100
		item := any(l{d, v})
		if d == 0 {
			item = m{"value": l{d, v}, "itemStyle": m{"color": "@fill:lim", "borderColor": "@color:main"}}
		}
		ar, car, band = append(ar, item), append(car, l{d, sum}), append(band, l{d, sum - 4, sum + 4})
	}
	return m{
		"grid":  m{"left": 54, "right": 20, "top": 20, "bottom": 28},
		"xAxis": m{"type": "value", "min": -10, "max": 20},
		"yAxis": m{"type": "value", "axisLabel": m{"formatter": "@fn:percent"}},
		"series": l{
			m{"type": "custom", "renderItem": "@fn:band", "silent": true, "encode": m{"x": 0, "y": l{1, 2}}, "data": band},
			m{"type": "bar", "name": "AR", "data": ar, "itemStyle": m{"color": "@color:bench"}},
			m{"type": "line", "name": "CAR", "data": car, "showSymbol": false, "itemStyle": m{"color": "@color:main"}, "lineStyle": m{"color": "@color:main"}},
		},
	}
}

func gantt() m {
	return m{
		"grid":  m{"left": 170, "right": 20, "top": 10, "bottom": 28},
		"xAxis": m{"type": "time", "min": "2019-01-01", "max": "2026-01-01"},
		"yAxis": m{"type": "category", "inverse": true, "data": l{"Section 889", "Entity List", "NS-CMIC", "SDN List (plan)"}},
		"series": l{
			m{"type": "custom", "name": "In force", "renderItem": "@fn:gantt", "encode": m{"x": l{1, 2}, "y": 0}, "data": l{l{0, "2019-08-13", nil, "force"}, m{"name": "Entity List: in force since 9 October 2019", "value": l{1, "2019-10-09", "2026-01-01", "force"}}}},
			m{"type": "custom", "name": "Suspended", "renderItem": "@fn:gantt", "encode": m{"x": l{1, 2}, "y": 0}, "data": l{l{2, "2021-08-02", "2022-08-02", "susp"}}},
			m{"type": "custom", "name": "Announced", "renderItem": "@fn:gantt", "encode": m{"x": l{1, 2}, "y": 0}, "data": l{l{2, "2021-06-03", "2021-08-02", "before"}, l{2, "2022-08-02", "2023-08-02", "partly"}, l{2, "2023-08-02", "2024-08-02", "unknown"}, l{2, "2024-08-02", nil, "over-open"}}},
			m{"type": "custom", "silent": true, "renderItem": "@fn:dotted", "encode": m{"x": l{1, 2}, "y": 0}, "data": l{l{3, "2019-01-01", "2026-01-01"}}},
			m{"type": "custom", "name": "Reported", "renderItem": "@fn:mark", "encode": m{"x": 1, "y": 0}, "data": l{l{3, "2022-05-04", "reported"}, l{3, "2022-07-04", "declined"}, l{2, "2022-08-01", "deadline"}, l{1, "2020-08-01", "start"}, l{3, "2023-08-01", "law"}, l{3, "2024-08-01", "market"}, l{3, "2025-01-01", "event"}}},
		},
	}
}

func matrix() m {
	return m{
		"grid":   m{"left": 100, "right": 10, "top": 10, "bottom": 30},
		"xAxis":  m{"type": "category", "data": l{"Section 889", "Entity List", "NS-CMIC"}},
		"yAxis":  m{"type": "category", "inverse": true, "data": l{"Hikvision", "Dahua", "海康威视 with a name that is long"}, "axisLabel": m{"width": 90, "overflow": "truncate"}},
		"series": l{m{"type": "custom", "name": "Regimes", "renderItem": "@fn:cell", "encode": m{"x": 0, "y": 1}, "data": l{l{0, 0, "force", "13 Aug 2019"}, l{1, 0, "force", "9 Oct 2019"}, l{2, 0, "susp", "2 Aug 2021"}, l{0, 1, "before", "13 Aug 2019"}, l{1, 1, "none", ""}, l{2, 2, "over", "2021"}}}},
	}
}

func markets() m {
	return m{
		"grid":   m{"left": 110, "right": 30, "top": 10, "bottom": 28},
		"xAxis":  m{"type": "value"},
		"yAxis":  m{"type": "category", "inverse": true, "data": l{"India", "Viet Nam", "Côte d'Ivoire", "{a|日本}"}},
		"series": l{m{"type": "bar", "name": "Cameras", "data": l{1234567.5, 45000, -300, 12}, "itemStyle": m{"color": "@color:bench"}}},
	}
}

func revenue() m {
	return m{
		"xAxis": m{"type": "category", "data": l{"2019", "2020", "2021"}},
		"yAxis": m{"type": "value"},
		"series": l{
			m{"type": "bar", "name": "At home", "stack": "a", "stackStrategy": "all", "data": l{410.5, 450, 593}, "itemStyle": m{"color": "@fill:h1"}},
			m{"type": "bar", "name": "Abroad", "stack": "a", "stackStrategy": "all", "data": l{160, 180.2, 220}, "itemStyle": m{"color": "@fill:h2", "borderColor": "@color:s2"}},
		},
	}
}

func owners() m {
	return m{"series": l{m{
		"type": "graph", "name": "Ownership", "layout": "none", "label": m{"show": true, "position": "bottom", "color": "@color:ink"}, "edgeSymbol": l{"none", "arrow"}, "symbol": "rect",
		"itemStyle": m{"color": "@color:force"}, "lineStyle": m{"color": "@color:rule-2"},
		"data":  l{m{"name": "CETC", "x": 300, "y": 40, "symbolSize": l{140, 32}}, m{"name": "CETHIK", "x": 300, "y": 150, "symbolSize": l{140, 32}}, m{"name": "Hikvision", "x": 300, "y": 260, "symbolSize": l{140, 32}}},
		"links": l{m{"source": 0, "target": 1, "value": 100}, m{"source": 1, "target": 2, "value": 36.35}},
	}}}
}

func multiples() m {
	days := l{"2022-01", "2022-02", "2022-03"}
	return m{
		"grid":   l{m{"left": 40, "width": "40%", "top": 20, "bottom": 30}, m{"right": 20, "width": "40%", "top": 20, "bottom": 30}},
		"xAxis":  l{m{"type": "category", "data": days}, m{"type": "category", "data": days, "gridIndex": 1}},
		"yAxis":  l{m{"type": "value"}, m{"type": "value", "gridIndex": 1}},
		"series": l{m{"type": "line", "name": "Orders", "data": l{1, 2, 3}}, m{"type": "line", "name": "Staff", "data": l{30, 20, 10}, "xAxisIndex": 1, "yAxisIndex": 1}},
	}
}
