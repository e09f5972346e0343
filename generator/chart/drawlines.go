package chart

import (
	"math"
	"slices"
	"strings"
)

// places gives the points of a line in the drawing; y is NaN where there is no
// value.
func (r *renderer) places(s *series) []point {
	x, y := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
	out := make([]point, len(s.items))
	for i, it := range s.items {
		v := it.values[len(it.values)-1]
		along := float64(i)
		if len(it.values) > 1 {
			along = it.values[0].f
		}
		out[i] = point{x.pos(along), math.NaN()}
		if v.kind == 'n' {
			out[i].y = y.pos(v.f)
		}
	}
	return out
}

func (r *renderer) drawLine(s *series) {
	look := roleClass(s.LineStyle.Color.role)
	if look == nil {
		look = roleClass("main")
	}
	points := thin(r.places(s), r.width)
	if s.LineStyle.Opacity == nil || *s.LineStyle.Opacity > 0 {
		r.path(look.line)
		r.polyline(points)
		r.end()
	}
	if is(s.ShowSymbol, false) {
		for _, p := range points {
			if !math.IsNaN(p.y) {
				r.circle(look.dot, p.x, p.y, 2.6, "")
			}
		}
	}
}

// thin leaves out points that cannot be seen: of those in one unit of width it
// keeps the first, the lowest, the highest and the last.
func thin(points []point, width float64) []point {
	if float64(len(points)) < 2*width {
		return points
	}
	var out []point
	for i := 0; i < len(points); {
		if math.IsNaN(points[i].y) {
			out = append(out, points[i])
			i++
			continue
		}
		j, low, high := i, i, i
		for ; j < len(points) && math.Floor(points[j].x) == math.Floor(points[i].x) && !math.IsNaN(points[j].y); j++ {
			if points[j].y < points[low].y {
				low = j
			}
			if points[j].y > points[high].y {
				high = j
			}
		}
		keep := []int{i, low, high, j - 1}
		slices.Sort(keep)
		for _, k := range slices.Compact(keep) {
			out = append(out, points[k])
		}
		i = j
	}
	return out
}

// drawAreas draws marked stretches of the x axis, such as days without trading.
func (r *renderer) drawAreas() {
	for i := range r.o.Series {
		s := &r.o.Series[i]
		if s.MarkArea == nil {
			continue
		}
		g, x, y := r.grid(s), &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
		for _, a := range s.MarkArea.Data {
			if len(a) != 2 {
				continue
			}
			switch {
			case a[0].XAxis != nil && a[1].XAxis != nil:
				x1, x2 := x.pos(float64(*a[0].XAxis)), x.pos(float64(*a[1].XAxis))
				r.box("band", math.Min(x1, x2), g.y1, math.Max(math.Abs(x2-x1), 2), g.y2-g.y1, "", string(a[0].Name))
			case a[0].YAxis != nil && a[1].YAxis != nil:
				y1, y2 := y.pos(float64(*a[0].YAxis)), y.pos(float64(*a[1].YAxis))
				r.box("band", g.x1, math.Min(y1, y2), g.x2-g.x1, math.Abs(y2-y1), "", string(a[0].Name))
			}
		}
	}
}

// pin is a numbered mark above the field, with a line down to its day.
type pin struct {
	x, at  float64 // where its line is, and where the pin itself has room
	number string
	mark   *mark
}

const pinGap = 23.0

// drawMarkLines draws lines across the field: the day that is today, a level,
// a bracket below a stretch of time, and those of events with their pins.
func (r *renderer) drawMarkLines() {
	for i := range r.o.Series {
		s := &r.o.Series[i]
		if s.MarkLine == nil {
			continue
		}
		g, x, y := r.grid(s), &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
		var pins []pin
		for k := range s.MarkLine.Data {
			m := &s.MarkLine.Data[k]
			look := "pin-line"
			if l := roleClass(m.LineStyle.Color.role); l != nil {
				look = l.line
			}
			switch {
			case m.to != nil:
				r.drawBracket(s, m, g)
			case m.YAxis != nil:
				r.across(look, g.x1, g.x2, y.pos(float64(*m.YAxis)))
			case m.XAxis != nil && m.Label.BorderWidth > 0:
				pins = append(pins, pin{x: x.pos(float64(*m.XAxis)), number: string(m.Label.Formatter), mark: m})
			case m.XAxis != nil:
				px := x.pos(float64(*m.XAxis))
				r.down(look, px, g.y1, g.y2)
				if is(m.Label.Show, false) {
					r.place(px, g.y2+13, r.anchorAt(px, string(m.Label.Formatter)), "t-now", string(m.Label.Formatter))
				}
			}
		}
		r.drawPins(pins, g)
	}
}

// drawBracket draws a bracket below the axis, with its name if that fits.
func (r *renderer) drawBracket(s *series, m *mark, g rect) {
	if len(m.Coord) == 0 || len(m.to.Coord) == 0 {
		return
	}
	x := &r.xs[s.XAxisIndex]
	x1, x2, y := x.pos(m.Coord[0].f), x.pos(m.to.Coord[0].f), g.y2+24
	r.path("bracket").move(x1, y).raw("v4").raw("H").nums(x2).raw("v-4").end()
	name := string(m.Name)
	if textWidth(name) > r.width {
		name, _ = fit(name, r.width)
	}
	mid := (x1 + x2) / 2
	half := textWidth(name) / 2
	mid = math.Max(half, math.Min(r.width-half, mid))
	r.label(mid, y+17, "middle", "t2", name)
}

// drawPins spreads the pins so that none hides another.
func (r *renderer) drawPins(pins []pin, g rect) {
	if len(pins) == 0 {
		return
	}
	slices.SortStableFunc(pins, func(a, b pin) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	xs := make([]float64, len(pins))
	for i, p := range pins {
		xs[i] = p.x
	}
	spread(xs, pinGap, 10, r.width-10)
	y := g.y1 - 23
	r.path("pin-line")
	for i, p := range pins {
		pins[i].at = xs[i]
		r.move(xs[i], y+9.5)
		r.line(p.x, g.y1+2, true)
		r.raw("V").nums(g.y2)
	}
	r.end()
	for _, p := range pins {
		look := "pin-mkt"
		switch p.mark.Label.BorderColor.role {
		case "force":
			look = "pin-law"
		case "reported":
			look = "pin-rep"
		}
		r.pin(look, p.mark.Label.BorderRadius == 0, p.at, y, p.number, string(p.mark.Name))
	}
}

// pin draws a numbered mark: a square for law, a circle for everything else.
func (r *renderer) pin(look string, square bool, x, y float64, number, title string) {
	if square {
		r.box(look, x-9, y-9, 18, 18, "", title)
	} else {
		r.circle(look, x, y, 9.5, title)
	}
	r.label(x, y+4.2, "middle", "tb", number)
}

func lookOfPin(k EventKind) string { return "pin-" + k.String() }

// spread moves places in order apart, so that neighbours are at least gap from
// each other, and keeps them between low and high as far as they fit. Each
// stays as near to its own place as its neighbours allow.
func spread(at []float64, gap, low, high float64) {
	type group struct {
		center float64 // where the group would like to be
		first  int
		n      int
	}
	var groups []group
	begin := func(g group) float64 {
		b := g.center - gap*float64(g.n-1)/2
		return math.Max(low, math.Min(b, high-gap*float64(g.n-1)))
	}
	for i, x := range at {
		groups = append(groups, group{x, i, 1})
		for len(groups) > 1 {
			a, b := groups[len(groups)-2], groups[len(groups)-1]
			if begin(a)+gap*float64(a.n) <= begin(b)+1e-9 {
				break
			}
			n := a.n + b.n
			// the middle of what its members would like
			sum := 0.0
			for k := a.first; k < a.first+n; k++ {
				sum += at[k] - gap*(float64(k-a.first)-float64(n-1)/2)
			}
			groups = append(groups[:len(groups)-2], group{sum / float64(n), a.first, n})
		}
	}
	out := make([]float64, len(at))
	for _, g := range groups {
		for k := range g.n {
			out[g.first+k] = begin(g) + gap*float64(k)
		}
	}
	copy(at, out)
}

// drawPoints draws marked points of a series.
func (r *renderer) drawPoints() {
	for i := range r.o.Series {
		s := &r.o.Series[i]
		if s.MarkPoint == nil {
			continue
		}
		x, y := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
		look := roleClass(s.LineStyle.Color.role)
		if look == nil {
			look = roleClass("main")
		}
		for _, m := range s.MarkPoint.Data {
			if len(m.Coord) != 2 || m.Coord[0].kind != 'n' || m.Coord[1].kind != 'n' {
				continue
			}
			px, py := x.pos(m.Coord[0].f), y.pos(m.Coord[1].f)
			if m.Symbol == "triangle" {
				r.path("mkt").move(px, py+4).raw("l4.5 9h-9z").end()
				continue
			}
			r.circle(look.dot, px, py, 3.2, string(m.Name))
		}
	}
}

// drawValues writes the values of points that have a label, where there is
// room.
func (r *renderer) drawValues() {
	for i := range r.o.Series {
		s := &r.o.Series[i]
		if s.Type != "line" {
			continue
		}
		points := r.places(s)
		for k, it := range s.items {
			if it.itemLook == nil || !is(it.label.Show, false) || math.IsNaN(points[k].y) {
				continue
			}
			y := points[k].y - 9
			if it.label.Position == "bottom" {
				y = points[k].y + 18
			}
			text := string(it.label.Formatter)
			_ = r.place(points[k].x, y, "middle", "halo", text) || r.place(points[k].x+7, y+4, "start", "halo", text) || r.place(points[k].x-7, y+4, "end", "halo", text)
		}
	}
}

// drawEnds writes the names and last values of lines beside their ends, apart
// from each other.
func (r *renderer) drawEnds() {
	type end struct {
		p     point
		s     *series
		lines []string
	}
	byGrid := map[int][]end{}
	for i := range r.o.Series {
		s := &r.o.Series[i]
		if s.Type != "line" || !is(s.EndLabel.Show, false) {
			continue
		}
		points := r.places(s)
		for k := len(points) - 1; k >= 0; k-- {
			if !math.IsNaN(points[k].y) {
				gi := r.xs[s.XAxisIndex].GridIndex
				byGrid[gi] = append(byGrid[gi], end{points[k], s, strings.Split(string(s.EndLabel.Formatter), "\n")})
				break
			}
		}
	}
	for gi := range r.grids {
		ends := byGrid[gi]
		if len(ends) == 0 {
			continue
		}
		g := r.grids[gi]
		slices.SortStableFunc(ends, func(a, b end) int {
			if a.p.y < b.p.y {
				return -1
			} else if a.p.y > b.p.y {
				return 1
			}
			return 0
		})
		most := 1
		ys := make([]float64, len(ends))
		for i, e := range ends {
			most = max(most, len(e.lines))
			ys[i] = e.p.y
		}
		gap := float64(most)*15 + 3
		if gap*float64(len(ends)) > g.y2-g.y1+30 { // one line each
			gap, most = 15, 1
		}
		spread(ys, gap, g.y1, g.y2)
		for i, e := range ends {
			look := roleClass(e.s.LineStyle.Color.role)
			if look == nil {
				look = roleClass("main")
			}
			r.circle(look.dot, e.p.x, e.p.y, 3, "")
			class, second := "t-bench", "t2"
			if e.s.LineStyle.Color.role == "main" {
				class, second = "tb", ""
			}
			x, room := e.p.x+9, r.width-e.p.x-9
			if strings.HasPrefix(string(e.s.EndLabel.Position), "inside") {
				continue
			}
			y := ys[i] + 4
			if most > 1 {
				y -= 4
			}
			for k, l := range e.lines[:min(most, len(e.lines))] {
				if k > 0 {
					r.cut(x, y+15*float64(k), "", second, l, room)
				} else {
					r.cut(x, y, "", class, l, room/1.06)
				}
			}
		}
	}
}
