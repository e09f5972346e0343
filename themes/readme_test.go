package themes_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/themes"
)

// TestReadme: the README names every part and every template of the theme, and
// none that is not there.
func TestReadme(t *testing.T) {
	text, err := fs.ReadFile(themes.FS, "dossier/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n## Templates\n")
	templates, rest, _ := strings.Cut(rest, "\n## Parts\n")
	parts, _, _ := strings.Cut(rest, "\n## ")
	code := regexp.MustCompile("`([a-z-]+)`")
	named := map[string]bool{}
	for line := range strings.Lines(parts) {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, m := range code.FindAllStringSubmatch(cells[1], -1) {
				named["_partials/"+m[1]] = true
			}
		}
	}
	for _, m := range code.FindAllStringSubmatch(templates, -1) {
		named[m[1]] = true
	}
	there := map[string]bool{}
	for _, pattern := range []string{"*.html", "_partials/*.html"} {
		files, err := fs.Glob(themes.FS, "dossier/layouts/"+pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			there[strings.TrimSuffix(strings.TrimPrefix(file, "dossier/layouts/"), ".html")] = true
		}
	}
	if len(there) < 100 {
		t.Errorf("only %d templates and parts were found", len(there))
	}
	delete(there, "baseof") // the frame
	for name := range there {
		if !named[name] {
			t.Errorf("%s.html is not in the README", name)
		}
	}
	for name := range named {
		if !there[name] {
			t.Errorf("the README names %s.html, which is not there", name)
		}
	}
}
