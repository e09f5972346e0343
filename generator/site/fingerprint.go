package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash"
	"path"
)

// Asset is a file that templates have published while pages were rendered.
type Asset struct {
	SHA256 [sha256.Size]byte

	// Page is the first page, in the order of paths, that names the file; empty
	// when none does.
	Page string
}

// Fingerprint stands for everything but the pages that Render depends on:
// layouts, assets, translations and settings. Equal page descriptions with
// equal fingerprints give equal bytes. Static files are no part of it, for
// they are copied by every Render.
func Fingerprint(opts Options) [sha256.Size]byte {
	r := renderer{opts: opts}
	r.load()
	return r.fingerprint()
}

func (r *renderer) fingerprint() [sha256.Size]byte {
	h := sha256.New()
	settings, err := json.Marshal(r.opts.Settings)
	if err != nil {
		settings = []byte(err.Error()) // Render refuses such settings
	}
	put(h, []byte(r.opts.Title), []byte(r.opts.BaseURL), []byte(r.opts.Date.UTC().String()), settings)
	for _, folder := range []string{"layouts", "assets"} {
		for _, p := range r.files.sorted(folder) {
			put(h, []byte(p), r.files.files[p].text)
		}
	}
	for _, s := range r.files.i18n { // in the order in which they cover one another
		put(h, []byte(s.path), s.text)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// put writes texts so that no two lists of them are the same bytes.
func put(h hash.Hash, texts ...[]byte) {
	for _, text := range texts {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(text)))
		h.Write(size[:])
		h.Write(text)
	}
}

// mostNamed is the number of assets up to which pages are searched for their
// names. A theme that publishes more makes one for every page, or nearly.
const mostNamed = 100

// named is an asset that pages may name.
type named struct {
	base []byte // the end of its address
	page string // the first page that names it
}

// publish notes an asset that templates have made.
func (r *renderer) publish(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.published[name] == nil {
		r.published[name] = &named{base: []byte(path.Base(name))}
	}
}

// witness notes the assets that a page names. An asset is there before the
// page that has published it is finished.
func (r *renderer) witness(page string, data []byte) {
	r.mu.Lock()
	var open []*named
	if len(r.published) <= mostNamed {
		for _, n := range r.published {
			if n.page == "" || page < n.page {
				open = append(open, n)
			}
		}
	}
	r.mu.Unlock()
	for _, n := range open {
		if !bytes.Contains(data, n.base) {
			continue
		}
		r.mu.Lock()
		if n.page == "" || page < n.page {
			n.page = page
		}
		r.mu.Unlock()
	}
}

// assetsPublished are those of templates; nil when there are so many that
// pages were not searched for them.
func (r *renderer) assetsPublished() map[string]Asset {
	if len(r.published) > mostNamed {
		return nil
	}
	out := map[string]Asset{}
	for name, n := range r.published {
		if sum, ok := r.assets[name]; ok {
			out[name] = Asset{SHA256: sum, Page: n.page}
		}
	}
	return out
}
