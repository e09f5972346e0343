package market

import (
	"slices"
	"sort"
)

// pair is a day on which both series have an observed value.
type pair struct {
	day            Day
	subject, index float64 // values
	flag           Flag    // of the subject
	indexFlag      Flag
}

// pairs are ordered by day.
type pairs []pair

// align finds the days that count. Without an index they are those of the
// subject.
func align(subject, index *Series) pairs {
	var out pairs
	for _, p := range subject.Points {
		if !p.observed() {
			continue
		}
		q := Point{Value: Int(1)}
		if index != nil {
			var ok bool
			if q, ok = index.On(p.Day); !ok || !q.observed() {
				continue
			}
		}
		out = append(out, pair{p.Day, p.Value.Float(), q.Value.Float(), p.Flag, q.Flag})
	}
	return out
}

// sameMarket refuses two series that cannot share their days.
func sameMarket(subject, index *Series) error {
	switch {
	case subject.Calendar != "" && index.Calendar != "" && subject.Calendar != index.Calendar:
		return fail(CalendarMismatch, "%s follows the calendar %s, and %s the calendar %s", subject.name(), subject.Calendar, index.name(), index.Calendar)
	case subject.Timezone != "" && index.Timezone != "" && subject.Timezone != index.Timezone:
		return fail(CalendarMismatch, "the days of %s are those of %s, and of %s those of %s", subject.name(), subject.Timezone, index.name(), index.Timezone)
	}
	return nil
}

// sameDays refuses days of trading that the index does not know: then the two
// do not follow one calendar, whatever they say. A subject that was halted for
// more than a quarter of the days is no better.
func sameDays(subject, index *Series, days pairs) error {
	if index == nil {
		return nil
	}
	from, to := days[0].day, days[len(days)-1].day
	for _, p := range subject.between(from, to) {
		if q, ok := index.On(p.Day); p.observed() && (!ok || !q.observed()) {
			return failOn(CalendarMismatch, p.Day, "%s was traded on %s, and %s has no value on that day", subject.name(), p.Day, index.name())
		}
	}
	open := 2
	for _, p := range index.between(from, to) {
		if p.observed() {
			open++
		}
	}
	if len(days) < open-open/4 {
		return failOn(CalendarMismatch, from, "%s has a price on %d of the %d days on which %s has a value, from %s to %s", subject.name(), len(days), open, index.name(), from, to)
	}
	return nil
}

// dayZero is the first day from the event on that counts.
func dayZero(subject *Series, days pairs, event Day) (int, error) {
	zero := sort.Search(len(days), func(i int) bool { return days[i].day >= event })
	if zero == len(days) {
		return 0, failOn(NoDay, event, "%s has no trading day on or after %s", subject.name(), event)
	}
	return zero, nil
}

// within refuses a study whose windows reach beyond the days there are.
func (days pairs) within(subject *Series, zero int, o *Options) error {
	// The first return needs the day before.
	if have, need := zero-o.Gap, o.Length; have < need {
		return failOn(TooFewDays, days[zero].day, "%s has %d returns up to day %d, and the estimation window needs %d", subject.name(), max(have, 0), -o.Gap, need)
	}
	if have := len(days) - 1 - zero; have < o.To {
		return failOn(TooFewDays, days[len(days)-1].day, "%s ends on day %d, and the event window on day %d", subject.name(), have, o.To)
	}
	if zero+o.From < 1 {
		return failOn(TooFewDays, days[zero].day, "%s begins after day %d", subject.name(), o.From)
	}
	for _, w := range o.Windows {
		if w.From > w.To || w.From < o.From || w.To > o.To {
			return fail(BadOption, "the window [%d, %d] does not lie in the event window [%d, %d]", w.From, w.To, o.From, o.To)
		}
	}
	return nil
}

// returns computes those of the days from one up to, but without, another.
func (days pairs) returns(from, to int, kind ReturnKind) (subject, index []float64) {
	for i := from; i < to; i++ {
		a, b := days[i-1], days[i]
		subject = append(subject, change(a.subject, b.subject, kind))
		index = append(index, change(a.index, b.index, kind))
	}
	return subject, index
}

// note says what one must know about the days of the study.
func (r *Result) note(subject, index *Series, days pairs, zero int, o Options) {
	if r.Day0 != r.Event {
		r.Notes = append(r.Notes, Note{Code: movedBecause(subject, index, r.Event, r.Day0), Date: r.Event})
	}
	if index != nil && subject.Adjustment != index.Adjustment && subject.Adjustment != "" && index.Adjustment != "" {
		r.Notes = append(r.Notes, Note{Code: AdjustmentDiffers})
	}
	first := zero - o.Gap - o.Length + 1
	last := zero - o.Gap
	r.noteDays(subject, index, days, zero, first, last)
	r.noteDays(subject, index, days, zero, zero+o.From, zero+o.To)
}

// movedBecause says why nothing was traded from the event to day 0.
func movedBecause(subject, index *Series, event, zero Day) NoteCode {
	halted := func(p Point) bool { return p.Flag == Halted || p.Flag == Filled }
	if index != nil && slices.ContainsFunc(index.between(event-1, zero), Point.observed) || slices.ContainsFunc(subject.between(event-1, zero), halted) {
		return SubjectHalted
	}
	return MarketClosed
}

// noteDays names the days of a window whose returns are not as good as others.
func (r *Result) noteDays(subject, index *Series, days pairs, zero, first, last int) {
	for i := first; i <= last; i++ {
		d := days[i]
		r.spanned(subject, index, days[i-1].day, d.day, i-zero)
		add := func(code NoteCode, flag Flag) {
			n := Note{Code: code, Day: i - zero, Date: d.day, Flag: flag}
			if flag.atLimit() {
				n.Limit = subject.Limit
			}
			r.Notes = append(r.Notes, n)
		}
		switch {
		case d.flag.atLimit() && i < zero-r.Gap+1:
			add(CensoredEstimation, d.flag)
		case d.flag.atLimit():
			add(Censored, d.flag)
		case d.flag == Estimated:
			add(EstimatedDay, d.flag)
		}
		if d.indexFlag == Estimated {
			add(IndexEstimatedDay, d.indexFlag)
		}
	}
}

// spanned names the days between two that count on which the market was open
// and the subject had no price of its own.
func (r *Result) spanned(subject, index *Series, from, to Day, day int) {
	for _, p := range subject.between(from, to) {
		n := Note{Code: HaltedDay, Day: day, Date: p.Day, Flag: Halted}
		if p.Flag == Filled {
			n.Code, n.Flag = FilledDay, Filled
		}
		r.Notes = append(r.Notes, n)
	}
	if index == nil {
		return
	}
	for _, p := range index.between(from, to) {
		if _, there := subject.On(p.Day); !there && p.observed() {
			r.Notes = append(r.Notes, Note{Code: MissingDay, Day: day, Date: p.Day})
		}
	}
}

// between are the points after one day and before another.
func (s *Series) between(from, to Day) []Point {
	i := sort.Search(len(s.Points), func(i int) bool { return s.Points[i].Day > from })
	j := sort.Search(len(s.Points), func(i int) bool { return s.Points[i].Day >= to })
	return s.Points[i:max(i, j)]
}
