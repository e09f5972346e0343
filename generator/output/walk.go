package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/dossier-report/dossier/generator/cores"
)

// folders are those above the files of a site, the folder of the site among
// them ("") and first, each before what is in it. The list must not be changed.
func (m Manifest) folders() []string {
	if m.above == nil {
		return m.findFolders()
	}
	m.above.once.Do(func() { m.above.list = m.findFolders() })
	return m.above.list
}

func (m Manifest) findFolders() []string {
	seen := map[string]bool{"": true}
	out := []string{""}
	for name := range m.files {
		for dir := parentOf(name); !seen[dir]; dir = parentOf(dir) {
			seen[dir] = true
			out = append(out, dir)
		}
	}
	slices.Sort(out)
	return out
}

// below reports whether a path lies below a file.
func (m Manifest) below(name string) bool {
	for dir := parentOf(name); dir != ""; dir = parentOf(dir) {
		if _, ok := m.files[dir]; ok {
			return true
		}
	}
	return false
}

// scan visits everything in a tree that is not of a site: files, links, and folders
// with nothing in them that were not left by its own files. What stands
// at the path of such a file without being one counts too. It does not read
// folders that hold nothing else by their stamps.
func (t *Tx) scan(tree string, of Manifest, visit func(name string, d fs.DirEntry) error) error {
	folders := of.folders()
	own := make(map[string]bool, len(folders))
	for _, dir := range folders {
		own[dir] = true
	}
	replaced := map[string]bool{} // by something else, or gone, or in such a folder
	for i, at := range looks(tree, folders) {
		dir := folders[i]
		if dir != "" && replaced[parentOf(dir)] {
			replaced[dir] = true
			continue
		}
		switch {
		case at.err != nil && !errors.Is(at.err, fs.ErrNotExist):
			return t.fail("read", dir, at.err)
		case at.err != nil || !at.isDir:
			replaced[dir] = true
			continue
		case t.stamps.own(at.has):
			continue
		}
		if err := t.scanFolder(tree, dir, of, own, visit); err != nil {
			return err
		}
	}
	return nil
}

// look is what the file system says of a folder.
type look struct {
	isDir bool
	mode  fs.FileMode // its rights
	has   stamp
	err   error
}

// looks looks at folders of a tree, on all cores.
func looks(tree string, folders []string) []look {
	out := make([]look, len(folders))
	cores.Each(len(folders), func(i int) {
		fi, err := os.Lstat(filepath.Join(tree, filepath.FromSlash(folders[i])))
		if out[i].err = err; err == nil {
			out[i].isDir, out[i].mode = fi.IsDir(), fi.Mode().Perm()
			out[i].has, _ = stampOf(fi)
		}
	})
	return out
}

// scanFolder visits what is in one folder of a site, and everything in folders
// of others there.
func (t *Tx) scanFolder(tree, dir string, of Manifest, own map[string]bool, visit func(name string, d fs.DirEntry) error) error {
	p := filepath.Join(tree, filepath.FromSlash(dir))
	list, err := os.ReadDir(p)
	if errors.Is(err, fs.ErrNotExist) && dir != "" {
		return nil // it went while we walked
	}
	if err != nil {
		return t.fail("read", dir, err)
	}
	if !sameDevice(p, tree) {
		return t.refuse(CodeMount, "has a mount point in it, "+quote(dir), "choose another output folder", nil)
	}
	for _, d := range list {
		name := d.Name()
		if dir != "" {
			name = dir + "/" + name
		}
		_, ours := of.files[name]
		switch {
		case name == stateDir && d.IsDir():
		case name == stateDir:
			return t.refuse(CodeForeign, "already has "+quote(name)+", which dossier did not write", "remove it, or choose another output folder", nil)
		case d.IsDir() && own[name] || ours && d.Type().IsRegular():
		case d.IsDir():
			err = t.scanOthers(tree, name, d, visit)
		default:
			err = visit(name, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scanOthers visits everything in a folder of others.
func (t *Tx) scanOthers(tree, dir string, d fs.DirEntry, visit func(name string, d fs.DirEntry) error) error {
	p := filepath.Join(tree, filepath.FromSlash(dir))
	if list, err := os.ReadDir(p); err == nil && len(list) == 0 {
		return visit(dir, d)
	}
	return t.scanFolder(tree, dir, Manifest{}, nil, visit)
}

// walkForeign visits everything in live that dossier did not write, see scan,
// and, with the new site given, what was edited and no longer belongs to the
// site.
func (t *Tx) walkForeign(site *Manifest, visit func(name string, d fs.DirEntry) error) error {
	if !exists(t.live) {
		return nil
	}
	if site != nil {
		for name, e := range t.prev.files {
			if _, stays := site.files[name]; stays {
				continue
			}
			p := t.livePath(name)
			if fi, err := os.Lstat(p); err == nil && fi.Mode().IsRegular() && !e.holds(p) {
				if err := visit(name, fs.FileInfoToDirEntry(fi)); err != nil {
					return err
				}
			}
		}
	}
	return t.scan(t.live, t.prev, visit)
}

// prune removes from a staging tree that was the spare tree what belongs
// neither to the site nor to others.
func (t *Tx) prune(m Manifest, foreign map[string]bool) error {
	drop := func(name string, _ fs.DirEntry) error {
		if foreign[name] {
			return nil
		}
		err := t.clear(name)
		t.dropEmpty(t.workPath("stage"), parentOf(name), foreign)
		return err
	}
	for name := range t.prev.files {
		if _, stays := m.files[name]; stays {
			continue
		}
		if fi, err := os.Lstat(t.stagePath(name)); err == nil && !fi.IsDir() { // not a folder of the new site
			if err := drop(name, nil); err != nil {
				return err
			}
		}
	}
	if err := t.likeLive(m.folders()); err != nil {
		return err
	}
	return t.scan(t.workPath("stage"), m, drop)
}

// dropEmpty removes a folder of a tree, and those above it, if nothing is left
// in them.
func (t *Tx) dropEmpty(tree, dir string, stay map[string]bool) {
	for ; dir != "" && !stay[dir]; dir = parentOf(dir) {
		if t.disk.remove(filepath.Join(tree, filepath.FromSlash(dir))) != nil {
			return
		}
	}
}

// ownFolders are the stamps of the folders of a tree in which there is
// nothing but what belongs to the site, as far as they were changed last before
// a time. That of the tree itself changes with every swap.
func (t *Tx) ownFolders(tree string, m Manifest, foreign map[string]bool, before int64) (out []stamp) {
	others := map[string]bool{}
	for name := range foreign {
		for dir := parentOf(name); dir != "" && !others[dir]; dir = parentOf(dir) {
			others[dir] = true
		}
	}
	folders := m.folders()[1:]
	for i, at := range looks(tree, folders) {
		if at.isDir && !others[folders[i]] && at.has.inode != 0 && at.has.mtime < before {
			out = append(out, at.has)
		}
	}
	return out
}
