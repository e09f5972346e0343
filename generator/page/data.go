package page

// DataPage leads to all tables of the report.
type DataPage struct {
	Tables     []DataTable
	Dictionary Link // the description of all columns, as a Data Package
	Licence    Licence
}

// DataTable is a table that can be downloaded.
type DataTable struct {
	Name    string // "measures"; also its anchor
	Title   string // in English; a theme may know better words
	Doc     string // a sentence or two, in English
	Rows    int
	CSV     string // its path in the output; relative to the page once it stands on one
	JSON    string
	Columns []DataColumn
}

// DataColumn is a column of a table.
type DataColumn struct {
	Name string
	Key  string // the name without the language that it ends in
	Doc  string // what it holds, in English
	Type string // "id", "text", "date", "number", ...
	Unit string
}

// SectionTables is the section of the data page that lists the tables.
const SectionTables = "tables"

const dictionaryPath = "data/datapackage.json"

// entityTables are the tables on an entity. Their files lie at the root,
// whatever the language of the page.
func (c *composer) entityTables(id string, body *Entity) {
	if c.tablesFor == nil || !c.site.has[TemplateData] {
		return
	}
	for _, t := range c.tablesFor(id) {
		t.CSV = c.page.Root + t.CSV
		body.Tables = append(body.Tables, t)
	}
	body.DataPage = Link{Href: c.href(c.site.made(dataPath, TemplateData))}
	c.section(SectionData, len(body.Tables), len(body.Tables) > 0)
}

// data fills the page on the tables. Their files lie at the root, whatever the
// language of the page.
func (c *composer) data() {
	p := c.page
	c.list(dataPath, TemplateData, "data")
	body := &DataPage{Licence: p.Report.Licence}
	for _, t := range c.tables {
		t.CSV, t.JSON = p.Root+t.CSV, p.Root+t.JSON
		body.Tables = append(body.Tables, t)
	}
	if len(body.Tables) > 0 {
		body.Dictionary = Link{Text: Text{Value: "datapackage.json"}, Href: p.Root + dictionaryPath}
	}
	p.Data = body
	c.section(SectionTables, len(body.Tables), len(body.Tables) > 0)
	c.section(SectionLicence, 0, body.Licence != Licence{})
	c.end()
}
