package page

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// What belongs together stays together as long as a page has room for it.
func TestListsAreCut(t *testing.T) {
	for _, test := range []struct {
		name   string
		groups []string // a letter for each row: rows with the same one belong together
		want   string
	}{
		{"none", nil, ""},
		{"short", []string{"aab", "c"}, "aab c"},
		{"just full", []string{"aabb", "c"}, "aabb c"},
		{"by unit", []string{"aaabbb"}, "aaa|bbb"},
		{"by group", []string{"aaa", "bbb"}, "aaa|bbb"},
		{"as much as fits", []string{"aabbc", "d", "eee"}, "aabbc|d eee"},
		{"longer than a page", []string{"aaaaaaaaaaaab"}, "aaaaa|aaaaa|aab"},
		{"longer, not at the beginning", []string{"b", "aaaaaaa", "ccc"}, "b|aaaaa|aa ccc"},
		{"empty groups", []string{"", "aaaaa", "", "b", ""}, " aaaaa |b "},
	} {
		t.Run(test.name, func(t *testing.T) {
			var groups []rowGroup[rune]
			total := 0
			for _, g := range test.groups {
				groups = append(groups, rowGroup[rune]{rows: []rune(g)})
				total += len(g)
			}
			l := newList(5, groups, func(r rune) string { return string(r) })
			var pages []string
			for _, page := range l.pages {
				var shown []string
				for _, s := range page {
					shown = append(shown, string(l.groups[s.group].rows[s.first:s.end]))
				}
				pages = append(pages, strings.Join(shown, " "))
			}
			if got := strings.Join(pages, "|"); got != test.want || l.total != total {
				t.Errorf("got %q with %d rows, want %q with %d", got, l.total, test.want, total)
			}
		})
	}
}

// shownIn are the rows that a page of a list shows, in its order, with the groups in which they stand.
func shownIn(p *Page) (out []string) {
	put := func(anchor, title string) { out = append(out, anchor+" "+title) }
	switch {
	case p.Entities != nil:
		for _, g := range p.Entities.Groups {
			for _, row := range g.Rows {
				put(g.Anchor, row.Value)
			}
		}
	case p.People != nil:
		for _, row := range p.People.Rows {
			put(p.People.Anchor, row.ID)
		}
	case p.Measures != nil:
		for _, g := range p.Measures.Groups {
			for _, row := range g.Rows {
				put(g.Anchor, row.ID)
			}
		}
	case p.NewsList != nil:
		for _, y := range p.NewsList.Years {
			for _, row := range y.Rows {
				put(y.Anchor, row.ID)
			}
		}
	case p.SourceList != nil:
		for _, g := range p.SourceList.Groups {
			for _, row := range g.Rows {
				put(g.Anchor, row.ID)
			}
		}
	case p.Timeline != nil:
		for _, y := range p.Timeline.Years {
			for _, item := range y.Items {
				put(y.Anchor, item.Anchor)
			}
		}
	}
	return out
}

// A list that is continued has every row once, in the order in which it has them
// on one page, and leads to each of its pages.
func TestLongLists(t *testing.T) {
	files := large(30)
	files["dossier.yaml"] += "languages: [en, fr]\nbase_url: https://example.org/\n"
	for i := range 25 {
		files[fmt.Sprintf("data/entities/p%d.yaml", i)] = fmt.Sprintf("{schema: Person, name: %c. Person, country: cn, sources: [doc], confidence: primary}", 'A'+i)
	}
	for i := range 9 { // another year, no date, no programme
		files[fmt.Sprintf("content/news/old%d.md", i)] = fmt.Sprintf("---\n{title: Old %d, published: 2001-01-0%d, confidence: secondary}\n---\n", i, i+1)
		files[fmt.Sprintf("content/news/loose%d.md", i)] = fmt.Sprintf("---\n{title: Loose %d, confidence: unverified}\n---\n", i)
		files[fmt.Sprintf("data/measures/x%d.yaml", i)] = fmt.Sprintf("{title: Other %d, targets: [e1], authority: office, kind: listing, published: 2020-0%d-03, citations: [C], sources: [doc], confidence: primary}", i, i+1)
	}
	v := view(t, files, model.ViewOptions{Date: day})
	whole := pagesOf(v, Options{})
	pages := pagesOf(v, Options{rowsPerPage: 20})
	checkLinks(t, pages)
	checkLinks(t, whole)
	news := 0
	for _, s := range v.Sources {
		if s.News {
			news++
		}
	}
	for path, records := range map[string]int{entitiesPath: len(v.Entities), peoplePath: 25, measuresPath: len(v.Measures), newsPath: news, sourcesPath: len(v.Sources)} {
		if got := len(shownIn(whole[path])); got != records {
			t.Errorf("%s has %d rows for %d records", path, got, records)
		}
	}
	for _, path := range []string{entitiesPath, peoplePath, measuresPath, newsPath, sourcesPath, timelinePath, "fr/" + entitiesPath} {
		t.Run(path, func(t *testing.T) {
			if p := whole[path]; !reflect.DeepEqual(p.Pager, Pager{}) || whole[pagePath(path, 1)] != nil {
				t.Errorf("one page has a pager: %+v", p.Pager)
			}
			first := pages[path]
			if first.Pager.Total < 2 {
				t.Fatalf("%d pages", first.Pager.Total)
			}
			var rows []string
			perGroup, linked, titles := map[string]int{}, map[string]int{}, map[string]bool{}
			for n := range first.Pager.Total {
				p := pages[pagePath(path, n)]
				shown := shownIn(p)
				if len(shown) == 0 || len(shown) > 20 {
					t.Errorf("%s has %d rows", p.Path, len(shown))
				}
				rows = append(rows, shown...)
				if p.Pager.Number != n+1 || (p.Pager.Prev.Href == "") != (n == 0) || (p.Pager.Next.Href == "") != (n+1 == p.Pager.Total) {
					t.Errorf("%s: %+v", p.Path, p.Pager)
				}
				if current := p.Footer[slices.IndexFunc(p.Footer, func(i NavItem) bool { return i.Key == p.TitleKey })].Current; (current == "page") != (n == 0) || current == "" {
					t.Errorf("%s is %q in the navigation", p.Path, current)
				}
				if titles[p.Cite.BibTeX] {
					t.Errorf("%s is cited like another", p.Path)
				}
				titles[p.Cite.BibTeX] = true
				count := 0
				for _, g := range p.Pager.Groups {
					count += g.Count
					for _, link := range g.Pages {
						if link.Current != (link.Number == n+1) {
							t.Errorf("%s: %+v", p.Path, link)
						}
					}
				}
				if count != len(shownIn(whole[path])) {
					t.Errorf("%s counts %d rows", p.Path, count)
				}
			}
			if want := shownIn(whole[path]); !slices.Equal(rows, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
			}
			for _, row := range rows {
				anchor, _, _ := strings.Cut(row, " ")
				perGroup[anchor]++
			}
			for _, g := range first.Pager.Groups {
				for _, link := range g.Pages {
					_, anchor, _ := strings.Cut(link.Href, "#")
					if anchor == SectionUndated && path == timelinePath {
						anchor = ""
					}
					linked[anchor] += link.Last - link.First + 1
				}
			}
			if !reflect.DeepEqual(perGroup, linked) {
				t.Errorf("rows %v, links to rows %v", perGroup, linked)
			}
		})
	}
	if got := pages["entities/page/2.html"].Crumbs; len(got) != 3 || got[1].Key != "entities" || got[1].Href != "../index.html" || got[2].Text.Value != "2 / 3" {
		t.Errorf("%+v", got)
	}
	for _, p := range pages {
		cited(t, p)
	}
	first := pages[measuresPath].Measures.Groups[0]
	if first.Continued || first.Program.Refs[0].Number != 1 || first.Program.Issuer.ID == "" {
		t.Errorf("%+v", first.Program)
	}
	// The first page of the timeline draws all of it, so that it is as new as the newest entry.
	if got := pages[timelinePath].Date; got.ISO != "2022-05-04" || pages["timeline/page/2.html"].Date.ISO > got.ISO {
		t.Errorf("the timeline is of %s", got.ISO)
	}
	// A programme is explained where its measures begin.
	if g := pages["measures/page/2.html"].Measures.Groups[0]; g.Program.ID != "p" || g.Program.Issuer.ID != "" || !g.Continued || g.Total != 60 || g.Program.Href == "" {
		t.Errorf("%+v", g)
	}
	if got := pages["timeline/page/2.html"].Timeline; got.OverTime != nil || got.All.N != len(shownIn(pages["timeline/page/2.html"])) || got.Total <= got.All.N {
		t.Errorf("%d of %d", got.All.N, got.Total)
	}
}

// cited reports numbered sources of a page to which nothing on it refers.
func cited(t *testing.T, p *Page) {
	uses := map[string]bool{}
	visit(reflect.ValueOf(p), "", func(at string, v reflect.Value) {
		if v.Kind() == reflect.String && strings.HasSuffix(at, ".Href") {
			uses[v.String()] = true
		}
		if html, ok := v.Interface().(template.HTML); ok {
			for _, m := range hrefAttr.FindAllStringSubmatch(string(html), -1) {
				uses[m[1]] = true
			}
		}
	})
	for _, s := range p.Sources {
		if !uses["#"+s.Anchor] {
			t.Errorf("%s: nothing refers to source %d, %s", p.Path, s.Number, s.ID)
		}
	}
}

// That nobody has denied anything is said of the whole report, on each page of its timeline or on none.
func TestDeniedElsewhere(t *testing.T) {
	offered := func(p *Page) bool {
		return slices.ContainsFunc(p.Timeline.Filters, func(g FilterGroup) bool {
			return slices.ContainsFunc(g.Filters, func(f Filter) bool { return f.Token == "denied" })
		})
	}
	files := large(30)
	for _, denied := range []bool{false, true} {
		if denied {
			files["data/events/never.yaml"] = "{title: Denied, kind: statement, certainty: denied, date: 2023-01-01, by: [office], sources: [doc], confidence: primary}"
		}
		pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{rowsPerPage: 20})
		total := pages[timelinePath].Pager.Total
		for n := range total {
			if got, want := offered(pages[pagePath(timelinePath, n)]), !denied || n == total-1; got != want {
				t.Errorf("denied %v: page %d offers it: %v", denied, n+1, got)
			}
		}
	}
}

// Where a programme has no page, its place is the list of measures: that is not cut.
func TestListThatIsAPlace(t *testing.T) {
	v := view(t, large(30), model.ViewOptions{Date: day})
	pages := pagesOf(v, Options{rowsPerPage: 20, Templates: coreTemplate})
	checkLinks(t, pages)
	if p := pages[measuresPath]; p.Pager.Total != 0 || len(shownIn(p)) != 60 {
		t.Errorf("%+v", p.Pager)
	}
	if p := pages[entitiesPath]; p.Pager.Total != 2 {
		t.Errorf("%+v", p.Pager)
	}
}

// Names are in the order in which they are looked up.
func TestEntitiesByName(t *testing.T) {
	files := map[string]string{"dossier.yaml": "title: Names\n"}
	for i, name := range []string{"Zeta", "iFlytek", "Élan", "Hikvision", "海康威视", "Elbit", "360 Security"} {
		files[fmt.Sprintf("data/entities/e%d.yaml", i)] = fmt.Sprintf("{schema: Company, name: %q, country: cn, confidence: primary}", name)
	}
	var got []string
	for _, row := range pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})[entitiesPath].Entities.Groups[0].Rows {
		got = append(got, row.Value)
	}
	if want := []string{"360 Security", "Élan", "Elbit", "Hikvision", "iFlytek", "Zeta", "海康威视"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
