package load

import (
	"bytes"
	"path"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/names"
)

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
	const hyphens = "---"
	text := file.Text()
	start := 0
	if bytes.HasPrefix(text, bom) {
		start = len(bom)
	}
	fail := func(end int, hint, msg string) (model.Node, bool) {
		l.add("front-matter", file.Span(start, end), hint, "%s", msg)
		return model.Node{}, false
	}
	head, from := line(text, start)
	if strings.TrimRight(head, " \t") != hyphens {
		return fail(start+len(head), "begin the file with a line of three hyphens, then title: ..., then another line of three hyphens", "the file has no front matter")
	}
	end, next := from, from
	for {
		if end >= len(text) {
			return fail(start+len(hyphens), "end it with a line of three hyphens", "the front matter has no end")
		}
		var s string
		if s, next = line(text, end); strings.TrimRight(s, " \t") == hyphens {
			break
		}
		end = next
	}

	body := model.Node{Kind: model.Scalar, Style: model.Raw, Start: len(text), End: len(text)}
	if rest := bytes.TrimSpace(text[next:]); len(rest) > 0 {
		// The lines are kept whole: spaces in front of the first one may mean code.
		for s, n := line(text, next); strings.TrimSpace(s) == ""; s, n = line(text, next) {
			next = n
		}
		body.Start, body.Text = next, strings.ReplaceAll(string(text[next:]), "\r\n", "\n")
	}
	root := model.Node{Kind: model.Map, Start: start, End: start + len(hyphens)}
	if len(bytes.TrimSpace(text[from:end])) > 0 {
		docs := l.yamlPart(file, from, end)
		if len(docs) == 0 {
			return root, false
		}
		root = docs[0].Root
	}
	if root.Kind != model.Map {
		l.add("front-matter", file.Span(root.Start, root.End), "write fields such as title: ...", "the front matter is not a mapping")
		return root, false
	}
	given := root.Get("body")
	switch {
	case body.Text == "":
	case given != nil:
		l.add("front-matter", file.Span(given.Start, given.End), "keep one of the two", "the text stands both here and below the front matter").
			Related = []diag.Related{{Span: file.Span(body.Start, body.Start), Message: "the other begins there"}}
	default:
		root.Fields = append(root.Fields, model.Field{Name: "body", Start: body.Start, End: body.Start, Value: body})
	}
	return root, true
}

// line is the line at an offset, without its end, and where the next begins. A
// line ends in LF, CR LF or CR, as in package diag.
func line(text []byte, at int) (string, int) {
	i := bytes.IndexAny(text[at:], "\r\n")
	if i < 0 {
		return string(text[at:]), len(text)
	}
	end := at + i
	if bytes.HasPrefix(text[end:], []byte("\r\n")) {
		return string(text[at:end]), end + 2
	}
	return string(text[at:end]), end + 1
}
