package page

import "slices"

// CoreTemplates are the names of the layouts that a theme should not do
// without: those of home, of records and their lists, of prose, and of what is
// not there.
func CoreTemplates() []string {
	return []string{
		TemplateHome, TemplateEntity, TemplateMeasure, TemplateNewsItem, TemplateSource, TemplateEntities, TemplateMeasures, TemplateNews,
		TemplateSources, TemplateProse, TemplateTombstone, TemplateNotFound,
	}
}

// AllTemplates is what Options.Templates is for a theme that has every layout.
func AllTemplates(string) bool { return true }

func coreTemplate(name string) bool { return slices.Contains(CoreTemplates(), name) }

// templates are the names of all layouts.
func templates() []string {
	return append(CoreTemplates(),
		TemplateProgram, TemplateEvent, TemplatePrograms, TemplateTimeline, TemplatePeople, TemplateCountries, TemplateCountry,
		TemplateMethodology, TemplateChanges, TemplateContact, TemplateData, TemplateSearch, TemplateVerify, TemplateRedirect)
}
