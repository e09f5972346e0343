package search

import (
	"encoding/json"
	"iter"
	"strings"
	"unicode/utf8"
)

// The encoding of words and places. It is made of characters that stand in a
// string of JavaScript as they are, and compresses well.
//
// A number is a sequence of characters of the alphabet: each carries five
// bits, the lowest first, and all but the last have the sixth bit set.
//
// A list of documents is a number for each: how many documents are between it
// and the one before. Documents are numbered through all kinds. In the places
// of a word a character of the alphabet follows each number: the value, ten
// times the field plus a count from 0 to 9 (see place).
//
// A part of words is a string of entries with a comma after each: a character
// of the alphabet, the number of UTF-16 units that the word has in common with
// the one before; the rest of the word; a space; "!" for a word that need not
// be found; its places. Words are in the order of UTF-16 units, as
// JavaScript compares them.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func appendNumber(b []byte, n int) []byte {
	for n >= 32 {
		b = append(b, alphabet[n&31|32])
		n >>= 5
	}
	return append(b, alphabet[n])
}

// The fields of a document, the least telling first.
const (
	fieldWeak  = iota
	fieldProse // how often the word stands there, less one
	fieldAbout // the same
	fieldID    // words of the identifier, less one
	fieldName  // words of the shortest such name, less one
	fieldTitle // the same
)

// place says where a word stands in a document: the most telling field, and
// for prose how often, for names how many words the name has.
type place struct{ field, n int }

const maxValue = 63 // 6 bits of a posting

func (p place) value() int { return p.field*10 + min(p.n, 10) - 1 }

func (p posting) field() int { return int(p&63) / 10 }

// places are the words of a document, each with the best place.
func places(d document) iter.Seq2[string, place] {
	found := map[string]place{}
	put := func(field int, text string) {
		n := 1
		if field >= fieldID {
			n = max(1, len(QueryWords(text)))
		}
		for _, word := range Words(text) {
			old, ok := found[word]
			switch {
			case !ok || old.field < field:
				found[word] = place{field, n}
			case old.field > field:
			case field >= fieldID:
				found[word] = place{field, min(n, old.n)}
			case field != fieldWeak:
				found[word] = place{field, old.n + 1}
			}
		}
	}
	prose := d.text
	if len(prose) > indexedText {
		prose = strings.ToValidUTF8(prose[:indexedText], "")
	}
	put(fieldProse, prose)
	for _, t := range d.about {
		put(fieldAbout, t.Value)
	}
	for _, id := range d.ids {
		put(fieldID, id)
	}
	for _, n := range d.names {
		switch {
		case n.weak:
			put(fieldWeak, n.Value)
		case n.main:
			put(fieldTitle, n.Value)
		default:
			put(fieldName, n.Value)
		}
	}
	put(fieldTitle, d.title.Value)
	return func(yield func(string, place) bool) {
		for word, p := range found {
			if !yield(word, p) {
				return
			}
		}
	}
}

// global is the number of a document among all.
func (p posting) global(base [len(kinds)]int) int {
	return base[p>>28] + int(p>>6&(maxDocs-1))
}

func encodePlaces(list []posting, base [len(kinds)]int) string {
	var b []byte
	next := 0
	for _, p := range list {
		n := p.global(base)
		b = append(appendNumber(b, n-next), alphabet[p&63])
		next = n + 1
	}
	return string(b)
}

// encodeSet is a list of documents, sorted.
func encodeSet(list []posting, base [len(kinds)]int) string {
	var b []byte
	next := 0
	for _, p := range list {
		n := p.global(base)
		b = appendNumber(b, n-next)
		next = n + 1
	}
	return string(b)
}

// builder makes a part of words.
type builder struct {
	first string // first word of the part; empty when there is none
	last  string
	text  strings.Builder
}

func (b *builder) put(word, places string, common bool) {
	units, bytes := 0, 0
	if b.first == "" {
		b.first = word
	} else {
		units, bytes = shared(b.last, word)
	}
	b.text.WriteByte(alphabet[units])
	b.text.WriteString(word[bytes:])
	b.text.WriteByte(' ')
	if common {
		b.text.WriteByte('!')
	}
	b.text.WriteString(places)
	b.text.WriteByte(',')
	b.last = word
}

// done gives the part as a string of JavaScript, and begins another.
func (b *builder) done() []byte {
	text, _ := json.Marshal(b.text.String()) // a string can be written
	b.first, b.last = "", ""
	b.text.Reset()
	return text
}

// shared is what two words have in common at their beginning, in UTF-16 units
// and in bytes. A character is never cut in half.
func shared(a, b string) (units, bytes int) {
	for bytes < len(a) && bytes < len(b) {
		r, n := utf8.DecodeRuneInString(b[bytes:])
		if !strings.HasPrefix(a[bytes:], b[bytes:bytes+n]) {
			break
		}
		u := 1
		if r > 0xffff {
			u = 2
		}
		if units+u >= len(alphabet) {
			break
		}
		units, bytes = units+u, bytes+n
	}
	return units, bytes
}

// compareUTF16 orders words as JavaScript does: by UTF-16 units, in which what
// is beyond 16 bits comes before the last characters within.
func compareUTF16(a, b string) int {
	for i := 0; i < len(a) && i < len(b); {
		x, n := utf8.DecodeRuneInString(a[i:])
		y, _ := utf8.DecodeRuneInString(b[i:])
		if x != y {
			return int(rank16(x)) - int(rank16(y))
		}
		i += n
	}
	return len(a) - len(b)
}

func rank16(r rune) rune {
	if r >= 0xe000 && r <= 0xffff {
		return r + 0x200000
	}
	return r
}
