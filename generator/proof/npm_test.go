//go:build proof

package proof

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
)

var errNoNode = errors.New("there is no npm: install Node.js and npm to check markup and accessibility")

// modules sees to it that node_modules is there.
var modules = sync.OnceValue(func() error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return errNoNode
		}
	}
	if _, err := os.Stat("node_modules/.package-lock.json"); err == nil {
		return nil
	}
	if out, err := exec.Command("npm", "ci").CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return nil
})

// needModules leaves a test out on a machine without Node.js.
func needModules(t *testing.T) {
	t.Helper()
	need(t, modules())
}
