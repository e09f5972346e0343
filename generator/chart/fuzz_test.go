package chart

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

// FuzzRender: whatever the options are, there is an error or a clean drawing.
func FuzzRender(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(b) < 8000 {
			f.Add(b, 760.0)
			f.Add(b, 90.0)
		}
	}
	f.Add([]byte(`{"grid":[{"left":"0","right":"0","top":"0","bottom":"0"}],"xAxis":[{"type":"time","min":-1e15,"max":1e15}],"yAxis":[{"type":"value","min":0,"max":1e-300}],"series":[{"type":"line","data":[[0,1],[1,null]]}]}`), 360.0)
	f.Fuzz(func(t *testing.T, options []byte, width float64) {
		if !(width >= 10 && width <= 2000) || len(options) > 20000 {
			return
		}
		fr := frame{id: "x", variant: "ch-wide", title: "t", desc: "d", width: width, height: 300}
		for _, fr.plain = range []bool{false, true} {
			out, err := render(options, fr)
			if err != nil {
				continue
			}
			if err := check(string(out)); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		}
	})
}

// FuzzSpecs: whatever the data are, every kind is refused or drawn cleanly,
// and its options stand safely within a page.
func FuzzSpecs(f *testing.F) {
	f.Add("Hikvision", "2022-05-04", "2022", 38.24, -1e300, 3)
	f.Add("@fn:gantt", "2022-05", "2021-01-01", 0.0, 1e15, 40)
	f.Add("</script>{a}__f__\x00\xff\u202e海康威视", "~2022", "9999-12-31", -0.5, 1e-9, 1)
	f.Add("", "1000", "", 1e15, 1e15, 0)
	f.Fuzz(func(t *testing.T, name, from, to string, a, b float64, n int) {
		n = max(0, min(n, 60))
		for _, s := range fuzzed(name, from, to, a, b, n) {
			c, found := s.Draw(Env{Source: name})
			for _, d := range found {
				if d.Code == "chart-internal" {
					t.Fatalf("%T: %v", s, d)
				}
			}
			refused := len(found) > 0 && diag.Tally(found).Errors > 0
			if refused != (c.Wide == "") {
				t.Fatalf("%T: %v, and %d bytes", s, found, len(c.Wide))
			}
			if refused {
				continue
			}
			for _, svg := range []string{c.Wide, c.Narrow, string(c.Plain)} {
				if svg == "" {
					continue
				}
				if err := check(svg); err != nil {
					t.Fatalf("%T: %v\n%s", s, err, svg)
				}
			}
			if c.Options != nil && (!json.Valid(c.Options) || strings.ContainsAny(string(c.Options), "<>&") || strings.Contains(string(c.Options), "__f__")) {
				t.Fatalf("%T: %s", s, c.Options)
			}
		}
	})
}

// fuzzed puts the same strange values into every kind.
func fuzzed(name, from, to string, a, b float64, n int) []Spec {
	about := About{ID: "x", Title: name, Sub: name}
	points := walk(n, "2021-09-01", 100)
	if n > 3 {
		points[n/2].Value, points[n-1].Value, points[1].Halted = a, b, true
	}
	loose := []Point{{Date: from, Value: a}, {Date: to, Value: b}, {Date: "9999", Value: a, Missing: true}}
	series := Series{Name: name, Unit: name, Points: points, Unadjusted: true, ExDates: []string{"2021-09-08"}}
	one := Price{About: about, Main: series, Bench: []Series{series}, Level: &a, Window: &Span{from, to, name}, Closed: []Span{{from, to, name}}}
	study := EventStudy{About: about, Name: name, Ordinary: b}
	bars := Bars{About: about, Stacked: n%2 == 0, Whole: b, Series: []BarSeries{{Name: name}, {}}}
	list := RankedList{About: about, Unit: name}
	grid := Matrix{About: about, Rows: []string{name, ""}, Columns: []string{name, name, from}}
	tree := Ownership{About: about}
	law := Measures{About: about, Now: "2022-05-04", NowText: name}
	for i := range n {
		one.Events = append(one.Events, Event{Date: points[i].Date, Text: name, Kind: EventKind(i % 5), Priority: i % 3})
		study.Days = append(study.Days, StudyDay{Day: i - n/3, Date: from, AR: a, CAR: b, Low: b, High: b, HasCAR: n%2 == 0, Limit: i == 3, Hot: i == 4})
		bars.Categories = append(bars.Categories, name)
		bars.Series[0].Values = append(bars.Series[0].Values, BarValue{Value: a, Text: name, Missing: i == 1})
		bars.Series[1].Values = append(bars.Series[1].Values, BarValue{Value: b})
		list.Items = append(list.Items, ListItem{Name: name, Value: &b}, ListItem{Name: from, Text: name})
		grid.Cells = append(grid.Cells, MatrixCell{Row: i % 2, Column: i / 2, Status: looks[i%6], Date: to, Text: name})
		tree.Nodes = append(tree.Nodes, Holder{Name: name, Main: i == 0, Soft: i == 1})
		tree.Ties = append(tree.Ties, Tie{Owner: i, Owned: (i*7 + 1) % n, Share: &a, Text: from, Open: i == 2})
		law.Groups = append(law.Groups, Group{Title: name, Rows: []Row{{
			Name: name, Bars: []Period{{From: from, To: to, Status: looks[i%6], Text: name, EndNotStated: i%2 == 0}}, Marks: []Mark{{Date: to, Shape: shapes[i%7], Text: name, Label: name}},
		}}})
	}
	return []Spec{
		one, study, bars, list, grid, tree, law, Lines{About: about, Panels: []Panel{{Title: name, Series: []Series{series}}, {Series: []Series{{Name: name, Points: loose}}}}},
		Sparkline{About: about, Series: Series{Name: name, Points: loose}},
	}
}
