//go:build bench

package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/feed"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/themes"
)

// The rival is an ordinary Hugo project with the same templates: one content
// adapter reads the page descriptions from one JSON file. What differs is told
// in overrides: how a template reaches its page (in a list, for Hugo would take
// a mapping apart), and that ready HTML is marked as such, since JSON has no
// type for it.
var overrides = map[string]string{
	"layouts/_partials/page.html":  `{{ return index .Params.p 0 }}`,
	"layouts/_partials/html.html":  `{{- with .HTML }}<div class="text"{{ with $.Lang }} lang="{{ . }}"{{ end }}{{ with $.Dir }} dir="{{ . }}"{{ end }}>{{ . | safeHTML }}</div>{{ end -}}`,
	"layouts/_partials/prose.html": `{{- with .HTML }}<div class="prose"{{ with $.Lang }} lang="{{ . }}"{{ end }}{{ with $.Dir }} dir="{{ . }}"{{ end }}>{{ . | safeHTML }}</div>{{ end -}}`,
	"content/_content.gotmpl": `{{ range $i, $d := (resources.Get "pages.json" | transform.Unmarshal) }}{{ $.AddPage (dict
		"kind" "page" "path" (printf "p%d" $i) "url" (printf "/%s" $d.Path) "layout" (cond (eq $d.Template "home") "a-home" $d.Template) "title" $d.Path
		"params" (dict "p" (slice $d)) "build" (dict "list" "never" "render" "always")) }}{{ end }}`,
}

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

// writePages writes the descriptions of all pages, as one list.
func writePages(project, file string) (n int, err error) {
	report, _ := generator.Check(project)
	view, err := report.View(model.ViewOptions{})
	if err != nil {
		return 0, err
	}
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("[")
	o := feed.Options{}
	for p := range page.Pages(view, page.Options{Version: generator.Version, Files: true, Templates: hasLayout}) {
		p.Head = o.Head(p)
		text, err := json.Marshal(plain(reflect.ValueOf(p).Elem()))
		if err != nil {
			return n, err
		}
		if n > 0 {
			w.WriteString(",\n")
		}
		w.Write(text)
		n++
	}
	w.WriteString("]")
	if err := w.Flush(); err != nil {
		return n, err
	}
	return n, f.Close()
}

func hasLayout(name string) bool {
	_, err := fs.Stat(themes.FS, "dossier/layouts/"+name+".html")
	return err == nil
}

// plain is a description as JSON has it. What is embedded stands in its holder
// and under its own name, as templates use both. Dates
// that are not stated are empty; a careful author would do so too.
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
		out := map[string]any{}
		if v.IsZero() && (v.Type() == reflect.TypeFor[page.Date]() || v.Type() == reflect.TypeFor[page.Point]()) {
			return out
		}
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
		out := make([]any, v.Len())
		for i := range out {
			out[i] = plain(v.Index(i))
		}
		return out
	case reflect.Map:
		out := map[string]any{}
		for iter := v.MapRange(); iter.Next(); {
			out[iter.Key().String()] = plain(iter.Value())
		}
		return out
	}
	if v.Kind() == reflect.Bool && v.IsZero() {
		return nil
	}
	return v.Interface()
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
