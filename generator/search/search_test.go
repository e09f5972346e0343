package search

import (
	"bytes"
	"errors"
	"html/template"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/page"
)

// plainPage is a page of a made-up report.
func plainPage(lang, path string) *page.Page {
	p := &page.Page{Path: path, Lang: lang, Find: page.Link{Href: "search.html"}}
	p.LangRoot = strings.Repeat("../", strings.Count(path, "/"))
	p.Root = p.LangRoot
	if lang != "en" {
		p.LangRoot = strings.TrimPrefix(p.LangRoot, "../")
	}
	return p
}

func entityPage(id, name string, names ...page.Name) *page.Page {
	p := plainPage("en", "entities/"+id+".html")
	p.Entity = &page.Entity{Name: page.Text{Value: name}, Short: page.Text{Value: name}, Names: names}
	return p
}

func prosePage(lang, path, title, text string) *page.Page {
	p := plainPage(lang, path)
	p.Title = page.Text{Value: title}
	p.Prose = &page.Prose{Body: page.HTML{HTML: template.HTML(text)}}
	return p
}

func alias(kind, name string) page.Name { return page.Name{Text: page.Text{Value: name}, Kind: kind} }

// paths asks an index in English, and gives where the results lead.
func paths(t *testing.T, f files, queries ...string) [][]string {
	t.Helper()
	var out [][]string
	for _, results := range ask(t, f, "en", queries, 100) {
		list := []string{}
		for _, r := range results {
			list = append(list, strings.TrimSuffix(filepath.Base(r.Path), ".html"))
		}
		out = append(out, list)
	}
	return out
}

func checkPaths(t *testing.T, pages []*page.Page, want map[string]string) {
	t.Helper()
	queries := slices.Sorted(maps.Keys(want))
	for i, got := range paths(t, build(t, Options{}, slices.Values(pages)), queries...) {
		if q := queries[i]; strings.Join(got, " ") != want[q] {
			t.Errorf("%q finds %q, not %q", q, got, want[q])
		}
	}
}

// A name that others bear too never leads, is found as it is spelled only, and
// is found all the same.
func TestWeakAliasNeverLeads(t *testing.T) {
	checkPaths(t, []*page.Page{
		entityPage("weak", "Alpha Works", alias("weak_alias", "Tiger")),
		entityPage("former", "Beta Works", alias("previous", "Tiger Ltd")),
		entityPage("named", "Tiger"),
		prosePage("en", "text.html", "On cats", "<p>A tiger is a cat.</p>"),
	}, map[string]string{"tiger": "named former text weak", "tigre": "named former text", "tig": "named former text", "alpha": "weak"})
}

// Names come before prose, exact before beginnings, and only what is not there
// is taken for a misspelling.
func TestOrder(t *testing.T) {
	measure := plainPage("en", "measures/m.html")
	measure.Title = page.Text{Value: "Ban on granite"}
	measure.Measure = &page.Measure{MeasureRow: page.MeasureRow{Link: page.Link{Text: measure.Title}}}
	event := plainPage("en", "events/e.html")
	event.Title = page.Text{Value: "Granite"}
	event.Event = &page.Event{Title: event.Title}
	news := plainPage("en", "news/n.html")
	news.Title = page.Text{Value: "Granite"}
	news.Source = &page.Source{News: true, Title: news.Title}
	checkPaths(t, []*page.Page{
		prosePage("en", "p.html", "Stones", "<p>Granite, granite.</p>"), prosePage("en", "q.html", "Rocks", "<p>granite</p>"), news, event, measure,
		entityPage("long", "Granite Trading Company"), entityPage("begins", "Granites"), entityPage("whole", "Granite"), entityPage("wrong", "Granyte"),
	}, map[string]string{
		"granite":         "whole long m e n begins p q",
		"granite company": "long",
		"granite xyzzyx":  "whole long m e n begins p q",
		"grqnite":         "whole long m e n p q",
		"granyte":         "wrong",
		"granite ":        "whole long m e n begins p q",
		"gran1te":         "",
		"":                "long begins whole wrong m e n p q",
		"company granite": "long",
		"trading":         "long",
		"zzz":             "",
	})
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		"<p>One</p><p>Two</p>":  "One Two",
		"a<b>b</b>c &amp; d":    "abc & d",
		"<!-- x --><ul><li>one": "one",
		`<p>Fell <span class="refs"><a class="ref" href="#s1"><span class="vh">Source </span>[1]</a>` + "\u2060" + `<a class="ref" href="#s2">[2]</a></span>.</p>`: "Fell.",
		`<p>See <a href="x">this</a>.</p>`: "See this.",
		"<p":                               "",
	} {
		if got := plain(template.HTML(in)); got != want {
			t.Errorf("%q gives %q, not %q", in, got, want)
		}
	}
}

// Every language has an index of its own, with its own words and paths.
func TestLanguages(t *testing.T) {
	f := build(t, Options{}, slices.Values([]*page.Page{
		prosePage("en", "about.html", "About", "<p>sun</p>"), prosePage("fr", "fr/about.html", "À propos", "<p>soleil</p>"),
	}))
	if got := slices.Sorted(maps.Keys(f)); !slices.Equal(got, []string{"assets/search/en/index.js", "assets/search/fr/index.js"}) {
		t.Fatal(got)
	}
	got := ask(t, f, "fr", []string{"soleil", "sun", "a propos"}, 5)
	if len(got[0]) != 1 || got[0][0].Path != "about.html" || len(got[1]) != 0 || len(got[2]) != 1 {
		t.Errorf("%+v", got)
	}
}

// Without a page to search on there is nothing to write, and an empty report
// has an index that finds nothing.
func TestNothing(t *testing.T) {
	p := prosePage("en", "about.html", "About", "<p>sun</p>")
	p.Find = page.Link{}
	if f := build(t, Options{}, slices.Values([]*page.Page{p})); len(f) != 0 {
		t.Error(f)
	}
	home := plainPage("en", "index.html")
	home.Home = &page.Home{}
	if got := ask(t, build(t, Options{}, slices.Values([]*page.Page{home})), "en", []string{"", "sun"}, 5); len(got[0])+len(got[1]) != 0 {
		t.Error(got)
	}
}

// A list that is continued on several pages is found once.
func TestLongListIsFoundOnce(t *testing.T) {
	var pages []*page.Page
	for i, path := range []string{"entities/index.html", "entities/page/2.html", "entities/page/3.html"} {
		p := plainPage("en", path)
		p.TitleKey, p.Entities, p.Pager = "entities", &page.EntityList{}, page.Pager{Number: i + 1, Total: 3}
		pages = append(pages, p)
	}
	checkPaths(t, pages, map[string]string{"entities": "index"})
}

// Text of records cannot get out of the strings of the index.
func TestHostile(t *testing.T) {
	bad := "</script><script>alert(1)//\",);\u2028 \\ \x00\xff `${1}`"
	f := build(t, Options{Word: func(_, key string) string { return key + bad }}, slices.Values([]*page.Page{
		entityPage("a", bad+"granite", alias("alias", bad)), prosePage("en", "b.html", bad, "<p>"+bad+"</p>"),
	}))
	for path, text := range f {
		if bytes.Contains(text, []byte("<")) || bytes.Contains(text, []byte("\u2028")) || bytes.Count(text, []byte("\n")) != bytes.Count(text, []byte("Dossier.search.add(")) {
			t.Errorf("%s: %s", path, text)
		}
	}
	if got := paths(t, f, "granite"); !reflect.DeepEqual(got, [][]string{{"a"}}) {
		t.Error(got)
	}
}

func TestSameBytes(t *testing.T) {
	for _, n := range []int{40, 3000} {
		a, b := build(t, Options{}, largePages(n)), build(t, Options{}, largePages(n))
		if !reflect.DeepEqual(a, b) || n == 3000 && len(a) < 50 || n == 40 && len(a) != 1 {
			t.Errorf("%d entities: %d files, then %d", n, len(a), len(b))
		}
	}
}

// A disk that is full ends the build.
func TestWriteError(t *testing.T) {
	full := errors.New("no space")
	c := NewCollector(Options{}, func(string, []byte) error { return full })
	for range c.Watch(largePages(2000)) {
	}
	if err := c.Finish(); !errors.Is(err, full) {
		t.Error(err)
	}
}

// A filter keeps what it says, and the number beside a choice is how many
// results it leaves.
func TestFilters(t *testing.T) {
	f := build(t, Options{Word: word}, examplePages(t))
	dir := filepath.Join(f.save(t), filepath.FromSlash(Folder("en")))
	type answer struct {
		Total  int
		Paths  []string
		Counts map[string]map[string]int
	}
	var got []answer
	node(t, loader, `(async () => {
		const index = await api(input.dir), out = [];
		for (const filters of input.filters) {
			const found = await index.find(filters.q || "", filters);
			const counts = {};
			for (const which of Object.keys(found.counts)) counts[which] = Object.fromEntries(found.counts[which]);
			out.push({Total: found.total, Paths: (await index.records(found.docs)).map(r => r.path), Counts: counts});
		}
		return out;
	})()`, map[string]any{"dir": dir, "filters": []map[string]string{
		{"kind": "measure"}, {"kind": "measure", "authority": "bis"}, {"q": "hikvision", "kind": "measure", "status": "m-in_force"}, {"country": "ca", "kind": "entity"},
		{"year": "2022", "kind": "news", "q": "reuters"}, {"status": "e-reported"}, {"country": "nowhere"}, {"kind": "measure", "authority": "bis", "q": "huawei"},
	}}, &got)
	for i, a := range got {
		if (a.Total == 0) != (i == 6) {
			t.Errorf("%d: %+v", i, a)
		}
	}
	if n := got[0].Counts["authority"]["bis"]; n != got[1].Total {
		t.Errorf("%d measures by BIS are counted, and %d found", n, got[1].Total)
	}
	for _, p := range got[1].Paths {
		if !strings.HasPrefix(p, "measures/") {
			t.Error(p)
		}
	}
	if !slices.Contains(got[3].Paths, "entities/hikvision-canada.html") || !slices.Contains(got[7].Paths, "measures/huawei-entity-list.html") {
		t.Errorf("%+v, %+v", got[3].Paths, got[7].Paths)
	}
	for _, p := range got[4].Paths {
		if !strings.Contains(p, "2022") {
			t.Errorf("%s is not of 2022", p)
		}
	}
}

// Marks stand where the words of the query are, however they are spelled.
func TestMarks(t *testing.T) {
	var got []string
	cases := []struct {
		text, words, want string
	}{
		{"Hikvision’s cameras", "hikvisions cameras", "[Hikvision’s] [cameras]"},
		{"Société Générale SA", "generale", "Société [Générale] SA"},
		{"杭州海康威视数字技术", "海康 康威 威视", "杭州[海康威视]数字技术"},
		{"海", "海", "[海]"},
		{"BOE京东方A", "京东 boe", "[BOE京东]方A"},
		{"الشَّرِكَة الأولى", "شركه", "[الشَّرِكَة] الأولى"},
		{"U.S. law", "us", "[U.S]. law"},
		{"nothing", "", "nothing"},
	}
	var input []map[string]any
	for _, c := range cases {
		input = append(input, map[string]any{"text": c.text, "words": strings.Fields(c.words)})
	}
	node(t, `Dossier.search`, `input.map(c => api.pieces(c.text, new Set(c.words)).map(p => p.mark ? "[" + p.text + "]" : p.text).join(""))`, input, &got)
	for i, c := range cases {
		if got[i] != c.want {
			t.Errorf("%q gives %q, not %q", c.text, got[i], c.want)
		}
	}
}

// A snippet holds what was looked for, is no longer than asked, and cuts no
// character in half.
func TestSnippets(t *testing.T) {
	long := strings.Repeat("something else 𠀋 ", 60) + "the granite quarry stands here " + strings.Repeat("and more 𠀋𠀋 follows ", 60)
	var got []string
	node(t, `Dossier.search`, `[["granite", "quarry"], ["absent"], []].map(w => api.snippet(input, new Set(w), 200).map(p => p.mark ? "[" + p.text + "]" : p.text).join(""))`, long, &got)
	if !strings.Contains(got[0], "[granite] [quarry]") || !strings.HasPrefix(got[0], "… ") || !strings.HasSuffix(got[0], " …") {
		t.Errorf("%q", got[0])
	}
	for _, s := range got {
		if n := len([]rune(s)); n < 100 || n > 280 || strings.ContainsRune(s, '\ufffd') {
			t.Errorf("%d characters: %q", n, s)
		}
	}
}

func TestEncoding(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"a", "b", -1}, {"a", "a", 0}, {"a", "ab", -1}, {"\uffee", "𠀋", 1}, {"海", "𠀋", -1}, {"𠀋", "𠀋a", -1}} {
		if got := compareUTF16(c.a, c.b); min(1, max(-1, got)) != c.want || min(1, max(-1, compareUTF16(c.b, c.a))) != -c.want {
			t.Errorf("%q and %q: %d", c.a, c.b, got)
		}
	}
	if u, b := shared("𠀋a", "𠀋b"); u != 2 || b != 4 {
		t.Error(u, b)
	}
	if got := string(appendNumber(nil, 0)) + string(appendNumber(nil, 31)) + string(appendNumber(nil, 32)) + string(appendNumber(nil, 12345)); got != "AfgB5hM" {
		t.Errorf("%q", got)
	}
}
