package table

import (
	"encoding/csv"
	"io"
)

// CSV writes the table as RFC 4180 says, in UTF-8 without a mark at the
// beginning, with lines that end in LF, under a header of column names. Guarded
// columns are guarded (see Guard). A missing cell is empty.
func (t Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	line := make([]string, len(t.Columns))
	guarded := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		line[i], guarded[i] = c.Name, c.Guarded()
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for row := range t.rows {
		for i, c := range row {
			line[i] = c.String()
			if guarded[i] {
				line[i] = Guard(line[i])
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
