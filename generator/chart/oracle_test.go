package chart

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestOracle compares what is drawn here with what ECharts draws from the same
// options: fields, the ends of axes, and the place of every mark.
func TestOracle(t *testing.T) {
	env := english(t)
	var all []input
	var names []string
	for _, s := range slices.Concat(kinds(), sized(2), sized(30), sized(250)) {
		if tooLarge(s) {
			continue
		}
		c := draw(t, env, s)
		if c.Options != nil {
			all, names = append(all, input{c.Width, c.Height, c.Options}), append(names, c.ID)
		}
		if c.OptionsNarrow != nil {
			all, names = append(all, input{narrowWidth, c.NarrowHeight, narrowOptions(t, c)}), append(names, c.ID+", narrow")
		}
	}
	var theirs []oracle
	inNode(t, `input => places(echarts, input)`, all, &theirs)
	marks := 0
	for i, o := range all {
		marks += compare(t, names[i], o.Options, frame{env: env, id: "x", width: o.Width, height: o.Height}, theirs[i])
	}
	if marks < 1000 {
		t.Errorf("only %d places were compared", marks)
	}
	t.Logf("%d places compared", marks)
}

// narrowOptions are those of the narrow drawing, as the client puts them
// together.
func narrowOptions(t *testing.T, c Chart) []byte {
	t.Helper()
	all := map[string]json.RawMessage{}
	if err := errors.Join(json.Unmarshal(c.Options, &all), json.Unmarshal(c.OptionsNarrow, &all)); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// input is what testdata/echarts.js draws.
type input struct {
	Width   float64         `json:"width"`
	Height  float64         `json:"height"`
	Options json.RawMessage `json:"options"`
}

// inNode gives what a function of testdata/echarts.js makes of all inputs in
// Node.js. Without Node.js, or ECharts, the test is left out, but not in
// continuous integration, which has installed both.
func inNode(t *testing.T, function string, all []input, out any) {
	t.Helper()
	leaveOut := t.Skip
	if os.Getenv("CI") != "" {
		leaveOut = t.Fatal
	}
	node, err := exec.LookPath("node")
	if err != nil {
		leaveOut("there is no node")
	}
	echarts, err := filepath.Abs(echartsFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(echarts); err != nil {
		leaveOut("ECharts is not installed; make modules does it")
	}
	script, err := os.ReadFile("testdata/echarts.js")
	if err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	// Its clock would go on, so the process ends when all is written.
	cmd := exec.CommandContext(ctx, node, "-e", string(script)+`
		const echarts = require(process.argv[1]), all = JSON.parse(require("fs").readFileSync(0, "utf8")).map(`+function+`);
		process.stdout.write(JSON.stringify(all), () => process.exit(0));`, echarts)
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), &stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(text, out); err != nil {
		t.Fatal(err)
	}
}

// echartsFile is what npm has installed for the client.
const echartsFile = "client/node_modules/echarts/dist/echarts.js"

// oracle is what ECharts says.
type oracle struct {
	Grids  [][4]float64
	X, Y   [][2]float64
	Series [][][][2]*float64
}

func compare(t *testing.T, name string, b []byte, f frame, theirs oracle) int {
	t.Helper()
	o, err := parse(b)
	if err != nil {
		t.Fatal(err)
	}
	r := &renderer{svg: &svg{}, frame: f, o: o}
	if err := r.layOut(); err != nil {
		t.Fatal(err)
	}
	near := func(what string, ours, theirs, within float64) {
		t.Helper()
		if !(math.Abs(ours-theirs) <= within) {
			t.Errorf("%s: %s is %v here and %v there", name, what, ours, theirs)
		}
	}
	if len(theirs.Grids) != len(r.grids) {
		t.Fatalf("%s: %d fields here, %d there", name, len(r.grids), len(theirs.Grids))
	}
	for i, g := range r.grids {
		for k, v := range []float64{g.x1, g.y1, g.x2, g.y2} {
			near("a field", v, theirs.Grids[i][k], 0.1)
		}
	}
	for k, scales := range [][]scale{r.xs, r.ys} {
		for i, s := range scales {
			if s.Type == "category" {
				continue
			}
			ends := [][][2]float64{theirs.X, theirs.Y}[k][i]
			near("the lower end of an axis", s.low, ends[0], math.Abs(s.low)*1e-9)
			near("the upper end of an axis", s.high, ends[1], math.Abs(s.high)*1e-9)
		}
	}
	n := 0
	for i := range o.Series {
		for k, ours := range r.marksOf(i) {
			if k >= len(theirs.Series[i]) {
				t.Errorf("%s: series %d has no item %d there", name, i, k)
				continue
			}
			for e, p := range ours {
				if math.IsNaN(p.y) {
					continue
				}
				if e >= len(theirs.Series[i][k]) || theirs.Series[i][k][e][0] == nil || theirs.Series[i][k][e][1] == nil {
					t.Errorf("%s: series %d, item %d is not drawn there", name, i, k)
					continue
				}
				near("across", p.x, *theirs.Series[i][k][e][0], 0.6)
				near("down", p.y, *theirs.Series[i][k][e][1], 0.6)
				n++
			}
		}
	}
	return n
}

// marksOf gives the places of the items of a series, as they are drawn.
func (r *renderer) marksOf(i int) (out [][]point) {
	s := &r.o.Series[i]
	switch s.Type {
	case "line":
		for _, p := range r.places(s) {
			out = append(out, []point{p})
		}
	case "bar":
		bars, _ := r.columns(r.xs[s.XAxisIndex].GridIndex)
		for _, b := range bars {
			if b.s != s {
				continue
			}
			one := []point{{b.from, b.base}, {b.from + b.width, b.top}} // ECharts measures from the base
			if b.lying {
				one = []point{{b.base, b.from}, {b.top, b.from + b.width}}
			}
			if !b.there {
				one = nil
			}
			out = append(out, one)
		}
	case "graph":
		for _, n := range s.nodes {
			out = append(out, []point{{float64(n.X), float64(n.Y)}})
		}
	case "custom":
		x, y := &r.xs[s.XAxisIndex], &r.ys[s.YAxisIndex]
		for _, it := range s.items {
			v := func(k int) float64 { return it.values[k].f }
			switch s.RenderItem {
			case "gantt", "dotted":
				out = append(out, []point{{x.pos(v(1)), y.pos(v(0))}, {x.pos(v(2)), y.pos(v(0))}})
			case "mark":
				out = append(out, []point{{x.pos(v(1)), y.pos(v(0))}})
			case "cell":
				out = append(out, []point{{x.pos(v(0)), y.pos(v(1))}})
			case "band":
				out = append(out, []point{{x.pos(v(0)), y.pos(v(1))}, {x.pos(v(0)), y.pos(v(2))}})
			}
		}
	}
	return out
}

// TestLines compares where texts are broken here and in the client, so that a
// drawing does not move when it comes alive.
func TestLines(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no node")
		}
		t.Skip("there is no node")
	}
	type text struct {
		S     string   `json:"s"`
		Room  float64  `json:"room"`
		Lines int      `json:"lines"`
		Want  []string `json:"-"`
	}
	var all []text
	for _, s := range []string{
		"", "Ban on federal procurement under section 889", "杭州海康威视数字技术股份有限公司 (Hangzhou Hikvision)", "Entity List, October 2019: Hikvision, Dahua, iFlytek and others",
		"État-major – côte d’Ivoire; naïve", "هيكفيجن وداهوا في قائمة الكيانات", "29 أبريل 2022", "−10 יולי", "Hikvision هيكفيجن", "\u200e5. هيكفيجن", "\u200f5. Hikvision", "−10\u061c 5", "a\u0301e\u0301 combining", "well-known-names-with-hyphens", "ALLCAPITALSWITHOUTASPACE", "50 %, 60 % · 70 %", "emoji 🛰 over 🚀 there",
	} {
		for _, room := range []float64{20, 61.7, 118, 254} {
			for lines := 1; lines < 4; lines++ {
				want, _ := wrap(s, room, lines)
				all = append(all, text{s, room, lines, want})
			}
		}
	}
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	source, err := filepath.Abs("client/src/lines.js")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, "--input-type=module", "-e", `
		import {readFileSync} from "node:fs";
		const {wrap, written} = await import("file://`+filepath.ToSlash(source)+`");
		console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(x => ({lines: wrap(x.s, x.room, x.lines), written: written(x.s)}))));`)
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []struct {
		Lines   []string
		Written string
	}
	if err := json.Unmarshal(out, &got); err != nil || len(got) != len(all) {
		t.Fatal(len(got), err)
	}
	for i, x := range all {
		if !slices.Equal(got[i].Lines, x.Want) {
			t.Errorf("%q in %d lines of %v: here %q, in the client %q", x.S, x.Lines, x.Room, x.Want, got[i].Lines)
		}
		w := &svg{}
		if w.written(x.S); string(w.b) != got[i].Written {
			t.Errorf("%q is written %q here, and %q in the client", x.S, w.b, got[i].Written)
		}
	}
}
