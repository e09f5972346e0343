// Package themes holds the themes that come with the program. It exists
// because go:embed cannot reach upwards from the package that renders.
package themes

import "embed"

// FS holds the themes, each in a folder of its name. A theme is an ordinary
// Hugo theme; what its parts are for is written in dossier/README.md. Its
// pictures, which show it to people who choose one, are left out.
//
//go:embed dossier/README.md all:dossier/layouts all:dossier/assets all:dossier/static all:dossier/i18n
var FS embed.FS
