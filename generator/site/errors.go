package site

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/herrors"

	"github.com/dossier-report/dossier/generator/diag"
)

// logs collects what Hugo and templates log in one run.
type logs struct {
	r    *renderer
	lang string

	mu      sync.Mutex
	entries []logg.Entry
}

func (l *logs) add(e *logg.Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, logg.Entry{Level: e.Level, Message: e.Message})
	return nil
}

// report makes diagnostics of the entries. What one call logs on many pages is
// one finding; of its texts the first by the alphabet is shown, for pages are
// rendered in no order.
func (l *logs) report() {
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.SortFunc(l.entries, func(a, b logg.Entry) int { return strings.Compare(a.Message, b.Message) })
	l.entries = slices.CompactFunc(l.entries, func(a, b logg.Entry) bool { return a.Message == b.Message && a.Level == b.Level })
	type group struct {
		d    diag.Diagnostic
		more int
	}
	var groups []*group
	at := map[string]*group{}
	for _, e := range l.entries {
		text := strings.TrimSpace(e.Message)
		if rest, ok := strings.CutPrefix(text, "i18n|MISSING_TRANSLATION|"); ok {
			_, key, _ := strings.Cut(rest, "|")
			l.missing(key)
			continue
		}
		d := l.diagnose(text, e.Level)
		key := d.Code + d.Span.String()
		switch g := at[key]; {
		case d.Span.IsZero():
			groups = append(groups, &group{d: d})
		case g != nil:
			g.more++
		default:
			at[key] = &group{d: d}
			groups = append(groups, at[key])
		}
	}
	for _, g := range groups {
		if g.more > 0 {
			g.d.Message += fmt.Sprintf(" (and %d more like it)", g.more)
		}
		l.r.found.add(g.d)
	}
}

// diagnose finds who has logged a text.
func (l *logs) diagnose(text string, level logg.Level) diag.Diagnostic {
	text, _, _ = strings.Cut(text, "\nYou can suppress this")
	d := diag.Diagnostic{Code: CodeErrorf, Message: text}
	if level <= logg.LevelWarn {
		d.Severity, d.Code = diag.Warning, CodeWarnf
	}
	if at, ok := find(l.r.sites.logs, text); ok {
		d.Span = at
		return d
	}
	d.Code, d.Message = CodeHugo, trim(text)
	if level <= logg.LevelWarn {
		d.Code = CodeHugoWarning
	}
	return d
}

// missing reports a word that there is in no language, unless every template
// that may have asked for it has something in its place.
func (l *logs) missing(key string) {
	var must, may []call
	for _, c := range l.r.sites.keys {
		if c.pattern.MatchString(key) {
			if c.optional {
				may = append(may, c)
			} else {
				must = append(must, c)
			}
		}
	}
	if len(must) == 0 && len(may) > 0 {
		return
	}
	at, _ := find(must, key)
	where := "English"
	if !strings.EqualFold(prefixes(l.lang)[0], fallback) {
		where = l.lang + " or in English"
	}
	l.r.found.add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodeMissingWord, Span: at,
		Message: "there is no translation " + quote(key) + " in " + where,
		Hint:    "add it to i18n/en.yaml",
	})
}

// hugoError makes diagnostics of the error of a run.
func (r *renderer) hugoError(err error) {
	if errors.Is(err, errPanic) {
		r.found.add(internal(err))
		return
	}
	before := r.found.errors
	for _, e := range flatten(err) {
		if d, ok := r.located(e); ok {
			r.found.add(d)
		}
	}
	if r.found.errors == before {
		if logged.MatchString(err.Error()) && before > 0 {
			return // what was logged has been reported
		}
		r.found.add(internal(err))
	}
}

var logged = regexp.MustCompile(`logged \d+ error`)

// flatten takes joined errors apart.
func flatten(err error) []error {
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		var out []error
		for _, e := range many.Unwrap() {
			out = append(out, flatten(e)...)
		}
		if len(out) > 0 {
			return out
		}
	}
	return []error{err}
}

// located places an error of a template. Hugo wraps a place for every template
// on the way; the innermost is where the mistake is, the others led there.
func (r *renderer) located(err error) (diag.Diagnostic, bool) {
	d := diag.Diagnostic{Code: CodeTemplate, Message: cause(err)}
	var places []diag.Span
	add := func(name string, line, column int) {
		s, ok := r.files.files[hugoName(name)]
		if !ok {
			return
		}
		f := s.diagFile()
		at := f.Offset(line, column)
		span := f.Span(at, at+wordLen(s.text[at:]))
		if len(places) == 0 || places[len(places)-1].String() != span.String() {
			places = append(places, span)
		}
	}
	for _, m := range inText.FindAllStringSubmatch(err.Error(), -1) {
		line, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		// A layout that only defines blocks runs in baseof.html, under its
		// own name. Columns in the text count from 0.
		if base := path.Join("layouts", path.Dir(m[1]), "baseof.html"); m[4] == m[1] && r.files.files[base] != nil && r.sites.blocks[hugoName(m[1])] {
			m[1] = base
		}
		add(m[1], line, column+1)
	}
	if len(places) == 0 {
		for _, fe := range herrors.UnwrapFileErrors(err) {
			p := fe.Position()
			add(p.Filename, p.LineNumber, p.ColumnNumber)
		}
	}
	if len(places) == 0 {
		return d, false
	}
	d.Span = places[len(places)-1]
	for i := len(places) - 2; i >= 0; i-- {
		if places[i].String() != d.Span.String() {
			d.Related = append(d.Related, diag.Related{Span: places[i], Message: "called from here"})
		}
	}
	return d, true
}

// inText finds the templates in an error: name, line, column, and the name of
// the block or template that runs.
var inText = regexp.MustCompile(`template:\s?([^\s:"]+?)(?::(\d+))?(?::(\d+))?: (?:executing "([^"]*)")?`)

// hugoName is the path in the overlay of a name that Hugo gives a template.
func hugoName(name string) string {
	name = strings.TrimPrefix(filepath.ToSlash(name), root+"/")
	if !strings.HasPrefix(name, "layouts/") && !strings.HasPrefix(name, "assets/") && !strings.HasPrefix(name, "i18n/") {
		name = "layouts/" + name
	}
	return name
}

var noise = []*regexp.Regexp{
	regexp.MustCompile(`^.*(?:error calling (?:partial|partialCached|partials\.Include(?:Cached)?|T|i18n|templates\.\w+)|execute of template failed)(?:: |$)`),
	regexp.MustCompile(`^.*executing "[^"]*" at <.*?>: `),
	regexp.MustCompile(`^.*template:\s?[^\s:]+(?::\d+)*: `),
	regexp.MustCompile(`^"?/site/[^\s"]*"?:? `),
}

// cause is what is left of an error's text without the chain of templates.
func cause(err error) string {
	text := err.Error()
	for _, n := range noise {
		text = n.ReplaceAllString(text, "")
	}
	return trim(text)
}

// trim takes from a message what only makes sense inside of Hugo.
func trim(text string) string {
	text = strings.ReplaceAll(text, root+"/", "")
	text, _, _ = strings.Cut(text, "; the current security configuration")
	if strings.Contains(text, noDisk) {
		text = "this needs a cache on the disk, which templates do not have"
	}
	if strings.HasPrefix(text, "ends in a non-text context") {
		text = "a tag, an attribute or a quote is not closed where the template ends"
	}
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	if len(text) > 600 {
		text = text[:600] + "…"
	}
	return text
}

// wordLen is the length of what an excerpt marks: the name at a place.
func wordLen(text []byte) int {
	for i, c := range text {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '$') {
			return i
		}
	}
	return len(text)
}

// wordsError places an error of a file of translations. Each decoder has its
// own way to name line and column.
func wordsError(s *source, err error) diag.Diagnostic {
	text, _, _ := strings.Cut(err.Error(), "\n")
	d := diag.Diagnostic{Code: CodeWords, Span: s.diagFile().Span(0, 0)}
	if m := wordsPlace.FindStringSubmatch(text); m != nil {
		line, _ := strconv.Atoi(m[1])
		column, _ := strconv.Atoi(m[2])
		at := s.diagFile().Offset(line, column)
		d.Span = s.diagFile().Span(at, at)
		text = m[3]
	}
	d.Message = trim(text)
	return d
}

var wordsPlace = regexp.MustCompile(`^(?:.*_stream\.\w+:|\[)(\d+):(\d+)[\]"]:? (?:unmarshal failed: )?(?:toml: )?(.*)$`)

func internal(err error) diag.Diagnostic {
	return diag.Diagnostic{Code: CodeHugo, Message: fmt.Sprintf("the site could not be rendered: %s", trim(err.Error()))}
}
