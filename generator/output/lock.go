package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// errLocked is what tryLock returns when another process holds the lock.
var errLocked = errors.New("locked")

// acquire makes the working folder and locks it. The lock belongs to the
// process and goes with it, however it ends; no clock and no leftover file
// can hold it.
func (t *Tx) acquire() error {
	for range 1000 {
		if err := os.Mkdir(t.work, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return t.fail("lock", "", err)
		}
		if fi, err := os.Lstat(t.work); err == nil && !fi.IsDir() {
			return t.refuse(CodeKind, "cannot be built, for "+quote(t.workName())+" beside it is not a folder", "remove that file", nil)
		}
		f, err := os.OpenFile(t.workPath("lock"), os.O_RDWR|os.O_CREATE, 0o600)
		if errors.Is(err, fs.ErrNotExist) {
			continue // another build has just ended and removed the folder
		}
		if err != nil {
			return t.fail("lock", "", err)
		}
		if err := tryLock(f); err != nil {
			holder := holder(f)
			f.Close()
			if errors.Is(err, errLocked) {
				return t.refuse(CodeLocked, "is being written by another build"+holder, "wait until it has ended", err)
			}
			return t.fail("lock", "", err)
		}
		a, err1 := f.Stat()
		b, err2 := os.Stat(t.workPath("lock"))
		if err1 == nil && err2 == nil && os.SameFile(a, b) {
			t.lock = f
			_ = f.Truncate(0)
			_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0) // for the message only
			if fi, err := f.Stat(); err == nil {
				t.begun = fi.ModTime().UnixNano()
			}
			return nil
		}
		f.Close() // the file was removed between open and lock
	}
	return t.refuse(CodeLocked, "cannot be locked: other builds come and go", "try again", errLocked)
}

// holder names the process that has the lock, when it can be read.
func holder(f *os.File) string {
	b, _ := io.ReadAll(io.LimitReader(f, 20))
	if pid, err := strconv.Atoi(strings.TrimSpace(string(b))); err == nil && pid > 0 {
		return " (process " + strconv.Itoa(pid) + ")"
	}
	return ""
}

// release ends the lock and removes the working folder unless it holds a
// spare tree, kept files or leftovers that could not be removed.
func (t *Tx) release() {
	if t.lock == nil {
		return
	}
	t.dropNotes()
	removeLock(t.lock, t.workPath("lock"))
	t.lock = nil
	_ = os.Remove(t.work)
}

func (t *Tx) workName() string { return filepath.Base(t.work) }
