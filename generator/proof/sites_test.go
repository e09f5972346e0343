package proof

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// site is a built site.
type site struct {
	name     string // "example", or that of a fixture
	dir      string
	url      string   // on the loopback device, without a slash at its end
	base     string   // path of the base URL, without a slash at its end
	kinds    []string // of pages that a fixture is about; all when nil
	settings model.Settings
	date     string   // of the build, as an ISO date; empty when the report has none
	files    []string // all pages, sorted, with slashes
	moved    []string // files that only lead to a page
}

// kind tells pages of different layouts apart by where they lie: the root has
// one page of each kind, a folder has an index and pages that are alike.
func (s *site) kind(file string) string {
	if s.rank(file) > 0 {
		_, file, _ = strings.Cut(file, "/")
	}
	dir, name := path.Split(strings.TrimSuffix(file, ".html"))
	switch {
	case dir == "":
		return name
	case name == "index":
		return path.Clean(dir)
	}
	return path.Clean(dir) + "-page"
}

// rank is the place of a page's language: 0 for the report's own.
func (s *site) rank(file string) int {
	lang, _, _ := strings.Cut(file, "/")
	return max(0, slices.Index(s.settings.Languages, model.Lang(lang)))
}

// serve puts a site on the loopback device, under the path of its base URL.
func (s *site) serve() string {
	if u, err := url.Parse(string(s.settings.BaseURL)); err == nil {
		s.base = strings.TrimSuffix(u.Path, "/")
	}
	server := httptest.NewServer(http.StripPrefix(s.base, http.FileServer(http.Dir(s.dir))))
	return server.URL + s.base // it stands until the tests end
}

// onlyServed says that a file has addresses from the root of a server.
func (s *site) onlyServed(file string) bool { return path.Base(file) == "404.html" }

// disk is the address of the site's folder.
func (s *site) disk() string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(s.dir)}).String()
}

// sample is a page that stands for others of its kind.
type sample struct {
	*site
	file string
	best bool // it shows more than any other page of its kind in its site
	news bool // it has a construct that no sample before has
}

func (s sample) String() string { return s.name + ": " + s.file }

// label is a name for files about the sample.
func (s sample) label() string {
	return strings.ReplaceAll(strings.TrimSuffix(s.file, ".html"), "/", "-")
}

// bestOf keeps one sample for each kind of page of each site.
func bestOf(samples []sample) []sample {
	return slices.DeleteFunc(slices.Clone(samples), func(s sample) bool { return !s.best })
}

// built are the sites of all tests.
var built = sync.OnceValues(func() ([]*site, error) {
	dir, err := os.MkdirTemp("", "dossier proof 海康 ") // a space and a script that file addresses must escape
	if err != nil {
		return nil, err
	}
	workDir = dir
	sites := []*site{{name: "example"}}
	projects := []string{filepath.Join("..", "..")}
	extra, err := fixtures()
	if err != nil {
		return nil, err
	}
	for _, f := range extra {
		project := filepath.Join(dir, f.name, "project")
		if err := write(project, f.files); err != nil {
			return nil, err
		}
		sites, projects = append(sites, &site{name: f.name, kinds: f.kinds}), append(projects, project)
	}
	for i, s := range sites {
		s.dir = filepath.Join(dir, s.name, "site")
		if err := s.build(projects[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return sites, nil
})

// workDir is where everything is built.
var workDir string

func (s *site) build(project string) error {
	res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: s.dir})
	if err != nil {
		var text bytes.Buffer
		for _, d := range res.Diagnostics {
			if d.Severity == diag.Error {
				fmt.Fprintln(&text, d)
			}
		}
		return fmt.Errorf("%w\n%s", err, &text)
	}
	report, _ := generator.Check(project)
	view, err := report.View(model.ViewOptions{})
	if err != nil {
		return err
	}
	s.settings = view.Settings
	if res.Date != 0 {
		s.date = res.Date.Time().Format(time.DateOnly)
	}
	s.url = s.serve()
	all, err := htmlFiles(s.dir)
	if err != nil {
		return err
	}
	for _, file := range all {
		text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
		if err != nil {
			return err
		}
		if bytes.Contains(text, []byte(`<meta http-equiv="refresh"`)) {
			s.moved = append(s.moved, file)
		} else {
			s.files = append(s.files, file)
		}
	}
	return nil
}

func write(dir string, files []txtar.File) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func htmlFiles(dir string) ([]string, error) {
	var out []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" {
			out = append(out, name)
		}
		return err
	})
	return out, err
}

// allSites gives the example report and the fixtures, built once.
func allSites(t *testing.T) []*site {
	t.Helper()
	sites, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return sites
}

// example is the report of this repository.
func example(t *testing.T) *site {
	t.Helper()
	return allSites(t)[0]
}

// chosen are the samples of all sites.
var chosen = sync.OnceValues(func() ([]sample, error) {
	sites, err := built()
	if err != nil {
		return nil, err
	}
	var out []sample
	seen := map[string]map[string]bool{} // constructs by kind of page
	for _, s := range sites {
		more, err := s.samples(seen)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
})

// samples are pages that together have everything that pages have.
func samples(t *testing.T) []sample {
	t.Helper()
	out, err := chosen()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// every makes the costly checks look at all samples.
var every = flag.Bool("every", false, "look at every sample with the costly checks, too")

// few are samples for checks that take seconds for a page: of the example one
// page of each kind, and of the fixtures the kinds that hold most.
func few(t *testing.T) []sample {
	t.Helper()
	first := example(t)
	return slices.DeleteFunc(slices.Clone(samples(t)), func(s sample) bool {
		switch {
		case *every:
			return false
		case !s.best || testing.Short() && s.site != first:
			return true
		}
		return s.site != first && !slices.Contains(heavy[:], s.kind(s.file))
	})
}

// heavy are the kinds of pages that hold most.
var heavy = [...]string{"index", "entities-page", "measures-page", "timeline"}

// samples chooses pages of each kind until every construct that pages of that
// kind have anywhere in the site (element, class, role, state) has been chosen
// once, here or in a site before; and always the richest page of each kind
// that the site is about. So a new layout or component is looked at without a
// word here.
func (s *site) samples(seen map[string]map[string]bool) ([]sample, error) {
	type candidate struct {
		file string
		has  map[string]bool
		size int64
	}
	kinds := map[string][]candidate{}
	for _, file := range s.files {
		text, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
		if err != nil {
			return nil, err
		}
		doc, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		kind := s.kind(file)
		kinds[kind] = append(kinds[kind], candidate{file, constructs(doc), int64(len(text))})
	}
	var out []sample
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if seen[kind] == nil {
			seen[kind] = map[string]bool{}
		}
		news := func(c candidate) int {
			n := 0
			for k := range c.has {
				if !seen[kind][k] {
					n++
				}
			}
			return n
		}
		list := kinds[kind]
		best := slices.MaxFunc(list, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(len(a.has), len(b.has)), s.rank(b.file)-s.rank(a.file), cmp.Compare(a.size, b.size), cmp.Compare(b.file, a.file))
		})
		next, wanted := best, s.kinds == nil || slices.Contains(s.kinds, kind)
		for wanted || news(next) > 0 {
			out = append(out, sample{site: s, file: next.file, best: next.file == best.file, news: news(next) > 0})
			maps.Copy(seen[kind], next.has)
			next = slices.MaxFunc(list, func(a, b candidate) int {
				return cmp.Or(cmp.Compare(news(a), news(b)), s.rank(b.file)-s.rank(a.file), cmp.Compare(b.file, a.file))
			})
			wanted = false
		}
	}
	return out, nil
}

// constructs are the kinds of elements that a page has.
func constructs(doc *html.Node) map[string]bool {
	out := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "class":
				for c := range strings.FieldsSeq(a.Val) {
					out[n.Data+"."+c] = true
				}
			case "role", "data-kind", "data-state", "hidden", "open":
				out[n.Data+"["+a.Key+"="+a.Val+"]"] = true
			}
		}
		out[n.Data] = true
	}
	return out
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if b, err := shared(); err == nil && b != nil {
		b.close()
	}
	if startedFirefox != nil {
		startedFirefox.close()
	}
	if workDir != "" {
		os.RemoveAll(workDir)
	}
	os.Exit(code)
}
