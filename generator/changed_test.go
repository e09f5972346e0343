package generator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/output"
)

// An attachment that changes between the check and the end of the build is not
// published, and the user reads which it was.
func TestAttachmentChangesAfterCheck(t *testing.T) {
	for _, change := range []func(file string) error{
		func(file string) error { return os.WriteFile(file, []byte("SCAN"), 0o644) },
		os.Remove,
		func(file string) error { return errors.Join(os.Remove(file), os.Symlink("/etc/hostname", file)) },
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "data", "files", "scan.txt")
		for name, text := range map[string]string{
			"dossier.yaml":          "title: T\ncontact: {email: a@example.org}\n",
			"data/files/files.yaml": fmt.Sprintf("- id: scan\n  file: scan.txt\n  title: A scan\n  rights: CC0\n  known: 2020-01-02\n  sha256: %x\n  confidence: primary\n", sha256.Sum256([]byte("scan"))),
			"data/files/scan.txt":   "scan",
		} {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
		b, found, err := open(context.Background(), dir, 0, "")
		if err != nil {
			var text bytes.Buffer
			diag.Print(&text, found, diag.Style{})
			t.Fatal(err, text.String())
		}
		if err := change(file); err != nil {
			t.Fatal(err)
		}
		tx, err := output.Begin(filepath.Join(dir, "public"), output.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		was, err := readLast(tx, false)
		if err != nil {
			t.Fatal(err)
		}
		made, err := b.fill(tx, was)
		var text bytes.Buffer
		diag.Print(&text, made.found, diag.Style{})
		if !errors.Is(err, ErrDiagnostics) || !strings.Contains(text.String(), "data/files/files.yaml:1:3: error[input-changed]: data/files/scan.txt was changed while the site was built") {
			t.Errorf("%v\n%s", err, text.String())
		}
		tx.Abort()
		b.root.Close() // opened for reading only
	}
}
