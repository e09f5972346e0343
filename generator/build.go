package generator

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/load"
	"github.com/dossier-report/dossier/generator/markdown"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/output"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/site"
)

// BuildOptions say what to build. The zero value builds the project in the
// current folder into public.
type BuildOptions struct {
	Project string    // folder of the project
	Out     string    // folder for the site; public in the project when empty
	Date    model.Day // day of the build; the report's own date when zero

	// Full renders every page. Without it, those that the last build has made
	// from the same description, theme, settings and program stay as they are.
	Full bool

	// Verify renders every page besides, and compares the bytes. Where the two
	// differ nothing is put in place, and the diagnostics name the files.
	Verify bool
}

// BuildResult says what was built.
type BuildResult struct {
	Diagnostics []diag.Diagnostic // sorted
	Pages       int               // of the site
	Rendered    int               // of these, those that had to be rendered
	Date        model.Day
	Output      output.Result
}

// large is the number of files from which on a site is worth a spare tree: below,
// a build that touches each of them takes no noticeable time.
const large = 5000

// ErrDiagnostics says that a diagnostic is an error, so that nothing was built.
var ErrDiagnostics = errors.New("the project has errors")

// Build checks a project and puts its site in place as a whole. When it
// returns an error, the folder is as it was.
func Build(ctx context.Context, opts BuildOptions) (res BuildResult, err error) {
	if opts.Project == "" {
		opts.Project = "."
	}
	if opts.Out == "" {
		opts.Out = filepath.Join(opts.Project, "public")
	}
	unfit := checkOut(opts.Project, opts.Out)
	place := beginAhead(opts, unfit == nil)
	defer place.end()
	b, found, err := open(ctx, opts.Project, opts.Date, "add --date with the day on which the site will be published")
	res.Diagnostics = found
	if err != nil {
		return res, err
	}
	defer b.root.Close() // opened for reading only
	if unfit != nil {
		return res.refuse(*unfit)
	}
	res.Date = b.view.Date
	was, err := place.result()
	if err != nil {
		return res.fault(err)
	}
	tx := was.tx
	made, err := b.fill(tx, was)
	if errors.Is(err, errWhole) {
		place.end()
		opts.Full = true
		return Build(ctx, opts)
	}
	res.Diagnostics = diag.Sort(append(res.Diagnostics, made.found...))
	if err != nil {
		return res.fault(err)
	}
	if opts.Verify {
		if d, err := b.verify(tx); d != nil || err != nil {
			return res.differs(d, err)
		}
	}
	res.Pages, res.Rendered = made.pages, made.rendered
	// The records of a large report take more memory than all that comes.
	b, was.pages, was.reads = nil, note{}, reads{}
	if res.Output, err = tx.Commit(); err != nil {
		return res.fault(err)
	}
	res.Diagnostics = diag.Sort(append(res.Diagnostics, res.Output.Warnings...))
	return res, nil
}

// ahead is the work on the output folder that need not wait for the records: to
// lock it, look through it, and read what the last build has left there.
type ahead struct {
	done chan struct{}
	was  *last
	err  error
}

// beginAhead begins a transaction beside the check of the records, if there may be one.
func beginAhead(opts BuildOptions, may bool) *ahead {
	a := &ahead{done: make(chan struct{})}
	// Where there is no project, no folder is made.
	if _, err := os.Stat(filepath.Join(opts.Project, load.SettingsFile)); err != nil || !may {
		close(a.done)
		return a
	}
	go func() {
		defer close(a.done)
		tx, err := output.Begin(opts.Out, output.Options{Spare: large})
		if a.err = err; err == nil {
			a.was, a.err = readLast(tx, opts.Full)
		}
	}()
	return a
}

// result waits for what was begun.
func (a *ahead) result() (*last, error) {
	<-a.done
	return a.was, a.err
}

// end lets go of what was begun, and throws it away if it was not committed.
func (a *ahead) end() {
	if was, _ := a.result(); was != nil {
		was.close()
		was.tx.Abort()
	}
}

// builder makes the site of one view.
type builder struct {
	ctx    context.Context
	view   *model.View
	theme  themeFiles
	root   *os.Root
	render site.Options
	judge  func([]diag.Diagnostic) []diag.Diagnostic // by the rules of the report
	refs   map[string][]markdown.Ref                 // of texts, as far as they have been read
}

// open checks a project and gets ready to build its site. The hint undated tells
// how to give a date where one is needed. The caller closes the root of the
// builder.
func open(ctx context.Context, project string, date model.Day, undated string) (*builder, []diag.Diagnostic, error) {
	project = cmp.Or(project, ".")
	report, found, refs := check(project, false)
	if diag.Tally(found).Errors > 0 {
		return nil, found, ErrDiagnostics
	}
	if err := ctx.Err(); err != nil {
		return nil, found, err
	}
	refuse := func(d diag.Diagnostic) (*builder, []diag.Diagnostic, error) {
		d.Severity = diag.Error
		return nil, diag.Sort(append(found, d)), ErrDiagnostics
	}
	if report.HasEmbargo() && date == 0 {
		return refuse(diag.Diagnostic{
			Code: codeEmbargo, Message: "records are under embargo, so the day of the build must be given",
			Hint: undated,
		})
	}
	view, err := report.View(model.ViewOptions{Date: date})
	if err != nil {
		return nil, found, err
	}
	report.Forget()
	root, err := os.OpenRoot(project)
	if err != nil {
		return nil, found, err
	}
	theme, d := openTheme(root, view.Settings)
	if d != nil {
		root.Close() // opened for reading only
		return refuse(*d)
	}
	return &builder{ctx: ctx, view: view, theme: theme, root: root, render: siteOptions(view, theme, root), judge: report.Judge, refs: refs}, found, nil
}

// made is what fill has done.
type made struct {
	found           []diag.Diagnostic
	pages, rendered int
	note            []byte // for the next build; nil when it has to render every page
}

// fill gives all files of the site to out. Pages that the last site has already are
// kept there; was is nil when nothing is to be kept, nor left for a next build. The
// error is errWhole when all pages have to be rendered, ErrDiagnostics when a template
// has a mistake.
func (b *builder) fill(out site.Sink, was *last) (done made, err error) {
	m, err := newMachine(b.view, b.render)
	if err != nil {
		return done, err
	}
	k, err := newKeeper(was, b.render, []any{m.words, m.shown}, m.options.Data)
	if err != nil {
		return done, err
	}
	var charts []diag.Diagnostic
	outline := b.outline(m, func(d diag.Diagnostic) { charts = append(charts, d) })
	remembered, err := newMemory(was, outline, m.tables.Tables())
	if err != nil {
		return done, err
	}
	k.sums = remembered.sums
	render := b.render
	render.Weight = k.weight
	if len(k.was.pages) > 0 {
		remembered.recall(was, k.unread)
	}
	var beside sync.WaitGroup // for what needs no pages
	var untabled, ungathered, unnoted error
	defer beside.Wait()
	tables := sync.OnceFunc(func() {
		beside.Go(func() { untabled = m.writeTables(b.ctx, remembered.kept(was), out) })
	})
	pages := m.watch(outline, remembered, out, func() {
		beside.Go(func() { ungathered = m.writePaged(out) })
		if was != nil {
			beside.Go(func() { unnoted = remembered.finish(was.tx) })
		}
	})
	complete := func(p *page.Page) ([]string, error) { return m.complete(p, out) }
	rendered, found, err := site.Render(b.ctx, begun(k.filter(pages, complete), tables), render, out)
	if shown := k.missing(rendered.Published); err == nil && diag.Tally(found).Errors == 0 && len(shown) > 0 {
		again, more, failed := site.Render(b.ctx, k.completed(outline.Only(shown), complete), b.render, out)
		publishedToo(rendered.Published, again.Published)
		rendered.Warned = rendered.Warned || again.Warned
		found, err = append(found, more...), failed
	}
	done.found = append(found, b.judge(charts)...)
	if err != nil {
		return done, err
	}
	if diag.Tally(done.found).Errors > 0 {
		return done, ErrDiagnostics
	}
	if done.note, err = k.finishAssets(rendered); err != nil {
		return done, err
	}
	done.pages, done.rendered = len(k.now.pages), rendered.Pages
	found, err = copyFiles(b.ctx, b.root, b.view, out)
	if done.found = append(done.found, found...); err != nil {
		return done, err
	}
	if len(found) > 0 {
		return done, ErrDiagnostics
	}
	beside.Wait()
	if err := cmp.Or(ungathered, untabled, unnoted); err != nil || done.note == nil || was == nil {
		return done, err
	}
	w, err := was.tx.WriteState(noteName)
	if err == nil {
		_, err = w.Write(done.note)
	}
	return done, err
}

// begun gives pages, and calls then before the first, or when there is none: Hugo, which has
// most to do, is not to wait for what can be done beside it.
func begun(pages iter.Seq[*page.Page], then func()) iter.Seq[*page.Page] {
	return func(yield func(*page.Page) bool) {
		for p := range pages {
			then()
			if !yield(p) {
				return
			}
		}
		then()
	}
}

// outline looks at all records before pages are made of them. What is wrong
// with drawings goes to found.
func (b *builder) outline(m *machine, found func(diag.Diagnostic)) *page.Outline {
	templates := layouts(b.root.FS(), b.theme.files)
	m.paged = templates(page.TemplateEntity)
	m.tables.Records("")            // the first call makes an index
	defer func() { b.refs = nil }() // they have been of use
	return page.NewOutline(b.view, page.Options{
		Found: found, Refs: b.refs,
		Version: Version, Files: true, Words: m.pageWords(), Rules: Rules(), Templates: templates,
		Tables: m.dataTables(), EntityTables: m.entityTables, TableRecords: m.tables.Records,
	})
}

// refuse ends a build with one more diagnostic, which is an error.
func (r BuildResult) refuse(d diag.Diagnostic) (BuildResult, error) {
	d.Severity = diag.Error
	r.Diagnostics = diag.Sort(append(r.Diagnostics, d))
	return r, ErrDiagnostics
}

// fault ends a build with what went wrong in the output folder, as a
// diagnostic where it is one.
func (r BuildResult) fault(err error) (BuildResult, error) {
	var fault *output.Error
	if errors.As(err, &fault) {
		return r.refuse(fault.Diagnostic)
	}
	return r, err
}

func siteOptions(view *model.View, theme themeFiles, root *os.Root) site.Options {
	first := view.Settings.FirstLanguage()
	title, _ := view.Settings.Title.In(first, first)
	settings, place := hugoSettings(view.Settings)
	return site.Options{
		Theme: theme.files, ThemeName: theme.name, Project: root.FS(),
		Title: title, BaseURL: string(view.Settings.BaseURL), Date: view.Date.Time(),
		Settings: settings, Place: place, Languages: languages(view.Settings),
	}
}

// layouts reports for which pages the project or its theme has a layout. The
// others are not made.
func layouts(folders ...fs.FS) func(string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(folders, func(f fs.FS) bool {
			info, err := fs.Stat(f, "layouts/"+name+".html")
			return err == nil && info.Mode().IsRegular()
		})
	}
}

// checkOut refuses an output folder that holds the project, or lies among its
// records: the site would take their place, or be read as a record.
func checkOut(project, out string) *diag.Diagnostic {
	p, err := filepath.Abs(project)
	if err != nil {
		return nil // Begin will say what is wrong
	}
	o, err := filepath.Abs(out)
	if err != nil {
		return nil
	}
	rel, err := filepath.Rel(p, o)
	if err != nil {
		return nil
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	refuse := false
	switch first {
	case ".", "content", "data", "generator", "themes", "layouts", "assets", "static", "i18n", "cmd", ".git":
		refuse = true
	case "..":
		up, err := filepath.Rel(o, p)
		part, _, _ := strings.Cut(filepath.ToSlash(up), "/")
		refuse = err == nil && part != ".."
	}
	if !refuse {
		return nil
	}
	return &diag.Diagnostic{
		Code: codeOut, Span: diag.Span{File: diag.NewFile(filepath.ToSlash(out), nil)},
		Message: "the site cannot be built there: the folder holds the project or a part of it", Hint: "choose another with --out, such as public",
	}
}

// copyFiles puts the attachments that this view holds into the site: the very
// bytes that were checked. It gives an error for each that is no longer what it was.
func copyFiles(ctx context.Context, root *os.Root, view *model.View, out site.Sink) (found []diag.Diagnostic, err error) {
	for _, f := range view.Files {
		if err := ctx.Err(); err != nil {
			return found, err
		}
		name := "data/files/" + f.Path
		text, err := readFile(root, name)
		if sum := sha256.Sum256(text); err != nil || !strings.EqualFold(hex.EncodeToString(sum[:]), f.SHA256) {
			found = append(found, diag.Diagnostic{
				Severity: diag.Error, Code: codeChanged, Span: f.At, Path: "file", Message: name + " was changed while the site was built", Hint: "build it again",
			})
			continue
		}
		if err := out.Write(path.Join("files", f.Path), text); err != nil {
			return found, err
		}
	}
	return found, nil
}

func readFile(root *os.Root, name string) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // opened for reading only
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a plain file", name)
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

// The codes of the diagnostics of this package.
const (
	codeEmbargo = "embargo-date"
	codeOut     = "output-in-project"
	codeTheme   = "no-theme"
	codeDiffers = "build-differs"
	codeChanged = "input-changed"
)

func ownRules() []diag.Rule {
	return []diag.Rule{
		{Code: codeEmbargo, Severity: diag.Error, Fixed: true, Summary: "a report with embargoes needs the day of the build", Help: `
What may appear depends on the day on which the site is published. Give it with --date, or in
SOURCE_DATE_EPOCH; the computer's clock is never asked.`},
		{Code: codeOut, Severity: diag.Error, Fixed: true, Summary: "the output folder is a part of the project", Help: `
The site is put in place as a whole, so its folder must be one of its own. By default it is public in the
folder of the project.`},
		{Code: codeTheme, Severity: diag.Error, Fixed: true, Summary: "there is no such theme", Help: `
dossier.yaml names a folder in themes/ of the project. Without theme: the report has the theme that comes
with the program.`},
		{Code: codeChanged, Severity: diag.Error, Fixed: true, Summary: "an attachment was changed while the site was built", Help: `
What is published is what was checked. The attachment no longer has the bytes that its record states, or is gone,
so nothing was put in place.`},
		{Code: codeDiffers, Severity: diag.Error, Fixed: true, Summary: "a page that was kept is not what rendering gives", Help: `
dossier build renders only the pages that have changed. With --verify it renders them all besides, and has
found a file that differs. That is a fault of dossier: please report it. Until then, dossier build --full
renders every page.`},
	}
}
