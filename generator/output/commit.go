package output

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/dossier-report/dossier/generator/cores"
)

// stage makes the staging tree when the first file needs it: of the spare
// tree, if there is one, which need not be what it should.
func (t *Tx) stage() error {
	t.staging.Do(func() {
		t.staged = true
		t.dirs = map[string]bool{}
		t.stageOK = t.makeStage()
	})
	return t.stageOK
}

func (t *Tx) makeStage() error {
	stage := t.workPath("stage")
	if exists(t.workPath("spare")) {
		if err := t.disk.rename(t.workPath("spare"), stage); err != nil {
			return t.fail("make", "", err)
		}
		t.reused = true
		t.settleStage()
		return nil
	}
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
	if fi, err := os.Lstat(stage); !t.reused || err != nil || !fi.IsDir() {
		if t.reused && err == nil { // a file of the spare tree that is a folder now
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
func (t *Tx) place(name string, f *file, data []byte) (err error) {
	if err := t.mkdirs(parentOf(name)); err != nil {
		return err
	}
	if err := t.clear(name); err != nil {
		return err
	}
	f.seen, err = t.disk.writeStamped(t.stagePath(name), data, false)
	return err
}

// clear removes what the spare tree has at a path: never the bytes of anyone,
// only one of several names for them.
func (t *Tx) clear(name string) error {
	if !t.reused || !exists(t.stagePath(name)) {
		return nil
	}
	return t.disk.removeAll(t.stagePath(name))
}

// settleStage notes the folders that have in both trees what they had after the
// last build: neither in them nor in those above them has a name come or gone, and
// none of them was moved, which would show in its own stamp.
func (t *Tx) settleStage() {
	folders := t.prev.folders()
	stage, live := looks(t.workPath("stage"), folders), looks(t.live, folders)
	t.calm = make(map[string]bool, len(folders))
	for i, dir := range folders { // those above come first
		t.calm[dir] = dir == "" || t.calm[parentOf(dir)] && t.stamps.own(stage[i].has) && t.stamps.own(live[i].has)
	}
}

// inStage reports whether the spare tree had a file of the folder. It need not be
// looked for when the folder is as the last build has left it, and so is the
// file: then the two are one file with two names.
func (t *Tx) inStage(name string) bool {
	f := t.files[name]
	if dir := parentOf(name); f.stamped && dir != "" && t.calm[dir] {
		return true
	}
	fi, err := os.Lstat(t.stagePath(name))
	if err != nil {
		return false
	}
	has, _ := stampOf(fi)
	return has.sameBytes(f.seen)
}

// adopt brings an unchanged file from live into the staging tree.
func (t *Tx) adopt(name string, f *file) error {
	if err := t.mkdirs(parentOf(name)); err != nil {
		return err
	}
	if err := t.clear(name); err != nil {
		return err
	}
	f.linked = true
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
	m := Manifest{files: make(map[string]Entry, len(t.files)), above: new(above)}
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
	text := make(chan []byte, 1)
	go func() { text <- m.encode() }()
	var writing sync.WaitGroup
	if !t.opts.NoSync { // what is written so far goes to the disk meanwhile
		writing.Go(func() { _ = flush(t.workPath("stage")) })
	}
	defer writing.Wait()
	t.order = slices.Sorted(maps.Keys(t.files))
	has := make([]bool, len(t.order)) // in the spare tree already
	if t.reused {
		cores.Each(len(has), func(i int) { has[i] = t.inStage(t.order[i]) })
	}
	for i, name := range t.order {
		if f := t.files[name]; !f.fresh && !has[i] {
			if err := t.adopt(name, f); err != nil {
				return t.fail("keep", name, err)
			}
		}
	}
	foreign := map[string]bool{}
	t.others = foreign
	folders := map[string]bool{}
	for _, dir := range m.folders() {
		folders[dir] = true
	}
	err := t.walkForeign(&m, func(name string, d fs.DirEntry) error {
		if _, ok := m.files[name]; ok {
			if t.foreign[name] {
				return nil // the same bytes: Write has compared them
			}
			return t.conflict(name) // it came while the build ran
		}
		foreign[name] = true
		if folders[name] || m.below(name) {
			return nil // an edited file, in the way of the new site: the sweeper moves it aside
		}
		return t.carry(name, d)
	})
	if err != nil {
		return err
	}
	r.Foreign = len(foreign)
	if t.reused {
		if err := t.prune(m, foreign); err != nil {
			return t.fail("remove", "", err)
		}
	}
	if err := t.writeState(<-text); err != nil {
		return t.fail("write", stateDir, err)
	}
	if t.keepsSpare(m) {
		t.settled = t.ownFolders(t.workPath("stage"), m, foreign, t.whole)
	}
	writing.Wait()
	if !t.opts.NoSync {
		if err := t.disk.flush(t.workPath("stage")); err != nil {
			return t.fail("write", "", err)
		}
	}
	return nil
}

// writeState writes manifest, notes and marker.
func (t *Tx) writeState(manifest []byte) error {
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
	t.site = sha256.Sum256(manifest)
	if err := t.disk.write(filepath.Join(dir, manifestName), manifest, !t.opts.NoSync); err != nil {
		return err
	}
	done, err := t.disk.writeStamped(filepath.Join(dir, markerName), nil, false)
	t.whole = done.mtime
	return err
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

// likeLive gives folders of the staging tree the rights they have in live.
func (t *Tx) likeLive(folders []string) error {
	live := looks(t.live, folders)
	for i, at := range looks(t.workPath("stage"), folders) {
		if want := live[i].mode | 0o700; at.err == nil && live[i].isDir && at.mode != want {
			if err := t.disk.chmod(t.stagePath(folders[i]), want); err != nil {
				return err
			}
		}
	}
	return nil
}
