package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/market"
	"github.com/dossier-report/dossier/generator/model"
)

// maxQuotes is the size up to which a file of quotes is read.
const maxQuotes = 32 << 20

// study asks of a recorded study that it is read with what limits it, and that
// its numbers are right: computed again when the files it was computed from are
// at hand, else as far as they must agree with one another.
func (l *linter) study(s *model.Study) {
	l.limits(s)
	if !l.again(s) {
		(&recount{linter: l, study: s}).agree()
	}
}

// limits asks for words where the numbers alone would mislead, and for a day 0
// on which the event could act.
func (l *linter) limits(s *model.Study) {
	for i, d := range s.Days {
		if (d.Flag == "limit_up" || d.Flag == "limit_down") && s.Caveat.IsZero() {
			l.add("study-caveat", s, fmt.Sprintf("days[%d].flag", i), "add caveat: with what cannot be known of that day", "the return of day %s was cut off by the limit of the exchange, and no caveat says so", d.Day)
			break
		}
	}
	if e, ok := l.view.Item(s.Event.ID).(*model.Event); ok && s.EventDay.Before(e.Date) {
		l.add("study-caveat", s, "event_day", "correct one of the two", "the market cannot answer on %s what happened on %s", s.EventDay, e.Date).
			Related = []diag.Related{{Span: e.Place("date")}}
	}
}

// again computes a study again when its inputs are at hand, and reports every
// number that differs; false when they are not.
func (l *linter) again(s *model.Study) bool {
	inputs := map[model.InputRole]*market.Series{}
	for i := range s.Inputs {
		if series := l.input(s, i); series != nil {
			inputs[s.Inputs[i].Role] = series
		}
	}
	subject, index := inputs[model.SubjectInput], inputs[model.BenchmarkInput]
	if subject == nil || index == nil && !(s.Model == "constant_mean" && s.Benchmark == "") || s.EventDay.First() != s.EventDay.Last() {
		return false
	}
	r := &recount{linter: l, study: s}
	if s.Limit != nil {
		marked, err := subject.MarkLimits(decimal(s.Limit.Percent), decimal(s.Limit.Step))
		if err != nil {
			r.impossible("limit", err)
			return true
		}
		subject = marked
	}
	o, ok := r.options()
	if !ok {
		return true
	}
	result, err := market.Study(subject, index, o)
	if err != nil {
		r.impossible("event_day", err)
		return true
	}
	r.compare(result)
	return true
}

// input is an input of a study that is at hand: nil when it is not, and when
// something is wrong with it, which is then reported.
func (l *linter) input(s *model.Study, i int) *market.Series {
	in := &s.Inputs[i]
	if in.File == "" || l.files == nil {
		return nil
	}
	at := func(field string) string { return fmt.Sprintf("inputs[%d].%s", i, field) }
	name := path.Join(model.PrivateSeries, in.File)
	if !fs.ValidPath(in.File) || in.File == "." {
		l.add("study-input", s, at("file"), "write the name of a file in "+model.PrivateSeries, "%q is no name of a file in that folder", in.File)
		return nil
	}
	text, err := readQuotes(l.files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		l.add("study-input", s, at("file"), "put a plain file of at most 32 MB there; a link that leads out of the project is not followed", "%s cannot be read", name)
		return nil
	}
	if in.Role == "" {
		l.add("study-input", s, at("file"), "add role: subject, or role: benchmark", "nothing says what the file is to the study, so the study is not computed again")
		return nil
	}
	if sum := sha256.Sum256(text); !strings.EqualFold(hex.EncodeToString(sum[:]), in.SHA256) {
		l.add("study-input", s, at("sha256"), "put the file there that was recorded, or compute the study anew and record "+hex.EncodeToString(sum[:]),
			"%s is not the file that was recorded, so the study is not computed again", name)
		return nil
	}
	points, err := market.ReadCSV(text, in.Column)
	if err != nil {
		where := name
		if e := new(market.Error); errors.As(err, &e) && e.Line > 0 {
			where = fmt.Sprintf("%s:%d", name, e.Line)
		}
		l.add("study-input", s, at("file"), "", "%s: %s", where, err)
		return nil
	}
	return &market.Series{Title: in.Title, Adjustment: market.Adjustment(in.Adjustment), Points: points}
}

func readQuotes(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid // a pipe would never end
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // opened for reading only
	text, err := io.ReadAll(io.LimitReader(f, maxQuotes+1))
	if len(text) > maxQuotes {
		return nil, fs.ErrInvalid
	}
	return text, err
}

func decimal(n model.Number) market.Decimal {
	d, _ := market.ParseDecimal(n.Decimal())
	return d
}

// recount compares a recorded study with the same computed again.
type recount struct {
	*linter
	study *model.Study
}

// impossible reports that there is no number, at what would have to change.
func (r *recount) impossible(path string, err error) {
	hint := ""
	if e := new(market.Error); errors.As(err, &e) {
		switch e.Code {
		case market.TooFewDays:
			hint = "record fewer days, or put a file there that has more"
			est, days := r.study.Estimation, r.study.Days
			switch {
			case model.Day(e.Day) > r.study.EventDay.Last() && len(days) > 0: // those after the event
				path = fmt.Sprintf("days[%d].day", len(days)-1)
			case est == nil || est.Length.IsZero():
			case est.Length.Float() < market.MinLength:
				path, hint = "estimation.length", fmt.Sprintf("estimate over %d days at least", market.MinLength)
			default:
				path = "estimation.length"
			}
		case market.NoDay:
			hint = "put a file there that has more days"
		case market.CalendarMismatch:
			hint = "take an index whose shares are traded on the same days"
		case market.Overlap:
			path, hint = "estimation.gap", "widen the gap, or begin the days later"
		}
	}
	r.add("study-differs", r.study, path, hint, "the study cannot be computed again: %s", err)
}

// options are those the study was made with; false when its record does not
// say them in whole numbers, which is then reported.
func (r *recount) options() (market.Options, bool) {
	s, good := r.study, true
	whole := func(path string, n model.Number) int {
		if n.IsZero() {
			return 0
		}
		i, err := strconv.Atoi(n.Decimal())
		if err != nil {
			good = false
			r.add("study-differs", s, path, "", "%s is not a number of days", n)
		}
		return i
	}
	o := market.Options{Event: market.Day(s.EventDay.First()), Model: market.Model(s.Model), Returns: market.ReturnKind(s.Returns), Level: s.Level.Float() / 100}
	if s.Estimation != nil {
		o.Length, o.Gap = whole("estimation.length", s.Estimation.Length), whole("estimation.gap", s.Estimation.Gap)
	}
	for i, d := range s.Days {
		day := whole(fmt.Sprintf("days[%d].day", i), d.Day)
		o.From, o.To = min(o.From, day), max(o.To, day)
	}
	for i, w := range s.Windows {
		from, to := whole(fmt.Sprintf("windows[%d].from", i), w.From), whole(fmt.Sprintf("windows[%d].to", i), w.To)
		if from > to {
			good = false
			r.add("study-differs", s, fmt.Sprintf("windows[%d].to", i), "", "day %d comes before day %d", to, from)
		}
		o.From, o.To = min(o.From, from), max(o.To, to)
	}
	if o.From == 0 && o.To == 0 {
		o.To = 1 // a study of day 0 alone; both zero would ask for the usual window
	}
	return o, good
}

// compare reports every value of the record that is not what was computed.
func (r *recount) compare(got *market.Result) {
	s := r.study
	r.day("event_day", s.EventDay, got.Day0)
	if e := s.Estimation; e != nil {
		r.day("estimation.from", e.From, got.From)
		r.day("estimation.to", e.To, got.To)
	}
	if e := s.Estimates; e != nil {
		r.number("estimates.alpha", e.Alpha, got.Alpha)
		r.number("estimates.beta", e.Beta, got.Beta)
		r.number("estimates.sigma", e.Sigma, got.Sigma)
	}
	at := func(n model.Number) int { i, _ := strconv.Atoi(n.Decimal()); return i }
	for i, d := range s.Days {
		path := fmt.Sprintf("days[%d].", i)
		day := got.Days[at(d.Day)-got.Days[0].Day]
		r.day(path+"date", d.Date, day.Date)
		r.number(path+"ar", d.AR, day.AR)
		r.number(path+"t", d.T, day.T)
		r.number(path+"t_forecast", d.TForecast, day.TForecast)
		r.flag(path+"flag", d.Flag, day.Flag)
		if first := at(s.Days[0].Day); first <= day.Day {
			r.window(path, model.CARWindow{CAR: d.CAR, Low: d.Low, High: d.High}, got, first, day.Day)
		}
	}
	for i, w := range s.Windows {
		r.window(fmt.Sprintf("windows[%d].", i), w, got, at(w.From), at(w.To))
	}
}

func (r *recount) window(path string, w model.CARWindow, got *market.Result, from, to int) {
	car, err := got.CAR(from, to)
	if err != nil {
		r.impossible(path+"car", err)
		return
	}
	r.number(path+"car", w.CAR, car.CAR)
	r.number(path+"t", w.T, car.T)
	r.number(path+"t_forecast", w.TForecast, car.TForecast)
	r.number(path+"low", w.Low, car.Low)
	r.number(path+"high", w.High, car.High)
}

// number compares as many digits behind the point as were recorded.
func (r *recount) number(path string, was model.Number, got float64) {
	if was.IsZero() {
		return
	}
	if now := market.Round(got, places(was)); now.Cmp(decimal(was)) != 0 {
		r.differs(path, was.String(), now.String())
	}
}

func (r *recount) day(path string, was model.Date, got market.Day) {
	if !was.IsZero() && (was.First() != was.Last() || was.First() != model.Day(got)) {
		r.differs(path, was.String(), got.String())
	}
}

// flag compares the flag of a day; traded is what a day without one is.
func (r *recount) flag(path string, was model.PointFlag, got market.Flag) {
	word := func(s string) string {
		if s == "" {
			return string(market.Traded)
		}
		return s
	}
	if a, b := word(string(was)), word(string(got)); a != b && (r.study.Limit != nil || got != "") {
		r.differs(path, a, b)
	}
}

func (r *recount) differs(path, was, now string) {
	r.add("study-differs", r.study, path, "", "recorded is %s, but computed again from the inputs it is %s", was, now)
}
