package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/model"
	"github.com/dossier-report/dossier/generator/page"
)

func TestGolden(t *testing.T) {
	all := everything(t, full, small(t))
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(path, "fr/entities/") || strings.HasPrefix(path, "fr/news/") {
			continue // as in the first language
		}
		fmt.Fprintf(&b, "-- %s --\n%s", path, all[path])
	}
	golden(t, "files.golden", b.String())
}

func TestFeeds(t *testing.T) {
	for name, list := range map[string][]*page.Page{"small": small(t), "example": examplePages(t)} {
		n := 0
		for path, data := range everything(t, full, list) {
			switch {
			case strings.HasSuffix(path, ".atom"):
				n++
				checkAtom(t, name+" "+path, path, data, list[0].Report.BaseURL)
			case strings.HasSuffix(path, "feed.json"):
				checkJSONFeed(t, name+" "+path, path, data, list[0].Report.BaseURL)
			}
		}
		if n < 4 {
			t.Errorf("%s: %d feeds", name, n)
		}
	}
}

// checkAtom holds a feed against what RFC 4287 requires.
func checkAtom(t *testing.T, name, path, data, base string) {
	t.Helper()
	wellFormed(t, name, data)
	var f struct {
		XMLName xml.Name
		Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      []string `xml:"id"`
		Title   []string `xml:"title"`
		Updated []string `xml:"updated"`
		Author  []struct {
			Name []string `xml:"name"`
		} `xml:"author"`
		Link  []atomLink `xml:"link"`
		Entry []struct {
			ID        []string       `xml:"id"`
			Title     []string       `xml:"title"`
			Updated   []string       `xml:"updated"`
			Published []string       `xml:"published"`
			Summary   []string       `xml:"summary"`
			Link      []atomLink     `xml:"link"`
			Category  []atomCategory `xml:"category"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(data), &f); err != nil {
		t.Fatal(err)
	}
	if f.XMLName != (xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}) || f.Lang == "" {
		t.Errorf("%s: %v, language %q", name, f.XMLName, f.Lang)
	}
	if len(f.ID) != 1 || len(f.Title) != 1 || f.Title[0] == "" || len(f.Updated) != 1 || len(f.Author) != 1 || len(f.Author[0].Name) != 1 || f.Author[0].Name[0] == "" {
		t.Errorf("%s: what a feed must have is not there", name)
	}
	self := 0
	for _, l := range f.Link {
		absoluteURL(t, name, l.Href, base)
		if l.Rel == "self" {
			self++
			if l.Href != base+path {
				t.Errorf("%s calls itself %s", name, l.Href)
			}
		}
	}
	if self != 1 || len(f.Entry) == 0 && path == "feed.atom" || len(f.Entry) > ReportEntries {
		t.Errorf("%s: %d self, %d entries", name, self, len(f.Entry))
	}
	ids := map[string]bool{f.ID[0]: true}
	last := ""
	for _, e := range f.Entry {
		if len(e.ID) != 1 || len(e.Title) != 1 || e.Title[0] == "" || len(e.Updated) != 1 || len(e.Link) != 1 || len(e.Category) == 0 || len(e.Published) > 1 || len(e.Summary) > 1 {
			t.Errorf("%s: %+v", name, e)
			continue
		}
		if ids[e.ID[0]] {
			t.Errorf("%s: two entries are %s", name, e.ID[0])
		}
		ids[e.ID[0]] = true
		absoluteURL(t, name, e.ID[0], base)
		absoluteURL(t, name, e.Link[0].Href, base)
		for _, d := range append(e.Updated, e.Published...) {
			date(t, name, d)
		}
		if last != "" && e.Updated[0] > last {
			t.Errorf("%s: %s comes after %s", name, e.Updated[0], last)
		}
		last = e.Updated[0]
	}
	if len(f.Entry) > 0 && f.Updated[0] != f.Entry[0].Updated[0] {
		t.Errorf("%s: updated %s, newest entry %s", name, f.Updated[0], f.Entry[0].Updated[0])
	}
}

// checkJSONFeed holds a feed against https://jsonfeed.org/version/1.1.
func checkJSONFeed(t *testing.T, name, path, data, base string) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(data))
	dec.DisallowUnknownFields()
	var f jsonFeed
	if err := dec.Decode(&f); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.FeedURL != base+path || f.Language == "" || len(f.Authors) != 1 || f.Authors[0].Name == "" {
		t.Errorf("%s: %+v", name, f)
	}
	absoluteURL(t, name, f.HomePageURL, base)
	for _, e := range f.Items {
		absoluteURL(t, name, e.ID, base)
		absoluteURL(t, name, e.URL, base)
		date(t, name, e.DateModified)
		if e.DatePublished != "" {
			date(t, name, e.DatePublished)
		}
		if e.Title == "" || e.ContentText == "" || strings.ContainsAny(e.ContentText, "\n\u2060") {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func absoluteURL(t *testing.T, name, s, base string) {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() || !strings.HasPrefix(s, base) || strings.ContainsAny(s, " <>\"") {
		t.Errorf("%s: %q is no address of the report", name, s)
	}
}

func date(t *testing.T, name, s string) {
	t.Helper()
	d, err := time.Parse(time.RFC3339, s)
	if err != nil || !strings.HasSuffix(s, "T00:00:00Z") || d.After(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%s: %q is no day", name, s)
	}
}

func wellFormed(t *testing.T, name, data string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(data))
	for {
		_, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// An imprecise date counts as its last day, unless that is still to come.
func TestUpdated(t *testing.T) {
	byPath := map[string]*page.Page{}
	for _, p := range small(t) {
		byPath[p.Path] = p
	}
	got := map[string]string{}
	for _, e := range (Options{}).items(byPath["entities/acme.html"], byPath["entities/acme.html"].Entity.Timeline) {
		_, id, _ := strings.Cut(e.id, "#")
		if parts := strings.Split(id, ":"); len(parts) == 5 {
			id = strings.Join(parts[:4], ":") // without the fingerprint of how it is cited
		}
		got[id] += stamp(e.updated)[:10] + " " + e.published + ";"
	}
	want := map[string]string{
		"measure:acme-a:announced":                "2019-10-31 ;",
		"measure:acme-a:published":                "2019-10-09 2019-10-09T00:00:00Z;",
		"measure:acme-a:effective:%28a%29%282%29": "2020-10-01 2020-10-01T00:00:00Z;",
		"measure:acme-a:suspended:2020-01-01":     "2020-01-01 2020-01-01T00:00:00Z;",
		"measure:acme-a:corrected:2020-06-18":     "2020-06-18 2020-06-18T00:00:00Z;2020-06-18 2020-06-18T00:00:00Z;",
		"challenge:acme-a:upheld:2021-03-01":      "2021-03-01 2021-03-01T00:00:00Z;",
		"measure:later:published":                 "2024-01-01 2024-01-01T00:00:00Z;",
		"event:plan":                              "2023-02-28 2022-05-04T00:00:00Z;", // it was corrected
		"event:year":                              "2026-01-01 ;",                     // its last day is still to come
		"news:month":                              "2022-06-30 ;",
		"news:wire":                               "2022-05-04 2022-05-04T00:00:00Z;",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

// An entry has the same address whichever page it is found on, and keeps its id
// when titles change.
func TestStableIDs(t *testing.T) {
	ids := func(changed map[string]string) map[string]string {
		out := map[string]string{}
		for _, p := range pages(t, project(t, changed), model.ViewOptions{Date: day}) {
			for _, e := range (Options{}).entries(p) {
				if e.here {
					continue
				}
				if other := out[e.id]; other != "" && other != e.url {
					t.Errorf("%s is at %s and at %s", e.id, other, e.url)
				}
				out[e.id] = e.url
			}
		}
		return out
	}
	want := ids(nil)
	got := ids(map[string]string{
		"data/events/plan.yaml": "{title: Another title, kind: report, certainty: denied, date: 2022-05-06, concerns: [acme], sources: [gazette], confidence: secondary}",
	})
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A theme without the newer layouts has the same entries, at other places.
func TestCoreTemplates(t *testing.T) {
	r, found := model.Build(project(t, nil))
	report(t, found)
	v, err := r.View(model.ViewOptions{Date: day})
	if err != nil {
		t.Fatal(err)
	}
	ids := func(o page.Options) []string {
		var out []string
		for p := range page.Pages(v, o) {
			for _, e := range (Options{}).entries(p) {
				out = append(out, e.id)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	want := ids(page.Options{Templates: page.AllTemplates})
	if got := ids(page.Options{}); !reflect.DeepEqual(got, want) || len(want) < 20 {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Pages may come in any order, and from several goroutines.
func TestOrderOfPages(t *testing.T) {
	list := small(t)
	want := everything(t, full, list)
	slices.Reverse(list)
	if got := everything(t, full, list); !reflect.DeepEqual(got, want) {
		t.Error("reversed pages give other files")
	}
	c := NewCollector(full)
	var wg sync.WaitGroup
	for _, p := range list {
		wg.Go(func() { c.Add(p) })
	}
	wg.Wait()
	for range 2 {
		for path, data := range c.Files() {
			if string(data) != want[path] {
				t.Errorf("%s differs", path)
			}
		}
	}
	for range c.Files() {
		break
	}
	for range c.Watch(slices.Values(list)) {
		break
	}
	in := project(t, nil)
	slices.Reverse(in.Docs)
	if got := everything(t, full, pages(t, in, model.ViewOptions{Date: day})); !reflect.DeepEqual(got, want) {
		t.Error("reversed files give other output")
	}
}

func TestWithoutBaseURL(t *testing.T) {
	in := project(t, map[string]string{"dossier.yaml": "title: Plain\n"})
	in.Docs = slices.DeleteFunc(in.Docs, func(d model.Doc) bool { return d.Lang == "fr" || hidden(d) })
	all := everything(t, full, pages(t, in, model.ViewOptions{Date: day}))
	for path, text := range all {
		if !strings.HasSuffix(path, ".html") && path != "robots.txt" && path != "_headers" {
			t.Errorf("%s is made", path)
		}
		for _, word := range []string{"og:url", "og:image", "feed ", `"@id"`, "BreadcrumbList", "contentUrl", "Sitemap"} {
			if strings.Contains(text, word) {
				t.Errorf("%s has %s", path, word)
			}
		}
	}
	if got := all["robots.txt"]; got != "User-agent: *\nDisallow:\n" {
		t.Errorf("%q", got)
	}
	for range NewCollector(full).Files() {
		t.Error("a file of no pages")
	}
}

// hidden reports the records that this report without audiences cannot have.
func hidden(d model.Doc) bool {
	n := d.Root.Get("audience")
	return n != nil
}

// What the reader may not see leaves no word.
func TestNothingLeaks(t *testing.T) {
	in := project(t, nil)
	editors := everything(t, full, pages(t, in, model.ViewOptions{Date: day, Audience: "editors"}))
	public := everything(t, full, pages(t, in, model.ViewOptions{Date: day}))
	past := everything(t, full, pages(t, in, model.ViewOptions{Date: day, AsOf: model.NewDay(2023, 1, 1)}))
	for _, word := range []string{"SECRETNEWS", "SECRETPRESS", "SECRETNAME", "SECRETBODY", "whisper"} {
		if !strings.Contains(fmt.Sprint(editors), word) {
			t.Errorf("the editors do not find %s", word)
		}
		for path, text := range public {
			if strings.Contains(path+text, word) {
				t.Errorf("%s holds %s", path, word)
			}
		}
	}
	if strings.Contains(fmt.Sprint(public), "GONENAME") || strings.Contains(fmt.Sprint(past), "LATERMEASURE") {
		t.Error("a withdrawn record is named, or a later one known before")
	}
	if !strings.Contains(public["entities/gone.html"], "noindex") {
		t.Error("a tombstone may be indexed")
	}
	if editors["robots.txt"] != "User-agent: *\nDisallow: /\n" || editors["sitemap.xml"] != "" || !strings.Contains(editors["_headers"], "X-Robots-Tag: noindex") ||
		strings.Contains(editors["_headers"], "Access-Control") || !strings.Contains(editors["index.html"], "noindex") {
		t.Error("crawlers are let into what is not public")
	}
	if strings.Contains(public["index.html"], "noindex") || strings.Contains(public["_headers"], "noindex") {
		t.Error("crawlers are kept out of what is public")
	}
	changed := everything(t, full, pages(t, project(t, map[string]string{
		"content/news/hidden.md": "---\n{title: Other, published: 2025-05-05, audience: editors, confidence: secondary}\n---\nOther.\n",
	}), model.ViewOptions{Date: day}))
	if !reflect.DeepEqual(changed, public) {
		t.Error("a hidden record shows")
	}
}

// A long report keeps to its limits, and holds no more in memory than these.
func TestLimits(t *testing.T) {
	c := NewCollector(Options{})
	for i := range 300 {
		c.Add(synthetic(i, 10))
		if n := len(c.langs["en"].entries); n > 4*ReportEntries+10 {
			t.Fatalf("%d entries are held", n)
		}
	}
	for path, data := range c.Files() {
		if path == "feed.atom" && bytes.Count(data, []byte("<entry>")) != ReportEntries {
			t.Errorf("%d entries", bytes.Count(data, []byte("<entry>")))
		}
	}
	for path, data := range (Options{}).Entity(synthetic(1, 300)) {
		if strings.HasSuffix(path, ".atom") && bytes.Count(data, []byte("<entry>")) != EntityEntries {
			t.Errorf("%d entries", bytes.Count(data, []byte("<entry>")))
		}
	}
}

// synthetic is the page of an entity with n events.
func synthetic(i, n int) *page.Page {
	r := &page.Report{Title: page.Text{Value: "Large"}, Lang: "en", BaseURL: "https://example.org/", AsOf: dayOf(2026, 6, 8), Public: true}
	p := &page.Page{
		Path: fmt.Sprintf("entities/e%d.html", i), Template: page.TemplateEntity, ID: fmt.Sprint("e", i), Lang: "en", Root: "../", LangRoot: "../",
		Canonical: fmt.Sprintf("https://example.org/entities/e%d.html", i), Title: page.Text{Value: fmt.Sprint("Company ", i)}, Report: r,
		Entity: &page.Entity{Schema: "Company", Name: page.Text{Value: fmt.Sprint("Company ", i)}},
	}
	for j := range n {
		item := page.TimelineItem{Anchor: fmt.Sprintf("event-%d-%d", i, j), Kind: "event", Step: "report", Lane: "report", Certainty: "reported", Date: dayOf(2000+j%20, 1+i%12, 1+(i+j)%28)}
		item.ID, item.Value = fmt.Sprintf("v%d-%d", i, j), fmt.Sprintf("Event %d of %d", j, i)
		p.Entity.Timeline = append(p.Entity.Timeline, item)
	}
	return p
}

func dayOf(y, m, d int) page.Date {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	point := page.Point{Year: y, Month: m, Day: d, Time: t, Precision: "day"}
	iso := t.Format(time.DateOnly)
	return page.Date{ISO: iso, Datetime: iso, From: point, To: point, Precision: "day"}
}

func TestPlain(t *testing.T) {
	for html, want := range map[string]string{
		"":                     "",
		"<p>One</p><p>two</p>": "One two",
		"a &lt; b &amp; c":     "a < b & c",
		`<p>A<a class="ref" href="#s1"><span class="vh">Source </span>[1]</a>.</p>`:                                             "A.",
		`<p>A<span class="refs"><a class="ref" href="#s1">[1]</a>` + "\u2060" + `<a class="ref" href="#s2">[2]</a></span>.</p>`: "A.",
		`<p>See <a href="x.html" title="a > b"><em>this</em></a></p>`:                                                           "See this",
		"<ul><li>One</li><li>Two</li></ul>":                                                                                     "One Two",
		"<p>cut":                                                                                                                "cut",
		"<":                                                                                                                     "",
		`<p title="never closed`:                                                                                                "",
	} {
		if got := plain(html); got != want {
			t.Errorf("%q is %q, not %q", html, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("<p>A<a class=\"ref\">[1]</a></p>")
	f.Fuzz(func(t *testing.T, s string) {
		if got := plain(s); len(strings.Fields(got)) > 0 && got != strings.Join(strings.Fields(got), " ") {
			t.Errorf("%q", got)
		}
	})
}

// Every word that is asked for is one of the theme's.
func TestWords(t *testing.T) {
	text, err := os.ReadFile("../../themes/dossier/i18n/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	o := full
	o.Word = func(_, key string) string {
		if !strings.Contains(string(text), "\n"+key+":") && !slices.Contains(missing, key) {
			missing = append(missing, key)
		}
		return "word"
	}
	for _, list := range [][]*page.Page{small(t), examplePages(t)} {
		everything(t, o, slices.DeleteFunc(list, func(p *page.Page) bool {
			_, err := os.Stat("../../themes/dossier/layouts/" + p.Template + ".html")
			return err != nil
		}))
	}
	if len(missing) > 0 {
		t.Errorf("the theme has no %q", missing)
	}
}

// BenchmarkCollector takes 10,000 pages; the metric is what is held of them.
func BenchmarkCollector(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		c := NewCollector(Options{})
		bytes := 0
		for i := range 10_000 {
			p := synthetic(i, 5)
			c.Add(p)
			for _, data := range (Options{}).Entity(p) {
				bytes += len(data)
			}
			bytes += len((Options{}).Head(p).JSONLD)
		}
		held := len(c.langs["en"].entries)
		for _, data := range c.Files() {
			bytes += len(data)
		}
		b.ReportMetric(float64(held), "entries-held")
		b.ReportMetric(float64(bytes)/1e6, "MB-written")
	}
}
