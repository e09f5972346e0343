package proof

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"

	"github.com/dossier-report/dossier/generator"
)

// paperWidth is that of a sheet of A4 without its margins, in px.
const paperWidth = 680

// TestPrint prints every kind of page, as a reader does who has chosen dark:
// black on white, without navigation, with the facts of the foot. With -shots
// the PDFs are kept.
func TestPrint(t *testing.T) {
	if *shots {
		if err := discard("pdf"); err != nil {
			t.Fatal(err)
		}
	}
	each(t, sharedBrowser(t), few(t), func(tab *tab, s sample) []string {
		if problems := tab.visit(s.url, s.file); len(problems) > 0 {
			return problems
		}
		// The reader's own choice weighs more than that of the system.
		choice := `document.documentElement.setAttribute("data-theme", "dark")`
		if err := chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](choice)); err != nil {
			return []string{err.Error()}
		}
		if err := tab.set(screen{width: paperWidth, height: 960, dark: true, print: true}); err != nil {
			return []string{err.Error()}
		}
		words, dates := footFacts(s)
		out := tab.asked("printed", words, dates)
		for _, problem := range tab.asked("overflow") {
			out = append(out, "on paper: "+problem)
		}
		pdf, err := chromedp.Run(tab.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			return append(out, err.Error())
		}
		if n := len(pdfPage.FindAll(pdf, -1)); n == 0 {
			out = append(out, "the PDF has no pages")
		}
		if *shots {
			if err := keep(s, s.label()+".pdf", pdf); err != nil {
				return append(out, err.Error())
			}
		}
		return append(out, textOf(pdf, words)...)
	})
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// footFacts are the words, and the dates, that every page ends with.
func footFacts(s sample) (words, dates []string) {
	words = []string{generator.Version, s.settings.Licence.Name, s.settings.Contact.Email}
	dates = []string{}
	if s.date != "" { // a report without any record has no day
		dates = []string{s.date}
	}
	return words, dates
}

// textOf looks into the text of a PDF where pdftotext is installed.
func textOf(pdf []byte, words []string) []string {
	program, err := exec.LookPath("pdftotext")
	switch {
	case err != nil && os.Getenv("CI") != "": // which has installed it
		return []string{err.Error()}
	case err != nil:
		return nil
	}
	cmd := exec.Command(program, "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil {
		return []string{"pdftotext: " + err.Error()}
	}
	var out []string
	for _, w := range words {
		if !strings.Contains(letters(string(text)), letters(w)) {
			out = append(out, "the PDF does not say "+w)
		}
	}
	return out
}

// letters leaves out what a line break may add or take away.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// discard removes what an earlier run has kept.
func discard(ext string) error {
	old, err := filepath.Glob("shots/*/*." + ext)
	for _, name := range old {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// keep writes a file for a human to look at.
func keep(s sample, name string, data []byte) error {
	dir := filepath.Join("shots", s.name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), data, 0o644)
}
