package chart

import (
	"errors"
	"fmt"
	"math"
)

// drawGraph draws boxes and the arrows between them, where the options say
// they are.
func (r *renderer) drawGraph() error {
	if len(r.o.Series) != 1 || len(r.o.XAxis)+len(r.o.YAxis)+len(r.o.Grid) > 0 {
		return errors.New("a graph stands alone")
	}
	s := &r.o.Series[0]
	if s.Layout != "none" {
		return fmt.Errorf("a graph has its places already, and no layout %q", string(s.Layout))
	}
	for _, n := range s.nodes {
		if len(n.SymbolSize) != 2 || n.Symbol != "rect" {
			return errors.New("a node is a box with a width and a height")
		}
	}
	for _, l := range s.Links {
		if l.Source < 0 || l.Target < 0 || l.Source >= len(s.nodes) || l.Target >= len(s.nodes) {
			return errors.New("a link leads to no node")
		}
	}
	for _, n := range s.nodes {
		w, h := float64(n.SymbolSize[0]), float64(n.SymbolSize[1])
		r.taken = append(r.taken, rect{float64(n.X) - w/2, float64(n.Y) - h/2, float64(n.X) + w/2, float64(n.Y) + h/2})
	}
	out, in := make([]int, len(s.nodes)), make([]int, len(s.nodes))
	for _, l := range s.Links {
		out[l.Source]++
		in[l.Target]++
	}
	labels := make([]point, len(s.Links))
	for i, l := range s.Links {
		// where lines part, a label is at its end, where they meet, at its beginning
		along := 0.5
		switch {
		case out[l.Source] > in[l.Target]:
			along = 0.64
		case out[l.Source] < in[l.Target]:
			along = 0.36
		}
		if len(l.Trunk) == 2 {
			labels[i] = r.drawTrunk(s.nodes[l.Source], s.nodes[l.Target], float64(l.Trunk[0]), float64(l.Trunk[1]), l)
			continue
		}
		if len(l.Stem) == 2 {
			labels[i] = r.drawStem(s.nodes[l.Source], s.nodes[l.Target], float64(l.Stem[0]), float64(l.Stem[1]), l)
			continue
		}
		labels[i] = r.drawEdge(s.nodes, l.Source, l.Target, along, l.LineStyle.Type != "")
	}
	for i, l := range s.Links {
		if t := string(l.Label.Formatter); t != "" {
			p := labels[i]
			for _, dy := range []float64{0, -8, 8} {
				if r.place(p.x, p.y+4+dy, "middle", "halo", t) {
					break
				}
			}
		}
	}
	for _, n := range s.nodes {
		r.drawNode(n)
	}
	return nil
}

// drawEdge draws an arrow from box to box and gives the place of its label.
func (r *renderer) drawEdge(nodes []node, from, to int, along float64, dashed bool) point {
	a, b := nodes[from], nodes[to]
	ax, ay, bx, by := float64(a.X), float64(a.Y), float64(b.X), float64(b.Y)
	ah, bh := float64(a.SymbolSize[1])/2, float64(b.SymbolSize[1])/2
	aw, bw := float64(a.SymbolSize[0])/2, float64(b.SymbolSize[0])/2
	var p, q point
	switch {
	case by-bh > ay+ah: // downwards
		p, q = point{ax, ay + ah}, point{bx, by - bh}
	case by+bh < ay-ah:
		p, q = point{ax, ay - ah}, point{bx, by + bh}
	case bx > ax:
		p, q = point{ax + aw, ay}, point{bx - bw, by}
	default:
		p, q = point{ax - aw, ay}, point{bx + bw, by}
	}
	class := edgeClass(dashed)
	d := math.Hypot(q.x-p.x, q.y-p.y)
	if d < 1 {
		return p
	}
	if by > ay && r.crossed(nodes, from, to, p, q) {
		return r.drawRound(class, p, q, bw)
	}
	ux, uy := (q.x-p.x)/d, (q.y-p.y)/d
	r.path(class).move(p.x, p.y).raw("L").nums(q.x, q.y).end()
	r.path("edge").move(q.x-ux*7-uy*3.5, q.y-uy*7+ux*3.5).raw("L").nums(q.x, q.y).raw("L").nums(q.x-ux*7+uy*3.5, q.y-uy*7-ux*3.5).end()
	return point{p.x + (q.x-p.x)*along, p.y + (q.y-p.y)*along}
}

func edgeClass(dashed bool) string {
	if dashed {
		return "rep-line"
	}
	return "edge"
}

// drawTrunk leads from an owner down a line and into a box beside it, and gives
// the place of the label: on the way to the box, or above the box where that is
// too short.
func (r *renderer) drawTrunk(a, b node, x, across float64, l link) point {
	ax, by := float64(a.X), float64(b.Y)
	low, left := float64(a.Y)+float64(a.SymbolSize[1])/2, float64(b.X)-float64(b.SymbolSize[0])/2
	p := r.path(edgeClass(l.LineStyle.Type != ""))
	if math.Abs(x-ax) <= float64(a.SymbolSize[0])/2 { // below the owner
		p.move(x, low)
	} else {
		p.move(ax, low).raw("V").nums(across).raw("H").nums(x)
	}
	p.raw("V").nums(by).raw("H").nums(left).end()
	r.path("edge").move(left-7, by-3.5).raw("L").nums(left, by).raw("L").nums(left-7, by+3.5).end()
	wide := textWidth(string(l.Label.Formatter))
	if wide+16 <= left-x+1 {
		return point{x + (left-x-4)/2, by}
	}
	return point{left + wide/2, by - float64(b.SymbolSize[1])/2 - 8}
}

// drawStem leads from an owner to a line beside it, and down the line to what it
// owns, and gives the place of the label: on the way to the line, or below the
// box where that is too short.
func (r *renderer) drawStem(a, b node, x, across float64, l link) point {
	ay, bx := float64(a.Y), float64(b.X)
	left, top := float64(a.X)-float64(a.SymbolSize[0])/2, float64(b.Y)-float64(b.SymbolSize[1])/2
	end := x
	p := r.path(edgeClass(l.LineStyle.Type != "")).move(left, ay).raw("H").nums(x).raw("V")
	if math.Abs(x-bx) > float64(b.SymbolSize[0])/2 { // not above what is owned
		p.nums(across).raw("H").nums(bx).raw("V")
		end = bx
	}
	p.nums(top).end()
	r.path("edge").move(end-3.5, top-7).raw("L").nums(end, top).raw("L").nums(end+3.5, top-7).end()
	wide := textWidth(string(l.Label.Formatter))
	if wide+16 <= left-x+1 {
		return point{(x + left) / 2, ay}
	}
	return point{left + wide/2, ay + float64(a.SymbolSize[1])/2 + 8}
}

// crossed tells whether a line from p down to q runs through the box of another
// holder.
func (r *renderer) crossed(nodes []node, from, to int, p, q point) bool {
	for i, n := range nodes {
		if i == from || i == to {
			continue
		}
		w, h := float64(n.SymbolSize[0])/2, float64(n.SymbolSize[1])/2
		for _, y := range []float64{float64(n.Y) - h, float64(n.Y) + h} {
			if y <= p.y || y >= q.y {
				continue
			}
			if x := p.x + (q.x-p.x)*(y-p.y)/(q.y-p.y); math.Abs(x-float64(n.X)) < w+2 {
				return true
			}
		}
	}
	return false
}

// drawRound leads a line round the boxes between: along below the owner, down
// beside the column of the owned, and in from above.
func (r *renderer) drawRound(class string, p, q point, half float64) point {
	x := q.x - half - 6
	if p.x > q.x {
		x = q.x + half + 6
	}
	x = math.Max(1, math.Min(r.width-1, x))
	r.path(class).move(p.x, p.y).raw("v8H").nums(x).raw("V").nums(q.y - 12).raw("H").nums(q.x).raw("V").nums(q.y).end()
	r.path("edge").move(q.x-3.5, q.y-7).raw("L").nums(q.x, q.y).raw("L").nums(q.x+3.5, q.y-7).end()
	return point{q.x, q.y - 17}
}

func (r *renderer) drawNode(n node) {
	w, h := float64(n.SymbolSize[0]), float64(n.SymbolSize[1])
	class := "box"
	switch {
	case n.ItemStyle.BorderType == "dashed":
		class = "box-soft"
	case n.ItemStyle.BorderColor.role == "ink":
		class = "box-main"
	}
	x, y := float64(n.X), float64(n.Y)
	r.box(class, x-w/2, y-h/2, w, h, "", "")
	lines, was := wrap(string(n.Name), w-12, max(1, int((h-6)/14)))
	top := y - float64(len(lines)-1)*7 + 4
	text := ""
	if class == "box-main" {
		text = "tb"
		lines, was = wrap(string(n.Name), (w-12)/1.06, max(1, int((h-6)/14)))
		top = y - float64(len(lines)-1)*7 + 4
	}
	for i, l := range lines {
		if i == 0 && was {
			r.cutTitle(x, top, text, string(n.Name), l)
			continue
		}
		r.label(x, top+14*float64(i), "middle", text, l)
	}
}
