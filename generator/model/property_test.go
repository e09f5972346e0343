package model_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// project makes up a valid project. A record is made anew from its id, the seed
// and its variant, so that one alone can be changed.
type project struct {
	seed    uint64
	variant func(id, audience string) int
}

func (p project) rand(id string, variant int) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d", id, variant)
	return rand.New(rand.NewPCG(p.seed, h.Sum64()))
}

// record is the common part of a record, and where its own part comes from.
func (p project) record(id string) (common string, own *rand.Rand) {
	fixed := p.rand(id, -1)
	audience := []string{"public", "public", "public", "team", "board"}[fixed.IntN(5)]
	common = fmt.Sprintf("id: %s, audience: %s", id, audience)
	if fixed.IntN(10) == 0 {
		common += ", draft: true"
	}
	if fixed.IntN(10) == 0 {
		common += ", embargo: 2023-06"
	}
	variant := 0
	if p.variant != nil {
		variant = p.variant(id, audience)
	}
	own = p.rand(id, variant)
	if own.IntN(4) == 0 {
		common += ", known: " + date(own)
	}
	if own.IntN(12) == 0 {
		common += ", revisions: [{date: " + date(own) + ", kind: withdrawn, reason: x}]"
	} else if n := own.IntN(4); n < 2 {
		common += fmt.Sprintf(", note: now %d, revisions: [{date: %s, kind: update, field: note, was: %d}, {date: %s, kind: %s, field: sources, was: [s%d]}]",
			own.IntN(100), date(own), own.IntN(100), date(own), []string{"update", "correction"}[n], own.IntN(5))
	}
	if own.IntN(2) == 0 {
		common += fmt.Sprintf(", sources: [s%d, {id: s%d, at: p. %d}]", own.IntN(5), own.IntN(5), own.IntN(100))
	}
	return common, own
}

func date(r *rand.Rand) string {
	y, m, d := 2015+r.IntN(9), 1+r.IntN(12), 1+r.IntN(28)
	switch r.IntN(4) {
	case 0:
		return fmt.Sprintf("%04d", y)
	case 1:
		return fmt.Sprintf("~%04d-%02d", y, m)
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

func entity(r *rand.Rand) string { return fmt.Sprintf("e%d", r.IntN(10)) }

// files are those of the project.
func (p project) files() []txtar.File {
	lists := map[string][]string{}
	add := func(kind, format string, args ...any) {
		lists[kind] = append(lists[kind], "- {"+fmt.Sprintf(format, args...)+"}\n")
	}
	for i := range 10 {
		c, r := p.record(fmt.Sprintf("e%d", i))
		add("entities", "%s, schema: Company, name: Name %d of e%d, parent: %s", c, r.IntN(1000), i, entity(r))
	}
	for i := range 3 {
		c, r := p.record(fmt.Sprintf("p%d", i))
		add("programs", "%s, key: P-%d, title: T%d, issuer: %s", c, i, r.IntN(100), entity(r))
	}
	for i := range 6 {
		c, r := p.record(fmt.Sprintf("m%d", i))
		add("measures", "%s, title: T%d, kind: listing, targets: [%s, %s], program: p%d, published: %s, ended: {date: %s, as: revoked}, amendments: [{date: %s, title: x}], challenges: [{court: C, date: %s}], exceptions: [{rule: date-order, reason: x}]",
			c, r.IntN(100), entity(r), entity(r), r.IntN(3), date(r), date(r), date(r), date(r))
	}
	for i := range 6 {
		c, r := p.record(fmt.Sprintf("v%d", i))
		add("events", "%s, title: T%d, kind: report, certainty: reported, date: %s, concerns: [%s], by: [%s]", c, r.IntN(100), date(r), entity(r), entity(r))
	}
	for i := range 5 {
		c, r := p.record(fmt.Sprintf("s%d", i))
		var inside []string
		for k := range 3 {
			c, r := p.record(fmt.Sprintf("t%d%d", i, k))
			inside = append(inside, fmt.Sprintf("{%s, kind: allegation, text: T%d, by: %s, against: [%s], reply: {asked: %s, outcome: answered, date: %s}, exceptions: [{rule: date-order, reason: x}]}",
				c, r.IntN(100), entity(r), entity(r), date(r), date(r)))
		}
		fc, fr := p.record(fmt.Sprintf("g%d", i))
		add("sources", "%s, title: T%d, published: %s, accessed: %s, entities: [%s], statements: [%s], figures: [{%s, metric: x, value: %d, unit: kg, entity: %s}], exceptions: [{rule: date-order, reason: x}]",
			c, r.IntN(100), date(r), date(r), entity(r), strings.Join(inside, ", "), fc, fr.IntN(100), entity(fr))
	}
	for i := range 6 {
		c, r := p.record(fmt.Sprintf("l%d", i))
		add("links", "%s, schema: UnknownLink, subject: e%d, object: e%d, start: %s, role: R%d", c, r.IntN(5), 5+r.IntN(5), date(r), r.IntN(100))
	}
	for i := range 6 {
		c, r := p.record(fmt.Sprintf("f%d", i))
		add("figures", "%s, metric: M%d, value: %d, unit: kg, entity: %s, date: %s", c, r.IntN(100), r.IntN(100), entity(r), date(r))
	}
	// Figures without ids, which get them by what they say.
	for i := range 6 {
		c, r := p.record(fmt.Sprintf("x%d", i))
		_, c, _ = strings.Cut(c, ", ")
		add("figures", "%s, metric: M%d, value: %d, unit: kg, entity: e0, date: 2020", c, r.IntN(2), r.IntN(100))
	}
	files := []txtar.File{{Name: "dossier.yaml", Data: []byte("title: X\naudiences: [public, team, board]\n")}}
	for kind, list := range lists {
		files = append(files, txtar.File{Name: "data/" + kind + "/all.yaml", Data: []byte(strings.Join(list, ""))})
	}
	return files
}

func (p project) build(t testing.TB) (*model.Report, model.Input) {
	t.Helper()
	in, found := input(t, p.files())
	r, more := model.Build(in)
	if found = append(found, more...); diag.Tally(found).Errors > 0 {
		var b strings.Builder
		diag.Print(&b, found, diag.Style{}) // into a string, which cannot fail
		t.Fatalf("seed %d has errors:\n%s", p.seed, b.String())
	}
	return r, in
}

// dump writes everything a view holds, but for places in files.
func dump(v any) string {
	var b strings.Builder
	seen := map[uintptr]bool{}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if v.IsNil() {
				b.WriteString("nil")
				return
			}
			if v.Kind() == reflect.Pointer {
				if seen[v.Pointer()] {
					fmt.Fprintf(&b, "(%s again)", v.Elem().Type())
					return
				}
				seen[v.Pointer()] = true
			}
			walk(v.Elem())
		case reflect.Struct:
			t := v.Type()
			if t == reflect.TypeFor[diag.Span]() || t == reflect.TypeFor[model.Doc]() {
				return
			}
			b.WriteString(t.Name() + "{")
			for i := range t.NumField() {
				if t == reflect.TypeFor[model.Node]() && (t.Field(i).Name == "Start" || t.Field(i).Name == "End") {
					continue
				}
				b.WriteString(t.Field(i).Name + ":")
				walk(v.Field(i))
				b.WriteString(" ")
			}
			b.WriteString("}\n")
		case reflect.Slice:
			b.WriteString("[")
			for i := range v.Len() {
				walk(v.Index(i))
				b.WriteString(",")
			}
			b.WriteString("]")
		case reflect.Map:
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
			for _, k := range keys {
				b.WriteString(k.String() + "=")
				walk(v.MapIndex(k))
			}
		default:
			fmt.Fprintf(&b, "%v", v)
		}
	}
	walk(reflect.ValueOf(v))
	return b.String()
}

// days are some on which to look.
func days(r *rand.Rand, n int) []model.Day {
	out := make([]model.Day, n)
	for i := range out {
		out[i] = model.NewDay(2014, 1, 1) + model.Day(r.IntN(365*11))
	}
	slices.Sort(out)
	return out
}

const seedsTried = 10

// TestMonotone: what was known on one day is known on every later one, unless
// it was withdrawn.
func TestMonotone(t *testing.T) {
	for seed := range uint64(seedsTried) {
		r, _ := project{seed: seed}.build(t)
		for _, audience := range []string{"public", "team", "board"} {
			var before []string
			var beforeDay model.Day
			for _, d := range days(rand.New(rand.NewPCG(seed, 1)), 12) {
				now := held(view(t, r, "2026-01-01", d.String(), audience))
				for _, id := range before {
					if !slices.Contains(now, id) && !slices.Contains(now, "withdrawn "+id) {
						t.Fatalf("seed %d, %s: %s is there on %s, but not on %s", seed, audience, id, beforeDay, d)
					}
				}
				before, beforeDay = now, d
			}
			now := held(view(t, r, "2026-01-01", "", audience))
			for _, id := range before {
				if !slices.Contains(now, id) {
					t.Fatalf("seed %d, %s: %s is there on %s, but not today", seed, audience, id, beforeDay)
				}
			}
		}
	}
}

// TestNothingLeaks: changing records that an audience does not see changes
// nothing in its views.
func TestNothingLeaks(t *testing.T) {
	rank := map[string]int{"public": 0, "team": 1, "board": 2}
	for seed := range uint64(seedsTried) {
		r, _ := project{seed: seed}.build(t)
		for audience, n := range rank {
			changed, _ := project{seed: seed, variant: func(_, a string) int { return b2i(rank[a] > n) }}.build(t)
			if audience == "public" && r.Date() != changed.Date() {
				t.Errorf("seed %d: the report's day moves from %s to %s", seed, r.Date(), changed.Date())
			}
			for _, d := range append(days(rand.New(rand.NewPCG(seed, 2)), 6), 0) {
				a, b := dump(view(t, r, "2026-01-01", d.String(), audience)), dump(view(t, changed, "2026-01-01", d.String(), audience))
				if a != b {
					t.Fatalf("seed %d, %s as of %s: %s", seed, audience, d, difference(a, b))
				}
			}
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-200)
	return fmt.Sprintf("\n%s\n--- but\n%s", a[from:min(len(a), i+200)], b[from:min(len(b), i+200)])
}

// TestOrder: a report does not depend on the order of its input, and building
// it does not change the input.
func TestOrder(t *testing.T) {
	for seed := range uint64(seedsTried) {
		r, in := project{seed: seed}.build(t)
		_, wrong := model.Build(broken(in))
		want := dump(r.Whole())
		rng := rand.New(rand.NewPCG(seed, 3))
		for range 3 {
			in.Docs = slices.Clone(in.Docs)
			rng.Shuffle(len(in.Docs), func(i, j int) { in.Docs[i], in.Docs[j] = in.Docs[j], in.Docs[i] })
			order := make([]int, len(in.Docs))
			for i := range in.Docs {
				order[i] = in.Docs[i].Root.Start
			}
			again, _ := model.Build(in)
			if got := dump(again.Whole()); got != want {
				t.Fatalf("seed %d: %s", seed, difference(want, got))
			}
			for i := range in.Docs {
				if in.Docs[i].Root.Start != order[i] {
					t.Fatal("Build sorts its input")
				}
			}
			if _, got := model.Build(broken(in)); !slices.EqualFunc(got, wrong, func(a, b diag.Diagnostic) bool { return a.Error() == b.Error() && a.Path == b.Path }) {
				t.Fatalf("seed %d: the findings depend on the order:\n%v\n%v", seed, wrong, got)
			}
		}
	}
}

// broken is the same input without its entities.
func broken(in model.Input) model.Input {
	in.Docs = slices.DeleteFunc(slices.Clone(in.Docs), func(d model.Doc) bool { return d.Kind == model.KindEntity })
	return in
}

// TestConcurrentViews is for the race detector.
func TestConcurrentViews(t *testing.T) {
	r, _ := project{seed: 4}.build(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for _, d := range days(rand.New(rand.NewPCG(uint64(i), 5)), 5) {
				view(t, r, "2026-01-01", d.String(), []string{"", "team", "board"}[i%3])
				view(t, r, "2026-01-01", "", "team")
				r.References()
			}
		})
	}
	wg.Wait()
}

// TestViewsAreApart: a view is not changed by making another.
func TestViewsAreApart(t *testing.T) {
	r, _ := project{seed: 6}.build(t)
	v := view(t, r, "2026-01-01", "2020-01-01", "")
	whole := view(t, r, "2026-01-01", "", "")
	a, b := dump(v), dump(whole)
	for _, d := range days(rand.New(rand.NewPCG(1, 7)), 20) {
		view(t, r, "2026-01-01", d.String(), "board")
	}
	if dump(v) != a || dump(whole) != b {
		t.Error("a view has changed")
	}
}
