package sheet

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/charset"
	"github.com/engawa/engawa/internal/errs"
)

// Separators are what can stand between the cells of a text.
var Separators = []string{",", "\t", ";", "|"}

// file is a file that is known to be a table, and how to read it.
type file struct {
	r         io.ReaderAt
	size      int64
	kind      Kind
	o         Options
	encodings []Encoding // by likelihood; nil when it was not asked
	book      *workbook  // of an XLSX
}

// guessRows is how many rows the guesses about separator and header are made from.
const guessRows = 200

// openFile finds out what o leaves open.
func openFile(r io.ReaderAt, size int64, name string, o Options) (*file, error) {
	kind, err := kindOf(r, size, name, o.Encoding)
	if err != nil {
		return nil, err
	}
	f := &file{r: r, size: size, kind: kind, o: o}
	if kind == XLSX {
		err = f.prepareBook()
	} else {
		err = f.prepareText()
	}
	if err != nil {
		return nil, err
	}
	return f, f.guessTable()
}

func (f *file) prepareBook() (err error) {
	if f.book, err = openWorkbook(f.r, f.size); err != nil {
		return err
	}
	f.o.Encoding, f.o.Separator = "", ""
	f.o.Sheet, err = f.book.choose(f.o.Sheet)
	return err
}

func (f *file) prepareText() (err error) {
	f.o.Sheet = ""
	if f.o.Encoding == "" {
		if f.encodings, err = charset.Detect(f.r, f.size); err != nil {
			return err
		}
		f.o.Encoding = f.encodings[0]
	}
	if err := knownEncoding(f.o.Encoding); err != nil {
		return err
	}
	hint, err := f.separatorHint()
	if err != nil {
		return err
	}
	if f.o.Separator == "" {
		f.o.Separator = hint
	}
	if f.o.Separator == "" {
		f.o.Separator, err = f.guessSeparator()
		return err
	}
	if !slices.Contains(Separators, f.o.Separator) {
		return invalid("import.separatorUnknown", errs.Args{"separator": f.o.Separator})
	}
	return nil
}

// separatorHint reads the line "sep=;" that Excel writes and understands, and passes over it.
func (f *file) separatorHint() (string, error) {
	o := f.o
	o.Separator = ","
	src := f.text(o, 0)
	rec, err := src.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	hint, ok := strings.CutPrefix(strings.Join(rec.cells, ","), "sep=")
	if !ok || !slices.Contains(Separators, hint) {
		return "", nil
	}
	f.o.Skip = max(f.o.Skip, 1)
	return hint, nil
}

// text returns the records of a text from the byte at on.
func (f *file) text(o Options, at int64) *textSource {
	if at == 0 {
		mark := o.Encoding.BOM()
		start := make([]byte, len(mark))
		if n, _ := f.r.ReadAt(start, 0); n == len(mark) && string(start) == string(mark) {
			at = int64(n)
		}
	}
	return newTextSource(io.NewSectionReader(f.r, at, f.size-at), o)
}

func (f *file) source(o Options) (source, int64, error) {
	if f.kind == XLSX {
		src, err := f.book.open(o.Sheet)
		if err != nil {
			return nil, 0, err
		}
		return src, src.size, nil
	}
	return f.text(o, 0), f.size, nil
}

// open returns a reader from the top.
func (f *file) open() (*Reader, error) {
	src, size, err := f.source(f.o)
	if err != nil {
		return nil, err
	}
	return newReader(src, size, f.o)
}

// head returns the first records that have anything in them.
func (f *file) head(o Options, limit int) (recs []record, err error) {
	src, _, err := f.source(o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, src.close()) }()
	for seen := 0; len(recs) < limit && seen < 500*limit; seen++ { // a file may be all empty lines
		rec, err := src.next()
		if errors.Is(err, io.EOF) {
			return recs, nil
		}
		if err != nil {
			return nil, err
		}
		if rec.line > o.Skip && (rec.err != nil || !blank(rec.cells)) {
			recs = append(recs, rec)
		}
	}
	return recs, nil
}
