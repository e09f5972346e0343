//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func tryLock(f *os.File) error {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err {
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return errLocked
		default:
			return err
		}
	}
}

// removeLock removes the file while it is still locked: who opened it before
// finds, after locking, that it is no longer the one with that name.
func removeLock(f *os.File, name string) {
	_ = os.Remove(name)
	_ = f.Close()
}

// writable reports whether a folder may be written by this process. Moving a
// folder changes its "..", which asks for the same right.
func writable(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }

func sameDevice(a, b string) bool {
	var x, y unix.Stat_t
	if unix.Lstat(a, &x) != nil || unix.Lstat(b, &y) != nil {
		return true // a missing file is not a mount point
	}
	return x.Dev == y.Dev
}

func isQuota(err error) bool { return errors.Is(err, syscall.EDQUOT) }

// syncDir makes renames in a folder last.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
