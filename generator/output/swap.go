package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/dossier-report/dossier/generator/diag"
)

// swap puts the completed staging tree in the place of the folder. Up to the
// exchange an error leaves the folder as it was; after it there are only
// warnings.
func (t *Tx) swap(m Manifest, r *Result) error {
	next := t.workPath("next")
	if err := t.disk.rename(t.workPath("stage"), next); err != nil {
		return t.fail("swap", "", err)
	}
	if err := t.exchange(next); err != nil {
		_ = t.disk.removeAll(next) // the next Begin tries again
		return err
	}
	if !t.opts.NoSync {
		_ = syncDir(filepath.Dir(t.live)) // what fails here is the power cut's chance, not a fault
	}
	s := sweeper{t: t, was: t.prev, now: m, keep: t.keepsSpare(m)}
	old := next
	if exists(t.workPath("old")) {
		old = t.workPath("old")
	}
	if exists(old) {
		s.sweep(old)
	}
	if s.keep && t.double(old, m) != nil { // such as without hard links
		s.keep = false
		if exists(old) {
			s.sweep(old)
		}
	}
	if !s.keep {
		s.check(t.dropSpare())
	}
	s.check(t.disk.remove(filepath.Join(t.live, stateDir, markerName)))
	if len(t.notes) > 0 { // they have been moved into the new tree
		s.check(t.disk.remove(t.workPath(notesDir)))
		t.notes = nil
	}
	r.Warnings = s.warnings
	return nil
}

// exchange makes the tree the folder, and the folder "next" or "old".
func (t *Tx) exchange(next string) error {
	if !exists(t.live) {
		if err := t.disk.rename(next, t.live); err != nil {
			return t.fail("swap", "", err)
		}
		return nil
	}
	err := t.disk.exchange(next, t.live)
	if err == nil {
		return nil
	}
	if !errors.Is(err, errors.ErrUnsupported) {
		return t.fail("swap", "", err)
	}
	old := t.workPath("old")
	if err := t.disk.rename(t.live, old); err != nil {
		return t.fail("swap", "", err)
	}
	if err := t.disk.rename(next, t.live); err != nil {
		return errors.Join(t.fail("swap", "", err), t.disk.rename(old, t.live))
	}
	return nil
}

// recover brings the folder into order after a build that was killed. What it
// finds tells it where that was; the package comment lists the names.
func (t *Tx) recover() error {
	next, old := t.workPath("next"), t.workPath("old")
	if exists(old) && !exists(t.live) { // between the two renames
		from := old
		if hasMarker(next) {
			from = next
		}
		if err := t.disk.rename(from, t.live); err != nil {
			return t.fail("swap", "", err)
		}
	}
	s := sweeper{t: t}
	if exists(old) || exists(next) {
		s.now, _, _ = readManifest(t.live) // one that is damaged is found later, by look
	}
	if exists(old) {
		s.was, _, _ = readManifest(old)
		s.sweep(old)
	}
	if exists(next) {
		if hasMarker(next) { // made, but not swapped in
			s.check(t.disk.removeAll(next))
		} else {
			s.was, _, _ = readManifest(next)
			s.sweep(next)
		}
	}
	for _, name := range []string{"stage", notesDir, stampsName + ".new"} {
		if exists(t.workPath(name)) {
			s.check(t.disk.removeAll(t.workPath(name)))
		}
	}
	if t.opts.Spare == 0 {
		s.check(t.dropSpare())
	}
	if hasMarker(t.live) {
		s.check(t.disk.remove(filepath.Join(t.live, stateDir, markerName)))
	}
	if s.failed != nil {
		return t.fail("clean up", "", s.failed)
	}
	return nil
}

// sweeper clears an old tree away, and first brings over to the folder what
// others have put there in the meantime.
type sweeper struct {
	t        *Tx
	was, now Manifest // of the old tree, and of the folder
	keep     bool     // leave what the folder has too
	failed   error
	warnings []diag.Diagnostic
}

func (s *sweeper) check(err error) {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return
	}
	s.failed = errors.Join(s.failed, err)
	s.warn(CodeLeftover, "could not be cleaned up: "+reason(err), "the next build tries again")
}

func (s *sweeper) warn(code, message, hint string) {
	s.warnings = append(s.warnings, diag.Diagnostic{
		Severity: diag.Warning, Code: code, Span: s.t.file.Span(0, 0), Message: message, Hint: hint,
	})
}

func (s *sweeper) sweep(tree string) {
	if s.keep {
		s.weed(tree)
		return
	}
	s.folder(tree, "")
	// The manifest goes last: without it, a second attempt could not tell
	// the tree's own files from those of others.
	dir := filepath.Join(tree, stateDir)
	if list, err := os.ReadDir(dir); err == nil {
		for _, d := range list {
			if d.Name() != manifestName {
				s.check(s.t.disk.removeAll(filepath.Join(dir, d.Name())))
			}
		}
	}
	if list, err := os.ReadDir(tree); err == nil && (len(list) == 0 || len(list) == 1 && list[0].Name() == stateDir) {
		s.check(s.t.disk.removeAll(dir))
		s.check(s.t.disk.remove(tree))
	}
}

// weed leaves of an old tree what the folder has too.
func (s *sweeper) weed(tree string) {
	for name, e := range s.was.files {
		if _, stays := s.now.files[name]; stays {
			continue
		}
		p := filepath.Join(tree, filepath.FromSlash(name))
		switch fi, err := os.Lstat(p); {
		case errors.Is(err, fs.ErrNotExist):
		case err == nil && fi.IsDir(): // seen below
		case err == nil && fi.Mode().IsRegular() && e.holds(p):
			s.check(s.t.disk.remove(p))
		default:
			s.foreign(p, name)
		}
		s.t.dropEmpty(tree, parentOf(name), nil)
	}
	s.check(s.t.scan(tree, s.was, func(name string, d fs.DirEntry) error {
		if !d.IsDir() {
			s.foreign(filepath.Join(tree, filepath.FromSlash(name)), name)
		}
		return nil
	}))
}

func (s *sweeper) folder(tree, dir string) {
	list, err := os.ReadDir(filepath.Join(tree, filepath.FromSlash(dir)))
	if err != nil {
		s.check(err)
		return
	}
	for _, d := range list {
		name := d.Name()
		if dir != "" {
			name = dir + "/" + name
		}
		p := filepath.Join(tree, filepath.FromSlash(name))
		e, ours := s.was.Entry(name)
		if ours && d.Type().IsRegular() {
			_, stays := s.now.Entry(name)
			ours = stays || e.holds(p)
		} else {
			ours = false
		}
		switch {
		case name == stateDir:
		case d.IsDir():
			s.folder(tree, name)
			_ = s.t.disk.remove(p) // stays when something is left in it
		case !ours:
			s.foreign(p, name)
		default:
			s.check(s.t.disk.remove(p))
		}
	}
}

// foreign sees to it that a file of others in an old tree is in the folder.
func (s *sweeper) foreign(p, name string) {
	live := s.t.livePath(name)
	a, err := os.Lstat(p)
	if err != nil {
		s.check(err)
		return
	}
	b, err := os.Lstat(live)
	switch {
	case err == nil && sameFile(p, live, a, b):
		if !s.keep {
			s.check(s.t.disk.remove(p))
		}
	case errors.Is(err, fs.ErrNotExist):
		err := s.t.disk.mkdirAll(filepath.Dir(live))
		if err == nil {
			err = s.t.disk.rename(p, live)
		}
		s.check(err)
	default:
		kept := "kept"
		for ; ; kept += "~" { // until nothing of an earlier build is in the way
			aside := filepath.Join(s.t.work, kept, filepath.FromSlash(name))
			if exists(aside) {
				continue
			}
			err := s.t.disk.mkdirAll(filepath.Dir(aside))
			if errors.Is(err, syscall.ENOTDIR) {
				continue
			}
			if err == nil {
				err = s.t.disk.rename(p, aside)
			}
			s.check(err)
			break
		}
		s.warn(CodeKept, "was changed by somebody else during the build: there are two files "+quote(name),
			"the older one is in "+filepath.Base(s.t.work)+"/"+kept)
	}
}

// sameFile reports whether nothing is lost when the first of two files goes.
func sameFile(p, q string, a, b fs.FileInfo) bool {
	switch {
	case os.SameFile(a, b):
		return true
	case a.Mode()&fs.ModeSymlink != 0 && b.Mode()&fs.ModeSymlink != 0:
		x, err1 := os.Readlink(p)
		y, err2 := os.Readlink(q)
		return err1 == nil && err2 == nil && x == y
	case a.Mode().IsRegular() && b.Mode().IsRegular() && a.Size() == b.Size():
		data, err := os.ReadFile(p)
		if err != nil {
			return false
		}
		same, err := sameBytes(q, data)
		return same && err == nil
	}
	return false
}
