package main

import (
	"errors"
	"flag"
	"fmt"

	"github.com/dossier-report/dossier/generator"
)

func initCommand() command {
	return command{
		name: "init", args: "[FOLDER]",
		summary: "make a small project to begin with",
		help: `Writes a report about an invented company into FOLDER, or into the current folder: one of most
things that a report can hold, clean under every rule. Build it, break it, read the
messages, and replace one record after the other by your own.

The folder must be empty but for hidden files; nothing is ever overwritten.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			folder := "."
			if len(rest) > 0 {
				folder, rest = rest[0], rest[1:]
			}
			if err := noMore(rest); err != nil {
				return err
			}
			return a.init(folder)
		},
	}
}

func (a *app) init(folder string) error {
	written, err := generator.Init(folder)
	if errors.Is(err, generator.ErrOccupied) {
		return fmt.Errorf("nothing was written: %w; name a new folder: dossier init my-report", err)
	}
	if err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	cd, project := "", ""
	if folder != "." {
		cd, project = "    cd "+shellName(folder)+"\n", " in "+folder
	}
	_, err = fmt.Fprintf(a.stdout, `%d files written%s. Everything in them is invented.

%s    dossier check      finds nothing, until you break something
    dossier build      writes public/; open public/index.html
    dossier help       explains the records and their fields
`, len(written), project, cd)
	return err
}

// shellName is a name as a shell takes it.
func shellName(name string) string {
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.', r == '/', r == '\\', r == ':', r >= 0x80:
		default:
			return `"` + name + `"`
		}
	}
	return name
}
