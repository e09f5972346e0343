package model

import "github.com/dossier-report/dossier/generator/diag"

// Record is what all records have in common.
type Record struct {
	Kind Kind      // set by Build
	At   diag.Span // the first line of the record; set by Build

	ID         string      `field:"id" doc:"lower-case letters, digits and hyphens; the name of the file by default"`
	FormerIDs  []string    `field:"former_ids" doc:"ids the record had before; each stays a page that leads here"`
	Sources    []SourceRef `field:"sources" ref:"sources" doc:"what the record rests on: an id, or {id, at, quote}"`
	Confidence Confidence  `field:"confidence" doc:"primary (the document itself was seen), secondary or unverified"`
	Known      Date        `field:"known" doc:"the day on which the content became public; by default its earliest public date"`
	Audience   string      `field:"audience" doc:"the narrowest audience that may see the record; public by default"`
	Embargo    Date        `field:"embargo" doc:"the first day on which the record may appear"`
	Draft      bool        `field:"draft" doc:"true keeps the record out of every build"`
	ReviewedBy []string    `field:"reviewed_by" doc:"who has checked the record against its sources"`
	Revisions  []Revision  `field:"revisions" doc:"what was changed after publication: {date, kind, field, was, reason}"`
	Exceptions []Exception `field:"exceptions" doc:"rules that the record may break: {rule, reason}"`
	Note       Markdown    `field:"note" doc:"a remark for readers"`

	// EffectiveKnown is the last day of Known, or of its default; zero for a
	// record that appears with the first one that names it. Set by Build.
	EffectiveKnown Day

	doc *Doc // what it was decoded from
}

// Rec gives the common part of any record.
func (r *Record) Rec() *Record { return r }

// Item is any record: *Entity, *Measure, *Event, *Program, *Source, *Link,
// *Series, *Figure, *Study, *File, *Prose or *Statement.
type Item interface{ Rec() *Record }

// SourceRef ties a claim to a source.
type SourceRef struct {
	Ref
	Locator string `field:"at" term:"yes" doc:"page, paragraph or row"`
	Quote   string `field:"quote" doc:"the words of the source"`
}

// Confidence grades what a record rests on.
type Confidence string

// The grades: the document or data itself was seen; somebody reliable
// describes it; said, but not checked against a second source.
const (
	Primary    Confidence = "primary"
	Secondary  Confidence = "secondary"
	Unverified Confidence = "unverified"
)

// Values lists the grades, the best first.
func (Confidence) Values() []string { return []string{"primary", "secondary", "unverified"} }

// Revision is one change to a published record. An update follows the world: a
// view of an earlier day undoes it. A correction mends a mistake: no view ever
// undoes it. A withdrawn record leaves nothing but the notice.
type Revision struct {
	Date   Date         `field:"date,required" doc:"the day of the change"`
	Kind   RevisionKind `field:"kind,required" doc:"update, correction or withdrawn"`
	Field  string       `field:"field" doc:"the field that changed, such as summary or provisions[0].effective"`
	Was    *Node        `field:"was" doc:"its value before; left out when it was not there, or is withheld"`
	Reason Text         `field:"reason" doc:"why, for readers"`
	At     diag.Span
}

// RevisionKind is the sort of a revision.
type RevisionKind string

// The kinds of revisions.
const (
	Update     RevisionKind = "update"
	Correction RevisionKind = "correction"
	Withdrawn  RevisionKind = "withdrawn"
)

// Values lists the kinds of revisions.
func (RevisionKind) Values() []string { return []string{"update", "correction", "withdrawn"} }

// Exception lets one record break one rule, for a reason.
type Exception struct {
	Rule   string `field:"rule,required" doc:"the code of the rule"`
	Reason string `field:"reason,required" doc:"why the rule may be broken here"`
	At     diag.Span
}

// Entity is a company, organisation, person or public body (FollowTheMoney:
// Company, Organization, Person, PublicBody).
type Entity struct {
	Record
	Schema       Schema       `field:"schema,required" doc:"Company, Organization, Person or PublicBody"`
	Name         Name         `field:"name,required" doc:"the full name in the report's language"`
	Short        Name         `field:"short" doc:"the name used in running text and tables"`
	Native       []Name       `field:"native" doc:"the name in its own script: {text, lang}"`
	Aliases      []Name       `field:"aliases" doc:"other names by which the entity alone is meant"`
	WeakAliases  []Name       `field:"weak_aliases" doc:"names that others bear too; shown, never matched on"`
	Previous     []Name       `field:"previous_names" doc:"names it bore before"`
	Countries    []Country    `field:"country" doc:"ISO 3166-1 alpha-2, lower case"`
	Jurisdiction Country      `field:"jurisdiction" doc:"the country under whose law it exists"`
	Identifiers  []Identifier `field:"identifiers" doc:"a mapping of scheme to value: lei, uscc, registration, wikidata, ..."`
	Securities   []Security   `field:"securities" doc:"what is listed on an exchange: {isin, ticker, mic, currency}"`
	Website      URL          `field:"website" doc:"http or https address"`
	Sector       Text         `field:"sector" doc:"line of business, in a few words"`
	Topics       []string     `field:"topics" doc:"FollowTheMoney topics, such as role.pep or gov"`
	Parent       Ref          `field:"parent" ref:"entities" doc:"for a public body: the body it belongs to"`
	Summary      Markdown     `field:"summary" doc:"what the reader must know, in Markdown"`
	Charts       Markdown     `field:"charts" doc:"what stands above its figures: a few words, and charts of them (dossier help chart)"`
	BirthDate    Date         `field:"birth_date" doc:"of a person; needs birth_date_reason"`
	BirthReason  Text         `field:"birth_date_reason" doc:"why the birth date is published"`
}

// Title is the name that tables and running text use.
func (e *Entity) Title() Name {
	if e.Short.Text != "" {
		return e.Short
	}
	return e.Name
}

// Schema is the FollowTheMoney schema of an entity.
type Schema string

// The schemata of entities.
const (
	Company      Schema = "Company"
	Organization Schema = "Organization"
	Person       Schema = "Person"
	PublicBody   Schema = "PublicBody"
)

// Values lists the schemata.
func (Schema) Values() []string { return []string{"Company", "Organization", "Person", "PublicBody"} }

// Security is a listed security (FollowTheMoney: Security).
type Security struct {
	ISIN     string   `field:"isin" doc:"ISO 6166"`
	Ticker   string   `field:"ticker" doc:"symbol on the exchange"`
	MIC      string   `field:"mic" doc:"ISO 10383 code of the exchange"`
	Currency Currency `field:"currency" doc:"ISO 4217"`
	Title    Text     `field:"title" doc:"kind of security, such as A share"`
	At       diag.Span
}

// Measure is a legal act against somebody (FollowTheMoney: Sanction). Its
// dates are kept apart and never copied into one another.
type Measure struct {
	Record
	Title       Text         `field:"title,required" doc:"the act in a few words"`
	Targets     []Target     `field:"targets" ref:"entities" doc:"whom it names: an id, or {entity, as}"`
	TargetBasis TargetBasis  `field:"target_basis" doc:"named (default), class or ownership"`
	Authority   Ref          `field:"authority" ref:"entities" doc:"the entity that imposed it"`
	Program     Ref          `field:"program" ref:"programs" doc:"key or id of the programme"`
	Type        MeasureType  `field:"kind,required" doc:"what it does"`
	Announced   Date         `field:"announced" doc:"the authority said so"`
	Published   Date         `field:"published" doc:"it stood in the gazette or on the list"`
	Effective   Date         `field:"effective" doc:"it began to bind"`
	DivestBy    Date         `field:"divest_by" doc:"holdings must be sold by then"`
	Ended       *Ended       `field:"ended" doc:"{date, as, by}: lapsed, revoked, superseded or annulled"`
	Suspensions []Suspension `field:"suspensions" doc:"times without effect: {from, to}"`
	Provisions  []Provision  `field:"provisions" doc:"parts with dates of their own"`
	Amendments  []Amendment  `field:"amendments" doc:"later acts that change it"`
	Challenges  []Challenge  `field:"challenges" doc:"court steps; they do not change the status by themselves"`
	Stored      StatusCode   `field:"status" doc:"only to check: the status that the dates must give on the day of the report"`
	ListID      string       `field:"list_id" doc:"number of the entry on the list"`
	Citations   []string     `field:"citations" doc:"official citations, such as 84 FR 54002"`
	Scope       Markdown     `field:"scope" doc:"what is forbidden or required"`
	Reason      Markdown     `field:"reason" doc:"the ground that the authority gives"`

	// Status is what the dates say on the day of the view. Set by View.
	Status Status
}

// Target is an entity that a measure names.
type Target struct {
	Ref
	As string `field:"as" doc:"the name as the list prints it"`
}

// TargetBasis says how a measure reaches its targets.
type TargetBasis string

// The ways in which a measure reaches its targets.
const (
	ByName      TargetBasis = "named"
	ByClass     TargetBasis = "class"
	ByOwnership TargetBasis = "ownership"
)

// Values lists the ways in which a measure reaches its targets.
func (TargetBasis) Values() []string { return []string{"named", "class", "ownership"} }

// MeasureType is what a measure does.
type MeasureType string

// The types of measures.
const (
	AssetFreeze        MeasureType = "asset_freeze"
	ExportControl      MeasureType = "export_control"
	InvestmentBan      MeasureType = "investment_ban"
	ProcurementBan     MeasureType = "procurement_ban"
	AuthorisationBan   MeasureType = "authorisation_ban"
	ImportRestriction  MeasureType = "import_restriction"
	Debarment          MeasureType = "debarment"
	TravelBan          MeasureType = "travel_ban"
	Listing            MeasureType = "listing"
	WindUpOrder        MeasureType = "wind_up_order"
	FinancialLimits    MeasureType = "financial_restriction"
	SectoralSanction   MeasureType = "sectoral_sanction"
	TransportBan       MeasureType = "transport_ban"
	ServicesBan        MeasureType = "services_ban"
	EnforcementMeasure MeasureType = "enforcement"
)

// Values lists the types of measures.
func (MeasureType) Values() []string {
	return []string{
		"asset_freeze", "export_control", "investment_ban", "procurement_ban", "authorisation_ban", "import_restriction",
		"debarment", "travel_ban", "listing", "wind_up_order", "financial_restriction", "sectoral_sanction", "transport_ban",
		"services_ban", "enforcement",
	}
}

// Ended says that a measure has no effect any more.
type Ended struct {
	Date Date   `field:"date" doc:"the day on which it ended, the first without effect; left out when it is not stated"`
	As   EndWay `field:"as,required" doc:"lapsed, revoked, superseded or annulled"`
	By   Ref    `field:"by" ref:"measures" doc:"the measure that took its place"`
}

// EndWay is how a measure ended.
type EndWay string

// The ways in which a measure ends.
const (
	Lapsed     EndWay = "lapsed"
	Revoked    EndWay = "revoked"
	Superseded EndWay = "superseded"
	Annulled   EndWay = "annulled"
)

// Values lists the ways in which a measure ends.
func (EndWay) Values() []string { return []string{"lapsed", "revoked", "superseded", "annulled"} }

// Suspension is a time in which a measure has no effect. Both days belong to it.
type Suspension struct {
	From     Date        `field:"from,required" doc:"first day without effect"`
	To       Date        `field:"to" doc:"last day without effect; left out while it is open"`
	Citation string      `field:"citation" doc:"official citation"`
	Reason   Text        `field:"reason" doc:"why"`
	Sources  []SourceRef `field:"sources" ref:"sources" doc:"when other than the measure's"`
}

// Provision is a part of a measure with dates of its own.
type Provision struct {
	Label     string `field:"label,required" doc:"as it is cited: (a)(1)(A)"`
	Title     Text   `field:"title" doc:"what it forbids or requires"`
	Announced Date   `field:"announced" doc:"when other than the measure's"`
	Published Date   `field:"published" doc:"when other than the measure's"`
	Effective Date   `field:"effective" doc:"it began to bind"`
	DivestBy  Date   `field:"divest_by" doc:"holdings must be sold by then"`
	Ended     *Ended `field:"ended" doc:"{date, as, by}"`
}

// Amendment is a later act that changes a measure.
type Amendment struct {
	Date     Date        `field:"date" doc:"publication of the change"`
	Type     AmendType   `field:"kind" doc:"amended (default), relisted, corrected or extended"`
	Citation string      `field:"citation" doc:"official citation"`
	Title    Text        `field:"title" doc:"what changed"`
	Sources  []SourceRef `field:"sources" ref:"sources" doc:"when other than the measure's"`
}

// AmendType is the sort of an amendment.
type AmendType string

// Values lists the sorts of amendments.
func (AmendType) Values() []string { return []string{"amended", "relisted", "corrected", "extended"} }

// Challenge is a step before a court or a reviewing body.
type Challenge struct {
	Date     Date         `field:"date" doc:"day of the step"`
	Court    string       `field:"court,required" doc:"name of the court"`
	Case     string       `field:"case" doc:"docket number or neutral citation"`
	Outcome  ChallengeEnd `field:"outcome" doc:"what came of it, as far as is known"`
	Title    Text         `field:"title" doc:"what happened"`
	Sources  []SourceRef  `field:"sources" ref:"sources" doc:"when other than the measure's"`
	Citation string       `field:"citation" doc:"how the decision is cited"`
}

// ChallengeEnd is what came of a court step.
type ChallengeEnd string

// Values lists what can come of a court step.
func (ChallengeEnd) Values() []string {
	return []string{
		"filed", "pending", "upheld", "upheld_remanded_in_part", "remanded_in_part", "remanded", "stayed", "stay_refused",
		"annulled", "dismissed", "settled", "unknown",
	}
}

// Event is something that was said, decided or seen without being a legal act
// against somebody (FollowTheMoney: Event). A reported plan is an Event, and so
// is a search of a list that found nothing.
type Event struct {
	Record
	Title        Text      `field:"title,required" doc:"the event in a few words"`
	Type         EventType `field:"kind,required" doc:"what sort of event it is"`
	Certainty    Certainty `field:"certainty,required" doc:"reported, denied, confirmed or superseded"`
	Date         Date      `field:"date,required" doc:"when it happened"`
	Concerns     []Ref     `field:"concerns" ref:"entities,measures,events,programs" doc:"entities, measures and events it is about"`
	By           []Ref     `field:"by" ref:"entities" doc:"entities that acted, such as a court or a ministry"`
	Program      Ref       `field:"program" ref:"programs" doc:"the programme that a plan or request would use, or whose list a check has searched"`
	SupersededBy Ref       `field:"superseded_by" ref:"events,measures" doc:"the event or measure that took its place"`
	Citations    []string  `field:"citations" doc:"official citations"`
	Summary      Markdown  `field:"summary" doc:"what happened, in Markdown"`
}

// EventType is the sort of an event.
type EventType string

// The sorts of events.
const (
	ReportEvent     EventType = "report"
	StatementEvent  EventType = "statement"
	CourtEvent      EventType = "court"
	CorporateEvent  EventType = "corporate"
	MarketEvent     EventType = "market"
	PolicyEvent     EventType = "policy"
	DeclinedRequest EventType = "declined_request"
	// CheckEvent is a search of a list that found nothing: entities it concerns
	// do not stand on the list of its programme. It speaks of its date alone,
	// and is never a measure.
	CheckEvent EventType = "check"
)

// Values lists the sorts of events.
func (EventType) Values() []string {
	return []string{"report", "statement", "court", "corporate", "market", "policy", "declined_request", "check"}
}

// Certainty says how far an event is known to be so.
type Certainty string

// The degrees of certainty.
const (
	Reported        Certainty = "reported"
	Denied          Certainty = "denied"
	Confirmed       Certainty = "confirmed"
	SupersededEvent Certainty = "superseded"
)

// Values lists the degrees of certainty.
func (Certainty) Values() []string { return []string{"reported", "denied", "confirmed", "superseded"} }

// Program is a legal regime under which measures are imposed (OpenSanctions
// programme).
type Program struct {
	Record
	Key        string        `field:"key" doc:"OpenSanctions programme key, such as US-NS-CMIC"`
	Title      Text          `field:"title,required" doc:"official name"`
	Short      Text          `field:"short" doc:"the name used in tables"`
	Issuer     Ref           `field:"issuer" ref:"entities" doc:"the authority that keeps the list"`
	Measures   []MeasureType `field:"measures" doc:"what its measures do"`
	LegalBasis []LegalBasis  `field:"legal_basis" doc:"acts it rests on: {title, citation}"`
	URL        URL           `field:"url" doc:"official page"`
	Summary    Markdown      `field:"summary" doc:"what it does and does not do"`
	Aliases    []string      `field:"aliases" doc:"other keys under which lists refer to it"`
}

// Name is the short title of a programme, or its title.
func (p *Program) Name() Text {
	if len(p.Short) > 0 {
		return p.Short
	}
	return p.Title
}

// LegalBasis is an act on which a programme rests.
type LegalBasis struct {
	Title    Text        `field:"title,required" doc:"name of the act"`
	Citation string      `field:"citation" doc:"official citation"`
	Sources  []SourceRef `field:"sources" ref:"sources" doc:"where it was seen"`
}
