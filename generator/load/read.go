package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// read is the text of a file that holds records, when it can be read as one.
// The file is nil when it cannot, and that is reported.
func (l *loader) read(name string) ([]byte, *diag.File) {
	f, err := l.opener.open(name)
	if err != nil {
		l.add("unreadable", place(name), "", "%s", reason(err))
		return nil, nil
	}
	defer f.Close() // opened for reading only
	text, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil {
		l.add("unreadable", place(name), "", "%s", reason(err))
		return nil, nil
	}
	if len(text) > maxText {
		l.add("too-large", place(name), "split it into several files", "the file is larger than %d MB, so it is not read", maxText>>20)
		return nil, nil
	}
	if !l.encoding(name, text) {
		return nil, nil
	}
	return text, diag.NewFile(name, text)
}

// encoding reports text that is not plain UTF-8.
func (l *loader) encoding(name string, text []byte) bool {
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}), bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		l.add("bad-encoding", place(name), "save it as UTF-8", "the file is in UTF-16")
		return false
	case bytes.HasPrefix(text, bom):
		l.add("byte-order-mark", place(name), "save it as UTF-8 without a byte order mark", "the file begins with a byte order mark, which is ignored")
	}
	file := diag.NewFile(name, text)
	if i := bytes.IndexByte(text, 0); i >= 0 {
		l.add("bad-encoding", file.Span(i, i+1), "is it a text file, saved as UTF-8?", "the file holds a NUL character")
		return false
	}
	if !utf8.Valid(text) {
		i := 0
		for i < len(text) {
			r, n := utf8.DecodeRune(text[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		l.add("bad-encoding", file.Span(i, i+1), "save it as UTF-8", "the file is not UTF-8: byte 0x%02X does not fit", text[i])
		return false
	}
	if bytes.Contains(text, []byte("\r\n")) {
		if l.crlf == 0 {
			l.firstCRLF = name
		}
		l.crlf++
	}
	return true
}

var bom = []byte("\xef\xbb\xbf") // never changed

// blob takes the fingerprint of an attachment.
func (l *loader) blob(name string) {
	f, err := l.opener.open(name)
	if err != nil {
		l.add("unreadable", place(name), "", "%s", reason(err))
		return
	}
	defer f.Close() // opened for reading only
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		l.add("unreadable", place(name), "", "%s", reason(err))
		return
	}
	l.in.Files = append(l.in.Files, model.Blob{Path: name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))})
}
