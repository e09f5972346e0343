package model_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

var update = flag.Bool("update", false, "write the expected findings anew")

// TestBuild builds small projects, one in each file of testdata. What is
// printed stands at the end, under the name "findings". A line "write FILE TEXT"
// above the files adds one that an archive cannot hold.
func TestBuild(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no projects in testdata", err)
	}
	met := map[string]bool{}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, want := archive.Files, ""
			if n := len(files); files[n-1].Name == "findings" {
				files, want = files[:n-1], string(files[n-1].Data)
			}
			for line := range strings.Lines(string(archive.Comment)) {
				rest, ok := strings.CutPrefix(strings.TrimSpace(line), "write ")
				if !ok {
					continue
				}
				file, quoted, _ := strings.Cut(rest, " ")
				text, err := strconv.Unquote(quoted)
				if err != nil {
					t.Fatal(err)
				}
				files = append(slices.Clone(files), txtar.File{Name: file, Data: []byte(text)})
			}
			in, unread := input(t, files)
			_, found := model.Build(in)
			for _, d := range found {
				met[d.Code] = true
				if d.Span.IsZero() {
					t.Errorf("no place: %v", d)
				}
			}
			var got strings.Builder
			if err := diag.Print(&got, diag.Sort(append(found, unread...)), diag.Style{}); err != nil {
				t.Fatal(err)
			}
			if *update {
				kept := archive.Files
				if n := len(kept); kept[n-1].Name == "findings" {
					kept = kept[:n-1]
				}
				archive.Files = append(slices.Clone(kept), txtar.File{Name: "findings", Data: []byte(got.String())})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got.String() != want {
				t.Errorf("found\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
	known := map[string]bool{}
	for _, r := range model.Rules() {
		known[r.Code] = true
		if !met[r.Code] && !t.Failed() {
			t.Errorf("no test shows what rule %s reports", r.Code)
		}
		if r.Summary == "" || strings.TrimSpace(r.Help) == "" {
			t.Errorf("rule %s does not say what it means", r.Code)
		}
	}
	for code := range met {
		if !known[code] {
			t.Errorf("%s is reported, but no rule", code)
		}
	}
}

// input reads a project from the files of an archive.
func input(t testing.TB, files []txtar.File) (model.Input, []diag.Diagnostic) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	in, found := load.Project(dir)
	in.Rules = load.Rules()
	return in, found
}

// build is a report without errors, from the text of an archive.
func build(t testing.TB, text string) *model.Report {
	t.Helper()
	in, found := input(t, txtar.Parse([]byte(text)).Files)
	r, more := model.Build(in)
	if found = append(found, more...); diag.Tally(found).Errors > 0 {
		var b strings.Builder
		if err := diag.Print(&b, found, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		t.Fatalf("the report has errors:\n%s", b.String())
	}
	return r
}

func TestIncomplete(t *testing.T) {
	in, found := input(t, txtar.Parse([]byte("-- dossier.yaml --\ntitle: X\n-- data/entities/a.yaml --\nname: [\n-- data/measures/m.yaml --\ntitle: M\nkind: listing\ntargets: [a, b]\nprogram: p\n")).Files)
	if len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	r, found := model.Build(in)
	var got []string
	for _, d := range found {
		got = append(got, d.Error())
	}
	if want := []string{
		"data/entities/a.yaml: note[unchecked-reference]: 2 references in fields are not checked, for what they name may stand in this file; mend the file, and check again",
		`data/measures/m.yaml:4:10: error[unknown-id]: no program "p"; make one in data/programs, or correct the id`,
	}; !slices.Equal(got, want) {
		t.Fatalf("found %q", got)
	}
	if _, err := r.View(model.ViewOptions{}); err != model.ErrBroken {
		t.Errorf("a report of which a file is missing is shown: %v", err)
	}
}

func TestBroken(t *testing.T) {
	in, _ := input(t, txtar.Parse([]byte("-- dossier.yaml --\ntitle: X\n-- data/entities/a.yaml --\nnmae: A\n")).Files)
	r, found := model.Build(in)
	if len(found) == 0 {
		t.Fatal("nothing was found")
	}
	if _, err := r.View(model.ViewOptions{}); err != model.ErrBroken {
		t.Errorf("the error is %v, want ErrBroken", err)
	}
	if n := len(r.Whole().Entities); n != 1 {
		t.Errorf("lint sees %d entities", n)
	}
}
