package names

import (
	"fmt"
	"strings"
	"unicode"
)

// Scheme is a kind of identifier that an entity may carry. It is plain data
// and may be compared.
type Scheme struct {
	Key   string // as records write it: "lei"
	Title string // for readers: "LEI", "Unified social credit code"
	Rule  string // where the rule that Check applies comes from

	// FtM is the FollowTheMoney property that holds the identifier, with the
	// schema that declares it: "LegalEntity:leiCode". The references of lists
	// belong to the Sanction there. Empty where FollowTheMoney has none.
	FtM string

	// URL is the public page of an identifier, with {id} in place of its
	// canonical form. Empty where there is none that lasts.
	URL string

	// Unique says that two entities with the same identifier are one entity, or
	// one of the two is wrong.
	Unique bool

	// CheckDigit says that most slips of the pen are found. Every wrong digit
	// and every swap of neighbouring digits is found for lei and uscc; every
	// wrong digit for isin (which misses only 09 for 90); inn, ogrn and imo
	// miss some of either, by their makers' design.
	CheckDigit bool
}

// Schemes are all kinds of identifiers, in the order in which a page lists
// them. The caller owns the slice.
func Schemes() []Scheme {
	return []Scheme{
		{Key: "lei", Title: "LEI", Rule: "ISO 17442-1, check digits by ISO/IEC 7064 MOD 97-10", FtM: "LegalEntity:leiCode",
			URL: "https://search.gleif.org/#/record/{id}", Unique: true, CheckDigit: true},
		{Key: "uscc", Title: "Unified social credit code", Rule: "GB 32100-2015", FtM: "LegalEntity:registrationNumber",
			Unique: true, CheckDigit: true},
		{Key: "registration", Title: "Registration number", FtM: "LegalEntity:registrationNumber"},
		{Key: "isin", Title: "ISIN", Rule: "ISO 6166", FtM: "Company:isinCode", Unique: true, CheckDigit: true},
		{Key: "ticker", Title: "Ticker", FtM: "Company:ticker"},
		{Key: "mic", Title: "Exchange (MIC)", Rule: "ISO 10383"},
		{Key: "wikidata", Title: "Wikidata", Rule: "Wikidata item ids", FtM: "Thing:wikidataId",
			URL: "https://www.wikidata.org/wiki/{id}", Unique: true},
		{Key: "opencorporates", Title: "OpenCorporates", Rule: "jurisdiction and number of an OpenCorporates URL",
			FtM: "LegalEntity:opencorporatesUrl", URL: "https://opencorporates.com/companies/{id}", Unique: true},
		{Key: "permid", Title: "PermID", Rule: "LSEG Open PermID", FtM: "Organization:permId", URL: "https://permid.org/1-{id}",
			Unique: true},
		{Key: "cik", Title: "SEC Central Index Key", Rule: "SEC EDGAR", FtM: "Company:cikCode",
			URL: "https://www.sec.gov/edgar/browse/?CIK={id}", Unique: true},
		{Key: "duns", Title: "D-U-N-S number", Rule: "Dun & Bradstreet, without a check digit since 2006", FtM: "LegalEntity:dunsCode",
			Unique: true},
		{Key: "swift-bic", Title: "SWIFT/BIC", Rule: "ISO 9362", FtM: "LegalEntity:swiftBic", Unique: true},
		{Key: "inn", Title: "INN (Russian tax number)", Rule: "order of the Federal Tax Service of Russia", FtM: "LegalEntity:innCode",
			Unique: true, CheckDigit: true},
		{Key: "ogrn", Title: "OGRN (Russian state register)", Rule: "order of the Ministry of Finance of Russia",
			FtM: "LegalEntity:ogrnCode", Unique: true, CheckDigit: true},
		{Key: "imo", Title: "IMO number", Rule: "IMO resolutions A.1117(30) for ships and MSC.160(78) for companies",
			FtM: "Organization:imoNumber", Unique: true, CheckDigit: true},
		{Key: "ofac", Title: "OFAC unique id", Rule: "uid of the OFAC lists", FtM: "Sanction:authorityId",
			URL: "https://sanctionssearch.ofac.treas.gov/Details.aspx?id={id}", Unique: true},
		{Key: "un-ref", Title: "UN reference", Rule: "permanent reference numbers of the UN Security Council", FtM: "Sanction:unscId",
			Unique: true},
		{Key: "eu-ref", Title: "EU reference", Rule: "reference numbers of the EU consolidated list", FtM: "Sanction:authorityId",
			Unique: true},
	}
}

// LookupScheme is the scheme of a key such as "lei".
func LookupScheme(key string) (Scheme, bool) {
	for _, s := range Schemes() {
		if s.Key == key {
			return s, true
		}
	}
	return Scheme{}, false
}

// Check brings an identifier into its canonical form: capital letters, no
// spaces or hyphens but where they are part of it (ticker, registration,
// references), a CIK with ten digits, an IMO number with "IMO" before it, a BIC
// without the XXX of a head office. Full-width digits and letters are read as
// the ordinary ones. Check(s, canonical) gives back canonical.
//
// The error is an *Error. It says what is wrong in terms of the rule, and its
// hint names the identifier that was meant where a label, a URL around it or
// letters mistaken for digits explain the error. The canonical form is then
// empty.
func Check(scheme, value string) (canonical string, err error) {
	if _, ok := LookupScheme(scheme); !ok {
		return "", &Error{Scheme: scheme, Value: value, Msg: "unknown identifier scheme " + quote(scheme)}
	}
	const longest = 1000 // bytes, with a URL around it
	if len(value) > longest {
		return "", &Error{Scheme: scheme, Value: value, Msg: fmt.Sprintf("%d bytes, no identifier is that long", len(value))}
	}
	canonical, msg := parse(scheme, value)
	if msg == "" {
		return canonical, nil
	}
	return "", &Error{Scheme: scheme, Value: value, Msg: msg, Hint: repair(scheme, value)}
}

// parse gives the canonical form, or else a message.
func parse(scheme, value string) (canonical, msg string) {
	if strings.TrimSpace(value) == "" {
		return "", "the identifier is empty"
	}
	switch scheme {
	case "lei":
		return parseLEI(value)
	case "isin":
		return parseISIN(value)
	case "uscc":
		return parseUSCC(value)
	case "inn":
		return parseINN(value)
	case "ogrn":
		return parseOGRN(value)
	case "imo":
		return parseIMO(value)
	case "swift-bic":
		return parseBIC(value)
	case "mic":
		s := compact(value)
		return s, fits(s, "a MIC", letters|digits, 4)
	case "duns":
		s := compact(value)
		return s, fits(s, "a D-U-N-S number", digits, 9)
	case "cik":
		return parseCIK(value)
	case "ofac":
		s := strings.TrimLeft(compact(value), "0")
		return s, fitsUpTo(s, "an OFAC id", 10)
	case "permid":
		// The 1- of a PermID URL names the kind of thing, an organisation.
		s := strings.TrimPrefix(narrow(strings.TrimSpace(value)), "1-")
		return s, fitsUpTo(s, "a PermID", 20)
	case "wikidata":
		return parseWikidata(value)
	case "ticker":
		return parseTicker(value)
	case "opencorporates":
		return parseOpenCorporates(value)
	}
	return parseFree(value)
}

// repair is the hint for a value that failed: what it was probably meant to be.
func repair(scheme, value string) string {
	bares := [...]string{withoutURL(value), withoutLabel(scheme, value), ""}
	if scheme == "wikidata" {
		bares[2] = "Q" + value
	}
	for _, bare := range bares {
		if s, msg := parse(scheme, bare); msg == "" {
			return use(s)
		}
	}
	alike := strings.Map(latin, strings.ToUpper(narrow(value)))
	if s, msg := parse(scheme, alike); msg == "" {
		return didYouMean(s)
	}
	if s, _ := LookupScheme(scheme); !s.CheckDigit {
		return "" // without a check anything that fits would be a guess
	}
	alike = compact(alike)
	if scheme == "imo" {
		alike = strings.TrimPrefix(alike, "IMO")
	}
	if scheme != "lei" && scheme != "isin" {
		alike = strings.Map(func(r rune) rune {
			if scheme == "uscc" && strings.ContainsRune(uscAlphabet, r) {
				return r
			}
			return lookalike(r)
		}, alike)
	}
	if s, msg := parse(scheme, alike); msg == "" {
		return didYouMean(s)
	}
	if scheme == "lei" || scheme == "isin" || scheme == "uscc" {
		return oneLookalike(scheme, alike)
	}
	return ""
}

func didYouMean(s string) string { return "did you mean " + quote(s) + "?" }

// oneLookalike names the one character that makes the check digits right when
// it is read as the one it looks like, if there is exactly one.
func oneLookalike(scheme, s string) string {
	hint := ""
	runes := []rune(s)
	if len(runes) > 32 {
		return "" // no identifier, and a long text would be tried at every place
	}
	for i, r := range runes {
		swap := lookalike(r)
		switch {
		case r == '0' && scheme == "lei":
			swap = 'O'
		case r == '1' && scheme == "lei":
			swap = 'I'
		case swap == r:
			continue
		}
		runes[i] = swap
		if _, msg := parse(scheme, string(runes)); msg == "" {
			if hint != "" {
				return ""
			}
			hint = fmt.Sprintf("character %d may be %s, not %s", i+1, char(swap), char(r))
		}
		runes[i] = r
	}
	return hint
}

// lookalike is the digit that a capital letter is mistaken for.
func lookalike(r rune) rune {
	switch r {
	case 'O', 'Q':
		return '0'
	case 'I', 'L', '|':
		return '1'
	case 'Z':
		return '2'
	case 'S':
		return '5'
	case 'B':
		return '8'
	}
	return r
}

// latin is the Latin capital that a Cyrillic or Greek one looks like.
func latin(r rune) rune {
	const other, same = "АВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXIJSABEZHIKMNOPTYX"
	if r < 0x370 {
		return r
	}
	n := 0
	for _, o := range other {
		if o == r {
			return rune(same[n])
		}
		n++
	}
	return r
}

// withoutURL is the last part of an address, or of its query.
func withoutURL(value string) string {
	value = strings.TrimRight(strings.TrimSpace(value), "/")
	if !strings.Contains(value, "://") {
		return ""
	}
	if _, rest, ok := strings.Cut(value, "/companies/"); ok {
		return rest
	}
	return value[strings.LastIndexAny(value, "/=:")+1:]
}

// withoutLabel is the value without the name of its scheme: "LEI: ...".
func withoutLabel(scheme, value string) string {
	s := strings.ToUpper(narrow(strings.TrimSpace(value)))
	for _, label := range [...]string{strings.ToUpper(scheme), "BIC", "SWIFT", "D-U-N-S", "QID", "ИНН", "ОГРН", "ОГРНИП"} {
		rest, ok := strings.CutPrefix(s, label)
		if ok && rest != "" && scheme != "ticker" {
			return strings.TrimLeft(rest, " :#-–.№\u00a0")
		}
	}
	return ""
}

// narrow reads full-width forms as the ASCII characters they stand for.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

// compact takes out what people put into identifiers to read them better.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case unicode.IsSpace(r), r == '-', r >= '‐' && r <= '―', r == '−':
			return -1
		}
		return r
	}, narrow(s))
}
