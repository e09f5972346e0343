package diag_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/diag"
)

var texts = []string{
	"", "a", "\n", "a: 1\r\nb: 2\r\n", "a\rb\rc", "\tx\ty", "name: 杭州海康威视\n", "\xff\xfe\x00", "a\u0301\u202e\u200b", "\xef\xbb\xbftitle: x",
	strings.Repeat("海", 200), strings.Repeat("\u0301", 3000), strings.Repeat("a ", 300), "\r\r\n\n", "x\u2028y\u0085z",
}

func FuzzPosition(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s), 3, 2, 2)
	}
	f.Fuzz(func(t *testing.T, text []byte, off, line, column int) {
		file := diag.NewFile("f", text)
		l, c := file.Position(off)
		if l < 1 || c < 1 {
			t.Fatalf("Position(%d) is %d:%d", off, l, c)
		}
		back := file.Offset(l, c)
		if back < 0 || back > len(text) {
			t.Fatalf("Offset(%d, %d) is %d of %d", l, c, back, len(text))
		}
		if off >= 0 && off < len(text) && utf8.Valid(text) && utf8.RuneStart(text[off]) && !(text[off] == '\n' && off > 0 && text[off-1] == '\r') && back != off {
			t.Fatalf("offset %d is %d:%d, which is offset %d", off, l, c, back)
		}
		at := file.Offset(line, column)
		if at < 0 || at > len(text) {
			t.Fatalf("Offset(%d, %d) is %d of %d", line, column, at, len(text))
		}
		if l2, _ := file.Position(at); line >= 1 && l2 > line {
			t.Fatalf("Offset(%d, %d) is on line %d", line, column, l2)
		}
	})
}

func FuzzExcerpt(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s), 1, 4, "a message\x1b\u202e", "a\nname")
	}
	f.Fuzz(func(t *testing.T, text []byte, start, end int, message, name string) {
		file := diag.NewFile(name, text)
		d := diag.Diagnostic{Code: "c", Message: message, Hint: message, Span: diag.Span{File: file, Start: start, End: end}}
		d.Related = []diag.Related{{Span: file.Span(start, end), Message: message}, {Span: file.Span(end, start)}}
		var b strings.Builder
		if err := diag.Print(&b, []diag.Diagnostic{d}, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.String() {
			if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) {
				t.Fatalf("%U in the output %q", r, b.String())
			}
		}
		if !utf8.ValidString(b.String()) {
			t.Fatalf("the output is not UTF-8: %q", b.String())
		}
		if text != nil {
			lines := strings.Split(b.String(), "\n")
			if len(lines) < 3 {
				t.Fatalf("no excerpt in %q", b.String())
			}
			_, marks, _ := strings.Cut(lines[2], "| ")
			if i := strings.IndexFunc(marks, func(r rune) bool { return r != ' ' && r != '^' }); i >= 0 {
				marks = marks[:i] // the hint
			}
			if n := strings.LastIndexByte(marks, '^') + 1; n < 1 || n > 102 {
				t.Fatalf("%d columns of marks", n)
			}
			if len(lines[1]) > 5000 {
				t.Fatalf("%d bytes of excerpt", len(lines[1]))
			}
		}
		for _, write := range []func(*strings.Builder) error{
			func(b *strings.Builder) error { return diag.JSON(b, []diag.Diagnostic{d}) },
			func(b *strings.Builder) error { return diag.GitHub(b, []diag.Diagnostic{d}) },
		} {
			var b strings.Builder
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			for _, r := range b.String() {
				if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
					t.Fatalf("%U in the output %q", r, b.String())
				}
			}
		}
	})
}
