package site

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"strings"
	"time"

	"github.com/bep/clocks"
	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/hmaps"
	"github.com/gohugoio/hugo/common/htime"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"

	"github.com/dossier-report/dossier/generator/page"
)

const (
	param     = "dossier" // site.Params.dossier
	root      = "/site"   // where everything lies in Hugo's memory
	published = root + "/public/"

	// noDisk is a folder that no system can make. Hugo compiles its encoders
	// for WebP and AVIF and its typesetter for formulas into a cache on the
	// real disk; with this they fail instead.
	noDisk = "/cache\x00"

	adapter = "{{ range site.Params." + param + ".Adapter }}{{ $.AddPage . }}{{ end }}"
)

// Feed is what templates see as site.Params.dossier.
type Feed struct {
	pages map[string]*page.Page
	order []map[string]any
}

// Page is the description of a page by its output path, which every page has
// in .Params.dossierpath.
func (f *Feed) Page(path string) (*page.Page, error) {
	if p, ok := f.pages[path]; ok {
		return p, nil
	}
	return nil, fmt.Errorf("no page %q: a template can only read the page that it renders", path)
}

// Adapter lists the pages for Hugo. It is of no use to templates.
func (f *Feed) Adapter() []map[string]any { return f.order }

func (r *renderer) feed(pages []*page.Page) *Feed {
	f := &Feed{pages: make(map[string]*page.Page, len(pages)), order: make([]map[string]any, 0, len(pages))}
	for i, p := range pages {
		layout, _ := r.files.layout(p.Template)
		f.pages[p.Path] = p
		f.order = append(f.order, map[string]any{
			"kind":   "page",
			"path":   fmt.Sprintf("p%d", i),
			"url":    "/" + p.Path,
			"title":  p.Title.Value,
			"layout": layout,
			"params": map[string]any{"dossierpath": p.Path},
			"build":  map[string]any{"list": "never", "render": "always", "publishResources": false},
		})
	}
	return f
}

// config is Hugo's configuration, all of it: no file and no environment
// variable adds to it.
func (r *renderer) config(lang, dir string, feed *Feed) hmaps.Params {
	none := []string{"none"}
	c := hmaps.Params{}
	for k, v := range r.settings {
		c[k] = clone(v)
	}
	params, _ := c["params"].(map[string]any)
	if params == nil {
		params = map[string]any{}
	}
	params[param] = feed
	maps.Copy(c, map[string]any{
		"params":                     params,
		"workingDir":                 root,
		"publishDir":                 "public",
		"cacheDir":                   noDisk,
		"baseURL":                    r.opts.BaseURL,
		"title":                      r.opts.Title,
		"uglyURLs":                   true,
		"disablePathToLower":         true,
		"disableAliases":             true,
		"disableHugoGeneratorInject": true,
		"disableKinds":               []string{"home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"},
		"outputs":                    map[string]any{"page": []string{"html"}},
		"defaultContentLanguage":     strings.ToLower(lang),
		"languages":                  map[string]any{strings.ToLower(lang): map[string]any{"weight": 1, "locale": lang, "direction": dir}},
		"printI18nWarnings":          true,
		"noBuildLock":                true,
		"timeZone":                   "UTC",
		"timeout":                    "10m",
		"build":                      map[string]any{"noJSConfigInAssets": true, "useResourceCacheWhen": "never"},
		"markup":                     map[string]any{"highlight": map[string]any{"noClasses": false}},
		"security": map[string]any{
			"exec":                   map[string]any{"allow": none, "osEnv": none},
			"http":                   map[string]any{"urls": none, "methods": none, "mediaTypes": none},
			"funcs":                  map[string]any{"getenv": none},
			"allowContent":           []string{"^text/markdown$"}, // of the adapter's pages, which have no content
			"enableInlineShortcodes": false,
		},
	})
	return c
}

// clone copies what Hugo may change in place: it lowers the case of keys.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, e := range v {
			m[k] = clone(e)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, e := range v {
			l[i] = clone(e)
		}
		return l
	}
	return v
}

// source is the file system that Hugo reads.
func (r *renderer) source(lang string, words translations) (afero.Fs, error) {
	mem := afero.NewMemMapFs()
	put := func(name string, text []byte) error {
		name = path.Join(root, name)
		if err := mem.MkdirAll(path.Dir(name), 0o777); err != nil {
			return err
		}
		return afero.WriteFile(mem, name, text, 0o666)
	}
	for _, folder := range []string{"layouts", "assets"} {
		for _, p := range r.files.sorted(folder) {
			if err := put(p, r.files.files[p].text); err != nil {
				return nil, err
			}
		}
	}
	err := put("i18n/"+strings.ToLower(lang)+".json", words.encode())
	return mem, errors.Join(err, put("content/_content.gotmpl", []byte(adapter)))
}

// memo is that of a language. Words differ from one to the other.
func (r *renderer) memo(lang string) *memo {
	m := r.memos[lang]
	if m == nil {
		m = newMemo(r.sites.pure)
		r.memos[lang] = m
	}
	return m
}

// runHugo renders pages. It reports false when Hugo gave up on them without a
// word; what is wrong shows when fewer pages are rendered at once.
func (r *renderer) runHugo(lang string, words translations, pages []*page.Page) bool {
	date := r.opts.Date
	if date.IsZero() {
		date = time.Unix(0, 0)
	}
	htime.Clock = clocks.Fixed(date.UTC())
	defer func() { htime.Clock = clocks.System() }()

	src, err := r.source(lang, words)
	if err != nil {
		r.found.add(internal(err))
		return true
	}
	log := &logs{r: r, lang: lang}
	dst := newPublisher(r, pages)
	err = r.hugo(src, dst, r.config(lang, pages[0].Dir, r.feed(pages)), log, r.memo(lang))
	if r.err != nil {
		return true // Hugo reports the sink's error in its own words
	}
	if errors.Is(err, errStuck) {
		return false
	}
	log.report()
	if err != nil {
		r.broken = true
		r.hugoError(err)
		return true
	}
	dst.check()
	return true
}

func (r *renderer) hugo(src, dst afero.Fs, params hmaps.Params, log *logs, m *memo) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(err, fmt.Errorf("%w: %v", errPanic, p))
		}
	}()
	logger := loggers.New(loggers.Options{
		Level: logg.LevelWarn, DistinctLevel: logg.LevelWarn,
		StdOut: io.Discard, StdErr: io.Discard, HandlerPost: log.add,
	})
	// Some messages go to the package's own logger.
	defer loggers.SetGlobalLogger(loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard}))
	h, err := open(src, dst, params, logger, m)
	if err != nil {
		return err
	}
	built := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				built <- fmt.Errorf("%w: %v", errPanic, p)
			}
		}()
		built <- h.Build(hugolib.BuildCfg{})
	}()
	select {
	case err = <-built:
	case <-h.Done():
		// Hugo is giving up, and mostly comes back at once.
		select {
		case err = <-built:
		case <-time.After(patience):
			return errStuck // it never will, so it cannot be closed either
		}
	}
	return errors.Join(err, h.Close())
}

// patience is how long Hugo may take to come back once it has given up.
const patience = 5 * time.Second

// errStuck says that Hugo waits for itself for ever; see fewest.
var errStuck = errors.New("hugo is stuck")

// open makes a site of Hugo. It has to be closed.
func open(src, dst afero.Fs, params hmaps.Params, logger loggers.Logger, m *memo) (*hugolib.HugoSites, error) {
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: src, Flags: config.NewFrom(params), Logger: logger, Environment: "production",
		Environ:      []string{"_=_"}, // none at all would mean those of the process
		SkipNpmCheck: true,
	})
	if err != nil {
		return nil, err
	}
	h, err := hugolib.NewHugoSites(deps.DepsCfg{
		Configs: configs, Fs: hugofs.NewFromSourceAndDestination(src, dst, configs.LoadingInfo.Cfg),
		TestLogger: logger, // the only way to give it ours
	})
	if err != nil {
		return nil, err
	}
	for _, s := range h.Sites {
		guard(s, m)
	}
	return h, nil
}

var errPanic = errors.New("the template engine stopped")
