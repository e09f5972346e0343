package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// seeds adds the files of the fixtures, and real ones, by their extension.
func seeds(f *testing.F, ext string) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == ext {
				f.Add(file.Data)
				f.Add([]byte(strings.ReplaceAll(string(file.Data), "\n", "\r\n")))
			}
		}
	}
	for _, pattern := range []string{"../../data/*/*", "../../content/*", "../../content/*/*"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for i, name := range names {
			if filepath.Ext(name) != ext || i%8 != 0 {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text[:min(len(text), 2000)])
		}
	}
}

func newLoader() *loader {
	l := &loader{severity: map[string]diag.Severity{}, in: model.Input{Points: map[string][]model.Doc{}}}
	for _, r := range Rules() {
		l.severity[r.Code] = r.Severity
	}
	return l
}

// checkFindings looks at what every diagnostic must have.
func checkFindings(t *testing.T, l *loader) {
	t.Helper()
	for _, d := range l.out {
		if _, ok := l.severity[d.Code]; !ok || d.Message == "" || d.Span.IsZero() || d.Span.Start > d.Span.End || d.Span.End > len(d.Span.File.Text()) {
			t.Fatalf("bad diagnostic %+v", d)
		}
	}
	var b strings.Builder
	if err := diag.Print(&b, l.out, diag.Style{}); err != nil || !utf8.ValidString(b.String()) {
		t.Fatalf("cannot be printed: %v", err)
	}
}

// checkNode looks at the places of a value and of all in it.
func checkNode(t *testing.T, n *model.Node, file *diag.File, from, depth int) {
	t.Helper()
	if n.Start < from || n.End < n.Start || n.End > len(file.Text()) {
		t.Fatalf("%v at %d..%d, from %d of %d", n.Kind, n.Start, n.End, from, len(file.Text()))
	}
	if depth > maxDepth+1 {
		t.Fatal("nested too deeply")
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		if f.Start > f.End || f.End > len(file.Text()) {
			t.Fatalf("field %q at %d..%d", f.Name, f.Start, f.End)
		}
		checkNode(t, &f.Value, file, f.Start, depth+1)
		if i > 0 && f.Start < n.Fields[i-1].Start {
			t.Fatalf("field %q stands before %q", f.Name, n.Fields[i-1].Name)
		}
	}
	for i := range n.Items {
		checkNode(t, &n.Items[i], file, n.Start, depth+1)
		if i > 0 && n.Items[i].Start < n.Items[i-1].Start {
			t.Fatalf("item %d stands before %d", i, i-1)
		}
	}
	if n.Kind == model.Scalar && len(n.Text) < 200 && exact(n, file) {
		checkPlaces(t, n, file)
	}
}

// exact reports scalars in which every character has one place: not those with
// the line breaks that only YAML 1.1 knew.
func exact(n *model.Node, file *diag.File) bool {
	src := string(file.Text()[n.Start:n.End])
	return !strings.ContainsAny(src, "\u0085\u2028\u2029\ufeff") && !strings.ContainsAny(n.Text, "\r\u0085\u2028\u2029") && !strings.Contains(src, "\\\r") && !strings.Contains(src, "\\\n")
}

func FuzzYAML(f *testing.F) {
	seeds(f, ".yaml")
	for _, s := range []string{
		"a: |2-\n      one\n    two\n", "a: >+\n\n one\n\n   two\n\n", "a: 'it''s\n  two\n\n  three'\n", "a: \"\\u6d77\\\n   x\\ty\"\n", "- - |1\n    x\n - y\n",
		"[[[[", "{a: {b: [c, d: e]}}", "? x\n: y\n", "*a", "&a x", "!!binary eA==", "%YAML 1.1\n---\na: b\n...\n", "a: b\n---\nc: d\n", "\xef\xbb\xbfa: b", "a:\r  b: c\r", "\"a\": b\u2028c: d",
		"!\nx", "a: x\n\n\n   y\n # z\n", "a: [b,\n c\n d]\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := newLoader()
		if !l.encoding("f.yaml", text) {
			checkFindings(t, l)
			return
		}
		file := diag.NewFile("f.yaml", text)
		docs := l.yaml(file)
		checkFindings(t, l)
		if len(docs) == 0 && len(l.in.Unread) == 0 {
			t.Fatalf("%q is lost without a word", text)
		}
		for i := range docs {
			if len(l.in.Unread) == 0 { // anchors and tags stand in front of values
				checkNode(t, &docs[i].Root, file, 0, 0)
			}
		}
	})
}

func FuzzCSV(f *testing.F) {
	seeds(f, ".csv")
	for _, s := range []string{"a,b\n1,2\n", "a\r\n\"x\r\ny\"\r\n", "a,a\n", ",\n", "a;b\n", "a,b\n\"x\"y\",z\n", "a\n\"\"\"\"\n", "a,b\n \"x\",y\n", "\xef\xbb\xbfa\n x \n", "a\r1\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := newLoader()
		if !l.encoding("f.csv", text) {
			return
		}
		file := diag.NewFile("f.csv", text)
		from := 0
		for _, d := range l.csv(file, model.KindLink) {
			checkNode(t, &model.Node{Kind: model.List, Start: d.Root.Start, End: d.Root.End}, file, from, 0)
			from = d.Root.Start
			for i := range d.Root.Fields {
				checkNode(t, &d.Root.Fields[i].Value, file, d.Root.Start, 0)
			}
		}
		checkFindings(t, l)
	})
}

func FuzzFrontMatter(f *testing.F) {
	seeds(f, ".md")
	for _, s := range []string{"---\ntitle: x\n---\ntext\n", "---\r\ntitle: x\r\n---\r\n\r\n> text\r\n", "---\rtitle: x\r---\rtext", "---", "---\n---", "--- \nbody: x\n---\n\ny", "---\n- a\n---\n", "\xef\xbb\xbf---\na: b\n---\n | x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := newLoader()
		if !l.encoding("f.md", text) {
			return
		}
		file := diag.NewFile("f.md", text)
		root, ok := l.frontMatter(file)
		checkFindings(t, l)
		if !ok && len(l.in.Unread) == 0 {
			t.Fatalf("%q is lost without a word", text)
		}
		if ok && len(l.in.Unread) == 0 {
			checkNode(t, &root, file, 0, 0)
		}
	})
}
