package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// label is the text of a reference without knowing what it names.
func (r Ref) label() string {
	if r.Text != "" {
		return r.Text
	}
	return r.ID
}

// flatten is a piece of flat text, which begins at from, with its references
// as text.
func flatten(flat string, from int, names []name, refs []Ref, text func(Ref) string) string {
	var b strings.Builder
	at := 0
	for _, n := range names {
		b.WriteString(flat[at : n.at-from])
		at = n.at - from
		r := refs[n.ref]
		if r.Text == "" && text != nil {
			r.Text = text(r)
		}
		b.WriteString(clean(r.label()))
	}
	b.WriteString(flat[at:])
	lines := strings.Split(b.String(), "\n")
	out := lines[:0]
	for _, line := range lines {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// slugger makes anchors that are unique in a text. They never hold two hyphens
// in a row, which is what sets those of footnotes apart.
type slugger struct {
	used map[string]bool
	last map[string]int
}

const maxSlug = 80 // characters

// next is the anchor for a heading: its letters and digits of any script in
// lower case, with hyphens between the words.
func (s *slugger) next(heading string) string {
	var b strings.Builder
	gap, n := false, 0
	for _, r := range strings.ToLower(heading) {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			gap = true
			continue
		}
		if n >= maxSlug {
			break
		}
		if gap && n > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
		n++
	}
	base := b.String()
	if base == "" {
		base = "section"
	}
	if s.used == nil {
		s.used, s.last = map[string]bool{}, map[string]int{}
	}
	slug := base
	for i := s.last[base] + 1; s.used[slug]; i++ {
		slug = base + "-" + strconv.Itoa(max(i, 2))
		s.last[base] = i
	}
	s.used[slug] = true
	return slug
}
