package output

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/dossier-report/dossier/generator/wire"
)

// stampsName is the file in .dossier that tells files apart which nobody has
// touched. It says when they were written and where they lie on this disk, so it
// is neither reproducible nor of use to anybody else.
const stampsName = "stamps"

const stampsHead = "dossier stamps 1"

// unsettled is how young a file is of which another writing could bear the same
// time. Such a file gets no stamp.
const unsettled = 2 * time.Second

// stamp is a time of writing in nanoseconds, and the number of a file on its
// disk. The zero stamp is that of no file. There are stamps only where Commit
// flushes what it has written: elsewhere a power cut may leave a file with the
// right stamp and the wrong bytes.
type stamp struct{ time, node uint64 }

// stamps are those of the files of a manifest.
type stamps struct {
	names []string // sorted
	list  []stamp
}

// of is the stamp of a file.
func (s stamps) of(name string) stamp {
	i, ok := slices.BinarySearch(s.names, name)
	if !ok {
		return stamp{}
	}
	return s.list[i]
}

// readStamps reads those of the files in a folder. Where something is wrong
// with them there are none.
func readStamps(tree string, m Manifest) stamps {
	if len(m.files) == 0 {
		return stamps{}
	}
	text, err := os.ReadFile(filepath.Join(tree, stateDir, stampsName))
	if err != nil {
		return stamps{}
	}
	r := wire.NewReader(string(text))
	encoded := sha256.Sum256(m.encode())
	if r.Text() != stampsHead || r.Text() != string(encoded[:]) {
		return stamps{}
	}
	s := stamps{}
	for name := range m.All() {
		s.names = append(s.names, name)
		s.list = append(s.list, stamp{uint64(r.Number()), uint64(r.Number())})
	}
	if !r.Whole() {
		return stamps{}
	}
	return s
}

// writeStamps writes those of the staging tree. What fails is left out: the
// next build reads the files then.
func (t *Tx) writeStamps(m Manifest, encoded []byte) {
	if t.opts.NoSync {
		return
	}
	sum := sha256.Sum256(encoded)
	b := wire.AppendText(wire.AppendText(nil, stampsHead), string(sum[:]))
	any, last := false, time.Now().Add(-unsettled)
	for name := range m.All() {
		var s stamp
		if fi, err := os.Lstat(t.stagePath(name)); err == nil && fi.ModTime().Before(last) {
			s = stampOf(fi)
		}
		any = any || s != stamp{}
		b = wire.AppendNumber(wire.AppendNumber(b, int(s.time)), int(s.node))
	}
	if any {
		_ = t.disk.write(t.stagePath(stateDir+"/"+stampsName), b, false)
	}
}

// untouched reports whether a file has the size of its entry and the stamp of
// the last build.
func (t *Tx) untouched(name string, e Entry) bool {
	s := t.stamps.of(name)
	if s == (stamp{}) {
		return false
	}
	fi, err := os.Lstat(t.livePath(name))
	return err == nil && fi.Mode().IsRegular() && fi.Size() == e.Size && stampOf(fi) == s
}
