package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/pack"
)

func verifyCommand() command {
	return command{
		name: "verify", args: "[--key KEY] [--format text|json] PACKAGE",
		summary: "check that a package is whole and unchanged",
		help: `PACKAGE is the zip file that "dossier pack" has made, a folder that it was unpacked into, or
a report in one HTML file. Every file must be listed and unchanged, with no other beside;
links within lead to something; nothing is loaded from elsewhere, and every page forbids it.
The package is not trusted, and nothing is unpacked. The signature of a single file is looked
for beside it, under its name and ".minisig".

That finds damage and changes. Who made the package it says only with --key, the publisher's
public key: a file, or the key itself. Without it, compare the fingerprint with one that
you got in another way. It ends with 1 when the package is not intact, or not signed by
the key.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			key := flags.String("key", "", "public `KEY` that must have signed the package: a file, or the key itself")
			format := flags.String("format", "text", "`FORMAT` of the answer: text or json")
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			if len(rest) == 0 {
				return &usageError{msg: "no package was given", hint: "name the zip file, or the folder that it was unpacked into"}
			}
			if err := noMore(rest[1:]); err != nil {
				return err
			}
			if *format != "text" && *format != "json" {
				return &usageError{msg: fmt.Sprintf("no format %q", *format), hint: "formats are text and json"}
			}
			var opts generator.VerifyOptions
			if *key != "" {
				if opts.Key, err = publicKey(*key); err != nil {
					return err
				}
			}
			return a.verify(rest[0], *format, opts)
		},
	}
}

// publicKey is a key in a file, or the key itself.
func publicKey(arg string) (*pack.PublicKey, error) {
	text, err := os.ReadFile(arg)
	if errors.Is(err, os.ErrNotExist) {
		if key, err := pack.ParsePublicKey([]byte(arg)); err == nil {
			return key, nil
		}
	}
	if err != nil {
		return nil, err
	}
	key, err := pack.ParsePublicKey(text)
	if err != nil {
		return nil, fmt.Errorf("%s %w", arg, err)
	}
	return key, nil
}

func (a *app) verify(name, format string, opts generator.VerifyOptions) error {
	result, err := generator.Verify(a.ctx, name, opts)
	if err != nil {
		return err
	}
	if format == "json" {
		err = verdictJSON(a.stdout, name, result)
	} else {
		err = verdict(a.stdout, name, result)
	}
	if err == nil && !result.Intact {
		return errFindings
	}
	return err
}

// verdict says in plain words what a package is.
func verdict(w io.Writer, name string, r pack.Result) error {
	name = filepath.ToSlash(name)
	for _, f := range r.Findings {
		where := f.Path
		if where == "" {
			where = name
		}
		fmt.Fprintf(w, "%s: [%s] %s\n", pack.Printable(where), f.Code, pack.Printable(f.Message))
	}
	if r.More > 0 {
		fmt.Fprintf(w, "and %d more\n", r.More)
	}
	for _, f := range r.Ignored {
		fmt.Fprintf(w, "%s: ignored, a file of the operating system\n", pack.Printable(f))
	}
	m := r.Manifest
	if r.Fingerprint != "" {
		if m.Built != "" {
			fmt.Fprintf(w, "%s, as of %s, built %s with dossier %s\n", pack.Printable(m.Title), m.AsOf, m.Built, pack.Printable(m.Version))
		}
		switch {
		case len(m.Files) > 0:
			fmt.Fprintf(w, "%d files, %d bytes\n", len(m.Files), r.Bytes)
		case r.Single:
			fmt.Fprintf(w, "one file, %d bytes\n", r.Bytes)
		}
		fmt.Fprintf(w, "fingerprint %s\n", r.Fingerprint)
	}
	words := "intact, signer unknown"
	switch {
	case !r.Intact:
		words = "not intact: do not rely on it"
	case r.Signer == pack.SignerVerified:
		words = "intact, signed by the key " + r.KeyID + " (" + pack.Printable(r.Comment) + ")"
	}
	_, err := fmt.Fprintf(w, "%s: %s\n", name, words)
	return err
}

// verdictJSON is the same for programs.
func verdictJSON(w io.Writer, name string, r pack.Result) error {
	type finding struct {
		Code    string `json:"code"`
		Path    string `json:"path,omitempty"`
		Message string `json:"message"`
	}
	out := struct {
		Package     string    `json:"package"`
		Intact      bool      `json:"intact"`
		Signer      string    `json:"signer"`
		KeyID       string    `json:"key_id,omitempty"`
		Comment     string    `json:"trusted_comment,omitempty"`
		Fingerprint string    `json:"fingerprint,omitempty"`
		Title       string    `json:"title,omitempty"`
		Name        string    `json:"name,omitempty"`
		Version     string    `json:"dossier,omitempty"`
		Built       string    `json:"built,omitempty"`
		AsOf        string    `json:"as_of,omitempty"`
		Audience    string    `json:"audience,omitempty"`
		Input       string    `json:"input_sha256,omitempty"`
		Part        []string  `json:"part,omitempty"`
		Single      bool      `json:"single"`
		Files       int       `json:"files"`
		Bytes       int64     `json:"bytes"`
		Ignored     []string  `json:"ignored,omitempty"`
		Findings    []finding `json:"findings"`
		More        int       `json:"more_findings,omitempty"`
	}{
		filepath.ToSlash(name), r.Intact, string(r.Signer), r.KeyID, r.Comment, r.Fingerprint, r.Manifest.Title, r.Manifest.Name, r.Manifest.Version,
		r.Manifest.Built, r.Manifest.AsOf, r.Manifest.Audience, r.Manifest.Input, r.Manifest.Part, r.Single, len(r.Manifest.Files), r.Bytes,
		r.Ignored, []finding{}, r.More,
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, finding(f))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
