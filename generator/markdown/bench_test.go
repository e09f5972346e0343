package markdown

import (
	"bytes"
	"testing"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// typical is what the prose of a record looks like, about 600 bytes.
const typical = `Reuters reported on 4 May 2022 that the United States was "moving toward" sanctions against
[[hikvision]] under the *Global Magnitsky* programme [@reuters-2022, para. 3; @ft-2022]. The company said it would
"seriously treat" the report -- and that it should "receive credible and fair treatment" [@hik-2022, p. 2].

- Share price: down 9.99% on 5 May, the daily limit
- Listing: [[szse|Shenzhen]], ticker ` + "`002415`" + `

> 公司对此高度重视，并将积极关注
> 事态的发展。

No measure followed within the year.[^1] See [the notice](https://example.org/notice?id=12) for details.

[^1]: As of 31 December 2022.
`

func BenchmarkTypical(b *testing.B) {
	e := New("chart")
	r := testRenderer()
	b.ReportAllocs()
	for b.Loop() {
		e.Parse(typical).HTML(r)
	}
}

func BenchmarkHTMLOnly(b *testing.B) {
	d := New("chart").Parse(typical)
	r := testRenderer()
	b.ReportAllocs()
	for b.Loop() {
		d.HTML(r)
	}
}

func BenchmarkLine(b *testing.B) {
	e := New("chart")
	r := testRenderer()
	b.ReportAllocs()
	for b.Loop() {
		e.ParseLine("Hikvision says it *denies* the report").HTML(r)
	}
}

// BenchmarkGoldmarkBluemonday is the plain way, which knows no references, as
// a measure for BenchmarkTypical.
func BenchmarkGoldmarkBluemonday(b *testing.B) {
	m := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()), goldmark.WithExtensions(
		extension.Table, extension.Footnote, extension.DefinitionList, extension.Typographer, extension.CJK, extension.Linkify))
	p := bluemonday.UGCPolicy()
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := m.Convert([]byte(typical), &buf); err != nil {
			b.Fatal(err)
		}
		p.SanitizeBytes(buf.Bytes())
	}
}

// BenchmarkNew is why there is an Engine.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New("chart").Parse("a")
	}
}
