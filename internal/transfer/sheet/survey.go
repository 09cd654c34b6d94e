package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// survey looks through a table's rows.
type survey struct {
	p       *Preview
	guesses []*columnGuess
	looked  int // rows looked at closely
}

func (s *survey) read(rd *Reader, f *file) error {
	limit, whole := wholeSheet, f.kind == Text && f.size <= wholeRead
	if f.kind == Text {
		limit = firstRows
	}
	every := 1
	for n := 0; whole || n < limit; n++ {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			s.p.Rows, s.p.Exact = n, true
			return nil
		}
		if err != nil {
			return err
		}
		if n == firstRows {
			left := s.estimate(rd, n) - n
			every = max(1, left/max(1, s.closeRows()-firstRows))
		}
		s.row(row, n < min(firstRows, s.closeRows()) || n%every == 0)
	}
	s.p.Rows = s.estimate(rd, limit)
	if f.kind == Text {
		return s.further(rd, f)
	}
	return nil
}

// estimate tells how many rows there are if the n read so far are typical.
func (s *survey) estimate(rd *Reader, n int) int {
	return int(float64(n) / max(float64(rd.Offset()), 1) * float64(rd.Size()))
}

// closeRows is how many rows are looked at closely.
func (s *survey) closeRows() int { return min(closeRows, closeCells/max(1, len(s.guesses))) }

func (s *survey) row(row Row, closely bool) {
	if row.Err != nil {
		s.p.Bad++
	}
	if len(s.p.Sample) < sampleRows {
		s.p.Sample = append(s.p.Sample, row.Cells)
		s.p.SampleLine = append(s.p.SampleLine, row.Line)
	}
	if row.Err != nil {
		return
	}
	closely = closely && float64(s.looked) < growthGuess*float64(s.closeRows())
	if closely {
		s.looked++
	}
	for i, g := range s.guesses {
		if closely {
			g.add(row.Cells[i])
		} else {
			g.addValue(row.Cells[i])
		}
	}
}

// further looks at places spread over the rest of a large text, and counts its rows from them.
func (s *survey) further(rd *Reader, f *file) error {
	rows, bytesRead := firstRows, rd.Offset()
	o := rd.Options()
	o.Header, o.Skip = HeaderNo, 0
	per := min(piecesRows, max(1, (s.closeRows()-firstRows)/pieces))
	for i := range pieces {
		at, err := f.lineStart(rd.Offset() + (f.size-rd.Offset())/pieces*int64(i))
		if err != nil {
			return err
		}
		piece, err := newReader(f.text(o, at), f.size-at, o)
		if err != nil {
			return err
		}
		for range per {
			row, err := piece.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			rows++
			if row.Err == nil { // the piece may begin inside a quoted cell
				s.row(row, true)
			}
		}
		bytesRead += piece.Offset()
	}
	s.p.Rows = int(float64(rows) / float64(max(bytesRead, 1)) * float64(f.size))
	return nil
}

// lineStart returns where the first line behind the byte at starts, or the file's end.
func (f *file) lineStart(at int64) (int64, error) {
	end, width := []byte("\n"), int64(1)
	switch f.o.Encoding {
	case UTF16LE:
		end, width = []byte("\n\x00"), 2
	case UTF16BE:
		end, width = []byte("\x00\n"), 2
	}
	at -= at % width
	b := make([]byte, 64<<10)
	n, err := f.r.ReadAt(b, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("sheet: read: %w", err)
	}
	for i := 0; ; {
		j := bytes.Index(b[i:n], end)
		if j < 0 {
			return f.size, nil
		}
		i += j
		if int64(i)%width == 0 {
			return at + int64(i) + width, nil
		}
		i++
	}
}
