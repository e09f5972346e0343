package pack

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestInspection packs pages that no package may hold; the check finds each.
func TestInspection(t *testing.T) {
	page := func(body string) map[string]string { return map[string]string{"x.html": testPage(body)} }
	head := func(html string) map[string]string {
		return map[string]string{"x.html": strings.Replace(testPage(""), "<title>", html+"<title>", 1)}
	}
	policy := func(content string) map[string]string {
		return map[string]string{"x.html": strings.Replace(testPage(""), goodPolicy, `<meta http-equiv="content-security-policy" content="`+content+`">`, 1)}
	}
	const base = "default-src 'none'; base-uri 'none'; form-action 'none'; "
	for _, test := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		// what may be
		{"ways out for the reader", page(`<a href="https://a.example/">a</a><a href="mailto:a@b.example">m</a><a href="#x" id="x">x</a><a href="#top">t</a>`), ""},
		{"data in a page", page(`<script type="application/json">{"a":1}</script><img alt="" src="data:image/png;base64,AA">`), ""},
		{"what is not loaded", head(`<link rel="canonical" href="https://a.example/x.html"><link rel="alternate" hreflang="fr" href="https://a.example/fr/x.html">`), ""},
		{"a page that leads on", head(`<meta http-equiv="refresh" content="0; url=index.html">`), ""},
		{"hashes in the policy", policy(base + "script-src 'sha256-" + strings.Repeat("A", 43) + "='"), ""},
		{"a drawing within", page(`<svg><defs><clipPath id="c"></clipPath></defs><g clip-path="url(#c)"></g><use href="#c"/></svg>`), ""},

		// policies
		{"no policy", map[string]string{"x.html": "<!doctype html><p>x"}, "x.html: [policy] has no content security policy"},
		{"a policy in the body", map[string]string{"x.html": "<!doctype html><script src=assets/dossier.js></script>" + goodPolicy},
			"x.html: [policy] loads something before it states its content security policy"},
		{"no default", policy("base-uri 'none'; form-action 'none'"), "x.html: [policy] has a content security policy that does not say default-src 'none'"},
		{"no base", policy("default-src 'none'; form-action 'none'"), "x.html: [policy] has a content security policy that does not say base-uri 'none'"},
		{"inline", policy(base + "script-src 'unsafe-inline'"), "x.html: [policy] has a content security policy that allows script-src 'unsafe-inline'"},
		{"another host", policy(base + "img-src https://a.example"), "x.html: [policy] has a content security policy that allows img-src https://a.example"},
		{"scripts as data", policy(base + "script-src data:"), "x.html: [policy] has a content security policy that allows script-src data:"},
		{"said twice", policy("default-src *; " + base), "x.html: [policy] has a content security policy that does not say default-src 'none'"},

		// what runs
		{"a script in the page", page(`<script>alert(1)</script>`), "x.html: [active] has a <script> that its policy does not name"},
		{"a style in the page", page(`<style>p{}</style>`), "x.html: [active] has a <style> that its policy does not name"},
		{"a handler", page(`<p onclick="x()">x`), "x.html: [active] has an attribute onclick, which is a script"},
		{"a style attribute", page(`<p style="color:red">x`), "x.html: [active] has a style attribute, which its policy forbids"},
		{"a frame", page(`<iframe src="index.html"></iframe>`), "x.html: [active] has an element <iframe>"},
		{"a base", head(`<base href="https://a.example/">`), "x.html: [active] has an element <base>"},
		{"what scripts hide", page(`<noscript><p title="</noscript><img src=https://a.example/x onerror=y()>">`),
			"x.html: [active] has an attribute onerror, which is a script\nx.html: [outside] <img> is loaded from \"https://a.example/x\""},
		{"what scripts do not show", page(`<noscript><img src="https://a.example/x"></noscript>`), `x.html: [outside] <img> is loaded from "https://a.example/x"`},

		// what is loaded
		{"a picture", page(`<img src="https://a.example/x.png">`), `x.html: [outside] <img> is loaded from "https://a.example/x.png"`},
		{"a picture without a scheme", page(`<img src="//a.example/x.png">`), `x.html: [outside] <img> is loaded from "//a.example/x.png"`},
		{"a picture with backslashes", page(`<img src="\\a.example\x.png">`), `x.html: [outside] <img> is loaded from "\\\\a.example\\x.png"`},
		{"a picture with a tab", page("<img src=\"ht\ttps://a.example/x.png\">"), `x.html: [outside] <img> is loaded from "https://a.example/x.png"`},
		{"a set of pictures", page(`<img srcset="assets/a.svg 1x, https://a.example/x.png 2x">`), `x.html: [outside] <img> is loaded from "https://a.example/x.png"`},
		{"a style sheet", head(`<link rel="stylesheet" href="https://a.example/x.css">`), `x.html: [outside] rel=stylesheet is loaded from "https://a.example/x.css"`},
		{"asking ahead", head(`<link rel="dns-prefetch" href="https://a.example/">`), `x.html: [outside] rel=dns-prefetch is loaded from "https://a.example/"`},
		{"leading on", head(`<meta http-equiv="Refresh" content="0; url='https://a.example/'">`), `x.html: [outside] leads on to "https://a.example/" by itself`},
		{"a drawing that loads", page(`<svg><image href="https://a.example/x"/></svg>`), `x.html: [outside] <image> is loaded from "https://a.example/x"`},
		{"a fill that loads", page(`<svg><rect fill="URL(https://a.example/x)"/></svg>`), `x.html: [outside] a style is loaded from "https://a.example/x"`},
		{"a script as an address", page(`<a href=" javascript:alert(1)">x</a>`), `x.html: [outside] a link leads to "javascript:alert(1)"`},
		{"a file of the computer", page(`<a href="file:///etc/passwd">x</a>`), `x.html: [outside] a link leads to "file:///etc/passwd"`},
		{"out of the folder", page(`<a href="../x.html">x</a>`), `x.html: [outside] a link leads to "../x.html"`},
		{"from the root", page(`<a href="/index.html">x</a>`), `x.html: [outside] a link leads to "/index.html"`},
		{"being counted", page(`<a href="index.html" ping="https://a.example/">x</a>`), "x.html: [outside] has an attribute ping"},

		// links
		{"a page that is not there", page(`<a href="y.html">x</a>`), `x.html: [dead-link] a link leads to "y.html", which is not in the package`},
		{"a part that is not there", page(`<a href="index.html#y">x</a>`), `x.html: [dead-link] a link leads to "y" in index.html, and there is no such part`},
		{"a folder", page(`<a href="files/">x</a>`), `x.html: [dead-link] a link leads to "files/", which is not in the package`},

		// styles, drawings, feeds
		{"a style that loads", map[string]string{"assets/x.css": "p{background:url(https://a.example/x)}"}, `assets/x.css: [outside] a style is loaded from "https://a.example/x"`},
		{"a style that hides it", map[string]string{"assets/x.css": `p{background:\75 r/**/l(x);content:u\72l("https://a.example/x")}`}, `assets/x.css: [outside] a style is loaded from "https://a.example/x"`},
		{"a style that imports", map[string]string{"assets/x.css": `@\69mport "https://a.example/x"`}, "assets/x.css: [outside] has @import in a style, which could load from elsewhere"},
		{"a drawing with a script", map[string]string{"files/x.svg": `<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>`}, "files/x.svg: [active] has an element <script>"},
		{"a drawing with a handler", map[string]string{"files/x.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`}, "files/x.svg: [active] has an attribute onload, which is a script"},
		{"a drawing with HTML", map[string]string{"files/x.svg": `<svg xmlns="http://www.w3.org/2000/svg"><h:img xmlns:h="http://www.w3.org/1999/xhtml" src="https://a.example/x"/></svg>`}, "files/x.svg: [active] has an element <img>"},
		{"a drawing that loads", map[string]string{"files/x.svg": `<svg xmlns="http://www.w3.org/2000/svg"><image href="https://a.example/x"/></svg>`}, `files/x.svg: [outside] <image> is loaded from "https://a.example/x"`},
		{"a drawing with entities", map[string]string{"files/x.svg": `<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>`},
			"files/x.svg: [active] has a document type, which could load from elsewhere\nfiles/x.svg: [unreadable] is not XML that can be looked into"},
		{"a feed that is a page", map[string]string{"x.xml": `<a><script xmlns="http://www.w3.org/1999/xhtml">x()</script></a>`}, "x.xml: [active] has an element <script>"},
		{"a feed with a style", map[string]string{"x.xml": `<?xml-stylesheet href="https://a.example/x"?><a/>`}, "x.xml: [active] has an instruction xml-stylesheet"},
		{"a saved web page", map[string]string{"files/x.mhtml": "From: x"}, "files/x.mhtml: [active] is of a kind that a browser runs without a policy"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := testSite()
			for name, text := range test.files {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			r := look(t, zipped(t, testPackage(t, files, testInfo())), Options{})
			if got := reasons(r); got != test.want {
				t.Errorf("the findings are\n%s\nnot\n%s", got, test.want)
			}
		})
	}
}
