package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// DictionaryPath is where the dictionary lies in the output. The standard wants
// this name.
const DictionaryPath = Folder + "/datapackage.json"

// Writer writes one file.
type Writer func(io.Writer) error

// Files are the files of the table: the path of each in the output, and a
// function that writes it.
func (t Table) Files() iter.Seq2[string, Writer] {
	return func(yield func(string, Writer) bool) {
		_ = yield(t.Path+".csv", t.CSV) && yield(t.Path+".json", t.JSON)
	}
}

// The profiles of version 2 of the standard, against which a descriptor can be
// checked.
const (
	packageProfile  = "https://datapackage.org/profiles/2.0/datapackage.json"
	resourceProfile = "https://datapackage.org/profiles/2.0/dataresource.json"
	schemaProfile   = "https://datapackage.org/profiles/2.0/tableschema.json"
	dialectProfile  = "https://datapackage.org/profiles/2.0/tabledialect.json"
)

type (
	descriptor struct {
		Schema       string        `json:"$schema"`
		Name         string        `json:"name"`
		ID           string        `json:"id,omitempty"`
		Title        string        `json:"title"`
		Description  string        `json:"description"`
		Homepage     string        `json:"homepage,omitempty"`
		Created      string        `json:"created"`
		AsOf         string        `json:"as_of"`    // ours: the day looked at
		Audience     string        `json:"audience"` // ours
		Languages    []string      `json:"languages"`
		Licenses     []license     `json:"licenses,omitempty"`
		Contributors []contributor `json:"contributors,omitempty"`
		Sources      []source      `json:"sources"`
		Resources    []resource    `json:"resources"`
	}
	license struct {
		Name  string `json:"name,omitempty"`
		Path  string `json:"path,omitempty"`
		Title string `json:"title,omitempty"`
	}
	contributor struct {
		Title string   `json:"title,omitempty"`
		Path  string   `json:"path,omitempty"`
		Email string   `json:"email,omitempty"`
		Roles []string `json:"roles,omitempty"`
	}
	source struct {
		Title string `json:"title"`
		Path  string `json:"path"`
	}
	resource struct {
		Schema      string      `json:"$schema"`
		Name        string      `json:"name"`
		Type        string      `json:"type"`
		Path        string      `json:"path"`
		Title       string      `json:"title"`
		Description string      `json:"description"`
		Format      string      `json:"format"`
		Mediatype   string      `json:"mediatype"`
		Encoding    string      `json:"encoding"`
		Bytes       int64       `json:"bytes"`
		Hash        string      `json:"hash"`
		Rows        int         `json:"rows"` // ours
		JSON        alternate   `json:"json"` // ours: the same table in JSON
		Licenses    []license   `json:"licenses,omitempty"`
		Dialect     dialect     `json:"dialect"`
		Table       tableSchema `json:"schema"`
	}
	alternate struct {
		Path      string `json:"path"`
		Mediatype string `json:"mediatype"`
		Bytes     int64  `json:"bytes"`
		Hash      string `json:"hash"`
	}
	dialect struct {
		Schema         string `json:"$schema"`
		Header         bool   `json:"header"`
		Delimiter      string `json:"delimiter"`
		LineTerminator string `json:"lineTerminator"`
		QuoteChar      string `json:"quoteChar"`
		DoubleQuote    bool   `json:"doubleQuote"`
	}
	tableSchema struct {
		Schema        string       `json:"$schema"`
		Fields        []field      `json:"fields"`
		MissingValues []string     `json:"missingValues"`
		PrimaryKey    []string     `json:"primaryKey"`
		ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	}
	field struct {
		Name        string       `json:"name"`
		Type        string       `json:"type"`
		Format      string       `json:"format,omitempty"`
		Description string       `json:"description"`
		Separator   string       `json:"separator,omitempty"`  // ours: of the items of a list
		Unit        string       `json:"unit,omitempty"`       // ours
		Holds       Type         `json:"holds"`                // ours: the type of the column
		References  []string     `json:"references,omitempty"` // ours: the tables whose ids it holds
		Language    string       `json:"language,omitempty"`   // ours
		Guarded     bool         `json:"guarded,omitempty"`    // ours
		Constraints *constraints `json:"constraints,omitempty"`
	}
	constraints struct {
		Required bool     `json:"required,omitempty"`
		Pattern  string   `json:"pattern,omitempty"`
		Enum     []string `json:"enum,omitempty"`
	}
	foreignKey struct {
		Fields    []string  `json:"fields"`
		Reference keyTarget `json:"reference"`
	}
	keyTarget struct {
		Resource string   `json:"resource,omitempty"` // left out for the table itself
		Fields   []string `json:"fields"`
	}
)

// datePattern is that of a date as written, in the regular expressions of XML
// Schema, which need no anchors.
const datePattern = "~?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/~?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"

// Dictionary writes the description of all tables as a Data Package: columns,
// types, keys, licences, and the size and fingerprint of every file.
func (s *Set) Dictionary(w io.Writer) error {
	d, err := s.descriptor()
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(d)
}

func (s *Set) descriptor() (descriptor, error) {
	set := s.v.Settings
	title, _ := set.Title.In(s.first, s.first)
	d := descriptor{
		Schema: packageProfile, Name: slug(title), Title: title, Description: s.describe(),
		Created: s.v.Date.Time().Format("2006-01-02T15:04:05Z07:00"), AsOf: s.v.AsOf.String(), Audience: s.v.Audience,
		Licenses: licenses([]licence{{set.Licence.Name, string(set.Licence.URL)}}),
		Sources:  []source{{"The sources of the report, one a row", "sources.csv"}},
	}
	if base := strings.TrimSuffix(string(set.BaseURL), "/"); base != "" {
		d.Homepage, d.ID = base+"/", base+"/"+DictionaryPath
	}
	for _, l := range s.langs {
		d.Languages = append(d.Languages, l.tag)
	}
	if p := set.Publisher; p.Name != "" {
		d.Contributors = []contributor{{p.Name, string(p.URL), set.Contact.Email, []string{"creator", "contact"}}}
	}
	for _, t := range s.tables {
		r, err := s.resource(t)
		if err != nil {
			return d, err
		}
		d.Resources = append(d.Resources, r)
	}
	return d, nil
}

// describe says what a reader of the files must know. It is Markdown.
func (s *Set) describe() string {
	state := "As of " + s.v.AsOf.String() + "."
	if s.v.Past {
		state = "As it was known on " + s.v.AsOf.String() + "."
	}
	if a := s.v.Settings.Audiences; len(a) > 0 && s.v.Audience != a[0] {
		state += " Not public: made for the audience " + s.v.Audience + "."
	}
	return state + ` Every table of the report, as CSV and as JSON.

- An empty cell (null in JSON) means that the report does not say. No date is padded, and none is taken from another.
- Dates are prefixes of ISO 8601 as precise as their source: 2022, 2022-05, 2022-05-04. A ~ in front means about; two dates with a slash are a range.
- A measure is a legal act. What was only reported or planned is an event, and is counted nowhere as a measure.
- An id that leads to no row belongs to a record that is not part of this edition.
- In the columns marked as guarded, the CSV files put an apostrophe in front of a text that a spreadsheet might take for a formula: one whose first sign, after spaces, invisible characters and quotation marks, is = + - @ or a look-alike, or that begins with a tab or a carriage return. To get the text back, take one apostrophe away where such a text follows it. The JSON files are not guarded.
- The licence is that of the report's own words and tables. Quotations, documents and the points of series keep their own, named with each.
`
}

func (s *Set) resource(t Table) (resource, error) {
	r := resource{
		Schema: resourceProfile, Name: t.Name, Type: "table", Path: strings.TrimPrefix(t.Path, Folder+"/") + ".csv", Title: t.Title, Description: t.Doc,
		Format: "csv", Mediatype: "text/csv", Encoding: "utf-8", Rows: t.Len(), Licenses: licenses(t.licences),
		JSON:    alternate{Path: strings.TrimPrefix(t.Path, Folder+"/") + ".json", Mediatype: "application/json"},
		Dialect: dialect{dialectProfile, true, ",", "\n", `"`, true},
		Table:   tableSchema{Schema: schemaProfile, MissingValues: []string{""}},
	}
	csv, err := s.known(t.Path+".csv", t.CSV)
	if err != nil {
		return r, err
	}
	json, err := s.known(t.Path+".json", t.JSON)
	if err != nil {
		return r, err
	}
	r.Bytes, r.Hash, r.JSON.Bytes, r.JSON.Hash = csv.bytes, csv.hash, json.bytes, json.hash
	resolved := s.resolved(t)
	for i, c := range t.Columns {
		f := newField(c)
		r.Table.Fields = append(r.Table.Fields, f)
		if c.Key {
			r.Table.PrimaryKey = append(r.Table.PrimaryKey, c.Name)
		}
		if resolved[i] {
			key := foreignKey{[]string{c.Name}, keyTarget{c.Refs[0], []string{"id"}}}
			if c.Refs[0] == t.Name {
				key.Reference.Resource = ""
			}
			r.Table.ForeignKeys = append(r.Table.ForeignKeys, key)
		}
	}
	return r, nil
}

func newField(c Column) field {
	f := field{Name: c.Name, Type: "string", Description: c.Doc, Unit: c.Unit, Holds: c.Type, References: c.Refs, Language: c.Lang, Guarded: c.Guarded()}
	limits := constraints{Required: c.Key}
	switch c.Type {
	case Date:
		limits.Pattern = datePattern
	case Number, Integer, Boolean:
		f.Type = string(c.Type)
	case URL:
		f.Format = "uri"
	case List:
		// The standard's own type list is not in its profile 2.0, and its tools refuse it.
		f.Separator = separator
	case Texts:
		f.Type = "array"
	case Code:
		limits.Enum = c.Values
	}
	if limits.Required || limits.Pattern != "" || limits.Enum != nil {
		f.Constraints = &limits
	}
	return f
}

// resolved tells the columns whose every id is a row of the one table that they
// refer to. Only these are foreign keys: an id may also lead to a record that
// is not in the view.
func (s *Set) resolved(t Table) []bool {
	ok := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		if ok[i] = c.Type == ID && len(c.Refs) == 1; !ok[i] {
			continue
		}
		for cell := range t.column(i) {
			if !cell.Missing() && !s.holds(cell.text, c.Refs[0]) {
				ok[i] = false
				break
			}
		}
	}
	return ok
}

// holds reports whether a table has the row of a record.
func (s *Set) holds(id, table string) bool {
	item := s.v.Item(id)
	if _, gone := item.(*model.Tombstone); item == nil || gone {
		return false
	}
	return string(item.Rec().Kind) == table && item.Rec().ID == id
}

func licenses(list []licence) []license {
	var out []license
	for _, l := range list {
		if l.name != "" || l.url != "" {
			out = append(out, license{licenceID(l.name), l.url, l.name})
		}
	}
	return out
}

// licenceID is the name of a licence as registers spell it: CC-BY-4.0. What is
// more than a name and a version is no id; then the title says it.
func licenceID(name string) string {
	id := strings.Join(strings.Fields(name), "-")
	if len(id) > 40 || strings.ContainsFunc(id, func(r rune) bool {
		return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_", r)
	}) {
		return "other"
	}
	return id
}

// slug is a title as the name of a package; "dossier" when nothing is left of it.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	if len(words) == 0 {
		return "dossier"
	}
	return strings.Join(words, "-")
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return c.w.Write(b)
}

// Bytes is what a writer writes, for those who need it whole.
func (w Writer) Bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := w(&b); err != nil {
		return nil, fmt.Errorf("write a table: %w", err)
	}
	return b.Bytes(), nil
}
