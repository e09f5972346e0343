package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// steps counts the steps that change the disk and stops them at one.
type steps struct {
	n     int
	at    int   // 0: never
	err   error // what the step fails with
	kill  bool  // nothing happens from that step on, as after a kill
	trace []string
}

func (s *steps) hook(op, p string) error {
	s.n++
	s.trace = append(s.trace, op+" "+filepath.Base(p))
	if s.at > 0 && (s.n == s.at || s.kill && s.n > s.at) {
		return s.err
	}
	return nil
}

// scratch is an output folder in memory where there is such a thing, for tests
// of thousands of builds.
func scratch(tb testing.TB) string {
	for _, parent := range []string{"/dev/shm", tb.TempDir()} {
		if dir, err := os.MkdirTemp(parent, "dossier-output-"); err == nil {
			tb.Cleanup(func() { os.RemoveAll(dir) })
			return filepath.Join(dir, "public")
		}
	}
	tb.Fatal("no folder for the test")
	return ""
}

var mine = site{"CNAME": "report.example", "entities/photo.jpg": "jpg", ".git/HEAD": "ref"}

func with(s, more site) site {
	s = maps.Clone(s)
	maps.Copy(s, more)
	return s
}

// isOneOf fails unless a folder holds the one site or the other, whole.
func isOneOf(t *testing.T, dir string, old, new site) (isNew bool) {
	t.Helper()
	got := tree(t, dir)
	if maps.Equal(got, new) {
		return true
	}
	if !maps.Equal(got, old) {
		t.Errorf("neither the old site nor the new one: %v", got)
	}
	return false
}

// Killed before every single step, the folder holds the old site or the new
// one, and the next build makes everything right.
func TestKilledAtEveryStep(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			for at := 1; ; at++ {
				dir := scratch(t)
				put(t, dir, mine)
				for _, s := range []site{first, second, first} {
					publish(t, dir, s, m.opts, m.disk)
				}
				d, count := m.disk, &steps{at: at, err: errors.New("killed"), kill: true}
				d.hook = count.hook
				r, err := tryPublish(dir, second, m.opts, d)
				where := fmt.Sprintf("killed at step %d, %s", at, count.trace[len(count.trace)-1])
				finished := count.n < at

				// In the gap between two renames there is no folder, and
				// without links what others own comes a moment later.
				got := tree(t, dir)
				gap := m.disk.twoRenames && len(got) == 0
				moving := m.disk.noLinks && maps.Equal(got, maps.Clone(second))
				if m.disk.noLinks && !moving {
					for name := range mine {
						moving = moving || got[name] == ""
					}
				}
				if !gap && !moving {
					isNew := isOneOf(t, dir, with(first, mine), with(second, mine))
					if err != nil && isNew {
						t.Errorf("%s: an error, but the new site is there: %v", where, err)
					}
				}
				if err == nil && !finished && len(r.Warnings) == 0 {
					t.Errorf("%s: not a word", where)
				}

				tx, err := begin(dir, m.opts, m.disk) // mends
				if err != nil {
					t.Fatalf("%s: %v", where, err)
				}
				isOneOf(t, dir, with(first, mine), with(second, mine))
				tx.Abort()
				if m.opts.Spare == 0 {
					onlyFolder(t, dir)
				}
				for _, s := range []site{first, second} {
					publish(t, dir, s, m.opts, m.disk)
					equal(t, tree(t, dir), with(s, mine))
				}
				if t.Failed() {
					t.Fatal(where)
				}
				if finished {
					t.Logf("%d steps", at-1)
					return
				}
			}
		})
	}
}

// Killed while the next Begin mends what a kill has left.
func TestKilledWhileMending(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			killed := func(dir string, at int) {
				d, count := m.disk, &steps{at: at, err: errors.New("killed"), kill: true}
				d.hook = count.hook
				tryPublish(dir, second, m.opts, d)
			}
			for at := 8; at < 40; at += 2 {
				for second := 1; second < 8; second++ {
					dir := scratch(t)
					put(t, dir, mine)
					publish(t, dir, first, m.opts, m.disk)
					killed(dir, at)
					killed(dir, second)
					tx, err := begin(dir, m.opts, m.disk)
					if err != nil {
						t.Fatal(at, second, err)
					}
					isOneOf(t, dir, with(first, mine), with(secondSite, mine))
					tx.Abort()
					if t.Failed() {
						t.Fatalf("killed at step %d, then at step %d", at, second)
					}
				}
			}
		})
	}
}

var secondSite = second

// A full disk at every step: the build fails with the old site in its place,
// or the new site is in and there is a warning.
func TestFullAtEveryStep(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			for at := 1; ; at++ {
				dir := scratch(t)
				put(t, dir, mine)
				for _, s := range []site{first, second, first} {
					publish(t, dir, s, m.opts, m.disk)
				}
				d, count := m.disk, &steps{at: at, err: syscall.ENOSPC}
				d.hook = count.hook
				r, err := tryPublish(dir, second, m.opts, d)
				if count.n < at {
					return
				}
				where := fmt.Sprintf("full at step %d, %s", at, count.trace[at-1])
				isNew := err == nil
				if !m.disk.noLinks { // there, what could not be moved comes with the next build
					isNew = isOneOf(t, dir, with(first, mine), with(second, mine))
				}
				if isNew != (err == nil) {
					t.Errorf("%s: new site %v, but error %v", where, isNew, err)
				}
				if err != nil && (!errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "error[output-full]")) {
					t.Errorf("%s: %v", where, err)
				}
				_ = r
				publish(t, dir, second, m.opts, m.disk)
				equal(t, tree(t, dir), with(second, mine))
				if m.opts.Spare == 0 {
					onlyFolder(t, dir)
				}
				if t.Failed() {
					t.Fatal(where)
				}
			}
		})
	}
}

func TestFaultMessages(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{syscall.ENOSPC, `error[output-full]: cannot write "entities/c.html": no space left on device; make room and build again; the last site is untouched`},
		{syscall.EDQUOT, `error[output-full]: cannot write "entities/c.html": disk quota exceeded; make room and build again; the last site is untouched`},
		{syscall.EROFS, `error[output-read-only]: cannot write "entities/c.html": read-only file system; the folder and the one above it must be writable`},
		{fs.ErrPermission, `error[output-read-only]: cannot write "entities/c.html": permission denied; the folder and the one above it must be writable`},
		{syscall.EIO, `error[output-failed]: cannot write "entities/c.html": input/output error`},
	} {
		dir := filepath.Join(t.TempDir(), "public")
		publish(t, dir, first, quick, disk{})
		_, err := tryPublish(dir, second, quick, disk{hook: func(op, p string) error {
			if filepath.Base(p) == "c.html" {
				return c.err
			}
			return nil
		}})
		message(t, err, c.want)
		equal(t, tree(t, dir), first)
		onlyFolder(t, dir)
	}
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, first, quick, disk{})
	_, err := tryPublish(dir, second, quick, disk{hook: func(op, p string) error {
		if op == "exchange" {
			return syscall.EBUSY
		}
		return nil
	}})
	if runtime.GOOS == "linux" {
		message(t, err, "error[output-mount]: cannot swap the output folder: device or resource busy; choose a folder that is neither a mount point nor open in another program")
		equal(t, tree(t, dir), first)
	}
}

func TestOddFolders(t *testing.T) {
	root := t.TempDir()
	_, err := Begin("/", quick)
	message(t, err, "error[output-mount]: the output folder is the root of a file system; choose a folder inside it")

	put(t, root, site{"file": "x"})
	_, err = Begin(filepath.Join(root, "file"), quick)
	message(t, err, "error[output-kind]: the output folder is a file, not a folder; remove it, or choose another folder")
	_, err = Begin(filepath.Join(root, "file", "public"), quick)
	message(t, err, "not a directory")

	// Parents are made, and go again with a failed build.
	deep := filepath.Join(root, "a", "b", "public")
	tx, err := Begin(deep, quick)
	if err != nil {
		t.Fatal(err)
	}
	tx.Abort()
	if exists(filepath.Join(root, "a")) {
		t.Error("a failed build leaves folders")
	}
	publish(t, deep, first, quick, disk{})
	equal(t, tree(t, deep), first)

	// A symbolic link is followed; the link itself stays.
	link := filepath.Join(root, "link")
	if err := os.Symlink(filepath.Join("a", "b", "public"), link); err != nil {
		t.Skip(err)
	}
	publish(t, link, second, quick, disk{})
	equal(t, tree(t, deep), second)
	if fi, _ := os.Lstat(link); fi.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	tx, err = Begin(link, quick)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Begin(deep, quick)
	message(t, err, fmt.Sprintf("error[output-locked]: the output folder is being written by another build (process %d); wait until it has ended", os.Getpid()))
	tx.Abort()
	os.Symlink("nowhere", filepath.Join(root, "dangling"))
	_, err = Begin(filepath.Join(root, "dangling"), quick)
	message(t, err, "error[output-kind]: the output folder is a symbolic link that leads nowhere; make the folder it points to, or remove the link")

	// A file where the working folder would be.
	put(t, root, site{".w.dossier": "x"})
	_, err = Begin(filepath.Join(root, "w"), quick)
	message(t, err, `error[output-kind]: the output folder cannot be built, for ".w.dossier" beside it is not a folder; remove that file`)
}

// A clock that was set back changes nothing: bytes decide, not times.
func TestClockSetBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, first, quick, disk{})
	future := time.Now().Add(20 * 365 * 24 * time.Hour)
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error { return os.Chtimes(p, future, future) })
	publish(t, dir, second, quick, disk{})
	equal(t, tree(t, dir), second)
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error { return os.Chtimes(p, future, future) })
	if r := publish(t, dir, second, quick, disk{}); r.Swapped {
		t.Error("swapped for nothing")
	}
	onlyFolder(t, dir)
}

// Permissions are checked as an ordinary user, for root may write anywhere.
func TestReadOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes of folders mean little there")
	}
	if dir := os.Getenv("DOSSIER_READ_ONLY"); dir != "" {
		_, err := tryPublish(filepath.Join(dir, "public"), second, quick, disk{})
		message(t, err, os.Getenv("DOSSIER_WANT"))
		return
	}
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Skip(err)
	}
	root := t.TempDir()
	os.Chmod(filepath.Dir(root), 0o755) // made by testing for this test alone
	program := filepath.Join(root, "output.test")
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		parent, folder fs.FileMode
		want           string
	}{
		{0o777, 0o555, "error[output-read-only]: cannot write the output folder: permission denied; the folder and the one above it must be writable"},
		{0o555, 0o777, "error[output-read-only]: cannot lock the output folder: permission denied; the folder and the one above it must be writable"},
	} {
		dir := filepath.Join(root, fmt.Sprint(i))
		os.Mkdir(dir, 0o777)
		publish(t, filepath.Join(dir, "public"), first, quick, disk{})
		os.Chmod(filepath.Join(dir, "public"), c.folder)
		os.Chmod(dir, c.parent)
		cmd := exec.Command(program, "-test.run=^TestReadOnly$")
		cmd.Env = append(os.Environ(), "DOSSIER_READ_ONLY="+dir, "DOSSIER_WANT="+c.want)
		asNobody(cmd)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		os.Chmod(dir, 0o777)
		equal(t, tree(t, filepath.Join(dir, "public")), first)
		onlyFolder(t, filepath.Join(dir, "public"))
	}
}
