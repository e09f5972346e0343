package table

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// JSON writes the table as an array of objects, one on each line. The keys are
// the names of all columns, in their order; numbers and booleans are typed,
// lists are arrays, a missing value is null, and texts are as they are in the
// report: not guarded, and without HTML escapes.
func (t Table) JSON(w io.Writer) error {
	out := bufio.NewWriter(w)
	keys := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		lead := byte(',')
		if i == 0 {
			lead = '{'
		}
		keys[i] = append(appendString([]byte{lead}, c.Name), ':')
	}
	var line []byte
	next := "[\n"
	for row := range t.rows {
		line = append(line[:0], next...)
		for i, c := range row {
			line = append(line, keys[i]...)
			line = c.appendJSON(line)
		}
		line = append(line, '}')
		next = ",\n"
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	end := "\n]\n"
	if next == "[\n" {
		end = "[]\n"
	}
	if _, err := out.WriteString(end); err != nil {
		return err
	}
	return out.Flush()
}

func (c Cell) appendJSON(b []byte) []byte {
	switch c.kind {
	case missing:
		return append(b, "null"...)
	case number:
		return append(b, jsonNumber(c.text)...)
	case boolean:
		return append(b, c.text...)
	case list, texts:
		return appendStrings(b, c.items)
	}
	return appendString(b, c.text)
}

// jsonNumber is a decimal number without the zeros in front that JSON does not
// allow. All its other digits stay.
func jsonNumber(s string) string {
	digits, negative := strings.CutPrefix(s, "-")
	digits = strings.TrimLeft(digits, "0")
	if digits == "" || digits[0] == '.' {
		digits = "0" + digits
	}
	if negative {
		return "-" + digits
	}
	return digits
}

func appendStrings(b []byte, items []string) []byte {
	b = append(b, '[')
	for i, s := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

// appendString writes a JSON string. Only what JSON does not allow is escaped,
// and the two line separators that old scripts do not allow; bytes that are no
// characters become U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		if n := bare(s[i:]); n > 0 {
			b = append(b, s[i:i+n]...)
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '"', r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < 0x20, r == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		case r == '\u2028', r == '\u2029':
			b = append(b, '\\', 'u', '2', '0', '2', hex[r&15])
		default:
			b = utf8.AppendRune(b, r) // RuneError writes U+FFFD
		}
		i += n
	}
	return append(b, '"')
}

// bare is how many bytes at the beginning of a text stand for themselves.
func bare(s string) int {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' {
			return i
		}
	}
	return len(s)
}
