// Package page turns a view of a report into page descriptions: plain data
// that hold everything a page shows.
//
// A page is a pure function of theme, settings and its description. So a
// description has exported fields only, no methods that compute, and no way
// back into the model; equal descriptions give equal bytes.
//
// No words are made here. A description says what it has to say in codes
// (status, kind, step, section), counts, dates and numbers, and the theme's
// i18n turns them into the page's language. Text from records is handed over
// as it is, with its language where that is not the page's.
//
// Every address in a field named Href is computed here. It is relative to the
// page, names the file ("../measures/x.html", "#s3") and works from a disk as
// from a server. An empty Href means plain text. Fields named URL hold
// addresses outside of the site. Fields named Anchor are the ids that a
// template must give to the element which shows the item.
//
// # What a page is made from
//
// Pages reach records only through reader, which notes what is asked for: single
// records, lists of those that concern another, all of a kind. A later build
// compares the hashes of what a page has asked for (Outline.Sums), and of what
// holds for all pages, with those of the last build; where nothing differs the
// page is not described at all (Last.Has). So nothing that a page of records
// shows may come from elsewhere: not from what another page has left behind,
// and not from prose, of which only titles and places count.
package page

import "html/template"

// Page is everything that one page of the site shows. Exactly one of the
// bodies, from Home to Redirect, is not nil.
type Page struct {
	Path     string // output path with slashes, relative to the root: "entities/hikvision.html", "fr/index.html"
	Template string // name of the layout: see the Template constants
	ID       string // of the record that the page is about; empty for lists, home and 404
	Lang     string // BCP 47 tag of the page
	Dir      string // "ltr" or "rtl"

	Title       Text   // heading and <title>; empty when TitleKey gives it
	TitleKey    string // code of the heading of a page without a record: "home", "entities", "measures", "programs", "timeline", "news", "sources", "people", "countries", "methodology", "changes", "contact", "data", "search", "verify", "not_found", "withdrawn", "names_entities" and others for the pages on which the names of the search are continued
	Description Text   // plain text for search engines and previews; empty when there is none
	Date        Date   // day of the record: publication, last dated step; for feeds and site maps
	Root        string // prefix from this page to the root of the output: "", "../", "../../"; on 404.html the path of the base URL: "/", "/report/"
	LangRoot    string // like Root, to the root of the page's language: where its index.html lies
	Canonical   string // absolute address; empty without a base URL, and on 404.html

	Nav        []NavItem    // main navigation: the lists that most readers want, and pages of prose
	Footer     []NavItem    // all lists and pages of the report that have something to show, those of Nav among them
	Crumbs     []Crumb      // from home to this page; the last has no Href; empty on home and 404
	Alternates []Alternate  // the page in all languages of the report, this one among them; empty when there is one language
	TOC        []TOCItem    // sections that the page has, in order; a template shows these sections and no others
	Sources    []Reference  // numbered references, in the order of their first use on the page
	Cite       PageCitation // how to cite this page
	Correct    Link         // the page that lists corrections; its Value is the title of that page, or empty when it has only the key "changes"
	Pager      Pager        // of a long list that is continued on several pages
	Find       Link         // the page on which the report is searched; without Value, and without Href where there is none
	Report     *Report      // what all pages of a language share
	Files      []ChartFile  // of its charts, to be written beside the page
	Charts     int          // drawings on the page that answer to a reader with a script
	Head       Head         // what machines read in the head of the page; made by package feed from the rest

	Home        *Home
	Entity      *Entity
	Measure     *Measure
	Program     *ProgramPage
	Event       *Event
	Source      *Source // a news item or another document
	Entities    *EntityList
	Measures    *MeasureList
	Programs    *ProgramList
	Timeline    *Timeline
	NewsList    *NewsList
	SourceList  *SourceList
	People      *PersonList
	Countries   *CountryList
	Country     *CountryPage
	Methodology *Methodology
	Changes     *Changes
	Contact     *ContactPage
	Data        *DataPage
	Search      *SearchPage
	Verify      *VerifyPage
	Prose       *Prose
	Tombstone   *Tombstone
	NotFound    *NotFound
	Redirect    *Redirect
}

// The names of the layouts, and the body that goes with each. A theme may
// leave out any; see Options.Templates.
const (
	TemplateHome        = "home"        // Page.Home
	TemplateEntity      = "entity"      // Page.Entity
	TemplateMeasure     = "measure"     // Page.Measure
	TemplateProgram     = "program"     // Page.Program
	TemplateEvent       = "event"       // Page.Event
	TemplateNewsItem    = "news-item"   // Page.Source
	TemplateSource      = "source"      // Page.Source
	TemplateEntities    = "entities"    // Page.Entities
	TemplateMeasures    = "measures"    // Page.Measures
	TemplatePrograms    = "programs"    // Page.Programs
	TemplateTimeline    = "timeline"    // Page.Timeline
	TemplateNews        = "news"        // Page.NewsList
	TemplateSources     = "sources"     // Page.SourceList
	TemplatePeople      = "people"      // Page.People
	TemplateCountries   = "countries"   // Page.Countries
	TemplateCountry     = "country"     // Page.Country
	TemplateMethodology = "methodology" // Page.Methodology
	TemplateChanges     = "changes"     // Page.Changes
	TemplateContact     = "contact"     // Page.Contact
	TemplateData        = "data"        // Page.Data
	TemplateSearch      = "search"      // Page.Search
	TemplateVerify      = "verify"      // Page.Verify
	TemplateProse       = "prose"       // Page.Prose
	TemplateTombstone   = "tombstone"   // Page.Tombstone
	TemplateNotFound    = "not-found"   // Page.NotFound
	TemplateRedirect    = "redirect"    // Page.Redirect
)

// Head is what machines read in the head of a page.
type Head struct {
	NoIndex bool       // search engines should not list the page
	Feeds   []HeadLink // link rel="alternate"
	Graph   []HeadMeta // Open Graph: meta property, content
	JSONLD  string     // content of a script of the type application/ld+json, safe there as it is; empty for none
}

// HeadLink is a feed that belongs to a page.
type HeadLink struct {
	Type  string // media type
	Title string
	Href  string // relative to the page
}

// HeadMeta is a property with its value.
type HeadMeta struct{ Property, Content string }

// Report is what all pages of one language share.
type Report struct {
	Title     Text
	Tagline   Text
	Lang      string // of these pages
	First     string // the report's own language
	BaseURL   string // with a slash at its end; empty when none is set
	Licence   Licence
	Publisher Publisher
	Contact   Contact
	Version   string // of dossier
	Built     Date   // date of the build
	AsOf      Date   // the day looked at
	Past      bool   // AsOf was asked for: the report as it was known on that day
	Audience  string // "public", or the name of a narrower audience
	Public    bool   // Audience is the widest one
	LeftOut   []Text // titles of pages left out of a view of the past, because they do not say since when they hold
	Theme     string // name of the theme's folder
}

// Licence is that of the report's own words and tables.
type Licence struct {
	Name string
	URL  string
}

// Publisher is who answers for the report.
type Publisher struct {
	Name    string
	URL     string
	Address string
}

// Contact is where corrections and responses go.
type Contact struct {
	Email string
	URL   string
}

// NavItem is an entry of the main navigation, or of the list of all pages.
type NavItem struct {
	Key     string // "home", "entities", "measures", "programs", "timeline", "news", "sources", "people", "countries", "methodology", "changes", "contact", "data", "search", "verify"; empty for a page of prose
	Text    Text   // title of a page of prose; empty when Key is set
	Href    string
	Current string // "page": this page; "section": this page lies below it; else empty
}

// Crumb is a step on the way from home to a page.
type Crumb struct {
	Key  string // as in NavItem
	Text Text   // when Key is empty
	Href string // empty for the page itself
}

// Alternate is the page in a language of the report.
type Alternate struct {
	Lang    string // BCP 47 tag; the theme knows the name of the language
	Dir     string
	Href    string // relative
	URL     string // absolute; empty without a base URL
	Current bool   // the page itself
}

// TOCItem is a section of a page.
type TOCItem struct {
	Key   string // code of the section, which is also its anchor: see the Section constants; empty for a heading of prose
	Text  Text   // heading of prose; empty when Key is set
	Href  string // "#regimes"
	Level int    // 2 for a section, 3 and more for headings below it
	Count int    // number of entries in the section; 0 when they are not counted
}

// The sections of pages. A section stands in Page.TOC only when it has
// something to show. Its element has the code as its id.
const (
	SectionSummary    = "summary"
	SectionFigures    = "figures"
	SectionRegimes    = "regimes"   // status table of an entity
	SectionIssued     = "issued"    // measures that an authority has imposed
	SectionDates      = "dates"     // the five dates of a measure, and its provisions
	SectionTargets    = "targets"   // whom a measure names
	SectionScope      = "scope"     // what a measure forbids or requires, and why
	SectionHistory    = "history"   // suspensions, amendments
	SectionCourt      = "court"     // challenges
	SectionBeside     = "beside"    // other measures on the same targets
	SectionSaid       = "said"      // who said what
	SectionMarket     = "market"    // prices, event studies
	SectionAfter      = "after"     // of a news item: what followed the plans on which it reports
	SectionOverTime   = "over-time" // of the home page: acts on the focus as a drawing
	SectionTies       = "ties"      // relations
	SectionTimeline   = "timeline"  // merged timeline
	SectionNews       = "news"
	SectionDocuments  = "documents" // documents about an entity that are not news
	SectionData       = "data"      // tables on an entity, to download
	SectionUses       = "uses"      // where a source is used
	SectionArchive    = "archive"   // copies of a source
	SectionRevisions  = "revisions" // corrections and updates of the record
	SectionSources    = "sources"
	SectionCite       = "cite"
	SectionEntities   = "entities"    // of the home page, and of a news item
	SectionLatest     = "latest"      // latest entries on the home page
	SectionReport     = "report"      // body of the home page's prose
	SectionCiteSource = "cite-source" // how to cite the document a page is about

	SectionBasis       = "basis"       // acts on which a programme rests
	SectionPlans       = "plans"       // reported plans under a programme
	SectionChecks      = "checks"      // searches of the list of a programme that found nothing
	SectionPlan        = "plan"        // of a reported plan: that it is no measure, and what is recorded beside it
	SectionConcerns    = "concerns"    // what an event is about
	SectionUndated     = "undated"     // entries of the whole timeline without a date
	SectionImposed     = "imposed"     // what the authorities of a country have imposed
	SectionAuthorities = "authorities" // of a country
	SectionChanges     = "changes"     // revisions of the whole report, by year; on the home page the latest
	SectionLatestKnown = "known"       // records that became public last
	SectionRules       = "rules"       // rules in force
	SectionStatuses    = "statuses"    // vocabulary of statuses and certainties
	SectionGrades      = "grades"      // records by grade
	SectionLeftOut     = "left-out"    // pages left out of a view of the past
	SectionPublisher   = "publisher"   // who answers for the report
	SectionMistake     = "mistake"     // how to report a mistake or send a response
	SectionLicence     = "licence"     // of the report's own words and tables
)

// Reference is a numbered source at the end of a page.
type Reference struct {
	Number   int
	Anchor   string // "s3"
	ID       string // of the source
	Title    Text
	Href     string // the source's page
	URL      string // the document itself
	Kind     string // CSL type
	News     bool
	Grade    string // "primary", "secondary", "unverified" or ""
	Language string // BCP 47 tag of the document, when it is not the page's
	Paywall  bool
	Archive  Archive
	Citation Citation
}

// Ref is one use of a numbered source.
type Ref struct {
	Number  int
	Href    string // "#s3"
	Title   Text   // of the source, for a tooltip or a screen reader
	Locator Locator
	Quote   string // the words of the source
}

// Archive says what copy there is of a source.
type Archive struct {
	State    string // "kept": in the report's files; "linked": in a public archive; "hashed": only the fingerprint is known; "none"
	URL      string // in a public archive
	Captured Date
	SHA256   string // lower-case hexadecimal
	File     Link   // the copy in the report's files; without Href as long as files have no page
	Rights   string // of the copy in the report's files
}

// Citation is a formatted citation, in parts: the theme joins them with full
// stops, sets the styles, translates the keys and prints the dates.
type Citation struct {
	Parts []CitePart
}

// CitePart is a part of a citation. Exactly one of Text, Names and Date is
// set, except that a date which is not stated has the key "no_date".
type CitePart struct {
	Key   string // "authors", "title", "container", "publisher", "number", "citation", "date", "no_date", "as_of", "url", "accessed", "archived", "volume", "pages"
	Style string // "quoted", "italic" or ""
	Text  Text
	Names []Text // "authors"
	Date  Date
	URL   string // "url", "archived"
}

// PageCitation is how to cite something: formatted, and for reference managers.
type PageCitation struct {
	Citation
	BibTeX string
	RIS    string
	CSL    string // CSL-JSON, a list of one item
}

// HTML is ready HTML, made from Markdown.
type HTML struct {
	HTML  template.HTML // without its charts
	Parts []HTMLPart    // the same with its charts; empty when it has none
	Lang  string        // set only when it is not the page's
	Dir   string        // set with Lang
}

// HTMLPart is a stretch of a text and the chart that comes after it. Elements
// may be open at its end: only all parts together are whole.
type HTMLPart struct {
	HTML   template.HTML
	Chart  *Chart // nil after the last stretch, and when it is absent
	Absent bool   // the text has a chart here, of records that this edition does not hold
}

// trusted is HTML that package markdown has made, with other spaces at most.
func trusted(html string) template.HTML { return template.HTML(html) }
