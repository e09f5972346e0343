// Package preview draws the picture that other sites show beside a link to a
// page: 1200 by 630 pixels, as Open Graph has it, in the colours and with the
// marks of the theme.
//
// A picture says what the page says and nothing more: its title, what sort of
// page it is, the words of its status with their marks, a date. A square is
// law and a circle is something said, as everywhere. The same picture gives the
// same bytes. Text that the fonts cannot draw is never drawn as boxes: where a
// title has such characters there is no picture.
package preview

import (
	"bytes"
	"embed"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font/opentype"
)

// The size of every picture, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Type is the media type of every picture.
const Type = "image/png"

// Picture is what one shows. Only Title has to be there.
type Picture struct {
	Report string // title of the report; empty where it is the title
	Kicker string // what sort of page it is: "Company"
	Title  string
	Lead   string // a sentence below the title
	Marks  []Mark // statuses, the most important first; those that do not fit are left out
	Date   string // a day of the page's own: "2022-05-04"
	AsOf   string // the state of the report: "As of 2026-06-17"
}

// Mark is a status: a shape and its word.
type Mark struct {
	Shape string // as the theme names its symbols: "m-in_force", "e-reported", "k-news"
	Word  string
	Count int // how many; 0 for one that is not counted
}

// Alt says in words what a picture shows.
func (p Picture) Alt() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(p.Kicker)
	add(p.Title)
	add(p.Lead)
	for _, m := range p.Marks {
		add(m.text())
	}
	add(p.Date)
	add(p.Report)
	add(p.AsOf)
	for i := range parts[:max(0, len(parts)-1)] {
		parts[i] = strings.TrimSuffix(parts[i], ".")
	}
	return strings.Join(parts, ". ")
}

func (m Mark) text() string {
	if m.Count == 0 {
		return m.Word
	}
	return fmt.Sprintf("%s %d", m.Word, m.Count)
}

//go:embed fonts/*.ttf
var fonts embed.FS

// Painter draws pictures. Several goroutines may use one at once: what it
// knows of glyphs is shared.
type Painter struct {
	serif, sans *typeface
	buffers     pool
}

// New makes a painter ready. The error says that a font of the program cannot
// be read.
func New() (*Painter, error) {
	p := &Painter{}
	for _, f := range []struct {
		to   **typeface
		name string
	}{{&p.serif, "fonts/source-serif-4-semibold.ttf"}, {&p.sans, "fonts/source-sans-3-semibold.ttf"}} {
		text, err := fonts.ReadFile(f.name)
		if err != nil {
			return nil, err
		}
		parsed, err := opentype.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		*f.to = newTypeface(parsed)
	}
	return p, nil
}

// Can reports whether a picture can be drawn: it has a title, and the fonts
// have every character of it and of the report's title.
func (p *Painter) Can(pic Picture) bool {
	return clean(pic.Title) != "" && p.serif.has(pic.Title) && p.sans.has(pic.Report)
}

// PNG draws a picture that Can be drawn. What else has characters that the
// fonts lack is left out.
func (p *Painter) PNG(pic Picture) ([]byte, error) {
	c := newCanvas()
	c.draw(p, pic)
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &p.buffers}).Encode(&b, c.img)
	return b.Bytes(), err
}

// pool keeps the encoder's buffers.
type pool struct{ sync.Pool }

func (p *pool) Get() *png.EncoderBuffer {
	b, _ := p.Pool.Get().(*png.EncoderBuffer)
	return b
}

func (p *pool) Put(b *png.EncoderBuffer) { p.Pool.Put(b) }

// ink is one of the theme's colours, as its light tokens have them.
type ink uint8

const (
	text     ink = iota // --ink
	quiet               // --ink-2
	hairline            // --rule
	accent              // --accent
	force               // --st-force
	open                // --st-open
	reported            // --st-reported
	over                // --st-over
	inks
)

func (i ink) rgb() color.RGBA {
	return [inks]color.RGBA{
		text: {0x15, 0x19, 0x1c, 0xff}, quiet: {0x4b, 0x53, 0x57, 0xff}, hairline: {0xcd, 0xd1, 0xcf, 0xff}, accent: {0xb3, 0x26, 0x1e, 0xff},
		force: {0x1d, 0x3a, 0x66, 0xff}, open: {0x6b, 0x2d, 0x6b, 0xff}, reported: {0x87, 0x53, 0x00, 0xff}, over: {0x62, 0x6a, 0x6e, 0xff},
	}[i]
}

// levels are the steps from the paper to a full ink, the paper not counted.
const levels = 15

// palette has the paper, then all levels of each ink.
func palette() color.Palette {
	out := color.Palette{color.RGBA{0xff, 0xff, 0xff, 0xff}}
	for i := range inks {
		full := i.rgb()
		for l := 1; l <= levels; l++ {
			mix := func(c uint8) uint8 { return uint8((255*(levels-l) + int(c)*l + levels/2) / levels) }
			out = append(out, color.RGBA{mix(full.R), mix(full.G), mix(full.B), 0xff})
		}
	}
	return out
}

// canvas is white paper.
type canvas struct{ img *image.Paletted }

func newCanvas() *canvas {
	return &canvas{image.NewPaletted(image.Rect(0, 0, Width, Height), palette())}
}

// put covers the paper with an ink where a mask says so. Nothing is ever drawn
// across another ink, so the darker of two levels wins.
func (c *canvas) put(mask *image.Alpha, at image.Point, in ink) {
	if mask == nil {
		return
	}
	area := mask.Rect.Add(at).Intersect(c.img.Rect)
	base := uint8(in) * levels
	for y := area.Min.Y; y < area.Max.Y; y++ {
		from := mask.Pix[mask.PixOffset(area.Min.X-at.X, y-at.Y):]
		to := c.img.Pix[c.img.PixOffset(area.Min.X, y):]
		for x := range area.Dx() {
			if l := (int(from[x])*levels + 127) / 255; l > 0 {
				to[x] = max(to[x], base+uint8(l))
			}
		}
	}
}

// box fills a rectangle.
func (c *canvas) box(r image.Rectangle, in ink) {
	r = r.Intersect(c.img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := c.img.Pix[c.img.PixOffset(r.Min.X, y):]
		for x := range r.Dx() {
			row[x] = uint8(in)*levels + levels
		}
	}
}
