package pack

import (
	"strings"
	"testing"
	"testing/fstest"
)

// partSite is a small site in two languages, with pages of two sorts.
func partSite() fstest.MapFS {
	page := func(lang, up, title, crumbs, main string) string {
		return `<!doctype html><html lang="` + lang + `" dir="ltr"><head><meta charset=utf-8>` + goodPolicy + `<title>` + title + `</title><link rel="stylesheet" href="` + up + `assets/dossier.css"></head><body>` +
			`<header class="site"><a href="` + up + `about.html">About</a></header>` +
			`<nav class="crumbs"><ol>` + crumbs + `</ol></nav><main id="main"><h1>` + title + `</h1>` + main + `</main></body></html>`
	}
	entities := `<li>Report</li><li>Entities</li><li>x</li>`
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"index.html":                page("en", "", "Home", "", `<a href="about.html">About</a>`),
		"about.html":                page("en", "", "About", `<li>Report</li><li>About</li>`, ``),
		"contact.html":              page("en", "", "Contact", `<li>Report</li><li>Contact</li>`, ``),
		"verify.html":               page("en", "", "Verify", "", ""),
		"entities/index.html":       page("en", "../", "Entities", `<li>Report</li><li>Entities</li>`, `<a href="acme.html">Acme</a>`),
		"entities/acme.html":        page("en", "../", "Acme", entities, `<a href="board.html">Board</a><a href="../contact.html">Contact</a><a href="../measures/listing.html">Listing</a><a href="acme.csv">table</a>`),
		"entities/board.html":       page("en", "../", "Board <&>", entities, `<a href="../about.html">About</a><a href="acme.html">Acme</a><a href="../files/b.pdf">copy</a><a href="board.csv">table</a>`),
		"entities/secret.html":      page("en", "../", "Secret", entities, ``),
		"measures/listing.html":     page("en", "../", "Listing", `<li>Report</li><li>Measures</li><li>x</li>`, ``),
		"entities/acme.csv":         "a,b",
		"entities/board.csv":        "a,b",
		"files/b.pdf":               "%PDF",
		"files/secret.pdf":          "%PDF",
		"fr/index.html":             page("fr", "../", "Accueil", "", ``),
		"fr/entities/index.html":    page("fr", "../../", "Entités", ``, ``),
		"fr/entities/acme.html":     page("fr", "../../", "Acme SA", `<li>Rapport</li><li>Entités</li><li>x</li>`, `<a href="board.html">Conseil</a>`),
		"fr/entities/board.html":    page("fr", "../../", "Conseil", `<li>Rapport</li><li>Entités</li><li>x</li>`, ``),
		"ar/index.html":             page("ar", "../", "ar", "", ``),
		"assets/dossier.css":        `@font-face { src: url("f.woff2") }`,
		"assets/f.woff2":            "f",
		"assets/unused.css":         "",
		"assets/licences-fonts.txt": "",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// TestPart takes one page in two languages, and reads what is left.
func TestPart(t *testing.T) {
	tree, err := NewTree(partSite())
	if err != nil {
		t.Fatal(err)
	}
	words := func(lang string) Words {
		return func(key string) string { return lang + " " + key + " {{ .Pages }} of {{ .All }}" }
	}
	part := Part{Start: []string{"entities/acme.html", "fr/entities/acme.html"}, Always: []string{"verify.html", "fr/verify.html"}, Words: words}
	if err := part.Take(tree); err != nil {
		t.Fatal(err)
	}
	want := "assets/dossier.css assets/f.woff2 contact.html entities/acme.csv entities/acme.html entities/board.html files/b.pdf fr/entities/acme.html fr/entities/board.html fr/index.html index.html measures/listing.html verify.html"
	if got := strings.Join(tree.Names(), " "); got != want {
		t.Errorf("the files are\n%s\nnot\n%s", got, want)
	}
	for name, parts := range map[string][]string{
		// The list of each language holds its own pages, by sort, those of no sort first.
		"index.html": {`<a href="entities/acme.html">Acme</a>`, `<li><a href="contact.html">Contact</a></li></ul></div>`,
			`<h3>Entities</h3><ul class="az"><li><a href="entities/board.html">Board &lt;&amp;&gt;</a></li></ul>`, `<h3>Measures</h3><ul class="az"><li><a href="measures/listing.html">Listing</a></li></ul>`,
			`<a class="gone">About<span class="vh"> (en part_gone {{ .Pages }} of {{ .All }})</span></a>`},
		"fr/index.html": {`<a href="../fr/entities/acme.html">Acme SA</a>`, `<h3>Entités</h3><ul class="az"><li><a href="../fr/entities/board.html">Conseil</a></li></ul>`},
		// The banner stands below the header, counts the pages of the language, and leads to the list.
		"entities/acme.html":    {"</header>\n<aside class=\"banner\"", "en part_banner 6 of 9", `<a href="../index.html">en part_list`, `<a href="acme.csv">table</a>`},
		"fr/entities/acme.html": {"fr part_banner 3 of 4", `<a href="../../fr/index.html">fr part_list`},
		"entities/board.html":   {`<a class="gone">About<span`, `<a href="acme.html">Acme</a>`, `<a href="../files/b.pdf">copy</a>`, `<a class="gone">table<span`},
	} {
		text, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if !strings.Contains(string(text), part) {
				t.Errorf("%s has no %s:\n%s", name, part, text)
			}
		}
		if strings.Contains(string(text), "Secret") || strings.Contains(string(text), "secret") {
			t.Errorf("%s says what is left out", name)
		}
		if french := strings.HasPrefix(name, "fr/"); !french && strings.Contains(string(text), "Conseil") || french && strings.Contains(string(text), ">Board") {
			t.Errorf("%s lists pages of another language", name)
		}
		if n := strings.Count(string(text), `<aside class="banner"`); n != 1 {
			t.Errorf("%s has %d banners", name, n)
		}
	}
}
