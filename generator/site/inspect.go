package site

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/dossier-report/dossier/generator/diag"
)

// call is a place in a template where a text is looked up or logged.
type call struct {
	span     diag.Span
	text     string         // key or format, when it is written out
	pattern  *regexp.Regexp // what a format can give
	optional bool           // the caller has something else when the key is missing
}

// sources are the calls in all templates.
type sources struct {
	keys []call // T, i18n, lang.Translate
	logs []call // errorf, warnf and their kin

	blocks map[string]bool // layouts that only define blocks for baseof.html
	pure   map[string]bool // partials whose results may be remembered, by name
}

// inspect reads all templates before Hugo does. It finds mistakes with their
// true places (Hugo blames a wrong file for some of them), refuses what would
// get round the limits set for templates, and notes who asks for which words.
func (r *renderer) inspect() {
	r.sites.blocks = map[string]bool{}
	known, all := functions()
	for _, p := range r.files.sorted("layouts") {
		s := r.files.files[p]
		trees := map[string]*parse.Tree{}
		t := parse.New(s.name)
		t.Mode = parse.SkipFuncCheck
		if _, err := t.Parse(string(s.text), "", "", trees); err != nil {
			r.found.add(parseError(s, err))
			continue
		}
		r.sites.blocks[p] = parse.IsEmptyTree(t.Root) && len(trees) > 1 // it is one of them itself
		for _, name := range slices.Sorted(maps.Keys(trees)) {
			w := walker{r: r, file: s.diagFile(), known: known, all: all}
			w.list(trees[name].Root)
		}
	}
	r.sites.pure = r.pure()
}

var parseMessage = regexp.MustCompile(`^template: .*?:(\d+): (.*)$`)

// parseError places an error of the parser, which knows only lines.
func parseError(s *source, err error) diag.Diagnostic {
	m := parseMessage.FindStringSubmatch(strings.TrimPrefix(strings.ReplaceAll(err.Error(), s.name+":", ":"), ""))
	if m == nil {
		return diag.Diagnostic{Code: CodeSyntax, Span: s.diagFile().Span(0, 0), Message: err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	f := s.diagFile()
	start := f.Offset(line, 1)
	for start < len(s.text) && (s.text[start] == ' ' || s.text[start] == '\t') {
		start++
	}
	return diag.Diagnostic{Code: CodeSyntax, Span: f.Span(start, start), Message: m[2]}
}

// walker goes through one template.
type walker struct {
	r    *renderer
	file *diag.File

	known map[string]bool // functions; nil when they are not looked at
	all   []string
}

func (w *walker) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		w.node(n)
	}
}

func (w *walker) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.ActionNode:
		w.pipe(n.Pipe)
	case *parse.IfNode:
		w.branch(&n.BranchNode)
	case *parse.RangeNode:
		w.branch(&n.BranchNode)
	case *parse.WithNode:
		w.branch(&n.BranchNode)
	case *parse.TemplateNode:
		w.pipe(n.Pipe)
	case *parse.ListNode:
		w.list(n)
	}
}

func (w *walker) branch(b *parse.BranchNode) {
	w.pipe(b.Pipe)
	w.list(b.List)
	w.list(b.ElseList)
}

func (w *walker) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for i, c := range p.Cmds {
		w.command(c, p.Cmds[i+1:])
	}
}

func (w *walker) command(c *parse.CommandNode, after []*parse.CommandNode) {
	for i, arg := range c.Args {
		switch n := arg.(type) {
		case *parse.IdentifierNode:
			w.name(n, n.Ident, nil)
			if i == 0 {
				w.note(n.Ident, c, after)
			}
		case *parse.ChainNode:
			if id, ok := n.Node.(*parse.IdentifierNode); ok {
				w.name(n, id.Ident, n.Field)
				if i == 0 {
					w.note(id.Ident+"."+strings.Join(n.Field, "."), c, after)
				}
			} else {
				w.fields(n, n.Field)
				if p, ok := n.Node.(*parse.PipeNode); ok {
					w.pipe(p)
				}
			}
		case *parse.FieldNode:
			w.fields(n, n.Ident)
		case *parse.VariableNode:
			w.fields(n, n.Ident[1:])
		case *parse.PipeNode:
			w.pipe(n)
		}
	}
}

// forbidden are functions that are refused, by their namespaces.
var forbidden = map[string]string{
	"js":                    "it reads files from the disk",
	"css":                   "it reads files from the disk or runs programs",
	"toCSS":                 "it runs programs",
	"postCSS":               "it runs programs",
	"babel":                 "it runs programs",
	"math.Rand":             "two builds would differ",
	"math.Counter":          "two builds would differ",
	"collections.Shuffle":   "two builds would differ",
	"shuffle":               "two builds would differ",
	"hugo.BuildDate":        "two builds would differ",
	"debug.Timer":           "two builds would differ",
	"transform.ToMath":      "it needs a cache on the disk",
	"templates.Defer":       "pages are written as they come and not read again",
	"resources.PostProcess": "pages are written as they come and not read again",
}

// forbiddenFields are methods that are refused on whatever value: a namespace
// can be put into a variable.
var forbiddenFields = map[string]string{
	"PostProcess": forbidden["resources.PostProcess"],
	"Defer":       forbidden["templates.Defer"],
	"Rand":        forbidden["math.Rand"],
	"Shuffle":     forbidden["shuffle"],
	"ToCSS":       forbidden["toCSS"],
	"PostCSS":     forbidden["postCSS"],
	"Babel":       forbidden["babel"],
}

// harmless are functions of a forbidden namespace that may be used.
var harmless = []string{"css.Quoted", "css.Unquoted"}

func (w *walker) name(n parse.Node, ident string, fields []string) {
	if w.known != nil && !w.known[ident] {
		w.r.found.add(diag.Diagnostic{Code: CodeSyntax, Span: w.span(n, ident),
			Message: "there is no function " + quote(ident), Hint: diag.DidYouMean(ident, w.all)})
		return
	}
	full := strings.Join(append([]string{ident}, fields...), ".")
	if slices.Contains(harmless, full) {
		return
	}
	for _, name := range []string{full, ident} {
		if why, ok := forbidden[name]; ok {
			w.forbid(n, full, why)
			return
		}
	}
	w.fields(n, fields)
}

func (w *walker) fields(n parse.Node, fields []string) {
	for _, f := range fields {
		if why, ok := forbiddenFields[f]; ok {
			w.forbid(n, f, why)
			return
		}
	}
}

// forbid reports a function at its place. A chain's position is that of its
// last part, so the name is looked for from the line's beginning.
func (w *walker) forbid(n parse.Node, name, why string) {
	w.r.found.add(diag.Diagnostic{
		Code: CodeForbidden, Span: w.span(n, name),
		Message: "templates cannot use " + name + ": " + why,
	})
}

// span is the place of a name that is part of a node, or of the node.
func (w *walker) span(n parse.Node, name string) diag.Span {
	text := string(w.file.Text())
	at := min(int(n.Position()), len(text))
	if i := strings.LastIndex(text[:min(at+len(name), len(text))], name); i >= 0 && i+len(name) >= at-len(name) {
		return w.file.Span(i, i+len(name))
	}
	return w.file.Span(at, at)
}

// note remembers who looks up words and who writes to the log.
func (w *walker) note(function string, c *parse.CommandNode, after []*parse.CommandNode) {
	var to *[]call
	switch function {
	case "T", "i18n", "lang.Translate":
		to = &w.r.sites.keys
	case "errorf", "warnf", "fmt.Errorf", "fmt.Warnf":
		to = &w.r.sites.logs
	case "erroridf", "warnidf", "fmt.Erroridf", "fmt.Warnidf":
		if len(c.Args) < 3 {
			return
		}
		c = &parse.CommandNode{Args: c.Args[1:]}
		to = &w.r.sites.logs
	default:
		return
	}
	if len(c.Args) < 2 {
		return // the argument comes through the pipe
	}
	n := call{optional: hasDefault(after)}
	switch arg := c.Args[1].(type) {
	case *parse.StringNode:
		n.text = arg.Text
		n.span = w.file.Span(int(arg.Pos), int(arg.Pos)+len(arg.Quoted))
	case *parse.PipeNode: // (printf "status_%s" .Word)
		format, ok := printed(arg)
		if !ok {
			return
		}
		n.text = format.Text
		n.span = w.file.Span(int(format.Pos), int(format.Pos)+len(format.Quoted))
	default:
		return
	}
	n.pattern = formatPattern(n.text)
	*to = append(*to, n)
}

func hasDefault(after []*parse.CommandNode) bool {
	for _, c := range after {
		if s := c.Args[0].String(); s == "default" || s == "compare.Default" {
			return true
		}
	}
	return false
}

func printed(p *parse.PipeNode) (*parse.StringNode, bool) {
	if len(p.Cmds) != 1 || len(p.Cmds[0].Args) < 2 || p.Cmds[0].Args[0].String() != "printf" {
		return nil, false
	}
	s, ok := p.Cmds[0].Args[1].(*parse.StringNode)
	return s, ok
}

var verb = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`)

// formatPattern matches what a format for fmt.Sprintf can give.
func formatPattern(format string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`(?s)^`)
	rest := format
	for {
		at := verb.FindStringIndex(rest)
		if at == nil {
			break
		}
		b.WriteString(regexp.QuoteMeta(rest[:at[0]]) + `.*`)
		rest = rest[at[1]:]
	}
	b.WriteString(regexp.QuoteMeta(rest) + `$`)
	return regexp.MustCompile(strings.ReplaceAll(b.String(), "%%", "%"))
}

// find is the only call that can have given a text, if there is only one.
func find(calls []call, text string) (diag.Span, bool) {
	var at diag.Span
	n := 0
	for _, c := range calls {
		if c.pattern.MatchString(text) {
			if c.text == text {
				return c.span, true
			}
			at = c.span
			n++
		}
	}
	if n != 1 {
		return diag.Span{}, false
	}
	return at, true
}
