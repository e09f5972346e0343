package generator_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
)

// withAttachment is a draft with a large attachment.
func withAttachment(t *testing.T) (d *draft, project, file string) {
	t.Helper()
	d = newDraft(rand.New(rand.NewPCG(3, 3)))
	project = t.TempDir()
	d.write(t, project)
	file = filepath.Join(project, "data", "files", "scan.txt")
	attach(t, file, "first")
	return d, project, file
}

// attach writes an attachment and what its record says of it.
func attach(t *testing.T, file, text string) {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	record := fmt.Sprintf("- {id: scan, file: scan.txt, title: A scan, rights: CC BY 4.0, sha256: %s, confidence: primary, sources: [gazette]}\n", hex.EncodeToString(sum[:]))
	for name, text := range map[string]string{file: text, filepath.Join(filepath.Dir(file), "files.yaml"): record} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInputChangesMeanwhile changes records, an attachment and a template all
// the time while the site is built again and again. Whatever comes of it, the
// folder holds one site, whole; and when the changes have ended, the next
// build gives what a clean one does.
func TestInputChangesMeanwhile(t *testing.T) {
	d, project, file := withAttachment(t)
	buildDraft(t, generator.BuildOptions{Project: project})
	if _, err := os.Stat(filepath.Join(project, "public", "files", "scan.txt")); err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(3 * time.Millisecond):
			}
			record := filepath.Join(project, "data", "entities", d.parties[i%len(d.parties)]+".yaml")
			text, err := os.ReadFile(record)
			if err == nil {
				_ = os.WriteFile(record, []byte(strings.Replace(string(text), "version ", "version 1", 1)), 0o644) // any moment will do
			}
			bytes := "first"
			if i%10 == 0 {
				bytes = "other" // than its record states
			}
			_ = os.WriteFile(file, []byte(bytes), 0o644)
			if i%50 == 0 {
				note := filepath.Join(project, "layouts", "_partials", "note.html")
				_ = os.MkdirAll(filepath.Dir(note), 0o755)
				_ = os.WriteFile(note, []byte(fmt.Sprint("<p>", i, "</p>")), 0o644)
			}
		}
	}()
	good, refused := 0, 0
	for range 6 {
		res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project})
		switch {
		case err == nil:
			good++
		case errors.Is(err, generator.ErrDiagnostics) && diag.Tally(res.Diagnostics).Errors > 0:
			refused++
		default:
			t.Error(err)
		}
		wholeSite(t, filepath.Join(project, "public"))
		if text, err := os.ReadFile(filepath.Join(project, "public", "files", "scan.txt")); err == nil && string(text) != "first" {
			t.Errorf("an attachment was published that is not what its record states: %q", text)
		}
	}
	close(stop)
	<-stopped
	t.Logf("%d builds succeeded, %d were refused", good, refused)
	d.write(t, project)
	attach(t, file, "last")
	buildDraft(t, generator.BuildOptions{Project: project})
	clean := t.TempDir()
	buildDraft(t, generator.BuildOptions{Project: project, Out: filepath.Join(clean, "public"), Full: true})
	sameFiles(t, "after all changes", filepath.Join(project, "public"), filepath.Join(clean, "public"))
}

// wholeSite sees to it that a folder holds what its manifest states, and that
// nothing is left beside it.
func wholeSite(t *testing.T, public string) {
	t.Helper()
	files := readFiles(t, public)
	lines := strings.Split(strings.TrimSpace(files[filepath.Join(".dossier", "manifest")]), "\n")
	if len(lines) < 20 {
		t.Fatal("there is no site")
	}
	for _, line := range lines[1:] {
		want, rest, _ := strings.Cut(line, " ")
		_, name, _ := strings.Cut(rest, " ")
		sum := sha256.Sum256([]byte(files[filepath.FromSlash(name)]))
		if hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not what the manifest states", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(public), ".*.dossier")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestNothingIsLeft counts goroutines and open files around builds that end in
// every way.
func TestNothingIsLeft(t *testing.T) {
	_, project, _ := withAttachment(t)
	note := filepath.Join(project, "layouts", "_partials", "note.html")
	if err := os.MkdirAll(filepath.Dir(note), 0o755); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	ways := map[string]struct {
		ctx      context.Context
		note     string
		out      string
		verify   bool
		succeeds bool
	}{
		"built":              {note: "<p>A</p>", succeeds: true},
		"kept":               {note: "<p>A</p>", succeeds: true},
		"verified":           {note: "<p>A</p>", verify: true, succeeds: true},
		"cancelled":          {ctx: cancelled, note: "<p></p>"},
		"a template is bad":  {note: "{{ .Nothing.Here }}"},
		"the output is data": {note: "<p></p>", out: filepath.Join(project, "data", "files")},
	}
	run := func(name string) {
		w := ways[name]
		if err := os.WriteFile(note, []byte(w.note), 0o644); err != nil {
			t.Fatal(err)
		}
		ctx := w.ctx
		if ctx == nil {
			ctx = context.Background()
		}
		_, err := generator.Build(ctx, generator.BuildOptions{Project: project, Out: w.out, Verify: w.verify})
		if (err == nil) != w.succeeds {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for name := range ways { // what libraries start once and keep
		run(name)
	}
	for name := range ways {
		goroutines, files := runtime.NumGoroutine(), openFiles()
		run(name)
		var now int
		for range 100 { // those that are ending
			if now = runtime.NumGoroutine(); now <= goroutines {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if now > goroutines {
			stacks := make([]byte, 1<<20)
			t.Errorf("%s: %d goroutines, %d before\n%s", name, now, goroutines, stacks[:runtime.Stack(stacks, true)])
		}
		if now := openFiles(); now > files {
			t.Errorf("%s: %d open files, %d before", name, now, files)
		}
	}
}

// openFiles counts them, where the system says so.
func openFiles() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}
