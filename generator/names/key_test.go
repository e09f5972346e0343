package names

import (
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

func TestKey(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", ""},
		{" — ", ""},
		{"Hangzhou Hikvision Digital Technology Co., Ltd.", "hangzhou hikvision digital technology co ltd"},
		{"  HANGZHOU   HIKVISION\tDigital-Technology Co.,Ltd ", "hangzhou hikvision digital technology co ltd"},
		{"Ｈａｎｇｚｈｏｕ　Ｈｉｋｖｉｓｉｏｎ", "hangzhou hikvision"},
		{"Yong'an", "yongan"},
		{"Yong’an", "yongan"},
		{"Yongʼan", "yongan"},
		{"Yong´an", "yongan"},
		{"Yong＇an", "yongan"},
		{"'ABBAS, Rim", "abbas rim"},
		{"Straße", "strasse"},
		{"STRASSE", "strasse"},
		{"Łódź Ørsted Đặng Þór Æther Œuvre ħ", "lodz orsted dang thor aether oeuvre h"},
		{"İstanbul IŞIK ışık", "istanbul isik isik"},
		{"Əliyev", "aliyev"},
		{"Ａ\u0301", "a"},
		{"Société Générale", "societe generale"},
		{"Socie\u0301te\u0301", "societe"},
		{"Ёлкин Сергей", "елкин сергеи"},
		{"Київ", "киів"},
		{"ΑΘΉΝΑΣ", "αθηνασ"},
		{"Αθήνας", "αθηνασ"},
		{"ﬁnance Ⅳ", "finance iv"},
		{"S.p.A.", "spa"},
		{"S.A.", "sa"},
		{"S. A.", "s a"},
		{"J.P. Morgan", "jp morgan"},
		{"U.S.Steel", "us steel"},
		{"J.Smith", "j smith"},
		{"J.O'Brien", "j obrien"},
		{"É.D.F.", "edf"},
		{"No.1", "no 1"},
		{"A.1", "a 1"},
		{"Amazon.com", "amazon com"},
		{"Johnson & Johnson", "johnson and johnson"},
		{"Johnson＆Johnson", "johnson and johnson"},
		{"Foo™ Bar®", "foo bar"},
		{"Foo\u200bBar \u202eBaz", "foobar baz"},
		{"Foo \ufe0f☎️ Bar", "foo bar"},
		{"\xffFoo\xfe", "foo"},
		{"杭州海康威视数字技术股份有限公司", "杭州海康威视数字技术股份有限公司"},
		{"华为 技术", "华为技术"},
		{"约翰·史密斯", "约翰史密斯"},
		{"华为 Huawei 技术", "华为 huawei 技术"},
		{"⼯商", "工商"}, // a Kangxi radical
		{"ガス", "ガス"},
		{"カス", "カス"},
		{"ｶﾞｽ", "ガス"},
		{"カ\u3099ス", "ガス"},
		{"か゛", "が"},
		{"ソフトバンク・グループ", "ソフトバンクグループ"},
		{"㈱日立", "株日立"},
		{"ᏣᎳᎩ", "ꮳꮃꭹ"},
		{"ꮳꮃꭹ", "ꮳꮃꭹ"},
		{"क\u034f\u093c", "क़"},
		{"삼성 전자", "삼성 전자"},
		{"حزب الله", "حزب الله"},
		{"حـــزب", "حزب"},
		{"می\u200cخواهم", "میخواهم"},
		{"हिन्दी", "हिन्दी"},
		{"ประเทศไทย", "ประเทศไทย"},
		{`שטראוס בע"מ`, "שטראוס בעמ"},
		{"שטראוס בע״מ", "שטראוס בעמ"},
	} {
		if got := Key(c.name); got != c.want {
			t.Errorf("Key(%q) = %q, want %q", c.name, got, c.want)
		}
		if again := Key(c.want); again != c.want {
			t.Errorf("Key(%q) = %q", c.want, again)
		}
	}
}

func TestKeyWithoutLegalForm(t *testing.T) {
	for want, names := range map[string][]string{
		"hangzhou hikvision": {"Hangzhou Hikvision Co., Ltd.", "HANGZHOU HIKVISION CO LTD", "Hangzhou Hikvision Company Limited",
			"Hangzhou Hikvision", "Hangzhou Hikvision Inc", "Hangzhou Hikvision Corp.", "Hangzhou Hikvision L.L.C.", "Hangzhou Hikvision, PLC"},
		"海康威视":        {"海康威视股份有限公司", "海康威视有限责任公司", "海康威视有限公司", "海康威视公司", "海康威视 有限公司"},
		"华为集团":        {"华为集团有限公司", "华为集团公司"},
		"某某投资":        {"某某投资(有限合伙)", "某某投资（有限合伙）"},
		"中国石油总公司":     {"中国石油总公司"},
		"华为北京分公司":     {"华为北京分公司"},
		"日立製作所":       {"株式会社日立製作所", "㈱日立製作所", "日立製作所(株)", "日立製作所 株式会社", "（株）日立製作所"},
		"삼성전자":        {"삼성전자 주식회사", "주식회사 삼성전자", "㈜삼성전자", "(주)삼성전자", "삼성전자(주)", "삼성전자주식회사"},
		"ромашка":     {"ООО «Ромашка»", "Ромашка ООО", "ПАО Ромашка", "ОАО «Ромашка»", "АО Ромашка", "Общество с ограниченной ответственностью «Ромашка»"},
		"газпром":     {"Публичное акционерное общество «Газпром»", "ПАО Газпром"},
		"gazprom":     {"PJSC Gazprom", "Gazprom PJSC", "Gazprom PAO", "OOO Gazprom", "Gazprom, Public Joint-Stock Company", "Joint Stock Company Gazprom"},
		"siemens":     {"Siemens AG", "Siemens Aktiengesellschaft", "SIEMENS A.G.", "Siemens GmbH & Co. KG"},
		"petroleos":   {"Petróleos S.A.", "Petroleos SA", "Petroleos S A", "Petróleos, S.A. de C.V.", "Petroleos S. de R.L. de C.V.", "Petróleos Ltda."},
		"eni":         {"Eni S.p.A.", "ENI SPA", "Eni S.r.l."},
		"foo":         {"Foo S.à r.l.", "Foo SARL", "Foo Oy", "Foo AB (publ)", "Foo A/S", "Foo d.o.o.", "Foo Sp. z o.o.", "Foo spol. s r.o.", "Foo B.V.", "Foo Pte. Ltd.", "Foo Sdn. Bhd.", "PT Foo Tbk", "Foo Co. Co., Ltd. Inc."},
		"arcelik":     {"Arçelik A.Ş.", "Arçelik Anonim Şirketi", "ARÇELİK AŞ"},
		"النفط":       {"شركة النفط", "شركة النفط ذ.م.م."},
		"שטראוס":      {`שטראוס בע"מ`},
		"dai phat":    {"Công ty TNHH Đại Phát", "Công ty Cổ phần Đại Phát"},
		"foo group":   {"Foo Group Ltd"},
		"foo holding": {"Foo Holding AG"},
		// Nothing but a form stays.
		"co ltd":          {"Co., Ltd."},
		"company limited": {"Company Limited"},
		"有限公司":            {"有限公司"},
		"株有限公司":           {"(株)有限公司"},
		"株株":              {"(株) (株) 公司"},
		"ооо":             {"ООО"},
		"":                {"", "..."},
	} {
		for _, name := range names {
			got := KeyWithoutLegalForm(name)
			if got != want {
				t.Errorf("KeyWithoutLegalForm(%q) = %q, want %q", name, got, want)
			}
			if again := KeyWithoutLegalForm(got); again != got {
				t.Errorf("KeyWithoutLegalForm(%q) = %q", got, again)
			}
		}
	}
}

// TestLegalFormsAreFolded reads the tables: a form that is not spelled as it
// comes out of fold could never match.
func TestLegalFormsAreFolded(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "legalform.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		clause, ok := node.(*ast.CaseClause)
		if !ok {
			return true
		}
		for _, e := range clause.List {
			lit, ok := e.(*ast.BasicLit)
			if !ok {
				continue
			}
			form, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			n++
			if Key(form) != form || strings.Contains(form, " ") || !formAtEnd(form) && !formAtStart(form) {
				t.Errorf("form %q is never found", form)
			}
		}
		return true
	})
	if n < 200 {
		t.Errorf("only %d forms", n)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
	}{
		{"", nil},
		{"Yong'an Co., Ltd.", []string{"yongan", "co", "ltd"}},
		{"华为Huawei技术", []string{"华", "为", "huawei", "技", "术"}},
		{"ソフトバンク・グループ", []string{"ソフトバンク", "グループ"}},
		{"日立ソリューションズ3", []string{"日", "立", "ソリューションズ3"}},
		{"삼성 전자", []string{"삼성", "전자"}},
		{"𠮷野家", []string{"𠮷", "野", "家"}}, // beyond the basic plane
		{"foo foo", []string{"foo", "foo"}},
	} {
		if got := Tokens(c.name); !slices.Equal(got, c.want) {
			t.Errorf("Tokens(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestScript(t *testing.T) {
	for name, want := range map[string]string{
		"":             "Zyyy",
		"123 — ?":      "Zyyy",
		"Hikvision":    "Latn",
		"Łódź":         "Latn",
		"海康威视":         "Hani",
		"海康威視 Hikvis":  "Hani",
		"BOE京东方":       "Hani",
		"TCL集团":        "Hani",
		"Huawei 华为":    "Latn",
		"日立製作所":        "Hani",
		"日立ソリューションズ":   "Jpan",
		"ひらがな":         "Jpan",
		"ｶﾀｶﾅ":         "Jpan",
		"삼성전자":         "Hang",
		"三星 삼성전자":      "Hang",
		"Газпром":      "Cyrl",
		"Αθήνα":        "Grek",
		"حزب الله":     "Arab",
		"שטראוס":       "Hebr",
		"हिन्दी":       "Deva",
		"ประเทศไทย":    "Thai",
		"საქართველო":   "Geor",
		"Հայաստան":     "Armn",
		"বাংলা":        "Beng",
		"ABC абв":      "Latn",
		"абв ABC":      "Cyrl",
		"𐎀𐎁":           "Zyyy", // Ugaritic
		"\xff\xfe abc": "Latn",
	} {
		if got := Script(name); got != want {
			t.Errorf("Script(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestIsRTL(t *testing.T) {
	for lang, want := range map[string]bool{"ar": true, "fa": true, "he": true, "iw": true, "ur": true, "ps": true, "ug": true, "dv": true,
		"yi": true, "az-Arab": true, "ar-EG": true, "pa-PK": true, "en": false, "zh": false, "az": false, "ar-Latn": false,
		"": false, "??": false, "cn": false, "und": false} {
		if got := IsRTL(lang); got != want {
			t.Errorf("IsRTL(%q) = %v", lang, got)
		}
	}
}

// realNames are the names of published lists, where these are at hand.
func realNames(t testing.TB) []string {
	const shared = "../../../shared/data/"
	var names []string
	f, err := os.Open(shared + "us-csl-2022-05/consolidated.csv")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if len(row) > 22 {
			names = append(append(names, row[5]), strings.Split(row[22], ";")...)
		}
	}
	if text, err := os.ReadFile(shared + "un-sc-2026-02/UN_consolidated.xml"); err == nil {
		for part := range strings.SplitSeq(string(text), "NAME") {
			if i := strings.IndexByte(part, '<'); i > 1 && part[0] == '>' {
				names = append(names, part[1:i])
			}
		}
	}
	if text, err := os.ReadFile(shared + "ofac-sdn-2021/alt.csv"); err == nil {
		names = append(names, strings.Split(string(text), ",")...)
	}
	return names
}

func TestRealNames(t *testing.T) {
	names := realNames(t)
	if len(names) < 10000 {
		t.Errorf("only %d names", len(names))
	}
	for _, name := range names {
		checkName(t, name)
	}
}

// TestLongNames looks for panics and for work that grows with the square.
func TestLongNames(t *testing.T) {
	for _, part := range []string{"a", "co ", "有限公司", "有限公司 co ", "क\u093c\u0951\u0952", "\u0301", "\u0952\u093c", "가", "a.b.", "'", "\xff", "株 ", "O0", "9133"} {
		name := strings.Repeat(part, 20_000)
		checkName(t, name)
		checkName(t, "क"+strings.Repeat(part, 40))
		SafeText(name)
		Country(name)
		Currency(name)
		Language(name)
		for _, s := range Schemes() {
			Check(s.Key, name)
		}
	}
}

// checkName holds a name to what the package promises about any text.
func checkName(t *testing.T, name string) {
	t.Helper()
	key := Key(name)
	if Key(key) != key || !utf8.ValidString(key) || !norm.NFC.IsNormalString(key) || strings.TrimSpace(key) != key ||
		strings.Contains(key, "  ") {
		t.Fatalf("Key(%q) = %q, and of that %q", name, key, Key(key))
	}
	if Key(strings.ToUpper(key)) != Key(strings.ToLower(strings.ToUpper(key))) {
		t.Fatalf("the key of %q depends on case", name)
	}
	bare := KeyWithoutLegalForm(name)
	if (bare == "") != (key == "") || KeyWithoutLegalForm(bare) != bare || len(bare) > len(key) {
		t.Fatalf("KeyWithoutLegalForm(%q) = %q, and of that %q", name, bare, KeyWithoutLegalForm(bare))
	}
	// Nothing is lost or added between words and key.
	if strings.Join(Tokens(name), "") != strings.ReplaceAll(key, " ", "") {
		t.Fatalf("Tokens(%q) = %q, Key %q", name, Tokens(name), key)
	}
	slug := Slug(name)
	if err := ValidID(slug); err != nil || len(slug) > maxSlug || Slug(slug) != slug {
		t.Fatalf("Slug(%q) = %q: %v; and of that %q", name, slug, err, Slug(slug))
	}
	if len(Script(name)) != 4 {
		t.Fatalf("Script(%q) = %q", name, Script(name))
	}
	if isASCII(name) {
		long := norm.NFC.String(squeeze(norm.NFKD.String(cases.Fold().String(name))))
		if fold(name) != long {
			t.Fatalf("fold(%q) = %q, but by the long way %q", name, fold(name), long)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"Hangzhou Hikvision Digital Technology Co., Ltd.", "Yong’an", "Straße İ ı Łódź", "㈱日立 製作所", "か゛ ゛", "S.p.A. & Co.",
		`בע"מ`, "می\u200cخواهم", "ᾳ ΐ \u0345", "각\u11a8", "ООО «Ромашка»", "有限公司", "(株)有限公司", "\xff", "a\u0301\u3099", "ｶﾞ", "'\u0301", "Ǆ ẞ ŉ",
		"\u0300", "가 각", "주식회사", "🏴\U000e0067"} {
		f.Add(s)
	}
	f.Fuzz(checkName)
}

// sampleNames are the mix of a list of sanctioned companies.
func sampleNames() []string {
	return []string{"Hangzhou Hikvision Digital Technology Co., Ltd.", "PETROLEOS DE VENEZUELA, S.A.", "Société Générale",
		"Публичное акционерное общество «Газпром»", "杭州海康威视数字技术股份有限公司", "株式会社日立製作所", "삼성전자 주식회사", "شركة النفط ذ.م.م."}
}

func BenchmarkKey(b *testing.B) {
	for _, name := range []string{"Hangzhou Hikvision Digital Technology Co., Ltd.", "Société Générale", "杭州海康威视数字技术股份有限公司"} {
		b.Run(Script(name)+strconv.Itoa(len(name)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Key(name)
			}
		})
	}
}

func BenchmarkKeyWithoutLegalForm(b *testing.B) {
	names := sampleNames()
	b.ReportAllocs()
	for b.Loop() {
		for _, name := range names {
			KeyWithoutLegalForm(name)
		}
	}
}

func BenchmarkSlug(b *testing.B) {
	names := sampleNames()
	b.ReportAllocs()
	for b.Loop() {
		for _, name := range names {
			Slug(name)
		}
	}
}
