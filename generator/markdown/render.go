package markdown

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Renderer says what a Doc cannot know: where things are, and what they are
// called in the language of the page. The zero Renderer writes references as
// text and leaves out whatever needs words.
type Renderer struct {
	// Prefix goes before every id in the HTML, so that several texts can stand
	// in one page. It should end in a character that none of the page's own
	// ids has there.
	Prefix string

	// Cite is the number of a source in the list of the page. False writes the
	// citation as text: "[source-id, p. 12]".
	Cite func(Ref) (Reference, bool)

	// Record is where the page of a record is and how it is called. False
	// writes the text of the reference, else the id.
	Record func(Ref) (Link, bool)

	// File is the address of an attachment, relative to the page. False writes
	// the text of the link, or of the image. Without the function, the address
	// is as the author wrote it.
	File func(Ref) (href string, ok bool)

	// Block is told of a block handed on and of the offset in the HTML at which it
	// stands: nothing is written there, and the page puts between what comes
	// before and after whatever it makes of the block. False, or no function,
	// writes it as code.
	Block func(b Block, at int) bool

	Words        Words
	HeadingShift int  // added to the level of headings, which stays within 1 and 6
	Unlinked     bool // the HTML is to stand in a link, which can hold no other
}

// Reference is a source as a text cites it.
type Reference struct {
	Number int    // shown in brackets; 0 shows the Label instead
	Href   string // "#s3"; empty for no link
	Label  string // for screen readers, before the number: "Source"
}

// Link is a record as a text refers to it.
type Link struct {
	Href string // empty for no link
	Text string // name of the record, used when the author gave no text
	Lang string // of Text, when it is not that of the page
}

// Words are what the HTML says in its own words, in the language of the page.
// What is empty is not said.
type Words struct {
	Footnotes string // label of the footnotes: "Footnotes"
	Back      string // label of the way back from a footnote: "Back to the text"
}

// hole is a place in the HTML that the Renderer fills.
type hole struct {
	at   int
	kind holeKind
	n, m int
	text string
	more string // attributes, ready to be written
}

type holeKind uint8

const (
	holeNone       holeKind = iota
	holeCites               // references n to m
	holeRecord              // reference n
	holeImage               // reference n; text is the fragment
	holeFile                // reference n; text is the fragment
	holeLink                // more is all attributes
	holeAnchor              // text is the fragment, m is 1 for a heading of this text
	holeLinkEnd             // of any of the three
	holeBlock               // block n
	holeHeading             // heading n (-1 for one without an anchor) of level m
	holeHeadingEnd          // level m
	holeNote                // marker m of footnote n
	holeBack                // way back to it
	holeNotes
	holeNotesEnd
	holeNoteItem // footnote n
	holeNoteItemEnd
)

// HTML writes the text. Every id begins with the prefix, and none repeats.
func (d *Doc) HTML(r Renderer) string {
	w := page{doc: d, Renderer: r}
	w.Grow(len(d.static) + 96*len(d.holes))
	at := 0
	for _, h := range d.holes {
		w.WriteString(d.static[at:h.at])
		at = h.at
		w.fill(h)
	}
	w.WriteString(d.static[at:])
	return w.String()
}

// page is the writing of one HTML.
type page struct {
	strings.Builder
	doc *Doc
	Renderer
	linked bool // the link being written has a start tag
}

func (w *page) fill(h hole) {
	switch h.kind {
	case holeCites:
		w.cites(w.doc.refs[h.n:h.m])
	case holeRecord:
		w.record(w.doc.refs[h.n])
	case holeImage:
		ref := w.doc.refs[h.n]
		if href, ok := w.file(ref); ok {
			w.WriteString("<img" + attr("src", href+h.text) + attr("alt", ref.Text) + h.more + ">")
		} else {
			w.WriteString(escape(ref.Text))
		}
	case holeFile:
		if href, ok := w.file(w.doc.refs[h.n]); ok {
			w.startLink(attr("href", href+h.text) + h.more)
		}
	case holeLink:
		w.startLink(h.more)
	case holeAnchor:
		if h.m == 1 {
			h.text = w.Prefix + h.text
		}
		w.startLink(attr("href", "#"+h.text))
	case holeLinkEnd:
		if w.linked {
			w.WriteString("</a>")
		}
		w.linked = false
	case holeBlock:
		w.block(w.doc.blocks[h.n])
	case holeHeading:
		w.WriteString("<h" + w.level(h.m))
		if h.n >= 0 {
			w.WriteString(attr("id", w.Prefix+w.doc.heads[h.n].anchor))
		}
		w.WriteByte('>')
	case holeHeadingEnd:
		w.WriteString("</h" + w.level(h.m) + ">")
	default:
		w.footnote(h)
	}
}

func (w *page) level(written int) string {
	return strconv.Itoa(min(max(written+w.HeadingShift, 1), 6))
}

func (w *page) startLink(attrs string) {
	if w.Unlinked {
		return
	}
	w.linked = true
	w.WriteString("<a" + attrs + ">")
}

// wrap writes content that is ready as a link, if there is an address.
func (w *page) wrap(href, class, content string) {
	if href == "" || w.Unlinked {
		w.WriteString(content)
		return
	}
	w.WriteString("<a" + class + attr("href", href) + ">" + content + "</a>")
}

// cites writes the sources in one bracket, which a word joiner keeps in one
// line with or without a stylesheet.
func (w *page) cites(refs []Ref) {
	if len(refs) > 1 {
		w.WriteString(`<span class="refs">`)
		defer w.WriteString("</span>")
	}
	for i, ref := range refs {
		if i > 0 {
			w.WriteString("\u2060")
		}
		locator := ""
		if ref.Locator != "" {
			locator = ", " + escape(ref.Locator)
			if utf8.RuneCountInString(ref.Locator) > 32 {
				locator = `<span class="loc">` + locator + `</span>` // too long for one line of a telephone
			}
		}
		var source Reference
		ok := w.Cite != nil
		if ok {
			source, ok = w.Cite(ref)
		}
		switch {
		case !ok:
			w.WriteString("[" + escape(ref.ID) + locator + "]")
		case source.Number == 0:
			w.wrap(source.Href, ` class="ref"`, "["+escape(source.Label)+locator+"]")
		default:
			label := ""
			if source.Label != "" {
				label = `<span class="vh">` + escape(source.Label) + ` </span>`
			}
			w.wrap(source.Href, ` class="ref"`, label+"["+strconv.Itoa(source.Number)+locator+"]")
		}
	}
}

func (w *page) record(ref Ref) {
	var link Link
	ok := w.Record != nil
	if ok {
		link, ok = w.Record(ref)
	}
	if !ok {
		w.WriteString(escape(ref.label()))
		return
	}
	text := escape(ref.label())
	if ref.Text == "" && link.Text != "" {
		text = escape(link.Text)
		if link.Lang != "" {
			text = "<bdi" + attr("lang", link.Lang) + ">" + text + "</bdi>"
		}
	}
	w.wrap(link.Href, "", text)
}

func (w *page) file(ref Ref) (string, bool) {
	if w.File == nil {
		return (&address{path: ref.ID}).href(), true
	}
	return w.File(ref)
}

func (w *page) block(b Block) {
	if w.Block != nil && w.Block(b, w.Len()) {
		w.WriteByte('\n')
		return
	}
	w.WriteString("<pre><code>" + escape(b.Body) + "</code></pre>\n")
}

// footnote writes the parts of footnotes. The two hyphens in their ids keep
// them apart from anchors.
func (w *page) footnote(h hole) {
	number := strconv.Itoa(h.n)
	marker := w.Prefix + "fnref--" + number
	if h.m > 0 {
		marker += "-" + strconv.Itoa(h.m+1)
	}
	switch h.kind {
	case holeNote:
		w.WriteString("<sup" + attr("id", marker) + ">")
		w.wrap("#"+w.Prefix+"fn--"+number, ` class="fn" role="doc-noteref"`, number)
		w.WriteString("</sup>")
	case holeBack:
		if w.Unlinked {
			return
		}
		arrow, label := "↩\ufe0e", w.Words.Back // not as an emoji
		if h.m > 0 {
			arrow += "<sup>" + strconv.Itoa(h.m+1) + "</sup>"
		}
		if label != "" {
			if h.m > 0 {
				label += " " + strconv.Itoa(h.m+1)
			}
			label = attr("aria-label", label)
		}
		w.WriteString("\u00a0")
		w.wrap("#"+marker, ` class="fn-back" role="doc-backlink"`+label, arrow)
	case holeNotes:
		w.WriteString(`<section class="footnotes" role="doc-endnotes"`)
		if w.Words.Footnotes != "" {
			w.WriteString(attr("aria-label", w.Words.Footnotes))
		}
		w.WriteString(">\n")
	case holeNotesEnd:
		w.WriteString("</section>")
	case holeNoteItem:
		w.WriteString("<li" + attr("id", w.Prefix+"fn--"+number) + ">")
	case holeNoteItemEnd:
		w.WriteString("</li>")
	}
}
