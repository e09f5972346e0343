package generator

import (
	"os"
	"runtime/debug"
)

const (
	// garbage is how much of what is in use may be added before the next
	// collection, in per cent. A build makes much that is soon of no use.
	garbage = 400

	// soft is the memory in bytes from which on collections come more often.
	soft = 2 << 30
)

// Tune sets the garbage collector for building, in a process that does nothing
// else. GOGC and GOMEMLIMIT in the environment have the last word.
func Tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(soft)
	}
}
