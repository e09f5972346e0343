package page

import "time"

// Text is a short text without markup.
type Text struct {
	Value string
	Lang  string // BCP 47; set only when it is known and not the page's language
	Dir   string // "ltr" or "rtl", set with Lang
}

// Link is a text that leads to another page. When Href is empty it is plain
// text: the report has no page for it, or this reader may not see it.
type Link struct {
	Text
	Href string // relative; empty for plain text
	ID   string // of the record; empty for a name as printed
	Kind string // of the record: "entity", "measure", "event", "program", "source", "statement", ...; empty for a name as printed
}

// Date is a date as precise as its source. The zero Date is not stated.
type Date struct {
	ISO       string // as written: "2022-05", "~2022", "2022-05/2022-06"; empty when not stated
	Datetime  string // for the datetime attribute of <time>: one point without its ~; empty for a range
	From, To  Point  // the ends of a range, or the same point twice
	Precision string // "year", "month", "day", that of the coarser end; empty when not stated
	Approx    bool
	Range     bool
}

// Point is one end of a date. What is not known is 0.
type Point struct {
	Year, Month, Day int
	Time             time.Time // first day of the point at midnight UTC, for formatting by locale; never print what Precision does not give
	Precision        string    // "year", "month", "day"
	Approx           bool
}

// The states of a date that may be missing.
const (
	Stated        = "stated"
	NotStated     = "not_stated"     // the sources do not say
	NotApplicable = "not_applicable" // an act of this kind has no such date
	NotEnded      = "not_ended"      // it has not come
)

// DateCell is a date of a measure that may be missing, or differ by provision.
type DateCell struct {
	State string     // see the constants; "stated" also when only a provision has it
	Date  Date       // of the measure itself; zero when only provisions have it
	Parts []PartDate // dates of provisions that differ from the measure's
}

// PartDate is the date of a provision.
type PartDate struct {
	Label string // as the provision is cited: "(a)(1)(A)"
	Date  Date
}

// StepDate is a date with the code of what happened on it.
type StepDate struct {
	Step  string // as in TimelineItem
	Label string // provision; empty for the whole measure
	Date  Date
}

// Number is an exact number as its source prints it.
type Number struct {
	Decimal  string  // "-9.72"; empty when no number is stated
	Float    float64 // nearest, for formatting by locale
	Places   int     // digits after the point that were printed
	Bound    string  // "about", "at_least", "at_most" or ""
	Unit     string  // as recorded: "CNY", "CNY billion", "percent"
	UnitText Text    // the same in words; a theme shows it when it does not know the unit
}

// Status is the legal effect of a measure on the day of the report.
type Status struct {
	Code  string // "announced", "listed", "in_force", "suspended", "ended", "unknown"
	Word  string // the code, or of an ended measure the way it ended: "lapsed", "revoked", "superseded", "annulled"
	By    Link   // what took its place
	Since Date   // zero when it is not stated
	Until Date   // of a suspension
	Acts  bool   // the measure binds on that day: in force, or listed
}

// Count is a number of things, by a code.
type Count struct {
	Key string
	N   int
}
