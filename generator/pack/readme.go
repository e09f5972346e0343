package pack

import (
	"strings"
)

// Words are the words of a theme in one language, by their keys.
type Words func(key string) string

// Readme is the text of README.txt, in one language after the other, for
// people who have no idea what a package is. Lines end as Windows wants them.
func Readme(info Info, title []string, signed bool, languages []Words) []byte {
	var b strings.Builder
	for i, word := range languages {
		if i > 0 {
			b.WriteString("\n" + strings.Repeat("-", 72) + "\n\n")
		}
		readme(&b, info, title[i], signed, fill(word, info))
	}
	return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n"))
}

// fill puts the facts of a package into words.
func fill(word Words, info Info) Words {
	facts := strings.NewReplacer(
		"{{ .AsOf }}", info.AsOf, "{{ .Built }}", info.Built, "{{ .Version }}", info.Version, "{{ .Audience }}", info.Audience,
		"{{ .Name }}", info.Name,
	)
	return func(key string) string { return facts.Replace(word(key)) }
}

func readme(b *strings.Builder, info Info, title string, signed bool, word Words) {
	title = oneLine(title)
	b.WriteString(title + "\n" + strings.Repeat("=", min(72, len([]rune(title)))) + "\n\n")
	paragraph(b, word("pack_facts"))
	if info.Audience != "public" {
		paragraph(b, word("pack_audience"))
	}
	paragraph(b, word("pack_what"))
	if info.Part != nil {
		paragraph(b, word("pack_part"))
	}
	steps(b, word, "pack_open", 3)
	steps(b, word, "pack_check", 3)
	if signed {
		paragraph(b, word("pack_signed"))
	}
}

// steps writes a heading and numbered paragraphs under it.
func steps(b *strings.Builder, word Words, key string, n int) {
	b.WriteString(strings.ToUpper(word(key)) + "\n\n")
	for i := range n {
		number := string(rune('1' + i))
		paragraph(b, number+". "+word(key+"_"+number))
	}
}

// paragraph breaks a text into lines of at most 72 characters.
func paragraph(b *strings.Builder, text string) {
	width := 0
	for _, w := range strings.Fields(text) {
		n := len([]rune(w))
		switch {
		case width == 0:
		case width+1+n > 72:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(w)
		width += n
	}
	b.WriteString("\n\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
