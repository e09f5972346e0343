package market_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/market"
)

func TestDays(t *testing.T) {
	for _, x := range []struct{ in, want string }{
		{"2022-05-04", "2022-05-04"}, {"2022/5/4", "2022-05-04"}, {"2020-02-29", "2020-02-29"}, {"0001-01-01", "0001-01-01"}, {"9999-12-31", "9999-12-31"},
		{"2021-02-29", ""}, {"2022-05", ""}, {"22-05-04", ""}, {"2022-5/4", ""}, {"2022-+5-4", ""}, {"2022-13-01", ""}, {"0000-01-01", ""}, {"2022-05-04T", ""}, {"", ""},
	} {
		got, ok := market.ParseDay(x.in)
		if got.String() != x.want || ok != (x.want != "") {
			t.Errorf("ParseDay(%q) = %s, %t", x.in, got, ok)
		}
	}
	if d, _ := market.NewDay(1, 1, 1); d != 1 {
		t.Errorf("1 January of the year 1 is day %d, want 1, as in package model", d)
	}
}

func TestDecimals(t *testing.T) {
	for _, s := range []string{"", "-", ".5", "5.", "1e5", "+1", "--1", "1,5", "NaN", "Infinity", "0x1", " 1", strings.Repeat("9", 41)} {
		if d, ok := market.ParseDecimal(s); ok || d.Stated() {
			t.Errorf("ParseDecimal(%q) = %s", s, d)
		}
	}
	for _, x := range []struct {
		in     string
		places int
		want   string
	}{
		{"0.125", 2, "0.13"}, {"-0.125", 2, "-0.13"}, {"1.5", 0, "2"}, {"-0.4", 0, "0"}, {"7", 2, "7.00"}, {"1.005", 2, "1.01"}, {"38.24", -3, "38"},
		{strings.Repeat("9", 40), 30, strings.Repeat("9", 40) + "." + strings.Repeat("0", 30)},
	} {
		if got := number(t, x.in).Round(x.places); got.String() != x.want {
			t.Errorf("%s to %d places is %s, want %s", x.in, x.places, got, x.want)
		}
	}
	for _, x := range []struct {
		in   float64
		want string
	}{{-0.0972430001, "-0.097243"}, {0.1 + 0.2, "0.300000"}, {-1e-9, "0.000000"}, {0.0000005, "0.000001"}, {math.NaN(), ""}, {math.Inf(-1), ""}, {1e300, "1" + strings.Repeat("0", 300)}} {
		if got := market.Round(x.in, 6).String(); got != x.want && !strings.HasPrefix(x.want, "1000") {
			t.Errorf("Round(%g) = %s, want %s", x.in, got, x.want)
		}
	}
	// The last bits differ from processor to processor; what is printed must not.
	if a, b := market.Round(0.1234565, 6), market.Round(math.Nextafter(0.1234565, 0), 6); a.String() != b.String() {
		t.Errorf("%s and %s", a, b)
	}
}

func TestReturns(t *testing.T) {
	s := series(t, "Share", "2022-04-29 42.49", "2022-05-05 38.24 limit_down", "2022-05-06 38.24 halted", "2022-05-09 34.88", "2022-05-10 -", "2022-05-11 35.43")
	got, err := s.Returns(market.Simple)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range got {
		fmt.Fprintf(&b, "%s %s %s %s\n", r.Since, r.Day, market.Round(r.Value, 6), r.Flag)
	}
	if want := "2022-04-29 2022-05-05 -0.100024 limit_down\n2022-05-05 2022-05-09 -0.087866 \n2022-05-09 2022-05-11 0.015768 \n"; b.String() != want {
		t.Errorf("returns\n%swant\n%s", b.String(), want)
	}
	log, err := s.Returns(market.Log)
	if err != nil || math.Abs(math.Exp(log[0].Value)-38.24/42.49) > 1e-15 {
		t.Errorf("log return %v, %v", log, err)
	}
	if _, err := series(t, "Share", "2022-04-29 0", "2022-05-05 1").Returns(market.Simple); code(err) != market.BadSeries {
		t.Errorf("a return from nothing: %v", err)
	}
}

// series makes one of lines: day, value or -, flag.
func series(t testing.TB, title string, lines ...string) *market.Series {
	t.Helper()
	s := &market.Series{Title: title}
	for _, line := range lines {
		f := strings.Fields(line)
		p := market.Point{Day: day(t, f[0])}
		if f[1] != "-" {
			p.Value = number(t, f[1])
		}
		if len(f) > 2 {
			p.Flag = market.Flag(f[2])
		}
		s.Points = append(s.Points, p)
	}
	return s
}

func TestLimits(t *testing.T) {
	s := series(t, "Share", "2022-04-28 40.87", "2022-04-29 42.49", "2022-05-05 38.24", "2022-05-06 42.06", "2022-05-09 46.27 estimated", "2022-05-10 50.89", "2022-05-11 45.81")
	got, err := s.MarkLimits(market.Int(10), number(t, "0.01"))
	if err != nil {
		t.Fatal(err)
	}
	var flags []string
	for _, p := range got.Points {
		flags = append(flags, string(p.Flag))
	}
	// 42.49 less a tenth is 38.241, to the cent 38.24; 38.24 and a tenth 42.064; 46.27 is flagged already; 46.27 and a tenth is 50.897, not 50.89.
	if want := ",,limit_down,limit_up,estimated,,"; strings.Join(flags, ",") != want {
		t.Errorf("flags %q, want %q", strings.Join(flags, ","), want)
	}
	if s.Points[2].Flag != "" || got.Limit.String() != "10" {
		t.Error("the series itself was changed, or the limit is not said")
	}
	if _, err := s.MarkLimits(market.Int(100), number(t, "0.01")); code(err) != market.BadOption {
		t.Errorf("a limit of 100 percent: %v", err)
	}
}

func TestRebase(t *testing.T) {
	s := series(t, "Share", "2022-04-28 40.87", "2022-04-29 42.49", "2022-05-04 -", "2022-05-05 38.24 limit_down")
	s.Currency, s.Unit = "CNY", "CNY"
	got, err := s.Rebase(day(t, "2022-04-29"), market.Int(100), 1)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range got.Points {
		fmt.Fprintf(&b, "%s %s %s\n", p.Day, p.Value, p.Flag)
	}
	if want := "2022-04-28 96.2 \n2022-04-29 100.0 \n2022-05-04  \n2022-05-05 90.0 limit_down\n"; b.String() != want || got.Unit != "index" || got.Currency != "" {
		t.Errorf("%q in %s %s\n%swant\n%s", got.Title, got.Unit, got.Currency, b.String(), want)
	}
	for _, d := range []string{"2022-05-04", "2022-05-01"} {
		if _, err := s.Rebase(day(t, d), market.Int(100), 1); code(err) != market.NoDay {
			t.Errorf("rebased on %s: %v", d, err)
		}
	}
}

func TestGrow(t *testing.T) {
	at := func(period, value, unit string) market.Observation {
		return market.Observation{Period: period, Value: number(t, value), Unit: unit}
	}
	got, err := market.Grow(at("2020", "63503.45", "CNY million"), at("2021", "81420.05", "CNY million"), 2)
	if err != nil || got.Absolute.String() != "17916.60" || got.Percent.String() != "28.21" {
		t.Errorf("%s, %s percent, %v", got.Absolute, got.Percent, err)
	}
	for _, x := range []struct {
		a, b market.Observation
		want string
	}{
		{at("2020", "1", "CNY"), at("2021", "2", "USD"), `2020 is in "CNY" and 2021 in "USD"`},
		{at("2020", "-1", "CNY"), at("2021", "2", "CNY"), "the figure of 2020 is not above zero, so nothing can be said to grow from it"},
		{market.Observation{Period: "2020"}, at("2021", "2", ""), "a figure of 2020 or 2021 is missing"},
	} {
		if _, err := market.Grow(x.a, x.b, 2); err == nil || err.Error() != x.want {
			t.Errorf("%v, want %s", err, x.want)
		}
	}
}

func rates(t testing.TB, maxAge int) *market.Rates {
	t.Helper()
	usd := series(t, "dollar", "2022-04-29 1.0540", "2022-05-02 1.0524", "2022-05-05 1.0568", "2022-05-06 -")
	cny := series(t, "yuan", "2022-04-29 6.9441", "2022-05-05 6.9944", "2022-05-06 7.0506")
	usd.Currency, cny.Currency = "USD", "CNY"
	r, err := market.NewRates("EUR", "the bank", maxAge, usd, cny)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRates converts through the euro, on days with rates and without.
func TestRates(t *testing.T) {
	r := rates(t, 0)
	for _, x := range []struct{ amount, from, to, on, want string }{
		{"38.24", "CNY", "USD", "2022-05-05", "5.78 at 0.151092 (6.61847) of 2022-05-05, 0 days old, legs [{EUR CNY 6.9944} {EUR USD 1.0568}]"},
		{"38.24", "CNY", "USD", "2022-05-06", "5.78 at 0.151092 (6.61847) of 2022-05-05, 1 days old, legs [{EUR CNY 6.9944} {EUR USD 1.0568}]"},
		{"100", "USD", "CNY", "2022-05-04", "658.83 at 6.58833 (0.151784) of 2022-04-29, 5 days old, legs [{EUR USD 1.0540} {EUR CNY 6.9441}]"},
		{"100", "EUR", "USD", "2022-05-03", "105.24 at 1.05240 (0.950209) of 2022-05-02, 1 days old, legs [{EUR USD 1.0524}]"},
		{"100", "CNY", "EUR", "2022-05-06", "14.18 at 0.141832 (7.05060) of 2022-05-06, 0 days old, legs [{EUR CNY 7.0506}]"},
		{"100.5", "CNY", "CNY", "2000-01-01", "100.50 at 1 (1) of 2000-01-01, 0 days old, legs []"},
		{"1", "CNY", "USD", "2022-05-13", "old_rate: the last rate from CNY to USD before 2022-05-13 is that of 2022-05-05, more than 7 days earlier"},
		{"1", "CNY", "USD", "2022-04-28", "no_rate: the bank has no rate from CNY to USD on or before 2022-04-28"},
		{"1", "CNY", "GBP", "2022-05-05", `no_rate: the bank has no rates of "GBP"`},
	} {
		got := ""
		c, err := r.Convert(number(t, x.amount), x.from, x.to, day(t, x.on), 2)
		if err != nil {
			got = string(code(err)) + ": " + err.Error()
		} else {
			got = fmt.Sprintf("%s at %s (%s) of %s, %d days old, legs %v", c.Result, c.Rate.Value, c.Rate.Inverse, c.Rate.Day, c.Rate.Age, c.Rate.Legs)
			if c.Rate.Source != "the bank" || c.Amount.String() != x.amount || c.Rate.Asked != day(t, x.on) {
				t.Errorf("the result does not say where it comes from: %+v", c)
			}
		}
		if got != x.want {
			t.Errorf("%s %s to %s on %s: %s\nwant %s", x.amount, x.from, x.to, x.on, got, x.want)
		}
	}
	if _, err := rates(t, -1).Rate("CNY", "USD", day(t, "2022-05-06")); code(err) != market.OldRate {
		t.Errorf("a rate of the day before, where only that of the day is good: %v", err)
	}
	usd := series(t, "dollar", "2022-04-29 1.0540")
	usd.Currency = "EUR"
	if _, err := market.NewRates("EUR", "the bank", 0, usd); code(err) != market.BadSeries {
		t.Errorf("rates of the base against itself: %v", err)
	}
}

func TestReadCSV(t *testing.T) {
	for _, x := range []struct{ name, text, column, want string }{
		{"vendor", "\ufeffdate,code,open,close\r\n2022-04-29,002415,41.1,42.49\r\n2022-05-05,002415,38.24,38.24\r\n", "", "2022-04-29 42.49 |2022-05-05 38.24 |"},
		{"newest first, gaps", "Date,USD,CNY,\n2022-05-05,1.0568,N/A,\n2022/5/4,1.0531,6.9594,\n", "cny", "2022-05-04 6.9594 |2022-05-05  |"},
		{"ours", "date,value,flag\n2022-05-05,38.24,limit_down\n", "", "2022-05-05 38.24 limit_down|"},
		{"empty", "", "", "1: the file has no header"},
		{"no date", "day,close\n", "", `1: there is no column "date"`},
		{"no value", "date,open\n", "", `1: there is no column "close" or "value"`},
		{"no such column", "date,close\n", "last", `1: there is no column "last"`},
		{"bad day", "date,close\n2022-05-05,1\n2022-05-32,1\n", "", `3: "2022-05-32" is no day`},
		{"bad number", "date,close\n2022-05-05,\"1,5\"\n", "", `2: "1,5" is no number`},
		{"ragged", "date,close\n2022-05-05\n", "", "2: wrong number of fields"},
		{"twice", "date,close\n2022-05-05,1\n2022-05-05,2\n", "", "0: the file: 2022-05-05 does not come after 2022-05-05"},
		{"flag", "date,close,flag\n2022-05-05,1,x\n", "", `0: the file: no flag "x"`},
	} {
		points, err := market.ReadCSV([]byte(x.text), x.column)
		got := ""
		for _, p := range points {
			got += fmt.Sprintf("%s %s %s|", p.Day, p.Value, p.Flag)
		}
		if err != nil {
			got = fmt.Sprintf("%d: %s", err.(*market.Error).Line, err)
			if code(err) != market.BadFile {
				t.Errorf("%s: code %s", x.name, code(err))
			}
		}
		if got != x.want {
			t.Errorf("%s: %s\nwant %s", x.name, got, x.want)
		}
	}
}

// FuzzReadCSV reads anything: no panic, and what is read is a good series.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("date,close\n2022-05-05,38.24\n"), "")
	f.Add([]byte("\ufeffDate,USD,\n2022/5/4,N/A,\n"), "usd")
	f.Add([]byte("date,value,flag\n\"2022-05-05\",,halted\n"), "")
	f.Fuzz(func(t *testing.T, text []byte, column string) {
		points, err := market.ReadCSV(text, column)
		if err != nil {
			if code(err) != market.BadFile || points != nil {
				t.Fatalf("%v with %d points", err, len(points))
			}
			return
		}
		s := &market.Series{Points: points}
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		if returns, err := s.Returns(market.Log); err == nil {
			for _, r := range returns {
				if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) {
					t.Fatalf("return %g", r.Value)
				}
			}
		}
		if len(points) > 0 {
			if r, err := s.Rebase(points[0].Day, market.Int(100), 1); err == nil && r.Points[0].Value.String() != "100.0" {
				t.Fatalf("rebased to %s", r.Points[0].Value)
			}
		}
	})
}

func Example() {
	day := func(s string) market.Day { d, _ := market.ParseDay(s); return d }
	number := func(s string) market.Decimal { d, _ := market.ParseDecimal(s); return d }

	// What a price was worth in dollars, on a day on which no rate was published.
	rates, err := market.NewRates("EUR", "European Central Bank", 0,
		&market.Series{Currency: "CNY", Points: []market.Point{{Day: day("2022-05-06"), Value: number("7.0506")}}},
		&market.Series{Currency: "USD", Points: []market.Point{{Day: day("2022-05-06"), Value: number("1.0570")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := rates.Convert(number("34.80"), "CNY", "USD", day("2022-05-08"), 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("CNY %s = USD %s, at %s CNY per USD of %s, %d days earlier (%s)\n",
		c.Amount, c.Result, c.Rate.Inverse, c.Rate.Day, c.Rate.Age, c.Rate.Source)
	_, err = rates.Convert(number("34.80"), "CNY", "USD", day("2022-06-01"), 2)
	fmt.Println(err)
	// Output:
	// CNY 34.80 = USD 5.22, at 6.67039 CNY per USD of 2022-05-06, 2 days earlier (European Central Bank)
	// the last rate from CNY to USD before 2022-06-01 is that of 2022-05-06, more than 7 days earlier
}

func ExampleStudy() {
	// A share that follows its index, but for day 0, when it falls by its limit.
	number := func(f string, args ...any) market.Decimal {
		d, _ := market.ParseDecimal(fmt.Sprintf(f, args...))
		return d
	}
	share, index := &market.Series{Title: "Share", Limit: market.Int(10)}, &market.Series{Title: "Index"}
	price, level := 100.0, 1000.0
	for i := range 100 {
		move := 0.01 * float64(i*i%7-3)
		level *= 1 + move
		price *= 1 + move + 0.002*float64(i%5-2)
		p := market.Point{Day: market.Day(738000 + i)}
		if i == 90 {
			price *= 0.9
			p.Flag = market.LimitDown
		}
		p.Value = number("%.2f", price)
		share.Points = append(share.Points, p)
		index.Points = append(index.Points, market.Point{Day: p.Day, Value: number("%.2f", level)})
	}
	r, err := market.Study(share, index, market.Options{Event: share.Points[90].Day, Length: 60, From: -1, To: 5, Windows: []market.Window{{From: 0, To: 1}}})
	if err != nil {
		fmt.Println(err) // no number, but why
		return
	}
	w := r.Windows[0]
	fmt.Printf("CAR[%d,%d] %s, %s estimated on %d days, index %s\n", w.From, w.To, market.Round(w.CAR, 3), r.Model, r.N, r.Index.Title)
	for _, n := range r.NotesOn(0) {
		fmt.Printf("day %d: %s, %s, limit %s percent\n", n.Day, n.Code, n.Flag, n.Limit)
	}
	// Output:
	// CAR[0,1] -0.104, market_model estimated on 60 days, index Index
	// day 0: censored, limit_down, limit 10 percent
}
