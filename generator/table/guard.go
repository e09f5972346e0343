package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// guard is put in front of a text that a spreadsheet might take for a formula.
const guard = "'"

// Guard makes a text safe to open in a spreadsheet: when its first sign, after
// spaces, invisible characters and quotation marks, is one with which a formula
// can begin (= + - @, their full-width, small and raised forms and the minus
// sign), or when it begins with a tab or a carriage return, an apostrophe is
// put in front of it. Unguard takes it away again, for every text.
func Guard(s string) string {
	if risky(s) {
		return guard + s
	}
	return s
}

// Unguard is the text that Guard was given. A program that reads the CSV files
// may do the same: an apostrophe goes when the text after it is one that Guard
// would change. No apostrophe of the text itself is ever taken, since a text
// that begins with one before such a sign is guarded too.
func Unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, guard); ok && risky(rest) {
		return rest
	}
	return s
}

// risky reports a text that some spreadsheet reads as a formula, or might do so
// after it has dropped what is in front.
func risky(s string) bool {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '\t', r == '\r', isFormulaSign(r):
			return true
		case !isSkipped(r, n):
			return false
		}
		s = s[n:]
	}
	return false
}

// isFormulaSign reports a sign with which a formula, or a command of an old
// spreadsheet, can begin. The forms that are only compatible ones are there
// because normalisation on the way turns them into the plain ones.
func isFormulaSign(r rune) bool {
	switch r {
	case '=', '+', '-', '@',
		'＝', '＋', '－', '＠', // full width
		'﹦', '﹢', '﹣', '﹫', // small
		'⁼', '⁺', '⁻', '₌', '₊', '₋', // raised and lowered
		'−': // minus, which office programs read as a hyphen
		return true
	}
	return false
}

// isSkipped reports what may stand in front of a formula: white space, what
// cannot be seen, quotation marks, and bytes that are no characters.
func isSkipped(r rune, size int) bool {
	switch {
	case r == utf8.RuneError && size == 1, unicode.IsSpace(r), unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me):
		return true
	case unicode.In(r, unicode.Pi, unicode.Pf): // “ ” ‘ ’ « »
		return true
	}
	return strings.ContainsRune("\"'`´‚„′″＂＇｀「」『』〝〞〟\u2800\u3164\uffa0\u115f\u1160", r)
}
