package model_test

import (
	"reflect"
	"testing"
)

func TestSettings(t *testing.T) {
	r := build(t, `
-- dossier.yaml --
title: X
languages: [fr, en]
hugo:
  text: "5"
  number: 5
  share: 1.50
  yes: true
  word: True
  about: ~5
  nothing:
  list: [a, {b: 0}]
`)
	s := r.Settings()
	if s.FirstLanguage() != "fr" || s.Title.String() != "X" {
		t.Errorf("settings are %+v", s)
	}
	want := map[string]any{
		"text": "5", "number": int64(5), "share": 1.5, "yes": true, "word": "True", "about": "~5", "nothing": nil,
		"list": []any{"a", map[string]any{"b": int64(0)}},
	}
	if got := s.Hugo.Plain(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v\nwant %#v", got, want)
	}
	for path, place := range map[string]string{"title": "dossier.yaml:1:8", "languages[1]": "dossier.yaml:2:17", "hugo.list[1].b": "dossier.yaml:11:17", "theme": "dossier.yaml:1:1"} {
		if got := s.Place(path).String(); got != place {
			t.Errorf("%s stands at %s, want %s", path, got, place)
		}
	}
	empty := build(t, "-- dossier.yaml --\ntitle: X\n").Settings()
	if empty.FirstLanguage() != "en" {
		t.Errorf("the first language is %s", empty.FirstLanguage())
	}
}
