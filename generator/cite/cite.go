// Package cite makes citations: of the sources of a report, and of its own
// pages; formatted in one house style, and as CSL-JSON, BibTeX and RIS for
// reference managers.
//
// A formatted citation comes in parts with keys, not as a sentence, so that a
// theme sets the styles, translates the few words and prints the dates. Dates
// keep the precision of their source everywhere: nothing is padded.
package cite

import (
	"strings"
	"unicode"

	"github.com/dossier-report/dossier/generator/model"
)

// Work is what is cited. Empty fields are not stated.
type Work struct {
	Key       string // id of the work, for reference managers
	Type      string // CSL type; "document" when empty
	Title     string
	TitleLang string // BCP 47
	Authors   []string
	Publisher string
	Container string     // journal, site or gazette; the report, for one of its pages
	Issued    model.Date // publication
	AsOf      model.Date // the state that is cited, for a work that changes; it stands in place of Issued
	Accessed  model.Date
	URL       string
	Archive   string     // address of a copy
	Archived  model.Date // when the copy was made
	Language  string     // BCP 47
	Number    string
	Volume    string
	Pages     string
	Official  string // official citation: "88 FR 18983"
}

// Options say in which language a source is cited.
type Options struct {
	Lang  string // language wanted for the title
	First string // the report's own language

	// Author gives the name of an author who is an entity. Without it, and
	// when it returns nothing, the name as printed stands, else the id.
	Author func(model.Author) string
}

// Of is the work that a source is.
func Of(s *model.Source, o Options) Work {
	title, lang := s.Title.In(o.Lang, o.First)
	w := Work{
		Key: s.ID, Type: Type(s), Title: title, TitleLang: lang, Publisher: s.Publisher, Container: s.Container,
		Issued: s.Published, Accessed: s.Accessed, URL: string(s.URL), Language: string(s.Language),
		Number: s.Number, Volume: s.Volume, Pages: s.Page, Official: s.Citation,
	}
	for _, a := range s.Authors {
		name := ""
		if o.Author != nil {
			name = o.Author(a)
		}
		if name == "" {
			name = a.Name
		}
		if name == "" {
			name = a.ID
		}
		w.Authors = append(w.Authors, name)
	}
	if s.Archive != nil {
		w.Archive, w.Archived = string(s.Archive.URL), s.Archive.Captured
	}
	return w
}

// Type is the CSL type of a source: article-newspaper for news and document
// for the rest unless it says otherwise.
func Type(s *model.Source) string {
	switch {
	case s.Type != "":
		return string(s.Type)
	case s.News:
		return "article-newspaper"
	}
	return "document"
}

func (w Work) kind() string {
	if w.Type == "" {
		return "document"
	}
	return w.Type
}

func (w Work) date() model.Date {
	if !w.AsOf.IsZero() {
		return w.AsOf
	}
	return w.Issued
}

// line makes a text fit for a single line: white space and controls become
// one blank.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}
