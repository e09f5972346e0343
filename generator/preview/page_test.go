package preview

import (
	"fmt"
	"testing"

	"github.com/dossier-report/dossier/generator/page"
)

// TestOf shows what the picture of every sort of page says. A reported plan
// has a circle and never a square.
func TestOf(t *testing.T) {
	report := &page.Report{Title: page.Text{Value: "Report"}, Tagline: page.Text{Value: "Tagline"}, AsOf: page.Date{ISO: "2026-06-17"}}
	title := page.Text{Value: "Title"}
	plans := []page.Plan{{Certainty: "reported"}, {Certainty: "denied"}, {Certainty: "reported"}}
	of := func(key string) string {
		if key == "as_of" {
			return "As of {{ .Date }}"
		}
		return "<" + key + ">"
	}
	for _, c := range []struct {
		page page.Page
		want string
	}{
		{page.Page{Home: &page.Home{}}, "home:  |  | Report | Tagline | [] |  | As of 2026-06-17"},
		{page.Page{ID: "focus", Entity: &page.Entity{Schema: "Company"}}, "focus: Report | <schema_Company> | Title |  | [] |  | As of 2026-06-17"},
		{page.Page{ID: "a", Entity: &page.Entity{Schema: "Company"}}, ":  |  |  |  | [] |  | "},
		{page.Page{ID: "a", Entity: &page.Entity{Schema: "Person", Standing: page.Standing{Measures: 3, Statuses: []page.Count{{Key: "in_force", N: 2}, {Key: "lapsed", N: 1}}, Plans: plans}}},
			"entity: Report | <schema_Person> | Title |  | [{m-in_force <status_in_force> 2} {e-reported <certainty_reported> 2} {e-denied <certainty_denied> 1} {m-lapsed <status_lapsed> 1}] |  | As of 2026-06-17"},
		{page.Page{Measure: &page.Measure{MeasureRow: page.MeasureRow{Type: "listing", Status: page.Status{Word: "listed"}}}},
			"measure: Report | <legal_act> · <measure_listing> | Title |  | [{m-listed <status_listed> 0}] |  | As of 2026-06-17"},
		{page.Page{Event: &page.Event{Type: "report", Plan: true, Certainty: "reported", Date: page.Date{ISO: "2022-05-04/2022-05-06"}}},
			"event: Report | <event_plan> | Title |  | [{e-reported <certainty_reported> 0}] | 2022-05-04 – 2022-05-06 | As of 2026-06-17"},
		{page.Page{Event: &page.Event{Type: "check", Certainty: "confirmed", Date: page.Date{ISO: "2022-05"}}},
			"event: Report | <event_check> | Title |  | [{m-none <none_found> 0}] | 2022-05 | As of 2026-06-17"},
		{page.Page{Event: &page.Event{Type: "check", Certainty: "denied"}},
			"event: Report | <event_check> | Title |  | [{e-denied <certainty_denied> 0}] |  | As of 2026-06-17"},
		{page.Page{Source: &page.Source{News: true, Publisher: "Wire", Published: page.Date{ISO: "~2022"}}},
			"news: Report | <news_item> | Title |  | [{k-news Wire 0}] | ~2022 | As of 2026-06-17"},
		{page.Page{Source: &page.Source{}}, ":  |  |  |  | [] |  | "},
		{page.Page{Prose: &page.Prose{}}, ":  |  |  |  | [] |  | "},
	} {
		c.page.Report, c.page.Title = report, title
		pic, kind := Of(&c.page, "focus", of)
		got := fmt.Sprintf("%s: %s | %s | %s | %s | %v | %s | %s", kind, pic.Report, pic.Kicker, pic.Title, pic.Lead, pic.Marks, pic.Date, pic.AsOf)
		if got != c.want {
			t.Errorf("%s\nnot %s", got, c.want)
		}
	}
}
