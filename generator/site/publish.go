package site

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/afero"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/page"
)

// publisher is the file system that Hugo writes. A file is handed on when it
// is closed and then forgotten.
type publisher struct {
	afero.Fs // for folders; holds no file
	r        *renderer
	pages    []*page.Page

	mu   sync.Mutex
	todo map[string]bool // paths of the pages; true when written
}

func newPublisher(r *renderer, pages []*page.Page) *publisher {
	d := &publisher{Fs: afero.NewMemMapFs(), r: r, pages: pages, todo: make(map[string]bool, len(pages))}
	for _, p := range pages {
		d.todo[p.Path] = false
	}
	return d
}

// check reports pages that Hugo has left out.
func (d *publisher) check() {
	for _, p := range d.pages {
		if !d.todo[p.Path] {
			d.r.found.add(diag.Diagnostic{Code: CodeHugo, Message: "Hugo has not rendered " + quote(p.Path), Hint: "this is a fault of dossier; please report it"})
		}
	}
}

var errWriteOnly = errors.New("what is published cannot be read again")

func (d *publisher) Create(name string) (afero.File, error) {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return &pending{d: d, name: name, buf: b}, nil
}

func (d *publisher) OpenFile(name string, flag int, _ os.FileMode) (afero.File, error) {
	if flag&(os.O_CREATE|os.O_WRONLY|os.O_RDWR) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errWriteOnly}
	}
	return d.Create(name)
}

func (d *publisher) Open(name string) (afero.File, error) { return d.OpenFile(name, os.O_RDONLY, 0) }

// done hands a finished file on.
func (d *publisher) done(name string, data []byte) error {
	name, ok := strings.CutPrefix(filepath.ToSlash(name), published)
	if !ok || badPath(name) != "" {
		d.r.found.add(diag.Diagnostic{Code: CodePath, Message: "the theme publishes " + quote(name) + ", which is no path of a site", Hint: "give the resource a plain name"})
		return nil
	}
	d.mu.Lock()
	written, isPage := d.todo[name]
	if isPage {
		d.todo[name] = true
	}
	d.mu.Unlock()
	if written {
		d.r.found.add(diag.Diagnostic{Code: CodeCollision, Message: "the theme publishes " + quote(name) + ", which is the path of a page", Hint: "publish it under another name"})
		return nil
	}
	if !isPage {
		d.r.publish(name)
	}
	return d.r.deliver(name, data, isPage)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// pending is a file that is being written.
type pending struct {
	d    *publisher
	name string
	buf  *bytes.Buffer
}

func (p *pending) Write(b []byte) (int, error)       { return p.buf.Write(b) }
func (p *pending) WriteString(s string) (int, error) { return p.buf.WriteString(s) }
func (p *pending) Name() string                      { return p.name }
func (p *pending) Sync() error                       { return nil }

func (p *pending) Close() error {
	if p.buf == nil {
		return fs.ErrClosed
	}
	err := p.d.done(p.name, p.buf.Bytes())
	buffers.Put(p.buf)
	p.buf = nil
	return err
}

func (p *pending) WriteAt([]byte, int64) (int, error) { return 0, errWriteOnly }
func (p *pending) Read([]byte) (int, error)           { return 0, errWriteOnly }
func (p *pending) ReadAt([]byte, int64) (int, error)  { return 0, errWriteOnly }
func (p *pending) Seek(int64, int) (int64, error)     { return 0, errWriteOnly }
func (p *pending) Readdir(int) ([]os.FileInfo, error) { return nil, errWriteOnly }
func (p *pending) Readdirnames(int) ([]string, error) { return nil, errWriteOnly }
func (p *pending) Stat() (os.FileInfo, error)         { return nil, errWriteOnly }
func (p *pending) Truncate(int64) error               { return errWriteOnly }
