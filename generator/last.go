package generator

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"

	"github.com/dossier-report/dossier/generator/digest"
	"github.com/dossier-report/dossier/generator/output"
)

// last is what the last build has left in the output folder for the next one.
// What is missing, damaged or of another form is as if it had not been left.
type last struct {
	tx      *output.Tx
	program digest.Sum // of the one that builds now
	pages   note
	reads   reads
	entries *os.File // nil when nothing is known of records
}

// readLast reads the notes of the last build, unless all is to be made anew. They
// have to be closed. The error is that the program cannot be told from others.
func readLast(tx *output.Tx, full bool) (l *last, err error) {
	l = &last{tx: tx}
	if l.program, err = programDigest(); err == nil && !full {
		l.read()
	}
	return l, err
}

func (l *last) read() {
	text, err := readState(l.tx, noteName)
	if err != nil {
		return
	}
	var ok bool
	if l.pages, ok = parseNote(text); !ok {
		l.pages = note{}
		return
	}
	if text, err = readState(l.tx, readsName); err != nil {
		return
	}
	if l.reads, ok = parseReads(string(text)); !ok {
		return
	}
	f, err := l.tx.State(entriesName)
	if err != nil {
		return
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil || digest.Sum(sum.Sum(nil)) != l.reads.entries {
		_ = f.Close() // opened for reading only
		return
	}
	l.entries = f
}

func readState(tx *output.Tx, name string) ([]byte, error) {
	f, err := tx.State(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(f)
	return text, errors.Join(err, f.Close())
}

func (l *last) close() {
	if l.entries != nil {
		_ = l.entries.Close() // opened for reading only
	}
}
