package table

import (
	"github.com/dossier-report/dossier/generator/model"
)

type (
	nameRow       = part[*model.Entity, name]
	identifierRow = part[*model.Entity, model.Identifier]
	securityRow   = part[*model.Entity, model.Security]
	basisRow      = part[*model.Program, model.LegalBasis]
)

// name is a name of an entity with its kind.
type name struct {
	kind string
	model.Name
}

func (s *Set) entitySheet() *sheet[*model.Entity] {
	t := newSheet[*model.Entity](s, "entities", "Entities", "Companies, organisations, people and public bodies. Other people may have the same name as a person here: nothing is said of them.", model.KindEntity)
	id(t)
	t.code("schema", "FollowTheMoney schema", func(e *model.Entity) string { return string(e.Schema) })
	t.plain("name", "", func(e *model.Entity) string { return e.Name.Text })
	t.typed(Code, "name_lang", "language of the name (BCP 47), when it is stated", func(e *model.Entity) string { return e.Name.Lang })
	t.plain("short", "", func(e *model.Entity) string { return e.Short.Text })
	t.codes("country", "", func(e *model.Entity) []string { return words(e.Countries) })
	t.typed(Code, "jurisdiction", "", func(e *model.Entity) string { return string(e.Jurisdiction) })
	t.text("sector", "", func(e *model.Entity) model.Text { return e.Sector })
	t.list("topics", "", func(e *model.Entity) []string { return e.Topics })
	t.url("website", "", func(e *model.Entity) model.URL { return e.Website })
	t.ref("parent", "", func(e *model.Entity) model.Ref { return e.Parent }, "entities")
	t.markdown("summary", "", func(e *model.Entity) model.Markdown { return e.Summary })
	t.date("birth_date", "of a person, where a reason to publish it is given", func(e *model.Entity) model.Date { return e.BirthDate })
	t.text("birth_date_reason", "", func(e *model.Entity) model.Text { return e.BirthReason })
	common(t)
	return t
}

func (s *Set) nameSheet() *sheet[nameRow] {
	t := newSheet[nameRow](s, "names", "Names", "All names of entities. Names as lists print them stand in targets. Weak aliases belong to others too, and are nothing to match on.", model.KindEntity)
	t.key("entity", "whose name it is", func(x nameRow) string { return x.of.ID }, "entities")
	t.number("place among the names of the entity", func(x nameRow) int { return x.number })
	t.code("kind", "which sort of name", func(x nameRow) string { return x.P.kind }, "name", "short", "native", "alias", "weak_alias", "previous")
	t.plain("text", "the name", func(x nameRow) string { return x.P.Text })
	t.typed(Code, "lang", "language of the name (BCP 47), when it is stated", func(x nameRow) string { return x.P.Lang })
	return t
}

func namesOf(e *model.Entity) []name {
	out := append(make([]name, 0, 2+len(e.Native)+len(e.Aliases)+len(e.WeakAliases)+len(e.Previous)), name{"name", e.Name})
	if e.Short.Text != "" {
		out = append(out, name{"short", e.Short})
	}
	for _, l := range []struct {
		kind string
		list []model.Name
	}{{"native", e.Native}, {"alias", e.Aliases}, {"weak_alias", e.WeakAliases}, {"previous", e.Previous}} {
		for _, n := range l.list {
			out = append(out, name{l.kind, n})
		}
	}
	return out
}

func (s *Set) identifierSheet() *sheet[identifierRow] {
	t := newSheet[identifierRow](s, "identifiers", "Identifiers", "Numbers of entities in registers.", model.KindEntity)
	t.key("entity", "whose number it is", func(x identifierRow) string { return x.of.ID }, "entities")
	t.number("place among the identifiers of the entity", func(x identifierRow) int { return x.number })
	t.typed(Code, "scheme", "the register: lei, uscc, registration, wikidata, ...", func(x identifierRow) string { return x.P.Scheme })
	t.plain("value", "the number, as it is written", func(x identifierRow) string { return x.P.Value })
	return t
}

func (s *Set) securitySheet() *sheet[securityRow] {
	t := newSheet[securityRow](s, "securities", "Securities", "What is listed on an exchange.", model.KindEntity, "securities")
	t.key("entity", "who has issued it", func(x securityRow) string { return x.of.ID }, "entities")
	t.number("place among the securities of the entity", func(x securityRow) int { return x.number })
	t.typed(Code, "isin", "", func(x securityRow) string { return x.P.ISIN })
	t.typed(Text, "ticker", "", func(x securityRow) string { return x.P.Ticker })
	t.typed(Code, "mic", "", func(x securityRow) string { return x.P.MIC })
	t.typed(Code, "currency", "", func(x securityRow) string { return string(x.P.Currency) })
	t.text("title", "", func(x securityRow) model.Text { return x.P.Title })
	return t
}

func (s *Set) linkSheet() *sheet[*model.Link] {
	t := newSheet[*model.Link](s, "links", "Ties", "Ownership, directorship and other ties between entities. Shares are those stated for a day; several sources may differ.", model.KindLink)
	id(t)
	t.code("schema", "FollowTheMoney schema", func(l *model.Link) string { return string(l.Schema) })
	t.ref("from", "the owner, the director or one end", func(l *model.Link) model.Ref { return l.From }, "entities")
	t.ref("to", "what is owned, what is directed or the other end", func(l *model.Link) model.Ref { return l.To }, "entities")
	t.amount("percentage", "share in percent", "percent", func(l *model.Link) model.Number { return l.Percentage })
	t.text("role", "", func(l *model.Link) model.Text { return l.Role })
	t.date("date", "", func(l *model.Link) model.Date { return l.Date })
	t.date("start", "", func(l *model.Link) model.Date { return l.Start })
	t.date("end", "", func(l *model.Link) model.Date { return l.End })
	t.plain("status", "", func(l *model.Link) string { return l.Status })
	common(t)
	return t
}

func (s *Set) programSheet() *sheet[*model.Program] {
	t := newSheet[*model.Program](s, "programs", "Programmes", "Legal regimes under which measures are imposed.", model.KindProgram)
	id(t)
	t.typed(Code, "key", "", func(p *model.Program) string { return p.Key })
	t.text("title", "", func(p *model.Program) model.Text { return p.Title })
	t.text("short", "", func(p *model.Program) model.Text { return p.Short })
	t.ref("issuer", "", func(p *model.Program) model.Ref { return p.Issuer }, "entities")
	t.codes("measures", "what its measures do, in the words of the column kind of measures", func(p *model.Program) []string { return words(p.Measures) })
	t.url("url", "", func(p *model.Program) model.URL { return p.URL })
	t.list("aliases", "", func(p *model.Program) []string { return p.Aliases })
	t.markdown("summary", "", func(p *model.Program) model.Markdown { return p.Summary })
	common(t)
	return t
}

func (s *Set) basisSheet() *sheet[basisRow] {
	t := newSheet[basisRow](s, "legal_basis", "Legal basis", "Acts on which programmes rest.", model.KindProgram, "legal_basis")
	t.key("program", "the programme", func(x basisRow) string { return x.of.ID }, "programs")
	t.number("place among the acts of the programme", func(x basisRow) int { return x.number })
	t.text("title", "", func(x basisRow) model.Text { return x.P.Title })
	t.plain("citation", "", func(x basisRow) string { return x.P.Citation })
	t.sources(func(x basisRow) []model.SourceRef { return x.P.Sources })
	return t
}
