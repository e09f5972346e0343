package page

import (
	"slices"
	"strings"
)

// spacing gives a text the spaces that its language sets where its author
// wrote ordinary ones: French keeps a colon, a semicolon and the like on the line
// of the word before them. No other character is changed.
func spacing(text, lang string) string {
	if base, _, _ := strings.Cut(lang, "-"); base != "fr" || !strings.ContainsAny(text, ";:!?%»«") {
		return text
	}
	return frenchSpacing().Replace(text)
}

// spacingHTML is spacing for what is read of HTML: not its tags, and not code.
func spacingHTML(html, lang string) string {
	if spacing(html, lang) == html {
		return html
	}
	var out strings.Builder
	code := 0
	for html != "" {
		text, rest, tag := strings.Cut(html, "<")
		if code == 0 {
			text = spacing(text, lang)
		}
		out.WriteString(text)
		if !tag {
			break
		}
		inner, after, _ := strings.Cut(rest, ">")
		switch name, _, _ := strings.Cut(inner, " "); name {
		case "code", "pre":
			code++
		case "/code", "/pre":
			code--
		}
		out.WriteString("<" + inner + ">")
		html = after
	}
	return out.String()
}

// spaced is the text with the spaces of a language.
func (h HTML) spaced(lang string) HTML {
	h.HTML = trusted(spacingHTML(string(h.HTML), lang))
	h.Parts = slices.Clone(h.Parts)
	for i := range h.Parts {
		h.Parts[i].HTML = trusted(spacingHTML(string(h.Parts[i].HTML), lang))
	}
	return h
}

func frenchSpacing() *strings.Replacer {
	return strings.NewReplacer(
		" ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?", " %", "\u202f%",
		" :", "\u00a0:", " »", "\u00a0»", "« ", "«\u00a0",
	)
}
