package model

import "github.com/dossier-report/dossier/generator/diag"

// Rules describes every diagnostic that Build can give.
func Rules() []diag.Rule {
	fixed := func(code, summary, help string) diag.Rule {
		return diag.Rule{Code: code, Severity: diag.Error, Summary: summary, Help: help, Fixed: true}
	}
	return []diag.Rule{
		fixed("unknown-field", "a field that records of this kind do not have", `
A misspelt field would be lost without a word, so it is an error. The hint names the field that was
most likely meant; `+"`dossier help KIND`"+` lists the fields of a kind of record.`),
		fixed("missing-field", "a field is missing", `
Records of this kind cannot be understood without the field. If the value is not known, the record
may be of another kind, or part of another record.`),
		fixed("wrong-type", "a value of another form than the field takes", `
A text stands where a list or mapping is expected, or the other way round, or a field belongs to
another kind of record. A list of one may be written without brackets.`),
		fixed("unknown-value", "a word that is none of those the field takes", `
The field takes one of a few words; the hint names them, or the one that was most likely meant.`),
		fixed("unknown-kind", "a kind or schema that does not exist", `
The field `+"`kind`"+` or `+"`schema`"+` takes one of a few words; the hint names them, or the nearest one.`),
		fixed("unknown-status", "a status that does not exist", `
The status of a measure is derived from its dates. If it is stored besides, it must be one of announced,
listed, in_force, suspended, lapsed, revoked, superseded, annulled and unknown.`),
		fixed("plan-as-measure", "a reported plan stands where a measure is needed", `
A newspaper that reports a plan has not reported a decision. A plan is an event of kind report with
certainty reported; it can never be shown, counted or exported as a measure.

    # data/events/plan-2022.yaml
    title: Sanctions reported to be planned
    kind: report
    certainty: reported
    date: 2022-05-04`),
		fixed("bad-id", "an id that cannot be the name of a page", `
Ids are lower-case letters and digits, in words joined by single hyphens. They become file names, so
names that Windows reserves (con, nul, ...) and the names of our own pages (index, 404) are not allowed.`),
		fixed("reserved-page", "a page whose address the site needs", `
The lists of records have addresses such as entities/ and timeline.html, and each language has a folder. A
page of text needs another name.`),
		fixed("duplicate-id", "an id is used twice", `
All records share one space of ids, so that [[id]] and [@id] always mean one thing. Rename one of the
two, and put its old id under former_ids if it was published.`),
		fixed("duplicate-term", "a term is translated twice", `
A term is found by its text in the report's first language, so it stands in data/terms once.

    # data/terms/metrics.csv
    en,fr
    total operating revenue,chiffre d’affaires total`),
		fixed("unknown-id", "a reference leads nowhere", `
No record has this id. The hint names the nearest id of a kind that makes sense there.`),
		{Code: "unchecked-reference", Severity: diag.Note, Summary: "references that cannot be judged yet", Help: `
A file of records could not be read, or not all of it. What names its records may be right, so it is not reported
again and again; mend the file first.`},
		fixed("wrong-reference", "a reference leads to a record of the wrong kind", `
The id exists, but a record of that kind makes no sense in this field.`),
		fixed("bad-text", "a text holds characters that nobody can see", `
Control characters, bidirectional overrides and zero-width characters can make a text read differently
from what it is. They come in with copied text; delete them.`),
		fixed("bad-date", "a date that cannot be read", `
Dates are written as precisely as they are known: 2022, 2022-05, 2022-05-04. ~2022-05 is about then,
2022-05/2022-06 a range. Nothing is padded: a month is not its first day.`),
		fixed("bad-number", "a number that cannot be read", `
Numbers are written with a point and without separators: 1234567.89. In front, ~ means about, > at least
and < at most. The unit has a field of its own.`),
		fixed("bad-url", "an address that cannot be linked", `
Addresses are complete and begin with https:// or http://. No other scheme is linked, and no address may
hold a user name or password.`),
		fixed("bad-identifier", "an identifier that cannot be right", `
The number does not have the form of its register, or its check digit does not fit: a digit is wrong, or
two are swapped. Copy it again from the source.`),
		fixed("bad-country", "a country code that does not exist", `
Countries are ISO 3166-1 alpha-2 codes in lower case, as in FollowTheMoney: cn, us, gb.`),
		fixed("bad-currency", "a currency code that does not exist", `
Currencies are ISO 4217 codes: CNY, USD, EUR.`),
		fixed("bad-language", "a language tag that does not exist", `
Languages are BCP 47 tags: en, fr, zh-Hans.`),
		fixed("bad-hash", "a sha-256 of the wrong form", `
A sha-256 is written as 64 hexadecimal digits in lower case, as sha256sum prints it.`),
		{Code: "date-order", Severity: diag.Error, Summary: "dates that contradict each other", Help: `
A date lies certainly before another that it must follow, even when both are taken as imprecisely as they
are written. Look both up in the source. If they really are so, as with an act that takes effect before it
is announced, the record says why under exceptions.`},
		fixed("point-order", "points of a series out of order", `
The rows of a series are sorted by date, and no day occurs twice.`),
		fixed("status-contradiction", "a stored status that the dates contradict", `
The status of a measure is derived from its dates: announced, published, effective, ended and the
suspensions. A stored status is only a check, and it fails: either the dates are wrong, or the status is.`),
		fixed("no-unit", "a figure without a unit", `
A number alone says nothing. State the unit in which the source gives it: CNY billion, percent, points.`),
		fixed("bad-revision", "a revision that cannot be applied", `
An update names the field that changed and its value before, so that a view of an earlier day can undo
it. The earlier record must have been valid too.

    revisions:
      - {date: 2025-01-07, kind: update, field: summary, was: "The text before.", reason: New list.}`),
		fixed("unknown-audience", "an audience that dossier.yaml does not know", `
Audiences are listed in dossier.yaml, from the widest to the narrowest. A record for an unknown audience
could reach anybody, or nobody.`),
		fixed("unknown-rule", "a rule that does not exist", `
dossier.yaml or an exception names a rule that there is none of. `+"`dossier help rules`"+` lists all.`),
		fixed("fixed-rule", "a rule that cannot be changed", `
Without this rule the site could not be built, or would say what is not so. What it reports must be mended.`),
		fixed("missing-file", "a file that is not there", `
A record names a file in data/files or data/series that does not exist.`),
		fixed("file-changed", "a file is not the one that was recorded", `
The bytes of the file do not have the sha-256 that its record states: it was replaced or damaged since.`),
		{Code: "undescribed-file", Severity: diag.Warning, Summary: "a file that no record describes", Help: `
A file in data/files without a record has no rights and no audience, so it is not published. Describe it
in data/files/files.yaml, or take it out of the folder. In the same way a CSV file in data/series needs a
record in data/series/series.yaml.`},
		{Code: "personal-data", Severity: diag.Error, Summary: "a birth date without a reason", Help: `
Personal data are published only when needed, for instance to tell namesakes apart. Say why in
birth_date_reason, or leave the date out.`},
		{Code: "duplicate-identifier", Severity: diag.Error, Summary: "two entities share an identifier", Help: `
An LEI, ISIN or registration number belongs to one entity. Either one of the two records has it wrong, or
the two are one entity under two names.`},
		{Code: "duplicate-name", Severity: diag.Error, Summary: "two entities share a name or strong alias", Help: `
A name or alias must lead to one entity. If two really bear it, put it under weak_aliases of at least one:
weak aliases are shown, but never matched on.`},
		{Code: "ownership-sum", Severity: diag.Error, Summary: "shares that add up to more than the whole", Help: `
The direct shares stated for one day add up to more than 100 %, or a share alone is not possible. Shares
held through others are marked with status: indirect, sums of several owners with status: aggregate;
neither is counted.`},
	}
}
