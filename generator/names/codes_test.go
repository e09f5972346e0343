package names

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// codeError holds one refusal to its exact words.
func codeError(t *testing.T, kind, value, got string, err error, msg, hint string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || got != "" {
		t.Errorf("%s %q: %q, %v; want an error", kind, value, got, err)
		return
	}
	checkError(t, got, err)
	if e.Msg != msg || e.Hint != hint || e.Scheme != kind || e.Value != value {
		t.Errorf("%s %q\n got %q\nhint %q\nwant %q\nhint %q", kind, value, e.Msg, e.Hint, msg, hint)
	}
}

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{"cn": "cn", "CN": "cn", " gb ": "gb", "XK": "xk", "eu": "eu", "un": "un", "suhh": "suhh",
		"YUCS": "yucs", "csxx": "csxx", "cshh": "cshh", "ddde": "dd", "dd": "dd", "gb-sct": "gb-sct", "UA-CRI": "ua-cri"} {
		if got, err := Country(code); got != want || err != nil {
			t.Errorf("Country(%q) = %q, %v", code, got, err)
		}
	}
	for _, c := range []struct{ code, msg, hint string }{
		{"", "the country code is empty", ""},
		{"qq", `unknown country code "qq"`, ""},
		{"chn", `unknown country code "chn"`, `use "cn"`},
		{"GBR", `unknown country code "GBR"`, `use "gb"`},
		{"156", `unknown country code "156"`, `use "cn"`},
		{"XKX", `unknown country code "XKX"`, `use "xk"`},
		{"YUG", `unknown country code "YUG"`, `use "yucs"`},
		{"UK", `unknown country code "UK"`, `use "gb"`},
		{"zh", `unknown country code "zh"`, `use "cn"`},
		{"U.S.A.", `unknown country code "U.S.A."`, `use "us"`},
		{"China", `unknown country code "China"`, `use "cn"`},
		{"The Netherlands", `unknown country code "The Netherlands"`, `use "nl"`},
		{"Germny", `unknown country code "Germny"`, `use "de"`},
		{"Germayn", `unknown country code "Germayn"`, `use "de"`},
		{"Turkey", `unknown country code "Turkey"`, `use "tr"`},
		{"Türkiye", `unknown country code "Türkiye"`, `use "tr"`},
		{"Cote d'Ivoire", `unknown country code "Cote d'Ivoire"`, `use "ci"`},
		{"Iran (Islamic Republic of)", `unknown country code "Iran (Islamic Republic of)"`, `use "ir"`},
		{"Soviet Union", `unknown country code "Soviet Union"`, `use "suhh"`},
		{"cs", `unknown country code "cs"`, `use "csxx" for Serbia and Montenegro or "cshh" for Czechoslovakia`},
		{"an", `unknown country code "an"`, `use "cw", "sx" or "bq" for what were the Netherlands Antilles`},
		{"zz", `unknown country code "zz"`, "leave the country out where there is none"},
		{"Atlantis", `unknown country code "Atlantis"`, ""},
		{"c n", `unknown country code "c n"`, ""},
	} {
		got, err := Country(c.code)
		codeError(t, "country", c.code, got, err, c.msg, c.hint)
	}
}

// TestCountryList holds the list against ISO's number of codes and against the
// regions that golang.org/x/text knows.
func TestCountryList(t *testing.T) {
	codes := strings.Fields(isoCountries)
	if len(codes) != 249 || !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != 249 {
		t.Errorf("%d codes", len(codes))
	}
	seen := map[string]string{}
	for _, code := range codes {
		region, err := language.ParseRegion(code)
		if err != nil || !region.IsCountry() || strings.ToLower(region.String()) != code {
			t.Errorf("%s is no country: %v", code, err)
		}
		name := CountryName(code, "en")
		if name == "" || seen[name] != "" {
			t.Errorf("%s has the name %q, as has %q", code, name, seen[name])
		}
		seen[name] = code
		// Every alpha-3 code and every name leads back.
		for _, s := range []string{region.ISO3(), name} {
			_, err := Country(s)
			var e *Error
			if !errors.As(err, &e) || e.Hint != use(code) {
				t.Errorf("%q for %s: %v", s, code, err)
			}
		}
	}
}

func TestCountryName(t *testing.T) {
	for _, c := range []struct{ code, lang, want string }{
		{"cn", "en", "China"},
		{"CN", "fr", "Chine"},
		{"cn", "zh", "中国"},
		{"cn", "zh-Hant", "中國"},
		{"cn", "zh-TW", "中國"},
		{"cn", "ar", "الصين"},
		{"de", "de-AT", "Deutschland"},
		{"cn", "tlh", "China"},
		{"cn", "??", "China"},
		{"cn", "", "China"},
		{"xk", "en", "Kosovo"},
		{"eu", "fr", "Union européenne"},
		{"un", "de", "Vereinte Nationen"},
		{"suhh", "fr", "Soviet Union"},
		{"dd", "en", "East Germany"},
		{"ddde", "en", "East Germany"},
		{"ua-cri", "en", "Crimea"},
		{"mk", "en", "North Macedonia"},
		{"mk", "de", "Nordmazedonien"},
		{"mk", "zh-TW", "北馬其頓"},
		{"mk", "fi", "North Macedonia"},
		{"sz", "fr", "Eswatini"},
		{"tr", "en", "Türkiye"},
		{"tr", "de", "Türkei"},
		{"qq", "en", ""},
		{"", "en", ""},
	} {
		if got := CountryName(c.code, c.lang); got != c.want {
			t.Errorf("CountryName(%q, %q) = %q, want %q", c.code, c.lang, got, c.want)
		}
	}
}

func TestCurrency(t *testing.T) {
	for _, code := range []string{"CNY", "USD", "EUR", "XAU", "XDR", "ZWG", "XCG", "DEM", "HRK", "BGN", "ANG"} {
		if got, err := Currency(code); got != code || err != nil {
			t.Errorf("Currency(%q) = %q, %v", code, got, err)
		}
	}
	for _, c := range []struct{ code, msg, hint string }{
		{"", "the currency code is empty", ""},
		{"usd", `the currency code "usd" is not in capital letters`, `use "USD"`},
		{"Eur", `the currency code "Eur" is not in capital letters`, `use "EUR"`},
		{"RMB", `unknown currency code "RMB"`, `use "CNY"`},
		{"CNH", `unknown currency code "CNH"`, `use "CNY"`},
		{"¥", `unknown currency code "¥"`, `use "CNY" or "JPY"`},
		{"￥", `unknown currency code "￥"`, `use "CNY" or "JPY"`},
		{"$", `unknown currency code "$"`, `use "USD", or the code of another dollar`},
		{"US$", `unknown currency code "US$"`, `use "USD"`},
		{"€", `unknown currency code "€"`, `use "EUR"`},
		{"dollars", `unknown currency code "dollars"`, `use "USD"`},
		{"NIS", `unknown currency code "NIS"`, `use "ILS"`},
		{"人民币", `unknown currency code "人民币"`, `use "CNY"`},
		{"Kr", `unknown currency code "Kr"`, `use "SEK", "NOK", "DKK" or "ISK"`},
		{"XXX", `"XXX" is not the currency of an amount`, ""},
		{"xts", `"XTS" is not the currency of an amount`, ""},
		{"QQQ", `unknown currency code "QQQ"`, ""},
		{"BTC", `unknown currency code "BTC"`, ""},
		{"USD EUR", `unknown currency code "USD EUR"`, ""},
	} {
		got, err := Currency(c.code)
		codeError(t, "currency", c.code, got, err, c.msg, c.hint)
	}
}

func TestCurrencyLists(t *testing.T) {
	all := map[string]bool{}
	for _, list := range []string{activeCurrencies, formerCurrencies} {
		codes := strings.Fields(list)
		if !slices.IsSorted(codes) || list[0] != ' ' || list[len(list)-1] != ' ' {
			t.Error("a list is not in order")
		}
		for _, code := range codes {
			if len(code) != 3 || all[code] {
				t.Errorf("%q is malformed or there twice", code)
			}
			all[code] = true
		}
	}
	// What a hint names is a currency.
	for _, s := range []string{"rmb", "us$", "€", "£", "gbx", "yen", "₽", "₹", "₩", "₴", "₺", "₪", "₫", "฿", "₱", "₦", "₸", "₾", "r$", "hk$", "nt$", "s$", "a$",
		"c$", "nz$", "sfr", "zł", "kč", "ft"} {
		if !all[currencyByName(s)] {
			t.Errorf("%s is %q", s, currencyByName(s))
		}
	}
}

func TestLanguage(t *testing.T) {
	for tag, want := range map[string]string{"en": "en", "zh-cn": "zh-CN", "ZH-hans": "zh-Hans", "sr-latn-rs": "sr-Latn-RS", "iw": "he",
		"i-klingon": "tlh", "de-1996": "de-1996", "es-419": "es-419", "und": "und", "mul": "mul", "eng": "en", "en-XK": "en-XK"} {
		got, err := Language(tag)
		if got != want || err != nil {
			t.Errorf("Language(%q) = %q, %v", tag, got, err)
		}
		if again, err := Language(got); again != got || err != nil {
			t.Errorf("Language(%q) = %q, %v", got, again, err)
		}
	}
	for _, c := range []struct{ tag, msg, hint string }{
		{"", "the language tag is empty", ""},
		{"cn", `unknown language "cn"`, `use "zh"`},
		{"JP", `unknown language "JP"`, `use "ja"`},
		{"ua", `unknown language "ua"`, `use "uk"`},
		{"qq", `unknown language "qq"`, ""},
		{"chinese", `"chinese" is not a language tag`, `use "zh"`},
		{"Simplified Chinese", `"Simplified Chinese" is not a language tag`, `use "zh-Hans"`},
		{"German", `"German" is not a language tag`, `use "de"`},
		{"Farsi", `"Farsi" is not a language tag`, `use "fa"`},
		{"klingonese", `"klingonese" is not a language tag`, ""},
		{"zh_CN", `the language tag "zh_CN" has an underscore`, `use "zh-CN"`},
		{"cn-Hans", `unknown part "cn" in the language tag "cn-Hans"`, `use "zh-Hans"`},
		{"jp_JP", `unknown part "jp" in the language tag "jp_JP"`, `use "ja-JP"`},
		{"en-xyz12", `unknown part "xyz12" in the language tag "en-xyz12"`, ""},
		{"en-", `"en-" is not a language tag`, ""},
		{"x-foo", `the language tag "x-foo" names no language`, ""},
		{"en-XX", `the language tag "en-XX" has a region of private use`, ""},
	} {
		got, err := Language(c.tag)
		codeError(t, "language", c.tag, got, err, c.msg, c.hint)
	}
}

// TestAliases reads the tables of hints: what is looked up has to be spelled as
// the look-up spells it, and what is proposed has to be good.
func TestAliases(t *testing.T) {
	for _, c := range []struct {
		file, function string
		fold           func(string) string
		parse          func(string) (string, error)
	}{
		{"country.go", "countryAlias", Key, Country},
		{"currency.go", "currencyByName", strings.ToLower, Currency},
		{"language.go", "languageAlias", Key, Language},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), c.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		text := func(e ast.Expr) string {
			lit, _ := e.(*ast.BasicLit)
			if lit == nil {
				return ""
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		n := 0
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Name.Name != c.function {
				continue
			}
			ast.Inspect(f, func(node ast.Node) bool {
				clause, ok := node.(*ast.CaseClause)
				if !ok {
					return true
				}
				code := text(clause.Body[0].(*ast.ReturnStmt).Results[0])
				if got, err := c.parse(code); got != code || err != nil {
					t.Errorf("%s proposes %q: %v", c.function, code, err)
				}
				for _, e := range clause.List {
					n++
					alias := text(e)
					if c.fold(alias) != alias {
						t.Errorf("%s: %q is never looked up", c.function, alias)
					}
					if _, err := c.parse(alias); err == nil {
						t.Errorf("%s: %q is good as it is", c.function, alias)
					} else if e := err.(*Error); !strings.HasPrefix(e.Hint, "use ") {
						t.Errorf("%s: %q gives the hint %q", c.function, alias, e.Hint)
					}
				}
				return true
			})
		}
		if n < 20 {
			t.Errorf("%s: only %d aliases", c.function, n)
		}
	}
}

func FuzzCodes(f *testing.F) {
	for _, s := range []string{"cn", "CHN", "China", "UK", "ddde", "usd", "RMB", "¥", "zh-cn", "zh_CN", "cn-Hans", "x-foo", "en-u-ca-gregory", "", "\xff", "156"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, parse := range []func(string) (string, error){Country, Currency, Language} {
			got, err := parse(s)
			if err != nil {
				checkError(t, got, err)
				continue
			}
			if again, err := parse(got); err != nil || again != got || got == "" {
				t.Fatalf("%q gives %q, and that %q, %v", s, got, again, err)
			}
		}
		CountryName(s, s)
		CountryName("cn", s)
		IsRTL(s)
	})
}
