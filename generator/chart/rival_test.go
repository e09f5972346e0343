//go:build rival

package chart

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// TestRival draws the same charts here and with ECharts' own SVG renderer, from
// the same options and in the same run. The rival is what a Go program would
// embed: ECharts in goja, a JavaScript engine in Go, in this process and under
// the same benchmark. Node.js, whose compiler is many times as fast, stands
// beside it: no Go program has it within. Starting an engine, reading ECharts
// and, in Node.js, compiling it are not counted.
//
// What is compared is the same chart: the rival's axes and marks are where ours
// are (TestOracle's comparison), and its picture in goja is that of Node.js.
// "make bench-charts" runs it.
func TestRival(t *testing.T) {
	env := english(t)
	specs := []Spec{priceOf(250), studyOf(-10, 20), measuresOf(), barsOf(false), barsOf(true), linesOf(), ownershipOf()}
	var all []input
	var names []string
	for _, s := range specs {
		c := draw(t, env, s)
		all, names = append(all, input{c.Width, c.Height, c.Options}), append(names, c.ID)
	}
	var node []struct {
		MS  float64
		SVG string
	}
	inNode(t, `input => {
		let svg = "", n = 0;
		for (let i = 0; i < 30; i++) svg = picture(echarts, input); // until it is compiled
		const start = performance.now();
		for (; n < 20 || performance.now() - start < 1000; n++) svg = picture(echarts, input);
		return {ms: (performance.now() - start) / n, svg};
	}`, all, &node)
	engine := newEngine(t)
	for i, one := range all {
		text, err := json.Marshal(one)
		if err != nil {
			t.Fatal(err)
		}
		var there oracle
		if err := json.Unmarshal([]byte(engine.places(t, text)), &there); err != nil {
			t.Fatal(err)
		}
		f := frame{env: env, id: "x", variant: "ch-wide", width: one.Width, height: one.Height}
		marks := compare(t, names[i], one.Options, f, there)
		picture := engine.picture(t, text)
		if withoutNames(picture) != withoutNames(node[i].SVG) {
			t.Errorf("%s: the engine draws another picture than Node.js", names[i])
		}
		svg, err := render(one.Options, f)
		if err != nil {
			t.Fatal(err)
		}
		ours := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				if _, err := render(one.Options, f); err != nil {
					b.Fatal(err)
				}
			}
		})
		theirs := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				engine.picture(b, text)
			}
		})
		whole := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				draw(b, env, specs[i])
			}
		})
		t.Logf("%-9s %3d marks at the same places; SVG %5d bytes (%4d gzip) here, %5d (%4d) there; %.3f ms and %4d kB of memory here, %.1f ms and %5d kB in goja: 1 to %.0f; %.2f ms in Node.js: 1 to %.0f; with both sizes, download, options, table and description %.2f ms",
			names[i], marks, len(svg), packed(t, svg), len(picture), packed(t, []byte(picture)), millis(ours), ours.AllocedBytesPerOp()/1000, millis(theirs), theirs.AllocedBytesPerOp()/1000, millis(theirs)/millis(ours),
			node[i].MS, node[i].MS/millis(ours), millis(whole))
		if len(svg) >= len(picture) {
			t.Errorf("%s: %d bytes here, %d there", names[i], len(svg), len(picture))
		}
	}
}

// engine is ECharts in goja, with what testdata/echarts.js does.
type engine struct {
	call func(name string, text []byte) (string, error)
}

func newEngine(t *testing.T) engine {
	t.Helper()
	start := time.Now()
	vm := goja.New()
	// ECharts takes it for Node.js, and works without a clock that goes.
	for name, v := range map[string]any{"global": vm.GlobalObject(), "setTimeout": func() int { return 0 }, "clearTimeout": func() {}} {
		if err := vm.Set(name, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{echartsFile, "testdata/echarts.js"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := vm.RunScript(file, string(source)); err != nil {
			t.Fatal(err)
		}
	}
	v, err := vm.RunString(`(name, text) => { const input = JSON.parse(text); return name === "places" ? JSON.stringify(places(echarts, input)) : picture(echarts, input); }`)
	if err != nil {
		t.Fatal(err)
	}
	var call func(name, text string) (string, error)
	if err := vm.ExportTo(v, &call); err != nil {
		t.Fatal(err)
	}
	t.Logf("goja has read ECharts after %v", time.Since(start).Round(time.Millisecond))
	return engine{func(name string, text []byte) (string, error) { return call(name, string(text)) }}
}

func (e engine) places(t testing.TB, text []byte) string  { return e.do(t, "places", text) }
func (e engine) picture(t testing.TB, text []byte) string { return e.do(t, "picture", text) }

func (e engine) do(t testing.TB, name string, text []byte) string {
	t.Helper()
	out, err := e.call(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// withoutNames leaves out the names in ECharts' pictures, which count up.
func withoutNames(svg string) string { return runningIDs.ReplaceAllString(svg, "zr") }

var runningIDs = regexp.MustCompile(`zr[0-9]*-(c|cls-)[0-9]+`)

func millis(r testing.BenchmarkResult) float64 {
	return float64(r.T.Nanoseconds()) / 1e6 / float64(r.N)
}

func packed(t *testing.T, b []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
