//go:build bench

package generator

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"

	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/themes"
)

// The rival is the Hugo project that one would write for the same site: the
// same templates, and one content adapter that reads one JSON file with what
// the pages show. The file leaves out what is empty, and has what many pages
// share (navigation, what is said of the report) once. What differs in the
// templates is told in overrides: how a template reaches its page (in a list,
// for Hugo would take a mapping apart). Ready HTML is marked as such where it is
// printed, since JSON has no type for it.
var overrides = map[string]string{
	"layouts/_partials/page.html": `{{ return index .Params.p 0 }}`,
	"content/_content.gotmpl": `{{ $all := resources.Get "pages.json" | transform.Unmarshal }}{{ $shared := $all.shared }}{{ range $i, $d := $all.pages }}
		{{ $d = merge $d (dict "Report" (index $shared (int $d.report)) "Nav" (index $shared (int $d.nav)) "Footer" (index $shared (int $d.footer))) }}{{ $.AddPage (dict
		"kind" "page" "path" (printf "p%d" $i) "url" (printf "/%s" $d.Path) "layout" (cond (eq $d.Template "home") "a-home" $d.Template) "title" $d.Path
		"params" (dict "p" (slice $d)) "build" (dict "list" "never" "render" "always")) }}{{ end }}`,
}

// readyHTML is where templates print what page has made HTML.
var readyHTML = regexp.MustCompile(`\{\{(-? [.$\w]*\.(?:HTML|Wide|Narrow|Swatch|Spark)) (-?\}\})`)

// writeRival makes the rival's project of a project of ours.
func writeRival(project, dir string) (int, error) {
	put := func(name string, text []byte) error {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, text, 0o644)
	}
	err := fs.WalkDir(themes.FS, "dossier", func(name string, d fs.DirEntry, err error) error {
		rest := strings.TrimPrefix(name, "dossier/")
		folder, _, _ := strings.Cut(rest, "/")
		if err != nil || d.IsDir() || folder != "layouts" && folder != "assets" && folder != "static" {
			return err
		}
		text, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			return err
		}
		if rest == "layouts/home.html" {
			rest = "layouts/a-home.html" // "home" has a meaning of its own to Hugo
		}
		if folder == "layouts" {
			text = readyHTML.ReplaceAll(text, []byte("{{$1 | safeHTML $2"))
		}
		return put(rest, text)
	})
	if err != nil {
		return 0, err
	}
	// What the program adds to a theme counts for nothing here: no page has it.
	for _, name := range []string{"assets/js/charts.js", "assets/js/verify.js"} {
		if _, err := fs.Stat(themes.FS, "dossier/"+name); err != nil {
			if err := put(name, []byte("//\n")); err != nil {
				return 0, err
			}
		}
	}
	// Hugo reads one file of translations for a language.
	var words []byte
	for _, name := range []string{"dossier/i18n/en.yaml", "dossier/i18n/languages/en.yaml", "dossier/i18n/countries/en.yaml"} {
		text, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			return 0, err
		}
		words = append(append(words, text...), '\n')
	}
	words = bytes.ReplaceAll(words, []byte("{{ .Count }}"), []byte("{{ . }}")) // JSON has no whole numbers, so a count is no "Count" to Hugo
	if err := put("i18n/en.yaml", words); err != nil {
		return 0, err
	}
	for name, text := range overrides {
		if err := put(name, []byte(text)); err != nil {
			return 0, err
		}
	}
	return writePages(project, filepath.Join(dir, "assets", "pages.json"))
}

// writePages writes the descriptions of all pages, as dossier has them.
func writePages(project, file string) (n int, err error) {
	report, _ := Check(project)
	view, err := report.View(model.ViewOptions{})
	if err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(project)
	if err != nil {
		return 0, err
	}
	defer root.Close() // opened for reading only
	theme, d := openTheme(root, view.Settings)
	if d != nil {
		return 0, d
	}
	b := builder{ctx: context.Background(), view: view, theme: theme, root: root, render: siteOptions(view, theme, root)}
	m, err := newMachine(view, b.render)
	if err != nil {
		return 0, err
	}
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	s := sharing{numbers: map[string]int{}}
	w.WriteString(`{"pages":[`)
	for p := range b.outline(m, nil).Pages(page.Last{}) {
		p.Head = m.options.Head(p)
		p.Files = nil // no template reads them
		d, _ := plain(reflect.ValueOf(p).Elem()).(map[string]any)
		for key, part := range map[string]string{"report": "Report", "nav": "Nav", "footer": "Footer"} {
			if d[key], err = s.number(d[part]); err != nil {
				return n, err
			}
			delete(d, part)
		}
		text, err := json.Marshal(d)
		if err != nil {
			return n, err
		}
		if n > 0 {
			w.WriteString(",\n")
		}
		w.Write(text)
		n++
	}
	w.WriteString("],\n\"shared\":[" + strings.Join(s.texts, ",\n") + "]}")
	if err := w.Flush(); err != nil {
		return n, err
	}
	return n, f.Close()
}

// sharing holds what many pages have in common, each once.
type sharing struct {
	texts   []string
	numbers map[string]int
}

func (s *sharing) number(v any) (int, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return 0, err
	}
	n, ok := s.numbers[string(text)]
	if !ok {
		n = len(s.texts)
		s.numbers[string(text)] = n
		s.texts = append(s.texts, string(text))
	}
	return n, nil
}

// plain is a description as JSON has it, without what is empty: nil. What is
// embedded stands in its holder and under its own name, as templates use both.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return v.Interface().(time.Time).Format(time.RFC3339)
		}
		if v.IsZero() && !hasList(v.Type()) {
			return map[string]any{} // templates look into it
		}
		out := map[string]any{}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			value := plain(v.Field(i))
			if value == nil {
				continue
			}
			out[f.Name] = value
			if inner, ok := value.(map[string]any); ok && f.Anonymous {
				for k, x := range inner {
					if _, own := v.Type().FieldByName(k); own && out[k] == nil {
						out[k] = x
					}
				}
			}
		}
		return out
	case reflect.Slice:
		out := make([]any, v.Len()) // templates count what is empty, too
		for i := range out {
			out[i] = plain(v.Index(i))
		}
		return out
	case reflect.Map:
		if v.Len() == 0 {
			return nil
		}
		out := map[string]any{}
		for iter := v.MapRange(); iter.Next(); {
			out[iter.Key().String()] = plain(iter.Value())
		}
		return out
	case reflect.Bool, reflect.String:
		if v.IsZero() {
			return nil
		}
	}
	return v.Interface()
}

// hasList reports whether there are lists in a type.
func hasList(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice:
		return true
	case reflect.Struct:
		for i := range t.NumField() {
			if hasList(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}

// buildRival builds the rival's project as the hugo command does.
func buildRival(dir string) (pages int, err error) {
	out := filepath.Join(dir, "public")
	if err := os.RemoveAll(out); err != nil {
		return 0, err
	}
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: afero.NewOsFs(), Logger: logger, Environment: "production", Environ: []string{"_=_"}, SkipNpmCheck: true,
		Flags: config.NewFrom(map[string]any{
			"workingDir": dir, "publishDir": "public", "baseURL": "https://report.example/", "uglyURLs": true, "disablePathToLower": true,
			"disableKinds": []string{"home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"},
			"title":        "A made-up report", "timeout": "60m", "noBuildLock": true,
		}),
	})
	if err != nil {
		return 0, err
	}
	h, err := hugolib.NewHugoSites(deps.DepsCfg{
		Configs: configs, Fs: hugofs.NewFrom(afero.NewOsFs(), configs.LoadingInfo.BaseConfig), TestLogger: logger,
	})
	if err != nil {
		return 0, err
	}
	defer h.Close()
	if err := h.Build(hugolib.BuildCfg{}); err != nil {
		return 0, err
	}
	err = filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" {
			pages++
		}
		return err
	})
	return pages, err
}
