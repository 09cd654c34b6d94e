package sheet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/errs"
)

// source hands out a file's records in order, then io.EOF.
type source interface {
	next() (record, error)
	offset() int64
	close() error
}

// Reader reads the rows below a table's header, one at a time, in order. It is for one goroutine.
type Reader struct {
	src       source
	o         Options
	header    []string
	headerErr error // what is wrong with that row
	size      int64
	index     int
	kept      *record // read in search of a header, and still to be handed out
}

// Open returns a Reader over a file of size bytes. What o leaves open is guessed as Sniff guesses it.
//
// Errors: Invalid when the file is no table (see Sniff), has more than 1,000 columns (import.tooManyColumns)
// or o names a sheet or encoding there is not.
func Open(r io.ReaderAt, size int64, o Options) (*Reader, error) {
	f, err := openFile(r, size, "", o)
	if err != nil {
		return nil, err
	}
	return f.open()
}

// newReader reads src up to the first row below the header. o must be complete.
func newReader(src source, size int64, o Options) (*Reader, error) {
	r := &Reader{src: src, o: o, size: size}
	first, err := r.record()
	if errors.Is(err, io.EOF) {
		return r, nil
	}
	if err != nil {
		return nil, errors.Join(err, src.close())
	}
	if o.Header == HeaderYes {
		r.header, r.headerErr = trimEmpty(first.cells), first.err
	} else {
		r.kept = &first
	}
	return r, nil
}

// trimEmpty drops the empty cells at the end of a row.
func trimEmpty(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// Header returns the names of the columns as the file has them, or nil if it has none.
func (r *Reader) Header() []string { return slices.Clone(r.header) }

// Options returns the options the file is read with, completed.
func (r *Reader) Options() Options { return r.o }

// Size returns the file's size in the unit of Offset.
func (r *Reader) Size() int64 { return r.size }

// Offset returns how far the file has been read, from 0 to Size, for showing progress. Of a workbook it
// is the place in the sheet's own, unpacked, text.
func (r *Reader) Offset() int64 { return min(r.src.offset(), r.size) }

// Close releases what the Reader holds; not the file it reads from.
func (r *Reader) Close() error { return r.src.close() }

// Next returns the next row, or io.EOF behind the last. Rows in which every cell is empty are passed over and
// not numbered. A row that is wrong in itself comes with Row.Err; any other error is the file's, and ends it.
//
// Row.Err has one of the keys import.row.short, .long (args want, got), .encoding, .nul, .unclosedQuote,
// .tooLong and .formula (args cell).
func (r *Reader) Next() (Row, error) {
	rec, err := r.record()
	if err != nil {
		return Row{}, err
	}
	row := Row{Index: r.index, Line: rec.line, Cells: rec.cells, Err: rec.err}
	r.index++
	r.fit(&row)
	return row, nil
}

// SkipTo goes on so that the next row has the given Index, as after a restart. It only goes forward; behind
// the last row it stops, and Next returns io.EOF.
func (r *Reader) SkipTo(row int) error {
	if row < r.index {
		return fmt.Errorf("sheet: cannot go back from row %d to %d", r.index, row)
	}
	for r.index < row {
		if _, err := r.record(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		r.index++
	}
	return nil
}

// record returns the next record below the skipped lines that has anything in it.
func (r *Reader) record() (record, error) {
	if r.kept != nil {
		rec := *r.kept
		r.kept = nil
		return rec, nil
	}
	for {
		rec, err := r.src.next()
		if err != nil {
			return record{}, err
		}
		if rec.line > r.o.Skip && (rec.err != nil || !blank(rec.cells)) {
			return rec, nil
		}
	}
}

// blank reports whether no cell has anything in it. Ctrl-Z is how old systems end a file.
func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" && c != "\x1a" {
			return false
		}
	}
	return true
}

// fit gives row as many cells as the table has columns.
func (r *Reader) fit(row *Row) {
	got, want := len(row.Cells), r.o.Width
	if got > want {
		got = max(len(trimEmpty(row.Cells)), want)
		row.Cells = row.Cells[:want:want]
	}
	if got == want {
		return
	}
	if got < want {
		row.Cells = append(row.Cells, make([]string, want-got)...)
	}
	if row.Err != nil {
		return
	}
	key := "import.row.long"
	if got < want {
		if _, padded := r.src.(*sheetSource); padded {
			return // a worksheet does not store the empty cells at the end of a row
		}
		key = "import.row.short"
	}
	row.Err = invalid(key, errs.Args{"want": want, "got": got})
}
