package output

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return errors.ErrUnsupported // of the file system, or of an old kernel
	}
	return err
}

func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}

func stampOf(fi os.FileInfo) stamp {
	sys, ok := fi.Sys().(*syscall.Stat_t)
	if !ok || fi.ModTime().UnixNano() <= 0 {
		return stamp{}
	}
	return stamp{uint64(fi.ModTime().UnixNano()), sys.Ino}
}
