package page

import (
	"reflect"
	"strings"
	"testing"
)

// script writes threads as a reader would read them aloud.
func script(threads []Thread) []string {
	var out []string
	line := func(words ...string) { out = append(out, strings.Join(words, " ")) }
	for _, t := range threads {
		line("#", t.Topic.Value, t.Certainty)
		for _, x := range t.Exchanges {
			line(x.Claim.By.Value, x.Claim.Kind)
			for _, a := range x.Answers {
				line("  answer:", a.By.Value, a.Kind)
			}
			for _, m := range x.Missing {
				heard := "nothing"
				if len(m.Heard) > 0 {
					heard = m.Heard[0].Kind
				}
				line("  no answer:", m.Party.Value, heard, m.Request.Asked.ISO, m.Request.Outcome)
			}
		}
		for _, a := range t.Answers {
			line("to all:", a.By.Value, a.Kind)
		}
	}
	return out
}

func TestVoices(t *testing.T) {
	for _, test := range []struct {
		path string
		want []string
	}{
		{"news/wire.html", []string{
			"# Sanctions on Acme are reported to be planned reported",
			"The Paper allegation", "  answer: Acme response",
			"Jo Doe call",
			"to all: The Bureau not_commented",
		}},
		// A general denial answers both allegations, and stands once. That the
		// subsidiary was not reached is no answer; nor is our own request.
		{"news/late.html", []string{
			"# Acme ",
			"Das Blatt allegation", "  no answer: Acme Sub not_reached 2023-02-02 no_answer",
			"The Paper allegation",
			"to all: Acme denial",
		}},
		{"entities/sub.html", []string{
			"# Acme ",
			"Das Blatt allegation", "  answer: Acme denial", "  no answer: Acme Sub not_reached 2023-02-02 no_answer",
		}},
	} {
		p := smallPage(t, test.path)
		threads := []Thread(nil)
		if p.Source != nil {
			threads = p.Source.Voices
		} else {
			threads = p.Entity.Voices
		}
		if got := script(threads); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n%s", test.path, strings.Join(got, "\n"))
		}
	}
}

func TestVoice(t *testing.T) {
	claim := smallPage(t, "news/wire.html").Source.Voices[0].Exchanges[0].Claim
	if claim.Anchor != "statement-wire-allegation" || claim.Date.ISO != "2022-05" || claim.Grade != "unverified" || claim.Answer {
		t.Errorf("%+v", claim)
	}
	on := smallPage(t, "entities/acme.html").Entity.Voices[0]
	if on.Topic.Href != "../events/plan.html" || on.Exchanges[0].Claim.Anchor != "" || on.Exchanges[0].Claim.Source.Href != "../news/wire.html" {
		t.Errorf("%+v", on.Topic)
	}
	if jo := on.Exchanges[1].Claim; jo.By.Href != "" || jo.Role.Value != "Director" || jo.Organisation.Value != "Watch" {
		t.Errorf("%+v", jo)
	}
	if by := smallPage(t, "news/late.html").Source.Voices[0].Exchanges[0].Claim; !by.BySource || by.Request.Due.ISO != "2023-02-16" {
		t.Errorf("%+v", by)
	}
}
