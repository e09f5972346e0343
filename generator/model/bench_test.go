package model_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// large is a project of so many entities, 2,000 measures and as many news items
// as measures, each with two statements.
func large(b *testing.B, entities int) model.Input {
	b.Helper()
	const measures = 2000
	var e, m, s strings.Builder
	for i := range entities {
		fmt.Fprintf(&e, "- id: e%d\n  schema: Company\n  name: Company number %d of Hangzhou\n  native: [{text: 杭州公司%d, lang: zh}]\n  aliases: [Firm %d, Works %d]\n  country: cn\n  identifiers: {wikidata: Q%d}\n  sources: [s%d]\n  summary: |\n    It makes cameras, see [[e%d]].\n", i, i, i, i, i, i+1, i%measures, (i+1)%entities)
	}
	for i := range measures {
		fmt.Fprintf(&m, "- id: m%d\n  title: Measure %d\n  kind: listing\n  targets: [e%d, e%d, e%d]\n  authority: e%d\n  announced: 2020-01-%02d\n  effective: 2020-02\n  citations: [85 FR %d]\n  sources: [{id: s%d, at: p. 5}]\n  amendments: [{date: 2021-05-04}]\n  revisions: [{date: 2022-05-04, kind: update, field: title, was: Before}]\n",
			i, i, i%entities, (i*7)%entities, (i*31)%entities, i%entities, 1+i%28, i, i)
		fmt.Fprintf(&s, "- id: s%d\n  title: News %d\n  publisher: P\n  published: 2020-03-%02d\n  url: https://example.org/%d\n  entities: [e%d]\n  statements:\n    - {kind: allegation, by: A Person, text: They did it., against: [e%d]}\n    - {kind: denial, by: e%d, text: We did not., answers: [s%d-s1]}\n",
			i, i, 1+i%28, i, i%entities, i%entities, i%entities, i)
	}
	in, found := input(b, []txtar.File{
		{Name: "dossier.yaml", Data: []byte("title: X\n")},
		{Name: "data/entities/all.yaml", Data: []byte(e.String())},
		{Name: "data/measures/all.yaml", Data: []byte(m.String())},
		{Name: "data/sources/all.yaml", Data: []byte(s.String())},
	})
	_, more := model.Build(in)
	if found = append(found, more...); len(found) > 0 {
		b.Fatalf("%d findings, the first %v", len(found), found[0])
	}
	return in
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := large(b, n)
			b.ReportAllocs()
			for b.Loop() {
				model.Build(in)
			}
		})
	}
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		in := large(b, n)
		r, _ := model.Build(in)
		for _, c := range []struct {
			name string
			asOf model.Day
		}{{"today", 0}, {"past", model.NewDay(2021, 1, 1)}} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := r.View(model.ViewOptions{Date: model.NewDay(2023, 1, 1), AsOf: c.asOf}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkBrokenReferences is a report in which every reference leads nowhere.
func BenchmarkBrokenReferences(b *testing.B) {
	in := broken(large(b, 10000))
	b.ReportAllocs()
	for b.Loop() {
		if _, found := model.Build(in); diag.Tally(found).Errors < 2000 {
			b.Fatal("too little is found")
		}
	}
}
