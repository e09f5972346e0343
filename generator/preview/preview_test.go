package preview

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var keep = flag.String("keep", "", "folder in which the pictures of the tests are kept, to be looked at")

func samples() map[string]Picture {
	return map[string]Picture{
		"home": {Title: "Hikvision on Record", Lead: "What is law, what was reported, and who said what about a maker of surveillance cameras.", AsOf: "As of 2026-06-17",
			Marks: []Mark{{"m-in_force", "In force", 3}, {"m-listed", "Listed", 2}, {"m-superseded", "Superseded", 2}, {"e-reported", "Reported", 1}}},
		"entity": {Report: "Hikvision on Record", Kicker: "Company", Title: "Hangzhou Hikvision Digital Technology Co., Ltd.", AsOf: "As of 2026-06-17",
			Marks: []Mark{{"m-in_force", "In force", 3}, {"m-listed", "Listed", 2}, {"m-superseded", "Superseded", 2}, {"e-reported", "Reported", 1}}},
		"measure": {Report: "Hikvision on Record", Kicker: "Legal act · Investment ban", Title: "NS-CMIC List: Hikvision", Marks: []Mark{{Shape: "m-in_force", Word: "In force"}}, Date: "2021-08-02", AsOf: "As of 2026-06-17"},
		"plan": {Report: "Hikvision on Record", Kicker: "Reported plan, not a measure", Title: "The United States is reported to plan sanctions on Hikvision under the Global Magnitsky programme",
			Marks: []Mark{{Shape: "e-reported", Word: "Reported"}}, Date: "2022-05-04", AsOf: "As of 2026-06-17"},
		"french": {Report: "Hikvision, pièces à l’appui", Kicker: "Acte de droit", Title: "Interdiction d’achat public fédéral au titre de l’article 889", Marks: []Mark{{Shape: "m-suspended", Word: "Suspendue"}, {Shape: "m-unknown", Word: "Inconnu"}}, AsOf: "État au 2026-06-17"},
		"greek":  {Report: "Архив", Kicker: "Новости", Title: "Ελληνικά και Кириллица", Marks: []Mark{{Shape: "m-revoked", Word: "Revoked"}, {Shape: "m-annulled", Word: "Annulled"}, {Shape: "m-lapsed", Word: "Lapsed"}, {Shape: "m-announced", Word: "Announced"}}},
		"events": {Report: "R", Title: "Events", Marks: []Mark{{Shape: "e-confirmed", Word: "Confirmed"}, {Shape: "e-denied", Word: "Denied"}, {Shape: "e-superseded", Word: "Overtaken"}, {Shape: "k-news", Word: "Reuters"}}},
		"long":   {Report: strings.Repeat("Long title of a report ", 10), Kicker: strings.Repeat("Kicker ", 40), Title: strings.Repeat("Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsgesellschaft", 6), Date: "2022-05-04"},
	}
}

func painter(t testing.TB) *Painter {
	t.Helper()
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPictures draws every sample: of the size that is promised, small, with
// something of the title on it, and with nothing across the edges.
func TestPictures(t *testing.T) {
	p := painter(t)
	for name, pic := range samples() {
		t.Run(name, func(t *testing.T) {
			if !p.Can(pic) {
				t.Fatal("it cannot be drawn")
			}
			data, err := p.PNG(pic)
			if err != nil {
				t.Fatal(err)
			}
			if len(data) > 60<<10 {
				t.Errorf("%d bytes", len(data))
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds() != image.Rect(0, 0, Width, Height) {
				t.Errorf("it is %v", img.Bounds())
			}
			if n := dark(img, image.Rect(edge, 150, Width-edge, footRule)); n < 1000 {
				t.Errorf("only %d dark pixels where the title stands", n)
			}
			for _, r := range []image.Rectangle{image.Rect(0, band, edge-4, Height), image.Rect(Width-edge+4, band, Width, Height), image.Rect(0, footLine+20, Width, Height)} {
				if n := dark(img, r); n > 0 {
					t.Errorf("%d dark pixels in the margin %v", n, r)
				}
			}
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, name+".png"), data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// dark counts the pixels that are not of paper.
func dark(img image.Image, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if g, _, _, _ := img.At(x, y).RGBA(); g < 0xf000 {
				n++
			}
		}
	}
	return n
}

// TestShapes sees to it that no two marks look alike, in black and white too.
func TestShapes(t *testing.T) {
	seen := map[string]string{}
	for _, name := range strings.Fields("m-in_force m-listed m-announced m-suspended m-unknown m-lapsed m-superseded m-revoked m-annulled m-none e-reported e-confirmed e-denied e-superseded k-news seal") {
		c := newCanvas()
		c.shape(name, image.Pt(10, 10), 30, text)
		var b strings.Builder
		for y := 10; y < 40; y++ {
			fmt.Fprint(&b, c.img.Pix[c.img.PixOffset(10, y):c.img.PixOffset(40, y)])
		}
		if other := seen[b.String()]; other != "" {
			t.Errorf("%s looks like %s", name, other)
		}
		seen[b.String()] = name
		if n := dark(c.img, image.Rect(10, 10, 40, 40)); n < 90 {
			t.Errorf("%s has %d dark pixels", name, n)
		}
	}
}

// TestLacking sees to it that what the fonts lack is left out, not drawn as boxes.
func TestLacking(t *testing.T) {
	p := painter(t)
	for _, title := range []string{"", " \u200b", "海康威视", "Hikvision (海康)", "سجل شركات المراقبة", "हिन्दी"} {
		if p.Can(Picture{Title: title}) {
			t.Errorf("%q can be drawn", title)
		}
	}
	if p.Can(Picture{Title: "Hikvision", Report: "سجل"}) {
		t.Error("a report without a Latin title can be drawn")
	}
	with, err1 := p.PNG(Picture{Title: "Hikvision", Kicker: "公司", AsOf: "截至", Marks: []Mark{{Shape: "m-in_force", Word: "有效"}}})
	without, err2 := p.PNG(Picture{Title: "Hikvision"})
	if err1 != nil || err2 != nil || !bytes.Equal(with, without) {
		t.Error("words that the fonts lack leave a trace", err1, err2)
	}
}

// TestSame draws on many goroutines at once, and wants the same bytes.
func TestSame(t *testing.T) {
	p, q := painter(t), painter(t)
	for name, pic := range samples() {
		want, err := p.PNG(pic)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if got, err := q.PNG(pic); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: other bytes", name)
				}
			})
		}
		all.Wait()
	}
}

func TestAlt(t *testing.T) {
	want := "Company. Hangzhou Hikvision Digital Technology Co., Ltd.. In force 3. Listed 2. Superseded 2. Reported 1. Hikvision on Record. As of 2026-06-17"
	if got := samples()["entity"].Alt(); got != strings.Replace(want, "Ltd..", "Ltd.", 1) {
		t.Error(got)
	}
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		counts map[Kind]int
		want   string
	}{
		{nil, "[home focus event measure entity news]"},
		{map[Kind]int{Home: 2, Focus: 2, Event: 28, Measure: 40, Entity: 50, News: 72}, "[home focus event measure entity news]"},
		{map[Kind]int{Home: 1, Event: 100, Measure: 800, Entity: 10_000}, "[home focus event measure]"},
		{map[Kind]int{Home: 1, Event: 2000}, "[home focus]"},
	} {
		if got := fmt.Sprint(Choose(c.counts)); got != c.want {
			t.Errorf("%v: %s", c.counts, got)
		}
	}
}

func FuzzPNG(f *testing.F) {
	for _, pic := range samples() {
		f.Add(pic.Report, pic.Kicker, pic.Title, pic.Lead, pic.Date)
	}
	f.Add("", "\x00", "\xff\u202e a", "é", strings.Repeat("x", 10_000))
	p := painter(f)
	f.Fuzz(func(t *testing.T, report, kicker, title, lead, date string) {
		pic := Picture{Report: report, Kicker: kicker, Title: title, Lead: lead, Date: date, AsOf: date, Marks: []Mark{{Shape: kicker, Word: lead, Count: len(date)}}}
		if !p.Can(pic) {
			return
		}
		if _, err := p.PNG(pic); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkPNG(b *testing.B) {
	p := painter(b)
	pic := samples()["entity"]
	size := 0
	for b.Loop() {
		data, err := p.PNG(pic)
		if err != nil {
			b.Fatal(err)
		}
		size = len(data)
	}
	b.ReportMetric(float64(size), "bytes/picture")
}
