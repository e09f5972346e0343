package markdown

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
)

// The codes of the diagnostics of this package.
const (
	badLink         = "bad-link"
	deep            = "too-deep"
	malformed       = "malformed-reference"
	missingAlt      = "missing-alt"
	rawRemoved      = "raw-html-removed"
	remoteImage     = "remote-image"
	unbalanced      = "unbalanced-html"
	unknownAnchor   = "unknown-anchor"
	unknownBlock    = "unknown-block"
	unknownFootnote = "unknown-footnote"
	unusedFootnote  = "unused-footnote"
)

// problem is a diagnostic before its place in a file is known.
type problem struct {
	code          string
	start, end    int
	message, hint string
}

func (st *state) problem(code string, start, end int, message, hint string) {
	st.problems = append(st.problems, problem{code, start, end, message, hint})
}

// Check returns what is wrong within the text itself, in the order of the
// source. Whether the things referred to exist is for the caller to check, by
// Refs. The function gives the place of a range of offsets in the source.
func (d *Doc) Check(place func(start, end int) diag.Span) []diag.Diagnostic {
	if len(d.problems) == 0 {
		return nil
	}
	severity := map[string]diag.Severity{}
	for _, r := range Rules() {
		severity[r.Code] = r.Severity
	}
	sorted := slices.Clone(d.problems)
	slices.SortStableFunc(sorted, func(a, b problem) int { return cmp.Compare(a.start, b.start) })
	out := make([]diag.Diagnostic, len(sorted))
	for i, p := range sorted {
		out[i] = diag.Diagnostic{Severity: severity[p.code], Code: p.code, Span: place(p.start, p.end), Message: p.message, Hint: p.hint}
	}
	return out
}

// Rules describes every diagnostic that Check can return, by code.
func Rules() []diag.Rule {
	return []diag.Rule{
		{
			Code: badLink, Severity: diag.Error,
			Summary: "a link leads nowhere that it may lead",
			Help: "Links can lead to `http:`, `https:` and `mailto:` addresses, to a heading of the same text (`#my-heading`), and to an " +
				"attachment (`files/report.pdf`). The site must work from a disk and inside a zip, where `/about.html` is the root of " +
				"the disk and `../x` another folder; and a record that somebody else wrote must not bring code with it " +
				"(`javascript:`). Until it is mended, the text of the link is shown without a link.\n\n" +
				"Link to a page of the site by the id of its record:\n\n" +
				"    [the company](/entities/huawei.html)    wrong\n" +
				"    [[huawei|the company]]                  right\n",
		},
		{
			Code: malformed, Severity: diag.Error,
			Summary: "a reference that cannot be read",
			Help: "A citation is `[@source-id]`, `[@source-id, p. 12]` or `[@one, p. 3; @two]`; a reference to a record is `[[record-id]]` or " +
				"`[[record-id|text]]`. Ids consist of lower-case letters, digits and hyphens. A reference that is not read is shown as " +
				"it is written, and the claim before it has lost its source.\n\n" +
				"    [@Reuters_2022]    wrong\n" +
				"    [@reuters-2022]    right\n\n" +
				"A reference is a link, and cannot stand in the text of another link. In a table, write the bar as `\\|`. Where brackets " +
				"are meant as such, write `\\[`.\n",
		},
		{
			Code: missingAlt, Severity: diag.Warning,
			Summary: "an image without a description",
			Help: "Somebody who cannot see the image, or has it not printed, is told nothing. Say in the square brackets what it shows, " +
				"or what it proves:\n\n" +
				"    ![](files/camera.jpg)                                        wrong\n" +
				"    ![A camera over the gate of the camp](files/camera.jpg)      right\n",
		},
		{
			Code: rawRemoved, Severity: diag.Warning,
			Summary: "HTML that is left out",
			Help: "Elements of prose can be written as HTML (`<sub>`, `<abbr title>`, `<details>`, `<ruby>`, tables, ...), with `lang` and `dir`. " +
				"All else is left out, so that a record cannot bring in code, forms or requests to other hosts, or take on the look of " +
				"the site: no `id`, `class`, `style`, no events, no links and images, which Markdown has.\n\n" +
				"    <a href=\"https://example.org\">text</a>    wrong\n" +
				"    [text](https://example.org)               right\n",
		},
		{
			Code: remoteImage, Severity: diag.Error,
			Summary: "an image from another host",
			Help: "A page must not ask another host for anything: it would tell that host who reads it, would be incomplete without a " +
				"network, and could change after it was checked. Save the image in `data/files`, with its rights, and write:\n\n" +
				"    ![The gate](https://example.org/gate.jpg)    wrong\n" +
				"    ![The gate](files/gate.jpg)                  right\n",
		},
		{
			Code: deep, Severity: diag.Error,
			Summary: "markup that is too deep or too tangled to be read",
			Help: "So many quotations, lists, brackets or asterisks stand inside one another that it would take too long to read them, or " +
				"that a browser would not show them. It is most often a table or a log that was pasted as text. What is beyond the " +
				"limit is shown as it is written. Put such text between lines of three backticks:\n\n" +
				"    ```\n    >>>>>>>> as it was received\n    ```\n",
		},
		{
			Code: unbalanced, Severity: diag.Warning,
			Summary: "a start tag without its end, or an end tag without its start",
			Help: "An element that is written as HTML must be closed in the paragraph, list item or cell in which it was opened. It is " +
				"closed there for you, and what was to stand in it may not:\n\n" +
				"    <small>The figures are estimates.     wrong\n" +
				"    <small>The figures are estimates.</small>     right\n",
		},
		{
			Code: unknownAnchor, Severity: diag.Warning,
			Summary: "a link to a heading that the text does not have",
			Help: "The anchor of a heading is its words in lower case, with hyphens between them. The link is written as it is, and works " +
				"only if the theme has such a place in the page.\n\n" +
				"    ## What we know\n" +
				"    See [above](#what-we-know).\n",
		},
		{
			Code: unknownBlock, Severity: diag.Warning,
			Summary: "a block whose name is nearly that of a chart or another block",
			Help: "A fenced block that has the name of a chart or the like is drawn; any other is shown as code. This one is shown as code, " +
				"although its name is only a letter or two from one that is drawn:\n\n" +
				"    ```chrat    wrong\n" +
				"    ```chart    right\n",
		},
		{
			Code: unknownFootnote, Severity: diag.Error,
			Summary: "a footnote that is not written",
			Help: "The text refers to a footnote that it does not have, or stands in a title, which can have none. Write the note as a " +
				"paragraph of its own:\n\n" +
				"    The sales fell.[^1]\n\n" +
				"    [^1]: In renminbi.\n\n" +
				"Where the brackets are meant as such, write `\\[^1]`.\n",
		},
		{
			Code: unusedFootnote, Severity: diag.Warning,
			Summary: "a footnote that nothing refers to",
			Help: "The note is not shown, and neither are its citations. Write its name where it belongs, or take it out:\n\n" +
				"    The sales fell.[^currency]\n\n" +
				"    [^currency]: In renminbi.\n",
		},
	}
}

// nearBlock complains of a fenced block whose name was nearly one that is
// handed on.
func (w *walker) nearBlock(word string, at int) {
	if word == "" {
		return
	}
	if near := diag.Nearest(word, w.engine.blocks); near != "" {
		w.problem(unknownBlock, at, at+len(word), `a block "`+shorten(word)+`" is shown as code`, `did you mean "`+near+`"?`)
	}
}
