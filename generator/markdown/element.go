package markdown

// What a browser does when elements meet (HTML Standard, 13.2.6 "Tree
// construction"), as far as it concerns the elements that can be written here.
// Any other name counts as phrasing and never gets this far.

// isPhrasing reports elements that stand in a line.
func isPhrasing(tag string) bool {
	return !isProse(tag) && !isTable(tag) && !isFlow(tag)
}

// isProse reports elements that hold a line of text and end where a block
// begins.
func isProse(tag string) bool {
	switch tag {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "pre":
		return true
	}
	return false
}

// isTable reports the parts of a table that hold no text of their own: a
// browser moves text it finds there out of the table.
func isTable(tag string) bool {
	switch tag {
	case "table", "thead", "tbody", "tfoot", "tr":
		return true
	}
	return false
}

// isFlow reports elements that hold blocks.
func isFlow(tag string) bool {
	switch tag {
	case "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "details", "figure", "figcaption", "div", "section",
		"caption", "td", "th", "hr":
		return true
	}
	return false
}

// isVoid reports elements without content.
func isVoid(tag string) bool { return tag == "br" || tag == "hr" || tag == "wbr" }

// hasOptionalEnd reports elements that may be left open.
func hasOptionalEnd(tag string) bool {
	switch tag {
	case "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "rt", "rp", "caption":
		return true
	}
	return false
}

// startsLine reports elements whose content begins on a line of its own, to
// keep the HTML readable.
func startsLine(tag string) bool {
	switch tag {
	case "ul", "ol", "dl", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "details", "figure", "section":
		return true
	}
	return false
}

// room makes the place where an element can stand: it closes what a browser
// would close there, and puts in what a browser would put in. It reports false
// when there is no such place.
func (s *sink) room(tag string) bool {
	if len(s.stack) >= maxElements || s.line && !isPhrasing(tag) {
		return false
	}
	among := func(tags ...string) func(string) bool {
		return func(t string) bool {
			for _, other := range tags {
				if t == other {
					return true
				}
			}
			return t == "p" || isPhrasing(t)
		}
	}
	anything := func(t string) bool { return t != "table" }
	switch tag {
	case "li":
		return s.popTo(among("li"), "ul", "ol")
	case "dt", "dd":
		return s.popTo(among("dt", "dd"), "dl")
	case "summary":
		return s.popTo(among(), "details")
	case "figcaption":
		return s.popTo(among(), "figure")
	case "rt", "rp":
		return s.popTo(func(t string) bool { return isPhrasing(t) && t != "ruby" }, "ruby")
	case "caption", "thead", "tbody", "tfoot":
		return s.popTo(anything, "table")
	case "tr":
		if !s.popTo(anything, "thead", "tbody", "tfoot", "table") {
			return false
		}
		if s.top() == "table" {
			s.push("tbody", "", true)
		}
		return true
	case "td", "th":
		if !s.popTo(anything, "tr", "thead", "tbody", "tfoot", "table") {
			return false
		}
		if s.top() == "table" {
			s.push("tbody", "", true)
		}
		if s.top() != "tr" {
			s.push("tr", "", true)
		}
		return true
	}
	s.leaveTable()
	if !isPhrasing(tag) {
		s.endProse()
	}
	return true
}

// popTo closes elements down to the nearest of the parents, if only elements
// that may be passed stand above it.
func (s *sink) popTo(pass func(string) bool, parents ...string) bool {
	for i := len(s.stack) - 1; i >= 0; i-- {
		for _, p := range parents {
			if s.stack[i].tag == p {
				s.popAbove(i + 1)
				return true
			}
		}
		if !pass(s.stack[i].tag) {
			return false
		}
	}
	return false
}

// leaveTable closes a table between whose cells something else begins, where a
// browser would move that in front of the table.
func (s *sink) leaveTable() {
	for isTable(s.top()) {
		i := len(s.stack) - 1
		for s.stack[i].tag != "table" {
			i--
		}
		s.popAbove(i)
	}
}

// endProse closes the paragraph or heading that a block would interrupt, and
// the elements in a line.
func (s *sink) endProse() {
	i := len(s.stack)
	for i > 0 && (isPhrasing(s.stack[i-1].tag) || isProse(s.stack[i-1].tag)) {
		i--
	}
	s.popAbove(i)
}
