package pack

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"aead.dev/minisign"
)

// Result is what looking at a package has shown.
type Result struct {
	Intact      bool
	Findings    []Finding // why it is not intact; sorted, at most a few thousand
	More        int       // findings beyond those
	Signer      Signer
	Comment     string   // trusted comment of the signature, once it is verified
	KeyID       string   // of the signature, as it says itself; empty without one
	Fingerprint string   // SHA-256 of the manifest; empty when there is none to read
	Manifest    Manifest // zero when there is none to read
	Single      bool     // a report in one file, whose manifest lists no files
	Bytes       int64    // of that file, or of all files that the manifest lists
	Ignored     []string // files that an operating system has put into an unpacked folder
}

// Finding is one reason why a package is not intact.
type Finding struct {
	Code    string // one of the Code constants of findings
	Path    string // of the file in the package; empty when it is about the whole
	Message string // what is wrong, in a sentence without a full stop
}

// The codes of findings.
const (
	CodeUnreadable = "unreadable"   // it is no zip file, or is cut off
	CodeHidden     = "hidden-bytes" // bytes in the zip file that belong to no file, or that say two things
	CodeUnsafe     = "unsafe-name"  // a name that leads out of the folder, or that not every system can hold
	CodeDuplicate  = "duplicate"    // two files with one name
	CodeLink       = "not-a-file"   // a symbolic link, a device
	CodeBomb       = "too-large"    // it would unfold to more than it may
	CodeNoManifest = "no-manifest"
	CodeManifest   = "bad-manifest"
	CodeMissing    = "missing"
	CodeExtra      = "not-listed"
	CodeChanged    = "changed"
	CodeSignature  = "bad-signature" // not of this key, or not of this manifest
	CodeUnsigned   = "not-signed"    // a key was given, and there is no signature
	CodePolicy     = "policy"        // a page does not forbid what comes from elsewhere
	CodeOutside    = "outside"       // something is loaded from elsewhere
	CodeActive     = "active"        // a script or style where the policy wants none
	CodeDead       = "dead-link"
)

// Signer says what is known about who made a package.
type Signer string

// What is known of the signer. Only SignerVerified says anything about who
// made the package.
const (
	SignerVerified Signer = "verified" // the key that was given has signed the manifest
	SignerUnknown  Signer = "unknown"  // no key was given
	SignerOther    Signer = "other"    // the key that was given has not signed it
)

// Limits keep a package from using up the computer that looks at it. The zero
// value stands for the values in brackets.
type Limits struct {
	Files int   // entries (1 000 000)
	Bytes int64 // of all files, unpacked (16 GiB); also not more than Ratio times the zip file
	Ratio int64 // (200), and 64 MiB are always allowed
}

// Options say how to look at a package. The zero value asks for no signature.
type Options struct {
	Key    *PublicKey // that must have signed the manifest; nil to not ask
	Limits Limits
}

const (
	mostManifest = 256 << 20 // bytes; a million files with long paths
	mostRead     = 64 << 20  // bytes of a page, a style or an XML file that are looked into
	mostFindings = 2000
)

func (l Limits) files() int { return cmp.Or(l.Files, 1_000_000) }

// bytes is how much files may unfold to, for a zip file of a size.
func (l Limits) bytes(zipped int64) int64 {
	most := cmp.Or(l.Bytes, 16<<30)
	if zipped < 0 {
		return most
	}
	return min(most, max(l.Bytes, 64<<20)+cmp.Or(l.Ratio, 200)*zipped)
}

// item is a file in a package, found and not yet trusted.
type item struct {
	size int64 // as stated by the zip file or the file system
	open func() (io.ReadCloser, error)
}

// checker looks at one package.
type checker struct {
	ctx    context.Context
	opts   Options
	zipped int64 // size of the zip file; -1 for a folder
	items  map[string]item
	result Result
	pages  *inspector

	signatureName string // how findings name the signature
}

func newChecker(ctx context.Context, opts Options, zipped int64) *checker {
	return &checker{ctx: ctx, opts: opts, zipped: zipped, items: map[string]item{}, result: Result{Signer: SignerUnknown}, signatureName: SignatureName}
}

func (c *checker) find(code, name, format string, args ...any) {
	if len(c.result.Findings) >= mostFindings {
		c.result.More++
		return
	}
	c.result.Findings = append(c.result.Findings, Finding{code, name, fmt.Sprintf(format, args...)})
}

// finish sorts the findings and says what they come to.
func (c *checker) finish() (Result, error) {
	if err := c.ctx.Err(); err != nil {
		return Result{}, err
	}
	r := &c.result
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Code, b.Code), strings.Compare(a.Message, b.Message))
	})
	r.Findings = slices.Compact(r.Findings)
	r.Intact = len(r.Findings) == 0
	return *r, nil
}

// contents compares what was found with the manifest, and looks into pages.
func (c *checker) contents() {
	text, ok := c.manifest()
	if !ok {
		return
	}
	m, err := parseManifest(text)
	if err != nil {
		c.find(CodeManifest, ManifestName, "the manifest cannot be trusted: %v", err)
		return
	}
	c.result.Manifest, c.result.Fingerprint, c.result.Bytes = m, fingerprint(text), m.Bytes()
	c.signature(text)
	if most := c.opts.Limits.bytes(c.zipped); m.Bytes() > most {
		c.find(CodeBomb, "", "its files would unfold to %s, and %s are allowed", size(m.Bytes()), size(most))
		return
	}
	c.pages = newInspector(m, c.find)
	for _, e := range m.Files {
		if c.ctx.Err() != nil {
			return
		}
		it, ok := c.items[e.Path]
		if !ok {
			c.find(CodeMissing, e.Path, "is listed, and is not there")
			continue
		}
		delete(c.items, e.Path)
		c.file(e, it)
	}
	for name := range c.items {
		if name != ManifestName && name != SignatureName {
			c.find(CodeExtra, name, "is there, and is not listed")
		}
	}
	c.pages.follow()
}

func (c *checker) manifest() ([]byte, bool) {
	it, ok := c.items[ManifestName]
	if !ok {
		c.find(CodeNoManifest, "", "there is no %s in it, so it is not a package of dossier", ManifestName)
		return nil, false
	}
	if it.size > mostManifest {
		c.find(CodeBomb, ManifestName, "is %s long", size(it.size))
		return nil, false
	}
	text, err := readAll(it, it.size)
	if err != nil {
		c.find(CodeUnreadable, ManifestName, "cannot be read: %s", plain(err))
		return nil, false
	}
	return text, true
}

// file compares one file with what the manifest says of it.
func (c *checker) file(e Entry, it item) {
	if it.size != e.Size {
		c.find(CodeChanged, e.Path, "has been changed: it is %d bytes long, and %d are listed", it.size, e.Size)
		return
	}
	if c.pages.wants(e.Path) && e.Size > mostRead {
		c.find(CodeBomb, e.Path, "is %s long, too much to look into", size(e.Size))
		return
	}
	r, err := it.open()
	if err != nil {
		c.find(CodeUnreadable, e.Path, "cannot be read: %s", plain(err))
		return
	}
	defer r.Close() // opened for reading only
	limited := &stopped{ctx: c.ctx, r: io.LimitReader(r, e.Size+1)}
	if !c.pages.wants(e.Path) {
		got, err := hashed(e.Path, limited)
		c.compare(e, got, err)
		return
	}
	text, err := io.ReadAll(limited)
	got := Entry{Path: e.Path, Size: int64(len(text)), SHA256: sum(text)}
	if c.compare(e, got, err) {
		c.pages.look(e.Path, text)
	}
}

func (c *checker) compare(want, got Entry, err error) bool {
	switch {
	case c.ctx.Err() != nil:
	case err != nil:
		c.find(CodeChanged, want.Path, "has been damaged: %s", plain(err))
	case got != want:
		c.find(CodeChanged, want.Path, "has been changed: its SHA-256 is not the one that is listed")
	default:
		return true
	}
	return false
}

// signature looks for the signature of the manifest, and checks it when there
// is a key to check it with.
func (c *checker) signature(manifest []byte) {
	var text []byte
	if it, ok := c.items[SignatureName]; ok && it.size <= 4096 {
		var err error
		if text, err = readAll(it, it.size); err != nil {
			c.find(CodeUnreadable, SignatureName, "cannot be read: %s", plain(err))
		}
	} else if ok {
		c.find(CodeSignature, SignatureName, "is no signature")
		return
	}
	c.signed(text, manifest)
}

// signed checks the signature of a text, with the key if there is one.
func (c *checker) signed(text, manifest []byte) {
	var s minisign.Signature
	valid := text != nil && s.UnmarshalText(text) == nil && strict(text)
	if valid {
		c.result.KeyID = keyID(s.KeyID)
	} else if text != nil {
		c.find(CodeSignature, c.signatureName, "is no signature of minisign")
	}
	switch key := c.opts.Key; {
	case key == nil:
	case text == nil:
		c.result.Signer = SignerOther
		c.find(CodeUnsigned, "", "it is not signed, so nobody can say that the key %s has made it", key.ID())
	case !valid:
		c.result.Signer = SignerOther
	case s.KeyID != key.key.ID():
		c.result.Signer = SignerOther
		c.find(CodeSignature, c.signatureName, "is of another key, %s, and not of %s", keyID(s.KeyID), key.ID())
	case !minisign.Verify(key.key, manifest, text):
		c.result.Signer = SignerOther
		c.find(CodeSignature, c.signatureName, "does not fit what it signs: one of the two has been changed")
	default:
		c.result.Signer, c.result.Comment = SignerVerified, s.TrustedComment
	}
}

// strict reports whether the base64 of a signature is written as it is made:
// the last digit of a line has bits that mean nothing, and minisign looks past
// them.
func strict(signature []byte) bool {
	for i, line := range strings.Split(string(signature), "\n") {
		if _, err := base64.StdEncoding.Strict().DecodeString(line); i%2 == 1 && err != nil {
			return false
		}
	}
	return true
}

func readAll(it item, most int64) ([]byte, error) {
	r, err := it.open()
	if err != nil {
		return nil, err
	}
	defer r.Close() // opened for reading only
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) != most {
		err = errors.New("its size is not the one that is stated")
	}
	return text, err
}

// stopped ends reading when nobody waits any more.
type stopped struct {
	ctx context.Context
	r   io.Reader
}

func (s *stopped) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}

// plain is an error without the path of a file on this computer.
func plain(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return strings.TrimPrefix(err.Error(), "zip: ")
}

// size is a number of bytes for people.
func size(n int64) string {
	const unit = 1000
	if n < unit {
		return fmt.Sprintf("%d bytes", n)
	}
	value, names := float64(n), []string{"kB", "MB", "GB", "TB", "PB"}
	i := -1
	for value >= unit && i < len(names)-1 {
		value /= unit
		i++
	}
	return fmt.Sprintf("%.1f %s", value, names[i])
}

// ext is the extension of a path in lower case, with its dot.
func ext(name string) string { return strings.ToLower(path.Ext(name)) }

// Printable is a text from a package as it can be printed on a terminal:
// controls and marks that turn the direction of text become a replacement
// character.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
