package model

import "github.com/dossier-report/dossier/generator/diag"

// Settings are those of dossier.yaml.
type Settings struct {
	At  diag.Span
	doc *Doc

	Title       Text          `field:"title,required" doc:"name of the report"`
	Tagline     Text          `field:"tagline" doc:"one sentence under it"`
	Finding     Markdown      `field:"finding" doc:"what the report says, in one sentence; stands first on the home page, but not in views of the past"`
	Languages   []Lang        `field:"languages" doc:"BCP 47 tags, the report's own language first; en by default"`
	BaseURL     URL           `field:"base_url" doc:"where the site will stand; only needed for absolute addresses"`
	Licence     Licence       `field:"licence" doc:"of the report's own words and tables: {name, url}"`
	Publisher   Publisher     `field:"publisher" doc:"{name, url, address}"`
	Contact     Contact       `field:"contact" doc:"{email, url}: where corrections and responses go"`
	Theme       string        `field:"theme" doc:"folder in themes; dossier by default"`
	Focus       Ref           `field:"focus" ref:"entities" doc:"the entity that the report is about"`
	Lead        Ref           `field:"lead" ref:"events,measures" doc:"the event that the home page leads with"`
	Audiences   []string      `field:"audiences" doc:"from the widest to the narrowest; the first is public"`
	Corrections string        `field:"corrections" doc:"content page that lists corrections; corrections by default"`
	Rules       []RuleSetting `field:"rules" doc:"a mapping of rule to {severity, reason}"`
	Hugo        *Node         `field:"hugo" doc:"settings of Hugo that are passed on; see help settings"`
}

// Place is where the setting at a path stands in dossier.yaml, or the nearest
// part of it that is there.
func (s Settings) Place(path string) diag.Span {
	r := Record{At: s.At, doc: s.doc}
	return r.Place(path)
}

// FirstLanguage is the report's own language.
func (s Settings) FirstLanguage() string {
	if len(s.Languages) == 0 {
		return "en"
	}
	return string(s.Languages[0])
}

// Licence is the licence of the report's own words and tables.
type Licence struct {
	Name string `field:"name,required" doc:"such as CC BY 4.0"`
	URL  URL    `field:"url" doc:"its text"`
}

// Publisher is who answers for the report.
type Publisher struct {
	Name    string `field:"name,required" doc:"name of the organisation"`
	URL     URL    `field:"url" doc:"its site"`
	Address string `field:"address" doc:"for the imprint"`
}

// Contact is where corrections and responses go.
type Contact struct {
	Email string `field:"email" doc:"address for corrections"`
	URL   URL    `field:"url" doc:"form or page for corrections"`
}

// RuleSetting raises, lowers or silences a rule for the whole report.
type RuleSetting struct {
	Rule     string
	Severity diag.Severity
	Reason   string
	At       diag.Span
}
