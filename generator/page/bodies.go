package page

// Home is the front page.
type Home struct {
	Finding  HTML        // what the report says, in one sentence
	Lead     *Lead       // the event that the page leads with; nil when none is set or visible
	Focus    Link        // the entity that the report is about; ID is empty when none is set or visible
	Standing Standing    // of the focus
	Strip    []StripItem // of the focus
	Counts   []Count     // "entities", "measures", "acting", "events", "plans", "news", "sources", "statements", "entries"
	Matrix   Matrix
	Latest   []TimelineItem // the newest first
	News     []NewsRow      // the newest first
	Body     HTML           // prose of content/_index.md
}

// Lead is the event that the home page leads with.
type Lead struct {
	TimelineItem
	Concerns []Link
	Voices   int // statements about it
	News     []NewsRow
}

// Matrix is the entities by regime.
type Matrix struct {
	Columns []Link // regimes
	Rows    []MatrixRow
	More    int    // entities left out; the list of entities has them all
	Href    string // of the list of entities
}

// MatrixRow is an entity with its status under each regime.
type MatrixRow struct {
	Link
	Native Text
	Cells  []MatrixCell // one for each column
}

// MatrixCell is the status of an entity under a regime. No record held is not
// a finding of absence.
type MatrixCell struct {
	Regime   Link // the column, for narrow screens
	Recorded bool // a measure is recorded
	Measure  Link
	Status   Status
	Date     StepDate
	Plan     Plan // a reported plan; its ID is empty when there is none
}

// Entity is the page of a company, organisation, person or public body.
type Entity struct {
	ID           string
	Schema       string // "Company", "Organization", "Person", "PublicBody"; a Person calls for the namesake notice
	Name         Text   // full name
	Short        Text   // as in tables; equal to Name when there is none
	Names        []Name
	Countries    []string // ISO 3166-1 alpha-2, lower case
	Jurisdiction string
	Sector       Text
	Topics       []string // FollowTheMoney topics
	Identifiers  []Identifier
	Securities   []Security
	Website      string
	Birth        Date // of a person, only where a reason is given
	BirthReason  Text
	Parent       Link
	Standing     Standing
	Strip        []StripItem
	Summary      HTML
	Note         HTML
	Regimes      []RegimeGroup // measures that name it, or an entity that it owns
	Issued       []MeasureRow  // measures it has imposed, the newest first
	Programs     []Program     // programmes it issues
	Timeline     []TimelineItem
	Voices       []Thread
	Figures      []FigureGroup
	Relations    []RelationGroup
	News         []NewsRow // news items about it, the newest first
	Documents    []NewsRow // other documents about it, the newest first
	Grade        string
	Refs         []Ref
	Revisions    []Revision
}

// Measure is the page of a legal act.
type Measure struct {
	MeasureRow
	Regime     Program // the programme; ID is empty when there is none
	Scope      HTML
	Reason     HTML
	Note       HTML
	Timeline   []TimelineItem // its own steps, and the events about it
	Voices     []Thread
	Replaced   []MeasureRow // measures whose place it took
	ReplacedBy []MeasureRow
	Beside     []MeasureRow // other measures that name the same entities
	News       []NewsRow
	Revisions  []Revision
}

// Program is a legal regime.
type Program struct {
	Anchor    string // "program-" and the id, on the list of measures; else empty
	Link             // its short name
	Title     Text   // official name
	Key       string // OpenSanctions key
	Issuer    Link
	Types     []string // what its measures do
	Basis     []LegalBasis
	URL       string
	Summary   HTML
	Grade     string
	Refs      []Ref
	Measures  int // recorded under it
	Acting    int // of these, in force or listed
	Plans     []Plan
	Revisions []Revision
}

// LegalBasis is an act on which a programme rests.
type LegalBasis struct {
	Title    Text
	Citation string
	Refs     []Ref
}

// Source is the page of a news item or another document.
type Source struct {
	ID        string
	News      bool
	Title     Text
	Type      string // CSL type
	Publisher string
	Container string
	Authors   []Link
	Published Date
	Accessed  Date
	URL       string
	Archive   Archive
	Language  string // BCP 47 tag of the document
	Number    string
	Volume    string
	Pages     string
	Official  string // official citation: "88 FR 18983"
	Paywall   bool
	Rights    string
	SHA256    string // of the file that was used
	Summary   HTML
	Note      HTML
	Entities  []Link
	Events    []TimelineItem // events that rest on it
	Measures  []MeasureRow   // measures that rest on it
	Voices    []Thread
	Figures   []FigureGroup
	Uses      []Use
	Grade     string
	Refs      []Ref // what the record itself rests on
	Cite      PageCitation
	Revisions []Revision
}

// EntityList is the list of all entities.
type EntityList struct {
	Groups []EntityGroup
	Total  int
}

// EntityGroup is the entities of one schema, by name.
type EntityGroup struct {
	Schema string
	Rows   []EntityRow
}

// EntityRow is an entity in the list.
type EntityRow struct {
	Link
	Name      Text // full name, when it is not the one that is linked
	Native    Text
	Countries []string
	Strip     []StripItem
	Measures  int // that name it
	Acting    int
	Plans     int
	Issued    int
}

// MeasureList is the list of all measures, by programme. Programmes without a
// measure stand in it too.
type MeasureList struct {
	Groups   []MeasureGroup
	Total    int
	Statuses []Count // by Status.Word
}

// MeasureGroup is the measures of one programme; those without one come last.
type MeasureGroup struct {
	Program Program // ID is empty for measures without a programme
	Rows    []MeasureRow
}

// NewsList is the list of all news items, the newest first.
type NewsList struct {
	Years []NewsYear
	Total int
}

// NewsYear is the news items of one year.
type NewsYear struct {
	Year int // 0 when the date is not stated
	Rows []NewsRow
}

// SourceList is the list of all sources, news items among them.
type SourceList struct {
	Groups []SourceGroup
	Grades []Count
	Total  int
}

// SourceGroup is the sources of one type, by grade and title.
type SourceGroup struct {
	Type string // CSL type
	Rows []NewsRow
}

// Prose is a page of text.
type Prose struct {
	Name      string // path without language and extension: "about"
	Date      Date
	Body      HTML
	Refs      []Ref
	Note      HTML
	Revisions []Revision
}

// Tombstone is what is left of a withdrawn record. It does not name it.
type Tombstone struct {
	ID     string
	Kind   string // "entity", "measure", "source", ...
	Date   Date
	Reason Text
}

// NotFound is the page for addresses that do not exist. Its links begin with
// the path of the base URL, because it is served under any address.
type NotFound struct {
	Links []NavItem
}
