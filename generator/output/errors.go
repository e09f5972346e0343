package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/dossier-report/dossier/generator/diag"
)

// The codes of the diagnostics of this package.
const (
	CodePath      = "output-path"
	CodeCollision = "output-collision"
	CodeForeign   = "output-foreign"
	CodeLocked    = "output-locked"
	CodeReadOnly  = "output-read-only"
	CodeFull      = "output-full"
	CodeMount     = "output-mount"
	CodeKind      = "output-kind"
	CodeManifest  = "output-manifest"
	CodeFailed    = "output-failed"
	CodeKept      = "output-kept"
	CodeLeftover  = "output-leftover"
)

// Rules describes every diagnostic that this package can give.
func Rules() []diag.Rule {
	rules := []diag.Rule{
		{Code: CodePath, Summary: "a path that not every system can hold",
			Help: "A file of the site would get a path that leads out of the output folder, or that a web server, a USB stick or Windows cannot hold: control characters, `< > : \" | ? *`, a backslash, names such as `CON`, or a name that ends with a full stop. Rename the record or the file that gives the path."},
		{Code: CodeCollision, Summary: "two files want the same path",
			Help: "Two pages or files of the site have the same path, or paths that differ only by case, which Windows and macOS take for one. Rename one of them."},
		{Code: CodeForeign, Summary: "a file that dossier did not write is in the way",
			Help: "The output folder has a file at a path that the site needs, and the manifest in `.dossier` does not say that dossier wrote it. Files of others are never changed, so nothing was written. Move the file away, or build into another folder with `--out`."},
		{Code: CodeLocked, Summary: "two builds write into one folder",
			Help: "Another build (perhaps `dossier serve`) is writing into the output folder. Wait until it has ended, or build into another folder with `--out`. The lock ends with its process; there is no file to remove."},
		{Code: CodeReadOnly, Summary: "the output folder cannot be written",
			Help: "The right to write into the output folder, or into the folder above it, is missing. The new site is made beside the old one and swapped in whole, so both are needed."},
		{Code: CodeFull, Summary: "the disk is full",
			Help: "There was no room for the new site, or a quota is used up. The old site is as it was. A build needs room for the files that change, not for the whole site twice."},
		{Code: CodeMount, Summary: "the output folder is a mount point",
			Help: "A mount point cannot be swapped for another folder, and a mount inside the output cannot be carried over. Build into a folder inside the mount: `--out /mount/site`."},
		{Code: CodeKind, Summary: "the output is not a folder",
			Help: "The output path names a file, or a symbolic link that leads nowhere. Remove it, or choose another folder with `--out`."},
		{Code: CodeManifest, Summary: "the manifest in the output folder is damaged",
			Help: "`.dossier/manifest` in the output folder says which files dossier wrote. It cannot be read, so dossier cannot tell its files from yours and stops. If the folder holds nothing but the site, remove it; it is built anew."},
		{Code: CodeFailed, Summary: "the output could not be written",
			Help: "The system refused a step while the site was being written. The old site is as it was."},
		{Code: CodeKept, Severity: diag.Warning, Summary: "somebody else changed a file during the build",
			Help: "A file that dossier did not write was changed in the output folder just when the new site was swapped in. Both versions were kept: one in the folder, the other in `kept` in the working folder beside it."},
		{Code: CodeLeftover, Severity: diag.Warning, Summary: "the old site could not be cleaned up",
			Help: "The new site is in place, but parts of the old one could not be removed from the working folder beside it (`.public.dossier` for `public`). The next build tries again."},
	}
	for i := range rules {
		rules[i].Fixed = true
	}
	return rules
}

// Error is a fault of writing a site. The folder is as it was before.
type Error struct {
	diag.Diagnostic
	Cause error // of the system; may be nil
}

// Unwrap gives the diagnostic and the system's error.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Diagnostic}
	}
	return []error{e.Diagnostic, e.Cause}
}

// refuse is an error about the folder: the message continues its name.
func (t *Tx) refuse(code, message, hint string, cause error) error {
	return &Error{Cause: cause, Diagnostic: diag.Diagnostic{
		Code: code, Span: t.file.Span(0, 0), Message: "the output folder " + message, Hint: hint,
	}}
}

// fail is an error of the system, without the paths of the working folder.
func (t *Tx) fail(verb, name string, err error) error {
	var already *Error
	if errors.As(err, &already) {
		return already
	}
	code, hint := CodeFailed, ""
	switch {
	case errors.Is(err, syscall.ENOSPC) || isQuota(err):
		code, hint = CodeFull, "make room and build again; the last site is untouched"
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		code, hint = CodeReadOnly, "the folder and the one above it must be writable"
	case errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.EXDEV):
		code, hint = CodeMount, "choose a folder that is neither a mount point nor open in another program"
	}
	what := "cannot " + verb + " the output folder"
	if name != "" {
		what = "cannot " + verb + " " + quote(name)
	}
	return &Error{Cause: err, Diagnostic: diag.Diagnostic{
		Code: code, Span: t.file.Span(0, 0), Message: what + ": " + reason(err), Hint: hint,
	}}
}

// reason is what the system said, without the path it said it about.
func reason(err error) string {
	var p *fs.PathError
	var l *os.LinkError
	var s *os.SyscallError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &l):
		return l.Err.Error()
	case errors.As(err, &s):
		return s.Err.Error()
	}
	return err.Error()
}
