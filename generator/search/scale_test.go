package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A query of a report with 20,000 entities loads less than this, compressed,
// with everything that it takes to search and to show the first results.
const queryBudget = 150_000

// loads is a loader that also says which files were asked for.
const loads = `dir => {
	const asked = [];
	const open = Dossier.search.open((name, failed) => {
		asked.push(name);
		try { vm.runInThisContext(fs.readFileSync(path.join(dir, name + ".js"), "utf8")); } catch (e) { failed(); }
	});
	return {asked, open};
}`

func TestLargeReport(t *testing.T) {
	n := 20_000
	if testing.Short() {
		n = 2_000
	}
	start := time.Now()
	f := build(t, Options{}, largePages(n))
	took := time.Since(start)
	total, size := 0, map[string]int{}
	for path, text := range f {
		size[path] = zipped(text)
		total += size[path]
	}
	t.Logf("%d files, %d bytes compressed, made in %v", len(f), total, took)

	client := scriptBytes(t)
	g := generator{random: rand.New(rand.NewPCG(5, 6)), n: n}
	g.zipf = rand.NewZipf(g.random, 1.1, 8, 40_000)
	typical := term(40_000 + 7*123)
	misspelled := typical[:2] + "x" + typical[3:]
	queries := []struct {
		query, filter string
		first         string // where the first result has to lead; empty for anywhere
	}{
		{typical, "", "entities/company-000123.html"},
		{typical[:len(typical)-2], "", ""},
		{misspelled, "", "entities/company-000123.html"},
		{"x" + typical[1:], "", "entities/company-000123.html"},
		{typical[:len(typical)-1] + "x", "", ""},
		{g.glyphs(77), "", "entities/company-000077.html"},
		{string([]rune(g.glyphs(77))[:2]), "", ""},
		{fmt.Sprintf("5299%016d", 42), "", "entities/company-000042.html"},
		{"70 FR 10020", "", "measures/listing-00020.html"},
		{term(2000) + " " + term(3000), "", ""},
		{term(0), "", ""},
		{"co ltd", "", ""},
		{"listing", "year=2012", ""},
		{"listing", "country=us", ""},
		{"s", "", ""},
		{term(900) + "北京" + g.glyphs(78)[:12] + "数字技术股份有限公司", "", ""},
		{strings.TrimSuffix(g.prose(14), "."), "", ""},
		{"有限公司", "", ""},
		{"", "country=kp", ""},
	}
	dir := filepath.Join(f.save(t), filepath.FromSlash(Folder("en")))
	worst := 0
	for _, q := range queries {
		// Each query begins with nothing, as a reader who opens the page does.
		var got struct {
			Asked []string
			Paths []string
			Total int
			Ms    float64
		}
		filters := map[string]string{}
		if key, value, ok := strings.Cut(q.filter, "="); ok {
			filters[key] = value
		}
		node(t, loads, `(async () => {
			const l = api(input.dir), index = await l.open, start = performance.now();
			const found = await index.find(input.query, input.filters), records = await index.records(found.docs.slice(0, 10));
			return {Asked: l.asked, Paths: records.map(r => r.path), Total: found.total, Ms: performance.now() - start};
		})()`, map[string]any{"dir": dir, "query": q.query, "filters": filters}, &got)
		bytes := client
		for _, name := range got.Asked {
			bytes += size[Folder("en")+name+".js"]
		}
		worst = max(worst, bytes)
		t.Logf("%7d bytes %3d files %6.0f ms %6d results  %q %s", bytes, len(got.Asked), got.Ms, got.Total, q.query, q.filter)
		if bytes >= queryBudget {
			t.Errorf("%q %s loads %d bytes: %v", q.query, q.filter, bytes, got.Asked)
		}
		if q.first != "" && (len(got.Paths) == 0 || got.Paths[0] != q.first) {
			t.Errorf("%q leads to %.3q", q.query, got.Paths)
		}
		if got.Total == 0 && !strings.Contains(q.query, "x") {
			t.Errorf("%q finds nothing", q.query)
		}
	}
	t.Logf("at most %d bytes, of which %d are the script", worst, client)
	if n == 20_000 && len(f) < 100 {
		t.Errorf("only %v", slices.Sorted(maps.Keys(f)))
	}
}

// scriptBytes is what the scripts that search take, compressed.
func scriptBytes(t testing.TB) int {
	t.Helper()
	n := 0
	for _, name := range append(slices.Clone(scripts), "search-page.js") {
		text, err := os.ReadFile(filepath.Join("../../themes/dossier/assets/js", name))
		if err != nil {
			t.Fatal(err)
		}
		n += zipped(text)
	}
	return n
}
