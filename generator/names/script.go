package names

import (
	"unicode"

	"golang.org/x/text/language"
)

// Script is the ISO 15924 code of the script in which most of a name is
// written: Latn, Cyrl, Arab, Hang, Deva and so on. Han alone is Hani, as the
// characters do not tell Hans from Hant; Han with kana, and kana alone, is
// Jpan. A name without letters, or in a script that is not known here, is Zyyy.
//
// A Han character, kana or Hangul syllable counts as two letters, since it says
// as much: BOE京东方 is Hani. Of equals the first wins.
func Script(s string) string {
	var counts [len(scripts)]int
	var order [len(scripts)]int // place of first appearance, from 1
	kana, seen := false, 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		n := scriptOf(r)
		if n < 0 {
			continue
		}
		weight := 1
		switch scripts[n].code {
		case "Hira", "Kana":
			kana = true
			n, weight = hani, 2
		case "Hani", "Hang":
			weight = 2
		}
		if counts[n] == 0 {
			seen++
			order[n] = seen
		}
		counts[n] += weight
	}
	best := -1
	for n, c := range counts {
		if c > 0 && (best < 0 || c > counts[best] || c == counts[best] && order[n] < order[best]) {
			best = n
		}
	}
	switch {
	case best < 0:
		return "Zyyy"
	case best == hani && kana:
		return "Jpan"
	}
	return scripts[best].code
}

// IsRTL reports whether a language, given as a BCP 47 tag, is written from
// right to left: "ar", "fa", "he", but also "az-Arab". A tag that is not known
// is not.
func IsRTL(lang string) bool {
	tag, err := language.Parse(lang)
	if err != nil {
		return false
	}
	script, _ := tag.Script()
	switch script.String() {
	case "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa":
		return true
	}
	return false
}

// hani is the place of Han in scripts.
const hani = 1

// scripts are those of living languages, the frequent ones first. Read only.
var scripts = [...]struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin},
	{"Hani", unicode.Han},
	{"Cyrl", unicode.Cyrillic},
	{"Arab", unicode.Arabic},
	{"Hang", unicode.Hangul},
	{"Hira", unicode.Hiragana},
	{"Kana", unicode.Katakana},
	{"Grek", unicode.Greek},
	{"Hebr", unicode.Hebrew},
	{"Deva", unicode.Devanagari},
	{"Thai", unicode.Thai},
	{"Geor", unicode.Georgian},
	{"Armn", unicode.Armenian},
	{"Beng", unicode.Bengali},
	{"Guru", unicode.Gurmukhi},
	{"Gujr", unicode.Gujarati},
	{"Orya", unicode.Oriya},
	{"Taml", unicode.Tamil},
	{"Telu", unicode.Telugu},
	{"Knda", unicode.Kannada},
	{"Mlym", unicode.Malayalam},
	{"Sinh", unicode.Sinhala},
	{"Laoo", unicode.Lao},
	{"Khmr", unicode.Khmer},
	{"Mymr", unicode.Myanmar},
	{"Tibt", unicode.Tibetan},
	{"Mong", unicode.Mongolian},
	{"Ethi", unicode.Ethiopic},
	{"Thaa", unicode.Thaana},
	{"Syrc", unicode.Syriac},
	{"Nkoo", unicode.Nko},
	{"Adlm", unicode.Adlam},
	{"Tfng", unicode.Tifinagh},
	{"Vaii", unicode.Vai},
	{"Bopo", unicode.Bopomofo},
	{"Yiii", unicode.Yi},
	{"Cher", unicode.Cherokee},
	{"Cans", unicode.Canadian_Aboriginal},
	{"Olck", unicode.Ol_Chiki},
	{"Mtei", unicode.Meetei_Mayek},
	{"Copt", unicode.Coptic},
	{"Rohg", unicode.Hanifi_Rohingya},
	{"Mand", unicode.Mandaic},
	{"Samr", unicode.Samaritan},
}

func scriptOf(r rune) int {
	if r < 0x80 {
		return 0 // only letters are asked for
	}
	for n := range scripts {
		if unicode.Is(scripts[n].table, r) {
			return n
		}
	}
	return -1
}
