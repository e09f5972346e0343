package cite

import (
	"encoding/json"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// Item is a work in CSL-JSON, https://github.com/citation-style-language/schema.
type Item struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title,omitempty"`
	Author    []CSLName `json:"author,omitempty"`
	Container string    `json:"container-title,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Issued    *CSLDate  `json:"issued,omitempty"`
	Volume    string    `json:"volume,omitempty"`
	Page      string    `json:"page,omitempty"`
	Number    string    `json:"number,omitempty"`
	Note      string    `json:"note,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Accessed  *CSLDate  `json:"accessed,omitempty"`
	Archive   string    `json:"archive_location,omitempty"`
	Language  string    `json:"language,omitempty"`
}

// CSLName is a name as it is printed: names are not taken apart, since where a
// family name stands is not for us to guess.
type CSLName struct {
	Literal string `json:"literal"`
}

// CSLDate is a date of as many parts as are known; a range has two.
type CSLDate struct {
	Parts [][]int `json:"date-parts"`
	Circa bool    `json:"circa,omitempty"`
}

// CSL is a work in CSL-JSON. The official citation is its note, and a work
// that changes is issued on the day whose state is cited.
func CSL(w Work) Item {
	item := Item{
		ID: w.Key, Type: w.kind(), Title: line(w.Title), Container: line(w.Container), Publisher: line(w.Publisher),
		Issued: cslDate(w.date()), Volume: line(w.Volume), Page: line(w.Pages), Number: line(w.Number), Note: line(w.Official),
		URL: w.URL, Accessed: cslDate(w.Accessed), Archive: w.Archive, Language: w.Language,
	}
	for _, name := range w.Authors {
		item.Author = append(item.Author, CSLName{Literal: line(name)})
	}
	return item
}

// JSON is the item in a list of its own, as reference managers import it.
func (i Item) JSON() string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode([]Item{i}); err != nil {
		panic(err) // strings, numbers and booleans always encode
	}
	return b.String()
}

func cslDate(d model.Date) *CSLDate {
	if d.IsZero() {
		return nil
	}
	from, to := d.Ends()
	out := &CSLDate{Parts: [][]int{numbers(from)}, Circa: d.Approx}
	if d.Range {
		out.Parts = append(out.Parts, numbers(to))
	}
	return out
}

// numbers is year, month and day of a point, as far as they are known.
func numbers(d model.Date) []int {
	t := d.First().Time()
	return []int{t.Year(), int(t.Month()), t.Day()}[:d.Precision]
}
