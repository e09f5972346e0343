package lint

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/market"
	"github.com/dossier-report/dossier/generator/model"
)

// conversions looks whether values that were converted are what the figure and
// the rate make, and whether the rate is the one of its day, where the report
// holds a series of rates from the source that is named.
func (l *linter) conversions(f *model.Figure) {
	for i, q := range f.Equivalents {
		if q.Basis != model.Converted || q.Rate.IsZero() || f.Value.IsZero() || q.Value.IsZero() {
			continue
		}
		at := func(field string) string { return fmt.Sprintf("equivalents[%d].%s", i, field) }
		from, fromScale, ok1 := money(f.Unit)
		to, toScale, ok2 := money(q.Unit)
		if !ok1 || !ok2 || q.Rate.Float() == 0 {
			continue
		}
		// The record holds rounded numbers, and so does what they make.
		want := f.Value.Float() * fromScale / toScale / q.Rate.Float()
		if places := places(q.Value); math.Abs(want-q.Value.Float()) > 0.5*math.Pow10(-places)*(1+1e-9) {
			l.add("conversion-differs", f, at("value"), "", "%s %s at %s %s for one %s are %s %s, not %s", f.Value, f.Unit, q.Rate, from, to, market.Round(want, places), q.Unit, q.Value)
		}
		l.rate(f, q, at, from, to)
	}
}

// rate compares a recorded rate with the series of its source.
func (l *linter) rate(f *model.Figure, q model.Equivalent, at func(string) string, from, to string) {
	if q.RateDate.IsZero() || q.RateDate.First() != q.RateDate.Last() {
		return
	}
	rates := l.ratesOf(q.Source.ID)
	if rates == nil {
		return
	}
	got, err := rates.Rate(to, from, market.Day(q.RateDate.First()))
	if e := new(market.Error); errors.As(err, &e) {
		if e.Code == market.OldRate {
			l.add("conversion-differs", f, at("rate_date"), "", "%s", e.Message)
		}
		return // what the report does not hold it cannot compare
	}
	if got.Age > 0 {
		l.add("conversion-differs", f, at("rate_date"), "write rate_date: "+got.Day.String()+", which pages then show as an earlier day",
			"%s published no rate on %s; the last one before is that of %s", q.Source.ID, got.Asked, got.Day)
	}
	if now := got.Value.Round(places(q.Rate)); now.Cmp(decimal(q.Rate)) != 0 {
		var legs []string
		for _, leg := range got.Legs {
			legs = append(legs, fmt.Sprintf("%s %s for one %s", leg.Value, leg.Quote, leg.Base))
		}
		l.add("conversion-differs", f, at("rate"), "", "the rate of %s is %s, not %s: %s published %s", got.Day, now, q.Rate, q.Source.ID, strings.Join(legs, " and "))
	}
}

// ratesOf are the rates of one publisher, as far as the report holds them: the
// series that rest on it and whose unit is one currency for another.
func (l *linter) ratesOf(source string) *market.Rates {
	by := map[string][]*market.Series{} // by base
	for _, s := range l.view.Series {
		quote, base, ok := pair(s.Unit)
		if !ok || s.Currency != "" && string(s.Currency) != quote || !slices.ContainsFunc(s.Sources, func(r model.SourceRef) bool { return r.ID == source }) {
			continue
		}
		series := &market.Series{Title: s.ID, Currency: quote}
		for _, p := range s.Points {
			if v := decimal(p.Value); v.Stated() {
				series.Points = append(series.Points, market.Point{Day: market.Day(p.Date.First()), Value: v, Flag: market.Flag(p.Flag)})
			}
		}
		by[base] = append(by[base], series)
	}
	for _, base := range slices.Sorted(maps.Keys(by)) {
		if rates, err := market.NewRates(base, source, 0, by[base]...); err == nil {
			return rates // of one publisher against one currency; a second base would be another table
		}
	}
	return nil
}

var pairPattern = regexp.MustCompile(`^([A-Z]{3}) per ([A-Z]{3})$`)

// pair reads the unit of a series of rates, such as CNY per EUR.
func pair(unit string) (quote, base string, ok bool) {
	m := pairPattern.FindStringSubmatch(unit)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// money reads a unit such as CNY or USD billion.
func money(unit string) (currency string, scale float64, ok bool) {
	currency, word, _ := strings.Cut(strings.TrimSpace(unit), " ")
	scale, ok = map[string]float64{"": 1, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}[word]
	return currency, scale, ok && len(currency) == 3 && strings.ToUpper(currency) == currency
}

// places is how many digits of a number stand behind its point.
func places(n model.Number) int {
	_, digits, _ := strings.Cut(n.Decimal(), ".")
	return len(digits)
}
