package page

import (
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// text is a text of a record in the language of the page, or the nearest.
func (c *composer) text(t model.Text) Text {
	value, lang := t.In(c.lang, c.site.first)
	if lang != c.lang && lang == c.site.first {
		return c.term(value)
	}
	return c.tagged(value, lang)
}

// tagged gives a text its language where that is known and not the page's.
func (c *composer) tagged(value, lang string) Text {
	value = spacing(value, lang)
	if value == "" || lang == "" || lang == c.lang {
		return Text{Value: value}
	}
	return Text{Value: value, Lang: lang, Dir: Direction(lang)}
}

func (c *composer) name(n model.Name) Text { return c.tagged(n.Text, n.Lang) }

// native is the name of an entity in its own script.
func (c *composer) native(e *model.Entity) Text {
	if len(e.Native) == 0 {
		return Text{}
	}
	return c.name(e.Native[0])
}

// foreign is a language when it is not that of the page.
func (c *composer) foreign(l model.Lang) string {
	if string(l) == c.lang {
		return ""
	}
	return string(l)
}

// Direction is "rtl" for a language that is written from right to left, by its
// script where the tag names one, else "ltr".
func Direction(lang string) string {
	base, rest, _ := strings.Cut(strings.ToLower(lang), "-")
	script, _, _ := strings.Cut(rest, "-")
	if len(script) == 4 && script[0] >= 'a' {
		switch script {
		case "arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg":
			return "rtl"
		}
		return "ltr"
	}
	switch base {
	case "ar", "he", "iw", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "syr", "nqo", "arc", "prs", "bal", "glk", "mzn", "pnb", "azb", "lrc":
		return "rtl"
	}
	return "ltr"
}

func date(d model.Date) Date {
	if d.IsZero() {
		return Date{}
	}
	from, to := d.Ends()
	out := Date{ISO: d.String(), From: point(from), To: point(to), Precision: precision(d.Precision), Approx: d.Approx, Range: d.Range}
	if !d.Range {
		out.Datetime = strings.TrimPrefix(d.String(), "~")
	}
	return out
}

func point(d model.Date) Point {
	t := d.First().Time()
	p := Point{Year: t.Year(), Time: t, Precision: precision(d.Precision), Approx: d.Approx}
	if d.Precision >= model.ByMonth {
		p.Month = int(t.Month())
	}
	if d.Precision == model.ByDay {
		p.Day = t.Day()
	}
	return p
}

func precision(p model.Precision) string {
	return [...]string{model.NoDate: "", model.ByYear: "year", model.ByMonth: "month", model.ByDay: "day"}[p]
}

func number(n model.Number, unit string) Number {
	if n.IsZero() {
		return Number{Unit: unit}
	}
	_, frac, _ := strings.Cut(n.Decimal(), ".")
	out := Number{Decimal: n.Decimal(), Float: n.Float(), Places: len(frac), Unit: unit}
	switch n.Bound {
	case model.About:
		out.Bound = "about"
	case model.AtLeast:
		out.Bound = "at_least"
	case model.AtMost:
		out.Bound = "at_most"
	}
	return out
}

// cut shortens a plain text to about n characters, at the end of a word.
func cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	short := string(r[:n])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:") + "…"
}
