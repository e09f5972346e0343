package model_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// TestJudge shows to which record a finding belongs, by what excuses it.
func TestJudge(t *testing.T) {
	text := `
-- dossier.yaml --
title: X
rules:
  lowered: {severity: note, reason: x}
  silenced: {severity: "off", reason: x}
-- data/events/list.yaml --
- {id: a, title: A, kind: report, certainty: reported, date: 2022, exceptions: [{rule: style, reason: x}]}
- id: b
  title: B
  kind: report
  certainty: reported
  date: 2022
-- data/events/alone.yaml --
# a comment
title: C
kind: report
certainty: reported
date: 2022
exceptions: [{rule: style, reason: x}]
-- content/news/n.md --
---
title: N
statements:
  - {id: first, kind: report, text: one, exceptions: [{rule: style, reason: x}]}
  - {id: second, kind: report, text: two}
  - id: third
    kind: report
    text: three
    exceptions: [{rule: never, reason: x}]
published: 2022
exceptions: [{rule: whole, reason: x}]
---
Body.
`
	in, _ := input(t, txtar.Parse([]byte(text)).Files)
	for _, code := range []string{"style", "whole", "never", "lowered", "silenced"} {
		in.Rules = append(in.Rules, diag.Rule{Code: code, Severity: diag.Warning, Summary: code})
	}
	in.Rules = append(in.Rules, diag.Rule{Code: "unused-exception", Severity: diag.Warning})
	r, found := model.Build(in)
	if len(found) > 0 {
		t.Fatal(found)
	}
	files := map[string]*diag.File{}
	for _, d := range in.Docs {
		files[d.File.Name()] = d.File
	}
	at := func(file, word string) diag.Span {
		f := files[file]
		i := strings.Index(string(f.Text()), word)
		if i < 0 {
			t.Fatalf("no %q in %s", word, file)
		}
		return f.Span(i, i+1)
	}
	for _, c := range []struct {
		code, file, word string
		want             string // severity, or excused
	}{
		{"style", "data/events/list.yaml", "id: a", "excused"},
		{"style", "data/events/list.yaml", "title: B", "warning"},
		{"style", "data/events/alone.yaml", "# a comment", "excused"},
		{"style", "data/events/alone.yaml", "date", "excused"},
		{"style", "content/news/n.md", "text: one", "excused"},
		{"style", "content/news/n.md", "text: two", "warning"}, // not by the statement before it
		{"style", "content/news/n.md", "text: three", "warning"},
		{"style", "content/news/n.md", "published", "warning"}, // not by the last statement
		{"style", "content/news/n.md", "Body", "warning"},
		{"whole", "content/news/n.md", "text: two", "excused"}, // by the source it stands in
		{"whole", "content/news/n.md", "Body", "excused"},
		{"lowered", "data/events/list.yaml", "title: B", "note"},
		{"silenced", "data/events/list.yaml", "title: B", "off"},
		{"not-a-rule", "data/events/list.yaml", "title: B", "error"},
	} {
		got := "excused"
		if out := r.Judge([]diag.Diagnostic{{Code: c.code, Span: at(c.file, c.word)}}); len(out) == 1 {
			got = out[0].Severity.String()
		}
		if got != c.want {
			t.Errorf("%s at %q is %s, want %s", c.code, c.word, got, c.want)
		}
	}
	var b strings.Builder
	if err := diag.Print(&b, diag.Sort(r.Judge(r.UnusedExceptions())), diag.Style{}); err != nil {
		t.Fatal(err)
	}
	want := `content/news/n.md:9:18: warning[unused-exception]: nothing here breaks the rule "never" any more
   9 |     exceptions: [{rule: never, reason: x}]
     |                  ^^^^^^^^^^^^^^^^^^^^^^^^ delete it
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
