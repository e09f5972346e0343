package market

import (
	"slices"
	"sort"
)

// DefaultRateAge is how old a rate may be, in days: longer than any row of
// holidays on which the European Central Bank publishes none.
const DefaultRateAge = 7

// Rates are daily rates of several currencies against one, by one publisher.
type Rates struct {
	base   string
	source string
	maxAge int
	by     map[string][]Point
}

// NewRates takes series of rates: how many units of its currency one unit of
// the base is worth. The source is that of all of them, and comes back in every
// result. maxAge is the number of days up to which an earlier rate stands for a
// missing one; 0 means [DefaultRateAge], less than 0 that the rate must be of
// the day itself.
func NewRates(base, source string, maxAge int, series ...*Series) (*Rates, error) {
	r := &Rates{base: base, source: source, maxAge: maxAge, by: map[string][]Point{}}
	if maxAge == 0 {
		r.maxAge = DefaultRateAge
	}
	r.maxAge = max(r.maxAge, 0)
	for _, s := range series {
		if s.Currency == "" || s.Currency == base || r.by[s.Currency] != nil {
			return nil, fail(BadSeries, "%s is no series of rates of a currency of its own against %s", s.name(), base)
		}
		if err := s.prices(); err != nil {
			return nil, err
		}
		points := slices.DeleteFunc(slices.Clone(s.Points), func(p Point) bool { return !p.observed() })
		if len(points) == 0 {
			return nil, fail(NoRate, "%s holds no rate", s.name())
		}
		r.by[s.Currency] = points
	}
	return r, nil
}

// Rate is what one unit of From was worth on a day.
type Rate struct {
	From, To string
	Value    Decimal // units of To for one of From, six significant digits
	Inverse  Decimal // units of From for one of To, six significant digits
	Asked    Day     // the day asked for
	Day      Day     // the day of the rate: the last published one
	Age      int     // days between them; above 0 the result must say so
	Legs     []Leg   // the published rates it was computed from; none between a currency and itself
	Source   string

	exact Decimal // Value in full
}

// Leg is a rate as it was published: units of Quote for one of Base.
type Leg struct {
	Base, Quote string
	Value       Decimal
}

// Rate is the rate between two currencies on a day, through the base when
// neither is it; both legs are then of the same day. A day without rates takes
// the last published ones and says so in Age. When there are none, or they are
// too old, there is an [Error] with [NoRate] or [OldRate].
func (r *Rates) Rate(from, to string, day Day) (Rate, error) {
	out := Rate{From: from, To: to, Asked: day, Day: day, Source: r.source}
	for _, c := range []string{from, to} {
		if c != r.base && r.by[c] == nil {
			return Rate{}, failOn(NoRate, day, "%s has no rates of %q", r.source, c)
		}
	}
	if from == to {
		out.exact, out.Value, out.Inverse = Int(1), Int(1), Int(1)
		return out, nil
	}
	pa, pb, found := r.last(from, to, day)
	if !found {
		return Rate{}, failOn(NoRate, day, "%s has no rate from %s to %s on or before %s", r.source, from, to, day)
	}
	a, b := Int(1), Int(1)
	if from != r.base {
		a, out.Day = pa.Value, pa.Day
		out.Legs = append(out.Legs, Leg{r.base, from, a})
	}
	if to != r.base {
		b, out.Day = pb.Value, pb.Day
		out.Legs = append(out.Legs, Leg{r.base, to, b})
	}
	out.Age = int(day - out.Day)
	if out.Age > r.maxAge {
		return Rate{}, failOn(OldRate, out.Day, "the last rate from %s to %s before %s is that of %s, more than %d days earlier", from, to, day, out.Day, r.maxAge)
	}
	out.exact = b.over(a)
	out.Value, out.Inverse = out.exact.significant(6), a.over(b).significant(6)
	return out, nil
}

// last finds the last day up to another on which all that is needed was
// published. The base needs nothing.
func (r *Rates) last(from, to string, day Day) (a, b Point, found bool) {
	xs, ys := r.by[from], r.by[to]
	i, j := upTo(xs, day), upTo(ys, day)
	switch {
	case from == r.base:
		if j < 0 {
			return a, b, false
		}
		return a, ys[j], true
	case to == r.base:
		if i < 0 {
			return a, b, false
		}
		return xs[i], b, true
	}
	for i >= 0 && j >= 0 {
		switch x, y := xs[i], ys[j]; {
		case x.Day == y.Day:
			return x, y, true
		case x.Day > y.Day:
			i--
		default:
			j--
		}
	}
	return a, b, false
}

// upTo is the index of the last point up to a day; -1 when there is none.
func upTo(points []Point, day Day) int {
	return sort.Search(len(points), func(i int) bool { return points[i].Day > day }) - 1
}

// Conversion is an amount in two currencies, and the rate between them.
type Conversion struct {
	Amount Decimal // as it was given
	Result Decimal // in the currency Rate.To, rounded
	Rate   Rate
}

// Convert converts an amount at the rate of a day, with as many digits behind
// the point. The amount is converted at the full rate, not at the rounded one
// that is shown. Errors are those of Rate.
func (r *Rates) Convert(amount Decimal, from, to string, day Day, places int) (Conversion, error) {
	if !amount.Stated() {
		return Conversion{}, fail(BadOption, "there is no amount to convert")
	}
	rate, err := r.Rate(from, to, day)
	if err != nil {
		return Conversion{}, err
	}
	out := amount.times(rate.exact).Round(places)
	if !out.Stated() {
		return Conversion{}, failOn(Degenerate, day, "the amount is too large to convert")
	}
	return Conversion{Amount: amount, Result: out, Rate: rate}, nil
}
