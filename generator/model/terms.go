package model

import (
	"reflect"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/names"
)

// Term is a text that records use, with its translations: what was measured, a
// unit, a place in a source, the role in a link. Records keep it in the
// report's first language, as a CSV cell can hold one text only; pages in other
// languages show the translation.
type Term struct {
	Text Text
	At   diag.Span
}

// TermsFolder is where the files of terms lie, in the folder data: CSV files
// with a column for each language, or YAML lists of mappings.
const TermsFolder = "terms"

// terms are all terms of a report, and each by its text in the first language.
type terms struct {
	list []Term
	by   map[string]Text
}

// decodeTerms takes the terms of a project. Each has a text in the report's
// first language, by which it is found, and stands there once.
func (b *builder) decodeTerms() {
	first := b.report.settings.FirstLanguage()
	t := &b.report.terms
	t.by = map[string]Text{}
	places := map[string]diag.Span{}
	for i := range b.in.Terms {
		doc := &b.in.Terms[i]
		d := &decoder{file: doc.File, csv: doc.CSV, out: &b.out}
		if doc.Root.Kind != Map {
			d.wrongType(&doc.Root, "", "a mapping of languages to texts")
			continue
		}
		header := !doc.CSV || i == 0 || b.in.Terms[i-1].File != doc.File
		text := b.term(d, &doc.Root, header)
		at := d.span(&doc.Root)
		value, got := text.In(first, first)
		earlier, twice := places[value]
		switch {
		case got != first || value == "":
			b.add("missing-field", at, first, "records name it by that text", "the term has no text in %s, the report's first language", first)
		case twice:
			b.add("duplicate-term", at, first, "keep one of them", "the term %q stands here twice", value).Related = []diag.Related{{Span: earlier}}
		default:
			places[value] = at
			t.by[value] = text
			t.list = append(t.list, Term{Text: text, At: at})
		}
	}
}

// term decodes the translations of a term. What is wrong with a language is
// reported when it is named for the first time: the header of a CSV file counts
// for all of its rows.
func (b *builder) term(d *decoder, n *Node, header bool) Text {
	var text Text
	for i := range n.Fields {
		f := &n.Fields[i]
		lang, err := names.Language(f.Name)
		switch {
		case err != nil:
			if header {
				d.report("bad-language", d.file.Span(f.Start, f.End), f.Name, hintOf(err), "%s", messageOf(err))
			}
		case !b.report.settings.has(lang):
			if header {
				d.report("bad-language", d.file.Span(f.Start, f.End), f.Name, "add it to languages: in dossier.yaml, or delete the translation",
					"the terms are translated into %s, which is none of the report's languages", lang)
			}
		case f.Value.Kind == Null:
		default:
			if s, ok := d.scalar(&f.Value, f.Name, "a text"); ok && s != "" {
				text = append(text, Translation{Lang: lang, Value: s, At: d.span(&f.Value), style: f.Value.Style})
			}
		}
	}
	return text
}

// has reports whether the report is written in a language.
func (s Settings) has(lang string) bool {
	return lang == s.FirstLanguage() || slices.Contains(s.Languages, Lang(lang))
}

// Term is a text of a record in its translations. One that nobody has
// translated has only itself.
func (v *View) Term(value string) Text {
	if t, ok := v.terms.by[value]; ok {
		return t
	}
	if value == "" {
		return nil
	}
	return Text{{Value: value}}
}

// Terms are those that the records of this view use, in the order of their
// files.
func (v *View) Terms() []Term { return v.terms.list }

// Terms are all terms of the report, used or not.
func (r *Report) Terms() []Term { return r.terms.list }

// used are the terms that records of a view use. A reader who may not see a
// record does not see its words either.
func (t terms) used(v *View) terms {
	if len(t.list) == 0 {
		return terms{}
	}
	words := map[string]bool{}
	for _, list := range [][]Item{
		items(v.Entities), items(v.Measures), items(v.Events), items(v.Programs), items(v.Sources), items(v.Links),
		items(v.Series), items(v.Figures), items(v.Studies), items(v.Files), items(v.Prose),
	} {
		for _, item := range list {
			for _, w := range Words(item, v.Settings.FirstLanguage()) {
				words[w] = true
			}
		}
	}
	out := terms{by: map[string]Text{}}
	for _, term := range t.list {
		value, _ := term.Text.In(v.Settings.FirstLanguage(), v.Settings.FirstLanguage())
		if words[value] {
			out.list = append(out.list, term)
			out.by[value] = term.Text
		}
	}
	return out
}

func items[T Item](list []T) []Item {
	out := make([]Item, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// Words are the texts of a record that a term can translate: fields that hold
// one text, and those that hold a text in the report's first language alone.
// Those of statements and figures inside a source are among them.
func Words(item Item, first string) []string {
	var out []string
	collectWords(reflect.ValueOf(item).Elem(), first, &out)
	return out
}

func collectWords(v reflect.Value, first string, out *[]string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			collectWords(v.Elem(), first, out)
		}
	case reflect.Slice:
		if t, ok := v.Interface().(Text); ok {
			if len(t) == 1 && (t[0].Lang == "" || t[0].Lang == first) {
				*out = append(*out, t[0].Value)
			}
			return
		}
		if e := v.Type().Elem(); e.Kind() != reflect.Struct && e.Kind() != reflect.Pointer || e == reflect.TypeFor[Translation]() {
			return
		}
		for i := range v.Len() {
			collectWords(v.Index(i), first, out)
		}
	case reflect.Struct:
		sh, ok := shapes()[v.Type()]
		if !ok {
			return // a reference, a date: nothing that is read
		}
		for _, f := range sh.order {
			field := v.FieldByIndex(f.index)
			switch {
			case f.typ == reflect.TypeFor[*Node]():
			case f.term && field.Kind() == reflect.Slice:
				*out = append(*out, field.Interface().([]string)...)
			case f.term:
				*out = append(*out, field.String())
			default:
				collectWords(field, first, out)
			}
		}
	}
}
