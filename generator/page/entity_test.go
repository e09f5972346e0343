package page

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// said writes links as a reader sees them.
func said(links []Link) string {
	var out []string
	for _, l := range links {
		out = append(out, l.Value)
	}
	return strings.Join(out, ", ")
}

func TestEntityHead(t *testing.T) {
	p := smallPage(t, "entities/acme.html")
	e := p.Entity
	var names []string
	for _, n := range e.Names {
		names = append(names, strings.TrimSpace(n.Kind+" "+n.Value+" "+n.Lang+" "+said(n.On)))
	}
	want := []string{
		"native 尖峰数字技术股份有限公司 zh-Hans", "short Acme", "alias Acme Digital", "weak_alias AD", "listed_as ACME DIGITAL  List A: Acme",
	}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("names %q", names)
	}
	if e.Identifiers[0] != (Identifier{"wikidata", "Q1"}) || e.Securities[0].Ticker != "000001" {
		t.Errorf("%+v %+v", e.Identifiers, e.Securities)
	}
	if p.Title.Value != "Acme Digital Technology Co., Ltd." || p.Crumbs[2].Text.Value != "Acme" || p.Crumbs[2].Href != "" || p.Crumbs[1].Href != "index.html" {
		t.Errorf("%q %+v", p.Title.Value, p.Crumbs)
	}
	if !strings.Contains(string(e.Summary.HTML), `href="#s1"`) || !strings.Contains(string(e.Summary.HTML), "{{ .Page }}") {
		t.Errorf("summary %s", e.Summary.HTML)
	}
	if p.Canonical != "https://example.org/r/entities/acme.html" || p.Root != "../" {
		t.Errorf("%q %q", p.Canonical, p.Root)
	}
}

func TestStanding(t *testing.T) {
	s := smallPage(t, "entities/acme.html").Entity.Standing
	got := fmt.Sprintf("regimes %s; countries %v; statuses %v; %d measures, %d act, %d reach it, %d on what it owns; %d plans",
		said(s.Regimes), s.Countries, s.Statuses, s.Measures, s.Acting, s.Reached, s.Related, len(s.Plans))
	want := "regimes List A, List B; countries [{us 2}]; statuses [{in_force 2} {superseded 1}]; " +
		"3 measures, 2 act, 0 reach it, 1 on what it owns; 1 plans"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	plan := s.Plans[0]
	if plan.Href != "../events/plan.html" || plan.Program.Value != "List Z" || plan.Recorded || plan.Certainty != "reported" {
		t.Errorf("%+v", plan)
	}
	if issued := smallPage(t, "entities/bureau.html").Entity.Standing.Issued; issued != 5 {
		t.Errorf("the bureau issued %d", issued)
	}
}

func TestStrip(t *testing.T) {
	var got []string
	for _, s := range smallPage(t, "entities/acme.html").Entity.Strip {
		line := s.Regime.Value + ": " + s.Status.Word
		for _, d := range s.Dates {
			line += " " + strings.TrimSpace(d.Step+" "+d.Label) + " " + d.Date.ISO
		}
		if s.Plan.ID != "" {
			line += "plan " + s.Plan.Date.ISO
		}
		got = append(got, line)
	}
	want := []string{
		"List A: in_force effective 2019-10-09",
		"List B: in_force effective (a) 2021-08-02 effective (b) 2022-06-03",
		"List Z: plan 2022-05-04",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func cellText(c DateCell) string {
	out := c.Date.ISO
	for _, p := range c.Parts {
		out += " " + p.Label + " " + p.Date.ISO
	}
	if c.State != Stated {
		out += c.State
	}
	return strings.TrimSpace(out)
}

// The five dates of a measure stay five: none is filled from another, and
// "not stated" is told from "does not apply".
func TestRegimesKeepTheDatesApart(t *testing.T) {
	var got []string
	for _, g := range smallPage(t, "entities/acme.html").Entity.Regimes {
		for _, r := range g.Rows {
			d := r.Dates
			got = append(got, strings.Join([]string{g.Key, r.ID, r.Status.Word, cellText(d.Announced), cellText(d.Published),
				cellText(d.Effective), cellText(d.DivestBy), cellText(d.Ended)}, " | "))
		}
	}
	want := []string{
		"acting | acme-a | in_force | 2019-10-07 | 2019-10-09 | 2019-10-09 | not_applicable | not_ended",
		"acting | acme-b | in_force | not_stated | 2021-06-03 | (a) 2021-08-02 (b) 2022-06-03 | not_stated | not_ended",
		"reached | owners | suspended | not_stated | 2025-09-29 | 2025-09-29 | not_applicable | not_ended",
		"related | sub-a | listed | not_stated | 2023-03-28 | not_stated | not_applicable | not_ended",
		"over | acme-old | superseded | not_stated | 2020-11-12 | 2021-01-11 | not_stated | not_stated",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

func TestMeasurePage(t *testing.T) {
	p := smallPage(t, "measures/acme-a.html")
	m := p.Measure
	if m.Targets[0].ListedAs != "ACME DIGITAL" || m.Targets[0].Href != "../entities/acme.html" || m.Targets[0].Native.Lang != "zh-Hans" {
		t.Errorf("targets %+v", m.Targets)
	}
	if m.Authority.Value != "The Bureau" || m.Country != "us" || m.Regime.Key != "US-A" || m.Regime.Basis[0].Citation != "1 CFR 2" {
		t.Errorf("%+v %+v", m.Authority, m.Regime)
	}
	if m.Amendments[0].Type != "amended" || m.Challenges[0].Outcome != "upheld_remanded_in_part" || m.Status.Code != "in_force" {
		t.Errorf("%+v", m.MeasureRow)
	}
	if ref := m.Refs[0]; ref.Locator != (Locator{Label: "page", Place: "3", Count: 1}) || ref.Quote != "Acme is added" || ref.Href != "#s1" {
		t.Errorf("%+v", ref)
	}
	var keys []string
	for _, item := range p.TOC {
		keys = append(keys, item.Key)
	}
	if got := strings.Join(keys, " "); got != "dates targets scope history court beside timeline sources cite" {
		t.Errorf("sections %s", got)
	}
	if got := smallPage(t, "measures/acme-b.html").Measure; len(got.Replaced) != 1 || got.Replaced[0].ID != "acme-old" {
		t.Errorf("replaced %+v", got.Replaced)
	}
	if got := smallPage(t, "measures/acme-old.html").Measure; got.ReplacedBy[0].ID != "acme-b" || got.Status.By.Href != "acme-b.html" {
		t.Errorf("replaced by %+v", got.ReplacedBy)
	}
}

// Where very many measures act on the same targets, a page names the most
// important of them, and says how many more there are.
func TestManyBeside(t *testing.T) {
	var list strings.Builder
	for i := range mostBeside + 5 {
		ended := ""
		if i < 20 {
			ended = ", ended: {date: 2021-02-03, as: lapsed}"
		}
		fmt.Fprintf(&list, "- {id: more-%d, title: More %d, targets: [lonely], authority: bureau, kind: asset_freeze, published: 2020-01-02, effective: 2020-01-02, sources: [gazette], confidence: primary%s}\n", i, i, ended)
	}
	pages := pagesOf(view(t, small(t, map[string]string{
		"data/entities/lonely.yaml": "{schema: Company, name: Lonely, sources: [gazette], confidence: primary}",
		"data/measures/more.yaml":   list.String(),
	}), model.ViewOptions{Date: day}), Options{})
	p := pages["measures/more-30.html"]
	m := p.Measure
	if len(m.Beside) != mostBeside || m.BesideMore != 4 {
		t.Errorf("%d measures beside, and %d more", len(m.Beside), m.BesideMore)
	}
	for i, row := range m.Beside {
		if (row.Status.Code == "in_force") != (i < mostBeside+5-20-1) {
			t.Errorf("row %d, of %d: %s", i, len(m.Beside), row.Status.Code)
		}
	}
	if i := slices.IndexFunc(p.TOC, func(x TOCItem) bool { return x.Key == SectionBeside }); i < 0 || p.TOC[i].Count != mostBeside+4 {
		t.Errorf("%+v", p.TOC)
	}
	if m := pages["measures/acme-a.html"].Measure; m.BesideMore != 0 || len(m.Beside) == 0 {
		t.Errorf("%d measures beside, and %d more", len(m.Beside), m.BesideMore)
	}
}

func TestTimeline(t *testing.T) {
	var got []string
	for _, i := range smallPage(t, "entities/acme.html").Entity.Timeline {
		line := strings.Join([]string{i.Date.ISO, i.Lane, i.Kind, strings.Join(append([]string{i.Step}, i.Also...), "+"), i.ID}, " ")
		if i.Label != "" {
			line += " " + i.Label
		}
		if i.Certainty != "" {
			line += " " + i.Certainty
		}
		if i.Upcoming {
			line += " to come"
		}
		got = append(got, line)
	}
	want := []string{
		"2019-10-07 law measure announced acme-a",
		"2019-10-09 law measure published+effective acme-a",
		"2020-07-22 law measure amended acme-a",
		"2020-11-12 law measure published acme-old",
		"2021-01-11 law measure effective acme-old",
		"2021-06-03 law measure published acme-b",
		"2021-08-02 law measure effective acme-b (a)",
		"2022-05-04 report event report plan reported",
		"2022-05-05 other event market fall confirmed",
		"2022-06-03 law measure effective acme-b (b)",
		"2023-02-01 other news published late",
		"2023-03-28 law measure published sub-a",
		"2024-04-02 other challenge upheld_remanded_in_part acme-a",
		"2025-09-29 law measure published+effective owners",
		"2025-11-10 law measure suspended owners",
		"2026-11-09 law measure suspended_until owners to come",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

// A rate of an earlier day, as on a holiday, is called that.
func TestEarlierRate(t *testing.T) {
	files := small(t, nil)
	for name, text := range files {
		files[name] = strings.Replace(text, "rate_date: 2022-05-05", "rate_date: 2022-05-04", 1)
	}
	p := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{Version: "1"})["entities/acme.html"]
	if e := p.Entity.Figures[1].Rows[0].Equivalents[1]; !e.Earlier || e.RateDate.ISO != "2022-05-04" {
		t.Errorf("%+v", e)
	}
}

func TestFiguresAndRelations(t *testing.T) {
	e := smallPage(t, "entities/acme.html").Entity
	markets, price := e.Figures[0].Rows[0], e.Figures[1].Rows[0]
	if markets.Items[1].Value != "United States" || markets.Number.Decimal != "" {
		t.Errorf("%+v", markets)
	}
	if price.Number != (Number{Decimal: "38.24", Float: 38.24, Places: 2, Unit: "CNY", UnitText: Text{Value: "CNY"}}) {
		t.Errorf("%+v", price.Number)
	}
	given, converted := price.Equivalents[0], price.Equivalents[1]
	if given.Basis != "as_given" || given.Number.Decimal != "5.74" || converted.Basis != "converted" || converted.Rate.Decimal != "6.6175" ||
		converted.RateDate.ISO != "2022-05-05" || converted.Earlier || converted.Refs[0].Title.Value != "Reference rates" {
		t.Errorf("%+v", price.Equivalents)
	}
	var got []string
	for _, g := range e.Relations {
		for _, r := range g.Rows {
			got = append(got, fmt.Sprint(g.Key, " ", r.Value, " ", r.Share.Bound, r.Share.Decimal, " ", r.Date.ISO, " over ", r.Over, " regimes ", len(r.Strip)))
		}
	}
	want := []string{
		"owners Ministry about40 2022-09-30 over false regimes 0", "owners Ministry 41.55 2017 over true regimes 0", "assets Acme Sub 100  over false regimes 1",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if g := smallPage(t, "entities/ministry.html").Entity.Relations; g[1].Key != "children" || g[1].Rows[0].Value != "The Bureau" {
		t.Errorf("%+v", g)
	}
}

func TestRevisions(t *testing.T) {
	r := smallPage(t, "entities/acme.html").Entity.Revisions
	if len(r) != 2 || r[0].Kind != "correction" || !r[0].Withheld || r[1].Kind != "update" || r[1].Was != "Acme Ltd" || r[1].Withheld {
		t.Errorf("%+v", r)
	}
}

// Sources are numbered as they come; a source that is used again keeps its number.
func TestNumbering(t *testing.T) {
	p := smallPage(t, "entities/acme.html")
	var got []string
	for _, s := range p.Sources {
		got = append(got, fmt.Sprintf("%d %s %s %s %s", s.Number, s.Anchor, s.ID, s.Grade, s.Archive.State))
	}
	want := []string{"1 s1 gazette primary hashed", "2 s2 wire secondary linked", "3 s3 late secondary none", "4 s4 rates primary none"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if p.Sources[1].Href != "../news/wire.html" || p.Sources[1].Archive.Captured.ISO != "2022-05-10" {
		t.Errorf("%+v", p.Sources[1])
	}
}

func TestSourcePage(t *testing.T) {
	p := smallPage(t, "sources/gazette.html")
	var got []string
	for _, u := range p.Source.Uses {
		got = append(got, strings.TrimSpace(strings.Join([]string{u.Of, u.Value, u.Href, u.Locator.Place}, " ")))
	}
	for _, want := range []string{
		"entity Acme ../entities/acme.html 1", "measure List A: Acme ../measures/acme-a.html 3", "program List A ../programs/list-a.html",
		"link Ministry ../entities/ministry.html#ties", "source A plan against Acme is reported ../news/wire.html 2",
	} {
		if !strings.Contains(strings.Join(got, "\n")+"\n", want+"\n") {
			t.Errorf("no use %q in:\n%s", want, strings.Join(got, "\n"))
		}
	}
	if c := p.Source.Cite; !strings.Contains(c.BibTeX, `50 \% \& more`) || c.Parts[0].Style != "italic" {
		t.Errorf("%s %+v", c.BibTeX, c.Parts)
	}
	news := smallPage(t, "news/wire.html")
	if news.Template != TemplateNewsItem || news.Date.Precision != "month" || news.Source.Published.From.Day != 0 {
		t.Errorf("%s %+v", news.Template, news.Date)
	}
	if len(news.Source.Events) != 2 || news.Source.Events[0].Anchor != "event-plan" || news.Source.Events[0].Href != "../events/plan.html" {
		t.Errorf("%+v", news.Source.Events)
	}
}

func TestHome(t *testing.T) {
	p := smallPage(t, "index.html")
	h := p.Home
	if h.Lead.ID != "plan" || h.Lead.Lane != LaneReport || h.Lead.Voices != 4 || h.Focus.Href != "entities/acme.html" {
		t.Errorf("%+v %+v", h.Lead, h.Focus)
	}
	var got []string
	for _, r := range h.Matrix.Rows {
		line := r.Value + ":"
		for _, cell := range r.Cells {
			line += " " + cell.Regime.Value + "=" + cell.Status.Word + cell.Plan.ID
		}
		got = append(got, line)
	}
	want := []string{"Acme: List A=in_force List B=in_force List Z=plan", "Acme Sub: List A=listed List B= List Z="}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if h.Latest[0].Date.ISO != "2025-11-10" || h.Latest[0].Upcoming {
		t.Errorf("latest %+v", h.Latest[0])
	}
	if h.News[0].ID != "late" || h.News[0].Language != "de" {
		t.Errorf("%+v", h.News)
	}
}

func TestLanguages(t *testing.T) {
	p := smallPage(t, "fr/about.html")
	if p.Title != (Text{Value: "À propos"}) || p.Prose.Body.Lang != "" || p.Alternates[0].Href != "../about.html" || !p.Alternates[1].Current {
		t.Errorf("%+v %+v", p.Title, p.Alternates)
	}
	if p := smallPage(t, "fr/changes.html"); p.Title != (Text{"Corrections", "en", "ltr"}) || p.Changes.Front.Body.Lang != "en" {
		t.Errorf("%+v %+v", p.Title, p.Changes.Front.Body)
	}
	if p := smallPage(t, "fr/measures/acme-a.html"); p.Title.Lang != "en" || p.Report.Title.Value != "Registres" || p.Measure.Targets[0].Href != "../entities/acme.html" {
		t.Errorf("%+v", p.Title)
	}
	toc := smallPage(t, "about.html").TOC
	if toc[0].Href != "#t1-aim" || toc[0].Level != 2 || toc[1].Level != 3 {
		t.Errorf("%+v", toc)
	}
	for lang, want := range map[string]string{"ar": "rtl", "he-IL": "rtl", "az-Arab": "rtl", "ar-Latn": "ltr", "ug": "rtl", "zh-Hans": "ltr", "en": "ltr"} {
		if got := Direction(lang); got != want {
			t.Errorf("%s is %s", lang, got)
		}
	}
}

func TestNewsList(t *testing.T) {
	l := smallPage(t, "news/index.html").NewsList
	if l.Total != 2 || l.Years[0].Year != 2023 || l.Years[1].Rows[0].Date.ISO != "2022-05" {
		t.Errorf("%+v", l)
	}
}
