package site

import "github.com/dossier-report/dossier/generator/diag"

// The codes of the diagnostics of this package.
const (
	CodeSetting     = "hugo-setting"
	CodeNoTemplate  = "template-missing"
	CodeSyntax      = "template-syntax"
	CodeTemplate    = "template-error"
	CodeForbidden   = "template-forbidden"
	CodeErrorf      = "template-errorf"
	CodeWarnf       = "template-warnf"
	CodeUnstable    = "template-unstable"
	CodeMissingWord = "i18n-missing"
	CodeFallback    = "i18n-fallback"
	CodeWords       = "i18n-file"
	CodePath        = "site-path"
	CodeCollision   = "site-collision"
	CodeUnreadable  = "theme-file"
	CodeNotRegular  = "theme-link"
	CodeHugo        = "hugo"
	CodeHugoWarning = "hugo-warning"
)

// Rules describes every diagnostic that this package can give.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Code: CodeSetting, Fixed: true, Summary: "a setting of Hugo that a project cannot make",
			Help: "Under `hugo` in dossier.yaml stand settings that are passed on to Hugo. Only a few can be: those that change neither what a site contains nor what a template may do. `dossier help settings` lists them."},
		{Code: CodeNoTemplate, Fixed: true, Summary: "a kind of page without a layout",
			Help: "Every page is rendered with the layout of its kind: `layouts/entity.html` for entities, and so on. The theme has none of that name. Add it to the theme, or to `layouts` of the project."},
		{Code: CodeSyntax, Fixed: true, Summary: "a template that cannot be read",
			Help: "A template breaks the rules of Go templates: a brace or an `end` is missing, or a function does not exist. Go names the line, not the column; the mistake may begin earlier."},
		{Code: CodeTemplate, Fixed: true, Summary: "a template that fails",
			Help: "A template was rendered and failed: a field does not exist, a value is nil, or a function was called with the wrong arguments. The place is the innermost template; the places after it say who called it. The fields of a page are documented in generator/page."},
		{Code: CodeForbidden, Fixed: true, Summary: "a function that templates cannot use",
			Help: "Templates cannot run programs, read files outside of layouts, assets and i18n, use the network, or make two builds differ. Most of that is simply not there for them. These functions would get round it: `js.Build`, `js.Batch`, `js.Babel`, `css.Build`, `css.Sass`, `css.PostCSS`, `css.TailwindCSS` and `transform.ToMath`; `math.Rand`, `math.Counter` and `shuffle`; `templates.Defer` and `resources.PostProcess`, because pages are written as they come. Bundle scripts and styles beforehand, or join them with `resources.Concat`."},
		{Code: CodeErrorf, Fixed: true, Summary: "a template reports an error",
			Help: "A template called `errorf`. What is wrong is for the theme to say."},
		{Code: CodeWarnf, Severity: diag.Warning, Summary: "a template reports a warning",
			Help: "A template called `warnf`. What is wrong is for the theme to say."},
		{Code: CodeUnstable, Fixed: true, Summary: "a resource that changes from page to page",
			Help: "A template publishes a resource whose bytes depend on the page that happens to be rendered first. The site would change with the order of pages. Give each its own name, or make it from the theme's files alone."},
		{Code: CodeMissingWord, Severity: diag.Warning, Summary: "a word that no translation has",
			Help: "A template asks for a translation with `T`, and neither the page's language nor English has it, so nothing is shown. Add it to `i18n/en.yaml`. A template that can do without it says so: `T \"key\" | default \"…\"`."},
		{Code: CodeFallback, Severity: diag.Note, Summary: "words that are shown in English",
			Help: "Some words of the theme have no translation into a language of the report and are shown in English. Put them into `i18n/LANGUAGE.yaml` of the project; it only needs the words that are missing or should be different."},
		{Code: CodeWords, Fixed: true, Summary: "a file of translations that cannot be read",
			Help: "A file in `i18n` is not YAML, TOML or JSON, or not a map of keys to texts. Its name is the language: `fr.yaml`, `zh-Hans.yaml`."},
		{Code: CodePath, Fixed: true, Summary: "a path that cannot be in a site",
			Help: "The path of a page or of a published file must be relative, without characters that mean something in addresses or to Windows. Rename the file, or the record that gives the page its name."},
		{Code: CodeCollision, Fixed: true, Summary: "two files want one path",
			Help: "Two pages, or a page and a file of the theme, have the same path. Rename one of them."},
		{Code: CodeUnreadable, Fixed: true, Summary: "a file of theme or project cannot be read",
			Help: "A file in layouts, assets, static or i18n could not be read, or is larger than 64 MiB."},
		{Code: CodeNotRegular, Severity: diag.Warning, Summary: "a link or device among the files of theme or project",
			Help: "Only regular files are read from layouts, assets, static and i18n, so that no symbolic link can lead out of the project. Put the file itself there."},
		{Code: CodeHugo, Fixed: true, Summary: "Hugo failed",
			Help: "Hugo, which renders the pages, failed in a way that cannot be laid to a template. If no other finding explains it, it is a fault of dossier: please report it."},
		{Code: CodeHugoWarning, Severity: diag.Warning, Summary: "Hugo warns",
			Help: "Hugo, which renders the pages, has a remark, mostly that a template uses a function that will go away."},
	}
}
