// Package bench makes up projects to measure builds with. They are drawn from
// a seed, so that two runs measure the same. "make bench" builds them, and lets
// plain Hugo make the same pages from the same templates; nothing asserts a
// time, for a time is that of a machine.
package bench

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Size says how large a made-up project is. Its entities share everything
// else, so a smaller number of them has more to say on each page.
type Size struct {
	Entities int
	Measures int
	Events   int
	News     int
}

// Shared is a project of some entities with 2,000 measures, 2,000 events and
// 5,000 news items.
func Shared(entities int) Size {
	return Size{Entities: entities, Measures: 2000, Events: 2000, News: 5000}
}

const (
	authorities = 20  // public bodies, not counted as entities
	programs    = 40  // regimes
	documents   = 400 // sources that are not news
)

// Write makes a project in a folder, which need not exist. The same size gives
// the same files. It returns the number of files.
func Write(dir string, size Size) (int, error) {
	w := writer{dir: dir, size: size, random: rand.New(rand.NewPCG(1, 2))}
	w.settings()
	w.parties()
	w.acts()
	w.sources()
	w.ties()
	return w.files, w.err
}

// writer writes a project. The first error ends it.
type writer struct {
	dir    string
	size   Size
	random *rand.Rand
	files  int
	err    error
}

func (w *writer) put(name, text string) {
	if w.err != nil {
		return
	}
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(file), 0o755); w.err == nil {
		w.err = os.WriteFile(file, []byte(text), 0o644)
		w.files++
	}
}

func (w *writer) settings() {
	w.put("dossier.yaml", `title: A made-up report
tagline: Companies, measures and news that do not exist.
base_url: https://report.example/
languages: [en]
licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
publisher: {name: Nobody, url: https://example.org/}
contact: {email: corrections@example.org}
rules:
  no-archive: {severity: off, reason: The documents do not exist.}
  unreviewed: {severity: off, reason: Nobody reviews a made-up report.}
`)
	w.put("content/_index.md", "---\ntitle: A made-up report\n---\n\nThis report measures what a site costs.\n")
	w.put("content/methodology.md", "---\ntitle: Methodology\n---\n\nEverything was drawn by lot.\n")
}

// Entity is the id of an entity by its number, from 0.
func Entity(i int) string { return fmt.Sprintf("company-%06d", i) }

func (w *writer) anEntity() string { return Entity(w.random.IntN(w.size.Entities)) }

func (w *writer) parties() {
	for i := range authorities {
		w.put(fmt.Sprintf("data/entities/authority-%02d.yaml", i), fmt.Sprintf(
			"schema: PublicBody\nname: %s\nshort: Authority %02d\ncountry: %s\nconfidence: primary\nsources: [%s]\n",
			w.phrase(3)+" Authority "+w.word(), i, countries[i%len(countries)], w.document()))
	}
	for i := range w.size.Entities {
		var b strings.Builder
		name := w.phrase(2)
		fmt.Fprintf(&b, "schema: Company\nname: %s %06d Holding Co., Ltd.\nshort: %s %06d\n", name, i, name, i)
		fmt.Fprintf(&b, "native:\n  - {text: %s%06d股份有限公司, lang: zh-Hans}\naliases:\n  - %s Group %06d\n  - The %s Works %06d\n", glyphs[i%len(glyphs)], i, name, i, name, i)
		fmt.Fprintf(&b, "country: %s\nsector: %s equipment\nwebsite: https://example.org/%06d\n", countries[w.random.IntN(len(countries))], w.word(), i)
		fmt.Fprintf(&b, "summary: >-\n  %s [[%s]] %s [@%s, p. %d]. %s\n", w.phrase(12), w.anEntity(), w.phrase(20), w.document(), 1+i%80, w.phrase(25))
		fmt.Fprintf(&b, "confidence: primary\nsources:\n  - {id: %s, at: row %d}\n  - %s\n", w.document(), i, w.document())
		fmt.Fprintf(&b, "note: >-\n  %s.\n", w.phrase(20))
		w.put("data/entities/"+Entity(i)+".yaml", b.String())
	}
	for i := range programs {
		w.put(fmt.Sprintf("data/programs/program-%02d.yaml", i), fmt.Sprintf(
			"title: The %s Act of %02d\nshort: Act %02d\nissuer: authority-%02d\nmeasures: [export_control]\nsummary: %s [@%s].\nconfidence: primary\nsources: [%s]\n",
			w.phrase(3), i, i, i%authorities, w.phrase(20), w.document(), w.document()))
	}
}

func (w *writer) acts() {
	kinds := []string{"export_control", "investment_ban", "asset_freeze", "procurement_ban"}
	for i := range w.size.Measures {
		var b strings.Builder
		program := w.random.IntN(programs)
		fmt.Fprintf(&b, "title: \"Listing %d: %s\"\ntargets:\n", i, w.phrase(3))
		for _, e := range w.some(5) {
			fmt.Fprintf(&b, "  - {entity: %s, as: LISTED NAME OF %s}\n", e, strings.ToUpper(e))
		}
		year := 2010 + w.random.IntN(14)
		fmt.Fprintf(&b, "authority: authority-%02d\nprogram: program-%02d\nkind: %s\npublished: %d-%02d-%02d\neffective: %d-%02d-%02d\n",
			program%authorities, program, kinds[i%len(kinds)], year, 1+i%12, 1+i%28, year+1, 1+i%12, 1+i%28)
		fmt.Fprintf(&b, "list_id: \"%d\"\ncitations: [%d FR %d]\nscope: >-\n  %s [@%s, p. 3].\n", 10000+i, 70+i%20, 1000+i, w.phrase(25), w.document())
		fmt.Fprintf(&b, "confidence: primary\nsources:\n  - {id: %s, at: row %d}\n", w.document(), i)
		w.put(fmt.Sprintf("data/measures/listing-%04d.yaml", i), b.String())
	}
	for i := range w.size.Events {
		kind, certainty := "corporate", "confirmed"
		if i%4 == 0 {
			kind, certainty = "report", "reported"
		}
		w.put(fmt.Sprintf("data/events/event-%04d.yaml", i), fmt.Sprintf(
			"title: %s %d\nkind: %s\ncertainty: %s\ndate: %s\nconcerns: [%s]\nsummary: >-\n  %s [[%s]] %s [@%s].\nconfidence: secondary\nsources: [%s]\n",
			w.phrase(6), i, kind, certainty, w.day(), strings.Join(w.some(2), ", "), w.phrase(12), w.anEntity(), w.phrase(12), w.aNewsItem(), w.aNewsItem()))
	}
}

func (w *writer) sources() {
	for i := range documents {
		w.put(fmt.Sprintf("data/sources/document-%03d.yaml", i), fmt.Sprintf(
			"title: Register %03d of %s\ntype: report\npublisher: %s\npublished: %s\nurl: https://example.org/documents/%d\nlanguage: en\nconfidence: primary\n",
			i, w.phrase(4), w.phrase(2), w.day(), i))
	}
	for i := range w.size.News {
		var b strings.Builder
		about := w.some(3)
		day := w.day()
		fmt.Fprintf(&b, "---\ntitle: %s %d\npublisher: The %s Times\npublished: %s\nurl: https://example.org/news/%d\nlanguage: en\nconfidence: secondary\nentities: [%s]\n",
			w.phrase(7), i, w.word(), day, i, strings.Join(about, ", "))
		if i%5 == 0 {
			fmt.Fprintf(&b, "statements:\n  - id: said-%04d\n    by: %s\n    kind: analysis\n    date: %s\n    about: [%s]\n    text: %s.\n", i, about[0], day, about[0], w.phrase(20))
		}
		fmt.Fprintf(&b, "---\n\n%s [[%s]] %s.\n\n%s.\n", w.phrase(30), about[0], w.phrase(30), w.phrase(40))
		w.put(fmt.Sprintf("content/news/news-%05d.md", i), b.String())
	}
}

func (w *writer) ties() {
	var links, figures strings.Builder
	links.WriteString("id,schema,owner,asset,percentage,date,sources,confidence\n")
	for i := 0; i+1 < w.size.Entities; i += 3 {
		fmt.Fprintf(&links, "tie-%06d,Ownership,%s,%s,%d,2022,%s,secondary\n", i, Entity(i), Entity(i+1), 5+i%90, w.document())
	}
	w.put("data/links/ownership.csv", links.String())
	figures.WriteString("entity,metric,date,value,unit,sources,confidence\n")
	for i := 0; i < w.size.Entities; i += 2 {
		for year := 2019; year < 2022; year++ {
			fmt.Fprintf(&figures, "%s,revenue,%d,%d,CNY million,%s,secondary\n", Entity(i), year, 100+w.random.IntN(9000), w.document())
		}
	}
	w.put("data/figures/revenue.csv", figures.String())
}

func (w *writer) document() string  { return fmt.Sprintf("document-%03d", w.random.IntN(documents)) }
func (w *writer) aNewsItem() string { return fmt.Sprintf("news-%05d", w.random.IntN(w.size.News)) }

func (w *writer) day() string {
	return fmt.Sprintf("%d-%02d-%02d", 2010+w.random.IntN(14), 1+w.random.IntN(12), 1+w.random.IntN(28))
}

// some are several entities, each once.
func (w *writer) some(n int) []string {
	first := w.random.IntN(w.size.Entities)
	step := 1 + w.random.IntN(max(1, w.size.Entities/(n+1)))
	var out []string
	for i := range min(n, w.size.Entities) {
		out = append(out, Entity((first+i*step)%w.size.Entities))
	}
	return out
}

func (w *writer) word() string { return words[w.random.IntN(len(words))] }

// phrase is some words with a capital at the beginning.
func (w *writer) phrase(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = w.word()
	}
	s := strings.Join(list, " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

var (
	words = strings.Fields(`asset freeze amended listing regulation council decision shipping trade bank holding energy export licence
		designation entry removed annex oil vessel network procurement dual use restriction authority camera quarter harbour
		northern river copper granite meadow lantern orchard falcon timber signal anchor`)
	countries = strings.Fields("cn us gb de fr ru ae ir kp by jp in br za tr ca")
	glyphs    = strings.Fields("海康 大华 科技 电子 数字 技术 能源 航运 银行 控股")
)
