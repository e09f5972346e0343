package names

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SafeText finds the first character that has no place in the text of a
// record: one that cannot be seen, that makes text read otherwise than it is
// stored, or that shows that the text was damaged on its way. It gives a
// description in lower case with the code point, "right-to-left override
// (U+202E)", and the offset in bytes; the description is empty when all is well.
//
// Found are: invalid UTF-8 and U+FFFD, which took the place of something;
// control characters but line feed and tab; line and paragraph separators;
// bidirectional embeddings, overrides and isolates (CVE-2021-42574); zero-width
// and other invisible characters, a byte order mark wherever it stands, and
// fillers; tag characters (also those of flags of regions); variation selectors
// with nothing to vary, of which a row can carry a hidden message; private use,
// as it looks different on every machine; noncharacters.
//
// Allowed are, because languages need them: zero-width joiner and non-joiner
// inside words of Arabic, Indic, Mongolian and related scripts, and the joiner
// inside an emoji; the left-to-right, right-to-left and Arabic letter marks,
// which move punctuation but never letters; and the soft hyphen. Key drops
// them all.
func SafeText(s string) (problem string, offset int) {
	var before rune = -1
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return fmt.Sprintf("invalid UTF-8 (byte 0x%02X)", s[i]), i
		}
		if name := unsafeName(r, before, s[i+n:]); name != "" {
			return fmt.Sprintf("%s (U+%04X)", name, r), i
		}
		before = r
		i += n
	}
	return "", 0
}

// unsafeName says what is wrong with a character after another and before the
// rest of the text, or nothing.
func unsafeName(r, before rune, rest string) string {
	switch {
	case r >= 0x20 && r < 0x7f, r == '\n', r == '\t':
		return ""
	case r == 0:
		return "null character"
	case r == '\r':
		return "carriage return"
	case unicode.Is(unicode.Cc, r):
		return "control character"
	case r < 0x300:
		return ""
	case r == 0x200c && !joins(before, rest):
		return "zero-width non-joiner outside a word that needs it"
	case r == 0x200d && !joins(before, rest) && !joinsEmoji(before, rest):
		return "zero-width joiner outside a word that needs it"
	case r == 0x200c, r == 0x200d:
		return ""
	case unicode.Is(unicode.Variation_Selector, r):
		return badVariation(before)
	case unicode.Is(unicode.Co, r):
		return "private-use character"
	case unicode.Is(unicode.Noncharacter_Code_Point, r):
		return "noncharacter"
	}
	return invisible(r)
}

// invisible names the characters that are never wanted, whatever stands around
// them.
func invisible(r rune) string {
	switch r {
	case 0x202a:
		return "left-to-right embedding"
	case 0x202b:
		return "right-to-left embedding"
	case 0x202c:
		return "pop directional formatting"
	case 0x202d:
		return "left-to-right override"
	case 0x202e:
		return "right-to-left override"
	case 0x2066:
		return "left-to-right isolate"
	case 0x2067:
		return "right-to-left isolate"
	case 0x2068:
		return "first strong isolate"
	case 0x2069:
		return "pop directional isolate"
	case 0x200b:
		return "zero-width space"
	case 0x2060:
		return "word joiner"
	case 0xfeff:
		return "byte order mark"
	case 0x034f:
		return "combining grapheme joiner"
	case 0x2028:
		return "line separator"
	case 0x2029:
		return "paragraph separator"
	case 0xfffc:
		return "object replacement character"
	case 0xfffd:
		return "replacement character, the text was damaged"
	case 0x115f, 0x1160, 0x3164, 0xffa0:
		return "hangul filler"
	case 0x17b4, 0x17b5:
		return "invisible vowel"
	case 0x061c, 0x200e, 0x200f:
		return ""
	}
	switch {
	case r >= 0xe0000 && r <= 0xe007f:
		return "tag character"
	case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) && r != 0x070f:
		// Prepended marks and the Syriac abbreviation mark are seen.
		return "invisible format character"
	}
	return ""
}

// joins reports a place where a joiner or non-joiner changes how a word is
// written: after a virama (RFC 5892, appendix A), or between two letters of
// scripts that join.
func joins(before rune, rest string) bool {
	if before < 0 || !joining(before) {
		return false
	}
	const virama = 9 // canonical combining class
	if norm.NFD.PropertiesString(string(before)).CCC() == virama {
		return true
	}
	after, _ := utf8.DecodeRuneInString(rest)
	return joining(after)
}

func joining(r rune) bool {
	if r >= 0x64b && r <= 0x655 || r == 0x670 {
		return true // Arabic vowel marks, which Unicode counts as of no script
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) &&
		unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Adlam, unicode.Mongolian,
			unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
			unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Balinese)
}

// joinsEmoji reports a joiner between two pictures.
func joinsEmoji(before rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	// U+FFFD, which is also what the end of the text decodes to, is a symbol.
	picture := func(r rune) bool { return unicode.Is(unicode.So, r) && r != utf8.RuneError }
	skin := before >= 0x1f3fb && before <= 0x1f3ff
	return (picture(before) || skin || before == 0xfe0f) && (picture(after) || after == 0x2640 || after == 0x2642)
}

// badVariation says what is wrong with a variation selector after a character.
func badVariation(before rune) string {
	if before > ' ' && !unicode.IsSpace(before) && !unicode.Is(unicode.Variation_Selector, before) && !unicode.Is(unicode.Cf, before) {
		return ""
	}
	return "variation selector with nothing to vary"
}
