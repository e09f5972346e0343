package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/page"
)

// TestPure says of partials whether their results may be remembered.
func TestPure(t *testing.T) {
	partials := map[string]string{
		"plain":         `{{ .Href }}{{ with .Lang }} lang="{{ . }}"{{ else }}{{ T "x" (dict "N" 1) }}{{ end }}`,
		"calls":         `{{ range $i, $x := . }}{{ partial "plain.html" $x }}{{ end }}{{ $t := partial "plain.html" . | safeHTML }}{{ return $t }}`,
		"chain":         `{{ strings.FirstUpper (time.Format "2006" .Time) }}{{ site.Language.Lang }}{{ (partial "plain.html" .).x }}`,
		"cached":        `{{ partialCached "plain.html" . .Href }}`,
		"page":          `{{ page.Params.dossierpath }}`,
		"page-inside":   `{{ if .A }}{{ with (slice (page.Title)) }}x{{ end }}{{ end }}`,
		"page-argument": `{{ print page }}`,
		"calls-page":    `{{ partial "page.html" . }}`,
		"far":           `{{ partial "calls-page.html" . }}`,
		"variable":      `{{ $n := "page.html" }}{{ partial $n . }}`,
		"piped":         `{{ "page.html" | partial }}`,
		"store":         `{{ hugo.Store.Set "x" 1 }}`,
		"site":          `{{ site.Store.Get "x" }}{{ site.Params.dossier }}`,
		"warns":         `{{ warnf "x" }}`,
		"publishes":     `{{ (resources.Get "css/a.css").RelPermalink }}`,
		"scratch":       `{{ $s := newScratch }}`,
		"by-name":       `{{ apply . "partial" "page.html" }}`,
		"unknown":       `{{ shuffle . }}`,
		"defines":       `{{ define "x" }}{{ end }}{{ .A }}`,
		"template":      `{{ template "x" . }}`,
		"itself":        `{{ if . }}{{ partial "itself.html" false }}{{ end }}`,
		"gone":          `{{ partial "nowhere.html" . }}`,
		"variant":       `{{ .A }}`,
		"variant.fr":    `{{ .B }}`,
		"sub/deep":      `{{ .A }}`,
	}
	theme := files{}
	for name, text := range partials {
		theme["layouts/_partials/"+name+".html"] = text
	}
	theme["layouts/partials/old.html"] = "{{ .A }}"
	r := renderer{opts: Options{Theme: theme.fs()}}
	r.load()
	var got []string
	for name, pure := range r.pure() {
		if pure {
			got = append(got, strings.TrimSuffix(name, ".html"))
		}
	}
	slices.Sort(got)
	want := []string{"cached", "calls", "chain", "itself", "old", "plain", "sub/deep"}
	if !slices.Equal(got, want) {
		t.Errorf("pure %v\nwant %v", got, want)
	}
}

// TestMemo renders pages whose partials are called with the same values, with
// other ones, and where the page itself makes a difference.
func TestMemo(t *testing.T) {
	theme := tiny.with(files{
		"layouts/entity.html": `{{ define "main" }}{{ $p := partial "page.html" . }}
{{ range seq 40 }}{{ partial "value.html" (dict "a" (mod . 3) "b" (dict "c" (string (mod . 2)))) }}{{ end }}
{{ partial "value.html" (dict "a" 1 "b" (slice 1)) }}{{ partial "value.html" (dict "a" "1" "b" nil) }}{{ partial "value.html" (dict "a" (safeHTML "<b>") "b" "") }}{{ partial "value.html" (dict "a" "<b>" "b" "") }}
{{ partial "who.html" 1 }} {{ partial "name.html" $p.Entity }} {{ partial "list.html" 1 }} {{ T "items" 1 }} {{ T "items" 2 }} {{ T "hello" }}
{{ end }}`,
		"layouts/_partials/value.html": `[{{ printf "%T" .a }} {{ .a }} {{ .b }}]`,
		"layouts/_partials/who.html":   `{{ page.Params.dossierpath }}`,
		"layouts/_partials/name.html":  `{{ .Name.Value }}`,
		"layouts/_partials/list.html":  `{{ return slice 1 2 }}`,
	})
	var pages []*page.Page
	for i := range 30 {
		p := entity(fmt.Sprintf("e%d", i), fmt.Sprintf("Entity %d", i/2))
		if i%3 == 0 {
			p = french(p)
		}
		pages = append(pages, p)
	}
	opts := Options{Theme: theme.fs(), BatchSize: 7}
	together, found := run(t, opts, pages...)
	clean(t, found)
	alone := map[string]string{}
	for _, p := range pages { // with nothing to remember from another page
		out, found := run(t, opts, p)
		clean(t, found)
		maps.Copy(alone, out)
	}
	same(t, together, alone)
	text := together["entities/e1.html"]
	for _, part := range []string{"[int64 1 map[c:1]]", "[int 1 [1]]", "[string 1 ]", "[template.HTML <b> ]", "[string &lt;b&gt; ]", "entities/e1.html Entity 0 [1 2]"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in %s", part, text)
		}
	}
}

// TestMemoForgets fills a memo with more than it holds.
func TestMemoForgets(t *testing.T) {
	m := newMemo(nil)
	made := 0
	recall := func(n int) {
		out, err := m.recall("x", []any{n}, func() (any, error) { made++; return strings.Repeat(fmt.Sprint(n%10), 1<<20), nil })
		if err != nil || out.(string)[0] != byte('0'+n%10) {
			t.Fatal(n, err)
		}
	}
	for n := range 100 {
		recall(n)
		recall(n)
	}
	if made != 100 {
		t.Errorf("made %d times", made)
	}
	if n := len(m.young) + len(m.old); n > 40 {
		t.Errorf("%d results are kept", n)
	}
	recall(0)
	if made != 101 {
		t.Error("what was forgotten was not made again")
	}
	recall(0)
	if made != 101 {
		t.Error("what was made again is not remembered")
	}
}
