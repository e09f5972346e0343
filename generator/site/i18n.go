package site

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/gohugoio/go-i18n/v2/i18n"
	"github.com/gohugoio/hugo/parser/metadecoders"

	"github.com/dossier-report/dossier/generator/diag"
)

// fallback is the language whose words are shown where others are missing.
const fallback = "en"

// translations are the words of one language, by their keys.
type translations map[string]*i18n.Message

// translate merges the words for a language: English first, then the language
// without and with its script and region, of each the theme's words and then
// the project's. The last one wins, key by key.
func (r *renderer) translate(lang string) translations {
	all := translations{}
	for _, s := range r.files.i18n {
		if strings.EqualFold(stem(s.path), fallback) {
			maps.Copy(all, r.messages(s))
		}
	}
	if strings.EqualFold(lang, fallback) {
		return all
	}
	own := map[string]bool{}
	var last *source
	for _, tag := range prefixes(lang) {
		for _, s := range r.files.i18n {
			if !strings.EqualFold(stem(s.path), tag) || strings.EqualFold(tag, fallback) {
				continue
			}
			last = s
			for id, m := range r.messages(s) {
				all[id] = m
				own[id] = true
			}
		}
	}
	if strings.EqualFold(prefixes(lang)[0], fallback) {
		return all // British English need not repeat the words of English
	}
	var missing []string
	for id := range all {
		if !own[id] {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return all
	}
	slices.Sort(missing)
	d := diag.Diagnostic{Severity: diag.Note, Code: CodeFallback, Span: r.files.missing("i18n/" + lang + ".yaml")}
	if last != nil {
		d.Span = diag.NewFile(last.name, nil).Span(0, 0)
	}
	d.Message = fmt.Sprintf("%s of %d words have no translation into %s and are shown in English: %s", number(len(missing)), len(all), lang, shorten(missing))
	r.found.add(d)
	return all
}

func number(n int) string { return fmt.Sprint(n) }

func shorten(keys []string) string {
	const most = 8
	if len(keys) > most {
		return strings.Join(keys[:most], ", ") + " and " + fmt.Sprint(len(keys)-most) + " more"
	}
	return strings.Join(keys, ", ")
}

// prefixes of zh-Hans-CN are zh, zh-Hans and zh-Hans-CN.
func prefixes(tag string) []string {
	var out []string
	for i, c := range tag {
		if c == '-' {
			out = append(out, tag[:i])
		}
	}
	return append(out, tag)
}

func stem(p string) string {
	return strings.TrimSuffix(path.Base(p), path.Ext(p))
}

// messages reads a file of translations.
func (r *renderer) messages(s *source) translations {
	format := metadecoders.FormatFromString(path.Ext(s.path))
	decode := func(b []byte, to any) error {
		v, err := metadecoders.Default.Unmarshal(b, format)
		if err != nil {
			return err
		}
		*to.(*any) = v
		return nil
	}
	ext := strings.TrimPrefix(path.Ext(s.path), ".")
	out := translations{}
	if !slices.Contains([]string{"yaml", "yml", "toml", "json"}, ext) {
		r.found.add(diag.Diagnostic{Code: CodeWords, Span: diag.NewFile(s.name, nil).Span(0, 0), Message: "is not a file of translations", Hint: "use YAML, TOML or JSON"})
		return out
	}
	if len(strings.TrimSpace(string(s.text))) == 0 {
		return out
	}
	f, err := i18n.ParseMessageFileBytes(s.text, path.Base(s.path), map[string]i18n.UnmarshalFunc{ext: decode})
	if err != nil {
		r.found.add(wordsError(s, err))
		return out
	}
	for _, m := range f.Messages {
		if m.ID == "" {
			continue
		}
		out[m.ID] = m
		r.inspectMessage(s, m)
	}
	return out
}

// inspectMessage looks into a translation, which is a small template, for
// what templates must not do.
func (r *renderer) inspectMessage(s *source, m *i18n.Message) {
	for _, text := range forms(m) {
		if !strings.Contains(*text, "{{") && m.LeftDelim == "" {
			continue
		}
		at := max(0, strings.Index(string(s.text), *text))
		span := s.diagFile().Span(at, at+1)
		t := parse.New(m.ID)
		t.Mode = parse.SkipFuncCheck
		trees := map[string]*parse.Tree{}
		if _, err := t.Parse(*text, m.LeftDelim, m.RightDelim, trees); err != nil {
			d := parseError(&source{name: m.ID, text: []byte(*text)}, err)
			d.Span, d.Message = span, "the translation "+quote(m.ID)+" is broken: "+d.Message
			r.found.add(d)
			continue
		}
		var inner findings
		for _, t := range trees {
			w := walker{r: &renderer{}, file: diag.NewFile(s.name, []byte(*text))}
			w.list(t.Root)
			inner.take(&w.r.found)
		}
		for _, d := range inner.sorted() {
			d.Span = span
			r.found.add(d)
		}
	}
}

func forms(m *i18n.Message) []*string {
	return []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other}
}

// encode is the form in which Hugo reads the words.
func (t translations) encode() []byte {
	out := map[string]map[string]string{
		// Without a single word Hugo would not even say that one is missing.
		"dossier": {"other": "Dossier"},
	}
	names := []string{"zero", "one", "two", "few", "many", "other"}
	for id, m := range t {
		e := map[string]string{}
		for i, text := range forms(m) {
			if *text != "" {
				e[names[i]] = *text
			}
		}
		if m.LeftDelim != "" {
			e["leftDelim"], e["rightDelim"] = m.LeftDelim, m.RightDelim
		}
		if len(e) > 0 {
			out[id] = e
		}
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic(err) // texts only
	}
	return b
}

// Words are the words of the theme and the project in a language, by their
// keys, as they are without a count. Those without a translation are in
// English. What is wrong with the files is for Render to say.
func Words(opts Options, lang string) map[string]string {
	r := renderer{opts: opts}
	r.load()
	out := map[string]string{}
	for key, m := range r.translate(lang) {
		out[key] = m.Other
	}
	return out
}
