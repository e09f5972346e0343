package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// object is a part of the options that go-echarts has no field for.
type object = map[string]any

// sheet is a chart on its way to ECharts options: the go-echarts chart, and
// beside it what go-echarts cannot say, in the same order.
type sheet struct {
	height float64

	grids                          []opts.Grid
	xs                             []opts.XAxis
	ys                             []opts.YAxis
	list                           []charts.Overlaper
	gridMore, xMore, yMore, series []object
	data                           []json.RawMessage
	graph                          *charts.Graph
}

// addGrid adds a field for axes; its margins are units ("30") or parts of the
// height ("52%").
func (s *sheet) addGrid(left, right float64, top, bottom string) {
	s.grids = append(s.grids, opts.Grid{Left: units(left), Right: units(right), Top: top, Bottom: bottom})
	s.gridMore = append(s.gridMore, object{"outerBoundsMode": "none"}) // the margins are counted, and the labels stand in them
}

func (s *sheet) addX(axis opts.XAxis, more object) {
	s.xs, s.xMore = append(s.xs, axis), append(s.xMore, more)
}

func (s *sheet) addY(axis opts.YAxis, more object) {
	s.ys, s.yMore = append(s.ys, axis), append(s.yMore, more)
}

// addSeries adds a series of the type line, bar or custom.
func (s *sheet) addSeries(kind, name string, data json.RawMessage, more object) {
	var c charts.Overlaper
	switch kind {
	case "line":
		c = charts.NewLine().AddSeries(safe(name), nil)
	case "bar":
		c = charts.NewBar().AddSeries(safe(name), nil)
	default:
		c = charts.NewCustom().AddSeries(safe(name), nil)
	}
	s.list, s.series, s.data = append(s.list, c), append(s.series, more), append(s.data, data)
}

// options gives the options as compact JSON with keys in order. <, > and & are
// escaped, so that it may stand within a script element.
func (s *sheet) options() (_ []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("go-echarts: %v", r)
		}
	}()
	if s.graph != nil {
		s.graph.Accept(amend{s: s})
		s.graph.Validate()
		return json.Marshal(s.graph.JSON())
	}
	if len(s.grids) == 0 || len(s.xs) == 0 || len(s.ys) == 0 {
		return nil, errors.New("a chart without axes")
	}
	c := charts.NewLine()
	c.SetGlobalOptions(charts.WithGridOpts(s.grids...), charts.WithXAxisOpts(s.xs[0]), charts.WithYAxisOpts(s.ys[0]))
	c.SetXAxis(s.xs[0].Data)
	c.ExtendXAxis(s.xs[1:]...)
	c.ExtendYAxis(s.ys[1:]...)
	c.Overlap(s.list...)
	c.Accept(amend{s: s})
	c.Validate()
	return json.Marshal(c.JSON())
}

// amend adds to the options of go-echarts what its structs lack, and takes out
// what they always have.
type amend struct {
	charts.BaseConfigurationVisitor
	s *sheet
}

// Visit is called by go-echarts with the options before they become JSON.
func (a amend) Visit(o map[string]any) {
	for _, key := range []string{"title", "toolbox", "color", "legend"} {
		delete(o, key)
	}
	o["useUTC"] = true
	o["tooltip"] = object{"renderMode": "richText"} // a tooltip in HTML needs style attributes
	if a.s.graph != nil {
		o["series"] = merged(o["series"], a.s.series)
		return
	}
	o["grid"] = merged(o["grid"], a.s.gridMore)
	o["xAxis"] = merged(o["xAxis"], a.s.xMore)
	o["yAxis"] = merged(o["yAxis"], a.s.yMore)
	list := merged(o["series"], a.s.series)
	for i, data := range a.s.data {
		if i < len(list) {
			list[i]["data"] = data
		}
	}
	o["series"] = list
}

// merged gives a list of structs as objects, with more in each.
func merged(list any, more []object) []object {
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // caught in options
	}
	var out []object
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	for i := range out {
		if i < len(more) {
			merge(out[i], more[i])
		}
	}
	return out
}

func merge(into, from object) {
	for k, v := range from {
		if inner, ok := v.(object); ok {
			if old, ok := into[k].(object); ok {
				merge(old, inner)
				continue
			}
		}
		into[k] = v
	}
}

// units writes a length for an option that takes a string.
func units(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// part writes a part of the whole for an option that takes a string.
func part(v, whole float64) string {
	return strconv.FormatFloat(math.Round(v/whole*1e4)/1e2, 'f', -1, 64) + "%"
}

// safe gives a text of the data as it may stand in options, where a string
// that begins with @ is a name and braces are places to fill.
func safe(s string) string {
	s = clean(s)
	if strings.HasPrefix(s, "@") {
		s = "\u2060" + s
	}
	if strings.Contains(s, "__f__") {
		s = strings.ReplaceAll(s, "__f__", "_\u2060_f__")
	}
	return s
}

// literal gives a text that ECharts would otherwise fill in.
func literal(s string) string { return strings.ReplaceAll(safe(s), "{", "{\u2060") }

// rows writes the items of a series.
type rows struct{ b []byte }

func (r *rows) next(first byte) {
	if len(r.b) == 0 {
		r.b = append(r.b, '[')
	} else {
		r.b = append(r.b, ',')
	}
	if first != 0 {
		r.b = append(r.b, first)
	}
}

// point adds [at, value], with null for a value that is not there.
func (r *rows) point(at int64, v float64, there bool) {
	r.next('[')
	r.b = append(strconv.AppendInt(r.b, at, 10), ',')
	r.num(v, there)
	r.b = append(r.b, ']')
}

// value adds a bare value.
func (r *rows) value(v float64, there bool) {
	r.next(0)
	r.num(v, there)
}

func (r *rows) num(v float64, there bool) {
	if !there || math.IsNaN(v) || math.IsInf(v, 0) {
		r.b = append(r.b, "null"...)
		return
	}
	r.b = strconv.AppendFloat(r.b, v, 'f', -1, 64)
}

// item adds a value of any shape.
func (r *rows) item(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		b = []byte("null")
	}
	r.next(0)
	r.b = append(r.b, b...)
}

func (r *rows) json() json.RawMessage {
	if len(r.b) == 0 {
		return json.RawMessage("[]")
	}
	return json.RawMessage(append(r.b, ']'))
}

// panelName gives a field a name, above its left edge.
func panelName(y object, name string) {
	y["name"], y["nameLocation"], y["nameGap"] = safe(name), "end", 10
	y["nameTextStyle"] = object{"align": "left", "fontWeight": "bold", "color": "@color:ink"}
}
