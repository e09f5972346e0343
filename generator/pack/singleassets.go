package pack

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"path"
	"strings"
)

//go:embed single.css
var singleStyle string

//go:embed singleplain.css
var plainStyle string

//go:embed single.js
var singleScript string

// style is everything that the pages have as style sheets.
func (m *merger) style(frames []singleFrame) (string, error) {
	var b strings.Builder
	for _, name := range m.styles {
		text, err := m.tree.Read(name)
		if err != nil {
			return "", err
		}
		full, err := m.embedFiles(name, string(text))
		if err != nil {
			return "", err
		}
		b.WriteString(full)
		b.WriteByte('\n')
		m.shares["styles"] += int64(len(text))
	}
	b.WriteString(singleStyle)
	m.shares["styles"] += int64(len(singleStyle))
	for _, f := range frames { // a frame is shown with the pages of its language
		fmt.Fprintf(&b, "html[data-one=\"%s\"] .one-frame:not([lang=\"%s\"]) { display: none; }\n", f.lang, f.lang)
		fmt.Fprintf(&b, "html[data-one=\"%s\"][data-all] .one[lang=\"%s\"] { display: block; }\n", f.lang, f.lang)
	}
	return safeStyle(b.String()), nil
}

// plainStyle is the style of the file where no script runs.
func (m *merger) plainStyle(frames []singleFrame) string {
	var b strings.Builder
	b.WriteString(plainStyle)
	m.shares["styles"] += int64(len(plainStyle))
	for i, f := range frames {
		all := cssID(f.all())
		within := fmt.Sprintf(`:has(> main > .one[lang="%s"]:target, .one[lang="%s"] :target, > %s:target)`, f.lang, f.lang, all)
		fmt.Fprintf(&b, "body:has(> .one-end)%s .one-frame:not([lang=\"%s\"]) { display: none; }\n", within, f.lang)
		if i > 0 {
			fmt.Fprintf(&b, "body:not(:has(> .one-end)) .one-frame[lang=\"%s\"], body:has(> .one-end):not(%s) .one-frame[lang=\"%s\"] { display: none; }\n", f.lang, within, f.lang)
		}
		fmt.Fprintf(&b, "body:has(> %s:target) .one[lang=\"%s\"].one { display: block; }\n", all, f.lang)
		fmt.Fprintf(&b, "body:has(> %s:target) .one-home:not([lang=\"%s\"]) { display: none; }\n", all, f.lang)
	}
	return safeStyle(b.String())
}

// safeStyle keeps a style from ending before its end: in a string of CSS "/" may
// be escaped.
func safeStyle(text string) string { return strings.ReplaceAll(text, "</", `<\/`) }

// cssID is an id as a selector.
func cssID(id string) string { return "#" + strings.ReplaceAll(id, "~", `\~`) }

// embedFiles puts what a style loads into it.
func (m *merger) embedFiles(name, text string) (string, error) {
	for _, address := range styleAddresses(text) {
		to, ok := m.tree.target(name, address)
		if !ok {
			continue // the check of the file will say so
		}
		data, err := m.tree.Read(to)
		if err != nil {
			return "", err
		}
		text = strings.ReplaceAll(text, address, dataAddress(to, data))
		m.shares["fonts"] += int64(base64.StdEncoding.EncodedLen(len(data)))
	}
	return text, nil
}

func dataAddress(name string, data []byte) string {
	kind := map[string]string{
		".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2",
	}[ext(name)]
	return "data:" + cmp.Or(kind, "application/octet-stream") + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// script is what runs before the pages are there, and after: the first script
// of the pages sets the colours; the others work on what is there.
func (m *merger) script() (first, rest string, err error) {
	var b strings.Builder
	for i, name := range m.scripts {
		text, err := m.tree.Read(name)
		if err != nil {
			return "", "", err
		}
		m.shares["scripts"] += int64(len(text))
		if i == 0 {
			first = safeScript(string(text))
			continue
		}
		b.Write(text)
		b.WriteString("\n;\n")
	}
	if err := m.indexes(&b); err != nil {
		return "", "", err
	}
	b.WriteString(singleScript)
	m.shares["scripts"] += int64(len(singleScript))
	return first, safeScript(b.String()), nil
}

// indexes puts the files of each index where the page that searches it looks
// for them.
func (m *merger) indexes(b *strings.Builder) error {
	b.WriteString("window.Dossier.embedded = {};\n")
	for _, page := range m.names {
		dir := m.searches[page]
		if dir == "" {
			continue
		}
		fmt.Fprintf(b, "window.Dossier.embedded[%s] = {};\n", line(m.keys[page]+"~"))
		for _, name := range m.tree.Names() {
			if path.Dir(name) != dir || ext(name) != ".js" {
				continue
			}
			text, err := m.tree.Read(name)
			if err != nil {
				return err
			}
			m.shares["the index of the search"] += int64(len(text))
			fmt.Fprintf(b, "window.Dossier.embedded[%s][%s] = function (Dossier) {\n%s\n};\n", line(m.keys[page]+"~"), line(strings.TrimSuffix(path.Base(name), ".js")), text)
		}
	}
	return nil
}

// licences are those of fonts and scripts, which ask to stay with them.
func (m *merger) licences() (string, error) {
	var b strings.Builder
	for _, name := range m.tree.Names() {
		if !strings.HasPrefix(name, "assets/") || ext(name) != ".txt" {
			continue
		}
		text, err := m.tree.Read(name)
		if err != nil {
			return "", err
		}
		m.shares["licences of fonts and scripts"] += int64(len(text))
		// No comment may hold "--", nor end early.
		fmt.Fprintf(&b, "<!-- %s\n\n%s\n-->\n", name, strings.NewReplacer("--", "- -", ">", "&gt;").Replace(string(text)))
	}
	return b.String(), nil
}

// safeScript keeps a script from ending before its end.
func safeScript(text string) string {
	return strings.NewReplacer("</script", `<\/script`, "</SCRIPT", `<\/SCRIPT`, "<!--", `<\!--`).Replace(text)
}

func hashOf(text string) string {
	s := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(s[:]) + "'"
}
