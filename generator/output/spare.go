package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// double makes of the old tree, or anew where there was none, a second tree of
// hard links to the site that is in the folder now, and leaves stamps of its
// files. Where that cannot be done, the next build links and reads all files.
func (t *Tx) double(old string, m Manifest) error {
	spare := t.workPath("spare")
	if exists(old) {
		if err := t.disk.rename(old, spare); err != nil {
			return err
		}
		if err := t.disk.removeAll(filepath.Join(spare, stateDir)); err != nil {
			return err
		}
	} else if err := t.disk.mkdir(spare, 0o777); err != nil {
		return err
	}
	for _, name := range t.order {
		f := t.files[name]
		if !f.fresh && !f.linked {
			continue // of all its names, none has come or gone
		}
		p := filepath.Join(spare, filepath.FromSlash(name))
		if f.fresh {
			if err := t.twin(name, p); err != nil {
				return err
			}
		}
		fi, err := os.Lstat(p)
		if err != nil {
			return err
		}
		if now, ok := stampOf(fi); !ok || f.fresh && f.seen.inode == 0 {
			return errors.ErrUnsupported
		} else if now.sameBytes(f.seen) {
			f.seen = now
		} else {
			f.seen = stamp{}
		}
	}
	return t.writeStamps(spare, m)
}

// twin links a file of the folder into the spare tree.
func (t *Tx) twin(name, p string) error {
	err := t.disk.link(t.livePath(name), p)
	switch {
	case errors.Is(err, fs.ErrExist): // what the path held before
		if err := t.disk.removeAll(p); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrNotExist):
		if err := t.disk.mkdirAll(filepath.Dir(p)); err != nil {
			return err
		}
	default:
		return err
	}
	return t.disk.link(t.livePath(name), p)
}

// writeStamps leaves stamps for the next build. One that is of the tick in
// which somebody may have changed the file again is left out: for a file of the
// last site, that is any since Begin; for one that was written, any since others
// can reach it.
func (t *Tx) writeStamps(spare string, m Manifest) error {
	if ignore := t.workPath(".gitignore"); !exists(ignore) {
		if err := t.disk.write(ignore, []byte("*\n"), false); err != nil {
			return err
		}
	}
	next := t.workPath(stampsName + ".new")
	now, err := t.disk.writeStamped(next, nil, false)
	if err != nil {
		return err
	}
	list := make([]stamped, 0, len(t.files)+2*len(t.settled))
	for _, f := range t.files {
		since := t.begun
		if f.fresh {
			since = t.whole
		}
		if f.seen.inode != 0 && f.seen.mtime < since {
			list = append(list, stamped{f.seen, f.SHA256})
		}
	}
	for _, s := range append(t.settled, t.ownFolders(spare, m, t.others, now.mtime)...) {
		list = append(list, stamped{stamp: s})
	}
	if err := t.disk.remove(next); err != nil {
		return err
	}
	if err := t.disk.write(next, encodeStamps(t.site, list), false); err != nil {
		return err
	}
	return t.disk.rename(next, t.workPath(stampsName))
}

// keepsSpare reports whether a site is large enough for a spare tree.
func (t *Tx) keepsSpare(m Manifest) bool { return t.opts.Spare > 0 && m.Len() >= t.opts.Spare }

// dropSpare removes what double has made.
func (t *Tx) dropSpare() (err error) {
	for _, name := range []string{stampsName + ".new", stampsName, "spare", ".gitignore"} {
		if exists(t.workPath(name)) {
			err = errors.Join(err, t.disk.removeAll(t.workPath(name)))
		}
	}
	return err
}
