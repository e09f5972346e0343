package cite

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/dossier-report/dossier/generator/model"
)

// BibTeX is a work as an entry for BibTeX and BibLaTeX. Letters outside of
// ASCII stay as they are. Titles and names stand in braces of their own, so
// that no style changes their case or takes them apart. The field date has an
// EDTF date for BibLaTeX; year and month are for BibTeX and come from its
// first point.
func BibTeX(w Work) string {
	var b strings.Builder
	fmt.Fprintf(&b, "@%s{%s", bibType(w), bibKey(w.Key))
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %s = {%s}", name, value)
		}
	}
	authors := make([]string, len(w.Authors))
	for i, a := range w.Authors {
		authors[i] = "{" + texEscape(a) + "}"
	}
	field("author", strings.Join(authors, " and "))
	if w.Title != "" {
		field("title", "{"+texEscape(w.Title)+"}")
	}
	container, publisher := w.Container, w.Publisher
	if bibType(w) == "article" && container == "" {
		container, publisher = publisher, ""
	}
	field(containerField(w), texEscape(container))
	field(publisherField(w), texEscape(publisher))
	if d := w.date(); !d.IsZero() {
		from, _ := d.Ends()
		t := from.First().Time()
		field("date", edtf(d))
		field("year", fmt.Sprint(t.Year()))
		if from.Precision >= model.ByMonth {
			fmt.Fprintf(&b, ",\n  month = %s", strings.ToLower(t.Format("Jan")))
		}
	}
	field("volume", texEscape(w.Volume))
	field("pages", strings.ReplaceAll(texEscape(w.Pages), "-", "--"))
	field("number", texEscape(w.Number))
	field("note", texEscape(w.Official))
	field("url", verbatimURL(w.URL))
	if w.URL != "" {
		field("urldate", edtf(w.Accessed))
	}
	field("language", texEscape(w.Language))
	b.WriteString("\n}\n")
	return b.String()
}

func bibType(w Work) string {
	switch w.kind() {
	case "article", "article-newspaper", "article-magazine", "article-journal":
		return "article"
	case "book":
		return "book"
	case "chapter", "entry":
		return "incollection"
	case "report":
		return "techreport"
	case "thesis":
		return "phdthesis"
	case "manuscript":
		return "unpublished"
	}
	return "misc"
}

func containerField(w Work) string {
	switch bibType(w) {
	case "article":
		return "journal"
	case "incollection":
		return "booktitle"
	}
	return "howpublished"
}

func publisherField(w Work) string {
	switch bibType(w) {
	case "techreport":
		return "institution"
	case "phdthesis":
		return "school"
	}
	return "publisher"
}

// edtf is a date in the Extended Date/Time Format, in which ~ stands behind.
func edtf(d model.Date) string {
	if d.IsZero() {
		return ""
	}
	point := func(d model.Date) string {
		if s, approx := strings.CutPrefix(d.String(), "~"); approx {
			return s + "~"
		}
		return d.String()
	}
	from, to := d.Ends()
	if !d.Range {
		return point(from)
	}
	return point(from) + "/" + point(to)
}

// texEscaper knows all characters that TeX does not take for themselves.
// BibTeX counts braces even behind a backslash, so those have names.
var texEscaper = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`%`, `\%`, `&`, `\&`, `$`, `\$`, `#`, `\#`, `_`, `\_`, `"`, `{"}`,
)

func texEscape(s string) string { return texEscaper.Replace(line(s)) }

// verbatimURL writes the few characters that would break an entry as percent
// escapes; the rest of an address stands as it is, as in \url.
func verbatimURL(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(`{}\`, r) || r <= ' ' || r == 0x7f || unicode.IsSpace(r) || unicode.IsControl(r) {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// bibKey is a key of letters, digits and hyphens.
func bibKey(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '-'
	}, s)
	if s = strings.Trim(s, "-"); s == "" {
		return "work"
	}
	return s
}
