package preview

import (
	"strings"

	"github.com/dossier-report/dossier/generator/page"
)

// Kind is a sort of page that may have a picture of its own.
type Kind string

// The kinds, the most often shared first.
const (
	Home    Kind = "home"
	Focus   Kind = "focus" // the entity that the report is about
	Event   Kind = "event"
	Measure Kind = "measure"
	Entity  Kind = "entity" // that a measure or a plan is about, or that has imposed one
	News    Kind = "news"
)

// Kinds are all of them, in that order.
func Kinds() []Kind { return []Kind{Home, Focus, Event, Measure, Entity, News} }

// most is how many pictures a report has. Each costs a file and a few
// milliseconds, and the ten-thousandth entity is not what people share.
const most = 1000

// Choose says which kinds have pictures of their own, by how many pages of
// each there are: whole kinds, in the order of Kinds, as long as there are not
// too many pictures in all. The pages of the others show that of the home page.
func Choose(counts map[Kind]int) []Kind {
	var out []Kind
	all := 0
	for _, k := range Kinds() {
		if all += counts[k]; all > most {
			break
		}
		out = append(out, k)
	}
	return out
}

// Of gives the picture of a page and the kind of the page. It is empty for
// pages that have none of their own. word gives the theme's word for a key in
// the language of the page; focus is the id of the entity that the report is
// about.
func Of(p *page.Page, focus string, word func(key string) string) (Picture, Kind) {
	pic := Picture{Report: p.Report.Title.Value, Title: p.Title.Value}
	pic.AsOf = strings.ReplaceAll(word("as_of"), "{{ .Date }}", day(p.Report.AsOf))
	switch {
	case p.Home != nil:
		pic.Report, pic.Title, pic.Lead = "", p.Report.Title.Value, p.Report.Tagline.Value
		if p.Home.Focus.ID != "" {
			pic.Marks = standing(p.Home.Standing, word)
		}
		return pic, Home
	case p.Entity != nil:
		s := p.Entity.Standing
		pic.Kicker, pic.Marks = word("schema_"+p.Entity.Schema), standing(s, word)
		switch {
		case p.ID == focus:
			return pic, Focus
		case s.Measures > 0 || s.Issued > 0 || len(s.Plans) > 0:
			return pic, Entity
		}
	case p.Measure != nil:
		m := p.Measure
		pic.Kicker = join(word("legal_act"), word("measure_"+m.Type))
		pic.Marks, pic.Date = []Mark{{Shape: "m-" + m.Status.Word, Word: word("status_" + m.Status.Word)}}, day(m.Status.Since)
		return pic, Measure
	case p.Event != nil:
		e := p.Event
		pic.Kicker = word("event_" + e.Type)
		if e.Plan {
			pic.Kicker = word("event_plan")
		}
		pic.Marks, pic.Date = marks(e, word), day(e.Date)
		return pic, Event
	case p.Source != nil && p.Source.News:
		pic.Kicker = word("news_item")
		if p.Source.Publisher != "" {
			pic.Marks = []Mark{{Shape: "k-news", Word: p.Source.Publisher}}
		}
		pic.Date = day(p.Source.Published)
		return pic, News
	}
	return Picture{}, ""
}

// standing counts the measures that name an entity by status, and the plans
// apart from them: what acts or may come to act, the plans, what is over.
func standing(s page.Standing, word func(string) string) []Mark {
	var live, over []Mark
	for _, c := range s.Statuses {
		mark := Mark{Shape: "m-" + c.Key, Word: word("status_" + c.Key), Count: c.N}
		switch c.Key {
		case "lapsed", "superseded", "revoked", "annulled":
			over = append(over, mark)
		default:
			live = append(live, mark)
		}
	}
	for _, certainty := range []string{"reported", "confirmed", "denied", "superseded"} {
		n := 0
		for _, p := range s.Plans {
			if p.Certainty == certainty {
				n++
			}
		}
		if n > 0 {
			live = append(live, Mark{Shape: "e-" + certainty, Word: word("certainty_" + certainty), Count: n})
		}
	}
	return append(live, over...)
}

// marks are those of an event. A search of a list that found nothing says so
// for as long as it holds.
func marks(e *page.Event, word func(string) string) []Mark {
	out := []Mark{{Shape: "e-" + e.Certainty, Word: word("certainty_" + e.Certainty)}}
	if e.Type != "check" || e.ReplacedBy.Value != "" {
		return out
	}
	none := Mark{Shape: "m-none", Word: word("none_found")}
	switch e.Certainty {
	case "confirmed":
		return []Mark{none}
	case "reported":
		return append([]Mark{none}, out...)
	}
	return out
}

// day is a date in digits, which are the same in all languages: pictures are
// made without the names of months, which Hugo knows.
func day(d page.Date) string { return strings.ReplaceAll(d.ISO, "/", " – ") }

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}
