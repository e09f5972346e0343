package generator

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/themes"
)

// defaultTheme is the theme that comes with the program. It stands behind
// every other theme, so that one need only hold what it changes.
const defaultTheme = "dossier"

// themeFiles is a theme, and the name that messages use for it.
type themeFiles struct {
	name  string
	files fs.FS
}

// openTheme finds the theme that the settings name: in the project, else in
// the program.
func openTheme(root *os.Root, settings model.Settings) (themeFiles, *diag.Diagnostic) {
	builtIn, err := fs.Sub(themes.FS, defaultTheme)
	if err != nil {
		panic(err) // the folder is embedded under this name
	}
	name := settings.Theme
	if name == "" {
		name = defaultTheme
	}
	if !fs.ValidPath(name) || strings.Contains(name, "/") {
		return themeFiles{}, noTheme(root, settings, name)
	}
	info, err := root.Stat("themes/" + name)
	switch {
	case err == nil && info.IsDir():
		own, err := fs.Sub(root.FS(), "themes/"+name)
		if err != nil {
			return themeFiles{}, noTheme(root, settings, name)
		}
		return themeFiles{name: name, files: layered{own, builtIn}}, nil
	case name == defaultTheme:
		return themeFiles{name: name, files: builtIn}, nil
	}
	return themeFiles{}, noTheme(root, settings, name)
}

func noTheme(root *os.Root, settings model.Settings, name string) *diag.Diagnostic {
	known := []string{defaultTheme}
	if entries, err := fs.ReadDir(root.FS(), "themes"); err == nil {
		for _, e := range entries {
			if e.IsDir() && e.Name() != defaultTheme {
				known = append(known, e.Name())
			}
		}
	}
	hint := diag.DidYouMean(name, known)
	if hint == "" {
		hint = "themes are " + strings.Join(known, ", ")
	}
	return &diag.Diagnostic{Code: codeTheme, Span: settings.Place("theme"), Path: "theme", Message: "no theme " + `"` + name + `"`, Hint: hint}
}

// layered is several file systems, the first over the second and so on.
type layered []fs.FS

// Open opens a file of the first layer that has it. A folder is that of all
// layers together.
func (l layered) Open(name string) (fs.File, error) {
	var missing error
	for _, layer := range l {
		f, err := layer.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
		missing = err
	}
	return nil, missing
}

// ReadDir lists a folder of all layers together, each name once.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	var missing error
	found := false
	for _, layer := range l {
		entries, err := fs.ReadDir(layer, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = err
			continue
		case err != nil:
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !slices.ContainsFunc(all, func(x fs.DirEntry) bool { return x.Name() == e.Name() }) {
				all = append(all, e)
			}
		}
	}
	if !found {
		return nil, missing
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// hugoSettings are those under "hugo" in dossier.yaml as plain values, and a
// function that knows where each of them stands.
func hugoSettings(s model.Settings) (map[string]any, func(string) diag.Span) {
	if s.Hugo == nil {
		return nil, nil
	}
	values, _ := s.Hugo.Plain().(map[string]any)
	return values, func(key string) diag.Span { return s.Place("hugo." + key) }
}
