package chart

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	env := english(t)
	for _, s := range kinds() {
		c := draw(t, env, s)
		t.Run(c.ID, func(t *testing.T) {
			golden(t, c.ID+".wide.svg", c.Wide)
			if c.Narrow != "" {
				golden(t, c.ID+".narrow.svg", c.Narrow)
			}
			if c.Options != nil {
				golden(t, c.ID+".json", string(c.Options))
			}
			golden(t, c.ID+".txt", words(c))
			if c.ID == "gantt" || c.ID == "stacked" {
				golden(t, c.ID+".plain.svg", string(c.Plain))
			}
		})
	}
}

// words is what a chart says beside its drawing.
func words(c Chart) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n\n", c.Title, c.Sub, c.Desc)
	for _, k := range c.Key {
		fmt.Fprintf(&b, "key %s: %s\n", k.look, k.Text)
	}
	for _, p := range c.Pins {
		fmt.Fprintf(&b, "pin %d %s: %s, %s\n", p.Number, p.Kind, p.When, p.Text)
	}
	for _, n := range c.Notes {
		fmt.Fprintf(&b, "note %s: %s\n", n.Code, n.Text)
	}
	for _, col := range c.Table.Columns {
		fmt.Fprintf(&b, "| %s (%s) ", col.Title, col.Unit)
	}
	b.WriteString("\n")
	for i, row := range c.Table.Rows {
		if i == 12 && len(c.Table.Rows) > 40 {
			fmt.Fprintf(&b, "... %d rows\n", len(c.Table.Rows))
			break
		}
		for _, cell := range row {
			fmt.Fprintf(&b, "| %s = %s ", cell.Text, cell.Value)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	got += "\n"
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the difference", name)
	}
}

func TestSameBytes(t *testing.T) {
	env := english(t)
	first := kinds()
	for i, s := range kinds() {
		a, b := draw(t, env, s), draw(t, env, first[i])
		if a.Wide != b.Wide || a.Narrow != b.Narrow || !bytes.Equal(a.Plain, b.Plain) || !bytes.Equal(a.Options, b.Options) || a.Desc != b.Desc {
			t.Errorf("%s is drawn in two ways", a.ID)
		}
	}
}

// A page with a price chart over a year stays small.
func TestSize(t *testing.T) {
	c := draw(t, english(t), priceOf(250))
	for name, s := range map[string]string{"wide": c.Wide, "narrow": c.Narrow} {
		if len(s) >= 10_000 {
			t.Errorf("%s has %d bytes", name, len(s))
		}
	}
	big := draw(t, english(t), priceOf(5000))
	if len(big.Wide) > 60_000 {
		t.Errorf("5,000 points make %d bytes", len(big.Wide))
	}
}

// elements are all that a drawing may hold.
var elements = []string{"svg", "title", "desc", "defs", "pattern", "path", "rect", "circle", "text", "g"}

// check reads a drawing as XML and refuses everything that a page must not have.
func check(svg string) error {
	dec := xml.NewDecoder(strings.NewReader(svg))
	ids := map[string]bool{}
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains(elements, start.Name.Local) {
			return fmt.Errorf("element %s", start.Name.Local)
		}
		seen := map[string]bool{}
		for _, a := range start.Attr {
			n := a.Name.Local
			switch {
			case seen[n]:
				return fmt.Errorf("attribute %s twice", n)
			case n == "style", strings.HasPrefix(n, "on"), n == "href":
				return fmt.Errorf("attribute %s", n)
			case strings.Contains(a.Value, "NaN"), strings.Contains(a.Value, "Inf"):
				return fmt.Errorf("%s=%q", n, a.Value)
			case n == "id" && ids[a.Value]:
				return fmt.Errorf("id %s twice", a.Value)
			case n == "fill" && strings.HasPrefix(a.Value, "url(") && !ids[strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")")]:
				return fmt.Errorf("no pattern %s", a.Value)
			case slices.Contains([]string{"x", "y", "width", "height", "cx", "cy", "r"}, n):
				if _, err := strconv.ParseFloat(a.Value, 64); err != nil {
					return fmt.Errorf("%s=%q", n, a.Value)
				}
			}
			if n == "id" {
				ids[a.Value] = true
			}
			seen[n] = true
		}
	}
}

func TestDrawingsAreClean(t *testing.T) {
	env := english(t)
	for _, s := range append(kinds(), sizes()...) {
		c := draw(t, env, s)
		for name, svg := range map[string]string{"wide": c.Wide, "narrow": c.Narrow, "plain": string(c.Plain)} {
			if err := check(svg); err != nil {
				t.Errorf("%s, %s: %v", c.ID, name, err)
			}
		}
		if strings.Contains(string(c.Plain), "class=") || strings.Contains(string(c.Plain), "var(") {
			t.Errorf("%s: the download needs the style of a page", c.ID)
		}
		if strings.ContainsAny(string(c.Options), "<>&\u2028\u2029") {
			t.Errorf("%s: the options cannot stand within a script element", c.ID)
		}
		for _, k := range c.Key {
			if err := check(k.Swatch); err != nil {
				t.Errorf("%s, key %s: %v", c.ID, k.Text, err)
			}
		}
	}
}

// Every class of a drawing is one that the style of the theme knows, and the
// download draws it too.
func TestClassesHaveALook(t *testing.T) {
	css, err := os.ReadFile("../../themes/dossier/assets/css/charts.css")
	if err != nil {
		t.Fatal(err)
	}
	env := english(t)
	seen := map[string]bool{"ch": true, "sw": true}
	look := func(svg string) {
		for _, part := range strings.Split(svg, ` class="`)[1:] {
			names, _, _ := strings.Cut(part, `"`)
			for _, n := range strings.Fields(names) {
				if seen[n] {
					continue
				}
				seen[n] = true
				if !strings.Contains(string(css), "."+n+" ") && !strings.Contains(string(css), "."+n+",") {
					t.Errorf("charts.css has no .%s", n)
				}
				if !strings.HasPrefix(n, "ch-") && attributes(n) == nil {
					t.Errorf("the download has no look for %s", n)
				}
			}
		}
	}
	for _, s := range kinds() {
		c := draw(t, env, s)
		look(c.Wide)
		look(c.Narrow)
		for _, k := range c.Key {
			look(k.Swatch)
		}
	}
}

func TestRefused(t *testing.T) {
	p := func(change func(*Price)) Spec {
		x := priceOf(30)
		change(&x)
		return x
	}
	b := func(change func(*Bars)) Spec {
		x := barsOf(false)
		change(&x)
		return x
	}
	for _, test := range []struct {
		name string
		spec Spec
		want string
	}{
		{"id", p(func(x *Price) { x.ID = "1 \"x" }), `error[chart-id]: "1 \"x" cannot be the name of a chart; write it with a to z, 0 to 9 and hyphens, a letter first`},
		{"one point", p(func(x *Price) { x.Main.Points = x.Main.Points[:1] }), `error[chart-too-few-points]: a line of 1 point; put the numbers into the text or a table`},
		{"two units", p(func(x *Price) { x.Bench[0].Unit = "points" }), `error[chart-mixed-units]: "29 April 2022 = 100" and "points" on one axis; convert or rebase one of them, or draw two panels`},
		{"not a number", p(func(x *Price) { x.Main.Points[3].Value = math.NaN() }), `error[chart-bad-value]: NaN cannot be drawn`},
		{"infinite", p(func(x *Price) { x.Main.Points[3].Value = math.Inf(-1) }), `error[chart-bad-value]: -Inf cannot be drawn`},
		{"month", p(func(x *Price) { x.Main.Points[3].Date = "2021-09" }), `error[chart-bad-date]: "2021-09" is not a day; write the whole day, as 2022-05-04`},
		{"order", p(func(x *Price) { x.Main.Points[3].Date = "2021-09-01" }), `error[chart-bad-date]: 2021-09-01 does not come after 2021-09-03; put the days in order, each once`},
		{"rights", p(func(x *Price) { x.Rights = Closed }), `error[chart-not-redistributable]: the series may not be shown; leave the chart out, or take a series that may be shown`},
		{"truncated bars", b(func(x *Bars) { x.Min = level(20) }), `error[chart-truncated-bars]: an axis of bars that begins at 20; leave min out, or draw a line`},
		{"two currencies", b(func(x *Bars) { x.Series[1].Unit = "USD billion" }), `error[chart-mixed-units]: "CNY billion" and "USD billion" on one axis; convert one of them, or draw two charts`},
		{"a missing value", b(func(x *Bars) { x.Series[0].Values = x.Series[0].Values[1:] }), `error[chart-bad-value]: 7 values for 8 categories; give each category a value, or say that it is missing`},
		{"a bar for a report", Measures{About: About{ID: "x"}, Now: "2022-01-01", Groups: []Group{{Reported: true, Rows: []Row{{Name: "Plan", Bars: []Period{{From: "2021", Status: Force}}}}}}},
			`error[chart-unknown-name]: "Plan" was only reported, and cannot have a bar; give it marks`},
		{"a look", Measures{About: About{ID: "x"}, Now: "2022-01-01", Groups: []Group{{Rows: []Row{{Name: "Act", Bars: []Period{{From: "2021", Status: "red"}}}}}}}, `error[chart-unknown-name]: "red" is not a look of a bar`},
		{"a share", Ownership{About: About{ID: "x"}, Nodes: []Holder{{Name: "A"}, {Name: "B"}}, Ties: []Tie{{Owner: 0, Owned: 1, Share: level(101)}}}, `error[chart-bad-value]: 101 is not a share in percent`},
		{"nothing", Bars{About: About{ID: "x"}}, `error[chart-too-few-points]: there is nothing to draw`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, found := test.spec.Draw(english(t))
			if c.Wide != "" || c.Options != nil || c.Table.Rows != nil {
				t.Error("there is a chart all the same")
			}
			var got []string
			for _, d := range found {
				got = append(got, d.Error())
				if !slices.ContainsFunc(Rules(), func(r diag.Rule) bool { return r.Code == d.Code }) {
					t.Errorf("no rule %s", d.Code)
				}
			}
			if !slices.Contains(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

// A halt is a gap in the line, is shaded, is said, and is in the table.
func TestHalt(t *testing.T) {
	c, found := haltOf().Draw(english(t))
	var codes []string
	for _, d := range found {
		codes = append(codes, d.Code)
	}
	if !slices.Equal(codes, []string{"chart-halt", "chart-unadjusted"}) {
		t.Errorf("found %q", codes)
	}
	_, path, _ := strings.Cut(c.Wide, `class="l-main" d="`)
	path, _, _ = strings.Cut(path, `"`)
	if n := strings.Count(path, "M"); n != 2 {
		t.Errorf("the line has %d parts, not 2", n)
	}
	if !strings.Contains(c.Wide, `class="band"><title>Hikvision: no trading from 29 Sep 2021 to 12 Oct 2021.`) {
		t.Error("the halt is not shaded")
	}
	if len(c.Notes) != 2 || c.Table.Rows[20][1] != (Cell{Text: "no trading"}) {
		t.Errorf("notes %q, row %q", c.Notes, c.Table.Rows[20])
	}
	if strings.Count(string(c.Options), ",null]") != 10 {
		t.Error("the client would draw a line across the halt")
	}
}

// Terms that allow the picture alone keep the points out of everything else.
func TestPictureOnly(t *testing.T) {
	p := priceOf(250)
	p.Rights = PictureOnly
	c := draw(t, english(t), p)
	if c.Options != nil || c.OptionsNarrow != nil || len(c.Table.Rows) != 0 || c.Wide == "" || len(c.Plain) == 0 {
		t.Error("there is more or less than a picture")
	}
	s := sparkOf()
	s.Rights = PictureOnly
	if c := draw(t, english(t), s); len(c.Table.Rows) != 0 || c.Wide == "" {
		t.Error("there is more or less than a picture")
	}
}

// Fewer pins than events: the ones of less priority have none, and all are
// listed.
func TestPins(t *testing.T) {
	p := priceOf(250)
	p.Events = nil
	for i := range 40 {
		p.Events = append(p.Events, Event{Date: p.Main.Points[100+i%7].Date, Text: fmt.Sprint("event ", i), Priority: i % 5})
	}
	c, found := p.Draw(english(t))
	if len(found) != 1 || found[0].Code != "chart-too-many" || found[0].Severity != diag.Note {
		t.Errorf("found %v", found)
	}
	pins := 0
	for _, x := range c.Pins {
		if x.Number > 0 {
			pins++
			if n, _ := strconv.Atoi(strings.TrimPrefix(x.Text, "event ")); n%5 < 3 {
				t.Errorf("%s has a pin", x.Text)
			}
		}
	}
	if len(c.Pins) != 40 || pins != 14 || strings.Count(c.Narrow, "pin-rep") != 14 {
		t.Errorf("%d listed, %d with a pin", len(c.Pins), pins)
	}
}

func TestSpread(t *testing.T) {
	at := []float64{5, 5, 6, 50, 99, 100}
	spread(at, 10, 0, 100)
	for i := range at {
		if at[i] < -1e-9 || at[i] > 100+1e-9 || i > 0 && at[i]-at[i-1] < 10-1e-9 {
			t.Fatalf("%v", at)
		}
	}
	if at[3] != 50 {
		t.Errorf("one that has room was moved: %v", at)
	}
}

// What stands in the options comes from the data, never as code.
func TestHostileWords(t *testing.T) {
	env := english(t)
	bad := "@fn:gantt__f__function(){}__f__</script><script>alert(1)</script>{a}\u202e\u2028\x00\xff"
	p := priceOf(250)
	p.Title, p.Main.Name, p.Bench[0].Name, p.Events[0].Text, p.Window.Text = bad, bad, "@color:main", bad, bad
	m := matrixOf()
	m.Rows[0], m.Columns[0], m.Cells[0].Text = bad, bad, bad
	g := measuresOf()
	g.Groups[0].Title, g.Groups[0].Rows[0].Name, g.Groups[0].Rows[0].Bars[0].Text = bad, bad, bad
	o := ownershipOf()
	o.Nodes[0].Name, o.Ties[4].Text = bad, bad
	b := barsOf(true)
	b.Series[0].Name, b.Categories[0] = bad, bad
	for _, s := range []Spec{p, m, g, o, b} {
		c := draw(t, env, s)
		for name, svg := range map[string]string{"wide": c.Wide, "narrow": c.Narrow, "plain": string(c.Plain)} {
			if err := check(svg); err != nil {
				t.Errorf("%s, %s: %v", c.ID, name, err)
			}
		}
		var o any
		if err := json.Unmarshal(c.Options, &o); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(c.Options), "__f__") || strings.Contains(string(c.Options), "</") {
			t.Errorf("%s: the options hold code", c.ID)
		}
	}
}

// What the client and the renderer would not understand alike is an error.
func TestUnknownOptions(t *testing.T) {
	const axes = `"grid":[{"left":"40","right":"4","top":"4","bottom":"20"}],"xAxis":[{"type":"category","data":["a","b"]}],"yAxis":[{"type":"value","min":0,"max":5}]`
	f := frame{id: "x", variant: "ch-wide", width: 300, height: 200}
	if _, err := render([]byte(`{`+axes+`,"series":[{"type":"bar","data":[1,2]}]}`), f); err != nil {
		t.Fatal(err)
	}
	for options, want := range map[string]string{
		`{"series":[{"type":"line","data":[1,2],"smooth":true}],` + axes + `}`:                            `json: unknown field "smooth"`,
		`{"series":[{"type":"pie","data":[]}],` + axes + `}`:                                              `series 0: "pie" is not a type that is known`,
		`{"series":[{"type":"line","data":[1,2],"lineStyle":{"color":"red"}}],` + axes + `}`:              `"red" is not a colour of the theme`,
		`{"series":[{"type":"line","name":"__f__function(){}__f__","data":[1,2]}],` + axes + `}`:          `a function as text is refused`,
		`{"series":[{"type":"line","name":"\u005f_f__x","data":[1,2]}],` + axes + `}`:                     `a function as text is refused`,
		`{"series":[{"type":"custom","renderItem":"@fn:evil","data":[]}],` + axes + `}`:                   `"@fn:evil" is not a function that is known`,
		`{"series":[{"type":"line","data":[1]}],` + axes + `}`:                                            `series 0: 1 values for 2 categories`,
		`{"series":[{"type":"line","data":[1,2],"connectNulls":true}],` + axes + `}`:                      `series 0: a line across a gap is refused`,
		`{"series":[{"type":"bar","data":[1,2]}],` + strings.Replace(axes, `"min":0`, `"min":1`, 1) + `}`: `a bar axis begins at nothing`,
		`{"series":[{"type":"bar","data":[1,2],"yAxisIndex":1}],` + axes + `}`:                            `series 0: no such axis`,
		`{"series":[{"type":"line","data":[1e999,2]}],` + axes + `}`:                                      `series 0: 1e999 is not a number that can be drawn`,
		`{"series":[{"type":"line","data":[1,2]}],` + strings.Replace(axes, `"value"`, `"log"`, 1) + `}`:  `y axis 0: "log" is not a type of axis that is known`,
		`{"series":[{"type":"graph","layout":"force","data":[]}]}`:                                        `a graph has its places already, and no layout "force"`,
		`{"series":[{"type":"line","data":[{"value":1,"symbol":"image://x"},2]}],` + axes + `}`:           `series 0: json: unknown field "symbol"`,
	} {
		_, err := render([]byte(options), f)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", options, err, want)
		}
	}
}

func BenchmarkPrice(b *testing.B) {
	env := english(b)
	p := priceOf(250)
	b.ReportAllocs()
	for b.Loop() {
		draw(b, env, p)
	}
}

func BenchmarkRender(b *testing.B) {
	env := english(b)
	for _, n := range []int{250, 5000} {
		c := draw(b, env, priceOf(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := render(c.Options, frame{env: env, id: "x", variant: "ch-wide", width: c.Width, height: c.Height}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
