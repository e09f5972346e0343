package wire

import (
	"math"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	var b []byte
	numbers := []int{0, 1, 127, 128, 300, math.MaxInt}
	texts := []string{"", "a", "海康威视", string(make([]byte, 1000))}
	for _, n := range numbers {
		b = AppendNumber(b, n)
	}
	for _, s := range texts {
		b = AppendText(b, s)
	}
	r := NewReader(string(b))
	for _, n := range numbers {
		if got := r.Number(); got != n {
			t.Errorf("%d came back as %d", n, got)
		}
	}
	for _, s := range texts {
		if got := r.Text(); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
	if !r.Whole() {
		t.Error("what was written is not whole")
	}
}

func FuzzReader(f *testing.F) {
	f.Add("\x03abc\x01")
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, note string) {
		r, read := NewReader(note), 0
		for range len(note) + 1 {
			read += len(r.Text())
			if r.Count() > len(note) {
				t.Fatal("a count larger than the note")
			}
		}
		if read > len(note) {
			t.Fatal("more text than there is")
		}
		if NewReader(note[:len(note)/2]).Text(); !NewReader("").Whole() {
			t.Fatal("nothing is not whole")
		}
	})
}

func TestBroken(t *testing.T) {
	for _, note := range []string{"\x05abc", "\xff", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "\x01ab"} {
		r := NewReader(note)
		if r.Text(); r.Whole() {
			t.Errorf("%q is taken for a text", note)
		}
	}
}
