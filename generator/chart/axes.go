package chart

import (
	"math"
	"strings"
)

// stepOf gives the step of the ticks of a value axis.
func (s *scale) stepOf() float64 {
	if s.Interval != nil && *s.Interval > 0 {
		return float64(*s.Interval)
	}
	_, _, step := nice(s.low, s.high, 5)
	return step
}

// drawSplits draws the lines behind the data: those of value axes, the rows
// of a list and the days of a calendar.
func (r *renderer) drawSplits() {
	for i := range r.ys {
		s := &r.ys[i]
		g := r.grids[s.GridIndex]
		if !is(s.Show, true) || !is(s.SplitLine.Show, s.Type == "value") {
			continue
		}
		if s.Type == "category" {
			r.drawRows(s)
			continue
		}
		for _, v := range ticks(s.low, s.high, s.stepOf()) {
			r.across("grid", g.x1, g.x2, s.pos(v))
		}
	}
	for i := range r.xs {
		s := &r.xs[i]
		g := r.grids[s.GridIndex]
		if !is(s.Show, true) || !is(s.SplitLine.Show, s.Type == "value") {
			continue
		}
		switch s.Type {
		case "value":
			for _, v := range ticks(s.low, s.high, s.stepOf()) {
				r.down("grid", s.pos(v), g.y1, g.y2)
			}
		case "time":
			for _, t := range timeTicks(r.env, s.low, s.high, g.x2-g.x1) {
				r.down("grid", s.pos(t.at), g.y1, g.y2)
			}
		}
	}
}

// drawRows draws a hairline under each row, and a stronger one under headings.
func (r *renderer) drawRows(s *scale) {
	half := s.band() / 2
	for i, c := range s.Data {
		y := s.pos(float64(i)) + half
		switch {
		case c.Style.FontWeight == "bold" && s.AxisLabel.Inside:
			r.across("grid", 0, r.width, y-8)
		case c.Style.FontWeight == "bold":
			r.across("grid", 0, r.width, y-3)
		case !s.AxisLabel.Inside:
			r.across("hair", 0, r.width, y)
		}
	}
}

func (r *renderer) drawAxes() {
	for i := range r.ys {
		if s := &r.ys[i]; is(s.Show, true) {
			r.drawY(s)
		}
	}
	for i := range r.xs {
		if s := &r.xs[i]; is(s.Show, true) {
			r.drawX(s)
		}
	}
}

func (r *renderer) drawY(s *scale) {
	g := r.grids[s.GridIndex]
	if is(s.AxisLine.Show, false) {
		r.down("base", g.x1, g.y1, g.y2)
	}
	if s.Name != "" {
		left := g.x1 - 36
		if len(r.grids) == 1 || left < 60 {
			left = 0
		}
		r.cut(math.Max(left, 0), g.y1-12, "", "tb", string(s.Name), (g.x2-left)/1.06)
	}
	if !is(s.AxisLabel.Show, true) {
		return
	}
	switch s.Type {
	case "value":
		step := s.stepOf()
		for _, v := range ticks(s.low, s.high, step) {
			t := s.format(r.env, v, stepDecimals(step))
			r.label(g.x1-8, s.pos(v)+4, "end", "t2", t)
			r.taken = append(r.taken, rect{g.x1 - 8 - textWidth(t), s.pos(v) - 6, g.x1 - 8, s.pos(v) + 6})
		}
	case "category":
		r.drawRowNames(s, g)
	}
}

// drawRowNames writes the names of rows: within the field above the row, at
// the left edge of the drawing, or before the axis.
func (r *renderer) drawRowNames(s *scale, g rect) {
	for i, c := range s.Data {
		y := s.pos(float64(i)) + 4
		class := ""
		if c.Style.FontWeight == "bold" {
			class = "tb"
		}
		if c.Style.Color.role == "reported" {
			class = strings.TrimSpace(class + " tr")
		}
		switch {
		case s.AxisLabel.Inside && class != "":
			r.cut(0, y+2, "", class, string(c.Value), r.width/1.06)
		case s.AxisLabel.Inside:
			r.cut(0, y-12, "", class, string(c.Value), r.width)
			r.taken = append(r.taken, rect{0, y - 22, textWidth(string(c.Value)), y - 9})
		case s.AxisLabel.Align == "left":
			room := g.x1 - 14
			if w := float64(s.AxisLabel.Width); w > 0 {
				room = w
			}
			if class != "" {
				room = r.width / 1.06
			}
			r.cutLines(0, y, "", class, string(c.Value), room, s.band())
		default:
			r.cutLines(g.x1-8, y, "end", class, string(c.Value), g.x1-10, s.band())
		}
	}
}

// cutLines writes a name in as many lines as its row has room for.
func (r *renderer) cutLines(x, y float64, anchor, class, s string, room, height float64) {
	lines, was := wrap(s, room, max(1, int((height-4)/13)))
	y -= float64(len(lines)-1) * 6.5
	for i, l := range lines {
		title := ""
		if was && i == 0 {
			title = s
		}
		r.raw("<text").num("x", x).num("y", y+13*float64(i)).class(class)
		if anchor != "" {
			r.attr("text-anchor", anchor)
		}
		r.raw(">")
		if title != "" {
			r.raw("<title>").text(title).raw("</title>")
		}
		r.written(l)
		r.raw("</text>")
	}
}

func (r *renderer) drawX(s *scale) {
	g := r.grids[s.GridIndex]
	top := s.Position == "top"
	if is(s.AxisLine.Show, !top) {
		r.across("base", g.x1, g.x2, r.baseline(s, g))
	}
	if !is(s.AxisLabel.Show, true) {
		return
	}
	y := g.y2 + 17
	if m := float64(s.AxisLabel.Margin); m > 0 {
		y = g.y2 + 9 + m
	}
	if top {
		y = g.y1 - 8
	}
	switch s.Type {
	case "value":
		step := s.stepOf()
		for _, v := range ticks(s.low, s.high, step) {
			r.place(s.pos(v), y, r.anchorAt(s.pos(v), s.format(r.env, v, stepDecimals(step))), "t2", s.format(r.env, v, stepDecimals(step)))
		}
	case "time":
		r.drawTimeLabels(s, g, y, top)
	case "category":
		r.drawCategories(s, g, y)
	}
}

// baseline is where the axis line lies: at nothing, when nothing is on the
// other axis, else below.
func (r *renderer) baseline(s *scale, g rect) float64 {
	for i := range r.ys {
		if y := &r.ys[i]; y.GridIndex == s.GridIndex && y.Type == "value" && y.low < 0 && y.high >= 0 && is(s.AxisLine.OnZero, true) {
			return y.pos(0)
		}
	}
	return g.y2
}

// anchorAt keeps a label in the middle of its place within the drawing.
func (r *renderer) anchorAt(x float64, s string) string {
	w := textWidth(s) / 2
	switch {
	case x-w < 0:
		return "start"
	case x+w > r.width:
		return "end"
	}
	return "middle"
}

func (r *renderer) drawTimeLabels(s *scale, g rect, y float64, top bool) {
	list := timeTicks(r.env, s.low, s.high, g.x2-g.x1)
	if days := s.AxisLabel.CustomValues; days != nil {
		list = namedDays(r.env, days)
		for _, t := range list { // each is marked, whether or not its label has room
			if t.at >= s.low && t.at <= s.high {
				r.path("base").move(s.pos(t.at), g.y2).raw("v5").end()
			}
		}
	}
	// years first, for they have priority where labels come close
	for _, major := range []bool{true, false} {
		for _, t := range list {
			if t.major != major {
				continue
			}
			x := s.pos(t.at)
			if r.place(x, y, r.anchorAt(x, t.label), "t2", t.label) && !top && is(s.AxisTick.Show, true) && s.AxisLabel.CustomValues == nil {
				r.path("base").move(x, g.y2).raw("v5").end()
			}
		}
	}
}

// drawCategories writes the names of categories below or above their places,
// every so many of them when they are too many.
func (r *renderer) drawCategories(s *scale, g rect, y float64) {
	every := 1
	if n := s.AxisLabel.Interval; n != nil && *n > 0 {
		every = *n + 1
	}
	var named []int
	for i := 0; i < len(s.Data); i += every {
		named = append(named, i)
	}
	if list := s.AxisLabel.CustomValues; list != nil {
		named = named[:0]
		for _, v := range list {
			if i := int(v); i >= 0 && i < len(s.Data) {
				named = append(named, i)
			}
		}
		if len(named) > 1 {
			every = named[1] - named[0]
		}
	}
	room := s.band() * float64(every)
	lines, gap := 1, 4.0
	if s.AxisLabel.Overflow == "break" {
		lines, gap = 3, nameGap
	}
	for _, i := range named {
		c := s.Data[i]
		class := "t2"
		if c.Style.FontWeight == "bold" {
			class = "tb"
		}
		parts, was := wrap(string(c.Value), room-gap, lines)
		if textWidth(string(c.Value)) <= room-gap || len(s.Data) == 1 {
			parts, was = []string{string(c.Value)}, false
		}
		x := s.pos(float64(i))
		top := y
		if s.Position == "top" {
			top -= float64(len(parts)-1) * 14
		}
		for k, p := range parts {
			if k == 0 && was {
				r.cutTitle(x, top, class, string(c.Value), p)
				continue
			}
			r.label(x, top+float64(k)*14, "middle", class, p)
		}
		w := math.Min(textWidth(string(c.Value)), room)
		r.taken = append(r.taken, rect{x - w/2, top - 10, x + w/2, top + float64(len(parts)-1)*14 + 4})
	}
}

func (r *renderer) cutTitle(x, y float64, class, whole, short string) {
	r.raw("<text").num("x", x).num("y", y).class(class).raw(` text-anchor="middle"><title>`).text(whole).raw("</title>").written(short).raw("</text>")
}
