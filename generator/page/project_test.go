package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

// files are those of a txtar archive, https://pkg.go.dev/golang.org/x/tools/txtar.
func files(t testing.TB, archive string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	name := ""
	for line := range strings.Lines(string(data)) {
		if mark, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(line, " --\n") {
			name = strings.TrimSuffix(mark, " --\n")
		} else if name != "" {
			out[name] += line
		}
	}
	return out
}

// small are the files of the report in testdata, with some changed; a file
// that becomes empty is left out.
func small(t testing.TB, changed map[string]string) map[string]string {
	t.Helper()
	out := files(t, "testdata/report.txtar")
	for name, text := range changed {
		out[name] = text
		if text == "" {
			delete(out, name)
		}
	}
	return out
}

// view builds a project and looks at it.
func view(t testing.TB, files map[string]string, o model.ViewOptions) *model.View {
	t.Helper()
	return viewOf(t, writeProject(t, files), o)
}

// writeProject puts files into a folder of their own.
func writeProject(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func viewOf(t testing.TB, dir string, o model.ViewOptions) *model.View {
	t.Helper()
	return viewOfInput(t, inputOf(t, dir), o)
}

func inputOf(t testing.TB, dir string) model.Input {
	t.Helper()
	in, found := load.Project(dir)
	noErrors(t, found)
	return in
}

func noErrors(t testing.TB, found []diag.Diagnostic) {
	t.Helper()
	for _, d := range found {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s: %s", d.Span.File.Name(), d.Code, d.Message)
		}
	}
}

func viewOfInput(t testing.TB, in model.Input, o model.ViewOptions) *model.View {
	t.Helper()
	report, found := model.Build(in)
	noErrors(t, found)
	v, err := report.View(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var day = model.NewDay(2026, 6, 8)

// pagesOf are all pages by path, those of a theme with every layout unless the
// options say otherwise.
func pagesOf(v *model.View, o Options) map[string]*Page {
	if o.Templates == nil {
		o.Templates = AllTemplates
	}
	out := map[string]*Page{}
	for p := range Pages(v, o) {
		out[p.Path] = p
	}
	return out
}

// smallPage is one page of the report in testdata, as of 8 June 2026.
func smallPage(t testing.TB, path string) *Page {
	t.Helper()
	p := pagesOf(view(t, small(t, nil), model.ViewOptions{Date: day}), Options{Version: "1"})[path]
	if p == nil {
		t.Fatalf("no page %s", path)
	}
	return p
}
