package generator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
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
}

// BuildResult says what was built.
type BuildResult struct {
	Diagnostics []diag.Diagnostic // sorted
	Pages       int
	Date        model.Day
	Output      output.Result
}

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
	report, found := Check(opts.Project)
	res.Diagnostics = found
	if diag.Tally(found).Errors > 0 {
		return res, ErrDiagnostics
	}
	if err := ctx.Err(); err != nil {
		return res, err
	}
	if d := checkOut(opts.Project, opts.Out); d != nil {
		return res.refuse(*d)
	}
	if report.HasEmbargo() && opts.Date == 0 {
		return res.refuse(diag.Diagnostic{
			Code: codeEmbargo, Message: "records are under embargo, so the day of the build must be given",
			Hint: "add --date with the day on which the site will be published",
		})
	}
	view, err := report.View(model.ViewOptions{Date: opts.Date})
	if err != nil {
		return res, err
	}
	res.Date = view.Date

	root, err := os.OpenRoot(opts.Project)
	if err != nil {
		return res, err
	}
	defer root.Close() // opened for reading only
	theme, d := openTheme(root, view.Settings)
	if d != nil {
		return res.refuse(*d)
	}
	tx, err := output.Begin(opts.Out, output.Options{})
	if err != nil {
		return res.fault(err)
	}
	defer tx.Abort()

	render := siteOptions(view, theme, root)
	m := newMachine(view, render)
	pages := m.watch(page.Pages(view, page.Options{
		Version: Version, Files: true, Words: m.pageWords(), Rules: Rules(), Templates: layouts(root.FS(), theme.files), Tables: m.dataTables(),
	}), tx)
	done, more, err := site.Render(ctx, pages, render, tx)
	if err == nil {
		err = m.err
	}
	res.Diagnostics = diag.Sort(append(res.Diagnostics, more...))
	if err != nil {
		return res.fault(err)
	}
	if diag.Tally(more).Errors > 0 {
		return res, ErrDiagnostics
	}
	res.Pages = done.Pages
	if err := copyFiles(ctx, root, view, tx); err != nil {
		return res.fault(err)
	}
	if err := m.write(ctx, tx); err != nil {
		return res.fault(err)
	}
	if res.Output, err = tx.Commit(); err != nil {
		return res.fault(err)
	}
	res.Diagnostics = diag.Sort(append(res.Diagnostics, res.Output.Warnings...))
	return res, nil
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
		Settings: settings, Place: place,
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

// copyFiles puts the attachments that this view holds into the site.
func copyFiles(ctx context.Context, root *os.Root, view *model.View, tx *output.Tx) error {
	for _, f := range view.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := readFile(root, "data/files/"+f.Path)
		if err != nil {
			return err
		}
		if err := tx.Write(path.Join("files", f.Path), text); err != nil {
			return err
		}
	}
	return nil
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
	}
}
