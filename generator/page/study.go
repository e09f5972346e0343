package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// Study is a recorded event study: what the price of a share did around an
// event, beyond what a model of normal returns leads to expect. Every number
// is as recorded; "check" computes them again where the input is at hand.
type Study struct {
	Anchor    string // "study-" and the id
	ID        string
	Title     Text
	Subject   Link
	Event     Link // ID is empty when none is named
	EventDay  Date
	Model     string // "market_model", "constant_mean", "market_adjusted"
	Returns   string // "simple", "log"
	Benchmark string // name of the index; empty when none is used
	Length    Number // of the estimation, in trading days
	Gap       Number // trading days between estimation and event
	From, To  Date   // of the estimation
	Alpha     Number // a daily return
	Beta      Number
	Sigma     Number        // standard error of the regression, a daily return
	Level     Number        // confidence level of the intervals, in percent
	Limit     Number        // how far the exchange lets the price move in a day, in percent; without Decimal when it is not stated
	Windows   []StudyWindow // cumulative abnormal returns; the first is the headline
	Days      []StudyDay
	Chart     *Chart      // nil when there is too little to draw
	Effect    []EffectDay // the days next to the event, with prices where the report may print them
	More      Link        // the page with all of the study, where this is a part of it; else without ID
	Cut       []StudyDay  // of Days, those whose price a limit of the exchange cut off, or on which there was none
	Inputs    []StudyInput
	Command   string
	Caveat    HTML
	Note      HTML
	Grade     string
	Refs      []Ref
	Revisions []Revision
}

// StudyWindow is a cumulative abnormal return over days from the event. Returns
// are fractions: -0.159677 is -15.9677 %.
type StudyWindow struct {
	From, To  Number // days from the event
	Dates     Date   // from the day of From to that of To, where the study lists both
	CAR       Number
	Low, High Number // of its confidence interval; without Decimal where the study does not give it
	T         Number // without forecast error
	TForecast Number // with forecast error
}

// StudyDay is one trading day around the event.
type StudyDay struct {
	Day  Number
	Date Date
	AR   Number // abnormal return, a fraction
	CAR  Number // sum of the abnormal returns since the first day listed
	T    Number
	Flag string // "halted", "filled", "estimated", "limit_up", "limit_down"; empty for a day of trading
}

// EffectDay is what the price did on a day next to the event, beside what the
// index did. A price stands here only where its series may be handed on.
type EffectDay struct {
	StudyDay
	Close     Number // of the day; without Decimal when it is not recorded
	Change    Number // in percent, from the trading day before; without Decimal when it is not recorded
	Benchmark Number // the same of the index
}

// StudyInput is a file from which a study was computed.
type StudyInput struct {
	Title      string
	Role       string // "subject", "benchmark"; empty when it is not stated
	Adjustment string // of its prices: "none", "split", "total-return", "additive"; empty when it is not stated
	SHA256     string
	Source     Link
	Refs       []Ref
}

func studyAnchor(id string) string { return "study-" + id }

// studies are those of a record, by day.
func (c *composer) studies(list []*model.Study) []Study {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b *model.Study) int {
		return cmp.Or(a.EventDay.Compare(b.EventDay), cmp.Compare(a.ID, b.ID))
	})
	var out []Study
	for _, s := range list {
		out = append(out, c.study(s, func() *Chart {
			if len(s.Days) == 0 {
				return nil // only sums were recorded
			}
			return c.drawn("study", c.studySpec("study-"+s.ID+"-chart", s), &s.Record, nil, "")
		}))
	}
	return out
}

// study is a recorded study with a drawing of it.
func (c *composer) study(s *model.Study, draw func() *Chart) Study {
	out := Study{
		Anchor: studyAnchor(s.ID), ID: s.ID, Title: c.text(s.Title), Subject: c.link(s.Subject), Event: c.link(s.Event), EventDay: date(s.EventDay),
		Model: string(s.Model), Returns: cmp.Or(string(s.Returns), "simple"), Benchmark: s.Benchmark, Command: s.Command,
		Grade: string(s.Confidence), Refs: c.refs(s.Sources), Caveat: c.html(s, s.Caveat, 4), Note: c.html(s, s.Note, 4), Revisions: c.revisions(s.Revisions),
	}
	if e := s.Estimation; e != nil {
		out.Length, out.Gap, out.From, out.To = number(e.Length, "days"), number(e.Gap, "days"), date(e.From), date(e.To)
	}
	if e := s.Estimates; e != nil {
		out.Alpha, out.Beta, out.Sigma = number(e.Alpha, ""), number(e.Beta, ""), number(e.Sigma, "")
	}
	out.Level = number(s.Level, "")
	if s.Level.IsZero() {
		out.Level = Number{Decimal: "95", Float: 95}
	}
	if s.Limit != nil {
		out.Limit = number(s.Limit.Percent, "")
	}
	for _, w := range s.Windows {
		out.Windows = append(out.Windows, StudyWindow{
			From: number(w.From, ""), To: number(w.To, ""), Dates: windowDates(s, w),
			CAR: number(w.CAR, ""), Low: number(w.Low, ""), High: number(w.High, ""), T: number(w.T, ""), TForecast: number(w.TForecast, ""),
		})
	}
	for _, d := range s.Days {
		day := studyDay(d)
		out.Days = append(out.Days, day)
		if day.Flag != "" {
			out.Cut = append(out.Cut, day)
		}
	}
	out.Chart = draw()
	out.Effect = c.effect(s)
	for _, in := range s.Inputs {
		input := StudyInput{Title: in.Title, Role: string(in.Role), Adjustment: string(in.Adjustment), SHA256: in.SHA256, Source: c.link(in.Source)}
		if r, ok := c.ref(in.Source.ID, "", ""); ok {
			input.Refs = []Ref{r}
		}
		out.Inputs = append(out.Inputs, input)
	}
	return out
}

func studyDay(d model.AbnormalDay) StudyDay {
	out := StudyDay{Day: number(d.Day, ""), Date: date(d.Date), AR: number(d.AR, ""), CAR: number(d.CAR, ""), T: number(d.T, ""), Flag: string(d.Flag)}
	if out.Flag == "traded" {
		out.Flag = ""
	}
	return out
}

// windowDates are the days from the first to the last of a window; zero when
// the study does not list both.
func windowDates(s *model.Study, w model.CARWindow) Date {
	var from, to model.Date
	for _, d := range s.Days {
		if d.Day.Float() == w.From.Float() {
			from = d.Date
		}
		if d.Day.Float() == w.To.Float() {
			to = d.Date
		}
	}
	if from.IsZero() || to.IsZero() {
		return Date{}
	}
	if from == to {
		return date(from)
	}
	span, err := model.ParseDate(from.String() + "/" + to.String())
	if err != nil {
		return Date{}
	}
	return date(span)
}
