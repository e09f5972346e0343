package names

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// isoCountries are the 249 codes of ISO 3166-1 alpha-2, a space around each.
const isoCountries = " ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz" +
	" ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr" +
	" ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp" +
	" ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz" +
	" na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw" +
	" sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz" +
	" ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw "

func isoCountry(code string) bool {
	return len(code) == 2 && strings.Contains(isoCountries, " "+code+" ")
}

// Country is the canonical, lower-case form of a country code: ISO 3166-1
// alpha-2, or one of the codes that FollowTheMoney adds for Kosovo (xk), the
// European Union (eu), the United Nations (un), dissolved states (suhh, yucs,
// csxx, cshh, zr and dd, for which ISO's ddde is read too), and territories
// (gb-sct, ua-cri ...). FollowTheMoney's zz, "global", is no country.
//
// The error is an *Error; its hint knows alpha-3 and numeric codes, names in
// English, languages mistaken for countries, and slips of one letter.
func Country(code string) (canonical string, err error) {
	c := strings.ToLower(strings.TrimSpace(code))
	if c == "ddde" {
		return "dd", nil
	}
	if isoCountry(c) || otherPlace(c) != "" {
		return c, nil
	}
	e := &Error{Scheme: "country", Value: code, Msg: "unknown country code " + quote(code)}
	if c == "" {
		e.Msg = "the country code is empty"
	} else {
		e.Hint = countryHint(c)
	}
	return "", e
}

// CountryName is the name of a country in a language given as a BCP 47 tag,
// from the Unicode CLDR, brought up to date where countries changed their
// name. It is English where the language has no name or is not known, and
// empty for a code that Country refuses.
func CountryName(code, lang string) string {
	c, err := Country(code)
	if err != nil {
		return ""
	}
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English
	}
	base, _ := tag.Base()
	lang = base.String()
	if script, _ := tag.Script(); lang == "zh" && script.String() == "Hant" {
		lang = "zh-Hant"
	}
	if name, ok := renamed(c, lang); ok {
		return name
	}
	if name := otherPlace(c); name != "" && c != "xk" && c != "eu" && c != "un" {
		return name
	}
	return regionName(c, tag)
}

// regionName is the name in CLDR, in English where the language has none.
func regionName(code string, tag language.Tag) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	if namer := display.Regions(tag); namer != nil {
		if name := namer.Name(region); name != "" {
			return name
		}
	}
	return display.English.Regions().Name(region)
}

// renamed are names newer than the CLDR 32 of golang.org/x/text. In a language
// that is not here such a country has its English name, rather than one that
// it gave up.
func renamed(code, lang string) (string, bool) {
	switch code + " " + lang {
	case "tr en":
		return "Türkiye", true
	case "mk fr":
		return "Macédoine du Nord", true
	case "mk de":
		return "Nordmazedonien", true
	case "mk es":
		return "Macedonia del Norte", true
	case "mk it":
		return "Macedonia del Nord", true
	case "mk pt":
		return "Macedônia do Norte", true
	case "mk nl":
		return "Noord-Macedonië", true
	case "mk pl":
		return "Macedonia Północna", true
	case "mk ru":
		return "Северная Македония", true
	case "mk uk":
		return "Північна Македонія", true
	case "mk zh":
		return "北马其顿", true
	case "mk zh-Hant":
		return "北馬其頓", true
	case "mk ja":
		return "北マケドニア", true
	case "mk ar":
		return "مقدونيا الشمالية", true
	case "sz ru":
		return "Эсватини", true
	case "sz uk":
		return "Есватіні", true
	case "sz zh":
		return "斯威士兰", true
	case "sz zh-Hant":
		return "史瓦帝尼", true
	case "sz ja":
		return "エスワティニ", true
	case "sz ar":
		return "إسواتيني", true
	}
	switch code {
	case "mk":
		return "North Macedonia", true
	case "sz":
		return "Eswatini", true
	}
	return "", false
}

// otherPlace is the English name of a code beyond ISO 3166-1, by the list of
// FollowTheMoney. Where that adds an opinion in brackets, it is left to the
// report to express one.
func otherPlace(code string) string {
	switch code {
	case "xk":
		return "Kosovo"
	case "eu":
		return "European Union"
	case "un":
		return "United Nations"
	case "suhh":
		return "Soviet Union"
	case "yucs":
		return "Yugoslavia"
	case "csxx":
		return "Serbia and Montenegro"
	case "cshh":
		return "Czechoslovakia"
	case "dd":
		return "East Germany"
	case "zr":
		return "Zaire"
	case "ac":
		return "Ascension Island"
	case "cp":
		return "Clipperton Island"
	case "cq":
		return "Sark"
	case "dg":
		return "Diego Garcia"
	case "ic":
		return "Canary Islands"
	case "ta":
		return "Tristan da Cunha"
	case "az-nk":
		return "Artsakh"
	case "cn-xz":
		return "Tibet"
	case "cy-trnc":
		return "Northern Cyprus"
	case "gb-nir":
		return "Northern Ireland"
	case "gb-sct":
		return "Scotland"
	case "gb-wls":
		return "Wales"
	case "ge-ab":
		return "Abkhazia"
	case "iq-kr":
		return "Kurdistan"
	case "md-pmr":
		return "Transnistria"
	case "pk-km":
		return "Kashmir"
	case "so-som":
		return "Somaliland"
	case "ua-cri":
		return "Crimea"
	case "ua-dpr":
		return "Donetsk"
	case "ua-lpr":
		return "Luhansk"
	case "x-so":
		return "South Ossetia"
	}
	return ""
}

// countryHint says what to write instead of a lower-case code, if that is known.
func countryHint(c string) string {
	if len(c) > 100 {
		return ""
	}
	switch c {
	case "cs":
		return `use "csxx" for Serbia and Montenegro or "cshh" for Czechoslovakia`
	case "an":
		return `use "cw", "sx" or "bq" for what were the Netherlands Antilles`
	case "zz":
		return "leave the country out where there is none"
	case "fx":
		return use("fr")
	}
	if code := countryAlias(Key(c)); code != "" {
		return use(code)
	}
	if len(c) == 3 {
		if region, err := language.ParseRegion(c); err == nil {
			if code := strings.ToLower(region.String()); isoCountry(code) {
				return use(code)
			}
		}
	}
	if len(c) > 3 {
		if code := countryByName(Key(c)); code != "" {
			return use(code)
		}
	}
	return ""
}

// countryByName finds a country by its English name, one slip allowed.
func countryByName(key string) string {
	key = strings.TrimPrefix(key, "the ")
	near := ""
	for code := range strings.FieldsSeq(isoCountries + "xk eu un suhh yucs csxx cshh dd") {
		switch name := Key(CountryName(code, "en")); {
		case name == key:
			return code
		case near == "" && len(name) > 3 && oneSlip(key, name):
			near = code
		}
	}
	return near
}

// oneSlip reports two ASCII words that differ by a letter added, left out,
// changed or swapped with its neighbour.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return len(b)-len(a) == 1 && a[i:] == b[i+1:]
	}
	if i >= len(a)-1 || a[i+1:] == b[i+1:] {
		return true
	}
	return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// countryAlias knows the Key of what people write for a country besides its
// name in CLDR: everyday and former names, abbreviations, former codes, and
// codes of languages that no country has.
func countryAlias(key string) string {
	switch key {
	case "uk", "britain", "great britain", "england", "united kingdom of great britain and northern ireland":
		return "gb"
	case "scotland":
		return "gb-sct"
	case "wales":
		return "gb-wls"
	case "northern ireland":
		return "gb-nir"
	case "usa", "us a", "america", "united states of america":
		return "us"
	case "zh", "prc", "peoples republic of china", "mainland china":
		return "cn"
	case "hong kong", "hongkong":
		return "hk"
	case "macau", "macao":
		return "mo"
	case "roc", "chinese taipei":
		return "tw"
	case "russian federation":
		return "ru"
	case "dprk", "democratic peoples republic of korea":
		return "kp"
	case "korea", "republic of korea", "ko":
		return "kr"
	case "iran islamic republic of", "islamic republic of iran", "fa":
		return "ir"
	case "syrian arab republic":
		return "sy"
	case "uae":
		return "ae"
	case "ja":
		return "jp"
	case "da":
		return "dk"
	case "el":
		return "gr"
	case "hi":
		return "in"
	case "turkey":
		return "tr"
	case "burma", "myanmar", "bu":
		return "mm"
	case "ivory coast":
		return "ci"
	case "holland":
		return "nl"
	case "czech republic":
		return "cz"
	case "swaziland":
		return "sz"
	case "macedonia":
		return "mk"
	case "viet nam":
		return "vn"
	case "palestine", "state of palestine":
		return "ps"
	case "vatican", "holy see":
		return "va"
	case "drc", "dr congo", "democratic republic of the congo", "congo kinshasa":
		return "cd"
	case "congo", "republic of the congo", "congo brazzaville":
		return "cg"
	case "east timor", "tp":
		return "tl"
	case "lao peoples democratic republic", "lao pdr":
		return "la"
	case "republic of moldova":
		return "md"
	case "rom":
		return "ro"
	case "xkx":
		return "xk"
	case "su", "sun", "ussr":
		return "suhh"
	case "yu", "yug":
		return "yucs"
	case "scg":
		return "csxx"
	case "csk":
		return "cshh"
	case "ddr", "gdr":
		return "dd"
	}
	return ""
}
