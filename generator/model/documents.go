package model

import "github.com/dossier-report/dossier/generator/diag"

// Source is a news item (content/news) or another document (data/sources).
// Types are those of the Citation Style Language.
type Source struct {
	Record
	Title      Text         `field:"title,required" doc:"as printed; a title in another language as {lang: text}"`
	Type       SourceType   `field:"type" doc:"CSL type; for news article-newspaper, otherwise document by default"`
	Publisher  string       `field:"publisher" doc:"who published it"`
	Container  string       `field:"container" doc:"the journal, site or gazette in which it stands"`
	Authors    []Author     `field:"authors" ref:"entities" doc:"names as printed, or ids of entities"`
	Published  Date         `field:"published" doc:"when it was published, as precisely as is printed"`
	Accessed   Date         `field:"accessed" doc:"when the page was seen"`
	URL        URL          `field:"url" doc:"http or https address"`
	Archive    *Archive     `field:"archive" doc:"a stored copy: {url, captured, sha256, file}"`
	Language   Lang         `field:"language" doc:"BCP 47 tag of the document"`
	Number     string       `field:"number" doc:"document, docket or report number"`
	Volume     string       `field:"volume" doc:"volume of the gazette or journal"`
	Page       string       `field:"page" doc:"pages: 18983-18987"`
	Citation   string       `field:"citation" doc:"official citation, such as 88 FR 18983"`
	Paywall    bool         `field:"paywall" doc:"true when readers must pay"`
	Rights     string       `field:"rights" doc:"licence or statement of rights"`
	SHA256     string       `field:"sha256" doc:"of the file that was used, when it is not kept in data/files"`
	Entities   []Ref        `field:"entities" ref:"entities" doc:"entities it is about"`
	Statements []*Statement `field:"statements" doc:"who said what in it"`
	Figures    []*Figure    `field:"figures" doc:"figures it prints"`
	Body       Markdown     `field:"body" doc:"summary in our own words; the text of the file for a news item"`

	// News reports whether the source is a news item. Set by Build.
	News bool
}

// Author is an author as printed, or an entity of the report.
type Author struct {
	Ref         // set when the author is an entity
	Name string // as printed
}

// SourceType is a CSL document type.
type SourceType string

// Values lists the document types of CSL that occur in evidence.
func (SourceType) Values() []string {
	return []string{
		"article-newspaper", "article-magazine", "article-journal", "article", "bill", "book", "broadcast", "chapter", "dataset",
		"document", "entry", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "pamphlet", "patent",
		"personal_communication", "post", "post-weblog", "regulation", "report", "speech", "standard", "thesis", "treaty", "webpage",
	}
}

// Archive is a copy of a source that does not change.
type Archive struct {
	URL      URL    `field:"url" doc:"address of the copy in a public archive"`
	Captured Date   `field:"captured" doc:"when it was made"`
	SHA256   string `field:"sha256" doc:"lower-case hexadecimal"`
	File     Ref    `field:"file" ref:"files" doc:"id of the record in data/files"`
	At       diag.Span
}

// Statement is what somebody said in a source.
type Statement struct {
	Record
	By           Party         `field:"by" ref:"entities" doc:"id of an entity, or the name as printed; left out for the source itself"`
	Role         Text          `field:"role" doc:"office of the speaker"`
	Organisation Party         `field:"organisation" ref:"entities" doc:"id of an entity, or a name, for which the speaker speaks"`
	Type         StatementType `field:"kind,required" doc:"what sort of statement it is"`
	About        []Ref         `field:"about" ref:"events,measures,entities,programs" doc:"events, measures and entities it is about"`
	Against      []Ref         `field:"against" ref:"entities" doc:"entities that an allegation is made against"`
	Answers      []Ref         `field:"answers" ref:"statements" doc:"statements it answers"`
	Date         Date          `field:"date" doc:"when it was said; the day of the source by default"`
	Text         Markdown      `field:"text" doc:"in our own words"`
	Quote        Text          `field:"quote" doc:"the words themselves"`
	Locator      string        `field:"at" term:"yes" doc:"page or paragraph in the source"`
	Reply        *Reply        `field:"reply" doc:"our own request for an answer: {asked, due, outcome}"`

	// Source is the source that holds the statement. Set by Build.
	Source *Source
}

// StatementType is the sort of a statement.
type StatementType string

// The sorts of statements.
const (
	ReportStatement   StatementType = "report"
	Allegation        StatementType = "allegation"
	Finding           StatementType = "finding"
	Analysis          StatementType = "analysis"
	Call              StatementType = "call"
	Decision          StatementType = "decision"
	Response          StatementType = "response"
	Denial            StatementType = "denial"
	NotCommented      StatementType = "not_commented"
	DeclinedToComment StatementType = "declined_to_comment"
	NotReached        StatementType = "not_reached"
)

// Values lists the sorts of statements.
func (StatementType) Values() []string {
	return []string{
		"report", "allegation", "finding", "analysis", "call", "decision", "response", "denial",
		"not_commented", "declined_to_comment", "not_reached",
	}
}

// Party is an entity of the report, or somebody known only by a printed name.
type Party struct {
	Ref         // set when the party is an entity
	Name string // as printed
}

// IsZero reports whether nobody is named.
func (p Party) IsZero() bool { return p.Name == "" && p.ID == "" }

// Reply is our own request to somebody to answer an allegation.
type Reply struct {
	Asked   Date         `field:"asked,required" doc:"when we asked"`
	Due     Date         `field:"due" doc:"until when we waited"`
	Outcome ReplyOutcome `field:"outcome,required" doc:"answered, declined, no_answer or open"`
	Date    Date         `field:"date" doc:"when the answer came"`
	Text    Markdown     `field:"text" doc:"the answer, in our own words"`
}

// ReplyOutcome is what came of a request.
type ReplyOutcome string

// Values lists what can come of a request.
func (ReplyOutcome) Values() []string { return []string{"answered", "declined", "no_answer", "open"} }

// File is an attachment in data/files.
type File struct {
	Record
	Path   string `field:"file,required" doc:"name in data/files"`
	Title  Text   `field:"title,required" doc:"what it is"`
	Rights string `field:"rights,required" doc:"licence or statement of rights"`
	SHA256 string `field:"sha256,required" doc:"lower-case hexadecimal, of the bytes"`
	Alt    Text   `field:"alt" doc:"of an image: what it shows, in words"`
	Media  string `field:"media" doc:"media type, such as application/pdf"`
	Source Ref    `field:"source" ref:"sources" doc:"the source it is a copy of"`

	// Size is that of the file found, in bytes. Set by Build.
	Size int64
}

// Prose is a page of text in content, in one language.
type Prose struct {
	Record
	Path        string   // without language and extension: "about", "briefings/2026"
	Lang        string   // language of the text; "" for the report's first language
	Title       Text     `field:"title,required" doc:"heading of the page"`
	Description Text     `field:"description" doc:"one sentence for search engines and previews"`
	Date        Date     `field:"date" doc:"day of the text"`
	Body        Markdown `field:"body" doc:"the text"`
}
