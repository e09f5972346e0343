package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/dossier-report/dossier/generator/pack"
)

func keygenCommand() command {
	return command{
		name: "keygen", args: "[--passphrase-file FILE | --no-passphrase] [NAME]",
		summary: "make a pair of keys to sign packages with",
		help: `Writes NAME.key, the secret key, and NAME.pub, the public key; NAME is dossier unless it is
given. Files that exist are never overwritten. The keys are those of minisign, which can
use them as they are.

Keep NAME.key to yourself, outside of the project, and a copy of it somewhere else: who has
it and its passphrase can sign in your name, and nobody can restore it. Hand NAME.pub to
all who shall check your packages, in another way than the packages.

The passphrase is asked for on the terminal, or is the first line of a file.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			file := passphraseFlag(flags)
			open := flags.Bool("no-passphrase", false, "write a secret key that everybody who has the file can use")
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			name := "dossier"
			if len(rest) > 0 {
				name, rest = strings.TrimSuffix(rest[0], ".key"), rest[1:]
			}
			if err := noMore(rest); err != nil {
				return err
			}
			if *open && *file != "" {
				return &usageError{msg: "--no-passphrase and --passphrase-file exclude each other"}
			}
			return a.keygen(name, *file, *open)
		},
	}
}

func passphraseFlag(flags *flag.FlagSet) *string {
	return flags.String("passphrase-file", "", "`FILE` whose first line is the passphrase of the key")
}

func (a *app) keygen(name, passphraseFile string, open bool) error {
	for _, file := range []string{name + ".key", name + ".pub"} {
		if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is there already, and a key must not be overwritten", file)
		}
	}
	passphrase, err := "", error(nil)
	if !open {
		if passphrase, err = a.newPassphrase(passphraseFile); err != nil {
			return err
		}
	}
	secret, public, err := pack.NewKey()
	if err != nil {
		return err
	}
	text, err := secret.Encode(passphrase)
	if err != nil {
		return err
	}
	if err := writeNew(name+".key", text, 0o600); err != nil {
		return err
	}
	if err := writeNew(name+".pub", public.Encode(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s.key: the secret key, for you alone\n%s.pub: the public key %s\n%s\n", name, name, public.ID(), public)
	return nil
}

// writeNew writes a file that must not exist.
func writeNew(name string, text []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// passphrase is the first line of a file, or what somebody types on the
// terminal without its being shown.
func (a *app) passphrase(file, question string) (string, error) {
	if file != "" {
		return passphraseFrom(file)
	}
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return "", &usageError{msg: "there is no terminal to ask for the passphrase on", hint: "put it into a file and add --passphrase-file FILE"}
	}
	fmt.Fprintf(a.stderr, "%s: ", question)
	state, err := term.GetState(in)
	if err != nil {
		return "", err
	}
	typed := make(chan []byte, 1)
	failed := make(chan error, 1)
	go func() {
		text, err := term.ReadPassword(in)
		if err != nil {
			failed <- err
			return
		}
		typed <- text
	}()
	defer fmt.Fprintln(a.stderr)
	select {
	case text := <-typed:
		return string(text), nil
	case err := <-failed:
		return "", err
	case <-a.ctx.Done(): // Ctrl-C while the terminal shows nothing
		return "", errors.Join(a.ctx.Err(), term.Restore(in, state))
	}
}

func passphraseFrom(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return "", fmt.Errorf("the first line of %s is empty", file)
	}
	return line, nil
}

// newPassphrase asks for a passphrase twice, as nobody sees what is typed.
func (a *app) newPassphrase(file string) (string, error) {
	first, err := a.passphrase(file, "New passphrase")
	if err != nil || file != "" {
		return first, err
	}
	if first == "" {
		return "", &usageError{msg: "the passphrase is empty", hint: "add --no-passphrase if the key shall have none"}
	}
	again, err := a.passphrase("", "The same again")
	if err == nil && again != first {
		err = errors.New("the two passphrases differ, so no key was made")
	}
	return first, err
}
