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
	every := append(model.Kinds(), model.KindStatement)
	sources := t.sources.of(Folder, slices.Values(v.Sources)).texts(model.KindSource)
	if slices.ContainsFunc(v.Sources, byEntity) {
		sources.Of = []model.Kind{model.KindEntity} // as authors, by their names
	}
	tables := []Table{
		t.entities.of(Folder, slices.Values(v.Entities)).texts(model.KindEntity),
		t.names.of(Folder, parts(v.Entities, namesOf)).from(model.KindEntity),
		t.identifiers.of(Folder, parts(v.Entities, func(e *model.Entity) []model.Identifier { return e.Identifiers })).from(model.KindEntity),
		t.securities.of(Folder, parts(v.Entities, func(e *model.Entity) []model.Security { return e.Securities })).from(model.KindEntity),
		t.links.of(Folder, slices.Values(v.Links)).texts(model.KindLink),
		t.programs.of(Folder, slices.Values(v.Programs)).texts(model.KindProgram),
		t.legalBasis.of(Folder, parts(v.Programs, func(p *model.Program) []model.LegalBasis { return p.LegalBasis })).from(model.KindProgram),
	}
	tables = append(tables, s.measureTables(Folder, v.Measures)...)
	tables = append(tables,
		t.events.of(Folder, slices.Values(v.Events)).texts(model.KindEvent),
		sources,
		t.statements.of(Folder, slices.Values(s.statements())).texts(model.KindStatement),
	)
	tables = append(tables, s.figureTables(Folder, v.Figures)...)
	points := t.points.of(Folder, s.points()).from(model.KindSeries)
	points.licences = s.pointLicences()
	tables = append(tables,
		t.series.of(Folder, slices.Values(v.Series)).texts(model.KindSeries),
		points,
		t.studies.of(Folder, slices.Values(v.Studies)).texts(model.KindStudy),
		t.days.of(Folder, parts(v.Studies, func(x *model.Study) []model.AbnormalDay { return x.Days })).from(model.KindStudy),
		t.windows.of(Folder, parts(v.Studies, func(x *model.Study) []model.CARWindow { return x.Windows })).from(model.KindStudy),
		t.inputs.of(Folder, parts(v.Studies, func(x *model.Study) []model.StudyInput { return x.Inputs })).from(model.KindStudy),
		t.files.of(Folder, slices.Values(v.Files)).texts(model.KindFile),
		t.references.of(Folder, s.references()).from(every...),
		t.revisions.of(Folder, s.changes()).from(every...),
	)
	return append(tables, t.translations.of(Folder, s.translations(slices.Clone(tables))).texts(every...))
}

// byEntity reports whether an author of a source is an entity of the report.
func byEntity(x *model.Source) bool {
	return slices.ContainsFunc(x.Authors, func(a model.Author) bool { return a.ID != "" })
}

// measureTables are measures and their parts.
func (s *Set) measureTables(path string, list []*model.Measure) []Table {
	t := s.sheets
	return []Table{
		t.measures.of(path, slices.Values(list)).texts(model.KindMeasure),
		t.targets.of(path, parts(list, func(m *model.Measure) []model.Target { return m.Targets })).from(model.KindMeasure),
		t.provisions.of(path, parts(list, func(m *model.Measure) []model.Provision { return m.Provisions })).from(model.KindMeasure),
		t.suspensions.of(path, parts(list, func(m *model.Measure) []model.Suspension { return m.Suspensions })).from(model.KindMeasure),
		t.amendments.of(path, parts(list, func(m *model.Measure) []model.Amendment { return m.Amendments })).from(model.KindMeasure),
		t.challenges.of(path, parts(list, func(m *model.Measure) []model.Challenge { return m.Challenges })).from(model.KindMeasure),
	}
}

// figureTables are figures and what they are in other units.
func (s *Set) figureTables(path string, list []*model.Figure) []Table {
	return []Table{
		s.sheets.figures.of(path, slices.Values(list)).texts(model.KindFigure),
		s.sheets.equivalents.of(path, parts(list, func(f *model.Figure) []model.Equivalent { return f.Equivalents })).from(model.KindFigure),
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

// from says of which kinds the rows are.
func (t Table) from(kinds ...model.Kind) Table {
	t.Of = kinds
	return t
}

// texts says of which kinds the rows are, of their texts too.
func (t Table) texts(kinds ...model.Kind) Table {
	t.Texts = kinds
	return t
}

// Kept is told of a file of the last site that is the same: its size in bytes and
// its SHA-256. ok is false where it has to be written.
type Kept func(t Table, path string) (size int64, sha256 [sha256.Size]byte, ok bool)

// Files are the files of all tables that are not kept, and the dictionary after
// them: the path of each in the output, and a function that writes it. Those of
// single entities are not among them. Without kept, all are to be written.
func (s *Set) Files(kept Kept) iter.Seq2[string, Writer] {
	return func(yield func(string, Writer) bool) {
		for _, t := range s.tables {
			for path, write := range t.Files() {
				if kept != nil {
					if size, hash, ok := kept(t, path); ok {
						s.sums[path] = sumOf(size, hash[:])
						continue
					}
				}
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
			s.sums[path] = sumOf(n.n, h.Sum(nil))
		}
		return err
	}
}

func sumOf(size int64, hash []byte) sum { return sum{size, "sha256:" + hex.EncodeToString(hash)} }

// known is the sum of a file, which is written for it when it was not before.
func (s *Set) known(path string, write Writer) (sum, error) {
	if known, ok := s.sums[path]; ok {
		return known, nil
	}
	err := s.noted(path, write)(io.Discard)
	return s.sums[path], err
}
