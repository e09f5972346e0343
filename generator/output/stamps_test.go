package output

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A file that bears the time and the number of the last build is not read
// again; one that was written since is.
func TestStamps(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("files bear stamps on Linux only")
	}
	dir := filepath.Join(t.TempDir(), "public")
	file := filepath.Join(dir, "kept")
	now := ""
	build := func() (kept bool) {
		tx, err := Begin(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Abort()
		if kept, err = tx.Keep("kept"); err != nil {
			t.Fatal(err)
		}
		if !kept {
			if err := tx.Write("kept", []byte("first")); err != nil {
				t.Fatal(err)
			}
		}
		now += "."
		if err := tx.Write("other", []byte(now)); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		return kept
	}
	set := func(text string, at time.Time) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	build()
	set("other", time.Now())
	if build() {
		t.Error("a file that is just as young as the site was kept unread")
	}
	old := time.Now().Add(-time.Hour)
	set("first", old)
	for range 2 { // read, and by its stamp
		if !build() {
			t.Error("a file with the right bytes was not kept")
		}
	}
	set("FIRST", old) // nobody does this by accident, and it shows that nothing is read
	if !build() {
		t.Error("a file with its stamp was read")
	}
	set("FIRST", old.Add(time.Nanosecond))
	if build() {
		t.Error("a file that was written since was kept")
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "first" {
		t.Errorf("%q, %v", text, err)
	}

	set("first", old)
	build()
	stamps := filepath.Join(dir, stateDir, stampsName)
	good, err := os.ReadFile(stamps)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "x", string(good[:len(good)-1]), string(good) + "x"} {
		if err := os.WriteFile(stamps, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		set("FIRST", old)
		if build() {
			t.Errorf("stamps %.20q were believed", text)
		}
		set("first", old)
		build()
	}
}
