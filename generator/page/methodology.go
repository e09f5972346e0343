package page

import (
	"slices"

	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

// methodology fills the page on how the records are kept: the report's own
// words, then the rules in force, the vocabulary and the grades.
func (c *composer) methodology() {
	body := &Methodology{Front: c.own(methodologyPath, TemplateMethodology, "methodology")}
	p, v := c.page, c.site.v
	p.Methodology = body
	body.Rules = c.rulesInForce()
	c.section(SectionRules, len(body.Rules), len(body.Rules) > 0)
	words := map[string]int{}
	for _, m := range v.Measures() {
		words[m.Status.Name()]++
	}
	for _, word := range statusWords {
		body.Statuses = append(body.Statuses, Count{word, words[word]})
	}
	certainties := map[string]int{}
	for _, e := range v.Events() {
		certainties[string(e.Certainty)]++
	}
	for _, certainty := range model.Certainty("").Values() {
		body.Certainties = append(body.Certainties, Count{certainty, certainties[certainty]})
	}
	c.section(SectionStatuses, 0, true)
	body.Grades = c.grades()
	c.section(SectionGrades, 0, len(body.Grades) > 0)
	c.section(SectionLeftOut, len(p.Report.LeftOut), len(p.Report.LeftOut) > 0)
	c.section(SectionRevisions, len(body.Front.Revisions), len(body.Front.Revisions) > 0)
	c.end()
}

// rulesInForce are the rules that the caller knows, with what dossier.yaml
// changes of them.
func (c *composer) rulesInForce() []RuleInForce {
	excepted := map[string]int{}
	for _, item := range c.site.records() {
		for _, x := range item.Rec().Exceptions {
			excepted[x.Rule]++
		}
	}
	var out []RuleInForce
	for _, rule := range c.rules {
		r := RuleInForce{
			Anchor: "rule-" + rule.Code, Code: rule.Code, Summary: c.tagged(rule.Summary, "en"), Severity: rule.Severity.String(),
			Usual: rule.Severity.String(), Fixed: rule.Fixed,
		}
		if !rule.Fixed {
			r.Excepted = excepted[rule.Code]
			c.changed(&r, rule)
		}
		out = append(out, r)
	}
	return out
}

func (c *composer) changed(r *RuleInForce, rule diag.Rule) {
	for _, set := range c.site.v.Settings.Rules {
		if set.Rule == rule.Code {
			r.Severity = set.Severity.String()
			r.Changed = set.Severity != rule.Severity
			r.Reason = c.tagged(set.Reason, c.site.first)
		}
	}
}

// grades counts records by what they rest on, the best grade first. Records
// that have no grade by their nature, such as files, are not counted.
func (c *composer) grades() []GradeRow {
	counts := map[string]map[string]int{}
	for _, item := range c.site.records() {
		rec := item.Rec()
		if rec.Kind == model.KindFile {
			continue
		}
		grade := string(rec.Confidence)
		if counts[grade] == nil {
			counts[grade] = map[string]int{}
		}
		counts[grade][kindOf(item)]++
	}
	kinds := []string{"entity", "measure", "event", "program", "source", "statement", "link", "figure", "series", "study"}
	var out []GradeRow
	for _, grade := range gradeOrder {
		row := GradeRow{Grade: grade}
		for _, kind := range kinds {
			if n := counts[grade][kind]; n > 0 {
				row.Kinds = append(row.Kinds, Count{kind, n})
				row.N += n
			}
		}
		if row.N > 0 {
			out = append(out, row)
		}
	}
	return slices.Clip(out)
}

// contact fills the page on who answers for the report and how to reach them.
func (c *composer) contact() {
	body := &ContactPage{Front: c.own(contactPath, TemplateContact, "contact")}
	p := c.page
	p.Contact = body
	r := p.Report
	c.section(SectionPublisher, 0, r.Publisher != Publisher{})
	c.section(SectionMistake, 0, r.Contact != Contact{} || p.Correct.Href != "")
	c.section(SectionLicence, 0, r.Licence != Licence{})
	c.section(SectionRevisions, len(body.Front.Revisions), len(body.Front.Revisions) > 0)
	c.end()
}
