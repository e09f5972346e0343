package digest

import (
	"errors"
	"html/template"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

type leaf struct {
	A string
	B int
}

type tree struct{ leaf2 }

type leaf2 struct{ X, Y string }

// TestDifferent holds many values that differ in one thing each: their hashes
// do too, and each is that of an equal value made anew.
func TestDifferent(t *testing.T) {
	day := time.Date(2022, 5, 4, 0, 0, 0, 0, time.UTC)
	make := func() []any {
		return []any{
			nil, "", "a", template.HTML("a"), 0, 1, -1, uint(1), int64(1), 1.0, math.Copysign(0, -1), 0.0, true, false,
			[]string(nil), []string{""}, []string{"", ""}, []string{"a", "b"}, []string{"ab"}, []any{"a", "b"}, []any{[]any{"a"}, "b"}, []any{[]any{"a", "b"}},
			[]byte("a"), [1]int{1}, [2]int{1, 0}, map[string]any{}, map[string]any{"a": nil}, map[string]any{"a": ""}, map[string]any{"a": "b"}, map[string]any{"b": "a"},
			map[string]any{"a": map[string]any{"b": 1}}, map[string]any{"a": map[string]any{}, "b": 1}, map[string]string{"a": "b"}, map[int]string{1: "b"},
			leaf{}, leaf{A: "a"}, leaf{B: 1}, &leaf{B: 1}, leaf2{X: "a"}, leaf2{Y: "a"}, day, day.Add(1), day.In(time.FixedZone("x", 0)),
			tree{},
		}
	}
	plans := &Plans{Shared: []reflect.Type{reflect.TypeFor[*leaf]()}}
	seen := map[Sum]int{}
	one, two := make(), make()
	a, b := plans.Hasher(0), plans.Hasher(1000)
	for i := range one {
		if _, isTree := one[i].(tree); isTree {
			if _, err := a.Sum("", one[i]); err == nil {
				t.Errorf("%#v has a hash, with an unexported field", one[i])
			}
			continue
		}
		sum, err := a.Sum("", one[i])
		if err != nil {
			t.Errorf("%#v: %v", one[i], err)
		}
		if again, err := b.Sum("", two[i]); err != nil || again != sum {
			t.Errorf("%#v has two hashes (%v)", one[i], err)
		}
		if j, ok := seen[sum]; ok {
			t.Errorf("%#v and %#v have the same hash", one[i], one[j])
		}
		seen[sum] = i
	}
	x, _ := a.Sum("x", "a")
	y, _ := a.Sum("y", "a")
	z, _ := a.Sum("xa")
	if x == y || x == z {
		t.Error("the label makes no difference")
	}
}

// Open is like a page description: exported down to the last field.
type Open struct {
	Leaf
	Name  string
	Many  []Leaf
	Next  *Open
	Any   any
	Table map[string]Leaf
	Share *Leaf
}

// Leaf is a part of it.
type Leaf struct {
	A string
	B []string
}

func TestRecords(t *testing.T) {
	plans := &Plans{Shared: []reflect.Type{reflect.TypeFor[*Leaf]()}}
	h := plans.Hasher(0)
	seen := map[Sum]int{}
	for i, v := range []Open{
		{}, {Name: "a"}, {Leaf: Leaf{A: "a"}}, {Leaf: Leaf{B: []string{"a"}}}, {Leaf: Leaf{B: []string{"a", ""}}}, {Many: []Leaf{{}}}, {Many: []Leaf{{A: "a"}}},
		{Next: &Open{}}, {Next: &Open{Name: "a"}}, {Next: &Open{Next: &Open{}}}, {Any: Leaf{}}, {Any: &Leaf{}}, {Any: []any{}},
		{Table: map[string]Leaf{"a": {}}}, {Table: map[string]Leaf{"a": {}, "b": {}}}, {Share: &Leaf{}}, {Share: &Leaf{A: "a"}},
	} {
		for range 2 {
			sum, err := h.Sum("", &v)
			if j, ok := seen[sum]; err != nil || ok && i != j {
				t.Errorf("number %d has the hash of number %d (%v)", i, j, err)
			}
			seen[sum] = i
		}
	}
}

func TestRefused(t *testing.T) {
	plans := &Plans{}
	h := plans.Hasher(100)
	loop := map[string]any{}
	loop["a"] = loop
	ring := &Open{}
	ring.Next = ring
	for name, v := range map[string]any{
		"function": func() {}, "channel": make(chan int), "inside": map[string]any{"a": func() {}}, "in a list": []any{1, func() {}}, "hidden": struct{ a int }{1},
		"large": strings.Repeat("a", 101), "a large list": make([]int, 200), "a loop": loop, "a ring": ring, "many keys": many(200),
	} {
		_, err := h.Sum("", v)
		if err == nil {
			t.Errorf("%s has a hash", name)
		}
		large := strings.HasPrefix(name, "a ") || name == "large" || name == "many keys"
		if large != errors.Is(err, ErrLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := h.Sum("", "fine"); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
	}
	if err := plans.Check(reflect.TypeFor[func()]()); err == nil || !strings.Contains(err.Error(), "no plain data") {
		t.Error(err)
	}
	if err := plans.Check(reflect.TypeFor[Open]()); err != nil {
		t.Error(err)
	}
}

func many(n int) map[string]any {
	m := map[string]any{}
	for i := range n {
		m[strings.Repeat("k", i)] = i
	}
	return m
}

func TestRepeatedly(t *testing.T) {
	plans := &Plans{}
	first, err := plans.Hasher(0).Sum("", many(100))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 { // the order of a map is another each time
		if again, _ := plans.Hasher(0).Sum("", many(100)); again != first {
			t.Fatal("the same map has two hashes")
		}
	}
}

type hidden struct {
	Shown string
	own   string
	At    place
}

type place struct{ line int }

// Unexported fields count only where they are asked for, and skipped types never.
func TestHiddenAndSkipped(t *testing.T) {
	if err := new(Plans).Check(reflect.TypeFor[hidden]()); err == nil {
		t.Error("an unexported field is taken unasked")
	}
	p := &Plans{Hidden: true, Skip: []reflect.Type{reflect.TypeFor[place]()}}
	sum := func(v hidden) Sum {
		s, err := p.Hasher(0).Sum("", v)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	base := sum(hidden{"a", "b", place{1}})
	if sum(hidden{"a", "c", place{1}}) == base || sum(hidden{"c", "b", place{1}}) == base {
		t.Error("a field counts for nothing")
	}
	if sum(hidden{"a", "b", place{2}}) != base {
		t.Error("a skipped type counts")
	}
	if sum(hidden{"", "", place{1}}) != sum(hidden{}) {
		t.Error("a structure that is empty but for what is skipped counts as another")
	}
}
