package names

import "strings"

// KeyWithoutLegalForm is the Key of a company's name without the words that
// only say what kind of company it is: "Hangzhou Hikvision Digital Technology
// Co., Ltd." and "HANGZHOU HIKVISION DIGITAL TECHNOLOGY" come out the same.
// Forms are taken off where they usually stand, at the end or, for those of
// which that is the custom (ООО, PT, 株式会社), at the beginning, as often as
// there are any. "Group" and "Holding" are parts of a name and stay, and so do
// 总公司 and 分公司, which tell one unit from another. A key of more than 4096
// bytes is given back as it is.
//
// A name that is nothing but legal forms keeps them all: the result is empty
// only when Key is. It is for companies: a person may be called Sa.
func KeyWithoutLegalForm(name string) string {
	folded := fold(name)
	key := closeUp(folded)
	if len(key) > 4096 {
		return key // a text, not a name; taking it apart would cost the square of its length
	}
	// Before spaces are closed, as the 株 of "(株)ソニー" is a word only here.
	if rest := withoutForms(closeUp(withoutWords(folded))); rest != "" {
		return rest
	}
	if rest := withoutForms(key); rest != "" {
		return rest
	}
	return key
}

// withoutForms takes off legal forms of both kinds until none is left.
func withoutForms(key string) string {
	for {
		rest := closeUp(withoutWords(withoutHan(key)))
		if rest == key {
			return rest
		}
		key = rest
	}
}

// withoutWords takes off legal forms made of words. They are compared with
// their spaces taken out, so that "S A", "S.A." and "SA" are one.
func withoutWords(s string) string {
	const longest = 6 // words in a form: "sociedad anonima bursatil de capital variable"
	words := strings.Fields(s)
	for again := true; again; {
		again = false
		for n := min(longest, len(words)); n > 0; n-- {
			if formAtEnd(strings.Join(words[len(words)-n:], "")) {
				words, again = words[:len(words)-n], true
				break
			}
			if formAtStart(strings.Join(words[:n], "")) {
				words, again = words[n:], true
				break
			}
		}
	}
	return strings.Join(words, " ")
}

// withoutHan takes off a legal form written without spaces, once.
func withoutHan(s string) string {
	for _, form := range [...]string{"股份有限公司", "有限责任公司", "有限責任公司", "股份两合公司", "有限公司", "股份公司",
		"特殊普通合伙", "有限合伙", "有限合夥", "普通合伙", "株式会社", "株式會社", "有限会社", "有限會社", "合同会社", "合資会社", "合名会社", "公司"} {
		if rest, ok := strings.CutSuffix(s, form); ok {
			if form == "公司" && endsInUnit(rest) {
				return s
			}
			return strings.TrimRight(rest, " ")
		}
	}
	for _, form := range [...]string{"株式会社", "株式會社", "有限会社", "有限會社", "合同会社", "合資会社", "合名会社", "주식회사", "유한회사"} {
		if rest, ok := strings.CutPrefix(s, form); ok {
			return strings.TrimLeft(rest, " ")
		}
	}
	for _, form := range [...]string{"주식회사", "유한회사"} {
		if rest, ok := strings.CutSuffix(s, form); ok {
			return strings.TrimRight(rest, " ")
		}
	}
	return s
}

// endsInUnit reports what makes a 公司 a head office, branch, parent or
// subsidiary instead of a legal form.
func endsInUnit(s string) bool {
	for _, unit := range [...]string{"总", "總", "分", "子", "母"} {
		if strings.HasSuffix(s, unit) {
			return true
		}
	}
	return false
}

// formAtEnd reports legal forms that follow a name, folded and without spaces.
func formAtEnd(s string) bool {
	switch s {
	case // English-speaking countries, and what others write in English
		"co", "company", "coltd", "coinc", "companyltd", "companylimited", "colimited", "andco", "andcompany", "ltd", "limited",
		"inc", "incorporated", "corp", "corporation", "llc", "llp", "lllp", "lp", "plc", "pllc", "dac", "ulc", "unlimitedcompany",
		"limitedliabilitycompany", "limitedliabilitycorporation", "limitedliabilitypartnership", "limitedpartnership",
		"publiclimitedcompany", "publiccompanylimited", "publiccoltd", "pcl", "privatelimited", "privatelimitedcompany",
		"jointstockcompany", "jointstockco", "stockcompany", "publicjointstockcompany", "openjointstockcompany",
		"closedjointstockcompany", "privatejointstockcompany", "jsc", "pjsc", "ojsc", "cjsc", "psc", "psjc", "pte", "pteltd",
		"ptelimited", "pty", "ptyltd", "ptylimited", "pvt", "pvtltd", "pvtlimited", "bhd", "berhad", "sdnbhd", "sendirianberhad",
		"fze", "fzc", "fzco", "fzllc", "dmcc", "wll", "saoc", "saog":
		return true
	case // German-speaking
		"ag", "gmbh", "ggmbh", "mbh", "kg", "kgaa", "ohg", "gbr", "ug", "ughaftungsbeschrankt", "ev", "eg", "cokg", "andcokg",
		"gmbhandcokg", "gmbhcokg", "agandcokg", "agandcokgaa", "gmbhandcokgaa", "seandcokgaa", "aktiengesellschaft",
		"gesellschaftmitbeschrankterhaftung", "gesmbh":
		return true
	case // Romance languages
		"sa", "sas", "sasu", "sarl", "eurl", "snc", "scs", "sca", "sci", "scop", "societeanonyme", "spa", "srl", "sapa", "societaperazioni",
		"societaaresponsabilitalimitata", "sl", "slu", "sau", "sll", "sociedadanonima", "sociedadlimitada", "sab", "sabdecv", "sadecv",
		"sapidecv", "sderl", "sderldecv", "srldecv", "sac", "saa", "eirl", "ltda", "limitada", "cialtda", "eireli", "lda",
		"sgps", "sociedadanonimabursatildecapitalvariable", "sociedadanonimadecapitalvariable", "sal", "sae":
		return true
	case // Benelux, Nordic, Baltic, EU
		"bv", "nv", "vof", "bvba", "sprl", "asbl", "vzw", "naamlozevennootschap", "beslotenvennootschap", "ab", "abpubl", "publ",
		"aktiebolag", "hb", "as", "asa", "aps", "aktieselskab", "aksjeselskap", "oy", "oyj", "abp", "osakeyhtio", "oyab", "hf",
		"ehf", "ou", "uab", "sia", "se":
		return true
	case // Central and south-eastern Europe, Turkey
		"sro", "spolsro", "spzoo", "spolkazoo", "spolkazograniczonaodpowiedzialnoscia", "spolkaakcyjna", "spj", "spk", "doo", "dd", "dno",
		"ad", "ead", "ood", "eood", "ад", "еад", "оод", "еоод", "доо", "kft", "zrt", "nyrt", "bt", "αε", "επε", "ικε", "ae", "epe",
		"anonimsirketi", "limitedsirketi", "ltdsti", "ticltdsti", "ticas", "sti":
		return true
	case // Asia and the Near East
		"pt", "tbk", "kk", "gk", "yk", "kabushikikaisha", "kabushikigaisha", "godokaisha", "yugenkaisha", "株", "有", "合", "주", "유",
		"주식회사", "유한회사", "ذمم", "شمل", "شمم", "شمع", "شمك", "شمب", "בעמ", "tnhh":
		return true
	}
	return formAtStart(s) && !onlyAtStart(s)
}

// formAtStart reports legal forms that also or only stand before a name.
func formAtStart(s string) bool {
	switch s {
	case "ооо", "оао", "зао", "пао", "ао", "нао", "фгуп", "гуп", "муп", "тоо", "тов", "прат", "пат", "ат", "чп",
		"обществосограниченноиответственностью", "акционерноеобщество", "публичноеакционерноеобщество",
		"открытоеакционерноеобщество", "закрытоеакционерноеобщество", "непубличноеакционерноеобщество",
		"товариствозобмеженоювідповідальністю", "акціонернетовариство", "приватнеакціонернетовариство", "публічнеакціонернетовариство":
		return true
	case "ooo", "oao", "zao", "pao", "ao", "nao", "fgup", "aozt", "obshchestvosogranichennoiotvetstvennostyu",
		"obshchestvosogranichennoyotvetstvennostyu", "aktsionernoeobshchestvo", "otkrytoeaktsionernoeobshchestvo",
		"zakrytoeaktsionernoeobshchestvo", "publichnoeaktsionernoeobshchestvo":
		return true
	case "jsc", "pjsc", "ojsc", "cjsc", "llc", "jointstockcompany", "publicjointstockcompany", "openjointstockcompany",
		"closedjointstockcompany", "limitedliabilitycompany", "pt", "uab", "sia", "sarl", "eurl",
		"株", "有", "合", "주", "유", "주식회사", "유한회사":
		return true
	}
	return onlyAtStart(s)
}

// onlyAtStart reports words that are a legal form before a name but mean
// something else after it.
func onlyAtStart(s string) bool {
	switch s {
	case "شركة", "شرکت", "congtycophan", "congtytnhh", "congtytnhhmotthanhvien", "congtytnhhmtv":
		return true
	}
	return false
}
