package page

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/market"
	"github.com/dossier-report/dossier/generator/model"
)

// word is a word of the theme, for what stands within a drawing.
func (c *composer) word(key string, values map[string]any) string {
	if c.words.Chart.Word == nil {
		return ""
	}
	return c.words.Chart.Word(key, values)
}

// iso is a date as a chart reads it: one point, without its ~. Of a range it is
// the end that is asked for.
func iso(d model.Date, end bool) string {
	out := date(d)
	switch {
	case out.ISO == "":
		return ""
	case !out.Range:
		return out.Datetime
	}
	from, to, _ := strings.Cut(strings.ReplaceAll(out.ISO, "~", ""), "/")
	if end {
		return to
	}
	return from
}

// measuresSpec draws acts over time: what acts, what is open, what is over, and
// in a group of their own, as marks and never as bars, plans that were only
// reported.
func (c *composer) measuresSpec(id string, ms []*model.Measure, plans []*model.Event) chart.Measures {
	now := model.DateOf(c.site.v.AsOf)
	spec := chart.Measures{
		About: chart.About{ID: id, Title: c.actsFinding(ms, len(plans)), Sub: c.word("chart_measures_sub", nil)},
		Now:   now.String(), NowText: c.nowText(),
	}
	groups := map[string][]chart.Row{}
	seen := map[*model.Measure]bool{}
	for _, m := range slices.SortedFunc(slices.Values(ms), byWeight) {
		row := c.actRow(m)
		if seen[m] || len(row.Bars)+len(row.Marks) == 0 {
			continue
		}
		seen[m] = true
		key := "open"
		switch {
		case m.Status.Code == model.StatusEnded:
			key = "over"
		case acts(m.Status):
			key = "acting"
		}
		groups[key] = append(groups[key], row)
	}
	for _, key := range []string{"acting", "open", "over"} {
		if rows := groups[key]; len(rows) > 0 {
			spec.Groups = append(spec.Groups, chart.Group{Title: c.word("chart_group_"+key, nil), Rows: rows})
		}
	}
	var said []chart.Row
	for _, e := range plans {
		if e.Date.IsZero() {
			continue
		}
		name := c.link(e.Program).Value // short; the title of the event stands in its own place
		if name == "" {
			name = c.linkTo(e).Value
		}
		row := chart.Row{Name: name, Marks: []chart.Mark{{Date: iso(e.Date, false), Shape: chart.Reported, Text: c.word("certainty_"+string(e.Certainty), nil), Label: c.month(e.Date)}}}
		for _, other := range c.site.using.of(c.programID(e)) {
			if other.Type == model.DeclinedRequest && !other.Date.IsZero() && shareConcern(e, other) {
				row.Marks = append(row.Marks, chart.Mark{Date: iso(other.Date, false), Shape: chart.Declined, Text: c.linkTo(other).Value})
			}
		}
		said = append(said, row)
	}
	if len(said) > 0 {
		spec.Groups = append(spec.Groups, chart.Group{Title: c.word("chart_group_reported", nil), Reported: true, Rows: said})
	}
	return spec
}

// month is the month of a date, or its year where no month is known, as it
// stands beside a mark.
func (c *composer) month(d model.Date) string {
	if c.words.Chart.Date == nil {
		return ""
	}
	form := chart.Month
	if d.Precision == model.ByYear {
		form = chart.Year
	}
	return c.words.Chart.Date(d.First().Time(), form)
}

// nowText is the day of the report where a drawing has a line for it.
func (c *composer) nowText() string {
	if c.words.Chart.Date == nil {
		return ""
	}
	day := c.words.Chart.Date(date(model.DateOf(c.site.v.AsOf)).From.Time, chart.Day)
	return c.word("chart_now", map[string]any{"Date": day})
}

func (c *composer) programID(e *model.Event) string {
	if p := c.site.v.Program(e.Program.ID); p != nil {
		return p.ID
	}
	return ""
}

func shareConcern(a, b *model.Event) bool {
	return slices.ContainsFunc(a.Concerns, func(r model.Ref) bool { return concerns(b, r.ID) })
}

// actRow is a measure as bars. Its looks are the statuses that the model
// derives for the days on which one of its dates lies, so that a drawing cannot
// say what the report does not.
func (c *composer) actRow(m *model.Measure) chart.Row {
	row := chart.Row{Name: c.linkTo(m).Value}
	turns := c.turns(m)
	if m.Status.Code == model.StatusEnded {
		row.Bars = c.overBar(m, turns)
		turns = nil
	}
	for i, d := range turns {
		status := m.StatusOn(d.Last())
		p := chart.Period{From: iso(d, false), Status: lookOf(status), Text: c.word("status_"+status.Name(), nil)}
		if i+1 < len(turns) {
			p.To = iso(turns[i+1], false)
		}
		if last := len(row.Bars) - 1; last >= 0 && row.Bars[last].Status == p.Status && row.Bars[last].Text == p.Text {
			row.Bars[last].To = p.To
			continue
		}
		row.Bars = append(row.Bars, p)
	}
	for _, s := range legalSteps(m) {
		if s.name == "divest_by" {
			row.Marks = append(row.Marks, chart.Mark{Date: iso(s.date, false), Shape: chart.Deadline, Text: c.word("step_divest_by", nil)})
		} else if s.label != "" && s.name == "effective" || s.name == "relisted" || s.name == "amended" || s.name == "extended" {
			row.Marks = append(row.Marks, chart.Mark{Date: iso(s.date, false), Shape: chart.Step, Text: strings.TrimSpace(c.word("step_"+s.name, nil) + " " + s.label)})
		}
	}
	return row
}

// overBar is an act that is over: one pale bar, from the day on which it began
// to act, or else was first heard of, to its end.
func (c *composer) overBar(m *model.Measure, turns []model.Date) []chart.Period {
	from := m.Effective
	for _, d := range turns {
		if from.IsZero() && (m.Ended == nil || d != m.Ended.Date) {
			from = d
		}
	}
	if from.IsZero() {
		return nil
	}
	p := chart.Period{From: iso(from, false), Status: chart.Over, Text: c.word("status_"+m.Status.Name(), nil)}
	if m.Ended != nil && !m.Ended.Date.IsZero() {
		p.To = iso(m.Ended.Date, true)
	} else {
		p.To, p.EndNotStated = model.DateOf(c.site.v.AsOf).String(), true
	}
	return []chart.Period{p}
}

// turns are the days on which the status of a measure may change, up to the day
// of the report, in order.
func (c *composer) turns(m *model.Measure) []model.Date {
	var out []model.Date
	put := func(dates ...model.Date) {
		for _, d := range dates {
			if !d.IsZero() && d.Last() <= c.site.v.AsOf {
				out = append(out, d)
			}
		}
	}
	put(m.Announced, m.Published, m.Effective)
	if m.Ended != nil {
		put(m.Ended.Date)
	}
	for _, s := range m.Suspensions {
		put(s.From)
		if !s.To.IsZero() && s.To.Last() < c.site.v.AsOf {
			put(model.DateOf(s.To.Last() + 1))
		}
	}
	for _, p := range m.Provisions {
		put(p.Announced, p.Published, p.Effective)
		if p.Ended != nil {
			put(p.Ended.Date)
		}
	}
	slices.SortStableFunc(out, func(a, b model.Date) int { return cmp.Compare(a.Last(), b.Last()) })
	return slices.CompactFunc(out, func(a, b model.Date) bool { return a.Last() == b.Last() })
}

func lookOf(s model.Status) chart.Look {
	switch s.Code {
	case model.StatusInForce, model.StatusListed:
		return chart.Force
	case model.StatusAnnounced:
		return chart.Before
	case model.StatusSuspended:
		return chart.Suspended
	case model.StatusUnknown:
		return chart.Unknown
	case model.StatusEnded:
		return chart.Over
	}
	return ""
}

// seriesOf is a time series for a drawing, and how far it may be handed on.
func (c *composer) seriesOf(s *model.Series) (chart.Series, chart.Rights) {
	out := chart.Series{Name: c.seriesName(s), Unit: c.term(s.Unit).Value, Unadjusted: s.Adjustment != "total-return" && s.Adjustment != "additive"}
	for _, d := range s.ExDividend {
		out.ExDates = append(out.ExDates, iso(d, false))
	}
	for _, p := range s.Points {
		halted, filled := p.Flag == "halted", p.Flag == "filled"
		if p.Value.IsZero() {
			halted = true
		}
		out.Points = append(out.Points, chart.Point{Date: iso(p.Date, false), Value: p.Value.Float(), Halted: halted, Filled: filled})
	}
	return out, rightsOf(s)
}

func rightsOf(s *model.Series) chart.Rights {
	switch s.Redistributable {
	case model.RedistributeYes:
		return chart.Open
	case model.RedistributeDisplay:
		return chart.PictureOnly
	}
	return chart.Closed
}

// seriesName is whom a series is about, or its title.
func (c *composer) seriesName(s *model.Series) string {
	if e := c.site.v.Entity(s.Subject.ID); e != nil {
		return c.name(e.Title()).Value
	}
	title := c.text(s.Title).Value
	name, _, _ := strings.Cut(title, ",")
	return name
}

// priceSpec draws a series and the one it is compared with, and what happened
// meanwhile.
func (c *composer) priceSpec(id string, s *model.Series) chart.Price {
	main, rights := c.seriesOf(s)
	spec := chart.Price{About: chart.About{ID: id, Title: c.text(s.Finding).Value, Sub: c.text(s.Title).Value, Rights: rights}, Main: main}
	if finding := c.priceFinding(s); spec.Title == "" && finding != "" {
		spec.Title, spec.Sub = finding, c.word("chart_price_sub", map[string]any{"Title": spec.Sub, "Unit": main.Unit})
	} else if spec.Title == "" {
		spec.Title, spec.Sub = spec.Sub, main.Unit
	}
	if b, ok := c.site.v.Item(s.Benchmark.ID).(*model.Series); ok && b.ID != s.ID && rightsOf(b) != chart.Closed {
		bench, more := c.seriesOf(b)
		spec.Bench, spec.Rights = []chart.Series{bench}, max(rights, more)
		spec.Sub = main.Name + ", " + bench.Name + ": " + main.Unit
	}
	if strings.Contains(s.Unit, "= 100") {
		level := 100.0
		spec.Level = &level
	}
	spec.Window = c.estimationOf(s)
	spec.Events = c.pins(s)
	spec.Closed = c.closed(s, spec.Events)
	return spec
}

// priceFinding says how far a price has gone from the first to the last of its
// days; nothing where that means nothing.
func (c *composer) priceFinding(s *model.Series) string {
	var points []model.SeriesPoint
	for _, p := range s.Points {
		if !p.Value.IsZero() && p.Flag != "halted" && p.Flag != "filled" {
			points = append(points, p)
		}
	}
	if len(points) < 2 || s.Currency == "" || s.Subject.ID == "" || c.words.Chart.Number == nil || c.words.Chart.Date == nil {
		return ""
	}
	first, last := points[0], points[len(points)-1]
	observed := func(p model.SeriesPoint) market.Observation {
		value, _ := market.ParseDecimal(p.Value.Decimal())
		return market.Observation{Period: p.Date.String(), Value: value, Unit: s.Unit}
	}
	growth, err := market.Grow(observed(first), observed(last), 1)
	if err != nil {
		return ""
	}
	change := growth.Percent.Float()
	key := "chart_price_rose"
	switch {
	case change < 0:
		key = "chart_price_fell"
	case change == 0:
		key = "chart_price_same"
	}
	day := func(p model.SeriesPoint) string { return c.words.Chart.Date(date(p.Date).From.Time, chart.Day) }
	return c.word(key, map[string]any{"Name": c.seriesName(s), "Percent": c.words.Chart.Number(math.Abs(change), 1), "From": day(first), "To": day(last)})
}

// estimationOf is the estimation window of a study of the subject of a series,
// when the series shows all of it.
func (c *composer) estimationOf(s *model.Series) *chart.Span {
	if s.Subject.ID == "" || len(s.Points) == 0 {
		return nil
	}
	for _, study := range c.site.studies.of(s.Subject.ID) {
		e := study.Estimation
		if e == nil || e.From.IsZero() || e.To.IsZero() || e.From.First() < s.Points[0].Date.First() || e.To.Last() > s.Points[len(s.Points)-1].Date.Last() {
			continue
		}
		return &chart.Span{From: iso(e.From, false), To: iso(e.To, true), Text: c.word("chart_estimation", map[string]any{"Count": int(e.Length.Float())})}
	}
	return nil
}

// mostPins is how many events a drawing of a series names; the timeline has
// them all.
const mostPins = 5

// pins are what happened to the subject of a series while it was observed:
// plans and market events before acts, and acts before the rest.
func (c *composer) pins(s *model.Series) []chart.Event {
	var out []chart.Event
	if len(s.Points) == 0 || s.Subject.ID == "" {
		return nil
	}
	first, last := s.Points[0].Date.Last(), s.Points[len(s.Points)-1].Date.Last()
	put := func(d model.Date, text string, kind chart.EventKind, weight int) {
		if !d.IsZero() && date(d).Precision == "day" && !date(d).Range && d.Last() >= first && d.Last() <= last {
			out = append(out, chart.Event{Date: iso(d, false), Text: text, Kind: kind, Priority: weight})
		}
	}
	for _, e := range c.site.events.of(s.Subject.ID) {
		if !concerns(e, s.Subject.ID) {
			continue
		}
		switch {
		case e.Type == model.MarketEvent:
			put(e.Date, c.linkTo(e).Value, chart.Market, 4)
		case isPlan(e):
			put(e.Date, c.linkTo(e).Value, chart.Said, 5)
		}
	}
	for _, m := range c.site.naming.of(s.Subject.ID) {
		for _, step := range legalSteps(m) {
			if step.label != "" || !slices.Contains([]string{"announced", "published", "effective", "divest_by", "ended"}, step.name) {
				continue
			}
			put(step.date, c.word("chart_pin_step", map[string]any{"Title": c.linkTo(m).Value, "Step": lowered(c.word("step_"+step.name, nil))}), chart.Decided, 3)
		}
	}
	slices.SortStableFunc(out, func(a, b chart.Event) int { return cmp.Compare(b.Priority, a.Priority) })
	out = out[:min(len(out), mostPins)]
	slices.SortStableFunc(out, func(a, b chart.Event) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(b.Priority, a.Priority))
	})
	return out
}

// lowered is a text as it stands within a sentence.
func lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// closed are the days without trading on which one of the events fell.
func (c *composer) closed(s *model.Series, events []chart.Event) []chart.Span {
	var out []chart.Span
	for i := 1; i < len(s.Points); i++ {
		from, to := s.Points[i-1].Date.Last()+1, s.Points[i].Date.Last()-1
		if from > to {
			continue
		}
		span := chart.Span{From: model.DateOf(from).String(), To: model.DateOf(to).String(), Text: c.word("chart_closed", nil)}
		if slices.ContainsFunc(events, func(e chart.Event) bool { return e.Date >= span.From && e.Date <= span.To }) {
			out = append(out, span)
		}
	}
	return out
}

// studySpec draws an event study. Returns are recorded as shares, and drawn in
// percent.
func (c *composer) studySpec(id string, s *model.Study) chart.EventStudy {
	percent := func(n model.Number) float64 { return math.Round(n.Float()*1e6) / 1e4 }
	spec := chart.EventStudy{About: chart.About{ID: id, Title: c.studyFinding(s), Sub: c.word("study_sub", nil)}}
	spec.Level = s.Level.Float()
	if e := c.site.v.Entity(s.Subject.ID); e != nil {
		spec.Name = c.name(e.Title()).Value
	}
	if s.Estimates != nil && !s.Estimates.Sigma.IsZero() {
		spec.Ordinary = math.Round(1.96*s.Estimates.Sigma.Float()*1e4) / 100
	}
	hot := func(day int) bool {
		return len(s.Windows) > 0 && float64(day) >= s.Windows[0].From.Float() && float64(day) <= s.Windows[0].To.Float()
	}
	sums := !slices.ContainsFunc(s.Days, func(d model.AbnormalDay) bool { return d.CAR.IsZero() || d.Low.IsZero() || d.High.IsZero() })
	for _, d := range s.Days {
		day := chart.StudyDay{Day: int(d.Day.Float()), Date: iso(d.Date, false), AR: percent(d.AR), HasCAR: sums}
		if sums {
			day.CAR, day.Low, day.High = percent(d.CAR), percent(d.Low), percent(d.High)
		}
		day.Limit = d.Flag == "limit_up" || d.Flag == "limit_down"
		day.Hot = hot(day.Day)
		if d.Flag == "halted" || d.Flag == "filled" {
			day.Note = c.word("point_"+string(d.Flag), nil)
		}
		spec.Days = append(spec.Days, day)
	}
	return spec
}

// studyFinding is the headline of a study: the sum over its first window.
func (c *composer) studyFinding(s *model.Study) string {
	if len(s.Windows) == 0 || c.words.Chart.Number == nil {
		return c.text(s.Title).Value
	}
	w := s.Windows[0]
	number := strings.Replace(c.words.Chart.Number(w.CAR.Float()*100, 1), "-", "−", 1)
	return c.word("study_finding", map[string]any{"CAR": number, "From": minus(w.From), "To": minus(w.To)})
}

func minus(n model.Number) string { return strings.Replace(n.Decimal(), "-", "−", 1) }

// ownershipSpec draws who holds an entity and what it holds, two steps away at
// most, and gives the ties that it rests on.
func (c *composer) ownershipSpec(id string, e *model.Entity) (chart.Ownership, []*model.Link) {
	spec := chart.Ownership{About: chart.About{ID: id, Title: c.word("chart_ownership_title", map[string]any{"Name": c.name(e.Title()).Value}), Sub: c.word("chart_ownership_sub", nil)}}
	at := map[string]int{}
	node := func(ref model.Ref) int {
		if i, ok := at[ref.ID]; ok {
			return i
		}
		h := chart.Holder{Name: c.link(ref).Value, Main: ref.ID == e.ID, Soft: c.site.v.Entity(ref.ID) == nil}
		at[ref.ID] = len(spec.Nodes)
		spec.Nodes = append(spec.Nodes, h)
		return at[ref.ID]
	}
	node(model.Ref{ID: e.ID})
	newest := map[[2]string]*model.Link{}
	var order [][2]string
	add := func(id string, up bool) []string {
		var next []string
		for _, l := range c.site.sorted(id) {
			if l.Schema != model.Ownership || c.site.over(l) || up && l.To.ID != id || !up && l.From.ID != id {
				continue
			}
			key := [2]string{l.From.ID, l.To.ID}
			if newest[key] == nil {
				newest[key] = l
				order = append(order, key)
				if up {
					next = append(next, l.From.ID)
				} else {
					next = append(next, l.To.ID)
				}
			}
		}
		return next
	}
	for _, up := range []bool{true, false} {
		for _, id := range add(e.ID, up) {
			add(id, up)
		}
	}
	var links []*model.Link
	for _, key := range order {
		l := newest[key]
		links = append(links, l)
		tie := chart.Tie{Owner: node(l.From), Owned: node(l.To), Open: l.Confidence == model.Unverified}
		if !l.Percentage.IsZero() {
			share := l.Percentage.Float()
			tie.Share = &share
			if l.Percentage.Bound != model.Exact {
				tie.Text = c.statedIn(l.Percentage, "%")
			}
		}
		spec.Ties = append(spec.Ties, tie)
	}
	return spec, links
}
