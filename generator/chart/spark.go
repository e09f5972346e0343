package chart

import (
	"math"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Sparkline is a line of the size of a word. It has no options and no narrow
// drawing, and nothing but its description and table says its values.
type Sparkline struct {
	About
	Series Series // dates may be years or months
}

const sparkWidth, sparkHeight = 120.0, 28.0

// Draw makes the chart.
func (s Sparkline) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{loose: true}
	c.about(&s.About, env, "spark")
	l := c.line("series", s.Series)
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	chart := Chart{
		ID: s.ID, Title: clean(s.Title), Sub: clean(s.Sub), Source: clean(env.Source), Width: sparkWidth, Height: sparkHeight,
		Desc:  l.describe(env, "chart_desc_line"),
		Table: (&panels{Lines: Lines{Panels: []Panel{{Title: l.Name}}}, lines: [][]line{{l}}, one: true}).table(env),
	}
	low, high := l.extent(math.Inf(1), math.Inf(-1))
	if low == high {
		low, high = low-1, high+1
	}
	sh := &sheet{height: sparkHeight}
	sh.addGrid(3, 4, "4", "4")
	sh.addX(opts.XAxis{Type: "time", Min: ms(l.days[0].from), Max: ms(l.days[len(l.days)-1].from)}, object{"show": false})
	sh.addY(opts.YAxis{Type: "value", Min: low, Max: high}, object{"show": false})
	sh.addSeries("line", l.Name, l.rows().json(), object{
		"lineStyle": lineStyleOf(0), "showSymbol": l.few(), "symbolSize": 3,
		"endLabel": object{"show": true, "formatter": "", "position": "inside"},
	})
	options, err := sh.options()
	if err != nil {
		return Chart{}, append(c.found, broken(err))
	}
	f := frame{env: env, id: s.ID, variant: "ch-spark", title: chart.Title, desc: chart.Desc, width: sparkWidth, height: sparkHeight, quiet: true}
	drawn, err := render(options, f)
	if err != nil {
		return Chart{}, append(c.found, broken(err))
	}
	chart.Wide = string(drawn)
	f.plain = true
	if chart.Plain, err = render(options, f); err != nil {
		return Chart{}, append(c.found, broken(err))
	}
	if s.Rights != Open {
		chart.Table = Table{}
	}
	return chart, c.found
}
