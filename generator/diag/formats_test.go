package diag_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

func TestJSON(t *testing.T) {
	d := at("data/a.yaml", "a: 1\nb: «海»\n")
	d.Path, d.Hint = "b[0]", `<b> & "c"`
	d.Related = []diag.Related{{Span: d.Span, Message: "here too"}, {Span: diag.Span{File: diag.NewFile("x.csv", nil)}}}
	odd := diag.Diagnostic{Severity: diag.Warning, Code: "other", Message: "a\x1b\u202e\U000e0041\u0085\u2028\xff"}
	off := diag.Diagnostic{Severity: diag.Off, Code: "silent"}
	var b strings.Builder
	if err := diag.JSON(&b, []diag.Diagnostic{d, odd, off}); err != nil {
		t.Fatal(err)
	}
	want := `{
  "diagnostics": [
    {
      "severity": "error",
      "code": "some-code",
      "file": "data/a.yaml",
      "line": 2,
      "column": 4,
      "endLine": 2,
      "endColumn": 5,
      "message": "something is wrong",
      "path": "b[0]",
      "hint": "<b> & \"c\"",
      "related": [
        {
          "file": "data/a.yaml",
          "line": 2,
          "column": 4,
          "endLine": 2,
          "endColumn": 5,
          "message": "here too"
        },
        {
          "file": "x.csv"
        }
      ]
    },
    {
      "severity": "warning",
      "code": "other",
      "message": "a\u001b\u202e\udb40\udc41\u0085\u2028\ufffd"
    }
  ],
  "errors": 1,
  "warnings": 1,
  "notes": 0
}
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	var back struct{ Diagnostics []struct{ Message string } }
	if err := json.Unmarshal([]byte(b.String()), &back); err != nil {
		t.Fatal(err)
	}
	if got, want := back.Diagnostics[1].Message, "a\x1b\u202e\U000e0041\u0085\u2028\ufffd"; got != want {
		t.Errorf("read back %q, want %q", got, want)
	}
}

func TestJSONOfNothing(t *testing.T) {
	var b strings.Builder
	if err := diag.JSON(&b, nil); err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"diagnostics\": [],\n  \"errors\": 0,\n  \"warnings\": 0,\n  \"notes\": 0\n}\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestGitHub(t *testing.T) {
	d := at("data/a,b:c%.yaml", "x: «12»\n")
	d.Message, d.Hint = "100 % wrong\nin two lines: ::error::x", "mend it"
	d.Related = []diag.Related{{Span: d.Span, Message: "see here"}}
	lines := at("a.yaml", "x: «1\n2»\n")
	lines.Severity = diag.Warning
	file := diag.Diagnostic{Severity: diag.Note, Code: "crlf", Message: "m", Span: diag.Span{File: diag.NewFile("a.yaml", nil)}}
	nowhere := diag.Diagnostic{Code: "c", Message: "m"}
	off := diag.Diagnostic{Severity: diag.Off, Code: "silent"}
	var b strings.Builder
	if err := diag.GitHub(&b, []diag.Diagnostic{d, lines, file, nowhere, off}); err != nil {
		t.Fatal(err)
	}
	want := `::error file=data/a%2Cb%3Ac%25.yaml,line=1,col=4,endColumn=6,title=some-code::100 %25 wrong in two lines: ::error::x%0Amend it%0Asee here (data/a,b:c%25.yaml:1)
::warning file=a.yaml,line=1,col=4,title=some-code::something is wrong
::notice file=a.yaml,title=crlf::m
::error title=c::m
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
