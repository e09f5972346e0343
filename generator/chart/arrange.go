package chart

import "math"

// arrangement is where the boxes of a drawing of owners stand.
type arrangement struct {
	x, y, w, h []float64 // of boxes, by holder: middles and sizes
	// trunk says for a tie whose owned holder hangs beside a line down from its
	// owner where that line is, and how high it leads there; stem the same for one
	// whose owner stands beside a line down to what it owns. Nil for others.
	trunk, stem []*[2]float64
	height      float64
}

const (
	boxWide = 146.0 // at most
	boxGap  = 44.0  // between rows, for arrows and shares
)

// arrange puts owners above what they own, in rows. Where a row would have too
// many boxes, and what is below or above it is a tree, the boxes stand below
// each other beside a line from what they belong to: arrows that lead round
// boxes, and along each other, would not say who owns what.
func (d *ownership) arrange(env Env, width float64) *arrangement {
	most := 7
	if width == narrowWidth {
		most = 3
	}
	layers := d.layers()
	if first, last, ok := d.core(layers, most); ok {
		if a, ok := d.hanging(env, layers[first:last+1], width); ok {
			return a
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

// core finds the layers that have room in rows, from one to another, so that
// all above and all below are trees; false when nothing needs to hang, or
// cannot.
func (d *ownership) core(layers [][]int, most int) (first, last int, ok bool) {
	last = len(layers) - 1
	wide := func(k int) bool { return len(layers[k]) > most }
	for k := last - 1; k >= 0; k-- {
		if wide(k) && d.tree(layers[k], true) {
			first = k + 1
			break
		}
	}
	for k := first + 1; k <= last; k++ {
		if wide(k) && d.tree(layers[k], false) {
			last = k - 1
			break
		}
	}
	for k := first; k <= last; k++ {
		if wide(k) {
			return 0, 0, false
		}
	}
	return first, last, first > 0 || last < len(layers)-1
}

func (d *ownership) empty() *arrangement {
	n := len(d.Nodes)
	return &arrangement{x: make([]float64, n), y: make([]float64, n), w: make([]float64, n), h: make([]float64, n), trunk: make([]*[2]float64, len(d.Ties)), stem: make([]*[2]float64, len(d.Ties))}
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

// tree tells whether all holders of a layer, and all above or below it, belong
// to one other each, which is next to them on the way to the rest.
func (d *ownership) tree(layer []int, above bool) bool {
	edge := d.level[layer[0]]
	hangs := func(v int) bool { return above && d.level[v] <= edge || !above && d.level[v] >= edge }
	ties := make([]int, len(d.Nodes))
	for _, t := range d.Ties {
		v, to := t.Owned, t.Owner
		if above {
			v, to = to, v
		}
		if hangs(v) && d.level[t.Owned] != d.level[t.Owner]+1 || hangs(to) && !hangs(v) {
			return false
		}
		ties[v]++
	}
	for v := range d.Nodes {
		if hangs(v) && ties[v] != 1 {
			return false
		}
	}
	return true
}

// hanging puts layers into rows, and hangs the rest above the first and below
// the last of them. It fails where there is no room for so many steps.
func (d *ownership) hanging(env Env, core [][]int, width float64) (*arrangement, bool) {
	a, ok := d.empty(), true
	d.row(a, core[0], len(core[0]), width, 0)
	high := d.hangAll(env, a, core[0], width, 0, true, &ok)
	for v := range d.Nodes { // what stands above was laid out downwards
		a.y[v] = 3 + high - a.y[v]
	}
	for _, stem := range a.stem {
		if stem != nil {
			stem[1] = 3 + high - stem[1]
		}
	}
	top := 3 + high
	if high > 0 {
		top += 10
	}
	for i, row := range core {
		if i > 0 {
			top += boxGap
		}
		top = d.row(a, row, len(row), width, top)
	}
	a.height = d.hangAll(env, a, core[len(core)-1], width, top, false, &ok) + 3
	return a, ok
}

// hangAll hangs what belongs to the boxes of a row, each in its column.
func (d *ownership) hangAll(env Env, a *arrangement, row []int, width, top float64, above bool, ok *bool) float64 {
	low, column := top, width/float64(len(row))
	for i, v := range row {
		end, room := d.hang(env, a, v, float64(i)*column, column, top, above, true)
		low, *ok = math.Max(low, end), *ok && room
	}
	return low
}

// hang puts what a holder owns below it, or with above those who own it, into a
// column that begins at left, and gives the lower end of the last box. There may
// be several such columns side by side at a box of a row.
func (d *ownership) hang(env Env, a *arrangement, from int, left, width, top float64, above, several bool) (float64, bool) {
	var ties []int
	share := 0.0 // the widest
	for i, t := range d.Ties {
		if t.Owner == from && !above || t.Owned == from && above {
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
	wide, indent, begin := width/float64(columns), 8.0, left
	if columns == 1 { // straight on from the box
		begin = a.x[from] - a.w[from]/2
		wide = left + width - begin
	}
	// A share stands on the way to its box, or beside the box.
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
		line := begin + float64(c)*wide + indent
		y := top
		if columns > 1 {
			y += 6 // the line across
		}
		for _, i := range ties[min(c*each, len(ties)):min((c+1)*each, len(ties))] {
			v, way := d.Ties[i].Owned, a.trunk
			if above {
				v, way = d.Ties[i].Owner, a.stem
			}
			d.box(a, v, box)
			y += gap
			a.x[v], a.y[v] = line+elbow+box/2, y+a.h[v]/2
			way[i] = &[2]float64{line, top + 8}
			y += a.h[v]
			x := line + elbow
			var ok bool
			if y, ok = d.hang(env, a, v, x, begin+float64(c+1)*wide-x, y, above, false); !ok {
				return 0, false
			}
		}
		low = math.Max(low, y)
	}
	return low, true
}
