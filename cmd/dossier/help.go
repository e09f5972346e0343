package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator"
	"github.com/dossier-report/dossier/generator/diag"
	"github.com/dossier-report/dossier/generator/model"
)

func helpCommand() command {
	return command{
		name: "help", args: "[COMMAND | KIND | CODE | chart | rules | settings | terms]",
		summary: "explain a command, the fields of a kind of record, or a finding",
		help:    `Without an argument, it lists the commands and the kinds of records.`,
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			if len(rest) == 0 {
				a.overview(a.stdout)
				return nil
			}
			if err := noMore(rest[1:]); err != nil {
				return err
			}
			return a.help(rest[0])
		},
	}
}

func versionCommand() command {
	return command{
		name: "version", summary: "print the version",
		run: func(a *app, flags *flag.FlagSet, args []string) error {
			rest, err := parse(flags, args)
			if err != nil {
				return err
			}
			if err := noMore(rest); err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.stdout, "dossier", generator.Version)
			return err
		},
	}
}

// overview is what the program can do, in a screen.
func (a *app) overview(w io.Writer) {
	fmt.Fprint(w, "Dossier turns a folder of curated records into a static site.\n\nUsage: dossier COMMAND\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nKinds of records, for \"dossier help KIND\":\n\n")
	for _, k := range kinds() {
		fmt.Fprintf(w, "  %-10s %s\n", k.Singular(), kindSummary(k))
	}
	fmt.Fprint(w, "\n\"dossier help settings\" explains dossier.yaml, \"dossier help chart\" the charts in texts, \"dossier help terms\" translations of\nshort texts, \"dossier help rules\" lists all findings.\n")
}

func kinds() []model.Kind { return append(model.Kinds(), model.KindStatement) }

func kindSummary(k model.Kind) string {
	return map[model.Kind]string{
		model.KindEntity:    "data/entities: companies, organisations, people, public bodies",
		model.KindMeasure:   "data/measures: legal acts against somebody",
		model.KindEvent:     "data/events: reports, statements, court steps, corporate and market events",
		model.KindProgram:   "data/programs: legal regimes",
		model.KindSource:    "data/sources and content/news: documents and news items",
		model.KindLink:      "data/links: ownership, directorship, other ties",
		model.KindSeries:    "data/series: time series, with their points in CSV files beside",
		model.KindFigure:    "data/figures, and inside sources: single observations",
		model.KindStudy:     "data/studies: recorded event studies",
		model.KindFile:      "data/files/files.yaml: attachments",
		model.KindProse:     "content: pages of text",
		model.KindStatement: "inside sources: who said what",
	}[k]
}

func (a *app) help(topic string) error {
	for _, c := range commands() {
		if c.name == topic {
			return a.call(c, []string{"--help"})
		}
	}
	for _, k := range kinds() {
		if topic == k.Singular() || topic == string(k) {
			fmt.Fprintf(a.stdout, "%s\n\nA field in brackets may be left out. A list of one needs no brackets; in a CSV, values are\nseparated by semicolons.\n\n", kindSummary(k))
			printFields(a.stdout, model.Fields(k), 1)
			return nil
		}
	}
	rules := generator.Rules()
	switch topic {
	case "settings", "dossier.yaml":
		fmt.Fprint(a.stdout, "dossier.yaml: settings of the report\n\n")
		printFields(a.stdout, model.SettingsFields(), 1)
		return nil
	case "terms", "data/terms":
		fmt.Fprint(a.stdout, termsHelp)
		return nil
	case "chart":
		chartHelp(a.stdout)
		return nil
	case "rules":
		for _, r := range rules {
			fixed := ""
			if r.Fixed {
				fixed = ", fixed"
			}
			fmt.Fprintf(a.stdout, "%-22s %s (%s%s)\n", r.Code, r.Summary, r.Severity, fixed)
		}
		return nil
	}
	if i := slices.IndexFunc(rules, func(r diag.Rule) bool { return r.Code == topic }); i >= 0 {
		printRule(a.stdout, rules[i])
		return nil
	}
	var known []string
	for _, c := range commands() {
		known = append(known, c.name)
	}
	for _, k := range kinds() {
		known = append(known, k.Singular())
	}
	for _, r := range rules {
		known = append(known, r.Code)
	}
	return &usageError{msg: fmt.Sprintf("no help on %q", topic), hint: diag.DidYouMean(topic, append(known, "chart", "rules", "settings", "terms"))}
}

// chartHelp explains the charts that a text can hold.
func chartHelp(w io.Writer) {
	fmt.Fprint(w, "Charts in texts\n\nIn any Markdown of a report, pages as well as fields of records, a fenced block with the word chart draws a chart\n"+
		"where it stands. Its lines are YAML:\n\n"+
		"    ```chart\n    kind: price\n    series: acme-close\n    from: 2022-04-01\n    to: 2022-06-30\n    events: [acme-plan-2022-05]\n    title: The shares fell on the first trading day after the report\n    ```\n\n"+
		"The drawing comes with its description, table, sources and downloads. Where the records it names do not belong to a\n"+
		"view (a day in the past, a narrower audience), they are left out of it. Titles and remarks are texts, or mappings of\n"+
		"languages to texts. \"dossier check\" draws every chart, and says at the option what is wrong.\n\n"+
		"A field in brackets may be left out. A list of one needs no brackets.\n")
	docs := model.ChartDocs()
	for _, d := range docs {
		fmt.Fprintf(w, "\nkind: %s\n    %s\n\n", d.Kind, d.Doc)
		printFields(w, slices.DeleteFunc(slices.Clone(d.Fields), func(f model.FieldDoc) bool { return f.Common }), 2)
	}
	fmt.Fprint(w, "\nOptions of every kind:\n\n")
	printFields(w, slices.DeleteFunc(slices.Clone(docs[0].Fields), func(f model.FieldDoc) bool { return !f.Common }), 2)
}

const termsHelp = `data/terms: translations of short texts

Pages of a report in several languages translate what the theme knows: dates, statuses, currencies,
"percent", "page 12". Other short texts that records hold in one language (metrics, units, places in
sources, roles, sectors) stand here, one line for each and a column for each language, in CSV or as
a YAML list. The text in the report's first language is the one that the records have.

    # data/terms/metrics.csv
    en,fr
    total operating revenue,chiffre d’affaires total

A field that takes a mapping of languages, such as summary, may hold its own translations instead.
`

func printRule(w io.Writer, r diag.Rule) {
	fmt.Fprintf(w, "%s: %s\n", r.Code, r.Summary)
	fmt.Fprintf(w, "%s\n", strings.TrimRight(r.Help, "\n"))
	if r.Fixed {
		fmt.Fprintf(w, "\nThis is an %s, and cannot be silenced.\n", r.Severity)
		return
	}
	fmt.Fprintf(w, `
This is %s %s. dossier.yaml changes that for the whole report:

    rules:
      %s: {severity: note, reason: ...}

and a record makes an exception for itself:

    exceptions:
      - {rule: %s, reason: ...}
`, article(r.Severity.String()), r.Severity, r.Code, r.Code)
}

func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an"
	}
	return "a"
}

func printFields(w io.Writer, fields []model.FieldDoc, depth int) {
	indent := strings.Repeat("  ", depth)
	common := false
	for _, f := range fields {
		if f.Common && !common && depth == 1 {
			common = true
			fmt.Fprint(w, "\nFields of every record:\n\n")
		}
		name := f.Name
		if !f.Required {
			name = "[" + name + "]"
		}
		fmt.Fprintf(w, "%s%-*s %s\n", indent, 24-2*depth, name, f.Doc)
		if len(f.Values) > 6 {
			printList(w, indent+strings.Repeat(" ", 25-2*depth), f.Values)
		}
		printFields(w, f.Fields, depth+1)
	}
}

// printList prints words with commas between them, on lines of at most 100
// columns.
func printList(w io.Writer, indent string, words []string) {
	line := indent
	for i, word := range words {
		if i < len(words)-1 {
			word += ", "
		}
		if len(line)+len(word) > 100 && line != indent {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line = indent
		}
		line += word
	}
	fmt.Fprintln(w, line)
}

func (a *app) commandHelp(w io.Writer, c command, flags *flag.FlagSet) {
	fmt.Fprintf(w, "Usage: dossier %s %s\n\n%s%s.\n", c.name, c.args, strings.ToUpper(c.summary[:1]), c.summary[1:])
	if c.help != "" {
		fmt.Fprintf(w, "\n%s\n", c.help)
	}
	any := false
	flags.VisitAll(func(f *flag.Flag) {
		if !any {
			fmt.Fprintln(w)
			any = true
		}
		name, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(w, "  --%-18s %s\n", strings.TrimSpace(f.Name+" "+name), usage)
	})
}
