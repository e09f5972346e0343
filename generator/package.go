package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/names"
	"github.com/dossier-report/dossier/generator/output"
	"github.com/dossier-report/dossier/generator/pack"
	"github.com/dossier-report/dossier/generator/site"
)

// PackOptions say what to pack. The zero value packs the whole report of the
// project in the current folder, unsigned.
type PackOptions struct {
	Project string    // folder of the project
	Out     string    // the file, or a folder for it that exists; dist in the project when empty
	Date    model.Day // day of the build; the report's own date when zero

	Key      *pack.SecretKey // signs the package; nil for no signature
	Entities []string        // ids of entities whose pages, with what they link to, are packed alone
	Pages    []string        // paths of such pages

	Single bool  // one HTML file in place of a zip file; its signature is written beside it
	Limit  int64 // bytes that this file may have; DefaultLimit when zero
}

// DefaultLimit is how large a single file may be: what most mail programs take.
const DefaultLimit = 25_000_000

// PackResult says what was packed.
type PackResult struct {
	Diagnostics []diag.Diagnostic // sorted
	File        string            // that was written
	Bytes       int64             // its size
	Manifest    pack.Manifest
	Fingerprint string // of the package; of a single file its SHA-256

	Pages  int          // of a single file
	Shares []pack.Share // of a single file: its parts, the largest first
}

// Pack checks a project, builds its site and puts it into one file that can be
// handed on. The file is put in place as a whole, after the package in it has
// stood the check that Verify makes; when Pack returns an error, what was
// there before is as it was.
func Pack(ctx context.Context, opts PackOptions) (res PackResult, err error) {
	b, found, err := open(ctx, opts.Project, opts.Date, "add --date with the day on which the package will be handed on")
	res.Diagnostics = found
	if err != nil {
		return res, err
	}
	defer b.root.Close() // opened for reading only
	tmp, err := os.MkdirTemp("", "dossier-pack-")
	if err != nil {
		return res, err
	}
	defer os.RemoveAll(tmp)
	tree, found, err := b.tree(filepath.Join(tmp, "site"))
	res.Diagnostics = diag.Sort(append(res.Diagnostics, found...))
	if err != nil {
		return res, err
	}
	info := packInfo(b.view)
	if d := b.takePart(tree, &info, opts); d != nil {
		return res.refuse(*d)
	}
	if opts.Single {
		return b.single(tree, info, opts, res)
	}
	tree.Put(pack.ReadmeName, b.readme(info, opts.Key != nil))
	p, found, err := pack.New(tree, info)
	if err != nil {
		return res, err
	}
	if len(found) > 0 {
		return res.refuse(found...)
	}
	if opts.Key != nil {
		p.Sign(opts.Key)
	}
	res.Manifest, res.Fingerprint = p.Manifest, p.Fingerprint()
	res.File = packFile(opts.Project, opts.Out, info.Name+".zip")
	found, res.Bytes, err = place(res.File, isZip, func(f *os.File) ([]diag.Diagnostic, error) {
		if _, err := p.WriteTo(f); err != nil {
			return nil, err
		}
		return selfCheck(ctx, f, opts.Key)
	})
	if err == nil && len(found) > 0 {
		return res.refuse(found...)
	}
	return res, err
}

// refuse ends packing with diagnostics that are errors.
func (r PackResult) refuse(found ...diag.Diagnostic) (PackResult, error) {
	for i := range found {
		found[i].Severity = diag.Error
	}
	r.Diagnostics = diag.Sort(append(r.Diagnostics, found...))
	return r, ErrDiagnostics
}

// tree builds the site into a folder of its own.
func (b *builder) tree(dir string) (*pack.Tree, []diag.Diagnostic, error) {
	tx, err := output.Begin(dir, output.Options{NoSync: true})
	if err != nil {
		return nil, nil, err
	}
	defer tx.Abort()
	made, err := b.fill(tx, nil)
	var fault *output.Error
	if errors.As(err, &fault) {
		d := fault.Diagnostic
		d.Severity, d.Span = diag.Error, diag.NewFile("the package", nil).Span(0, 0)
		return nil, append(made.found, d), ErrDiagnostics
	}
	if err != nil {
		return nil, made.found, err
	}
	if _, err := tx.Commit(); err != nil {
		return nil, made.found, err
	}
	tree, err := pack.NewTree(os.DirFS(dir))
	return tree, made.found, err
}

// packInfo is what a package of a view says of itself.
func packInfo(v *model.View) pack.Info {
	first := v.Settings.FirstLanguage()
	title, _ := v.Settings.Title.In(first, first)
	name := shorten(names.Slug(title), 48)
	if v.Audience != "public" {
		name += "-" + v.Audience
	}
	if v.Past {
		name += "-as-of-" + v.AsOf.String()
	}
	return pack.Info{
		Name: name + "-" + v.Date.String(), Title: title, Version: Version, Go: runtime.Version(),
		Built: v.Date.String(), AsOf: v.AsOf.String(), Audience: v.Audience, Input: inputHash(v),
	}
}

// shorten cuts a slug between words.
func shorten(slug string, most int) string {
	if len(slug) <= most {
		return slug
	}
	slug = slug[:most]
	if n := strings.LastIndexByte(slug, '-'); n > most/2 {
		slug = slug[:n]
	}
	return strings.Trim(slug, "-")
}

// single writes the report as one HTML file.
func (b *builder) single(tree *pack.Tree, info pack.Info, opts PackOptions, res PackResult) (PackResult, error) {
	made, d, err := pack.Single{Words: b.words(), Limit: cmp.Or(opts.Limit, DefaultLimit)}.Make(tree, info)
	if err != nil {
		return res, err
	}
	if d != nil {
		return res.refuse(*d)
	}
	var signature []byte
	if opts.Key != nil {
		signature = opts.Key.SignFile(made.Text, info)
	}
	res.Manifest.Info, res.Pages, res.Shares = info, made.Pages, made.Shares
	res.File = packFile(opts.Project, opts.Out, info.Name+".html")
	checked, err := pack.Page(b.ctx, bytes.NewReader(made.Text), signature, pack.Options{Key: publicOf(opts.Key)})
	if err != nil {
		return res, err
	}
	res.Fingerprint = checked.Fingerprint
	if !checked.Intact {
		return res.refuse(checkDiagnostics(checked)...)
	}
	found, size, err := place(res.File, pack.IsSingle, func(f *os.File) ([]diag.Diagnostic, error) {
		_, err := f.Write(made.Text)
		return nil, err
	})
	if err == nil && len(found) == 0 && signature != nil {
		found, _, err = place(res.File+pack.SignatureExt, pack.IsSignature, func(f *os.File) ([]diag.Diagnostic, error) {
			_, err := f.Write(signature)
			return nil, err
		})
	}
	res.Bytes = size
	if err == nil && len(found) > 0 {
		return res.refuse(found...)
	}
	return res, err
}

func publicOf(key *pack.SecretKey) *pack.PublicKey {
	if key == nil {
		return nil
	}
	return key.Public()
}

// readme is the text of README.txt in all languages of the report.
func (b *builder) readme(info pack.Info, signed bool) []byte {
	var titles []string
	var words []pack.Words
	wordsOf := b.words()
	for _, lang := range languages(b.view.Settings) {
		title, _ := b.view.Settings.Title.In(lang, b.view.Settings.FirstLanguage())
		titles, words = append(titles, title), append(words, wordsOf(lang))
	}
	return pack.Readme(info, titles, signed, words)
}

// packFile is the file to write. An existing folder is where it goes.
func packFile(project, out, name string) string {
	if out == "" {
		return filepath.Join(cmp.Or(project, "."), "dist", name)
	}
	if info, err := os.Stat(out); err == nil && info.IsDir() || os.IsPathSeparator(out[len(out)-1]) {
		return filepath.Join(out, name)
	}
	return out
}

func isZip(begin []byte) bool { return bytes.HasPrefix(begin, []byte("PK\x03\x04")) }

// place writes a file and puts it in place as a whole. A file that is there
// already goes only when ours says that it is of the same sort. With
// diagnostics nothing is put in place.
func place(name string, ours func(begin []byte) bool, write func(*os.File) ([]diag.Diagnostic, error)) ([]diag.Diagnostic, int64, error) {
	if d := occupied(name, ours); d != nil {
		return []diag.Diagnostic{*d}, 0, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, 0, err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".dossier-*")
	if err != nil {
		return nil, 0, err
	}
	defer os.Remove(f.Name()) // is gone once it has been put in place
	defer f.Close()           // again, when something goes wrong
	found, err := write(f)
	if err != nil || len(found) > 0 {
		return found, 0, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return nil, size, err
}

func occupied(name string, ours func(begin []byte) bool) *diag.Diagnostic {
	refuse := func(what string) *diag.Diagnostic {
		return &diag.Diagnostic{
			Code: codePackOut, Span: diag.NewFile(filepath.ToSlash(name), nil).Span(0, 0),
			Message: "the package cannot be put there: " + what, Hint: "choose another file with --out, or move it away",
		}
	}
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && !info.Mode().IsRegular():
		return refuse("there is something that is no file")
	}
	f, err := os.Open(name)
	if err != nil {
		return refuse("there is a file that cannot be read")
	}
	defer f.Close() // opened for reading only
	begin := make([]byte, pack.SealSize)
	n, _ := io.ReadFull(f, begin) // a shorter file is not one of ours
	if !ours(begin[:n]) {
		return refuse("there is a file that dossier did not write")
	}
	return nil
}

// mostChecks is the number of findings of a check that are named.
const mostChecks = 50

// selfCheck looks at a package that was just written as Verify would.
func selfCheck(ctx context.Context, f *os.File, key *pack.SecretKey) ([]diag.Diagnostic, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	// A report may be larger than what is safe to take from anybody.
	result, err := pack.Zip(ctx, f, size, pack.Options{Key: publicOf(key), Limits: pack.Limits{Bytes: 1 << 50, Files: 1 << 30}})
	if err != nil {
		return nil, err
	}
	return checkDiagnostics(result), nil
}

func checkDiagnostics(result pack.Result) []diag.Diagnostic {
	var out []diag.Diagnostic
	for i, finding := range result.Findings {
		if i == mostChecks {
			break
		}
		d := diag.Diagnostic{Code: pack.CodeCheck, Message: finding.Message}
		if finding.Path != "" {
			d.Span = diag.NewFile(finding.Path, nil).Span(0, 0)
		}
		out = append(out, d)
	}
	return out
}

// VerifyOptions say how to look at a package.
type VerifyOptions struct {
	Key *pack.PublicKey // that must have signed it; nil to not ask
}

// Verify looks at a package: a zip file, a folder that one was unpacked into,
// or a report in one HTML file, with its signature, if it has one, in a file of
// its name and ".minisig". The error says that there is nothing to look at;
// everything that is wrong with a package is a finding.
func Verify(ctx context.Context, name string, opts VerifyOptions) (pack.Result, error) {
	info, err := os.Stat(name)
	if err != nil {
		return pack.Result{}, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return pack.Result{}, err
		}
		defer root.Close() // opened for reading only
		return pack.Folder(ctx, root.FS(), pack.Options{Key: opts.Key})
	}
	if !info.Mode().IsRegular() {
		return pack.Result{}, fmt.Errorf("%s is neither a file nor a folder", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return pack.Result{}, err
	}
	defer f.Close() // opened for reading only
	begin := make([]byte, pack.SealSize)
	n, _ := f.ReadAt(begin, 0) // a shorter file is not one of ours
	if !pack.IsSingle(begin[:n]) {
		return pack.Zip(ctx, f, info.Size(), pack.Options{Key: opts.Key})
	}
	signature, err := signatureOf(name)
	if err != nil {
		return pack.Result{}, err
	}
	return pack.Page(ctx, f, signature, pack.Options{Key: opts.Key})
}

// signatureOf is the text of the signature beside a file; nil when there is
// none.
func signatureOf(name string) ([]byte, error) {
	f, err := os.Open(name + pack.SignatureExt)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()                                  // opened for reading only
	text, err := io.ReadAll(io.LimitReader(f, 4096)) // a longer one is no signature
	return append([]byte{}, text...), err
}

const codePackOut = "package-place"

func packRules() []diag.Rule {
	return append(pack.Rules(), diag.Rule{
		Code: codePackOut, Severity: diag.Error, Fixed: true, Summary: "something else lies where the package should go", Help: `
A package takes the place of an earlier one of the same name, and of nothing else. Choose another file with --out, or
move away what is there.`})
}

// verifyPage is the page that checks a copy.
const verifyPage = "verify.html"

// takePart leaves nothing in a tree but the part that was asked for.
func (b *builder) takePart(tree *pack.Tree, info *pack.Info, opts PackOptions) *diag.Diagnostic {
	if len(opts.Entities)+len(opts.Pages) == 0 {
		return nil
	}
	var start []string
	for _, id := range opts.Entities {
		e := b.view.Entity(id)
		if e == nil {
			var known []string
			for _, e := range b.view.Entities {
				known = append(known, e.ID)
			}
			return &diag.Diagnostic{Code: pack.CodePart, Message: fmt.Sprintf("no entity %q", id), Hint: diag.DidYouMean(id, known)}
		}
		start = append(start, "entities/"+id+".html")
	}
	for _, name := range opts.Pages {
		start = append(start, strings.TrimPrefix(filepath.ToSlash(name), "./"))
	}
	for _, name := range start {
		if !tree.Has(name) || !strings.HasSuffix(name, ".html") {
			var known []string
			for _, have := range tree.Names() {
				if strings.HasSuffix(have, ".html") {
					known = append(known, have)
				}
			}
			return &diag.Diagnostic{Code: pack.CodePart, Message: fmt.Sprintf("no page %q", name), Hint: pageHint(tree, name, known)}
		}
	}
	slices.Sort(start)
	start = slices.Compact(start)
	info.Part = start
	info.Name = partName(info, start)
	all, always := slices.Clone(start), []string{verifyPage}
	for _, lang := range languages(b.view.Settings)[1:] { // the same pages in the other languages
		for _, name := range start {
			if tree.Has(lang + "/" + name) {
				all = append(all, lang+"/"+name)
			}
		}
		always = append(always, lang+"/"+verifyPage)
	}
	part := pack.Part{Start: all, Always: always, Words: b.words()}
	if err := part.Take(tree); err != nil {
		return &diag.Diagnostic{Code: pack.CodePart, Message: err.Error()}
	}
	return nil
}

// pageHint says how a page that is not there may have been meant.
func pageHint(tree *pack.Tree, name string, known []string) string {
	if list := path.Join(strings.TrimSuffix(name, ".html"), "index.html"); tree.Has(list) { // data/, or data.html
		return fmt.Sprintf("did you mean %q?", list)
	}
	return cmp.Or(diag.DidYouMean(name, known), "pages are named as in their address, such as entities/index.html")
}

// words are those of the theme, by language.
func (b *builder) words() func(lang string) pack.Words {
	words := map[string]pack.Words{}
	return func(lang string) pack.Words {
		if words[lang] == nil {
			w := site.Words(b.render, cmp.Or(lang, b.view.Settings.FirstLanguage()))
			words[lang] = func(key string) string { return w[key] }
		}
		return words[lang]
	}
}

// partName puts the first page of a part into the name of its package.
func partName(info *pack.Info, start []string) string {
	stem := names.Slug(strings.TrimSuffix(path.Base(start[0]), ".html"))
	if stem == "index" || stem == "index-1" {
		stem = names.Slug(path.Dir(start[0]))
	}
	if len(start) > 1 {
		stem += fmt.Sprintf("-and-%d-more", len(start)-1)
	}
	base := strings.TrimSuffix(info.Name, "-"+info.Built)
	return shorten(base, 40) + "-" + shorten(stem, 40) + "-" + info.Built
}
