// Package lint holds the editorial rules: what a careful editor would ask of
// records that are well formed. Each finding has a rule, which a project can
// raise, lower or silence with a reason, and from which a record can be
// excepted.
package lint

import (
	"fmt"
	"io/fs"

	"github.com/dossier-report/dossier/generator/cores"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// Check looks at all records of a report, drafts and every audience included.
// The files are those of the project: when the inputs of a study lie in
// model.PrivateSeries, it is computed again; nil when none are at hand. The
// diagnostics are judged by the report's rules, but not sorted. Refs are what each
// text in Markdown refers to, by the text, for those who come after.
func Check(r *model.Report, files fs.FS) (found []diag.Diagnostic, refs map[string][]markdown.Ref) {
	l := &linter{report: r, view: r.Whole(), open: map[*diag.File]int{}, files: files, named: map[string]bool{}, resolved: true, engine: markdown.New(model.ChartFence), refs: map[string][]markdown.Ref{}}
	for id := range r.References() {
		l.named[id] = true
		l.resolved = l.resolved && l.view.Item(id) != nil
	}
	l.texts()
	l.out = append(l.out, model.Unchecked(l.open, "in texts")...)
	for _, item := range l.view.Items() {
		l.record(item)
		switch x := item.(type) {
		case *model.Measure:
			l.measure(x)
		case *model.Event:
			l.event(x)
		case *model.Source:
			l.source(x)
		case *model.Series:
			l.series(x)
		case *model.Study:
			l.study(x)
		case *model.Figure:
			l.conversions(x)
		}
	}
	l.answers()
	l.terms(r)
	if l.resolved && len(l.open) == 0 {
		l.unused() // a misspelt id would make the record it means look unused
	}
	l.hidden(r)
	out := r.Judge(l.out)
	return append(out, r.Judge(r.UnusedExceptions())...), l.refs
}

type linter struct {
	report *model.Report
	view   *model.View
	files  fs.FS
	engine *markdown.Engine
	named  map[string]bool           // ids that something refers to
	open   map[*diag.File]int        // references in texts that nobody can judge, for what they name may stand in a file that could not be read
	refs   map[string][]markdown.Ref // of texts
	out    []diag.Diagnostic

	resolved bool // every reference in a field leads to a record
}

// add reports a finding at a path of a record.
func (l *linter) add(code string, item model.Item, path, hint, format string, args ...any) *diag.Diagnostic {
	l.out = append(l.out, diag.Diagnostic{
		Code: code, Span: item.Rec().Place(path), Path: path, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
	return &l.out[len(l.out)-1]
}

// record holds what is asked of every kind of record.
func (l *linter) record(item model.Item) {
	rec := item.Rec()
	if rec.Draft {
		l.add("draft", item, "draft", "delete the line when the record is done", "the record is a draft, so it is left out of every build")
	}
	inside := rec.Kind == model.KindStatement || rec.Kind == model.KindFigure && item.(*model.Figure).Source != nil
	if len(rec.ReviewedBy) == 0 && !rec.Draft && !inside {
		l.add("unreviewed", item, "", "add reviewed_by: when somebody has compared it with its sources", "nobody has reviewed the %s", rec.Kind.Singular())
	}
	switch rec.Kind {
	case model.KindSource, model.KindStatement, model.KindFile, model.KindProse:
		return // they are sources, stand in one, or cite in their text
	}
	if len(rec.Sources) == 0 && !inside {
		l.add("no-source", item, "", "add sources: with the id of a news item or document", "the %s rests on no source", rec.Kind.Singular())
	}
}

func (l *linter) measure(m *model.Measure) {
	if m.Authority.IsZero() {
		l.add("no-authority", m, "", "add authority: with the id of the body that imposed it", "nobody is named who imposed the measure")
	}
	if len(m.Citations) == 0 && m.ListID == "" {
		l.add("no-citation", m, "", "add citations: or list_id:", "the measure has no official citation and no entry number")
	}
	if len(m.Targets) == 0 && m.TargetBasis != model.ByClass {
		l.add("no-target", m, "", "add targets:, or target_basis: class", "the measure names nobody")
	}
	dated := !m.Announced.IsZero() || !m.Published.IsZero() || !m.Effective.IsZero() || len(m.Provisions) > 0
	if !dated {
		l.add("undated-measure", m, "", "state when it was announced, published or took effect; if it was only reported, it is an event", "the measure has no date, so its status is unknown")
	}
}

func (l *linter) source(s *model.Source) {
	if s.News && s.Archive == nil {
		l.add("no-archive", s, "url", "add archive: {url, captured} of a stored copy", "no copy of the news item is archived")
	}
	if s.URL == "" && s.Citation == "" && s.Archive == nil && s.Number == "" && s.SHA256 == "" && s.Container == "" && s.Publisher == "" {
		l.add("unfindable-source", s, "", "add url, citation, number, publisher or archive", "nothing says where to find the source")
	}
}

func (l *linter) series(s *model.Series) {
	if s.Licence == "" && s.Redistributable != model.RedistributeNo {
		l.add("series-licence", s, "redistributable", "state licence:, or set redistributable: no", "the series is shown, but no licence says that it may be")
	}
	if s.Redistributable == model.RedistributeNo && len(s.Points) > 0 {
		l.add("series-licence", s, "redistributable", "keep the file out of the project, and record a study or an excerpt", "the points of the series lie in the project, against its licence")
	}
}

// answers looks for allegations to which nobody has had a chance to respond.
func (l *linter) answers() {
	answered := map[string]bool{}
	var replies []*model.Statement
	for _, s := range l.view.Sources {
		for _, st := range s.Statements {
			switch st.Type {
			case model.Response, model.Denial, model.DeclinedToComment:
				replies = append(replies, st)
				for _, a := range st.Answers {
					answered[a.ID] = true
				}
			}
		}
	}
	for _, s := range l.view.Sources {
		for _, st := range s.Statements {
			if st.Type != model.Allegation || answered[st.ID] || st.Reply != nil {
				continue
			}
			if len(st.Against) > 0 && answersAll(st, replies) {
				continue
			}
			l.add("unanswered-allegation", st, "kind", "add the response as a statement with answers: ["+st.ID+"], or our own request as reply: {asked, outcome}",
				"nobody has answered the allegation, or was asked to")
		}
	}
}

// answersAll reports whether everybody an allegation is made against has said
// something about the same matter.
func answersAll(a *model.Statement, replies []*model.Statement) bool {
	for _, party := range a.Against {
		found := false
		for _, r := range replies {
			if (r.By.ID == party.ID || r.Organisation.ID == party.ID) && sharesTopic(a, r) {
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func sharesTopic(a, b *model.Statement) bool {
	for _, x := range a.About {
		for _, y := range b.About {
			if x.ID == y.ID {
				return true
			}
		}
	}
	return false
}

// unused looks for records that nothing refers to and no page would show.
func (l *linter) unused() {
	report := func(item model.Item, what string) {
		l.add("unused", item, "", "refer to it, or delete it", "nothing refers to the %s", what)
	}
	for _, s := range l.view.Sources {
		if !l.named[s.ID] && !s.News && len(s.Statements) == 0 && len(s.Figures) == 0 {
			report(s, "source")
		}
		if s.News && !l.named[s.ID] && len(s.Entities) == 0 && len(s.Statements) == 0 && len(s.Figures) == 0 {
			report(s, "news item")
		}
	}
	for _, e := range l.view.Entities {
		if !l.named[e.ID] {
			report(e, "entity")
		}
	}
	for _, p := range l.view.Programs {
		if !l.named[p.ID] {
			report(p, "program")
		}
	}
	for _, f := range l.view.Files {
		if !l.named[f.ID] {
			report(f, "file")
		}
	}
}

// hidden looks for records that name what their readers may not see, or not
// yet.
func (l *linter) hidden(r *model.Report) {
	rank := map[string]int{"": 0}
	for i, a := range l.view.Settings.Audiences {
		rank[a] = i
	}
	for id, users := range r.References() {
		target := l.view.Item(id)
		if target == nil {
			continue
		}
		for _, u := range users {
			if u == nil {
				continue
			}
			if need := rank[target.Rec().Audience]; need > rank[u.Rec().Audience] {
				l.add("narrower-audience", u, "", "narrow its audience too, or leave the name out",
					"the record names %q, which only the audience %q may see", id, target.Rec().Audience).Related = []diag.Related{{Span: target.Rec().At}}
			}
			if day := target.Rec().Embargo; !day.IsZero() && (u.Rec().Embargo.IsZero() || u.Rec().Embargo.Last() < day.Last()) {
				l.add("later-embargo", u, "", "hold it back until then too, or leave the name out",
					"the record names %q, which may not appear before %s", id, day).Related = []diag.Related{{Span: target.Rec().Place("embargo")}}
			}
		}
	}
}

// text is one in Markdown, with what is found in it.
type text struct {
	model.Translation
	self, path string // id of its record, and where in that it stands

	found []diag.Diagnostic
	refs  []markdown.Ref
}

// texts checks every text in Markdown, and marks what it refers to as named.
func (l *linter) texts() {
	var all []text
	for _, item := range l.view.Items() {
		for _, f := range model.Markdowns(item) {
			for _, t := range f.Text {
				all = append(all, text{Translation: t, self: item.Rec().ID, path: f.Path})
			}
		}
	}
	for _, t := range l.view.Settings.Finding {
		all = append(all, text{Translation: t, path: "finding"})
	}
	cores.Each(len(all), func(i int) {
		t := &all[i]
		doc := l.engine.Parse(t.Value)
		t.found, t.refs = doc.Check(t.Place), doc.Refs()
	})
	for _, t := range all {
		for _, d := range t.found {
			d.Path = t.path
			l.out = append(l.out, d)
		}
		l.refs[t.Value] = t.refs
		for _, ref := range t.refs {
			if ref.ID != t.self {
				l.named[ref.ID] = true
			}
			l.reference(t.path, t.Translation, ref)
		}
	}
}

// reference reports a citation or record link that leads nowhere.
func (l *linter) reference(path string, t model.Translation, ref markdown.Ref) {
	if ref.Kind == markdown.File {
		l.attachment(path, t, ref)
		return
	}
	item := l.view.Item(ref.ID)
	_, isSource := item.(*model.Source)
	cites := ref.Kind == markdown.Citation
	if item != nil && (!cites || isSource) {
		return
	}
	var kinds []string // of records that it may lead to; all when there are none
	if cites {
		kinds = []string{string(model.KindSource)}
	}
	if file := l.report.Unread(kinds...); item == nil && file != nil {
		l.open[file]++
		return
	}
	d := diag.Diagnostic{Code: "unknown-reference", Span: t.Place(ref.Start, ref.End), Path: path}
	switch {
	case item != nil:
		kind := item.Rec().Kind.Singular()
		d.Message = fmt.Sprintf("only sources can be cited, and %q is of kind %s", ref.ID, kind)
		d.Hint = "write [[" + ref.ID + "]] to link to it"
		d.Related = []diag.Related{{Span: item.Rec().At}}
	case cites:
		d.Message = fmt.Sprintf("no source %q", ref.ID)
		d.Hint, d.Related = l.nearest(ref.ID, true)
	default:
		d.Message = fmt.Sprintf("no record %q", ref.ID)
		d.Hint, d.Related = l.nearest(ref.ID, false)
	}
	l.out = append(l.out, d)
}

// attachment reports a link or an image that leads to no recorded file.
func (l *linter) attachment(path string, t model.Translation, ref markdown.Ref) {
	var known []string
	for _, f := range l.view.Files {
		if f.Path == ref.ID {
			l.named[f.ID] = true
			return
		}
		known = append(known, f.Path)
	}
	if file := l.report.Unread(string(model.KindFile)); file != nil {
		l.open[file]++
		return
	}
	hint := diag.DidYouMean(ref.ID, known)
	if hint == "" {
		hint = "put it into data/files and describe it in data/files/files.yaml"
	}
	l.out = append(l.out, diag.Diagnostic{Code: "unknown-reference", Span: t.Place(ref.Start, ref.End), Path: path,
		Message: fmt.Sprintf("no attachment %q", ref.ID), Hint: hint})
}

func (l *linter) nearest(id string, sourcesOnly bool) (string, []diag.Related) {
	var ids []string
	for _, item := range l.view.Items() {
		if _, ok := item.(*model.Source); ok || !sourcesOnly {
			ids = append(ids, item.Rec().ID)
		}
	}
	best := diag.Nearest(id, ids)
	if best == "" {
		return "correct the id, or make the record", nil
	}
	return `did you mean "` + best + `"?`, []diag.Related{{Span: l.view.Item(best).Rec().At}}
}
