// Package output writes a site into a folder so that the folder holds either
// the last good site or the new one, whole, at every moment.
//
// # What happens
//
// Begin locks the folder. Write puts files that are new or changed into a
// staging tree beside it; a file whose bytes are the same as in the folder is
// only noted. Commit completes the staging tree (unchanged files and files of
// others are hard-linked into it, so they keep their inode, time and owner),
// and then swaps the two folders. Abort throws the staging tree away.
//
// For an output folder "public" the work is done in ".public.dossier" beside
// it, which has to be on the same file system and is gone when no build runs
// (unless Options.Spare asks for more):
//
//	lock    held by the build that runs
//	notes   what the next build wants to know, being written
//	stage   the tree being made
//	next    the tree made; after the swap, the old one
//	old     the old tree, on systems without an atomic swap
//	kept    files of others for which no place was found (see below)
//	spare   the folder a second time, in hard links: the next staging tree
//	stamps  what the file system says of the files, see stamp
//
// The last two are for large sites, where linking, unlinking and reading every
// file would cost more than the build: a build then touches what has changed,
// and asks for the times of the rest. A ".gitignore" beside them keeps version
// control from taking them for files of the project. They may be removed at any
// time; both are checked before they are believed.
//
// In the folder itself, ".dossier" holds the manifest: path, size and SHA-256
// of every file that dossier wrote, sorted, and nothing else, so it is as
// reproducible as the site. It is not a page of the site and not packed. Beside it
// lie notes for the next build; see WriteState.
//
// # What a reader sees
//
// On Linux (renameat2 with RENAME_EXCHANGE) and macOS (renamex_np with
// RENAME_SWAP) the swap is one atomic step: a path that is opened before it
// gives the old file, one that is opened after it the new file, and there is
// no moment without either. A file that is already open stays as it was. A
// process that has the folder as its working directory, or open, stays in the
// old tree, which is removed; servers that look paths up by name follow.
//
// Elsewhere, and on file systems that refuse the exchange, two renames follow
// one another: between them the folder does not exist. A process killed just
// there leaves it so until the next Begin, which completes the swap.
//
// A process that is killed at any other moment leaves the old site or the new
// one; the next Begin removes what is left over. A full disk, a missing right
// or any other error before the swap makes Commit fail with the old site in
// its place. After the swap there is nothing left that could fail the build:
// what cannot be cleaned up is a warning in the Result.
//
// # Files of others
//
// A file that the manifest does not name was not written by dossier. It is
// never changed and never removed. A site that needs its path is refused,
// unless the bytes are the same. What others add, replace or remove while a
// build runs is carried over; if both trees have got a different file at one
// path, the one from the old tree is put into "kept", and the Result says so.
// A file that dossier wrote and somebody edited is written anew as long as it
// belongs to the site; after that it counts as a file of others.
//
// # Power loss
//
// A kill needs no flushing, a power cut does. On Linux Commit calls syncfs
// once before the swap and fsync on the parent folder after it, so the old
// site goes only when the new one is on the disk. Elsewhere only the manifest
// is flushed, for flushing each of many files costs more than it is worth
// there; Write compares bytes, so the next build mends what a power cut broke.
package output

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
)

// Options says how a site is written. The zero value is the safe choice.
type Options struct {
	// NoSync leaves flushing to the operating system. Only a power cut can
	// tell the difference. It is meant for previews and tests.
	NoSync bool

	// Spare is the number of files from which on a site gets a spare tree and
	// stamps beside the output folder, so that the next build touches only
	// what differs. They take the space of directory entries and 64 bytes a
	// file. With 0 there are none, nor on systems other than Linux, or on file
	// systems without hard links.
	Spare int
}

// Tx is a site on its way into a folder. Its methods may be called by several
// goroutines, except that Commit and Abort end it.
type Tx struct {
	opts Options
	disk disk
	file *diag.File // the folder as the user named it

	live string // real path of the output folder
	work string // of the folder beside it
	lock *os.File

	made []string // parents of the output folder that Begin had to make

	prev    Manifest        // what dossier wrote into live
	owned   bool            // live has a manifest
	foreign map[string]bool // paths in live that prev does not name; false for folders above them

	mu     sync.Mutex
	done   bool
	broken error // of the first Write that failed
	names  names
	files  map[string]*file
	order  []string // their names, sorted, from Commit on
	notes  map[string]*note

	staging sync.Once
	stageOK error
	staged  bool
	reused  bool            // the staging tree was the spare tree
	calm    map[string]bool // folders of which that tree had, and live has, what the last build has left
	dirs    map[string]bool // folders seen to in the staging tree

	stamps  stamps            // of the last build
	begun   int64             // time of the file system at Begin
	whole   int64             // when the staging tree was whole
	site    [sha256.Size]byte // SHA-256 of its manifest
	settled []stamp           // of its folders with nothing of others in them
	others  map[string]bool   // what it holds of others
}

// file is a file of the new site.
type file struct {
	Entry
	fresh  bool  // its bytes are in the staging tree; otherwise they are those in live
	linked bool  // it was brought from live into the staging tree
	seen   stamp // when its bytes were known: before they were compared, after they were written

	stamped bool // the last build has left a stamp of it
}

// Result is what a Commit has done.
type Result struct {
	Swapped   bool // false when nothing differed and the folder was left alone
	Written   int  // files that are new or have changed
	Unchanged int  // files that were left as they were
	Removed   int  // files of the last site that are no longer in this one
	Foreign   int  // files of others, all kept

	Warnings []diag.Diagnostic // what could not be cleaned up
}

// Begin locks the folder and mends what a killed build has left. The folder
// need not exist; a symbolic link to a folder is followed, and the folder it
// points to is the one that is swapped. The error is an *Error.
func Begin(dir string, opts Options) (*Tx, error) { return begin(dir, opts, disk{}) }

func begin(dir string, opts Options, d disk) (_ *Tx, err error) {
	t := &Tx{
		opts: opts, disk: d,
		file:    diag.NewFile(filepath.ToSlash(dir), nil),
		names:   names{},
		files:   map[string]*file{},
		notes:   map[string]*note{},
		foreign: map[string]bool{},
	}
	if err := t.resolve(dir); err != nil {
		t.removeMade()
		return nil, err
	}
	if err := t.acquire(); err != nil {
		t.removeMade()
		return nil, err
	}
	defer func() {
		if err != nil {
			t.release()
		}
	}()
	if err := t.recover(); err != nil {
		return nil, err
	}
	return t, t.look()
}

// resolve finds the folder's real path, makes its parents, and refuses what
// cannot be swapped.
func (t *Tx) resolve(dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return t.fail("find", "", err)
	}
	if fi, err := os.Lstat(abs); err == nil && fi.Mode()&fs.ModeSymlink != 0 {
		if abs, err = filepath.EvalSymlinks(abs); err != nil {
			return t.refuse(CodeKind, "is a symbolic link that leads nowhere", "make the folder it points to, or remove the link", err)
		}
	} else {
		if err := t.makeParents(filepath.Dir(abs)); err != nil {
			return err
		}
		parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
		if err != nil {
			return t.fail("find", "", err)
		}
		abs = filepath.Join(parent, filepath.Base(abs))
	}
	parent := filepath.Dir(abs)
	if parent == abs {
		return t.refuse(CodeMount, "is the root of a file system", "choose a folder inside it", nil)
	}
	switch fi, err := os.Lstat(abs); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return t.fail("read", "", err)
	case !fi.IsDir():
		return t.refuse(CodeKind, "is a file, not a folder", "remove it, or choose another folder", nil)
	case !sameDevice(abs, parent):
		return t.refuse(CodeMount, "is a mount point, which cannot be swapped", "choose a folder inside it", nil)
	default:
		if err := writable(abs); err != nil {
			return t.fail("write", "", err)
		}
	}
	t.live, t.work = abs, filepath.Join(parent, "."+filepath.Base(abs)+".dossier")
	return nil
}

// makeParents makes the folders above the output, and remembers which.
func (t *Tx) makeParents(dir string) error {
	var missing []string
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil || d == filepath.Dir(d) {
			break
		}
		missing = append(missing, d)
	}
	for i := len(missing) - 1; i >= 0; i-- {
		if err := t.disk.mkdir(missing[i], 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return t.fail("make", "", err)
		}
		t.made = append(t.made, missing[i])
	}
	return nil
}

func (t *Tx) removeMade() {
	for i := len(t.made) - 1; i >= 0; i-- {
		os.Remove(t.made[i]) // stays when something is in it
	}
}

// look reads what the folder holds.
func (t *Tx) look() error {
	var err error
	if t.prev, t.owned, err = readManifest(t.live); err != nil {
		return t.refuse(CodeManifest, "has a manifest that cannot be read: "+reason(err),
			"remove the folder if it holds nothing but the site", err)
	}
	if t.opts.Spare > 0 && t.owned {
		t.stamps = readStamps(t.workPath(stampsName), t.prev.sum)
	}
	return t.walkForeign(nil, func(name string, d fs.DirEntry) error {
		t.foreign[name] = true
		for dir := parentOf(name); dir != ""; dir = parentOf(dir) {
			if t.foreign[dir] {
				break
			}
			t.foreign[dir] = false
		}
		return nil
	})
}

// Write adds a file to the site: its path with slashes, relative to the
// folder, and its bytes, which are not kept. A path is refused when it leads
// out of the folder, when Windows or a web server could not hold it, or when
// it differs from another only by case; the same path may be written twice
// with the same bytes. The error is an *Error, and the site cannot be
// committed after one.
func (t *Tx) Write(name string, data []byte) error {
	err := t.write(name, data)
	if err != nil {
		t.mu.Lock()
		t.broken = cmp.Or(t.broken, err)
		t.mu.Unlock()
	}
	return err
}

func (t *Tx) write(name string, data []byte) error {
	if err := checkName(name); err != nil {
		return t.refuse(CodePath, "cannot hold "+quote(name)+": "+err.Error(), "", nil)
	}
	e := Entry{Size: int64(len(data)), SHA256: sha256.Sum256(data)}
	f, err := t.claim(name, e)
	if f == nil {
		return err
	}
	same, err := t.sameAsLive(name, f, data)
	if same || err != nil {
		return err
	}
	if err := t.stage(); err != nil {
		return err
	}
	if err := t.place(name, f, data); err != nil {
		return t.fail("write", name, err)
	}
	f.fresh = true // it is of this call alone until Commit
	return nil
}

// Keep leaves a file of the last site as it is, without its bytes being made
// again. It reports false when the file is not there with the bytes that the
// manifest states; the caller has to Write it then.
func (t *Tx) Keep(name string) (bool, error) {
	e, ok := t.prev.Entry(name)
	if !ok {
		return false, nil
	}
	seen, same, err := t.compare(name, e, nil)
	if err != nil || !same {
		return false, nil
	}
	f, err := t.claim(name, e)
	if f != nil {
		f.seen = seen
		_, f.stamped = t.stamps.sum(seen)
	}
	return err == nil, err
}

// Next is the site as it has been written and kept so far. The bytes of a file
// are those that Entry stands for.
func (t *Tx) Next() Manifest {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := Manifest{files: make(map[string]Entry, len(t.files))}
	for name, f := range t.files {
		m.files[name] = f.Entry
	}
	return m
}

// Previous is what dossier has written into the folder, as of Begin.
func (t *Tx) Previous() Manifest { return t.prev }

// claim notes a file of the new site. It returns nil without an error when
// the very same file has been noted before.
func (t *Tx) claim(name string, e Entry) (*file, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done {
		return nil, t.refuse(CodeFailed, "is closed", "", nil)
	}
	if f, ok := t.files[name]; ok {
		if f.Entry == e {
			return nil, nil
		}
		return nil, t.refuse(CodeCollision, "would get two different files "+quote(name), "", nil)
	}
	if other, why := t.names.add(name); why != "" {
		return nil, t.refuse(CodeCollision, "cannot hold both "+quote(other)+" and "+quote(name)+": "+why, "rename one of them", nil)
	}
	f := &file{Entry: e}
	t.files[name] = f
	return f, nil
}

// sameAsLive reports whether the folder has the file already, and refuses to
// write over a file of others.
func (t *Tx) sameAsLive(name string, f *file, data []byte) (same bool, err error) {
	for dir := parentOf(name); dir != ""; dir = parentOf(dir) {
		if t.foreign[dir] {
			return false, t.conflict(dir)
		}
	}
	isFile, known := t.foreign[name]
	if known && !isFile {
		return false, t.conflict(name)
	}
	if f.seen, same, err = t.compare(name, f.Entry, data); err != nil {
		return false, t.fail("read", name, err)
	}
	if known && !same {
		return false, t.conflict(name)
	}
	return same, nil
}

// compare reports whether the folder has a file with the bytes of an entry,
// which may be given, and what the file system said of it before. It reads the
// file if the last build has left no stamp of it.
func (t *Tx) compare(name string, e Entry, data []byte) (stamp, bool, error) {
	file := t.livePath(name)
	fi, err := os.Lstat(file)
	if err != nil || !fi.Mode().IsRegular() || fi.Size() != e.Size {
		return stamp{}, false, nil // what is in the way is found elsewhere
	}
	seen, _ := stampOf(fi)
	if sum, ok := t.stamps.sum(seen); ok {
		return seen, sum == e.SHA256, nil
	}
	if data != nil {
		same, err := sameBytes(file, data)
		return seen, same, err
	}
	same, err := e.isIn(file)
	return seen, same, err
}

func (t *Tx) conflict(name string) error {
	return t.refuse(CodeForeign, "already has "+quote(name)+", which dossier did not write",
		"move it away, or choose another output folder", nil)
}

// Abort throws the new site away and leaves the folder as it was. After
// Commit it does nothing, so it may be deferred.
func (t *Tx) Abort() {
	t.mu.Lock()
	done := t.done
	t.done = true
	t.mu.Unlock()
	if done {
		return
	}
	if t.staged {
		_ = t.disk.removeAll(t.workPath("stage")) // the next Begin tries again
	}
	t.release()
	t.removeMade()
}

func (t *Tx) livePath(name string) string { return filepath.Join(t.live, filepath.FromSlash(name)) }
func (t *Tx) stagePath(name string) string {
	return filepath.Join(t.work, "stage", filepath.FromSlash(name))
}
func (t *Tx) workPath(name string) string { return filepath.Join(t.work, name) }
