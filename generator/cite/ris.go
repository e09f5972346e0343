package cite

import (
	"fmt"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// RIS is a work in the tagged format of Research Information Systems: lines
// that end in CR LF, one tag each. A date has a slash for every part that is
// missing; of a range the first point stands.
func RIS(w Work) string {
	var b strings.Builder
	tag := func(tag, value string) {
		if value = line(value); value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", tag, value)
		}
	}
	tag("TY", risType(w.kind()))
	tag("ID", w.Key)
	for _, a := range w.Authors {
		tag("AU", a)
	}
	tag("TI", w.Title)
	tag("T2", w.Container)
	tag("PB", w.Publisher)
	if d := w.date(); !d.IsZero() {
		from, _ := d.Ends()
		tag("PY", fmt.Sprintf("%04d", from.First().Time().Year()))
		tag("DA", risDate(d))
	}
	tag("VL", w.Volume)
	first, last, _ := strings.Cut(w.Pages, "-")
	tag("SP", first)
	tag("EP", last)
	if w.kind() == "report" {
		tag("SN", w.Number)
	} else {
		tag("M1", w.Number)
	}
	tag("N1", w.Official)
	tag("UR", w.URL)
	if w.URL != "" && !w.Accessed.IsZero() {
		tag("Y2", risDate(w.Accessed))
	}
	tag("L2", w.Archive)
	tag("LA", w.Language)
	b.WriteString("ER  - \r\n")
	return b.String()
}

func risDate(d model.Date) string {
	from, _ := d.Ends()
	n := numbers(from)
	parts := [3]string{}
	for i, v := range n {
		parts[i] = fmt.Sprintf("%0*d", []int{4, 2, 2}[i], v)
	}
	return strings.Join(parts[:], "/") + "/"
}

func risType(csl string) string {
	switch csl {
	case "article-newspaper":
		return "NEWS"
	case "article-magazine":
		return "MGZN"
	case "article-journal":
		return "JOUR"
	case "bill":
		return "BILL"
	case "book":
		return "BOOK"
	case "broadcast":
		return "VIDEO"
	case "chapter":
		return "CHAP"
	case "dataset":
		return "DATA"
	case "entry":
		return "ENCYC"
	case "hearing":
		return "HEAR"
	case "legal_case":
		return "CASE"
	case "legislation":
		return "STAT"
	case "manuscript":
		return "UNPB"
	case "map":
		return "MAP"
	case "pamphlet":
		return "PAMP"
	case "patent":
		return "PAT"
	case "personal_communication", "interview":
		return "PCOMM"
	case "post-weblog":
		return "BLOG"
	case "post", "webpage":
		return "ELEC"
	case "regulation", "treaty":
		return "LEGAL"
	case "report":
		return "RPRT"
	case "standard":
		return "STAND"
	case "thesis":
		return "THES"
	}
	return "GEN"
}
