package transfer

import (
	"context"
	"io"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// Words are what the file of rejected rows says in its reader's language.
type Words struct {
	Line, Reason string // names of the first columns
	Of           func(Reject) string
}

// rejectPage is how many rejected rows are read at a time.
const rejectPage = 500

// WriteRejected writes the rows that were not taken as a CSV: the line, the reason, then the row as it stands in the
// file, so that it can be mended there.
//
// Errors: NotFound.
func (s *Imports) WriteRejected(ctx context.Context, who access.Actor, n id.Import, w io.Writer, say Words) error {
	m, err := s.Get(ctx, who, n)
	if err != nil {
		return err
	}
	f, err := s.open(ctx, m)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	rd, err := sheet.Open(f, m.Size, m.Preview.Options)
	if err != nil {
		return err
	}
	defer rd.Close() //nolint:errcheck // only read
	out, err := sheet.NewWriter(w, sheet.WriterOptions{})
	if err != nil {
		return err
	}
	head := []string{say.Line, say.Reason}
	for _, c := range m.Preview.Columns {
		head = append(head, c.Label)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for from := 0; ; {
		list, err := s.Rejects(ctx, who, n, from, rejectPage)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return out.Flush()
		}
		for _, r := range list {
			if err := rd.SkipTo(r.Index); err != nil {
				return err
			}
			row, err := rd.Next()
			if err != nil {
				return err
			}
			if err := out.Write(append([]string{strconv.Itoa(r.Line), say.Of(r)}, row.Cells...)); err != nil {
				return err
			}
			from = r.Index + 1
		}
	}
}
