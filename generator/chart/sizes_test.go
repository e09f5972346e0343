package chart

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/diag"
)

// longish are names as they come: long, in other scripts, with marks.
var longish = [...]string{
	"Hikvision", "杭州海康威视数字技术股份有限公司", "Ban on federal procurement under section 889 (a)(1)(A) of the John S. McCain National Defense Authorization Act for Fiscal Year 2019",
	"Côte d’Ivoire", "هيكفيجن للتقنية الرقمية", "A company whose name is so long that it has no room in any drawing whatsoever, GmbH & Co. KG", "디지털 기술", "OFAC",
}

func longName(i int) string {
	name := longish[i%len(longish)]
	if i >= len(longish) {
		name += fmt.Sprintf(" %d", i+1)
	}
	return name
}

// sized are charts of every kind with n points, rows or items, and with long
// names.
func sized(n int) []Spec {
	about := func(kind string) About {
		return About{ID: fmt.Sprintf("%s%d", kind, n), Title: fmt.Sprintf("%s of %d", kind, n)}
	}
	day := func(i int) string { return time.Date(1950, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }
	price := priceOf(n)
	price.About = about("price")
	price.Main.Name, price.Bench[0].Name = longish[1], longish[5]
	study := studyOf(-n/2, n-n/2-1)
	study.About, study.Name = about("study"), longish[1]
	acts := Measures{About: about("measures"), Now: "2026-06-08", NowText: "8 Jun 2026"}
	looks := []Look{Force, Before, Partly, Suspended, Unknown, Over}
	for g := range min(3, n) {
		group := Group{Title: longName(g + 1), Reported: g == 2}
		for i := g; i < n; i += 3 {
			r := Row{Name: longName(i)}
			if group.Reported {
				r.Marks = []Mark{{Date: day(20000 + i), Shape: Reported, Text: "reported", Label: "May 2022"}, {Date: day(20400 + i), Shape: Declined, Text: "declined"}}
			} else {
				r.Bars = []Period{{From: day(18000 + i%9000), Status: looks[i%len(looks)], Text: "a state"}}
			}
			group.Rows = append(group.Rows, r)
		}
		acts.Groups = append(acts.Groups, group)
	}
	table := Matrix{About: about("matrix"), Columns: []string{longName(1), longName(2), longName(3), "OFAC"}}
	bars := Bars{About: about("bars"), Series: []BarSeries{{Name: longName(1), Unit: "CNY billion"}, {Name: longName(2), Unit: "CNY billion"}}}
	stacked := Bars{About: about("stacked"), Stacked: true, Series: []BarSeries{{Name: longName(1), Unit: "CNY billion"}, {Name: longName(2), Unit: "CNY billion"}}}
	list := RankedList{About: about("list"), Unit: "networks"}
	for i := range n {
		table.Rows = append(table.Rows, longName(i))
		table.Cells = append(table.Cells, MatrixCell{Row: i, Column: i % 4, Status: looks[i%len(looks)], Date: day(20000 + i), Text: "a state"})
		for k := range bars.Series {
			v := BarValue{Value: float64((i*7919+k*31)%1000) / 8, Missing: i%11 == 5}
			bars.Series[k].Values, stacked.Series[k].Values = append(bars.Series[k].Values, v), append(stacked.Series[k].Values, v)
		}
		bars.Categories, stacked.Categories = append(bars.Categories, longName(i)), append(stacked.Categories, fmt.Sprint(1000+i))
		list.Items = append(list.Items, ListItem{Name: longName(i), Value: level(float64((i * 104729) % 100000))})
	}
	lines := Lines{About: about("lines")}
	for i := range min(4, n) {
		lines.Panels = append(lines.Panels, Panel{Title: longName(i + 1), Series: []Series{{Name: longName(i), Unit: "index", Points: walk(n, "1990-01-01", 100)}, {Name: "CSI 300", Unit: "index", Points: walk(n, "1990-01-01", 90)}}})
	}
	owners := Ownership{About: about("owners")}
	for i := range min(n, 60) {
		owners.Nodes = append(owners.Nodes, Holder{Name: longName(i), Main: i == 1})
		if i > 0 {
			owners.Ties = append(owners.Ties, Tie{Owner: (i - 1) / 5, Owned: i, Share: level(float64(100 - i))})
		}
	}
	return []Spec{price, study, acts, table, bars, stacked, list, lines, owners, Sparkline{About: about("spark"), Series: Series{Name: longish[1], Unit: "CNY", Points: walk(n, "1990-01-01", 40)}}}
}

// sizes are charts of every kind in many sizes.
func sizes() (out []Spec) {
	for _, n := range []int{2, 30, 250, 5000} {
		for _, s := range sized(n) {
			if !tooLarge(s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// tooLarge tells of which charts nobody could tell the marks apart.
func tooLarge(s Spec) bool {
	switch s := s.(type) {
	case Bars:
		return len(s.Categories) > mostBars
	case EventStudy:
		return len(s.Days) > mostDays
	}
	return false
}

// A drawing of more rows than fit on a screen has a part of them, and says so;
// bars that nobody could tell apart are refused. The table has everything.
func TestTooMany(t *testing.T) {
	env := english(t)
	for _, s := range sized(250) {
		c, found := s.Draw(env)
		if tooLarge(s) {
			if len(found) != 1 || found[0].Code != "chart-too-large" || found[0].Severity != diag.Error || c.Wide != "" {
				t.Errorf("%T: %v", s, found)
			}
			continue
		}
		rows, remark := 0, slices.ContainsFunc(c.Notes, func(n Note) bool { return n.Code == "chart-rows" })
		switch s.(type) {
		case Measures, Matrix, RankedList:
			rows = 250
		}
		if (rows > 0) != remark || len(c.Table.Rows) < rows || c.Height > 4000 || c.NarrowHeight > 4000 {
			t.Errorf("%s: %v, %d rows in the table, %v and %v high", c.ID, c.Notes, len(c.Table.Rows), c.Height, c.NarrowHeight)
		}
	}
	if got := fmt.Sprint(share([]int{3, 100, 0, 40}, 60), share([]int{2, 2}, 60), share([]int{9, 9, 9}, 4)); got != "[3 29 0 28] [2 2] [2 1 1]" {
		t.Error(got)
	}
}
