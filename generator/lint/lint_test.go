package lint_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/lint"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
)

var update = flag.Bool("update", false, "write the expected findings anew")

// TestRules checks small projects, one in each file of testdata: what is
// printed stands at the end of the file, under the name "findings".
func TestRules(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no projects in testdata", err)
	}
	met := map[string]bool{}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			project, want := *archive, ""
			if n := len(archive.Files); archive.Files[n-1].Name == "findings" {
				want = string(archive.Files[n-1].Data)
				project.Files = archive.Files[:n-1]
			}
			found := check(t, project.Files)
			for _, d := range found {
				met[d.Code] = true
			}
			var got strings.Builder
			if err := diag.Print(&got, found, diag.Style{}); err != nil {
				t.Fatal(err)
			}
			if *update {
				project.Files = append(slices.Clone(project.Files), txtar.File{Name: "findings", Data: []byte(got.String())})
				if err := os.WriteFile(name, txtar.Format(&project), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got.String() != want {
				t.Errorf("found\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
	passedOn := markdown.Rules()
	for _, r := range lint.Rules() {
		if !met[r.Code] && !slices.ContainsFunc(passedOn, func(x diag.Rule) bool { return x.Code == r.Code }) {
			t.Errorf("no test meets the rule %q", r.Code)
		}
	}
}

// check writes a project to disk and gives the findings of all stages.
func check(t *testing.T, files []txtar.File) []diag.Diagnostic {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	in, found := load.Project(dir)
	in.Rules = slices.Concat(load.Rules(), lint.Rules())
	report, more := model.Build(in)
	editorial, _ := lint.Check(report, os.DirFS(dir))
	return diag.Sort(slices.Concat(found, more, editorial))
}
