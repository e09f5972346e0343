package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// zipper writes a zip file whose bytes depend on nothing but what is added.
// Sizes stand in front of every entry, which every unpacking program can read.
type zipper struct {
	out    *counter
	zip    *zip.Writer
	folder string
	time   time.Time
	buf    bytes.Buffer
	flate  *flate.Writer
}

func newZipper(w io.Writer, folder, day string) (*zipper, error) {
	built, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, fmt.Errorf("the day of the build is %q", day)
	}
	z := &zipper{out: &counter{w: w}, folder: folder, time: built}
	z.zip = zip.NewWriter(z.out)
	z.flate, err = flate.NewWriter(io.Discard, flate.BestCompression)
	return z, err
}

func (z *zipper) written() int64 { return z.out.n }

func (z *zipper) close() error { return z.zip.Close() }

// add writes one file.
func (z *zipper) add(name string, data []byte) error {
	h := &zip.FileHeader{
		Name: z.folder + "/" + name, Method: zip.Store,
		CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data)),
	}
	body := data
	if !compressed(name) {
		packed, err := z.deflate(data)
		if err != nil {
			return err
		}
		if len(packed) < len(data) {
			h.Method, body = zip.Deflate, packed
		}
	}
	h.CompressedSize64 = uint64(len(body))
	h.SetMode(0o644)
	//lint:ignore SA1019 the fields that go into the file as they are, whatever the zone
	h.ModifiedDate, h.ModifiedTime = dosTime(z.time)
	if strings.ContainsFunc(h.Name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		h.Flags |= 0x800 // the name is UTF-8
	}
	w, err := z.zip.CreateRaw(h)
	if err == nil {
		_, err = w.Write(body)
	}
	return err
}

func (z *zipper) deflate(data []byte) ([]byte, error) {
	z.buf.Reset()
	z.flate.Reset(&z.buf)
	if _, err := z.flate.Write(data); err != nil {
		return nil, err
	}
	err := z.flate.Close()
	return z.buf.Bytes(), err
}

// dosTime is noon of a day as a zip file states it, which knows no time zone
// and the years from 1980 to 2107 only.
func dosTime(t time.Time) (date, clock uint16) {
	year := min(max(t.Year(), 1980), 2107)
	return uint16(year-1980)<<9 | uint16(t.Month())<<5 | uint16(t.Day()), 12 << 11
}

// compressed reports formats that deflating does not make smaller.
func compressed(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".woff2", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp4", ".webm", ".mp3", ".gz", ".xz", ".zst", ".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods":
		return true
	}
	return false
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
