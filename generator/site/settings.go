package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
)

// Setting is a setting of Hugo that a project may make, under "hugo" in
// dossier.yaml.
type Setting struct {
	Key     string // as in Hugo; an inner key after a full stop
	Type    string // "map", "text", "number", "yes or no", or the words allowed, with " | " between them
	Summary string // what it does; one line
}

// Settings lists what a project may set. Everything else is refused: what a
// site contains, where it stands and what a template may do is decided by
// dossier.yaml and by dossier, not by Hugo.
func Settings() []Setting {
	return []Setting{
		{"enableMissingTranslationPlaceholders", "yes or no", "shows [i18n] key where a translation is missing; for translators"},
		{"imaging.anchor", "smart | center | top | left | right | bottom | topleft | topright | bottomleft | bottomright", "what is kept when a theme crops an image"},
		{"imaging.bgColor", "text", "colour behind images that lose their transparency, such as #ffffff"},
		{"imaging.quality", "number", "quality of the JPEG and WebP images that a theme makes, 1 to 100"},
		{"imaging.resampleFilter", "text", "filter for smaller images, such as Box, Lanczos or CatmullRom"},
		{"params", "map", "values for the theme: site.Params.name in templates; the name dossier is taken"},
		{"titleCaseStyle", "ap | chicago | go | firstupper | none", "what the template function title does"},
	}
}

// instead says what to do in place of settings that people will try.
var instead = map[string]string{
	"baseurl":         "set base_url in dossier.yaml",
	"title":           "set title in dossier.yaml",
	"theme":           "set theme in dossier.yaml",
	"languagecode":    "set languages in dossier.yaml",
	"locale":          "set languages in dossier.yaml",
	"languages":       "set languages in dossier.yaml",
	"copyright":       "set licence in dossier.yaml",
	"security":        "templates cannot run programs, use the network or read other files",
	"module":          "put files into layouts, assets, static or i18n of the project",
	"markup":          "Markdown is read by dossier, not by Hugo",
	"outputs":         "the pages of a site are those of its records",
	"menus":           "the navigation is made by dossier; a theme may show it as it likes",
	"minify":          "pages stay as templates write them; use resources.Minify for assets",
	"timezone":        "dates have no time of day; as-of days are UTC",
	"services":        "a site asks nothing of third parties",
	"googleanalytics": "a site asks nothing of third parties",
}

// checkSettings gives the allowed settings in the form that Hugo takes.
func (r *renderer) checkSettings(given map[string]any) map[string]any {
	out := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		r.setting(out, "", key, given[key])
	}
	return out
}

func (r *renderer) setting(out map[string]any, outer, key string, value any) {
	full := outer + key
	var inner bool
	for _, s := range Settings() {
		switch {
		case strings.EqualFold(s.Key, full):
			if want := fits(s, value); want != "" {
				r.refuse(full, full+" must be "+want, "")
			} else if s.Key == "params" {
				out["params"] = r.params(value.(map[string]any))
			} else {
				out[strings.ToLower(key)] = value
			}
			return
		case len(s.Key) > len(full) && strings.EqualFold(s.Key[:len(full)], full) && s.Key[len(full)] == '.':
			inner = true
		}
	}
	if m, ok := value.(map[string]any); ok && inner && outer == "" {
		sub := map[string]any{}
		for _, k := range slices.Sorted(maps.Keys(m)) {
			r.setting(sub, full+".", k, m[k])
		}
		out[strings.ToLower(key)] = sub
		return
	}
	if inner {
		r.refuse(full, full+" must be a map", "")
		return
	}
	hint := instead[strings.ToLower(full)]
	if hint == "" {
		var keys []string
		for _, s := range Settings() {
			keys = append(keys, s.Key)
		}
		hint = diag.DidYouMean(full, keys)
	}
	if hint == "" {
		hint = "dossier help settings lists what can be set"
	}
	r.refuse(full, quote(full)+" is not a setting of Hugo that a project can make", hint)
}

func (r *renderer) params(given map[string]any) map[string]any {
	out := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		switch {
		case strings.EqualFold(key, param):
			r.refuse("params."+key, "the name "+quote(key)+" is taken: templates find their pages under it", "use another name")
		case strings.HasPrefix(key, "_"):
			r.refuse("params."+key, "names that begin with an underscore are Hugo's own", "use another name")
		default:
			out[key] = given[key]
		}
	}
	return out
}

// fits says what a value should have been, or nothing.
func fits(s Setting, value any) string {
	switch s.Type {
	case "map":
		if _, ok := value.(map[string]any); !ok {
			return "a map"
		}
	case "text":
		if v, ok := value.(string); !ok || len(v) > 100 {
			return "a short text"
		}
	case "number":
		n, ok := value.(int)
		switch v := value.(type) {
		case int64:
			n, ok = int(v), true
		case float64:
			n, ok = int(v), v == float64(int(v))
		}
		if !ok || n < 1 || n > 100 {
			return "a whole number from 1 to 100"
		}
	case "yes or no":
		if _, ok := value.(bool); !ok {
			return "true or false"
		}
	default:
		words := strings.Split(s.Type, " | ")
		if v, ok := value.(string); !ok || !slices.Contains(words, strings.ToLower(v)) {
			return fmt.Sprintf("one of %s", strings.Join(words, ", "))
		}
	}
	return ""
}

func (r *renderer) refuse(key, message, hint string) {
	var at diag.Span
	if r.opts.Place != nil {
		at = r.opts.Place(key)
	}
	r.found.add(diag.Diagnostic{Code: CodeSetting, Span: at, Path: "hugo." + key, Message: message, Hint: hint})
}
