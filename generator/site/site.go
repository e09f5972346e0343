// Package site turns page descriptions into the files of a site, by Hugo and
// a theme. It is the only package that knows Hugo.
//
// # What Hugo gets
//
// Hugo runs in the process. Its source is a file system in memory that holds
// the theme's and the project's own layouts, assets and translations, and a
// content adapter of one line; there is no content, no data and no disk behind
// it, so a template cannot read a record that its page description does not
// show. Programs, network and environment are denied by Hugo's own security
// settings. Functions that get round both are refused before Hugo starts (see
// the rule template-forbidden).
//
// The project's files stand over the theme's, file by file; translations are
// merged key by key, with English behind every language. Only regular files
// are read, through the fs.FS that the caller has opened.
//
// # What comes out
//
// Every page is rendered with the layout that Page.Template names, to exactly
// Page.Path. Besides pages there is only what the theme publishes: resources
// and the files in static. Pages of several languages make several runs; a
// large site is made in batches, so memory follows the batch. A page cannot
// see other pages (Hugo's lists are empty), so the batch a page is in cannot
// be seen in it: batches, order and number of cores change no byte. There is
// no clock: now gives Options.Date.
//
// # Themes
//
// A template reaches its page description, a *page.Page, with
//
//	{{ $p := site.Params.dossier.Page .Params.dossierpath }}
//
// and finds everything there. Hugo's own .Title is the page's title; its
// dates, lists, permalinks and menus are empty or meaningless. Resources that
// are transformed or joined belong in a partial called with partialCached: it
// is done once for a batch then, and Hugo has data races where pages do the
// same transformation side by side.
//
// # One at a time
//
// Hugo keeps its logger and its clock in package variables. Render therefore
// takes a lock: several may be called at once, and run one after the other.
// Hugo uses all cores for one run, so little is lost.
package site

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/page"
)

// Sink takes the finished files. It is called by several goroutines at once.
// The bytes are only good during the call.
type Sink interface {
	Write(path string, data []byte) error
}

// Options say how pages become files.
type Options struct {
	// Theme is the root of a Hugo theme: layouts, assets, static, i18n.
	Theme fs.FS
	// ThemeName stands in front of the theme's file names in messages:
	// "theme dossier: layouts/entity.html". Empty means "theme".
	ThemeName string
	// Project is the folder of the project, of which only layouts, assets,
	// static and i18n are read. It should come from os.OpenRoot, so that no
	// link can lead out of it. It may be nil.
	Project fs.FS

	Title   string    // site.Title
	BaseURL string    // only for absolute addresses; may be empty
	Date    time.Time // what "now" is; 1970 when zero

	// Settings are those under "hugo" in dossier.yaml; Settings() lists what
	// is allowed. Place says where a key stands, by its dotted path; it may be nil.
	Settings map[string]any
	Place    func(key string) diag.Span

	// Languages are those of the report. Their translations are looked at even
	// when none of their pages is rendered.
	Languages []string

	// BatchSize is the number of pages that Hugo has in memory at once, 1000
	// when it is 0.
	BatchSize int

	// Weight is how much a page shows, in bytes of its description or the like. With
	// it, a batch ends once its pages weigh more than 64 MB together.
	Weight func(*page.Page) int
}

// Result is what Render has done.
type Result struct {
	Pages  int
	Assets []string // paths of the files that are not pages, sorted

	Published   map[string]Asset  // those of Assets that templates have published, by path; nil when there are more than a hundred
	Fingerprint [sha256.Size]byte // as the function of this name, of the very files that were used
	Warned      bool              // a template has warned of something while a page was rendered
}

const (
	defaultBatch = 1000
	batchWeight  = 64 << 20 // of all pages of a batch
)

// running is held by the one Render that runs; see the package comment.
var running sync.Mutex

// Render writes pages and the theme's files to out. Mistakes in templates,
// translations and settings come back as diagnostics, all that can be found
// at once; when there is an error among them, what was written is of no use.
// The error is that of the sink or of the context.
func Render(ctx context.Context, pages iter.Seq[*page.Page], opts Options, out Sink) (Result, []diag.Diagnostic, error) {
	running.Lock()
	defer running.Unlock()

	r := renderer{opts: opts, out: out, ctx: ctx, pages: map[string]bool{}, assets: map[string][sha256.Size]byte{}, published: map[string]*named{}, tried: map[string]bool{}, memos: map[string]*memo{}}
	r.settings = r.checkSettings(opts.Settings)
	r.load()
	r.inspect()
	for _, lang := range opts.Languages {
		r.translation(lang)
	}
	before := len(r.found.list)
	if !r.failed() {
		r.render(pages)
	}
	warned := len(r.found.list) > before
	if !r.failed() && r.err == nil {
		r.copyStatic()
	}
	if r.err == nil {
		r.err = ctx.Err()
	}
	res := Result{
		Pages: len(r.pages), Assets: slices.Sorted(maps.Keys(r.assets)),
		Published: r.assetsPublished(), Fingerprint: r.fingerprint(), Warned: warned,
	}
	return res, r.found.sorted(), r.err
}

// renderer is one Render on its way.
type renderer struct {
	opts     Options
	out      Sink
	ctx      context.Context
	settings map[string]any // for Hugo, by its own keys

	files overlay
	words map[string]translations // by language, merged
	memos map[string]*memo        // by language
	sites sources                 // what the templates call, found by inspect
	found findings

	err    error           // of the sink
	tried  map[string]bool // language and layout of pages rendered so far
	broken bool            // a batch has failed, so no further one is tried
	begun  bool            // there has been a batch

	mu     sync.Mutex
	pages  map[string]bool              // paths of the pages so far
	assets map[string][sha256.Size]byte // and of the other files

	published map[string]*named // assets that templates have made, by path
}

func (r *renderer) failed() bool { return r.broken || r.found.errors > 0 }

// render collects batches, each of one language, and gives them to Hugo.
func (r *renderer) render(pages iter.Seq[*page.Page]) {
	size := r.opts.BatchSize
	if size <= 0 {
		size = defaultBatch
	}
	waiting, weights := map[string][]*page.Page{}, map[string]int{}
	for p := range pages {
		if !r.accept(p) {
			continue
		}
		waiting[p.Lang] = append(waiting[p.Lang], p)
		if r.opts.Weight != nil {
			weights[p.Lang] += r.opts.Weight(p)
		}
		if len(waiting[p.Lang]) == size || weights[p.Lang] > batchWeight {
			if !r.batch(p.Lang, waiting[p.Lang]) {
				return
			}
			waiting[p.Lang], weights[p.Lang] = nil, 0
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(waiting)) {
		if len(waiting[lang]) > 0 && !r.batch(lang, waiting[lang]) {
			return
		}
	}
}

// accept refuses a page that could not be rendered or would overwrite another.
func (r *renderer) accept(p *page.Page) bool {
	if _, ok := r.files.layout(p.Template); !ok {
		r.found.add(diag.Diagnostic{
			Code: CodeNoTemplate, Message: "there is no layout for pages of the kind " + quote(p.Template),
			Span: r.files.missing("layouts/" + p.Template + ".html"),
			Hint: "add layouts/" + p.Template + ".html to the theme or to the project",
		})
		return false
	}
	if why := badPath(p.Path); why != "" {
		r.found.add(diag.Diagnostic{Code: CodePath, Message: "a page has the path " + quote(p.Path) + ", which " + why})
		return false
	}
	if r.pages[p.Path] {
		r.found.add(diag.Diagnostic{Code: CodeCollision, Message: "two pages have the path " + quote(p.Path), Hint: "rename one of the records"})
		return false
	}
	r.pages[p.Path] = true
	return true
}

// batch renders some pages of one language, and says whether to go on.
func (r *renderer) batch(lang string, pages []*page.Page) bool {
	if r.ctx.Err() != nil {
		return false
	}
	if r.found.errors > 0 {
		return true // the rest is only looked at for more findings
	}
	words := r.translation(lang)
	first, rest := r.firstOfEach(pages)
	if r.begun && len(pages) < fewest {
		first, rest = pages, nil // Hugo cannot give up on so few, and takes a while to begin
	}
	r.begun = true
	return r.groups(lang, words, first) && (len(rest) == 0 || r.whole(lang, words, rest))
}

// translation is the words of a language, merged once.
func (r *renderer) translation(lang string) translations {
	words, ok := r.words[lang]
	if !ok {
		words = r.translate(lang)
		r.words[lang] = words
	}
	return words
}

// fewest is the number of failing pages at which Hugo gives up on a build. It
// does so by a race that can leave it waiting for itself for ever (seen in
// v0.165.0: hugolib renderPages sends to workers that have gone).
const fewest = 10

// firstOfEach parts the first page of every layout that was not rendered yet
// from the others. A mistake in a layout mostly shows on its first page.
func (r *renderer) firstOfEach(pages []*page.Page) (first, rest []*page.Page) {
	for _, p := range pages {
		if key := p.Lang + " " + p.Template; !r.tried[key] {
			r.tried[key] = true
			first = append(first, p)
		} else {
			rest = append(rest, p)
		}
	}
	return first, rest
}

// groups renders pages in groups so small that Hugo cannot give up on one.
func (r *renderer) groups(lang string, words translations, pages []*page.Page) bool {
	for group := range slices.Chunk(pages, fewest-1) {
		if r.runHugo(lang, words, group); r.err != nil || r.broken || r.ctx.Err() != nil {
			return false
		}
	}
	return true
}

// whole renders a batch in one go. If Hugo gives up on it, it is rendered
// again in groups, up to the one that shows what is wrong.
func (r *renderer) whole(lang string, words translations, pages []*page.Page) bool {
	if !r.runHugo(lang, words, pages) {
		return r.groups(lang, words, pages)
	}
	return r.err == nil && !r.broken
}

// deliver hands a file over that Hugo or the theme has made.
func (r *renderer) deliver(name string, data []byte, isPage bool) error {
	if !isPage {
		sum := sha256.Sum256(data)
		r.mu.Lock()
		was, again := r.assets[name]
		r.assets[name] = sum
		collides := r.pages[name]
		r.mu.Unlock()
		switch {
		case collides:
			r.found.add(diag.Diagnostic{Code: CodeCollision, Message: "the theme publishes " + quote(name) + ", which is the path of a page", Hint: "publish it under another name"})
			return nil
		case again && was != sum:
			r.found.add(diag.Diagnostic{Code: CodeUnstable, Message: "the theme publishes " + quote(name) + " with different bytes from page to page",
				Hint: "a resource must not depend on the page that publishes it"})
			return nil
		case again:
			return nil
		}
	}
	if isPage {
		r.witness(name, data)
	}
	err := r.ctx.Err()
	if err == nil {
		err = r.out.Write(name, data)
	}
	if err != nil {
		r.mu.Lock()
		if r.err == nil {
			r.err = err
		}
		r.mu.Unlock()
	}
	return err
}
