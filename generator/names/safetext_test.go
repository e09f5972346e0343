package names

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSafeText(t *testing.T) {
	for _, s := range []string{
		"", "plain", "two\nlines\tand a tab", "Société “Générale” — 30 %", "杭州海康威视", "حزب الله", "می\u200cخواهم", "क्\u200dष क्\u200c",
		"ക്\u200d", "مُ\u200cم", "שלום\u200e!", "\u200fعربي\u200f", "so\u00adft", "❤\ufe0f", "👩\u200d👩\u200d👧", "👩🏽\u200d🚀", "葛\U000e0100", "한국",
		"ᠮᠣ\u180bᠩ", "\u0600123", "a\u0301", "\u00a0", "\u3000",
	} {
		if problem, at := SafeText(s); problem != "" || at != 0 {
			t.Errorf("SafeText(%q) = %q, %d", s, problem, at)
		}
	}
	for _, c := range []struct {
		text, problem string
		offset        int
	}{
		{"a\x00", "null character (U+0000)", 1},
		{"a\r\nb", "carriage return (U+000D)", 1},
		{"\x1b[31m", "control character (U+001B)", 0},
		{"a\x7f", "control character (U+007F)", 1},
		{"é\u0085", "control character (U+0085)", 2},
		{"é\xff", "invalid UTF-8 (byte 0xFF)", 2},
		{"\xed\xa0\x80", "invalid UTF-8 (byte 0xED)", 0}, // a surrogate
		{"\ufffd", "replacement character, the text was damaged (U+FFFD)", 0},
		{"名\u202ea", "right-to-left override (U+202E)", 3},
		{"\u202a", "left-to-right embedding (U+202A)", 0},
		{"\u202b", "right-to-left embedding (U+202B)", 0},
		{"\u202c", "pop directional formatting (U+202C)", 0},
		{"\u202d", "left-to-right override (U+202D)", 0},
		{"\u2066", "left-to-right isolate (U+2066)", 0},
		{"\u2067", "right-to-left isolate (U+2067)", 0},
		{"\u2068", "first strong isolate (U+2068)", 0},
		{"\u2069", "pop directional isolate (U+2069)", 0},
		{"a\u200bb", "zero-width space (U+200B)", 1},
		{"a\u200db", "zero-width joiner outside a word that needs it (U+200D)", 1},
		{"a\u200cb", "zero-width non-joiner outside a word that needs it (U+200C)", 1},
		{"\u200cم", "zero-width non-joiner outside a word that needs it (U+200C)", 0},
		{"م\u200c ", "zero-width non-joiner outside a word that needs it (U+200C)", 2},
		{"م\u200c\u200cم", "zero-width non-joiner outside a word that needs it (U+200C)", 2},
		{"👩\u200d", "zero-width joiner outside a word that needs it (U+200D)", 4},
		{"a\u2060", "word joiner (U+2060)", 1},
		{"\ufeffa", "byte order mark (U+FEFF)", 0},
		{"a\u034f", "combining grapheme joiner (U+034F)", 1},
		{"a\u2028b", "line separator (U+2028)", 1},
		{"a\u2029b", "paragraph separator (U+2029)", 1},
		{"\u2063", "invisible format character (U+2063)", 0},
		{"\u206a", "invisible format character (U+206A)", 0},
		{"\u180e", "invisible format character (U+180E)", 0},
		{"\u3164", "hangul filler (U+3164)", 0},
		{"\uffa0", "hangul filler (U+FFA0)", 0},
		{"\u17b4", "invisible vowel (U+17B4)", 0},
		{"\ufffc", "object replacement character (U+FFFC)", 0},
		{"\ufff9", "invisible format character (U+FFF9)", 0},
		{"a\ufe0f\ufe0f", "variation selector with nothing to vary (U+FE0F)", 4},
		{" \ufe0f", "variation selector with nothing to vary (U+FE0F)", 1},
		{"\U000e0100", "variation selector with nothing to vary (U+E0100)", 0},
		{"a\U000e0041", "tag character (U+E0041)", 1},
		{"\ue000", "private-use character (U+E000)", 0},
		{"\U00100000", "private-use character (U+100000)", 0},
		{"\ufdd0", "noncharacter (U+FDD0)", 0},
		{"\uffff", "noncharacter (U+FFFF)", 0},
		{"\U0010ffff", "noncharacter (U+10FFFF)", 0},
		{"fine \u200b and \u202e", "zero-width space (U+200B)", 5}, // the first
	} {
		if problem, at := SafeText(c.text); problem != c.problem || at != c.offset {
			t.Errorf("SafeText(%q) = %q, %d; want %q, %d", c.text, problem, at, c.problem, c.offset)
		}
	}
}

func FuzzSafeText(f *testing.F) {
	for _, s := range []string{"plain", "می\u200cخواهم", "a\u202eb", "\xff", "\x00", "👩\u200d👩", "क्\u200d", "a\ufe0f\ufe0f", "\ufeff", "\r\n", "\U000e0041"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		problem, at := SafeText(s)
		if problem == "" {
			if at != 0 || !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\u202e\u2066\u200b\ufeff") {
				t.Fatalf("SafeText(%q) finds nothing, %d", s, at)
			}
			return
		}
		if at >= len(s) || !utf8.ValidString(problem) {
			t.Fatalf("SafeText(%q) = %q, %d", s, problem, at)
		}
		if before, _ := SafeText(s[:at]); before != "" && !strings.Contains(before, "joiner") {
			t.Fatalf("SafeText(%q) = %q, %d, but %q comes before", s, problem, at, before)
		}
		if strings.TrimLeft(problem, " ") != problem || isASCII(problem) == false {
			t.Fatalf("description %q", problem)
		}
	})
}
