package search

import (
	"bytes"
	"compress/gzip"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
)

// files are those of an index, by path.
type files map[string][]byte

// build makes the index of some pages.
func build(t testing.TB, o Options, pages iter.Seq[*page.Page]) files {
	t.Helper()
	out := files{}
	c := NewCollector(o, func(path string, text []byte) error {
		if out[path] != nil {
			t.Errorf("%s is written twice", path)
		}
		out[path] = text
		return nil
	})
	for range c.Watch(pages) {
	}
	if err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	return out
}

// save puts the files where a browser or Node.js finds them.
func (f files) save(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for path, text := range f {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func zipped(text []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
	w.Write(text) // into memory
	w.Close()
	return b.Len()
}

// exampleView is the example report of this repository.
var exampleView = sync.OnceValues(func() (*model.View, int) {
	in, found := load.Project("../..")
	in.Rules = slices.Concat(load.Rules(), model.Rules(), lint.Rules())
	report, more := model.Build(in)
	if n := diag.Tally(append(found, more...)).Errors; n > 0 {
		return nil, n
	}
	v, err := report.View(model.ViewOptions{})
	if err != nil {
		return nil, 1
	}
	return v, 0
})

func examplePages(t testing.TB) iter.Seq[*page.Page] {
	t.Helper()
	v, errors := exampleView()
	if errors > 0 {
		t.Skipf("the example report has %d errors, which its own test shows", errors)
	}
	return page.Pages(v, page.Options{Lang: v.Settings.FirstLanguage(), Files: true, Templates: page.AllTemplates})
}

// words are some of the theme's.
func word(_, key string) string {
	return map[string]string{"country_cn": "China", "country_us": "United States", "country_gb": "United Kingdom", "country_ca": "Canada",
		"title_methodology": "Methodology", "title_timeline": "Timeline", "status_in_force": "In force"}[key]
}

// result is what a test asks of a result.
type result struct {
	Kind, Path, Title string
	Partly            bool
	Total             int
}

// ask searches an index in Node.js, as the page does. Each answer has at most
// n results.
func ask(t testing.TB, f files, lang string, queries []string, n int) [][]result {
	t.Helper()
	dir := f.save(t)
	var out [][]result
	node(t, loader, `(async () => {
		const index = await api(input.dir), out = [];
		for (const q of input.queries) {
			const found = await index.find(q, {});
			const records = await index.records(found.docs.slice(0, input.n));
			out.push(records.map(r => ({Kind: r.kind, Path: r.path, Title: r.title, Partly: found.partly, Total: found.total})));
		}
		return out;
	})()`, map[string]any{"dir": filepath.Join(dir, filepath.FromSlash(Folder(lang))), "queries": queries, "n": n}, &out)
	return out
}

// loader opens the index in a folder.
const loader = `dir => Dossier.search.open((name, failed) => {
	try { vm.runInThisContext(fs.readFileSync(path.join(dir, name + ".js"), "utf8")); } catch (e) { failed(); }
})`

func TestExampleIsOneSmallFile(t *testing.T) {
	f := build(t, Options{Word: word}, examplePages(t))
	text := f["assets/search/en/index.js"]
	t.Logf("%d bytes, %d compressed", len(text), zipped(text))
	if len(f) != 1 || len(text) == 0 || zipped(text) > 120_000 {
		t.Errorf("%d files, %d bytes compressed", len(f), zipped(text))
	}
}
