package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"

	"github.com/dossier-report/dossier/generator/output"
)

// form names the form of a manifest and its version.
const form = "dossier package 1"

// Manifest is what a package says of itself and of each of its files.
type Manifest struct {
	Info
	Files []Entry // sorted by path
}

// Entry is a file of a package.
type Entry struct {
	Path   string // with slashes, below the folder of the package
	Size   int64  // bytes
	SHA256 string // lower-case hexadecimal
}

// Entry is the entry of a path.
func (m Manifest) Entry(name string) (Entry, bool) {
	i := sort.Search(len(m.Files), func(i int) bool { return m.Files[i].Path >= name })
	if i == len(m.Files) || m.Files[i].Path != name {
		return Entry{}, false
	}
	return m.Files[i], true
}

// Bytes is the size of all files together. It stops growing far beyond any
// limit, so that a made-up manifest cannot make it wrap.
func (m Manifest) Bytes() int64 {
	const most = 1 << 60
	var n int64
	for _, e := range m.Files {
		if e.Size > most-n {
			return most
		}
		n += e.Size
	}
	return n
}

// head is the order of the fields of a manifest before its files.
type head struct {
	Form     string   `json:"form"`
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Version  string   `json:"dossier"`
	Go       string   `json:"go"`
	Built    string   `json:"built"`
	AsOf     string   `json:"as_of"`
	Audience string   `json:"audience"`
	Input    string   `json:"input_sha256"`
	Part     []string `json:"part,omitempty"`
}

func headOf(form string, i Info) head {
	return head{form, i.Name, i.Title, i.Version, i.Go, i.Built, i.AsOf, i.Audience, i.Input, i.Part}
}

func (h head) info() Info {
	return Info{
		Name: h.Name, Title: h.Title, Version: h.Version, Go: h.Go, Built: h.Built,
		AsOf: h.AsOf, Audience: h.Audience, Input: h.Input, Part: h.Part,
	}
}

type jsonEntry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Encode is the text of MANIFEST.json: JSON with one line for every file.
// There is exactly one such text for a manifest.
func (m Manifest) Encode() []byte {
	var b bytes.Buffer
	text := line(headOf(form, m.Info))
	b.WriteString("{\n\"about\": ")
	b.Write(text)
	b.WriteString(",\n\"files\": [")
	for i, e := range m.Files {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line(jsonEntry(e)))
	}
	b.WriteString("\n]\n}\n")
	return b.Bytes()
}

// line is a value as JSON on one line.
func line(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // texts and numbers only
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// parseManifest reads a manifest that may come from anybody. Its text must be
// the one that Encode gives, so that no two readers can read it differently.
func parseManifest(text []byte) (Manifest, error) {
	var in struct {
		About head        `json:"about"`
		Files []jsonEntry `json:"files"`
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&in); err != nil {
		return Manifest{}, errors.New("it is not JSON as dossier writes it")
	}
	if in.About.Form != form {
		if strings.HasPrefix(in.About.Form, "dossier package ") {
			return Manifest{}, fmt.Errorf("it has the form %q, and this dossier knows %q", in.About.Form, form)
		}
		return Manifest{}, errors.New("it is not the manifest of a package of dossier")
	}
	m := Manifest{Info: in.About.info()}
	for _, e := range in.Files {
		m.Files = append(m.Files, Entry(e))
	}
	if err := m.check(); err != nil {
		return Manifest{}, err
	}
	if !bytes.Equal(m.Encode(), text) {
		return Manifest{}, errors.New("it is not written as dossier writes it")
	}
	return m, nil
}

func (m Manifest) checkInfo() error {
	if err := output.CheckName(m.Name); err != nil || strings.Contains(m.Name, "/") {
		return fmt.Errorf("%q cannot be the name of a folder", m.Name)
	}
	for _, day := range []string{m.Built, m.AsOf} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("%q is not a day", day)
		}
	}
	if m.Input != "" && !isHash(m.Input) {
		return errors.New("the SHA-256 of the input is not one")
	}
	return nil
}

func (m Manifest) check() error {
	if err := m.checkInfo(); err != nil {
		return err
	}
	var beside output.Names
	for i, e := range m.Files {
		why, _ := nameProblem(m.Name, e.Path)
		switch {
		case why != "":
			return fmt.Errorf("it lists %q, which %s", e.Path, why)
		case e.Path == ManifestName || e.Path == SignatureName:
			return fmt.Errorf("it lists %q", e.Path)
		case i > 0 && m.Files[i-1].Path >= e.Path:
			return fmt.Errorf("%q is out of order", e.Path)
		case e.Size < 0:
			return fmt.Errorf("the size of %q is not one", e.Path)
		case !isHash(e.SHA256):
			return fmt.Errorf("the SHA-256 of %q is not one", e.Path)
		}
		if other, why := beside.Add(e.Path); why != "" {
			return fmt.Errorf("it lists %q and %q: %s", other, e.Path, why)
		}
	}
	if _, ok := m.Entry(IndexName); !ok {
		return errors.New("it lists no " + IndexName)
	}
	return nil
}

func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size && s == strings.ToLower(s)
}

func hashed(name string, r io.Reader) (Entry, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return Entry{Path: name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func fingerprint(manifest []byte) string { return sum(manifest) }
