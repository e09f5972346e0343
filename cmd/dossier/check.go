package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
)

func checkCommand() command {
	return command{
		name: "check", args: "[--format text|json|github] [--project DIR]",
		summary: "find what is wrong or missing in the records",
		help: `Reads the whole project and prints all findings at once, each with its file, line and
column. It ends with 1 when there is an error or a warning; notes inform only.
"dossier help CODE" explains a finding, "dossier help rules" lists them all.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			project := projectFlag(flags)
			format := flags.String("format", "text", "`FORMAT` of the findings: text, json, or github for its workflow commands")
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			if err := noMore(rest); err != nil {
				return err
			}
			if !strings.Contains(" text json github ", " "+*format+" ") {
				return &usageError{msg: fmt.Sprintf("no format %q", *format), hint: "formats are text, json and github"}
			}
			return a.check(*project, *format)
		},
	}
}

func (a *app) check(project, format string) error {
	_, found := generator.Check(project)
	if err := a.ctx.Err(); err != nil {
		return err
	}
	var err error
	switch format {
	case "json":
		err = diag.JSON(a.stdout, found)
	case "github":
		err = diag.GitHub(a.stdout, found)
	default:
		if err = diag.Print(a.stdout, found, diag.Style{Color: colored(a.stdout)}); err == nil {
			_, err = fmt.Fprintln(a.stdout, diag.Tally(found))
		}
	}
	if err != nil {
		return err
	}
	if n := diag.Tally(found); n.Errors+n.Warnings > 0 {
		return errFindings
	}
	return nil
}

func projectFlag(flags *flag.FlagSet) *string {
	return flags.String("project", ".", "`DIR` of the project, which holds dossier.yaml")
}

func noMore(rest []string) error {
	if len(rest) == 0 {
		return nil
	}
	return &usageError{msg: fmt.Sprintf("unexpected argument %q", rest[0])}
}

// flagError is an error of the flag package in our words.
func flagError(flags *flag.FlagSet, err error) error {
	hint := fmt.Sprintf(`"dossier help %s" lists its flags`, flags.Name())
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: ")
	if !unknown {
		return &usageError{msg: err.Error(), hint: hint}
	}
	name = strings.TrimLeft(name, "-")
	var known []string
	flags.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
	if best := diag.Nearest(name, known); best != "" {
		hint = "did you mean --" + best + "?"
	}
	return &usageError{msg: "no flag --" + name, hint: hint}
}

// colored reports whether to print colours: to a terminal, unless NO_COLOR is
// set (no-color.org).
func colored(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
