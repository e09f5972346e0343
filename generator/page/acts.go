package page

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/chart"
	"github.com/dossier-report/dossier/generator/model"
)

// overTime draws acts over time, and the plans beside them. A single act says
// no more in a drawing than in its dates.
func (c *composer) overTime(ms []*model.Measure, plans []*model.Event) *Chart {
	return c.drawActs(c.measuresSpec("measures-over-time", ms, plans), ms, plans)
}

// wholeOverTime draws all acts of the report by who imposed them, whoever began
// first above.
func (c *composer) wholeOverTime() *Chart {
	v := c.site.v
	var plans []*model.Event
	for _, e := range v.Events() {
		if isPlan(e) {
			plans = append(plans, e)
		}
	}
	slices.SortStableFunc(plans, func(a, b *model.Event) int { return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID)) })
	spec := c.measuresSpec("measures-over-time", v.Measures(), plans)
	said := slices.DeleteFunc(spec.Groups, func(g chart.Group) bool { return !g.Reported })
	spec.Groups = append(c.byAuthority(v.Measures()), said...)
	spec.Sub = c.word("chart_measures_sub_authority", nil)
	return c.drawActs(spec, v.Measures(), plans)
}

func (c *composer) drawActs(spec chart.Measures, ms []*model.Measure, plans []*model.Event) *Chart {
	rows := 0
	for _, g := range spec.Groups {
		rows += len(g.Rows)
	}
	if rows < 2 {
		return nil
	}
	var list []basisOf
	for _, m := range ms {
		list = append(list, basisOf{&m.Record, nil})
	}
	for _, e := range plans {
		list = append(list, basisOf{&e.Record, nil})
	}
	return c.drawn("measures", spec, resting(list), nil, "")
}

// byAuthority puts acts together by who imposed them, in the order of time.
func (c *composer) byAuthority(ms []*model.Measure) []chart.Group {
	var out []chart.Group
	at := map[string]int{}
	for _, m := range slices.SortedFunc(slices.Values(ms), byDate) {
		row := c.actRow(m)
		if len(row.Bars)+len(row.Marks) == 0 {
			continue
		}
		name := cmp.Or(c.link(m.Authority).Value, c.word("chart_not_stated", nil))
		i, ok := at[name]
		if !ok {
			i = len(out)
			at[name] = i
			out = append(out, chart.Group{Title: name})
		}
		out[i].Rows = append(out[i].Rows, row)
	}
	return out
}

// actsFinding says in a sentence how many acts bind, are open or over, and how
// many plans were only reported.
func (c *composer) actsFinding(ms []*model.Measure, plans int) string {
	var acting, over int
	open := map[model.StatusCode]int{}
	for _, m := range ms {
		switch {
		case m.Status.Code == model.StatusEnded:
			over++
		case acts(m.Status):
			acting++
		default:
			open[m.Status.Code]++
		}
	}
	count := func(key string, n int) string {
		return c.word(key, map[string]any{"Count": n, "Number": c.counted(n)})
	}
	var parts []string
	put := func(key string, n int) {
		if n > 0 {
			parts = append(parts, count(key, n))
		}
	}
	put("chart_finding_acting", acting)
	put("chart_finding_suspended", open[model.StatusSuspended])
	put("chart_finding_announced", open[model.StatusAnnounced])
	put("chart_finding_unknown", open[model.StatusUnknown])
	put("chart_finding_over", over)
	said := ""
	if plans > 0 {
		said = count("chart_finding_reported", plans)
	}
	switch {
	case len(ms) == 0:
		return capital(said)
	case len(ms) == acting:
		parts = []string{count("chart_finding_all", acting)}
	default:
		parts[0] = c.word("chart_finding_of", map[string]any{"Count": len(ms), "Number": c.counted(len(ms)), "First": parts[0]})
	}
	return capital(c.word("chart_finding", map[string]any{"Acts": c.enumerated(parts), "Plans": said}))
}

// counted is a small number as a word, a large one in digits.
func (c *composer) counted(n int) string {
	if n >= 0 && n <= 12 {
		if word := c.word("count_"+number12[n], nil); word != "" {
			return word
		}
	}
	if c.words.Chart.Number == nil {
		return number12[0]
	}
	return c.words.Chart.Number(float64(n), 0)
}

var number12 = [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}

// enumerated joins parts of a sentence: "a, b and c".
func (c *composer) enumerated(parts []string) string {
	n := len(parts)
	if n < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:n-1], c.word("list_comma", nil)) + c.word("list_and", nil) + parts[n-1]
}

// capital is a text as it begins a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// effects draws what each regime does to an entity: a row for a regime, a
// column for what its acts do, and in the field the status and the day since
// when. One regime, or one effect, needs no table.
func (c *composer) effects(o onEntity) *Chart {
	ms := slices.Concat(o.named, o.reached)
	slices.SortStableFunc(ms, byWeight)
	spec := chart.Matrix{About: chart.About{ID: "effects", Sub: c.word("chart_effects_sub", nil)}, Corner: c.word("chart_effects_corner", nil)}
	rows, columns := map[string]int{}, map[string]int{}
	taken := map[[2]int]bool{}
	var list []basisOf
	for _, m := range ms {
		regime, kind := c.site.regime(m), string(m.Type)
		name, does := c.regimeLink(m).Value, c.word("measure_"+kind, nil)
		if name == "" || does == "" {
			continue
		}
		y, ok := rows[regime]
		if !ok {
			y = len(spec.Rows)
			rows[regime], spec.Rows = y, append(spec.Rows, name)
		}
		x, ok := columns[kind]
		if !ok {
			x = len(spec.Columns)
			columns[kind], spec.Columns = x, append(spec.Columns, does)
		}
		list = append(list, basisOf{&m.Record, nil})
		if taken[[2]int{y, x}] {
			continue // the act that counts most stands there
		}
		taken[[2]int{y, x}] = true
		cell := chart.MatrixCell{Row: y, Column: x, Status: lookOf(m.Status), Text: c.word("status_"+m.Status.Name(), nil)}
		if dates := keyDates(m); len(dates) > 0 {
			from, _, _ := strings.Cut(strings.ReplaceAll(dates[0].Date.ISO, "~", ""), "/")
			cell.Date = from
		}
		spec.Cells = append(spec.Cells, cell)
	}
	if len(spec.Rows) < 2 || len(spec.Columns) < 2 {
		return nil
	}
	spec.Title = capital(c.word("chart_effects_title", map[string]any{"Count": len(spec.Rows), "Number": c.counted(len(spec.Rows)), "Columns": c.counted(len(spec.Columns))}))
	return c.drawn("matrix", spec, resting(list), nil, "")
}

// basisOf is a record on which a drawing rests, and the source in whose file it
// stands, if any.
type basisOf struct {
	*model.Record
	source *model.Source
}

// resting is what a drawing of several records rests on: the sources of all,
// each once, and the grade of the weakest.
func resting(list []basisOf) *model.Record {
	out := &model.Record{}
	order := model.Confidence("").Values()
	rank := -1
	put := func(ref model.SourceRef) {
		if !slices.ContainsFunc(out.Sources, func(s model.SourceRef) bool { return s.ID == ref.ID }) {
			out.Sources = append(out.Sources, model.SourceRef{Ref: ref.Ref})
		}
	}
	for _, b := range list {
		if r := slices.Index(order, grade(b.Record, b.source)); r > rank {
			rank, out.Confidence = r, model.Confidence(order[r])
		}
		if b.source != nil {
			put(model.SourceRef{Ref: model.Ref{ID: b.source.ID}})
		}
		for _, s := range b.Sources {
			put(s)
		}
	}
	return out
}
