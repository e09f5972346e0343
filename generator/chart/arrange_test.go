package chart

import (
	"fmt"
	"slices"
	"testing"
)

// Boxes lie within the drawing and apart from each other, and a line that leads
// from an owner down to what hangs beside it runs through no other box: a
// reader would take that for an owner.
func TestOwnersHang(t *testing.T) {
	env := english(t)
	fan := Ownership{About: About{ID: "fan", Title: "Nine companies of one owner"}, Nodes: []Holder{{Name: "Hangzhou Hikvision Digital Technology Co., Ltd.", Main: true}}}
	for i := range 9 {
		fan.Nodes = append(fan.Nodes, Holder{Name: longName(i)})
		fan.Ties = append(fan.Ties, Tie{Owned: i + 1, Share: level(100)})
	}
	var many []Ownership
	for _, n := range []int{2, 9, 30, 60} {
		s := sized(n)
		many = append(many, s[len(s)-2].(Ownership))
	}
	court := fan // the same companies, as owners of the one
	court.ID, court.Ties = "court", nil
	for i := range 9 {
		court.Ties = append(court.Ties, Tie{Owner: i + 1, Share: level(10)})
	}
	both := court
	both.ID, both.Nodes = "both", slices.Concat(fan.Nodes, fan.Nodes[1:])
	for i := range 9 {
		both.Ties = append(both.Ties, Tie{Owned: i + 10, Text: "about 41.9 %"})
	}
	hung := 0
	for _, o := range append(many, fan, court, both, ownershipOf()) {
		d := &ownership{Ownership: o}
		d.levels()
		for _, width := range []float64{wideWidth, narrowWidth} {
			name := fmt.Sprintf("%s with %d holders, %v wide", o.ID, len(o.Nodes), width)
			a := d.arrange(env, width)
			box := func(v int) rect {
				return rect{a.x[v] - a.w[v]/2, a.y[v] - a.h[v]/2, a.x[v] + a.w[v]/2, a.y[v] + a.h[v]/2}
			}
			for v := range d.Nodes {
				if b := box(v); b.x1 < 0 || b.y1 < 0 || b.x2 > width || b.y2 > a.height {
					t.Errorf("%s: holder %d stands at %v, outside", name, v, b)
				}
				for u := range v {
					if overlap(box(u), box(v)) {
						t.Errorf("%s: holders %d and %d stand upon each other", name, u, v)
					}
				}
			}
			for i, tie := range d.Ties {
				line, end, hangs := a.trunk[i], tie.Owner, tie.Owned
				if a.stem[i] != nil {
					line, end, hangs = a.stem[i], tie.Owned, tie.Owner
				}
				if line == nil {
					if o.ID == "both" || o.ID == "court" && width == narrowWidth {
						t.Errorf("%s: tie %d does not hang", name, i)
					}
					continue
				}
				hung++
				x, across, edge := line[0], line[1], box(end).y2
				if a.stem[i] != nil {
					edge = box(end).y1
				}
				down := func(x, from, to float64) rect { return rect{x, min(from, to), x, max(from, to)} }
				way := []rect{down(x, edge, a.y[hangs]), {x, a.y[hangs], box(hangs).x1, a.y[hangs]}}
				if x < box(end).x1 || x > box(end).x2 { // across to the line first
					mid := a.x[end]
					way[0] = down(x, across, a.y[hangs])
					way = append(way, down(mid, edge, across), rect{min(mid, x), across, max(mid, x), across})
				}
				for v := range d.Nodes {
					for _, part := range way {
						if v != end && v != hangs && overlap(part, box(v)) {
							t.Errorf("%s: the line from %d to %d runs through %d", name, tie.Owner, tie.Owned, v)
						}
					}
				}
			}
		}
	}
	if hung < 100 {
		t.Errorf("only %d hang", hung)
	}
}

func overlap(a, b rect) bool {
	return a.x1 < b.x2 && b.x1 < a.x2+1e-9 && a.y1 < b.y2 && b.y1 < a.y2+1e-9
}
