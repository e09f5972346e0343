package model_test

import (
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		text, decimal, written string
		bound                  model.Bound
		float                  float64
	}{
		{"0", "0", "0", model.Exact, 0},
		{"-9.72", "-9.72", "-9.72", model.Exact, -9.72},
		{"38.240", "38.240", "38.240", model.Exact, 38.24},
		{"007", "007", "007", model.Exact, 7},
		{"~40", "40", "~40", model.About, 40},
		{"> 1500000000", "1500000000", ">1500000000", model.AtLeast, 1.5e9},
		{"<-0.5", "-0.5", "<-0.5", model.AtMost, -0.5},
		{" 5 ", "5", "5", model.Exact, 5},
	} {
		n, ok := model.ParseNumber(c.text)
		if !ok || n.IsZero() || n.Decimal() != c.decimal || n.String() != c.written || n.Bound != c.bound || n.Float() != c.float {
			t.Errorf("%q is %q, %q, %v, %v", c.text, n.Decimal(), n, n.Bound, n.Float())
		}
	}
	for _, text := range []string{"", "~", "-", ".5", "5.", "1,5", "1 5", "1e5", "0x10", "+5", "--5", "~~5", "5%", "½", "５", "NaN", "Inf", "1.2.3", strings.Repeat("1", 41)} {
		if n, ok := model.ParseNumber(text); ok || !n.IsZero() {
			t.Errorf("%q is read as %v", text, n)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"5", "~5", "-0.50", "> 1", "1e5", "", "<"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := model.ParseNumber(s)
		if !ok {
			if !n.IsZero() {
				t.Fatalf("%q is wrong, but %v", s, n)
			}
			return
		}
		again, ok := model.ParseNumber(n.String())
		if !ok || again != n || n.Float() != again.Float() || n.Float() != n.Float() {
			t.Fatalf("%q is written %q, which is %v", s, n, again)
		}
	})
}

func TestTextIn(t *testing.T) {
	text := model.Text{{Lang: "fr", Value: "un"}, {Value: "one"}, {Lang: "zh-Hans", Value: "一"}}
	for _, c := range []struct{ lang, value, got string }{
		{"fr", "un", "fr"}, {"en", "one", "en"}, {"zh-Hans", "一", "zh-Hans"}, {"de", "one", "en"},
	} {
		value, got := text.In(c.lang, "en")
		if value != c.value || got != c.got {
			t.Errorf("in %s it is %q (%s), want %q (%s)", c.lang, value, got, c.value, c.got)
		}
		tr, got := model.Markdown(text).In(c.lang, "en")
		if tr.Value != c.value || got != c.got {
			t.Errorf("in %s it is %q (%s), want %q (%s)", c.lang, tr.Value, got, c.value, c.got)
		}
	}
	foreign := model.Text{{Lang: "fr", Value: "un"}, {Lang: "de", Value: "eins"}}
	if value, got := foreign.In("es", "en"); value != "un" || got != "fr" {
		t.Errorf("it falls back to %q (%s)", value, got)
	}
	if value, got := (model.Text)(nil).In("es", "en"); value != "" || got != "es" {
		t.Errorf("no text is %q (%s)", value, got)
	}
	if foreign.String() != "un" || (model.Text)(nil).String() != "" || !(model.Markdown)(nil).IsZero() || foreign.IsZero() {
		t.Error("the first text is another")
	}
}
