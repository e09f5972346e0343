package page

// Home is the front page.
type Home struct {
	Finding  HTML        // what the report says, in one sentence
	Lead     *Lead       // the event that the page leads with; nil when none is set or visible
	Focus    Link        // the entity that the report is about; ID is empty when none is set or visible
	Standing Standing    // of the focus
	Strip    []StripItem // of the focus
	Key      []KeyFigure // the few numbers that say what the report is about
	Counts   []Count     // "entities", "programs", "measures", "acting", "events", "plans", "statements", "figures", "sources", "news"
	OverTime *Chart      // acts on the focus over time; nil when there are too few to draw
	Matrix   Matrix
	Latest   []TimelineItem // entries of the timeline, the newest first
	Changes  []Change       // revisions, the newest first
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
	Plan     Plan  // a reported plan; its ID is empty when there is none
	Check    Check // a search that found nothing
}

// Entity is the page of a company, organisation, person or public body.
type Entity struct {
	ID           string
	Schema       string // "Company", "Organization", "Person", "PublicBody"; a Person calls for the namesake notice
	Name         Text   // full name
	Short        Text   // as in tables; equal to Name when there is none
	Names        []Name
	Countries    []string  // ISO 3166-1 alpha-2, lower case
	CountryLinks []Country // the same, with names and pages
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
	Checks       []Check       // lists that were searched for it, and where it was not found
	Issued       []MeasureRow  // measures it has imposed, the newest first
	IssuedYears  []MeasureYear // the same, by year
	IssuedUnder  []Tally       // the same, by programme; the ID of the last may be empty: without one
	IssuedOn     []Tally       // whom they name
	Programs     []Program     // programmes it issues
	Timeline     []TimelineItem
	Voices       []Thread
	OverTime     *Chart   // measures that name or reach it; nil when there are too few to draw
	Effects      *Chart   // what each regime does to it, and since when; nil when there is one regime, or one effect
	Prices       []*Chart // series about it
	Studies      []Study  // event studies of it
	Charts       HTML     // what stands above its figures
	Lists        []*Chart // figures about it that are lists, in the order of their sources
	Figures      []FigureGroup
	Shares       *Chart // what its owners held at the dates stated; nil when too little is known
	Relations    []RelationGroup
	Holdings     *Chart      // who holds it, and what it holds
	News         []NewsRow   // news items about it, the newest first
	Documents    []NewsRow   // other documents about it, the newest first
	Tables       []DataTable // of what the report holds on it, in CSV, without their columns; empty without a page on data
	DataPage     Link        // the page that describes the columns
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
	Beside     []MeasureRow // other measures that name the same entities, those with the most effect first
	BesideMore int          // how many more do: they stand on the pages of the targets
	News       []NewsRow
	Revisions  []Revision
}

// Program is a legal regime.
type Program struct {
	Anchor    string // "program-" and the id, on the list of programmes; else empty
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
	Measures  int    // recorded under it
	Acting    int    // of these, in force or listed
	Plans     []Plan // reported plans under it, the newest first; on its own page and on the lists of measures and of programmes
	Revisions []Revision
}

// ProgramPage is the page of a legal regime. Its Program has no Anchor.
type ProgramPage struct {
	Program
	Aliases  []string // other keys under which lists refer to it
	Note     HTML
	Statuses []Count       // its measures by Status.Word
	Groups   []RegimeGroup // its measures, keys "acting", "open" and "over"
	OverTime *Chart        // its measures and the plans under it; nil when there are too few to draw
	Named    []Tally       // whom its measures name, the most named first
	Checks   []Check       // searches of its list that found nothing, the newest first
	Voices   []Thread
	Timeline []TimelineItem // steps of its measures, events that concern it or would use it
	News     []NewsRow      // news items on which its measures and plans rest
}

// ProgramList is the list of all programmes.
type ProgramList struct {
	Groups []ProgramGroup
	Total  int
}

// ProgramGroup is the programmes of one issuer.
type ProgramGroup struct {
	Issuer  Link   // its Value is empty where no issuer is stated
	Country string // of the issuer; empty when not stated
	Rows    []Program
}

// Event is the page of something that was said, decided or seen.
type Event struct {
	ID         string
	Title      Text
	Type       string // "report", "statement", "court", "corporate", "market", "policy", "declined_request", "check"
	Certainty  string // "reported", "denied", "confirmed", "superseded"
	Lane       string // "report" or "other"; never "law"
	Plan       bool   // a reported plan: the page must say that it is no measure
	Date       Date
	Upcoming   bool
	By         []Link       // who acted
	Program    Link         // the programme that a plan or a request would use
	Concerns   []Link       // entities, measures, events and programmes
	Measures   []MeasureRow // those of Concerns that are measures
	Recorded   []MeasureRow // of a plan: measures under its programme that name somebody it concerns; none of them is the plan
	ReplacedBy Link         // the event or measure that took its place
	Replaced   []Link       // events whose place it took
	Citations  []string
	Summary    HTML
	Note       HTML
	Voices     []Thread
	Prices     []*Chart       // series about what it concerns, in which its day lies
	Studies    []Study        // of this event
	Figures    []FigureGroup  // from its own sources, for its very day, of an entity that it concerns
	Timeline   []TimelineItem // the event among those that concern it or that it concerns; empty when there are none
	News       []NewsRow      // news items on which it rests, or in which something is said about it
	Documents  []NewsRow
	Grade      string
	Refs       []Ref
	Revisions  []Revision
}

// Timeline is the timeline of the whole report, the oldest entry first.
type Timeline struct {
	OverTime *Chart         // all measures, by authority; nil when there are too few to draw, and after the first page
	Years    []TimelineYear // all, whether they stand on this page or not
	Filters  []FilterGroup  // of the entries on this page
	All      Filter         // shows every entry on this page again; its Token is empty, its anchor is "all"
	Total    int            // entries on all pages
}

// TimelineYear is the entries of one year, that of the beginning of a range.
type TimelineYear struct {
	Year   int            // 0 for entries without a date, which come last
	Anchor string         // "y2021"; empty for Year 0, whose section has the code SectionUndated, and for a year that is not on this page
	Href   string         // where the year begins
	Count  int            // its entries
	Items  []TimelineItem // those on this page
}

// PersonList is the list of all persons, by name. It calls for the namesake
// notice.
type PersonList struct {
	Anchor string // of the list: "person"; empty when there is nobody
	Rows   []PersonRow
	Total  int // on all pages
}

// PersonRow is a person with what it does and says in the report.
type PersonRow struct {
	EntityRow
	Anchor string // "person-" and the id
	Topics []string
	Grade  string
	Roles  []Relation // what the person directs, owns or is otherwise tied to; those that last first
	Said   []SaidRow  // statements by the person, the newest first
}

// SaidRow is a statement in a list, without its words: they stand in the
// source, beside what others say to them.
type SaidRow struct {
	Source       Link // the source; Href leads to the statement in it
	Kind         string
	Date         Date
	Role         Text
	Organisation Link
	Topic        Link // what it is about
	Grade        string
}

// CountryList is the list of all countries of entities, by name.
type CountryList struct {
	Rows     []CountryRow
	Unstated []Link // entities whose country is not stated
}

// CountryRow is a country in the list.
type CountryRow struct {
	Country
	Anchor      string // "country-" and the code
	Entities    int    // authorities among them
	Authorities int    // that have imposed a measure or issue a programme
	Measures    int    // imposed by its authorities
	Acting      int    // of these, in force or listed
	Named       int    // entities of the country that an acting measure names
}

// CountryPage is the page of a country.
type CountryPage struct {
	CountryRow
	Authorities []AuthorityRow
	Imposed     []MeasureYear // by its authorities, the newest first; anchors "issued-2021"
	Groups      []EntityGroup // its entities, authorities among them
}

// AuthorityRow is an authority with what it has done.
type AuthorityRow struct {
	Link
	Native   Text
	Measures int
	Acting   int
	Programs []Link // that it issues
	Newest   Date   // first date of its newest measure
}

// Methodology says by which rules the records are kept, and what came of it.
type Methodology struct {
	Front       Prose // content/methodology; its Body is empty when there is none
	Rules       []RuleInForce
	Statuses    []Count // every word of a status, with the number of measures
	Certainties []Count // every certainty, with the number of events
	Grades      []GradeRow
}

// RuleInForce is a rule that the records are checked against.
type RuleInForce struct {
	Anchor   string // "rule-" and the code
	Code     string
	Summary  Text   // one line, in English unless the theme knows better
	Severity string // in force: "error", "warning", "note", "off"
	Usual    string // without the changes of this report
	Fixed    bool   // no report can change it
	Changed  bool
	Reason   Text // why it was changed
	Excepted int  // records that are excepted from it, for a reason
}

// GradeRow is how many records rest on evidence of one grade.
type GradeRow struct {
	Grade string // "primary", "secondary", "unverified"; empty: not stated
	N     int
	Kinds []Count // by kind: "entity", "measure", "event", "program", "source", "statement", "link", "figure", "series", "study"
}

// Changes is every revision in the report, and what became public last.
type Changes struct {
	Front  Prose // the page of prose on corrections; its Body is empty when there is none
	Years  []ChangeYear
	Kinds  []Count // "correction", "update", "withdrawn"; all three
	Total  int
	Latest []Known // the newest first. The day is that on which the content became public, not on which it was written down
}

// ChangeYear is the revisions of one year, the newest first.
type ChangeYear struct {
	Year   int
	Anchor string // "changes-2024"
	Rows   []Change
}

// ContactPage says who answers for the report and how to reach them. The facts
// stand in Page.Report: Publisher, Contact, Licence; Page.Correct leads to what
// was changed.
type ContactPage struct {
	Front Prose // content/contact; its Body is empty when there is none
}

// Redirect is a page under an address that a record had before.
type Redirect struct {
	To  Link   // the record, or the page of our own; Href is never empty
	URL string // absolute; empty without a base URL. It is the page's Canonical, too
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
	Prices    []*Chart       // of a news item: what prices did around the events on which it reports
	Studies   []Study        // the same: in brief, with the way to all of each
	Events    []TimelineItem // events that rest on it
	After     []TimelineItem // of a news item: what followed the plans on which it reports
	Measures  []MeasureRow   // measures that rest on it
	Voices    []Thread
	Lists     []*Chart // of Figures, those that are lists, in the order of the source
	Figures   []FigureGroup
	Uses      []Use
	RestOn    int // records that rest on it; one may do so at several places
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
	Anchor string // the schema in small letters; empty on the page of a country
	Schema string
	Rows   []EntityRow // those on this page
	Total  int         // on all pages
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
	Total    int     // on all pages
	Statuses []Count // by Status.Word; empty after the first page
}

// MeasureGroup is the measures of one programme; those without one come last.
type MeasureGroup struct {
	Anchor    string  // "program-" and its id, or "no-program"
	Continued bool    // from another page
	Program   Program // ID is empty for measures without a programme; only its link where the group is continued
	Rows      []MeasureRow
	Total     int // on all pages
}

// NewsList is the list of all news items, the newest first.
type NewsList struct {
	Years []NewsYear
	Total int // on all pages
}

// NewsYear is the news items of one year.
type NewsYear struct {
	Year   int    // 0 when the date is not stated
	Anchor string // "y2021"; "undated"
	Rows   []NewsRow
	Total  int // on all pages
}

// SourceList is the list of all sources, news items among them.
type SourceList struct {
	Groups []SourceGroup
	Grades []Count // empty after the first page
	Total  int     // on all pages
}

// SourceGroup is the sources of one type, by grade and title.
type SourceGroup struct {
	Anchor string // "type-" and the type
	Type   string // CSL type
	Rows   []NewsRow
	Total  int // on all pages
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
