package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

var errNoNode = errors.New("there is no npm: install Node.js and npm to check markup and accessibility")

// modules sees to it that node_modules holds what package.json asks for.
var modules = sync.OnceValue(func() error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return errNoNode
		}
	}
	if fresh, err := installed(); fresh || err != nil {
		return err
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

// installed reports whether node_modules holds the versions of package.json.
func installed() (bool, error) {
	var wanted struct{ Dependencies map[string]string }
	text, err := os.ReadFile("package.json")
	if err == nil {
		err = json.Unmarshal(text, &wanted)
	}
	if err != nil {
		return false, fmt.Errorf("package.json: %w", err)
	}
	for name, version := range wanted.Dependencies {
		var found struct{ Version string }
		text, err := os.ReadFile(filepath.Join("node_modules", filepath.FromSlash(name), "package.json"))
		if err != nil || json.Unmarshal(text, &found) != nil || found.Version != version {
			return false, nil
		}
	}
	return true, nil
}
