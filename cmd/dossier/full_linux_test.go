package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk builds onto a disk without room for the new site: the old one
// stays, whole, and with room the next build succeeds. It needs the right to
// mount a file system in memory.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("none", disk, "tmpfs", 0, "size=256m"); err != nil {
		t.Skip("cannot mount: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	project, public := copyExample(t, false), filepath.Join(disk, "public")
	write := titles(t, project)
	write("The old title")
	build(t, project, "DOSSIER_TEST_OUT="+public)
	last := readTree(t, public)

	filler := filepath.Join(disk, "filler")
	fill(t, filler)
	write("The new title") // it stands on every page
	cmd := dossierBuild(project, "DOSSIER_TEST_OUT="+public)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err == nil {
		t.Fatal("a build succeeds on a full disk")
	}
	for _, part := range []string{"error[output-full]: cannot write ", ": no space left on device\n", "make room and build again; the last site is untouched", "dossier: nothing was built"} {
		if !strings.Contains(stderr.String(), part) {
			t.Errorf("no %q in\n%s", part, stderr.String())
		}
	}
	compareTrees(t, last, readTree(t, public))

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	build(t, project, "DOSSIER_TEST_OUT="+public)
	if sameTree(last, readTree(t, public)) {
		t.Error("the next build has not made the new site")
	}
	list, err := os.ReadDir(disk)
	if err != nil || len(list) != 1 {
		t.Errorf("left beside the site: %v %v", list, err)
	}
}

// fill writes a file that leaves next to no room beside it.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // the size is all that counts
	block := make([]byte, 1<<20)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(info.Size() - 200<<10); err != nil {
		t.Fatal(err)
	}
}
