package market_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/dossier-report/dossier/generator/market"
)

// shared is where the quotes lie that may be computed with but not handed on.
const shared = "../../../shared/data"

func day(t testing.TB, s string) market.Day {
	t.Helper()
	d, ok := market.ParseDay(s)
	if !ok {
		t.Fatalf("%q is no day", s)
	}
	return d
}

// quotes reads a file that is not part of the project, or skips the test.
func quotes(t testing.TB, name, column string) []market.Point {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the quotes are not at hand")
	}
	if err != nil {
		t.Fatal(err)
	}
	points, err := market.ReadCSV(text, column)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

func number(t testing.TB, s string) market.Decimal {
	t.Helper()
	d, ok := market.ParseDecimal(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return d
}

// TestHikvision holds the study of the example report against values that were
// computed elsewhere.
func TestHikvision(t *testing.T) {
	subject := &market.Series{Title: "Hikvision", Calendar: "XSHE", Timezone: "Asia/Shanghai", Currency: "CNY", Adjustment: market.Unadjusted,
		Points: quotes(t, "price-hikvision-mit/002415.csv", "")}
	index := &market.Series{Title: "CSI 300", Calendar: "XSHE", Timezone: "Asia/Shanghai", Points: quotes(t, "index-csi300-apache2/sh000300.csv", "")}
	subject, err := subject.MarkLimits(market.Int(10), number(t, "0.01"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := market.Study(subject, index, market.Options{Event: day(t, "2022-05-04"), Windows: []market.Window{{0, 1}, {-1, 5}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name      string
		got, want float64
		within    float64
	}{
		{"alpha", r.Alpha, -0.00121789, 5e-9},
		{"beta", r.Beta, 1.04048015, 5e-9},
		{"sigma", r.Sigma, 0.01504040, 5e-9},
		{"AR0", r.Days[10].AR, -0.097243, 5e-7},
		{"AR1", r.Days[11].AR, -0.062434, 5e-7},
		{"CAR[0,1]", r.Windows[0].CAR, -0.159677, 5e-7},
		{"CAR[-1,5]", r.Windows[1].CAR, -0.170038, 5e-7},
		{"t of AR0", r.Days[10].T, -6.465, 5e-4},
		{"t of AR1", r.Days[11].T, -4.151, 5e-4},
		{"t of CAR[0,1]", r.Windows[0].T, -7.507, 5e-4},
		{"t of AR0, forecast", r.Days[10].TForecast, -6.439, 5e-4},
		{"t of AR1, forecast", r.Days[11].TForecast, -4.067, 5e-4},
		{"t of CAR[0,1], forecast", r.Windows[0].TForecast, -7.384, 5e-4},
	} {
		if math.Abs(x.got-x.want) > x.within {
			t.Errorf("%s is %.9f, want %.9f", x.name, x.got, x.want)
		}
	}
	if r.From != day(t, "2021-10-20") || r.To != day(t, "2022-04-15") || r.Day0 != day(t, "2022-05-05") || r.N != 120 {
		t.Errorf("window %s to %s, day 0 %s, %d returns", r.From, r.To, r.Day0, r.N)
	}
	if len(r.Days) != 31 || r.Days[0].Day != -10 || r.Days[30].Day != 20 || r.Days[10].Date != r.Day0 {
		t.Errorf("days: %d, from %d on %s to %d on %s", len(r.Days), r.Days[0].Day, r.Days[0].Date, r.Days[30].Day, r.Days[30].Date)
	}
	moved, censored := r.Notes[0], r.NotesOn(0)
	if moved.Code != market.MarketClosed || moved.Date != day(t, "2022-05-04") {
		t.Errorf("the market was closed on 4 May: %+v", moved)
	}
	if len(censored) != 1 || censored[0].Code != market.Censored || censored[0].Flag != market.LimitDown || censored[0].Limit.String() != "10" {
		t.Errorf("the fall of day 0 was cut off by the limit: %+v", censored)
	}
	for _, n := range r.Notes[1:] {
		if n.Date != r.Day0 {
			t.Errorf("an unexpected note: %+v", n)
		}
	}
}

// TestReferenceRates converts the closes that newspapers gave in dollars.
func TestReferenceRates(t *testing.T) {
	const table = "fx-ecb-eurofxref/eurofxref-hist.csv"
	rates, err := market.NewRates("EUR", "European Central Bank", 0,
		&market.Series{Title: "yuan", Currency: "CNY", Points: quotes(t, table, "CNY")},
		&market.Series{Title: "dollar", Currency: "USD", Points: quotes(t, table, "USD")})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ day, close, want, rate string }{
		{"2022-05-05", "38.24", "5.78", "6.61847"},
		{"2022-05-09", "34.88", "5.20", "6.71333"},
		{"2022-05-08", "34.80", "5.22", "6.67039"}, // a Sunday: the rate of Friday
	} {
		got, err := rates.Convert(number(t, x.close), "CNY", "USD", day(t, x.day), 2)
		if err != nil {
			t.Fatal(err)
		}
		if got.Result.String() != x.want || got.Rate.Inverse.String() != x.rate {
			t.Errorf("%s: %s CNY are %s USD at %s, want %s at %s", x.day, x.close, got.Result, got.Rate.Inverse, x.want, x.rate)
		}
	}
}
