// Package names holds the rules about names and identifiers that the rest of
// Dossier builds on: which country, currency, language and company codes
// exist, how they are written, which check digits they carry, when two names
// are the same name, what a record may be called, and which characters have no
// place in a record.
//
// It promises:
//   - every function is pure: no state, no clock, no locale, the same answer in
//     every process;
//   - no input makes it panic, be it invalid UTF-8 or a megabyte of marks;
//   - a canonical form, a key and a slug are fixed points: putting them in again
//     gives them back;
//   - an error is an *Error, whose message and hint are ready to be shown in a
//     diagnostic.
//
// Suggestions by spelling distance among things of a project are not made here
// but in package diag; the hints here come from the rules themselves.
package names

import (
	"strconv"
	"unicode/utf8"
)

// Error says why a value is not a good identifier, code or id.
type Error struct {
	Scheme string // key of the scheme, or "country", "currency", "language", "id"
	Value  string // as it was given
	Msg    string // lower case, without a full stop
	Hint   string // what to write instead, empty when that is not known
}

// Error is the message, and the hint after a semicolon when there is one.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Msg
	}
	return e.Msg + "; " + e.Hint
}

// use is the hint that names the value to write.
func use(value string) string { return "use " + quote(value) }

// quote shows a value on one line: escaped where a reader could not see a
// character, cut when it is too long to be read in a message.
func quote(s string) string {
	const longest = 60
	if utf8.RuneCountInString(s) > longest {
		n := 0
		for i := range s {
			if n++; n > longest {
				return strconv.Quote(s[:i]) + "..."
			}
		}
	}
	return strconv.Quote(s)
}
