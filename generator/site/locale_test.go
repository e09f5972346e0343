package site

import (
	"testing"
	"testing/fstest"
	"time"
)

func TestLocale(t *testing.T) {
	theme := fstest.MapFS{
		"i18n/en.yaml": {Data: []byte("days: {one: '{{ .Count }} day', other: '{{ .Count }} days'}\nonly: 'English <only>'\n")},
		"i18n/fr.yaml": {Data: []byte("days: {one: '{{ .Count }} jour', many: '{{ .Count }} de jours', other: '{{ .Count }} jours'}\n")},
		"i18n/ar.yaml": {Data: []byte("days: {zero: z, one: o, two: t, few: f, many: m, other: x}\n")},
	}
	day := time.Date(2022, 5, 4, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ lang, zero, one, two, many, only, number, date string }{
		{"en", "0 days", "1 day", "2 days", "11 days", "English <only>", "-1,234.50", "4 May 2022"},
		{"fr", "0 jour", "1 jour", "2 jours", "11 jours", "English <only>", "-1\u202f234,50", "4 mai 2022"},
		{"fr-CA", "0 jour", "1 jour", "2 jours", "11 jours", "English <only>", "-1\u00a0234,50", "4 mai 2022"},
		{"ar", "z", "o", "t", "m", "English <only>", "", ""},
	} {
		l := NewLocale(Options{Theme: theme, ThemeName: "t"}, c.lang)
		days := func(n int) string { return l.Word("days", map[string]any{"Count": n}) }
		got := []string{days(0), days(1), days(2), days(11), l.Word("only", nil)}
		want := []string{c.zero, c.one, c.two, c.many, c.only}
		if c.number != "" {
			got = append(got, l.Number(-1234.5, 2), l.Date(day, "2 January 2006"))
			want = append(want, c.number, c.date)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %q, expected %q", c.lang, got[i], want[i])
			}
		}
		if got := l.Word("only", map[string]any{"Count": 1}); got != c.only {
			t.Errorf("%s: a text without a plural is %q for one", c.lang, got)
		}
		if got := l.Word("none", nil); got != "" {
			t.Errorf("%s: a missing word is %q", c.lang, got)
		}
	}
}
