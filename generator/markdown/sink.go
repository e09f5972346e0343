package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sink is where all HTML is written. It alone writes angle brackets, and holds
// the open elements in a stack, so that the output is nested whatever comes.
// Our own elements and an author's are told apart by the method that opened
// them, not by anything in a string: that is why an author cannot forge ours.
type sink struct {
	buf, flat []byte
	holes     []hole
	names     []name
	stack     []frame
	serial    int
	line      bool    // nothing but phrasing
	lost      []frame // an author's elements that were closed for him
}

// frame is an open element.
type frame struct {
	tag        string
	id         int // ours are closed by this, 0 for an author's
	start, end int // place of an author's tag
	close      hole
	dynamic    bool // close by the hole
}

// name is a place in the flat text where the text of a reference goes.
type name struct{ at, ref int }

func (s *sink) top() string {
	if len(s.stack) == 0 {
		return ""
	}
	return s.stack[len(s.stack)-1].tag
}

func (s *sink) push(tag, attrs string, implied bool) {
	s.buf = append(s.buf, '<')
	s.buf = append(s.buf, tag...)
	s.buf = append(s.buf, attrs...)
	s.buf = append(s.buf, '>')
	if startsLine(tag) {
		s.buf = append(s.buf, '\n')
	}
	f := frame{tag: tag}
	if implied {
		s.serial++
		f.id = s.serial
	}
	s.stack = append(s.stack, f)
}

// popAbove closes the elements from index i upwards.
func (s *sink) popAbove(i int) {
	for n := len(s.stack) - 1; n >= i; n-- {
		f := s.stack[n]
		s.stack = s.stack[:n]
		if f.dynamic {
			f.close.at = len(s.buf)
			s.holes = append(s.holes, f.close)
		} else {
			s.buf = append(s.buf, "</"...)
			s.buf = append(s.buf, f.tag...)
			s.buf = append(s.buf, '>')
		}
		if !isPhrasing(f.tag) {
			s.buf = append(s.buf, '\n')
			if f.tag == "td" || f.tag == "th" {
				s.flat = append(s.flat, ' ')
			} else {
				s.endLine()
			}
		}
		if f.id == 0 && !hasOptionalEnd(f.tag) {
			s.lost = append(s.lost, f)
		}
	}
}

// open writes a start tag of ours; attrs are ready, with a leading space. The
// result closes it; 0 stands for an element that found no place.
func (s *sink) open(tag, attrs string) int {
	if !s.room(tag) {
		return 0
	}
	s.push(tag, attrs, true)
	return s.serial
}

// openHole is open for an element whose tags depend on the Renderer.
func (s *sink) openHole(tag string, open, end hole) int {
	if !s.room(tag) {
		return 0
	}
	open.at = len(s.buf)
	s.holes = append(s.holes, open)
	s.serial++
	s.stack = append(s.stack, frame{tag: tag, id: s.serial, close: end, dynamic: true})
	return s.serial
}

// close ends an element of ours and all within it, unless it has been closed
// by what came in between.
func (s *sink) close(id int) {
	for i := len(s.stack) - 1; id > 0 && i >= 0; i-- {
		if s.stack[i].id == id {
			s.popAbove(i)
			return
		}
	}
}

// start writes an author's start tag, and reports whether it found a place.
func (s *sink) start(tag, attrs string, start, end int) bool {
	if !s.room(tag) {
		return false
	}
	if isVoid(tag) {
		s.buf = append(s.buf, "<"+tag+attrs+">"...)
		return true
	}
	s.push(tag, attrs, false)
	f := &s.stack[len(s.stack)-1]
	f.start, f.end = start, end
	return true
}

// end closes an author's element by his end tag, and reports whether there was
// one. It never closes an element of ours but a paragraph that it stands in.
func (s *sink) end(tag string) bool {
	for i := len(s.stack) - 1; i >= 0; i-- {
		f := s.stack[i]
		switch {
		case f.tag == tag && f.id == 0:
			s.popAbove(i + 1)
			s.stack[i].id = -1 // not lost
			s.popAbove(i)
			return true
		case isPhrasing(f.tag):
			continue
		case isPhrasing(tag), f.id > 0 && f.tag != "p" && f.tag != "tr" && f.tag != "tbody":
			return false
		}
	}
	return false
}

// put writes a hole for something that stands in a line.
func (s *sink) put(h hole) {
	s.leaveTable()
	h.at = len(s.buf)
	s.holes = append(s.holes, h)
}

// putBlock writes a hole for something that stands for itself.
func (s *sink) putBlock(h hole) {
	s.leaveTable()
	s.endProse()
	h.at = len(s.buf)
	s.holes = append(s.holes, h)
	s.endLine()
}

// void writes an element of ours without content.
func (s *sink) void(tag string) {
	if !s.room(tag) {
		return
	}
	s.buf = append(s.buf, "<"+tag+">"...)
	s.newline()
}

// text writes text that is already escaped.
func (s *sink) text(escaped string) {
	if escaped == "" {
		return
	}
	if isTable(s.top()) {
		if strings.TrimSpace(escaped) == "" {
			return
		}
		s.leaveTable()
	}
	s.buf = append(s.buf, escaped...)
}

// newline ends a line in the HTML and in the flat text.
func (s *sink) newline() {
	s.buf = append(s.buf, '\n')
	s.endLine()
}

// endLine ends a line in the flat text.
func (s *sink) endLine() {
	n, last := len(s.flat), len(s.names)
	if n > 0 && s.flat[n-1] != '\n' || last > 0 && s.names[last-1].at == n {
		s.flat = append(s.flat, '\n')
	}
}

// escape makes text safe in content and in quoted attributes.
func escape(s string) string { return escaper.Replace(clean(s)) }

// escaper writes the forms of x/net/html, for one spelling of everything.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// attr is an attribute with its leading space.
func attr(name, value string) string { return " " + name + `="` + escape(value) + `"` }

// clean takes out what no HTML or XML may hold: control characters, surrogates
// and the like become U+FFFD, and line breaks become line feeds.
func clean(s string) string {
	ok := true
	for i := 0; i < len(s) && ok; i++ {
		ok = s[i] >= ' ' && s[i] < 0x7f || s[i] == '\n' || s[i] == '\t'
	}
	if ok {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case unicode.Is(unicode.Cc, r), r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
			return utf8.RuneError
		}
		return r // an invalid byte comes as U+FFFD
	}, s)
}
