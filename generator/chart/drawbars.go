package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// bar is one bar: its two ends along the value axis and its place across.
type bar struct {
	s            *series
	index        int
	value        float64
	base, top    float64 // places
	from, width  float64 // places
	lying, there bool
}

// columns gives the bars of a grid, side by side where they are not stacked,
// by the rule of ECharts: of the band of a category a part is left free, and
// between bars a part of their width.
func (r *renderer) columns(gi int) ([]bar, error) {
	var list []*series
	stacks := map[text]int{}
	column := map[*series]int{}
	n := 0
	for i := range r.o.Series {
		s := &r.o.Series[i]
		if s.Type != "bar" || r.xs[s.XAxisIndex].GridIndex != gi {
			continue
		}
		list = append(list, s)
		if s.Stack != "" {
			if k, ok := stacks[s.Stack]; ok {
				column[s] = k
				continue
			}
			stacks[s.Stack] = n
		}
		column[s] = n
		n++
	}
	if n == 0 {
		return nil, nil
	}
	gap, between, err := gaps(list[0])
	if err != nil {
		return nil, err
	}
	up, down := map[text][]float64{}, map[text][]float64{}
	var out []bar
	for _, s := range list {
		cat, val := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
		lying := cat.Type != "category"
		if lying {
			cat, val = val, cat
		}
		if cat.Type != "category" || val.Type != "value" {
			return nil, fmt.Errorf("bars stand on categories")
		}
		if val.low > 0 || val.high < 0 {
			return nil, fmt.Errorf("a bar axis begins at nothing")
		}
		band := cat.band()
		width := band * (1 - gap) / (float64(n) + float64(n-1)*between)
		offset := -band*(1-gap)/2 + float64(column[s])*width*(1+between)
		for i, it := range s.items {
			v := it.values[0]
			b := bar{s: s, index: i, value: v.f, lying: lying, there: v.kind == 'n', width: width, from: cat.pos(float64(i)) + offset}
			sum := &up
			if v.f < 0 {
				sum = &down
			}
			start := 0.0
			if s.Stack != "" && b.there {
				if (*sum)[s.Stack] == nil {
					(*sum)[s.Stack] = make([]float64, len(s.items))
				}
				if i < len((*sum)[s.Stack]) {
					start = (*sum)[s.Stack][i]
					(*sum)[s.Stack][i] += v.f
				}
			}
			b.base, b.top = val.pos(start), val.pos(start+v.f)
			out = append(out, b)
		}
	}
	return out, nil
}

func gaps(s *series) (category, between float64, err error) {
	category, between = 0.36, 0.08
	for _, g := range []struct {
		t    text
		into *float64
	}{{s.BarCategoryGap, &category}, {s.BarGap, &between}} {
		if g.t == "" {
			continue
		}
		f, err := length(g.t, 1)
		if err != nil || !strings.HasSuffix(string(g.t), "%") || f < 0 || f > 0.95 {
			return 0, 0, fmt.Errorf("%q is not a part of a bar", string(g.t))
		}
		*g.into = f
	}
	return category, between, nil
}

func decimalsOfBars(bars []bar) int {
	var all []float64
	for _, b := range bars {
		if b.there {
			all = append(all, b.value)
		}
	}
	return min(decimalsOf(all), 3)
}

// titledBars is how many bars there may be for each to have a title.
const titledBars = 60

func (r *renderer) drawBars() error {
	for gi := range r.grids {
		bars, err := r.columns(gi)
		if err != nil {
			return err
		}
		decimals := decimalsOfBars(bars)
		for _, b := range bars {
			if !b.there {
				if b.s.Stack == "" || b.s == bars[0].s && !known(bars, b) { // one dash for a whole
					r.drawMissing(b)
				}
				continue
			}
			class, fill := r.barLook(b)
			x, y, w, h := b.from, math.Min(b.base, b.top), b.width, math.Abs(b.top-b.base)
			if b.lying {
				x, y, w, h = math.Min(b.base, b.top), b.from, math.Abs(b.top-b.base), b.width
			}
			title := ""
			if len(bars) <= titledBars {
				title = r.barTitle(b, decimals)
			}
			r.box(class, x, y, w, h, fill, title)
		}
	}
	return nil
}

// known tells whether a part of the stack that a bar belongs to is stated.
func known(bars []bar, b bar) bool {
	return slices.ContainsFunc(bars, func(x bar) bool { return x.there && x.index == b.index && x.s.Stack == b.s.Stack })
}

// drawMissing puts a dash where a value is not known: that is not nothing.
func (r *renderer) drawMissing(b bar) {
	if b.lying {
		r.label(b.base+5, b.from+b.width/2+4, "", "t2", "–")
		return
	}
	r.label(b.from+b.width/2, b.base-5, "middle", "t2", "–")
}

func (r *renderer) barLook(b bar) (class, fill string) {
	c := b.s.ItemStyle.Color
	if own := b.s.items[b.index].style.Color; own.role != "" {
		c = own
	}
	if c.fill {
		return paint(r.id, c.role)
	}
	if look := roleClass(c.role); look != nil {
		return look.field, ""
	}
	return "b-bench", ""
}

// ends of a bar: its category and its value axis.
func (r *renderer) barAxes(b bar) (cat, val *scale) {
	cat, val = &r.xs[b.s.XAxisIndex], &r.ys[b.s.YAxisIndex]
	if b.lying {
		cat, val = val, cat
	}
	return cat, val
}

func (r *renderer) barTitle(b bar, decimals int) string {
	cat, val := r.barAxes(b)
	if n := b.s.items[b.index].name; n != "" {
		return n
	}
	parts := []string{string(cat.Data[b.index].Value)}
	if b.s.Name != "" {
		parts = append(parts, string(b.s.Name))
	}
	return strings.Join(append(parts, val.format(r.env, b.value, decimals)), ", ")
}

// drawBarLabels writes values at the ends of bars, where there is room.
func (r *renderer) drawBarLabels() {
	for gi := range r.grids {
		bars, err := r.columns(gi)
		if err != nil {
			continue // said before
		}
		decimals := decimalsOfBars(bars)
		for _, b := range bars {
			r.takeBar(b)
		}
		for _, b := range bars {
			own := b.s.items[b.index].label
			if !b.there || !is(own.Show, is(b.s.Label.Show, false)) {
				continue
			}
			_, val := r.barAxes(b)
			s := string(own.Formatter)
			if s == "" {
				s = val.format(r.env, b.value, decimals)
			}
			class := ""
			if own.FontWeight == "bold" {
				class = "tb halo"
			}
			switch {
			case b.s.Label.Position == "inside":
				r.within(b, s)
			case b.lying && b.value < 0:
				r.place(b.top-5, b.from+b.width/2+4, "end", class, s)
			case b.lying:
				r.place(b.top+5, b.from+b.width/2+4, "", class, s)
			case b.value < 0:
				r.placeOver(b, b.top+14, class, s, own.Align == "left")
			default:
				r.placeOver(b, b.top-5, class, s, own.Align == "left")
			}
		}
	}
}

// within writes a number in the middle of a part of a bar that has room for it.
func (r *renderer) within(b bar, s string) {
	long, wide := math.Abs(b.top-b.base), b.width
	x, y := b.from+b.width/2, (b.base+b.top)/2
	if b.lying {
		long, wide, x, y = wide, long, y, x
	}
	if long < 15 || wide < textWidth(s)+4 {
		return
	}
	class := "halo"
	if b.s.Label.Color.role == "paper" {
		class = "t-in"
	}
	r.label(x, y+4, "middle", class, s)
}

// placeOver writes a number over the middle of a standing bar, or beginning or
// ending with it, where a neighbour is higher; right of the middle, where the
// options say so.
func (r *renderer) placeOver(b bar, y float64, class, s string, right bool) {
	_ = right && r.place(b.from+b.width/2, y, "start", class, s) || r.place(b.from+b.width/2, y, "middle", class, s) || r.place(b.from+2, y, "start", class, s) || r.place(b.from+b.width-2, y, "end", class, s)
}

// takeBar keeps numbers off a bar.
func (r *renderer) takeBar(b bar) {
	p := rect{b.from, math.Min(b.base, b.top), b.from + b.width, math.Max(b.base, b.top)}
	if b.lying {
		p = rect{p.y1, p.x1, p.y2, p.x2}
	}
	if b.there {
		r.taken = append(r.taken, p)
	}
}
