package starter

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// TestOccupied: a folder that holds anything is left as it is.
func TestOccupied(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "notes.txt"), "mine")
	if _, err := Write(dir); !errors.Is(err, ErrOccupied) {
		t.Errorf("into a folder with a file: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("something was written: %v", entries)
	}
	if _, err := Write(filepath.Join(dir, "notes.txt")); err == nil {
		t.Error("written into a file")
	}
}

// TestTakenAway: when a file cannot be written, nothing is left of the others.
func TestTakenAway(t *testing.T) {
	dir := t.TempDir()
	files := fstest.MapFS{"a/b.yaml": {Data: []byte("x")}, "c/no\x00name.yaml": {Data: []byte("x")}}
	if _, err := write(filepath.Join(dir, "new", "project"), files); err == nil {
		t.Fatal("a file whose name cannot be was written")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// TestHidden: a folder under version control is empty, and keeps its own files.
func TestHidden(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, ".gitignore"), "mine\n")
	written, err := Write(dir)
	if err != nil || len(written) < 15 {
		t.Fatal(written, err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, ".gitignore")); string(text) != "mine\n" {
		t.Errorf("a file of others was overwritten: %q", text)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
