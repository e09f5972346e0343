package chart

import "fmt"

func barsOf(stacked bool) Bars {
	b := Bars{
		About:      About{ID: "bars", Title: "Two thirds of the revenue is made at home", Sub: "Revenue by region, CNY billion"},
		Categories: []string{"2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024"}, Stacked: stacked,
	}
	home := BarSeries{Name: "At home", Unit: "CNY billion"}
	away := BarSeries{Name: "Abroad", Unit: "CNY billion"}
	for i := range b.Categories {
		home.Values = append(home.Values, BarValue{Value: 29.4 + 4.5*float64(i), Missing: i == 2})
		away.Values = append(away.Values, BarValue{Value: 12.4 + 2.1*float64(i), Missing: i == 2})
	}
	b.Series = []BarSeries{home, away}
	if stacked {
		b.ID = "stacked"
		b.Series = append(b.Series, BarSeries{Name: "Not assigned", Unit: "CNY billion", Values: make([]BarValue, len(b.Categories))})
		for i := range b.Categories {
			b.Series[2].Values[i] = BarValue{Value: 1 + float64(i)/2, Missing: i == 2}
		}
	}
	return b
}

func longBars() Bars {
	names := []string{"Côte d'Ivoire", "Bosnia and Herzegovina", "United Arab Emirates", "Kazakhstan", "Türkiye", "杭州海康威视数字技术股份有限公司", "A company whose name is so long that it has no room in any drawing whatsoever, GmbH & Co. KG"}
	b := Bars{About: About{ID: "long", Title: "Long names lie", Sub: "Camera networks"}, Categories: names, Series: []BarSeries{{Unit: "networks"}}}
	for i := range names {
		b.Series[0].Values = append(b.Series[0].Values, BarValue{Value: float64(807108 - i*100123), Missing: i == 3})
	}
	b.Series[0].Values[1].Text = "more than 600,000"
	return b
}

func listOf(values bool) RankedList {
	l := RankedList{About: About{ID: "list", Title: "Main markets outside China, in the order of the source"}}
	for i, n := range []string{"United States", "Vietnam", "United Kingdom", "Brazil", "Mexico"} {
		it := ListItem{Name: n}
		if values && i != 3 {
			it.Value = level(float64(807108 / (i + 1)))
		}
		l.Items = append(l.Items, it)
	}
	if values {
		l.ID, l.Unit = "listed", "networks"
	}
	return l
}

func matrixOf() Matrix {
	m := Matrix{
		About:  About{ID: "matrix", Title: "Who is under which regime", Sub: "Today’s status, and the day since when"},
		Corner: "Company", Rows: []string{"Hikvision", "Dahua Technology", "Huawei Technologies", "iFlytek", "杭州海康威视数字技术股份有限公司 with a long name"},
		Columns: []string{"Entity List", "NS-CMIC List", "NDAA section 889", "FCC Covered List", "Section 1260H", "Global Magnitsky"},
	}
	looks := []Look{Force, Force, Force, Partly, Over, reportedLook}
	dates := []string{"2019-10-09", "2021-08-02", "2019-08", "2021", "2021-06-03", "2022-05-04"}
	for r := range m.Rows {
		for c := range m.Columns {
			if (r+c)%3 == 2 && r > 0 {
				continue
			}
			cell := MatrixCell{Row: r, Column: c, Status: looks[c], Date: dates[c], Text: "in force"}
			if r == 2 && c == 2 {
				cell.Status, cell.Date, cell.Text = Unknown, "", "unknown"
			}
			if r == 3 && c == 0 {
				cell.Status, cell.Text = Suspended, "suspended"
			}
			m.Cells = append(m.Cells, cell)
		}
	}
	return m
}

func linesOf() Lines {
	l := Lines{About: About{ID: "lines", Title: "Three companies, three courses", Sub: "Closing price, 1 September 2021 = 100"}}
	for i, n := range []string{"Hikvision", "Dahua", "iFlytek"} {
		l.Panels = append(l.Panels, Panel{Title: n, Series: []Series{
			{Name: "Share", Unit: "index", Points: walk(120, "2021-09-01", 100+float64(i)*8)}, {Name: "CSI 300", Unit: "index", Points: walk(120, "2021-09-01", 97)},
		}})
	}
	return l
}

func yearsOf() Lines {
	l := Lines{About: About{ID: "years", Title: "Revenue goes on growing, profit does not", Sub: "By year"}}
	for i, n := range []string{"Revenue", "Net profit", "Employees", "Research"} {
		s := Series{Name: n, Unit: []string{"CNY billion", "CNY billion", "people", "CNY billion"}[i]}
		for y := range 9 {
			s.Points = append(s.Points, Point{Date: fmt.Sprint(2016 + y), Value: float64((i+1)*20+y*3) + float64(y*y%5), Missing: y == 3})
		}
		l.Panels = append(l.Panels, Panel{Title: n, Series: []Series{s}})
	}
	return l
}

func ownershipOf() Ownership {
	return Ownership{
		About: About{ID: "owners", Title: "A state group controls the company through two holdings"},
		Nodes: []Holder{
			{Name: "China Electronics Technology Group Corporation"}, {Name: "China Electronics Technology HIK Group"}, {Name: "52nd Research Institute"}, {Name: "Gong Hongjia", Soft: true},
			{Name: "Hangzhou Hikvision Digital Technology Co., Ltd.", Main: true}, {Name: "Hikvision USA"}, {Name: "Hikvision Canada"}, {Name: "Luopu Haishi Dingxin"}, {Name: "Moyu Haishi"},
			{Name: "Pishan Haishi Yong'an"}, {Name: "Urumqi Haishi Xin'an"}, {Name: "Yutian Haishi Meitian"},
		},
		Ties: []Tie{
			{Owner: 0, Owned: 1, Share: level(100)}, {Owner: 0, Owned: 2}, {Owner: 1, Owned: 4, Share: level(36.35)}, {Owner: 2, Owned: 4, Share: level(1.94)}, {Owner: 3, Owned: 4, Text: "about 10 %", Open: true},
			{Owner: 4, Owned: 5, Share: level(100)}, {Owner: 4, Owned: 6, Share: level(100)}, {Owner: 4, Owned: 7}, {Owner: 4, Owned: 8}, {Owner: 4, Owned: 9}, {Owner: 4, Owned: 10}, {Owner: 4, Owned: 11},
		},
	}
}

func haltOf() Price {
	p := priceOf(60)
	p.ID, p.Title = "halt", "Nobody traded for two weeks"
	p.Level = nil
	for i := 20; i < 30; i++ {
		p.Main.Points[i].Halted = true
	}
	p.Main.Unadjusted, p.Main.ExDates = true, []string{p.Main.Points[45].Date}
	return p
}

func sparkOf() Sparkline {
	return Sparkline{About: About{ID: "spark", Title: "Share price"}, Series: Series{Name: "Hikvision", Unit: "CNY", Points: walk(60, "2022-01-03", 40)}}
}

// fewDays has the trading days around a holiday, and names that have no room at
// the ends of their lines.
func fewDays() Price {
	p := Price{About: About{ID: "days", Title: "The first day after the holiday"}}
	p.Main = Series{Name: "杭州海康威视数字技术股份有限公司", Unit: "CNY"}
	p.Bench = []Series{{Name: "CSI 300", Unit: "CNY"}}
	for i, date := range []string{"2022-04-29", "2022-05-05", "2022-05-06", "2022-05-09", "2022-05-10", "2022-05-11", "2022-05-12", "2022-05-13", "2022-05-16"} {
		p.Main.Points = append(p.Main.Points, Point{Date: date, Value: 42.2 - float64(min(i, 3))*2.9 + float64(i)/4})
		p.Bench[0].Points = append(p.Bench[0].Points, Point{Date: date, Value: 40 + float64(i%3)/2})
	}
	p.Events = []Event{{Date: "2022-05-04", Text: "Plan for US sanctions reported.", Kind: Said}}
	return p
}

// restOf has shares of a whole, of which a part is not stated for one year, and
// nothing for another.
func restOf() Bars {
	return Bars{
		About: About{ID: "rest", Title: "More than a third came from abroad", Sub: "Share of the revenue, percent"}, Stacked: true, Whole: 100, Categories: []string{"2016", "2019", "First half of 2024", "First half of 2025"},
		Series: []BarSeries{
			{Name: "Abroad", Unit: "%", Values: []BarValue{{Value: 29.32}, {Missing: true}, {Value: 34.41}, {Value: 36.89}}},
			{Name: "At home", Unit: "%", Values: []BarValue{{Value: 70.68}, {Missing: true}, {Value: 65.59}, {Missing: true}}},
		},
	}
}

// longNames has acts whose names need two lines, the first of which begins at
// the edge.
func longNames() Measures {
	m := measuresOf()
	m.ID = "long-names"
	m.Groups = m.Groups[:1]
	m.Groups[0].Rows = m.Groups[0].Rows[:3]
	m.Groups[0].Rows[0].Name = "Ban on federal procurement under section 889 (a)(1)(A)"
	m.Groups[0].Rows[1].Name = "Entity List, October 2019: Hikvision, Dahua, iFlytek and others"
	m.Groups[0].Rows[2].Name = "杭州海康威视数字技术股份有限公司在美国联邦通信委员会受管制清单上"
	return m
}

// kinds are one or two of every kind.
func kinds() []Spec {
	short := studyOf(-5, 5)
	short.ID = "short"
	for i := range short.Days {
		short.Days[i].HasCAR, short.Days[i].CAR, short.Days[i].Low, short.Days[i].High = false, 0, 0, 0
	}
	return []Spec{
		priceOf(250), haltOf(), studyOf(-10, 20), short, measuresOf(), longNames(), matrixOf(), barsOf(false), barsOf(true), longBars(), listOf(true), listOf(false),
		linesOf(), yearsOf(), ownershipOf(), sparkOf(), fewDays(), restOf(),
	}
}
