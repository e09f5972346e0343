package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/diag"
)

type site map[string]string

// quick leaves out flushing, which says nothing about a killed process.
var quick = Options{NoSync: true}

func publish(tb testing.TB, dir string, s site, opts Options, d disk) Result {
	tb.Helper()
	r, err := tryPublish(dir, s, opts, d)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func tryPublish(dir string, s site, opts Options, d disk) (Result, error) {
	tx, err := begin(dir, opts, d)
	if err != nil {
		return Result{}, err
	}
	defer tx.Abort()
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if err := tx.Write(name, []byte(s[name])); err != nil {
			return Result{}, err
		}
	}
	w, err := tx.WriteState("pages")
	if err != nil {
		return Result{}, err
	}
	if _, err := fmt.Fprint(w, s); err != nil {
		return Result{}, err
	}
	return tx.Commit()
}

// tree is every file below a folder but dossier's own, with what is in it.
func tree(tb testing.TB, dir string) site {
	tb.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == dir {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		switch {
		case name == stateDir:
			return fs.SkipDir
		case d.Type()&fs.ModeSymlink != 0:
			s[name], err = os.Readlink(p)
			return err
		case d.IsDir():
			if list, err := os.ReadDir(p); err == nil && len(list) == 0 {
				s[name] = "(empty folder)"
			}
			return nil
		}
		b, err := os.ReadFile(p)
		s[name] = string(b)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func put(tb testing.TB, dir string, s site) {
	tb.Helper()
	for name, text := range s {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			tb.Fatal(err)
		}
	}
}

func equal(tb testing.TB, got, want site) {
	tb.Helper()
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if w, ok := want[name]; !ok {
			tb.Errorf("%s should not be there", name)
		} else if w != got[name] {
			tb.Errorf("%s holds %.60q, want %.60q", name, got[name], w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok {
			tb.Errorf("%s is missing", name)
		}
	}
}

func message(tb testing.TB, err error, want string) {
	tb.Helper()
	var d diag.Diagnostic
	if !errors.As(err, &d) {
		tb.Fatalf("%v (%T) is not a diagnostic", err, err)
	}
	known := slices.ContainsFunc(Rules(), func(r diag.Rule) bool { return r.Code == d.Code && r.Severity == d.Severity })
	if !known {
		tb.Errorf("no rule for %s", d.Code)
	}
	if got := d.Error(); !strings.HasSuffix(got, want) {
		tb.Errorf("message\n got %s\nwant …%s", got, want)
	}
}

// onlyFolder fails when there is anything beside the output folder.
func onlyFolder(tb testing.TB, dir string) {
	tb.Helper()
	list, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range list {
		if d.Name() != filepath.Base(dir) {
			tb.Errorf("left over: %s", d.Name())
		}
	}
}

var first = site{"index.html": "one", "entities/a.html": "a", "entities/b.html": "b", "old/x.html": "x", "f": "file"}
var second = site{"index.html": "two", "entities/a.html": "a", "entities/c.html": "c", "f/g.html": "now a folder", "old": "now a file"}

// modes are the ways in which a file system may let the work be done.
var modes = []struct {
	name string
	opts Options
	disk disk
}{
	{"exchange", quick, disk{}},
	{"two renames", quick, disk{twoRenames: true}},
	{"no links", quick, disk{noLinks: true}},
	{"spare", Options{NoSync: true, Spare: 1}, disk{}},
}

func TestFlushed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for _, s := range []site{first, second} {
		publish(t, dir, s, Options{}, disk{})
		equal(t, tree(t, dir), s)
	}
	onlyFolder(t, dir)
}

func TestWrite(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			for i, step := range []struct {
				site site
				want Result
			}{
				{first, Result{Swapped: true, Written: 5}},
				{first, Result{Unchanged: 5}},
				{second, Result{Swapped: true, Written: 4, Unchanged: 1, Removed: 3}},
				{first, Result{Swapped: true, Written: 4, Unchanged: 1, Removed: 3}},
				{second, Result{Swapped: true, Written: 4, Unchanged: 1, Removed: 3}},
				{site{}, Result{Swapped: true, Removed: 5}},
				{site{}, Result{}},
				{second, Result{Swapped: true, Written: 5}},
			} {
				r := publish(t, dir, step.site, m.opts, m.disk)
				if r.Warnings != nil || r.Swapped != step.want.Swapped || r.Written != step.want.Written || r.Unchanged != step.want.Unchanged || r.Removed != step.want.Removed {
					t.Errorf("step %d: %+v, want %+v", i, r, step.want)
				}
				equal(t, tree(t, dir), step.site)
				if m.opts.Spare == 0 {
					onlyFolder(t, dir)
				}
			}
		})
	}
}

func TestUnchangedFilesStay(t *testing.T) {
	for _, m := range modes {
		if m.disk.noLinks {
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, first, m.opts, m.disk)
			old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
			kept := filepath.Join(dir, "entities", "a.html")
			if err := os.Chtimes(kept, old, old); err != nil {
				t.Fatal(err)
			}
			before, _ := os.Stat(kept)
			for i := range 4 { // there and back, so that a spare tree comes into play
				publish(t, dir, []site{second, first}[i%2], m.opts, m.disk)
				after, err := os.Stat(kept)
				if err != nil {
					t.Fatal(err)
				}
				if !os.SameFile(before, after) || !after.ModTime().Equal(old) {
					t.Errorf("build %d has replaced an unchanged file", i)
				}
			}
		})
	}
}

func TestForeignFiles(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			foreign := site{"CNAME": "report.example", ".git/HEAD": "ref", "entities/photo.jpg": "jpg", "old/notes.txt": "mine", "empty": "(empty folder)", "link": "CNAME", "dangling": "nowhere"}
			put(t, dir, site{"CNAME": "report.example", ".git/HEAD": "ref", "entities/photo.jpg": "jpg", "old/notes.txt": "mine"})
			os.Mkdir(filepath.Join(dir, "empty"), 0o777)
			for name, target := range map[string]string{"link": "CNAME", "dangling": "nowhere"} {
				if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
					t.Skip(err)
				}
			}
			third := site{"index.html": "three"}
			for i, s := range []site{first, third, first, first, third, third, {}} {
				r := publish(t, dir, s, m.opts, m.disk)
				if r.Foreign != len(foreign) || r.Warnings != nil {
					t.Errorf("build %d: %+v, want %d files of others", i, r, len(foreign))
				}
				want := maps.Clone(s)
				maps.Copy(want, foreign)
				equal(t, tree(t, dir), want)
			}
			os.Remove(filepath.Join(dir, "CNAME"))
			delete(foreign, "CNAME")
			for _, s := range []site{first, third, first} {
				publish(t, dir, s, m.opts, m.disk)
				want := maps.Clone(s)
				maps.Copy(want, foreign)
				equal(t, tree(t, dir), want)
			}
		})
	}
}

func TestForeignConflict(t *testing.T) {
	for _, c := range []struct {
		have site
		want string
	}{
		{site{"index.html": "mine"}, `the output folder already has "index.html", which dossier did not write; move it away, or choose another output folder`},
		{site{"entities": "mine"}, `the output folder already has "entities", which dossier did not write; move it away, or choose another output folder`},
		{site{"f/mine.txt": "mine"}, `the output folder already has "f", which dossier did not write; move it away, or choose another output folder`},
		{site{".dossier": "mine"}, `the output folder already has ".dossier", which dossier did not write; remove it, or choose another output folder`},
		{site{".dossier/manifest": "mine"}, `the output folder has a manifest that cannot be read: line 1: unknown form; remove the folder if it holds nothing but the site`},
	} {
		dir := filepath.Join(t.TempDir(), "public")
		put(t, dir, c.have)
		_, err := tryPublish(dir, first, quick, disk{})
		message(t, err, c.want)
		if c.have[".dossier/manifest"] == "" && c.have[".dossier"] == "" {
			equal(t, tree(t, dir), c.have)
		}
		onlyFolder(t, dir)
	}

	dir := filepath.Join(t.TempDir(), "public")
	put(t, dir, site{"index.html": first["index.html"]})
	publish(t, dir, first, quick, disk{}) // the same bytes: nothing is lost
	equal(t, tree(t, dir), first)
}

// A file that came while the build ran is not written over either.
func TestLateForeignFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, site{"a": "1"}, quick, disk{})
	tx, err := begin(dir, quick, disk{})
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Write("index.html", []byte("ours")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, site{"index.html": "theirs", "other": "theirs"})
	_, err = tx.Commit()
	message(t, err, `the output folder already has "index.html", which dossier did not write; move it away, or choose another output folder`)
	equal(t, tree(t, dir), site{"a": "1", "index.html": "theirs", "other": "theirs"})
	onlyFolder(t, dir)
}

// What is put into the folder, or changed there, just before the swap.
func TestForeignRace(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, first, m.opts, m.disk)
			put(t, dir, site{"notes/a.txt": "old"})
			d := m.disk
			d.hook = func(op, p string) error {
				if op == "rename" && filepath.Base(p) == "stage" {
					put(t, dir, site{"late/file": "late"})
					os.Remove(filepath.Join(dir, "notes", "a.txt")) // a new file under the old name
					put(t, dir, site{"notes/a.txt": "new"})
				}
				return nil
			}
			r := publish(t, dir, second, m.opts, d)
			want := maps.Clone(second)
			want["late/file"] = "late"
			got := tree(t, dir)
			if m.disk.noLinks { // moved, so there was only one
				want["notes/a.txt"] = "new"
				equal(t, got, want)
				return
			}
			want["notes/a.txt"] = "old"
			equal(t, got, want)
			if len(r.Warnings) != 1 || r.Warnings[0].Message != `was changed by somebody else during the build: there are two files "notes/a.txt"` {
				t.Errorf("warnings %v", r.Warnings)
			}
			b, err := os.ReadFile(filepath.Join(filepath.Dir(dir), ".public.dossier", "kept", "notes", "a.txt"))
			if string(b) != "new" {
				t.Errorf("kept %q %v", b, err)
			}
		})
	}
}

func TestEditedFile(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, first, m.opts, m.disk)
			publish(t, dir, second, m.opts, m.disk)
			publish(t, dir, first, m.opts, m.disk)
			edit := func(name string) { // in place, as an editor may do: a spare tree sees it too
				f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_APPEND, 0)
				if err != nil {
					t.Fatal(err)
				}
				f.WriteString(" edited")
				f.Close()
			}
			edit("entities/a.html")
			edit("entities/b.html")
			publish(t, dir, second, m.opts, m.disk)
			want := maps.Clone(second)
			want["entities/b.html"] = "b edited" // no longer of the site
			equal(t, tree(t, dir), want)
		})
	}
}

func TestKeep(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			publish(t, dir, first, m.opts, m.disk)
			manifest, _ := os.ReadFile(filepath.Join(dir, stateDir, manifestName))
			for _, home := range []string{"new", "newer", first["index.html"]} {
				tx, err := begin(dir, m.opts, m.disk)
				if err != nil {
					t.Fatal(err)
				}
				for name := range first {
					if name == "index.html" {
						continue
					}
					if ok, err := tx.Keep(name); !ok || err != nil {
						t.Errorf("Keep(%s): %v %v", name, ok, err)
					}
				}
				if ok, err := tx.Keep("no/such.html"); ok || err != nil {
					t.Errorf("Keep of nothing: %v %v", ok, err)
				}
				if err := tx.Write("index.html", []byte(home)); err != nil {
					t.Fatal(err)
				}
				r, err := tx.Commit()
				if err != nil || r.Written != 1 || r.Unchanged != 4 {
					t.Errorf("%+v %v", r, err)
				}
				want := maps.Clone(first)
				want["index.html"] = home
				equal(t, tree(t, dir), want)
			}
			again, _ := os.ReadFile(filepath.Join(dir, stateDir, manifestName))
			if string(again) != string(manifest) {
				t.Errorf("manifest\n%s\nwant\n%s", again, manifest)
			}
		})
	}
}

func TestState(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build := func(state string) Result {
		tx, err := begin(dir, quick, disk{})
		if err != nil {
			t.Fatal(err)
		}
		tx.Write("a", []byte("a"))
		if state != "" {
			w, err := tx.WriteState("pages")
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, state)
		}
		r, err := tx.Commit()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	long := strings.Repeat("a note of more than one piece\n", 10_000)
	for i, c := range []struct {
		state   string
		swapped bool
	}{{"", true}, {"", false}, {"x", true}, {"x", false}, {"y", true}, {long, true}, {long, false}, {long[1:] + "z", true}, {"", true}, {"", false}} {
		if r := build(c.state); r.Swapped != c.swapped {
			t.Errorf("build %d: %+v", i, r)
		}
		tx, _ := begin(dir, quick, disk{})
		if b := stateOf(tx); b != c.state {
			t.Errorf("build %d: state %.20q", i, b)
		}
		if w, err := tx.WriteState("pages"); err == nil {
			io.WriteString(w, "of a build that was given up")
		}
		tx.Abort()
		if _, err := os.Stat(filepath.Join(filepath.Dir(dir), ".public.dossier")); err == nil {
			t.Errorf("build %d: the working folder has stayed", i)
		}
	}
	tx, _ := begin(dir, quick, disk{})
	defer tx.Abort()
	_, err := tx.WriteState("manifest")
	message(t, err, `the output folder cannot hold a note called "manifest"`)
}

// stateOf is the note that the last build has left, or "".
func stateOf(tx *Tx) string {
	f, err := tx.State("pages")
	if err != nil {
		return ""
	}
	defer f.Close()
	text, _ := io.ReadAll(f)
	return string(text)
}

func TestManifest(t *testing.T) {
	want := manifestHead +
		"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 1 entities/a.html\n" +
		"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d 1 entities/b.html\n" +
		"3b9c358f36f0a31b6ad3e14f309c7cf198ac9246e8316f9ce543d5b19ac02b80 4 f\n" +
		"7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed 3 index.html\n" +
		"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 1 old/x.html\n"
	for _, m := range modes {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, second, m.opts, m.disk)
		publish(t, dir, first, m.opts, m.disk)
		got, err := os.ReadFile(filepath.Join(dir, stateDir, manifestName))
		if string(got) != want {
			t.Errorf("%s: %v\n%s", m.name, err, got)
		}
		read, err := ReadManifest(dir)
		if err != nil || read.Len() != 5 || string(read.encode()) != want {
			t.Errorf("read back: %v", err)
		}
	}
	if _, err := ReadManifest(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestConcurrentWrites(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tx, err := begin(dir, quick, disk{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 50 {
				name := "d" + string(rune('a'+i%5)) + "/" + string(rune('a'+w)) + "/" + string(rune('0'+i%10)) + string(rune('a'+i/10)) + ".html"
				if err := tx.Write(name, []byte(name)); err != nil {
					t.Error(err)
				}
				if err := tx.Write("shared.css", []byte("css")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if r, err := tx.Commit(); err != nil || r.Written != 401 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestNothingIsLeftOpen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("counts /proc/self/fd")
	}
	open := func() int {
		list, _ := os.ReadDir("/proc/self/fd")
		return len(list)
	}
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, first, quick, disk{})
	files, routines := open(), runtime.NumGoroutine()
	for i := range 20 {
		publish(t, dir, []site{first, second}[i%2], quick, disk{})
		tx, _ := Begin(dir, Options{})
		tx.Write("x", nil)
		if _, err := Begin(dir, Options{}); err == nil {
			t.Error("the lock does not hold")
		}
		tx.Abort()
	}
	if open() != files || runtime.NumGoroutine() != routines {
		t.Errorf("%d files and %d goroutines, before %d and %d", open(), runtime.NumGoroutine(), files, routines)
	}
	onlyFolder(t, dir)
}

// A file of the last site that somebody has edited, and that is in the way of the
// new one, is put aside, also when an earlier build has put something there.
func TestEditedInTheWay(t *testing.T) {
	for _, m := range modes {
		for _, c := range []struct {
			edited      string
			next        site
			before, now string // below the working folder
		}{
			{"a/b.html", site{"a/b.html/deep.html": "new"}, "", "kept/a/b.html"},
			{"a/b.html", site{"a": "new"}, "", "kept/a/b.html"},
			{"a/b.html", site{"a": "new"}, "kept/a", "kept~/a/b.html"},
		} {
			t.Run(m.name+" "+c.now, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				work := filepath.Join(filepath.Dir(dir), ".public.dossier")
				publish(t, dir, site{c.edited: "old"}, m.opts, m.disk)
				put(t, dir, site{c.edited: "edited"})
				if c.before != "" {
					put(t, work, site{c.before: "of an earlier build"})
				}
				r := publish(t, dir, c.next, m.opts, m.disk)
				equal(t, tree(t, dir), c.next)
				if text, err := os.ReadFile(filepath.Join(work, filepath.FromSlash(c.now))); string(text) != "edited" {
					t.Errorf("%s holds %q %v", c.now, text, err)
				}
				if len(r.Warnings) != 1 || r.Warnings[0].Code != CodeKept {
					t.Errorf("warnings %v", r.Warnings)
				}
			})
		}
	}
}
