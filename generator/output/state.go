package output

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// State opens a note that the last build left.
func (t *Tx) State(name string) (*os.File, error) {
	return os.Open(filepath.Join(t.live, stateDir, name))
}

// WriteState makes a note for the next build, which comes and goes with this
// site: it is swapped in with it, and lost when the next build does not write
// it again. It holds what is written until Commit, which reports what went
// wrong with it. The name is lower-case letters, digits and hyphens. Notes lie
// in ".dossier" in the folder, so they must be as public as the site and, for
// reproducible builds, as reproducible. A note is for one goroutine.
func (t *Tx) WriteState(name string) (io.Writer, error) {
	if !stateName(name) {
		return nil, t.refuse(CodePath, "cannot hold a note called "+quote(name), "", nil)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done {
		return nil, t.refuse(CodeFailed, "is closed", "", nil)
	}
	if t.notes[name] != nil {
		return nil, t.refuse(CodeCollision, "would get two notes called "+quote(name), "", nil)
	}
	if len(t.notes) == 0 {
		if err := t.disk.mkdir(t.workPath(notesDir), 0o700); err != nil {
			return nil, t.fail("write", stateDir, err)
		}
	}
	n := &note{path: filepath.Join(t.workPath(notesDir), name), disk: t.disk}
	err := t.disk.do("write", n.path, func() (err error) {
		n.f, err = os.OpenFile(n.path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	if err != nil {
		return nil, t.fail("write", stateDir, err)
	}
	n.buf = bufio.NewWriterSize(toFile{n}, 1<<16)
	t.notes[name] = n
	return n.buf, nil
}

// notesDir is where notes are written, in the working folder: the staging tree
// may not be needed.
const notesDir = "notes"

// note is a note that is being written.
type note struct {
	path string
	disk disk
	f    *os.File
	buf  *bufio.Writer
}

// toFile writes into the file of a note.
type toFile struct{ n *note }

func (to toFile) Write(p []byte) (written int, err error) {
	err = to.n.disk.do("write", to.n.path, func() (err error) {
		written, err = to.n.f.Write(p)
		return err
	})
	return written, err
}

// finishNotes ends the writing of all notes.
func (t *Tx) finishNotes() error {
	for _, name := range slices.Sorted(maps.Keys(t.notes)) {
		if err := t.notes[name].buf.Flush(); err != nil {
			return t.fail("write", stateDir, err)
		}
	}
	return nil
}

// dropNotes closes and removes what has been written of notes.
func (t *Tx) dropNotes() {
	for _, n := range t.notes {
		_ = n.f.Close() // what matters has been renamed, after it was flushed
	}
	if len(t.notes) > 0 {
		_ = t.disk.removeAll(t.workPath(notesDir)) // the next Begin tries again
	}
	t.notes = nil
}

// sameState reports whether the notes in the folder are those of this build.
func (t *Tx) sameState() bool {
	list, err := os.ReadDir(filepath.Join(t.live, stateDir))
	if err != nil {
		return false
	}
	for _, d := range list {
		if name := d.Name(); name != manifestName && t.notes[name] == nil {
			return false
		}
	}
	for name, n := range t.notes {
		was, err := t.State(name)
		if err != nil {
			return false
		}
		same := n.same(was)
		if was.Close() != nil || !same {
			return false
		}
	}
	return true
}

// same reports whether a file holds what the note does.
func (n *note) same(was *os.File) bool {
	a, err1 := was.Stat()
	b, err2 := n.f.Stat()
	if err1 != nil || err2 != nil || a.Size() != b.Size() {
		return false
	}
	now := io.NewSectionReader(n.f, 0, b.Size())
	x, y := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		i, err1 := io.ReadFull(was, x)
		j, err2 := io.ReadFull(now, y)
		if !bytes.Equal(x[:i], y[:j]) {
			return false
		}
		if err1 != nil || err2 != nil {
			return ended(err1) && ended(err2)
		}
	}
}

func ended(err error) bool { return err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) }

// placeNotes brings the notes into a folder.
func (t *Tx) placeNotes(dir string) error {
	for _, name := range slices.Sorted(maps.Keys(t.notes)) {
		n := t.notes[name]
		if err := n.f.Close(); err != nil {
			return err
		}
		if err := t.disk.rename(n.path, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}
