package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// TestMarkup holds every sample to html-validate, with the rules of
// htmlvalidate.json. It switches off, and changes, these of the recommended
// ones:
//
//   - doctype-style: "<!doctype html>" is written in lower case here;
//   - aria-label-misuse: ARIA lets lists and groups have a name;
//   - no-trailing-whitespace: it is about bytes that no reader meets;
//   - require-sri: an integrity attribute keeps a browser from loading the
//     file from a disk, and nothing comes from other hosts;
//   - no-redundant-role: tables become blocks on narrow screens, and a browser
//     then forgets what they are unless their roles are written down;
//   - long-title: records are called what they are called.
func TestMarkup(t *testing.T) {
	needModules(t)
	checkMarkup(t, samples(t))
}

// checkMarkup reports what html-validate finds in samples.
func checkMarkup(t *testing.T, samples []sample) {
	t.Helper()
	files := make([]string, len(samples))
	for i, s := range samples {
		files[i] = filepath.Join(s.dir, filepath.FromSlash(s.file))
	}
	found, err := validate(files, filepath.Join(t.TempDir(), "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		for _, problem := range found[file] {
			t.Errorf("%v: %s", samples[i], problem)
		}
	}
}

// validate runs html-validate, with a file for its report, and gives what it
// finds by file.
func validate(files []string, to string) (map[string][]string, error) {
	args := []string{"node_modules/html-validate/bin/html-validate.mjs", "--config", "htmlvalidate.json", "--formatter", "json=" + to}
	cmd := exec.Command("node", append(args, files...)...)
	said, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		return nil, fmt.Errorf("html-validate: %w\n%s", err, said)
	}
	out, err := os.ReadFile(to)
	if err != nil {
		return nil, fmt.Errorf("html-validate: %w\n%s", err, said)
	}
	var report []struct {
		FilePath string
		Messages []struct {
			RuleID       string `json:"ruleId"`
			Message      string
			Line, Column int
			Selector     string
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("html-validate: %w\n%s", err, said)
	}
	found := map[string][]string{}
	for _, r := range report {
		for _, m := range r.Messages {
			line := fmt.Sprintf("%d:%d: %s: %s (%s)", m.Line, m.Column, m.RuleID, m.Message, m.Selector)
			if !slices.Contains(found[r.FilePath], line) {
				found[r.FilePath] = append(found[r.FilePath], line)
			}
		}
	}
	return found, nil
}
