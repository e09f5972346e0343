package chart

import "math"

// arrangement is where the boxes of a drawing of owners stand.
type arrangement struct {
	x, y, w, h []float64 // of boxes, by holder: middles and sizes
	// trunk says for a tie whose owned holder hangs beside a line down from its
	// owner where that line is, and how high it leads there; nil for others.
	trunk  []*[2]float64
	height float64
}

const (
	boxWide = 146.0 // at most
	boxGap  = 44.0  // between rows, for arrows and shares
)

// arrange puts owners above what they own, in rows. Where a row would have too
// many boxes, and what hangs below it is a tree, the boxes stand below each
// other beside a line down from their owner: arrows that lead round boxes, and
// along each other, would not say who owns what.
func (d *ownership) arrange(env Env, width float64) *arrangement {
	most := 7
	if width == narrowWidth {
		most = 3
	}
	layers := d.layers()
	for k := 1; k < len(layers); k++ {
		if len(layers[k]) > most && d.tree(layers, k) {
			if a, ok := d.hanging(env, layers, k, width); ok {
				return a
			}
		}
		if len(layers[k-1]) > most {
			break
		}
	}
	a := d.empty()
	top := 3.0
	for _, l := range layers {
		n := (len(l) + most - 1) / most
		columns := (len(l) + n - 1) / n
		for len(l) > 0 {
			row := l[:min(columns, len(l))]
			l = l[len(row):]
			top = d.row(a, row, columns, width, top) + boxGap
		}
	}
	a.height = top - boxGap + 3
	return a
}

func (d *ownership) empty() *arrangement {
	n := len(d.Nodes)
	return &arrangement{x: make([]float64, n), y: make([]float64, n), w: make([]float64, n), h: make([]float64, n), trunk: make([]*[2]float64, len(d.Ties))}
}

// row puts holders side by side, in the first of so many columns, and gives the
// lower end of the highest box.
func (d *ownership) row(a *arrangement, row []int, columns int, width, top float64) float64 {
	wide := math.Min(boxWide, math.Max(92, width/float64(columns)-14))
	most := 0.0
	for i, v := range row {
		d.box(a, v, wide)
		most = math.Max(most, a.h[v])
		a.x[v] = (float64(i) + 0.5) * width / float64(columns)
	}
	for _, v := range row {
		a.y[v] = top + most/2
	}
	return top + most
}

// box gives a holder a width, and the height that its name needs.
func (d *ownership) box(a *arrangement, v int, wide float64) {
	lines, _ := wrap(d.Nodes[v].Name, (wide-12)/1.06, 4)
	a.w[v], a.h[v] = wide, 14*float64(len(lines))+12
}

// tree tells whether all holders of a layer and below it have one owner each,
// and own none above.
func (d *ownership) tree(layers [][]int, k int) bool {
	level := d.level[layers[k][0]]
	owners := make([]int, len(d.Nodes))
	for _, t := range d.Ties {
		owners[t.Owned]++
		if d.level[t.Owner] >= level && d.level[t.Owned] <= d.level[t.Owner] {
			return false
		}
	}
	for v := range d.Nodes {
		if d.level[v] >= level && owners[v] != 1 {
			return false
		}
	}
	return true
}

// hanging puts the layers above one into rows, and hangs the rest below the
// last of them. It fails where there is no room for so many steps.
func (d *ownership) hanging(env Env, layers [][]int, k int, width float64) (*arrangement, bool) {
	a, top := d.empty(), 3.0
	for _, row := range layers[:k] {
		top = d.row(a, row, len(row), width, top) + boxGap
	}
	owners := layers[k-1]
	column := width / float64(len(owners))
	for i, v := range owners {
		low, ok := d.hang(env, a, v, float64(i)*column, column, top-boxGap, true)
		if !ok {
			return nil, false
		}
		a.height = math.Max(a.height, low+3)
	}
	return a, true
}

// hang puts what a holder owns below it, into a column that begins at left, and
// gives the lower end of the last box. There may be several such columns side by
// side below a box of a row.
func (d *ownership) hang(env Env, a *arrangement, owner int, left, width, top float64, several bool) (float64, bool) {
	var ties []int
	share := 0.0 // the widest
	for i, t := range d.Ties {
		if t.Owner == owner {
			ties = append(ties, i)
			share = math.Max(share, textWidth(d.share(env, t)))
		}
	}
	if len(ties) == 0 {
		return top, true
	}
	columns := 1
	if several {
		columns = max(1, min(int(width/170), (len(ties)+2)/3))
	}
	wide, indent, from := width/float64(columns), 8.0, left
	if columns == 1 { // straight down from the owner
		from = a.x[owner] - a.w[owner]/2
		wide = left + width - from
	}
	// A share stands on the way to its box, or above the box.
	elbow, gap := 20.0, 12.0
	switch {
	case share > 0 && wide-indent-share-16-4 >= 92:
		elbow = share + 16
	case share > 0:
		gap = 24
	}
	box := math.Min(boxWide, wide-indent-elbow-4)
	if box < 60 {
		return 0, false
	}
	low, each := top, (len(ties)+columns-1)/columns
	for c := range columns {
		trunk := from + float64(c)*wide + indent
		y := top
		if columns > 1 {
			y += 6 // the line across
		}
		for _, i := range ties[c*each : min((c+1)*each, len(ties))] {
			v := d.Ties[i].Owned
			d.box(a, v, box)
			y += gap
			a.x[v], a.y[v] = trunk+elbow+box/2, y+a.h[v]/2
			a.trunk[i] = &[2]float64{trunk, top + 8}
			y += a.h[v]
			x := trunk + elbow
			var ok bool
			if y, ok = d.hang(env, a, v, x, from+float64(c+1)*wide-x, y, false); !ok {
				return 0, false
			}
		}
		low = math.Max(low, y)
	}
	return low, true
}
