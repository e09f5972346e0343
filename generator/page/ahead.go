package page

import (
	"iter"
	"runtime"
	"sync"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
)

// ahead is a page that is being made before its turn has come.
type ahead struct {
	lang, path string // the path of a page of records
	kept       bool   // the last site has it
	draft      draft

	ready chan struct{} // closed when the following are there
	page  *Page
	keys  []string // of what it was made from, when that is asked for
	found []diag.Diagnostic
}

// aheadOf is how many pages are made before their turn, for each core.
const aheadOf = 4

// inTurn makes the pages on all cores, and gives them in the order of their
// drafts.
func (p *Outline) inTurn(last Last) iter.Seq[*ahead] {
	return func(yield func(*ahead) bool) {
		cores := runtime.GOMAXPROCS(0)
		turns, work, stop := make(chan *ahead, aheadOf*cores), make(chan *ahead, aheadOf*cores), make(chan struct{})
		var workers sync.WaitGroup
		defer workers.Wait()
		defer close(stop)
		for _, lang := range p.site.langs {
			p.site.composer(lang, p.o) // what the pages of a language share is made once
		}
		workers.Go(func() {
			defer close(turns)
			defer close(work)
			for a := range p.drafts(last) {
				select {
				case turns <- a:
				case <-stop:
					return
				}
				if !a.kept {
					work <- a // no more than there are turns
				}
			}
		})
		for range cores {
			s := p.site.another()
			workers.Go(func() {
				for a := range work {
					a.make(s, p.o, last.Made != nil)
				}
			})
		}
		for a := range turns {
			if !a.kept {
				<-a.ready
			}
			if !yield(a) {
				return
			}
		}
	}
}

// drafts gives the pages of all languages, those that the last site has as such.
func (p *Outline) drafts(last Last) iter.Seq[*ahead] {
	return func(yield func(*ahead) bool) {
		for _, lang := range p.site.langs {
			if p.o.Lang != "" && p.o.Lang != lang {
				continue
			}
			for d := range p.site.drafts(lang) {
				a := &ahead{lang: lang, draft: d}
				if d.path != "" {
					a.path = p.site.folder(lang) + d.path
					a.kept = last.Has != nil && last.Has(a.path)
				}
				if !a.kept {
					a.ready = make(chan struct{})
				}
				if !yield(a) {
					return
				}
			}
		}
	}
}

// make makes the page, on a site that nobody else uses meanwhile.
func (a *ahead) make(s *site, o Options, noted bool) {
	defer close(a.ready)
	if o.Found != nil {
		s.tell = func(d diag.Diagnostic) { a.found = append(a.found, d) }
	}
	c := s.composer(a.lang, o)
	if noted && a.path != "" {
		s.v.begin(a.draft.id)
	}
	a.draft.fill(c)
	a.page, a.keys = c.page, s.v.end()
}

// another is the site for another goroutine: it shares the indexes, and has
// what changes while pages are made for itself.
func (s *site) another() *site {
	x, r := *s, *s.v
	x.v, x.docs = &r, map[string]*markdown.Doc{}
	x.naming.r, x.issued.r, x.under.r, x.replaced.r = &r, &r, &r, &r
	x.events.r, x.overtook.r, x.plans.r, x.using.r = &r, &r, &r, &r
	x.said.r, x.answers.r, x.figures.r, x.series.r = &r, &r, &r, &r
	x.studies.r, x.ties.r, x.children.r, x.programs.r = &r, &r, &r, &r
	x.news.r, x.uses.r, x.byCountry.r = &r, &r, &r
	return &x
}
