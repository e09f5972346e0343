package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// TestFields sees to it that every field is described, and once.
func TestFields(t *testing.T) {
	var kinds []string
	for _, k := range append(model.Kinds(), model.KindStatement) {
		kinds = append(kinds, string(k))
	}
	var check func(path string, fields []model.FieldDoc)
	check = func(path string, fields []model.FieldDoc) {
		seen := map[string]bool{}
		for _, f := range fields {
			at := path + "." + f.Name
			if strings.TrimSpace(f.Doc) == "" || seen[f.Name] {
				t.Errorf("%s is not described, or twice", at)
			}
			seen[f.Name] = true
			for _, r := range f.Refs {
				if !slices.Contains(kinds, r) {
					t.Errorf("%s may name records of kind %q, which does not exist", at, r)
				}
			}
			// Every word is named in the description, unless the list is long.
			for _, v := range f.Values {
				if len(f.Values) < 5 && !strings.Contains(f.Doc, v) {
					t.Errorf("%s does not name %q", at, v)
				}
			}
			check(at, f.Fields)
		}
	}
	for _, k := range append(model.Kinds(), model.KindStatement) {
		fields := model.Fields(k)
		check(string(k), fields)
		if k.Singular() == "" || strings.HasSuffix(k.Singular(), "ies") && k != model.KindSeries {
			t.Errorf("one of %s is called %q", k, k.Singular())
		}
		common := slices.IndexFunc(fields, func(f model.FieldDoc) bool { return f.Common })
		if common < 0 || slices.ContainsFunc(fields[common:], func(f model.FieldDoc) bool { return !f.Common }) {
			t.Errorf("the common fields of %s do not come last", k)
		}
	}
	check("settings", model.SettingsFields())
}

func TestMarkdowns(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
-- data/sources/s.yaml --
title: S
note: one
body: {en: two, fr: deux}
statements:
  - {kind: allegation, text: three, quote: no Markdown, note: four, reply: {asked: 2022, outcome: answered, text: five}}
figures:
  - {metric: m, value: 1, unit: kg, note: six}
revisions: [{date: 2022, kind: update, field: body, was: before}]
`)
	s := r.Whole().Source("s")
	for _, c := range []struct {
		item model.Item
		want string
	}{
		{s, "note=one body=two"}, {s.Statements[0], "note=four text=three reply.text=five"}, {s.Figures[0], "note=six"},
	} {
		var got []string
		for _, f := range model.Markdowns(c.item) {
			got = append(got, f.Path+"="+model.Text(f.Text).String())
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("got %s, want %s", s, c.want)
		}
	}
}
