package names

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct{ scheme, value, want string }{
		{"lei", "HWUPKR0MPOU8FGXBT394", "HWUPKR0MPOU8FGXBT394"}, // Apple
		{"lei", "INR2EJN1ERAN0W5ZP974", "INR2EJN1ERAN0W5ZP974"}, // Microsoft
		{"lei", "7LTWFZYICNSX8D621K86", "7LTWFZYICNSX8D621K86"}, // Deutsche Bank
		{"lei", "506700GE1G29325QX363", "506700GE1G29325QX363"}, // GLEIF
		{"lei", "hwup kr0m pou8 fgxb t394", "HWUPKR0MPOU8FGXBT394"},
		{"lei", "ＨＷＵＰＫＲ０ＭＰＯＵ８ＦＧＸＢＴ３９４", "HWUPKR0MPOU8FGXBT394"},
		{"isin", "CNE100000PM8", "CNE100000PM8"}, // Hikvision
		{"isin", "US0378331005", "US0378331005"}, // Apple
		{"isin", "DE000BAY0017", "DE000BAY0017"}, // Bayer
		{"isin", "GB0002634946", "GB0002634946"}, // BAE Systems
		{"isin", "RU0007661625", "RU0007661625"}, // Gazprom
		{"isin", "KYG875721634", "KYG875721634"}, // Tencent
		{"isin", "AN8068571086", "AN8068571086"}, // Schlumberger, of a dissolved country
		{"isin", "us-037833100-5", "US0378331005"},
		{"uscc", "91330000733796106P", "91330000733796106P"}, // Hikvision
		{"uscc", "914403001922038216", "914403001922038216"}, // Huawei
		{"uscc", "9133 0000 7337 9610 6p", "91330000733796106P"},
		{"uscc", "９１３３００００７３３７９６１０６Ｐ", "91330000733796106P"},
		{"wikidata", "Q312", "Q312"},
		{"wikidata", " q312 ", "Q312"},
		{"ticker", "002415.sz", "002415.SZ"},
		{"ticker", "BRK-B", "BRK-B"},
		{"mic", "xshe", "XSHE"},
		{"mic", "360T", "360T"},
		{"registration", "  HRB  12345 B ", "HRB 12345 B"},
		{"registration", "№ 12/345-ЮЛ", "№ 12/345-ЮЛ"},
		{"cik", "320193", "0000320193"},
		{"cik", "0000320193", "0000320193"},
		{"imo", "9074729", "IMO9074729"},
		{"imo", "IMO 9074729", "IMO9074729"},
		{"imo", "imo-5848165", "IMO5848165"}, // a company
		{"inn", "7736050003", "7736050003"},  // Gazprom
		{"inn", "7707083893", "7707083893"},  // Sberbank
		{"inn", "500100732259", "500100732259"},
		{"ogrn", "1027700070518", "1027700070518"},     // Gazprom
		{"ogrn", "1027700132195", "1027700132195"},     // Sberbank
		{"ogrn", "304500116000157", "304500116000157"}, // a sole trader
		{"swift-bic", "deutdeffxxx", "DEUTDEFF"},
		{"swift-bic", "DEUTDEFF500", "DEUTDEFF500"},
		{"swift-bic", "KDBKKPPY", "KDBKKPPY"},
		{"duns", "15-048-3782", "150483782"},
		{"permid", "4295907168", "4295907168"},
		{"permid", "1-4295907168", "4295907168"},
		{"opencorporates", "GB/00102498", "gb/00102498"},
		{"opencorporates", "us_de/2927442", "us_de/2927442"},
		{"opencorporates", "de/K1101R_HRB116737", "de/K1101R_HRB116737"},
		{"ofac", "30518", "30518"},
		{"ofac", "0030518", "30518"},
		{"un-ref", " QDi.001 ", "QDi.001"},
		{"eu-ref", "EU.7755.61", "EU.7755.61"},
	} {
		got, err := Check(c.scheme, c.value)
		if err != nil || got != c.want {
			t.Errorf("Check(%q, %q) = %q, %v; want %q", c.scheme, c.value, got, err, c.want)
		}
		again, err := Check(c.scheme, got)
		if err != nil || again != got {
			t.Errorf("Check(%q, %q) of a canonical form = %q, %v", c.scheme, got, again, err)
		}
	}
}

func TestCheckErrors(t *testing.T) {
	for _, c := range []struct{ scheme, value, msg, hint string }{
		{"lei", "", "the identifier is empty", ""},
		{"lei", " \t", "the identifier is empty", ""},
		{"lei", "HWUPKR0MPOU8FGXBT39", "19 characters, an LEI has 20", ""},
		{"lei", "HWUPKR0MPOU8FGXBT3944", "21 characters, an LEI has 20", ""},
		{"lei", "-", "0 characters, an LEI has 20", ""},
		{"lei", "H", "1 character, an LEI has 20", ""},
		{"lei", "HWUPKR0MPOU8FGXBT395", "check digits are 95, expected 94", ""},
		{"lei", "HWUPKR0MPOU8FGXBT3A4", `character 19 is "A", the last two of an LEI are digits`, ""},
		{"lei", "HWUPKRoMPOU8FGXBT394", "check digits are 94, expected 13", `character 7 may be "0", not "O"`},
		{"lei", "HWUPKR0MP0U8FGXBT394", "check digits are 94, expected 31", `character 10 may be "O", not "0"`},
		{"lei", "HWUPKR0MPOU8FGXBT3S4", `character 19 is "S", the last two of an LEI are digits`, ""},
		{"lei", "НWUPKR0MPOU8FGXBT394", `character 1 is "Н" (U+041D), an LEI has only letters A to Z and digits`,
			`did you mean "HWUPKR0MPOU8FGXBT394"?`},
		{"lei", "LEI: HWUPKR0MPOU8FGXBT394", `character 4 is ":", an LEI has only letters A to Z and digits`,
			`use "HWUPKR0MPOU8FGXBT394"`},
		{"lei", "https://search.gleif.org/#/record/HWUPKR0MPOU8FGXBT394",
			`character 6 is ":", an LEI has only letters A to Z and digits`, `use "HWUPKR0MPOU8FGXBT394"`},
		{"lei", "HWUPKR0MPOU8\u200bFGXBT394", "character 13 is \"\\u200b\" (U+200B), an LEI has only letters A to Z and digits", ""},
		{"isin", "US037833100", "11 characters, an ISIN has 12", ""},
		{"isin", "US0378331006", "check digit is 6, expected 5", ""},
		{"isin", "US0373831005", "check digit is 5, expected 9", ""},
		{"isin", "USO378331005", "check digit is 5, expected 1", `character 3 may be "0", not "O"`},
		{"isin", "US037833100S", `character 12 is "S", the last of an ISIN is a digit`, `character 12 may be "5", not "S"`},
		{"isin", "ZZ0378331005", `the ISIN begins with "ZZ", which is not a country`, ""},
		{"isin", "ISIN CNE100000PM8", "16 characters, an ISIN has 12", `use "CNE100000PM8"`},
		{"uscc", "91330000733796106X", "check character is X, expected P", ""},
		{"uscc", "914403001922038217", "check digit is 7, expected 6", ""},
		{"uscc", "9133000073379610", "16 characters, a unified social credit code has 18", ""},
		{"uscc", "913300A0733796106P", `character 7 is "A", characters 3 to 8 are the digits of a region`, ""},
		{"uscc", "9133OOOO733796106P",
			`character 5 is "O", a unified social credit code has only digits and letters without I, O, S, V and Z`,
			`did you mean "91330000733796106P"?`},
		{"uscc", "统一社会信用代码91330000733796106P",
			`character 1 is "统" (U+7EDF), a unified social credit code has only digits and letters without I, O, S, V and Z`, ""},
		{"wikidata", "P31", "a Wikidata id is Q and a number", ""},
		{"wikidata", "312", "a Wikidata id is Q and a number", `use "Q312"`},
		{"wikidata", "Q", "the number of a Wikidata id is a number above zero", ""},
		{"wikidata", "Q031", "the number of a Wikidata id does not begin with 0", ""},
		{"wikidata", "https://www.wikidata.org/wiki/Q312", "a Wikidata id is Q and a number", `use "Q312"`},
		{"ticker", "BRK B", `character 4 is " ", a ticker has only letters A to Z, digits, dots and hyphens`, ""},
		{"ticker", "-A", `character 1 is "-", a ticker has only letters A to Z, digits, dots and hyphens`, ""},
		{"ticker", "SZSE:002415", `character 5 is ":", a ticker has only letters A to Z, digits, dots and hyphens`, ""},
		{"ticker", strings.Repeat("A", 21), "21 characters, a ticker has at most 20", ""},
		{"mic", "XSH", "3 characters, a MIC has 4", ""},
		{"mic", "XSH.", `character 4 is ".", a MIC has only letters A to Z and digits`, ""},
		{"registration", "a\u202eb", "not allowed in an identifier: right-to-left override (U+202E)", ""},
		{"registration", "1\n2", "the identifier contains a line break or tab", ""},
		{"registration", strings.Repeat("1", 101), "101 characters, at most 100 are plausible", ""},
		{"cik", "12345678901", "11 digits, a CIK has at most 10", ""},
		{"cik", "0000000000", "a CIK is a number above zero", ""},
		{"cik", "CIK0000320193", `character 1 is "C", a CIK has only digits`, `use "0000320193"`},
		{"imo", "9074728", "check digit is 8, expected 9 for a ship or 2 for a company", ""},
		{"imo", "907472", "6 digits, an IMO number has 7", ""},
		{"imo", "IMO 9O74729", `character 2 is "O", an IMO number has only digits`, `did you mean "IMO9074729"?`},
		{"inn", "7736050004", "check digit is 4, expected 3", ""},
		{"inn", "500100732250", "check digits are 50, expected 59", ""},
		{"inn", "77360500031", "11 digits, an INN has 10 or 12", ""},
		{"inn", "ИНН 7736050003", `character 1 is "И" (U+0418), an INN has only digits`, `use "7736050003"`},
		{"ogrn", "1027700070519", "check digit is 9, expected 8", ""},
		{"ogrn", "304500116000158", "check digit is 8, expected 7", ""},
		{"ogrn", "10277000705l8", `character 12 is "L", an OGRN has only digits`, `did you mean "1027700070518"?`},
		{"ogrn", "102770007051", "12 digits, an OGRN has 13 or 15", ""},
		{"swift-bic", "DEUTZZFF", `characters 5 and 6 are "ZZ", which is not a country`, ""},
		{"swift-bic", "DEUTDEFFX", "9 characters, a BIC has 8 or 11", ""},
		{"swift-bic", "DЕUTDEFF", `character 2 is "Е" (U+0415), a BIC has only letters A to Z and digits`, `did you mean "DEUTDEFF"?`},
		{"duns", "12345678", "8 digits, a D-U-N-S number has 9", ""},
		{"permid", "https://permid.org/1-4295907168", `character 1 is "h", a PermID has only digits`, `use "4295907168"`},
		{"permid", "123456789012345678901", "21 digits, a PermID has at most 20", ""},
		{"opencorporates", "00102498", `an OpenCorporates id is a jurisdiction, a slash and a number, like "gb/00102498"`, ""},
		{"opencorporates", "uk/00102498", `"uk" is not a jurisdiction of OpenCorporates, which are like "gb" or "us_de"`, ""},
		{"opencorporates", "us_/1", `"us_" is not a jurisdiction of OpenCorporates, which are like "gb" or "us_de"`, ""},
		{"opencorporates", "gb/", "the number after the slash is missing", ""},
		{"opencorporates", "gb/00 1", `character 3 of the number is " ", it has only letters, digits, dots, hyphens and underscores`, ""},
		{"opencorporates", "https://opencorporates.com/companies/gb/00102498",
			`"https:" is not a jurisdiction of OpenCorporates, which are like "gb" or "us_de"`, `use "gb/00102498"`},
		{"ofac", "12a", `character 3 is "A", an OFAC id has only digits`, ""},
		{"ofac", "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=30518", `character 1 is "H", an OFAC id has only digits`, `use "30518"`},
		{"un-ref", "QDi\x00001", "not allowed in an identifier: null character (U+0000)", ""},
		{"eu-ref", "\xff", "not allowed in an identifier: invalid UTF-8 (byte 0xFF)", ""},
		{"eu-ref", strings.Repeat("1", 1001), "1001 bytes, no identifier is that long", ""},
		{"lie", "1", `unknown identifier scheme "lie"`, ""},
	} {
		got, err := Check(c.scheme, c.value)
		var e *Error
		if !errors.As(err, &e) || got != "" {
			t.Errorf("Check(%q, %q) = %q, %v; want an error", c.scheme, c.value, got, err)
			continue
		}
		if e.Msg != c.msg || e.Hint != c.hint || e.Scheme != c.scheme || e.Value != c.value {
			t.Errorf("Check(%q, %q)\n got %q\nhint %q\nwant %q\nhint %q", c.scheme, c.value, e.Msg, e.Hint, c.msg, c.hint)
		}
	}
}

func TestErrorText(t *testing.T) {
	_, err := Check("cik", "CIK 320193")
	if want := `character 1 is "C", a CIK has only digits; use "0000320193"`; err.Error() != want {
		t.Errorf("got %s\nwant %s", err, want)
	}
	_, err = Check("lei", "")
	if want := "the identifier is empty"; err.Error() != want {
		t.Errorf("got %s\nwant %s", err, want)
	}
	if got := quote(strings.Repeat("名", 70)); got != strconv.Quote(strings.Repeat("名", 60))+"..." {
		t.Errorf("long value shown as %s", got)
	}
}

func TestSchemes(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Schemes() {
		if seen[s.Key] {
			t.Errorf("%s twice", s.Key)
		}
		seen[s.Key] = true
		if ValidID(s.Key) != nil || s.Title == "" {
			t.Errorf("bad scheme %+v", s)
		}
		if got, ok := LookupScheme(s.Key); !ok || got != s {
			t.Errorf("LookupScheme(%q) = %+v, %v", s.Key, got, ok)
		}
		if s.URL != "" && (strings.Count(s.URL, "{id}") != 1 || !strings.HasPrefix(s.URL, "https://")) {
			t.Errorf("%s: bad URL %s", s.Key, s.URL)
		}
		unique := s.Key != "ticker" && s.Key != "mic" && s.Key != "registration"
		if s.Unique != unique {
			t.Errorf("%s: Unique is %v", s.Key, s.Unique)
		}
	}
	if len(seen) != 18 {
		t.Errorf("%d schemes", len(seen))
	}
	if _, ok := LookupScheme("LEI"); ok {
		t.Error("LookupScheme folds case")
	}
	mine := Schemes()
	mine[0].Title = "changed"
	if Schemes()[0].Title == "changed" {
		t.Error("the schemes can be changed from outside")
	}
}

// TestSchemesFtM holds the schemes against the model that exports are
// validated with, where it is at hand.
func TestSchemesFtM(t *testing.T) {
	text, err := os.ReadFile("../../../shared/data/ftm-schema-yaml/defaultModel.json")
	if err != nil {
		t.Skip(err)
	}
	var model struct {
		Schemata map[string]struct {
			Properties map[string]any
		}
		Types struct {
			Country struct{ Values map[string]string }
		}
	}
	if err := json.Unmarshal(text, &model); err != nil {
		t.Fatal(err)
	}
	for _, s := range Schemes() {
		schema, property, _ := strings.Cut(s.FtM, ":")
		if _, ok := model.Schemata[schema].Properties[property]; s.FtM != "" && !ok {
			t.Errorf("%s: FollowTheMoney has no %s", s.Key, s.FtM)
		}
	}
	for code := range model.Types.Country.Values {
		if got, err := Country(code); code != "zz" && (err != nil || got != code) {
			t.Errorf("Country(%q) = %q, %v; it is one of FollowTheMoney's", code, got, err)
		}
		if code != "zz" && CountryName(code, "fr") == "" {
			t.Errorf("%s has no name", code)
		}
	}
}

// TestSlipsAreFound changes every digit of good identifiers, and swaps every
// two neighbouring digits, for the schemes whose documentation promises that
// this is found.
func TestSlipsAreFound(t *testing.T) {
	for _, c := range []struct {
		scheme, value string
		swaps         bool
	}{
		{"lei", "HWUPKR0MPOU8FGXBT394", true},
		{"lei", "506700GE1G29325QX363", true},
		{"lei", "7LTWFZYICNSX8D621K86", true},
		{"isin", "CNE100000PM8", false},
		{"isin", "US0378331005", false},
		{"isin", "DE000BAY0017", false},
		{"uscc", "91330000733796106P", true},
		{"uscc", "914403001922038216", true},
	} {
		digit := func(i int) bool { return c.value[i] >= '0' && c.value[i] <= '9' }
		for i := range len(c.value) {
			for d := byte('0'); d <= '9'; d++ {
				if !digit(i) || c.value[i] == d {
					continue
				}
				wrong := c.value[:i] + string(rune(d)) + c.value[i+1:]
				if _, err := Check(c.scheme, wrong); err == nil {
					t.Errorf("%s: %s passes", c.scheme, wrong)
				}
			}
			if i == 0 || !c.swaps || !digit(i) || !digit(i-1) || c.value[i] == c.value[i-1] {
				continue
			}
			wrong := c.value[:i-1] + c.value[i:i+1] + c.value[i-1:i] + c.value[i+1:]
			if _, err := Check(c.scheme, wrong); err == nil {
				t.Errorf("%s: %s passes", c.scheme, wrong)
			}
		}
	}
}

// TestRandomSlips does the same for identifiers made at random, made good by
// the check digits that the message names.
func TestRandomSlips(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var b strings.Builder
		for range 18 {
			b.WriteByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rnd.IntN(36)])
		}
		body := b.String()
		good := body + mod97(body)
		if _, err := Check("lei", good); err != nil {
			t.Fatal(err)
		}
		if n, err := strconv.Atoi(good[18:]); err != nil || n < 2 || n > 98 {
			t.Fatalf("check digits of %s", good)
		}
		for d := range 100 {
			end := fmt.Sprintf("%02d", d)
			if _, err := Check("lei", body+end); (err == nil) != (body+end == good) {
				t.Fatalf("%s and %s: %v", good, body+end, err)
			}
		}
		isin := "US" + fmt.Sprintf("%09d", rnd.IntN(1e9))
		good = isin + luhn(isin)
		for i := 2; i+1 < 12; i++ {
			wrong := []byte(good)
			wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
			_, err := Check("isin", string(wrong))
			missed := wrong[i] == wrong[i+1] || wrong[i] == '0' && wrong[i+1] == '9' || wrong[i] == '9' && wrong[i+1] == '0'
			if (err == nil) != missed {
				t.Fatalf("%s for %s: %v", wrong, good, err)
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"HWUPKR0MPOU8FGXBT394", "HWUPKRoMPOU8FGXBT394", "US0378331005", "91330000733796106P", "9133OOOO733796106P",
		"https://www.wikidata.org/wiki/Q312", "002415.SZ", "IMO 9074729", "7736050003", "1027700070518", "DEUTDEFFXXX", "12-345-6789",
		"1-4295907168", "us_de/2927442", "QDi.001", "CIK0000320193", "ИНН 7736050003", "", "\xff", "a\u202eb", "０"} {
		for i := range Schemes() {
			f.Add(uint8(i), s)
		}
	}
	f.Fuzz(func(t *testing.T, n uint8, value string) {
		schemes := Schemes()
		scheme := schemes[int(n)%len(schemes)].Key
		got, err := Check(scheme, value)
		if err == nil {
			if again, err := Check(scheme, got); err != nil || again != got || got == "" {
				t.Fatalf("Check(%q, %q) = %q, but of that %q, %v", scheme, value, got, again, err)
			}
			if problem, _ := SafeText(got); problem != "" {
				t.Fatalf("Check(%q, %q) = %q has %s", scheme, value, got, problem)
			}
			return
		}
		checkError(t, got, err)
		// What a hint proposes has to be good itself.
		var e *Error
		errors.As(err, &e)
		for _, before := range []string{"use ", "did you mean "} {
			quoted, ok := strings.CutPrefix(e.Hint, before)
			if !ok || strings.HasSuffix(quoted, "...") {
				continue
			}
			proposed, err := strconv.Unquote(strings.TrimSuffix(quoted, "?"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Check(scheme, proposed); err != nil {
				t.Fatalf("Check(%q, %q) proposes %q: %v", scheme, value, proposed, err)
			}
		}
	})
}

// checkError holds an error to what the package promises about errors.
func checkError(t *testing.T, canonical string, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || canonical != "" || e.Msg == "" || e.Scheme == "" {
		t.Fatalf("%q, %#v", canonical, err)
	}
	for _, s := range []string{e.Msg, e.Hint} {
		first := rune(' ')
		for _, r := range s {
			first = r
			break
		}
		if unicode.IsUpper(first) || strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "...") || strings.ContainsAny(s, "\n\x00") {
			t.Fatalf("message %q", s)
		}
	}
}
