package search

import (
	"strings"
	"unicode"

	"github.com/dossier-report/dossier/generator/names"
)

// longest is how many characters of a word count; the rest is cut off.
const longest = 48

// Words are the words of a text as the index holds them, in order and with
// repetitions. They are folded as in names.Key, and further as people leave
// things out when they type: Arabic vowel signs, Hebrew points, the forms of
// alef, ya and ta marbuta, the article of an Arabic word, hiragana for
// katakana, Arabic digits.
//
// Scripts that are written without spaces (Han, kana, Thai, Lao, Khmer,
// Burmese) give pairs of characters, each beginning where the last one had its
// second character, and at the end of a run the last character alone: so a
// name is found by any part of it, and by one character.
func Words(text string) []string { return split(text, true) }

// QueryWords are the words to look for. They are those of Words, but for the
// last character alone, which a run of several does not need.
func QueryWords(text string) []string { return split(text, false) }

func split(text string, index bool) []string {
	var out []string
	for _, word := range strings.Fields(fold(text)) {
		if plainASCII(word) {
			out = append(out, word[:min(len(word), longest)])
			continue
		}
		start, dense := 0, false
		runes := []rune(word)
		for i, r := range runes {
			if unspaced(r) != dense && i > start {
				out = appendRun(out, runes[start:i], dense, index)
				start = i
			}
			dense = unspaced(r)
		}
		out = appendRun(out, runes[start:], dense, index)
	}
	return out
}

// appendRun adds the words of a run of one sort of characters.
func appendRun(out []string, run []rune, dense, index bool) []string {
	if !dense {
		run = bare(run)
		return append(out, string(run[:min(len(run), longest)]))
	}
	for i := range len(run) - 1 {
		out = append(out, string(run[i:i+2]))
	}
	if index || len(run) == 1 {
		out = append(out, string(run[len(run)-1:]))
	}
	return out
}

// bare takes the article off an Arabic word, where enough is left of it.
func bare(run []rune) []rune {
	if len(run) >= 5 && run[0] == 'ا' && run[1] == 'ل' {
		return run[2:]
	}
	return run
}

// unspaced reports characters of scripts that do not put spaces between words.
func unspaced(r rune) bool {
	return r >= 0xe00 && (r == 'ー' || r == '\u3099' || r == '\u309a' ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// fold is names.Key, and what is said at Words.
func fold(text string) string {
	key := names.Key(text)
	if plainASCII(key) {
		return key
	}
	return strings.Map(loosen, key)
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// loosen folds a character further than names.Key, which has to tell names
// apart; -1 drops it.
func loosen(r rune) rune {
	switch {
	case r < 0x591:
		return r
	case r <= 0x5c7, r >= 0x610 && r <= 0x61a, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6ed && unicode.IsMark(r):
		if unicode.IsMark(r) {
			return -1
		}
	case r >= 0x660 && r <= 0x669:
		return r - 0x660 + '0'
	case r >= 0x6f0 && r <= 0x6f9:
		return r - 0x6f0 + '0'
	case r >= 0x30a1 && r <= 0x30f6:
		return r - 0x60
	}
	switch r {
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ئ', 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ة', 'ۀ', 'ہ', 'ھ':
		return 'ه'
	}
	return r
}
