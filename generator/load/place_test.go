package load

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// read decodes YAML as a file of one record.
func readYAML(t *testing.T, text string) (model.Node, *diag.File) {
	t.Helper()
	l := &loader{severity: map[string]diag.Severity{}}
	file := diag.NewFile("f.yaml", []byte(text))
	docs := l.yaml(file)
	if len(docs) != 1 || len(l.out) > 0 {
		t.Fatalf("%q is not read: %v", text, l.out)
	}
	return docs[0].Root, file
}

// TestSpans shows what of the source belongs to a scalar, whatever its style.
func TestSpans(t *testing.T) {
	for _, c := range []struct {
		name, yaml string
		path       string // of the value looked for
		text       string
		source     string
	}{
		{"plain", "a: one two  # three\n", "a", "one two", "one two"},
		{"plain at the end of the file", "a: one", "a", "one", "one"},
		{"plain over lines", "a: one\n  two\n\n  three # four\nb: x\n", "a", "one two\nthree", "one\n  two\n\n  three"},
		{"plain over lines, the same word twice", "a: x\n  x y\n  x\nb: x\n", "a", "x x y x", "x\n  x y\n  x"},
		{"plain after CJK", "海康: {名: 威视, b: 数字}\n", "海康.b", "数字", "数字"},
		{"plain with a hash and a colon", "a: b#c d:e # f\n", "a", "b#c d:e", "b#c d:e"},
		{"a number", "a: 007\n", "a", "007", "007"},
		{"single quotes", "a: 'it''s ''' # x\n", "a", "it's '", "'it''s '''"},
		{"single quotes over lines", "a: 'one\n  two\n\n  three'\n", "a", "one two\nthree", "'one\n  two\n\n  three'"},
		{"double quotes", `a: "x \"y\" \\" # z` + "\n", "a", `x "y" \`, `"x \"y\" \\"`},
		{"double quotes over lines", "a: \"one\\\n  \\ two\n  three\"\n", "a", "one two three", "\"one\\\n  \\ two\n  three\""},
		{"empty quotes", "a: ''\nb: \"\"\n", "b", "", `""`},
		{"literal", "a: |\n  one\n   two\n\n  three\n\nb: x\n", "a", "one\n two\n\nthree\n", "|\n  one\n   two\n\n  three"},
		{"literal with a comment", "a: |- # c\n  one\n# not in it\nb: x\n", "a", "one", "|- # c\n  one"},
		{"literal with an indicator", "a:\n  b: |2-\n      one\n    two\n  c: x\n", "a.b", "  one\ntwo", "|2-\n      one\n    two"},
		{"literal with an indicator in a list", "- |1\n   one\n  two\n- x\n", "[0]", "  one\n two\n", "|1\n   one\n  two"},
		{"literal that is empty", "a:\n  b: |\n  c: x\n", "a.b", "", "|"},
		{"literal with blank lines first", "a: |\n\n\n  one\nb: x\n", "a", "\n\none\n", "|\n\n\n  one"},
		{"literal that keeps its end", "a: |+\n  one\n\n\nb: x\n", "a", "one\n\n\n", "|+\n  one"},
		{"literal at the end of the file", "a: |\n  one\n  two", "a", "one\ntwo", "|\n  one\n  two"},
		{"folded", "a: >\n  one\n  two\n\n  three\n    four\n  five\nb: x\n", "a", "one two\nthree\n  four\nfive\n", ">\n  one\n  two\n\n  three\n    four\n  five"},
		{"folded in a list of mappings", "- a: >-\n    one\n    two\n  b: x\n", "[0].a", "one two", ">-\n    one\n    two"},
		{"a list that is not indented", "a:\n- |\n  one\n- x\nb: y\n", "a[0]", "one\n", "|\n  one"},
		{"flow list", "a: [one, 'two', \"three, four\"] # c\n", "a[2]", "three, four", `"three, four"`},
		{"flow mapping", "a: {b: one two, c: 3}\n", "a.b", "one two", "one two"},
		{"flow over lines", "a: [one,\n  two\n  three]\n", "a[1]", "two three", "two\n  three"},
		{"CR LF", "a: 1\r\nb: |\r\n  one\r\n  two\r\nc: x\r\n", "b", "one\ntwo\n", "|\r\n  one\r\n  two"},
		{"CR", "a: 1\rb: |\r  one\r  two\rc: x\r", "b", "one\ntwo\n", "|\r  one\r  two"},
		{"a byte order mark", "\xef\xbb\xbfa: one\n", "a", "one", "one"},
		{"after a line separator", "a: \"x\u2028y\"\nb: one\n", "b", "one", "one"},
		{"nothing", "a:\nb: x\n", "a", "", ""},
		{"null", "a: ~\n", "a", "~", "~"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, file := readYAML(t, c.yaml)
			n := find(&root, c.path)
			if n == nil {
				t.Fatalf("no value at %s", c.path)
			}
			if n.Text != c.text {
				t.Errorf("the text is %q, want %q", n.Text, c.text)
			}
			if got := string(file.Text()[n.Start:n.End]); got != c.source {
				t.Errorf("the source is %q, want %q", got, c.source)
			}
			checkPlaces(t, n, file)
		})
	}
}

// TestCollections shows what is marked of a mapping or list: its first line.
func TestCollections(t *testing.T) {
	root, file := readYAML(t, "a:\n  - b: one # c\n    d: e\n  - [x, y] # z\nf: {g: h,\n  i: j}\nk: [{l: m}, {}, [ ] ] # n\n")
	for path, want := range map[string]string{"a": "- b: one", "a[0]": "b: one", "a[1]": "[x, y]", "f": "{g: h,", "": "a:", "k": "[{l: m}, {}, [ ] ]", "k[0]": "{l: m}", "k[1]": "{}", "k[2]": "[ ]"} {
		n := &root
		if path != "" {
			n = find(&root, path)
		}
		if got := string(file.Text()[n.Start:n.End]); got != want {
			t.Errorf("%s is marked as %q, want %q", path, got, want)
		}
	}
	long := strings.Repeat("海", 1000)
	root, file = readYAML(t, "a: ["+long+"]\n")
	if got := string(file.Text()[root.Start:root.End]); !utf8.ValidString(got) || len(got) > 400 {
		t.Errorf("a long line is marked as %q", got)
	}
}

func find(n *model.Node, path string) *model.Node {
	for part := range strings.SplitSeq(strings.ReplaceAll(path, "[", ".["), ".") {
		if part == "" {
			continue
		}
		if part[0] == '[' {
			i := int(part[1] - '0')
			if i >= len(n.Items) {
				return nil
			}
			n = &n.Items[i]
		} else if n = n.Get(part); n == nil {
			return nil
		}
	}
	return n
}

// translation makes of a scalar what the model makes of it.
func translation(n *model.Node, file *diag.File) model.Translation {
	in := model.Input{Docs: []model.Doc{{Kind: model.KindEvent, ID: "x", File: file, Root: model.Node{Kind: model.Map, Fields: []model.Field{{Name: "title", Value: *n}}}}}}
	report, _ := model.Build(in)
	if v := report.Whole(); len(v.Events) == 1 && len(v.Events[0].Title) == 1 {
		return v.Events[0].Title[0]
	}
	return model.Translation{}
}

// checkPlaces looks up every character of a scalar's text in the file.
func checkPlaces(t *testing.T, n *model.Node, file *diag.File) {
	t.Helper()
	tr := translation(n, file)
	if tr.Value == "" {
		return
	}
	last := n.Start
	for i, r := range tr.Value {
		at := tr.Place(i, i+utf8.RuneLen(r))
		got := string(file.Text()[at.Start:at.End])
		if at.Start < last || at.Start < n.Start || at.End > n.End {
			t.Fatalf("%q at %d of %q is at %d..%d in %d..%d, after %d", r, i, tr.Value, at.Start, at.End, n.Start, n.End, last)
		}
		last = at.Start
		switch {
		case got == string(r):
		case unicode.IsSpace(r) && strings.TrimFunc(got, unicode.IsSpace) == "": // folded
		case n.Style == model.DoubleQuoted && strings.HasPrefix(got, `\`): // escaped
		case n.Style == model.SingleQuoted && got == "''" && r == '\'':
		case n.Style == model.Cell && got == `""` && r == '"':
		default:
			t.Fatalf("%q at %d of %q is %q in %q", r, i, tr.Value, got, file.Text()[n.Start:n.End])
		}
	}
	whole := tr.Place(0, len(tr.Value))
	if whole.Start < n.Start || whole.End > n.End {
		t.Fatalf("the whole of %q is %d..%d, outside %d..%d", tr.Value, whole.Start, whole.End, n.Start, n.End)
	}
}

// TestPlace shows ranges in texts of every style.
func TestPlace(t *testing.T) {
	for _, c := range []struct{ name, yaml, path, word, source string }{
		{"plain", "a: see [@x, p. 5] there\n", "a", "[@x, p. 5]", "[@x, p. 5]"},
		{"folded plain", "a: see\n  [@x,\n  p. 5] there\n", "a", "[@x, p. 5]", "[@x,\n  p. 5]"},
		{"single quotes", "a: 'it''s [[x|the ''X'']]'\n", "a", "[[x|the 'X']]", "[[x|the ''X'']]"},
		{"double quotes", `a: "\u6d77\t\"q\" \x41 [[x]]\U0001F600 [@y]"` + "\n", "a", "[@y]", "[@y]"},
		{"double quotes over lines", "a: \"one\n\n  two \\\n   [@y] three\"\n", "a", "[@y]", "[@y]"},
		{"literal", "a:\n  b: |\n\n    one\n      [@x]\n    two\n", "a.b", "[@x]", "[@x]"},
		{"folded", "a: >-\n   one [@x,\n   p. 5]\n\n   two [[y]]\n", "a", "[@x, p. 5]", "[@x,\n   p. 5]"},
		{"folded after blank lines", "a: >-\n   one\n\n     two\n     three\n\n   four [[y]]\n", "a", "[[y]]", "[[y]]"},
		{"literal in CR LF", "a: |\r\n  one\r\n  [@x]\r\n", "a", "[@x]", "[@x]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, file := readYAML(t, c.yaml)
			n := find(&root, c.path)
			tr := translation(n, file)
			i := strings.Index(tr.Value, c.word)
			if i < 0 {
				t.Fatalf("no %q in %q", c.word, tr.Value)
			}
			at := tr.Place(i, i+len(c.word))
			if got := string(file.Text()[at.Start:at.End]); got != c.source {
				t.Errorf("got %q, want %q", got, c.source)
			}
			checkPlaces(t, n, file)
		})
	}
}

func TestPlaceInBody(t *testing.T) {
	for _, text := range []string{
		"---\ntitle: x\n---\n\n> quoted [@x]\n> more [[y]]\n",
		"---\r\ntitle: x\r\n---\r\n| a | [@x] |\r\n| - | - |\r\n| b | [[y]] |\r\n",
		"\xef\xbb\xbf---\ntitle: x\n---\n\"A \\ 'quote'\" [@x] 海 [[y]]",
	} {
		l := &loader{severity: map[string]diag.Severity{}}
		file := diag.NewFile("f.md", []byte(text))
		root, ok := l.frontMatter(file)
		if !ok || len(l.out) > 0 {
			t.Fatalf("%q is not read: %v", text, l.out)
		}
		n := root.Get("body")
		tr := translation(n, file)
		for _, word := range []string{"[@x]", "[[y]]"} {
			i := strings.Index(tr.Value, word)
			at := tr.Place(i, i+len(word))
			if got := string(file.Text()[at.Start:at.End]); got != word {
				t.Errorf("got %q, want %q", got, word)
			}
		}
		checkPlaces(t, n, file)
	}
}

func TestCells(t *testing.T) {
	text := "\xef\xbb\xbfid,name,note\r\na, one ,\"two, \"\"three\"\"\r\nfour\"\r\nb,\" 海 \",x\\n\"\"\r\n"
	text = strings.ReplaceAll(text, `x\n""`, `x\n`)
	l := &loader{severity: map[string]diag.Severity{}}
	file := diag.NewFile("f.csv", []byte(text))
	docs := l.csv(file, model.KindLink)
	if len(docs) != 2 || len(l.out) > 0 {
		t.Fatalf("%d rows, %v", len(docs), l.out)
	}
	for _, c := range []struct {
		row          int
		column       string
		text, source string
		line, col    int
	}{
		{0, "id", "a", "a", 2, 1},
		{0, "name", "one", "one", 2, 4},
		{0, "note", "two, \"three\"\nfour", "\"two, \"\"three\"\"\r\nfour\"", 2, 9},
		{1, "id", "b", "b", 4, 1},
		{1, "name", "海", "\" 海 \"", 4, 3},
		{1, "note", `x\n`, `x\n`, 4, 9},
	} {
		n := docs[c.row].Root.Get(c.column)
		if n.Text != c.text {
			t.Errorf("row %d, %s is %q, want %q", c.row, c.column, n.Text, c.text)
		}
		if got := string(file.Text()[n.Start:n.End]); got != c.source {
			t.Errorf("row %d, %s comes from %q, want %q", c.row, c.column, got, c.source)
		}
		if line, col := file.Position(n.Start); line != c.line || col != c.col {
			t.Errorf("row %d, %s is at %d:%d, want %d:%d", c.row, c.column, line, col, c.line, c.col)
		}
		checkPlaces(t, n, file)
	}
}
