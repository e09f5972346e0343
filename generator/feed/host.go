package feed

import (
	"strings"

	"github.com/dossier-report/dossier/generator/page"
)

// Policy is the Content-Security-Policy of every page, as the meta element of
// the theme has it too.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"

// robots lets crawlers read the report of the public, and nothing of another.
// Crawlers look for the file at the root of a host only; elsewhere it does no
// harm.
func robots(r *page.Report) []byte {
	if !r.Public {
		return []byte("User-agent: *\nDisallow: /\n")
	}
	s := "User-agent: *\nDisallow:\n"
	if r.BaseURL != "" {
		s += "\nSitemap: " + r.BaseURL + "sitemap.xml\n"
	}
	return []byte(s)
}

// headers is a file that static hosts (Netlify, Cloudflare Pages and others)
// read. It says what a meta element cannot: who may frame the pages, and that
// types are as they are sent. No rule sets a header that another one sets for
// the same file, since hosts would join the two.
func headers(r *page.Report, cache []Cache, folders []string) []byte {
	var b strings.Builder
	rule := func(path string, lines ...string) {
		b.WriteString(path + "\n")
		for _, l := range lines {
			b.WriteString("  " + l + "\n")
		}
	}
	all := []string{
		"Content-Security-Policy: " + Policy + "; frame-ancestors 'none'",
		"X-Content-Type-Options: nosniff",
		"Referrer-Policy: no-referrer",
		"Cross-Origin-Opener-Policy: same-origin",
		"Permissions-Policy: browsing-topics=(), camera=(), geolocation=(), microphone=()",
	}
	if !r.Public {
		all = append(all, "X-Robots-Tag: noindex")
	}
	rule("/*", all...)
	if cache == nil {
		cache = []Cache{{"/assets/*", "public, max-age=3600"}}
	}
	for _, c := range cache {
		rule(c.Path, "Cache-Control: "+c.Control)
	}
	if r.Public {
		rule("/data/*", "Access-Control-Allow-Origin: *") // what everybody may have, programs on other sites may read
	}
	for _, folder := range folders {
		path := "/" + escape(folder) + "feed"
		rule(path+".atom", "Content-Type: "+AtomType+"; charset=utf-8")
		rule(path+".json", "Content-Type: "+JSONType+"; charset=utf-8")
	}
	return []byte(b.String())
}
