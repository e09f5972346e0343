package market

// Rebase gives the series with the value of a day set to another, usually 100,
// and the others in proportion, rounded to as many digits behind the point. The
// result has the unit "index" and no currency. Without an observed value above
// zero on the day there is an [Error] with [NoDay].
func (s *Series) Rebase(day Day, to Decimal, places int) (*Series, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if to.Sign() <= 0 {
		return nil, fail(BadOption, "the value to rebase to is not above zero")
	}
	base, ok := s.On(day)
	if !ok || !base.observed() || base.Value.Sign() <= 0 {
		return nil, failOn(NoDay, day, "%s has no observed value above zero on %s", s.name(), day)
	}
	out := *s
	out.Unit, out.Currency, out.Limit = "index", "", Decimal{}
	out.Points = make([]Point, len(s.Points))
	for i, p := range s.Points {
		out.Points[i] = p
		if p.Value.Stated() {
			out.Points[i].Value = p.Value.times(to).over(base.Value).Round(places)
		}
	}
	return &out, nil
}

// Observation is a figure for a period, such as the revenue of a year.
type Observation struct {
	Period string // for messages: 2021, 2022-01/2022-06
	Value  Decimal
	Unit   string // CNY million
}

// Growth is how a figure changed.
type Growth struct {
	Absolute Decimal // later less earlier, exact
	Percent  Decimal // of the earlier figure, rounded
}

// Grow computes the growth from one observation to another, in percent with as
// many digits behind the point. Figures in different units are an [Error] with
// [UnitMismatch]; growth from zero or from a loss means nothing, and is one
// with [BadBase].
func Grow(earlier, later Observation, places int) (Growth, error) {
	switch {
	case !earlier.Value.Stated() || !later.Value.Stated():
		return Growth{}, fail(BadBase, "a figure of %s or %s is missing", earlier.Period, later.Period)
	case earlier.Unit != later.Unit:
		return Growth{}, fail(UnitMismatch, "%s is in %q and %s in %q", earlier.Period, earlier.Unit, later.Period, later.Unit)
	case earlier.Value.Sign() <= 0:
		return Growth{}, fail(BadBase, "the figure of %s is not above zero, so nothing can be said to grow from it", earlier.Period)
	}
	diff := later.Value.minus(earlier.Value)
	return Growth{Absolute: diff, Percent: diff.times(Int(100)).over(earlier.Value).Round(places)}, nil
}
