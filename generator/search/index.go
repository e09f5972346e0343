package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The sizes in bytes of parts, before compression. What results show is asked
// for from many places at once, so its parts are smaller.
const (
	wordsSize = 12 << 10
	docsSize  = 9 << 10
)

// The limits of what is kept of one page.
const (
	shownText   = 1500   // characters of prose that a result can quote
	indexedText = 60_000 // bytes of prose that are searched
	shownNames  = 24
)

// A posting says where a word stands: in 4 bits the kind of the document, in
// 22 its number among those of its kind, in 6 the value (see value).
type posting uint32

const maxDocs = 1 << 22

func newPosting(kind, local, value int) posting {
	return posting(kind<<28 | local<<6 | value)
}

// index is that of one language.
type index struct {
	o     Options
	lang  string
	write Writer

	words  map[string][]posting
	kinds  [len(kinds)]documents
	facets [len(facets)]map[string]*facetList

	pending []part // as long as the index may be one file
	size    int    // of pending
	split   bool   // every part is a file of its own
}

// documents are those of one kind.
type documents struct {
	n      int
	starts []int    // first document of each part
	buffer [][]byte // in JSON, of the part that is not full
	size   int      // of buffer
}

// facetList is the documents with one value of a facet.
type facetList struct {
	label string
	docs  []posting
}

// part is a piece of an index, ready to be written.
type part struct {
	name string
	text []byte
}

func newIndex(o Options, lang string, write Writer) *index {
	x := &index{o: o, lang: lang, write: write, words: map[string][]posting{}}
	for i := range x.facets {
		x.facets[i] = map[string]*facetList{}
	}
	return x
}

// add takes an entry in.
func (x *index) add(e entry) error {
	docs := &x.kinds[e.kind]
	if docs.n == maxDocs {
		return fmt.Errorf("more than %d pages of the kind %q cannot be searched", maxDocs, kinds[e.kind])
	}
	for _, w := range e.words {
		list, known := x.words[w.word]
		word := w.word
		if !known {
			word = strings.Clone(word) // of the entry, which is not to stay
		}
		x.words[word] = append(list, newPosting(e.kind, docs.n, w.value))
	}
	for i, list := range e.facets {
		for _, f := range list {
			l := x.facets[i][f.key]
			if l == nil {
				l = &facetList{label: strings.Clone(f.label)}
				x.facets[i][strings.Clone(f.key)] = l
			}
			l.docs = append(l.docs, newPosting(e.kind, docs.n, 0))
		}
	}
	return x.show(e)
}

// show keeps what a result shows of a document, and writes it together with
// its neighbours.
func (x *index) show(e entry) error {
	docs := &x.kinds[e.kind]
	if len(docs.buffer) == 0 {
		docs.starts = append(docs.starts, docs.n)
	}
	docs.buffer = append(docs.buffer, []byte(e.shown))
	docs.size += len(e.shown) + 1
	docs.n++
	if docs.size < docsSize {
		return nil
	}
	return x.flush(e.kind)
}

// flush ends the part that documents of a kind are gathered for.
func (x *index) flush(kind int) error {
	docs := &x.kinds[kind]
	if len(docs.buffer) == 0 {
		return nil
	}
	text := slices.Concat([]byte("["), bytes.Join(docs.buffer, []byte(",")), []byte("]"))
	docs.buffer, docs.size = nil, 0
	return x.put(partName("docs-"+kinds[kind], len(docs.starts)-1), text)
}

// put writes a part, or keeps it while the index may still be one file.
func (x *index) put(name string, value []byte) error {
	text := slices.Concat([]byte(`Dossier.search.add("`+name+`",`), value, []byte(");\n"))
	if !x.split {
		x.pending = append(x.pending, part{name, text})
		if x.size += len(text); x.size <= WholeSize {
			return nil
		}
		x.split = true
		pending := x.pending
		x.pending = nil
		for _, p := range pending {
			if err := x.file(p.name, p.text); err != nil {
				return err
			}
		}
		return nil
	}
	return x.file(name, text)
}

func (x *index) file(name string, text []byte) error {
	return x.write(Folder(x.lang)+name+".js", text)
}

func partName(name string, n int) string { return fmt.Sprintf("%s-%04d", name, n) }

// head is the part "index": the table of contents.
type head struct {
	Lang   string               `json:"lang"`
	Whole  bool                 `json:"whole"`  // all parts are in this file
	Kinds  []kindHead           `json:"kinds"`  // in the order of their numbers, which run through all of them
	Words  []string             `json:"words"`  // first word of each part
	Ends   []string             `json:"ends"`   // the same, of words spelled backwards
	Facets map[string][]valueOf `json:"facets"` // in the order in which a reader chooses
}

type kindHead struct {
	Kind  string `json:"kind"`
	N     int    `json:"n"`
	Parts string `json:"parts"` // numbers of documents in each part, but the last
}

// valueOf is a value of a facet: key, label, number of documents.
type valueOf [3]any

// finish writes everything that is still to be written.
func (x *index) finish() error {
	var base [len(kinds)]int
	h := head{Lang: x.lang, Facets: map[string][]valueOf{}, Words: []string{}, Ends: []string{}}
	total := 0
	for kind := range x.kinds {
		if err := x.flush(kind); err != nil {
			return err
		}
		docs := &x.kinds[kind]
		base[kind] = total
		total += docs.n
		var parts []byte
		for i := 1; i < len(docs.starts); i++ {
			parts = appendNumber(parts, docs.starts[i]-docs.starts[i-1])
		}
		h.Kinds = append(h.Kinds, kindHead{kinds[kind], docs.n, string(parts)})
	}
	if err := x.finishFacets(&h, base); err != nil {
		return err
	}
	ends, err := x.finishWords(&h, base, total)
	if err == nil && x.split {
		err = x.finishEnds(&h, ends)
	}
	if err != nil {
		return err
	}
	h.Whole = !x.split
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	text = slices.Concat([]byte(`Dossier.search.add("index",`), text, []byte(");\n"))
	for _, p := range x.pending {
		text = append(text, p.text...)
	}
	return x.file("index", text)
}

func (x *index) finishFacets(h *head, base [len(kinds)]int) error {
	lists := map[string][]string{}
	for i, name := range facets {
		values := x.facets[i]
		keys := slices.SortedFunc(maps.Keys(values), func(a, b string) int {
			switch i {
			case facetYear:
				return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(b, a)) // the newest first
			case facetStatus:
				return cmp.Or(cmp.Compare(statusRank(a), statusRank(b)), cmp.Compare(a, b))
			}
			return cmp.Or(cmp.Compare(values[a].label, values[b].label), cmp.Compare(a, b))
		})
		h.Facets[name], lists[name] = []valueOf{}, []string{}
		for _, key := range keys {
			v := values[key]
			slices.Sort(v.docs) // kinds come in any order
			h.Facets[name] = append(h.Facets[name], valueOf{key, v.label, len(v.docs)})
			lists[name] = append(lists[name], encodeSet(v.docs, base))
		}
	}
	text, err := json.Marshal(lists)
	if err != nil {
		return err
	}
	return x.put("facets", text)
}

// statusRank puts law before what was said.
func statusRank(key string) int {
	order := []string{
		"m-in_force", "m-listed", "m-announced", "m-suspended", "m-unknown", "m-lapsed", "m-superseded", "m-revoked", "m-annulled",
		"e-confirmed", "e-reported", "e-denied", "e-superseded",
	}
	if i := slices.Index(order, key); i >= 0 {
		return i
	}
	return len(order)
}

// finishWords writes all words with their places. It gives the words of names
// that may be misspelled.
func (x *index) finishWords(h *head, base [len(kinds)]int, total int) (ends []string, err error) {
	p := parts{index: x, name: "words", firsts: &h.Words}
	for _, word := range slices.SortedFunc(maps.Keys(x.words), compareUTF16) {
		list := x.words[word]
		x.words[word] = nil
		slices.Sort(list) // kinds come in any order
		list, common := dropCommon(list, total)
		if slices.ContainsFunc(list, func(p posting) bool { return p.field() >= fieldName }) && misspelled(word) {
			ends = append(ends, word)
		}
		if err := p.put(word, encodePlaces(list, base), common); err != nil {
			return nil, err
		}
	}
	return ends, p.flush()
}

// finishEnds writes the words of names spelled backwards.
func (x *index) finishEnds(h *head, ends []string) error {
	for i, word := range ends {
		ends[i] = reversed(word)
	}
	slices.SortFunc(ends, compareUTF16)
	p := parts{index: x, name: "ends", firsts: &h.Ends}
	for _, word := range ends {
		if err := p.put(word, "", false); err != nil {
			return err
		}
	}
	return p.flush()
}

// parts makes parts of words of about the same size.
type parts struct {
	builder
	index  *index
	name   string
	firsts *[]string // first word of each part
}

func (p *parts) put(word, places string, common bool) error {
	p.builder.put(word, places, common)
	if p.text.Len() < wordsSize {
		return nil
	}
	return p.flush()
}

func (p *parts) flush() error {
	if p.first == "" {
		return nil
	}
	name := partName(p.name, len(*p.firsts))
	*p.firsts = append(*p.firsts, p.first)
	return p.index.put(name, p.done())
}

// dropCommon leaves out the prose of a word that is in the prose of so much of
// a large report that it tells nothing.
func dropCommon(list []posting, total int) ([]posting, bool) {
	prose := 0
	for _, p := range list {
		if p.field() == fieldProse {
			prose++
		}
	}
	if prose < 2000 || prose < total/5 {
		return list, false
	}
	return slices.DeleteFunc(list, func(p posting) bool { return p.field() == fieldProse }), true
}

// misspelled reports words in which a letter may be wrong: a digit never is,
// and a short word would be any other.
func misspelled(word string) bool {
	if utf8.RuneCountInString(word) < 4 {
		return false
	}
	for _, r := range word {
		if unicode.IsNumber(r) || unspaced(r) {
			return false
		}
	}
	return true
}

func reversed(word string) string {
	r := []rune(word)
	slices.Reverse(r)
	return string(r)
}
