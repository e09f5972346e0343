// Package load reads the files of a project: YAML, CSV and Markdown with front
// matter, as raw records in which every value has its place.
//
// It knows syntax only; what the fields mean is decided by package model. No
// file can stop it: whatever is wrong with one becomes a diagnostic, and the
// others are read. Nothing outside the project's folder is ever opened, not
// through symbolic links either.
package load

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/names"
)

// SettingsFile is the file that makes a folder a project.
const SettingsFile = "dossier.yaml"

// maxText is the size up to which a file of records is read. Nobody writes
// more by hand, and an editor could not open it.
const maxText = 32 << 20

// Project reads the project in a folder. The diagnostics are not sorted; the
// input holds all that could be read, whatever they say.
func Project(dir string) (model.Input, []diag.Diagnostic) {
	l := &loader{in: model.Input{Points: map[string][]model.Doc{}}}
	root, err := os.OpenRoot(dir)
	if err != nil {
		l.add("unreadable", place(dir), "", "%s", reason(err))
		return l.in, l.out
	}
	defer root.Close() // opened for reading only
	l.root = root

	if text, file := l.read(SettingsFile); text != nil {
		if docs := l.yaml(file); len(docs) > 0 {
			l.in.Settings = model.Doc{Root: docs[0].Root, File: file}
		}
	} else if l.missing {
		l.add("no-project", place(SettingsFile), `run "dossier" in the folder of a project, or name it with --project`, "there is no %s in %s", SettingsFile, path.Base(slash(dir)))
		return l.in, l.out
	}
	l.walk("data")
	l.walk("content")
	if l.crlf > 0 {
		l.add("crlf", place(l.firstCRLF), "", "%s", crlfMessage(l.crlf))
	}
	return l.in, l.out
}

func slash(dir string) string { return strings.ReplaceAll(dir, "\\", "/") }

func crlfMessage(n int) string {
	if n == 1 {
		return "the lines of one file end in CR LF; they are read as if they ended in LF"
	}
	return fmt.Sprintf("the lines of %d files end in CR LF; they are read as if they ended in LF", n)
}

type loader struct {
	root      *os.Root
	in        model.Input
	out       []diag.Diagnostic
	missing   bool // the last file read does not exist
	crlf      int  // files with CR LF
	firstCRLF string
}

func (l *loader) add(code string, at diag.Span, hint, format string, args ...any) *diag.Diagnostic {
	l.out = append(l.out, diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...), Hint: hint})
	d := &l.out[len(l.out)-1]
	for _, r := range Rules() {
		if r.Code == code {
			d.Severity = r.Severity
		}
	}
	return d
}

// place is a file as a whole.
func place(name string) diag.Span { return diag.Span{File: diag.NewFile(name, nil)} }

// reason is an error without the name of the file, which stands in front of
// the message anyway, and without the names of system calls.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "the file does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read the file"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// walk reads everything under a folder of the project.
func (l *loader) walk(folder string) {
	info, err := l.root.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		l.add("unreadable", place(folder), "", "%s", reason(err))
		return
	case info.Mode()&fs.ModeSymlink != 0:
		// The folder itself may lie elsewhere in the project.
	case !info.IsDir():
		l.add("not-a-file", place(folder), "", "%s is a file, but should be a folder", folder)
		return
	}
	err = fs.WalkDir(l.root.FS(), folder, func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			l.add("unreadable", place(name), "", "%s", reason(err))
			return nil
		case strings.HasPrefix(base, "."), strings.HasSuffix(base, "~"), strings.HasPrefix(base, "#"):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil // left by editors and desktops, never meant as records
		case d.IsDir():
			if isRecordName(base) {
				l.add("not-a-file", place(name), "", "%s is a folder, but should be a file", name)
				return fs.SkipDir
			}
			return nil
		}
		if !l.regular(name, d) {
			return nil
		}
		l.file(name)
		return nil
	})
	if err != nil {
		l.add("unreadable", place(folder), "", "%s", reason(err))
	}
}

func isRecordName(base string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".csv", ".md"}, path.Ext(base))
}

// regular reports whether an entry is a file inside the project, or a link to one.
func (l *loader) regular(name string, d fs.DirEntry) bool {
	mode := d.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := l.root.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			l.add("unreadable", place(name), "", "the symbolic link leads nowhere")
			return false
		case err != nil:
			l.add("outside-project", place(name), "copy the file into the project", "the symbolic link leads out of the project, so it is not followed")
			return false
		case info.IsDir():
			l.add("not-a-file", place(name), "move the folder into the project", "symbolic links to folders are not followed")
			return false
		}
		mode = info.Mode().Type()
	}
	if !mode.IsRegular() {
		l.add("not-a-file", place(name), "", "only plain files are read")
		return false
	}
	return true
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
	case !slices.Contains(model.Kinds(), model.Kind(sub)) || sub == "content":
		hint := diag.DidYouMean(sub, folders())
		if hint == "" {
			hint = "folders are " + strings.Join(folders(), ", ")
		}
		l.unknown(name, hint)
	case yaml:
		if _, file := l.read(name); file != nil {
			l.records(file, model.Kind(sub), stem)
		}
	case ext == ".csv":
		if _, file := l.read(name); file != nil {
			l.in.Docs = append(l.in.Docs, l.csv(file, model.Kind(sub))...)
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
	return out
}

func (l *loader) unknown(name, hint string) {
	l.add("unknown-file", place(name), hint, "the file is not read: it is no record")
}

// records takes the record of a YAML file, or its list of records.
func (l *loader) records(file *diag.File, kind model.Kind, stem string) {
	for _, d := range l.yaml(file) {
		if d.Root.Kind != model.List {
			l.in.Docs = append(l.in.Docs, model.Doc{Kind: kind, ID: stem, Root: d.Root, File: file})
			continue
		}
		for _, item := range d.Root.Items {
			l.in.Docs = append(l.in.Docs, model.Doc{Kind: kind, Root: item, File: file})
		}
	}
}

// read is the text of a file that holds records, when it can be read as one.
// The file is nil when it cannot, and that is reported.
func (l *loader) read(name string) ([]byte, *diag.File) {
	l.missing = false
	f, err := l.root.Open(name)
	if err != nil {
		l.missing = errors.Is(err, fs.ErrNotExist)
		if !l.missing {
			l.add("unreadable", place(name), "", "%s", reason(err))
		}
		return nil, nil
	}
	defer f.Close() // opened for reading only
	if info, err := f.Stat(); err == nil && info.IsDir() {
		l.add("not-a-file", place(name), "", "%s is a folder, but should be a file", name)
		return nil, nil
	}
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
		l.add("bad-encoding", file.Span(i, i+1), "is it a text file?", "the file holds a NUL character")
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
	f, err := l.root.Open(name)
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

// content reads a page or a news item.
func (l *loader) content(name string) {
	_, file := l.read(name)
	if file == nil {
		return
	}
	stem := strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md")
	lang := ""
	if i := strings.LastIndexByte(path.Base(stem), '.'); i > 0 {
		tag := path.Base(stem)[i+1:]
		if canonical, err := names.Language(tag); err == nil {
			lang, stem = canonical, strings.TrimSuffix(stem, "."+tag)
		}
	}
	root, ok := l.frontMatter(file)
	if !ok {
		return
	}
	doc := model.Doc{Kind: model.KindProse, ID: path.Base(stem), Path: stem, Lang: lang, Root: root, File: file}
	if strings.HasPrefix(stem, "news/") {
		doc.Kind = model.KindSource
		if lang != "" {
			l.add("front-matter", place(name), "write title and body as {en: ..., "+lang+": ...} in one file", "a news item has one file for all languages")
			return
		}
	}
	l.in.Docs = append(l.in.Docs, doc)
}

// frontMatter is the mapping between the lines of hyphens, with the text below
// them as its field body.
func (l *loader) frontMatter(file *diag.File) (model.Node, bool) {
	text := file.Text()
	start := 0
	if bytes.HasPrefix(text, bom) {
		start = len(bom)
	}
	head, n := line(text, start)
	if strings.TrimRight(head, " \t") != "---" {
		l.add("front-matter", file.Span(start, start+len(head)), "begin the file with a line of three hyphens, then title: ..., then another line of three hyphens", "the file has no front matter")
		return model.Node{}, false
	}
	from := n
	for at := from; ; {
		s, next := line(text, at)
		if strings.TrimRight(s, " \t") == "---" {
			docs := l.yamlPart(file, from, at)
			root := model.Node{Kind: model.Map, Start: start, End: start + 3}
			if len(docs) > 0 {
				root = docs[0].Root
			}
			if root.Kind != model.Map {
				l.add("front-matter", file.Span(root.Start, root.End), "", "the front matter is not a mapping")
				return root, false
			}
			for _, f := range root.Fields {
				if f.Name == "body" {
					return root, true // given in several languages
				}
			}
			body := bytes.TrimLeft(text[next:], "\r\n")
			off := len(text) - len(body)
			if len(bytes.TrimSpace(body)) > 0 {
				root.Fields = append(root.Fields, model.Field{Name: "body", Start: off, End: off, Value: model.Node{
					Kind: model.Scalar, Text: strings.ReplaceAll(string(body), "\r\n", "\n"), Start: off, End: len(text),
				}})
			}
			return root, true
		}
		if next >= len(text) {
			l.add("front-matter", file.Span(start, start+3), "end it with a line of three hyphens", "the front matter has no end")
			return model.Node{}, false
		}
		at = next
	}
}

// line is the line at an offset, without its end, and where the next begins.
func line(text []byte, at int) (string, int) {
	i := bytes.IndexByte(text[at:], '\n')
	if i < 0 {
		return string(text[at:]), len(text)
	}
	return strings.TrimSuffix(string(text[at:at+i]), "\r"), at + i + 1
}

// Rules describes every diagnostic of this package.
func Rules() []diag.Rule {
	fixed := func(code, summary, help string) diag.Rule {
		return diag.Rule{Code: code, Severity: diag.Error, Summary: summary, Help: help, Fixed: true}
	}
	rules := []diag.Rule{
		fixed("no-project", "no dossier.yaml", `
A project is a folder with a file dossier.yaml; its title is all that it must say. `+"`dossier init`"+` makes one.`),
		fixed("unreadable", "a file that cannot be read", `
The operating system refuses to open or read the file. Look at its permissions.`),
		fixed("not-a-file", "something else where a file is meant", `
A folder, a device or a link stands where a plain file is expected.`),
		fixed("outside-project", "a symbolic link that leads out of the project", `
Everything a report is made of lies in its folder, so that it can be copied, archived and checked. Links
out of it are not followed.`),
		fixed("too-large", "a file too large to be a record", `
Files of records are read up to 32 MB. Split the file; attachments belong in data/files.`),
		fixed("bad-encoding", "a file that is not UTF-8 text", `
All files are UTF-8. In a spreadsheet program, choose "CSV UTF-8" when you save.`),
		{Code: "byte-order-mark", Severity: diag.Note, Summary: "a byte order mark", Help: `
Some programs put an invisible mark in front of UTF-8 text. It is ignored, and does no harm here.`},
		{Code: "crlf", Severity: diag.Note, Summary: "lines that end in CR LF", Help: `
Windows ends lines with two characters. They are read as if they ended in one, and do no harm here.`},
		fixed("yaml-syntax", "YAML that cannot be read", `
The file is not well-formed YAML. Common causes: a tab in the indentation, a colon followed by a space in a
text without quotes, a quote that is not closed, lines of one list at different depths.`),
		fixed("yaml-feature", "a feature of YAML that records do not use", `
Anchors, aliases, merge keys and tags are not read: a record says what it says in place.`),
		fixed("too-deep", "values nested too deeply", `
No record is nested as deeply as this; the file is probably not a record.`),
		fixed("duplicate-key", "a field or column that stands there twice", `
Only one of the two could count, so neither does.`),
		fixed("csv-syntax", "CSV that cannot be read", `
Columns are separated by commas, and a value that holds a comma, a quote or a line break stands in double
quotes; a quote inside is written twice.`),
		fixed("ragged-row", "a row with too few or too many values", `
Every row has as many values as the first line has names. A value that holds a comma must stand in quotes.`),
		fixed("front-matter", "a page without proper front matter", `
A page begins with a line of three hyphens, fields such as title, and another line of three hyphens.`),
		{Code: "unknown-file", Severity: diag.Warning, Summary: "a file that is not read", Help: `
The file lies where records lie, but is none by its name. Move it, or give it the right extension.`},
	}
	slices.SortFunc(rules, func(a, b diag.Rule) int { return cmp.Compare(a.Code, b.Code) })
	return rules
}
