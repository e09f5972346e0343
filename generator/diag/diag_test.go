package diag_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

func TestPosition(t *testing.T) {
	text := "ab\r\n海c\rd\n\ne"
	f := diag.NewFile("a", []byte(text))
	for _, c := range []struct {
		at           string // the offset is where this begins
		line, column int
	}{
		{"ab", 1, 1}, {"b\r", 1, 2}, {"\r\n", 1, 3}, {"海", 2, 1}, {"c\r", 2, 2}, {"\rd", 2, 3}, {"d\n", 3, 1}, {"\n\n", 3, 2}, {"\ne", 4, 1}, {"e", 5, 1},
	} {
		off := strings.Index(text, c.at)
		line, column := f.Position(off)
		if line != c.line || column != c.column {
			t.Errorf("Position of %q is %d:%d, want %d:%d", c.at, line, column, c.line, c.column)
		}
		if got := f.Offset(c.line, c.column); got != off {
			t.Errorf("Offset(%d, %d) is %d, want %d", c.line, c.column, got, off)
		}
	}
	for _, c := range []struct{ line, column, want int }{
		{0, 5, 0}, {-1, -1, 0}, {1, 99, 2}, {1, 0, 0}, {2, 99, 8}, {99, 1, len(text)}, {5, 2, len(text)},
	} {
		if got := f.Offset(c.line, c.column); got != c.want {
			t.Errorf("Offset(%d, %d) is %d, want %d", c.line, c.column, got, c.want)
		}
	}
	for off, want := range map[int][2]int{-4: {1, 1}, 99: {5, 2}} {
		if line, column := f.Position(off); line != want[0] || column != want[1] {
			t.Errorf("Position(%d) is %d:%d, want %v", off, line, column, want)
		}
	}
}

func TestSpan(t *testing.T) {
	f := diag.NewFile("a.yaml", []byte("abc\ndef"))
	for _, c := range []struct {
		span diag.Span
		want string
	}{
		{f.Span(5, 6), "a.yaml:2:2"},
		{f.Span(-3, -1), "a.yaml:1:1"},
		{f.Span(9, 4), "a.yaml:2:4"},
		{diag.NewFile("b.yaml", nil).Span(5, 6), "b.yaml"},
		{diag.Span{}, ""},
	} {
		if got := c.span.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if s := f.Span(9, 4); s.Start != 7 || s.End != 7 {
		t.Errorf("a span past the end is %d..%d", s.Start, s.End)
	}
	var none *diag.File
	if none.Name() != "" || none.Text() != nil || !(diag.Span{}).IsZero() || f.Span(0, 1).IsZero() {
		t.Error("a span without a file is a place")
	}
}

func TestSort(t *testing.T) {
	a, b := diag.NewFile("a", []byte("xxxx")), diag.NewFile("b", []byte("xxxx"))
	want := []diag.Diagnostic{
		{Code: "z", Message: "no place"},
		{Code: "z", Span: a.Span(0, 1)},
		{Code: "a", Span: a.Span(1, 1), Severity: diag.Note},
		{Code: "a", Span: a.Span(2, 3), Severity: diag.Error},
		{Code: "a", Span: a.Span(2, 3), Severity: diag.Warning, Path: "p"},
		{Code: "a", Span: a.Span(2, 3), Severity: diag.Warning, Path: "q", Message: "m"},
		{Code: "a", Span: a.Span(2, 3), Severity: diag.Warning, Path: "q", Message: "n"},
		{Code: "a", Span: a.Span(2, 4), Severity: diag.Warning, Path: "q", Message: "n"},
		{Code: "a", Span: a.Span(2, 4), Severity: diag.Warning, Path: "q", Message: "n", Hint: "h"},
		{Code: "b", Span: a.Span(2, 3), Severity: diag.Warning},
		{Code: "a", Span: b.Span(0, 1)},
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		got := append(append([]diag.Diagnostic(nil), want...), want...) // each twice
		rng.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		got = diag.Sort(got)
		if len(got) != len(want) {
			t.Fatalf("%d diagnostics are left, want %d", len(got), len(want))
		}
		for i := range got {
			if got[i].Error() != want[i].Error() || got[i].Path != want[i].Path || got[i].Span.End != want[i].Span.End {
				t.Fatalf("%d is %v, want %v", i, got[i], want[i])
			}
		}
	}
}

func TestTally(t *testing.T) {
	for _, c := range []struct {
		severities []diag.Severity
		want       string
	}{
		{nil, "no findings"},
		{[]diag.Severity{diag.Off}, "no findings"},
		{[]diag.Severity{diag.Error}, "1 error"},
		{[]diag.Severity{diag.Note, diag.Warning, diag.Error, diag.Error}, "2 errors, 1 warning, 1 note"},
		{[]diag.Severity{diag.Note, diag.Note, diag.Warning, diag.Warning}, "2 warnings, 2 notes"},
	} {
		var ds []diag.Diagnostic
		for _, s := range c.severities {
			ds = append(ds, diag.Diagnostic{Severity: s})
		}
		if got := diag.Tally(ds).String(); got != c.want {
			t.Errorf("%v is %q, want %q", c.severities, got, c.want)
		}
	}
}

func TestParseSeverity(t *testing.T) {
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note, diag.Off} {
		if got, ok := diag.ParseSeverity(s.String()); !ok || got != s {
			t.Errorf("%s is read as %s", s, got)
		}
	}
	for _, s := range []string{"", "Error", "fatal", "warn"} {
		if _, ok := diag.ParseSeverity(s); ok {
			t.Errorf("%q is read as a severity", s)
		}
	}
}

func TestNearest(t *testing.T) {
	schemata := []string{"Company", "Organization", "Person", "PublicBody"}
	for _, c := range []struct {
		word       string
		candidates []string
		want       string
	}{
		{"Compnay", schemata, "Company"},           // two letters swapped
		{"company", schemata, "Company"},           // case alone
		{"Organisation", schemata, "Organization"}, // a letter changed
		{"Persn", schemata, "Person"},              // a letter missing
		{"PublicBodyy", schemata, "PublicBody"},    // a letter too many
		{"Vessel", schemata, ""},                   // nothing near
		{"", []string{"a", "b"}, ""},               // nothing at all
		{"x", []string{"y", "z"}, ""},              // wrong in every letter
		{"X", []string{"y", "x"}, "x"},             // but for its case
		{"ab", []string{"cd", "ax"}, "ax"},         // half right
		{"US-NSCMIC", []string{"US-NS-CMIC", "US-BIS"}, "US-NS-CMIC"},
		{"cat", []string{"car", "bat", "cap"}, "bat"}, // the first of equals by name
		{"same", []string{"same", "some"}, "some"},    // never the word itself
		{"海康威视", []string{"海康威士"}, "海康威士"},
		{strings.Repeat("a", 300), []string{strings.Repeat("a", 299)}, ""},
	} {
		if got := diag.Nearest(c.word, c.candidates); got != c.want {
			t.Errorf("Nearest(%q) is %q, want %q", c.word, got, c.want)
		}
	}
	if got, want := diag.DidYouMean("Persn", schemata), `did you mean "Person"?`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := diag.DidYouMean("Vessel", schemata); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
}
