package pack

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
)

// singleSite is a small site in two languages, with all that a single file has
// to deal with: shared ids, pages that lead on, an index for each language, a
// page with the name of something in the frame.
func singleSite() fstest.MapFS {
	page := func(lang, up, title, head, main string) string {
		return `<!doctype html><html lang="` + lang + `" dir="ltr"><head><meta charset=utf-8>` + goodPolicy + `<title>` + title + `</title>` +
			`<link rel="stylesheet" href="` + up + `assets/dossier.css"><script src="` + up + `assets/dossier.js"></script>` + head + `</head><body>` +
			`<a class="skip" href="#main">skip</a><svg><symbol id="seal"></symbol></svg>` +
			`<header class="site"><form data-search="search.html"><label for="find">find</label><input id="find"></form>` +
			`<nav class="langs"><ul><li><a href="` + up + `index.html">en</a></li></ul></nav><ul><li><a href="` + up + `files/a.pdf">copy</a></li></ul></header>` +
			`<main id="main">` + main + `</main><footer class="foot">foot</footer><script type="application/json" id="chart-words">{"in":"` + lang + `"}</script></body></html>`
	}
	const search = `<form data-index="search/" id="search-form"><label for="q">q</label><input id="q"></form><script type="application/json" id="search-words">{}</script>`
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"index.html":           page("en", "", "Home", "", `<a href="entities/acme.html#dates">Acme</a><a href="old.html">old</a><a href="files/a.pdf">copy</a><a href="#part">part</a><p id="part"></p>`),
		"seal.html":            page("en", "", "Seal", "", `<svg><use href="#seal"></use></svg>`),
		"entities/acme.html":   page("en", "../", "Acme <&>", `<script src="../assets/charts.js" defer></script>`, `<h2 id="dates" aria-labelledby="dates part">Dates</h2><p id="part"></p><svg><clipPath id="c"></clipPath><g clip-path="url(#c)"></g></svg><a href="https://example.org/">out</a><img src="../assets/a.svg" alt="">`),
		"search.html":          page("en", "", "Search", `<script src="assets/search.js"></script>`, search),
		"fr/index.html":        page("fr", "../", "Accueil", "", `<p id="part"></p><a href="../entities/acme.html">Acme</a>`),
		"fr/search.html":       page("fr", "../", "Recherche", `<script src="../assets/search.js"></script>`, search),
		"old.html":             `<!doctype html><html lang=en><head>` + goodPolicy + `<meta http-equiv="refresh" content="0; url=entities/acme.html#dates"></head><body><a href="entities/acme.html">on</a></body></html>`,
		"verify.html":          page("en", "", "Verify", "", ""),
		"search/index.js":      `Dossier.search.add("index",["en </script>"]);`,
		"fr/search/index.js":   `Dossier.search.add("index",["fr"]);`,
		"assets/dossier.css":   `@font-face { src: url("f.woff2") } a { background: url(a.svg) }`,
		"assets/f.woff2":       strings.Repeat("f", 300),
		"assets/a.svg":         `<svg xmlns="http://www.w3.org/2000/svg"></svg>`,
		"assets/dossier.js":    "var first = '<!-- </SCRIPT>';",
		"assets/charts.js":     "var charts;",
		"assets/search.js":     "var search;",
		"assets/licences.txt":  "keep -- this --> with it",
		"assets/timeline.js":   "var unused;",
		"files/a.pdf":          "%PDF",
		"feed.xml":             "<feed/>",
		"entities/index.csv":   "a,b",
		"fr/entities/acme.csv": "a,b",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func testSingle(t testing.TB, files fstest.MapFS, limit int64) (SingleFile, string) {
	t.Helper()
	tree, err := NewTree(files)
	if err != nil {
		t.Fatal(err)
	}
	words := func(lang string) Words { return func(key string) string { return lang + " " + key } }
	out, d, err := Single{Words: words, Limit: limit}.Make(tree, testInfo())
	if err != nil {
		t.Fatal(err)
	}
	if d != nil {
		return out, fmt.Sprintf("error[%s]: %s", d.Code, d.Message)
	}
	return out, ""
}

// TestSingle looks at the file as whoever gets it would, and into its markup.
func TestSingle(t *testing.T) {
	out, refused := testSingle(t, singleSite(), 0)
	if refused != "" || out.Pages != 6 {
		t.Fatalf("%d pages, %s", out.Pages, refused)
	}
	r, err := Page(context.Background(), bytes.NewReader(out.Text), nil, Options{})
	if err != nil || !r.Intact || !r.Single || r.Manifest.Info.Title != testInfo().Title || r.Fingerprint != sum(out.Text) {
		t.Fatalf("it is not what was made (%v): %+v", err, r)
	}
	doc, err := html.Parse(bytes.NewReader(out.Text))
	if err != nil {
		t.Fatal(err)
	}
	ids, count, links := map[string]int{}, map[string]int{}, map[string]int{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "href" && n.Data == "a":
				links[a.Val]++
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s> has %s", n.Data, a.Key)
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the id %q is there %d times", id, n)
		}
	}
	for link := range links {
		if id, ok := strings.CutPrefix(link, "#"); ok && ids[id] == 0 {
			t.Errorf("nothing is at %q", link)
		}
	}
	for _, want := range []string{"#entities/acme~dates", "#index~part", "#~all-en", "#~all-fr", "#index", "#fr/index", "#~main", "https://example.org/"} {
		if links[want] == 0 {
			t.Errorf("no link leads to %q: %v", want, slices.Sorted(maps.Keys(links)))
		}
	}
	for element, want := range map[string]int{"article": 6, "style": 1, "noscript": 1, "header": 2, "footer": 2, "main": 1, "form": 4, "base": 0, "iframe": 0} {
		if count[element] != want {
			t.Errorf("there are %d <%s>, not %d", count[element], element, want)
		}
	}
	text := string(out.Text)
	for _, want := range []string{
		`aria-labelledby="entities/acme~dates entities/acme~part"`, `clip-path="url(#entities/acme~c)"`, `data-at="fr/search~"`, `data-search="#fr/search"`, `for="~fr-find"`,
		`data-chart-words="~chart-words-fr"`, `id="~chart-words-fr">{"in":"fr"}`, `window.Dossier.embedded["fr/search~"]["index"]`, `data:font/woff2;base64,`, `data-title="Acme &lt;&amp;&gt;"`, `id="seal~page"`,
		"en single_gone", "fr single_all", "keep - - this - -&gt; with it", `["en <\/script>"]`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not hold %s", want)
		}
	}
	for _, not := range []string{"%PDF", "Verify", "var unused", "f.woff2", "fr/entities/acme.csv"} {
		if strings.Contains(text, not) {
			t.Errorf("it holds %s", not)
		}
	}
	if n := strings.Count(text, `href="data:image/svg+xml;base64,`) + strings.Count(text, `url(data:image/svg+xml;base64,`); n != 1 {
		t.Errorf("the background is there %d times", n)
	}
	if again, _ := testSingle(t, singleSite(), 0); !bytes.Equal(again.Text, out.Text) {
		t.Error("the same site gave another file")
	}
	sum := int64(0)
	for _, s := range out.Shares {
		sum += s.Bytes
	}
	if all := int64(len(out.Text)); sum > all || sum < all/3 {
		t.Errorf("the parts come to %d of %d bytes", sum, all)
	}
}

// TestSingleLimit names the largest parts of a file that is too large.
func TestSingleLimit(t *testing.T) {
	files := singleSite()
	files["entities/acme.html"].Data = bytes.Replace(files["entities/acme.html"].Data, []byte("Dates"), bytes.Repeat([]byte("x"), 50_000), 1)
	out, refused := testSingle(t, files, 40_000)
	want := fmt.Sprintf("error[package-limit]: the file would have %s, and 40.0 kB are allowed; its largest parts are entities/acme.html 50.", size(int64(len(out.Text))))
	if !strings.Contains(refused, want) {
		t.Errorf("the answer is\n%s\nnot\n%s", refused, want)
	}
	if _, refused := testSingle(t, files, 80_000); refused != "" {
		t.Errorf("80 kB are not enough: %s", refused)
	}
}

// TestSingleTampered damages a single file: a bit anywhere, its end, what it says
// of itself, its signature.
func TestSingleTampered(t *testing.T) {
	out, _ := testSingle(t, singleSite(), 0)
	key, other := testKey(t), testKey(t)
	signature := key.SignFile(out.Text, testInfo())
	look := func(text, signature []byte, key *PublicKey) Result {
		t.Helper()
		r, err := Page(context.Background(), bytes.NewReader(text), signature, Options{Key: key})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for i := range out.Text {
		bad := append([]byte{}, out.Text...)
		bad[i] ^= 1 << (i % 8)
		if r := look(bad, nil, nil); r.Intact {
			t.Fatalf("a bit in byte %d was changed, and nothing was found", i)
		}
	}
	resealed := func(old, new string) []byte {
		page := bytes.Replace(out.Text[sealSize:], []byte(old), []byte(new), 1)
		if bytes.Equal(page, out.Text[sealSize:]) {
			t.Fatalf("there is no %s", old)
		}
		return seal(page)
	}
	for _, test := range []struct {
		name      string
		text      []byte
		signature []byte
		key       *PublicKey
		want      string
	}{
		{"as it was made", out.Text, nil, nil, ""},
		{"signed", out.Text, signature, key.Public(), ""},
		{"cut off", out.Text[:len(out.Text)-1], nil, nil, ": [changed] has been changed or cut off: its SHA-256 is not the one that stands at its beginning"},
		{"something behind", append(append([]byte{}, out.Text...), 'x'), nil, nil, ": [changed] has been changed or cut off: its SHA-256 is not the one that stands at its beginning"},
		{"another page", []byte("<!doctype html>\n<html lang=en>"), nil, nil, ": [unreadable] it is not a report in one file, or its beginning was changed"},
		{"another key", out.Text, signature, other.Public(), "the signature beside it: [bad-signature] is of another key, " + key.ID() + ", and not of " + other.ID()},
		{"no signature", out.Text, nil, key.Public(), ": [not-signed] it is not signed, so nobody can say that the key " + key.ID() + " has made it"},
		{"forged", resealed(">Dates<", ">Datez<"), signature, key.Public(), "the signature beside it: [bad-signature] does not fit what it signs: one of the two has been changed"},
		{"forged, without a key", resealed(">Dates<", ">Datez<"), nil, nil, ""}, // the fingerprint tells
		{"something loaded", resealed(`<article`, `<img src="https://example.org/x.png" alt=""><article`), nil, nil, `: [outside] <img> is loaded from "https://example.org/x.png"`},
		{"another script", resealed("var charts;", "var chartz;"), nil, nil, ": [active] has a <script> that its policy does not name"},
		{"a dead link", resealed(`href="#entities/acme~dates"`, `href="#entities/acme~datez"`), nil, nil, `: [dead-link] a link leads to "entities/acme~datez" in index.html, and there is no such part`},
		{"no policy", resealed("Content-Security-Policy", "Content-Security-Polity"), nil, nil, ": [policy] loads something before it states its content security policy"},
		{"a day that is none", resealed(`"built":"2026-06-08"`, `"built":"2026-13-08"`), nil, nil, `: [bad-manifest] what it says of itself cannot be trusted: "2026-13-08" is not a day`},
		{"it says nothing", resealed(`id="~about"`, `id="~abou"`), nil, nil, ": [bad-manifest] what it says of itself cannot be trusted: it says nothing"},
	} {
		r := look(test.text, test.signature, test.key)
		if got := reasons(r); !strings.Contains(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s: the findings are\n%s\nnot\n%s", test.name, got, test.want)
		}
		if verified := r.Signer == SignerVerified; verified != (test.name == "signed") {
			t.Errorf("%s: the signer is %s", test.name, r.Signer)
		}
	}
}
