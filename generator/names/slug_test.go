package names

import (
	"errors"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Hangzhou Hikvision Digital Technology Co., Ltd.", "hangzhou-hikvision-digital-technology-co-ltd"},
		{"Müller & Söhne", "muller-and-sohne"},
		{"Łódź / Ørsted", "lodz-orsted"},
		{"Yong’an", "yongan"},
		{"Щукин Сергей", "shchukin-sergei"},
		{"Объём", "obem"},
		{"Ђорђе Љубичић", "djordje-ljubichic"},
		{"Αθήνα Ουρανός", "athina-ouranos"},
		{"삼성 전자", "samseong-jeonja"},
		{"한국전력", "hangukjeonryeok"},
		{"华为 Huawei", "huawei"},
		{"TCL集团", "tcl"},
		{"华为A", "a-4d15d775df7b"},
		{"3", "3"},
		{"AI", "ai"},
		{"海康威视", "name-bb755bc9eba4"},
		{"海康 威视", "name-bb755bc9eba4"}, // the same key
		{"حزب الله", "name-64b546d1e153"},
		{"", "name-e3b0c44298fc"},
		{"...", "name-ab5df625bc76"},
		{"CON", "con-1"},
		{"Com1", "com1-1"},
		{"COM¹", "com1-1"},
		{"LPT9", "lpt9-1"},
		{"nul", "nul-1"},
		{"Conseil", "conseil"},
		{"Index", "index-1"},
		{"404", "404-1"},
		{strings.Repeat("a", 200), strings.Repeat("a", 80)},
		{strings.Repeat("word ", 40), strings.TrimSuffix(strings.Repeat("word-", 16), "-")},
		{strings.Repeat("long", 11) + " " + strings.Repeat("b", 100), strings.Repeat("long", 11)},
		{"a " + strings.Repeat("b", 100), "a-" + strings.Repeat("b", 78)},
	} {
		got := Slug(c.name)
		if got != c.want {
			t.Errorf("Slug(%q) = %q, want %q", c.name, got, c.want)
		}
		if err := ValidID(got); err != nil {
			t.Errorf("Slug(%q) = %q: %v", c.name, got, err)
		}
	}
}

// TestLetters holds the tables of letters against their blocks.
func TestLetters(t *testing.T) {
	for r := 'α'; r <= 'ω'; r++ {
		if s := greek(r, 0); s == "" || !isASCII(s) {
			t.Errorf("%c is %q", r, s)
		}
	}
	for r := 'а'; r <= 'я'; r++ {
		if s, ok := cyrillic(r); !ok || s == "" && r != 'ь' && r != 'ъ' {
			t.Errorf("%c is %q", r, s)
		}
	}
	for r := 'Ѐ'; r <= 'ӿ'; r++ {
		if s, ok := cyrillic(r); !isASCII(s) || s != strings.ToLower(s) || s != "" && !ok {
			t.Errorf("%c is %q", r, s)
		}
	}
	for r, want := range map[rune]string{'가': "ga", '힣': "hit", '값': "gap", '의': "ui", '쌍': "ssang", '원': "won"} {
		if got := hangul(r); got != want {
			t.Errorf("%c is %q, want %q", r, got, want)
		}
	}
}

func TestValidID(t *testing.T) {
	for _, id := range []string{"a", "1", "hikvision", "hikvision-2019", "a-b-c", "con-1", "conseil", "com", "com10", "4040", "index-1", strings.Repeat("a", 100)} {
		if err := ValidID(id); err != nil {
			t.Errorf("ValidID(%q) = %v", id, err)
		}
	}
	for _, c := range []struct{ id, msg, hint string }{
		{"", "the id is empty", ""},
		{"Hikvision", `character 1 is "H", an id has only a-z, 0-9 and single hyphens`, `use "hikvision"`},
		{"hik_vision", `character 4 is "_", an id has only a-z, 0-9 and single hyphens`, `use "hik-vision"`},
		{"hik/../vision", `character 4 is "/", an id has only a-z, 0-9 and single hyphens`, `use "hik-vision"`},
		{"müller", `character 2 is "ü" (U+00FC), an id has only a-z, 0-9 and single hyphens`, `use "muller"`},
		{"-a", "the id begins with a hyphen, an id has only a-z, 0-9 and single hyphens", `use "a"`},
		{"a-", "the id ends with a hyphen, an id has only a-z, 0-9 and single hyphens", `use "a"`},
		{"a--b", "two hyphens together, an id has only a-z, 0-9 and single hyphens", `use "a-b"`},
		{"-", "the id begins with a hyphen, an id has only a-z, 0-9 and single hyphens", `use "name-3973e022e932"`},
		{"con", `"con" is the name of a device on Windows`, `use "con-1"`},
		{"lpt0", `"lpt0" is the name of a device on Windows`, `use "lpt0-1"`},
		{"index", `"index" is the name of a page of the site`, `use "index-1"`},
		{"404", `"404" is the name of a page of the site`, `use "404-1"`},
		{strings.Repeat("a", 101), "101 characters, an id has at most 100", `use "` + strings.Repeat("a", 60) + `"...`},
	} {
		err := ValidID(c.id)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("ValidID(%q) = %v", c.id, err)
			continue
		}
		if e.Msg != c.msg || e.Hint != c.hint || e.Scheme != "id" || e.Value != c.id {
			t.Errorf("ValidID(%q)\n got %q\nhint %q\nwant %q\nhint %q", c.id, e.Msg, e.Hint, c.msg, c.hint)
		}
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Hikvision", "CON", "com1", "COM¹", "index", "404", "海康威视", "华为A", "Щукин", "Αθήνα ου", "한국", "-", "", "a--b", "\xff", "con.",
		strings.Repeat("word ", 40), strings.Repeat("é", 90)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		slug := Slug(name)
		if err := ValidID(slug); err != nil {
			t.Fatalf("Slug(%q) = %q: %v", name, slug, err)
		}
		if Slug(slug) != slug || len(slug) > maxSlug {
			t.Fatalf("Slug(%q) = %q, and of that %q", name, slug, Slug(slug))
		}
		if err := ValidID(name); err != nil {
			checkError(t, "", err)
			return
		}
		// A good id that is short enough is its own slug.
		if len(name) <= maxSlug && slug != name {
			t.Fatalf("ValidID(%q) is good, but Slug is %q", name, slug)
		}
	})
}
