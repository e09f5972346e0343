package generator

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/cores"
	"github.com/dossier-report/dossier/generator/digest"
	"github.com/dossier-report/dossier/generator/output"
	"github.com/dossier-report/dossier/generator/page"
	"github.com/dossier-report/dossier/generator/table"
	"github.com/dossier-report/dossier/generator/wire"
)

// The notes in the output folder that say from which records the pages of
// records were made, and what each adds to the search index and the feeds.
const (
	readsName   = "reads"
	entriesName = "entries"
)

// readsHead is how the note on records begins, with the version of its form.
const readsHead = "dossier reads 2"

// reads says what pages of records were made from.
type reads struct {
	shared  digest.Sum // of what all pages depend on
	entries digest.Sum // of the note with the entries
	keys    []string   // see page.Sums
	sums    []digest.Sum
	pages   map[string]pageReads
	tables  map[string]digest.Sum // of the records that the tables of the report are made of, by their names
}

// pageReads are those of one page.
type pageReads struct {
	keys     []uint32 // numbers in reads.keys
	at, size int      // of its entries
}

// encode writes the keys and the pages, both sorted.
func (r *reads) encode(w io.Writer) error {
	b := wire.AppendText(nil, readsHead)
	b = wire.AppendText(b, string(r.shared[:]))
	b = wire.AppendText(b, string(r.entries[:]))
	b = wire.AppendNumber(b, len(r.keys))
	order := make([]int, len(r.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(r.keys[a], r.keys[b]) })
	place := make([]uint32, len(order))
	for i, at := range order {
		place[at] = uint32(i)
		b = wire.AppendText(wire.AppendText(b, r.keys[at]), string(r.sums[at][:]))
	}
	b = wire.AppendNumber(b, len(r.pages))
	var numbers []uint32
	for _, path := range slices.Sorted(maps.Keys(r.pages)) {
		p := r.pages[path]
		b = wire.AppendNumber(wire.AppendNumber(wire.AppendText(b, path), p.at), p.size)
		numbers = numbers[:0]
		for _, n := range p.keys {
			numbers = append(numbers, place[n])
		}
		slices.Sort(numbers)
		b = wire.AppendNumber(b, len(numbers))
		for _, n := range numbers {
			b = wire.AppendNumber(b, int(n))
		}
		if len(b) > 1<<16 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	b = wire.AppendNumber(b, len(r.tables))
	for _, name := range slices.Sorted(maps.Keys(r.tables)) {
		sum := r.tables[name]
		b = wire.AppendText(wire.AppendText(b, name), string(sum[:]))
	}
	_, err := w.Write(b)
	return err
}

// parseReads reads what encode has written; false for anything else.
func parseReads(text string) (r reads, ok bool) {
	in := wire.NewReader(text)
	sum := func() (s digest.Sum) {
		copy(s[:], in.Text())
		return s
	}
	if in.Text() != readsHead {
		return r, false
	}
	r.shared, r.entries = sum(), sum()
	n := in.Count()
	r.keys, r.sums = make([]string, n), make([]digest.Sum, n)
	for i := range n {
		r.keys[i], r.sums[i] = in.Text(), sum()
	}
	pages := in.Count()
	r.pages = make(map[string]pageReads, pages)
	for range pages {
		path := in.Text()
		p := pageReads{at: in.Number(), size: in.Number()}
		p.keys = make([]uint32, in.Count())
		for i := range p.keys {
			k := in.Number()
			if k >= n {
				return reads{}, false
			}
			p.keys[i] = uint32(k)
		}
		r.pages[path] = p
	}
	tables := in.Count()
	r.tables = make(map[string]digest.Sum, tables)
	for range tables {
		name := in.Text()
		r.tables[name] = sum()
	}
	return r, in.Whole()
}

// memory knows the pages of records that the last build has made from the
// same records: they need not even be described. Its methods are for one
// goroutine, but for has, which is for the one that looks ahead for pages, recalled,
// which is for any one, and fail.
type memory struct {
	sums *page.Sums
	was  reads
	from *os.File // entries of the last build; nil when nothing is remembered
	same map[string]bool

	now     reads
	numbers map[string]uint32 // of keys in now
	moved   []uint32          // number of a key in was -> one more than that in now
	known   []digest.Sum      // of the keys in was, now
	to      io.Writer         // entries of this build; nil when nothing is to be remembered
	hash    hash.Hash
	at      int
	reading string // page of which the keys are known, and the entries are not

	mu  sync.Mutex
	err error
}

// newMemory hashes all records. Without what the last build has left, even if that is
// nothing, nothing is left for the next one.
func newMemory(was *last, outline *page.Outline, tables []table.Table) (*memory, error) {
	m := &memory{hash: sha256.New()}
	if was == nil {
		return m, nil
	}
	keys, pages := len(was.reads.keys), len(was.reads.pages)
	m.same, m.numbers = make(map[string]bool, pages), make(map[string]uint32, keys)
	m.now = reads{pages: make(map[string]pageReads, pages), tables: map[string]digest.Sum{}, keys: make([]string, 0, keys), sums: make([]digest.Sum, 0, keys)}
	var err error
	if m.sums, err = outline.Sums(); err != nil {
		return nil, err
	}
	if m.now.shared, err = m.sums.Shared(); err != nil {
		return nil, err
	}
	for _, t := range tables {
		m.now.tables[t.Name] = m.sums.Kinds(t.Of, t.Texts)
	}
	to, err := was.tx.WriteState(entriesName)
	if err != nil {
		return nil, err
	}
	m.to = io.MultiWriter(to, m.hash)
	return m, nil
}

// recall keeps the pages of the last site of which nothing has changed; keep does
// so, on several goroutines, and says whether it could.
func (m *memory) recall(last *last, keep func(path string) bool) {
	was := last.reads
	if last.entries == nil || was.shared != m.now.shared {
		return
	}
	m.was, m.from = was, last.entries
	m.moved = make([]uint32, len(was.keys))
	m.known = make([]digest.Sum, len(was.keys))
	cores.Each(len(was.keys), func(i int) { m.known[i] = m.sums.Of(was.keys[i]) })
	fresh := func(k uint32) bool { return m.known[k] != was.sums[k] } // something behind it has changed
	paths := slices.Sorted(maps.Keys(was.pages))
	kept := make([]bool, len(paths))
	cores.Each(len(paths), func(i int) {
		kept[i] = !slices.ContainsFunc(was.pages[paths[i]].keys, fresh) && keep(paths[i])
	})
	for i, path := range paths {
		if kept[i] {
			m.same[path] = true
		}
	}
}

// kept says which files of tables the last build has made from the same records,
// and keeps them. It is for one goroutine, any.
func (m *memory) kept(last *last) table.Kept {
	if m.from == nil {
		return nil // nothing is remembered
	}
	tx := last.tx
	return func(t table.Table, path string) (size int64, sum digest.Sum, ok bool) {
		if was, known := m.was.tables[t.Name]; !known || was != m.now.tables[t.Name] {
			return 0, sum, false
		}
		e, _ := tx.Previous().Entry(path)
		ok, err := tx.Keep(path)
		return e.Size, e.SHA256, ok && err == nil
	}
}

// has reports whether a page need not be made. Each is asked for once.
func (m *memory) has(path string) bool {
	same := m.same[path]
	delete(m.same, path)
	return same
}

// recalled gives the entries that a page left when it was made.
func (m *memory) recalled(path string) (entries []byte, search, feed string) {
	p := m.was.pages[path]
	entries = make([]byte, p.size)
	if _, err := m.from.ReadAt(entries, int64(p.at)); err != nil {
		m.fail(err)
	}
	in := wire.NewReader(string(entries))
	search, feed = in.Text(), in.Text()
	if !in.Whole() {
		m.fail(errWhole)
	}
	return entries, search, feed
}

// carry leaves the entries of a page, and what it was made from, for the next
// build again.
func (m *memory) carry(path string, entries []byte) {
	keys := m.was.pages[path].keys // a list of its own
	for i, k := range keys {
		if m.moved[k] == 0 {
			m.moved[k] = m.number(m.was.keys[k], m.known[k]) + 1
		}
		keys[i] = m.moved[k] - 1
	}
	m.write(path, keys, entries)
}

// made notes what a page was made from.
func (m *memory) made(path string, keys []string) {
	if m.to == nil {
		return
	}
	numbers := make([]uint32, len(keys))
	for i, key := range keys {
		numbers[i] = m.number(key, digest.Sum{})
	}
	m.now.pages[path] = pageReads{keys: numbers}
	m.reading = path
}

// enter notes what the page that was made last adds to the files of the whole
// report.
func (m *memory) enter(path, search, feed string) {
	if path != m.reading || m.to == nil {
		return // a list, say
	}
	m.reading = ""
	m.write(path, m.now.pages[path].keys, wire.AppendText(wire.AppendText(nil, search), feed))
}

func (m *memory) write(path string, keys []uint32, entries []byte) {
	m.now.pages[path] = pageReads{keys: keys, at: m.at, size: len(entries)}
	m.at += len(entries)
	if _, err := m.to.Write(entries); err != nil {
		m.fail(err)
	}
}

// number is that of a key; sum is the zero one when it is to be made later.
func (m *memory) number(key string, sum digest.Sum) uint32 {
	n, ok := m.numbers[key]
	if !ok {
		n = uint32(len(m.now.keys))
		m.numbers[key] = n
		m.now.keys, m.now.sums = append(m.now.keys, key), append(m.now.sums, sum)
	}
	return n
}

func (m *memory) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err = errors.Join(m.err, err)
}

// finish leaves the note for the next build. It fails with errWhole when a page
// was kept that does not belong to the site.
func (m *memory) finish(tx *output.Tx) error {
	if m.err != nil || len(m.same) > 0 {
		return errors.Join(m.err, errWhole)
	}
	if m.to == nil {
		return nil
	}
	m.hash.Sum(m.now.entries[:0])
	cores.Each(len(m.now.keys), func(i int) {
		if m.now.sums[i] == (digest.Sum{}) {
			m.now.sums[i] = m.sums.Of(m.now.keys[i])
		}
	})
	w, err := tx.WriteState(readsName)
	if err != nil {
		return err
	}
	return m.now.encode(w)
}
