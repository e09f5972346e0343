package market

// Model is the model of what the return would have been without the event.
type Model string

// The models. The market model is the return of the index, times beta, plus
// alpha, by ordinary least squares; the constant mean is that of the
// estimation window, for a study without an index or against it; the
// market-adjusted model is the return of the index itself, with nothing
// estimated but the spread.
const (
	MarketModel    Model = "market_model"
	ConstantMean   Model = "constant_mean"
	MarketAdjusted Model = "market_adjusted"
)

// What a study does when nothing else is asked for.
const (
	DefaultLength = 120
	DefaultGap    = 11
	DefaultLevel  = 0.95
)

// MinLength is the number of returns below which nothing is estimated: the
// t statistics would rest on too little.
const MinLength = 30

// Options say how a study is made. All days are counted in days on which both
// series have an observed value; day 0 is that of the event. The zero Options
// but for Event are those of the literature's usual study.
type Options struct {
	Event   Day        // the day on which the news came out; day 0 is the first trading day from then on
	Model   Model      // MarketModel by default
	Returns ReturnKind // Simple by default

	Length int // returns in the estimation window, DefaultLength by default, 30 at least
	Gap    int // the estimation window ends so many days before day 0, DefaultGap by default

	From, To int      // first and last day of the event window; -10 and 20 when both are 0
	Windows  []Window // of which the cumulative abnormal return is asked; each inside the event window

	Level float64 // of the confidence band, between 0 and 1; DefaultLevel by default
}

// Window is a run of days around day 0, both ends included.
type Window struct{ From, To int }

// Result is a study. Returns are shares: -0.1 is a fall by a tenth. Everything
// that one must know beside the numbers stands in it.
type Result struct {
	Subject, Index Input
	Model          Model
	Returns        ReturnKind

	Event, Day0 Day // they differ when the market was closed or the subject halted; Notes say it

	N              int // returns in the estimation window
	Gap            int
	From, To       Day     // first and last day of the estimation window
	Alpha, Beta    float64 // 0 and 1 in the market-adjusted model, the mean and 0 in the constant one
	Sigma          float64 // standard error of the regression; of a daily abnormal return
	Freedom        int     // degrees of freedom of Sigma, of the t statistics and of the band
	Level          float64 // of the band
	Days           []AbnormalDay
	Windows        []CAR
	Notes          []Note
	mean, sxx, cut float64 // of the index in the estimation window; the quantile of the band
}

// Input is what a result must say of a series it was computed from.
type Input struct {
	Title, Calendar, Currency string
	Adjustment                Adjustment
}

// AbnormalDay is a day of the event window.
type AbnormalDay struct {
	Day         int // from day 0
	Since, Date Day // the return is that from Since, the observed day before
	Return      float64
	Index       float64 // return of the index; 0 in a study without one
	AR          float64 // abnormal return
	T           float64 // AR / sigma
	TForecast   float64 // the same with the error of the forecast
	CAR         float64 // sum of the abnormal returns from the first day of the window to this one
	Low, High   float64 // confidence band of CAR, with the error of the forecast
	Flag        Flag    // that of the subject; at a limit, AR is cut off: see Notes
}

// CAR is the cumulative abnormal return of a window.
type CAR struct {
	Window
	CAR       float64
	T         float64 // CAR / (sigma * sqrt(days))
	TForecast float64 // the same with the error of the forecast
	Low, High float64 // confidence band, with the error of the forecast
}

// NoteCode says what one must know to read a result.
type NoteCode string

// The notes. The first two say why day 0 is not the day of the event; then
// come those on single days.
const (
	MarketClosed       NoteCode = "market_closed"       // no trading from Event to the day before Day0
	SubjectHalted      NoteCode = "subject_halted"      // the index was quoted then, the subject was not
	AdjustmentDiffers  NoteCode = "adjustment_differs"  // prices of the one are adjusted in another way
	Censored           NoteCode = "censored"            // the price stood at the limit, so the abnormal return is cut off
	HaltedDay          NoteCode = "halted"              // a day without a price of its own, spanned by the next return
	FilledDay          NoteCode = "filled"              // the same, its value carried on from before
	MissingDay         NoteCode = "missing"             // the same, not in the series at all
	EstimatedDay       NoteCode = "estimated"           // its value is an estimate
	IndexEstimatedDay  NoteCode = "index_estimated"     // that of the index is
	CensoredEstimation NoteCode = "censored_estimation" // a day of the estimation window stood at the limit
)

// Note is a code with its data; the words come from the theme.
type Note struct {
	Code  NoteCode
	Day   int     // from day 0; that of the return which spans a day without one
	Date  Day     // the day it is about
	Flag  Flag    // of that day
	Limit Decimal // the daily limit in percent, when the series says it
}

// Study makes an event study of a subject against an index; the index may be
// nil with [ConstantMean]. The result has every number that was asked for, or
// there is none and an [Error] says why: [BadOption], [BadSeries],
// [CalendarMismatch], [NoDay], [TooFewDays], [Overlap] or [Degenerate].
func Study(subject, index *Series, o Options) (*Result, error) {
	if err := o.complete(index != nil); err != nil {
		return nil, err
	}
	if err := checkInputs(subject, index); err != nil {
		return nil, err
	}
	days := align(subject, index)
	zero, err := dayZero(subject, days, o.Event)
	if err != nil {
		return nil, err
	}
	if err := days.within(subject, zero, &o); err != nil {
		return nil, err
	}
	r := &Result{
		Subject: subject.input(), Model: o.Model, Returns: o.Returns, Event: o.Event, Day0: days[zero].day,
		N: o.Length, Gap: o.Gap, Level: o.Level,
	}
	if index != nil {
		r.Index = index.input()
	}
	first := zero - o.Gap - o.Length + 1
	if err := sameDays(subject, index, days[first-1:zero+o.To+1]); err != nil {
		return nil, err
	}
	r.From, r.To = days[first].day, days[first+o.Length-1].day
	if err := r.estimate(days.returns(first, first+o.Length, o.Returns)); err != nil {
		return nil, err
	}
	if err := r.abnormal(days, zero, o); err != nil {
		return nil, err
	}
	for _, w := range o.Windows {
		car, err := r.CAR(w.From, w.To)
		if err != nil {
			return nil, err
		}
		r.Windows = append(r.Windows, car)
	}
	r.note(subject, index, days, zero, o)
	return r, nil
}

func checkInputs(subject, index *Series) error {
	if subject == nil {
		return fail(BadOption, "there is no series to study")
	}
	if err := subject.prices(); err != nil || index == nil {
		return err
	}
	if err := index.prices(); err != nil {
		return err
	}
	return sameMarket(subject, index)
}

func (s *Series) input() Input {
	return Input{Title: s.Title, Calendar: s.Calendar, Currency: s.Currency, Adjustment: s.Adjustment}
}

// complete sets what was left open, and refuses what cannot be.
func (o *Options) complete(index bool) error {
	if o.Model == "" {
		o.Model = MarketModel
	}
	if o.Returns == "" {
		o.Returns = Simple
	}
	if o.Length == 0 {
		o.Length = DefaultLength
	}
	if o.Gap == 0 {
		o.Gap = DefaultGap
	}
	if o.From == 0 && o.To == 0 {
		o.From, o.To = -10, 20
	}
	if o.Level == 0 {
		o.Level = DefaultLevel
	}
	const most = 100_000 // no exchange has had so many days
	switch {
	case o.Model != MarketModel && o.Model != ConstantMean && o.Model != MarketAdjusted:
		return fail(BadOption, "no model %q", string(o.Model))
	case o.Model != ConstantMean && !index:
		return fail(BadOption, "the model %s needs an index", string(o.Model))
	case o.Event <= 0:
		return fail(BadOption, "there is no day of the event")
	case o.Length < MinLength || o.Length > most:
		return fail(TooFewDays, "an estimation window of %d days; it takes at least %d", o.Length, MinLength)
	case o.Gap < 1 || o.Gap > most:
		return fail(BadOption, "a gap of %d days between the estimation window and the event", o.Gap)
	case o.From > o.To || o.From < -most || o.To > most:
		return fail(BadOption, "an event window from day %d to day %d", o.From, o.To)
	case o.From <= -o.Gap:
		return fail(Overlap, "the event window begins on day %d, but the estimation window ends on day %d", o.From, -o.Gap)
	case !(o.Level > 0 && o.Level < 1):
		return fail(BadOption, "a confidence level of %g", o.Level)
	}
	return checkReturns(o.Returns)
}
