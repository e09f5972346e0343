package client

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestAlike compares every chart before and after it comes alive: what one of
// the two shows stands in the other at the same place. So nothing is hidden or
// moves when the canvas takes the place of the SVG.
func TestAlike(t *testing.T) {
	all := drawn(t)
	dir := site(t, map[string]chartPage{"index.html": {charts: all}})
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	b := openBrowser(t)
	for _, width := range []int64{1280, 1100, 900, 768, 500, 360, 320} {
		b.screen(width, "screen", "light", "reduce")
		b.visit(root, "index.html")
		for _, c := range all {
			b.scroll(c.id)
			b.drawn(c.id)
			live := b.picture(c.id)
			eval[bool](b, fmt.Sprintf(`document.querySelector("#%s .ch-live").style.visibility = "hidden", document.querySelector("#%[1]s .ch-box").classList.remove("is-live"), true`, c.id))
			still := b.picture(c.id)
			for _, way := range []struct {
				name string
				a, b image.Image
			}{{"gone in the canvas", still, live}, {"new in the canvas", live, still}} {
				if lost := alone(way.a, way.b); len(lost) > 0 {
					t.Errorf("%s at %d px: %d places %s: %v", c.id, width, len(lost), way.name, lost[:min(len(lost), 6)])
					if *shots != "" {
						save(t, fmt.Sprintf("%s-%d-live", c.id, width), live)
						save(t, fmt.Sprintf("%s-%d-svg", c.id, width), still)
					}
				}
			}
		}
	}
	b.clean("index.html")
}

// picture is what is seen of the box of a chart.
func (b *browser) picture(id string) image.Image {
	b.t.Helper()
	var r [4]float64
	text := eval[string](b, fmt.Sprintf(`(() => { const r = document.querySelector("#%s .ch-box").getBoundingClientRect(); return [r.left + scrollX, r.top + scrollY, r.width, r.height].join(" ") })()`, id))
	if _, err := fmt.Sscan(text, &r[0], &r[1], &r[2], &r[3]); err != nil {
		b.t.Fatal(err)
	}
	got, err := chromedp.Call(b.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "png", Clip: &page.Viewport{X: r[0], Y: r[1], Width: r[2], Height: r[3], Scale: 1}})
	if err != nil {
		b.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(got.Data))
	if err != nil {
		b.t.Fatal(err)
	}
	return img
}

func save(t *testing.T, name string, img image.Image) {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// alone gives the places, in fields of 10 pixels, where one picture has ink and
// the other has none within 6 pixels: the same word in two renderings is
// never as far away from itself.
func alone(a, b image.Image) (out []image.Point) {
	const field, around = 10, 4
	ink := func(img image.Image, r image.Rectangle) (n int) {
		r = r.Intersect(img.Bounds())
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				if red, green, blue, _ := img.At(x, y).RGBA(); red+green+blue < 3*0xd000 { // paper, fields and hairlines are lighter
					n++
				}
			}
		}
		return n
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y += field {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x += field {
			r := image.Rect(x, y, x+field, y+field)
			if ink(a, r) >= 8 && ink(b, r.Inset(-around)) == 0 {
				out = append(out, image.Pt(x, y))
			}
		}
	}
	return out
}
