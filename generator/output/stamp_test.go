package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var spare = Options{NoSync: true, Spare: 1}

// keeping puts a site into a folder, and keeps what the folder has of it.
func keeping(dir string, s, was site, opts Options) (kept int, err error) {
	tx, err := Begin(dir, opts)
	if err != nil {
		return 0, err
	}
	defer tx.Abort()
	for _, name := range slices.Sorted(maps.Keys(s)) {
		ok := false
		if was[name] == s[name] {
			if ok, err = tx.Keep(name); err != nil {
				return 0, err
			}
		}
		if ok {
			kept++
		} else if err := tx.Write(name, []byte(s[name])); err != nil {
			return 0, err
		}
	}
	_, err = tx.Commit()
	return kept, err
}

// With a spare tree and stamps, whatever builds and people do to a folder leads
// to what it leads to without.
func TestSpareChangesNothing(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 10
	}
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 7))
		root := t.TempDir()
		plain, spared := filepath.Join(root, "plain", "public"), filepath.Join(root, "spared", "public")
		was, refused, wiped := site{}, false, false
		for step := range 12 {
			next := site{"index.html": fmt.Sprint("home ", random.IntN(3))}
			for i := range 8 {
				name := fmt.Sprintf("%c/%c.html", 'a'+i%3, 'p'+i)
				switch random.IntN(6) {
				case 0:
				case 1:
					next[name+"/deep/x.html"] = fmt.Sprint("deep ", random.IntN(2))
				default:
					next[name] = fmt.Sprintf("page %d, text %d", i, random.IntN(2))
				}
			}
			_, err := keeping(plain, next, was, quick)
			_, same := keeping(spared, next, was, spare)
			if (err == nil) != (same == nil) || err != nil && strings.ReplaceAll(err.Error(), "plain", "spared") != same.Error() {
				t.Errorf("%v\n%v", err, same)
			}
			refused, next = err != nil, map[bool]site{true: was, false: next}[err != nil]
			equal(t, tree(t, spared), tree(t, plain))
			if !wiped { // else the rights of a folder may be those that it had
				equal(t, modesOf(t, spared), modesOf(t, plain))
			}
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
			was = next
			if refused { // something is in the way
				wiped = true
				if err := errors.Join(os.RemoveAll(plain), os.RemoveAll(spared)); err != nil {
					t.Fatal(err)
				}
				continue
			}
			for range random.IntN(4) {
				seed := random.Uint64()
				disturb(t, plain, seed)
				disturb(t, spared, seed)
			}
		}
	}
}

// disturb does something to a folder that people do.
func disturb(t *testing.T, dir string, seed uint64) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 0))
	names := slices.Sorted(maps.Keys(tree(t, dir)))
	name := names[random.IntN(len(names))]
	file := filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(name, "/")))
	folder := filepath.Dir(file)
	info, err := os.Lstat(file)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(name, err)
		}
	}
	switch what := random.IntN(9); {
	case what == 0: // a note of theirs
		_ = os.WriteFile(filepath.Join(folder, "note.txt"), fmt.Append(nil, random.IntN(3)), 0o644) // fails where it is a folder by now
	case what == 1:
		must(os.MkdirAll(filepath.Join(folder, "empty"), 0o755))
	case what == 2 && filepath.Base(folder) == "a" && runtime.GOOS != "windows":
		must(os.Chmod(folder, []fs.FileMode{0o700, 0o750, 0o755}[random.IntN(3)]))
	case what == 3:
		must(os.RemoveAll(file))
	case what == 4 && folder != dir && filepath.Base(folder) != "a":
		must(os.RemoveAll(folder))
	case !info.Mode().IsRegular():
	case what == 5: // in place, as long as it was, with the time that it had
		text, err := os.ReadFile(file)
		must(err)
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		must(err)
		_, err = f.WriteString(strings.Repeat("!", len(text)))
		must(err)
		must(f.Close())
		must(os.Chtimes(file, info.ModTime(), info.ModTime()))
	case what == 6: // the same bytes, in another file
		text, err := os.ReadFile(file)
		must(err)
		must(os.WriteFile(file+"~", text, 0o644))
		must(os.Rename(file+"~", file))
	case what == 7:
		must(os.Remove(file))
		must(os.Symlink("elsewhere", file))
	case what == 8:
		must(os.Remove(file))
		must(os.MkdirAll(filepath.Join(file, "theirs"), 0o755))
	}
}

// modesOf are the rights of all folders.
func modesOf(t *testing.T, dir string) site {
	t.Helper()
	out := site{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || d.Name() == stateDir {
			return err
		}
		info, err := d.Info()
		rel, _ := filepath.Rel(dir, p)
		out[rel] = fmt.Sprint(info.Mode())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// When two folders change places, what lies deep in them has the stamps that it
// had, and is not what the spare tree has there.
func TestFoldersChangePlaces(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there are no stamps")
	}
	dir := filepath.Join(t.TempDir(), "public")
	pages := site{"index.html": "0", "x/d/p.html": "same", "y/d/p.html": "same"}
	build := func(n int) (kept int) {
		t.Helper()
		was := maps.Clone(pages)
		pages["index.html"] = fmt.Sprint(n)
		kept, err := keeping(dir, pages, was, spare)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, tree(t, dir), pages)
		time.Sleep(20 * time.Millisecond) // longer than a tick of the clock, so that stamps hold
		return kept
	}
	for n := range 4 {
		build(n)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(os.Rename(at("x"), at("t")), os.Rename(at("y"), at("x")), os.Rename(at("t"), at("y")),
		os.WriteFile(at("y/d/p.html"), []byte("mine"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if kept := build(4); kept != 1 {
		t.Errorf("%d files kept, not that at x/d alone", kept)
	}
}

// A file that is changed right after a build, and is as long as before, is not
// taken for what it was, however coarse the clock is.
func TestChangedAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	pages := site{"index.html": "home", "a/b.html": "page"}
	for i := range 200 {
		if _, err := keeping(dir, pages, pages, spare); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "a", "b.html")
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.WriteString("egap")
		f.Close()
		if i%2 == 0 {
			os.Chtimes(file, time.Time{}, info.ModTime())
		}
		if kept, err := keeping(dir, pages, pages, spare); kept != 1 || err != nil {
			t.Fatalf("round %d: %d files kept, %v", i, kept, err)
		}
		equal(t, tree(t, dir), pages)
	}
}

// What the stamps say is used: a file of which there is one is not read. Here
// it could not be.
func TestStampedFilesAreNotRead(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the system gives no stamps")
	}
	dir := filepath.Join(t.TempDir(), "public")
	pages := site{"index.html": "home", "a/b.html": "page"}
	tx, err := Begin(dir, spare)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Abort()
	for name, text := range pages {
		if err := tx.Write(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(30 * time.Millisecond) // longer than a tick: a younger file may be changed without a trace
	if _, err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(dir), ".public.dossier", stampsName))
	if err != nil {
		t.Fatal(err)
	}
	if tx, err = Begin(dir, spare); err != nil {
		t.Fatal(err)
	}
	defer tx.Abort()
	files, folders := 0, 0
	for name, e := range tx.Previous().All() {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			seen, _ := stampOf(info)
			if sum, ok := tx.stamps.sum(seen); ok && sum == e.SHA256 {
				files++
			}
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "a")); err == nil {
		if s, _ := stampOf(info); tx.stamps.own(s) {
			folders++
		}
	}
	if files != len(pages) || folders != 1 {
		t.Errorf("%d files and %d folders are known", files, folders)
	}
	for name, broken := range map[string][]byte{"cut": text[:len(text)-1], "empty": nil, "one bit": append([]byte{text[0] ^ 1}, text[1:]...), "sum alone": text[len(text)-32:]} {
		file := filepath.Join(t.TempDir(), "stamps")
		if err := os.WriteFile(file, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readStamps(file, tx.Previous().sum); len(got.rows) > 0 {
			t.Errorf("%s: stamps are believed", name)
		}
	}
	if got := readStamps(filepath.Join(filepath.Dir(dir), ".public.dossier", stampsName), [32]byte{}); len(got.rows) > 0 {
		t.Error("stamps of another site are believed")
	}
}

// A site that is small, or has become so, has nothing beside it.
func TestSpareOfLargeSites(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	three := Options{NoSync: true, Spare: 3}
	publish(t, dir, site{"a": "1", "b": "2"}, three, disk{})
	onlyFolder(t, dir)
	publish(t, dir, site{"a": "1", "b": "2", "c": "3"}, three, disk{})
	work := filepath.Join(filepath.Dir(dir), ".public.dossier")
	list, _ := os.ReadDir(work)
	var names []string
	for _, d := range list {
		names = append(names, d.Name())
	}
	if !slices.Equal(names, []string{".gitignore", "spare", "stamps"}) {
		t.Errorf("beside the site: %v", names)
	}
	equal(t, tree(t, filepath.Join(work, "spare")), site{"a": "1", "b": "2", "c": "3"})
	publish(t, dir, site{"a": "1", "b": "2"}, three, disk{})
	onlyFolder(t, dir)
	publish(t, dir, site{"a": "1", "b": "2", "c": "3"}, three, disk{})
	publish(t, dir, site{"a": "4", "b": "2", "c": "3"}, quick, disk{})
	onlyFolder(t, dir)
}
