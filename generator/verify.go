package generator

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/output"
)

// sums is a site of which only the fingerprints are kept.
type sums struct {
	mu    sync.Mutex
	files map[string]output.Entry
}

// Write takes a file.
func (s *sums) Write(name string, data []byte) error {
	e := output.Entry{Size: int64(len(data)), SHA256: sha256.Sum256(data)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[name] = e
	return nil
}

// mostDiffering is the number of files that differ which are named.
const mostDiffering = 50

// verify renders every page, and compares the site with the one that is about
// to be put in place.
func (b *builder) verify(tx *output.Tx) ([]diag.Diagnostic, error) {
	clean := &sums{files: map[string]output.Entry{}}
	again, err := b.fill(clean, nil)
	if err != nil {
		return again.found, err
	}
	next := tx.Next()
	var out []diag.Diagnostic
	differ := func(name, how string) {
		if len(out) < mostDiffering {
			out = append(out, diag.Diagnostic{Severity: diag.Error, Code: codeDiffers, Span: diag.NewFile(name, nil).Span(0, 0), Message: how, Hint: "dossier build --full makes it right; please report this"})
		}
	}
	for name, e := range next.All() {
		switch got, ok := clean.files[name]; {
		case !ok:
			differ(name, "a full build does not have this file")
		case got != e:
			differ(name, fmt.Sprintf("differs from that of a full build: %d bytes, not %d", e.Size, got.Size))
		}
	}
	for name := range clean.files {
		if _, ok := next.Entry(name); !ok {
			differ(name, "only a full build has this file")
		}
	}
	return diag.Sort(out), nil
}

// differs ends a build whose verification has failed.
func (r BuildResult) differs(found []diag.Diagnostic, err error) (BuildResult, error) {
	r.Diagnostics = diag.Sort(append(r.Diagnostics, found...))
	if err == nil || errors.Is(err, errWhole) {
		err = ErrDiagnostics
	}
	return r.fault(err)
}
