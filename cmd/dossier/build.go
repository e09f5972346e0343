package main

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/cli/browser"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

func buildCommand() command {
	return command{
		name: "build", args: "[--open] [--full | --verify] [--out DIR] [--date DAY] [--project DIR]",
		summary: "make the site",
		help: `Checks the project, renders its site and puts it in place as a whole. A build that
fails or is stopped leaves the site that was there as it is; files that dossier did not
write are never removed. Open index.html in the folder with a double click, or let --open do it.

Pages that the last build has made from the same records, theme, settings and program
stay as they are. --full renders every page; --verify renders every page besides, and
ends with exit code 1 and the names of the files when the bytes differ. On Linux a site of
5,000 files or more has a hidden folder beside it, such as .public.dossier, which makes
the next build fast. It takes next to no space, and may be removed.

A list of more than 1,000 rows is continued on pages of its own, such as entities/page/2.html.
Every record keeps its address however long the lists are.

The same records give the same bytes. The day of the build is --date, else the day of
SOURCE_DATE_EPOCH, else the newest day on which a public record became known.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			project := projectFlag(flags)
			out := flags.String("out", "public", "`DIR` for the site, from the folder you are in; public in the project by default")
			date := flags.String("date", "", "`DAY` of the build, such as 2026-06-08")
			full := flags.Bool("full", false, "render every page, whatever the last build has left")
			open := flags.Bool("open", false, "show the site in a browser")
			verify := flags.Bool("verify", false, "render every page besides, and compare the bytes")
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			if err := noMore(rest); err != nil {
				return err
			}
			if *full && *verify {
				return &usageError{msg: "--full and --verify together", hint: "--verify compares what --full would make with what is there"}
			}
			opts := generator.BuildOptions{Project: *project, Out: *out, Full: *full, Verify: *verify}
			given := false
			flags.Visit(func(f *flag.Flag) { given = given || f.Name == "out" })
			if !given {
				opts.Out = filepath.Join(*project, "public")
			}
			if opts.Date, err = buildDay(*date, os.Getenv("SOURCE_DATE_EPOCH")); err != nil {
				return err
			}
			if err := a.build(opts); err != nil || !*open {
				return err
			}
			a.show(filepath.Join(opts.Out, "index.html"))
			return nil
		},
	}
}

// show opens a page in the browser of whoever sits there. Where there is none
// the site is as good as it was.
func (a *app) show(page string) {
	path, err := filepath.Abs(page)
	if err == nil {
		path = filepath.ToSlash(path)
		if !strings.HasPrefix(path, "/") {
			path = "/" + path // C:/report
		}
		browser.Stdout, browser.Stderr = a.stderr, a.stderr // what a browser says is no result
		err = browser.OpenURL((&url.URL{Scheme: "file", Path: path}).String())
	}
	if err != nil {
		fmt.Fprintf(a.stderr, "dossier: no browser was opened (%v); open %s with a double click\n", err, filepath.ToSlash(page))
	}
}

// buildDay is the day of the build as it was given, or the zero Day.
func buildDay(flagValue, epoch string) (model.Day, error) {
	if flagValue != "" {
		day, err := model.ParseDay(flagValue)
		if err != nil {
			hint := "write a day such as 2026-06-08"
			var de *model.DateError
			if errors.As(err, &de) {
				hint = de.Hint
			}
			return 0, &usageError{msg: "--date: " + err.Error(), hint: hint}
		}
		return day, nil
	}
	if epoch == "" {
		return 0, nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || seconds < 0 {
		return 0, &usageError{msg: fmt.Sprintf("SOURCE_DATE_EPOCH is %q", epoch), hint: "it is a number of seconds since 1970"}
	}
	t := time.Unix(seconds, 0).UTC()
	day := model.NewDay(t.Year(), int(t.Month()), t.Day())
	if day == 0 {
		return 0, &usageError{msg: fmt.Sprintf("SOURCE_DATE_EPOCH is %q", epoch), hint: "that day is too far away"}
	}
	return day, nil
}

func (a *app) build(opts generator.BuildOptions) error {
	result, err := generator.Build(a.ctx, opts)
	if ctxErr := a.ctx.Err(); ctxErr != nil && err != nil {
		return ctxErr
	}
	if perr := diag.Print(a.stderr, result.Diagnostics, diag.Style{Color: colored(a.stderr)}); perr != nil {
		return perr
	}
	if count := diag.Tally(result.Diagnostics); count != (diag.Count{}) {
		fmt.Fprintln(a.stderr, count)
	}
	if errors.Is(err, generator.ErrDiagnostics) {
		fmt.Fprintln(a.stderr, "dossier: nothing was built")
		return errFindings
	}
	if err != nil {
		return err
	}
	kept := ""
	if result.Rendered < result.Pages {
		kept = fmt.Sprintf(", %d of them rendered", result.Rendered)
	}
	if opts.Verify {
		kept += ", the same as all rendered"
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d pages%s, as of %s\n", filepath.ToSlash(filepath.Join(opts.Out, "index.html")), result.Pages, kept, result.Date)
	return err
}
