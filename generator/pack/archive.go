package pack

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/output"
)

// Zip looks at a package in a zip file. The error is that of the context;
// everything else that is wrong is a finding.
func Zip(ctx context.Context, r io.ReaderAt, length int64, opts Options) (Result, error) {
	c := newChecker(ctx, opts, length)
	if c.archive(r, length) {
		c.contents()
	}
	return c.finish()
}

// Sizes and signatures of a zip file (APPNOTE.TXT 6.3.10, section 4.3).
const (
	endSize, endMark         = 22, 0x06054b50
	end64Size, end64Mark     = 56, 0x06064b50
	locatorSize, locatorMark = 20, 0x07064b50
	entrySize                = 46
	localSize, localMark     = 30, 0x04034b50
)

// directory is where the list of entries of a zip file lies.
type directory struct {
	entries      uint64
	offset, size uint64
	end          uint64 // where the record after it begins
}

// archive finds the entries of a zip file. It reports false when there is no
// use in looking further.
func (c *checker) archive(r io.ReaderAt, length int64) bool {
	dir, err := findDirectory(r, length)
	if err != nil {
		c.find(CodeUnreadable, "", "%v", err)
		return false
	}
	if dir.entries > uint64(c.opts.Limits.files()) || dir.size > mostManifest {
		c.find(CodeBomb, "", "it has %d entries, more than may be looked at", dir.entries)
		return false
	}
	z, err := zip.NewReader(r, length)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		c.find(CodeUnreadable, "", "the list of its entries is damaged: %s", plain(err))
		return false
	}
	listed := uint64(0)
	for _, f := range z.File {
		listed += entrySize + uint64(len(f.Name)+len(f.Extra)+len(f.Comment))
	}
	if uint64(len(z.File)) != dir.entries || listed != dir.size {
		c.find(CodeHidden, "", "the list of its entries holds something else besides, or less than it says")
	}
	c.layout(r, z.File, dir)
	return c.entries(z.File)
}

// findDirectory reads the end of a zip file. Nothing may follow it.
func findDirectory(r io.ReaderAt, length int64) (directory, error) {
	cut := errors.New("it is not a zip file, or its end is missing")
	end := make([]byte, endSize)
	if length < endSize {
		return directory{}, cut
	}
	at := length - endSize
	if _, err := r.ReadAt(end, at); err != nil && err != io.EOF {
		return directory{}, errors.New("it cannot be read: " + plain(err))
	}
	le := binary.LittleEndian
	if le.Uint32(end) != endMark || le.Uint16(end[20:]) != 0 {
		return directory{}, cut
	}
	d := directory{entries: uint64(le.Uint16(end[10:])), size: uint64(le.Uint32(end[12:])), offset: uint64(le.Uint32(end[16:])), end: uint64(at)}
	if d.entries == 0xffff || d.size == 0xffffffff || d.offset == 0xffffffff {
		if err := d.large(r, at); err != nil {
			return directory{}, err
		}
	}
	if d.size > uint64(length) || d.offset > uint64(length) || d.offset+d.size != d.end || d.entries > d.size/entrySize {
		return directory{}, errors.New("the list of its entries is not where it should be: the file is cut off, or something was added to it")
	}
	return d, nil
}

// large reads the end of a zip file with very many or very large entries.
func (d *directory) large(r io.ReaderAt, at int64) error {
	broken := errors.New("the end of the zip file is damaged")
	locator, end := make([]byte, locatorSize), make([]byte, end64Size)
	le := binary.LittleEndian
	if at < locatorSize+end64Size {
		return broken
	}
	if _, err := r.ReadAt(locator, at-locatorSize); err != nil || le.Uint32(locator) != locatorMark {
		return broken
	}
	where := le.Uint64(locator[8:])
	if where != uint64(at-locatorSize-end64Size) {
		return broken
	}
	if _, err := r.ReadAt(end, int64(where)); err != nil || le.Uint32(end) != end64Mark {
		return broken
	}
	d.entries, d.size, d.offset, d.end = le.Uint64(end[32:]), le.Uint64(end[40:]), le.Uint64(end[48:]), where
	return nil
}

// layout makes sure that the entries follow one another without a gap, from
// the first byte to the list of entries, and that each says of itself what the
// list says of it.
func (c *checker) layout(r io.ReaderAt, files []*zip.File, dir directory) {
	type place struct {
		file *zip.File
		data uint64
	}
	var places []place
	for _, f := range files {
		at, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > dir.offset {
			c.find(CodeHidden, shown(f.Name), "is listed in the zip file, and is not where it should be")
			return
		}
		places = append(places, place{f, uint64(at)})
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.data, b.data) })
	var before *zip.File
	next := uint64(0) // where the next entry has to begin
	for _, p := range places {
		if c.ctx.Err() != nil {
			return
		}
		if why := follows(r, before, next, p.file, p.data); why != "" {
			c.find(CodeHidden, shown(p.file.Name), "%s", why)
			return
		}
		before, next = p.file, p.data+p.file.CompressedSize64
	}
	if dir.offset != next && (dir.offset < next || !sizesBetween(r, before, next, dir.offset-next)) {
		c.find(CodeHidden, "", "there are bytes between its last entry and the list of entries")
	}
}

// follows says why an entry whose data begin at a place is not the one that
// begins where the entry before it ends.
func follows(r io.ReaderAt, before *zip.File, next uint64, f *zip.File, data uint64) string {
	for _, sizes := range []uint64{0, 12, 16, 20, 24} {
		head := make([]byte, localSize)
		if n, _ := r.ReadAt(head, int64(next+sizes)); n != localSize {
			break
		}
		le := binary.LittleEndian
		length := uint64(le.Uint16(head[26:]))
		if le.Uint32(head) != localMark || next+sizes+localSize+length+uint64(le.Uint16(head[28:])) != data {
			continue
		}
		if sizes > 0 && !sizesBetween(r, before, next, sizes) {
			continue
		}
		name := make([]byte, length)
		if _, err := r.ReadAt(name, int64(next+sizes+localSize)); err != nil {
			break
		}
		same := le.Uint16(head[8:]) == f.Method && le.Uint16(head[6:]) == f.Flags
		if f.Flags&8 == 0 && le.Uint32(head[18:]) != 0xffffffff && le.Uint32(head[22:]) != 0xffffffff {
			same = same && le.Uint32(head[14:]) == f.CRC32 &&
				uint64(le.Uint32(head[18:])) == f.CompressedSize64 && uint64(le.Uint32(head[22:])) == f.UncompressedSize64
		}
		switch {
		case string(name) != f.Name:
			return fmt.Sprintf("has a second name in the zip file, %q", shown(string(name)))
		case !same:
			return "is described in the zip file in two ways"
		}
		return ""
	}
	if data < next+localSize {
		return "lies over another entry in the zip file"
	}
	return "does not follow the entry before it in the zip file: there are bytes between them"
}

// sizesBetween reports whether bytes behind the data of an entry are nothing
// but its checksum and sizes, which some programs write there.
func sizesBetween(r io.ReaderAt, f *zip.File, at, n uint64) bool {
	if f == nil || f.Flags&8 == 0 || n > 24 {
		return false
	}
	b := make([]byte, n)
	if m, _ := r.ReadAt(b, int64(at)); uint64(m) != n {
		return false
	}
	le := binary.LittleEndian
	if n == 16 || n == 24 {
		if le.Uint32(b) != 0x08074b50 {
			return false
		}
		b = b[4:]
	}
	switch len(b) {
	case 12:
		return le.Uint32(b) == f.CRC32 && uint64(le.Uint32(b[4:])) == f.CompressedSize64 && uint64(le.Uint32(b[8:])) == f.UncompressedSize64
	case 20:
		return le.Uint32(b) == f.CRC32 && le.Uint64(b[4:]) == f.CompressedSize64 && le.Uint64(b[12:]) == f.UncompressedSize64
	}
	return false
}

// entries takes the entries up under their paths below the one folder.
func (c *checker) entries(files []*zip.File) bool {
	folder, beside := "", output.Names{}
	for i, f := range files {
		if c.ctx.Err() != nil {
			return false
		}
		name, isDir := strings.CutSuffix(f.Name, "/")
		if why := entryProblem(f, name); why != "" {
			c.find(CodeUnsafe, shown(f.Name), "%s", why)
			continue
		}
		top, rest, inside := strings.Cut(name, "/")
		if i == 0 {
			folder = top
		}
		mode := f.Mode()
		switch {
		case top != folder:
			c.find(CodeUnsafe, shown(f.Name), "does not lie in the folder %s", folder)
		case isDir && mode.IsDir() && f.UncompressedSize64 == 0 && f.CompressedSize64 == 0:
			// Other programs list folders too. One without a file is of no use to anybody.
		case isDir || !mode.IsRegular() || f.Flags&1 != 0:
			c.find(CodeLink, shown(f.Name), "is %s", kindOf(mode, f.Flags))
		case !inside:
			c.find(CodeUnsafe, shown(f.Name), "lies beside the folder of the package")
		default:
			if other, why := beside.Add(rest); why != "" || c.has(rest) {
				c.find(CodeDuplicate, rest, "is there twice%s", also(other, rest, why))
				continue
			}
			c.items[rest] = item{size: int64(min(f.UncompressedSize64, 1<<62)), open: f.Open}
		}
	}
	return true
}

func (c *checker) has(name string) bool {
	_, ok := c.items[name]
	return ok
}

func also(other, name, why string) string {
	if other == name || why == "" {
		return ""
	}
	return ": " + other + ", and " + why
}

// entryProblem says why the name of an entry must not be used.
func entryProblem(f *zip.File, name string) string {
	if f.NonUTF8 && strings.ContainsFunc(f.Name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return "its name is not UTF-8"
	}
	if err := output.CheckName(name); err != nil {
		return "its name could lead elsewhere: " + err.Error()
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return "it is packed in a way that is not known"
	}
	return ""
}

func kindOf(mode fs.FileMode, flags uint16) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a link, which could lead anywhere"
	case flags&1 != 0:
		return "encrypted"
	case mode.IsDir():
		return "a folder with something in it"
	}
	return "no plain file"
}

// shown is a name that may hold anything, cut to what can be read.
func shown(name string) string {
	if len(name) > 300 {
		name = name[:300] + "…"
	}
	return strings.ToValidUTF8(name, "�")
}
