package preview

import (
	"image"
	"image/draw"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface is a font with the glyphs that were drawn of it so far.
type typeface struct {
	font *opentype.Font

	mu    sync.Mutex
	buf   sfnt.Buffer
	known map[rune]bool
	faces map[int]font.Face // by size in pixels
	seen  map[glyphKey]glyph
	pairs map[pairKey]fixed.Int26_6
}

type glyphKey struct {
	size int
	r    rune
}

type pairKey struct {
	size        int
	first, next rune
}

// glyph is a character at whole pixels.
type glyph struct {
	mask    *image.Alpha // nil for a space
	at      image.Point  // from the point on the base line to the mask's own zero
	advance fixed.Int26_6
}

func newTypeface(f *opentype.Font) *typeface {
	return &typeface{font: f, known: map[rune]bool{}, faces: map[int]font.Face{}, seen: map[glyphKey]glyph{}, pairs: map[pairKey]fixed.Int26_6{}}
}

// clean joins the words of a text by single spaces, without the characters
// that are not meant to be seen.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)), " ")
}

// has reports whether the font has every character of a text.
func (t *typeface) has(s string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range clean(s) {
		ok, looked := t.known[r]
		if !looked {
			i, err := t.font.GlyphIndex(&t.buf, r)
			ok = err == nil && i != 0
			t.known[r] = ok
		}
		if !ok {
			return false
		}
	}
	return true
}

// face is the font in a size. The lock is held.
func (t *typeface) face(size int) font.Face {
	f := t.faces[size]
	if f == nil {
		// With 72 dots an inch, points are pixels; the options are such that
		// there can be no error.
		f, _ = opentype.NewFace(t.font, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
		t.faces[size] = f
	}
	return f
}

// glyph is a character in a size. The lock is held.
func (t *typeface) glyph(size int, r rune) glyph {
	key := glyphKey{size, r}
	if g, ok := t.seen[key]; ok {
		return g
	}
	var g glyph
	area, mask, from, advance, ok := t.face(size).Glyph(fixed.Point26_6{}, r)
	if ok {
		g.advance = advance
		if !area.Empty() {
			g.mask = image.NewAlpha(image.Rectangle{Max: area.Size()})
			draw.Draw(g.mask, g.mask.Rect, mask, from, draw.Src) // the face uses its own mask again
			g.at = area.Min
		}
	}
	t.seen[key] = g
	return g
}

// kern is what lies between two characters. The lock is held.
func (t *typeface) kern(size int, first, next rune) fixed.Int26_6 {
	key := pairKey{size, first, next}
	k, ok := t.pairs[key]
	if !ok {
		k = t.face(size).Kern(first, next)
		t.pairs[key] = k
	}
	return k
}

// walk goes along a text, and gives its width in pixels. visit may be nil.
func (t *typeface) walk(size int, s string, visit func(g glyph, x int)) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	var x fixed.Int26_6
	before := rune(-1)
	for _, r := range s {
		if before >= 0 {
			x += t.kern(size, before, r)
		}
		g := t.glyph(size, r)
		if visit != nil {
			visit(g, x.Round())
		}
		x += g.advance
		before = r
	}
	return x.Ceil()
}

func (t *typeface) width(size int, s string) int { return t.walk(size, s, nil) }

// write draws a line from a point on the base line, and gives its width.
func (c *canvas) write(t *typeface, size int, s string, at image.Point, in ink) int {
	return t.walk(size, s, func(g glyph, x int) { c.put(g.mask, at.Add(image.Pt(x, 0)).Add(g.at), in) })
}

// wrap breaks a text into lines of a width, and says whether it fits into a
// number of them; where it does not, the last line ends in an ellipsis.
func (t *typeface) wrap(size int, s string, width, most int) (lines []string, fits bool) {
	line := ""
	for _, word := range strings.Fields(s) {
		for {
			longer := word
			if line != "" {
				longer = line + " " + word
			}
			if t.width(size, longer) <= width {
				line = longer
				break
			}
			if line == "" { // a word that is wider than a line
				head, tail := t.split(size, word, width)
				lines, word = append(lines, head), tail
				if len(lines) > most {
					break
				}
				continue
			}
			lines, line = append(lines, line), ""
		}
		if len(lines) > most {
			break
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) <= most {
		return lines, true
	}
	return append(lines[:most-1:most-1], t.shorten(size, lines[most-1], width)), false
}

// split cuts a word where the line ends, after one character at least.
func (t *typeface) split(size int, word string, width int) (head, tail string) {
	end := 0
	for i, r := range word {
		if next := i + len(string(r)); end > 0 && t.width(size, word[:next]) > width {
			break
		} else {
			end = next
		}
	}
	return word[:end], word[end:]
}

// shorten makes room for an ellipsis at the end of a line.
func (t *typeface) shorten(size int, line string, width int) string {
	r := []rune(line)
	for len(r) > 0 && t.width(size, string(r)+"…") > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ,;:.") + "…"
}
