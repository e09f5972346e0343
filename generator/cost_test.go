//go:build bench

package generator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/dossier-report/dossier/generator/bench"
)

// run is what one process has done.
type run struct {
	Pages    int
	Rendered int
	Peak     uint64 // largest resident memory, in bytes
	Files    int    // of the site
	Bytes    int64

	wall, cpu time.Duration
}

// TestMain runs one measurement when it is called by TestCost: each has a
// process of its own, so that its memory is its own.
func TestMain(m *testing.M) {
	what, dir := os.Getenv("DOSSIER_BENCH"), os.Getenv("DOSSIER_BENCH_DIR")
	if what == "" {
		os.Exit(m.Run())
	}
	r, err := measure(what, dir)
	if err == nil {
		r.Peak = peak()
		err = json.NewEncoder(os.Stdout).Encode(r)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(what, dir string) (r run, err error) {
	if to := os.Getenv("DOSSIER_BENCH_PROFILE"); to != "" {
		stop, err := profile(filepath.Join(to, what))
		if err != nil {
			return r, err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	switch what {
	case "nothing": // what starting the program costs
		return r, nil
	case "check":
		_, _, _ = check(dir, false) // as a build does, which draws the charts later
		return r, nil
	case "build":
		Tune() // as the command does
		res, err := Build(context.Background(), BuildOptions{Project: dir})
		return run{Pages: res.Pages, Rendered: res.Rendered}, err
	case "export": // the rival's project
		n, err := writeRival(dir, rivalOf(dir))
		return run{Pages: n}, err
	case "rival":
		n, err := buildRival(dir)
		return run{Pages: n, Rendered: n}, err
	}
	return r, fmt.Errorf("no measurement %q", what)
}

// profile begins to note where time goes; stop also notes who took memory.
func profile(name string) (stop func() error, err error) {
	cpu, err := os.Create(name + ".cpu")
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return nil, errors.Join(err, cpu.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		mem, err := os.Create(name + ".mem")
		if err != nil {
			return errors.Join(err, cpu.Close())
		}
		return errors.Join(pprof.Lookup("allocs").WriteTo(mem, 0), mem.Close(), cpu.Close())
	}, nil
}

// peak is the largest resident memory that this process had, or what Go has
// taken where the system does not say.
func peak() uint64 {
	if text, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(text)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				kb, _ := strconv.ParseUint(strings.Fields(rest)[0], 10, 64)
				return kb << 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

// start measures in a process of its own.
func start(t *testing.T, what, dir string) run {
	t.Helper()
	var out, stderr bytes.Buffer
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DOSSIER_BENCH="+what, "DOSSIER_BENCH_DIR="+dir)
	cmd.Stdout, cmd.Stderr = &out, &stderr
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", what, err, stderr.String())
	}
	var r run
	r.wall = time.Since(begin)
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if what == "build" || what == "rival" {
		r.Files, r.Bytes = weigh(t, filepath.Join(dir, "public"))
	}
	return r
}

func weigh(t *testing.T, dir string) (files int, bytes int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			files++
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, bytes
}

// TestCost prints what sites of several sizes cost, beside plain Hugo. Only
// the ratios of one run mean anything; DOSSIER_BENCH_SIZES gives other sizes.
func TestCost(t *testing.T) {
	sizes := os.Getenv("DOSSIER_BENCH_SIZES")
	if sizes == "" {
		sizes = "1000,10000"
	}
	for _, text := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 10 {
			t.Fatalf("no size %q", text)
		}
		t.Run(text, func(t *testing.T) { cost(t, n) })
	}
}

func cost(t *testing.T, entities int) {
	root := os.Getenv("DOSSIER_BENCH_ROOT")
	if root == "" {
		root = t.TempDir()
	}
	project := filepath.Join(root, "ours")
	rival := rivalOf(project)
	files, err := bench.Write(project, bench.Shared(entities))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d entities in %d files", entities, files)
	row := func(name string, r run) {
		t.Logf("%-34s %7.1f s  cpu %7.1f s  %6.0f MiB", name, r.wall.Seconds(), r.cpu.Seconds(), float64(r.Peak)/(1<<20))
	}
	check := start(t, "check", project)
	row("load and check", check)
	full := start(t, "build", project)
	row("full build, with load and check", full)
	t.Logf("%d pages, %d files, %d MB", full.Pages, full.Files, full.Bytes/1e6)
	edits := []struct {
		what, from, to string
	}{
		{"one record edited: its text", "\nnote: >-\n  ", "\nnote: >-\n  Edited. "},
		{"one record edited: its name", "\nname: ", "\nname: Another "},
	}
	for _, e := range edits {
		edit(t, filepath.Join(project, "data", "entities", bench.Entity(entities/2)+".yaml"), e.from, e.to)
		r := start(t, "build", project)
		row(e.what, r)
		t.Logf("    %d pages rendered; %.1f times as fast as the full build (cpu: %.1f), %.1f times without load and check (cpu: %.1f)", r.Rendered,
			full.wall.Seconds()/r.wall.Seconds(), full.cpu.Seconds()/r.cpu.Seconds(),
			(full.wall-check.wall).Seconds()/(r.wall-check.wall).Seconds(), (full.cpu-check.cpu).Seconds()/(r.cpu-check.cpu).Seconds())
	}
	row("nothing edited", start(t, "build", project))
	if os.Getenv("DOSSIER_BENCH_ALONE") != "" {
		return
	}
	start(t, "export", project)
	r := start(t, "rival", rival)
	row("plain Hugo, from one JSON file", r)
	t.Logf("%d pages, %d files, %d MB", r.Pages, r.Files, r.Bytes/1e6)
	samePages(t, filepath.Join(project, "public"), filepath.Join(rival, "public"))
	mine := full.wall - check.wall
	t.Logf("rendered: %.0f pages/s, plain Hugo %.0f pages/s", float64(full.Pages)/mine.Seconds(), float64(r.Pages)/r.wall.Seconds())
	t.Logf("ratio to plain Hugo: %.2f times as fast (cpu: %.2f), %.2f of its memory", r.wall.Seconds()/mine.Seconds(), r.cpu.Seconds()/(full.cpu-check.cpu).Seconds(),
		float64(full.Peak)/float64(r.Peak))
}

// rivalOf is where the rival's project lies for one of ours.
func rivalOf(project string) string { return project + "-rival" }

// samePages compares what the two have made: it must be the same site. A page
// may differ in the wording of numbers ("nine", "1 record"), for numbers of
// JSON are no counts to Hugo's translations.
func samePages(t *testing.T, ours, rivals string) {
	t.Helper()
	same, alike, differ := 0, 0, 0
	err := filepath.WalkDir(ours, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		rest, err := filepath.Rel(ours, name)
		if err != nil {
			return err
		}
		a, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(rivals, rest))
		switch {
		case err == nil && bytes.Equal(a, b):
			same++
		case err == nil && (slices.Equal(elements(a), elements(b)) || slices.Contains(untyped, filepath.ToSlash(rest))):
			alike++
		default:
			if differ++; differ <= 10 {
				t.Errorf("plain Hugo makes another page %s (%v)", rest, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages are the same from plain Hugo, %d in all but the wording of numbers, %d differ", same, alike, differ)
}

// untyped are the pages, three of all, that need what JSON cannot carry: whole
// numbers in ids and conditions, and a structure without fields.
var untyped = []string{"verify.html", "methodology.html", "news/index.html"}

// elements are the elements of a page in their order, with their attributes.
func elements(page []byte) []string {
	var out []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.TextToken, html.CommentToken, html.DoctypeToken:
		default:
			// A title may hold such wording too: "rows 12".
			out = append(out, strings.ReplaceAll(string(z.Raw()), ", rows ", ", row "))
		}
	}
}

func edit(t *testing.T, file, from, to string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), from, to, 1)
	if changed == string(text) {
		t.Fatalf("%s: no %q", file, from)
	}
	if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}
