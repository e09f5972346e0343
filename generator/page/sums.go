package page

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/dossier-report/dossier/generator/cores"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/digest"
	"github.com/dossier-report/dossier/generator/model"
)

// Sums tell whether what pages were made from has changed. They are safe for
// several goroutines.
type Sums struct {
	outline *Outline
	items   map[model.Item]itemSums

	kinds map[model.Kind]itemSums // of all records of a kind

	mu    sync.Mutex
	wide  map[string]digest.Sum // of keys behind which there is much
	plans digest.Plans
}

// itemSums are the hashes of a record.
type itemSums struct {
	whole  digest.Sum
	brief  digest.Sum // of all but what its texts in Markdown say
	sketch digest.Sum // of an entity: what others show of it
}

// Sums hashes all records of the view, on all cores. It fails only for a record
// that is no plain data.
func (p *Outline) Sums() (*Sums, error) {
	s := &Sums{outline: p, items: map[model.Item]itemSums{}, wide: map[string]digest.Sum{}}
	// Where something stands in the files is shown on no page, and a record
	// inside a source goes with that.
	skip := []reflect.Type{reflect.TypeFor[diag.Span](), reflect.TypeFor[*diag.File](), reflect.TypeFor[*model.Doc](), reflect.TypeFor[*model.Source]()}
	s.plans = digest.Plans{Hidden: true, Skip: skip}
	brief := digest.Plans{Hidden: true, Skip: skip, As: map[reflect.Type]func(any) any{
		reflect.TypeFor[model.Markdown](): func(m any) any { return languagesOf(m.(model.Markdown)) },
	}}
	all := p.site.v.view.Items()
	sums := make([]itemSums, len(all))
	errs := make([]error, len(all))
	var hashers sync.Pool
	hashers.New = func() any { return &[2]*digest.Hasher{s.plans.Hasher(0), brief.Hasher(0)} }
	cores.Each(len(all), func(i int) {
		h := hashers.Get().(*[2]*digest.Hasher)
		defer hashers.Put(h)
		if sums[i].whole, errs[i] = h[0].Sum("", all[i]); errs[i] == nil {
			sums[i].brief, errs[i] = h[1].Sum("", all[i])
		}
		if e, ok := all[i].(*model.Entity); ok && errs[i] == nil {
			x := sketch{e}
			sums[i].sketch, errs[i] = h[0].Sum("", x.id(), x.title(), x.native(), x.schema(), x.countries())
		}
	})
	for i, item := range all {
		if errs[i] != nil {
			return nil, fmt.Errorf("%s: %w", item.Rec().ID, errs[i])
		}
		s.items[item] = sums[i]
	}
	for i, item := range all { // what stands inside a source shows it
		if src := sourceOf(item); src != nil {
			outer := s.items[src].brief
			s.items[item] = itemSums{whole: sha256.Sum256(append(sums[i].whole[:], outer[:]...)), brief: sha256.Sum256(append(sums[i].brief[:], outer[:]...))}
		}
	}
	s.sumKinds(all)
	return s, nil
}

// sumKinds hashes the hashes of all records of each kind.
func (s *Sums) sumKinds(all []model.Item) {
	wholes, briefs := map[model.Kind][]byte{}, map[model.Kind][]byte{}
	for _, item := range all {
		kind, sums := item.Rec().Kind, s.items[item]
		wholes[kind] = append(wholes[kind], sums.whole[:]...)
		briefs[kind] = append(briefs[kind], sums.brief[:]...)
	}
	s.kinds = map[model.Kind]itemSums{}
	for kind := range wholes {
		s.kinds[kind] = itemSums{whole: sha256.Sum256(wholes[kind]), brief: sha256.Sum256(briefs[kind])}
	}
}

// languagesOf are those in which a text says something.
func languagesOf(m model.Markdown) (out []string) {
	for _, t := range m {
		if t.Value != "" {
			out = append(out, t.Lang)
		}
	}
	return out
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
	v := s.outline.site.v.view
	switch key {
	case keyAll:
		return s.broad(key, func() digest.Sum { return s.list(key, anyOf(v.Items())...) })
	case keyIDs:
		return s.broad(key, s.ids)
	}
	name, id, _ := strings.Cut(key, " ")
	switch name + " " {
	case keyRecord:
		return s.items[v.Item(id)].brief
	case keySketch:
		return s.items[v.Item(id)].sketch
	case keyTexts:
		return s.items[v.Item(id)].whole
	case keyTables:
		return s.Tables(id)
	case keyKind:
		return s.kinds[model.Kind(id)].brief
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
	return s.whole(keyTables+id, items...)
}

// Kinds is the hash of all records of some kinds, for those among texts of what
// their texts in Markdown say too.
func (s *Sums) Kinds(kinds, texts []model.Kind) digest.Sum {
	var text []byte
	for _, kind := range kinds {
		sum := s.kinds[kind].brief
		text = append(text, sum[:]...)
	}
	for _, kind := range texts {
		sum := s.kinds[kind].whole
		text = append(text, sum[:]...)
	}
	return sha256.Sum256(text)
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

// whole is the hash of some records, of which none may be there.
func (s *Sums) whole(key string, items ...model.Item) digest.Sum {
	text := []byte(key + "\n")
	for _, item := range items {
		if item != nil {
			sum := s.items[item].whole
			text = append(text, sum[:]...)
		}
	}
	return sha256.Sum256(text)
}

// list is the hash of some records without their texts, or of uses, of which
// none may be there.
func (s *Sums) list(key string, entries ...any) digest.Sum {
	text := []byte(key + "\n")
	add := func(sum digest.Sum) { text = append(text, sum[:]...) }
	var uses []any
	for _, entry := range entries {
		switch x := entry.(type) {
		case model.Item:
			add(s.items[x].brief)
		case use:
			if sums := s.items[x.item]; sums.sketch != (digest.Sum{}) {
				add(sums.sketch) // an entity, of which a use shows no more
			} else {
				add(sums.brief)
			}
			uses = append(uses, x.role, x.locator, x.quote, x.lang, len(x.in), languagesOf(x.in))
		}
	}
	if len(uses) > 0 {
		sum, err := s.plans.Hasher(0).Sum("", uses...)
		if err != nil {
			return digest.Sum{} // which plain data have not
		}
		text = append(text, sum[:]...)
	}
	return sha256.Sum256(text)
}

func anyOf(items []model.Item) []any {
	out := make([]any, len(items))
	for i, item := range items {
		out[i] = item
	}
	return out
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
