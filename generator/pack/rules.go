package pack

import "github.com/dossier-report/dossier/generator/diag"

// The codes of the diagnostics of this package.
const (
	CodeName  = "package-name"
	CodePart  = "package-part"
	CodeLimit = "package-limit"
	CodeCheck = "package-check"
)

// Rules describes every diagnostic that making a package can give.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Code: CodeName, Fixed: true, Summary: "a name that not every computer can unpack", Help: `
A package is opened on Windows, macOS and Linux. A path in it must not be longer than 180 characters with the folder
of the package, and its letters must be composed ones (Unicode NFC), which macOS would otherwise take for others.
Rename the file in data/files.`},
		{Code: CodePart, Fixed: true, Summary: "there is no such page to pack", Help: `
A package of a part begins with pages of the site. --entity takes the id of an entity, --pages the paths of pages as
they stand in the address, such as entities/hikvision.html.`},
		{Code: CodeLimit, Fixed: true, Summary: "the single file would be too large", Help: `
A browser opens a file of a hundred megabytes slowly or not at all, and mail programs refuse it long before. The
message names the largest parts. Pack a part with --entity or --pages, or raise the limit with --limit.`},
		{Code: CodeCheck, Fixed: true, Summary: "the package would not stand its own check", Help: `
A package is checked before it is put in place, as "dossier verify" would check it: every link leads to a file, every
page forbids what comes from elsewhere. A page of the theme, or an attachment that a browser would run (HTML, SVG with
scripts), does not keep to that. Keep copies of web pages as PDF or as plain text.`},
	}
}
