package cite

import "github.com/dossier-report/dossier/generator/model"

// The keys of parts.
const (
	KeyAuthors   = "authors"
	KeyTitle     = "title"
	KeyContainer = "container"
	KeyPublisher = "publisher"
	KeyVolume    = "volume"
	KeyPages     = "pages"
	KeyNumber    = "number"
	KeyOfficial  = "citation"
	KeyDate      = "date"
	KeyNoDate    = "no_date"
	KeyAsOf      = "as_of"
	KeyURL       = "url"
	KeyAccessed  = "accessed"
	KeyArchived  = "archived"
)

// The styles of parts; the empty style is plain.
const (
	Quoted = "quoted"
	Italic = "italic"
)

// Part is a part of a formatted citation: a text, names, a date or an address.
type Part struct {
	Key   string
	Style string
	Text  string
	Lang  string // of Text, BCP 47; empty when it is not known
	Names []string
	Date  model.Date
	URL   string
}

// Format is the formatted citation: authors, title, container, publisher,
// volume, pages, number, official citation, date, address, day of access,
// archived copy. What is not stated is left out, except the date: its absence
// is said with KeyNoDate.
func Format(w Work) []Part {
	var parts []Part
	text := func(key, style, value, lang string) {
		if value != "" {
			parts = append(parts, Part{Key: key, Style: style, Text: line(value), Lang: lang})
		}
	}
	if len(w.Authors) > 0 {
		parts = append(parts, Part{Key: KeyAuthors, Names: w.Authors})
	}
	text(KeyTitle, titleStyle(w), w.Title, w.TitleLang)
	text(KeyContainer, Italic, w.Container, "")
	if w.Publisher != w.Container {
		text(KeyPublisher, "", w.Publisher, "")
	}
	text(KeyVolume, "", w.Volume, "")
	text(KeyPages, "", w.Pages, "")
	text(KeyNumber, "", w.Number, "")
	if w.Official != w.Number {
		text(KeyOfficial, "", w.Official, "")
	}
	switch {
	case !w.AsOf.IsZero():
		parts = append(parts, Part{Key: KeyAsOf, Date: w.AsOf})
	case !w.Issued.IsZero():
		parts = append(parts, Part{Key: KeyDate, Date: w.Issued})
	default:
		parts = append(parts, Part{Key: KeyNoDate})
	}
	if w.URL != "" {
		parts = append(parts, Part{Key: KeyURL, URL: w.URL})
		if !w.Accessed.IsZero() {
			parts = append(parts, Part{Key: KeyAccessed, Date: w.Accessed})
		}
	}
	if w.Archive != "" {
		parts = append(parts, Part{Key: KeyArchived, URL: w.Archive, Date: w.Archived})
	}
	return parts
}

// titleStyle is italic for what is published by itself, and quotation marks
// for what stands in something larger.
func titleStyle(w Work) string {
	if w.Container != "" {
		return Quoted
	}
	switch w.kind() {
	case "book", "report", "legislation", "bill", "regulation", "treaty", "legal_case", "thesis", "standard", "map", "patent", "dataset", "pamphlet", "hearing":
		return Italic
	}
	return Quoted
}
