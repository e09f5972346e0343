package chart

import "strings"

// The looks of charts. In a page they are classes of the theme's charts.css;
// here they stand as attributes, for files that leave the site. Both say the
// same: black ink on white paper, a square is law, dashed is open.
const (
	inkColor      = "#15191c"
	ink2Color     = "#4b5357"
	paperColor    = "#ffffff"
	gridColor     = "#dfe2e0"
	bandColor     = "#eceeeb"
	ruleColor     = "#8b9294"
	benchColor    = "#6d767b"
	accentColor   = "#b3261e"
	forceColor    = "#1d3a66"
	softColor     = "#b9c7dd"
	openColor     = "#6b2d6b"
	reportedColor = "#875300"
	overColor     = "#626a6e"
	overSoftColor = "#e3e6e4"
)

type attrs = [][2]string

func stroke(color, width string, more ...string) attrs {
	a := attrs{{"fill", "none"}, {"stroke", color}, {"stroke-width", width}}
	for i := 0; i+1 < len(more); i += 2 {
		a = append(a, [2]string{more[i], more[i+1]})
	}
	return a
}

func filled(fill string, more ...string) attrs {
	a := attrs{{"fill", fill}}
	for i := 0; i+1 < len(more); i += 2 {
		a = append(a, [2]string{more[i], more[i+1]})
	}
	return a
}

// attributes gives what a class looks like.
func attributes(class string) attrs {
	switch class {
	case "t2", "t-bench":
		return filled(ink2Color)
	case "t-in":
		return filled(paperColor)
	case "tb":
		return attrs{{"font-weight", "700"}}
	case "tr":
		return filled(reportedColor, "font-weight", "650")
	case "t-now":
		return filled(accentColor, "font-weight", "650")
	case "halo":
		return attrs{{"stroke", paperColor}, {"stroke-width", "4"}, {"paint-order", "stroke"}, {"stroke-linejoin", "round"}}
	case "grid":
		return stroke(gridColor, "1")
	case "hair":
		return stroke(gridColor, ".6")
	case "base":
		return stroke(inkColor, "1")
	case "now":
		return stroke(accentColor, "1.2")
	case "bracket", "pin-line":
		return stroke(ruleColor, "1")
	case "edge":
		return stroke(ruleColor, "1.2")
	case "box":
		return filled(paperColor, "stroke", ruleColor, "stroke-width", "1")
	case "box-main":
		return filled(paperColor, "stroke", inkColor, "stroke-width", "2")
	case "box-soft":
		return filled(paperColor, "stroke", ruleColor, "stroke-width", "1", "stroke-dasharray", "4 3")
	case "cell":
		return filled("none", "stroke", gridColor, "stroke-width", "1")
	case "band":
		return filled(bandColor)
	case "l-main":
		return stroke(inkColor, "2.1", "stroke-linejoin", "round")
	case "l-bench":
		return stroke(benchColor, "1.4", "stroke-linejoin", "round")
	case "l-s3":
		return stroke(forceColor, "1.8", "stroke-linejoin", "round", "stroke-dasharray", "7 3")
	case "l-s4":
		return stroke(reportedColor, "1.8", "stroke-linejoin", "round", "stroke-dasharray", "2 3")
	case "l-s5":
		return stroke(openColor, "1.8", "stroke-linejoin", "round", "stroke-dasharray", "9 3 2 3")
	case "l-s6":
		return stroke(overColor, "2.6", "stroke-linejoin", "round", "stroke-dasharray", "4 4")
	case "d-main", "b-main", "h1":
		return filled(inkColor)
	case "d-bench", "b-bench":
		return filled(benchColor)
	case "force":
		return filled(forceColor)
	case "before":
		return filled(softColor, "stroke", forceColor, "stroke-width", "1")
	case "over":
		return filled(overSoftColor, "stroke", overColor, "stroke-width", "1")
	case "over-open":
		return stroke(overColor, "1", "stroke-dasharray", "3 3")
	case "partly":
		return filled(openColor)
	case "susp":
		return attrs{{"stroke", forceColor}, {"stroke-width", "1"}}
	case "unknown":
		return stroke(openColor, "1.4", "stroke-dasharray", "4 3")
	case "lim":
		return attrs{{"stroke", inkColor}, {"stroke-width", "1.2"}}
	case "stripe":
		return stroke(paperColor, "2.2")
	case "hatch":
		return stroke(forceColor, "1.6")
	case "h2", "p2":
		return attrs{{"stroke", benchColor}, {"stroke-width", "1.4"}}
	case "h3":
		return attrs{{"stroke", forceColor}, {"stroke-width", "1"}}
	case "p3":
		return filled(forceColor)
	case "h4", "p4":
		return attrs{{"stroke", reportedColor}, {"stroke-width", "1"}}
	case "h5", "p5":
		return attrs{{"stroke", openColor}, {"stroke-width", "1.3"}}
	case "h6", "p6":
		return attrs{{"stroke", overColor}, {"stroke-width", "1.2"}}
	case "tick":
		return stroke(paperColor, "2")
	case "dead":
		return filled(paperColor, "stroke", forceColor, "stroke-width", "1.6")
	case "rep":
		return filled(paperColor, "stroke", reportedColor, "stroke-width", "1.7", "stroke-dasharray", "2.6 2")
	case "rep-line":
		return stroke(reportedColor, "1", "stroke-dasharray", "2 3")
	case "decl":
		return filled(paperColor, "stroke", overColor, "stroke-width", "1.7")
	case "evt":
		return filled(inkColor)
	case "mkt":
		return filled(paperColor, "stroke", inkColor, "stroke-width", "1.5")
	case "pin-law":
		return filled(paperColor, "stroke", forceColor, "stroke-width", "1.5")
	case "pin-rep":
		return filled(paperColor, "stroke", reportedColor, "stroke-width", "1.5", "stroke-dasharray", "2.6 2")
	case "pin-mkt":
		return filled(paperColor, "stroke", inkColor, "stroke-width", "1.5")
	case "paper":
		return filled(paperColor)
	case "o":
		return filled("none")
	}
	return nil
}

// roleLook is how a colour of the options is drawn: as a line, a field and a
// dot.
type roleLook struct{ line, field, dot string }

// roleClass gives the look of a role, or nil.
func roleClass(role string) *roleLook {
	switch role {
	case "main", "s1":
		return &roleLook{"l-main", "b-main", "d-main"}
	case "bench", "s2":
		return &roleLook{"l-bench", "b-bench", "d-bench"}
	case "s3", "s4", "s5", "s6":
		return &roleLook{"l-" + role, "p" + role[1:], "d-" + role}
	case "grid", "rule":
		return &roleLook{"grid", "band", "d-bench"}
	case "band", "paper-2", "over-soft":
		return &roleLook{"grid", "band", "d-bench"}
	case "ink":
		return &roleLook{"base", "b-main", "d-main"}
	case "ink-2", "rule-2":
		return &roleLook{"bracket", "b-bench", "d-bench"}
	case "paper":
		return &roleLook{"tick", "paper", "mkt"}
	case "accent":
		return &roleLook{"now", "b-main", "d-main"}
	case "force", "force-soft":
		return &roleLook{"susp", "force", "force"}
	case "open":
		return &roleLook{"unknown", "partly", "partly"}
	case "reported":
		return &roleLook{"rep-line", "p4", "rep"}
	case "over":
		return &roleLook{"over-open", "over", "decl"}
	}
	return nil
}

// fillLook is how a field is filled so that it is told apart without colour.
type fillLook struct {
	class   string // of the field
	pattern string // what the pattern is made of; empty for a plain field
	size    string // of the pattern
	turn    string // how far it is turned
	open    bool   // nothing within
}

// fillOf gives the look of a fill, or nil.
func fillOf(fill string) *fillLook {
	switch fill {
	case "force", "before", "over":
		return &fillLook{class: fill}
	case "unknown", "over-open":
		return &fillLook{class: fill, open: true}
	case "none":
		return &fillLook{class: "cell", open: true}
	case "partly":
		return &fillLook{class: "", pattern: "<path{partly} d=\"M0 0h12v12H0z\"/><path{stripe} d=\"M6 0V12\"/>", size: "12", turn: "45"}
	case "susp":
		return &fillLook{class: "susp", pattern: "<path{hatch} d=\"M3 0V6\"/>", size: "6", turn: "45"}
	case "lim":
		return &fillLook{class: "lim", pattern: "<path{lim} d=\"M2.5 0V5\"/>", size: "5", turn: "45"}
	case "h1":
		return &fillLook{class: "h1"}
	case "h2":
		return &fillLook{class: "h2", pattern: "<path{p2} d=\"M2.5 0V5\"/>", size: "5", turn: "45"}
	case "h3":
		return &fillLook{class: "h3", pattern: "<circle{p3} cx=\"3\" cy=\"3\" r=\"1.3\"/>", size: "6"}
	case "h4":
		return &fillLook{class: "h4", pattern: "<path{p4} d=\"M3 0V6M0 3H6\"/>", size: "6", turn: "45"}
	case "h5":
		return &fillLook{class: "h5", pattern: "<path{p5} d=\"M2.5 0V5\"/>", size: "5", turn: "-45"}
	case "h6":
		return &fillLook{class: "h6", pattern: "<path{p6} d=\"M0 2.5H5\"/>", size: "5"}
	}
	return nil
}

// define writes the patterns of fills; their ids begin with that of the chart.
func (w *svg) define(id string, fills []string) {
	begun := false
	for _, fill := range fills {
		f := fillOf(fill)
		if f == nil || f.pattern == "" {
			continue
		}
		if !begun {
			w.raw("<defs>")
			begun = true
		}
		w.raw(`<pattern id="`, id, "-", fill, `" width="`, f.size, `" height="`, f.size, `" patternUnits="userSpaceOnUse"`)
		if f.turn != "" {
			w.raw(` patternTransform="rotate(`, f.turn, `)"`)
		}
		w.raw(">")
		rest := f.pattern
		for {
			before, after, ok := strings.Cut(rest, "{")
			w.raw(before)
			if !ok {
				break
			}
			class, more, _ := strings.Cut(after, "}")
			w.class(class)
			rest = more
		}
		w.raw("</pattern>")
	}
	if begun {
		w.raw("</defs>")
	}
}

// paint gives the class and the fill attribute of a field.
func paint(id, fill string) (class, attr string) {
	f := fillOf(fill)
	if f == nil {
		return "", ""
	}
	if f.pattern != "" {
		return f.class, "url(#" + id + "-" + fill + ")"
	}
	return f.class, ""
}

// swatch draws the picture of an entry of a key, 24 by 12 units. The lines of a
// hatching are drawn one by one, for the id of a pattern would stand twice in
// a page.
func swatch(look string) string {
	w := &svg{}
	w.raw(`<svg class="sw" viewBox="0 0 24 12" aria-hidden="true" focusable="false">`)
	w.swatch(look)
	return string(w.raw("</svg>").b)
}

func (w *svg) swatch(look string) {
	const field = `M.6.6h22.8v10.8H.6z`
	switch {
	case strings.HasPrefix(look, "l-"):
		w.path(look).raw("M0 6h24").end()
	case look == "rep":
		w.circle("rep", 12, 6, 5, "")
	case look == "decl":
		w.box("decl", 7, 1, 10, 10, "", "")
		w.path("decl").raw("M7 11l10-10").end()
	case look == "dead":
		w.path("dead").raw("M12 .6l5.4 5.4-5.4 5.4-5.4-5.4z").end()
	case look == "evt":
		w.circle("evt", 12, 6, 5, "")
	case look == "law":
		w.box("force", 7, 1, 10, 10, "", "")
	case look == "mkt":
		w.path("mkt").raw("M12 1l5.5 9.5h-11z").end()
	case look == "step":
		w.path("force").raw("M0 0h24v12H0z").end()
		w.path("tick").raw("M12 0v12").end()
	case look == "partly":
		w.path("partly").raw("M0 0h24v12H0z").end()
		w.path("stripe").raw("M-1 13L13-1M11 13L25-1").end()
	case look == "h3":
		w.path("h3 o").raw(field).end()
		w.path("p3").raw("M3 3h2.4v2.4H3zM9 3h2.4v2.4H9zM15 3h2.4v2.4H15zM6 7h2.4v2.4H6zM12 7h2.4v2.4H12zM18 7h2.4v2.4H18z").end()
	case look == "h4":
		w.path("h4 o").raw(field).end()
		w.path("p4").raw("M1 7L7 1M3.5 11L13 1.5M10 11L19.5 1.5M17 11l6-6M7 11L1 5M13.500 11L4 1.500M20 11L10.500 1.500M23 8L16.500 1.500").end()
	case look == "h5":
		w.path("h5 o").raw(field).end()
		w.path("p5").raw("M1 5l6 6M3 1l10 10M10 1l10 10M17 1l6 6").end()
	case look == "h6":
		w.path("h6 o").raw(field).end()
		w.path("p6").raw("M1 3.500h22M1 6h22M1 8.500h22").end()
	case look == "h2", look == "susp", look == "lim":
		w.path(look + " o").raw(field).end()
		lines := map[string]string{"h2": "p2", "susp": "hatch", "lim": "lim o"}[look]
		w.path(lines).raw("M1 8l7-7M3 11.500L13.500 1M11 11.500L21.500 1M18 11.500l5.500-5.500").end()
	default:
		w.path(look).raw(field).end()
	}
}
