package table

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
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
		t.Errorf("%s differs; run with -update and look at what changes\ngot:\n%s", name, got)
	}
}

// Every table as it is written, with and without rows.
func TestGolden(t *testing.T) {
	var csvs, jsons strings.Builder
	s := New(small(t))
	for _, tb := range append(s.Tables(), s.ForEntity("acme")...) {
		fmt.Fprintf(&csvs, "-- %s.csv --\n%s", tb.Path, write(t, tb.CSV))
		fmt.Fprintf(&jsons, "-- %s.json --\n%s", tb.Path, write(t, tb.JSON))
	}
	golden(t, "tables.csv.golden", csvs.String())
	golden(t, "tables.json.golden", jsons.String())
	golden(t, "datapackage.json.golden", write(t, s.Dictionary))
}

// Whatever is written can be read back and is what the view says.
func TestRoundTrip(t *testing.T) {
	for _, v := range []*model.View{small(t), example(t)} {
		for _, tb := range New(v).Tables() {
			checkCSV(t, tb)
			checkJSON(t, tb)
		}
	}
}

func checkCSV(t *testing.T, tb Table) {
	t.Helper()
	text := write(t, tb.CSV)
	if strings.HasPrefix(text, "\ufeff") || strings.Contains(text, "\r\n") || !strings.HasSuffix(text, "\n") {
		t.Errorf("%s: a mark at the beginning, or other line ends", tb.Name)
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", tb.Name, err)
	}
	if len(lines) != tb.Len()+1 {
		t.Errorf("%s: %d lines for %d rows", tb.Name, len(lines), tb.Len())
	}
	n := 1
	for row := range tb.Rows() {
		for i, c := range row {
			got, col := lines[n][i], tb.Columns[i]
			if col.Guarded() {
				if risky(got) && !strings.HasPrefix(got, "'") {
					t.Errorf("%s.%s: %q is not guarded", tb.Name, col.Name, got)
				}
				got = Unguard(got)
			}
			if got != c.String() {
				t.Errorf("%s.%s: %q for %q", tb.Name, col.Name, got, c.String())
			}
		}
		n++
	}
}

func checkJSON(t *testing.T, tb Table) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(write(t, tb.JSON)))
	dec.UseNumber()
	var rows []map[string]any
	if err := dec.Decode(&rows); err != nil {
		t.Fatalf("%s: %v", tb.Name, err)
	}
	if len(rows) != tb.Len() {
		t.Fatalf("%s: %d objects for %d rows", tb.Name, len(rows), tb.Len())
	}
	n := 0
	for row := range tb.Rows() {
		if len(rows[n]) != len(tb.Columns) {
			t.Errorf("%s: %d keys for %d columns", tb.Name, len(rows[n]), len(tb.Columns))
		}
		for i, c := range row {
			col := tb.Columns[i]
			got := rows[n][col.Name]
			if c.Missing() {
				if got != nil {
					t.Errorf("%s.%s: %v for nothing", tb.Name, col.Name, got)
				}
				continue
			}
			ok := false
			switch x := got.(type) {
			case json.Number:
				ok = (col.Type == Number || col.Type == Integer) && jsonNumber(c.String()) == x.String()
			case bool:
				ok = col.Type == Boolean && fmt.Sprint(x) == c.String()
			case []any:
				ok = (col.Type == List || col.Type == Texts) && fmt.Sprint(x) == fmt.Sprint(c.Items())
			case string:
				ok = !slices.Contains([]Type{Number, Integer, Boolean, List, Texts}, col.Type) && x == c.String()
			}
			if !ok {
				t.Errorf("%s.%s: %v for %q", tb.Name, col.Name, got, c.String())
			}
		}
		n++
	}
}

func checkString(t *testing.T, s string) {
	t.Helper()
	var got string
	data := appendString(nil, s)
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	if want := strings.ToValidUTF8(s, "\ufffd"); got != want && strings.ToValidUTF8(got, "") != got {
		t.Errorf("%q for %q", got, want)
	}
	if strings.ToValidUTF8(s, "") == s && got != s {
		t.Errorf("%q comes back as %q", s, got)
	}
	if strings.ContainsAny(string(data), "\u2028\u2029\n\r") {
		t.Errorf("%q holds a line break", data)
	}
}

// No date is padded, copied or taken from another, and the model's values are
// the table's.
func TestMeasureValues(t *testing.T) {
	v := small(t)
	s := New(v)
	rows := cells(t, tableOf(t, s.Tables(), "measures"))
	if len(rows) != 2 || rows[0]["id"] != "acme-a" {
		t.Fatalf("%v", rows)
	}
	m := v.Measure("acme-a")
	for column, want := range map[string]string{
		"announced": m.Announced.String(), "published": m.Published.String(), "effective": "", "divest_by": "", "ended": "", "ended_as": "",
		"status": string(m.Status.Code), "status_since": "2019-10-09", "targets": "acme;sub", "program": "list-a", "target_basis": "named",
		"title_en": "Acme on List A", "title_fr": "Acme sur la liste A", "citations": `["84 FR 54002","84 FR 54003; corrected"]`, "list_id": "-12",
		"sources": "gazette", "announced_bound": "",
	} {
		if got := rows[0][column]; got != want {
			t.Errorf("%s is %q, not %q", column, got, want)
		}
	}
	if m.Announced.String() != "2019-10" || m.Status.Code != model.StatusInForce {
		t.Errorf("%s %s", m.Announced, m.Status.Code)
	}
	provisions := cells(t, tableOf(t, s.Tables(), "provisions"))
	if len(provisions) != 2 || provisions[1]["effective"] != "~2020-10" || provisions[1]["ended"] != "2021-01-01" || provisions[0]["published"] != "" {
		t.Errorf("%v", provisions)
	}
	for _, row := range rows {
		if row["id"] == "plan" {
			t.Error("a plan stands among the measures")
		}
	}
}

// Points are handed on only where the licence says so, and the table of the
// series says why others are not there.
func TestSeriesLicence(t *testing.T) {
	v := small(t)
	tables := New(v).Tables()
	got := map[string]string{}
	for _, row := range cells(t, tableOf(t, tables, "series")) {
		got[row["id"]] = row["points"] + " " + row["withheld"]
	}
	want := map[string]string{"price": "2 ", "shown": "0 picture_only", "closed": "0 not_allowed"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	points := cells(t, tableOf(t, tables, "series_points"))
	if len(points) != 2 || points[0]["series"] != "price" || points[1]["value"] != "" || points[1]["flag"] != "halted" {
		t.Errorf("%v", points)
	}
	for path, text := range files(t, v) {
		if strings.Contains(text, "7777.25") {
			t.Errorf("%s holds a point that may not be handed on", path)
		}
	}
}

func TestTexts(t *testing.T) {
	tables := New(small(t)).Tables()
	acme := cells(t, tableOf(t, tables, "entities"))[0]
	if acme["sector_en"] != "Cameras" || acme["sector_fr"] != "Caméras" {
		t.Errorf("%v", acme)
	}
	if _, ok := acme["sector"]; ok {
		t.Error("a column without a language in a report of several")
	}
	var others []string
	for _, row := range cells(t, tableOf(t, tables, "translations")) {
		others = append(others, row["table"]+"/"+row["record"]+"/"+row["column"]+"/"+row["lang"]+"/"+row["text"])
	}
	if want := []string{"entities/acme/sector/de/Kameras", "sources/rates/title/de/Kurse", "sources/wire/title/zh/计划"}; !reflect.DeepEqual(others, want) {
		t.Errorf("got %q", others)
	}
	for _, row := range cells(t, tableOf(t, tables, "sources")) {
		if row["id"] == "rates" && (row["title_en"] != "" || row["title_fr"] != "Taux" || row["title_original"] != "Kurse" || row["title_original_lang"] != "de") {
			t.Errorf("%v", row)
		}
	}
}

// What the reader may not see leaves no word, whatever table it would be in.
func TestNothingLeaks(t *testing.T) {
	in := project(t, nil)
	editors := files(t, view(t, in, model.ViewOptions{Date: day, Audience: "editors"}))
	public := files(t, view(t, in, model.ViewOptions{Date: day}))
	past := files(t, view(t, in, model.ViewOptions{Date: day, AsOf: model.NewDay(2023, 1, 1)}))
	for _, word := range []string{"SECRETNAME", "SECRETTITLE", "SECRETPRESS", "SECRETQUOTE", "SECRETMEASURE", "SECRETWORDS", "p. 7"} {
		found := false
		for _, text := range editors {
			found = found || strings.Contains(text, word)
		}
		if !found {
			t.Errorf("the editors do not find %s", word)
		}
		for path, text := range public {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %s", path, word)
			}
		}
	}
	for path, text := range public {
		if strings.Contains(text, "GONENAME") {
			t.Errorf("%s names a withdrawn record", path)
		}
	}
	for path, text := range past {
		for _, word := range []string{"LATERMEASURE", "A new name", "A second seat"} {
			if strings.Contains(text, word) {
				t.Errorf("as of 2023, %s holds %s", path, word)
			}
		}
	}
	if !strings.Contains(past["data/entities.csv"], "Acme Ltd") {
		t.Error("the past view does not have the earlier name")
	}
	if !strings.Contains(public["data/events.csv"], "acme;whisper") {
		t.Error("a reference to an absent record is not kept as an id")
	}
	for path := range public {
		if strings.HasPrefix(path, "data/entities/whisper/") || strings.HasPrefix(path, "data/entities/gone/") {
			t.Errorf("%s is made", path)
		}
	}
}

// Changing a record that nobody may see changes no byte.
func TestHiddenRecordsChangeNothing(t *testing.T) {
	want := files(t, small(t))
	got := files(t, view(t, project(t, map[string]string{
		"data/entities/whisper.yaml": "{schema: Company, name: Another, country: fr, audience: editors, sources: [leak], confidence: secondary}",
		"data/sources/leak.yaml":     "{title: Another, published: 2011, audience: editors, confidence: primary}",
	}), model.ViewOptions{Date: day}))
	if !reflect.DeepEqual(got, want) {
		t.Error("a hidden record shows")
	}
}

func TestOrderOfFiles(t *testing.T) {
	want := files(t, small(t))
	in := project(t, nil)
	for i := range 2 {
		slices.Reverse(in.Docs)
		if i == 1 {
			slices.SortFunc(in.Docs, func(a, b model.Doc) int { return strings.Compare(a.ID[len(a.ID)/2:], b.ID[len(b.ID)/2:]) })
		}
		if got := files(t, view(t, in, model.ViewOptions{Date: day})); !reflect.DeepEqual(got, want) {
			t.Errorf("run %d differs", i)
		}
	}
}

func TestForEntity(t *testing.T) {
	v := small(t)
	got := map[string][]string{}
	for _, e := range v.Entities {
		for _, tb := range ForEntity(v, e.ID) {
			if tb.Path != "data/entities/"+e.ID+"/"+tb.Name || tb.Len() == 0 {
				t.Errorf("%s has %d rows", tb.Path, tb.Len())
			}
			checkCSV(t, tb)
			got[e.ID] = append(got[e.ID], fmt.Sprint(tb.Name, " ", tb.Len()))
		}
	}
	want := map[string][]string{
		"acme":   {"links 1", "measures 2", "targets 3", "provisions 2", "suspensions 1", "amendments 1", "challenges 1", "events 1", "statements 2", "figures 2", "equivalents 2"},
		"office": {"measures 2", "targets 3", "provisions 2", "suspensions 1", "amendments 1", "challenges 1"},
		"sub":    {"links 1", "measures 1", "targets 2", "provisions 2", "suspensions 1", "amendments 1", "challenges 1"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if len(ForEntity(v, "")) > 0 || len(ForEntity(v, "nobody")) > 0 || len(ForEntity(v, "whisper")) > 0 {
		t.Error("tables on nobody")
	}
}

// A report with nothing in it has all its tables, and they are empty.
func TestEmptyReport(t *testing.T) {
	v := view(t, model.Input{}, model.ViewOptions{Date: day})
	for _, tb := range Tables(v) {
		if text := write(t, tb.JSON); text != "[]\n" || tb.Len() != 0 {
			t.Errorf("%s: %q", tb.Name, text)
		}
		if text := write(t, tb.CSV); strings.Count(text, "\n") != 1 {
			t.Errorf("%s: %q", tb.Name, text)
		}
	}
}

// A full disk or a reader that stops ends the writing.
func TestFailingWriter(t *testing.T) {
	s := New(small(t))
	size := 0
	for path, w := range s.Files(nil) {
		if err := w(failing{}); err != io.ErrShortWrite {
			t.Errorf("%s: %v", path, err)
		}
		size++
	}
	for stop := range size {
		i := 0
		for range s.Files(nil) {
			if i == stop {
				break
			}
			i++
		}
	}
	for _, tb := range s.Tables() {
		for range tb.Rows() {
			break
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestJSONNumber(t *testing.T) {
	for s, want := range map[string]string{"1": "1", "007": "7", "0": "0", "00": "0", "-0.50": "-0.50", "-0038.20": "-38.20", "00.5": "0.5", "10": "10"} {
		if got := jsonNumber(s); got != want || !json.Valid([]byte(got)) {
			t.Errorf("%s becomes %s", s, got)
		}
	}
}
