package model

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/names"
)

// checkRecords looks at each record by itself.
func (b *builder) checkRecords() {
	for _, e := range b.report.entries {
		if e.item == nil {
			continue
		}
		for _, item := range append([]Item{e.item}, e.nested...) {
			b.checkAudience(item.Rec())
			switch x := item.(type) {
			case *Entity:
				b.checkEntity(x)
			case *Measure:
				b.checkMeasure(x)
			case *Event:
				b.checkEvent(x)
			case *Source:
				b.checkSource(x)
			case *Statement:
				b.checkStatement(x)
			case *Figure:
				b.checkFigure(x)
			case *Link:
				b.order(x, "start", x.Start, "end", x.End)
				b.checkLink(x)
			case *Study:
				for i, in := range x.Inputs {
					b.checkHash(x, fmt.Sprintf("inputs[%d].sha256", i), in.SHA256)
				}
			case *File:
				b.checkHash(x, "sha256", x.SHA256)
			case *Prose:
				b.checkProse(x)
			}
		}
	}
	b.checkFiles()
	b.checkPoints()
}

func (b *builder) checkAudience(rec *Record) {
	if b.report.rank(rec.Audience) < 0 {
		list := b.report.settings.Audiences
		if len(list) == 0 {
			list = []string{"public"}
		}
		hint := diag.DidYouMean(rec.Audience, list)
		if hint == "" {
			hint = "dossier.yaml knows " + strings.Join(list, ", ")
		}
		b.add("unknown-audience", rec.Place("audience"), "audience", hint, "no audience %q", rec.Audience)
	}
}

func (b *builder) checkHash(item Item, path, hash string) {
	if hash == "" || isHash(hash) {
		return
	}
	hint := "write the 64 hexadecimal digits in lower case"
	if isHash(strings.ToLower(hash)) {
		hint = "write it in lower case"
	}
	b.add("bad-hash", item.Rec().Place(path), path, hint, "%q is not a sha-256", clip(hash))
}

func isHash(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

func clip(s string) string {
	if len(s) > 24 {
		return s[:20] + "…"
	}
	return s
}

// order reports a date that lies certainly before another it must follow.
func (b *builder) order(item Item, earlier string, e Date, later string, l Date) {
	if l.Before(e) {
		rec := item.Rec()
		b.add("date-order", rec.Place(later), later, "", "%s %s lies before %s %s", label(later), l, label(earlier), e).
			Related = []diag.Related{{Span: rec.Place(earlier), Message: label(earlier) + " stands there"}}
	}
}

// label is the field at the end of a path, with what it belongs to when that
// is needed to understand it.
func label(path string) string {
	name := path[strings.LastIndexByte(path, '.')+1:]
	if name == "date" || name == "from" || name == "to" {
		return path
	}
	return name
}

func (b *builder) checkEntity(e *Entity) {
	if e.Schema != Person && !e.BirthDate.IsZero() {
		b.add("personal-data", e.Place("birth_date"), "birth_date", "leave it out", "only a person has a birth date")
	} else if !e.BirthDate.IsZero() && e.BirthReason.IsZero() {
		b.add("personal-data", e.Place("birth_date"), "birth_date", "say why in birth_date_reason, or leave it out", "a birth date is published only for a reason")
	}
	if e.Schema == Person && len(e.Securities) > 0 {
		b.add("wrong-type", e.Place("securities"), "securities", "", "a person has no securities")
	}
}

func (b *builder) checkMeasure(m *Measure) {
	end := Date{}
	if m.Ended != nil {
		end = m.Ended.Date
	}
	b.order(m, "announced", m.Announced, "published", m.Published)
	b.order(m, "announced", m.Announced, "effective", m.Effective)
	b.order(m, "effective", m.Effective, "divest_by", m.DivestBy)
	for _, d := range []struct {
		path string
		date Date
	}{{"announced", m.Announced}, {"published", m.Published}} {
		b.order(m, d.path, d.date, "ended.date", end)
	}
	if m.Ended != nil && m.Ended.As == Lapsed { // many are revoked before they bind
		b.order(m, "effective", m.Effective, "ended.date", end)
	}
	for i, p := range m.Provisions {
		path := index("provisions", i)
		b.order(m, "announced", m.Announced, path+".effective", p.Effective)
		b.order(m, path+".effective", p.Effective, path+".divest_by", p.DivestBy)
		if p.Ended != nil && p.Ended.As == Lapsed {
			b.order(m, path+".effective", p.Effective, path+".ended.date", p.Ended.Date)
		}
		if p.Effective.IsZero() && p.Announced.IsZero() && p.Published.IsZero() && p.DivestBy.IsZero() && p.Ended == nil {
			b.add("missing-field", m.Place(path), path, "leave it out, or state its dates", "a provision is listed for its own dates, and this one has none")
		}
	}
	first := m.Published
	if first.IsZero() || !m.Announced.IsZero() && m.Announced.First() < first.First() {
		first = m.Announced
	}
	for i, s := range m.Suspensions {
		path := index("suspensions", i)
		b.order(m, path+".from", s.From, path+".to", s.To)
		// Not later than effective: many are stayed before they bind.
		b.laterThan(m, first, path+".from", s.From)
	}
	for i, a := range m.Amendments {
		b.laterThan(m, first, index("amendments", i)+".date", a.Date)
	}
	for i, c := range m.Challenges {
		b.laterThan(m, first, index("challenges", i)+".date", c.Date)
	}
	b.checkStored(m)
}

func (b *builder) laterThan(m *Measure, first Date, path string, d Date) {
	if d.Before(first) {
		b.add("date-order", m.Place(path), path, "", "%s lies before the measure of %s", d, first)
	}
}

// checkStored compares a status that an editor wrote with what the dates say.
func (b *builder) checkStored(m *Measure) {
	if m.Stored == "" {
		return
	}
	day := max(b.report.date, m.EffectiveKnown)
	if day == 0 {
		return // without any day there is no status
	}
	got := m.StatusOn(day)
	if string(m.Stored) == got.Name() || m.Stored == got.Code {
		return
	}
	b.add("status-contradiction", m.Place("status"), "status", "leave status out: it is derived; or mend the dates",
		"status %q contradicts the dates, which give %q on %s", m.Stored, got.Name(), day)
}

// checkEvent asks of a search that it says what was searched, and for whom:
// "found nowhere" is more than anybody can know.
func (b *builder) checkEvent(e *Event) {
	if e.Type != CheckEvent {
		return
	}
	if e.Program.IsZero() {
		b.add("missing-field", e.Place("kind"), "kind", "add program: with the regime whose list was searched", "a check without a program does not say what was searched")
	}
	entity := func(r Ref) bool {
		found, ok := b.report.byID[r.ID]
		if !ok {
			return true // reported as a reference that leads nowhere
		}
		_, ok = found.item.(*Entity)
		return ok
	}
	if !slices.ContainsFunc(e.Concerns, entity) {
		b.add("missing-field", e.Place("kind"), "kind", "add concerns: with the entities that were looked for", "a check without an entity does not say who was looked for")
	}
}

func (b *builder) checkSource(s *Source) {
	b.order(s, "published", s.Published, "accessed", s.Accessed)
	b.checkHash(s, "sha256", s.SHA256)
	if a := s.Archive; a != nil {
		b.checkHash(s, "archive.sha256", a.SHA256)
		b.order(s, "published", s.Published, "archive.captured", a.Captured)
		if a.URL == "" && a.File.IsZero() && a.SHA256 == "" {
			b.add("missing-field", s.Place("archive"), "archive", "", "an archive needs url, file or sha256")
		}
	}
}

func (b *builder) checkStatement(s *Statement) {
	if r := s.Reply; r != nil {
		b.order(s, "reply.asked", r.Asked, "reply.due", r.Due)
		b.order(s, "reply.asked", r.Asked, "reply.date", r.Date)
	}
	silent := s.Type == NotCommented || s.Type == NotReached || s.Type == DeclinedToComment
	if !silent && s.Text.IsZero() && s.Quote.IsZero() {
		b.add("missing-field", s.At, "", "say in text what was said, in your own words", "text or quote is missing")
	}
}

func (b *builder) checkFigure(f *Figure) {
	switch {
	case f.given("value") && f.Value.IsZero(): // reported
	case f.Value.IsZero() && len(f.Items) == 0:
		b.add("missing-field", f.At, "", "", "value or items is missing")
	case !f.Value.IsZero() && len(f.Items) > 0:
		b.add("wrong-type", f.Place("items"), "items", "keep one of the two", "a figure has either a value or items")
	case !f.Value.IsZero() && strings.TrimSpace(f.Unit) == "":
		b.add("no-unit", f.Place("value"), "value", "add unit: CNY billion, percent, ...", "the figure %s has no unit", f.Value)
	}
	b.checkUnit(f, "unit", f.Unit)
	for i, q := range f.Equivalents {
		path := index("equivalents", i)
		b.checkUnit(f, path+".unit", q.Unit)
		if q.Basis == Converted && (q.Rate.IsZero() || q.Source.IsZero()) {
			b.add("missing-field", f.Place(path), path, "state rate, rate_date and source", "a converted value needs the rate and its source")
		}
	}
}

// checkUnit reports a unit that begins like a currency but is none.
func (b *builder) checkUnit(f *Figure, path, unit string) {
	word, _, _ := strings.Cut(unit, " ")
	switch word {
	case "FTE", "GWH", "KWH", "MWH", "TWH", "BTU", "PCS", "BPS", "TEU", "SQM", "CBM":
		return // units that other things than money have
	}
	if len(word) != 3 || strings.ToUpper(word) != word || strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return
	}
	if _, err := names.Currency(word); err != nil {
		b.add("bad-currency", f.Place(path), path, hintOf(err), "%s", messageOf(err))
	}
}

// reserved are the first parts of addresses that the site itself uses.
func reserved() []string {
	return []string{
		"404", "assets", "countries", "data", "entities", "events", "feeds", "figures", "files", "index", "measures", "news", "people",
		"programs", "search", "series", "sources", "studies", "timeline",
	}
}

// checkProse reports a page whose address the site needs for itself.
func (b *builder) checkProse(p *Prose) {
	first, _, _ := strings.Cut(p.Path, "/")
	if slices.Contains(reserved(), first) || b.isLanguage(first) {
		b.add("reserved-page", p.At, "", "give the file another name", "the site needs the address %q for itself", p.Path)
		return
	}
	for part := range strings.SplitSeq(p.Path, "/") {
		if err := names.ValidID(part); err != nil && p.Path != "_index" {
			b.add("bad-id", p.At, "", "rename the file or folder", "%q cannot be part of an address: %s", part, messageOf(err))
			return
		}
	}
}

func (b *builder) isLanguage(part string) bool {
	return slices.ContainsFunc(b.report.settings.Languages, func(l Lang) bool { return strings.EqualFold(string(l), part) })
}

func (b *builder) checkLink(l *Link) {
	if !l.From.IsZero() && l.From.ID == l.To.ID {
		b.add("wrong-reference", l.At, "", "", "both ends of the link are %q", l.From.ID)
	}
	if l.Percentage.IsZero() {
		return
	}
	if p := l.Percentage.Float(); p < 0 || p > 100 {
		b.add("ownership-sum", l.Place("percentage"), "percentage", "", "a share of %s %% is not possible", l.Percentage.Decimal())
	}
}

// checkAcross looks for contradictions between records.
func (b *builder) checkAcross() {
	b.checkSharedIdentifiers()
	b.checkSharedNames()
	b.checkOwnership()
}

func (b *builder) entities() []*Entity {
	var out []*Entity
	for _, e := range b.report.entries {
		if x, ok := e.item.(*Entity); ok {
			out = append(out, x)
		}
	}
	return out
}

func (b *builder) checkSharedIdentifiers() {
	type key struct{ scheme, value string }
	type holder struct {
		entity *Entity
		at     diag.Span
	}
	seen := map[key]holder{}
	claim := func(e *Entity, scheme, value string, at diag.Span, path string) {
		s, _ := names.LookupScheme(scheme)
		if !s.Unique || value == "" {
			return
		}
		k := key{scheme, value}
		if h, ok := seen[k]; ok && h.entity != e {
			b.add("duplicate-identifier", at, path, "one of them is wrong, or the two are one entity",
				"%s %s belongs to %q too", s.Title, value, h.entity.ID).Related = []diag.Related{{Span: h.at}}
			return
		}
		seen[k] = holder{e, at}
	}
	for _, e := range b.entities() {
		for _, id := range e.Identifiers {
			claim(e, id.Scheme, id.Value, id.At, "identifiers."+id.Scheme)
		}
		for i, s := range e.Securities {
			path := index("securities", i) + ".isin"
			claim(e, "isin", s.ISIN, e.Place(path), path)
		}
	}
}

// checkSharedNames finds names and strong aliases that two entities claim.
func (b *builder) checkSharedNames() {
	type holder struct {
		entity *Entity
		at     diag.Span
	}
	seen := map[string]holder{}
	for _, e := range b.entities() {
		claim := func(n Name, path string) {
			key := names.Key(n.Text)
			if key == "" {
				return
			}
			h, ok := seen[key]
			if !ok {
				seen[key] = holder{e, n.At}
				return
			}
			if h.entity != e {
				b.add("duplicate-name", n.At, path, "put it under weak_aliases if both bear it, or make the two one entity",
					"%q is a name of %q too", n.Text, h.entity.ID).Related = []diag.Related{{Span: h.at}}
			}
		}
		claim(e.Name, "name")
		claim(e.Short, "short")
		for i, n := range e.Native {
			claim(n, index("native", i))
		}
		for i, n := range e.Aliases {
			claim(n, index("aliases", i))
		}
	}
}

// checkOwnership adds up the direct shares in an asset that are stated for the
// same day.
func (b *builder) checkOwnership() {
	type key struct{ asset, date string }
	shares := map[key][]*Link{}
	var order []key
	for _, e := range b.report.entries {
		l, ok := e.item.(*Link)
		if !ok || l.Schema != Ownership || l.Percentage.IsZero() || l.Status != "" && l.Status != "direct" || l.Percentage.Float() > 100 || l.Percentage.Bound == AtMost {
			continue
		}
		date := l.Date
		if date.IsZero() {
			date = l.Start
		}
		k := key{l.To.ID, date.String()}
		if shares[k] == nil {
			order = append(order, k)
		}
		shares[k] = append(shares[k], l)
	}
	for _, k := range order {
		// An owner of whom two records tell counts once, with the smaller share.
		least := map[string]float64{}
		var related []diag.Related
		for _, l := range shares[k] {
			p, ok := least[l.From.ID]
			if !ok || l.Percentage.Float() < p {
				least[l.From.ID] = l.Percentage.Float()
			}
			related = append(related, diag.Related{Span: l.Place("percentage"), Message: l.Percentage.String() + " % of " + l.From.ID})
		}
		sum := 0.0
		for _, owner := range slices.Sorted(maps.Keys(least)) {
			sum += least[owner]
		}
		if sum <= 100.05 { // stated shares are rounded
			continue
		}
		when := ""
		if k.date != "" {
			when = " on " + k.date
		}
		last := shares[k][len(shares[k])-1]
		b.add("ownership-sum", last.Place("percentage"), "percentage", "mark shares held through others with status: indirect",
			"the direct shares in %q%s add up to %s %%", k.asset, when, strconv.FormatFloat(sum, 'f', 2, 64)).Related = slices.Clip(related[:len(related)-1])
	}
}
