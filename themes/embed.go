// Package themes holds the themes that come with the program. It exists
// because go:embed cannot reach upwards from the package that renders.
package themes

import "embed"

// FS holds the themes, each in a folder of its name. A theme is an ordinary
// Hugo theme; what its parts are for is written in dossier/README.md.
//
//go:embed all:dossier
var FS embed.FS
