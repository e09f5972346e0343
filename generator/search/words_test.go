package search

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"unicode"
)

// wordCase is a text with its words; Query is left out where it is the same.
type wordCase struct {
	Text  string
	Words []string
	Query []string
}

func wordCases(t testing.TB) []wordCase {
	t.Helper()
	var cases []wordCase
	text, err := os.ReadFile("testdata/words.json")
	if err == nil {
		err = json.Unmarshal(text, &cases)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		if cases[i].Query == nil {
			cases[i].Query = cases[i].Words
		}
	}
	return cases
}

func TestWords(t *testing.T) {
	for _, c := range wordCases(t) {
		if got := Words(c.Text); !slices.Equal(got, c.Words) {
			t.Errorf("%q\n got %q\nwant %q", c.Text, got, c.Words)
		}
		if got := QueryWords(c.Text); !slices.Equal(got, c.Query) {
			t.Errorf("%q, as a query\n got %q\nwant %q", c.Text, got, c.Query)
		}
	}
}

// The script that runs in a browser makes the same words.
func TestWordsInScript(t *testing.T) {
	type pair struct{ Words, Query []string }
	cases := wordCases(t)
	var texts []string
	for _, c := range cases {
		texts = append(texts, c.Text)
	}
	var got []pair
	node(t, `({words: Dossier.search.words, query: Dossier.search.queryWords})`,
		`input.map(text => ({Words: api.words(text), Query: api.query(text)}))`, texts, &got)
	for i, c := range cases {
		if !slices.Equal(got[i].Words, c.Words) || !slices.Equal(got[i].Query, c.Query) {
			t.Errorf("%q\n got %q, %q\nwant %q, %q", c.Text, got[i].Words, got[i].Query, c.Words, c.Query)
		}
	}
}

// Every character gives the same in both, alone, within a word and twice. A
// character that is newer than Go's tables is left out.
func TestEveryCharacterInScript(t *testing.T) {
	var texts []string
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r <= 0xdfff || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cf, unicode.Cc) {
			continue
		}
		texts = append(texts, "a"+string(r)+"b "+string(r)+string(r)+" X"+string(r))
	}
	var got [][]string
	node(t, `Dossier.search.words`, `input.map(text => api(text))`, texts, &got)
	bad := 0
	for i, text := range texts {
		if want := Words(text); !slices.Equal(got[i], want) {
			if bad++; bad <= 20 {
				t.Errorf("%+q\n got %+q\nwant %+q", text, got[i], want)
			}
		}
	}
	if len(texts) < 100_000 || bad > 0 {
		t.Errorf("%d of %d differ", bad, len(texts))
	}
}

func FuzzWords(f *testing.F) {
	for _, c := range wordCases(f) {
		f.Add(c.Text)
	}
	f.Add("\xff\xfe\x00")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range append(Words(text), QueryWords(text)...) {
			if w == "" || len([]rune(w)) > longest {
				t.Fatalf("%q gives the word %q", text, w)
			}
		}
	})
}
