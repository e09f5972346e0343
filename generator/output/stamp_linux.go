package output

import (
	"io/fs"
	"syscall"
)

func stampOf(fi fs.FileInfo) (stamp, bool) {
	s, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}, false
	}
	return stamp{inode: s.Ino, size: s.Size, mtime: s.Mtim.Nano(), change: s.Ctim.Nano()}, true
}
