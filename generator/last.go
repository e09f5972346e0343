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
	pages   note
	reads   reads
	entries *os.File // nil when nothing is known of records
}

// readLast reads the notes of the last build. They have to be closed.
func readLast(tx *output.Tx) *last {
	l := &last{tx: tx}
	text, err := readState(tx, noteName)
	if err != nil {
		return l
	}
	var ok bool
	if l.pages, ok = parseNote(text); !ok {
		l.pages = note{}
		return l
	}
	if text, err = readState(tx, readsName); err != nil {
		return l
	}
	if l.reads, ok = parseReads(string(text)); !ok {
		return l
	}
	f, err := tx.State(entriesName)
	if err != nil {
		return l
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil || digest.Sum(sum.Sum(nil)) != l.reads.entries {
		_ = f.Close() // opened for reading only
		return l
	}
	l.entries = f
	return l
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
