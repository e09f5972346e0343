package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/output"
)

// TestSameBytes builds the example report twice, under other circumstances,
// and compares every file.
func TestSameBytes(t *testing.T) {
	a, b := copyExample(t, false), copyExample(t, true)
	build(t, a, "TZ=UTC", "LC_ALL=C", "GOMAXPROCS=1", "HUGO_TITLE=x")
	build(t, b, "TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8", "GOMAXPROCS=4", "HOME=/nonexistent")
	one, two := readTree(t, filepath.Join(a, "public")), readTree(t, filepath.Join(b, "public"))
	if len(one) < 50 {
		t.Fatalf("only %d files were built", len(one))
	}
	compareTrees(t, one, two)
}

// TestKilledBuild kills builds at random moments: the site is the old one or
// the new one, whole, and the next build succeeds. DOSSIER_KILLS says how many;
// "make faults" kills a hundred.
func TestKilledBuild(t *testing.T) {
	project := copyExample(t, false)
	public := filepath.Join(project, "public")
	write := titles(t, project)
	write("The new title")
	start := time.Now()
	build(t, project)
	whole := time.Since(start)
	next := readTree(t, public)
	write("The old title")
	build(t, project)
	last := readTree(t, public)

	write("The new title")
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	if n, err := strconv.Atoi(os.Getenv("DOSSIER_KILLS")); err == nil {
		rounds = n
	}
	for range rounds {
		cmd := dossierBuild(project)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole)))) // any moment will do
		_ = cmd.Process.Kill()                               // it may have ended already
		_ = cmd.Wait()
		got := readTree(t, public)
		delete(got, ".dossier/next") // there while the old tree is cleared away, which the next build completes
		if !sameTree(got, last) && !sameTree(got, next) {
			t.Fatal("the killed build left a site that is neither the old nor the new one")
		}
	}
	build(t, project)
	compareTrees(t, next, readTree(t, public))
}

// titles writes the title of the example report, which stands on every page, so
// that two sites differ everywhere.
func titles(t *testing.T, project string) func(title string) {
	t.Helper()
	settings := filepath.Join(project, "dossier.yaml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	return func(title string) {
		lines := strings.SplitN(string(text), "\n", 2)
		if !strings.HasPrefix(lines[0], "title:") {
			t.Fatal("the example's settings do not begin with a title")
		}
		if err := os.WriteFile(settings, []byte("title: "+title+"\n"+lines[1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoBuilds starts a build while another one writes into the folder: it is
// told to wait, and does nothing.
func TestTwoBuilds(t *testing.T) {
	project := copyExample(t, false)
	public := filepath.Join(project, "public")
	build(t, project)
	before := readTree(t, public)
	other, err := output.Begin(public, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cmd := dossierBuild(project)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("the second build ends with %v", err)
	}
	want := fmt.Sprintf("error[output-locked]: the output folder is being written by another build (process %d)", os.Getpid())
	if !strings.Contains(string(out), want) || !strings.Contains(string(out), "wait until it has ended") {
		t.Errorf("the second build says\n%s", out)
	}
	other.Abort()
	compareTrees(t, before, readTree(t, public))
	build(t, project)
	compareTrees(t, before, readTree(t, public))
}

// dossierBuild is a run of dossier build in a project, by this test binary.
// DOSSIER_TEST_OUT in its environment is the folder for the site.
func dossierBuild(project string, env ...string) *exec.Cmd {
	args := []string{"dossier", "build"}
	for _, e := range env {
		if out, ok := strings.CutPrefix(e, "DOSSIER_TEST_OUT="); ok {
			args = append(args, "--out", out)
		}
	}
	return &exec.Cmd{Path: os.Args[0], Args: args, Dir: project, Env: append(os.Environ(), env...)}
}

func build(t *testing.T, project string, env ...string) {
	t.Helper()
	cmd := dossierBuild(project, env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
}

// copyExample copies the example report, in the order of the names or the
// other way round, so that folders list their files in another order.
func copyExample(t *testing.T, reverse bool) string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	root := os.DirFS("../..")
	for _, part := range []string{"dossier.yaml", "content", "data"} {
		err := fs.WalkDir(root, part, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if reverse {
		slices.Reverse(files)
	}
	for _, name := range files {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readTree is the fingerprint of every file under a folder, by name.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		tree[name] = fmt.Sprintf("%x", sha256.Sum256(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func sameTree(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, sum := range a {
		if b[name] != sum {
			return false
		}
	}
	return true
}

func compareTrees(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name := range want {
		switch {
		case got[name] == "":
			t.Errorf("%s is missing", name)
		case got[name] != want[name]:
			t.Errorf("%s differs", name)
		}
	}
	for name := range got {
		if want[name] == "" {
			t.Errorf("%s is too much", name)
		}
	}
}
