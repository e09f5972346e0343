package output

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// The lock lies far behind the process number in the file, for Windows lets
// nobody read what is locked.
func tryLock(f *os.File) error {
	at := &windows.Overlapped{Offset: 1 << 30}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errLocked
	}
	return err
}

// removeLock closes first: an open file cannot be removed.
func removeLock(f *os.File, name string) {
	_ = f.Close()
	_ = os.Remove(name)
}

func writable(string) error          { return nil }
func sameDevice(string, string) bool { return true }

func isQuota(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func syncDir(string) error { return nil }
