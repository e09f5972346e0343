package generator_test

import (
	"testing"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
)

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
