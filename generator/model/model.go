// Package model is what a report consists of: entities, legal measures,
// events, programmes, sources, links, series, figures and studies, with the
// rules that make them one consistent whole.
//
// Build is the only way to a Report: it decodes raw records strictly, checks
// them and everything they refer to, and reports all problems at once, each at
// its place in a file. Report.View is the only way out of a Report: what was
// known on a day, for an audience. Everything that shows, counts or exports
// records takes a View.
//
// Names follow FollowTheMoney for entities and links, OpenSanctions for
// programmes, and CSL for documents.
package model

import (
	"strconv"

	"github.com/dossier-report/dossier/generator/diag"
)

// Kind is the sort of a record. Its value is the folder in which records of
// the kind lie.
type Kind string

// The kinds of records. The figures of a news item and its statements are
// records inside another; they carry the kinds KindFigure and KindStatement.
const (
	KindEntity    Kind = "entities"
	KindMeasure   Kind = "measures"
	KindEvent     Kind = "events"
	KindProgram   Kind = "programs"
	KindSource    Kind = "sources"
	KindLink      Kind = "links"
	KindSeries    Kind = "series"
	KindFigure    Kind = "figures"
	KindStudy     Kind = "studies"
	KindFile      Kind = "files"
	KindProse     Kind = "content"
	KindStatement Kind = "statements"
)

// Kinds lists the kinds of records that have files of their own.
func Kinds() []Kind {
	return []Kind{
		KindEntity, KindMeasure, KindEvent, KindProgram, KindSource, KindLink,
		KindSeries, KindFigure, KindStudy, KindFile, KindProse,
	}
}

// Singular is the kind as one record of it is called in messages.
func (k Kind) Singular() string {
	switch k {
	case KindEntity:
		return "entity"
	case KindSeries:
		return "series"
	case KindStudy:
		return "study"
	case KindProse:
		return "page"
	}
	return string(k[:len(k)-1])
}

// Input is what Build makes a Report of: everything that was read from a
// project, nothing of it checked yet.
type Input struct {
	Settings Doc              // dossier.yaml
	Docs     []Doc            // records, in any order
	Files    []Blob           // what lies in data/files
	Terms    []Doc            // those of data/terms, in the order of their files
	Points   map[string][]Doc // rows of the CSV files in data/series, by file name
	Rules    []diag.Rule      // every rule there is, of whichever package; dossier.yaml and exceptions may name them

	// Blocks finds the blocks of a Markdown text that ask for charts. nil finds
	// none.
	Blocks func(text string) []Block

	// Unread are the files of which something could not be read, so that
	// nothing may be shown of what the others say.
	Unread []*diag.File
}

// Doc is one raw record, or a file of settings.
type Doc struct {
	Kind Kind
	ID   string // the default id: the file's stem, or empty in a file of several records
	Lang string // of a content file, from its name: "fr" in about.fr.md
	Path string // of a content file, without language and extension: "briefings/2026"
	CSV  bool   // a row: one cell may hold several values, separated by semicolons
	Root Node   // a mapping; the body of a content file is its field "body"
	File *diag.File
}

// Blob is a file in data/files as it was found.
type Blob struct {
	Path   string // with forward slashes, relative to the project
	Size   int64
	SHA256 string // lower-case hexadecimal
}

// Node is a value in a raw record, with its place.
type Node struct {
	Kind       NodeKind
	Style      Style  // of a scalar
	Quoted     bool   // a scalar that was written in quotes, or as a block
	Text       string // of a scalar, decoded
	Start, End int    // offsets in the file; for a mapping or list, of its first line
	Fields     []Field
	Items      []Node
}

// Field is a key and its value in a mapping.
type Field struct {
	Name       string
	Start, End int // of the key
	Value      Node
}

// NodeKind tells the kinds of nodes apart.
type NodeKind uint8

// The kinds of nodes. Null is an empty value.
const (
	Null NodeKind = iota
	Scalar
	List
	Map
)

// Style is how a scalar stands in its file; it says how offsets in the decoded
// text lead to the file.
type Style uint8

// The styles of scalars: those of YAML, the cells of CSV with or without
// quotes, and the text below the front matter as it is.
const (
	Plain Style = iota
	SingleQuoted
	DoubleQuoted
	Literal
	Folded
	Cell
	Raw
)

// Get is the value of a field, or nil when the node is not a mapping that has it.
func (n *Node) Get(name string) *Node {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Name == name {
			return &n.Fields[i].Value
		}
	}
	return nil
}

// Plain is the value as Go's own types: map[string]any, []any, string, bool,
// int64, float64 or nil. Only scalars without quotes are taken for numbers and
// truth values.
func (n *Node) Plain() any {
	switch n.Kind {
	case Map:
		m := make(map[string]any, len(n.Fields))
		for i := range n.Fields {
			m[n.Fields[i].Name] = n.Fields[i].Value.Plain()
		}
		return m
	case List:
		list := make([]any, len(n.Items))
		for i := range n.Items {
			list[i] = n.Items[i].Plain()
		}
		return list
	case Scalar:
		if n.Quoted {
			return n.Text
		}
		if b, err := strconv.ParseBool(n.Text); err == nil && (n.Text == "true" || n.Text == "false") {
			return b
		}
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return i
		}
		if f, ok := ParseNumber(n.Text); ok && f.Bound == Exact {
			return f.Float()
		}
		return n.Text
	}
	return nil
}

func (k NodeKind) String() string {
	switch k {
	case Scalar:
		return "a value"
	case List:
		return "a list"
	case Map:
		return "a mapping"
	}
	return "nothing"
}
