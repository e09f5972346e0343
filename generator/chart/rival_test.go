//go:build rival

package chart

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestRival draws the same charts here and with ECharts' own SVG renderer, from
// the same options and in the same run: TestOracle's comparison of every mark,
// then bytes and time. ECharts runs in Node.js, whose compiler makes it several
// times as fast as any engine that a Go program could embed; its start, and what
// it does for the first charts, is not counted. "make bench-charts" runs it.
func TestRival(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("there is no node")
	}
	echarts, err := filepath.Abs("client/node_modules/echarts/dist/echarts.js")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(echarts); err != nil {
		t.Fatal("ECharts is not installed; make modules does it")
	}
	env := english(t)
	type input struct {
		Width   float64         `json:"width"`
		Height  float64         `json:"height"`
		Options json.RawMessage `json:"options"`
	}
	specs := []Spec{priceOf(250), studyOf(-10, 20), measuresOf(), barsOf(false), linesOf(), ownershipOf()}
	var all []input
	var names []string
	for _, s := range specs {
		c := draw(t, env, s)
		all, names = append(all, input{c.Width, c.Height, c.Options}), append(names, c.ID)
	}
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	run := func(script string, out any) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), node, script, echarts)
		cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
		text, err := cmd.Output()
		if err == nil {
			err = json.Unmarshal(text, out)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var places []oracle
	run("testdata/oracle.cjs", &places)
	var theirs []struct {
		MS  float64
		SVG string
	}
	run("testdata/rival.cjs", &theirs)
	for i, one := range all {
		f := frame{env: env, id: "x", variant: "ch-wide", width: one.Width, height: one.Height}
		marks := compare(t, names[i], one.Options, f, places[i])
		var svg []byte
		n := 0
		start := time.Now()
		for n < 50 || time.Since(start) < time.Second {
			if svg, err = render(one.Options, f); err != nil {
				t.Fatal(err)
			}
			n++
		}
		ours := float64(time.Since(start).Microseconds()) / 1000 / float64(n)
		start = time.Now()
		for range n {
			draw(t, env, specs[i])
		}
		whole := float64(time.Since(start).Microseconds()) / 1000 / float64(n)
		t.Logf("%-8s %4d marks at the same places; SVG %5d bytes (%4d gzip) here, %5d (%4d) there; %.2f ms here, %.2f ms there: 1 to %.0f; with both sizes, download, options, table and description %.2f ms",
			names[i], marks, len(svg), packed(t, svg), len(theirs[i].SVG), packed(t, []byte(theirs[i].SVG)), ours, theirs[i].MS, theirs[i].MS/ours, whole)
		if len(svg) >= len(theirs[i].SVG) {
			t.Errorf("%s: %d bytes here, %d there", names[i], len(svg), len(theirs[i].SVG))
		}
	}
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
