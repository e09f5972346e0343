package chart

import (
	"fmt"
	"math"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// EventStudy is what a share did beyond what a model would explain, day by day
// around an event. All values are percent.
type EventStudy struct {
	About
	Name string // of the share
	Days []StudyDay
	// Ordinary is the range within which 95 % of ordinary days lie: from −Ordinary
	// to Ordinary. 0 leaves the band out.
	Ordinary float64
	// Level is that of the confidence band, in percent; 0 means 95.
	Level float64
}

// StudyDay is one trading day.
type StudyDay struct {
	Day  int    // trading days from the event: 0 is the event day
	Date string // 2022-05-05; may be empty
	AR   float64
	// CAR is the sum of the abnormal returns so far, Low and High its confidence
	// band. HasCAR says that it is given: for all days, or for none.
	CAR, Low, High float64
	HasCAR         bool
	// Limit says that a price limit cut the move off, Hot that the day is one the
	// text speaks of.
	Limit, Hot bool
	Note       string // halted, filled; for the table
}

type study struct {
	EventStudy
	dates    []date
	decimals int
	car      bool
}

// mostDays is how many days a drawing has at most.
const mostDays = 500

// Draw makes the chart.
func (e EventStudy) Draw(env Env) (Chart, []diag.Diagnostic) {
	c := &checker{}
	c.about(&e.About, env, "study")
	e.Name = clean(e.Name)
	d := &study{EventStudy: e, dates: make([]date, len(e.Days))}
	if len(e.Days) < 2 {
		c.refuse("chart-too-few-points", "days", "record several days around the event", "an event study of %s", counted(len(e.Days), "day"))
		return Chart{}, c.found
	}
	if len(e.Days) > mostDays {
		c.refuse("chart-too-large", "days", "draw the days around the event", "an event study of %d days", len(e.Days))
		return Chart{}, c.found
	}
	c.value("ordinary", e.Ordinary)
	c.value("level", e.Level)
	d.car = e.Days[0].HasCAR
	var values []float64
	for i, day := range e.Days {
		at := fmt.Sprintf("days[%d]", i)
		if day.Date != "" {
			d.dates[i], _ = c.day(at+".date", day.Date)
		}
		if i > 0 && day.Day <= e.Days[i-1].Day {
			c.refuse("chart-bad-date", at+".day", "put the days in order, each once", "day %d does not come after day %d", day.Day, e.Days[i-1].Day)
		}
		if day.HasCAR != d.car {
			c.refuse("chart-bad-value", at+".car", "give the sum for all days or for none", "the sum is given for some days alone")
		}
		for _, v := range []float64{day.AR, day.CAR, day.Low, day.High} {
			c.value(at, v)
		}
		if day.HasCAR && (day.Low > day.CAR || day.High < day.CAR) {
			c.refuse("chart-bad-value", at, "", "the sum of day %d lies outside its band", day.Day)
		}
		values = append(values, day.AR)
	}
	if no, found := c.stop(); no {
		return Chart{}, found
	}
	d.decimals = min(decimalsOf(values), 2)
	chart := Chart{Table: d.table(env), Desc: d.describe(env)}
	if e.Ordinary > 0 {
		chart.Key = append(chart.Key, key("band", env.word("chart_key_ordinary", nil), ""))
	}
	if slices.ContainsFunc(e.Days, func(x StudyDay) bool { return x.Limit }) {
		chart.Key = append(chart.Key, key("lim", env.word("chart_key_limit", nil), ""))
		chart.Notes = append(chart.Notes, Note{"chart-limit", env.word("chart_note_limit", nil)})
	}
	out, failed := finish(env, e.About, d, chart)
	return out, append(c.found, failed...)
}

func (d *study) percent(env Env, v float64, dec int) string { return env.with(v, dec, "%") }

func (d *study) describe(env Env) string {
	low, high := 0, 0
	for i, x := range d.Days {
		if x.AR < d.Days[low].AR {
			low = i
		}
		if x.AR > d.Days[high].AR {
			high = i
		}
	}
	first, last := d.Days[0], d.Days[len(d.Days)-1]
	out := []string{env.word("chart_desc_study", args{
		"Name": d.Name, "From": env.signed(float64(first.Day), 0), "To": env.signed(float64(last.Day), 0),
		"Low": d.percent(env, d.Days[low].AR, d.decimals), "LowDay": env.signed(float64(d.Days[low].Day), 0),
		"High": d.percent(env, d.Days[high].AR, d.decimals), "HighDay": env.signed(float64(d.Days[high].Day), 0),
	})}
	for i, x := range d.Days {
		if x.Day == 0 {
			a := args{"Value": d.percent(env, x.AR, d.decimals), "Date": ""}
			if d.Days[i].Date != "" {
				a["Date"] = env.when(d.dates[i])
			}
			k := "chart_desc_study_day"
			if x.Limit {
				k = "chart_desc_study_limit"
			}
			out = append(out, env.word(k, a))
		}
	}
	if d.car {
		out = append(out, env.word("chart_desc_study_sum", args{"Value": d.percent(env, last.CAR, d.decimals), "Day": env.signed(float64(last.Day), 0),
			"Low": d.percent(env, last.Low, d.decimals), "High": d.percent(env, last.High, d.decimals)}))
	}
	return sentences(out...)
}

func (d *study) table(env Env) Table {
	t := Table{Columns: []Column{
		{Title: env.word("chart_col_day", nil), Right: true}, {Title: env.word("chart_col_date", nil)}, {Title: env.word("chart_col_ar", nil), Unit: "%", Right: true},
	}}
	if d.car {
		for _, k := range []string{"chart_col_car", "chart_col_low", "chart_col_high"} {
			t.Columns = append(t.Columns, Column{Title: env.word(k, nil), Unit: "%", Right: true})
		}
	}
	t.Columns = append(t.Columns, Column{Title: env.word("chart_col_note", nil)})
	for i, x := range d.Days {
		row := []Cell{{env.signed(float64(x.Day), 0), machine(float64(x.Day))}, {}, {env.number(x.AR, d.decimals), machine(x.AR)}}
		if x.Date != "" {
			row[1] = env.dateCell(d.dates[i])
		}
		if d.car {
			row = append(row, env.cell(x.CAR, d.decimals), env.cell(x.Low, d.decimals), env.cell(x.High, d.decimals))
		}
		note := clean(x.Note)
		if x.Limit {
			note = sentences(env.word("chart_limit", nil), note)
		}
		t.Rows = append(t.Rows, append(row, Cell{note, note}))
	}
	return t
}

func (d *study) sheet(env Env, width float64) *sheet {
	narrow := width == narrowWidth
	s := &sheet{height: 250}
	if narrow {
		s.height = 230
	}
	if d.car {
		s.height += 170
	}
	days := make([]object, len(d.Days))
	for i, x := range d.Days {
		days[i] = object{"value": safe(env.signed(float64(x.Day), 0))}
		if x.Day == 0 || x.Hot {
			days[i]["textStyle"] = object{"fontWeight": "bold"}
		}
	}
	named := d.named(env, width)
	lowAR, highAR := -d.Ordinary, d.Ordinary
	lowCAR, highCAR := 0.0, 0.0
	for _, x := range d.Days {
		lowAR, highAR = math.Min(lowAR, x.AR), math.Max(highAR, x.AR)
		lowCAR, highCAR = math.Min(lowCAR, x.Low), math.Max(highCAR, x.High)
	}
	left := 0.0
	for _, v := range []float64{lowAR, highAR, lowCAR, highCAR} {
		left = math.Max(left, textWidth(d.percent(env, math.Floor(v/5)*5, 0))+14)
	}
	floor := 24.0 + d.lift(lowAR)
	if d.car { // two fields: the sum above, the days below
		s.addGrid(left, 4, part(28, s.height), part(s.height*0.56, s.height))
		s.addGrid(left, 4, part(s.height*0.56, s.height), part(floor, s.height))
		d.axes(s, days, named, lowCAR, highCAR, 0, d.sumName(env))
		d.axes(s, days, named, lowAR, highAR, 1, env.word("chart_panel_ar", nil))
		d.sums(env, s)
	} else {
		s.addGrid(left, 4, "14", units(floor))
		d.axes(s, days, named, lowAR, highAR, 0, "")
	}
	d.bars(env, s, narrow)
	return s
}

// sumName says from which day on the sum counts: a reader who looks for the
// headline of a window must not take the line for it.
func (d *study) sumName(env Env) string {
	level := d.Level
	if level == 0 {
		level = 95
	}
	return env.word("chart_panel_car", args{"Day": env.signed(float64(d.Days[0].Day), 0), "Level": env.number(level, decimalsOf([]float64{level}))})
}

// every says how many days there are from one label to the next.
func (d *study) every(env Env, width float64) int {
	room := 26.0 // of a label
	for _, x := range []StudyDay{d.Days[0], d.Days[len(d.Days)-1]} {
		room = math.Max(room, textWidth(safe(env.signed(float64(x.Day), 0)))+8)
	}
	for _, n := range []int{1, 2, 5, 10, 20, 25, 50} {
		if float64(len(d.Days)/n)*room <= width-60 {
			return n
		}
	}
	return 100
}

// named are the days that have a label: day 0 is one of them, and the others
// are round.
func (d *study) named(env Env, width float64) []int {
	every, out := d.every(env, width), []int{}
	for i, x := range d.Days {
		if x.Day%every == 0 {
			out = append(out, i)
		}
	}
	return out
}

// lift is the room between the field and the days for the number of a bar that
// reaches down to its edge.
func (d *study) lift(low float64) float64 {
	for _, x := range d.Days {
		from, to, _ := nice(low, 0, 4)
		if (x.Hot || x.Limit || x.Day == 0) && x.AR < 0 && x.AR-from < (to-from)*0.12 {
			return 14
		}
	}
	return 0
}

// axes adds those of a field: the days below the last of the fields.
func (d *study) axes(s *sheet, days []object, named []int, low, high float64, grid int, name string) {
	from, to, step := nice(low, high, 4)
	last := grid == 1 || !d.car
	label := object{"show": last, "customValues": named}
	if last {
		label["margin"] = 8 + d.lift(low)
	}
	s.addX(opts.XAxis{Type: "category", Data: days, GridIndex: grid}, object{"axisLabel": label, "axisTick": object{"show": false}, "axisLine": object{"onZero": true}})
	more := object{"interval": step, "axisLabel": object{"formatter": "@fn:percent"}}
	if name != "" {
		panelName(more, name)
	}
	s.addY(opts.YAxis{Type: "value", Min: from, Max: to, GridIndex: grid}, more)
}

// sums draws the sum so far, and its band, in the upper field.
func (d *study) sums(env Env, s *sheet) {
	band, sum := &rows{}, &rows{}
	for i, x := range d.Days {
		band.item([]float64{float64(i), x.Low, x.High})
		sum.value(x.CAR, true)
	}
	s.addSeries("custom", "", band.json(), object{
		"renderItem": "@fn:band", "silent": true, "encode": object{"x": 0, "y": []int{1, 2}}, "itemStyle": object{"color": "@color:band"},
	})
	s.addSeries("line", env.word("chart_car", nil), sum.json(), object{
		"lineStyle": lineStyleOf(0), "itemStyle": object{"color": "@color:main"}, "showSymbol": false, "symbol": "circle",
	})
}

func (d *study) bars(env Env, s *sheet, narrow bool) {
	axis := 0
	if d.car {
		axis = 1
	}
	r := &rows{}
	for i, x := range d.Days {
		item := object{"value": x.AR}
		switch {
		case x.Limit:
			item["itemStyle"] = object{"color": "@fill:lim", "borderColor": "@color:main", "borderWidth": 1}
		case x.Hot || x.Day == 0:
			item["itemStyle"] = object{"color": "@color:main"}
		default:
			r.value(x.AR, true)
			continue
		}
		t := env.number(x.AR, 1)
		if !narrow && len(d.Days) < 20 {
			t = d.percent(env, x.AR, 1)
		}
		label := object{"show": true, "formatter": literal(t), "fontWeight": "bold", "position": "outside"}
		if narrow && i > 0 && d.Days[i-1].Limit {
			label["align"] = "left" // clear of the bar of the day before
		}
		item["label"] = label
		r.item(item)
	}
	more := object{
		"xAxisIndex": axis, "yAxisIndex": axis, "itemStyle": object{"color": "@color:bench"}, "barCategoryGap": "40%", "label": object{"show": false, "color": "@color:ink"},
	}
	if d.Ordinary > 0 {
		more["markArea"] = object{
			"silent": true, "itemStyle": object{"color": "@color:band"}, "label": object{"show": false},
			"data": [][]object{{{"name": safe(env.word("chart_key_ordinary", nil)), "yAxis": -d.Ordinary}, {"yAxis": d.Ordinary}}},
		}
	}
	s.addSeries("bar", env.word("chart_ar", nil), r.json(), more)
}
