package proof

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// TestHostileFiles reads files that mean harm to whatever reads them. Each is
// refused at a place in it, in little time and memory.
func TestHostileFiles(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 8), c-1)
	}
	company := "schema: Company\nname: X\nconfidence: primary\nsources: [base-source]\n"
	bad := map[string]string{
		"bomb":      bomb + company,
		"alias":     company + "note: &n x\nsummary: *n\n",
		"merge":     company + "<<: {name: Y}\n",
		"anchor":    company + "note: &x {a: *x}\n",
		"tag":       company + "note: !!python/object/apply:os.system ['true']\n",
		"own-tag":   company + "note: !x y\n",
		"deep":      company + "note: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "\n",
		"deep-maps": company + "note: " + strings.Repeat("{a: ", 50_000) + "x\n",
		"open":      company + "note: \"" + strings.Repeat("x", 1<<20) + "\n",
		"nul":       "schema: Company\nname: \"a\x00b\"\n",
		"escaped":   company + "note: \"a\\0b\"\n",
		"utf-16":    "\xff\xfes\x00c\x00h\x00e\x00m\x00a\x00",
		"bad-utf-8": company + "note: \"\xc3\x28\"\n",
		"twice":     company + "name: Y\n",
		"two":       company + "---\n" + company,
		"keys":      company + "? [a, b]\n: c\n",
		"wide":      company + strings.Repeat("x: y\n", 20_000),
		"nothing":   "\n\n# nothing\n",
	}
	files, of := ground(), map[string]string{}
	for name, text := range bad {
		file := "data/entities/" + name + ".yaml"
		files[file], of[file] = text, name
		file = "content/" + name + ".md"
		files[file], of[file] = "---\n"+strings.ReplaceAll(text, company, "title: X\nknown: 2021-01-01\n")+"---\n\nText.\n", name+", above a text"
	}
	dir := t.TempDir()
	put(t, dir, files)
	found := errorsIn(t, dir)
	for file, name := range of {
		if len(found[file]) == 0 && !strings.HasPrefix(name, "two,") { // in a text "---" is a line
			t.Errorf("%s is accepted", name)
		}
		if n := len(found[file]); n > 80 {
			t.Errorf("%s has %d errors", name, n)
		}
	}
	for file := range found {
		if _, ok := of[file]; !ok {
			t.Errorf("an error in %s: %v", file, found[file][0])
		}
	}
}

// goodID is what an id may look like.
var goodID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// TestHostileNames gives records the payloads as names of their files, which
// are their ids.
func TestHostileNames(t *testing.T) {
	files, of := ground(), map[string]string{}
	for i, p := range payloads() {
		stem, ok := p.(string)
		if !ok || stem == "" || len(stem) > 200 || strings.ContainsAny(stem, "/\x00") || stem[0] == '.' {
			continue // no system has such a file, or it is hidden
		}
		rec := record(model.KindEntity, fmt.Sprint(i))
		was := place(map[string]string{}, model.KindEntity, "x", rec)
		text := map[string]string{}
		place(text, model.KindEntity, "x", record(model.KindEntity, fmt.Sprint(i)))
		name := "data/entities/" + stem + ".yaml"
		files[name], of[name] = text[was], stem
	}
	if len(of) < 60 {
		t.Fatalf("only %d names", len(of))
	}
	dir := t.TempDir()
	put(t, dir, files)
	found := errorsIn(t, dir)
	accepted := 0
	for name, stem := range of {
		if len(found[name]) > 0 {
			continue
		}
		accepted++
		if !goodID.MatchString(stem) || slices.Contains([]string{"con", "aux", "nul", "prn", "com1"}, stem) {
			t.Errorf("%q is an id", stem)
		}
	}
	t.Logf("%d names, %d accepted", len(of), accepted)
}

// TestHostileSettings puts payloads into all fields of dossier.yaml that take
// them, and opens the site.
func TestHostileSettings(t *testing.T) {
	tried := 0
	list := payloads()
	if !*every {
		list = []any{list[0], list[1], list[6], list[8]}
	}
	for i, p := range list {
		text, ok := p.(string)
		if !ok || len(text) > 5000 {
			continue
		}
		taken := map[string]any{}
		for _, path := range paths(model.SettingsFields(), nil) {
			if path[0] == "theme" {
				continue // a build says that there is no such theme
			}
			one := map[string]any{}
			set(one, model.SettingsFields(), path, text)
			if accepts(t, one) {
				tried++
				taken = merged(taken, path, text)
			}
		}
		if len(taken) == 0 {
			continue // refused wherever it stands
		}
		if !accepts(t, taken) {
			t.Errorf("payload %d: what is taken one by one is not taken together: %v", i, taken)
			continue
		}
		h := &hostile{root: t.TempDir()}
		project := filepath.Join(h.root, "project")
		put(t, project, withSettings(t, taken))
		h.site = filepath.Join(project, "public")
		res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: h.site, Date: model.NewDay(2030, 1, 1)})
		if err != nil {
			for _, d := range res.Diagnostics {
				if d.Severity == diag.Error {
					t.Errorf("payload %d: %v", i, d)
				}
			}
			t.Fatal(err)
		}
		h.markup(t)
		h.open(t, h.withoutPolicy(t), 1)
	}
	if tried < 10 {
		t.Errorf("only %d settings take a payload", tried)
	}
}

// merged puts a value at a path of settings.
func merged(settings map[string]any, path []string, value any) map[string]any {
	out := maps.Clone(settings)
	if len(path) == 1 {
		out[path[0]] = value
		return out
	}
	inner, _ := out[path[0]].(map[string]any)
	if inner == nil {
		inner = map[string]any{}
	}
	out[path[0]] = merged(inner, path[1:], value)
	return out
}

// withSettings is a small project with some settings more.
func withSettings(t *testing.T, settings map[string]any) map[string]string {
	t.Helper()
	files := ground()
	all := map[string]any{"title": "Hostile", "base_url": "https://report.example/", "contact": map[string]any{"email": "a@example.org"}}
	for key, v := range settings {
		if inner, ok := v.(map[string]any); ok {
			if was, ok := all[key].(map[string]any); ok {
				v = joined(was, inner)
			}
		}
		all[key] = v
	}
	files["dossier.yaml"] = asJSON(t, all)
	return files
}

func joined(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// accepts reports whether settings have nothing wrong with them. An error has
// to have a place in the settings.
func accepts(t *testing.T, settings map[string]any) bool {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, withSettings(t, settings))
	return len(errorsIn(t, dir)) == 0
}
