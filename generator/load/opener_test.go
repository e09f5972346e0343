package load

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// However many folders there are, few are held open, and every file is read.
func TestManyFolders(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() // opened for reading only
	o := newOpener(root)
	defer o.close()
	for i := range 3 * mostOpened {
		name := fmt.Sprintf("data/files/%d/a.txt", i)
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		f, err := o.open(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		f.Close()
		if err != nil || string(text) != name {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if len(o.opened) > mostOpened {
		t.Errorf("%d folders are held open", len(o.opened))
	}
}
