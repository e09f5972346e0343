package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// stage makes the staging tree when the first file needs it: the spare tree,
// if there is one to be trusted, or a new one.
func (t *Tx) stage() error {
	t.staging.Do(func() {
		t.staged = true
		t.dirs = map[string]bool{}
		if m, ok, err := readManifest(t.workPath("spare")); t.opts.KeepSpare && ok && err == nil {
			if err := t.disk.rename(t.workPath("spare"), t.workPath("stage")); err == nil {
				t.spare = m
				return
			}
		}
		t.stageOK = t.makeStage()
	})
	return t.stageOK
}

func (t *Tx) makeStage() error {
	if exists(t.workPath("spare")) {
		if err := t.disk.removeAll(t.workPath("spare")); err != nil {
			return t.fail("remove", "", err)
		}
	}
	stage := t.workPath("stage")
	if err := t.disk.mkdir(stage, 0o777); err != nil {
		return t.fail("make", "", err)
	}
	if fi, err := os.Lstat(t.live); err == nil {
		if err := t.disk.chmod(stage, fi.Mode().Perm()|0o700); err != nil {
			return t.fail("make", "", err)
		}
	}
	return nil
}

// mkdirs makes a folder of the staging tree, with the mode it has in live.
func (t *Tx) mkdirs(dir string) error {
	if dir == "" {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mkdirsLocked(dir)
}

func (t *Tx) mkdirsLocked(dir string) error {
	if dir == "" || t.dirs[dir] {
		return nil
	}
	if err := t.mkdirsLocked(parentOf(dir)); err != nil {
		return err
	}
	stage := t.stagePath(dir)
	switch fi, err := os.Lstat(stage); {
	case err == nil && fi.IsDir(): // of the spare tree
	default:
		if err == nil { // a file of the spare tree that is a folder now
			if err := t.disk.remove(stage); err != nil {
				return err
			}
		}
		if err := t.disk.mkdir(stage, 0o777); err != nil {
			return err
		}
		if fi, err := os.Lstat(t.livePath(dir)); err == nil && fi.IsDir() {
			if err := t.disk.chmod(stage, fi.Mode().Perm()|0o700); err != nil {
				return err
			}
		}
	}
	t.dirs[dir] = true
	return nil
}

// place writes a file into the staging tree.
func (t *Tx) place(name string, data []byte) error {
	if err := t.mkdirs(parentOf(name)); err != nil {
		return err
	}
	if err := t.clear(name); err != nil {
		return err
	}
	return t.disk.write(t.stagePath(name), data, false)
}

// clear removes what the spare tree has at a path: never the bytes of anyone,
// only one of several names for them.
func (t *Tx) clear(name string) error {
	if t.spare.files == nil || !exists(t.stagePath(name)) {
		return nil
	}
	return t.disk.removeAll(t.stagePath(name))
}

// adopt brings an unchanged file from live into the staging tree.
func (t *Tx) adopt(name string, e Entry) error {
	if was, ok := t.spare.Entry(name); ok && was == e {
		a, err1 := os.Lstat(t.livePath(name))
		b, err2 := os.Lstat(t.stagePath(name))
		if err1 == nil && err2 == nil && os.SameFile(a, b) {
			return nil
		}
	}
	if err := t.mkdirs(parentOf(name)); err != nil {
		return err
	}
	if err := t.clear(name); err != nil {
		return err
	}
	if t.disk.link(t.livePath(name), t.stagePath(name)) == nil {
		return nil
	}
	return t.disk.copy(t.livePath(name), t.stagePath(name))
}

// Commit swaps the new site in. When it returns an error (an *Error), the
// folder is as it was before Begin; when it returns none, the folder is the
// new site. The transaction is over either way.
func (t *Tx) Commit() (Result, error) {
	t.mu.Lock()
	if t.done {
		t.mu.Unlock()
		return Result{}, t.refuse(CodeFailed, "is closed", "", nil)
	}
	broken := t.broken
	t.mu.Unlock()
	defer t.Abort()
	if broken != nil {
		return Result{}, broken
	}
	if err := t.finishNotes(); err != nil {
		return Result{}, err
	}

	var r Result
	m := Manifest{files: make(map[string]Entry, len(t.files))}
	for name, f := range t.files {
		m.files[name] = f.Entry
		if f.fresh {
			r.Written++
		} else {
			r.Unchanged++
		}
	}
	for name := range t.prev.files {
		if _, ok := m.files[name]; !ok {
			r.Removed++
		}
	}
	if t.owned && r.Written+r.Removed == 0 && m.Len() == t.prev.Len() && t.sameState() {
		for _, file := range t.foreign {
			if file {
				r.Foreign++
			}
		}
		return r, nil
	}
	if err := t.complete(m, &r); err != nil {
		return Result{}, err
	}
	if err := t.swap(m, &r); err != nil {
		return Result{}, err
	}
	r.Swapped = true
	t.made = nil // they hold a site now
	t.staged = false
	return r, nil
}

// complete makes the staging tree whole and marks it.
func (t *Tx) complete(m Manifest, r *Result) error {
	if err := t.stage(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if f := t.files[name]; !f.fresh {
			if was, ok := t.spare.Entry(name); ok && was == f.Entry && f.kept {
				continue
			}
			if err := t.adopt(name, f.Entry); err != nil {
				return t.fail("keep", name, err)
			}
		}
	}
	foreign := map[string]bool{}
	err := t.walkForeign(&m, func(name string, d fs.DirEntry) error {
		if _, ok := m.files[name]; ok {
			if t.foreign[name] {
				return nil // the same bytes: Write has compared them
			}
			return t.conflict(name) // it came while the build ran
		}
		foreign[name] = true
		return t.carry(name, d)
	})
	if err != nil {
		return err
	}
	r.Foreign = len(foreign)
	if t.spare.files != nil {
		if err := t.prune(m, foreign); err != nil {
			return t.fail("remove", "", err)
		}
	}
	if err := t.writeState(m); err != nil {
		return t.fail("write", stateDir, err)
	}
	if !t.opts.NoSync {
		if err := t.disk.flush(t.workPath("stage")); err != nil {
			return t.fail("write", "", err)
		}
	}
	return nil
}

// writeState writes manifest, notes and marker. The order matters for a spare
// tree: with its manifest gone it is not taken for one.
func (t *Tx) writeState(m Manifest) error {
	dir := t.stagePath(stateDir)
	if err := t.disk.removeAll(dir); err != nil {
		return err
	}
	if err := t.disk.mkdir(dir, 0o777); err != nil {
		return err
	}
	if err := t.placeNotes(dir); err != nil {
		return err
	}
	if err := t.disk.write(filepath.Join(dir, manifestName), m.encode(), !t.opts.NoSync); err != nil {
		return err
	}
	return t.disk.write(filepath.Join(dir, markerName), nil, false)
}

// carry puts a file of others into the staging tree too. What cannot be there
// twice is moved after the swap instead.
func (t *Tx) carry(name string, d fs.DirEntry) error {
	if err := t.mkdirs(parentOf(name)); err != nil {
		return t.fail("keep", name, err)
	}
	from, to := t.livePath(name), t.stagePath(name)
	if a, err := os.Lstat(from); err == nil {
		if b, err := os.Lstat(to); err == nil && os.SameFile(a, b) {
			return nil // of the spare tree
		}
	}
	if err := t.clear(name); err != nil {
		return t.fail("keep", name, err)
	}
	switch {
	case d.IsDir(): // without anything in it
		if err := t.mkdirs(name); err != nil {
			return t.fail("keep", name, err)
		}
	case d.Type()&fs.ModeSymlink != 0:
		if target, err := os.Readlink(from); err == nil {
			_ = t.disk.symlink(target, to)
		}
	default:
		_ = t.disk.link(from, to)
	}
	return nil
}

// prune removes from a staging tree that was the spare tree what belongs
// neither to the site nor to others.
func (t *Tx) prune(m Manifest, foreign map[string]bool) error {
	root := t.workPath("stage")
	var gone, dirs []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || p == root {
			return err
		}
		name := relSlash(root, p)
		_, ours := m.files[name]
		switch {
		case name == stateDir:
			return fs.SkipDir
		case d.IsDir():
			dirs = append(dirs, p)
		case !ours && !foreign[name]:
			gone = append(gone, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range gone {
		if err := t.disk.remove(p); err != nil {
			return err
		}
	}
	for _, p := range slices.Backward(dirs) {
		if !foreign[relSlash(root, p)] {
			_ = t.disk.remove(p) // stays when it is not empty
		}
	}
	return nil
}

// walkForeign visits everything in live that dossier did not write: files,
// links, and folders with nothing in them that were not left by its own files.
// What stands at the path of such a file without being one counts too, and, with
// the new site given, a file that was edited and no longer belongs to the site.
func (t *Tx) walkForeign(site *Manifest, visit func(name string, d fs.DirEntry) error) error {
	if !exists(t.live) {
		return nil
	}
	ownDirs := map[string]bool{}
	for name := range t.prev.files {
		for dir := parentOf(name); dir != "" && !ownDirs[dir]; dir = parentOf(dir) {
			ownDirs[dir] = true
		}
	}
	return filepath.WalkDir(t.live, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p != t.live {
			return nil // it went while we walked
		}
		if err != nil {
			return t.fail("read", relSlash(t.live, p), err)
		}
		name := relSlash(t.live, p)
		switch {
		case p == t.live:
			return nil
		case name == stateDir:
			if d.IsDir() {
				return fs.SkipDir
			}
			return t.refuse(CodeForeign, "already has "+quote(name)+", which dossier did not write", "remove it, or choose another output folder", nil)
		case d.IsDir():
			if !sameDevice(p, t.live) {
				return t.refuse(CodeMount, "has a mount point in it, "+quote(name), "choose another output folder", nil)
			}
			list, err := os.ReadDir(p)
			if err == nil && len(list) == 0 && !ownDirs[name] {
				return visit(name, d)
			}
			return nil
		}
		if e, ok := t.prev.files[name]; ok && d.Type().IsRegular() {
			if site == nil {
				return nil
			}
			if _, stays := site.files[name]; stays || e.holds(p) {
				return nil
			}
		}
		return visit(name, d)
	})
}

func relSlash(root, p string) string {
	return filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(p, root), string(filepath.Separator)))
}
