package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dossier-report/dossier/generator/model"
	spelling "github.com/dossier-report/dossier/generator/names"
)

// SearchPage is the page on which the report is searched. Below the search,
// which needs a script, it lists every name in the report.
type SearchPage struct {
	Index string // folder of the index for the script, relative to the page, with a slash at its end; empty on a page that continues a list
	Lists []NameList
}

// NameList is the names of one sort of record, by letter.
type NameList struct {
	Key     string // "entities", "programs", "measures", "events", "news", "sources", "pages"
	Total   int    // names in the whole list
	Letters []NameLetter
}

// NameLetter is the names that begin with one letter.
type NameLetter struct {
	Letter string    // "A" to "Z", "0" for digits, "" for what is not known, else the ISO 15924 code of a script: "Hani", "Cyrl"
	Anchor string    // "entities-a"; empty where the names stand on another page
	Href   string    // of the letter, for the line of letters above the list
	Rows   []NameRow // empty where the names stand on another page
}

// NameRow is a name that leads to a record.
type NameRow struct {
	Link        // the name, as it is looked up
	Sort string // "" for the title of the record, else as Name.Kind
	Of   Text   // the title of the record when it is not the name; its Value may be empty
}

const (
	searchPath   = "search.html"
	searchFolder = "search"

	// namesPerPage is how many names a page lists at most: more than that take
	// seconds to lay out. The lists of a larger report are continued on pages
	// of their own.
	namesPerPage = 4000
)

// indexName is a name in the lists of all names, before it is linked.
type indexName struct {
	text   Text
	sort   string
	item   model.Item
	letter string
	key    string // by which names are sorted
}

// indexList is the names of one sort of record.
type indexList struct {
	key   string
	names []indexName
}

// search fills the page on which the report is searched.
func (c *composer) search() {
	c.list(searchPath, TemplateSearch, "search")
	c.site.v.all() // though the lists are made once
	p := c.page
	p.Search = &SearchPage{Index: p.Root + "assets/search/" + c.lang + "/"}
	lists := c.site.allNames(c)
	whole := count(lists) <= namesPerPage
	for _, l := range lists {
		out := NameList{Key: l.key, Total: len(l.names)}
		if whole {
			out.Letters = c.letters(l.key, l.names)
		} else {
			out.Letters = c.lettersElsewhere(l)
		}
		p.Search.Lists = append(p.Search.Lists, out)
		p.TOC = append(p.TOC, TOCItem{Key: "names-" + l.key, Href: "#names-" + l.key, Level: 2, Count: len(l.names)})
	}
	c.end()
}

func count(lists []indexList) int {
	n := 0
	for _, l := range lists {
		n += len(l.names)
	}
	return n
}

// draftNames gives the pages on which the lists of names of a large report are
// continued.
func (s *site) draftNames(lang string, yield func(draft) bool) bool {
	if !s.has[TemplateSearch] {
		return true
	}
	lists := s.allNames(&composer{site: s, lang: lang})
	if count(lists) <= namesPerPage {
		return true
	}
	for _, l := range lists {
		parts := (len(l.names) + namesPerPage - 1) / namesPerPage
		for i := range parts {
			if !yield(draft{path: partPath(l.key, i), fill: func(c *composer) { c.searchPart(l, i, parts) }}) {
				return false
			}
		}
	}
	return true
}

// searchPart fills a page on which a list of names is continued.
func (c *composer) searchPart(l indexList, i, parts int) {
	p := c.page
	p.TitleKey = "names_" + l.key
	c.site.v.all()
	c.begin(partPath(l.key, i), TemplateSearch, "")
	c.crumbs("search", Text{Value: strconv.Itoa(i+1) + " / " + strconv.Itoa(parts)})
	p.Pager = c.pager(i, parts, func(n int) string { return partPath(l.key, n) })
	c.elsewhere(searchPath)
	part := l.names[i*namesPerPage : min((i+1)*namesPerPage, len(l.names))]
	p.Search = &SearchPage{Lists: []NameList{{Key: l.key, Total: len(l.names), Letters: c.letters(l.key, part)}}}
	p.TOC = append(p.TOC, TOCItem{Key: "names-" + l.key, Href: "#names-" + l.key, Level: 2, Count: len(part)})
	c.end()
}

func partPath(key string, part int) string {
	return searchFolder + "/" + key + "-" + strconv.Itoa(part+1) + ".html"
}

// letters groups sorted names by letter, each with its links.
func (c *composer) letters(key string, list []indexName) []NameLetter {
	var out []NameLetter
	for _, n := range list {
		if k := len(out); k == 0 || out[k-1].Letter != n.letter {
			anchor := letterAnchor(key, n.letter)
			out = append(out, NameLetter{Letter: n.letter, Anchor: anchor, Href: "#" + anchor})
		}
		row := NameRow{Link: c.linkTo(n.item), Sort: n.sort}
		if n.sort != "" {
			row.Of = row.Text
		}
		row.Text = n.text
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, row)
	}
	return out
}

// lettersElsewhere are the letters of a list whose names stand on pages of
// their own.
func (c *composer) lettersElsewhere(l indexList) []NameLetter {
	var out []NameLetter
	for i, n := range l.names {
		if k := len(out); k == 0 || out[k-1].Letter != n.letter {
			place := place{partPath(l.key, i/namesPerPage), letterAnchor(l.key, n.letter)}
			out = append(out, NameLetter{Letter: n.letter, Href: c.href(place)})
		}
	}
	return out
}

func letterAnchor(key, letter string) string {
	if letter == "" {
		letter = "other"
	}
	return key + "-" + strings.ToLower(letter)
}

// allNames are the lists of all names in a language, made once, for whoever comes
// first. What it reads is noted of no page.
func (s *site) allNames(c *composer) []indexList {
	s.names.mu.Lock()
	defer s.names.mu.Unlock()
	defer func(noted map[string]bool) { s.v.noted = noted }(s.v.noted)
	s.v.noted = nil
	if s.names.lang == c.lang {
		return s.names.lists
	}
	var sources, news []model.Item
	for _, src := range s.v.Sources() {
		if src.News {
			news = append(news, src)
		} else {
			sources = append(sources, src)
		}
	}
	var pages []model.Item
	for _, path := range s.prosePath {
		if path != homeProse {
			pages = append(pages, c.translation(s.prose[path]))
		}
	}
	s.names.lang, s.names.lists = c.lang, nil
	for _, l := range []struct {
		key   string
		items []model.Item
	}{
		{"entities", items(s.v.Entities())}, {"programs", items(s.v.Programs())}, {"measures", items(s.v.Measures())},
		{"events", items(s.v.Events())}, {"news", news}, {"sources", sources}, {"pages", pages},
	} {
		if list := c.indexList(l.key, l.items); len(list.names) > 0 {
			s.names.lists = append(s.names.lists, list)
		}
	}
	return s.names.lists
}

// nameIndex holds the lists of names in the language that was asked for last.
type nameIndex struct {
	mu    sync.Mutex
	lang  string
	lists []indexList
}

func items[T model.Item](list []T) []model.Item {
	out := make([]model.Item, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// indexList is the names of records, sorted. A record without a page is left
// out: its names would lead nowhere.
func (c *composer) indexList(key string, records []model.Item) indexList {
	l := indexList{key: key}
	for _, item := range records {
		if c.site.place(item).path == "" {
			continue
		}
		title := c.title(item)
		l.put(title, spelling.Key(title.Value), "", item)
		switch x := item.(type) {
		case *model.Entity:
			for _, n := range c.otherNames(x) {
				l.put(n.text, n.key, n.sort, item)
			}
		case *model.Program:
			if full := c.text(x.Title); full.Value != "" && full.Value != title.Value {
				l.put(full, spelling.Key(full.Value), "full", item)
			}
		}
	}
	slices.SortFunc(l.names, func(a, b indexName) int {
		if a.letter != b.letter {
			return cmp.Or(cmp.Compare(letterRank(a.letter), letterRank(b.letter)), cmp.Compare(a.letter, b.letter))
		}
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Or(cmp.Compare(a.text.Value, b.text.Value), cmp.Compare(a.item.Rec().ID, b.item.Rec().ID), cmp.Compare(a.sort, b.sort))
	})
	return l
}

// otherNames are all names of an entity but the one by which tables call it,
// each once: capital letters and full stops make no other name.
func (c *composer) otherNames(e *model.Entity) []indexName {
	var out []indexName
	seen := map[string]bool{"": true, spelling.Key(e.Title().Text): true}
	put := func(kind string, list ...model.Name) {
		for _, n := range list {
			if key := spelling.Key(n.Text); !seen[key] {
				seen[key] = true
				out = append(out, indexName{text: c.name(n), key: key, sort: kind})
			}
		}
	}
	put("full", e.Name)
	put("native", e.Native...)
	put("alias", e.Aliases...)
	put("previous", e.Previous...)
	put("weak_alias", e.WeakAliases...)
	for _, m := range c.site.naming.of(e.ID) {
		for _, t := range m.Targets {
			if t.ID == e.ID {
				put("listed_as", model.Name{Text: t.As})
			}
		}
	}
	return out
}

func (l *indexList) put(t Text, key, sort string, item model.Item) {
	l.names = append(l.names, indexName{text: t, sort: sort, item: item, letter: letter(key), key: key})
}

// letter is the group of a name by the first letter of its key.
func letter(key string) string {
	r, size := utf8.DecodeRuneInString(key)
	switch {
	case size == 0:
		return ""
	case r >= 'a' && r <= 'z':
		return strings.ToUpper(key[:1])
	case r >= '0' && r <= '9':
		return "0"
	}
	if script := spelling.Script(key[:size]); script != "Zyyy" {
		return script
	}
	return ""
}

// letterRank puts digits first, then Latin letters, then other scripts, and
// last what is none of these.
func letterRank(letter string) int {
	switch {
	case letter == "0":
		return 0
	case len(letter) == 1:
		return 1
	case letter == "":
		return 3
	}
	return 2
}

// find is the page on which the report is searched.
func (c *composer) find() Link {
	return Link{Href: c.href(c.site.made(searchPath, TemplateSearch))}
}
