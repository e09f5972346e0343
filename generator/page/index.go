package page

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// homeProse is the path of the prose that stands on the home page.
const homeProse = "_index"

// site is a view with everything that is asked of it more than once. It does
// not change after newSite, but for what it remembers of texts and reports.
type site struct {
	v     *reader
	first string   // the report's own language
	langs []string // all languages, the first one first

	engine *markdown.Engine
	docs   map[string]*markdown.Doc // parsed texts, the last few

	reports map[string]*Report // what the pages of a language share
	has     map[string]bool    // layouts of the theme
	fronts  map[string]string  // path of prose -> page of our own in front of which it stands

	naming    related[*model.Measure]   // entity -> measures that have it as a target
	issued    related[*model.Measure]   // authority -> measures
	under     related[*model.Measure]   // id of a programme -> measures
	replaced  related[*model.Measure]   // measure -> those whose place it took
	events    related[*model.Event]     // any record -> events that concern it, or in which it acted
	overtook  related[*model.Event]     // event or measure -> events whose place it took
	plans     related[*model.Event]     // id of a programme -> reported plans
	using     related[*model.Event]     // id of a programme -> events that would use it, plans among them
	said      related[*model.Statement] // any record -> statements about, against or by it
	answers   related[*model.Statement] // statement -> statements that answer it
	figures   related[*model.Figure]    // entity -> figures
	series    related[*model.Series]    // entity -> series about it
	studies   related[*model.Study]     // entity, and event or measure -> event studies
	ties      related[*model.Link]      // entity -> links at either end
	children  related[*model.Entity]    // public body -> bodies that belong to it
	programs  related[*model.Program]   // authority -> programmes
	news      related[*model.Source]    // entity -> news items and documents about it
	uses      related[use]              // source -> what rests on it
	byCountry related[*model.Entity]    // code of a country -> its entities
	prose     map[string][]*model.Prose // path -> the page in its languages
	prosePath []string                  // sorted
	files     map[string]*model.File    // path in data/files -> record
	people    bool                      // there are persons

	tell func(diag.Diagnostic) // is told what is wrong with drawings; nil tells nobody

	lists lists
	names *nameIndex
	refs  map[string][]markdown.Ref // Options.Refs
}

// use is a record that rests on a source.
type use struct {
	item           model.Item
	role           model.Text
	locator, quote string
	in             model.Markdown // the text that cites it; nil when a field does
	lang           string         // of its translation that does
}

func newSite(v *model.View, o Options) *site {
	r := newReader(v)
	s := &site{
		v: r, refs: o.Refs, names: &nameIndex{}, first: v.Settings.FirstLanguage(), engine: markdown.New(model.ChartFence), docs: map[string]*markdown.Doc{}, reports: map[string]*Report{},
		has: map[string]bool{}, fronts: map[string]string{}, prose: map[string][]*model.Prose{}, files: map[string]*model.File{},

		naming: newRelated[*model.Measure](r, "naming"), issued: newRelated[*model.Measure](r, "issued"), under: newRelated[*model.Measure](r, "under"),
		replaced: newRelated[*model.Measure](r, "replaced"), events: newRelated[*model.Event](r, "events"), overtook: newRelated[*model.Event](r, "overtook"),
		plans: newRelated[*model.Event](r, "plans"), using: newRelated[*model.Event](r, "using"), said: newRelated[*model.Statement](r, "said"),
		answers: newRelated[*model.Statement](r, "answers"), figures: newRelated[*model.Figure](r, "figures"), series: newRelated[*model.Series](r, "series"),
		studies: newRelated[*model.Study](r, "studies"), ties: newRelated[*model.Link](r, "ties"), children: newRelated[*model.Entity](r, "children"),
		programs: newRelated[*model.Program](r, "programs"), news: newRelated[*model.Source](r, "news"), uses: newRelated[use](r, "uses"),
		byCountry: newRelated[*model.Entity](r, keyCountry),
	}
	has := o.Templates
	if has == nil {
		has = coreTemplate
	}
	for _, name := range templates() {
		s.has[name] = has(name)
	}
	for _, l := range v.Settings.Languages {
		s.langs = append(s.langs, string(l))
	}
	if len(s.langs) == 0 {
		s.langs = []string{s.first}
	}
	for _, x := range s.v.Series() {
		add(s.series, x.Subject.ID, x)
	}
	for _, x := range s.v.Studies() {
		add(s.studies, x.Subject.ID, x)
		add(s.studies, x.Event.ID, x)
	}
	s.indexMeasures()
	s.indexEvents()
	s.indexSources()
	s.indexTies()
	s.indexFronts()
	s.indexCountries()
	s.indexUses()
	s.lists = s.newLists(cmp.Or(o.rowsPerPage, rowsPerPage))
	return s
}

func (s *site) indexMeasures() {
	for _, m := range s.v.Measures() {
		for _, t := range m.Targets {
			add(s.naming, t.ID, m)
		}
		add(s.issued, m.Authority.ID, m)
		if p := s.v.Program(m.Program.ID); p != nil {
			add(s.under, p.ID, m)
		}
		if m.Ended != nil {
			add(s.replaced, m.Ended.By.ID, m)
		}
		for _, p := range m.Provisions {
			if p.Ended != nil {
				add(s.replaced, p.Ended.By.ID, m)
			}
		}
	}
	for _, p := range s.v.Programs() {
		add(s.programs, p.Issuer.ID, p)
	}
}

func (s *site) indexEvents() {
	for _, e := range s.v.Events() {
		for _, refs := range [][]model.Ref{e.Concerns, e.By} {
			for _, ref := range refs {
				add(s.events, ref.ID, e)
			}
		}
		add(s.overtook, e.SupersededBy.ID, e)
		if p := s.v.Program(e.Program.ID); p != nil {
			add(s.using, p.ID, e)
			if isPlan(e) {
				add(s.plans, p.ID, e)
			}
		}
	}
}

func (s *site) indexSources() {
	for _, src := range s.v.Sources() {
		for _, ref := range src.Entities {
			add(s.news, ref.ID, src)
		}
		for _, st := range src.Statements {
			add(s.said, st.By.ID, st)
			add(s.said, st.Organisation.ID, st)
			for _, refs := range [][]model.Ref{st.About, st.Against} {
				for _, ref := range refs {
					add(s.said, ref.ID, st)
				}
			}
			for _, ref := range st.Answers {
				add(s.answers, ref.ID, st)
			}
		}
	}
	for _, f := range s.v.Figures() {
		add(s.figures, f.Entity.ID, f)
	}
}

func (s *site) indexTies() {
	for _, l := range s.v.Links() {
		add(s.ties, l.From.ID, l)
		add(s.ties, l.To.ID, l)
	}
	for _, e := range s.v.Entities() {
		add(s.children, e.Parent.ID, e)
		s.people = s.people || e.Schema == model.Person
	}
	for _, p := range s.v.Prose() {
		if len(s.prose[p.Path]) == 0 {
			s.prosePath = append(s.prosePath, p.Path)
		}
		s.prose[p.Path] = append(s.prose[p.Path], p)
	}
	slices.Sort(s.prosePath)
	for _, f := range s.v.Files() {
		s.files[f.Path] = f
	}
}

// isPlan reports whether an event is a reported plan: somebody said that a
// measure is meant to be imposed, and nobody with a say has confirmed or
// denied it. A plan is never a measure.
func isPlan(e *model.Event) bool {
	if e.Certainty != model.Reported {
		return false
	}
	switch e.Type {
	case model.ReportEvent:
		return true
	case model.StatementEvent, model.PolicyEvent:
		return !e.Program.IsZero()
	}
	return false
}

// owned are the entities in which an entity holds a share on the day of the
// report.
func (s *site) owned(id string) []string {
	var out []string
	for _, l := range s.ties.of(id) {
		if l.Schema == model.Ownership && l.From.ID == id && !s.over(l) && !slices.Contains(out, l.To.ID) {
			out = append(out, l.To.ID)
		}
	}
	return out
}

// over reports whether a link has ended by the day of the report.
func (s *site) over(l *model.Link) bool { return !l.End.IsZero() && l.End.Last() < s.v.AsOf }

// file is the attachment at a path in data/files.
func (s *site) file(path string) *model.File {
	s.v.Files()
	return s.files[path]
}

// tablesOf is the source of the tables on an entity, noted when it is asked.
func (s *site) tablesOf(get func(id string) []DataTable) func(id string) []DataTable {
	if get == nil {
		return nil
	}
	return func(id string) []DataTable {
		s.v.note(keyTables + id)
		return get(id)
	}
}
