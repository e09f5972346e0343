package diag_test

import (
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

// at is a diagnostic on a word of a text, which is marked «so».
func at(name, text string) diag.Diagnostic {
	start := strings.Index(text, "«")
	end := strings.Index(text, "»") - len("«")
	plain := strings.NewReplacer("«", "", "»", "").Replace(text)
	f := diag.NewFile(name, []byte(plain))
	return diag.Diagnostic{Code: "some-code", Message: "something is wrong", Span: f.Span(start, end)}
}

func TestPrint(t *testing.T) {
	programs := diag.NewFile("data/programs/us-ns-cmic.yaml", []byte("key: US-NS-CMIC\n"))
	long := strings.Repeat("x", 30000)
	for _, c := range []struct {
		name string
		diag diag.Diagnostic
		edit func(*diag.Diagnostic)
		want string
	}{
		{
			name: "as DESIGN.md shows it",
			diag: at("data/measures/a.yaml", "a\nb\nc\nd\ne\nf\nprogram: «US-NSCMIC»\n"),
			edit: func(d *diag.Diagnostic) {
				d.Code, d.Message, d.Hint = "unknown-id", `no program "US-NSCMIC"`, `did you mean "US-NS-CMIC"?`
				d.Related = []diag.Related{{Span: programs.Span(0, 3)}}
			},
			want: `data/measures/a.yaml:7:10: error[unknown-id]: no program "US-NSCMIC"
   7 | program: US-NSCMIC
     |          ^^^^^^^^^ did you mean "US-NS-CMIC"? (data/programs/us-ns-cmic.yaml:1)
`,
		},
		{
			name: "a warning without a hint",
			diag: at("a.yaml", "x: «1»"),
			edit: func(d *diag.Diagnostic) { d.Severity = diag.Warning },
			want: `a.yaml:1:4: warning[some-code]: something is wrong
   1 | x: 1
     |    ^
`,
		},
		{
			name: "several related places",
			diag: at("a.yaml", "x: «1»"),
			edit: func(d *diag.Diagnostic) {
				d.Hint = "keep one"
				d.Related = []diag.Related{
					{Span: programs.Span(0, 3), Message: "the first"},
					{Span: programs.Span(5, 6)},
					{Span: diag.Span{File: diag.NewFile("b.bin", nil)}},
					{Message: "nowhere"},
					{},
				}
			},
			want: `a.yaml:1:4: error[some-code]: something is wrong
   1 | x: 1
     |    ^ keep one
     = the first (data/programs/us-ns-cmic.yaml:1)
     = see data/programs/us-ns-cmic.yaml:1
     = see b.bin
     = nowhere
`,
		},
		{
			name: "related places without a hint",
			diag: at("a.yaml", "x: «1»"),
			edit: func(d *diag.Diagnostic) { d.Related = []diag.Related{{Span: programs.Span(0, 3)}} },
			want: `a.yaml:1:4: error[some-code]: something is wrong
   1 | x: 1
     |    ^ see data/programs/us-ns-cmic.yaml:1
`,
		},
		{
			name: "no place at all",
			diag: diag.Diagnostic{Code: "some-code", Message: "something is wrong", Hint: "mend it", Severity: diag.Note},
			want: `note[some-code]: something is wrong
     = mend it
`,
		},
		{
			name: "a file without text",
			diag: diag.Diagnostic{Code: "some-code", Message: "no permission", Hint: "look", Span: diag.Span{File: diag.NewFile("data/a.yaml", nil), Start: 7, End: 9}},
			want: `data/a.yaml: error[some-code]: no permission
     = look
`,
		},
		{
			name: "an empty file",
			diag: diag.Diagnostic{Code: "some-code", Message: "it is empty", Hint: "write", Span: diag.NewFile("a.yaml", []byte{}).Span(3, 4)},
			want: `a.yaml:1:1: error[some-code]: it is empty
   1 |
     | ^ write
`,
		},
		{
			name: "silenced",
			diag: at("a.yaml", "«x»"),
			edit: func(d *diag.Diagnostic) { d.Severity = diag.Off },
			want: "",
		},
		{
			name: "wide characters",
			diag: at("a.yaml", "name: 杭州海康 «威视» 数字, 한국 «"),
			want: `a.yaml:1:12: error[some-code]: something is wrong
   1 | name: 杭州海康 威视 数字, 한국
     |                ^^^^
`,
		},
		{
			name: "combining marks take no column",
			diag: at("a.yaml", "a\u0301e\u0301 «o\u0301» u"),
			want: "a.yaml:1:6: error[some-code]: something is wrong\n   1 | a\u0301e\u0301 o\u0301 u\n     |    ^\n",
		},
		{
			name: "a mark alone",
			diag: at("a.yaml", "ab«\u0301»c"),
			want: "a.yaml:1:3: error[some-code]: something is wrong\n   1 | ab\u0301c\n     |   ^\n",
		},
		{
			name: "tabs are shown as spaces",
			diag: at("a.yaml", "\ta\t«b\tc»"),
			want: `a.yaml:1:4: error[some-code]: something is wrong
   1 |     a   b   c
     |         ^^^^^
`,
		},
		{
			name: "CR LF",
			diag: at("a.yaml", "a: 1\r\nb: «2»\r\nc: 3\r\n"),
			want: `a.yaml:2:4: error[some-code]: something is wrong
   2 | b: 2
     |    ^
`,
		},
		{
			name: "a lone CR ends a line",
			diag: at("a.yaml", "a: 1\rb: «2»\rc: 3"),
			want: `a.yaml:2:4: error[some-code]: something is wrong
   2 | b: 2
     |    ^
`,
		},
		{
			name: "a span over several lines is marked on its first",
			diag: at("a.yaml", "a: «1\nb: 2»\n"),
			want: `a.yaml:1:4: error[some-code]: something is wrong
   1 | a: 1
     |    ^
`,
		},
		{
			name: "an empty span",
			diag: at("a.yaml", "a:«»\nb: 2\n"),
			want: `a.yaml:1:3: error[some-code]: something is wrong
   1 | a:
     |   ^
`,
		},
		{
			name: "a span past the end",
			diag: at("a.yaml", "a: 1\n"),
			edit: func(d *diag.Diagnostic) { d.Span.Start, d.Span.End = 90, 99 },
			want: `a.yaml:2:1: error[some-code]: something is wrong
   2 |
     | ^
`,
		},
		{
			name: "a span that ends before it begins",
			diag: at("a.yaml", "abc"),
			edit: func(d *diag.Diagnostic) { d.Span.Start, d.Span.End = 2, -5 },
			want: `a.yaml:1:3: error[some-code]: something is wrong
   1 | abc
     |   ^
`,
		},
		{
			name: "the start of a long line",
			diag: at("a.yaml", "«key»: "+long),
			want: "a.yaml:1:1: error[some-code]: something is wrong\n   1 | key: " + long[:95] + "…\n     | ^^^\n",
		},
		{
			name: "the middle of a long line",
			diag: at("a.yaml", long+"«here»"+long),
			want: "a.yaml:1:30001: error[some-code]: something is wrong\n   1 | …" + long[:60] + "here" + long[:36] + "…\n     | " + strings.Repeat(" ", 61) + "^^^^\n",
		},
		{
			name: "the middle of a long line of wide characters",
			diag: at("a.yaml", strings.Repeat("海", 500)+"«康»"+strings.Repeat("海", 500)),
			want: "a.yaml:1:501: error[some-code]: something is wrong\n   1 | …" + strings.Repeat("海", 30) + "康" + strings.Repeat("海", 19) + "…\n     | " + strings.Repeat(" ", 61) + "^^\n",
		},
		{
			name: "a long span on a long line",
			diag: at("a.yaml", "«"+long+"»"),
			want: "a.yaml:1:1: error[some-code]: something is wrong\n   1 | " + long[:100] + "…\n     | " + strings.Repeat("^", 100) + "\n",
		},
		{
			name: "a line number of five digits",
			diag: at("a.csv", strings.Repeat("\n", 12344)+"«x»"),
			edit: func(d *diag.Diagnostic) {
				d.Hint = "one"
				d.Related = []diag.Related{{Span: programs.Span(0, 0), Message: "two"}}
			},
			want: `a.csv:12345:1: error[some-code]: something is wrong
12345 | x
      | ^ one
      = two (data/programs/us-ns-cmic.yaml:1)
`,
		},
		{
			name: "nothing that a terminal would obey",
			diag: at("data/\x1b[31m\u202e.yaml", "\x1b]0;x\a «a\u202eb» \x00\x7f\u0085"),
			edit: func(d *diag.Diagnostic) {
				d.Message, d.Hint = "text \x1b[2J\nof a\ttext \u2066x\xff", "\u200b hint\r"
				d.Related = []diag.Related{{Span: diag.Span{File: diag.NewFile("\x9b.yaml", nil)}, Message: "a\u2028b"}}
			},
			want: `data/<U+001B>[31m<U+202E>.yaml:1:8: error[some-code]: text <U+001B>[2J of a text <U+2066>x<FF>
   1 | <U+001B>]0;x<U+0007> a<U+202E>b <U+0000><U+007F><U+0085>
     |                      ^^^^^^^^^^ <U+200B> hint<U+000D>
     = a<U+2028>b (<9B>.yaml)
`,
		},
		{
			name: "damaged UTF-8",
			diag: at("a.yaml", "caf\xe9 «x»"),
			want: `a.yaml:1:6: error[some-code]: something is wrong
   1 | caf<E9> x
     |         ^
`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.edit != nil {
				c.edit(&c.diag)
			}
			var b strings.Builder
			if err := diag.Print(&b, []diag.Diagnostic{c.diag}, diag.Style{}); err != nil {
				t.Fatal(err)
			}
			if got := b.String(); got != c.want {
				t.Errorf("printed\n%s\nwant\n%s\n%q\n%q", got, c.want, got, c.want)
			}
		})
	}
}

func TestPrintInColour(t *testing.T) {
	d := at("a.yaml", "x: «1»")
	d.Hint = "mend"
	var b strings.Builder
	if err := diag.Print(&b, []diag.Diagnostic{d}, diag.Style{Color: true}); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[1ma.yaml:1:4\x1b[0m: \x1b[1;31merror[some-code]\x1b[0m: something is wrong\n   1 | x: 1\n     | \x1b[1;31m   ^\x1b[0m mend\n"
	if got := b.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestErrorString(t *testing.T) {
	d := at("a.yaml", "x: «1»")
	d.Hint = "mend\x1b it"
	if got, want := d.Error(), "a.yaml:1:4: error[some-code]: something is wrong; mend<U+001B> it"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (diag.Diagnostic{Code: "c", Message: "m", Severity: diag.Note}).Error(), "note[c]: m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
