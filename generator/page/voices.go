package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// answersClaim reports whether a statement of a type counts as an answer to an
// allegation. That somebody had not commented yet, or was not reached, does not.
func answersClaim(t model.StatementType) bool {
	return t == model.Response || t == model.Denial || t == model.DeclinedToComment
}

// replies reports whether a statement stands on the side of the answers.
func replies(t model.StatementType) bool {
	return answersClaim(t) || t == model.NotCommented || t == model.NotReached
}

// thread is what was said about one thing, before it is written.
type thread struct {
	topic   model.Item // nil when the statements name none
	claims  []*model.Statement
	replies []*model.Statement
}

// voices puts statements into threads by what they are about, and answers
// beside what they answer.
func (c *composer) voices(said []*model.Statement) []Thread {
	threads := map[string]*thread{}
	var order []string
	for _, st := range c.site.complete(said) {
		topic, key := c.site.topic(st, 0), ""
		if topic != nil && topic.Rec().ID == c.page.ID {
			topic = nil // the page says what it is about
		}
		if topic != nil {
			key = topic.Rec().ID
		}
		t := threads[key]
		if t == nil {
			t = &thread{topic: topic}
			threads[key] = t
			order = append(order, key)
		}
		if replies(st.Type) {
			t.replies = append(t.replies, st)
		} else {
			t.claims = append(t.claims, st)
		}
	}
	slices.SortFunc(order, func(a, b string) int { return threads[a].compare(threads[b]) })
	var out []Thread
	shown := map[string]bool{}
	for _, key := range order {
		out = append(out, c.thread(threads[key], shown))
	}
	return out
}

// compare orders threads by date, the newest first; what has no topic comes last.
func (t *thread) compare(u *thread) int {
	if (t.topic == nil) != (u.topic == nil) {
		if t.topic == nil {
			return 1
		}
		return -1
	}
	a, b := t.date(), u.date()
	if a.IsZero() || b.IsZero() {
		return cmp.Or(a.Compare(b), cmp.Compare(t.id(), u.id()))
	}
	return cmp.Or(b.Compare(a), cmp.Compare(t.id(), u.id()))
}

func (t *thread) id() string {
	if t.topic == nil {
		return ""
	}
	return t.topic.Rec().ID
}

func (t *thread) date() model.Date {
	switch x := t.topic.(type) {
	case *model.Event:
		return x.Date
	case *model.Measure:
		return firstDate(x)
	}
	var first model.Date
	for _, list := range [][]*model.Statement{t.claims, t.replies} {
		for _, st := range list {
			if d := spoken(st); first.IsZero() || !d.IsZero() && d.Compare(first) < 0 {
				first = d
			}
		}
	}
	return first
}

// spoken is when a statement was made: by default the day of its source.
func spoken(st *model.Statement) model.Date {
	if st.Date.IsZero() && st.Source != nil {
		return st.Source.Published
	}
	return st.Date
}

// complete adds to statements what answers them and what they answer, wherever
// it stands, so that no allegation is shown without its answer; sorted by date.
func (s *site) complete(said []*model.Statement) []*model.Statement {
	var out []*model.Statement
	seen := map[string]bool{}
	put := func(st *model.Statement) {
		if st != nil && !seen[st.ID] {
			seen[st.ID] = true
			out = append(out, st)
		}
	}
	for _, st := range said {
		put(st)
		for _, ref := range st.Answers {
			put(s.v.Statement(ref.ID))
		}
		for _, answer := range s.answers.of(st.ID) {
			put(answer)
		}
		if topic := s.topic(st, 0); topic != nil {
			for _, party := range st.Against {
				for _, other := range s.said.of(party.ID) {
					if replies(other.Type) && speaks(other, party.ID) && s.topic(other, 0) == topic {
						put(other)
					}
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b *model.Statement) int {
		return cmp.Or(spoken(a).Compare(spoken(b)), cmp.Compare(sourceID(a), sourceID(b)), cmp.Compare(a.At.Start, b.At.Start), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func sourceID(st *model.Statement) string {
	if st.Source == nil {
		return ""
	}
	return st.Source.ID
}

// speaks reports whether a statement was made by a party or on its behalf.
func speaks(st *model.Statement, party string) bool {
	return party != "" && (st.By.ID == party || st.Organisation.ID == party)
}

// topic is what a statement is about: the first event, else the first measure,
// else that of what it answers, else the first entity.
func (s *site) topic(st *model.Statement, depth int) model.Item {
	var measure, entity model.Item
	for _, ref := range st.About {
		switch x := s.v.Item(ref.ID).(type) {
		case *model.Event:
			return x
		case *model.Measure:
			if measure == nil {
				measure = x
			}
		case *model.Entity:
			if entity == nil {
				entity = x
			}
		}
	}
	if measure != nil {
		return measure
	}
	for _, ref := range st.Answers {
		if claim := s.v.Statement(ref.ID); claim != nil && depth < 4 {
			if t := s.topic(claim, depth+1); t != nil {
				return t
			}
		}
	}
	return entity
}

// thread writes a thread. A statement is anchored where its place is, once.
func (c *composer) thread(t *thread, shown map[string]bool) Thread {
	var out Thread
	if t.topic != nil {
		out.Topic = c.linkTo(t.topic)
		switch x := t.topic.(type) {
		case *model.Event:
			out.Lane, out.Certainty, out.Date = lane(x), string(x.Certainty), date(x.Date)
		case *model.Measure:
			out.Lane, out.Status, out.Date = LaneLaw, c.status(x.Status), date(firstDate(x))
		}
	}
	pairs, rest := t.pair()
	for i, claim := range t.claims {
		ex := Exchange{Claim: c.voice(claim, shown)}
		silent := unanswered(claim, pairs[i], rest)
		told := func(st *model.Statement) bool {
			return slices.ContainsFunc(silent, func(s silence) bool { return slices.Contains(s.heard, st) })
		}
		for _, answer := range pairs[i] {
			if !told(answer) {
				ex.Answers = append(ex.Answers, c.voice(answer, shown))
			}
		}
		for _, s := range silent {
			m := MissingAnswer{Party: c.link(s.party), Request: c.reply(claim)}
			for _, st := range s.heard {
				m.Heard = append(m.Heard, c.voice(st, shown))
			}
			ex.Missing = append(ex.Missing, m)
		}
		rest = slices.DeleteFunc(rest, told)
		out.Exchanges = append(out.Exchanges, ex)
	}
	for _, st := range rest {
		out.Answers = append(out.Answers, c.voice(st, shown))
	}
	return out
}

// pair gives every claim the replies that answer it: those that say so, and
// the reply of a party against whom only one allegation of the thread is made.
func (t *thread) pair() (pairs [][]*model.Statement, rest []*model.Statement) {
	pairs = make([][]*model.Statement, len(t.claims))
	for _, st := range t.replies {
		var to []int
		for i, claim := range t.claims {
			if slices.ContainsFunc(st.Answers, func(r model.Ref) bool { return r.ID == claim.ID }) {
				to = append(to, i)
			}
		}
		if len(to) == 0 && answersClaim(st.Type) {
			for i, claim := range t.claims {
				if claim.Type == model.Allegation && slices.ContainsFunc(claim.Against, func(r model.Ref) bool { return speaks(st, r.ID) }) {
					to = append(to, i)
				}
			}
			if len(to) > 1 {
				to = nil // a general answer: it stands once, for all of them
			}
		}
		for _, i := range to {
			pairs[i] = append(pairs[i], st)
		}
		if len(to) == 0 {
			rest = append(rest, st)
		}
	}
	return pairs, rest
}

// silence is a party that has not answered a claim, with what is recorded of it
// instead: that it had not commented, or was not reached.
type silence struct {
	party model.Ref
	heard []*model.Statement
}

// unanswered are the parties against whom an allegation is made and who have
// answered it neither beside it nor in the thread. An allegation against nobody
// in particular that nobody answers has one silence without a party.
func unanswered(claim *model.Statement, answers, rest []*model.Statement) []silence {
	if claim.Type != model.Allegation || claim.Reply != nil && claim.Reply.Outcome == "answered" {
		return nil
	}
	all := slices.Concat(answers, rest)
	if len(claim.Against) == 0 {
		if slices.ContainsFunc(all, func(st *model.Statement) bool { return answersClaim(st.Type) }) {
			return nil
		}
		return []silence{{}}
	}
	var out []silence
	for _, party := range claim.Against {
		s := silence{party: party}
		answered := false
		for _, st := range all {
			if speaks(st, party.ID) {
				answered = answered || answersClaim(st.Type)
				s.heard = append(s.heard, st)
			}
		}
		if !answered {
			out = append(out, s)
		}
	}
	return out
}

func (c *composer) reply(st *model.Statement) Reply {
	r := st.Reply
	if r == nil {
		return Reply{}
	}
	return Reply{Asked: date(r.Asked), Due: date(r.Due), Outcome: string(r.Outcome), Date: date(r.Date), Text: c.html(st, r.Text, 5)}
}

// grade is that of a record inside a source: its own, else the source's.
func grade(rec *model.Record, source *model.Source) string {
	if rec.Confidence == "" && source != nil {
		return string(source.Confidence)
	}
	return string(rec.Confidence)
}

// voice writes a statement.
func (c *composer) voice(st *model.Statement, shown map[string]bool) Voice {
	v := Voice{
		ID: st.ID, By: c.party(st.By), Role: c.text(st.Role), Organisation: c.party(st.Organisation), Kind: string(st.Type),
		Answer: answersClaim(st.Type), Date: date(spoken(st)), Text: c.html(st, st.Text, 4), Quote: c.text(st.Quote),
		About: c.links(st.About), Against: c.links(st.Against), Request: c.reply(st), Grade: grade(&st.Record, st.Source),
		Refs: c.within(st.Source, st.Locator, st.Sources), Note: c.html(st, st.Note, 4), Revisions: c.revisions(st.Revisions),
	}
	if st.Source != nil {
		v.Source = c.linkTo(st.Source)
		if st.By.IsZero() {
			v.BySource = true
			v.By = Link{Text: Text{Value: cmp.Or(st.Source.Publisher, v.Source.Value)}}
		}
		if c.page.ID == st.Source.ID && c.page.Source != nil && !shown[st.ID] {
			v.Anchor = statementAnchor(st.ID)
		}
	}
	shown[st.ID] = true
	return v
}

// saidOn are the statements that concern an entity: by it, about it, against
// it, or about an event that concerns it.
func (s *site) saidOn(id string) []*model.Statement {
	out := slices.Clone(s.said.of(id))
	for _, e := range s.events.of(id) {
		out = append(out, s.said.of(e.ID)...)
	}
	return out
}

// saidOf are the statements about a measure, or about an event that concerns it.
func (s *site) saidOf(m *model.Measure) []*model.Statement { return s.saidOn(m.ID) }
