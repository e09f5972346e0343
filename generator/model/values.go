package model

import (
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// Ref names another record by its id; the key of a programme is replaced by its
// id. When View.Item does not know the id, the record does not exist for this
// reader, and the reference is shown as plain text.
type Ref struct {
	ID string
	At diag.Span
}

// IsZero reports whether nothing is named.
func (r Ref) IsZero() bool { return r.ID == "" }

// Text is a short text, in one or several languages, in the order written.
// A Translation without a language is in the report's first language.
type Text []Translation

// Translation is a text in one language, with its place.
type Translation struct {
	Lang  string // BCP 47; "" for the report's first language
	Value string
	At    diag.Span // of the whole value in the file

	Charts []*Chart // of a Markdown, in the order written

	style Style // how it stands there
}

// In is the text in a language, and the language it really is in: when it is
// missing, the report's first language, else the first that is there.
func (t Text) In(lang, first string) (value, got string) {
	var fallback *Translation
	for i := range t {
		l := t[i].Lang
		if l == "" {
			l = first
		}
		if l == lang {
			return t[i].Value, l
		}
		if fallback == nil || l == first {
			fallback = &t[i]
		}
	}
	if fallback == nil {
		return "", lang
	}
	if fallback.Lang == "" {
		return fallback.Value, first
	}
	return fallback.Value, fallback.Lang
}

// IsZero reports whether there is no text.
func (t Text) IsZero() bool { return len(t) == 0 }

// String is the first text, for messages.
func (t Text) String() string {
	if len(t) == 0 {
		return ""
	}
	return t[0].Value
}

// Markdown is a Text written in Markdown, with citations and record links.
type Markdown Text

// In is like Text.In, and gives the whole translation for its place.
func (m Markdown) In(lang, first string) (Translation, string) {
	value, got := Text(m).In(lang, first)
	for _, t := range m {
		if (t.Lang == got || t.Lang == "" && got == first) && t.Value == value {
			return t, got
		}
	}
	return Translation{}, got
}

// IsZero reports whether there is no text.
func (m Markdown) IsZero() bool { return len(m) == 0 }

// Name is a name with its language, when that is known: a string, or
// {text, lang} in a record.
type Name struct {
	Text string
	Lang string // BCP 47; "" when it is not stated
	At   diag.Span
}

// Number is an exact decimal number as its source gives it.
type Number struct {
	text  string // digits, with a sign and a point: "-9.72"
	Bound Bound
}

// Bound says what a number stands for.
type Bound byte

// The bounds: written as nothing, ~, > and < in front of the number.
const (
	Exact   Bound = 0
	About   Bound = '~'
	AtLeast Bound = '>'
	AtMost  Bound = '<'
)

// ParseNumber reads a decimal number with an optional bound in front.
func ParseNumber(s string) (Number, bool) {
	var n Number
	s = strings.TrimSpace(s)
	if s != "" && strings.ContainsRune("~<>", rune(s[0])) {
		n.Bound = Bound(s[0])
		s = strings.TrimSpace(s[1:])
	}
	digits := strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if whole == "" || point && frac == "" || len(s) > 40 || !allDigits(whole) || !allDigits(frac) {
		return Number{}, false
	}
	n.text = s
	return n, true
}

func allDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// IsZero reports whether no number is stated; 0 is a number.
func (n Number) IsZero() bool { return n.text == "" }

// Decimal is the number without its bound: "-9.72".
func (n Number) Decimal() string { return n.text }

// String is the number as it was written.
func (n Number) String() string {
	if n.Bound != Exact {
		return string(rune(n.Bound)) + n.text
	}
	return n.text
}

// Float is the nearest float64, for statistics and sorting.
func (n Number) Float() float64 {
	f, _ := strconv.ParseFloat(n.text, 64)
	return f
}

// Country is an ISO 3166-1 alpha-2 code in lower case, as in FollowTheMoney.
type Country string

// Currency is an ISO 4217 code.
type Currency string

// Lang is a BCP 47 language tag.
type Lang string

// URL is an absolute http or https address.
type URL string

// Identifier is an entity's number in a register; see names.Schemes.
type Identifier struct {
	Scheme, Value string
	At            diag.Span
}
