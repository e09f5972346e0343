package model

// StatusCode is the legal effect of a measure on a day.
type StatusCode string

// The codes of a status.
const (
	StatusAnnounced StatusCode = "announced" // said, but not yet binding
	StatusListed    StatusCode = "listed"    // in effect by being listed; no effective date is stated
	StatusInForce   StatusCode = "in_force"
	StatusSuspended StatusCode = "suspended"
	StatusEnded     StatusCode = "ended" // Status.As says how
	StatusUnknown   StatusCode = "unknown"
)

// Values lists the codes of a status, and the ways to end, which may be stored in their place.
func (StatusCode) Values() []string {
	return []string{"announced", "listed", "in_force", "suspended", "ended", "unknown", "lapsed", "revoked", "superseded", "annulled"}
}

// Status is what the dates of a measure say on a day.
type Status struct {
	Code  StatusCode
	As    EndWay // of an ended measure
	By    Ref    // what took its place
	Since Date   // the date that gives it; zero when that is not stated
	Until Date   // of a suspension, when its end is stated
}

// StatusOn derives the status of the measure on a day from its dates alone.
// Challenges before courts do not change it: only an end or a suspension does.
// An imprecise date counts as its last day.
func (m *Measure) StatusOn(day Day) Status {
	if e := m.Ended; e != nil && (e.Date.IsZero() || e.Date.Last() <= day) {
		return Status{Code: StatusEnded, As: e.As, By: e.By, Since: e.Date}
	}
	for _, s := range m.Suspensions {
		if s.From.Last() <= day && (s.To.IsZero() || day <= s.To.Last()) {
			return Status{Code: StatusSuspended, Since: s.From, Until: s.To}
		}
	}
	effective := m.Effective
	allEnded := len(m.Provisions) > 0
	var lastEnd *Ended
	for _, p := range m.Provisions {
		if effective.IsZero() || !p.Effective.IsZero() && p.Effective.Last() < effective.Last() {
			effective = p.Effective
		}
		if p.Ended == nil || !p.Ended.Date.IsZero() && p.Ended.Date.Last() > day {
			allEnded = false
		} else if lastEnd == nil || p.Ended.Date.Compare(lastEnd.Date) > 0 {
			lastEnd = p.Ended
		}
	}
	switch {
	case allEnded:
		return Status{Code: StatusEnded, As: lastEnd.As, By: lastEnd.By, Since: lastEnd.Date}
	case !effective.IsZero() && effective.Last() <= day:
		return Status{Code: StatusInForce, Since: effective}
	case !effective.IsZero():
		since := m.Announced
		if since.IsZero() {
			since = m.Published
		}
		return Status{Code: StatusAnnounced, Since: since}
	case !m.Published.IsZero() && m.Published.Last() <= day && m.basis() == ByName:
		return Status{Code: StatusListed, Since: m.Published}
	case !m.Announced.IsZero() && m.Announced.Last() <= day:
		return Status{Code: StatusAnnounced, Since: m.Announced}
	}
	return Status{Code: StatusUnknown}
}

func (m *Measure) basis() TargetBasis {
	if m.TargetBasis == "" {
		return ByName
	}
	return m.TargetBasis
}

// Name is the word for the status: its code, or the way in which it ended.
func (s Status) Name() string {
	if s.Code == StatusEnded {
		return string(s.As)
	}
	return string(s.Code)
}
