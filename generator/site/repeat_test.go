package site

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// rich is a theme that uses what could differ from run to run.
var rich = tiny.with(main(strings.Join([]string{
	`{{ $p := partial "page.html" . }}{{ $p.Entity.Name.Value }}`,
	`{{ now.Unix }} {{ time.Now.Format "2006-01-02 15:04 MST" }} {{ (time.AsTime "2022-05-04").Format "Jan 2 15:04 MST" }}`,
	`{{ len site.Pages }} {{ len site.RegularPages }} {{ site.Lastmod }} {{ .Date }} {{ hugo.Environment }}`,
	`{{ with .Next }}next{{ end }}{{ with .Prev }}prev{{ end }}{{ .Kind }} {{ .Type }} {{ .Section }} {{ .RelPermalink }}`,
	`{{ partialCached "foot.html" . }} {{ jsonify (dict "b" 1 "a" 2 "c" (slice 1 2)) }}`,
	`{{ range $k, $v := dict "z" 1 "a" 2 }}{{ $k }}{{ end }}{{ range resources.Match "**" }}{{ .Name }}{{ end }}`,
}, "\n"))).with(files{"layouts/_partials/foot.html": `{{ (resources.Get "css/a.css" | fingerprint).RelPermalink }}{{ T "items" 3 }}`})

func many(n int) []*page.Page {
	var all []*page.Page
	for i := range n {
		p := entity(fmt.Sprintf("e%d", i), fmt.Sprintf("Entity %d", i))
		if i%3 == 0 {
			p = french(p)
		}
		all = append(all, p)
	}
	return append(all, simple("home", "index.html"), french(simple("home", "index.html")), simple("not-found", "404.html"))
}

// The same bytes, however the pages come and wherever they are rendered.
func TestReproducible(t *testing.T) {
	pages := many(60)
	opts := Options{Theme: rich.fs(), Date: time.Date(2022, 5, 4, 0, 0, 0, 0, time.UTC)}
	want, ds := run(t, opts, pages...)
	clean(t, ds)
	if first := want["entities/e1.html"]; !strings.Contains(first, "1651622400 2022-05-04 00:00 UTC May 4 00:00 UTC\n0 0 ") {
		t.Errorf("the clock is not still: %s", first)
	}
	for _, size := range []int{1, 7, 1000} {
		opts.BatchSize = size
		got, _ := run(t, opts, pages...)
		same(t, got, want)
	}
	opts.BatchSize = 16
	for i := range 3 {
		shuffled := slices.Clone(pages)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			zone := []string{"Asia/Kathmandu", "America/Los_Angeles", "UTC"}[i]
			t.Setenv("TZ", zone)
			t.Setenv("LANG", "de_DE.UTF-8")
			t.Setenv("HUGO_TITLE", "from the environment")
			t.Setenv("HUGO_NUMWORKERMULTIPLIER", fmt.Sprint(i+1))
			if loc, err := time.LoadLocation(zone); err == nil {
				old := time.Local
				time.Local = loc
				defer func() { time.Local = old }()
			}
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(i*3 + 1))
			got, _ := run(t, opts, shuffled...)
			same(t, got, want)
		})
	}
}

// teller is a Sink that tells of every page, in turn with who asks for the next.
type teller struct {
	mu   sync.Mutex
	told []string
}

func (s *teller) tell(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, what)
}

func (s *teller) Write(name string, _ []byte) error {
	if strings.HasSuffix(name, ".html") {
		s.tell("made " + strings.TrimSuffix(strings.TrimPrefix(name, "entities/"), ".html"))
	}
	return nil
}

// A batch ends where its pages weigh much together.
func TestWeight(t *testing.T) {
	for _, c := range []struct {
		what    string
		weights []int // of the pages, in MB
		want    string
	}{
		{"light", []int{2, 2, 2}, "asked e0, asked e1, asked e2, made e0, made e1, made e2"},
		{"heavy", []int{40, 30, 1}, "asked e0, asked e1, made e0, made e1, asked e2, made e2"},
	} {
		out := &teller{}
		weigh := map[string]int{}
		var all []*page.Page
		for i, w := range c.weights {
			p := entity(fmt.Sprintf("e%d", i), "E")
			weigh[p.Path] = w<<20 + 1
			all = append(all, p)
		}
		pages := func(yield func(*page.Page) bool) {
			for _, p := range all {
				out.tell("asked " + strings.TrimSuffix(strings.TrimPrefix(p.Path, "entities/"), ".html"))
				if !yield(p) {
					return
				}
			}
		}
		opts := Options{Theme: tiny.fs(), Weight: func(p *page.Page) int { return weigh[p.Path] }}
		if _, ds, err := Render(t.Context(), pages, opts, out); err != nil || len(ds) > 0 {
			t.Fatal(err, ds)
		}
		// Pages of a batch are made in any order.
		got := slices.Clone(out.told)
		for i := 1; i < len(got); i++ {
			for j := i; j > 0 && strings.HasPrefix(got[j], "made") && strings.HasPrefix(got[j-1], "made") && got[j] < got[j-1]; j-- {
				got[j], got[j-1] = got[j-1], got[j]
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s\nwant %s", c.what, s, c.want)
		}
	}
}

// Several renders at once wait for one another and do not mix.
func TestParallel(t *testing.T) {
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			opts := Options{Theme: tiny.with(main(`{{ site.Title }} {{ now.Year }} {{ (site.Params.dossier.Page .Params.dossierpath).Title.Value }}`)).fs(),
				Title: fmt.Sprint("Site ", k), Date: time.Date(2000+k, 1, 1, 0, 0, 0, 0, time.UTC), BatchSize: 10}
			var pages []*page.Page
			for i := range 25 {
				pages = append(pages, entity(fmt.Sprint("e", i), fmt.Sprintf("Entity %d of %d", i, k)))
			}
			out, ds := run(t, opts, pages...)
			clean(t, ds)
			for i := range 25 {
				if want := fmt.Sprintf("Site %d %d Entity %d of %d", k, 2000+k, i, k); !strings.Contains(out[fmt.Sprintf("entities/e%d.html", i)], want) {
					t.Errorf("not %q: %s", want, out[fmt.Sprintf("entities/e%d.html", i)])
				}
			}
		})
	}
	wg.Wait()
}

// Neither a site that is made nor one that fails leaves anything running.
func TestNothingIsLeft(t *testing.T) {
	open := func() int {
		list, _ := os.ReadDir("/proc/self/fd")
		return len(list)
	}
	opts := []Options{
		{Theme: tiny.fs(), BatchSize: 5},
		{Theme: tiny.with(main(`{{ nofunc }}`)).fs()},
		{Theme: tiny.with(main(`{{ .Nope }}`)).fs()},
		{Theme: tiny.with(main(`{{ errorf "x" }}`)).fs()},
		{Theme: tiny.with(files{"i18n/en.yaml": "a: {{"}).fs()},
		{Theme: tiny.fs(), BaseURL: "://"},
	}
	run(t, opts[0], many(10)...)
	time.Sleep(50 * time.Millisecond)
	files, routines := open(), runtime.NumGoroutine()
	for range 4 {
		for _, o := range opts {
			run(t, o, many(10)...)
		}
	}
	for i := 0; runtime.NumGoroutine() > routines && i < 100; i++ {
		time.Sleep(20 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > routines {
		buf := make([]byte, 1<<20)
		t.Errorf("%d goroutines, before %d\n%s", n, routines, buf[:runtime.Stack(buf, true)])
	}
	if n := open(); n > files {
		t.Errorf("%d open files, before %d", n, files)
	}
}

func TestWordsDatesNumbers(t *testing.T) {
	theme := tiny.with(main(strings.Join([]string{
		`{{ T "items" 1 }}, {{ T "items" 2 }}, {{ T "items" 5 }}, {{ T "items" (dict "Count" 0) }}`,
		`{{ T "hello" }}, {{ T "only_en" }}, {{ T "project" }}, {{ T "status.in_force" }}`,
		`{{ time.Format ":date_long" (time.AsTime "2022-05-04") }}, {{ time.Format "2 January 2006" (time.AsTime "2022-05-04") }}, {{ time.Format (T "month") (time.AsTime "2022-05-04") }}`,
		`{{ lang.FormatNumber 2 1234567.891 }}, {{ lang.FormatNumber 0 38240 }}, {{ lang.FormatPercent 1 12.34 }}`,
		`{{ site.Language.Locale }} {{ site.Language.Lang }} {{ site.Language.Direction }}`,
	}, "\n"))).with(files{
		"i18n/en.yaml": "hello: Hello\nonly_en: English\nmonth: January 2006\nstatus:\n  in_force: in force\nitems:\n  one: \"{{ .Count }} item\"\n  other: \"{{ .Count }} items\"\n",
		"i18n/fr.yaml": "hello: Bonjour\nmonth: January 2006\nitems:\n  one: \"{{ .Count }} chose\"\n  other: \"{{ .Count }} choses\"\n",
		"i18n/zh.toml": "hello = \"你好\"\nitems = \"{{ .Count }} 个\"\n",
		"i18n/ar.json": `{"items": {"zero": "zero {{ .Count }}", "one": "one {{ .Count }}", "two": "two {{ .Count }}", "few": "few {{ .Count }}", "many": "many {{ .Count }}", "other": "other {{ .Count }}"}}`,
		"i18n/pl.yaml": "items:\n  one: \"{{ .Count }} rzecz\"\n  few: \"{{ .Count }} rzeczy\"\n  many: \"{{ .Count }} rzeczy (many)\"\n  other: \"{{ .Count }} rzeczy\"\n",
	})
	project := files{"i18n/en.toml": "project = \"project\"\n", "i18n/fr.toml": "hello = \"Salut\"\n"}
	for _, c := range []struct{ lang, dir, want, note string }{
		{"en", "ltr", "1 item, 2 items, 5 items, 0 items\nHello, English, project, in force\nMay 4, 2022, 4 May 2022, May 2022\n1,234,567.89, 38,240, 12.3%\nen en ltr", ""},
		{"en-GB", "ltr", "1 item, 2 items, 5 items, 0 items\nHello, English, project, in force\n4 May 2022, 4 May 2022, May 2022\n1,234,567.89, 38,240, 12.3%\nen-GB en-gb ltr", ""},
		{"fr", "ltr", "1 chose, 2 choses, 5 choses, 0 chose\nSalut, English, project, in force\n4 mai 2022, 4 mai 2022, mai 2022\n1\u202f234\u202f567,89, 38\u202f240, 12,3\u00a0%\nfr fr ltr",
			"i18n/fr.toml: note[i18n-fallback]: 3 of 6 words have no translation into fr and are shown in English: only_en, project, status.in_force\n"},
		{"zh-Hans", "ltr", "1 个, 2 个, 5 个, 0 个\n你好, English, project, in force\n2022年5月4日, 4 五月 2022, 五月 2022\n1,234,567.89, 38,240, 12.3%\nzh-Hans zh-hans ltr",
			"theme: i18n/zh.toml: note[i18n-fallback]: 4 of 6 words have no translation into zh-Hans and are shown in English: month, only_en, project, status.in_force\n"},
		{"pl", "ltr", "1 rzecz, 2 rzeczy, 5 rzeczy (many), 0 rzeczy (many)\nHello, English, project, in force\n4 maja 2022, 4 maja 2022, maja 2022\n1\u00a0234\u00a0567,89, 38\u00a0240, 12,3%\npl pl ltr",
			"theme: i18n/pl.yaml: note[i18n-fallback]: 5 of 6 words have no translation into pl and are shown in English: hello, month, only_en, project, status.in_force\n"},
		{"ar", "rtl", "one 1, two 2, few 5, zero 0\nHello, English, project, in force\n", "theme: i18n/ar.json: note[i18n-fallback]: 5 of 6 words have no translation into ar and are shown in English: hello, month, only_en, project, status.in_force\n"},
		{"de", "ltr", "1 item, 2 items, 5 items, 0 items\nHello, English, project, in force\n4. Mai 2022, 4 Mai 2022, Mai 2022\n1.234.567,89, 38.240, 12,3\u00a0%\nde de ltr",
			"theme: i18n/de.yaml: note[i18n-fallback]: 6 of 6 words have no translation into de and are shown in English: hello, items, month, only_en, project, status.in_force\n"},
	} {
		p := entity("a", "A")
		p.Lang, p.Dir = c.lang, c.dir
		out, ds := run(t, Options{Theme: theme.fs(), Project: project.fs()}, p)
		got := out["entities/a.html"]
		got = strings.TrimSuffix(got[strings.Index(got, "<main>")+7:], "\n</main></html>\n")
		if got != c.want && (c.lang != "ar" || !strings.HasPrefix(got, c.want) || !strings.HasSuffix(got, "ar ar rtl")) {
			t.Errorf("%s:\n got %q\nwant %q", c.lang, got, c.want)
		}
		if note := printed1(ds); note != c.note {
			t.Errorf("%s:\n got %s\nwant %s", c.lang, note, c.note)
		}
	}
}
