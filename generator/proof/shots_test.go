package proof

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tallest is how much of a page a picture shows, in px. Below that, more of
// the same comes.
const tallest = 8000

// shots makes TestShots and TestPrint keep what they make.
var shots = flag.Bool("shots", false, "keep pictures and PDFs of all samples in the folder shots")

// TestShots takes pictures of every sample for a human to look at. They
// are in shots, one folder for each site, and never checked in. Without -shots
// it only sees to it that pictures can be taken, of one page.
func TestShots(t *testing.T) {
	views := []struct {
		name string
		screen
		always bool // also of fixtures, and of further pages of a kind
	}{
		{"1280", screen{width: 1280, height: 800}, true},
		{"768", screen{width: 768, height: 1024}, false},
		{"360", screen{width: 360, height: 740}, true},
		{"dark", screen{width: 1280, height: 800, dark: true}, false},
		{"print", screen{width: paperWidth, height: 960, print: true}, false},
	}
	first, list := example(t), samples(t)
	if !*shots {
		list = list[:1]
	} else if err := discard("png"); err != nil {
		t.Fatal(err)
	}
	each(t, sharedBrowser(t), list, func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		for _, v := range views {
			if (s.site != first || !s.best) && !v.always {
				continue
			}
			picture, err := tab.shot(v.screen)
			if err != nil {
				return []string{err.Error()}
			}
			if config, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil || config.Width != int(v.width) || config.Height < 200 {
				return []string{fmt.Sprintf("%v: a picture of %d by %d: %v", v.screen, config.Width, config.Height, err)}
			}
			if *shots {
				if err := keep(s, s.label()+"-"+v.name+".png", picture); err != nil {
					return []string{err.Error()}
				}
			}
		}
		return nil
	})
}

// shot is a picture of the whole page, as PNG.
func (t *tab) shot(s screen) ([]byte, error) {
	if err := t.set(s); err != nil {
		return nil, err
	}
	height, err := chromedp.Run(t.ctx, chromedp.Evaluate[float64](`document.fonts.ready.then(() => document.documentElement.scrollHeight)`, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, err
	}
	yes := true
	res, err := chromedp.Call(t.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &yes, OptimizeForSpeed: &yes,
		Clip: &page.Viewport{Width: float64(s.width), Height: min(height, tallest), Scale: 1},
	})
	return []byte(res.Data), err
}
