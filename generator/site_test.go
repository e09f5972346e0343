package generator_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
)

// exampleSite builds the example report of this repository, once for all tests.
func exampleSite(t *testing.T) string {
	t.Helper()
	dir, err := example()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var example = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dossier example 海康")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "site")
	_, err = generator.Build(context.Background(), generator.BuildOptions{Project: "..", Out: out})
	return out, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := example(); err == nil {
		os.RemoveAll(filepath.Dir(dir))
	}
	os.Exit(code)
}

// TestExampleIsClean holds the example report to every rule, warnings included.
func TestExampleIsClean(t *testing.T) {
	_, found := generator.Check("..")
	for _, d := range found {
		if d.Severity != diag.Off {
			t.Error(d)
		}
	}
}

// TestRuleCodes sees to it that "dossier help CODE" has one answer.
func TestRuleCodes(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range generator.Rules() {
		if seen[r.Code] {
			t.Errorf("two rules have the code %q", r.Code)
		}
		seen[r.Code] = true
		if r.Summary == "" || r.Help == "" {
			t.Errorf("rule %q is not explained", r.Code)
		}
	}
}
