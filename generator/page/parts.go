package page

import "html/template"

// MeasureRow is a legal act as tables show it, with its dates kept apart.
type MeasureRow struct {
	Link
	Program    Link   // regime; its Value may be empty
	Authority  Link   // who imposed it
	Country    string // of the authority, ISO 3166-1 alpha-2, lower case
	Type       string // "export_control", "investment_ban", ...
	Basis      string // "named", "class", "ownership"
	Status     Status
	Dates      Dates
	Provisions []Provision
	Suspended  []Suspension
	Amendments []Amendment
	Challenges []Challenge
	Targets    []Target
	Citations  []string
	ListID     string
	Grade      string
	Refs       []Ref
}

// Dates are the five dates of a measure. None is ever taken from another.
type Dates struct {
	Announced, Published, Effective, DivestBy, Ended DateCell
}

// Provision is a part of a measure with dates of its own.
type Provision struct {
	Label string // as it is cited
	Title Text
	Dates Dates  // its own; "not_stated" where it shares those of the measure
	As    string // how it ended: "lapsed", "revoked", "superseded", "annulled"; empty when it has not
	By    Link   // what took its place
}

// Suspension is a time in which a measure has no effect.
type Suspension struct {
	From, To Date // To is zero while the suspension is open
	Citation string
	Reason   Text
	Now      bool // the day of the report lies in it
	Refs     []Ref
}

// Amendment is a later act that changes a measure.
type Amendment struct {
	Date     Date
	Type     string // "amended", "relisted", "corrected", "extended"
	Citation string
	Title    Text
	Refs     []Ref
}

// Challenge is a step before a court. It does not change the status of a
// measure, and no template may show it as one.
type Challenge struct {
	Date     Date
	Court    string
	Case     string
	Outcome  string // "filed", "pending", "upheld", "upheld_remanded_in_part", ...; "unknown" when nothing is stated
	Title    Text
	Citation string
	Refs     []Ref
}

// Target is whom a measure names.
type Target struct {
	Link
	Native   Text   // its name in its own script
	ListedAs string // as the list prints it; empty when not recorded
}

// RegimeGroup is a part of the status table.
type RegimeGroup struct {
	// Key is "acting": names the entity, and is in force or listed; "open":
	// names it, and is announced, suspended or unknown; "reached": acts on it
	// as one of a class, or through its owner; "related": names an entity that
	// it owns, not itself; "over": names or reached it, and has ended.
	Key  string
	Rows []MeasureRow
}

// StripItem is one regime in the short answer at the head of a page: the
// measure that counts most, a reported plan without any measure, or a search
// that found nothing. At least one of Measure.ID, Plan.ID and Check.ID is set;
// a plan may stand beside the measures of its programme, or beside a search.
type StripItem struct {
	Regime  Link // programme, or the measure itself when it has none
	Measure Link // the measure whose status is shown; its ID is empty when there is none
	More    int  // further measures of the regime on the same entity
	Status  Status
	Dates   []StepDate // the one or few dates that matter; "effective" by provision, "published" and "relisted", ...
	Plan    Plan       // a reported plan under the regime; its ID is empty when there is none
	Check   Check      // a search that found nothing, and no measure is recorded that has not ended
}

// Plan is a reported plan: an event, never a measure.
type Plan struct {
	Link             // the event
	Program   Link   // the programme it would use; its Value may be empty
	Certainty string // "reported": what was denied, confirmed or superseded since is an event like others
	Date      Date
	Recorded  bool // the report holds a measure under that programme that names the entity
	Grade     string
	Refs      []Ref
}

// Standing is what is and what is not the case for an entity, in numbers: the
// sentence at the head of its page is made from nothing else. Plans are never
// part of the counts of measures.
type Standing struct {
	Regimes   []Link  // programmes under which a measure that names the entity acts on the day of the report
	Countries []Count // the same regimes, by country of the authority (ISO code; empty Key: not stated)
	Statuses  []Count // measures that name the entity, by Status.Word, in the order of the codes
	Measures  int     // measures that name the entity, whatever their status
	Acting    int     // of these, those in force or listed
	Reached   int     // measures that act on it as one of a class, or through its owner
	Related   int     // measures that name an entity it owns, and act
	Plans     []Plan  // reported plans that concern it, the newest first
	Issued    int     // measures it has imposed, for an authority
}

// Name is one of the names of an entity.
type Name struct {
	Text
	Kind string // "short", "native", "alias", "weak_alias", "previous", "listed_as"
	On   []Link // "listed_as": the measures that print the name so
}

// Identifier is an entity's number in a register.
type Identifier struct {
	Scheme string // "lei", "uscc", "wikidata", ...
	Value  string
}

// Security is what is listed on an exchange.
type Security struct {
	ISIN     string
	Ticker   string
	MIC      string // ISO 10383
	Currency string // ISO 4217
	Title    Text
}

// TimelineItem is an entry of a timeline: a dated step of a measure, an event
// or a news item.
type TimelineItem struct {
	Anchor    string // "event-" and the id of an event, "news-" and that of a news item, "step-" or "challenge-" with the id of a measure, the step and what tells it from others; empty on the home page
	Date      Date
	Upcoming  bool     // certainly after the day of the report
	Lane      string   // "law": decided; "report": said that something is planned or so; "other": courts, statements, corporate and market events, policy
	Kind      string   // "measure", "challenge", "event", "news"
	Step      string   // of a measure: "announced", "published", "effective", "divest_by", "ended", "suspended", "suspended_until", "amended", "relisted", "corrected", "extended"; of an event its kind: "report", "statement", "court", ...; of a challenge its outcome; of news "published"
	Also      []string // further steps of the same measure or provision on the same date
	Label     string   // provision that the step is about
	Link               // of the measure, event or news item; Href may lead to this page itself
	Title     Text     // of an amendment or a challenge, when it has its own
	Type      string   // kind of the measure: "investment_ban", ...
	Program   Link
	Status    Status // of the measure, on the day of the report
	Certainty string // of an event
	Court     string // of a challenge
	Case      string
	Publisher string // of news
	Citations []string
	Summary   HTML
	By        []Link // who acted
	About     []Link // what it concerns, without the entity of the page
	Replaced  Link   // what took the place of a superseded event
	Grade     string
	Refs      []Ref
	Revisions []Revision
	Tokens    []string // on the timeline of the whole report: those of the filters that keep the entry; else empty
}

// Thread is what was said about one thing.
type Thread struct {
	Topic     Link   // event, measure or entity; Value is empty when the statements name none, or the record of the page
	Lane      string // of the topic when it is an event or a measure, as in TimelineItem
	Certainty string // of the topic when it is an event
	Status    Status // of the topic when it is a measure
	Date      Date   // of the topic
	Exchanges []Exchange
	Answers   []Voice // answers to no statement in particular
}

// Exchange is a statement with what was said to it. Both sides have the same
// weight; a missing answer is shown as missing.
type Exchange struct {
	Claim   Voice
	Answers []Voice
	Missing []MissingAnswer
}

// MissingAnswer says that somebody against whom an allegation is made has not
// answered it in this report. It does not say that there was no answer.
type MissingAnswer struct {
	Party   Link
	Heard   []Voice // "not_commented", "not_reached": what is recorded of the party instead of an answer
	Request Reply   // our own request; Asked is zero when none was made
}

// Voice is a statement.
type Voice struct {
	Anchor       string // "statement-" and the id of the statement; empty when its place is another page
	ID           string
	By           Link
	BySource     bool // the source itself speaks: By is its publisher
	Role         Text
	Organisation Link
	Kind         string // "allegation", "response", "not_commented", ...
	Answer       bool   // "response", "denial", "declined_to_comment": it counts as an answer
	Date         Date
	Text         HTML
	Quote        Text // the words themselves; empty when paraphrased only
	About        []Link
	Against      []Link
	Source       Link // the source that holds it
	Request      Reply
	Grade        string
	Refs         []Ref
	Note         HTML
	Revisions    []Revision
}

// Reply is our own request for an answer.
type Reply struct {
	Asked   Date
	Due     Date
	Outcome string // "answered", "declined", "no_answer", "open"
	Date    Date   // when the answer came
	Text    HTML
}

// FigureGroup is the figures of one metric of one entity.
type FigureGroup struct {
	Metric Text
	Entity Link          // set where figures of several entities stand together
	Unit   string        // when all rows share it
	Spark  template.HTML // its whole years in the size of a word, an SVG; empty when there are too few
	Rows   []Figure
}

// Figure is one observation, as its source prints it.
type Figure struct {
	Anchor      string // "figure-" and the id
	ID          string
	Date        Date
	Number      Number // Decimal is empty for a list
	Items       []Text // a list, in the order of the source; not a ranking
	List        string // address of the drawing of Items on the page; empty when there is none
	AsPrinted   string // the words of the source
	Equivalents []Equivalent
	Preliminary bool
	Grade       string
	Refs        []Ref
	Note        HTML
	Revisions   []Revision
}

// Equivalent is a figure in another unit.
type Equivalent struct {
	Number   Number
	Basis    string // "as_given" by the source, "converted" by us
	Rate     Number // units of the figure for one of this unit
	RateDate Date
	Earlier  bool // the rate is of a day before the figure's: none was published on it
	Refs     []Ref
}

// RelationGroup is the ties of one sort that an entity has.
type RelationGroup struct {
	Key  string // "owners", "assets", "directors", "directs", "parent", "children", "other"
	Rows []Relation
}

// Relation is a tie to another entity.
type Relation struct {
	Anchor    string // "link-" and the id of the tie; empty for a parent or a child, which has none
	Link             // the other entity
	Native    Text   // its name in its own script
	Share     Number
	Role      Text
	Date      Date // day for which a share is stated
	Start     Date
	End       Date
	Over      bool   // it ended before the day of the report
	Nature    string // as the source says: "direct", "controlling", ...
	Strip     []StripItem
	Grade     string
	Refs      []Ref
	Note      HTML
	Revisions []Revision
}

// NewsRow is a source in a list: a news item or another document.
type NewsRow struct {
	Link
	Publisher string
	Container string
	Date      Date
	Type      string // CSL type
	Language  string // BCP 47 tag of the document, when it is not the page's
	Paywall   bool
	Archive   string // State of Archive
	About     []Link
	Uses      int // records that rest on it
	Grade     string
}

// Use is a place in the report that rests on a source.
type Use struct {
	Link           // the record; of a figure or a link the entity it is about
	Of      string // kind of what rests on it: "entity", "measure", "event", "program", "link", "figure", "series", "study", "statement", "source", "file", "page"
	Role    Text   // metric of a figure, and the like
	Locator Locator
	Quote   string
}

// Revision is a change to a published record.
type Revision struct {
	Date     Date
	Kind     string   // "update", "correction", "withdrawn"
	Field    string   // as it is called in the record: "summary", "provisions[0].effective"
	Was      string   // the value before, when it is a single value
	WasList  []string // the value before, when it is a list of single values
	WasLang  string   // its language, when it is not the page's
	Withheld bool     // a correction that does not show the old text
	Reason   Text
}

// Tally is somebody or something that measures name or stand under, with their
// number.
type Tally struct {
	Link
	Native   Text // name in its own script
	Measures int
	Acting   int // of these, in force or listed
}

// MeasureYear is the measures of one year, by their first date.
type MeasureYear struct {
	Year   int    // 0 when no date is stated
	Anchor string // "issued-2021"; "issued-undated"
	Rows   []MeasureRow
}

// Country is a country with its page.
type Country struct {
	Code string // ISO 3166-1 alpha-2, lower case, or a code that FollowTheMoney adds
	Name Text   // in the language of the page, from the Unicode CLDR; the theme may know a better one
	Href string // of the country's page
}

// Change is a revision of any record, in a list of those of the report.
type Change struct {
	Anchor   string // "change-", the id of the record and the day; empty on the home page
	Record   Link   // of a figure or a link the entity it is about, of a statement its source; of a withdrawn record its id, and its tombstone
	Of       string // kind of the record: "entity", "statement", "page", ...
	Revision Revision
}

// Known is a record with the day on which its content became public.
type Known struct {
	Record Link
	Date   Date
}

// KeyFigure is a number that says what the report is about.
type KeyFigure struct {
	// Key is "regimes": programmes under which a measure that names Of acts;
	// "plans": reported plans that concern Of, or all when Of is empty;
	// "named": entities that an acting measure names; "entries": entries of the
	// whole timeline; "sources".
	Key  string
	N    int
	Of   Link
	Href string // of the page that shows what is counted
}

// Filter is a choice among the entries of a timeline, which works without a
// script: an empty element with the anchor stands before the list, and a rule
// of the stylesheet hides what does not have the token while the element is
// the target.
type Filter struct {
	Token  string // one of TimelineItem.Tokens: "law", "denied", "country-us", "by-bis", "on-hikvision"
	Anchor string // "only-" and the token
	Href   string // "#only-law"
	N      int    // entries that have the token
	Link   Link   // the entity, authority or country, with its page; its Value is empty where Token is a code
}

// FilterGroup is the filters of one sort.
type FilterGroup struct {
	// Key is "kind": law, report, statement, court, corporate, market, policy,
	// declined_request, check, news, the lane "law" being the kind "law" and the lane
	// "report" the kind "report"; "certainty": reported, denied, confirmed,
	// superseded, of which denied stands there even with no entry; "authority":
	// who decided or acted; "country": of the authority; "entity": whom it
	// names or concerns.
	Key     string
	Filters []Filter
	More    int // filters left out because few entries have them
}
