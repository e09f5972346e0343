package names

import "strings"

// activeCurrencies are the alphabetic codes of ISO 4217 list one as of 2026,
// without XTS (tests) and XXX (no currency), which no amount can be in.
const activeCurrencies = " AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD" +
	" CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD" +
	" HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD" +
	" MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR" +
	" RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS" +
	" UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA" +
	" YER ZAR ZMW ZWG "

// formerCurrencies are codes of ISO 4217 list three that were withdrawn since
// 1999, the year of the euro.
const formerCurrencies = " ADP AFA ANG ATS AZM BEF BGL BGN BYB BYR CSD CUC CYP DEM ECS EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL" +
	" MGF MRO MTL MZM NLG PTE ROL RUR SDD SIT SKK SLL SRG STD TMM TPE TRL USS VEB VEF XEU YUM ZMK ZWD ZWL ZWN ZWR "

// Currency checks a currency code and gives it back: three capital letters of
// ISO 4217. Codes withdrawn since 1999 are good too (DEM, HRK, BGN), since
// records are about the past. XTS and XXX are not.
//
// The error is an *Error, whose hint knows lower case, symbols, common names
// and unofficial codes such as RMB.
func Currency(code string) (canonical string, err error) {
	known := func(c string) bool {
		return len(c) == 3 && (strings.Contains(activeCurrencies, " "+c+" ") || strings.Contains(formerCurrencies, " "+c+" "))
	}
	c := strings.TrimSpace(code)
	if known(c) {
		return c, nil
	}
	e := &Error{Scheme: "currency", Value: code, Msg: "unknown currency code " + quote(code)}
	switch upper := strings.ToUpper(c); {
	case c == "":
		e.Msg = "the currency code is empty"
	case known(upper):
		e.Msg = "the currency code " + quote(code) + " is not in capital letters"
		e.Hint = use(upper)
	case upper == "XXX" || upper == "XTS":
		e.Msg = quote(upper) + " is not the currency of an amount"
	default:
		e.Hint = currencyHint(c)
	}
	return "", e
}

// currencyHint says what to write instead of a symbol, a name or a code that is
// common but not of ISO 4217.
func currencyHint(c string) string {
	if len(c) > 40 {
		return ""
	}
	switch strings.ToLower(c) {
	case "¥", "\uffe5":
		return `use "CNY" or "JPY"`
	case "$":
		return `use "USD", or the code of another dollar`
	case "元":
		return `use "CNY", or "TWD" or "HKD"`
	case "₨":
		return `use "INR" or "PKR"`
	case "kr", "krona", "krone":
		return `use "SEK", "NOK", "DKK" or "ISK"`
	case "franc", "francs":
		return `use "CHF", "XOF" or "XAF"`
	}
	name := strings.ToLower(c)
	for _, n := range [...]string{name, strings.TrimSuffix(name, "s")} {
		if code := currencyByName(n); code != "" {
			return use(code)
		}
	}
	return ""
}

func currencyByName(name string) string {
	switch name {
	case "rmb", "cnh", "yuan", "renminbi", "人民币", "人民幣", "cn¥", "rmb¥":
		return "CNY"
	case "us$", "dollar", "us dollar", "usd$", "us-dollar", "美元":
		return "USD"
	case "€", "euro", "eur€":
		return "EUR"
	case "£", "uk£", "pound", "sterling", "pound sterling", "stg", "ukp":
		return "GBP"
	case "gbx", "gbp£", "pence":
		return "GBP"
	case "yen", "円", "jp¥", "日元":
		return "JPY"
	case "₽", "rouble", "ruble", "руб", "руб.":
		return "RUB"
	case "₹", "rupee":
		return "INR"
	case "₩", "won":
		return "KRW"
	case "₴", "hryvnia":
		return "UAH"
	case "₺", "lira", "ytl":
		return "TRY"
	case "₪", "nis", "shekel":
		return "ILS"
	case "₫", "dong":
		return "VND"
	case "฿", "baht":
		return "THB"
	case "₱":
		return "PHP"
	case "₦", "naira":
		return "NGN"
	case "₸", "tenge":
		return "KZT"
	case "₾", "lari":
		return "GEL"
	case "r$", "real", "reais":
		return "BRL"
	case "hk$", "港元", "港幣", "港币":
		return "HKD"
	case "nt$", "ntd", "新臺幣", "新台幣", "新台币":
		return "TWD"
	case "s$":
		return "SGD"
	case "a$", "au$":
		return "AUD"
	case "c$", "ca$", "can$":
		return "CAD"
	case "nz$":
		return "NZD"
	case "sfr", "sfr.", "fr.", "swiss franc":
		return "CHF"
	case "zł", "zloty", "złoty":
		return "PLN"
	case "kč":
		return "CZK"
	case "ft", "forint":
		return "HUF"
	}
	return ""
}
