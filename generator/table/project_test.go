package table

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

var day = model.NewDay(2026, 6, 8)

// project writes the files of testdata/report.txtar, with some changed, into a
// folder, and reads them as raw records.
func project(t testing.TB, changed map[string]string) model.Input {
	t.Helper()
	data, err := os.ReadFile("testdata/report.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	name := ""
	for line := range strings.Lines(string(data)) {
		if mark, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(line, " --\n") {
			name = strings.TrimSuffix(mark, " --\n")
		} else if name != "" {
			files[name] += line
		}
	}
	for name, text := range changed {
		files[name] = text
	}
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
	in, found := load.Project(dir)
	fail(t, found)
	return in
}

func fail(t testing.TB, found []diag.Diagnostic) {
	t.Helper()
	for _, d := range found {
		if d.Severity == diag.Error {
			t.Error(d.Error())
		}
	}
}

func view(t testing.TB, in model.Input, o model.ViewOptions) *model.View {
	t.Helper()
	report, found := model.Build(in)
	fail(t, found)
	v, err := report.View(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// small is the view of the report in testdata that most tests look at.
func small(t testing.TB) *model.View {
	t.Helper()
	return view(t, project(t, nil), model.ViewOptions{Date: day})
}

// files are all files of a view by path, those of its entities included.
func files(t testing.TB, v *model.View) map[string]string {
	t.Helper()
	out := map[string]string{}
	put := func(path string, write Writer) {
		data, err := write.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if out[path] != "" {
			t.Errorf("%s is made twice", path)
		}
		out[path] = string(data)
	}
	s := New(v)
	for path, write := range s.Files(nil) {
		put(path, write)
	}
	for _, e := range v.Entities {
		for _, tb := range s.ForEntity(e.ID) {
			for path, write := range tb.Files() {
				put(path, write)
			}
		}
	}
	return out
}

func tableOf(t testing.TB, tables []Table, name string) Table {
	t.Helper()
	for _, tb := range tables {
		if tb.Name == name {
			return tb
		}
	}
	t.Fatalf("no table %s", name)
	return Table{}
}

// cells are the rows of a table by its column names, as they stand in CSV.
func cells(t testing.TB, tb Table) []map[string]string {
	t.Helper()
	var out []map[string]string
	for row := range tb.Rows() {
		m := map[string]string{}
		for i, c := range row {
			m[tb.Columns[i].Name] = c.String()
		}
		out = append(out, m)
	}
	return out
}

// example is the view of the report in this repository.
func example(t testing.TB) *model.View {
	t.Helper()
	if _, err := os.Stat("../../dossier.yaml"); err != nil {
		t.Skip("the example report is not here")
	}
	in, found := load.Project("../..")
	in.Rules = append(load.Rules(), lint.Rules()...)
	report, more := model.Build(in)
	if n := diag.Tally(append(found, more...)).Errors; n > 0 {
		t.Skipf("the example report has %d errors, which its own test shows", n)
	}
	v, err := report.View(model.ViewOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func write(t testing.TB, w Writer) string {
	t.Helper()
	var b bytes.Buffer
	if err := w(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
