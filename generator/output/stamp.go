package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"slices"
	"sort"
)

// A stamp is what a file system says of a file. As long as nothing of it has
// changed, the file has the bytes that it had: whoever writes to it moves its
// times, and nobody can set the second of them. Git trusts its index for the
// same reason, and like Git we trust no stamp that may be of the same tick of
// the clock as a change; see writeStamps.
//
// Names do not matter: a file is known by its number, in whatever tree it
// stands, which is why other names for it may come and go as long as the time
// of that is noted.
type stamp struct {
	inode  uint64 // 0 for none
	size   int64
	mtime  int64 // in nanoseconds: of the bytes
	change int64 // of the bytes, the names and the rights
}

// sameBytes reports whether two stamps are of one file whose bytes were not
// changed between them.
func (s stamp) sameBytes(other stamp) bool {
	return s.inode != 0 && s.inode == other.inode && s.size == other.size && s.mtime == other.mtime
}

// stamps say which bytes files have, by what the file system said of them. The
// text is sorted, so nothing of it has to be read that is not asked for.
type stamps struct{ rows []byte }

const (
	stampsName = "stamps"
	stampsHead = "dossier stamps 1\n"
	stampSize  = 4*8 + sha256.Size
)

// readStamps reads what was left for the site with a manifest. What is missing
// or damaged, or of another site, is no error: all is read then.
func readStamps(file string, site [sha256.Size]byte) stamps {
	text, err := os.ReadFile(file)
	if err != nil || len(text) < sha256.Size {
		return stamps{}
	}
	text, sum := text[:len(text)-sha256.Size], text[len(text)-sha256.Size:]
	rows, ok := bytes.CutPrefix(text, append([]byte(stampsHead), site[:]...))
	if has := sha256.Sum256(text); !ok || len(rows)%stampSize != 0 || !bytes.Equal(has[:], sum) {
		return stamps{}
	}
	return stamps{rows}
}

// sum is the SHA-256 of the file of a stamp, if it is known.
func (s stamps) sum(of stamp) (sum [sha256.Size]byte, ok bool) {
	if of.inode == 0 {
		return sum, false
	}
	row := func(i int) []byte { return s.rows[i*stampSize : (i+1)*stampSize] }
	n := len(s.rows) / stampSize
	i := sort.Search(n, func(i int) bool { return binary.BigEndian.Uint64(row(i)) >= of.inode })
	if i == n || !bytes.Equal(row(i)[:4*8], of.append(nil)) {
		return sum, false
	}
	return [sha256.Size]byte(row(i)[4*8:]), true
}

func (s stamp) append(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, s.inode)
	for _, n := range []int64{s.size, s.mtime, s.change} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return b
}

// own reports whether a folder had nothing of others in it.
func (s stamps) own(folder stamp) bool {
	sum, ok := s.sum(folder)
	return ok && sum == [sha256.Size]byte{}
}

// stamped is a stamp and the bytes that it stands for; zero for a folder of
// the site's own.
type stamped struct {
	stamp
	sum [sha256.Size]byte
}

// encodeStamps is the text that readStamps reads. It holds for the site with a
// manifest alone.
func encodeStamps(site [sha256.Size]byte, list []stamped) []byte {
	slices.SortFunc(list, func(a, b stamped) int { return cmp.Compare(a.inode, b.inode) })
	b := make([]byte, 0, len(stampsHead)+len(site)+len(list)*stampSize+sha256.Size)
	b = append(append(b, stampsHead...), site[:]...)
	for _, s := range list {
		b = append(s.append(b), s.sum[:]...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}
