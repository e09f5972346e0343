package page

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/digest"
	"github.com/dossier-report/dossier/generator/model"
)

// Sums tell whether what pages were made from has changed. They are safe for
// several goroutines.
type Sums struct {
	outline *Outline
	items   map[model.Item]digest.Sum

	mu    sync.Mutex
	wide  map[string]digest.Sum // of keys behind which there is much
	plans digest.Plans
}

// Sums hashes all records of the view, on all cores. It fails only for a record
// that is no plain data.
func (p *Outline) Sums() (*Sums, error) {
	s := &Sums{outline: p, items: map[model.Item]digest.Sum{}, wide: map[string]digest.Sum{}}
	s.plans = digest.Plans{Hidden: true, Skip: []reflect.Type{
		// Where something stands in the files is shown on no page, and a record
		// inside a source goes with that.
		reflect.TypeFor[diag.Span](), reflect.TypeFor[*diag.File](), reflect.TypeFor[*model.Doc](), reflect.TypeFor[*model.Source](),
	}}
	all := p.site.v.view.Items()
	sums := make([]digest.Sum, len(all))
	errs := make([]error, len(all))
	var next sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for core := range cores {
		next.Go(func() {
			h := s.plans.Hasher(0)
			for i := core; i < len(all); i += cores {
				sums[i], errs[i] = h.Sum("", all[i])
			}
		})
	}
	next.Wait()
	for i, item := range all {
		if errs[i] != nil {
			return nil, fmt.Errorf("%s: %w", item.Rec().ID, errs[i])
		}
		s.items[item] = sums[i]
	}
	for i, item := range all { // what stands inside a source shows it
		if src := sourceOf(item); src != nil {
			own, outer := sums[i], s.items[src]
			s.items[item] = sha256.Sum256(append(own[:], outer[:]...))
		}
	}
	return s, nil
}

func sourceOf(item model.Item) *model.Source {
	switch x := item.(type) {
	case *model.Statement:
		return x.Source
	case *model.Figure:
		return x.Source
	}
	return nil
}

// Shared is the hash of what every page depends on besides records: settings,
// days, terms, languages, and what navigation shows.
func (s *Sums) Shared() (digest.Sum, error) {
	site := s.outline.site
	v := site.v.view
	var prose []model.Prose
	for _, p := range v.Prose {
		head := *p
		head.Body = nil // its own page is made anew every time
		prose = append(prose, head)
	}
	return s.plans.Hasher(0).Sum("", v.Settings, v.Date, v.AsOf, v.Past, v.Audience, v.LeftOut, v.Withdrawn, v.Terms(), prose,
		site.people, site.countries(), site.langs, site.has, s.outline.o.Lang, s.outline.o.Files)
}

// Of is the hash of what is behind a key now. Equal hashes mean that a page
// that asked for nothing else is the same.
func (s *Sums) Of(key string) digest.Sum {
	name, id, _ := strings.Cut(key, " ")
	v := s.outline.site.v.view
	switch name + " " {
	case keyRecord:
		return s.list(key, v.Item(id))
	case keyTables:
		return s.Tables(id)
	case keyKind:
		return s.broad(key, func() digest.Sum {
			return s.list(key, slices.DeleteFunc(v.Items(), func(x model.Item) bool { return string(x.Rec().Kind) != id })...)
		})
	}
	switch key {
	case keyAll:
		return s.broad(key, func() digest.Sum { return s.list(key, v.Items()...) })
	case keyIDs:
		return s.broad(key, s.ids)
	}
	if list := s.outline.site.v.lists[name]; list != nil {
		return s.list(key, list(id)...)
	}
	return digest.Sum{}
}

// Tables is the hash of the records that the tables on an entity are made of.
func (s *Sums) Tables(id string) digest.Sum {
	var items []model.Item
	if s.outline.o.TableRecords != nil {
		items = s.outline.o.TableRecords(id)
	}
	return s.list(keyTables+id, items...)
}

// broad is the hash behind a key that many pages have asked for, made once.
func (s *Sums) broad(key string, make func() digest.Sum) digest.Sum {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum, ok := s.wide[key]
	if !ok {
		sum = make()
		s.wide[key] = sum
	}
	return sum
}

// list is the hash of some records, of which none may be there.
func (s *Sums) list(key string, items ...model.Item) digest.Sum {
	text := []byte(key + "\n")
	for _, item := range items {
		if item != nil {
			sum := s.items[item]
			text = append(text, sum[:]...)
		}
	}
	return sha256.Sum256(text)
}

// ids is the hash of all ids that there are.
func (s *Sums) ids() digest.Sum {
	var ids []string
	for _, item := range s.outline.site.v.view.Items() {
		ids = append(ids, item.Rec().ID)
		if p, ok := item.(*model.Program); ok {
			ids = append(ids, p.Key)
		}
	}
	slices.Sort(ids)
	return sha256.Sum256([]byte(strings.Join(ids, "\n")))
}
