//go:build rival

package search

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestRival measures the index against MiniSearch (MIT, pinned in
// rival/package.json) on the same documents: what a reader loads, what the
// index costs, how many queries lead where they should, and how long they
// take. "make bench-search" runs it.
//
// The other gets titles, names, identifiers, what a document is about, and
// prose as fields of their own, with weights, beginnings of words and a fifth
// of the letters wrong, as its documentation advises; once with the words that it
// makes itself and once with ours, since its own know no Chinese.
func TestRival(t *testing.T) {
	if _, err := os.Stat("rival/node_modules/minisearch"); err != nil {
		cmd := exec.Command("npm", "ci")
		cmd.Dir = "rival"
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v\n%s", err, out)
		}
	}
	list := askedQueries(t)
	var documents []map[string]any
	for p := range examplePages(t) {
		if d, ok := (Options{Word: word}).document(p); ok {
			documents = append(documents, rivalDocument(d))
		}
	}
	start := time.Now()
	f := build(t, Options{Word: word}, examplePages(t))
	took := time.Since(start)

	for _, theirWords := range []bool{true, false} {
		r := askRival(t, documents, list, theirWords)
		words := "our words"
		if theirWords {
			words = "its own words"
		}
		t.Logf("MiniSearch with %s: index %d bytes, %d compressed (library %d, neither minified), made in %.0f ms; %d of %d queries lead where they should, %.2f ms each",
			words, r.Bytes, r.Zipped, r.Library, r.Build, r.right(list), len(list), r.Query)
		for i, q := range list {
			if r.First[i] != q.First {
				t.Logf("    %q leads to %q, not %q", q.Query, r.First[i], q.First)
			}
		}
		ours := askOurs(t, f, list)
		index := f[Folder("en")+"index.js"]
		t.Logf("ours: index %d bytes, %d compressed (scripts %d), made in %v with the pages; %d of %d queries, %.2f ms each",
			len(index), zipped(index), scriptBytes(t), took, ours.right(list), len(list), ours.Query)
		if ours.right(list) < r.right(list) {
			t.Errorf("%d queries lead where they should, and %d with MiniSearch", ours.right(list), r.right(list))
		}
	}
}

// rivalDocument is what the other library is given of a document: the same
// words, weak aliases left out, and what a result shows.
func rivalDocument(d document) map[string]any {
	text := func(list []string) string { b, _ := json.Marshal(list); return string(b) }
	var names, about []string
	for _, n := range d.names {
		if !n.weak {
			names = append(names, n.Value)
		}
	}
	for _, a := range d.about {
		about = append(about, a.Value)
	}
	return map[string]any{
		"id": d.path, "title": d.title.Value, "names": text(names), "ids": text(d.ids), "about": text(about), "text": d.text, "kind": kinds[d.kind],
		"shown": cut(d.text, shownText),
	}
}

// measured is how a library did.
type measured struct {
	First                  []string // where the first result of each query leads
	Bytes, Zipped, Library int
	Build, Query           float64 // milliseconds
}

func (m measured) right(list []asked) int {
	n := 0
	for i, q := range list {
		if m.First[i] == q.First {
			n++
		}
	}
	return n
}

// rivalOptions are how the other library is set up.
const rivalOptions = `
		const options = {
			fields: ["title", "names", "ids", "about", "text"], storeFields: ["title", "kind", "shown"],
			searchOptions: {boost: {title: 5, names: 4, ids: 4, about: 2}, prefix: true, fuzzy: 0.2, combineWith: "AND",
				boostDocument: (id, term, stored) => ({entity: 2, program: 1.8, measure: 1.5, event: 1.2})[stored.kind] || 1},
		};
		if (!input.theirWords) {
			options.tokenize = text => Dossier.search.words(text);
			options.searchOptions.tokenize = text => Dossier.search.queryWords(text);
			options.processTerm = term => term;
		}
`

// times runs a search many times, and gives the first results and milliseconds.
const times = `
	const first = [];
	for (const q of input.queries) first.push(await one(q));
	const start = performance.now();
	for (let i = 0; i < 20; i++) for (const q of input.queries) await one(q);
	const query = (performance.now() - start) / 20 / input.queries.length;`

func askRival(t *testing.T, documents []map[string]any, list []asked, theirWords bool) measured {
	t.Helper()
	module, err := filepath.Abs("rival/node_modules/minisearch")
	if err != nil {
		t.Fatal(err)
	}
	var out measured
	node(t, fmt.Sprintf("require(%q)", filepath.Join(module, "dist/cjs/index.cjs")), fmt.Sprintf(`(async () => {
		const MiniSearch = api, zlib = require("zlib");
		%s
		const begin = performance.now();
		const made = new MiniSearch(options);
		made.addAll(input.documents);
		const text = JSON.stringify(made);
		const build = performance.now() - begin;
		const index = MiniSearch.loadJSON(text, options);
		const one = q => { const r = index.search(q); return r.length ? r[0].id : ""; };
		%s
		const library = fs.readFileSync(%q);
		return {First: first, Bytes: Buffer.byteLength(text), Zipped: zlib.gzipSync(text).length, Library: zlib.gzipSync(library).length, Build: build, Query: query};
	})()`, rivalOptions, times, filepath.Join(module, "dist/umd/index.js")), map[string]any{"documents": documents, "queries": queriesOf(list), "theirWords": theirWords}, &out)
	return out
}

func askOurs(t *testing.T, f files, list []asked) measured {
	t.Helper()
	var out measured
	node(t, loader, fmt.Sprintf(`(async () => {
		const index = await api(input.dir);
		const one = async q => {
			const found = await index.find(q, {}), records = await index.records(found.docs.slice(0, 10));
			return records.length ? records[0].path : "";
		};
		%s
		return {First: first, Query: query};
	})()`, times), map[string]any{"dir": filepath.Join(f.save(t), filepath.FromSlash(Folder("en"))), "queries": queriesOf(list)}, &out)
	return out
}

func queriesOf(list []asked) []string {
	var out []string
	for _, q := range list {
		out = append(out, q.Query)
	}
	return out
}

// TestRivalInBrowser measures both in Chromium, from a disk, in the same page.
func TestRivalInBrowser(t *testing.T) {
	list := askedQueries(t)
	var documents []map[string]any
	for p := range examplePages(t) {
		if d, ok := (Options{Word: word}).document(p); ok {
			documents = append(documents, rivalDocument(d))
		}
	}
	f := build(t, Options{Word: word}, examplePages(t))
	input, err := json.Marshal(map[string]any{"documents": documents, "queries": queriesOf(list)})
	if err != nil {
		t.Fatal(err)
	}
	f["input.js"] = append([]byte("const input = "), input...)
	f["page.html"] = []byte("<!doctype html><meta charset=utf-8><script src=input.js></script>")
	for _, name := range append(scripts, "rival/node_modules/minisearch/dist/umd/index.js") {
		file := "../../themes/dossier/assets/js/" + name
		if filepath.Dir(name) != "." {
			file = name
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f[filepath.Base(name)] = text
		f["page.html"] = append(f["page.html"], "<script src="+filepath.Base(name)+"></script>"...)
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(f.save(t)) + "/page.html"}).String()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Skipf("Chromium: %v", err)
	}
	for _, theirWords := range []bool{true, false} {
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`(async () => {
			input.theirWords = %v;
			%s
			const text = JSON.stringify((() => { const m = new MiniSearch(options); m.addAll(input.documents); return m; })());
			let begin = performance.now();
			const other = MiniSearch.loadJSON(text, options), otherOpen = performance.now() - begin;
			begin = performance.now();
			const index = await Dossier.search.open((name, failed) => {
				const s = document.createElement("script");
				s.src = %q + name + ".js";
				s.onerror = failed;
				document.head.append(s);
			}), open = performance.now() - begin;
			async function each(one) {
				for (const q of input.queries) await one(q);
				const start = performance.now();
				for (let i = 0; i < 20; i++) for (const q of input.queries) await one(q);
				return (performance.now() - start) / 20 / input.queries.length;
			}
			const theirs = await each(q => other.search(q).slice(0, 10));
			const ours = await each(async q => index.records((await index.find(q, {})).docs.slice(0, 10)));
			return "open: ours " + open.toFixed(1) + " ms with its file, MiniSearch " + otherOpen.toFixed(1) +
				" ms without; a query: ours " + ours.toFixed(2) + " ms, MiniSearch " + theirs.toFixed(2) + " ms";
		})()`, theirWords, rivalOptions, Folder("en")), chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("their words %v: %s", theirWords, text)
	}
}

// TestRivalLarge measures both on a report of 5,000 entities.
func TestRivalLarge(t *testing.T) {
	var documents []map[string]any
	start := time.Now()
	for p := range largePages(5000) {
		if d, ok := (Options{}).document(p); ok {
			documents = append(documents, rivalDocument(d))
		}
	}
	made := time.Since(start)
	r := askRival(t, documents, []asked{{Query: term(40_000 + 7*123)}, {Query: "co ltd"}, {Query: term(0)}}, true)
	t.Logf("MiniSearch: every query needs an index of %d bytes, %d compressed, made in %.0f ms; %.1f ms each", r.Bytes, r.Zipped, r.Build, r.Query)
	start = time.Now()
	f := build(t, Options{}, largePages(5000))
	took := time.Since(start) - made
	total := 0
	for _, text := range f {
		total += zipped(text)
	}
	t.Logf("ours: %d files, %d bytes compressed, of which a query needs what TestLargeReport says; made in %v", len(f), total, took)
}
