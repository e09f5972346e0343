package themes_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/dossier-report/dossier/themes"
)

// words are the texts of a file by key and plural form; a text without forms
// is its form "other".
type words map[string]map[string]string

func readWords(t *testing.T, name string) words {
	t.Helper()
	text, err := fs.ReadFile(themes.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := yaml.Unmarshal(text, &raw); err != nil {
		t.Fatal(name, err)
	}
	out := words{}
	for key, v := range raw {
		out[key] = map[string]string{}
		switch v := v.(type) {
		case string:
			out[key]["other"] = v
		case map[string]any:
			for form, text := range v {
				out[key][form] = fmt.Sprint(text)
			}
		default:
			t.Errorf("%s: %s is %T", name, key, v)
		}
	}
	return out
}

// forms are those that a language chooses between for whole numbers below a
// million (Unicode CLDR, plural rules). French has one for millions, too, that a
// text may have.
func forms(lang string) []string {
	switch lang {
	case "ar":
		return []string{"few", "many", "one", "other", "two", "zero"}
	case "en", "fr":
		return []string{"one", "other"}
	}
	return nil
}

var field = regexp.MustCompile(`\{\{[^}]*?\.([A-Z]\w*)[^}]*\}\}|\{([a-z]+)\}`)

// fields are what a text shows of what it is given. A count only chooses.
func fields(text string) []string {
	found := map[string]bool{}
	for _, m := range field.FindAllStringSubmatch(text, -1) {
		found[m[1]+m[2]] = true
	}
	delete(found, "Precision") // of a date, for languages that need an article
	return slices.Sorted(maps.Keys(found))
}

// TestWords holds every language to the words of English: the same keys, the
// plural forms that the language has, and the same values put into them.
func TestWords(t *testing.T) {
	langs := 0
	for _, folder := range []string{"", "countries", "languages"} {
		files, err := fs.Glob(themes.FS, path.Join("dossier/i18n", folder, "*.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		english := readWords(t, path.Join("dossier/i18n", folder, "en.yaml"))
		for _, file := range files {
			lang := strings.TrimSuffix(path.Base(file), ".yaml")
			if forms(lang) == nil {
				t.Errorf("%s: which plural forms has this language? Add them to this test", file)
				continue
			}
			langs++
			own := readWords(t, file)
			for _, key := range slices.Sorted(maps.Keys(english)) {
				if own[key] == nil {
					t.Errorf("%s: no %s: %q", file, key, english[key]["other"])
				}
			}
			for _, key := range slices.Sorted(maps.Keys(own)) {
				of, counted := strings.CutPrefix(key, "of_country_")
				switch {
				case english[key] != nil:
					checkWord(t, file+": "+key, lang, english[key], own[key])
				case strings.HasPrefix(key, "rule_"): // English has them from the program
				case counted && english["country_"+of] != nil: // a form that English does not need
				default:
					t.Errorf("%s: %s is not in English", file, key)
				}
			}
		}
	}
	if langs < 9 {
		t.Errorf("only %d files were looked at", langs)
	}
}

func checkWord(t *testing.T, name, lang string, english, own map[string]string) {
	t.Helper()
	has := slices.Sorted(maps.Keys(own))
	if lang == "fr" {
		has = slices.DeleteFunc(has, func(form string) bool { return form == "many" })
	}
	if want := forms(lang); len(has) > 1 && !slices.Equal(has, want) {
		t.Errorf("%s has the forms %v, and the language %v", name, has, want)
	}
	if len(english) > 1 && len(own) == 1 {
		t.Errorf("%s has one form, and English %d", name, len(english))
	}
	if own["other"] == "" {
		t.Errorf("%s is empty", name)
	}
	want := fields(english["other"])
	if got := fields(own["other"]); !slices.Equal(got, want) {
		t.Errorf("%s shows %v, and English %v", name, got, want)
	}
	for form, text := range own {
		for _, f := range fields(text) {
			if !slices.Contains(want, f) && f != "Count" {
				t.Errorf("%s, %s: English does not show %s", name, form, f)
			}
		}
	}
}

// TestWordsNotice sees to it that the test above can fail.
func TestWordsNotice(t *testing.T) {
	for text, want := range map[string]string{
		"{{ .Number }} of {{ .All }}":                             "[All Number]",
		"{{ if eq .Precision `day` }}le {{ end }}{{ .Date }}":     "[Date]",
		"{title}. Chart":                                          "[title]",
		"{{ if .Count }}Une{{ else }}Aucune{{ end }} {{ .Name }}": "[Count Name]",
		"{{ with .Scale }} {{ . }}{{ end }}":                      "[Scale]",
	} {
		if got := fmt.Sprint(fields(text)); got != want {
			t.Errorf("%q shows %s, not %s", text, got, want)
		}
	}
}

// frenchSpace finds marks of punctuation in French without the space that
// belongs to them: a narrow one before ; ! ? and %, a wider one before a colon and
// inside quotation marks, and none that a line can break at.
var frenchSpace = regexp.MustCompile(`[^\x{202f}][;!?%](?:\s|$)|[^\x{a0}]:(?:\s|$)|«[^\x{a0}]|[^\x{a0}]»|'|\.\.\.`)

func TestFrenchSpaces(t *testing.T) {
	for key, forms := range readWords(t, "dossier/i18n/fr.yaml") {
		for form, text := range forms {
			shown := templatePart.ReplaceAllString(text, "")
			if found := frenchSpace.FindString(shown); found != "" {
				t.Errorf("%s, %s: %q in %q", key, form, found, text)
			}
		}
	}
	for _, wrong := range []string{"Quoi ?", "Quoi?", "a ; b", "a : b", "« a\u00a0»", "l'acte", "5 %"} {
		if !frenchSpace.MatchString(wrong) {
			t.Errorf("nothing is found in %q", wrong)
		}
	}
}

var templatePart = regexp.MustCompile(`\{\{.*?\}\}`)
