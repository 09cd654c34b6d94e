package roster

import (
	"context"
	"io"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// outgo is what the people of a site are read by.
type outgo struct {
	ctx    context.Context
	who    access.Actor
	people *identity.Service
}

func (in *intake) out() *outgo { return &outgo{in.ctx, in.who, in.s.people} }

// File is what a file of people holds, ready to be written.
type File struct{ lines [][]string }

// Read returns the file of a kind, as the people are now.
//
// Errors: Forbidden unless who administers the site.
func (s *Rosters) Read(ctx context.Context, who access.Actor, k Kind) (*File, error) {
	if !who.Admin() {
		return nil, forbidden()
	}
	lines, err := formats[k].give(&outgo{ctx, who, s.people})
	return &File{lines}, err
}

// Write writes f without a header. Cells that a spreadsheet would run get an apostrophe, which an import takes away
// again, unless o says Raw.
//
// Errors: Invalid for an encoding that is not written.
func (f *File) Write(w io.Writer, o sheet.WriterOptions) error {
	out, err := sheet.NewWriter(w, o)
	if err != nil {
		return err
	}
	for _, cells := range f.lines {
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	return out.Flush()
}
