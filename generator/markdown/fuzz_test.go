package markdown

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, c := range htmlCases {
		f.Add(c.src)
	}
	for _, c := range checkCases {
		f.Add(c.src)
	}
	f.Add("[[a|\"\x83nclick=\"x]]") // found here: Plain was not UTF-8
	f.Add("dddddddr'@x.o")
	e := New("chart", "timeline")
	f.Fuzz(func(t *testing.T, src string) {
		// The fuzzer itself would wait for ever.
		watch := time.AfterFunc(5*time.Second, func() { panic(fmt.Sprintf("%q takes too long", src)) })
		defer watch.Stop()
		for _, line := range []bool{false, true} {
			d := e.Parse(src)
			if line {
				d = e.ParseLine(src)
			}
			r := testRenderer()
			out := d.HTML(r)
			if err := inspect(out, line); err != nil {
				t.Fatalf("line %v: %v\n%s", line, err, out)
			}
			if err := inspectRefs(src, d); err != nil {
				t.Fatal(err)
			}
			if !utf8.ValidString(out) || !utf8.ValidString(d.Plain(nil)) {
				t.Fatal("not UTF-8")
			}
			if words := strings.Fields(src); regexp.MustCompile(`^[\p{Han}a-z \n]*$`).MatchString(src) &&
				strings.Join(strings.Fields(d.Plain(nil)), "") != strings.Join(words, "") {
				t.Fatalf("%q became %q", src, d.Plain(nil))
			}
			d.Headings(nil)
			r.Unlinked = true
			if err := inspect(d.HTML(r), line); err != nil {
				t.Fatalf("unlinked: %v", err)
			}
			if err := inspect(d.HTML(Renderer{Prefix: "p-"}), line); err != nil {
				t.Fatalf("zero renderer: %v", err)
			}
		}
	})
}
