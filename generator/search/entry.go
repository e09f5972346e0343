package search

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/wire"
)

// entry is what an index takes in of one page.
type entry struct {
	kind   int
	shown  string // what a result shows, in JSON
	words  []wordAt
	facets [len(facets)][]facet
}

// wordAt is a word and the value of its best place; see place.
type wordAt struct {
	word  string
	value int
}

// entry is what can be found of a page, as a text; empty for a page that is not
// found by itself.
func (o Options) entry(p *page.Page) (string, error) {
	d, ok := o.document(p)
	if !ok {
		return "", nil
	}
	shown, err := json.Marshal(d.record())
	if err != nil {
		return "", err // a list of texts has none
	}
	b := wire.AppendNumber(nil, d.kind)
	b = wire.AppendText(b, string(shown))
	var words []wordAt
	for word, place := range places(d) {
		words = append(words, wordAt{word, place.value()})
	}
	slices.SortFunc(words, func(x, y wordAt) int { return strings.Compare(x.word, y.word) })
	b = wire.AppendNumber(b, len(words))
	for _, w := range words {
		b = wire.AppendNumber(wire.AppendText(b, w.word), w.value)
	}
	for _, list := range d.facets {
		b = wire.AppendNumber(b, len(list))
		for _, f := range list {
			b = wire.AppendText(wire.AppendText(b, f.key), f.label)
		}
	}
	return string(b), nil
}

// errEntry says that a text is no entry.
var errEntry = errors.New("an entry of the search index is damaged")

// parseEntry reads what Options.entry has made.
func parseEntry(text string) (e entry, err error) {
	r := wire.NewReader(text)
	e.kind, e.shown = r.Number(), r.Text()
	e.words = make([]wordAt, r.Count())
	for i := range e.words {
		e.words[i] = wordAt{r.Text(), r.Number()}
		if e.words[i].value > maxValue {
			return e, errEntry
		}
	}
	for i := range e.facets {
		for range r.Count() {
			e.facets[i] = append(e.facets[i], facet{r.Text(), r.Text()})
		}
	}
	if !r.Whole() || e.kind >= len(kinds) {
		return e, errEntry
	}
	return e, nil
}

// record is what a result shows: path, title, text, date, mark, words beside
// the title, other names with their languages, language of the title. What is
// empty at the end is left out.
func (d document) record() []any {
	var others [][]string
	for _, n := range d.names {
		others = append(others, trim([]string{n.Value, n.Lang}))
	}
	for _, id := range d.ids {
		others = append(others, []string{id})
	}
	if others = others[:min(len(others), shownNames)]; others == nil {
		others = [][]string{}
	}
	out := []any{d.path, d.title.Value, cut(d.text, shownText), d.date, d.status, d.beside, others, d.title.Lang}
	for len(out) > 2 {
		last := out[len(out)-1]
		if names, ok := last.([][]string); last != "" && (!ok || len(names) > 0) {
			break
		}
		out = out[:len(out)-1]
	}
	return out
}

func trim(list []string) []string {
	for len(list) > 1 && list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return list
}

// cut is the beginning of a text, up to n characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
