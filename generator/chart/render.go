package chart

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// frame is what a drawing needs besides the options.
type frame struct {
	env           Env
	id, variant   string
	title, desc   string
	width, height float64
	quiet         bool // nothing but the picture: a sparkline

	// a file of its own
	plain       bool
	sub, source string
	key         []Key
	pins        []Pin
	notes       []Note
}

// rect is a place that is taken.
type rect struct{ x1, y1, x2, y2 float64 }

func (a rect) meets(b rect) bool { return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 }

// renderer draws options.
type renderer struct {
	*svg
	frame
	o      *options
	grids  []rect
	xs, ys []scale
	taken  []rect
}

// render draws options as an SVG element. An option that it does not know is
// an error.
func render(b []byte, f frame) ([]byte, error) {
	o, err := parse(b)
	if err != nil {
		return nil, err
	}
	r := &renderer{svg: &svg{b: make([]byte, 0, 8<<10), alone: f.plain}, frame: f, o: o}
	top := r.open()
	draw := r.cartesian
	if o.Series[0].Type == "graph" {
		draw = r.drawGraph
	}
	r.define(f.id, usedFills(o))
	if err := draw(); err != nil {
		return nil, err
	}
	r.close(top)
	return r.b, nil
}

// usedFills lists the fills that the options name, in their order.
func usedFills(o *options) []string {
	var out []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] && fillOf(name) != nil {
			seen[name] = true
			out = append(out, name)
		}
	}
	for i := range o.Series {
		s := &o.Series[i]
		if s.ItemStyle.Color.fill {
			add(s.ItemStyle.Color.role)
		}
		for _, it := range s.items {
			if it.style.Color.fill {
				add(it.style.Color.role)
			}
			if s.RenderItem == "gantt" && len(it.values) > 3 {
				add(it.values[3].s)
			}
			if s.RenderItem == "cell" && len(it.values) > 2 {
				add(it.values[2].s)
			}
		}
	}
	return out
}

// open begins the element and gives the room above the picture.
func (r *renderer) open() float64 {
	if !r.plain {
		r.raw(`<svg class="ch `, r.variant, `" viewBox="0 0 `).nums(r.width, r.height).raw(`"`)
		if r.quiet && r.desc == "" {
			r.raw(` aria-hidden="true" focusable="false">`)
			return 0
		}
		r.raw(` role="img" aria-labelledby="`, r.id, "-t ", r.id, `-d"><title id="`, r.id, `-t">`).text(r.title)
		r.raw(`</title><desc id="`, r.id, `-d">`).text(r.desc).raw("</desc>")
		return 0
	}
	lines, _ := wrap(r.title, r.width/1.25, 3)
	sub, _ := wrap(r.sub, r.width, 3)
	if r.sub == "" {
		sub = nil
	}
	rows := r.keyRows()
	top := 8 + float64(len(lines))*20 + float64(len(sub))*16 + float64(len(rows))*18 + 10
	foot, bottom := r.foot()
	r.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -8 `).nums(r.width + 32).raw(" ").nums(r.height + top + bottom + 16)
	r.raw(`" width="`).nums(r.width + 32).raw(`" height="`).nums(r.height + top + bottom + 16)
	r.raw(`" font-family="'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif" font-size="12" fill="`, inkColor, `" direction="ltr"><title>`).text(r.title)
	r.raw("</title><desc>").text(r.desc).raw(`</desc><path fill="`, paperColor, `" d="M-16-8h`).nums(r.width + 32).raw("v").nums(r.height + top + bottom + 16).raw("h").nums(-r.width - 32).raw(`z"/>`)
	y := 8.0
	for _, l := range lines {
		y += 20
		r.raw("<text").num("y", y-6).raw(` font-size="16" font-weight="700">`).written(l).raw("</text>")
	}
	for _, l := range sub {
		y += 16
		r.label(0, y-5, "", "t2", l)
	}
	for _, row := range rows {
		y += 18
		for _, k := range row {
			r.raw("<g").raw(` transform="translate(`).nums(k.x, y-15).raw(`)">`)
			r.swatch(k.key.look)
			r.raw("</g>")
			r.label(k.x+29, y-5, "", "", k.key.Text)
		}
	}
	for _, l := range foot {
		y := top + r.height + l.y
		if l.pin != nil {
			r.pin(lookOfPin(l.pin.Kind), l.pin.Kind == Decided, 9.5, y-4, fmt.Sprint(l.pin.Number), "")
		}
		r.label(l.x, y, "", l.class, l.text)
	}
	r.raw(`<g transform="translate(0 `).nums(top).raw(`)">`)
	return top
}

// footLine is a line below the picture.
type footLine struct {
	x, y        float64
	class, text string
	pin         *Pin
}

// foot is what must go with a picture that leaves its page: what its pins stand
// for, the remarks, and the source.
func (r *renderer) foot() (out []footLine, high float64) {
	high = 2
	put := func(s string, x float64, class string, pin *Pin) {
		if s == "" {
			return
		}
		lines, _ := wrap(s, r.width*0.9-x, 4) // where the file is opened, the font may be a wider one
		high += 4
		for i, l := range lines {
			high += 16
			out = append(out, footLine{x, high, class, l, pin})
			if i == 0 {
				pin = nil
			}
		}
	}
	for i, p := range r.pins {
		if p.Number > 0 {
			high += 4
			put(sentences(p.When+".", p.Text), 28, "", &r.pins[i])
		}
	}
	if len(out) > 0 {
		high += 4
	}
	for _, n := range r.notes {
		put(n.Text, 0, "t2", nil)
	}
	if len(out) > 0 {
		high += 4
	}
	put(r.source, 0, "t2", nil)
	return out, high + 6
}

func (r *renderer) close(float64) {
	if r.plain {
		r.raw("</g>")
	}
	r.raw("</svg>")
	if r.plain {
		r.raw("\n")
	}
}

type placedKey struct {
	x   float64
	key Key
}

func (r *renderer) keyRows() (rows [][]placedKey) {
	x := 0.0
	for _, k := range r.key {
		w := 29 + textWidth(k.Text) + 22
		if len(rows) == 0 || x+w > r.width && x > 0 {
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], placedKey{x, k})
		x += w
	}
	return rows
}

// free takes a place if nothing is there.
func (r *renderer) free(p rect) bool {
	for _, t := range r.taken {
		if t.meets(p) {
			return false
		}
	}
	r.taken = append(r.taken, p)
	return true
}

// place writes a label where it neither leaves the drawing nor meets another,
// and tells whether it did.
func (r *renderer) place(x, y float64, anchor, class, s string) bool {
	w := textWidth(s)
	if strings.Contains(class, "tb") || strings.Contains(class, "tr") {
		w = boldWidth(s)
	}
	left := x
	switch anchor {
	case "middle":
		left -= w / 2
	case "end":
		left -= w
	}
	if left < -1 || left+w > r.width+1 || !r.free(rect{left - 2, y - 10, left + w + 2, y + 3}) {
		return false
	}
	r.label(x, y, anchor, class, s)
	return true
}

// scale turns values into places along an axis.
type scale struct {
	*axis
	low, high float64 // of a value or time axis
	from, to  float64 // places of low and high
	gap       bool    // a category has a band of its own
}

func (s *scale) pos(v float64) float64 {
	switch {
	case s.Type != "category":
		return s.from + (v-s.low)/(s.high-s.low)*(s.to-s.from)
	case s.gap:
		return s.from + (v+0.5)*(s.to-s.from)/float64(len(s.Data))
	case len(s.Data) == 1:
		return (s.from + s.to) / 2
	}
	return s.from + v*(s.to-s.from)/float64(len(s.Data)-1)
}

// band is how much room a category has.
func (s *scale) band() float64 { return math.Abs(s.to-s.from) / float64(max(1, len(s.Data))) }

// format writes a value as the labels of the axis do.
func (s *scale) format(env Env, v float64, decimals int) string {
	switch s.AxisLabel.Formatter {
	case "percent":
		return env.with(v, decimals, "%")
	case "signed":
		return env.signed(v, decimals)
	case "signedPercent":
		return env.signed(v, decimals) + "\u00a0%"
	case "date":
		return env.date(at(v), Day)
	case "month":
		return env.date(at(v), Month)
	case "year":
		return env.date(at(v), Year)
	}
	return env.number(v, decimals)
}

func (r *renderer) layOut() error {
	for i, g := range r.o.Grid {
		if i > 200 {
			return errors.New("too many grids")
		}
		var e [4]error
		var b rect
		b.x1, e[0] = length(g.Left, r.width)
		b.x2, e[1] = length(g.Right, r.width)
		b.y1, e[2] = length(g.Top, r.height)
		b.y2, e[3] = length(g.Bottom, r.height)
		if err := errors.Join(e[:]...); err != nil {
			return fmt.Errorf("grid %d: %w", i, err)
		}
		b.x2, b.y2 = r.width-b.x2, r.height-b.y2
		if b.x2-b.x1 < 4 || b.y2-b.y1 < 4 {
			return fmt.Errorf("grid %d has no room", i)
		}
		r.grids = append(r.grids, b)
	}
	for i := range r.o.XAxis {
		s, g, err := r.scale(&r.o.XAxis[i])
		if err != nil {
			return fmt.Errorf("x axis %d: %w", i, err)
		}
		s.from, s.to = g.x1, g.x2
		if s.Inverse {
			s.from, s.to = s.to, s.from
		}
		r.xs = append(r.xs, s)
	}
	for i := range r.o.YAxis {
		s, g, err := r.scale(&r.o.YAxis[i])
		if err != nil {
			return fmt.Errorf("y axis %d: %w", i, err)
		}
		s.from, s.to = g.y2, g.y1
		if s.Inverse {
			s.from, s.to = s.to, s.from
		}
		r.ys = append(r.ys, s)
	}
	return nil
}

func (r *renderer) scale(a *axis) (scale, rect, error) {
	s := scale{axis: a, gap: is(a.BoundaryGap, true)}
	if a.GridIndex < 0 || a.GridIndex >= len(r.grids) {
		return s, rect{}, fmt.Errorf("no grid %d", a.GridIndex)
	}
	switch a.Type {
	case "category":
		if len(a.Data) == 0 {
			return s, rect{}, errors.New("no categories")
		}
	case "value", "time":
		if a.Min == nil || a.Max == nil || !(*a.Max > *a.Min) {
			return s, rect{}, errors.New("an axis has two ends, the lower first")
		}
		s.low, s.high = float64(*a.Min), float64(*a.Max)
	default:
		return s, rect{}, fmt.Errorf("%q is not a type of axis that is known", a.Type)
	}
	return s, r.grids[a.GridIndex], nil
}

// length reads "30" or "12.5%".
func length(t text, whole float64) (float64, error) {
	s, percent := strings.CutSuffix(string(t), "%")
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e5 {
		return 0, fmt.Errorf("%q is not a length", string(t))
	}
	if percent {
		f *= whole / 100
	}
	return f, nil
}

// cartesian draws everything that has axes, from the ground up.
func (r *renderer) cartesian() error {
	if err := r.layOut(); err != nil {
		return err
	}
	for i := range r.o.Series {
		if err := r.checkSeries(&r.o.Series[i]); err != nil {
			return fmt.Errorf("series %d: %w", i, err)
		}
	}
	r.drawAreas()
	r.drawSplits()
	r.each("custom", "band", r.drawBand)
	if err := r.drawBars(); err != nil {
		return err
	}
	r.drawAxes()
	r.drawMarkLines()
	r.each("line", "", r.drawLine)
	r.each("custom", "dotted", r.drawDotted)
	r.each("custom", "gantt", r.drawGantt)
	r.each("custom", "mark", r.drawMarks)
	r.each("custom", "cell", r.drawCells)
	r.drawPoints()
	r.drawEnds()
	r.drawValues()
	r.drawBarLabels()
	return nil
}

func (r *renderer) each(kind, fn string, draw func(*series)) {
	for i := range r.o.Series {
		if s := &r.o.Series[i]; string(s.Type) == kind && string(s.RenderItem) == fn {
			draw(s)
		}
	}
}

// checkSeries refuses what the drawing functions rely on not to be there.
func (r *renderer) checkSeries(s *series) error {
	if s.XAxisIndex < 0 || s.XAxisIndex >= len(r.xs) || s.YAxisIndex < 0 || s.YAxisIndex >= len(r.ys) {
		return errors.New("no such axis")
	}
	x, y := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
	if x.GridIndex != y.GridIndex {
		return errors.New("axes of different grids")
	}
	if is(s.ConnectNulls, false) {
		return errors.New("a line across a gap is refused")
	}
	shape := ""
	switch {
	case s.Type == "line" && x.Type == "category", s.Type == "bar":
		shape = "n"
		cat := x
		if s.Type == "bar" && y.Type == "category" && x.Type == "value" {
			cat = y
		}
		if cat.Type != "category" || len(s.items) != len(cat.Data) {
			return fmt.Errorf("%d values for %d categories", len(s.items), len(cat.Data))
		}
	case s.Type == "line":
		shape = "nn"
	case s.Type == "custom":
		shape = map[name]string{"gantt": "nNNs", "mark": "nns*", "dotted": "nnn", "cell": "nns*", "band": "nnn"}[s.RenderItem]
		if shape == "" {
			return fmt.Errorf("%q does not draw", string(s.RenderItem))
		}
	default:
		return fmt.Errorf("%q is not a type that is known", string(s.Type))
	}
	for i := range s.items {
		if !s.items[i].has(shape, s.Type != "custom") {
			return fmt.Errorf("item %d has another shape than its series", i)
		}
	}
	return nil
}

// has tells whether an item has values of a shape: n a number, N a number or
// nothing, s a text, * anything more. The last of a line or bar may be missing.
func (i *item) has(shape string, gaps bool) bool {
	rest := strings.TrimSuffix(shape, "*")
	if len(i.values) < len(rest) || rest == shape && len(i.values) > len(rest) {
		return false
	}
	for k := range len(rest) {
		v := i.values[k]
		switch {
		case v.kind == rest[k], rest[k] == 'N' && v.kind != 's', gaps && k == len(rest)-1 && v.kind == 0:
		default:
			return false
		}
	}
	return true
}

func (r *renderer) grid(s *series) rect { return r.grids[r.xs[s.XAxisIndex].GridIndex] }
