package preview

import "image"

// Places and sizes, in pixels.
const (
	edge      = 64 // on both sides
	band      = 14 // at the top, as on every page
	sealSize  = 48
	headLine  = 104 // base line of the report's title
	headSize  = 32
	topLine   = 208 // base line of the kicker
	smallSize = 30
	leadSize  = 34
	footRule  = 530
	footLine  = 584
	markSize  = 30
)

func (c *canvas) draw(p *Painter, pic Picture) {
	c.box(image.Rect(0, 0, Width, band), text)
	c.shape("seal", image.Pt(edge, headLine-38), sealSize, accent)
	if s := clean(pic.Report); s != "" {
		c.write(p.sans, headSize, p.sans.line(headSize, s, Width-2*edge-sealSize-20), image.Pt(edge+sealSize+20, headLine), text)
	}
	top := topLine - 44
	if s := clean(pic.Kicker); s != "" && p.sans.has(s) {
		c.write(p.sans, smallSize, p.sans.line(smallSize, s, Width-2*edge), image.Pt(edge, topLine), quiet)
		top = topLine
	}
	c.title(p, pic, top)
	c.foot(p, pic)
}

// title is as large as its length allows, with the lead below it.
func (c *canvas) title(p *Painter, pic Picture, top int) {
	title, lead := clean(pic.Title), clean(pic.Lead)
	if !p.sans.has(lead) {
		lead = ""
	}
	room := footRule - 30 - top
	var below []string
	if lead != "" {
		below, _ = p.sans.wrap(leadSize, lead, Width-2*edge, 3)
		room -= len(below)*leadSize*4/3 + 20
	}
	var lines []string
	size := 0
	for _, size = range []int{80, 68, 58, 50, 44} {
		var fits bool
		if lines, fits = p.serif.wrap(size, title, Width-2*edge, max(1, room/leading(size))); fits {
			break
		}
	}
	y := top + 12
	for _, line := range lines {
		y += leading(size)
		c.write(p.serif, size, line, image.Pt(edge, y-size/5), text)
	}
	y += 20
	for _, line := range below {
		y += leadSize * 4 / 3
		c.write(p.sans, leadSize, line, image.Pt(edge, y-leadSize/4), quiet)
	}
}

func leading(size int) int { return size * 23 / 20 }

// foot has the marks on the left and the state of the report on the right.
func (c *canvas) foot(p *Painter, pic Picture) {
	c.box(image.Rect(edge, footRule, Width-edge, footRule+2), hairline)
	right := Width - edge
	if s := clean(pic.AsOf); s != "" && p.sans.has(s) {
		right -= p.sans.width(smallSize, s)
		c.write(p.sans, smallSize, s, image.Pt(right, footLine), quiet)
		right -= 40
	}
	x := edge
	put := func(shape, word string, in ink) {
		s := clean(word)
		if s == "" || !p.sans.has(s) {
			return
		}
		needs := p.sans.width(smallSize, s)
		if shape != "" {
			needs += markSize + 12
		}
		if x+needs > right {
			x = right // nothing after it either: the order means something
			return
		}
		if shape != "" {
			c.shape(shape, image.Pt(x, footLine-markSize+5), markSize, in)
			c.write(p.sans, smallSize, s, image.Pt(x+markSize+12, footLine), in)
		} else {
			c.write(p.sans, smallSize, s, image.Pt(x, footLine), in)
		}
		x += needs + 32
	}
	for _, m := range pic.Marks {
		put(m.Shape, m.text(), inkOf(m.Shape))
	}
	put("", pic.Date, text)
}

// line is a text in one line.
func (t *typeface) line(size int, s string, width int) string {
	lines, _ := t.wrap(size, s, width, 1)
	return lines[0]
}

// inkOf is the colour of a status.
func inkOf(shape string) ink {
	switch shape {
	case "m-in_force", "m-listed", "m-announced", "m-suspended":
		return force
	case "m-unknown":
		return open
	case "m-lapsed", "m-superseded", "m-revoked", "m-annulled", "m-none", "e-superseded", "e-denied":
		return over
	case "e-reported":
		return reported
	}
	return text
}
