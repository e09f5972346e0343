package model

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/names"
)

// decoder turns the nodes of one document into the fields of a record. It
// goes on after a problem, so that all of them are reported at once.
type decoder struct {
	file *diag.File
	csv  bool
	out  *[]diag.Diagnostic
	refs []refUse // in the order met

	blocks func(text string) []Block // finds those that ask for charts; nil reads none
}

// refUse is a reference in a decoded record that must be resolved.
type refUse struct {
	ref   *Ref
	kinds []string // folders of the kinds it may lead to
	path  string
	loose bool // a printed name may stand instead of an id
	name  *string
}

func (d *decoder) span(n *Node) diag.Span { return d.file.Span(n.Start, n.End) }

func (d *decoder) report(code string, at diag.Span, path, hint, format string, args ...any) {
	*d.out = append(*d.out, diag.Diagnostic{
		Code: code, Span: at, Path: path, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// record decodes a mapping into a struct whose fields carry tags.
func (d *decoder) record(n *Node, path string, v reflect.Value) {
	sh := shapeOf(v.Type())
	if sh.at != nil {
		v.FieldByIndex(sh.at).Set(reflect.ValueOf(d.span(n)))
	}
	if n.Kind != Map {
		d.wrongType(n, path, "a mapping")
		return
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		known, ok := sh.fields[f.Name]
		if !ok {
			d.report("unknown-field", d.file.Span(f.Start, f.End), join(path, f.Name), unknownFieldHint(f.Name, sh.names), "unknown field %q", f.Name)
			continue
		}
		if f.Value.Kind == Null {
			continue // an empty value is not stated
		}
		d.value(&f.Value, join(path, f.Name), v.FieldByIndex(known.index), known.refs)
	}
	for _, name := range sh.required {
		f := n.Get(name)
		switch {
		case f != nil && f.Kind != Null:
		case d.csv && f != nil:
			d.report("missing-field", d.span(f), join(path, name), "fill in the column", "%s is missing", name)
		case d.csv:
			d.report("missing-field", d.span(n), path, "add a column "+name, "%s is missing", name)
		default:
			hint := "add a line that begins with " + name + ":"
			if text := d.file.Text(); n.Start < len(text) && text[n.Start] == '{' {
				hint = "add " + name + ": between the braces"
			}
			d.report("missing-field", d.span(n), path, hint, "%s is missing", name)
		}
	}
}

func unknownFieldHint(name string, known []string) string {
	if hint := diag.DidYouMean(name, known); hint != "" {
		return hint
	}
	return "fields here are " + strings.Join(known, ", ")
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func (d *decoder) wrongType(n *Node, path, want string) {
	got := n.Kind.String()
	if n.Kind == Scalar {
		got = strconv.Quote(n.Text)
		if len(n.Text) > 40 {
			got = "a text"
		}
	}
	d.report("wrong-type", d.span(n), path, "", "expected %s, found %s", want, got)
}

// scalar is the text of a scalar node; anything else is reported.
func (d *decoder) scalar(n *Node, path, want string) (string, bool) {
	if n.Kind != Scalar {
		d.wrongType(n, path, want)
		return "", false
	}
	if problem, off := names.SafeText(n.Text); problem != "" {
		_, size := utf8.DecodeRuneInString(n.Text[off:])
		at := Translation{Value: n.Text, At: d.span(n), style: n.Style}.Place(off, off+size)
		d.report("bad-text", at, path, "delete the character; it is not visible in an editor", "the text holds a %s", problem)
		return "", false
	}
	return n.Text, true
}

// value decodes a node into any field of a record.
func (d *decoder) value(n *Node, path string, v reflect.Value, refs []string) {
	if d.special(n, path, v.Addr().Interface(), refs) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		d.value(n, path, p.Elem(), refs)
		v.Set(p)
	case reflect.Slice:
		items := n.Items
		switch {
		case n.Kind == Scalar && d.csv:
			items = d.cell(n)
		case n.Kind != List:
			items = []Node{*n} // a list of one may be written without brackets
		}
		s := reflect.MakeSlice(v.Type(), len(items), len(items))
		for i := range items {
			p := path
			if len(items) > 1 || n.Kind == List {
				p = index(path, i)
			}
			d.value(&items[i], p, s.Index(i), refs)
		}
		v.Set(s)
	case reflect.Struct:
		d.record(n, path, v)
	case reflect.Bool:
		if s, ok := d.scalar(n, path, "true or false"); ok {
			switch s {
			case "true":
				v.SetBool(true)
			case "false":
			default:
				d.wrongType(n, path, "true or false")
			}
		}
	case reflect.String:
		d.string(n, path, v)
	default:
		panic("model: no way to decode " + v.Type().String())
	}
}

// cell splits the cell of a CSV row into the values of a list.
func (d *decoder) cell(n *Node) []Node {
	var items []Node
	whole := Translation{Value: n.Text, At: d.span(n), style: n.Style}
	off := 0
	for part := range strings.SplitSeq(n.Text, ";") {
		if s := strings.TrimSpace(part); s != "" {
			start := off + strings.Index(part, s)
			at := whole.Place(start, start+len(s))
			items = append(items, Node{Kind: Scalar, Style: Cell, Text: s, Start: at.Start, End: at.End})
		}
		off += len(part) + 1
	}
	return items
}

// string decodes a plain string, or one of the values of an enumeration.
func (d *decoder) string(n *Node, path string, v reflect.Value) {
	s, ok := d.scalar(n, path, "a text")
	if !ok {
		return
	}
	if e, ok := v.Interface().(interface{ Values() []string }); ok && !slices.Contains(e.Values(), s) {
		d.unknownValue(n, path, s, e)
		return
	}
	v.SetString(s)
}

// unknownValue reports a word that is none of those allowed.
func (d *decoder) unknownValue(n *Node, path, s string, enum interface{ Values() []string }) {
	field := path[strings.LastIndexByte(path, '.')+1:]
	field, _, _ = strings.Cut(field, "[")
	hint := diag.DidYouMean(s, enum.Values())
	if hint == "" {
		hint = "one of " + strings.Join(enum.Values(), ", ")
	}
	code := "unknown-value"
	switch field {
	case "kind", "schema":
		code = "unknown-kind"
	case "status":
		code = "unknown-status"
	}
	switch enum.(type) {
	case MeasureType, StatusCode:
		if slices.Contains([]string{"planned", "rumoured", "rumored", "reported", "report", "proposed", "plan"}, s) {
			d.report("plan-as-measure", d.span(n), path, "make it an event of kind report with certainty: reported", "%s %q: a reported plan is not a measure", field, s)
			return
		}
	}
	d.report(code, d.span(n), path, hint, "no %s %q", field, s)
}

// special decodes the types that have a form of their own.
func (d *decoder) special(n *Node, path string, target any, refs []string) bool {
	switch p := target.(type) {
	case **Node:
		*p = n
	case *Date:
		d.date(n, path, p)
	case *Text:
		*p = d.text(n, path)
	case *Markdown:
		*p = Markdown(d.text(n, path))
		d.charts(*p, path)
	case *Name:
		d.name(n, path, p)
	case *Number:
		if s, ok := d.scalar(n, path, "a number"); ok {
			if *p, ok = ParseNumber(s); !ok {
				d.report("bad-number", d.span(n), path, numberHint(s), "%q is not a number", s)
			}
		}
	case *Country:
		d.code(n, path, "bad-country", func(s string) (string, error) { return names.Country(s) }, (*string)(p))
	case *Currency:
		d.code(n, path, "bad-currency", func(s string) (string, error) { return names.Currency(s) }, (*string)(p))
	case *Lang:
		d.code(n, path, "bad-language", func(s string) (string, error) { return names.Language(s) }, (*string)(p))
	case *URL:
		d.url(n, path, p)
	case *[]Identifier:
		d.identifiers(n, path, p)
	case *[]RuleSetting:
		d.rules(n, path, p)
	case *Ref:
		d.ref(n, path, p, refs)
	case *SourceRef:
		d.withRef(n, path, "id", &p.Ref, refs, func(f *Field, path string) bool {
			switch f.Name {
			case "at":
				d.value(&f.Value, path, reflect.ValueOf(&p.Locator).Elem(), nil)
			case "quote":
				d.value(&f.Value, path, reflect.ValueOf(&p.Quote).Elem(), nil)
			default:
				return false
			}
			return true
		}, "id", "at", "quote")
	case *Target:
		d.withRef(n, path, "entity", &p.Ref, refs, func(f *Field, path string) bool {
			if f.Name == "as" {
				d.value(&f.Value, path, reflect.ValueOf(&p.As).Elem(), nil)
			}
			return f.Name == "as"
		}, "entity", "as")
	case *Author:
		d.party(n, path, &p.Ref, &p.Name, refs)
	case *Party:
		d.party(n, path, &p.Ref, &p.Name, refs)
	case *Security:
		d.security(n, path, p)
	default:
		return false
	}
	return true
}

func (d *decoder) date(n *Node, path string, p *Date) {
	s, ok := d.scalar(n, path, "a date")
	if !ok {
		return
	}
	date, err := ParseDate(s)
	if err != nil {
		hint := ""
		if e, ok := err.(*DateError); ok {
			hint = e.Hint
		}
		d.report("bad-date", d.span(n), path, hint, "%s", err)
		return
	}
	*p = date
}

var (
	thousands = regexp.MustCompile(`^(-?\d{1,3})((?:,\d{3})+)(\.\d+)?$`)
	comma     = regexp.MustCompile(`^-?\d+,\d+$`)
)

// numberHint says how to write a number, the one that was meant where that
// shows. A comma is never guessed away: it may stand for a point.
func numberHint(s string) string {
	clean := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "%", "", "−", "-", "+", "").Replace(s)
	whole := strings.ReplaceAll(clean, ",", "")
	switch {
	case comma.MatchString(clean) && thousands.MatchString(clean):
		return "write " + whole + ", or " + strings.Replace(clean, ",", ".", 1) + " if the comma stands for a point"
	case thousands.MatchString(clean):
		return "write " + whole
	case comma.MatchString(clean):
		return "write " + strings.Replace(clean, ",", ".", 1)
	}
	if _, ok := ParseNumber(clean); ok && clean != s {
		return "write " + clean
	}
	return "write digits with a point, such as 38.24; ~ in front means about, > at least, < at most"
}

// text decodes a string, or a mapping of languages to strings.
func (d *decoder) text(n *Node, path string) Text {
	if n.Kind != Map {
		s, ok := d.scalar(n, path, "a text, or a mapping of languages to texts")
		if !ok || s == "" {
			return nil
		}
		return Text{{Value: s, At: d.span(n), style: n.Style}}
	}
	var t Text
	for i := range n.Fields {
		f := &n.Fields[i]
		lang, err := names.Language(f.Name)
		if err != nil {
			d.report("bad-language", d.file.Span(f.Start, f.End), join(path, f.Name), hintOf(err), "%s", messageOf(err))
			continue
		}
		if f.Value.Kind == Null {
			continue
		}
		if slices.ContainsFunc(t, func(x Translation) bool { return x.Lang == lang }) {
			d.report("bad-language", d.file.Span(f.Start, f.End), join(path, f.Name), "keep one of them", "the language %s stands here twice", lang)
			continue
		}
		if s, ok := d.scalar(&f.Value, join(path, f.Name), "a text"); ok && s != "" {
			t = append(t, Translation{Lang: lang, Value: s, At: d.span(&f.Value), style: f.Value.Style})
		}
	}
	return t
}

func (d *decoder) name(n *Node, path string, p *Name) {
	p.At = d.span(n)
	if n.Kind != Map {
		p.Text, _ = d.scalar(n, path, "a name, or {text, lang}")
		return
	}
	var m nameForm
	d.record(n, path, reflect.ValueOf(&m).Elem())
	p.Text, p.Lang = m.Text, string(m.Lang)
}

// nameForm is a name as a mapping.
type nameForm struct {
	Text string `field:"text,required"`
	Lang Lang   `field:"lang"`
}

// code decodes a code that names knows how to check.
func (d *decoder) code(n *Node, path, rule string, check func(string) (string, error), p *string) {
	s, ok := d.scalar(n, path, "a "+strings.TrimPrefix(rule, "bad-")+" code")
	if !ok {
		return
	}
	canonical, err := check(s)
	if err != nil {
		d.report(rule, d.span(n), path, hintOf(err), "%s", messageOf(err))
		return
	}
	*p = canonical
}

// messageOf is the message of an error of names, without its hint.
func messageOf(err error) string {
	if e, ok := err.(*names.Error); ok {
		return e.Msg
	}
	return err.Error()
}

// hintOf is the hint of an error of names.
func hintOf(err error) string {
	if e, ok := err.(*names.Error); ok {
		return e.Hint
	}
	return ""
}

func (d *decoder) url(n *Node, path string, p *URL) {
	s, ok := d.scalar(n, path, "an address")
	if !ok {
		return
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsAny(s, " \t\n\"<>\\^`{|}"):
		d.report("bad-url", d.span(n), path, "encode spaces and other special characters as %20 and so on", "%q is not a valid address", s)
	case u.Scheme == "" && u.Host == "":
		d.report("bad-url", d.span(n), path, "begin with https://", "%q has no scheme", s)
	case u.Scheme != "https" && u.Scheme != "http":
		d.report("bad-url", d.span(n), path, "only https and http are linked", "scheme %q is not allowed", u.Scheme)
	case u.Hostname() == "":
		d.report("bad-url", d.span(n), path, "", "%q names no host", s)
	case u.User != nil:
		d.report("bad-url", d.span(n), path, "leave out what stands before the @", "an address must not hold a user name or password")
	default:
		*p = URL(s)
	}
}

func (d *decoder) identifiers(n *Node, path string, p *[]Identifier) {
	if n.Kind != Map {
		d.wrongType(n, path, "a mapping of schemes to values, such as lei: ...")
		return
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		path := join(path, f.Name)
		if _, ok := names.LookupScheme(f.Name); !ok {
			var schemes []string
			for _, s := range names.Schemes() {
				schemes = append(schemes, s.Key)
			}
			hint := diag.DidYouMean(f.Name, schemes)
			if hint == "" {
				hint = "one of " + strings.Join(schemes, ", ")
			}
			d.report("unknown-field", d.file.Span(f.Start, f.End), path, hint, "no scheme of identifiers %q", f.Name)
			continue
		}
		values := []Node{f.Value}
		switch f.Value.Kind {
		case Null:
			continue
		case List:
			values = f.Value.Items
		}
		for j := range values {
			if id, ok := d.identifier(&values[j], path, f.Name); ok {
				*p = append(*p, id)
			}
		}
	}
}

func (d *decoder) identifier(n *Node, path, scheme string) (Identifier, bool) {
	s, ok := d.scalar(n, path, "an identifier")
	if !ok {
		return Identifier{}, false
	}
	canonical, err := names.Check(scheme, s)
	if err != nil {
		title := scheme
		if known, ok := names.LookupScheme(scheme); ok {
			title = known.Title
		}
		d.report("bad-identifier", d.span(n), path, hintOf(err), "%s: %s", title, messageOf(err))
		return Identifier{}, false
	}
	return Identifier{Scheme: scheme, Value: canonical, At: d.span(n)}, true
}

// securityForm is a security without its special form.
type securityForm Security

// security decodes a security whose codes are checked like identifiers.
func (d *decoder) security(n *Node, path string, p *Security) {
	d.record(n, path, reflect.ValueOf((*securityForm)(p)).Elem())
	for _, c := range []struct {
		scheme string
		value  *string
	}{{"isin", &p.ISIN}, {"ticker", &p.Ticker}, {"mic", &p.MIC}} {
		if *c.value == "" {
			continue
		}
		id, ok := d.identifier(n.Get(c.scheme), join(path, c.scheme), c.scheme)
		*c.value = ""
		if ok {
			*c.value = id.Value
		}
	}
}

// ruleForm is what dossier.yaml says of one rule.
type ruleForm struct {
	Severity severityWord `field:"severity,required"`
	Reason   string       `field:"reason,required"`
}

type severityWord string

func (severityWord) Values() []string { return []string{"error", "warning", "note", "off"} }

// rules decodes the rules of dossier.yaml; Build checks their codes.
func (d *decoder) rules(n *Node, path string, p *[]RuleSetting) {
	if n.Kind != Map {
		d.wrongType(n, path, "a mapping of rules to {severity, reason}")
		return
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		var m ruleForm
		d.record(&f.Value, join(path, f.Name), reflect.ValueOf(&m).Elem())
		severity, ok := diag.ParseSeverity(string(m.Severity))
		if ok && m.Reason != "" {
			*p = append(*p, RuleSetting{Rule: f.Name, Severity: severity, Reason: m.Reason, At: d.file.Span(f.Start, f.End)})
		}
	}
}

func (d *decoder) ref(n *Node, path string, p *Ref, kinds []string) {
	s, ok := d.scalar(n, path, "an id")
	if !ok || s == "" {
		return
	}
	*p = Ref{ID: s, At: d.span(n)}
	d.refs = append(d.refs, refUse{ref: p, kinds: kinds, path: path})
}

// withRef decodes an id, or a mapping that holds it under a key beside others.
func (d *decoder) withRef(n *Node, path, key string, p *Ref, kinds []string, other func(*Field, string) bool, known ...string) {
	if n.Kind != Map {
		d.ref(n, path, p, kinds)
		return
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		switch {
		case f.Value.Kind == Null:
		case f.Name == key:
			d.ref(&f.Value, join(path, key), p, kinds)
		case !other(f, join(path, f.Name)):
			d.report("unknown-field", d.file.Span(f.Start, f.End), join(path, f.Name), unknownFieldHint(f.Name, known), "unknown field %q", f.Name)
		}
	}
	if p.IsZero() {
		d.report("missing-field", d.span(n), path, "", "%s is missing", key)
	}
}

// party decodes the id of an entity, or a name as printed. Which of the two it
// is shows when all ids are known.
func (d *decoder) party(n *Node, path string, ref *Ref, name *string, kinds []string) {
	s, ok := d.scalar(n, path, "an id or a name")
	if !ok || s == "" {
		return
	}
	*name = s
	*ref = Ref{ID: s, At: d.span(n)}
	d.refs = append(d.refs, refUse{ref: ref, kinds: kinds, path: path, loose: true, name: name})
}
