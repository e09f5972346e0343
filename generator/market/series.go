package market

import (
	"math"
	"slices"
)

// Series is what was observed on a row of days, with what one must know to
// compute with it.
type Series struct {
	Title      string     // for results and messages
	Unit       string     // CNY, points, CNY per EUR
	Currency   string     // ISO 4217, of a price; of rates, the currency that is counted
	Calendar   string     // MIC of the exchange whose trading days it follows
	Timezone   string     // IANA name of the zone in which its days lie
	Adjustment Adjustment // what was done to the prices
	Limit      Decimal    // how far a price may move in a day, in percent; none when there is no limit
	Points     []Point    // by day, each day once
}

// Point is what was observed on a day.
type Point struct {
	Day   Day
	Value Decimal // none on a day without one
	Flag  Flag
}

// Flag says how a value came about. The words are those of the records.
type Flag string

// The flags of points.
const (
	Traded    Flag = "traded" // as is a point without a flag
	Halted    Flag = "halted"
	Filled    Flag = "filled" // carried on from an earlier day
	Estimated Flag = "estimated"
	LimitUp   Flag = "limit_up"
	LimitDown Flag = "limit_down"
)

// atLimit reports whether the price could not move on.
func (f Flag) atLimit() bool { return f == LimitUp || f == LimitDown }

// Adjustment says what was done to prices.
type Adjustment string

// The adjustments.
const (
	Unadjusted  Adjustment = "none"
	Split       Adjustment = "split"
	TotalReturn Adjustment = "total-return"
	Additive    Adjustment = "additive"
)

// observed reports whether a price was made on the day.
func (p Point) observed() bool { return p.Value.Stated() && p.Flag != Halted && p.Flag != Filled }

// Check reports days out of order and flags that do not exist, as an [Error]
// with [BadSeries].
func (s *Series) Check() error {
	for i, p := range s.Points {
		switch {
		case p.Day <= 0:
			return fail(BadSeries, "point %d of %s has no day", i+1, s.name())
		case i > 0 && p.Day <= s.Points[i-1].Day:
			return failOn(BadSeries, p.Day, "%s: %s does not come after %s", s.name(), p.Day, s.Points[i-1].Day)
		}
		switch p.Flag {
		case "", Traded, Halted, Filled, Estimated, LimitUp, LimitDown:
		default:
			return failOn(BadSeries, p.Day, "%s: no flag %q", s.name(), string(p.Flag))
		}
	}
	return nil
}

// prices is Check, and that every value is above zero: there is no return from
// nothing.
func (s *Series) prices() error {
	if err := s.Check(); err != nil {
		return err
	}
	for _, p := range s.Points {
		if p.Value.Stated() && p.Value.Sign() <= 0 {
			return failOn(BadSeries, p.Day, "%s: the value on %s is not above zero", s.name(), p.Day)
		}
	}
	return nil
}

func (s *Series) name() string {
	if s.Title == "" {
		return "the series"
	}
	return s.Title
}

// On is the point of a day.
func (s *Series) On(day Day) (Point, bool) {
	i, ok := slices.BinarySearchFunc(s.Points, day, func(p Point, d Day) int { return int(p.Day) - int(d) })
	if !ok {
		return Point{}, false
	}
	return s.Points[i], true
}

// ReturnKind is the way returns are computed.
type ReturnKind string

// The kinds of returns: value/before - 1, and the logarithm of value/before.
// Simple returns are the default.
const (
	Simple ReturnKind = "simple"
	Log    ReturnKind = "log"
)

// Return is the change from one observed day to the next, as a share: -0.1 is a
// fall by a tenth.
type Return struct {
	Since, Day Day // Since is the observed day before
	Value      float64
	Flag       Flag // that of Day
}

// Returns computes the returns of a series of prices. A day on which trading
// was halted, or whose value was carried on, has none: the next return spans
// it. A value that is not above zero is an [Error].
func (s *Series) Returns(kind ReturnKind) ([]Return, error) {
	if err := checkReturns(kind); err != nil {
		return nil, err
	}
	if err := s.prices(); err != nil {
		return nil, err
	}
	var out []Return
	var last Point
	for _, p := range s.Points {
		if !p.observed() {
			continue
		}
		if last.Day != 0 {
			v := change(last.Value.Float(), p.Value.Float(), kind)
			if !finite(v) {
				return nil, failOn(Degenerate, p.Day, "%s: the return on %s is beyond all bounds", s.name(), p.Day)
			}
			out = append(out, Return{Since: last.Day, Day: p.Day, Value: v, Flag: p.Flag})
		}
		last = p
	}
	return out, nil
}

func checkReturns(kind ReturnKind) error {
	switch kind {
	case "", Simple, Log:
		return nil
	}
	return fail(BadOption, "no returns %q", string(kind))
}

func change(before, value float64, kind ReturnKind) float64 {
	if kind == Log {
		return math.Log(value / before)
	}
	return value/before - 1
}

func finite(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// MarkLimits gives the series with a flag on every day whose price is the
// highest or the lowest that the exchange allowed: the value of the observed
// day before, moved by the limit in percent and rounded to a step of price.
// Points that bear another flag than traded keep it. On a day on which a
// dividend or a split takes effect exchanges count from another price, so such
// a day is not found in unadjusted prices.
func (s *Series) MarkLimits(percent, step Decimal) (*Series, error) {
	if err := s.prices(); err != nil {
		return nil, err
	}
	if percent.Sign() <= 0 || percent.Cmp(Int(100)) >= 0 || step.Sign() <= 0 {
		return nil, fail(BadOption, "a limit lies between 0 and 100 percent, and a step of price is above zero")
	}
	out := *s
	out.Limit = percent
	out.Points = slices.Clone(s.Points)
	up, down := Int(100).plus(percent).over(Int(100)), Int(100).minus(percent).over(Int(100))
	var last Decimal
	for i, p := range out.Points {
		if !p.observed() {
			continue
		}
		if last.Stated() && (p.Flag == "" || p.Flag == Traded) {
			switch {
			case p.Value.Cmp(toStep(last.times(up), step)) == 0:
				out.Points[i].Flag = LimitUp
			case p.Value.Cmp(toStep(last.times(down), step)) == 0:
				out.Points[i].Flag = LimitDown
			}
		}
		last = p.Value
	}
	return &out, nil
}

func toStep(x, step Decimal) Decimal { return x.over(step).Round(0).times(step) }
