package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/charts"
)

// Ownership shows who holds how much of whom. Owners stand above what they own.
type Ownership struct {
	About
	Nodes []Holder // at most 60
	Ties  []Tie
}

// Holder is a company, a person or a body.
type Holder struct {
	Name string
	Main bool // the one that the page is about: a bold frame
	Soft bool // not the subject of a record: a dashed frame
}

// Tie says that one holds a share of another.
type Tie struct {
	Owner, Owned int      // of Nodes
	Share        *float64 // percent; nil where it is not stated
	Text         string   // as the source has it: "about 36 %"
	Open         bool     // unverified, or no longer: a dotted line
}

type ownership struct {
	Ownership
	level []int
}

// Draw makes the chart.
func (o Ownership) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&o.About, env, "ownership")
	d := &ownership{Ownership: o}
	d.Nodes = append([]Holder(nil), o.Nodes...)
	for i := range d.Nodes {
		d.Nodes[i].Name = clean(d.Nodes[i].Name)
	}
	if len(o.Nodes) < 2 || len(o.Ties) == 0 {
		c.refuse("chart-too-few-points", "ties", "put it into the text", "there is no tie to draw")
	}
	if len(o.Nodes) > 60 {
		c.refuse("chart-too-large", "nodes", "draw a part of it; a list holds the rest", "%d holders in one drawing", len(o.Nodes))
	}
	for i, t := range o.Ties {
		at := fmt.Sprintf("ties[%d]", i)
		if t.Owner < 0 || t.Owned < 0 || t.Owner >= len(o.Nodes) || t.Owned >= len(o.Nodes) || t.Owner == t.Owned {
			c.refuse("chart-unknown-name", at, "", "the tie leads to no other holder")
			continue
		}
		if t.Share != nil && c.value(at+".share", *t.Share) && (*t.Share < 0 || *t.Share > 100) {
			c.refuse("chart-bad-value", at+".share", "", "%v is not a share in percent", *t.Share)
		}
	}
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	d.levels()
	chart := Chart{Table: d.table(env), Desc: d.describe(env)}
	out, failed := finish(env, o.About, d, chart)
	return out, append(c.found, failed...)
}

// levels puts each holder below all its owners. Ties that close a circle are
// left out of that.
func (d *ownership) levels() {
	n := len(d.Nodes)
	d.level = make([]int, n)
	state := make([]byte, n)
	back := make([]bool, len(d.Ties))
	var visit func(int)
	visit = func(v int) {
		state[v] = 1
		for i, t := range d.Ties {
			if t.Owner != v {
				continue
			}
			switch state[t.Owned] {
			case 0:
				visit(t.Owned)
			case 1:
				back[i] = true
			}
		}
		state[v] = 2
	}
	owned := make([]bool, n)
	for _, t := range d.Ties {
		owned[t.Owned] = true
	}
	for _, roots := range []bool{true, false} {
		for v := range n {
			if state[v] == 0 && owned[v] != roots {
				visit(v)
			}
		}
	}
	for range n {
		changed := false
		for i, t := range d.Ties {
			if !back[i] && d.level[t.Owned] < d.level[t.Owner]+1 {
				d.level[t.Owned], changed = d.level[t.Owner]+1, true
			}
		}
		if !changed {
			break
		}
	}
	// an owner stands just above what it owns
	for range n {
		changed := false
		for v := range n {
			low := math.MaxInt
			for i, t := range d.Ties {
				if t.Owner == v && !back[i] {
					low = min(low, d.level[t.Owned]-1)
				}
			}
			if low != math.MaxInt && !owned[v] && d.level[v] < low {
				d.level[v], changed = low, true
			}
		}
		if !changed {
			break
		}
	}
}

// layers gives the holders from the top down, those that belong together above
// each other.
func (d *ownership) layers() [][]int {
	deep := 0
	for _, l := range d.level {
		deep = max(deep, l)
	}
	layers := make([][]int, deep+1)
	for v, l := range d.level {
		layers[l] = append(layers[l], v)
	}
	place := make([]float64, len(d.Nodes))
	set := func(layer []int) {
		for i, v := range layer {
			place[v] = (float64(i) + 0.5) / float64(len(layer))
		}
	}
	for _, l := range layers {
		set(l)
	}
	for sweep := range 6 {
		for k := range layers {
			if sweep%2 == 1 {
				k = len(layers) - 1 - k
			}
			want := map[int]float64{}
			for _, v := range layers[k] {
				want[v] = d.pull(v, place, sweep%2 == 1)
			}
			slices.SortStableFunc(layers[k], func(a, b int) int {
				switch {
				case want[a] < want[b]:
					return -1
				case want[a] > want[b]:
					return 1
				}
				return 0
			})
			set(layers[k])
		}
	}
	return slices.DeleteFunc(layers, func(l []int) bool { return len(l) == 0 })
}

// pull is the middle of those that a holder is tied to: above or below it.
func (d *ownership) pull(v int, place []float64, below bool) float64 {
	sum, n := 0.0, 0
	for _, t := range d.Ties {
		switch {
		case below && t.Owner == v:
			sum, n = sum+place[t.Owned], n+1
		case !below && t.Owned == v:
			sum, n = sum+place[t.Owner], n+1
		}
	}
	if n == 0 {
		return place[v]
	}
	return sum / float64(n)
}

func (d *ownership) share(env Env, t Tie) string {
	switch {
	case t.Text != "":
		return clean(t.Text)
	case t.Share != nil:
		return env.with(*t.Share, min(decimalsOf([]float64{*t.Share}), 2), "%")
	}
	return ""
}

func (d *ownership) describe(env Env) string {
	out := []string{env.word("chart_desc_ownership", args{"Nodes": len(d.Nodes), "Count": len(d.Ties)})}
	for _, t := range d.Ties {
		k, a := "chart_desc_tie", args{"Owner": d.Nodes[t.Owner].Name, "Owned": d.Nodes[t.Owned].Name, "Share": d.share(env, t)}
		if a["Share"] == "" {
			k = "chart_desc_tie_unknown"
		}
		out = append(out, env.word(k, a))
	}
	return sentences(out...)
}

func (d *ownership) table(env Env) Table {
	t := Table{Columns: []Column{
		{Title: env.word("chart_col_owner", nil)}, {Title: env.word("chart_col_owned", nil)}, {Title: env.word("chart_col_share", nil), Unit: "%", Right: true},
	}}
	for _, tie := range d.Ties {
		a, b := d.Nodes[tie.Owner].Name, d.Nodes[tie.Owned].Name
		cell := Cell{Text: env.word("chart_not_stated", nil)}
		if s := d.share(env, tie); s != "" {
			cell.Text = strings.TrimSuffix(s, "\u00a0%")
			if tie.Share != nil {
				cell.Value = machine(*tie.Share)
			}
		}
		t.Rows = append(t.Rows, []Cell{{a, a}, {b, b}, cell})
	}
	return t
}

func (d *ownership) sheet(env Env, width float64) *sheet {
	p := d.arrange(env, width)
	s := &sheet{height: p.height}
	x, y, w, h := p.x, p.y, p.w, p.h
	nodes, links := &rows{}, []object{}
	for v, n := range d.Nodes {
		style := object{"color": "@color:paper", "borderColor": "@color:rule-2", "borderWidth": 1}
		switch {
		case n.Main:
			style["borderColor"], style["borderWidth"] = "@color:ink", 2
		case n.Soft:
			style["borderType"] = "dashed"
		}
		lines, _ := wrap(n.Name, (w[v]-12)/1.06, 4)
		nodes.item(object{
			"name": safe(n.Name), "x": round1(x[v]), "y": round1(y[v]), "symbol": "rect", "symbolSize": []float64{round1(w[v]), h[v]}, "itemStyle": style,
			"label": object{"show": true, "position": "inside", "color": "@color:ink", "formatter": literals(lines)},
		})
	}
	for i, t := range d.Ties {
		l := object{"source": t.Owner, "target": t.Owned}
		if trunk := p.trunk[i]; trunk != nil {
			l["trunk"] = []float64{round1(trunk[0]), round1(trunk[1])}
		}
		if stem := p.stem[i]; stem != nil {
			l["stem"] = []float64{round1(stem[0]), round1(stem[1])}
		}
		if share := d.share(env, t); share != "" {
			l["label"] = object{"show": true, "formatter": literal(share)}
		}
		if t.Open {
			l["lineStyle"] = object{"type": "dotted", "color": "@color:rule-2"}
		}
		links = append(links, l)
	}
	left, right, low, high := bounds(x, y)
	s.graph = charts.NewGraph()
	s.graph.AddSeries(safe(d.Title), nil, nil)
	s.series = []object{{
		"layout": "none", "roam": false, "data": nodes.json(), "links": links, "edgeSymbol": []string{"none", "arrow"}, "edgeSymbolSize": 7,
		"lineStyle": object{"color": "@color:rule-2", "width": 1.2}, "edgeLabel": object{"show": false, "color": "@color:ink"},
		// the field of the graph is that of its middles, so that ECharts does not stretch it
		"left": round1(left), "top": round1(low), "width": round1(right - left), "height": round1(high - low),
	}}
	return s
}

func round1(v float64) float64 { return math.Round(v*10) / 10 }

// literals joins the lines of a label.
func literals(lines []string) string {
	for i := range lines {
		lines[i] = literal(lines[i])
	}
	return strings.Join(lines, "\n")
}

func bounds(x, y []float64) (left, right, low, high float64) {
	left, right, low, high = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i := range x {
		left, right = math.Min(left, x[i]), math.Max(right, x[i])
		low, high = math.Min(low, y[i]), math.Max(high, y[i])
	}
	return left, math.Max(right, left+1), low, math.Max(high, low+1)
}
