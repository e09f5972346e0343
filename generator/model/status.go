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
// An imprecise date counts as its last day; an end without a date counts on
// every day. A provision has the dates of the measure where it states none, and
// counts no more once it has ended; when all have, so has the measure.
func (m *Measure) StatusOn(day Day) Status {
	if e := m.Ended; e != nil && (e.Date.IsZero() || e.Date.Last() <= day) {
		return Status{Code: StatusEnded, As: e.As, By: e.By, Since: e.Date}
	}
	for _, s := range m.Suspensions {
		if s.From.Last() <= day && (s.To.IsZero() || day <= s.To.Last()) {
			return Status{Code: StatusSuspended, Since: s.From, Until: s.To}
		}
	}
	announced, published, effective := m.Announced, m.Published, m.Effective
	allEnded := len(m.Provisions) > 0
	var lastEnd *Ended
	for _, p := range m.Provisions {
		if p.Ended != nil && (p.Ended.Date.IsZero() || p.Ended.Date.Last() <= day) {
			if lastEnd == nil || p.Ended.Date.Compare(lastEnd.Date) > 0 {
				lastEnd = p.Ended
			}
			continue // it gives the measure no effect any more
		}
		allEnded = false
		announced, published, effective = earlier(announced, p.Announced), earlier(published, p.Published), earlier(effective, p.Effective)
	}
	// What was said before the measure binds.
	said := announced
	if !published.IsZero() && published.Last() <= day && (said.IsZero() || said.Last() > day) {
		said = published
	}
	switch known := !said.IsZero() && said.Last() <= day; {
	case allEnded:
		return Status{Code: StatusEnded, As: lastEnd.As, By: lastEnd.By, Since: lastEnd.Date}
	case !effective.IsZero() && effective.Last() <= day:
		return Status{Code: StatusInForce, Since: effective}
	case !effective.IsZero() && (known || announced.IsZero() && published.IsZero()):
		return Status{Code: StatusAnnounced, Since: said}
	case !effective.IsZero():
		return Status{Code: StatusUnknown}
	case !published.IsZero() && published.Last() <= day && m.basis() == ByName:
		return Status{Code: StatusListed, Since: published}
	case !announced.IsZero() && announced.Last() <= day:
		return Status{Code: StatusAnnounced, Since: announced}
	}
	return Status{Code: StatusUnknown}
}

// earlier is the date that is over first; one that is not stated never is.
func earlier(a, b Date) Date {
	if a.IsZero() || !b.IsZero() && b.Last() < a.Last() {
		return b
	}
	return a
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
