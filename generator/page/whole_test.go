package page

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

func TestWholeTimeline(t *testing.T) {
	p := smallPage(t, "timeline.html")
	var got []string
	for _, y := range p.Timeline.Years {
		for _, i := range y.Items {
			got = append(got, fmt.Sprintf("%s %s %s %s [%s]", y.Anchor, i.Date.ISO, i.Lane, i.Anchor, strings.Join(i.Tokens, " ")))
		}
	}
	want := []string{
		"y2019 2019-10-07 law step-acme-a-announced [law on-acme]",
		"y2019 2019-10-09 law step-acme-a-published [law on-acme]",
		"y2020 2020-07-22 law step-acme-a-amended-2020-07-22 [law on-acme]",
		"y2020 2020-11-12 law step-acme-old-published [law on-acme]",
		"y2021 2021-01-11 law step-acme-old-effective [law on-acme]",
		"y2021 2021-06-03 law step-acme-b-published [law on-acme]",
		"y2021 2021-08-02 law step-acme-b-effective-a [law on-acme]",
		"y2022 ~2022 other event-review [policy confirmed]",
		"y2022 2022-05-04 report event-plan [report reported on-acme]",
		"y2022 2022-05-05 other event-fall [market confirmed on-acme]",
		"y2022 2022-06-03 law step-acme-b-effective-b [law on-acme]",
		"y2023 2023-02-01 other news-late [news on-acme]",
		"y2023 2023-03-28 law step-sub-a-published [law on-sub]",
		"y2024 2024-04-02 other challenge-acme-a-2024-04-02 [court on-acme]",
		"y2025 2025-09-29 law step-owners-published [law on-acme]",
		"y2025 2025-11-10 law step-owners-suspended-2025-11-10 [law on-acme]",
		"y2026 2026-11-09 law step-owners-suspended-until-2026-11-09 [law on-acme]",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
	if p.Timeline.Total != len(want) || p.Date.ISO != "2025-11-10" {
		t.Errorf("%d entries, newest %s", p.Timeline.Total, p.Date.ISO)
	}
	if got := sections(p); got != "2019 2020 2021 2022 2023 2024 2025 2026 sources cite" || p.TOC[0].Href != "#y2019" || p.TOC[0].Count != 2 {
		t.Errorf("sections %s", got)
	}
}

func filtered(groups []FilterGroup) []string {
	var out []string
	for _, g := range groups {
		line := g.Key + ":"
		for _, f := range g.Filters {
			line += fmt.Sprint(" ", f.Token, "=", f.N)
		}
		if g.More > 0 {
			line += fmt.Sprint(" and ", g.More)
		}
		out = append(out, line)
	}
	return out
}

// A choice of one is no choice: with one authority and one country there is
// nothing to filter by. That nobody has denied anything is said.
func TestFilters(t *testing.T) {
	want := []string{
		"kind: law=12 report=1 court=1 market=1 policy=1 news=1", "certainty: reported=1 denied=0 confirmed=2", "entity: on-acme=15 on-sub=1",
	}
	if got := filtered(smallPage(t, "timeline.html").Timeline.Filters); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	files := small(t, map[string]string{
		"data/entities/office.yaml": "{schema: PublicBody, name: Office, country: gb, sources: [gazette], confidence: primary}",
		"data/measures/gb.yaml": "{title: UK order, targets: [sub], authority: office, kind: procurement_ban, published: 2024-01-02, citations: [X], " +
			"sources: [gazette], confidence: primary}",
		"data/events/policy.yaml": "{title: A policy, kind: policy, certainty: denied, date: 2024-02, by: [office], sources: [gazette], confidence: primary}",
	})
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	body := pages["timeline.html"].Timeline
	want = []string{
		"kind: law=13 report=1 court=1 market=1 policy=2 news=1", "certainty: reported=1 denied=1 confirmed=2", "authority: by-bureau=14 by-office=2",
		"country: country-us=14 country-gb=2", "entity: on-acme=15 on-sub=2",
	}
	if got := filtered(body.Filters); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	us := body.Filters[3].Filters[0]
	if us.Link.Value != "United States" || us.Link.Href != "countries/us.html" || us.Anchor != "only-country-us" || us.Href != "#only-country-us" {
		t.Errorf("%+v", us)
	}
	if by := body.Filters[2].Filters[0].Link; by.Value != "The Bureau" || by.Href != "entities/bureau.html" {
		t.Errorf("%+v", by)
	}
}

// What many entries have in common is offered; what few have is not, and no
// entry has a token that no filter has.
func TestManyFilters(t *testing.T) {
	p := pagesOf(view(t, large(40), model.ViewOptions{Date: day}), Options{})["timeline.html"]
	body := p.Timeline
	if got := filtered(body.Filters)[2]; !strings.HasPrefix(got, "entity: on-e0=3 on-e1=3 ") || !strings.HasSuffix(got, " and 24") {
		t.Errorf("got %q", got)
	}
	offered := map[string]int{}
	for _, g := range body.Filters {
		for _, f := range g.Filters {
			offered[f.Token] = f.N
		}
	}
	seen := map[string]int{}
	for _, y := range body.Years {
		for _, i := range y.Items {
			for _, token := range i.Tokens {
				seen[token]++
			}
		}
	}
	for token, n := range offered {
		if seen[token] != n {
			t.Errorf("%s: %d entries, the filter says %d", token, seen[token], n)
		}
	}
	for token := range seen {
		if offered[token] == 0 {
			t.Errorf("no filter for %s", token)
		}
	}
}

// What has no date stands last, by itself.
func TestUndated(t *testing.T) {
	files := small(t, map[string]string{"content/news/loose.md": "---\n{title: Loose, publisher: X, confidence: unverified}\n---\n"})
	p := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})["timeline.html"]
	last := p.Timeline.Years[len(p.Timeline.Years)-1]
	if last.Year != 0 || last.Anchor != "" || len(last.Items) != 1 || last.Items[0].ID != "loose" {
		t.Errorf("%+v", last)
	}
	if toc := p.TOC[len(p.TOC)-3]; toc.Key != SectionUndated || toc.Href != "#undated" || toc.Count != 1 {
		t.Errorf("%+v", toc)
	}
}

// An anchor does not change when other entries come or go.
func TestAnchorsAreStable(t *testing.T) {
	anchorsOf := func(p *Page) []string {
		var out []string
		for id := range anchors(t, p) {
			out = append(out, id)
		}
		return out
	}
	before := anchorsOf(smallPage(t, "entities/acme.html"))
	after := anchorsOf(pagesOf(view(t, small(t, map[string]string{
		"data/measures/first.yaml": "{title: First, targets: [acme], authority: bureau, program: US-A, kind: listing, published: 2001-01-01, citations: [X], " +
			"sources: [gazette], confidence: primary}",
		"data/events/before.yaml": "{title: Before, kind: court, certainty: confirmed, date: 2000, concerns: [acme], sources: [gazette], confidence: primary}",
	}), model.ViewOptions{Date: day}), Options{})["entities/acme.html"])
	for _, id := range before {
		if !slices.Contains(after, id) {
			t.Errorf("%s is gone", id)
		}
	}
	for _, want := range []string{"figure-wire-close", "link-acme-sub", "event-plan", "news-late", "step-acme-a-published"} {
		if !slices.Contains(before, want) {
			t.Errorf("no %s in %q", want, before)
		}
	}
}
