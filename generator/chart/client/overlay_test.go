package client

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/chart"
)

// TestEndsInView asks what stands at the ends of lines when a part of a chart is
// seen: a value belongs to the point that it stands beside, and stands there once.
func TestEndsInView(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		need(t, errNoNode)
	}
	points := func(add float64) (out []chart.Point) {
		for i, date := range []string{"2022-05-02", "2022-05-03", "2022-05-04", "2022-05-05"} {
			out = append(out, chart.Point{Date: date, Value: float64(100+10*i) + add})
		}
		return out
	}
	c, found := chart.Price{
		About: chart.About{ID: "p", Title: "Two lines"}, Main: chart.Series{Name: "Share", Unit: "index", Points: points(0.5)}, Bench: []chart.Series{{Name: "Index", Unit: "index", Points: points(40)}},
		Events: []chart.Event{{Date: "2022-05-05", Text: "A report", Kind: chart.Said}},
	}.Draw(english(t))
	if c.Options == nil {
		t.Fatal(found)
	}
	src, err := filepath.Abs("src")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, "--input-type=module", "-e", `
		import {readFileSync} from "node:fs";
		globalThis.document = {createElement: () => ({getContext: () => ({measureText: () => ({width: 20})})})};
		const at = "file://`+filepath.ToSlash(src)+`/";
		const {formatter} = await import(at + "options.js"), {overlay} = await import(at + "overlay.js"), {Formats} = await import(at + "formats.js");
		const raw = JSON.parse(readFileSync(0)), formats = new Formats("en"), axis = raw.xAxis[0], palette = {color: x => x, font: "serif"};
		// What is drawn over a field of 100 units that shows the days from low to high.
		const texts = (low, high) => {
			const state = {window: [0, 100], hidden: [], width: 200}, tools = {palette, formats, guard: f => f, write: s => formatter(raw, s, formats)};
			const api = {coord: ([x, y]) => [(x - low) / (high - low) * 100, 100 - y], size: () => [0, 0]}, coordSys = {x: 0, y: 0, width: 100, height: 100};
			return overlay(raw.series.map(s => ({...s})), raw, tools, state).map(s => s.renderItem({coordSys}, api)).map(g => ({merged: g.$mergeChildren, texts: g.children.filter(c => c.type === "text").map(c => c.style.text)}));
		};
		const day = 864e5;
		console.log(JSON.stringify([texts(axis.min, axis.max), texts(axis.min, axis.min + 1.5 * day), texts(axis.min - 3 * day, axis.min - day)]));`)
	cmd.Stdin = bytes.NewReader(c.Options)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err, stderr.String())
	}
	var seen [][]struct {
		Merged *bool
		Texts  []string
	}
	if err := json.Unmarshal(out, &seen); err != nil || len(seen) != 3 {
		t.Fatal(err, string(out))
	}
	for i, want := range [][]string{{"Index", "170", "Share", "130.5", "100.5", "110.5", "120.5", "1"}, {"Index", "150", "Share", "110.5", "100.5"}, nil} {
		var got []string
		for _, part := range seen[i] {
			got = append(got, part.Texts...)
			if part.Merged == nil || *part.Merged {
				t.Error("what is out of view stays in the drawing")
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("part %d shows %q, not %q", i, got, want)
		}
	}
}
