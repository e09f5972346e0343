package table

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dossier-report/dossier/generator/model"
)

// The rules of https://datapackage.org/standard, version 2, as far as they
// concern what is written here, and the patterns of its profiles.
var (
	pathPattern    = regexp.MustCompile(`^([^./~][^\\]*|https?://.*)$`)
	licencePattern = regexp.MustCompile(`^[-a-zA-Z0-9._]+$`)
	namePattern    = regexp.MustCompile(`^[a-z0-9._-]+$`)
	hashPattern    = regexp.MustCompile(`^[^:]+:[a-fA-F0-9]+$`)
)

func TestDictionary(t *testing.T) {
	in := project(t, nil)
	for _, v := range []*model.View{
		view(t, in, model.ViewOptions{Date: day}),
		view(t, in, model.ViewOptions{Date: day, Audience: "editors"}),
		view(t, in, model.ViewOptions{Date: day, AsOf: model.NewDay(2020, 1, 1)}),
		view(t, model.Input{}, model.ViewOptions{Date: day}),
		example(t),
	} {
		checkDictionary(t, v)
	}
}

func checkDictionary(t *testing.T, v *model.View) {
	t.Helper()
	s := New(v)
	text := write(t, s.Dictionary)
	if !strings.HasSuffix(text, "}\n") || strings.Contains(text, `\u003c`) {
		t.Error("no line at the end, or HTML escapes")
	}
	var d map[string]any
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	if d["$schema"] != "https://datapackage.org/profiles/2.0/datapackage.json" || !namePattern.MatchString(d["name"].(string)) {
		t.Errorf("%v %v", d["$schema"], d["name"])
	}
	if _, err := time.Parse(time.RFC3339, d["created"].(string)); err != nil {
		t.Error(err)
	}
	checkLicences(t, d["licenses"])
	for _, c := range objects(d["contributors"]) {
		if len(c) == 0 {
			t.Error("an empty contributor")
		}
	}
	written := map[string]string{}
	for name, w := range s.Files(nil) {
		written[name] = write(t, w)
	}
	names := map[string]map[string]bool{} // resource -> fields
	for _, r := range objects(d["resources"]) {
		name := r["name"].(string)
		if names[name] != nil || !namePattern.MatchString(name) {
			t.Errorf("resource %q", name)
		}
		names[name] = map[string]bool{}
		for _, f := range objects(r["schema"].(map[string]any)["fields"]) {
			names[name][f["name"].(string)] = true
		}
	}
	if len(names) != len(s.Tables()) || len(written) != 2*len(names)+1 {
		t.Errorf("%d resources, %d tables, %d files", len(names), len(s.Tables()), len(written))
	}
	for _, r := range objects(d["resources"]) {
		checkResource(t, r, names, written, s)
	}
}

func checkResource(t *testing.T, r map[string]any, names map[string]map[string]bool, written map[string]string, s *Set) {
	t.Helper()
	name := r["name"].(string)
	if r["type"] != "table" || r["format"] != "csv" || r["mediatype"] != "text/csv" || r["encoding"] != "utf-8" {
		t.Errorf("%s: %v %v %v", name, r["type"], r["format"], r["mediatype"])
	}
	for _, part := range []map[string]any{r, r["json"].(map[string]any)} {
		file := part["path"].(string)
		data, ok := written[path.Join(Folder, file)]
		sum := sha256.Sum256([]byte(data))
		if !ok || !pathPattern.MatchString(file) || strings.Contains(file, "..") {
			t.Errorf("%s: path %q", name, file)
		}
		if part["bytes"] != float64(len(data)) || part["hash"] != "sha256:"+hex.EncodeToString(sum[:]) || !hashPattern.MatchString(part["hash"].(string)) {
			t.Errorf("%s: %v bytes, hash %v", file, part["bytes"], part["hash"])
		}
	}
	if r["licenses"] != nil {
		checkLicences(t, r["licenses"])
	}
	schema := r["schema"].(map[string]any)
	var fields []string
	for _, f := range objects(schema["fields"]) {
		checkField(t, name, f)
		fields = append(fields, f["name"].(string))
	}
	header, _, _ := strings.Cut(written[Folder+"/"+name+".csv"], "\n")
	if strings.Join(fields, ",") != header {
		t.Errorf("%s: fields %q, header %q", name, fields, header)
	}
	tb := tableOf(t, s.Tables(), name)
	checkKeys(t, tb, schema, names)
}

// checkField checks a field and that its type is one that every version of the
// standard and of its tools knows.
func checkField(t *testing.T, table string, f map[string]any) {
	t.Helper()
	name := table + "." + f["name"].(string)
	if doc, _ := f["description"].(string); len(doc) < 4 || strings.HasSuffix(doc, ".") && !strings.HasSuffix(doc, "...") {
		t.Errorf("%s: description %q", name, doc)
	}
	if !slices.Contains([]string{"string", "number", "integer", "boolean", "array"}, f["type"].(string)) {
		t.Errorf("%s: type %v", name, f["type"])
	}
	if format, ok := f["format"]; ok && (f["type"] != "string" || format != "uri") {
		t.Errorf("%s: format %v", name, format)
	}
	constraints, _ := f["constraints"].(map[string]any)
	for key, value := range constraints {
		switch key {
		case "required":
		case "pattern", "enum":
			if f["type"] != "string" {
				t.Errorf("%s: %s on %v", name, key, f["type"])
			}
			if words, ok := value.([]any); ok && len(words) == 0 {
				t.Errorf("%s: no word is allowed", name)
			}
		default:
			t.Errorf("%s: constraint %s", name, key)
		}
	}
	if f["constraints"] != nil && len(constraints) == 0 {
		t.Errorf("%s: empty constraints", name)
	}
}

// checkKeys checks that what is called a key is one, and every cell against the
// constraints.
func checkKeys(t *testing.T, tb Table, schema map[string]any, names map[string]map[string]bool) {
	t.Helper()
	dates := regexp.MustCompile("^(" + datePattern + ")$")
	rows := cells(t, tb)
	seen := map[string]bool{}
	for _, row := range rows {
		key := ""
		for _, c := range tb.Columns {
			value := row[c.Name]
			if c.Key {
				key += value + "\x00"
			}
			switch {
			case c.Key && value == "":
				t.Errorf("%s.%s is empty", tb.Name, c.Name)
			case value == "":
			case c.Type == Date && !dates.MatchString(value):
				t.Errorf("%s.%s: %q is no date", tb.Name, c.Name, value)
			case c.Type == Code && c.Values != nil && !slices.Contains(c.Values, value):
				t.Errorf("%s.%s: %q is none of %q", tb.Name, c.Name, value, c.Values)
			case c.Type == List && c.Refs == nil && strings.Contains(value, " "):
				t.Errorf("%s.%s: %q are no codes", tb.Name, c.Name, value)
			}
		}
		if seen[key] {
			t.Errorf("%s: two rows have the key %q", tb.Name, key)
		}
		seen[key] = true
	}
	for _, k := range objects(schema["foreignKeys"]) {
		target := k["reference"].(map[string]any)
		own, far := k["fields"].([]any), target["fields"].([]any)
		resource, given := target["resource"].(string)
		if !given {
			resource = tb.Name
		}
		if len(own) != len(far) || !names[tb.Name][own[0].(string)] || !names[resource][far[0].(string)] || given && resource == tb.Name {
			t.Errorf("%s: foreign key %v", tb.Name, k)
		}
	}
}

func checkLicences(t *testing.T, value any) {
	t.Helper()
	for _, l := range objects(value) {
		name, _ := l["name"].(string)
		file, _ := l["path"].(string)
		if name == "" && file == "" || name != "" && !licencePattern.MatchString(name) || file != "" && !pathPattern.MatchString(file) {
			t.Errorf("licence %v", l)
		}
	}
}

func objects(value any) []map[string]any {
	var out []map[string]any
	items, _ := value.([]any)
	for _, x := range items {
		out = append(out, x.(map[string]any))
	}
	return out
}

// A foreign key is promised only where every id is there.
func TestForeignKeys(t *testing.T) {
	in := project(t, nil)
	for audience, want := range map[string]bool{"public": false, "editors": true} {
		s := New(view(t, in, model.ViewOptions{Date: day, Audience: audience}))
		tb := tableOf(t, s.Tables(), "references")
		i := slices.IndexFunc(tb.Columns, func(c Column) bool { return c.Name == "source" })
		if got := s.resolved(tb)[i]; got != want {
			t.Errorf("%s: %v", audience, got)
		}
	}
}

func TestLicenceID(t *testing.T) {
	for name, want := range map[string]string{
		"CC BY 4.0": "CC-BY-4.0", "CC-BY-SA-4.0": "CC-BY-SA-4.0", "MIT": "MIT", "© The Desk": "other", "All rights reserved; see the imprint": "other",
	} {
		if got := licenceID(name); got != want {
			t.Errorf("%q is %q", name, got)
		}
	}
	for title, want := range map[string]string{"Records & <more>": "records-more", "海康威视": "dossier", "": "dossier"} {
		if got := slug(title); got != want {
			t.Errorf("%q is %q", title, got)
		}
	}
}
