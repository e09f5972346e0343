package generator

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/digest"
	"github.com/dossier-report/dossier/generator/feed"
	"github.com/dossier-report/dossier/generator/output"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/site"
)

// noteName is the note in the output folder that says from which descriptions
// its pages were made.
const noteName = "pages"

// noteHead is its first line, with the version of its form.
const noteHead = "dossier pages 1\n"

// errWhole says that what the last build has left does not tell which files
// belong to the site, so that all pages have to be rendered.
var errWhole = errors.New("all pages have to be rendered")

// note is what a build leaves for the next one. It depends on the site alone,
// not on how it came about.
type note struct {
	key    digest.Sum          // of all that pages depend on besides their descriptions
	pages  map[string]pageNote // by path
	assets map[string]string   // what templates have published -> the first page that names it
}

// pageNote is a page of the last site.
type pageNote struct {
	digest digest.Sum // of its description
	files  []string   // what was written with it, such as its feeds
	kept   bool       // it is the page of the last site, and was not rendered
}

// encode writes a line for each page and asset, sorted.
func (n note) encode() []byte {
	b := bytes.NewBufferString(noteHead)
	fmt.Fprintf(b, "%x\n", n.key)
	for _, name := range slices.Sorted(maps.Keys(n.pages)) {
		p := n.pages[name]
		b.WriteString(hex.EncodeToString(p.digest[:]))
		for _, field := range append([]string{name}, p.files...) {
			b.WriteString("\t" + field)
		}
		b.WriteByte('\n')
	}
	for _, name := range slices.Sorted(maps.Keys(n.assets)) {
		fmt.Fprintf(b, "asset\t%s\t%s\n", name, n.assets[name])
	}
	return b.Bytes()
}

// parseNote reads what encode has written; false for anything else.
func parseNote(text []byte) (note, bool) {
	n := note{pages: map[string]pageNote{}, assets: map[string]string{}}
	rest, ok := strings.CutPrefix(string(text), noteHead)
	if !ok || !strings.HasSuffix(rest, "\n") {
		return n, false
	}
	line, rest, _ := strings.Cut(rest, "\n")
	if n.key, ok = parseDigest(line); !ok {
		return n, false
	}
	for line := range strings.Lines(rest) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if fields[0] == "asset" && len(fields) == 3 {
			n.assets[fields[1]] = fields[2]
			continue
		}
		sum, ok := parseDigest(fields[0])
		if !ok || len(fields) < 2 {
			return n, false
		}
		n.pages[fields[1]] = pageNote{digest: sum, files: fields[2:]}
	}
	return n, true
}

func parseDigest(s string) (d digest.Sum, ok bool) {
	b, err := hex.DecodeString(s)
	return d, err == nil && len(b) == len(d) && copy(d[:], b) == len(d)
}

// keeper lets the pages go by that the last site has already, so that only the
// others are rendered.
type keeper struct {
	tx    *output.Tx
	theme digest.Sum // site.Fingerprint
	plans digest.Plans
	sums  *page.Sums // of records; nil when nothing is left for the next build
	was   note       // of the last build; without pages when all are to be rendered
	now   note

	mu      sync.Mutex
	weights map[string]int // of pages to be rendered: bytes of their descriptions
	changed int            // pages rendered because the last site has them otherwise, or not at all
	again   bool
	err     error
}

// newKeeper compares what the last build has left with what pages depend on now.
// Without it, all pages are rendered.
func newKeeper(was *last, render site.Options, words any, data feed.Data) (*keeper, error) {
	k := &keeper{weights: map[string]int{}, plans: digest.Plans{Shared: []reflect.Type{reflect.TypeFor[*page.Report]()}}, theme: site.Fingerprint(render)}
	k.now = note{pages: map[string]pageNote{}}
	if was == nil {
		return k, nil
	}
	rest, err := json.Marshal([]any{words, data})
	if err != nil {
		return nil, err
	}
	k.tx, k.now.key = was.tx, sha256.Sum256(slices.Concat(was.program[:], k.theme[:], rest))
	if was.pages.key == k.now.key {
		k.was = was.pages
	}
	return k, nil
}

// programDigest stands for the program: its version and those of everything
// in it. A program that was not built from a known commit is told by its bytes.
func programDigest() (digest.Sum, error) {
	info, ok := debug.ReadBuildInfo()
	if ok {
		known, changed := false, true
		for _, s := range info.Settings {
			known = known || s.Key == "vcs.revision"
			changed = changed && !(s.Key == "vcs.modified" && s.Value == "false")
		}
		if known && !changed || info.Main.Sum != "" {
			var b strings.Builder
			fmt.Fprintln(&b, Version, info.GoVersion, info.Main)
			for _, s := range info.Settings {
				if s.Key == "vcs.revision" {
					fmt.Fprintln(&b, s.Value)
				}
			}
			for _, m := range info.Deps {
				for ; m != nil; m = m.Replace {
					fmt.Fprintln(&b, m.Path, m.Version, m.Sum)
				}
			}
			return sha256.Sum256([]byte(b.String())), nil
		}
	}
	name, err := os.Executable()
	if err != nil {
		return digest.Sum{}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return digest.Sum{}, err
	}
	defer f.Close() // opened for reading only
	h := sha256.New()
	_, err = io.Copy(h, f)
	return digest.Sum(h.Sum(nil)), err
}

// filter gives the pages that have to be rendered, in any order; complete is
// called with each of them before, and names the files that it has written
// for the page. All cores look at pages.
func (k *keeper) filter(pages iter.Seq[*page.Page], complete func(*page.Page) ([]string, error)) iter.Seq[*page.Page] {
	return func(yield func(*page.Page) bool) {
		in, out, stop := make(chan *page.Page, 16), make(chan *page.Page, 16), make(chan struct{})
		go func() {
			defer close(in)
			for p := range pages {
				select {
				case in <- p:
				case <-stop:
					return
				}
			}
		}()
		var workers sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() { k.work(in, out, complete) })
		}
		go func() { workers.Wait(); close(out) }()
		going := true
		for p := range out {
			if going && !yield(p) {
				going = false
				close(stop) // what is on its way still comes out
			}
		}
	}
}

func (k *keeper) work(in <-chan *page.Page, out chan<- *page.Page, complete func(*page.Page) ([]string, error)) {
	h := k.plans.Hasher(0)
	for p := range in {
		var tables digest.Sum // written with the page
		if p.Entity != nil && k.sums != nil {
			tables = k.sums.Tables(p.ID)
		}
		sum, err := h.Sum("", p, tables)
		if err == nil && !k.look(p, sum) {
			continue
		}
		k.note(err)
		k.finish(p, h.Size(), complete)
		out <- p
	}
}

// look notes a page, and says whether it has to be rendered.
func (k *keeper) look(p *page.Page, sum digest.Sum) bool {
	k.mu.Lock()
	_, twice := k.now.pages[p.Path]
	was, known := k.was.pages[p.Path]
	k.again = k.again || twice && len(k.was.pages) > 0
	k.now.pages[p.Path] = pageNote{digest: sum}
	k.mu.Unlock()

	same := known && was.digest == sum && !twice && k.keep(p.Path, was)
	if same {
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.changed++
	return true
}

// unread keeps a page of the last site that need not be described, if it can.
func (k *keeper) unread(path string) bool {
	was, known := k.was.pages[path]
	return known && k.keep(path, was)
}

// keep leaves a page and its files as they are in the folder, if they are.
func (k *keeper) keep(path string, was pageNote) bool {
	for _, name := range append([]string{path}, was.files...) {
		ok, err := k.tx.Keep(name)
		k.note(err)
		if !ok {
			return false
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	was.kept = true
	k.now.pages[path] = was
	return true
}

// finish completes a page that is going to be rendered.
func (k *keeper) finish(p *page.Page, weight int, complete func(*page.Page) ([]string, error)) {
	files, err := complete(p)
	k.note(err)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.weights[p.Path] = weight
	n := k.now.pages[p.Path]
	n.files = files
	k.now.pages[p.Path] = n
}

// weight is how much a page shows that is going to be rendered. It is asked for once.
func (k *keeper) weight(p *page.Page) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	n := k.weights[p.Path]
	delete(k.weights, p.Path)
	return n
}

// idle reports whether the pages are those of the last site.
func (k *keeper) idle() bool {
	return len(k.was.pages) > 0 && k.changed == 0 && len(k.now.pages) == len(k.was.pages)
}

func (k *keeper) note(err error) {
	if err == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.err = errors.Join(k.err, err)
}

// finishAssets decides which assets belong to the site, and gives the note for
// the next build; nil when that has to render every page. The error errWhole
// says that this one has to.
func (k *keeper) finishAssets(done site.Result) ([]byte, error) {
	switch {
	case k.err != nil:
		return nil, k.err
	case k.again, done.Fingerprint != k.theme:
		return nil, errWhole // two pages at one path, or a theme that was changed while we looked
	case k.idle():
		for name := range k.was.assets {
			if ok, err := k.tx.Keep(name); err != nil || !ok {
				return nil, errors.Join(err, errWhole)
			}
		}
		k.now.assets = k.was.assets
	default:
		if !k.settle(done.Published) {
			return nil, errWhole
		}
	}
	if done.Warned || done.Published == nil {
		return nil, nil // what templates warn of is to be seen in the next build too
	}
	return k.now.encode(), nil
}

// missing are pages that were kept, but show which assets still belong to the
// site: of the pages that were rendered, none has published these.
func (k *keeper) missing(published map[string]site.Asset) map[string]bool {
	if k.idle() || published == nil {
		return nil
	}
	paths := map[string]bool{}
	for name, first := range k.was.assets {
		if _, ok := published[name]; !ok && k.now.pages[first].kept {
			paths[first] = true
		}
	}
	return paths
}

// completed gives pages that are rendered besides, for their assets.
func (k *keeper) completed(pages iter.Seq[*page.Page], complete func(*page.Page) ([]string, error)) iter.Seq[*page.Page] {
	return func(yield func(*page.Page) bool) {
		for p := range pages {
			if _, err := complete(p); err != nil {
				k.note(err)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// publishedToo adds the assets that a second rendering has published.
func publishedToo(all, more map[string]site.Asset) {
	for name, a := range more {
		if was, ok := all[name]; ok && was.Page != "" && (a.Page == "" || was.Page < a.Page) {
			a.Page = was.Page
		}
		all[name] = a
	}
}

// settle decides on the assets. Those of the last site must be published again,
// with the same bytes; and when the page that was the first to need one was
// rendered or is gone, another must not come later in the order of paths. Then
// no page that was kept can need an asset that is not there.
func (k *keeper) settle(published map[string]site.Asset) bool {
	k.now.assets = map[string]string{}
	for name, a := range published {
		k.now.assets[name] = a.Page
	}
	for name, first := range k.was.assets {
		a, ok := published[name]
		was, known := k.tx.Previous().Entry(name)
		if !ok || !known || was.SHA256 != a.SHA256 {
			return false
		}
		if later := first != "" && (a.Page == "" || a.Page > first); later {
			if !k.now.pages[first].kept {
				return false
			}
			k.now.assets[name] = first
		}
	}
	return true
}
