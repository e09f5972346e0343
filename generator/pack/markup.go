package pack

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// style looks for addresses in a style sheet.
func (i *inspector) style(name, text string) {
	for _, address := range styleAddresses(text) {
		i.loads(name, "a style", address)
	}
	low := lowerASCII(unescapeStyle(dropComments(text)))
	for _, call := range []string{"@import", "image-set(", "src("} {
		if strings.Contains(low, call) {
			i.find(CodeOutside, name, "has %s in a style, which could load from elsewhere", strings.TrimSuffix(call, "("))
		}
	}
}

// styleAddresses are the addresses in url() of a style sheet.
func styleAddresses(text string) []string {
	text = unescapeStyle(dropComments(text))
	low := lowerASCII(text)
	var out []string
	for at := 0; ; {
		n := strings.Index(low[at:], "url(")
		if n < 0 {
			return out
		}
		at += n + len("url(")
		end := strings.IndexByte(text[at:], ')')
		if end < 0 {
			end = len(text) - at
		}
		if address := strings.Trim(strings.TrimSpace(text[at:at+end]), "\"'"); address != "" {
			out = append(out, address)
		}
	}
}

// lowerASCII keeps every byte in its place, which strings.ToLower does not.
func lowerASCII(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func dropComments(text string) string {
	var b strings.Builder
	for {
		start := strings.Index(text, "/*")
		if start < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:start])
		end := strings.Index(text[start+2:], "*/")
		if end < 0 {
			return b.String()
		}
		b.WriteByte(' ')
		text = text[start+2+end+2:]
	}
}

// unescapeStyle resolves the escapes of CSS, so that nothing hides in them.
func unescapeStyle(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		n := strings.IndexByte(text, '\\')
		if n < 0 || n+1 == len(text) {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:n])
		text = text[n+1:]
		digits := 0
		for digits < 6 && digits < len(text) && strings.IndexByte("0123456789abcdefABCDEF", text[digits]) >= 0 {
			digits++
		}
		if digits == 0 {
			r, size := utf8.DecodeRuneInString(text)
			b.WriteRune(r)
			text = text[size:]
			continue
		}
		code, _ := strconv.ParseUint(text[:digits], 16, 32) // it is hexadecimal
		b.WriteRune(rune(code))
		text = strings.TrimPrefix(text[digits:], " ")
	}
	return b.String()
}

// markup looks into a drawing or a feed, which a browser may open by itself:
// it must not hold what is run or loaded.
func (i *inspector) markup(name string, text []byte) {
	i.fixtures[name] = true
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			i.find(CodeUnreadable, name, "is not XML that can be looked into")
			return
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(t)), []byte("DOCTYPE")) {
				i.find(CodeActive, name, "has a document type, which could load from elsewhere")
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				i.find(CodeActive, name, "has an instruction %s", shown(t.Target))
			}
		case xml.StartElement:
			i.markupElement(name, ext(name) == ".svg", t)
		}
	}
}

var errCharset = xml.UnmarshalError("it is not UTF-8")

func (i *inspector) markupElement(name string, drawing bool, e xml.StartElement) {
	space, local := strings.ToLower(e.Name.Space), strings.ToLower(e.Name.Local)
	switch {
	case strings.Contains(space, "xhtml"), strings.Contains(space, "xslt"), strings.Contains(space, "xbl"),
		local == "script", local == "foreignobject", local == "handler":
		i.find(CodeActive, name, "has an element <%s>", shown(e.Name.Local))
		return
	}
	svg := drawing || strings.Contains(space, "svg")
	for _, a := range e.Attr {
		key := strings.ToLower(a.Name.Local)
		switch {
		case key == "id":
			i.anchor(name, a.Value)
		case !svg:
		case strings.HasPrefix(key, "on"):
			i.find(CodeActive, name, "has an attribute %s, which is a script", shown(key))
		case key == "href" && local == "a":
			i.leads(name, a.Value)
		case key == "href" || key == "src":
			i.loads(name, "<"+shown(local)+">", a.Value)
		case strings.Contains(strings.ToLower(a.Value), "url("):
			i.style(name, a.Value)
		}
	}
}
