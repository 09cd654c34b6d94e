package transfer

import (
	"context"
	"io"

	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// startMark stands in the first column where a record begins, in files with tables, whose rows are lines of their own.
// Source: kintone product behaviour, exporting records with tables.
const startMark = "*"

// ExportOptions are how records are written.
type ExportOptions struct {
	Encoding    sheet.Encoding // UTF8BOM, UTF8 or ShiftJIS; "" is UTF8BOM
	RecordStart string         // the name of the column that marks where a record begins
}

// Export writes records as a CSV, with the fields' names in the first line. Formulas are neutralised. Memory does not
// grow with the number of records.
//
// Errors: Invalid for an encoding that is not written.
func Export(ctx context.Context, e *record.Export, w io.Writer, o ExportOptions) error {
	out, err := sheet.NewWriter(w, sheet.WriterOptions{Encoding: o.Encoding})
	if err != nil {
		return err
	}
	marked := len(e.Tables) > 0
	var line []string
	if marked {
		line = append(line, o.RecordStart)
	}
	for _, c := range e.Columns {
		line = append(line, c.Field.Label)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for r, err := range e.Records(ctx) {
		if err != nil {
			return err
		}
		mark := startMark
		for _, cells := range r.Lines {
			if marked {
				cells = append(append(line[:0], mark), cells...)
				mark = ""
			}
			if err := out.Write(cells); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}
