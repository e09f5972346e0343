package model

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/names"
)

// Report is a whole project, decoded and checked. It shows nothing by itself:
// View does.
type Report struct {
	settings Settings
	entries  []*entry          // sorted by kind and id
	byID     map[string]*entry // every record, nested ones included
	keys     map[string]string // key or alias of a programme -> id
	former   map[string]string // former id -> id
	rules    map[string]diag.Rule
	excused  map[excuse]bool // exceptions that were needed
	owners   map[*diag.File][]owner
	terms    terms
	date     Day // the newest public known day
	embargo  bool
	broken   bool
	unread   map[Kind]*diag.File // of which something could not be read, by the kind of record that it holds
	blocks   func(text string) []Block
}

// entry is a record with what is needed to decode it again for a view.
type entry struct {
	doc    *Doc
	item   Item
	nested []Item // statements and figures inside a source
	refs   []refUse
	past   []pastUse // references in values that revisions undo to
}

// pastUse is a reference that a record, or one inside it, held until a day.
type pastUse struct {
	refUse
	rec   *Record
	until Day
}

// Build decodes and checks the records of a project. It always returns a
// Report, so that editorial rules can be checked beside; when the diagnostics
// hold an error, its View refuses. Diagnostics are sorted.
func Build(in Input) (*Report, []diag.Diagnostic) {
	b := &builder{
		in:     in,
		pages:  map[string]*Prose{},
		same:   map[string]int{},
		lost:   map[lostRef]advice{},
		open:   map[*diag.File]int{},
		report: &Report{byID: map[string]*entry{}, keys: map[string]string{}, former: map[string]string{}, rules: map[string]diag.Rule{}, blocks: in.Blocks, unread: unreadKinds(in.Unread)},
	}
	for _, rule := range append(Rules(), in.Rules...) {
		b.report.rules[rule.Code] = rule
	}
	b.decodeSettings()
	b.decodeTerms()
	b.decodeRecords()
	b.indexRecords()
	b.resolveRefs()
	b.finish()
	b.checkRecords()
	b.checkAcross()
	return b.report, b.result()
}

type builder struct {
	in        Input
	report    *Report
	out       []diag.Diagnostic
	blobs     map[string]Blob    // what lies in data/files, by name
	described map[string]*File   // what records say of it
	pages     map[string]*Prose  // by path and language
	same      map[string]int     // how many records had the same default id
	lost      map[lostRef]advice // references that lead nowhere, and what is said of them
	open      map[*diag.File]int // references that nobody can judge, for what they name may stand in a file that could not be read
}

func (b *builder) add(code string, at diag.Span, path, hint, format string, args ...any) *diag.Diagnostic {
	b.out = append(b.out, diag.Diagnostic{Code: code, Span: at, Path: path, Message: fmt.Sprintf(format, args...), Hint: hint})
	return &b.out[len(b.out)-1]
}

// result gives the diagnostics their severities, less what is excepted.
func (b *builder) result() []diag.Diagnostic {
	ds := b.report.Judge(b.out)
	b.report.broken = len(b.in.Unread) > 0 || diag.Tally(ds).Errors > 0
	return diag.Sort(ds)
}

func (b *builder) decodeSettings() {
	settings := b.in.Settings // a copy that the report can keep
	doc := &settings
	if doc.File == nil {
		return
	}
	d := &decoder{file: doc.File, out: &b.out, blocks: b.in.Blocks}
	d.record(&doc.Root, "", reflect.ValueOf(&b.report.settings).Elem())
	b.report.settings.doc = doc
	b.report.entries = append(b.report.entries, &entry{doc: doc, refs: d.refs})
	if list := b.report.settings.Audiences; len(list) > 0 {
		n := doc.Root.Get("audiences")
		if list[0] != "public" {
			b.add("unknown-audience", d.span(n), "audiences", "write them from the widest to the narrowest", "the first audience is %q, but must be public", list[0])
		}
		for i, a := range list {
			if a == "" || slices.Contains(list[:i], a) {
				b.add("unknown-audience", d.span(n), "audiences", "keep one of them", "the audience %q stands here twice", a)
			}
		}
	}
	for i, lang := range b.report.settings.Languages {
		if lang == "" {
			continue // it was none
		}
		if err := names.ValidID(strings.ToLower(string(lang))); err != nil { // pages lie in a folder of that name
			path := fmt.Sprintf("languages[%d]", i)
			b.add("bad-language", b.report.settings.Place(path), path, fmt.Sprintf("name its script, too: %s-Latn", lang), "no folder can have the name of this language: %s", messageOf(err))
		}
	}
	for _, r := range b.report.settings.Rules {
		b.checkRule(r.Rule, r.At, "rules."+r.Rule)
	}
}

// checkRule reports a rule that does not exist or cannot be changed.
func (b *builder) checkRule(code string, at diag.Span, path string) {
	rule, ok := b.report.rules[code]
	if !ok {
		var codes []string
		for c := range b.report.rules {
			codes = append(codes, c)
		}
		slices.Sort(codes)
		hint := diag.DidYouMean(code, codes)
		if hint == "" {
			hint = `"dossier help rules" lists them`
		}
		b.add("unknown-rule", at, path, hint, "no rule %q", code)
		return
	}
	if rule.Fixed {
		b.add("fixed-rule", at, path, "mend what it reports instead", "rule %q cannot be changed", code)
	}
}

func (b *builder) decodeRecords() {
	docs := slices.Clone(b.in.Docs)
	slices.SortStableFunc(docs, func(x, y Doc) int {
		return cmp.Or(strings.Compare(x.File.Name(), y.File.Name()), cmp.Compare(x.Root.Start, y.Root.Start))
	})
	for i := range docs {
		from := len(b.out)
		e := b.report.decodeDoc(&docs[i], &docs[i].Root, &b.out)
		b.checkRevisions(e, b.out[from:])
		b.report.entries = append(b.report.entries, e)
	}
}

// newItem is an empty record of a kind.
func newItem(kind Kind) Item {
	switch kind {
	case KindEntity:
		return new(Entity)
	case KindMeasure:
		return new(Measure)
	case KindEvent:
		return new(Event)
	case KindProgram:
		return new(Program)
	case KindSource:
		return new(Source)
	case KindLink:
		return new(Link)
	case KindSeries:
		return new(Series)
	case KindFigure:
		return new(Figure)
	case KindStudy:
		return new(Study)
	case KindFile:
		return new(File)
	case KindProse:
		return new(Prose)
	case KindStatement:
		return new(Statement)
	}
	panic("model: no records of kind " + string(kind))
}

// decodeDoc decodes a document from its root, or from the root as it was on an
// earlier day.
func (r *Report) decodeDoc(doc *Doc, root *Node, out *[]diag.Diagnostic) *entry {
	e := &entry{doc: doc, item: newItem(doc.Kind)}
	d := &decoder{file: doc.File, csv: doc.CSV, out: out, blocks: r.blocks}
	d.record(root, "", reflect.ValueOf(e.item).Elem())
	rec := e.item.Rec()
	rec.Kind, rec.doc = doc.Kind, doc
	if rec.ID == "" {
		rec.ID = doc.ID
	}
	switch item := e.item.(type) {
	case *Prose:
		item.Path, item.Lang = doc.Path, doc.Lang
	case *Source:
		item.News = strings.HasPrefix(doc.Path, "news/")
		if item.Type == "" {
			item.Type = "document"
			if item.News {
				item.Type = "article-newspaper"
			}
		}
		e.nest(item)
	case *Link:
		d.linkEnds(root, item)
	}
	e.refs = d.refs
	return e
}

// nest makes the statements and figures of a source records of their own.
func (e *entry) nest(s *Source) {
	for i, st := range s.Statements {
		st.Kind, st.doc, st.Source = KindStatement, e.doc, s
		if st.ID == "" {
			st.ID = fmt.Sprintf("%s-s%d", s.ID, i+1)
		}
		e.nested = append(e.nested, st)
	}
	for i, f := range s.Figures {
		f.Kind, f.doc, f.Source = KindFigure, e.doc, s
		if f.ID == "" {
			f.ID = fmt.Sprintf("%s-f%d", s.ID, i+1)
		}
		e.nested = append(e.nested, f)
	}
}

// linkEnds finds the two ends of a link among the fields of its schema.
func (d *decoder) linkEnds(root *Node, l *Link) {
	ends := map[LinkSchema][2]string{
		Ownership: {"owner", "asset"}, Directorship: {"director", "organization"}, UnknownLink: {"subject", "object"},
	}
	all := map[string]Ref{
		"owner": l.Owner, "asset": l.Asset, "director": l.Director, "organization": l.Organization, "subject": l.Subject, "object": l.Object,
	}
	want, ok := ends[l.Schema]
	if !ok {
		return // reported already
	}
	l.From, l.To = all[want[0]], all[want[1]]
	for _, name := range []string{"owner", "asset", "director", "organization", "subject", "object"} {
		n := root.Get(name)
		given := n != nil && n.Kind != Null
		switch needed := name == want[0] || name == want[1]; {
		case needed && !given:
			d.report("missing-field", d.span(root), "", "", "%s is missing; it is one end of every %s", name, l.Schema)
		case !needed && given:
			d.report("wrong-type", d.span(n), name, fmt.Sprintf("the ends of %s are %s and %s", l.Schema, want[0], want[1]), "%s has no %s", l.Schema, name)
		}
	}
}

// indexRecords gives every record its id and finds ids used twice.
func (b *builder) indexRecords() {
	r := b.report
	var order []*entry
	for _, e := range r.entries {
		if e.item != nil { // not the settings
			order = append(order, e)
		}
	}
	// Ids are given to what everybody sees first, so that nothing that some do
	// not see can change them.
	slices.SortStableFunc(order, func(x, y *entry) int { return cmp.Compare(r.secrecy(x.item.Rec()), r.secrecy(y.item.Rec())) })
	for _, e := range order {
		rec := e.item.Rec()
		if p, ok := e.item.(*Prose); ok {
			b.registerPage(p)
			continue
		}
		if rec.ID == "" {
			rec.ID = b.defaultID(e.item)
		}
		if rec.ID == "" {
			continue // reported
		}
		b.register(e, rec)
		for _, item := range e.nested {
			b.register(e, item.Rec())
		}
	}
	for _, e := range order {
		if p, ok := e.item.(*Program); ok && r.byID[p.ID] == e {
			b.registerKeys(p)
		}
	}
	for _, e := range order {
		for _, item := range append([]Item{e.item}, e.nested...) {
			b.registerFormer(item.Rec())
		}
	}
	slices.SortStableFunc(r.entries, func(x, y *entry) int {
		if x.item == nil || y.item == nil {
			return cmp.Compare(b2i(x.item != nil), b2i(y.item != nil))
		}
		a, z := x.item.Rec(), y.item.Rec()
		return cmp.Or(strings.Compare(string(a.Kind), string(z.Kind)), strings.Compare(a.ID, z.ID), strings.Compare(x.doc.Path, y.doc.Path), strings.Compare(x.doc.Lang, y.doc.Lang))
	})
}

// secrecy orders records by how few may see them.
func (r *Report) secrecy(rec *Record) int {
	n := 2 * r.rank(rec.Audience)
	if n < 0 {
		n = 2 * len(r.settings.Audiences) // of an unknown audience
	}
	return n + b2i(rec.Draft || !rec.Embargo.IsZero())
}

// registerPage checks that a page is written once in each language.
func (b *builder) registerPage(p *Prose) {
	lang := p.Lang
	if lang == "" {
		lang = b.report.settings.FirstLanguage()
	}
	if b.in.Settings.File != nil && lang != b.report.settings.FirstLanguage() && !slices.Contains(b.report.settings.Languages, Lang(lang)) {
		b.add("bad-language", p.At, "", "add it to languages: in dossier.yaml", "the page is in %s, which is none of the report's languages", lang)
	}
	key := p.Path + "\x00" + lang
	if other, ok := b.pages[key]; ok {
		b.add("duplicate-id", p.At, "", "keep one of them", "the page %q is written twice", p.Path).Related = []diag.Related{{Span: other.At}}
		return
	}
	b.pages[key] = p
}

func (b *builder) registerFormer(rec *Record) {
	r := b.report
	for i, old := range rec.FormerIDs {
		path := index("former_ids", i)
		at := rec.Place(path)
		if err := names.ValidID(old); err != nil {
			b.add("bad-id", at, path, hintOf(err), "the id %q cannot be used: %s", old, messageOf(err))
		} else if other, taken := r.byID[old]; taken {
			b.add("duplicate-id", at, path, "leave it out", "former id %q is in use", old).Related = []diag.Related{{Span: other.record(old).At}}
		} else if id, taken := r.former[old]; taken {
			b.add("duplicate-id", at, path, "leave it out", "former id %q belongs to %q already", old, id)
		} else if _, ok := r.byID[rec.ID]; ok {
			r.former[old] = rec.ID
		}
	}
}

func (b *builder) register(e *entry, rec *Record) {
	if err := names.ValidID(rec.ID); err != nil {
		at, hint := rec.Place("id"), hintOf(err)
		if at == rec.At && hint != "" { // the id is the name of the file
			hint = "rename the file, or write id: " + strings.Trim(strings.TrimPrefix(hint, "use "), `"`)
		}
		b.add("bad-id", at, "id", hint, "the id %q cannot be used: %s", rec.ID, messageOf(err))
		return
	}
	if other, ok := b.report.byID[rec.ID]; ok {
		first := other.record(rec.ID)
		b.add("duplicate-id", rec.Place("id"), "id", fmt.Sprintf("the other is %s %s", article(first.Kind.Singular()), first.Kind.Singular()),
			"id %q is used twice", rec.ID).Related = []diag.Related{{Span: first.Place("id")}}
		return
	}
	b.report.byID[rec.ID] = e
}

func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an"
	}
	return "a"
}

// record is the record with an id in the entry: its own or a nested one.
func (e *entry) record(id string) *Record { return e.find(id).Rec() }

func (e *entry) find(id string) Item {
	for _, item := range e.nested {
		if item.Rec().ID == id {
			return item
		}
	}
	return e.item
}

func (b *builder) registerKeys(p *Program) {
	keys := append([]string{p.Key}, p.Aliases...)
	for i, key := range keys {
		if key == "" || key == p.ID {
			continue
		}
		path := "key"
		if i > 0 {
			path = index("aliases", i-1)
		}
		if other, ok := b.report.keys[key]; ok && other != p.ID {
			b.add("duplicate-id", p.Place(path), path, "", "key %q is used twice", key).
				Related = []diag.Related{{Span: b.report.byID[other].item.Rec().At}}
			continue
		}
		if other, ok := b.report.byID[key]; ok {
			b.add("duplicate-id", p.Place(path), path, "", "key %q is the id of another record", key).
				Related = []diag.Related{{Span: other.record(key).At}}
			continue
		}
		b.report.keys[key] = p.ID
	}
}

// defaultID names a record that stands in a file with others and has no id.
func (b *builder) defaultID(item Item) string {
	var parts []string
	switch r := item.(type) {
	case *Figure:
		parts = []string{"figure", r.Entity.ID, r.Metric, r.Date.String()}
	case *Link:
		parts = []string{"link", string(r.Schema), r.From.ID, r.To.ID, r.Role.String(), r.Date.String(), r.Start.String()}
	default:
		rec := item.Rec()
		if rec.doc.Root.Kind != Map {
			return "" // reported as no record at all
		}
		b.add("missing-field", rec.At, "", "every record in a file of several needs one", "id is missing")
		return ""
	}
	base := names.Slug(strings.Join(parts, " "))
	id := base
	for n := max(b.same[base], 1) + 1; b.report.byID[id] != nil; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
		b.same[base] = n
	}
	return id
}

// Place is where the value at a path stands in the file, or the nearest part
// of it that is there.
func (r *Record) Place(path string) diag.Span {
	n := r.node()
	if n == nil {
		return r.At
	}
	found, _, _ := walk(n, path)
	if found == nil || found == n {
		return r.At
	}
	return r.doc.File.Span(found.Start, found.End)
}

// node is what the record was decoded from.
func (r *Record) node() *Node {
	if r.doc == nil || r.doc.File == nil {
		return nil
	}
	n := &r.doc.Root
	if r.At.File != nil && (r.At.Start != n.Start || r.At.End != n.End) {
		if inner := findNode(n, r.At.Start, r.At.End); inner != nil {
			return inner // a record inside another
		}
	}
	return n
}

// given reports whether a field has a value in the file, good or not.
func (r *Record) given(field string) bool {
	n := r.node().Get(field)
	return n != nil && n.Kind != Null
}

// findNode is the mapping at exactly these offsets.
func findNode(n *Node, start, end int) *Node {
	if n.Kind == Map && n.Start == start && n.End == end {
		return n
	}
	for i := range n.Fields {
		if f := findNode(&n.Fields[i].Value, start, end); f != nil {
			return f
		}
	}
	for i := range n.Items {
		if f := findNode(&n.Items[i], start, end); f != nil {
			return f
		}
	}
	return nil
}

// Settings are those of dossier.yaml.
func (r *Report) Settings() Settings { return r.settings }

// Date is the report's own date: the newest day on which a public record
// without embargo became known.
func (r *Report) Date() Day { return r.date }

// Forget lets go of what only checks and views need: the values of records as
// they stand in the files. When all views are made it halves what a large report
// takes. A Place is that of its record from then on.
func (r *Report) Forget() {
	if r.owners == nil {
		r.indexOwners() // Judge still finds the exceptions
	}
	r.blocks = nil
	for _, e := range r.entries {
		if e.item != nil {
			e.doc.Root.Fields, e.doc.Root.Items = nil, nil
		}
	}
}

// HasEmbargo reports whether any record is held back until some day. Such a
// report must be told on which day it is built.
func (r *Report) HasEmbargo() bool { return r.embargo }

// FormerIDs maps the ids that records had before to those they have now.
func (r *Report) FormerIDs() map[string]string { return r.former }
