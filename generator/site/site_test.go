package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/page"
)

// memory is a Sink that keeps what it gets.
type memory struct {
	mu    sync.Mutex
	files map[string]string
	twice []string
	fail  error
}

func (m *memory) Write(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	if m.files == nil {
		m.files = map[string]string{}
	}
	if _, ok := m.files[name]; ok {
		m.twice = append(m.twice, name)
	}
	m.files[name] = string(data)
	return nil
}

type files map[string]string

func (f files) fs() fs.FS {
	m := fstest.MapFS{}
	for name, text := range f {
		m[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return m
}

func (f files) with(more files) files {
	f = maps.Clone(f)
	maps.Copy(f, more)
	return f
}

const baseof = `<html lang="{{ site.Language.Locale }}">{{ partial "head.html" . }}<main>{{ block "main" . }}{{ end }}</main></html>
`

// tiny is a theme with a bit of everything.
var tiny = files{
	"layouts/baseof.html":         baseof,
	"layouts/_partials/page.html": `{{ return site.Params.dossier.Page .Params.dossierpath }}`,
	"layouts/_partials/head.html": `{{ $p := partial "page.html" . }}<title>{{ $p.Title.Value }}</title><link href="{{ $p.Root }}{{ partialCached "css.html" . }}">`,
	"layouts/_partials/css.html":  `{{ return strings.TrimPrefix "/" (resources.Get "css/a.css" | minify | resources.Copy "assets/dossier.css").RelPermalink }}`,
	"layouts/home.html":           `{{ define "main" }}home {{ T "hello" }}{{ end }}`,
	"layouts/entity.html":         "{{ define \"main\" }}\n{{ $p := partial \"page.html\" . }}\n<h1>{{ $p.Entity.Name.Value }}</h1>\n{{ end }}",
	"layouts/news-item.html":      `{{ define "main" }}news {{ .Title }}{{ end }}`,
	"layouts/not-found.html":      `{{ define "main" }}404{{ end }}`,
	"assets/css/a.css":            "a {\n  color: red;\n}\n",
	"static/assets/font.woff2":    "font",
	"static/.nojekyll":            "",
	"i18n/en.yaml":                "hello: Hello\nitems:\n  one: \"{{ .Count }} item\"\n  other: \"{{ .Count }} items\"\n",
	"i18n/fr.yaml":                "hello: Bonjour\nitems:\n  one: \"{{ .Count }} chose\"\n  other: \"{{ .Count }} choses\"\n",
	"README.md":                   "not read",
	"hugo.toml":                   "not read",
}

func entity(id, name string) *page.Page {
	return &page.Page{Path: "entities/" + id + ".html", Template: "entity", Lang: "en", Dir: "ltr", Root: "../",
		Title: page.Text{Value: name}, Entity: &page.Entity{ID: id, Name: page.Text{Value: name}}}
}

func simple(template, path string) *page.Page {
	return &page.Page{Path: path, Template: template, Lang: "en", Dir: "ltr", Root: strings.Repeat("../", strings.Count(path, "/")), Title: page.Text{Value: template + " " + path}}
}

func french(p *page.Page) *page.Page {
	q := *p
	q.Lang, q.Path, q.Root = "fr", "fr/"+p.Path, p.Root+"../"
	return &q
}

func run(tb testing.TB, opts Options, pages ...*page.Page) (map[string]string, []diag.Diagnostic) {
	tb.Helper()
	var m memory
	_, ds, err := Render(tb.Context(), slices.Values(pages), opts, &m)
	if err != nil {
		tb.Fatal(err)
	}
	if m.twice != nil {
		tb.Errorf("written twice: %v", m.twice)
	}
	for _, d := range ds {
		if !slices.ContainsFunc(Rules(), func(r diag.Rule) bool { return r.Code == d.Code && r.Severity == d.Severity }) {
			tb.Errorf("no rule for %s[%s]", d.Severity, d.Code)
		}
	}
	return m.files, ds
}

func printed1(ds []diag.Diagnostic) string {
	var b strings.Builder
	_ = diag.Print(&b, ds, diag.Style{})
	return b.String()
}

func clean(tb testing.TB, ds []diag.Diagnostic) {
	tb.Helper()
	if len(ds) > 0 {
		tb.Errorf("findings:\n%s", printed1(ds))
	}
}

func TestRender(t *testing.T) {
	out, ds := run(t, Options{Theme: tiny.fs(), ThemeName: "tiny", Title: "Report"},
		simple("home", "index.html"), simple("not-found", "404.html"), simple("home", "entities/index.html"),
		entity("a", "A & B"), entity("index-x", "Index"), entity("A", "Upper"), entity("1.5", "Dots"),
		simple("news-item", "news/2022-05-04-index.html"), simple("news-item", "news/deep/er/x.html"), simple("news-item", "p0.html"), simple("news-item", "feed.xml"),
		french(simple("home", "index.html")), french(entity("a", "Un")))
	clean(t, ds)
	want := map[string]string{
		"index.html":                 `<html lang="en"><title>home index.html</title><link href="assets/dossier.min.css"><main>home Hello</main></html>` + "\n",
		"404.html":                   `<html lang="en"><title>not-found 404.html</title><link href="assets/dossier.min.css"><main>404</main></html>` + "\n",
		"entities/index.html":        `<html lang="en"><title>home entities/index.html</title><link href="../assets/dossier.min.css"><main>home Hello</main></html>` + "\n",
		"entities/a.html":            `<html lang="en"><title>A &amp; B</title><link href="../assets/dossier.min.css"><main>` + "\n\n<h1>A &amp; B</h1>\n</main></html>\n",
		"entities/index-x.html":      `<html lang="en"><title>Index</title><link href="../assets/dossier.min.css"><main>` + "\n\n<h1>Index</h1>\n</main></html>\n",
		"entities/A.html":            `<html lang="en"><title>Upper</title><link href="../assets/dossier.min.css"><main>` + "\n\n<h1>Upper</h1>\n</main></html>\n",
		"entities/1.5.html":          `<html lang="en"><title>Dots</title><link href="../assets/dossier.min.css"><main>` + "\n\n<h1>Dots</h1>\n</main></html>\n",
		"news/2022-05-04-index.html": `<html lang="en"><title>news-item news/2022-05-04-index.html</title><link href="../assets/dossier.min.css"><main>news news-item news/2022-05-04-index.html</main></html>` + "\n",
		"news/deep/er/x.html":        `<html lang="en"><title>news-item news/deep/er/x.html</title><link href="../../../assets/dossier.min.css"><main>news news-item news/deep/er/x.html</main></html>` + "\n",
		"p0.html":                    `<html lang="en"><title>news-item p0.html</title><link href="assets/dossier.min.css"><main>news news-item p0.html</main></html>` + "\n",
		"feed.xml":                   `<html lang="en"><title>news-item feed.xml</title><link href="assets/dossier.min.css"><main>news news-item feed.xml</main></html>` + "\n",
		"fr/index.html":              `<html lang="fr"><title>home index.html</title><link href="../assets/dossier.min.css"><main>home Bonjour</main></html>` + "\n",
		"fr/entities/a.html":         `<html lang="fr"><title>Un</title><link href="../../assets/dossier.min.css"><main>` + "\n\n<h1>Un</h1>\n</main></html>\n",
		"assets/dossier.min.css":     "a{color:red}",
		"assets/font.woff2":          "font",
		".nojekyll":                  "",
	}
	same(t, out, want)
}

func same(tb testing.TB, out, want map[string]string) {
	tb.Helper()
	for _, name := range slices.Sorted(maps.Keys(out)) {
		if w, ok := want[name]; !ok {
			tb.Errorf("%s should not be there", name)
		} else if w != out[name] {
			tb.Errorf("%s\n got %q\nwant %q", name, out[name], w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := out[name]; !ok {
			tb.Errorf("%s is missing", name)
		}
	}
}

func TestSinkAndContext(t *testing.T) {
	full := errors.New("disk full")
	m := memory{fail: full}
	_, ds, err := Render(t.Context(), slices.Values([]*page.Page{entity("a", "A")}), Options{Theme: tiny.fs()}, &m)
	if !errors.Is(err, full) {
		t.Error(err)
	}
	clean(t, ds)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, ds, err = Render(ctx, slices.Values([]*page.Page{entity("a", "A")}), Options{Theme: tiny.fs()}, &memory{})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	clean(t, ds)
}

var _ = fmt.Sprint
var _ = time.Now
