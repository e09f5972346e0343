package generator

import (
	"context"
	"errors"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// BuildOptions say what to build. The zero value builds the project in the
// current folder into public.
type BuildOptions struct {
	Project string    // folder of the project
	Out     string    // folder for the site
	Date    model.Day // day of the build; the report's own date when zero
}

// BuildResult says what was built.
type BuildResult struct {
	Diagnostics []diag.Diagnostic
	Pages       int
	Date        model.Day
}

// ErrDiagnostics says that a diagnostic is an error, so that nothing was built.
var ErrDiagnostics = errors.New("the project has errors")

// Build checks a project and makes its site.
func Build(ctx context.Context, opts BuildOptions) (BuildResult, error) {
	_, found := Check(opts.Project)
	return BuildResult{Diagnostics: found}, ErrDiagnostics
}
