package load

import (
	"cmp"
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
)

// Rules describes every diagnostic of this package.
func Rules() []diag.Rule {
	fixed := func(code, summary, help string) diag.Rule {
		return diag.Rule{Code: code, Severity: diag.Error, Summary: summary, Help: help, Fixed: true}
	}
	rules := []diag.Rule{
		fixed("no-project", "no dossier.yaml", `
A project is a folder with a file dossier.yaml; its title is all that it must say.`),
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
		fixed("yaml-too-deep", "values nested too deeply", `
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
		fixed("chart-block", "a block that should ask for a chart, and cannot be read", `
A fenced block with the word chart asks for a chart. Its lines are YAML: the kind, and what is drawn.

    `+"```"+`chart
    kind: price
    series: acme-close
    `+"```"+`

"dossier help chart" lists the kinds and all their options.`),
		{Code: "unknown-file", Severity: diag.Warning, Summary: "a file that is not read", Help: `
The file lies where records lie, but is none by its name. Move it, or give it the right extension.`},
	}
	slices.SortFunc(rules, func(a, b diag.Rule) int { return cmp.Compare(a.Code, b.Code) })
	return rules
}
