// Package wire writes texts and numbers one after the other, and reads them
// back in the same order: notes that one build leaves for the next.
package wire

import "encoding/binary"

// AppendNumber appends a number.
func AppendNumber(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

// AppendText appends a text, after its length in bytes.
func AppendText(b []byte, s string) []byte { return append(AppendNumber(b, len(s)), s...) }

// Reader reads what was appended. Once something is not as it must be, it gives
// zero values and is no longer whole.
type Reader struct {
	rest   string
	broken bool
}

// NewReader reads a note. The texts it gives are parts of it.
func NewReader(note string) *Reader { return &Reader{rest: note} }

// Number reads a number, which is never less than zero.
func (r *Reader) Number() int {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		c := r.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			if int(n) < 0 {
				break
			}
			return int(n)
		}
	}
	r.fail()
	return 0
}

// Text reads a text.
func (r *Reader) Text() string {
	n := r.Number()
	if n > len(r.rest) {
		r.fail()
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// Count reads the number of things that follow, each of one byte at least, so
// that nothing large is made for a number that cannot be right.
func (r *Reader) Count() int {
	n := r.Number()
	if n > len(r.rest) {
		r.fail()
		return 0
	}
	return n
}

func (r *Reader) fail() { r.broken, r.rest = true, "" }

// Whole reports whether everything was read, as it was written, and nothing is left.
func (r *Reader) Whole() bool { return !r.broken && r.rest == "" }
