package proof

import (
	"encoding/json"
	"fmt"
	"strings"
)

// reading is a browser with a page in it, whichever browser it is.
type reading interface {
	// visit opens a file of the site at root and gives what went wrong.
	visit(root, file string) []string
	// text is the value of an expression, or of its promise, as a text.
	text(expression string) (string, error)
	// wrong is what went wrong since the last visit, but for what visit said.
	wrong() []string
}

// step is something that a reader does, and what must then hold.
type step struct {
	name string
	do   string // a statement of JavaScript; "" for nothing
	want string // an expression that has to become true
	seen string // an expression whose value is shown when it does not
}

// walk goes through steps from a page on, and gives what did not come.
func walk(r reading, root, file string, steps []step) []string {
	out := r.visit(root, file)
	for _, s := range steps {
		if s.do != "" {
			if _, err := r.text(fmt.Sprintf(`(() => { %s; return ""; })()`, s.do)); err != nil {
				return append(out, s.name+": "+err.Error())
			}
		}
		seen := s.seen
		if seen == "" {
			seen = `location.href`
		}
		got, err := r.text(fmt.Sprintf(`new Promise(done => {
			const end = Date.now() + 20000;
			(function look() {
				let yes = false, why = "";
				try { yes = !!(%s); } catch (e) { why = " " + e.message; }
				if (yes) done("yes");
				else if (Date.now() > end) done("no: " + JSON.stringify(%s) + why);
				else setTimeout(look, 20);
			})();
		})`, s.want, seen))
		if err != nil {
			return append(out, s.name+": "+err.Error())
		}
		if got != "yes" {
			out = append(out, fmt.Sprintf("%s: it does not come to %s, but %s", s.name, s.want, got))
		}
	}
	for _, p := range r.wrong() {
		if !strings.HasPrefix(p, "leads to ") { // another page, or part of one, as it should
			out = append(out, p)
		}
	}
	return out
}

// quote is a text as JavaScript.
func quote(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can be written
	}
	return string(b)
}

// openFolds opens what is folded, so that all of a page can be seen.
const openFolds = `document.querySelectorAll("details").forEach(d => { if (d.getClientRects().length) d.open = true; })`

// liveCharts brings every chart of the page that is shown into view, one after
// the other, and is true when all answer.
const liveCharts = `(() => {
	const late = Array.from(document.querySelectorAll("figure[data-chart]")).filter(f => f.getClientRects().length && !f.querySelector(".is-live"));
	if (late.length) late[0].scrollIntoView();
	return !late.length;
})()`

// chartsSeen says of every chart whether it answers.
const chartsSeen = `Array.from(document.querySelectorAll("figure[data-chart]")).filter(f => f.getClientRects().length).map(f => [f.id, !!f.querySelector(".is-live")])`

// withCharts opens a page and has all its charts come to life.
func withCharts(r reading, root, file string) []string {
	return walk(r, root, file, []step{{name: "charts", do: openFolds, want: liveCharts, seen: chartsSeen}})
}

// query is what a reader looks for, and the page that must come first.
type query struct{ words, first string }

// queries in the scripts and by the ways in which readers look for things.
var queries = []query{
	{"hikvision", "entities/hikvision.html"},
	{"海康威视", "entities/hikvision.html"},
	{"海康", "entities/hikvision.html"},
	{"hikvsion", "entities/hikvision.html"},
	{"HIKVISIÓN", "entities/hikvision.html"},
	{"entity list", "programs/us-bis-el.html"},
	{"dahu", "entities/dahua.html"},
}

// searching opens the page that searches with each query in its address, and
// then types it.
func searching(r reading, root string) []string {
	const first = `(document.querySelector("#search-results .rows-title a") || {getAttribute: () => null}).getAttribute("href")`
	var steps []step
	for _, q := range queries {
		found := first + ` === ` + quote(q.first) + ` && !!document.getElementById("search-status").textContent`
		steps = append(steps,
			step{name: q.words + " in the address", do: `location.hash = "#q=" + encodeURIComponent(` + quote(q.words) + `)`, want: found, seen: first},
			step{name: q.words + " typed", do: `const f = document.getElementById("q"); f.value = ""; f.dispatchEvent(new Event("input")); f.value = ` + quote(q.words) + `; f.dispatchEvent(new Event("input", {bubbles: true}))`,
				want: found + ` && decodeURIComponent(location.hash) === "#q=" + ` + quote(q.words), seen: `[` + first + `, location.hash]`})
	}
	steps = append(steps,
		step{name: "nothing found", do: `location.hash = "#q=zzzzqqqq"`, want: `document.querySelectorAll("#search-results a").length === 0 && document.getElementById("search-status").textContent`},
		step{name: "a result", do: `location.hash = "#q=hikvision"`, want: first + ` === "entities/hikvision.html"`})
	return walk(r, root, "search.html", steps)
}
