package search

import (
	"encoding/json"
	"os"
	"testing"
)

// asked is a query of testdata/queries.json, with the path of the first result
// that a reader expects; empty when nothing is to be found.
type asked struct{ Query, First string }

func askedQueries(t testing.TB) []asked {
	t.Helper()
	var list []asked
	text, err := os.ReadFile("testdata/queries.json")
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// What readers look for in the example report comes first.
func TestFirstResults(t *testing.T) {
	list := askedQueries(t)
	var queries []string
	for _, q := range list {
		queries = append(queries, q.Query)
	}
	f := build(t, Options{Word: word}, examplePages(t))
	for i, got := range ask(t, f, "en", queries, 3) {
		switch {
		case list[i].First == "" && len(got) > 0:
			t.Errorf("%q leads to %+v", list[i].Query, got)
		case list[i].First != "" && (len(got) == 0 || got[0].Path != list[i].First):
			t.Errorf("%q leads to %+v, not %s", list[i].Query, got, list[i].First)
		}
	}
}
