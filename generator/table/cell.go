package table

import (
	"strconv"
	"strings"

	"github.com/dossier-report/dossier/generator/model"
)

// Cell is the value of a column in a row. The zero Cell is missing.
type Cell struct {
	kind  kind
	text  string
	items []string
}

type kind uint8

const (
	missing kind = iota
	plain
	number
	boolean
	list  // ids or codes
	texts // texts, which may hold anything
)

// separator stands between the items of a List in CSV. Ids and codes hold none.
const separator = ";"

// Missing reports whether the report does not say.
func (c Cell) Missing() bool { return c.kind == missing }

// String is the cell as it stands in CSV, before it is guarded.
func (c Cell) String() string {
	switch c.kind {
	case list:
		return strings.Join(c.items, separator)
	case texts:
		return string(appendStrings(nil, c.items))
	}
	return c.text
}

// Items are the values of a list.
func (c Cell) Items() []string { return c.items }

func textCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{kind: plain, text: s}
}

func boolCell(b bool) Cell { return Cell{kind: boolean, text: strconv.FormatBool(b)} }

func intCell(n int64) Cell { return Cell{kind: number, text: strconv.FormatInt(n, 10)} }

func numberCell(n model.Number) Cell {
	if n.IsZero() {
		return Cell{}
	}
	return Cell{kind: number, text: n.Decimal()}
}

func listCell(items []string) Cell {
	if len(items) == 0 {
		return Cell{}
	}
	return Cell{kind: list, items: items}
}

func textsCell(items []string) Cell {
	if len(items) == 0 {
		return Cell{}
	}
	return Cell{kind: texts, items: items}
}

// bound is the word for what a number stands for; an exact one has none.
func bound(n model.Number) string {
	switch n.Bound {
	case model.About:
		return "about"
	case model.AtLeast:
		return "at_least"
	case model.AtMost:
		return "at_most"
	}
	return ""
}
