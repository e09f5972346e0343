package pack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// A report in one file begins with a line that every page has, and with one
// that holds the SHA-256 of all that follows, so that damage is noticed.
const (
	sealDoctype = "<!doctype html>\n"
	sealForm    = "dossier single file 1"
	sealStart   = sealDoctype + "<!-- " + sealForm + ", sha256 "
	sealEnd     = " -->\n"
	sealSize    = len(sealStart) + 64 + len(sealEnd)
)

// SealSize is how many bytes IsSingle needs to see.
const SealSize = sealSize

// IsSingle reports whether a file begins as a report in one file does.
func IsSingle(begin []byte) bool {
	return len(begin) >= sealSize && bytes.HasPrefix(begin, []byte(sealStart)) && string(begin[sealSize-len(sealEnd):sealSize]) == sealEnd
}

// seal puts in front of a page what every such file begins with.
func seal(page []byte) []byte {
	return append([]byte(sealStart+sum(page)+sealEnd), page...)
}

// about is what a report in one file says of itself, as JSON that can stand in
// a page.
func about(info Info) []byte {
	text, err := json.Marshal(headOf(sealForm, info)) // escapes "<"
	if err != nil {
		panic(err) // texts only
	}
	return text
}

// MostPage is the size, in bytes, up to which a report in one file is looked
// into.
const MostPage = 256 << 20

// Page looks at a report in one HTML file, and at its signature, if there is
// one. It is intact when the SHA-256 that stands in front is that of the rest,
// it loads nothing, and every link within leads to something. The fingerprint
// is the SHA-256 of the whole file. The error is that of the context or the
// reader.
func Page(ctx context.Context, r io.Reader, signature []byte, opts Options) (Result, error) {
	c := newChecker(ctx, opts, -1)
	text, err := io.ReadAll(&stopped{ctx: ctx, r: io.LimitReader(r, MostPage+1)})
	if err != nil {
		return Result{}, err
	}
	if len(text) > MostPage {
		c.find(CodeBomb, "", "is longer than %s, too much to look into", size(MostPage))
		return c.finish()
	}
	c.result.Fingerprint, c.result.Bytes = fingerprint(text), int64(len(text))
	c.signatureName = "the signature beside it"
	c.signed(signature, text)
	c.sealed(text)
	return c.finish()
}

// sealed looks at the text of a report in one file.
func (c *checker) sealed(text []byte) {
	if !IsSingle(text) {
		c.find(CodeUnreadable, "", "it is not a report in one file, or its beginning was changed")
		return
	}
	page := text[sealSize:]
	if string(text[len(sealStart):len(sealStart)+64]) != sum(page) {
		c.find(CodeChanged, "", "has been changed or cut off: its SHA-256 is not the one that stands at its beginning")
		return // what is said of a damaged page would mislead
	}
	c.pages = newInspector(Manifest{Files: []Entry{{Path: IndexName}}}, func(code, _, format string, args ...any) { c.find(code, "", format, args...) })
	c.pages.page(IndexName, page)
	c.pages.follow()
	if err := c.aboutSingle(page); err != nil {
		c.find(CodeManifest, "", "what it says of itself cannot be trusted: %v", err)
	}
}

func (c *checker) aboutSingle(page []byte) error {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return err
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || value(n, "id") != aboutID {
			continue
		}
		var h head
		if n.FirstChild == nil || json.Unmarshal([]byte(n.FirstChild.Data), &h) != nil {
			return fmt.Errorf("it is not JSON as dossier writes it")
		}
		if h.Form != sealForm {
			return fmt.Errorf("it has the form %q, and this dossier knows %q", shown(h.Form), sealForm)
		}
		m := Manifest{Info: h.info()}
		if err := m.checkInfo(); err != nil {
			return err
		}
		c.result.Manifest, c.result.Single = m, true
		return nil
	}
	return fmt.Errorf("it says nothing")
}

// SignFile is a signature of a file that is handed on by itself.
func (k *SecretKey) SignFile(text []byte, info Info) []byte {
	return k.sign(text, fmt.Sprintf("dossier file %s, built %s", info.Name, info.Built))
}

// SignatureExt is what the name of a signature has behind that of its file.
const SignatureExt = ".minisig"

// IsSignature reports whether a file begins as a signature of minisign does.
func IsSignature(begin []byte) bool { return strings.HasPrefix(string(begin), "untrusted comment: ") }
