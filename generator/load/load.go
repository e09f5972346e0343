// Package load reads the files of a project: YAML, CSV and Markdown with front
// matter, as raw records in which every value has its place.
//
// It knows syntax only; what the fields mean is decided by package model. No
// file can stop it: whatever is wrong with one becomes a diagnostic, and the
// others are read. Nothing outside the project's folder is ever opened, not
// through symbolic links either.
package load

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/cores"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// SettingsFile is the file that makes a folder a project.
const SettingsFile = "dossier.yaml"

// maxText is the size up to which a file of records is read. Nobody writes
// more by hand, and an editor could not open it.
const maxText = 32 << 20

// Project reads the project in a folder. The diagnostics are not sorted; the
// input holds all that could be read, whatever they say.
func Project(dir string) (model.Input, []diag.Diagnostic) {
	l := &loader{in: model.Input{Points: map[string][]model.Doc{}}, severity: map[string]diag.Severity{}}
	for _, r := range Rules() {
		l.severity[r.Code] = r.Severity
	}
	l.in.Blocks = l.blocks()
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.add("no-project", place(filepath.ToSlash(dir)), "", "the folder does not exist")
		return l.in, l.out
	case err != nil:
		l.add("unreadable", place(filepath.ToSlash(dir)), "", "%s", reasonFor("folder", err))
		return l.in, l.out
	}
	defer root.Close() // opened for reading only
	l.root, l.opener = root, newOpener(root)
	defer l.opener.close()

	info, err := root.Lstat(SettingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		l.add("no-project", place(SettingsFile), `run "dossier" in the folder of a project, or name it with --project`, "there is no %s in %s", SettingsFile, filepath.Base(dir))
		return l.in, l.out
	}
	if err != nil {
		l.add("unreadable", place(SettingsFile), "", "%s", reason(err))
	} else if l.regular(SettingsFile, info.Mode()) {
		l.settings()
	}
	l.walk("data")
	l.walk("content")
	l.readAll()
	if l.crlf > 0 {
		l.add("crlf", place(l.firstCRLF), "", "%s", crlfMessage(l.crlf))
	}
	return l.in, l.out
}

func (l *loader) settings() {
	_, file := l.read(SettingsFile)
	if file == nil {
		return
	}
	if docs := l.yaml(file); len(docs) > 0 {
		l.in.Settings = model.Doc{Root: docs[0].Root, File: file}
	}
}

func crlfMessage(n int) string {
	if n == 1 {
		return "the lines of one file end in CR LF; they are read as if they ended in LF"
	}
	return fmt.Sprintf("the lines of %d files end in CR LF; they are read as if they ended in LF", n)
}

type loader struct {
	root      *os.Root
	opener    *opener
	in        model.Input
	out       []diag.Diagnostic
	severity  map[string]diag.Severity // by the code of the rule
	crlf      int                      // files with CR LF
	firstCRLF string
	names     []string // of the files to be read
}

// readAll reads the files that walk has found, on all cores, each for itself.
func (l *loader) readAll() {
	parts := make([]*loader, len(l.names))
	cores.Each(len(parts), func(i int) {
		parts[i] = &loader{root: l.root, opener: l.opener, severity: l.severity, in: model.Input{Points: map[string][]model.Doc{}}}
		parts[i].file(l.names[i])
	})
	for _, p := range parts {
		l.take(p)
	}
}

// take adds what was read of the next file.
func (l *loader) take(p *loader) {
	l.in.Docs = append(l.in.Docs, p.in.Docs...)
	l.in.Files = append(l.in.Files, p.in.Files...)
	l.in.Terms = append(l.in.Terms, p.in.Terms...)
	maps.Copy(l.in.Points, p.in.Points)
	l.in.Unread = append(l.in.Unread, p.in.Unread...)
	l.out = append(l.out, p.out...)
	if l.crlf == 0 {
		l.firstCRLF = p.firstCRLF
	}
	l.crlf += p.crlf
}

func (l *loader) add(code string, at diag.Span, hint, format string, args ...any) *diag.Diagnostic {
	severity := l.severity[code]
	if severity == diag.Error {
		l.unread(at.File)
	}
	l.out = append(l.out, diag.Diagnostic{Severity: severity, Code: code, Span: at, Message: fmt.Sprintf(format, args...), Hint: hint})
	return &l.out[len(l.out)-1]
}

// unread notes that something of a file is lost.
func (l *loader) unread(file *diag.File) {
	if n := len(l.in.Unread); n == 0 || l.in.Unread[n-1].Name() != file.Name() {
		l.in.Unread = append(l.in.Unread, file)
	}
}

// place is a file as a whole.
func place(name string) diag.Span { return diag.Span{File: diag.NewFile(name, nil)} }

// reason is an error without the name of the file, which stands in front of
// the message anyway, and without the names of system calls.
func reason(err error) string { return reasonFor("file", err) }

func reasonFor(what string, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "the " + what + " does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read the " + what
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// walk reads everything under a folder of the project. The folder itself may be
// a link to another in the project; below it, links to folders are not followed.
func (l *loader) walk(folder string) {
	info, err := l.root.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if info, err := l.root.Lstat(folder); err == nil {
			l.regular(folder, info.Mode()) // a link that leads nowhere
		}
		return
	case err != nil:
		l.noFile(folder, err)
		return
	case !info.IsDir():
		l.add("not-a-file", place(folder), "", "%s is a file, but should be a folder", folder)
		return
	}
	err = fs.WalkDir(l.root.FS(), folder, func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			l.add("unreadable", place(name), "", "%s", reasonFor("folder", err))
			return nil
		case ignored(base), name == model.PrivateSeries:
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if isRecordName(base) && !strings.HasPrefix(name, "data/files/") {
				l.add("not-a-file", place(name), "", "%s is a folder, but should be a file", base)
				return fs.SkipDir
			}
			return nil
		}
		if l.regular(name, d.Type()) {
			l.names = append(l.names, name)
		}
		return nil
	})
	if err != nil {
		l.add("unreadable", place(folder), "", "%s", reason(err))
	}
}

// ignored reports files that editors and desktops leave behind, never meant as
// records.
func ignored(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#") ||
		base == "Thumbs.db" || base == "desktop.ini"
}

func isRecordName(base string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".csv", ".md"}, path.Ext(base))
}

// regular reports whether a name stands for a plain file inside the project, or
// for a link to one. Nothing else is opened: a pipe would never end.
func (l *loader) regular(name string, mode fs.FileMode) bool {
	if mode&fs.ModeSymlink != 0 {
		info, err := l.root.Stat(name)
		if err != nil {
			l.noFile(name, err)
			return false
		}
		if info.IsDir() {
			l.add("not-a-file", place(name), "put the folder itself there", "the symbolic link leads to a folder, so it is not followed")
			return false
		}
		mode = info.Mode()
	}
	switch {
	case mode.IsDir():
		l.add("not-a-file", place(name), "", "%s is a folder, but should be a file", path.Base(name))
	case !mode.IsRegular():
		l.add("not-a-file", place(name), "", "it is a device, pipe or socket, and only plain files are read")
	}
	return mode.IsRegular()
}

// noFile reports a symbolic link that leads to no file.
func (l *loader) noFile(name string, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.add("unreadable", place(name), "", "the symbolic link leads nowhere")
	case strings.HasSuffix(err.Error(), "path escapes from parent"): // package os does not export the error
		hint := "copy the file into the project"
		if to, err := l.root.Readlink(name); err == nil && filepath.IsAbs(to) {
			hint = "copy the file into the project, or write a relative link"
		}
		l.add("outside-project", place(name), hint, "the symbolic link leads out of the project, so it is not followed")
	default:
		l.add("unreadable", place(name), "", "%s", reason(err))
	}
}

// file reads one file by what its folder and extension say it is.
func (l *loader) file(name string) {
	folder, rest, _ := strings.Cut(name, "/")
	sub, inner, nested := strings.Cut(rest, "/")
	ext := path.Ext(name)
	stem := strings.TrimSuffix(path.Base(name), ext)
	yaml := ext == ".yaml" || ext == ".yml"
	switch {
	case folder == "content":
		if ext != ".md" {
			l.unknown(name, "pages are Markdown files: "+stem+".md")
			return
		}
		l.content(name)
	case !nested:
		l.unknown(name, "records lie in a folder of their kind, such as data/entities")
	case sub == "files" && inner != "files.yaml":
		l.blob(name)
	case sub == "series" && ext == ".csv":
		if _, file := l.read(name); file != nil {
			l.in.Points[inner] = l.csv(file, model.KindSeries)
		}
	case sub == model.TermsFolder && (yaml || ext == ".csv"):
		if _, file := l.read(name); file != nil {
			l.in.Terms = append(l.in.Terms, l.table(file, sub, stem)...)
		}
	case sub != model.TermsFolder && !slices.Contains(model.Kinds(), model.Kind(sub)) || sub == "content":
		hint := diag.DidYouMean(sub, folders())
		for _, k := range model.Kinds() {
			if sub == k.Singular() {
				hint = fmt.Sprintf("did you mean %q?", k)
			}
		}
		if hint == "" {
			hint = "folders are " + strings.Join(folders(), ", ")
		}
		l.unknown(name, hint)
	case yaml || ext == ".csv":
		if _, file := l.read(name); file != nil {
			l.in.Docs = append(l.in.Docs, l.table(file, sub, stem)...)
		}
	default:
		l.unknown(name, "records are .yaml or .csv files")
	}
}

func folders() []string {
	var out []string
	for _, k := range model.Kinds() {
		if k != model.KindProse {
			out = append(out, string(k))
		}
	}
	return append(out, model.TermsFolder)
}

func (l *loader) unknown(name, hint string) {
	l.add("unknown-file", place(name), hint, "the file is not read: it is no record")
}

// table gives the records of a file: the rows of a CSV file, the record of a
// YAML file, or its list of records.
func (l *loader) table(file *diag.File, folder, stem string) []model.Doc {
	kind := model.Kind(folder)
	if path.Ext(file.Name()) == ".csv" {
		return l.csv(file, kind)
	}
	var out []model.Doc
	for _, d := range l.yaml(file) {
		if d.Root.Kind != model.List {
			out = append(out, model.Doc{Kind: kind, ID: stem, Root: d.Root, File: file})
			continue
		}
		for _, item := range d.Root.Items {
			out = append(out, model.Doc{Kind: kind, Root: item, File: file})
		}
	}
	return out
}
