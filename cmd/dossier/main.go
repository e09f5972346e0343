// Command dossier turns a folder of curated records into a static site.
//
// Results go to the standard output, everything else to the standard error.
// It ends with 0 when all is well, 1 when there are findings or a build
// failed, 2 when it was called wrongly, and 130 when it was interrupted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// The exit codes.
const (
	exitClean       = 0
	exitFindings    = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// command is one of the things that dossier can be asked to do.
type command struct {
	name    string
	args    string // after the name, in its usage line
	summary string
	help    string // how to use it, below the usage line
	run     func(*app, *flag.FlagSet, []string) error
}

func commands() []command {
	return []command{initCommand(), checkCommand(), buildCommand(), packCommand(), verifyCommand(), keygenCommand(), helpCommand(), versionCommand()}
}

// app is one run of the program.
type app struct {
	ctx            context.Context
	stdout, stderr io.Writer
}

// usageError says that the program was called wrongly.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

// errFindings says that findings were printed.
var errFindings = errors.New("there are findings")

func run(args []string, stdout, stderr io.Writer) int {
	generator.Tune()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{ctx: ctx, stdout: stdout, stderr: stderr}
	err := a.dispatch(args)
	var usage *usageError
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "dossier: interrupted; nothing was changed")
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintln(stderr, "dossier:", usage.msg)
		if usage.hint != "" {
			fmt.Fprintln(stderr, "  "+usage.hint)
		}
		return exitUsage
	case errors.Is(err, errFindings):
		return exitFindings
	default:
		fmt.Fprintln(stderr, "dossier:", err)
		return exitFindings
	}
}

func (a *app) dispatch(args []string) error {
	if len(args) == 0 {
		a.overview(a.stderr)
		return &usageError{msg: "no command was given"}
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-v", "-version", "--version":
		name = "version"
	}
	var known []string
	for _, c := range commands() {
		if c.name == name {
			return a.call(c, args[1:])
		}
		known = append(known, c.name)
	}
	hint := diag.DidYouMean(name, known)
	if hint == "" {
		hint = `"dossier help" lists the commands`
	}
	return &usageError{msg: fmt.Sprintf("no command %q", name), hint: hint}
}

// call parses the flags of a command and runs it.
func (a *app) call(c command, args []string) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	err := c.run(a, flags, args)
	if errors.Is(err, flag.ErrHelp) {
		a.commandHelp(a.stdout, c, flags)
		return nil
	}
	return err
}

// parse reads the flags of a command, which may stand before or after its
// other arguments.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, flagError(flags, err)
		}
		if flags.NArg() == 0 {
			return rest, nil
		}
		rest = append(rest, flags.Arg(0))
		args = flags.Args()[1:]
	}
}
