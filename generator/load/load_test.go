package load_test

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/model"
)

var update = flag.Bool("update", false, "write the expected findings anew")

// TestProject reads small projects, one in each file of testdata. What is
// printed stands at the end, under the name "findings". The lines above the
// files change them in ways that a text archive cannot hold; see prepare.
func TestProject(t *testing.T) {
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
			if n := len(files); n > 0 && files[n-1].Name == "findings" {
				files, want = files[:n-1], string(files[n-1].Data)
			}
			dir := filepath.Join(t.TempDir(), "project")
			write(t, dir, files)
			prepare(t, dir, string(archive.Comment))
			in, found := project(t, dir)
			for _, d := range found {
				met[d.Code] = true
				if d.Span.IsZero() {
					t.Errorf("no place: %v", d)
				}
			}
			if got, want := len(in.Unread) > 0, diag.Tally(found).Errors > 0; got != want {
				t.Errorf("something is unread: %v", got)
			}
			var got strings.Builder
			if err := diag.Print(&got, diag.Sort(found), diag.Style{}); err != nil {
				t.Fatal(err)
			}
			if *update {
				archive.Files = append(slices.Clone(files), txtar.File{Name: "findings", Data: []byte(got.String())})
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
	met["chart-block"] = true // TestBlocks
	known := map[string]bool{}
	for _, r := range load.Rules() {
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

// project reads a project, and fails when that does not end.
func project(t *testing.T, dir string) (model.Input, []diag.Diagnostic) {
	t.Helper()
	type result struct {
		in    model.Input
		found []diag.Diagnostic
	}
	done := make(chan result, 1)
	go func() {
		in, found := load.Project(dir)
		done <- result{in, found}
	}()
	select {
	case r := <-done:
		return r.in, r.found
	case <-time.After(30 * time.Second):
		t.Fatal("reading does not end")
		panic("unreachable")
	}
}

func write(t *testing.T, dir string, files []txtar.File) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// prepare changes a project as the lines of an archive's comment say:
//
//	crlf FILE         lines end in CR LF
//	cr FILE           lines end in CR
//	bom FILE          begin with a byte order mark
//	write FILE TEXT   with TEXT as Go writes it between double quotes
//	repeat FILE N TEXT
//	link FILE TARGET, dir FILE, fifo FILE, secret FILE
func prepare(t *testing.T, dir, commands string) {
	t.Helper()
	for line := range strings.Lines(commands) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, arg, _ := strings.Cut(rest, " ")
		if quoted, err := strconv.QuotedPrefix(rest); err == nil {
			name, err = strconv.Unquote(quoted)
			if err != nil {
				t.Fatal(err)
			}
			arg = strings.TrimPrefix(rest[len(quoted):], " ")
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if word != "" && word != "#" {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		var err error
		switch word {
		case "", "#":
		case "crlf":
			err = change(path, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) })
		case "cr":
			err = change(path, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) })
		case "bom":
			err = change(path, func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) })
		case "write":
			var text string
			if text, err = strconv.Unquote(arg); err == nil {
				err = os.WriteFile(path, []byte(text), 0o644)
			}
		case "repeat":
			times, text, _ := strings.Cut(arg, " ")
			var n int
			if n, err = strconv.Atoi(times); err == nil {
				text, err = strconv.Unquote(text)
				err = errors.Join(err, os.WriteFile(path, []byte(strings.Repeat(text, n)), 0o644))
			}
		case "link":
			err = os.Symlink(arg, path)
		case "dir":
			err = os.MkdirAll(path, 0o755)
		case "fifo":
			err = syscall.Mkfifo(path, 0o644)
		default:
			t.Fatalf("no command %q", word)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func change(name string, edit func([]byte) []byte) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, edit(text), 0o644)
}

func TestNoPermission(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, []txtar.File{{Name: "dossier.yaml", Data: []byte("title: X\n")}, {Name: "data/entities/a.yaml", Data: []byte("schema: Company\n")}, {Name: "data/links/b.csv"}})
	name := filepath.Join(dir, "data", "entities", "a.yaml")
	links := filepath.Join(dir, "data", "links")
	if err := errors.Join(os.Chmod(name, 0), os.Chmod(links, 0)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(links, 0o755) }) // so that it can be removed
	if f, err := os.Open(name); err == nil {
		f.Close()
		t.Skip("this user may read everything")
	}
	_, found := project(t, dir)
	var got strings.Builder
	if err := diag.Print(&got, diag.Sort(found), diag.Style{}); err != nil {
		t.Fatal(err)
	}
	want := "data/entities/a.yaml: error[unreadable]: no permission to read the file\ndata/links: error[unreadable]: no permission to read the folder\n"
	if got.String() != want {
		t.Errorf("found\n%s\nwant\n%s", got.String(), want)
	}
}

func TestNoFolder(t *testing.T) {
	for _, c := range []struct{ dir, want string }{
		{filepath.Join(t.TempDir(), "nowhere"), "error[no-project]: the folder does not exist"},
		{os.Args[0], "error[unreadable]: not a directory"},
	} {
		_, found := project(t, c.dir)
		if len(found) != 1 || !strings.HasSuffix(found[0].Error(), c.want) {
			t.Errorf("%s: found %v, want %s", c.dir, found, c.want)
		}
	}
}

func TestInput(t *testing.T) {
	dir := t.TempDir()
	archive := txtar.Parse([]byte(`
-- dossier.yaml --
title: X
-- data/entities/acme.yaml --
schema: Company
-- data/events/many.yaml --
- id: a
- id: b
-- data/figures/f.csv --
metric,value
sales,5
-- data/series/p.csv --
date,value
2022,1
-- data/series/deep/q.csv --
date,value
-- data/series/series.yaml --
id: p
-- data/files/files.yaml --
id: f
-- data/files/deep/a.txt --
abc
-- content/about.md --
---
title: About
---

    code
text
-- content/about.zh-hans.md --
---
title: 关于
---
-- content/news/x-2022.md --
---
title: N
---
News.
-- content/briefings/2026.fr.md --
---
title: B
---
`))
	write(t, dir, archive.Files)
	in, found := project(t, dir)
	if len(found) > 0 || len(in.Unread) > 0 {
		t.Errorf("found %v", found)
	}
	var got []string
	for _, d := range in.Docs {
		got = append(got, strings.Join([]string{string(d.Kind), d.ID, d.Path, d.Lang, strconv.FormatBool(d.CSV)}, "|"))
	}
	want := []string{
		"entities|acme|||false", "events||||false", "events||||false", "figures||||true", "files|files|||false", "series|series|||false",
		"content|about|about||false", "content|about|about|zh-Hans|false", "content|2026|briefings/2026|fr|false", "sources|x-2022|news/x-2022||false",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := len(in.Points["p.csv"]); n != 1 {
		t.Errorf("p.csv has %d points", n)
	}
	if _, ok := in.Points["deep/q.csv"]; !ok {
		t.Error("deep/q.csv is missing")
	}
	blob := model.Blob{Path: "data/files/deep/a.txt", Size: 4, SHA256: "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb"}
	if len(in.Files) != 1 || in.Files[0] != blob {
		t.Errorf("files are %v", in.Files)
	}
	for _, d := range in.Docs {
		if d.Path == "about" && d.Lang == "" {
			if got, want := d.Root.Get("body").Text, "    code\ntext\n"; got != want {
				t.Errorf("the body is %q, want %q", got, want)
			}
		}
	}
	if _, err := fs.Stat(os.DirFS(dir), "dossier.yaml"); err != nil {
		t.Error(err)
	}
}
