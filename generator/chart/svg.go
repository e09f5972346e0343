package chart

import (
	"math"
	"strconv"
	"strings"
)

// svg writes an SVG element by element. Colours are classes of the theme, or,
// in a file to download, attributes.
type svg struct {
	b      []byte
	alone  bool // a file of its own, without the classes of a theme
	px, py int  // the end of the path, in tenths
}

// raw writes markup of ours.
func (w *svg) raw(parts ...string) *svg {
	for _, s := range parts {
		w.b = append(w.b, s...)
	}
	return w
}

// text writes text of anybody.
func (w *svg) text(s string) *svg {
	last := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '&':
			e = "&amp;"
		case '"':
			e = "&quot;"
		default:
			continue
		}
		w.b = append(append(w.b, s[last:i]...), e...)
		last = i + 1
	}
	w.b = append(w.b, s[last:]...)
	return w
}

func (w *svg) attr(name, value string) *svg {
	return w.raw(" ", name, `="`).text(value).raw(`"`)
}

func (w *svg) num(name string, v float64) *svg {
	w.raw(" ", name, `="`)
	w.tenths(tenths(v))
	return w.raw(`"`)
}

func (w *svg) nums(v ...float64) *svg {
	for i, x := range v {
		t := tenths(x)
		if i > 0 && t >= 0 {
			w.b = append(w.b, ' ')
		}
		w.tenths(t)
	}
	return w
}

// tenths rounds to what is written; anything that is not a place becomes 0.
func tenths(v float64) int {
	if math.IsNaN(v) || math.Abs(v) > 1e6 {
		return 0
	}
	return int(math.Round(v * 10))
}

func (w *svg) tenths(i int) {
	if i < 0 {
		w.b = append(w.b, '-')
		i = -i
	}
	if i >= 10 || i == 0 {
		w.b = strconv.AppendInt(w.b, int64(i/10), 10)
	}
	if r := i % 10; r != 0 {
		w.b = append(w.b, '.', byte('0'+r))
	}
}

// class gives an element its look: a class, or in a plain file its attributes.
func (w *svg) class(names string) *svg {
	if names == "" {
		return w
	}
	if !w.alone {
		return w.raw(` class="`, names, `"`)
	}
	var keys []string
	set := map[string]string{}
	for _, name := range strings.Fields(names) {
		for _, a := range attributes(name) {
			if _, ok := set[a[0]]; !ok {
				keys = append(keys, a[0])
			}
			set[a[0]] = a[1]
		}
	}
	for _, k := range keys {
		w.attr(k, set[k])
	}
	return w
}

// path begins a path of a class; the caller writes its data and calls end.
func (w *svg) path(class string) *svg {
	w.px, w.py = 0, 0
	return w.raw("<path").class(class).raw(` d="`)
}

func (w *svg) end() *svg { return w.raw(`"/>`) }

func (w *svg) move(x, y float64) *svg {
	w.px, w.py = tenths(x), tenths(y)
	w.b = append(w.b, 'M')
	w.tenths(w.px)
	if w.py >= 0 {
		w.b = append(w.b, ' ')
	}
	w.tenths(w.py)
	return w
}

// line goes on to a place. Differences are shorter than places.
func (w *svg) line(x, y float64, first bool) {
	tx, ty := tenths(x), tenths(y)
	dx, dy := tx-w.px, ty-w.py
	w.px, w.py = tx, ty
	if first {
		w.b = append(w.b, 'l')
	} else if dx >= 0 {
		w.b = append(w.b, ' ')
	}
	w.tenths(dx)
	if dy >= 0 {
		w.b = append(w.b, ' ')
	}
	w.tenths(dy)
}

// polyline draws the points, and lifts the pen where y is NaN. A point that
// stands alone becomes a dot.
func (w *svg) polyline(points []point) {
	for i := 0; i < len(points); {
		if math.IsNaN(points[i].y) {
			i++
			continue
		}
		w.move(points[i].x, points[i].y)
		j := i + 1
		for ; j < len(points) && !math.IsNaN(points[j].y); j++ {
			w.line(points[j].x, points[j].y, j == i+1)
		}
		if j == i+1 {
			w.raw("h.1")
		}
		i = j
	}
}

// across and down draw straight lines.
func (w *svg) across(class string, x1, x2, y float64) {
	w.path(class).move(x1, y).raw("H").nums(x2).end()
}

func (w *svg) down(class string, x, y1, y2 float64) {
	w.path(class).move(x, y1).raw("V").nums(y2).end()
}

// written adds a line of text as it stands in a drawing. Drawings run from left
// to right: what begins in a script that does not is set apart, so that its
// words and numbers keep their order.
func (w *svg) written(s string) *svg {
	if !fromRight(s) {
		return w.text(s)
	}
	return w.raw("\u2067").text(s).raw("\u2069")
}

// label writes a text. anchor is start, middle or end.
func (w *svg) label(x, y float64, anchor, class, s string) {
	w.raw("<text").num("x", x).num("y", y).class(class)
	if anchor == "middle" || anchor == "end" {
		w.attr("text-anchor", anchor)
	}
	w.raw(">").written(s).raw("</text>")
}

// cut writes a text that may have been cut, with the whole of it as title.
func (w *svg) cut(x, y float64, anchor, class, s string, room float64) {
	short, was := fit(s, room)
	if !was {
		w.label(x, y, anchor, class, s)
		return
	}
	w.raw("<text").num("x", x).num("y", y).class(class)
	if anchor == "middle" || anchor == "end" {
		w.attr("text-anchor", anchor)
	}
	w.raw("><title>").text(s).raw("</title>").written(short).raw("</text>")
}

// box draws a rectangle with an optional title.
func (w *svg) box(look string, x, y, width, height float64, fill, title string) {
	w.raw("<rect").num("x", x).num("y", y).num("width", math.Max(width, 0)).num("height", math.Max(height, 0)).class(look)
	if fill != "" {
		w.attr("fill", fill)
	}
	w.titled("rect", title)
}

func (w *svg) circle(class string, x, y, r float64, title string) {
	w.raw("<circle").num("cx", x).num("cy", y).num("r", r).class(class)
	w.titled("circle", title)
}

func (w *svg) titled(element, title string) {
	if title == "" {
		w.raw("/>")
		return
	}
	w.raw("><title>").text(title).raw("</title></", element, ">")
}
