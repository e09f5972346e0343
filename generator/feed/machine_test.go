package feed

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// vocabulary is the part of schema.org that is used: what a type may have, with
// what it inherits, from https://schema.org as of version 29.
var vocabulary = map[string][]string{
	"WebPage":                {"name", "description", "url", "inLanguage", "isPartOf", "publisher", "license", "datePublished", "dateModified", "breadcrumb", "mainEntity", "citation"},
	"CollectionPage":         {"name", "description", "url", "inLanguage", "isPartOf", "publisher", "license", "dateModified", "breadcrumb", "mainEntity", "citation"},
	"WebSite":                {"name", "description", "url"},
	"BreadcrumbList":         {"itemListElement"},
	"ListItem":               {"position", "name", "item"},
	"Organization":           {"name", "alternateName", "description", "url", "sameAs", "identifier", "leiCode", "parentOrganization"},
	"GovernmentOrganization": {"name", "alternateName", "description", "url", "sameAs", "identifier", "leiCode", "parentOrganization"},
	"Person":                 {"name", "alternateName", "description", "url", "sameAs", "identifier", "birthDate"},
	"PropertyValue":          {"propertyID", "value"},
	"CreativeWork":           {"name", "url", "inLanguage", "publisher", "datePublished"},
	"Dataset":                {"name", "description", "url", "inLanguage", "license", "creator", "isAccessibleForFree", "dateModified", "distribution"},
	"DataDownload":           {"name", "encodingFormat", "contentUrl"},
}

func TestJSONLD(t *testing.T) {
	for _, list := range [][]*page.Page{small(t), examplePages(t)} {
		types := map[string]int{}
		for _, p := range list {
			text := full.Head(p).JSONLD
			if p.NotFound != nil || p.Redirect != nil {
				if text != "" {
					t.Errorf("%s is described", p.Path)
				}
				continue
			}
			if strings.ContainsAny(text, "<>&\u2028\u2029\n") {
				t.Errorf("%s: not escaped: %s", p.Path, text)
			}
			var top map[string]any
			if err := json.Unmarshal([]byte(text), &top); err != nil {
				t.Fatalf("%s: %v", p.Path, err)
			}
			if top["@context"] != "https://schema.org" {
				t.Errorf("%s: context %v", p.Path, top["@context"])
			}
			checkThing(t, p.Path, top, types)
		}
		for _, want := range []string{"WebPage", "CollectionPage", "Organization", "GovernmentOrganization", "Person", "BreadcrumbList", "CreativeWork", "Dataset"} {
			if types[want] == 0 {
				t.Errorf("no %s", want)
			}
		}
	}
}

func checkThing(t *testing.T, path string, x map[string]any, types map[string]int) {
	t.Helper()
	kind, _ := x["@type"].(string)
	allowed, ok := vocabulary[kind]
	if !ok {
		t.Errorf("%s: type %v", path, x["@type"])
	}
	types[kind]++
	if kind != "PropertyValue" && kind != "BreadcrumbList" && x["name"] == nil {
		t.Errorf("%s: a %s without a name", path, kind)
	}
	for key, value := range x {
		if key[0] != '@' && !slices.Contains(allowed, key) {
			t.Errorf("%s: a %s has no %s", path, kind, key)
		}
		switch {
		case key == "@id", key == "url", key == "item", key == "contentUrl", key == "license":
			if s, _ := value.(string); !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
				t.Errorf("%s: %s is %v", path, key, value)
			}
		case strings.HasPrefix(key, "date"), key == "birthDate":
			s := fmt.Sprint(value)
			if _, err := time.Parse("2006-01-02"[:len(s)], s); err != nil {
				t.Errorf("%s: %s is %v", path, key, value)
			}
		}
		switch v := value.(type) {
		case map[string]any:
			checkThing(t, path, v, types)
		case []any:
			for _, item := range v {
				if m, ok := item.(map[string]any); ok {
					checkThing(t, path, m, types)
				}
			}
			if len(v) == 0 {
				t.Errorf("%s: %s is empty", path, key)
			}
		case nil:
			t.Errorf("%s: %s is null", path, key)
		}
	}
}

// No text can end the script element, whatever it holds.
func FuzzJSONLD(f *testing.F) {
	for _, s := range []string{"</script><script>alert(1)</script>", "<!--", "]]>", "\u2028\u2029", "\xff", `"\`, "</SCRIPT >"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := synthetic(1, 0)
		p.Title.Value, p.Description.Value, p.Entity.Name.Value, p.Entity.Website = s, s, s, s
		p.Sources = []page.Reference{{Title: page.Text{Value: s}, URL: s}}
		p.Crumbs = []page.Crumb{{Key: "home", Href: s}, {Text: page.Text{Value: s}}}
		p.Report.Licence.URL = s
		h := full.Head(p)
		if strings.ContainsAny(h.JSONLD, "<>&\u2028\u2029") || !json.Valid([]byte(h.JSONLD)) {
			t.Errorf("%q", h.JSONLD)
		}
		for path, data := range full.Entity(p) {
			if strings.HasSuffix(path, ".atom") {
				wellFormed(t, path, string(data))
			} else if !json.Valid(data) {
				t.Errorf("%s: %q", path, data)
			}
		}
	})
}

func TestSitemap(t *testing.T) {
	list := small(t)
	text := everything(t, full, list)["sitemap.xml"]
	wellFormed(t, "sitemap.xml", text)
	var set struct {
		XMLName xml.Name
		URL     []struct {
			Loc     string `xml:"loc"`
			Lastmod string `xml:"lastmod"`
			Link    []struct {
				Rel      string `xml:"rel,attr"`
				Hreflang string `xml:"hreflang,attr"`
				Href     string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(text), &set); err != nil {
		t.Fatal(err)
	}
	if set.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" || set.XMLName.Local != "urlset" {
		t.Errorf("%v", set.XMLName)
	}
	changed := map[string]string{}
	for _, u := range set.URL {
		absoluteURL(t, "sitemap.xml", u.Loc, "https://example.org/r/")
		if u.Lastmod != "" {
			if _, err := time.Parse(time.DateOnly, u.Lastmod); err != nil {
				t.Error(err)
			}
		}
		own, langs, others := false, "", map[string]string{}
		for _, l := range u.Link {
			absoluteURL(t, "sitemap.xml", l.Href, "https://example.org/r/")
			own = own || l.Href == u.Loc
			langs += l.Hreflang + " "
			others[l.Hreflang] = l.Href
		}
		// Who reads neither language gets the report's own.
		if langs != "x-default en fr " || !own || others["x-default"] != others["en"] {
			t.Errorf("%s: %v", u.Loc, u.Link)
		}
		changed[strings.TrimPrefix(u.Loc, "https://example.org/r/")] = u.Lastmod
	}
	for path, want := range map[string]string{
		"about.html": "2026-01-02", "fr/about.html": "", "entities/acme.html": "2024-03-01", "news/wire.html": "2022-05-04", "news/month.html": "", "entities/gone.html": "2025-01-01",
	} {
		if got, ok := changed[path]; !ok || got != want {
			t.Errorf("%s changed on %q, not %q (%v)", path, got, want, ok)
		}
	}
	for _, p := range list {
		if _, ok := changed[p.Path]; ok == (p.NotFound != nil || p.Redirect != nil) {
			t.Errorf("%s: listed %v", p.Path, ok)
		}
	}
	if len(changed) != len(set.URL) {
		t.Errorf("%d addresses on %d lines", len(changed), len(set.URL))
	}
}

func TestSplitSitemap(t *testing.T) {
	c := NewCollector(Options{})
	c.maxURLs = 4
	for i := range 10 {
		c.Add(synthetic(i, 0))
	}
	counts := map[string]int{}
	for path, data := range c.Files() {
		if strings.HasPrefix(path, "sitemap") {
			wellFormed(t, path, string(data))
			counts[path] = strings.Count(string(data), "<loc>")
		}
	}
	if fmt.Sprint(counts) != "map[sitemap-1.xml:4 sitemap-2.xml:4 sitemap-3.xml:2 sitemap.xml:3]" {
		t.Error(counts)
	}
	urls := []location{{url: strings.Repeat("a", 600)}, {url: strings.Repeat("b", 600)}, {url: strings.Repeat("c", 9000)}, {url: "d"}}
	if n := len(part(urls, 100, 2600)); n != 2 {
		t.Errorf("%d addresses in the first part", n)
	}
	if n := len(part(urls[2:], 100, 2600)); n != 1 {
		t.Errorf("%d addresses in the part of a very long one", n)
	}
}

func TestGraph(t *testing.T) {
	byPath := map[string]*page.Page{}
	for _, p := range small(t) {
		byPath[p.Path] = p
	}
	text := fmt.Sprint(full.Head(byPath["fr/entities/jo.html"]).Graph)
	for _, want := range []string{
		"{og:title Jo Doe}", "{og:type profile}", "{og:url https://example.org/r/fr/entities/jo.html}", "{og:site_name Registres}", "{og:locale fr_FR}",
		"{og:locale:alternate en_US}", "{og:image https://example.org/r/images/fr/entities/jo.png}", "{og:image:type image/png}", "{og:image:width 1200}", "{og:image:height 630}", "{og:image:alt The title of the page}", "{twitter:card summary_large_image}",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if text := fmt.Sprint(full.Head(byPath["measures/acme-a.html"]).Graph); strings.Contains(text, "image") || !strings.Contains(text, "{og:type article}") {
		t.Error(text)
	}
	for tag, want := range map[string]string{
		"en": "en_US", "en-GB": "en_GB", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "zh-Hant-HK": "zh_HK", "sr-Latn-rs": "sr_RS", "ar": "ar_EG", "tlh": "", "de-x-y": "de_DE",
	} {
		if got := locale(tag); got != want {
			t.Errorf("%s is %q", tag, got)
		}
	}
}

// The policy in the headers is the one that the pages themselves carry.
func TestPolicy(t *testing.T) {
	head, err := os.ReadFile("../../themes/dossier/layouts/_partials/policy.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(head), `content="`+Policy+`"`) {
		t.Error("the theme has another policy")
	}
}

func TestHeaders(t *testing.T) {
	r := &page.Report{Public: true}
	got := string(headers(r, []Cache{{"/assets/fonts/*", "public, max-age=31536000, immutable"}}, []string{"", "fr/"}))
	for _, line := range strings.Split(strings.TrimSuffix(got, "\n"), "\n") {
		if len(line) > 2000 || !strings.HasPrefix(line, "/") && !strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "  ") && !strings.Contains(line, ": ") {
			t.Errorf("%q", line)
		}
	}
	for _, want := range []string{"frame-ancestors 'none'", "/assets/fonts/*\n  Cache-Control: public", "/fr/feed.atom\n  Content-Type: application/atom+xml", "nosniff"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
