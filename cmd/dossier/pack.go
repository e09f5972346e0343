package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/pack"
)

func packCommand() command {
	return command{
		name: "pack", args: "[--out FILE] [--single] [--entity ID] [--pages LIST] [--sign KEY] [--date DAY] [--project DIR]",
		summary: "make one file of the site that opens without a network",
		help: `Builds the site and puts it into a zip file, with a text that says how to open it and a
list of all files with their fingerprints. Whoever gets it unpacks it and double-clicks
index.html. The same records give the same bytes on every day; the day of the build is
found as "dossier build" finds it.

The fingerprint that is printed stands for the whole package. Hand it on another way than
the package, so that others can compare it: "dossier verify" shows it, and so does
verify.html in the package.

With --sign, a key made by "dossier keygen" signs the package. Its passphrase is asked for
on the terminal, or read from a file; it is never an argument, which others could see.

--entity and --pages make a package of a part: these pages, what they link to, and plain
words where a link would lead further.

--single makes one HTML file of it all, which opens with a double click as it is. Tables and
attachments stay behind. What its parts weigh is printed; past --limit it is refused. A
signature of it goes into a file of its own beside it, which minisign checks too.

A package is put in place as a whole, once it has stood the check that "dossier verify"
makes.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			project := projectFlag(flags)
			out := flags.String("out", "", "`FILE` or folder to write to; dist in the project by default")
			date := flags.String("date", "", "`DAY` of the build, such as 2026-06-08")
			entities := flags.String("entity", "", "`ID` of an entity to pack alone, or several with commas between")
			pages := flags.String("pages", "", "`LIST` of pages to pack alone, such as about.html,entities/acme.html")
			single := flags.Bool("single", false, "make one HTML file in place of a zip file")
			limit := flags.String("limit", "", "`SIZE` that a single file may have, such as 40 MB; 25 MB by default")
			sign := flags.String("sign", "", "file of the secret `KEY` to sign with")
			passphrase := passphraseFlag(flags)
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			if err := noMore(rest); err != nil {
				return err
			}
			opts := generator.PackOptions{Project: *project, Out: *out, Entities: list(*entities), Pages: list(*pages), Single: *single}
			if *limit != "" {
				if !*single {
					return &usageError{msg: "--limit is of no use without --single"}
				}
				if opts.Limit, err = parseSize(*limit); err != nil {
					return err
				}
			}
			if opts.Date, err = buildDay(*date, os.Getenv("SOURCE_DATE_EPOCH")); err != nil {
				return err
			}
			if *sign != "" {
				if opts.Key, err = a.secretKey(*sign, *passphrase); err != nil {
					return err
				}
			} else if *passphrase != "" {
				return &usageError{msg: "--passphrase-file is of no use without --sign"}
			}
			return a.pack(opts)
		},
	}
}

// parseSize reads a size such as 40 MB.
func parseSize(text string) (int64, error) {
	number, unit := strings.TrimRight(text, " kKMGBb"), strings.ToUpper(strings.TrimSpace(strings.TrimLeft(text, "0123456789. ")))
	factor, ok := map[string]float64{"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "K": 1e3, "M": 1e6, "G": 1e9}[unit]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !ok || n <= 0 || n*factor > 1e12 {
		return 0, &usageError{msg: fmt.Sprintf("--limit: %q is not a size", text), hint: "write a size such as 40 MB"}
	}
	return int64(n * factor), nil
}

// list splits at commas.
func list(text string) []string {
	var out []string
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (a *app) pack(opts generator.PackOptions) error {
	result, err := generator.Pack(a.ctx, opts)
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
		fmt.Fprintln(a.stderr, "dossier: nothing was packed")
		return errFindings
	}
	if err != nil {
		return err
	}
	m := result.Manifest
	if opts.Single {
		fmt.Fprintf(a.stdout, "%s: %d pages, %d bytes, as of %s\n", filepath.ToSlash(result.File), result.Pages, result.Bytes, m.AsOf)
		printShares(a.stdout, result.Shares)
	} else {
		fmt.Fprintf(a.stdout, "%s: %d files, %d bytes, as of %s\n", filepath.ToSlash(result.File), len(m.Files), result.Bytes, m.AsOf)
	}
	fmt.Fprintf(a.stdout, "fingerprint %s\n", result.Fingerprint)
	if opts.Key != nil {
		fmt.Fprintf(a.stdout, "signed by the key %s\n", opts.Key.ID())
	}
	return nil
}

// printShares says where the bytes of a single file are: its largest parts, and
// what all others come to.
func printShares(w io.Writer, shares []pack.Share) {
	const named = 10
	rest := int64(0)
	for i, share := range shares {
		if i >= named {
			rest += share.Bytes
			continue
		}
		fmt.Fprintf(w, "%11d  %s\n", share.Bytes, share.Name)
	}
	if n := len(shares) - named; n > 0 {
		fmt.Fprintf(w, "%11d  in %d other parts\n", rest, n)
	}
}

// secretKey reads the key to sign with.
func (a *app) secretKey(file, passphraseFile string) (*pack.SecretKey, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	passphrase := ""
	switch {
	case pack.Encrypted(text):
		if passphrase, err = a.passphrase(passphraseFile, "Passphrase of "+file); err != nil {
			return nil, err
		}
	case passphraseFile != "":
		return nil, &usageError{msg: fmt.Sprintf("the key in %s has no passphrase", file), hint: "leave out --passphrase-file"}
	}
	key, err := pack.ParseSecretKey(text, passphrase)
	if errors.Is(err, pack.ErrPassphrase) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%s %w", file, err)
	}
	return key, nil
}
