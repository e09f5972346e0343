package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/model"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		text, first, last string
		precision         model.Precision
		approx, ranged    bool
	}{
		{"2022", "2022-01-01", "2022-12-31", model.ByYear, false, false},
		{"2022-05", "2022-05-01", "2022-05-31", model.ByMonth, false, false},
		{"2022-02", "2022-02-01", "2022-02-28", model.ByMonth, false, false},
		{"2024-02", "2024-02-01", "2024-02-29", model.ByMonth, false, false},
		{"2022-12", "2022-12-01", "2022-12-31", model.ByMonth, false, false},
		{"2022-05-04", "2022-05-04", "2022-05-04", model.ByDay, false, false},
		{" 2022-05-04\n", "2022-05-04", "2022-05-04", model.ByDay, false, false},
		{"~2022-05", "2022-05-01", "2022-05-31", model.ByMonth, true, false},
		{"2022-05/2022-06", "2022-05-01", "2022-06-30", model.ByMonth, false, true},
		{"2022/2022-06-30", "2022-01-01", "2022-06-30", model.ByYear, false, true},
		{"~2022-05-04/2023", "2022-05-04", "2023-12-31", model.ByYear, true, true},
		{"2022-05-04/2022-05-04", "2022-05-04", "2022-05-04", model.ByDay, false, true},
		{"0001", "0001-01-01", "0001-12-31", model.ByYear, false, false},
		{"9999-12-31", "9999-12-31", "9999-12-31", model.ByDay, false, false},
		{"1900-02-28", "1900-02-28", "1900-02-28", model.ByDay, false, false},
	} {
		d, err := model.ParseDate(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if d.First().String() != c.first || d.Last().String() != c.last || d.Precision != c.precision || d.Approx != c.approx || d.Range != c.ranged || d.IsZero() {
			t.Errorf("%q is %s..%s %+v", c.text, d.First(), d.Last(), d)
		}
		if d.String() != strings.TrimSpace(c.text) {
			t.Errorf("%q is written %q", c.text, d)
		}
	}
}

func TestParseDateErrors(t *testing.T) {
	const forms = "write 2022, 2022-05, 2022-05-04, ~2022-05 or 2022-05/2022-06"
	const mixed = "day and month cannot be told apart; write year-month-day, such as 2022-05-04"
	for _, c := range []struct{ text, message, hint string }{
		{"", "the date is empty", ""},
		{"  ", "the date is empty", ""},
		{"soon", `"soon" is not a date`, forms},
		{"22-05-04", `"22-05-04" is not a date`, forms},
		{"2022-5-4", `"2022-5-4" is not a date`, "write 2022-05-04"},
		{"2022-5", `"2022-5" is not a date`, "write 2022-05"},
		{"2022/05/04", `"2022/05/04" is not a date`, "write 2022-05-04"},
		{"04/05/2022", `"04/05/2022" is not a date`, mixed},
		{"4.5.2022", `"4.5.2022" is not a date`, "write 2022-05-04"},
		{"20220504", `"20220504" is not a date`, "write 2022-05-04"},
		{"4 May 2022", `"4 May 2022" is not a date`, "write 2022-05-04"},
		{"May 4, 2022", `"May 4, 2022" is not a date`, "write 2022-05-04"},
		{"May 2022", `"May 2022" is not a date`, "write 2022-05"},
		{"5/2022", `"5/2022" is not a date`, "write 2022-05"},
		{"2022-05-04T10:00:00Z", `"2022-05-04T10:00:00Z" is not a date`, "write 2022-05-04"},
		{"2022-05-04 10:00:00", `"2022-05-04 10:00:00" is not a date`, "write 2022-05-04"},
		{"2022-13", "there is no day 2022-13", forms},
		{"2022-02-29", "there is no day 2022-02-29", forms},
		{"1900-02-29", "there is no day 1900-02-29", forms},
		{"2022-05-00", "there is no day 2022-05-00", forms},
		{"0000", "there is no day 0000", forms},
		{"2022-05-04-01", `"2022-05-04-01" is not a date`, forms},
		{"+2022", `"+2022" is not a date`, forms},
		{"2022--5", `"2022--5" is not a date`, forms},
		{"～2022", `"～2022" is not a date`, forms},
		{"２０２２", `"２０２２" is not a date`, forms},
		{"2022-05/2022-04", "the range ends before it begins", ""},
		{"2022-05/", `"" is not a date`, forms},
		{"/2022", `"" is not a date`, forms},
		{"2022-05/2022-6", `"2022-6" is not a date`, "write 2022-06"},
	} {
		_, err := model.ParseDate(c.text)
		if err == nil {
			t.Errorf("%q is read as a date", c.text)
			continue
		}
		hint := ""
		var de *model.DateError
		if errors.As(err, &de) {
			hint = de.Hint
		}
		if err.Error() != c.message || hint != c.hint {
			t.Errorf("%q: %q, hint %q; want %q, hint %q", c.text, err, hint, c.message, c.hint)
		}
	}
}

func TestDay(t *testing.T) {
	if d := model.NewDay(1, 1, 1); d != 1 || d.String() != "0001-01-01" {
		t.Errorf("the first day is %d, %s", d, d)
	}
	for _, bad := range [][3]int{{0, 1, 1}, {10000, 1, 1}, {2022, 0, 1}, {2022, 13, 1}, {2022, 2, 30}, {2022, 1, 0}} {
		if d := model.NewDay(bad[0], bad[1], bad[2]); d != 0 {
			t.Errorf("%v is the day %s", bad, d)
		}
	}
	if d := model.Day(0); d.String() != "" || !d.Time().IsZero() {
		t.Errorf("no day is %q", d)
	}
	prev := model.NewDay(1899, 12, 31)
	for at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2101; at = at.AddDate(0, 0, 1) {
		d := model.NewDay(at.Year(), int(at.Month()), at.Day())
		if d != prev+1 || !d.Time().Equal(at) {
			t.Fatalf("%s is %d after %d", at, d, prev)
		}
		prev = d
	}
	for _, text := range []string{"2022", "2022-05", "~2022-05-04", "2022-05-04/2022-05-04", "x"} {
		if _, err := model.ParseDay(text); err == nil {
			t.Errorf("%q is read as a day", text)
		}
	}
	if d := model.DateOf(0); !d.IsZero() {
		t.Error("no day is a date")
	}
	if d := model.DateOf(model.NewDay(2022, 5, 4)); d != model.MustDate("2022-05-04") {
		t.Errorf("got %v", d)
	}
}

func TestDateOrder(t *testing.T) {
	// Of two that begin together the one that ends first comes first.
	sorted := []string{"2021", "2022-01-01", "2022-01", "2022", "2022-02/2022-05", "2022-05", "2022-05-04", "~2022-05-04", "2023", ""}
	dates := make([]model.Date, len(sorted))
	for i, s := range sorted {
		if s != "" {
			dates[i] = model.MustDate(s)
		}
	}
	for i := range dates {
		for j := range dates {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := dates[i].Compare(dates[j]); got != want {
				t.Errorf("%q and %q compare as %d", sorted[i], sorted[j], got)
			}
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2021", "2022", true}, {"2022-05-04", "2022-05-05", true}, {"2022-05", "2022-05-31", false}, {"2022-05", "2022-06", true},
		{"2022", "2022-05", false}, {"2022-05", "2022", false}, {"2022-05/2022-07", "2022-07-31", false}, {"2022-05/2022-07", "2022-08", true},
	} {
		if got := model.MustDate(c.a).Before(model.MustDate(c.b)); got != c.want {
			t.Errorf("%s before %s is %v", c.a, c.b, got)
		}
	}
	if (model.Date{}).Before(model.MustDate("2022")) || model.MustDate("2022").Before(model.Date{}) {
		t.Error("no date lies before or after another")
	}
	from, to := model.MustDate("~2022-05/2023").Ends()
	if from != model.MustDate("~2022-05") || to != model.MustDate("2023") {
		t.Errorf("the ends are %v and %v", from, to)
	}
	if from, to := model.MustDate("2022-05").Ends(); from != to || from.String() != "2022-05" {
		t.Errorf("the ends are %v and %v", from, to)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2022", "~2022-05", "2022-05-04", "2022-05/2022-06", "4 May 2022", "04/05/2022", "2022-02-30", "////", "~~", "\xff", "2022-05-04T00:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := model.ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("%q is wrong, but %v", s, d)
			}
			return
		}
		if d.IsZero() || d.First() < 1 || d.First() > d.Last() || d.Last().Time().Year() > 9999 {
			t.Fatalf("%q is %s..%s", s, d.First(), d.Last())
		}
		again, err := model.ParseDate(d.String())
		if err != nil || again != d || d.Compare(again) != 0 || d.Before(again) {
			t.Fatalf("%q is written %q, which is %v, %v", s, d, again, err)
		}
		from, to := d.Ends()
		if from.First() != d.First() || to.Last() != d.Last() {
			t.Fatalf("the ends of %q are %v and %v", s, from, to)
		}
	})
}
