package site

import (
	"path"
	"slices"
	"strings"
	"text/template/parse"
)

// plainFunctions give the same for the same arguments, whatever the page, and
// do nothing besides. What is not among them may do anything.
var plainFunctions = words(`
	T i18n lang.Translate lang.FormatNumber lang.FormatNumberCustom lang.FormatPercent lang.FormatCurrency lang.FormatAccounting
	eq ne lt le gt ge and or not cond default compare.Eq compare.Ne compare.Lt compare.Le compare.Gt compare.Ge compare.Conditional compare.Default
	len index first last after append slice dict where sort seq in isset isSet union intersect symdiff complement uniq merge delimit keyVals
	collections.First collections.Last collections.After collections.Append collections.Slice collections.Dictionary collections.Where collections.Sort
	collections.Seq collections.In collections.IsSet collections.Union collections.Intersect collections.SymDiff collections.Complement
	collections.Uniq collections.Merge collections.Delimit collections.Index collections.Reverse collections.KeyVals
	printf print println fmt.Printf fmt.Print fmt.Println
	safeHTML safeHTMLAttr safeCSS safeJS safeJSStr safeURL safe.HTML safe.HTMLAttr safe.CSS safe.JS safe.JSStr safe.URL
	html htmlEscape htmlUnescape plainify anchorize urlize urlquery querify urls.Parse urls.Anchorize urls.URLize urls.JoinPath
	lower upper title trim replace replaceRE split substr hasPrefix hasSuffix truncate findRE findRESubmatch countwords countrunes slicestr
	humanize pluralize singularize chomp
	strings.Chomp strings.Contains strings.ContainsAny strings.ContainsNonSpace strings.Count strings.CountRunes strings.CountWords strings.Diff strings.FindRE
	strings.FindRESubmatch strings.FirstUpper strings.HasPrefix strings.HasSuffix strings.Repeat strings.Replace strings.ReplacePairs strings.ReplaceRE
	strings.RuneCount strings.SliceString strings.Split strings.Substr strings.Title strings.ToLower strings.ToUpper strings.Trim strings.TrimLeft
	strings.TrimPrefix strings.TrimRight strings.TrimSpace strings.TrimSuffix strings.Truncate
	add sub mul div mod modBool pow math.Abs math.Add math.Ceil math.Div math.Floor math.Log math.Max math.Min math.Mod math.ModBool math.Mul math.Pow
	math.Product math.Round math.Sqrt math.Sub math.Sum
	time dateFormat duration time.AsTime time.Format time.Duration time.ParseDuration time.In
	path.Base path.BaseName path.Clean path.Dir path.Ext path.Join path.Split
	jsonify base64Encode base64Decode encoding.Jsonify encoding.Base64Encode encoding.Base64Decode md5 sha1 sha256 crypto.MD5 crypto.SHA1 crypto.SHA256 crypto.HMAC hmac
	int float string cast.ToInt cast.ToFloat cast.ToString return
	site.Language.Lang site.Language.LanguageCode site.Language.Locale site.Title
`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// partialFolders are where Hugo finds partials.
var partialFolders = []string{"layouts/_partials/", "layouts/partials/"}

// pure are the partials, by the names they are called by, whose result follows
// from their argument, their language and the theme alone. A partial that uses
// anything unknown is none, nor is one that calls such a partial, nor one of
// which there are several for Hugo to choose from.
func (r *renderer) pure() map[string]bool {
	trees := map[string]*parse.ListNode{} // by name; nil for what is not looked into
	stems := map[string]int{}
	for _, p := range r.files.sorted("layouts") {
		i := slices.IndexFunc(partialFolders, func(folder string) bool { return strings.HasPrefix(p, folder) })
		if i < 0 {
			continue
		}
		name := p[len(partialFolders[i]):]
		trees[name] = only(r.files.files[p])
		stems[firstStem(name)]++
	}
	out := map[string]bool{}
	for name, tree := range trees {
		out[name] = tree != nil && stems[firstStem(name)] == 1 && path.Ext(name) == ".html"
	}
	for changed := true; changed; { // until no partial calls one that is not pure
		changed = false
		for name := range out {
			if out[name] && !plain(trees[name], out) {
				out[name], changed = false, true
			}
		}
	}
	return out
}

// firstStem is a name without everything from its first full stop on, by which
// Hugo tells variants for languages and formats.
func firstStem(name string) string {
	dir, base := path.Split(name)
	base, _, _ = strings.Cut(base, ".")
	return dir + base
}

// only is the tree of a file that has one; a file that defines templates for
// others is not looked into.
func only(s *source) *parse.ListNode {
	trees := map[string]*parse.Tree{}
	t := parse.New(s.name)
	t.Mode = parse.SkipFuncCheck
	if _, err := t.Parse(string(s.text), "", "", trees); err != nil || len(trees) > 1 {
		return nil
	}
	return t.Root
}

// plain reports whether a tree calls nothing but plain functions and pure
// partials.
func plain(n parse.Node, pure map[string]bool) bool {
	ok := func(nodes ...parse.Node) bool {
		return !slices.ContainsFunc(nodes, func(n parse.Node) bool { return !plain(n, pure) })
	}
	branch := func(b *parse.BranchNode) bool {
		return ok(b.Pipe, b.List) && (b.ElseList == nil || ok(b.ElseList))
	}
	switch n := n.(type) {
	case *parse.ListNode:
		return n == nil || ok(n.Nodes...)
	case *parse.ActionNode:
		return ok(n.Pipe)
	case *parse.IfNode:
		return branch(&n.BranchNode)
	case *parse.RangeNode:
		return branch(&n.BranchNode)
	case *parse.WithNode:
		return branch(&n.BranchNode)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			if !ok(c) {
				return false
			}
		}
		return true
	case *parse.CommandNode:
		if calls, name := partialCall(n); calls {
			return pure[name] && ok(n.Args[2:]...)
		}
		return ok(n.Args...)
	case *parse.IdentifierNode:
		return plainFunctions[n.Ident]
	case *parse.ChainNode:
		if id, isName := n.Node.(*parse.IdentifierNode); isName {
			return plainFunctions[id.Ident+"."+strings.Join(n.Field, ".")]
		}
		return ok(n.Node)
	case *parse.TextNode, *parse.CommentNode, *parse.BreakNode, *parse.ContinueNode, *parse.DotNode, *parse.NilNode, *parse.FieldNode, *parse.VariableNode,
		*parse.BoolNode, *parse.NumberNode, *parse.StringNode:
		return true
	}
	return false // such as a template that another file may define
}

// partialCall says whether a command includes a partial, and which; the name
// is empty when it is not written out.
func partialCall(c *parse.CommandNode) (calls bool, name string) {
	switch c.Args[0].String() {
	case "partial", "partialCached", "partials.Include", "partials.IncludeCached":
	default:
		return false, ""
	}
	if len(c.Args) < 2 {
		return false, "" // the name comes through the pipe
	}
	if s, ok := c.Args[1].(*parse.StringNode); ok {
		return true, s.Text
	}
	return true, ""
}
