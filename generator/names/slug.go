package names

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

const (
	maxSlug = 80  // bytes; leaves room for a suffix below maxID
	maxID   = 100 // bytes; with a folder and ".html" well below any file system's 255
)

// Slug is a record id made from a name: [a-z0-9] runs joined by single hyphens,
// at most 80 bytes, cut between words where that is possible. It always passes
// ValidID, and Slug(Slug(s)) == Slug(s).
//
// Diacritics are dropped as in Key; Cyrillic, Greek and Hangul are romanised
// letter by letter. Other scripts are not, because a romanisation of a Chinese
// or Arabic name is a claim about how it is read. When they leave fewer than
// three letters or digits, a hash of the name is added or takes their place.
//
// Different names may have the same slug; the caller makes them differ.
func Slug(name string) string {
	folded := fold(name)
	slug, lost := romanise(folded)
	if lost && len(slug)-strings.Count(slug, "-") < 3 || slug == "" {
		if folded == "" {
			folded = name // of names without letters each still has its own
		}
		if slug == "" {
			slug = "name"
		}
		sum := sha256.Sum256([]byte(closeUp(folded)))
		slug += "-" + hex.EncodeToString(sum[:6])
	}
	slug = cutWords(slug)
	if reserved(slug) != "" {
		slug += "-1"
	}
	return slug
}

// ValidID checks a record id: runs of a-z and 0-9 joined by single hyphens, 1
// to 100 bytes. As an id becomes a file name on every system, the device names
// of Windows are refused, as are "index" and "404", which are pages of every
// site. The error is an *Error whose hint is the slug of the id.
func ValidID(id string) error {
	msg := idProblem(id)
	if msg == "" {
		return nil
	}
	e := &Error{Scheme: "id", Value: id, Msg: msg}
	if id != "" {
		e.Hint = use(Slug(id))
	}
	return e
}

func idProblem(id string) string {
	const rule = "an id has only a-z, 0-9 and single hyphens"
	if id == "" {
		return "the id is empty"
	}
	n := 0
	for _, r := range id {
		n++
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return fmt.Sprintf("character %d is %s, %s", n, char(r), rule)
		}
	}
	switch {
	case len(id) > maxID:
		return fmt.Sprintf("%d characters, an id has at most %d", len(id), maxID)
	case id[0] == '-':
		return "the id begins with a hyphen, " + rule
	case id[len(id)-1] == '-':
		return "the id ends with a hyphen, " + rule
	case strings.Contains(id, "--"):
		return "two hyphens together, " + rule
	}
	if why := reserved(id); why != "" {
		return fmt.Sprintf("%q %s", id, why)
	}
	return ""
}

// reserved says why a well-formed id cannot be used, or nothing. The device
// names are those of Microsoft's "Naming Files, Paths, and Namespaces"; Windows
// obeys them whatever the extension.
func reserved(id string) string {
	switch id {
	case "index", "404":
		return "is the name of a page of the site"
	case "con", "prn", "aux", "nul":
		return "is the name of a device on Windows"
	}
	if len(id) == 4 && (id[:3] == "com" || id[:3] == "lpt") && id[3] >= '0' && id[3] <= '9' {
		return "is the name of a device on Windows"
	}
	return ""
}

// cutWords keeps the whole words that fit, or as much of a single long one.
func cutWords(slug string) string {
	if len(slug) <= maxSlug {
		return slug
	}
	cut := slug[:maxSlug]
	if slug[maxSlug] != '-' {
		if i := strings.LastIndexByte(cut, '-'); i > maxSlug/2 {
			cut = cut[:i]
		}
	}
	return strings.TrimRight(cut, "-")
}

// romanise writes a folded text in a-z, 0-9 and hyphens, and says whether it
// had to leave letters out.
func romanise(folded string) (slug string, lost bool) {
	var b strings.Builder
	b.Grow(len(folded))
	gap := false
	write := func(s string) {
		if s == "" {
			return
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(s)
	}
	var before rune
	for i, r := range folded {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			write(folded[i : i+1])
		case r == ' ':
			gap = true
		case r >= 'α' && r <= 'ω':
			write(greek(r, before))
		case r >= 'Ѐ' && r <= 'ӿ':
			s, ok := cyrillic(r)
			lost = lost || !ok
			write(s)
		case r >= '가' && r <= '힣':
			write(hangul(r))
		case unicode.IsMark(r):
		default:
			gap, lost = true, true
		}
		before = r
	}
	return b.String(), lost
}

// greek follows ELOT 743 in outline; v for the upsilon of αυ and ευ is left
// out, as it depends on the sound.
func greek(r, before rune) string {
	if r == 'υ' && (before == 'α' || before == 'ε' || before == 'ο') {
		return "u"
	}
	table := [...]string{"a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t",
		"y", "f", "ch", "ps", "o"}
	return table[r-'α']
}

// cyrillic romanises a folded letter in the manner of BGN/PCGN, without
// diacritics or apostrophes: what newspapers write.
func cyrillic(r rune) (string, bool) {
	if r >= 'а' && r <= 'я' {
		table := [...]string{"a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
			"f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"}
		return table[r-'а'], true
	}
	switch r {
	case 'і', 'ӏ':
		return "i", true
	case 'є':
		return "ye", true
	case 'ґ', 'ғ':
		return "g", true
	case 'ђ':
		return "dj", true
	case 'ј':
		return "j", true
	case 'љ':
		return "lj", true
	case 'њ':
		return "nj", true
	case 'ћ':
		return "c", true
	case 'џ':
		return "dz", true
	case 'ѕ':
		return "dz", true
	case 'ә':
		return "a", true
	case 'қ', 'ҡ':
		return "k", true
	case 'ң', 'ҥ':
		return "n", true
	case 'ө':
		return "o", true
	case 'ұ', 'ү':
		return "u", true
	case 'һ', 'ҳ':
		return "h", true
	case 'ҷ', 'ҹ':
		return "j", true
	case 'ҙ':
		return "z", true
	case 'ҫ':
		return "s", true
	}
	return "", false
}

// hangul writes a syllable letter by letter in the Revised Romanization of
// 2000, without the sound changes between syllables, which need a dictionary.
func hangul(r rune) string {
	first := [...]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	vowel := [...]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
		"eu", "ui", "i"}
	last := [...]string{"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
		"t", "t", "k", "t", "p", "t"}
	n := int(r - '가')
	return first[n/(21*28)] + vowel[n/28%21] + last[n%28]
}
