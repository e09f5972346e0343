package table

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"

	"github.com/dossier-report/dossier/generator/model"
)

// sheets are the columns of all tables.
type sheets struct {
	entities     *sheet[*model.Entity]
	names        *sheet[nameRow]
	identifiers  *sheet[identifierRow]
	securities   *sheet[securityRow]
	links        *sheet[*model.Link]
	programs     *sheet[*model.Program]
	legalBasis   *sheet[basisRow]
	measures     *sheet[*model.Measure]
	targets      *sheet[targetRow]
	provisions   *sheet[provisionRow]
	suspensions  *sheet[suspensionRow]
	amendments   *sheet[amendmentRow]
	challenges   *sheet[challengeRow]
	events       *sheet[*model.Event]
	sources      *sheet[*model.Source]
	statements   *sheet[*model.Statement]
	files        *sheet[*model.File]
	figures      *sheet[*model.Figure]
	equivalents  *sheet[equivalentRow]
	series       *sheet[*model.Series]
	points       *sheet[pointRow]
	studies      *sheet[*model.Study]
	days         *sheet[dayRow]
	windows      *sheet[windowRow]
	inputs       *sheet[inputRow]
	references   *sheet[reference]
	revisions    *sheet[change]
	translations *sheet[translation]
}

func (s *Set) makeSheets() sheets {
	return sheets{
		s.entitySheet(), s.nameSheet(), s.identifierSheet(), s.securitySheet(), s.linkSheet(), s.programSheet(), s.basisSheet(),
		s.measureSheet(), s.targetSheet(), s.provisionSheet(), s.suspensionSheet(), s.amendmentSheet(), s.challengeSheet(),
		s.eventSheet(), s.sourceSheet(), s.statementSheet(), s.fileSheet(), s.figureSheet(), s.equivalentSheet(), s.seriesSheet(),
		s.pointSheet(), s.studySheet(), s.daySheet(), s.windowSheet(), s.inputSheet(), s.referenceSheet(), s.revisionSheet(),
		s.translationSheet(),
	}
}

// all are the tables of the whole view.
func (s *Set) all() []Table {
	v, t := s.v, s.sheets
	tables := []Table{
		t.entities.of(Folder, slices.Values(v.Entities)),
		t.names.of(Folder, parts(v.Entities, namesOf)),
		t.identifiers.of(Folder, parts(v.Entities, func(e *model.Entity) []model.Identifier { return e.Identifiers })),
		t.securities.of(Folder, parts(v.Entities, func(e *model.Entity) []model.Security { return e.Securities })),
		t.links.of(Folder, slices.Values(v.Links)),
		t.programs.of(Folder, slices.Values(v.Programs)),
		t.legalBasis.of(Folder, parts(v.Programs, func(p *model.Program) []model.LegalBasis { return p.LegalBasis })),
	}
	tables = append(tables, s.measureTables(Folder, v.Measures)...)
	tables = append(tables,
		t.events.of(Folder, slices.Values(v.Events)),
		t.sources.of(Folder, slices.Values(v.Sources)),
		t.statements.of(Folder, slices.Values(s.statements())),
	)
	tables = append(tables, s.figureTables(Folder, v.Figures)...)
	points := t.points.of(Folder, s.points())
	points.licences = s.pointLicences()
	tables = append(tables,
		t.series.of(Folder, slices.Values(v.Series)),
		points,
		t.studies.of(Folder, slices.Values(v.Studies)),
		t.days.of(Folder, parts(v.Studies, func(x *model.Study) []model.AbnormalDay { return x.Days })),
		t.windows.of(Folder, parts(v.Studies, func(x *model.Study) []model.CARWindow { return x.Windows })),
		t.inputs.of(Folder, parts(v.Studies, func(x *model.Study) []model.StudyInput { return x.Inputs })),
		t.files.of(Folder, slices.Values(v.Files)),
		t.references.of(Folder, s.references()),
		t.revisions.of(Folder, s.changes()),
	)
	return append(tables, t.translations.of(Folder, s.translations(slices.Clone(tables))))
}

// measureTables are measures and their parts.
func (s *Set) measureTables(path string, list []*model.Measure) []Table {
	t := s.sheets
	return []Table{
		t.measures.of(path, slices.Values(list)),
		t.targets.of(path, parts(list, func(m *model.Measure) []model.Target { return m.Targets })),
		t.provisions.of(path, parts(list, func(m *model.Measure) []model.Provision { return m.Provisions })),
		t.suspensions.of(path, parts(list, func(m *model.Measure) []model.Suspension { return m.Suspensions })),
		t.amendments.of(path, parts(list, func(m *model.Measure) []model.Amendment { return m.Amendments })),
		t.challenges.of(path, parts(list, func(m *model.Measure) []model.Challenge { return m.Challenges })),
	}
}

// figureTables are figures and what they are in other units.
func (s *Set) figureTables(path string, list []*model.Figure) []Table {
	return []Table{
		s.sheets.figures.of(path, slices.Values(list)),
		s.sheets.equivalents.of(path, parts(list, func(f *model.Figure) []model.Equivalent { return f.Equivalents })),
	}
}

// concerning is what a report says on one entity.
type concerning struct {
	measures   []*model.Measure
	events     []*model.Event
	statements []*model.Statement
	figures    []*model.Figure
	links      []*model.Link
}

// ForEntity are the tables on one entity, in the order of Tables, and with the
// same columns: measures that have it as a target or that it has imposed, with
// their parts; events that concern it or in which it acted; statements about
// it, against it, by it or on its behalf; its figures; and its ties. Tables
// without rows are left out.
func (s *Set) ForEntity(id string) []Table {
	if s.index == nil {
		s.makeIndex()
	}
	c := s.index[id]
	if c == nil || s.v.Entity(id) == nil {
		return nil
	}
	path := Folder + "/entities/" + id
	tables := []Table{s.sheets.links.of(path, slices.Values(c.links))}
	tables = append(tables, s.measureTables(path, c.measures)...)
	tables = append(tables, s.sheets.events.of(path, slices.Values(c.events)), s.sheets.statements.of(path, slices.Values(c.statements)))
	tables = append(tables, s.figureTables(path, c.figures)...)
	return slices.DeleteFunc(tables, func(t Table) bool { return t.Len() == 0 })
}

// Records are what the tables on an entity are made of, and of nothing else but
// what holds for all records: settings, terms and days. It is safe for several
// goroutines once it has been called.
func (s *Set) Records(id string) []model.Item {
	if s.index == nil {
		s.makeIndex()
	}
	c := s.index[id]
	if c == nil {
		return nil
	}
	return slices.Concat(items(c.measures), items(c.events), items(c.statements), items(c.figures), items(c.links))
}

func items[T model.Item](list []T) []model.Item {
	out := make([]model.Item, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

func (s *Set) makeIndex() {
	s.index = map[string]*concerning{}
	on := func(ref model.Ref) *concerning {
		if ref.ID == "" {
			return &concerning{} // nobody's
		}
		if s.index[ref.ID] == nil {
			s.index[ref.ID] = &concerning{}
		}
		return s.index[ref.ID]
	}
	for _, m := range s.v.Measures {
		for _, t := range m.Targets {
			add(&on(t.Ref).measures, m)
		}
		add(&on(m.Authority).measures, m)
	}
	for _, e := range s.v.Events {
		for _, ref := range slices.Concat(e.Concerns, e.By) {
			add(&on(ref).events, e)
		}
	}
	for _, st := range s.statements() {
		for _, ref := range slices.Concat(st.About, st.Against, []model.Ref{st.By.Ref, st.Organisation.Ref}) {
			add(&on(ref).statements, st)
		}
	}
	for _, f := range s.v.Figures {
		add(&on(f.Entity).figures, f)
	}
	for _, l := range s.v.Links {
		add(&on(l.From).links, l)
		add(&on(l.To).links, l)
	}
}

// add puts a record at the end of a list, unless it stands there.
func add[T comparable](list *[]T, x T) {
	if n := len(*list); n == 0 || (*list)[n-1] != x {
		*list = append(*list, x)
	}
}

// Files are the files of all tables, and the dictionary after them: the path of
// each in the output, and a function that writes it. Those of single entities
// are not among them.
func (s *Set) Files() iter.Seq2[string, Writer] {
	return func(yield func(string, Writer) bool) {
		for _, t := range s.tables {
			for path, write := range t.Files() {
				if !yield(path, s.noted(path, write)) {
					return
				}
			}
		}
		yield(DictionaryPath, s.Dictionary)
	}
}

// noted writes a file and notes its sum, which the dictionary states.
func (s *Set) noted(path string, write Writer) Writer {
	return func(w io.Writer) error {
		h := sha256.New()
		n := &counter{w: io.MultiWriter(w, h)}
		err := write(n)
		if err == nil {
			s.sums[path] = sum{n.n, "sha256:" + hex.EncodeToString(h.Sum(nil))}
		}
		return err
	}
}

// sumOf is the sum of a file, which is written for it when it was not before.
func (s *Set) sumOf(path string, write Writer) (sum, error) {
	if known, ok := s.sums[path]; ok {
		return known, nil
	}
	err := s.noted(path, write)(io.Discard)
	return s.sums[path], err
}
