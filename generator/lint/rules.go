package lint

import (
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/markdown"
)

// Rules describes every diagnostic that Check can give, those about the
// Markdown of texts included.
func Rules() []diag.Rule { return append(own(), markdown.Rules()...) }

func own() []diag.Rule {
	warn := func(code, summary, help string) diag.Rule {
		return diag.Rule{Code: code, Severity: diag.Warning, Summary: summary, Help: help}
	}
	note := func(code, summary, help string) diag.Rule {
		return diag.Rule{Code: code, Severity: diag.Note, Summary: summary, Help: help}
	}
	return []diag.Rule{
		{Code: "unknown-reference", Severity: diag.Error, Fixed: true, Summary: "a citation or record link that leads nowhere", Help: `
Texts cite sources as [@source-id] or [@source-id, page 12] and link to records as [[id]] or
[[id|other words]]. The id must be that of a record; only sources can be cited.`},
		warn("no-source", "a record that rests on no source", `
A reader must be able to check every claim. Name the news item or document it rests on:

    sources: [ofac-list-2025-12, {id: csl-2022-05, at: row 30946}]`),
		warn("no-authority", "a measure without the body that imposed it", `
A legal act has an author. If nobody can be named, it may be a reported plan, which is an event.`),
		warn("no-citation", "a measure without an official citation", `
Give the place in the gazette (84 FR 54002), the number of the act, or the number of the list entry under
list_id, so that a reader finds the text itself.`),
		warn("no-target", "a measure that names nobody", `
Name its targets. An act against a class of companies says so with target_basis: class.`),
		warn("undated-measure", "a measure without any date", `
Without a date the status of a measure is unknown. If nothing says when it was decided, perhaps it was only
reported: then it is an event.`),
		warn("unanswered-allegation", "an allegation that nobody could answer", `
Whoever is accused has a right of reply. An allegation is answered by a response, a denial or a refusal to
comment, which stands beside it, or by our own dated request:

    reply: {asked: 2026-03-02, due: 2026-03-16, outcome: no_answer}

That somebody had not yet commented when an article was written answers nothing.`),
		warn("no-archive", "a news item without an archived copy", `
Pages vanish and change. Keep the address of a copy in a public archive, and when it was made:

    archive: {url: "https://...", captured: 2022-05-10}`),
		warn("unfindable-source", "a source that nobody could find", `
State at least one of url, citation, number, publisher, container and archive.`),
		warn("draft", "a record that is left out because it is a draft", `
Drafts are checked but never built. Delete the line when the record is done.`),
		warn("unreviewed", "a record that nobody has reviewed", `
A second pair of eyes has not compared the record with its sources. Whoever does writes the name:

    reviewed_by: [A. Editor]`),
		warn("unused", "a record that nothing refers to", `
Nothing names the record, so no reader would meet it. Refer to it, or delete it.`),
		warn("unrepeatable-check", "a search that nobody could repeat", `
A check says that a list was searched and somebody was not on it. That holds for one state of the list, so its
source says which file was searched: by its fingerprint, or by a copy in an archive.

    sha256: 80e780b91b7b50e193c0077b17d75ec6f6dbd8223ae0bd54b343d297db5e767f`),
		warn("contradicted-check", "a search that found nothing, against a measure", `
A check says that somebody was not on a list, and a measure under the same program names them and acts on
the same days. One of the two is wrong, or the check has another date.`),
		warn("series-licence", "a series that is shown against its licence", `
Prices and indices mostly may not be passed on. State the licence. With redistributable: display only the
picture is published; with redistributable: no nothing of the points is, and they must not lie in the project.`),
		{Code: "study-differs", Severity: diag.Error, Summary: "a recorded study that comes out otherwise", Help: `
The files from which the study was computed lie in data/series/private, and computed again from them a
number is another than the recorded one. As many digits behind the point are compared as are recorded.
Without the files the recorded numbers must still agree with one another: abnormal returns add up to the
cumulative ones, and a t statistic is a return by sigma.`},
		{Code: "conversion-differs", Severity: diag.Error, Summary: "a converted value that comes out otherwise", Help: `
A value of basis: converted is the figure by the rate, as far as the digits that are recorded go. Where the report
holds series of rates (unit: CNY per EUR) that rest on the source of the rate, the rate must be that of its day:
through the common currency when need be. On a day without rates the last one published before stands in,
for a week at most, and rate_date names its day.

    equivalents:
      - {value: 5.78, unit: USD, basis: converted, rate: 6.6185, rate_date: 2022-05-05, source: ecb-rates}`},
		warn("study-caveat", "a study that is shown without what limits it", `
A day on which the price stood at the limit of the exchange has no true return, so a caveat must say it. And
day 0 cannot lie before the event.`),
		warn("study-input", "an input of a study that is not what was recorded", `
Files of quotes that may not be passed on lie in data/series/private, where nothing is published and which
belongs into .gitignore. A study names them by file: and says by sha256: which they are. When they are
there, "dossier check" computes the study again; when they are not, it says nothing:

    inputs:
      - {role: subject, title: Closes of Acme, file: acme.csv, column: close, sha256: 3b47...}
      - {role: benchmark, title: Closes of the index, file: index.csv, sha256: a8a5...}

The files are CSV with a column date (2022-05-04 or 2022/5/4).`),
		warn("narrower-audience", "a record that names what its readers may not see", `
The named record is dropped for these readers, but its id stays in this one and tells them that it exists.`),
		warn("later-embargo", "a record that names what may not appear yet", `
Until the embargo ends the named record is left out, but its id stays in this one and tells readers that it
is to come.`),
		warn("unused-term", "a translation of a text that no record uses", `
A term in data/terms is found by its text in the report's first language, letter by letter. Nothing in the
report has this text any more, or it is misspelt.`),
		note("untranslated", "metrics without a translation", `
The report has pages in this language, and they show the names of these metrics in the report's first
language. Names, units and places in sources that are plain texts are translated in data/terms, one line for
each, with a column for each language:

    # data/terms/metrics.csv
    en,fr
    total operating revenue,chiffre d’affaires total`),
		warn("unused-exception", "an exception that is not needed any more", `
The record does not break the rule, so the exception says what is not so. Delete it.`),
	}
}
