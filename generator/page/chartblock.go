package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// flow writes a text between whose paragraphs charts may stand.
func (c *composer) flow(doc *markdown.Doc, charts []*model.Chart, r markdown.Renderer) HTML {
	type cut struct {
		at    int
		chart *model.Chart
	}
	var cuts []cut
	r.Block = func(b markdown.Block, at int) bool {
		i := slices.IndexFunc(charts, func(x *model.Chart) bool { return x.Start == b.Start })
		if i >= 0 {
			cuts = append(cuts, cut{at, charts[i]})
		}
		return i >= 0
	}
	html := doc.HTML(r)
	out := HTML{HTML: trusted(html)}
	if len(cuts) == 0 {
		return out
	}
	from := 0
	for _, x := range cuts {
		drawn, absent := c.block(x.chart)
		out.Parts = append(out.Parts, HTMLPart{HTML: trusted(html[from:x.at]), Chart: drawn, Absent: absent})
		from = x.at
	}
	out.Parts = append(out.Parts, HTMLPart{HTML: trusted(html[from:])})
	return out
}

// block draws a chart that a text asks for. It is absent when this edition does
// not hold what is to be drawn.
func (c *composer) block(x *model.Chart) (drawn *Chart, absent bool) {
	if c.words.Chart.Word == nil {
		return nil, false
	}
	want := wanted{composer: c, Chart: x}
	spec := want.spec()
	if spec == nil {
		return nil, true
	}
	drawn = c.drawnAt(string(x.Type), spec, &model.Record{Confidence: want.grade, Sources: want.sources}, nil, want.licence, want.place)
	if drawn == nil {
		return nil, true
	}
	if note := c.text(x.Note).Value; note != "" {
		drawn.Notes = append(drawn.Notes, note)
	}
	return drawn, false
}

// wanted is a chart that a text asks for, while it is made, with what it rests
// on.
type wanted struct {
	*composer
	*model.Chart
	sources []model.SourceRef
	grade   model.Confidence
	licence string
	failed  bool
}

// refuse says at an option what is wrong with it.
func (w *wanted) refuse(code, path, hint, message string) {
	w.failed = true
	w.tell(diag.Diagnostic{Severity: diag.Error, Code: code, Span: w.Place(path), Path: path, Hint: hint, Message: message})
}

// place finds the option that a finding of a drawing is about. What the drawing
// calls otherwise, the block does not have.
func (w *wanted) place(path string) diag.Span {
	part, rest, _ := strings.Cut(path, ".")
	switch name, item, _ := strings.Cut(part, "["); {
	case name == "bench" && item != "":
		return w.Place("benchmark[" + item)
	case name == "bench":
		return w.Place("benchmark")
	case name == "main" || name == "panels" && strings.HasPrefix(rest, "series"):
		part = "series"
	case name == "series" && w.Type == model.BarsKind:
		part = "metric"
	}
	return w.Place(part)
}

// rest adds what a record rests on. The grade of a chart is that of its weakest
// part.
func (w *wanted) rest(rec *model.Record, source *model.Source) {
	order := model.Confidence("").Values()
	if g := model.Confidence(grade(rec, source)); w.grade == "" || slices.Index(order, string(g)) > slices.Index(order, string(w.grade)) {
		w.grade = g
	}
	put := func(ref model.Ref) {
		if !slices.ContainsFunc(w.sources, func(s model.SourceRef) bool { return s.ID == ref.ID }) {
			w.sources = append(w.sources, model.SourceRef{Ref: ref})
		}
	}
	if source != nil {
		put(model.Ref{ID: source.ID})
	}
	for _, s := range rec.Sources {
		put(s.Ref)
	}
}

// spec is nil when the view does not hold what is drawn, and when an option is
// refused.
func (w *wanted) spec() chart.Spec {
	var spec chart.Spec
	switch o := w.Options.(type) {
	case *model.PriceChart:
		spec = w.price(o)
	case *model.StudyChart:
		if s, ok := w.site.v.Item(o.Study.ID).(*model.Study); ok {
			w.rest(&s.Record, nil)
			study := w.studySpec("", s)
			study.About = w.about(study.About, o.Study.ID)
			spec = study
		}
	case *model.MeasuresChart:
		spec = w.measures(o)
	case *model.MatrixChart:
		spec = w.matrixOf(o)
	case *model.BarsChart:
		spec = w.bars(o)
	case *model.RankedChart:
		spec = w.ranked(o)
	case *model.LinesChart:
		spec = w.lines(o)
	case *model.OwnershipChart:
		if e := w.site.v.Entity(o.Entity.ID); e != nil {
			ties, links := w.ownershipSpec("", e)
			for _, l := range links {
				w.rest(&l.Record, nil)
			}
			ties.About = w.about(ties.About, e.ID)
			spec = ties
		}
	case *model.SparkChart:
		spec = w.spark(o)
	}
	if w.failed {
		return nil
	}
	return spec
}

// about gives a chart its name, and the words of the author where there are
// some.
func (w *wanted) about(a chart.About, subject string) chart.About {
	name := cmp.Or(w.ID, string(w.Type)+"-"+subject)
	if len(name) > 80 {
		name = string(w.Type)
	}
	a.ID = w.unique("chart", name)
	if title := w.text(w.Title).Value; title != "" {
		a.Title = title
	}
	if sub := w.text(w.Sub).Value; sub != "" {
		a.Sub = sub
	}
	return a
}

// series is a series of this view, with the points between two days; nil when the view
// does not hold it.
func (w *wanted) series(ref model.Ref, from, to model.Date) *model.Series {
	s, ok := w.site.v.Item(ref.ID).(*model.Series)
	if !ok {
		return nil
	}
	w.rest(&s.Record, nil)
	w.licence = join(w.licence, s.Licence)
	cut := *s
	cut.Points = slices.DeleteFunc(slices.Clone(s.Points), func(p model.SeriesPoint) bool { return !between(p.Date, from, to) })
	return &cut
}

// join adds to a list in words what is not there yet.
func join(list, more string) string {
	switch {
	case list == "" || list == more:
		return more
	case more == "" || slices.Contains(strings.Split(list, "; "), more):
		return list
	}
	return list + "; " + more
}

// between reports whether a date lies between two others, of which either may
// be zero.
func between(d, from, to model.Date) bool {
	return (from.IsZero() || d.First() >= from.First()) && (to.IsZero() || d.Last() <= to.Last())
}

func (w *wanted) price(o *model.PriceChart) chart.Spec {
	s := w.series(o.Series, o.From, o.To)
	if s == nil {
		return nil
	}
	benchmarks := o.Benchmark
	if benchmarks == nil && !s.Benchmark.IsZero() {
		benchmarks = []model.Ref{s.Benchmark}
	}
	s.Benchmark = model.Ref{} // drawn below, between the same days
	spec := w.priceSpec("", s)
	names := []string{spec.Main.Name}
	for _, ref := range benchmarks {
		b := w.series(ref, o.From, o.To)
		if b == nil || b.ID == s.ID {
			continue
		}
		line, rights := w.seriesOf(b)
		spec.Bench, spec.Rights = append(spec.Bench, line), max(spec.Rights, rights)
		names = append(names, line.Name)
	}
	if len(spec.Bench) > 0 {
		spec.Sub = strings.Join(names, ", ") + ": " + w.term(s.Unit).Value
	}
	if o.Events != nil {
		spec.Events = w.chosen(o.Events)
		spec.Closed = w.closed(s, spec.Events)
	}
	spec.About = w.about(spec.About, s.ID)
	return spec
}

// chosen are the events that the author has chosen.
func (w *wanted) chosen(refs []model.Ref) []chart.Event {
	var out []chart.Event
	for i, ref := range refs {
		event, when := chart.Event{Priority: len(refs) - i}, model.Date{}
		switch x := w.site.v.Item(ref.ID).(type) {
		case *model.Event:
			when, event.Text, event.Kind = x.Date, w.linkTo(x).Value, chart.Said
			if x.Type == model.MarketEvent {
				event.Kind = chart.Market
			}
		case *model.Measure:
			when, event.Text, event.Kind = firstDate(x), w.linkTo(x).Value, chart.Decided
		default:
			continue // not in this view
		}
		if when.IsZero() {
			w.refuse("chart-bad-date", index("events", i), "give the record a date, or leave it out here", "there is no date at which to mark \""+ref.ID+"\"")
			continue
		}
		event.Date = iso(when, false)
		out = append(out, event)
	}
	return out
}

func (w *wanted) measures(o *model.MeasuresChart) chart.Spec {
	ms, plans := w.acts(o)
	if len(ms)+len(plans) == 0 {
		if !slices.ContainsFunc(slices.Concat(o.Entity, o.Program, o.Measures), func(r model.Ref) bool { return w.site.v.Item(r.ID) != nil }) {
			return nil
		}
		w.refuse("chart-no-data", "", "name another entity or programme", "no act and no reported plan answers to these options")
		return nil
	}
	for _, m := range ms {
		w.rest(&m.Record, nil)
	}
	for _, e := range plans {
		w.rest(&e.Record, nil)
	}
	spec := w.measuresSpec("", ms, plans)
	if o.Group == "authority" || o.Group == "program" {
		spec.Groups = w.grouped(ms, string(o.Group), slices.DeleteFunc(spec.Groups, func(g chart.Group) bool { return !g.Reported }))
	}
	subject := slices.Concat(o.Entity, o.Program, o.Measures)[0].ID
	spec.About = w.about(spec.About, subject)
	return spec
}

// acts are those that the options ask for, and the plans beside them.
func (w *wanted) acts(o *model.MeasuresChart) (ms []*model.Measure, plans []*model.Event) {
	s := w.site
	under := func(ref model.Ref) bool {
		p := s.v.Program(ref.ID)
		return len(o.Program) == 0 || p != nil && slices.ContainsFunc(o.Program, func(r model.Ref) bool { return r.ID == p.ID })
	}
	put := func(list []*model.Measure) {
		for _, m := range list {
			if !slices.Contains(ms, m) && under(m.Program) {
				ms = append(ms, m)
			}
		}
	}
	plan := func(list []*model.Event) {
		for _, e := range list {
			if o.Plans != "no" && !slices.Contains(plans, e) && under(e.Program) {
				plans = append(plans, e)
			}
		}
	}
	switch {
	case len(o.Measures) > 0:
		for _, ref := range o.Measures {
			if m := s.v.Measure(ref.ID); m != nil {
				put([]*model.Measure{m})
			}
		}
	case len(o.Entity) > 0:
		for _, ref := range o.Entity {
			on := s.on(ref.ID)
			put(on.named)
			put(on.reached)
			plan(on.plans)
		}
	default:
		for _, ref := range o.Program {
			if p := s.v.Program(ref.ID); p != nil {
				put(s.under.of(p.ID))
				plan(s.plans.of(p.ID))
			}
		}
	}
	return ms, plans
}

// grouped puts acts together by who imposed them or under what, in the order of
// names, with what was only reported last.
func (w *wanted) grouped(ms []*model.Measure, by string, said []chart.Group) []chart.Group {
	groups := map[string]*chart.Group{}
	for _, m := range slices.SortedFunc(slices.Values(ms), byWeight) {
		row := w.actRow(m)
		if len(row.Bars)+len(row.Marks) == 0 {
			continue
		}
		name := w.link(m.Authority).Value
		if by == "program" {
			name = w.link(m.Program).Value
		}
		if name == "" {
			name = w.word("chart_not_stated", nil)
		}
		if groups[name] == nil {
			groups[name] = &chart.Group{Title: name}
		}
		groups[name].Rows = append(groups[name].Rows, row)
	}
	var out []chart.Group
	for _, g := range groups {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b chart.Group) int { return cmp.Compare(a.Title, b.Title) })
	return append(out, said...)
}

func (w *wanted) matrixOf(o *model.MatrixChart) chart.Spec {
	s := w.site
	spec := chart.Matrix{About: chart.About{Title: w.word("chart_kind_matrix", nil)}}
	var rows []string
	for _, ref := range o.Entity {
		if e := s.v.Entity(ref.ID); e != nil && !slices.Contains(rows, e.ID) {
			rows = append(rows, e.ID)
			spec.Rows = append(spec.Rows, w.linkTo(e).Value)
		}
	}
	columns := w.columns(o, rows)
	for _, id := range columns {
		spec.Columns = append(spec.Columns, w.link(model.Ref{ID: id}).Value)
	}
	if len(rows) == 0 || len(columns) == 0 {
		return nil
	}
	for y, id := range rows {
		on := s.on(id)
		acts := slices.SortedFunc(slices.Values(slices.Concat(on.named, on.reached)), byWeight)
		for x, p := range columns {
			if i := slices.IndexFunc(acts, func(m *model.Measure) bool { return s.regime(m) == p }); i >= 0 {
				m := acts[i]
				cell := chart.MatrixCell{Row: y, Column: x, Status: lookOf(m.Status), Text: w.word("status_"+m.Status.Name(), nil)}
				if dates := keyDates(m); len(dates) > 0 {
					cell.Date = first10(dates[0].Date)
				}
				w.rest(&m.Record, nil)
				spec.Cells = append(spec.Cells, cell)
				continue
			}
			if i := slices.IndexFunc(on.plans, func(e *model.Event) bool { return w.programID(e) == p }); i >= 0 {
				e := on.plans[i]
				w.rest(&e.Record, nil)
				spec.Cells = append(spec.Cells, chart.MatrixCell{Row: y, Column: x, Status: "reported", Date: iso(e.Date, false), Text: w.word("certainty_"+string(e.Certainty), nil)})
			}
		}
	}
	if len(spec.Cells) == 0 {
		w.refuse("chart-no-data", "entity", "name other entities or programmes", "none of the entities is under any of the programmes")
		return nil
	}
	spec.About = w.about(spec.About, rows[0])
	return spec
}

// first10 is a date of a description as a chart reads it: one point.
func first10(d Date) string {
	from, _, _ := strings.Cut(strings.ReplaceAll(d.ISO, "~", ""), "/")
	return from
}

// columns are the programmes of a matrix: those asked for, else those with acts or plans on
// the entities, most of them first.
func (w *wanted) columns(o *model.MatrixChart, rows []string) []string {
	s := w.site
	var out []string
	for _, ref := range o.Program {
		if p := s.v.Program(ref.ID); p != nil && !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	if len(o.Program) > 0 {
		return out
	}
	count := map[string]int{}
	for _, id := range rows {
		seen := map[string]bool{}
		on := s.on(id)
		for _, m := range slices.Concat(on.named, on.reached) {
			if p := s.v.Program(m.Program.ID); p != nil {
				seen[p.ID] = true
			}
		}
		for _, e := range on.plans {
			if p := w.programID(e); p != "" {
				seen[p] = true
			}
		}
		for p := range seen {
			count[p]++
		}
	}
	for _, x := range counts(count) {
		out = append(out, x.Key)
	}
	return out
}

func (w *wanted) spark(o *model.SparkChart) chart.Spec {
	spec := chart.Sparkline{}
	subject := o.Series.ID
	if !o.Series.IsZero() {
		s := w.series(o.Series, o.From, o.To)
		if s == nil {
			return nil
		}
		spec.Series, spec.Rights = w.seriesOf(s)
		spec.About.Title, spec.About.Sub = w.text(s.Title).Value, w.term(s.Unit).Value
	} else {
		subject = o.Entity.ID
		if w.site.v.Entity(o.Entity.ID) == nil {
			return nil
		}
		line, ok := w.observed(o.Metric, o.Entity, o.From, o.To, "metric")
		if !ok {
			return nil
		}
		spec.Series, spec.About.Title, spec.About.Sub = line, w.link(o.Entity).Value+": "+line.Name, line.Unit
	}
	spec.About = w.about(spec.About, subject)
	return spec
}
