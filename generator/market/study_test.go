package market_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/dossier-report/dossier/generator/market"
)

// weekdays makes a share and an index with prices of two decimals on each
// weekday from 4 January 2021 on, from a simple row of pseudo-random numbers.
func weekdays(t testing.TB, n int) (share, index *market.Series) {
	share = &market.Series{Title: "Share", Calendar: "XTST", Timezone: "Etc/UTC", Currency: "EUR", Adjustment: market.Unadjusted}
	index = &market.Series{Title: "Index", Calendar: "XTST", Timezone: "Etc/UTC"}
	state := uint64(7)
	next := func() float64 {
		state = state*6364136223846793005 + 1442695040888963407
		return float64(state>>40)/float64(1<<24) - 0.5
	}
	a, b := 50.0, 4000.0
	d := day(t, "2021-01-04")
	for i := 0; len(share.Points) < n; i++ {
		if i%7 < 5 {
			m := 0.03 * next()
			b *= 1 + m
			a *= 1 + 0.0004 + 1.2*m + 0.04*next()
			share.Points = append(share.Points, market.Point{Day: d, Value: number(t, strconv.FormatFloat(a, 'f', 2, 64))})
			index.Points = append(index.Points, market.Point{Day: d, Value: number(t, strconv.FormatFloat(b, 'f', 2, 64))})
		}
		d++
	}
	return share, index
}

// byHand is the market model by the textbook's sums, and the variance of a sum
// of forecasts by its full matrix.
type byHand struct{ alpha, beta, sigma, mean, sxx, n float64 }

func (h *byHand) fit(y, x []float64) {
	var sx, sy, sxy, sx2 float64
	h.n = float64(len(x))
	for i := range x {
		sx += x[i]
		sy += y[i]
		sxy += x[i] * y[i]
		sx2 += x[i] * x[i]
	}
	h.beta = (h.n*sxy - sx*sy) / (h.n*sx2 - sx*sx)
	h.alpha = (sy - h.beta*sx) / h.n
	h.mean, h.sxx = sx/h.n, sx2-sx*sx/h.n
	var sse float64
	for i := range x {
		e := y[i] - h.alpha - h.beta*x[i]
		sse += e * e
	}
	h.sigma = math.Sqrt(sse / (h.n - 2))
}

func (h *byHand) spread(x []float64) float64 {
	var v float64
	for i := range x {
		for j := range x {
			v += 1/h.n + (x[i]-h.mean)*(x[j]-h.mean)/h.sxx
			if i == j {
				v++
			}
		}
	}
	return h.sigma * math.Sqrt(v)
}

// TestByHand computes a study a second time, by direct formulas.
func TestByHand(t *testing.T) {
	share, index := weekdays(t, 260)
	const zero = 200
	for _, kind := range []market.ReturnKind{market.Simple, market.Log} {
		o := market.Options{Event: share.Points[zero].Day, Returns: kind, Length: 100, Gap: 15, From: -5, To: 10}
		r, err := market.Study(share, index, o)
		if err != nil {
			t.Fatal(err)
		}
		ret := func(s *market.Series, i int) float64 {
			q := s.Points[i].Value.Float() / s.Points[i-1].Value.Float()
			if kind == market.Log {
				return math.Log(q)
			}
			return q - 1
		}
		var y, x []float64
		for i := zero - 114; i <= zero-15; i++ {
			y, x = append(y, ret(share, i)), append(x, ret(index, i))
		}
		var h byHand
		h.fit(y, x)
		same := func(what string, got, want float64) {
			t.Helper()
			if math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
				t.Errorf("%s %s is %.15f, by hand %.15f", kind, what, got, want)
			}
		}
		same("alpha", r.Alpha, h.alpha)
		same("beta", r.Beta, h.beta)
		same("sigma", r.Sigma, h.sigma)
		if r.N != 100 || r.Freedom != 98 || r.From != share.Points[zero-114].Day || r.To != share.Points[zero-15].Day {
			t.Errorf("%d returns, %d degrees of freedom, %s to %s", r.N, r.Freedom, r.From, r.To)
		}
		for from := -5; from <= 10; from++ {
			var car float64
			var m []float64
			for to := from; to <= 10; to++ {
				i := zero + to
				m = append(m, ret(index, i))
				car += ret(share, i) - h.alpha - h.beta*ret(index, i)
				got, err := r.CAR(from, to)
				if err != nil {
					t.Fatal(err)
				}
				name := fmt.Sprintf("CAR[%d,%d]", from, to)
				same(name, got.CAR, car)
				same("t of "+name, got.T, car/h.sigma/math.Sqrt(float64(len(m))))
				same("t with forecast error of "+name, got.TForecast, car/h.spread(m))
				// 1.984467454: the 97.5 percent point of Student's t with 98 degrees of freedom, from a table.
				if half := (got.High - got.Low) / 2; math.Abs(half/h.spread(m)-1.984467454) > 1e-8 {
					t.Errorf("%s %s: the band is %.10f standard errors wide", kind, name, half/h.spread(m))
				}
				if from == -5 {
					same("path to "+name, r.Days[to+5].CAR, car)
					same("lower end of "+name, r.Days[to+5].Low, got.Low)
					same("upper end of "+name, r.Days[to+5].High, got.High)
				}
			}
		}
	}
}

// TestOtherModels computes the models without a slope by hand.
func TestOtherModels(t *testing.T) {
	share, index := weekdays(t, 260)
	o := market.Options{Event: share.Points[200].Day, Model: market.ConstantMean, Windows: []market.Window{{0, 1}}}
	alone, err := market.Study(share, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	returns, err := share.Returns(market.Simple)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := index.Returns(market.Simple)
	if err != nil {
		t.Fatal(err)
	}
	window := returns[199-130 : 199-10] // the return of point i is returns[i-1]
	var mean, sse float64
	for _, r := range window {
		mean += r.Value / 120
	}
	for _, r := range window {
		sse += (r.Value - mean) * (r.Value - mean)
	}
	sigma := math.Sqrt(sse / 119)
	car := returns[199].Value + returns[200].Value - 2*mean
	close := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
			t.Errorf("%s is %.15f, want %.15f", what, got, want)
		}
	}
	close("mean", alone.Alpha, mean)
	close("sigma", alone.Sigma, sigma)
	close("CAR", alone.Windows[0].CAR, car)
	close("t", alone.Windows[0].TForecast, car/sigma/math.Sqrt(2+4.0/120))
	if alone.Freedom != 119 || alone.Beta != 0 {
		t.Errorf("%d degrees of freedom, beta %g", alone.Freedom, alone.Beta)
	}

	o.Model = market.MarketAdjusted
	adjusted, err := market.Study(share, index, o)
	if err != nil {
		t.Fatal(err)
	}
	sse = 0
	for i := 199 - 130; i < 199-10; i++ {
		e := returns[i].Value - bench[i].Value
		sse += e * e
	}
	car = returns[199].Value - bench[199].Value + returns[200].Value - bench[200].Value
	close("sigma", adjusted.Sigma, math.Sqrt(sse/120))
	close("CAR", adjusted.Windows[0].CAR, car)
	close("t", adjusted.Windows[0].T, car/math.Sqrt(sse/120*2))
	close("t with forecast error", adjusted.Windows[0].TForecast, adjusted.Windows[0].T) // nothing is estimated but sigma
	if _, err := market.Study(share, nil, o); code(err) != market.BadOption {
		t.Errorf("a study against no index: %v", err)
	}
}

func code(err error) market.Code {
	var e *market.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// TestRefused meets every reason for which there is no study.
func TestRefused(t *testing.T) {
	share, index := weekdays(t, 260)
	event := share.Points[200].Day
	flat := *index
	flat.Points = slices.Clone(index.Points)
	for i := range flat.Points {
		flat.Points[i].Value = number(t, "100")
	}
	change := func(s *market.Series, f func(*market.Series)) *market.Series {
		c := *s
		c.Points = slices.Clone(s.Points)
		f(&c)
		return &c
	}
	tests := []struct {
		name         string
		share, index *market.Series
		o            market.Options
		want         market.Code
		message      string
	}{
		{"no event", share, index, market.Options{}, market.BadOption, "there is no day of the event"},
		{"no such model", share, index, market.Options{Event: event, Model: "x"}, market.BadOption, `no model "x"`},
		{"no such returns", share, index, market.Options{Event: event, Returns: "x"}, market.BadOption, `no returns "x"`},
		{"level", share, index, market.Options{Event: event, Level: math.NaN()}, market.BadOption, "a confidence level of NaN"},
		{"window outside", share, index, market.Options{Event: event, Windows: []market.Window{{0, 21}}}, market.BadOption, "the window [0, 21] does not lie in the event window [-10, 20]"},
		{"nothing", nil, index, market.Options{Event: event}, market.BadOption, "there is no series to study"},
		{"overlap", share, index, market.Options{Event: event, From: -11, To: 1}, market.Overlap, "the event window begins on day -11, but the estimation window ends on day -11"},
		{"short window", share, index, market.Options{Event: event, Length: 29}, market.TooFewDays, "an estimation window of 29 days; it takes at least 30"},
		{"early event", share, index, market.Options{Event: share.Points[130].Day}, market.TooFewDays, "Share has 119 returns up to day -11, and the estimation window needs 120"},
		{"late event", share, index, market.Options{Event: share.Points[240].Day}, market.TooFewDays, "Share ends on day 19, and the event window on day 20"},
		{"event after the end", share, index, market.Options{Event: share.Points[259].Day + 1}, market.NoDay, "Share has no trading day on or after 2022-01-01"},
		{"flat index", share, &flat, market.Options{Event: event}, market.Degenerate, "the index does not vary in the estimation window"},
		{"share is the index", index, index, market.Options{Event: event}, market.Degenerate, "the returns do not vary about the model in the estimation window"},
		{"other calendar", share, change(index, func(s *market.Series) { s.Calendar = "XOTH" }), market.Options{Event: event}, market.CalendarMismatch, "Share follows the calendar XTST, and Index the calendar XOTH"},
		{"other zone", share, change(index, func(s *market.Series) { s.Timezone = "Asia/Shanghai" }), market.Options{Event: event}, market.CalendarMismatch, "the days of Share are those of Etc/UTC, and of Index those of Asia/Shanghai"},
		{"index without a day", share, change(index, func(s *market.Series) { s.Points = slices.Delete(s.Points, 150, 151) }), market.Options{Event: event}, market.CalendarMismatch, "Share was traded on 2021-08-02, and Index has no value on that day"},
		{"long halt", change(share, func(s *market.Series) { s.Points = slices.Delete(s.Points, 130, 180) }), index, market.Options{Event: event, Length: 50}, market.CalendarMismatch, "Share has a price on 82 of the 132 days on which Index has a value, from 2021-05-07 to 2021-11-08"},
		{"zero price", change(share, func(s *market.Series) { s.Points[3].Value = number(t, "0") }), index, market.Options{Event: event}, market.BadSeries, "Share: the value on 2021-01-07 is not above zero"},
		{"days out of order", change(share, func(s *market.Series) { s.Points[3].Day = s.Points[2].Day }), index, market.Options{Event: event}, market.BadSeries, "Share: 2021-01-06 does not come after 2021-01-06"},
	}
	for _, x := range tests {
		r, err := market.Study(x.share, x.index, x.o)
		if code(err) != x.want || err.Error() != x.message {
			t.Errorf("%s: %s, %v\nwant %s, %s", x.name, code(err), err, x.want, x.message)
		}
		if r != nil {
			t.Errorf("%s: there is a result beside the error", x.name)
		}
	}
}

// TestNotes makes a share that was halted over the event, stood at its limit,
// and has an estimated and a filled price.
func TestNotes(t *testing.T) {
	share, index := weekdays(t, 260)
	share.Limit = market.Int(10)
	share.Points[100].Flag = market.LimitUp
	share.Points[150].Flag = market.Filled
	share.Points[200].Flag = market.Halted
	share.Points[201].Flag = market.LimitDown
	share.Points[205].Flag = market.Estimated
	index.Points[206].Flag = market.Estimated
	index.Adjustment = market.TotalReturn
	event := share.Points[200].Day
	share.Points = slices.Delete(share.Points, 208, 209) // the index has it
	r, err := market.Study(share, index, market.Options{Event: event})
	if err != nil {
		t.Fatal(err)
	}
	at := func(i int) market.Day { return index.Points[i].Day }
	want := []market.Note{
		{Code: market.SubjectHalted, Date: event},
		{Code: market.AdjustmentDiffers},
		{Code: market.CensoredEstimation, Day: -99, Date: at(100), Flag: market.LimitUp, Limit: market.Int(10)},
		{Code: market.FilledDay, Day: -49, Date: at(150), Flag: market.Filled},
		{Code: market.HaltedDay, Day: 0, Date: at(200), Flag: market.Halted},
		{Code: market.Censored, Day: 0, Date: at(201), Flag: market.LimitDown, Limit: market.Int(10)},
		{Code: market.EstimatedDay, Day: 4, Date: at(205), Flag: market.Estimated},
		{Code: market.IndexEstimatedDay, Day: 5, Date: at(206), Flag: market.Estimated},
		{Code: market.MissingDay, Day: 7, Date: at(208)},
	}
	if len(r.Notes) != len(want) {
		t.Fatalf("notes %+v", r.Notes)
	}
	for i, n := range r.Notes {
		w := want[i]
		if n.Code != w.Code || n.Day != w.Day || n.Date != w.Date || n.Flag != w.Flag || n.Limit.Cmp(w.Limit) != 0 {
			t.Errorf("note %d is %+v, want %+v", i, n, w)
		}
	}
	if r.Day0 != at(201) || r.Days[10].Since != at(199) || r.Days[10].Flag != market.LimitDown {
		t.Errorf("day 0 is %s, its return since %s", r.Day0, r.Days[10].Since)
	}
	if n := r.NotesOn(0); len(n) != 2 || n[0].Code != market.HaltedDay || n[1].Code != market.Censored {
		t.Errorf("notes on day 0: %+v", n)
	}
	if r.Subject.Title != "Share" || r.Subject.Adjustment != market.Unadjusted || r.Index.Title != "Index" || r.Index.Adjustment != market.TotalReturn || r.Model != market.MarketModel || r.Returns != market.Simple || r.Level != 0.95 {
		t.Errorf("the result does not say what it is: %+v %+v", r.Subject, r.Index)
	}
}

// FuzzStudy makes studies of whatever prices and options there may be: no
// panic, and never a number that is none.
func FuzzStudy(f *testing.F) {
	f.Add([]byte("\x10\x80\x90\x70"), int32(100), 30, 5, -2, 3, uint8(0))
	f.Add([]byte("\xff\x00\xff\x00\x01"), int32(90), 40, 11, 0, 0, uint8(3))
	f.Add([]byte("\x55\x44\x33"), int32(77), 0, 0, 0, 0, uint8(9))
	f.Fuzz(func(t *testing.T, seed []byte, at int32, length, gap, from, to int, how uint8) {
		if len(seed) == 0 {
			return
		}
		flags := []market.Flag{"", market.Halted, market.Filled, market.Estimated, market.LimitDown, "", "", "x"}
		values := []string{"1", "100.25", "99.75", "101", "0.000000000000000000000000000000000000001", "9999999999999999999999999999999999999999", "100", "100.5", "0", ""}
		share, index := &market.Series{}, &market.Series{}
		state := uint32(2166136261)
		next := func(i int) uint32 {
			state = (state ^ uint32(seed[i%len(seed)])) * 16777619
			return state >> 7
		}
		for i := range 250 {
			v, _ := market.ParseDecimal(values[next(i)%uint32(2+int(how)%9)])
			w, _ := market.ParseDecimal(values[1+next(i)%uint32(2+int(how)%5)])
			d := market.Day(i + 1)
			if next(i)%16 > 0 || how < 64 {
				flag := market.Flag("")
				if how%3 == 1 {
					flag = flags[next(i)%8]
				}
				share.Points = append(share.Points, market.Point{Day: d, Value: v, Flag: flag})
			}
			if next(i)%16 > 0 || how < 128 {
				index.Points = append(index.Points, market.Point{Day: d, Value: w})
			}
		}
		models := []market.Model{"", market.ConstantMean, market.MarketAdjusted}
		r, err := market.Study(share, index, market.Options{Event: market.Day(at), Model: models[how%3], Length: length, Gap: gap, From: from, To: to, Windows: []market.Window{{from, to}}})
		if (err == nil) == (r == nil) {
			t.Fatalf("a result and an error, or neither: %v", err)
		}
		if err != nil {
			if code(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		all := []float64{r.Alpha, r.Beta, r.Sigma}
		for _, d := range r.Days {
			all = append(all, d.Return, d.Index, d.AR, d.T, d.TForecast, d.CAR, d.Low, d.High)
		}
		for _, w := range r.Windows {
			all = append(all, w.CAR, w.T, w.TForecast, w.Low, w.High)
		}
		for _, x := range all {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("%g in %+v", x, r)
			}
		}
	})
}

func BenchmarkStudy(b *testing.B) {
	for _, n := range []int{250, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			share, index := weekdays(b, n)
			o := market.Options{Event: share.Points[n-40].Day, Windows: []market.Window{{0, 1}, {-1, 5}}}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := market.Study(share, index, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestStudyProperties holds what must be true of every study: windows add up,
// and neither the currency nor what happens after the last day matters.
func TestStudyProperties(t *testing.T) {
	share, index := weekdays(t, 400)
	cents := *share // the same prices in hundredths
	cents.Points = slices.Clone(share.Points)
	for i, p := range cents.Points {
		cents.Points[i].Value = number(t, strconv.FormatFloat(math.Round(p.Value.Float()*100), 'f', 0, 64))
	}
	for zero := 150; zero < 370; zero += 11 {
		o := market.Options{Event: share.Points[zero].Day, From: -4, To: 12}
		r, err := market.Study(share, index, o)
		if err != nil {
			t.Fatal(err)
		}
		car := func(from, to int) float64 {
			c, err := r.CAR(from, to)
			if err != nil || c.Low > c.CAR || c.High < c.CAR || math.Abs(c.TForecast) > math.Abs(c.T) {
				t.Fatalf("CAR[%d,%d] %+v, %v", from, to, c, err)
			}
			return c.CAR
		}
		for cut := -4; cut < 12; cut++ {
			if d := car(-4, cut) + car(cut+1, 12) - car(-4, 12); math.Abs(d) > 1e-14 {
				t.Errorf("day %d: windows cut after day %d differ by %g", zero, cut, d)
			}
		}
		other, err := market.Study(&cents, index, o)
		if err != nil {
			t.Fatal(err)
		}
		short, long := *share, *index
		short.Points, long.Points = share.Points[:zero+13], index.Points[:zero+13]
		early, err := market.Study(&short, &long, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range r.Days {
			if math.Abs(d.AR-other.Days[i].AR) > 1e-12 || d != early.Days[i] {
				t.Errorf("day %d: %+v\nin cents %+v\nwithout the days after %+v", d.Day, d, other.Days[i], early.Days[i])
			}
		}
		if _, err := r.CAR(-5, 0); code(err) != market.BadOption {
			t.Errorf("a window outside: %v", err)
		}
	}
}
