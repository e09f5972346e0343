package preview

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// shape draws a mark of the theme into a square with its upper left corner at
// a point. A name that is not known is a ring: something seen.
func (c *canvas) shape(name string, at image.Point, size int, in ink) {
	grid := 16.0
	if name == "seal" {
		grid = 30
	}
	p := path{z: vector.NewRasterizer(size, size), unit: float64(size) / grid}
	switch name {
	case "seal":
		p.frame(0.25, 29.75, 2.5)
		p.rect(6.5, 6.5, 13.5, 23.5)
		p.rect(16.5, 6.5, 23.5, 11)
		p.rect(16.5, 13.5, 23.5, 17)
		p.rect(16.5, 19.5, 23.5, 23.5)
	case "m-in_force":
		p.rect(1, 1, 15, 15)
	case "m-listed":
		p.frame(1, 15, 1.8)
		p.rect(4.6, 4.6, 11.4, 11.4)
	case "m-announced":
		p.frame(1, 15, 1.8)
		p.rect(2, 8, 14, 14)
	case "m-suspended":
		p.frame(1, 15, 1.8)
		p.rect(4.8, 4.5, 7, 11.5)
		p.rect(9, 4.5, 11.2, 11.5)
	case "m-unknown":
		p.dashes()
		p.rect(7.2, 4, 8.8, 9)
		p.rect(7.2, 10.6, 8.8, 12.3)
	case "m-lapsed":
		p.frame(1, 15, 1.8)
	case "m-superseded":
		p.frame(1, 15, 1.8)
		p.rect(4.4, 7.1, 11.6, 8.9)
	case "m-revoked":
		p.frame(1, 15, 1.8)
		p.line(2, 2, 14, 14)
		p.line(14, 2, 2, 14)
	case "m-annulled":
		p.frame(1, 15, 1.8)
		p.line(2, 14, 14, 2)
	case "m-none":
		p.rect(1, 7, 15, 9.2)
	case "e-reported":
		for i := range 8 {
			from := float64(i) * math.Pi / 4
			p.arc(5.25, 7.15, from, from+math.Pi/4*0.6)
		}
	case "e-confirmed":
		p.arc(0, 7, 0, 2*math.Pi)
	case "e-denied":
		p.ring()
		p.line(3.6, 12.4, 12.4, 3.6)
	case "e-superseded":
		p.ring()
		p.rect(4.5, 7.1, 11.5, 8.9)
	default:
		p.ring()
	}
	mask := image.NewAlpha(image.Rect(0, 0, size, size))
	p.z.DrawOp = draw.Src
	p.z.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	c.put(mask, at, in)
}

// path collects figures in units of the theme's symbols, which have 16 on each
// side.
type path struct {
	z    *vector.Rasterizer
	unit float64
}

// polygon adds a closed figure.
func (p path) polygon(points ...[2]float64) {
	for i, q := range points {
		x, y := float32(q[0]*p.unit), float32(q[1]*p.unit)
		if i == 0 {
			p.z.MoveTo(x, y)
		} else {
			p.z.LineTo(x, y)
		}
	}
	p.z.ClosePath()
}

func (p path) rect(x1, y1, x2, y2 float64) {
	p.polygon([2]float64{x1, y1}, [2]float64{x2, y1}, [2]float64{x2, y2}, [2]float64{x1, y2})
}

// frame is a square with a hole, which is a figure the other way round.
func (p path) frame(from, to, stroke float64) {
	p.rect(from, from, to, to)
	a, b := from+stroke, to-stroke
	p.polygon([2]float64{a, a}, [2]float64{a, b}, [2]float64{b, b}, [2]float64{b, a})
}

// dashes are a square of broken lines.
func (p path) dashes() {
	for _, x := range []float64{1, 6.2, 11.4} {
		p.rect(x, 1, x+3.6, 2.6)
		p.rect(x, 13.4, x+3.6, 15)
		p.rect(1, x, 2.6, x+3.6)
		p.rect(13.4, x, 15, x+3.6)
	}
}

// line is a stroke.
func (p path) line(x1, y1, x2, y2 float64) {
	l := math.Hypot(x2-x1, y2-y1)
	dx, dy := (y2-y1)/l*0.9, (x1-x2)/l*0.9
	p.polygon([2]float64{x1 + dx, y1 + dy}, [2]float64{x2 + dx, y2 + dy}, [2]float64{x2 - dx, y2 - dy}, [2]float64{x1 - dx, y1 - dy})
}

func (p path) ring() {
	p.arc(5.3, 7.1, 0, math.Pi)
	p.arc(5.3, 7.1, math.Pi, 2*math.Pi)
}

// arc is a piece of a ring around the middle; with an inner radius of 0, of a
// disc.
func (p path) arc(inner, outer, from, to float64) {
	steps := max(4, int((to-from)*16))
	var points [][2]float64
	at := func(radius float64, i int) {
		a := from + (to-from)*float64(i)/float64(steps)
		points = append(points, [2]float64{8 + radius*math.Cos(a), 8 + radius*math.Sin(a)})
	}
	for i := range steps + 1 {
		at(outer, i)
	}
	for i := steps; i >= 0 && inner > 0; i-- {
		at(inner, i)
	}
	p.polygon(points...)
}
