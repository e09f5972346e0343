package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Key is what two spellings of the same name have in common; names are equal
// when their keys are. It is for comparing, never for showing.
//
// Case is folded (ß is ss), compatibility forms are resolved (full width,
// ligatures, ㈱), diacritics of Latin, Greek and Cyrillic are dropped together
// with the strokes of letters such as ł and ø, apostrophes and invisible
// characters vanish, "&" is "and", the points of initials close up (S.p.A. is
// spa), and all other punctuation is one space. Marks of other scripts are part
// of the letter and stay: vowel signs, the voicing of kana. Spaces between Han
// or kana characters carry no meaning and go.
//
// Traditional and simplified Han, hiragana and katakana, and different
// romanisations stay different. The key of a name without a letter or digit is
// empty. Key(Key(s)) == Key(s).
func Key(name string) string { return closeUp(fold(name)) }

// Tokens are the words of a name for a search index, folded as in Key, in
// order and with repetitions. Every Han character is a word of its own, as
// written Chinese does not mark words; kana and Thai stay in the runs in which
// they are written.
func Tokens(name string) []string {
	var out []string
	for _, word := range strings.Fields(fold(name)) {
		start := 0
		for i, r := range word {
			if r < 0x2e80 || !unicode.Is(unicode.Han, r) {
				continue
			}
			if start < i {
				out = append(out, word[start:i])
			}
			start = i + utf8.RuneLen(r)
			out = append(out, word[i:start])
		}
		if start < len(word) {
			out = append(out, word[start:])
		}
	}
	return out
}

// fold is Key before spaces between Han and kana are closed.
func fold(name string) string {
	if isASCII(name) {
		return squeeze(strings.ToLower(name))
	}
	s := strings.Map(beforeNFKD, name)
	// Folding between two decompositions is the compatibility caseless match of
	// the Unicode Standard (D146); one round alone is not stable.
	s = norm.NFKD.String(cases.Fold().String(norm.NFKD.String(s)))
	return norm.NFC.String(squeeze(s))
}

// beforeNFKD saves characters that compatibility decomposition would turn into
// something else than what they mean in a name.
func beforeNFKD(r rune) rune {
	switch r {
	case '´': // decomposes into a space and a mark
		return '\''
	case '™', '℠': // decompose into letters
		return ' '
	case '゛': // decomposes into a space and the mark
		return '\u3099'
	case '゜':
		return '\u309A'
	}
	// Cherokee capitals and small letters change places in cases.Fold of
	// golang.org/x/text 0.43; from capitals alone it always makes small ones.
	if r >= 'ꭰ' && r <= 'ꮿ' || r >= 'ᏸ' && r <= 'ᏽ' {
		return unicode.ToUpper(r)
	}
	return r
}

// squeeze makes words of a decomposed, case-folded text, one space between them.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var (
		gap     bool // a separator since the last word
		run     int  // letters and digits in the current word
		letter  bool // the last of them is a letter
		based   bool // a mark here has something to sit on
		plain   bool // and it is a Latin, Greek or Cyrillic letter, or a digit
		lastHeb bool // the last letter is Hebrew
	)
	put := func() {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
	}
	for i, r := range s {
		// Most names are ASCII, and the tables of Unicode are ten times slower.
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			put()
			b.WriteByte(byte(r))
			run++
			based, plain, letter, lastHeb = true, true, r >= 'a', false
			continue
		}
		isLetter := r >= utf8.RuneSelf && unicode.IsLetter(r)
		switch {
		case dropped(r):
		case unicode.IsMark(r):
			if based && !plain && !unicode.Is(unicode.Me, r) {
				b.WriteRune(r)
			}
		case isLetter || unicode.IsNumber(r):
			put()
			plain = !isLetter || foldsMarks(r)
			based, letter, lastHeb = true, isLetter, isHebrew(r)
			run++
			if ascii := stroke(r); ascii != "" {
				b.WriteString(ascii)
			} else {
				b.WriteRune(r)
			}
		case r == '.' && run == 1 && letter && !gap && initial(s[i+1:]):
			run = 0
		case r == '"' && lastHeb && !gap && startsHebrew(s[i+1:]):
			// The gershayim of an acronym, as most keyboards give it.
		default:
			if r == '&' {
				gap = true
				put()
				b.WriteString("and")
			}
			gap, based, run = true, false, 0
		}
	}
	return b.String()
}

// dropped reports characters that leave no trace, not even a space: what is
// invisible, what stretches a word, and apostrophes in all their guises.
func dropped(r rune) bool {
	switch r {
	case '\u034f': // the combining grapheme joiner, which long runs of marks get from package norm
		return true
	case '\'', '`', '‘', '’', '‛', '′', '‵', '՚', '׳', '״', 'ـ':
		return true
	}
	return r >= 'ʹ' && r <= 'ˁ' || r == 'ˈ' || r == 'ˊ' || r == 'ˋ' || r == 'ˮ' ||
		r >= 0x80 && (unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r))
}

// foldsMarks reports the scripts whose diacritics people leave out.
func foldsMarks(r rune) bool {
	return r < 0x250 || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// stroke is the ASCII form of Latin letters that do not decompose. The choices
// are those of common practice in passports and library catalogues.
func stroke(r rune) string {
	if r < 0x80 {
		return ""
	}
	switch r {
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ŋ':
		return "ng"
	case 'ı', 'ɨ', 'ɪ':
		return "i"
	case 'ł', 'ƚ':
		return "l"
	case 'ø', 'ɔ':
		return "o"
	case 'đ', 'ð', 'ɖ', 'ɗ':
		return "d"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ə':
		return "a"
	case 'ǝ', 'ɛ':
		return "e"
	case 'ƒ':
		return "f"
	case 'ɓ':
		return "b"
	case 'ƙ', 'ĸ':
		return "k"
	case 'ƴ':
		return "y"
	case 'ƶ':
		return "z"
	}
	return ""
}

// initial reports a text that begins with a letter standing alone.
func initial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(r) || dropped(r) {
		return false
	}
	for _, r := range s[n:] {
		if unicode.IsMark(r) {
			continue
		}
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !dropped(r)
	}
	return true
}

func isHebrew(r rune) bool { return r >= 0x5d0 && r <= 0x5ea }

func startsHebrew(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isHebrew(r)
}

// closeUp removes spaces between two Han or kana characters.
func closeUp(s string) string {
	if isASCII(s) || !strings.ContainsFunc(s, isHanOrKana) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	for i, r := range s {
		if r == ' ' {
			after, _ := utf8.DecodeRuneInString(s[i+1:])
			if isHanOrKana(before) && isHanOrKana(after) {
				continue
			}
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func isHanOrKana(r rune) bool {
	return r >= 0x2e80 && (r == 'ー' || r == '\u3099' || r == '\u309A' ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
