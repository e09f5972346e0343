package names

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// charset is a set of character classes.
type charset int

const (
	digits charset = 1 << iota
	letters
)

// uscAlphabet is that of GB 32100-2015: no I, O, S, V or Z. A character's
// place is its value.
const uscAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// char shows a character; beyond ASCII with its code point, as it may look
// like an ordinary letter.
func char(r rune) string {
	if r < utf8.RuneSelf {
		return strconv.Quote(string(r))
	}
	return fmt.Sprintf("%s (U+%04X)", strconv.Quote(string(r)), r)
}

func (c charset) has(r rune) bool {
	return c&digits != 0 && r >= '0' && r <= '9' || c&letters != 0 && r >= 'A' && r <= 'Z'
}

func (c charset) String() string {
	if c == digits {
		return "only digits"
	}
	return "only letters A to Z and digits"
}

// fits says what is wrong with an identifier of fixed lengths, or nothing.
// What names it with its article: "an LEI".
func fits(s, what string, set charset, lengths ...int) string {
	n := 0
	for _, r := range s {
		n++
		if !set.has(r) {
			return fmt.Sprintf("character %d is %s, %s has %s", n, char(r), what, set)
		}
	}
	if slices.Contains(lengths, n) {
		return ""
	}
	var list []string
	for _, l := range lengths {
		list = append(list, strconv.Itoa(l))
	}
	unit := "characters"
	if set == digits {
		unit = "digits"
	}
	if n == 1 {
		unit = unit[:len(unit)-1]
	}
	return fmt.Sprintf("%d %s, %s has %s", n, unit, what, strings.Join(list, " or "))
}

// fitsUpTo is fits for a number of 1 to longest digits that is not zero.
func fitsUpTo(s, what string, longest int) string {
	n := utf8.RuneCountInString(s)
	if msg := fits(s, what, digits, n); msg != "" {
		return msg
	}
	switch {
	case strings.Trim(s, "0") == "":
		return what + " is a number above zero"
	case s[0] == '0':
		return what + " does not begin with 0"
	case n > longest:
		return fmt.Sprintf("%d digits, %s has at most %d", n, what, longest)
	}
	return ""
}

// wrongCheck compares the end of s with what it should be.
func wrongCheck(s, want string) string {
	got := s[len(s)-len(want):]
	switch {
	case got == want:
		return ""
	case len(want) > 1:
		return fmt.Sprintf("check digits are %s, expected %s", got, want)
	case want[0] > '9' || got[0] > '9':
		return fmt.Sprintf("check character is %s, expected %s", got, want)
	}
	return fmt.Sprintf("check digit is %s, expected %s", got, want)
}

func parseLEI(value string) (string, string) {
	s := compact(value)
	if msg := fits(s, "an LEI", letters|digits, 20); msg != "" {
		return "", msg
	}
	for i := 18; i < 20; i++ {
		if s[i] > '9' {
			return "", fmt.Sprintf("character %d is %s, the last two of an LEI are digits", i+1, char(rune(s[i])))
		}
	}
	return s, wrongCheck(s, mod97(s[:18]))
}

// mod97 are the check digits of ISO/IEC 7064 MOD 97-10, with letters as 10 to
// 35. They lie between 02 and 98, so that 01 cannot stand for 98.
func mod97(s string) string {
	rem := 0
	for _, c := range s {
		if v := alphanumeric(c); v > 9 {
			rem = (rem*100 + v) % 97
		} else {
			rem = (rem*10 + v) % 97
		}
	}
	return fmt.Sprintf("%02d", 98-rem*100%97)
}

func alphanumeric(c rune) int {
	if c <= '9' {
		return int(c - '0')
	}
	return int(c-'A') + 10
}

func parseISIN(value string) (string, string) {
	s := compact(value)
	if msg := fits(s, "an ISIN", letters|digits, 12); msg != "" {
		return "", msg
	}
	if !isinPrefix(s[:2]) {
		return "", fmt.Sprintf("the ISIN begins with %q, which is not a country", s[:2])
	}
	if s[11] > '9' {
		return "", fmt.Sprintf("character 12 is %s, the last of an ISIN is a digit", char(rune(s[11])))
	}
	return s, wrongCheck(s, luhn(s[:11]))
}

// isinPrefix reports countries and the prefixes that the numbering agencies
// (ANNA) use for what has none, among them XS for Euroclear and Clearstream, EZ
// for derivatives and the dissolved Netherlands Antilles, whose numbers live on.
func isinPrefix(s string) bool {
	switch s {
	case "AN", "CS", "EU", "EZ", "QS", "QT", "XA", "XB", "XC", "XD", "XF", "XK", "XS":
		return true
	}
	return isoCountry(strings.ToLower(s))
}

// luhn is the check digit of ISO/IEC 7812 over digits, with letters written as
// the two digits of 10 to 35 (ISO 6166, annex A).
func luhn(s string) string {
	sum, double := 0, true
	add := func(d int) {
		if double {
			d *= 2
		}
		sum += d/10 + d%10
		double = !double
	}
	for i := len(s) - 1; i >= 0; i-- {
		v := alphanumeric(rune(s[i]))
		add(v % 10)
		if v > 9 {
			add(v / 10)
		}
	}
	return strconv.Itoa((10 - sum%10) % 10)
}

func parseUSCC(value string) (string, string) {
	s := compact(value)
	n := 0
	for _, r := range s {
		n++
		if !strings.ContainsRune(uscAlphabet, r) {
			return "", fmt.Sprintf("character %d is %s, a unified social credit code has only digits and letters without I, O, S, V and Z", n, char(r))
		}
	}
	if msg := fits(s, "a unified social credit code", letters|digits, 18); msg != "" {
		return "", msg
	}
	for i := 2; i < 8; i++ {
		if s[i] > '9' {
			return "", fmt.Sprintf("character %d is %s, characters 3 to 8 are the digits of a region", i+1, char(rune(s[i])))
		}
	}
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(uscAlphabet, s[i]) * weight
		weight = weight * 3 % 31
	}
	check := (31 - sum%31) % 31
	return s, wrongCheck(s, uscAlphabet[check:check+1])
}

// weighted is the sum of digits times weights.
func weighted(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

func parseINN(value string) (string, string) {
	s := compact(value)
	if msg := fits(s, "an INN", digits, 10, 12); msg != "" {
		return "", msg
	}
	if len(s) == 10 {
		return s, wrongCheck(s, strconv.Itoa(weighted(s, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
	}
	first := strconv.Itoa(weighted(s, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10)
	second := strconv.Itoa(weighted(s[:10]+first, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10)
	return s, wrongCheck(s, first+second)
}

func parseOGRN(value string) (string, string) {
	s := compact(value)
	if msg := fits(s, "an OGRN", digits, 13, 15); msg != "" {
		return "", msg
	}
	n, _ := strconv.ParseUint(s[:len(s)-1], 10, 64) // 14 digits fit
	return s, wrongCheck(s, strconv.FormatUint(n%uint64(len(s)-2)%10, 10))
}

// parseIMO takes the number of a ship, or that of a company, which has seven
// digits too but another check digit.
func parseIMO(value string) (string, string) {
	s := strings.TrimPrefix(compact(value), "IMO")
	if msg := fits(s, "an IMO number", digits, 7); msg != "" {
		return "", msg
	}
	ship := weighted(s, 7, 6, 5, 4, 3, 2) % 10
	company := (11 - weighted(s, 8, 6, 4, 2, 9, 7)%11) % 10
	if got := int(s[6] - '0'); got != ship && got != company {
		return "", fmt.Sprintf("check digit is %d, expected %d for a ship or %d for a company", got, ship, company)
	}
	return "IMO" + s, ""
}

func parseBIC(value string) (string, string) {
	s := compact(value)
	if msg := fits(s, "a BIC", letters|digits, 8, 11); msg != "" {
		return "", msg
	}
	if country := s[4:6]; !isoCountry(strings.ToLower(country)) && country != "XK" {
		return "", fmt.Sprintf("characters 5 and 6 are %q, which is not a country", country)
	}
	// XXX is the head office, for which the short form stands too.
	return strings.TrimSuffix(s, "XXX"), ""
}

func parseCIK(value string) (string, string) {
	s := strings.TrimLeft(compact(value), "0")
	if msg := fitsUpTo(s, "a CIK", 10); msg != "" {
		return "", msg
	}
	return strings.Repeat("0", 10-len(s)) + s, ""
}

func parseWikidata(value string) (string, string) {
	s := strings.ToUpper(narrow(strings.TrimSpace(value)))
	number, ok := strings.CutPrefix(s, "Q")
	if !ok {
		return "", "a Wikidata id is Q and a number"
	}
	if msg := fitsUpTo(number, "the number of a Wikidata id", 15); msg != "" {
		return "", msg
	}
	return s, ""
}

func parseTicker(value string) (string, string) {
	s := strings.ToUpper(narrow(strings.TrimSpace(value)))
	n := 0
	for _, r := range s {
		n++
		if !(letters | digits).has(r) && (n == 1 || r != '.' && r != '-') {
			return "", fmt.Sprintf("character %d is %s, a ticker has only letters A to Z, digits, dots and hyphens", n, char(r))
		}
	}
	if n > 20 {
		return "", fmt.Sprintf("%d characters, a ticker has at most 20", n)
	}
	return s, ""
}

func parseOpenCorporates(value string) (string, string) {
	jurisdiction, number, ok := strings.Cut(strings.TrimSpace(value), "/")
	if !ok {
		return "", `an OpenCorporates id is a jurisdiction, a slash and a number, like "gb/00102498"`
	}
	jurisdiction = strings.ToLower(jurisdiction)
	country, region, _ := strings.Cut(jurisdiction, "_")
	if !isoCountry(country) && country != "xk" || strings.Contains(jurisdiction, "_") && !regionCode(region) {
		return "", fmt.Sprintf(`%q is not a jurisdiction of OpenCorporates, which are like "gb" or "us_de"`, jurisdiction)
	}
	if number == "" {
		return "", "the number after the slash is missing"
	}
	n := 0
	for _, r := range number {
		n++
		if !(letters | digits).has(r) && (r < 'a' || r > 'z') && !strings.ContainsRune("-_.", r) {
			return "", fmt.Sprintf("character %d of the number is %s, it has only letters, digits, dots, hyphens and underscores", n, char(r))
		}
	}
	if n > 60 {
		return "", fmt.Sprintf("the number has %d characters, at most 60 are plausible", n)
	}
	return jurisdiction + "/" + number, ""
}

func regionCode(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return len(s) >= 1 && len(s) <= 3
}

// parseFree takes any visible text on one line.
func parseFree(value string) (string, string) {
	if problem, _ := SafeText(value); problem != "" {
		return "", "not allowed in an identifier: " + problem
	}
	value = strings.TrimSpace(value)
	if strings.ContainsAny(value, "\n\t") {
		return "", "the identifier contains a line break or tab"
	}
	s := strings.Join(strings.Fields(value), " ")
	if n := utf8.RuneCountInString(s); n > 100 {
		return "", fmt.Sprintf("%d characters, at most 100 are plausible", n)
	}
	return s, ""
}
