// Package pack makes a site into one file that can be handed on, and looks at
// such a file without trusting it.
//
// # What a package is
//
// A zip file with one folder in it. The folder holds the pages of a site,
// README.txt, which says how to open it, and MANIFEST.json, which lists every
// other file with its size and SHA-256; it may hold MANIFEST.json.minisig, a
// signature of the manifest that every minisign program can check. The SHA-256
// of the manifest is the fingerprint of the package: whoever knows it from
// elsewhere knows every byte of every file.
//
// The same files and options give the same bytes: entries stand in a fixed
// order (index.html first, the others by their paths), with the day of the
// build as their time, one mode, and a compression that depends on nothing but
// the bytes. Files that only a web server needs are left out; see NewTree.
//
// # What Zip and Folder promise
//
// They look at a package that may come from anybody, and never write a file.
// Nothing is believed before the manifest has been found whole: no entry is
// unpacked that it does not list, none further than the size it states, and
// the whole no further than its Limits. A package is intact when every file is
// listed and unchanged, no other file is there, every link within leads to
// something, no page loads anything from elsewhere and every page has a policy
// that forbids it. The zip file itself must be just what it seems: no bytes
// before, between or after the entries, no entry that is described twice or in
// two ways.
//
// What is not looked at is what scripts do (the policy of the page holds them)
// and what other programs make of attachments. Without a key, intact does not
// say who made the package.
package pack

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/output"
)

// Names of the files that a package has beside those of the site.
const (
	ManifestName  = "MANIFEST.json"
	SignatureName = "MANIFEST.json.minisig"
	ReadmeName    = "README.txt"
	IndexName     = "index.html"
)

// maxPath is the longest path in a package, its folder included, in UTF-16
// units. Windows Explorer unpacks nothing whose full path is longer than 259;
// the rest is left for the folder that the reader chooses.
const maxPath = 180

// Info is what a package says about itself.
type Info struct {
	Name     string   // of the folder, and of the zip file without its extension
	Title    string   // of the report
	Version  string   // of dossier
	Go       string   // version of Go that it was built with, which decides how files are compressed
	Built    string   // day of the build, as 2026-06-08
	AsOf     string   // day looked at
	Audience string   // "public", or a narrower one
	Input    string   // SHA-256 of the records as this package shows them, in hexadecimal
	Part     []string // pages that a package of a part begins with; nil for one of the whole report
}

// Package is a package that is ready to be written.
type Package struct {
	Manifest  Manifest
	Signature []byte // text of a minisign signature of Manifest.Encode(); nil for none

	encoded []byte
	tree    *Tree
}

// New makes a package of all files of a tree, which must not hold a manifest.
// A file that not every system could unpack is an error among the diagnostics,
// and there is no package then.
func New(tree *Tree, info Info) (*Package, []diag.Diagnostic, error) {
	names := tree.Names()
	if found := checkNames(info.Name, names); len(found) > 0 {
		return nil, found, nil
	}
	p := &Package{tree: tree, Manifest: Manifest{Info: info}}
	for _, name := range names {
		data, err := tree.Read(name)
		if err != nil {
			return nil, nil, err
		}
		p.Manifest.Files = append(p.Manifest.Files, Entry{Path: name, Size: int64(len(data)), SHA256: sum(data)})
	}
	p.encoded = p.Manifest.Encode()
	return p, nil, nil
}

// Fingerprint is the SHA-256 of the manifest, in hexadecimal.
func (p *Package) Fingerprint() string { return fingerprint(p.encoded) }

// checkNames says which paths not every system could unpack.
func checkNames(folder string, paths []string) []diag.Diagnostic {
	var found []diag.Diagnostic
	var beside output.Names
	for _, name := range append([]string{ManifestName, SignatureName}, paths...) {
		why, hint := nameProblem(folder, name)
		if why == "" {
			if other, reason := beside.Add(name); reason != "" {
				why = fmt.Sprintf("stands beside %q: %s", other, reason)
			}
		}
		if why != "" {
			found = append(found, diag.Diagnostic{
				Severity: diag.Error, Code: CodeName, Message: fmt.Sprintf("not every computer could unpack %q: it %s", name, why), Hint: hint,
			})
		}
	}
	return found
}

func nameProblem(folder, name string) (why, hint string) {
	if err := output.CheckName(name); err != nil {
		return "cannot be a file everywhere: " + err.Error(), "rename it"
	}
	if !norm.NFC.IsNormalString(name) {
		return "has letters written as several characters", "rename it with composed letters (Unicode NFC)"
	}
	if n := len(utf16.Encode([]rune(folder + "/" + name))); n > maxPath {
		return fmt.Sprintf("is %d characters long with the folder of the package, %d more than Windows can be relied on for", n, n-maxPath), "use a shorter name"
	}
	return "", ""
}

// WriteTo writes the zip file.
func (p *Package) WriteTo(w io.Writer) (int64, error) {
	z, err := newZipper(w, p.Manifest.Name, p.Manifest.Built)
	if err != nil {
		return 0, err
	}
	memory := map[string][]byte{ManifestName: p.encoded}
	names := []string{ManifestName}
	if p.Signature != nil {
		memory[SignatureName] = p.Signature
		names = append(names, SignatureName)
	}
	for _, e := range p.Manifest.Files {
		names = append(names, e.Path)
	}
	slices.SortFunc(names, indexFirst)
	for _, name := range names {
		data, ok := memory[name]
		if !ok {
			if data, err = p.tree.Read(name); err != nil {
				return z.written(), err
			}
			if e, listed := p.Manifest.Entry(name); !listed || e.SHA256 != sum(data) {
				return z.written(), fmt.Errorf("%s has changed while it was being packed", name)
			}
		}
		if err := z.add(name, data); err != nil {
			return z.written(), err
		}
	}
	err = z.close()
	return z.written(), err
}

func indexFirst(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == IndexName:
		return -1
	case b == IndexName:
		return 1
	}
	return strings.Compare(a, b)
}
