package proof

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// An attempt is a payload in one field of one kind of record.
type attempt struct {
	kind    model.Kind
	path    []string // names of fields, from the record's own to one inside it
	payload any
	number  int // of the payload
}

func (a attempt) String() string {
	return fmt.Sprintf("%s.%s: %.60q", a.kind.Singular(), strings.Join(a.path, "."), fmt.Sprint(a.payload))
}

// share is how many payloads share a record: each field of it has one of them.
// With -every all stand in all fields, and none shares a record.
func share() int {
	if *every {
		return 1
	}
	return 8
}

// attempts are payloads in all fields of all kinds of records.
func attempts() []attempt {
	var out []attempt
	for _, kind := range append(model.Kinds(), model.KindStatement) {
		all := paths(model.Fields(kind), nil)
		if kind == model.KindProse || kind == model.KindSource {
			all = append(all, []string{bodyField})
		}
		for f, path := range all {
			for i, p := range payloads() {
				if path[0] == bodyField || (f+i)%share() == 0 {
					out = append(out, attempt{kind, path, p, i})
				}
			}
		}
	}
	return out
}

// bodyField stands for the text below the front matter of a content file.
const bodyField = "(body)"

func paths(fields []model.FieldDoc, above []string) [][]string {
	var out [][]string
	for _, f := range fields {
		path := append(slices.Clone(above), f.Name)
		out = append(out, path)
		out = append(out, paths(f.Fields, path)...)
	}
	return out
}

// record is a record that has nothing wrong with it, to put payloads into.
func record(kind model.Kind, id string) map[string]any {
	switch kind {
	case model.KindEntity:
		return map[string]any{"schema": "Company", "name": "Company " + id, "confidence": "primary", "sources": "base-source"}
	case model.KindMeasure:
		return map[string]any{"title": "Act " + id, "targets": "base-entity", "authority": "base-body", "kind": "export_control", "published": "2021-03-04", "confidence": "primary", "sources": "base-source"}
	case model.KindEvent:
		return map[string]any{"title": "Event " + id, "kind": "corporate", "certainty": "confirmed", "date": "2021-05-06", "concerns": "base-entity", "confidence": "primary", "sources": "base-source"}
	case model.KindProgram:
		return map[string]any{"title": "Programme " + id, "issuer": "base-body", "measures": "export_control", "confidence": "primary", "sources": "base-source"}
	case model.KindSource:
		return map[string]any{"title": "Source " + id, "publisher": "The Times", "published": "2022-01-02", "url": "https://example.org/" + id, "language": "en", "confidence": "secondary", "entities": "base-entity"}
	case model.KindLink:
		return map[string]any{"id": id, "schema": "UnknownLink", "subject": "base-entity", "object": "base-body", "role": "partner", "confidence": "primary", "sources": "base-source"}
	case model.KindSeries:
		return map[string]any{"id": id, "title": "Series " + id, "subject": "base-entity", "measure": "close", "unit": "points", "redistributable": "yes", "file": "points.csv", "confidence": "primary", "sources": "base-source"}
	case model.KindFigure:
		return map[string]any{"id": id, "entity": "base-entity", "metric": "revenue", "date": 2020, "value": "5", "unit": "CNY million", "confidence": "primary", "sources": "base-source"}
	case model.KindStudy:
		return map[string]any{"title": "Study " + id, "subject": "base-entity", "event_day": "2022-05-05", "model": "market_model", "estimation": map[string]any{"length": 120}, "confidence": "primary", "sources": "base-source"}
	case model.KindFile:
		return map[string]any{"id": id, "file": "attached.txt", "title": "File " + id, "rights": "ours", "sha256": attachedSHA256, "confidence": "primary"}
	case model.KindProse:
		return map[string]any{"title": "Page " + id, "known": "2021-01-01"}
	case model.KindStatement:
		return map[string]any{"id": id, "by": "base-entity", "kind": "analysis", "date": "2022-01-02", "about": "base-entity", "text": "Said."}
	}
	return nil
}

const (
	attached       = "attached\n"
	attachedSHA256 = "df35a6e25179552aef05aff2513eb13f072f1e88f0548deaa074ed91218d7889"
)

// sibling is a value for a field that has to stand beside the one with the
// payload.
func sibling(f model.FieldDoc) any {
	if len(f.Values) > 0 {
		return f.Values[0]
	}
	switch f.Name {
	case "date", "from", "asked", "event_day":
		return "2022-01-02"
	case "source", "id":
		return "base-source"
	case "rule":
		return "no-archive"
	case "sha256":
		return strings.Repeat("ab", 32)
	}
	return "1"
}

// set puts a payload into a field of a record, and what has to stand beside it.
func set(rec map[string]any, fields []model.FieldDoc, path []string, payload any) {
	if len(path) == 1 {
		rec[path[0]] = payload
		return
	}
	i := slices.IndexFunc(fields, func(f model.FieldDoc) bool { return f.Name == path[0] })
	inner, ok := rec[path[0]].(map[string]any)
	if !ok {
		inner = map[string]any{}
		if len(fields[i].Refs) > 0 { // a reference that may say more
			inner[map[string]string{"targets": "entity"}[path[0]]] = "base-entity"
			if path[0] == "sources" {
				inner = map[string]any{"id": "base-source"}
			}
		}
		for _, f := range fields[i].Fields {
			if f.Required {
				inner[f.Name] = sibling(f)
			}
		}
	}
	rec[path[0]] = inner
	set(inner, fields[i].Fields, path[1:], payload)
}

// place writes a record as a file of a project, and gives its name.
func place(files map[string]string, kind model.Kind, id string, rec map[string]any) string {
	body, hasBody := rec[bodyField]
	delete(rec, bodyField)
	text, err := json.Marshal(rec)
	if err != nil {
		panic(err) // payloads are plain values
	}
	name := fmt.Sprintf("data/%s/%s.yaml", kind, id)
	switch kind {
	case model.KindProse:
		name, hasBody = "content/"+id+".md", true
	case model.KindSource:
		if hasBody {
			name = "content/news/" + id + ".md"
		}
	case model.KindFile: // all files stand in one list
		name = "data/files/" + id + "/files.yaml"
	case model.KindStatement:
		name = "data/sources/" + id + ".yaml"
		text = fmt.Appendf(nil, `{"title": "Of a statement", "type": "report", "published": "2022-01-02", "confidence": "secondary", "statements": [%s]}`, text)
	case model.KindLink, model.KindFigure:
		if table, ok := asTable(rec); ok { // as a list that was imported
			name, text = fmt.Sprintf("data/%s/%s.csv", kind, id), table
			break
		}
		fallthrough
	case model.KindSeries:
		text = fmt.Appendf(nil, "[%s]", text)
	}
	if hasBody {
		files[name] = fmt.Sprintf("---\n%s\n---\n\n%v\n", text, body)
	} else {
		files[name] = string(text) + "\n"
	}
	return name
}

// asTable is a record as a table with one row, when it holds nothing but texts.
func asTable(rec map[string]any) ([]byte, bool) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	head, row := slices.Sorted(maps.Keys(rec)), []string{}
	for _, key := range head {
		switch v := rec[key].(type) {
		case string:
			row = append(row, v)
		case int:
			row = append(row, strconv.Itoa(v))
		default:
			return nil, false
		}
	}
	if w.Write(head) != nil || w.Write(row) != nil {
		return nil, false
	}
	w.Flush()
	return b.Bytes(), true
}

// ground is what the records of a hostile project refer to.
func ground() map[string]string {
	return map[string]string{
		"dossier.yaml":                    "title: Hostile\nbase_url: https://report.example/\ncontact: {email: a@example.org}\n",
		"data/entities/base-entity.yaml":  "schema: Company\nname: Base\nconfidence: primary\nsources: [base-source]\n",
		"data/entities/base-body.yaml":    "schema: PublicBody\nname: Body\nconfidence: primary\nsources: [base-source]\n",
		"data/sources/base-source.yaml":   "title: Base\ntype: report\npublisher: State\npublished: 2020-01-02\nurl: https://example.org/g\nconfidence: primary\n",
		"data/measures/base-measure.yaml": "title: Base act\ntargets: [base-entity]\nauthority: base-body\nkind: export_control\npublished: 2020-01-02\nconfidence: primary\nsources: [base-source]\n",
		"data/series/points.csv":          "date,value\n2022-01-02,1\n2022-01-03,2\n",
		"data/files/attached.txt":         attached,
	}
}

func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// errorsIn are the errors of a project by the file they stand in. An error
// without a place, or with one that its file does not have, fails the test.
func errorsIn(t *testing.T, dir string) map[string][]diag.Diagnostic {
	t.Helper()
	_, found := generator.Check(dir)
	out := map[string][]diag.Diagnostic{}
	for _, d := range found {
		if d.Severity != diag.Error {
			continue
		}
		if d.Span.IsZero() || d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > len(d.Span.File.Text()) && d.Span.File.Text() != nil {
			t.Errorf("an error without a place: %.300v", d)
			continue
		}
		if strings.ContainsAny(d.Error(), "\x00\x1b\u202e") {
			t.Errorf("an error prints control characters: %.300q", d.Error())
		}
		out[d.Span.File.Name()] = append(out[d.Span.File.Name()], d)
	}
	return out
}

// hostile is a project with every attempt that no check refuses, and its site.
type hostile struct {
	root, site string
	attempts   int
	refused    int
	accepted   int
}

// TestHostile puts every payload into every field of every kind of record.
// Each is refused, at a place in its file, or stands in a site in which no
// script runs and from which nothing leads elsewhere, with or without the
// content security policy.
func TestHostile(t *testing.T) {
	h := &hostile{root: t.TempDir()}
	h.build(t)
	t.Run("markup", h.markup)
	// What runs with the policy runs without it, so that run is the strict one. With -every
	// all pages are opened; their markup is read in any case.
	t.Run("no policy", func(t *testing.T) { h.open(t, h.withoutPolicy(t), min(share(), 2)) })
	t.Run("policy", func(t *testing.T) { h.open(t, h.site, min(share(), 4)) })
}

// build makes the site.
func (h *hostile) build(t *testing.T) {
	t.Helper()
	accepted := h.try(t)
	files := h.gather(t, accepted)
	project := filepath.Join(h.root, "project")
	put(t, project, files)
	before := list(t, h.root)
	start := time.Now()
	out := filepath.Join(project, "public")
	res, err := generator.Build(context.Background(), generator.BuildOptions{Project: project, Out: out, Date: model.NewDay(2030, 1, 1)})
	if err != nil {
		var b bytes.Buffer
		diag.Print(&b, slices.DeleteFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity != diag.Error }), diag.Style{})
		t.Fatalf("%v\n%.3000s", err, b.String())
	}
	h.site = out
	t.Logf("%d attempts: %d refused, %d accepted; %d pages in %v", h.attempts, h.refused, h.accepted, res.Pages, time.Since(start).Round(time.Second))
	after := map[string]bool{}
	for _, name := range list(t, h.root) {
		after[name] = true
	}
	for _, name := range before {
		delete(after, name)
	}
	work := filepath.Join(project, ".public.dossier") + string(filepath.Separator) // where a large site has the same files once more
	for name := range after {
		twin, spare := strings.CutPrefix(name, work+"spare")
		own := spare && after[out+twin] || name == work+"stamps" || name == work+".gitignore"
		if !own && !strings.HasPrefix(name, out+string(filepath.Separator)) {
			t.Errorf("the build has left %s outside of the output", name)
		}
	}
	if h.attempts < 5000 || h.accepted < 1000 || h.refused < 1000 || res.Pages < 100 {
		t.Error("that is too few to mean anything")
	}
}

// try checks every attempt by itself, and gives those that are accepted.
func (h *hostile) try(t *testing.T) []attempt {
	t.Helper()
	files, of := ground(), map[string]attempt{}
	for i, a := range attempts() {
		id := fmt.Sprintf("x%05d", i)
		rec := record(a.kind, id)
		set(rec, model.Fields(a.kind), a.path, a.payload)
		of[place(files, a.kind, id, rec)] = a
		h.attempts++
	}
	dir := filepath.Join(h.root, "try")
	put(t, dir, files)
	found := errorsIn(t, dir)
	var accepted []attempt
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if len(found[name]) > 0 {
			h.refused++
		} else {
			accepted = append(accepted, of[name])
		}
	}
	for name, ds := range found {
		if _, ok := of[name]; !ok {
			t.Errorf("an error in a file without a payload: %v", ds[0])
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	return accepted
}

// hiding are the fields that can keep a record, and all other payloads in it,
// out of the site.
var hiding = []string{"embargo", "draft", "audience", "known"}

// gather puts the accepted attempts into records, one for each kind and the
// payloads that share it. What does not go together stands in records of its own.
func (h *hostile) gather(t *testing.T, accepted []attempt) map[string]string {
	t.Helper()
	files := ground()
	groups := map[string][]attempt{}
	for _, a := range accepted {
		if slices.Contains(hiding, a.path[0]) {
			continue
		}
		key := fmt.Sprintf("%s-%d", a.kind, a.number/share())
		if a.path[0] == bodyField {
			key = fmt.Sprintf("%s-%d-text", a.kind, a.number) // every payload in the text
		}
		groups[key] = append(groups[key], a)
	}
	dir := filepath.Join(h.root, "gather")
	for round := 0; len(groups) > 0 && round < 40; round++ {
		names := map[string]string{}
		next := maps.Clone(files)
		for key, group := range groups {
			rec := record(group[0].kind, strings.ToLower(key)+fmt.Sprint("-r", round))
			for _, a := range group {
				set(rec, model.Fields(a.kind), a.path, a.payload)
			}
			names[place(next, group[0].kind, strings.ToLower(key)+fmt.Sprint("-r", round), rec)] = key
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		put(t, dir, next)
		found := errorsIn(t, dir)
		rest := map[string][]attempt{}
		for name, key := range names {
			group := groups[key]
			if len(found[name]) == 0 {
				files[name] = next[name]
				h.accepted += len(group)
			} else if half := len(group) / 2; half > 0 {
				rest[key+"a"], rest[key+"b"] = group[:half], group[half:]
			}
		}
		groups = rest
	}
	if len(groups) > 0 {
		t.Errorf("%d records are left over", len(groups))
	}
	h.drawable(t, files)
	return files
}

// drawable leaves out the records whose drawings are refused: charts are drawn
// when nothing else is wrong.
func (h *hostile) drawable(t *testing.T, files map[string]string) {
	t.Helper()
	dir := filepath.Join(h.root, "drawn")
	put(t, dir, files)
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}()
	own := ground()
	for name, ds := range errorsIn(t, dir) {
		if own[name] != "" {
			t.Errorf("an error in a file without a payload: %v", ds[0])
		}
		for _, d := range ds {
			if !strings.HasPrefix(d.Code, "chart-") {
				t.Errorf("what is taken one by one is not taken together: %v", d)
			}
		}
		delete(files, name)
		h.refused++
	}
}

// list is every file below a folder.
func list(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
