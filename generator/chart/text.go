package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean takes out of a text what XML cannot hold or a reader cannot see:
// control characters, broken UTF-8, and marks that turn the direction of the
// text around. White space becomes single spaces.
func clean(s string) string {
	ok := utf8.ValidString(s)
	for i := 0; ok && i < len(s); i++ {
		ok = s[i] >= ' ' && s[i] < 0x7f && !(s[i] == ' ' && i > 0 && s[i-1] == ' ')
	}
	if ok {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r == utf8.RuneError, r == 0xfffe, r == 0xffff, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			continue
		case r != '\u00a0' && r != '\u202f' && unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsControl(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// fromRight tells whether the first letter of a text, or a mark before it that
// has a direction, is of those that are written from right to left.
func fromRight(s string) bool {
	for _, r := range s {
		switch {
		case r == 0x200e, r == 0x200f:
			return r == 0x200f
		case unicode.IsLetter(r):
			return r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
		}
	}
	return false
}

// advances of the faces that a reader is likely to have, in hundredths of an
// em and rather too wide than too narrow.
func advance(r rune) int {
	switch {
	case r < 128:
		return int(ascii[r])
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), r == 0x200b, r == 0x200e, r == 0x200f, r == 0x61c, r == 0x2060, r == 0xfeff:
		return 0
	case isWide(r):
		return 100
	case r == 0xa0, r == 0x202f, r == 0x2009:
		return 26
	case r == '’', r == '‘', r == '·':
		return 26
	}
	return 58
}

func isWide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300
}

const ascii = "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	// space ! " # $ % & ' ( ) * + , - . /
	"\x1a\x1c\x28\x37\x35\x52\x3f\x18\x1f\x1f\x2a\x37\x1a\x20\x1a\x23" +
	// 0-9 : ; < = > ?
	"\x35\x35\x35\x35\x35\x35\x35\x35\x35\x35\x1c\x1c\x37\x37\x37\x2e" +
	// @ A-O
	"\x55\x3a\x3c\x3b\x40\x36\x34\x40\x42\x1c\x34\x3c\x32\x52\x41\x43" +
	// P-Z [ \ ] ^ _
	"\x3a\x43\x3b\x37\x36\x41\x39\x52\x37\x35\x37\x1f\x23\x1f\x37\x32" +
	// ` a-o
	"\x20\x34\x38\x2f\x38\x34\x20\x35\x38\x1a\x1b\x34\x1b\x54\x38\x37" +
	// p-z { | } ~ DEL
	"\x38\x38\x24\x2e\x23\x38\x32\x4b\x31\x32\x2e\x1f\x1b\x1f\x37\x00"

// fontSize is that of all text in charts, in units.
const fontSize = 12.0

// textWidth estimates how wide a text is, in units.
func textWidth(s string) float64 {
	u := 0
	for _, r := range s {
		u += advance(r)
	}
	return float64(u) * fontSize / 100
}

// boldWidth estimates how wide a bold text is.
func boldWidth(s string) float64 { return textWidth(s) * 1.06 }

// fit cuts a text so that it is not wider than room, and tells whether it had
// to.
func fit(s string, room float64) (string, bool) {
	if s == "" || textWidth(s) <= room {
		return s, false
	}
	room -= float64(advance('…')) * fontSize / 100
	u, end := 0.0, 0
	for i, r := range s {
		u += float64(advance(r)) * fontSize / 100
		if u > room {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(s[:end], " ,;:.·") + "…", true
}

// wrap breaks a text into lines that are not wider than room: between words,
// and between ideographs. The last of at most so many lines is cut.
func wrap(s string, room float64, lines int) (out []string, cut bool) {
	rest := s
	for len(out) < lines-1 && textWidth(rest) > room {
		u, end := 0.0, 0
		prev := rune(0)
		for i, r := range rest {
			if i > 0 && (r == ' ' || prev == '-' || isWide(prev)) {
				end = i
			}
			u += float64(advance(r)) * fontSize / 100
			if u > room {
				break
			}
			prev = r
		}
		if end == 0 {
			break // one long word
		}
		out = append(out, strings.TrimSpace(rest[:end]))
		rest = strings.TrimSpace(rest[end:])
	}
	last, cut := fit(rest, room)
	return append(out, last), cut
}
