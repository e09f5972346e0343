package site

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// folders of a theme that are read; nothing else is.
var folders = []string{"layouts", "assets", "static", "i18n"}

// maxSource is the largest layout, asset or translation that is read.
const maxSource = 64 << 20

// source is a file of the theme or the project.
type source struct {
	fsys fs.FS
	path string // in fsys
	name string // as the user knows it
	text []byte // not of static files, which are read when they are copied

	file *diag.File
}

// diagFile is the file for diagnostics.
func (s *source) diagFile() *diag.File {
	if s.file == nil {
		s.file = diag.NewFile(s.name, s.text)
	}
	return s.file
}

// overlay is the project's files over the theme's.
type overlay struct {
	files map[string]*source // by the path that Hugo sees
	i18n  []*source          // every one, the theme's first
	theme string             // prefix of the theme's file names
}

// load reads theme and project.
func (r *renderer) load() {
	r.files = overlay{files: map[string]*source{}, theme: "theme: "}
	if r.opts.ThemeName != "" {
		r.files.theme = "theme " + r.opts.ThemeName + ": "
	}
	r.words = map[string]translations{}
	r.loadFrom(r.opts.Theme, r.files.theme)
	r.loadFrom(r.opts.Project, "")
}

func (r *renderer) loadFrom(fsys fs.FS, prefix string) {
	if fsys == nil {
		return
	}
	list, err := fs.ReadDir(fsys, ".")
	if err != nil {
		r.unreadable(prefix+".", err)
		return
	}
	for _, d := range list {
		switch {
		case !slices.Contains(folders, d.Name()):
		case !d.IsDir():
			r.skip(prefix+d.Name(), "is not a folder and was left out")
		default:
			r.loadFolder(fsys, d.Name(), prefix)
		}
	}
}

func (r *renderer) loadFolder(fsys fs.FS, folder, prefix string) {
	err := fs.WalkDir(fsys, folder, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.unreadable(prefix+p, err)
			return nil
		case unwanted(folder, d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			r.skip(prefix+p, "is not a regular file and was left out")
			return nil
		}
		s := &source{fsys: fsys, path: p, name: prefix + p}
		if folder != "static" {
			if s.text, err = readAll(fsys, p); err != nil {
				r.unreadable(prefix+p, err)
				return nil
			}
		}
		if folder == "i18n" {
			r.files.i18n = append(r.files.i18n, s)
			return nil
		}
		r.files.files[hugoPath(p)] = s
		return nil
	})
	if err != nil {
		r.unreadable(prefix+folder, err)
	}
}

func readAll(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if fi, err := f.Stat(); err == nil && !fi.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	b, err := io.ReadAll(io.LimitReader(f, maxSource+1))
	if err == nil && len(b) > maxSource {
		err = errors.New("larger than 64 MiB")
	}
	return b, err
}

// unwanted reports what editors and file managers leave behind.
func unwanted(folder, name string) bool {
	switch name {
	case ".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".git":
		return true
	}
	return folder != "static" && (strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~"))
}

// kinds are names that mean a kind of page to Hugo, so a layout for pages of
// our own kinds cannot have them. Such a layout gets a prefix.
var kinds = []string{"404", "alias", "all", "baseof", "home", "index", "list", "page", "robots", "rss", "section", "single", "sitemap", "taxonomy", "term"}

const prefix = "dossier-"

// hugoPath is where Hugo finds a file: older names of folders are mapped to
// those of today, so that the project's file takes the place of the theme's.
func hugoPath(p string) string {
	rest, ok := strings.CutPrefix(p, "layouts/")
	if !ok {
		return p
	}
	rest = strings.TrimPrefix(rest, "_default/")
	for _, old := range []string{"partials/", "shortcodes/"} {
		if strings.HasPrefix(rest, old) {
			rest = "_" + rest
		}
	}
	if name, ok := strings.CutSuffix(rest, ".html"); ok && name != "baseof" && slices.Contains(kinds, name) {
		rest = prefix + rest
	}
	return "layouts/" + rest
}

// layout is the name by which Hugo finds the layout of a template.
func (o overlay) layout(template string) (string, bool) {
	p := hugoPath("layouts/" + template + ".html")
	_, ok := o.files[p]
	return strings.TrimSuffix(path.Base(p), ".html"), ok && template != "baseof" && !strings.Contains(template, "/")
}

// missing is the span of a file that is not there.
func (o overlay) missing(name string) diag.Span {
	return diag.NewFile(o.theme+name, nil).Span(0, 0)
}

// sorted are the paths of a folder in order.
func (o overlay) sorted(folder string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(o.files)), func(p string) bool {
		return !strings.HasPrefix(p, folder+"/")
	})
}

// copyStatic delivers the files in static as they are.
func (r *renderer) copyStatic() {
	for _, p := range r.files.sorted("static") {
		s := r.files.files[p]
		name := strings.TrimPrefix(p, "static/")
		if why := badPath(name); why != "" {
			r.found.add(diag.Diagnostic{Code: CodePath, Span: s.diagFile().Span(0, 0), Message: "the path of a static file " + why})
			continue
		}
		data, err := readAll(s.fsys, s.path)
		if err != nil {
			r.unreadable(s.name, err)
			continue
		}
		if r.deliver(name, data, false) != nil {
			return
		}
	}
}

// badPath says why a path is none for a file of the site. The sink checks it
// again; here it keeps Hugo from making something else of it.
func badPath(p string) string {
	switch {
	case !fs.ValidPath(p) || p == ".":
		return "is not a relative path with slashes"
	case strings.ContainsAny(p, `\:*?"<>|#%`):
		return "has a character that has a meaning of its own in addresses or file names"
	}
	for _, c := range p {
		if c < ' ' || c == 0x7f {
			return "has a control character"
		}
	}
	return ""
}

func (r *renderer) skip(name, why string) {
	r.found.add(diag.Diagnostic{Severity: diag.Warning, Code: CodeNotRegular, Span: diag.NewFile(name, nil).Span(0, 0), Message: why,
		Hint: "put the file itself there"})
}

func (r *renderer) unreadable(name string, err error) {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	r.found.add(diag.Diagnostic{Code: CodeUnreadable, Span: diag.NewFile(name, nil).Span(0, 0), Message: "cannot be read: " + err.Error()})
}
