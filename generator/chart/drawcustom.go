package chart

import (
	"math"
)

// The twins of the client's functions "@fn:gantt", "mark", "dotted", "cell"
// and "band".

const barHeight = 12.0

// row gives the middle of a row and whether there is such a row.
func (r *renderer) row(s *series, v float64) (y float64, ok bool) {
	a := &r.ys[s.YAxisIndex]
	if y = a.pos(v); a.AxisLabel.Inside {
		y += 5 // the name stands above
	}
	return y, a.Type != "category" || v >= 0 && v < float64(len(a.Data)) && v == math.Trunc(v)
}

// drawGantt draws bars from a day to a day. A bar without an end on one side
// reaches the edge of the field.
func (r *renderer) drawGantt(s *series) {
	x, g := &r.xs[s.XAxisIndex], r.grid(s)
	for _, it := range s.items {
		y, ok := r.row(s, it.values[0].f)
		if !ok {
			continue
		}
		x1, x2 := g.x1, g.x2
		if v := it.values[1]; v.kind == 'n' {
			x1 = math.Max(g.x1, x.pos(v.f))
		}
		if v := it.values[2]; v.kind == 'n' {
			x2 = math.Min(g.x2, x.pos(v.f))
		}
		if x2 < x1 {
			continue
		}
		look := it.values[3].s
		class, fill := paint(r.id, look)
		if class == "" && fill == "" {
			class = "unknown"
		}
		w := math.Max(x2-x1, 1.5)
		if f := fillOf(look); f != nil && (f.open || look == "before" || look == "over" || look == "susp") {
			r.box(class, x1+.5, y-barHeight/2+.5, math.Max(w-1, 1), barHeight-1, fill, it.name)
		} else {
			r.box(class, x1, y-barHeight/2, w, barHeight, fill, it.name)
		}
		r.taken = append(r.taken, rect{x1, y - barHeight/2, x1 + w, y + barHeight/2})
	}
	for _, it := range s.items {
		if !is(it.label.Show, false) || it.values[1].kind != 'n' {
			continue
		}
		if y, ok := r.row(s, it.values[0].f); ok {
			x1 := math.Max(g.x1, x.pos(it.values[1].f))
			if x1-5-textWidth(string(it.label.Formatter)) >= g.x1-36 {
				r.place(x1-5, y+4, "end", "t2 halo", string(it.label.Formatter))
			}
		}
	}
}

func (r *renderer) drawDotted(s *series) {
	x := &r.xs[s.XAxisIndex]
	for _, it := range s.items {
		if y, ok := r.row(s, it.values[0].f); ok {
			r.across("rep-line", x.pos(it.values[1].f), x.pos(it.values[2].f), y)
		}
	}
}

// drawMarks draws marks, and the text of a mark beside it where there is room.
func (r *renderer) drawMarks(s *series) {
	x := &r.xs[s.XAxisIndex]
	for _, it := range s.items {
		if y, ok := r.row(s, it.values[0].f); ok {
			px := x.pos(it.values[1].f)
			r.shape(it.values[2].s, px, y, it.name)
			if it.values[2].s != "start" {
				r.taken = append(r.taken, rect{px - 7, y - 7, px + 7, y + 7})
			}
		}
	}
	for _, it := range s.items {
		y, ok := r.row(s, it.values[0].f)
		if !ok || !is(it.label.Show, false) {
			continue
		}
		class := "t2 halo"
		if it.values[2].s == "reported" {
			class = "tr halo"
		}
		px, t := x.pos(it.values[1].f), string(it.label.Formatter)
		if it.values[2].s == "reported" && r.place(px-11, y+4, "end", class, t) {
			continue // what followed from a report stands to its right
		}
		if !r.place(px+11, y+4, "", class, t) {
			r.place(px-11, y+4, "end", class, t)
		}
	}
}

// shape draws a mark round a place. A circle is something said, a square is
// law (struck through: declined), a diamond is a deadline, a triangle the market.
func (r *renderer) shape(kind string, x, y float64, title string) {
	switch kind {
	case "reported":
		r.circle("rep", x, y, 6.5, title)
	case "declined":
		r.box("decl", x-6, y-6, 12, 12, "", title)
		r.path("decl").move(x-6, y+6).raw("l12-12").end()
	case "deadline":
		r.path("dead").move(x, y-6.5).raw("l6.5 6.5-6.5 6.5-6.5-6.5z")
		r.done(title)
	case "law":
		r.box("force", x-6, y-6, 12, 12, "", title)
	case "market":
		r.path("mkt").move(x, y-6).raw("l6.5 11h-13z")
		r.done(title)
	case "start":
		r.path("tick").move(x, y-6).raw("v12")
		r.done(title)
	default:
		r.circle("evt", x, y, 6, title)
	}
}

// done ends a path that may have a title.
func (r *renderer) done(title string) {
	r.raw(`"`)
	r.titled("path", title)
}

// drawCells draws the cells of a matrix: a small square says the status, the
// text beside it the date.
func (r *renderer) drawCells(s *series) {
	x, y := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
	w, h := x.band(), y.band()
	for _, it := range s.items {
		c, row := it.values[0].f, it.values[1].f
		if c != math.Trunc(c) || row != math.Trunc(row) || c < 0 || row < 0 || c >= float64(len(x.Data)) || row >= float64(len(y.Data)) {
			continue
		}
		px, py := x.pos(c), y.pos(row)
		look := it.values[2].s
		if look == "" || look == "none" {
			r.label(px, py+4, "middle", "t2", "–")
			continue
		}
		class, fill := paint(r.id, look)
		t := ""
		if len(it.values) > 3 {
			t = it.values[3].s
		}
		left := px - w/2 + 6
		if t == "" {
			left = px - 6
		}
		if look == "reported" {
			r.circle("rep", left+6, py, 6, it.name)
		} else if f := fillOf(look); f != nil && (f.open || class != look || look == "before" || look == "over") {
			r.box(class, left+.5, py-5.5, 11, 11, fill, it.name)
		} else {
			r.box(class, left, py-6, 12, 12, fill, it.name)
		}
		if t != "" {
			r.cutLines(left+18, py+4, "", "", t, w-26, h)
		}
	}
}

// drawBand draws the area between two lines.
func (r *renderer) drawBand(s *series) {
	if len(s.items) == 0 {
		return
	}
	x, y, g := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex], r.grid(s)
	clip := func(v float64) float64 { return math.Max(g.y1, math.Min(g.y2, v)) }
	r.path("band")
	for i, it := range s.items {
		px, py := x.pos(it.values[0].f), clip(y.pos(it.values[2].f))
		if i == 0 {
			r.move(px, py)
		} else {
			r.line(px, py, i == 1)
		}
	}
	for i := len(s.items) - 1; i >= 0; i-- {
		it := s.items[i]
		r.line(x.pos(it.values[0].f), clip(y.pos(it.values[1].f)), len(s.items) == 1)
	}
	r.raw("z").end()
}
