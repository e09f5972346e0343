package proof

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestDates sees to it that a date in words says as much as the one that
// machines read: no language may lose the month or the year.
func TestDates(t *testing.T) {
	for _, s := range samples(t) {
		f, err := os.Open(filepath.Join(s.dir, filepath.FromSlash(s.file)))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(f)
		f.Close() // opened for reading only
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode || n.Data != "time" {
				continue
			}
			for _, a := range n.Attr {
				if said := words(n); a.Key == "datetime" && !wholeDate(a.Val, said) && !seen[a.Val+said] {
					seen[a.Val+said] = true
					t.Errorf("%v: %s is shown as %q", s, a.Val, said)
				}
			}
		}
	}
}

var (
	number = regexp.MustCompile(`\p{Nd}+`)
	month  = regexp.MustCompile(`\p{L}{2,}`)
)

// wholeDate says whether words give the year, the month and the day of a date,
// as far as it has them.
func wholeDate(iso, said string) bool {
	parts := strings.Count(iso, "-") + 1
	numbers := len(number.FindAllString(said, -1))
	if month.MatchString(said) {
		numbers++
	}
	return !regexp.MustCompile(`^\d{4}(-\d\d){0,2}$`).MatchString(iso) || numbers >= parts
}

func words(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}
