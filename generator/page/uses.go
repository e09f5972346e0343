package page

import (
	"cmp"
	"strings"

	"github.com/dossier-report/dossier/generator/cores"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

// indexUses notes for every source which records rest on it: as a source of
// the record or of a part of it, or cited in its text.
func (s *site) indexUses() {
	var found users
	found.look(s)
	cited := make([][]markdown.Ref, len(found.list))
	cores.Each(len(cited), func(i int) { cited[i] = s.citations(found.list[i].text) })
	for i, u := range found.list {
		if u.text == "" {
			s.noteUse(u.source, u.use)
		}
		for _, ref := range cited[i] {
			u.use.locator = ref.Locator
			s.noteUse(ref.ID, u.use)
		}
	}
}

// users are uses of sources, and texts in which there may be some.
type users struct {
	site *site
	list []user
}

type user struct {
	source, text string // one of the two
	use          use
}

// look finds the users of sources among all records.
func (s *users) look(site *site) {
	s.site = site
	v := site.v
	for _, e := range v.Entities() {
		s.note(e, e.Sources)
		s.noteTexts(e, e.Summary, e.Note)
	}
	for _, m := range v.Measures() {
		s.note(m, m.Sources)
		for _, x := range m.Suspensions {
			s.note(m, x.Sources)
		}
		for _, x := range m.Amendments {
			s.note(m, x.Sources)
		}
		for _, x := range m.Challenges {
			s.note(m, x.Sources)
		}
		s.noteTexts(m, m.Scope, m.Reason, m.Note)
	}
	for _, e := range v.Events() {
		s.note(e, e.Sources)
		s.noteTexts(e, e.Summary, e.Note)
	}
	for _, p := range v.Programs() {
		s.note(p, p.Sources)
		for _, b := range p.LegalBasis {
			s.note(p, b.Sources)
		}
		s.noteTexts(p, p.Summary, p.Note)
	}
	for _, l := range v.Links() {
		s.note(l, l.Sources)
		s.noteTexts(l, l.Note)
	}
	for _, x := range v.Series() {
		s.note(x, x.Sources)
		s.noteTexts(x, x.Note)
	}
	for _, f := range v.Figures() {
		s.noteFigure(f)
	}
	for _, x := range v.Studies() {
		s.note(x, x.Sources)
		for _, in := range x.Inputs {
			s.noteRef(x, in.Source)
		}
		s.noteTexts(x, x.Caveat, x.Note)
	}
	for _, f := range v.Files() {
		s.note(f, f.Sources)
		s.noteRef(f, f.Source)
	}
	for _, src := range v.Sources() {
		s.note(src, src.Sources)
		s.noteTexts(src, src.Body, src.Note)
		for _, st := range src.Statements {
			s.note(st, st.Sources)
			s.noteTexts(st, st.Text, st.Note)
		}
	}
	for _, p := range v.Prose() {
		s.note(p, p.Sources)
		s.noteTexts(p, p.Body, p.Note)
	}
}

func (s *users) noteFigure(f *model.Figure) {
	metric := s.site.v.Term(f.Metric)
	for _, ref := range f.Sources {
		s.add(ref.ID, use{item: f, role: metric, locator: ref.Locator, quote: ref.Quote})
	}
	for _, e := range f.Equivalents {
		s.add(e.Source.ID, use{item: f, role: metric})
	}
	s.noteTexts(f, f.Note)
}

func (s *users) note(item model.Item, refs []model.SourceRef) {
	for _, ref := range refs {
		s.add(ref.ID, use{item: item, locator: ref.Locator, quote: ref.Quote})
	}
}

func (s *users) noteRef(item model.Item, ref model.Ref) {
	s.add(ref.ID, use{item: item})
}

func (s *users) noteTexts(item model.Item, texts ...model.Markdown) {
	for _, text := range texts {
		for _, translation := range text {
			lang := cmp.Or(translation.Lang, s.site.first)
			if p, ok := item.(*model.Prose); ok {
				lang = s.site.language(p)
			}
			if strings.Contains(translation.Value, "@") {
				s.list = append(s.list, user{text: translation.Value, use: use{item: item, in: text, lang: lang}})
			}
		}
	}
}

func (s *users) add(source string, u use) { s.list = append(s.list, user{source: source, use: u}) }

// noteUse notes a use, but not the same place of the same record twice, and
// not the use of a source by itself.
func (s *site) noteUse(source string, u use) {
	if source == "" || u.item.Rec().ID == source {
		return
	}
	list := s.uses.by[source]
	for i := len(list) - 1; i >= 0 && list[i].item == u.item; i-- {
		if list[i].lang == u.lang && u.repeats(list[i:i+1]) {
			return
		}
	}
	s.uses.by[source] = append(list, u)
}

// repeats reports whether a use adds nothing to those that end a list: the same
// place of the same record.
func (u use) repeats(list []use) bool {
	for i := len(list) - 1; i >= 0 && list[i].item == u.item; i-- {
		if list[i].locator == u.locator || u.locator == "" {
			return true
		}
	}
	return false
}
