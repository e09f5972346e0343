package site

import (
	"time"

	"github.com/bep/golocales"
	"github.com/gohugoio/go-i18n/v2/i18n"
	"github.com/gohugoio/hugo/common/htime"
	"golang.org/x/text/language"
)

// Locale writes in one language what stands where no template can: in a
// drawing, in a file. Words come from the theme and the project, numbers and
// dates are those that templates write.
type Locale struct {
	words  *i18n.Localizer
	known  translations
	format golocales.Translator
	times  htime.TimeFormatter
}

// NewLocale reads the words for a language. What is wrong with their files is
// for Render to say.
func NewLocale(opts Options, lang string) *Locale {
	r := renderer{opts: opts}
	r.load()
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English
	}
	l := &Locale{known: r.translate(lang)}
	bundle := i18n.NewBundle(tag)
	for id, m := range l.known {
		m.ID = id
		// A message without a word for every plural is given as far as it goes.
		_ = bundle.AddMessages(tag, m)
	}
	l.words = i18n.NewLocalizer(bundle, tag.String())
	l.format = golocales.New(fallback)
	for _, name := range prefixes(lang) {
		if own := golocales.New(name); own != nil {
			l.format = own
		}
	}
	l.times = htime.NewTimeFormatter(l.format)
	return l
}

// Word is the text of a key, with values put into it; "Count", an int, chooses
// the plural. A key without a text is nothing.
func (l *Locale) Word(key string, values map[string]any) string {
	if l.known[key] == nil {
		return ""
	}
	c := i18n.LocalizeConfig{MessageID: key, TemplateData: values}
	if n, ok := values["Count"]; ok {
		c.PluralCount = n
	}
	text, err := l.words.Localize(&c)
	if err != nil && c.PluralCount != nil {
		c.PluralCount = nil // a text that is the same for any number
		text, err = l.words.Localize(&c)
	}
	if err != nil {
		return ""
	}
	return text
}

// Number writes a finite number with so many digits after the point.
func (l *Locale) Number(v float64, decimals int) string { return l.format.FormatNumber(v, decimals) }

// Date writes a day in a layout of Go's package time.
func (l *Locale) Date(t time.Time, layout string) string { return l.times.Format(t, layout) }
