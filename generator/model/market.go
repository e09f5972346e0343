package model

import "github.com/dossier-report/dossier/generator/diag"

// Link is a tie between two entities (FollowTheMoney: Ownership, Directorship,
// UnknownLink). The fields that hold its ends bear the names of the schema.
type Link struct {
	Record
	Schema       LinkSchema `field:"schema,required" doc:"Ownership, Directorship or UnknownLink"`
	Owner        Ref        `field:"owner" ref:"entities" doc:"Ownership: who owns"`
	Asset        Ref        `field:"asset" ref:"entities" doc:"Ownership: what is owned"`
	Director     Ref        `field:"director" ref:"entities" doc:"Directorship: who directs"`
	Organization Ref        `field:"organization" ref:"entities" doc:"Directorship: what is directed"`
	Subject      Ref        `field:"subject" ref:"entities" doc:"UnknownLink: one end"`
	Object       Ref        `field:"object" ref:"entities" doc:"UnknownLink: the other end"`
	Percentage   Number     `field:"percentage" doc:"share in percent: 36.48; ~40 for about 40"`
	Role         Text       `field:"role" doc:"office, or sort of tie"`
	Date         Date       `field:"date" doc:"the day for which a share is stated"`
	Start        Date       `field:"start" doc:"when it began"`
	End          Date       `field:"end" doc:"when it ended"`
	Status       string     `field:"status" doc:"as the source says: direct, indirect, controlling, ..."`

	// From and To are the ends, whatever the schema. Set by Build.
	From, To Ref
}

// LinkSchema is the FollowTheMoney schema of a link.
type LinkSchema string

// The schemata of links.
const (
	Ownership    LinkSchema = "Ownership"
	Directorship LinkSchema = "Directorship"
	UnknownLink  LinkSchema = "UnknownLink"
)

// Values lists the schemata of links.
func (LinkSchema) Values() []string { return []string{"Ownership", "Directorship", "UnknownLink"} }

// Figure is a single observation, as its source prints it.
type Figure struct {
	Record
	Entity      Ref          `field:"entity" ref:"entities" doc:"what it is about"`
	Metric      string       `field:"metric,required" term:"yes" doc:"what was measured, such as total operating revenue"`
	Date        Date         `field:"date" doc:"the day or period it is for: 2022-05-05, 2022, 2022-01/2022-06"`
	Value       Number       `field:"value" doc:"the number, with a point and without separators; ~ for about, > for at least"`
	Unit        string       `field:"unit" term:"yes" doc:"CNY, CNY billion, percent, points, ..."`
	Items       []string     `field:"items" term:"yes" doc:"instead of a value: a list in the order of the source"`
	AsPrinted   string       `field:"as_printed" doc:"the figure in the words of the source"`
	Equivalents []Equivalent `field:"equivalents" doc:"the same in another unit: {value, unit, basis}"`
	Preliminary bool         `field:"preliminary" doc:"true when the source says that it may change"`

	// Source is the source in whose file the figure stands, if any. Set by Build.
	Source *Source
}

// Equivalent is a figure in another unit, as given by the source or converted
// by us; the two are never mixed.
type Equivalent struct {
	Value    Number    `field:"value,required" doc:"the number"`
	Unit     string    `field:"unit,required" term:"yes" doc:"its unit"`
	Basis    BasisKind `field:"basis,required" doc:"as_given (by the source) or converted (by us)"`
	Rate     Number    `field:"rate" doc:"units of the figure for one of this unit"`
	RateDate Date      `field:"rate_date" doc:"day of the rate"`
	Source   Ref       `field:"source" ref:"sources" doc:"where the value or the rate stands"`
}

// BasisKind tells given and converted values apart.
type BasisKind string

// The two ways to an equivalent.
const (
	AsGiven   BasisKind = "as_given"
	Converted BasisKind = "converted"
)

// Values lists the ways to an equivalent.
func (BasisKind) Values() []string { return []string{"as_given", "converted"} }

// Series is a time series; its points lie in a CSV beside it.
type Series struct {
	Record
	Title           Text          `field:"title,required" doc:"what it shows"`
	Subject         Ref           `field:"subject" ref:"entities" doc:"the entity it is about"`
	Measure         string        `field:"measure,required" term:"yes" doc:"close, index, exchange rate, ..."`
	Unit            string        `field:"unit,required" term:"yes" doc:"CNY, points, index (29 April 2022 = 100), ..."`
	Currency        Currency      `field:"currency" doc:"ISO 4217, for prices"`
	Frequency       Frequency     `field:"frequency" doc:"daily, weekly, monthly, quarterly or yearly"`
	Timezone        string        `field:"timezone" doc:"IANA name, such as Asia/Shanghai"`
	Calendar        string        `field:"calendar" doc:"MIC of the exchange whose trading days it follows"`
	Adjustment      Adjustment    `field:"adjustment" doc:"none, split, total-return or additive"`
	ExDividend      []Date        `field:"ex_dividend" doc:"days from which on the share is traded without its dividend: where prices are not adjusted for it, drawings mark them"`
	Limit           *PriceLimit   `field:"limit" doc:"how far the exchange lets a price move in a day: {percent, step}"`
	Licence         string        `field:"licence" term:"yes" doc:"SPDX identifier or words"`
	Redistributable Redistribute  `field:"redistributable,required" doc:"yes, display (picture only) or no"`
	File            string        `field:"file" doc:"CSV in data/series; the id with .csv by default"`
	Benchmark       Ref           `field:"benchmark" ref:"series" doc:"a series in the same unit to draw it with, such as an index"`
	Finding         Text          `field:"finding" doc:"what it shows, in a sentence: the heading of its drawing"`
	Points          []SeriesPoint // from File; set by Build
}

// SeriesPoint is one observation of a series.
type SeriesPoint struct {
	Date  Date      `field:"date,required" doc:"the day"`
	Value Number    `field:"value" doc:"the number; empty on a day without one"`
	Flag  PointFlag `field:"flag" doc:"traded (default), halted, filled, estimated, limit_up or limit_down"`
	At    diag.Span
}

// PrivateSeries is the folder for files of quotes that may be computed with, but
// not handed on: nothing in it is a record, and nothing of it is published.
const PrivateSeries = "data/series/private"

// PriceLimit is how far an exchange lets a price move in a day from that of the
// day before.
type PriceLimit struct {
	Percent Number `field:"percent,required" doc:"10 for a tenth"`
	Step    Number `field:"step,required" doc:"the smallest step of a price, to which the limit is rounded: 0.01"`
}

// Frequency is how often a series is observed.
type Frequency string

// Values lists the frequencies.
func (Frequency) Values() []string {
	return []string{"daily", "weekly", "monthly", "quarterly", "yearly"}
}

// Adjustment says what was done to prices.
type Adjustment string

// Values lists the adjustments.
func (Adjustment) Values() []string { return []string{"none", "split", "total-return", "additive"} }

// Redistribute says what the licence of a series allows.
type Redistribute string

// What a licence allows: everything, a picture, nothing.
const (
	RedistributeYes     Redistribute = "yes"
	RedistributeDisplay Redistribute = "display"
	RedistributeNo      Redistribute = "no"
)

// Values lists what a licence may allow.
func (Redistribute) Values() []string { return []string{"yes", "display", "no"} }

// PointFlag marks a point of a series.
type PointFlag string

// Values lists the flags of points.
func (PointFlag) Values() []string {
	return []string{"traded", "halted", "filled", "estimated", "limit_up", "limit_down"}
}

// Study is a recorded event study: parameters and results, so that it can be
// recomputed wherever the input is at hand.
type Study struct {
	Record
	Title      Text          `field:"title,required" doc:"what was studied"`
	Subject    Ref           `field:"subject,required" ref:"entities" doc:"the entity"`
	Event      Ref           `field:"event" ref:"events,measures" doc:"the event"`
	EventDay   Date          `field:"event_day,required" doc:"day 0: the first trading day on which the event could act"`
	Model      StudyModel    `field:"model,required" doc:"market_model, constant_mean or market_adjusted"`
	Returns    ReturnKind    `field:"returns" doc:"simple (default) or log"`
	Benchmark  string        `field:"benchmark" doc:"the index"`
	Estimation *Estimation   `field:"estimation" doc:"{length, gap, from, to}"`
	Estimates  *Estimates    `field:"estimates" doc:"{alpha, beta, sigma}"`
	Level      Number        `field:"level" doc:"confidence level of the bands, in percent; 95 by default"`
	Limit      *PriceLimit   `field:"limit" doc:"how far the exchange lets the price move in a day: {percent, step}"`
	Days       []AbnormalDay `field:"days" doc:"a row a day: {day, date, ar, car, flag}"`
	Windows    []CARWindow   `field:"windows" doc:"cumulative abnormal returns: {from, to, car, t, t_forecast}"`
	Inputs     []StudyInput  `field:"inputs" doc:"the files it was computed from: {role, title, sha256, source, file}"`
	Command    string        `field:"command" doc:"how to compute it again"`
	Caveat     Markdown      `field:"caveat" doc:"what limits the result"`
}

// StudyModel is the model of normal returns.
type StudyModel string

// Values lists the models of normal returns.
func (StudyModel) Values() []string {
	return []string{"market_model", "constant_mean", "market_adjusted"}
}

// ReturnKind is the way returns are computed.
type ReturnKind string

// Values lists the ways returns are computed.
func (ReturnKind) Values() []string { return []string{"simple", "log"} }

// Estimation is the window on which the model is estimated, in trading days.
type Estimation struct {
	Length Number `field:"length,required" doc:"number of days"`
	Gap    Number `field:"gap" doc:"the window ends so many days before the event; 11 by default"`
	From   Date   `field:"from" doc:"first day"`
	To     Date   `field:"to" doc:"last day"`
}

// Estimates are the parameters of the market model.
type Estimates struct {
	Alpha Number `field:"alpha" doc:"intercept, a daily return"`
	Beta  Number `field:"beta" doc:"slope"`
	Sigma Number `field:"sigma" doc:"standard error of the regression"`
}

// AbnormalDay is one day of the event window. Returns are shares: -0.1 is a
// fall by a tenth.
type AbnormalDay struct {
	Day       Number    `field:"day,required" doc:"trading days from the event"`
	Date      Date      `field:"date" doc:"the day"`
	AR        Number    `field:"ar,required" doc:"abnormal return"`
	T         Number    `field:"t" doc:"t statistic without forecast error"`
	TForecast Number    `field:"t_forecast" doc:"t statistic with forecast error"`
	CAR       Number    `field:"car" doc:"sum of the abnormal returns from the first day to this one"`
	Low       Number    `field:"low" doc:"lower end of the confidence band of car"`
	High      Number    `field:"high" doc:"upper end of the confidence band of car"`
	Flag      PointFlag `field:"flag" doc:"as in a series"`
}

// CARWindow is a cumulative abnormal return.
type CARWindow struct {
	From      Number `field:"from,required" doc:"first day"`
	To        Number `field:"to,required" doc:"last day"`
	CAR       Number `field:"car,required" doc:"sum of the abnormal returns"`
	T         Number `field:"t" doc:"t statistic without forecast error"`
	TForecast Number `field:"t_forecast" doc:"t statistic with forecast error"`
	Low       Number `field:"low" doc:"lower end of the confidence interval of car"`
	High      Number `field:"high" doc:"upper end of the confidence interval of car"`
}

// StudyInput is a file from which a study was computed. When it lies in
// PrivateSeries, "dossier check" computes the study again.
type StudyInput struct {
	Role       InputRole  `field:"role" doc:"subject or benchmark"`
	Title      string     `field:"title,required" doc:"what it is"`
	SHA256     string     `field:"sha256,required" doc:"of the file"`
	Source     Ref        `field:"source" ref:"sources" doc:"where it comes from"`
	Adjustment Adjustment `field:"adjustment" doc:"none, split, total-return or additive"`
	File       string     `field:"file" doc:"its name in data/series/private, when somebody has it: a CSV with the column date"`
	Column     string     `field:"column" doc:"the column of the values; close by default, else value"`
}

// InputRole says what an input of a study is.
type InputRole string

// The roles of inputs.
const (
	SubjectInput   InputRole = "subject"
	BenchmarkInput InputRole = "benchmark"
)

// Values lists the roles of inputs.
func (InputRole) Values() []string { return []string{"subject", "benchmark"} }
