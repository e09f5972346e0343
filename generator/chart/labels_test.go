package chart

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// No text of a drawing stands on another, in either size.
func TestLabelsKeepApart(t *testing.T) {
	env := english(t)
	for _, s := range append(kinds(), sizes()...) {
		c := draw(t, env, s)
		for name, svg := range map[string]string{"wide": c.Wide, "narrow": c.Narrow} {
			labels := labelsOf(t, svg)
			if len(labels) < 3 && svg != "" && !strings.HasPrefix(c.ID, "spark") {
				t.Errorf("%s, %s: %d labels", c.ID, name, len(labels))
			}
			for i, a := range labels {
				for _, b := range labels[:i] {
					if a.at.meets(b.at) {
						t.Errorf("%s, %s: %q stands on %q", c.ID, name, a.text, b.text)
					}
				}
			}
		}
	}
}

type drawnLabel struct {
	text string
	at   rect
}

// labelsOf finds the texts of a drawing and the least room that they take.
func labelsOf(t *testing.T, svg string) (out []drawnLabel) {
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "text" {
			continue
		}
		var in struct {
			X      float64 `xml:"x,attr"`
			Y      float64 `xml:"y,attr"`
			Anchor string  `xml:"text-anchor,attr"`
			Text   string  `xml:",chardata"`
		}
		if err := dec.DecodeElement(&in, &start); err != nil {
			t.Fatal(err)
		}
		w := textWidth(in.Text) * 0.92 // the estimate is rather too wide
		switch in.Anchor {
		case "middle":
			in.X -= w / 2
		case "end":
			in.X -= w
		}
		if in.Text != "" {
			out = append(out, drawnLabel{in.Text, rect{in.X, in.Y - 8.5, in.X + w, in.Y}})
		}
	}
}

// A price over few days names the days on which there was trading, and no
// others; one over many the days of the calendar.
func TestDaysOfTrading(t *testing.T) {
	c := draw(t, english(t), fewDays())
	for _, svg := range []string{c.Wide, c.Narrow} {
		for _, day := range []string{"29 Apr 2022", "5 May", "16 May"} {
			if !strings.Contains(svg, ">"+day+"<") {
				t.Errorf("%s is not named", day)
			}
		}
		for _, day := range []string{"1 May", "3 May", "7 May", "8 May", "14 May", "15 May"} {
			if strings.Contains(svg, ">"+day+"<") {
				t.Errorf("%s is named, and nobody traded then", day)
			}
		}
		if n := strings.Count(svg, "v5"); n != 9 {
			t.Errorf("%d of 9 days are marked", n)
		}
	}
}

// A name that has no room at the end of its line stands above the drawing.
func TestNamesOfLines(t *testing.T) {
	c := draw(t, english(t), fewDays())
	if len(c.Key) != 2 || c.Key[0].Text != "杭州海康威视数字技术股份有限公司" || c.Key[0].Series != c.Key[0].Text {
		t.Errorf("the key is %v", c.Key)
	}
	if c := draw(t, english(t), priceOf(60)); len(c.Key) != 0 {
		t.Errorf("names with room have a key: %v", c.Key)
	}
}

// What is not stated of a whole is drawn as that, and a whole of which nothing
// is stated has a dash and no bar.
func TestRestOfAWhole(t *testing.T) {
	env := english(t)
	c := draw(t, env, restOf())
	var o struct {
		Series []struct {
			Name string
			Data []any
		}
	}
	if err := json.Unmarshal(c.Options, &o); err != nil || len(o.Series) != 3 {
		t.Fatal(err, len(o.Series))
	}
	rest := o.Series[2]
	if got := fmt.Sprint(rest.Data); got != "[<nil> <nil> <nil> 63.11]" {
		t.Errorf("the rest is %s", got)
	}
	if k := c.Key[len(c.Key)-1]; k.Text != "Rest, not broken down in the sources" || k.Series != rest.Name {
		t.Errorf("the key says %q for %q", k.Text, rest.Name)
	}
	if n := strings.Count(c.Wide, `class="over-open"`); n != 1 {
		t.Errorf("%d fields are dashed", n)
	}
	if n := strings.Count(c.Wide, ">–<"); n != 1 {
		t.Errorf("%d dashes", n)
	}
	if got := c.Table.Rows[3][2].Text; got != "not stated" {
		t.Errorf("the table says %q", got)
	}
	whole := restOf()
	whole.Whole = 0
	if c := draw(t, env, whole); strings.Contains(c.Wide, "over-open") {
		t.Error("a rest of something unknown is drawn")
	}
}

// An event study names its day 0, and round days at even distances and in full,
// however many there are.
func TestDaysOfAStudy(t *testing.T) {
	env := english(t)
	for _, days := range [][2]int{{-10, 20}, {-125, 124}, {-17, 17}, {-3, 200}, {5, 60}} {
		c := draw(t, env, studyOf(days[0], days[1]))
		if strings.Contains(c.Wide+c.Narrow, "…") {
			t.Errorf("days %v: a label is cut", days)
		}
		for name, b := range map[string][]byte{"wide": c.Options, "narrow": narrowOptions(t, c)} {
			var o struct {
				XAxis []struct {
					Data      []struct{ Value string }
					AxisLabel struct {
						Show         bool
						CustomValues []int
					}
				}
			}
			if err := json.Unmarshal(b, &o); err != nil {
				t.Fatal(err)
			}
			axis := o.XAxis[len(o.XAxis)-1]
			var named []int
			for _, i := range axis.AxisLabel.CustomValues {
				day, err := strconv.Atoi(strings.NewReplacer("−", "-", "+", "").Replace(axis.Data[i].Value))
				if err != nil {
					t.Fatal(err)
				}
				named = append(named, day)
			}
			if days[0] <= 0 && !slices.Contains(named, 0) || len(named) < 3 || len(named) > 31 {
				t.Errorf("%s, days %v: %v are named", name, days, named)
			}
			for i := 2; i < len(named); i++ {
				if named[i]-named[i-1] != named[1]-named[0] {
					t.Errorf("%s, days %v: %v are named", name, days, named)
				}
			}
		}
	}
}

// The numbers of an axis that lies are all there, at even distances.
func TestNumbersSideBySide(t *testing.T) {
	env := english(t)
	for _, high := range []float64{3, 45, 807_108, 12_345_678, 9.8e9} {
		for _, room := range []float64{120, 200, 500} {
			from, to, step := niceLabels(env, 0, high, 4, room, "")
			end := math.Inf(-1)
			for _, v := range ticks(from, to, step) {
				x, half := (v-from)/(to-from)*room, textWidth(env.number(v, stepDecimals(step)))/2
				if x-half < end && step < to {
					t.Errorf("up to %v in %v: %v meets the number before it", high, room, v)
				}
				end = x + half
			}
			if to < high {
				t.Errorf("up to %v: the axis ends at %v", high, to)
			}
		}
	}
}

// An ex-dividend day is marked on its line, and said, in small drawings too.
func TestExDividend(t *testing.T) {
	l := linesOf()
	s := &l.Panels[1].Series[0]
	s.Unadjusted, s.ExDates = true, []string{s.Points[7].Date, "1999-01-04"}
	c, found := l.Draw(english(t))
	if len(found) != 1 || found[0].Code != "chart-unadjusted" || found[0].Path != "panels[1].series[0].ex_dates[0]" || found[0].Hint == "" {
		t.Errorf("found %v", found)
	}
	if n := strings.Count(c.Wide, `class="mkt"`); n != 1 || len(c.Notes) != 1 || !strings.Contains(c.Notes[0].Text, "(triangle)") {
		t.Errorf("%d marks, and %v is said", n, c.Notes)
	}
	s.Unadjusted = false
	if c, found := l.Draw(english(t)); len(found)+len(c.Notes) > 0 {
		t.Errorf("prices that are adjusted have %v", found)
	}
}

// Drawings run from left to right. A date in Arabic keeps its order there: the
// day stands right of the month, and the year left of it.
func TestFromRightToLeft(t *testing.T) {
	env := english(t)
	env.Date = func(at time.Time, form DateForm) string {
		return at.Format([...]string{"2 مايو 2006", "مايو 2006", "2006", "مايو", "2 مايو"}[form])
	}
	p := fewDays()
	p.Main.Name = "هيكفيجن 2"
	c := draw(t, env, p)
	for _, want := range []string{">\u206729 مايو 2022\u2069<", ">\u20675 مايو\u2069<", ">\u2067هيكفيجن 2\u2069<", ">CSI 300<"} {
		if !strings.Contains(c.Wide, want) || !strings.Contains(string(c.Plain), want) {
			t.Errorf("there is no %q", want)
		}
	}
	if strings.ContainsAny(c.Title+c.Desc+string(c.Options), "\u2067\u2069") {
		t.Error("marks of direction stand outside of the drawing")
	}
}

// A picture that leaves its page takes with it what its pins stand for, the
// remarks and the source: nothing else could say them there.
func TestDownload(t *testing.T) {
	env := english(t)
	for _, s := range []Spec{priceOf(250), haltOf(), listOf(true), studyOf(-10, 20)} {
		c := draw(t, env, s)
		var text []string
		dec := xml.NewDecoder(bytes.NewReader(c.Plain))
		inside := ""
		for {
			tok, err := dec.Token()
			if err != nil {
				break
			}
			switch x := tok.(type) {
			case xml.StartElement:
				inside = x.Name.Local
			case xml.CharData:
				if inside == "text" {
					text = append(text, string(x))
				}
			}
		}
		all := strings.Join(text, " ")
		want := []string{c.Title, c.Source}
		for _, p := range c.Pins {
			want = append(want, fmt.Sprint(p.Number), p.When+". "+p.Text)
		}
		for _, n := range c.Notes {
			want = append(want, n.Text)
		}
		for _, w := range want {
			if !strings.Contains(all, w) {
				t.Errorf("%s: the download does not say %q", c.ID, w)
			}
		}
	}
}
