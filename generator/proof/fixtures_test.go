package proof

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"
)

// fixture is a small project that has what the example report lacks.
type fixture struct {
	name  string
	files []txtar.File
	kinds []string // of pages that it is about; all when empty
}

// fixtures are the projects of testdata, in the order of their names.
func fixtures() ([]fixture, error) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		return nil, err
	}
	var out []fixture
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return nil, err
		}
		f := fixture{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), files: archive.Files}
		switch f.name {
		case "long":
			f.aliases(40)
		case "many":
			f.events(300)
			f.kinds = []string{"entities-page", "timeline"}
		case "bilingual":
			f.kinds = []string{"index", "entities-page", "measures-page", "404"}
		}
		out = append(out, f)
	}
	return out, nil
}

// aliases gives an entity more names than anybody remembers.
func (f *fixture) aliases(n int) {
	var names strings.Builder
	names.WriteString("aliases:\n")
	for i := range n {
		fmt.Fprintf(&names, "  - Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsgesellschaft Nr. %d (vormals Überwachung %d)\n", i+1, i+1)
	}
	for i := range f.files {
		f.files[i].Data = bytes.Replace(f.files[i].Data, []byte("#ALIASES\n"), []byte(names.String()), 1)
	}
}

// events adds events of all kinds, years apart and on the same day.
func (f *fixture) events(n int) {
	kinds := []string{"report", "statement", "court", "corporate", "market", "policy"}
	certainties := []string{"reported", "confirmed", "denied"}
	for i := range n {
		f.files = append(f.files, txtar.File{
			Name: fmt.Sprintf("data/events/e%03d.yaml", i),
			Data: fmt.Appendf(nil, "title: Entry %d of many\nkind: %s\ncertainty: %s\ndate: %d-%02d-%02d\nconcerns: [acme]\nsummary: What happened as number %d [@gazette, p. %d].\nsources: [gazette]\n",
				i+1, kinds[i%len(kinds)], certainties[i%len(certainties)], 2010+i/25, 1+i%12, 1+i%7, i+1, i+1),
		})
	}
}
