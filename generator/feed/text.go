package feed

import (
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/dossier-report/dossier/generator/page"
)

// plain is ready HTML, as pages hold it, without its marks. References to the
// numbered sources of a page are left out: in a feed they would lead nowhere.
func plain(s string) string {
	var b strings.Builder
	skip := "" // end tag up to which everything is left out
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		if skip == "" {
			b.WriteString(html.UnescapeString(s[:i]))
		}
		s = s[i:]
		end := tagEnd(s)
		tag := s[:end]
		s = s[end:]
		switch {
		case skip != "":
			if tag == skip {
				skip = ""
			}
		case strings.HasPrefix(tag, `<a class="ref"`):
			skip = "</a>"
		case isInline(tag):
		default:
			b.WriteByte(' ') // blocks are words apart
		}
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "\u2060", "")), " ")
}

// tagEnd is the offset after a tag at the beginning of a text.
func tagEnd(s string) int {
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(s)
}

func isInline(tag string) bool {
	name := strings.ToLower(strings.Trim(tag, "</>"))
	name, _, _ = strings.Cut(name, " ")
	switch name {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var":
		return true
	}
	return false
}

// cut shortens a text to about n characters, at the end of a word.
func cut(s string, n int) string {
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

// escape writes a path as it stands in an address.
func escape(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

// exact reports a date that is one full day, and sure.
func exact(d page.Date) bool {
	return d.ISO != "" && d.Precision == "day" && !d.Approx && !d.Range
}

// lastDay is the latest day that a date can mean.
func lastDay(d page.Date) time.Time {
	p := d.To
	switch p.Precision {
	case "year":
		return time.Date(p.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	case "month":
		return time.Date(p.Year, time.Month(p.Month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return p.Time
}

// stamp is a time as RFC 3339 writes it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
