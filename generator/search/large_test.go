package search

import (
	"fmt"
	"html/template"
	"iter"
	"math/rand/v2"
	"strings"

	"github.com/dossier-report/dossier/generator/page"
)

// largePages are the pages of a made-up report of n entities, with a measure
// and an event for every ten of them and a news item for every four. Words
// are drawn as often as those of a language are: few of them make most of the
// text, and most of them are rare. The same n gives the same pages.
func largePages(n int) iter.Seq[*page.Page] {
	return func(yield func(*page.Page) bool) {
		g := generator{random: rand.New(rand.NewPCG(1, uint64(n))), n: n}
		g.zipf = rand.NewZipf(g.random, 1.1, 8, 40_000)
		_ = g.entities(yield) && g.acts(yield) && g.events(yield) && g.news(yield)
	}
}

// generator makes up pages.
type generator struct {
	random *rand.Rand
	zipf   *rand.Zipf
	n      int
}

var syllables = strings.Fields(`an ba be bo cha chen da de di dong du er fa fei ga gang gu hai han he hong hu ji jia jin ka kang ke ko ku
	la lan li ling lo lu ma mei min mo na nan ne ni no ou pa ping po qi qing ra ren ri ro ru sa sha shen si song su ta tang te ti to tu un va ve vi wa wei
	xi xin ya yan ye yi yong yu yuan za ze zhe zhi zhong zu`)

// term is the nth word of a made-up language.
func term(n int) string {
	var b strings.Builder
	for n += 3; n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return b.String()
}

func (g *generator) prose(words int) string {
	list := make([]string, words)
	for i := range list {
		list[i] = term(int(g.zipf.Uint64()))
	}
	return strings.Join(list, " ") + "."
}

// name is a company's, of words that few others have.
func (g *generator) name(i int) string {
	s := term(40_000+i*7) + " " + term(g.random.IntN(60_000))
	return strings.ToUpper(s[:1]) + s[1:]
}

func (g *generator) glyphs(i int) string {
	r := rand.New(rand.NewPCG(7, uint64(i)))
	out := make([]rune, 4)
	for k := range out {
		out[k] = rune(0x4e00 + r.IntN(3000))
	}
	return string(out) + "股份有限公司"
}

func paragraph(text string) page.HTML { return page.HTML{HTML: template.HTML("<p>" + text + "</p>")} }

func (g *generator) page(folder, id string) *page.Page {
	return &page.Page{Path: folder + "/" + id + ".html", ID: id, Lang: "en", Root: "../", LangRoot: "../", Find: page.Link{Href: "../search.html"}}
}

func (g *generator) entities(yield func(*page.Page) bool) bool {
	codes := strings.Fields("cn us gb de fr ru ae ir kp by jp in br za tr ca")
	for i := range g.n {
		p := g.page("entities", fmt.Sprintf("company-%06d", i))
		name := g.name(i)
		p.Title = page.Text{Value: name + " Holding Co., Ltd."}
		p.Entity = &page.Entity{
			Name: p.Title, Short: page.Text{Value: name}, Countries: []string{codes[g.random.IntN(len(codes))]},
			Names: []page.Name{
				{Text: page.Text{Value: g.glyphs(i), Lang: "zh-Hans"}, Kind: "native"}, {Text: page.Text{Value: name + " Group"}, Kind: "alias"},
				{Text: page.Text{Value: strings.ToUpper(name) + " CO LTD"}, Kind: "listed_as"}, {Text: page.Text{Value: term(g.random.IntN(500))}, Kind: "weak_alias"},
			},
			Identifiers: []page.Identifier{{Scheme: "uscc", Value: fmt.Sprintf("9133%014d", g.random.IntN(1e14))}, {Scheme: "lei", Value: fmt.Sprintf("5299%016d", i)}},
			Sector:      page.Text{Value: term(g.random.IntN(300)) + " equipment"}, Summary: paragraph(g.prose(70)),
		}
		if !yield(p) {
			return false
		}
	}
	return true
}

func (g *generator) link(i int) page.Link {
	return page.Link{Text: page.Text{Value: fmt.Sprintf("Authority %02d", i)}, ID: fmt.Sprintf("authority-%02d", i), Kind: "entity"}
}

func (g *generator) day() page.Date {
	y := 2010 + g.random.IntN(14)
	point := page.Point{Year: y, Month: 1 + g.random.IntN(12), Precision: "month"}
	return page.Date{ISO: fmt.Sprintf("%d-%02d", y, point.Month), From: point, To: point, Precision: "month"}
}

func (g *generator) acts(yield func(*page.Page) bool) bool {
	for i := range g.n / 10 {
		p := g.page("measures", fmt.Sprintf("listing-%05d", i))
		p.Title = page.Text{Value: fmt.Sprintf("Listing %d: %s", i, term(40_000+i*70))}
		p.Measure = &page.Measure{MeasureRow: page.MeasureRow{
			Link: page.Link{Text: p.Title}, Authority: g.link(i % 20), Country: "us", Status: page.Status{Word: "in_force"},
			Citations: []string{fmt.Sprintf("%d FR %d", 70+i%20, 10_000+i)}, ListID: fmt.Sprint(300_000 + i),
			Dates: page.Dates{Published: page.DateCell{Date: g.day()}},
		}, Scope: paragraph(g.prose(60))}
		if !yield(p) {
			return false
		}
	}
	return true
}

func (g *generator) events(yield func(*page.Page) bool) bool {
	for i := range g.n / 10 {
		p := g.page("events", fmt.Sprintf("event-%05d", i))
		p.Title = page.Text{Value: g.prose(6)}
		p.Event = &page.Event{Title: p.Title, Certainty: "reported", Date: g.day(), Summary: paragraph(g.prose(50))}
		if !yield(p) {
			return false
		}
	}
	return true
}

func (g *generator) news(yield func(*page.Page) bool) bool {
	for i := range g.n / 4 {
		p := g.page("news", fmt.Sprintf("news-%05d", i))
		p.Title = page.Text{Value: g.prose(8)}
		p.Source = &page.Source{News: true, Title: p.Title, Publisher: "The " + term(i%40) + " Times", Published: g.day(), Summary: paragraph(g.prose(150))}
		if !yield(p) {
			return false
		}
	}
	return true
}
