package generator

import "github.com/dossier-report/dossier/generator/starter"

// ErrOccupied says that Init was given a folder that holds something.
var ErrOccupied = starter.ErrOccupied

// Init makes a small project in a folder, which must be empty but for hidden
// files or not exist yet, and gives the names of the files that it has
// written. When that fails nothing is left behind.
func Init(folder string) ([]string, error) { return starter.Write(folder) }
