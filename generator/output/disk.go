package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// disk does everything that changes the file system, one step at a time. The
// hook is for tests: it is called before each step, and may make it fail or
// end the process there.
type disk struct {
	hook func(op, path string) error

	// twoRenames makes the swap as on systems that cannot exchange folders.
	twoRenames bool
	// noLinks makes every hard link fail, as on FAT.
	noLinks bool
}

func (d disk) do(op, path string, step func() error) error {
	if d.hook != nil {
		if err := d.hook(op, path); err != nil {
			return &fs.PathError{Op: op, Path: path, Err: err}
		}
	}
	return step()
}

func (d disk) mkdir(dir string, perm fs.FileMode) error {
	return d.do("mkdir", dir, func() error { return os.Mkdir(dir, perm) })
}

func (d disk) mkdirAll(dir string) error {
	return d.do("mkdir", dir, func() error { return os.MkdirAll(dir, 0o777) })
}

func (d disk) chmod(name string, perm fs.FileMode) error {
	return d.do("chmod", name, func() error { return os.Chmod(name, perm) })
}

func (d disk) remove(name string) error {
	return d.do("remove", name, func() error { return os.Remove(name) })
}

func (d disk) removeAll(name string) error {
	return d.do("removeall", name, func() error { return os.RemoveAll(name) })
}

func (d disk) rename(from, to string) error {
	return d.do("rename", from, func() error { return os.Rename(from, to) })
}

func (d disk) symlink(target, name string) error {
	return d.do("symlink", name, func() error { return os.Symlink(target, name) })
}

func (d disk) link(from, to string) error {
	return d.do("link", to, func() error {
		if d.noLinks {
			return &os.LinkError{Op: "link", Old: from, New: to, Err: errors.ErrUnsupported}
		}
		return os.Link(from, to)
	})
}

// write makes a file that must not exist. An error of closing counts: some
// file systems report a full disk only then.
func (d disk) write(name string, data []byte, sync bool) error {
	_, err := d.writeStamped(name, data, sync)
	return err
}

// writeStamped gives what the file system says of the file, too.
func (d disk) writeStamped(name string, data []byte, sync bool) (seen stamp, err error) {
	err = d.do("write", name, func() error {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		if sync {
			err = errors.Join(err, f.Sync())
		}
		if fi, err := f.Stat(); err == nil {
			seen, _ = stampOf(fi)
		}
		return errors.Join(err, f.Close())
	})
	return seen, err
}

// copy stands in for link where a file system has no hard links.
func (d disk) copy(from, to string) error {
	fi, err := os.Stat(from)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := d.write(to, data, false); err != nil {
		return err
	}
	return os.Chtimes(to, fi.ModTime(), fi.ModTime())
}

// exchange swaps two folders in one step.
func (d disk) exchange(a, b string) error {
	if d.twoRenames {
		return errors.ErrUnsupported
	}
	return d.do("exchange", b, func() error { return exchange(a, b) })
}

// flush brings everything below a folder to the disk, where the system can do
// that in one call.
func (d disk) flush(dir string) error {
	return d.do("flush", dir, func() error { return flush(dir) })
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func hasMarker(tree string) bool { return exists(filepath.Join(tree, stateDir, markerName)) }
