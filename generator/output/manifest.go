package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Names in the folder .dossier.
const (
	manifestName = "manifest"
	markerName   = "next" // there as long as the tree has not been swapped in for good
)

// manifestHead is the first line of a manifest, with the version of its form.
const manifestHead = "dossier output 1\n"

// Entry is a file of a site.
type Entry struct {
	Size   int64
	SHA256 [sha256.Size]byte
}

// Manifest is what dossier wrote into a folder.
type Manifest struct {
	files map[string]Entry
	sum   [sha256.Size]byte // of the text that was read; zero for one that was made
	above *above            // nil where files may still come
}

// above are the folders above files, found when they are first asked for.
type above struct {
	once sync.Once
	list []string
}

// Len is the number of files.
func (m Manifest) Len() int { return len(m.files) }

// Entry is a file by its path.
func (m Manifest) Entry(name string) (Entry, bool) {
	e, ok := m.files[name]
	return e, ok
}

// All are the files in the order of their paths.
func (m Manifest) All() iter.Seq2[string, Entry] {
	return func(yield func(string, Entry) bool) {
		for _, name := range slices.Sorted(maps.Keys(m.files)) {
			if !yield(name, m.files[name]) {
				return
			}
		}
	}
}

// encode writes a line for each file: hash, size, path. Paths hold no line
// breaks; checkName sees to that.
func (m Manifest) encode() []byte {
	b := bytes.NewBufferString(manifestHead)
	b.Grow(len(m.files) * 110)
	for name, e := range m.All() {
		b.WriteString(hex.EncodeToString(e.SHA256[:]))
		b.WriteByte(' ')
		b.WriteString(strconv.FormatInt(e.Size, 10))
		b.WriteByte(' ')
		b.WriteString(name)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// parseManifest reads what encode has written. The text may come from
// anybody, so a path that Write would refuse is an error.
func parseManifest(text []byte) (Manifest, error) {
	m := Manifest{files: make(map[string]Entry, bytes.Count(text, []byte{'\n'})), sum: sha256.Sum256(text), above: new(above)}
	rest, ok := strings.CutPrefix(string(text), manifestHead)
	if !ok {
		return m, errors.New("line 1: unknown form")
	}
	for n := 2; rest != ""; n++ {
		var line string
		if line, rest, ok = strings.Cut(rest, "\n"); !ok {
			return m, fmt.Errorf("line %d: cut short", n)
		}
		sum, line, _ := strings.Cut(line, " ")
		size, name, _ := strings.Cut(line, " ")
		var e Entry
		h, err := hex.DecodeString(sum)
		if err != nil || copy(e.SHA256[:], h) != len(e.SHA256) || len(h) != len(e.SHA256) {
			return m, fmt.Errorf("line %d: no SHA-256", n)
		}
		if e.Size, err = strconv.ParseInt(size, 10, 64); err != nil || e.Size < 0 {
			return m, fmt.Errorf("line %d: no size", n)
		}
		if err := checkName(name); err != nil {
			return m, fmt.Errorf("line %d: %w", n, err)
		}
		if _, ok := m.files[name]; ok {
			return m, fmt.Errorf("line %d: a path a second time", n)
		}
		m.files[name] = e
	}
	return m, nil
}

// ReadManifest reads the manifest of a folder that dossier has written. The
// error is fs.ErrNotExist when there is none.
func ReadManifest(dir string) (Manifest, error) {
	m, ok, err := readManifest(dir)
	if err == nil && !ok {
		err = &fs.PathError{Op: "read", Path: dir, Err: fs.ErrNotExist}
	}
	return m, err
}

// readManifest reads the manifest of a tree, and says whether there is one.
func readManifest(tree string) (Manifest, bool, error) {
	if fi, err := os.Lstat(filepath.Join(tree, stateDir)); err == nil && !fi.IsDir() {
		return Manifest{}, false, nil // not ours, and found as such elsewhere
	}
	text, err := os.ReadFile(filepath.Join(tree, stateDir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, false, nil
	}
	if err != nil {
		return Manifest{}, false, err
	}
	m, err := parseManifest(text)
	return m, err == nil, err
}

// holds reports whether a file has the bytes of the entry.
func (e Entry) holds(file string) bool {
	fi, err := os.Lstat(file)
	if err != nil || !fi.Mode().IsRegular() || fi.Size() != e.Size {
		return false
	}
	same, err := e.isIn(file)
	return same && err == nil
}

// isIn reads a file to see whether its bytes are those of the entry.
func (e Entry) isIn(file string) (bool, error) {
	f, err := os.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && [sha256.Size]byte(h.Sum(nil)) == e.SHA256, err
}

// sameBytes reports whether there is a regular file with these bytes.
func sameBytes(file string, data []byte) (bool, error) {
	fi, err := os.Lstat(file)
	if err != nil || !fi.Mode().IsRegular() || fi.Size() != int64(len(data)) {
		return false, nil // what is in the way is found elsewhere
	}
	f, err := os.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	var buf [32 << 10]byte
	for {
		n, err := f.Read(buf[:])
		if n > len(data) || !bytes.Equal(buf[:n], data[:n]) {
			return false, nil
		}
		data = data[n:]
		switch {
		case err == io.EOF:
			return len(data) == 0, nil
		case err != nil:
			return false, err
		}
	}
}
