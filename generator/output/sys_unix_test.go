//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func asNobody(cmd *exec.Cmd) {
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		cmd.Dir = "/"
	}
}

// A real limit of the system in place of a full disk: files may not grow
// beyond 64 KiB.
func TestFileSizeLimit(t *testing.T) {
	if dir := os.Getenv("DOSSIER_FULL"); dir != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
			t.Skip(err)
		}
		_, err := tryPublish(dir, site{"index.html": "new", "big.html": strings.Repeat("x", 100<<10)}, quick, disk{})
		message(t, err, `error[output-failed]: cannot write "big.html": file too large`)
		if !errors.Is(err, syscall.EFBIG) {
			t.Error(err)
		}
		return
	}
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, first, quick, disk{})
	cmd := exec.Command(os.Args[0], "-test.run=^TestFileSizeLimit$")
	cmd.Env = append(os.Environ(), "DOSSIER_FULL="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	equal(t, tree(t, dir), first)
	onlyFolder(t, dir)
}
