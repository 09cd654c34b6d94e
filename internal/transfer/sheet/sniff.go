package sheet

import (
	"errors"
	"io"

	"github.com/engawa/engawa/internal/charset"
	"github.com/engawa/engawa/internal/errs"
)

const (
	wholeRead   = 16 << 20 // bytes up to which a text is read whole, so that its rows are counted
	wholeSheet  = 20_000   // rows of a worksheet looked at
	closeRows   = 5_000    // rows whose cells are looked at closely
	closeCells  = 500_000  // and cells, of a wide table
	firstRows   = 1_000    // rows at the top that are all looked at
	pieces      = 8        // places further in that are looked at in a larger text
	piecesRows  = 500      // rows at each
	growthGuess = 1.2      // how much longer rows further down may be: rather look at too many than too few
)

// Sniff finds out how the file of size bytes reads, what its columns look like, and shows its first rows.
// name is what the file is called; the content decides what it is, but a name that says otherwise is an
// error, and an empty one claims nothing. What o says is not guessed.
//
// Errors: Invalid with a key that says what the file is instead of a table (import.empty, .binary, .pdf,
// .image, .archive, .document, .html, .xml, .json, .xls, .xlsb, .ods, .encrypted, .zipBroken, .xlsxBroken,
// .notAsNamed), that it is too much (import.tooManyColumns, .xlsxTooLarge), or what o asks for in vain
// (import.sheetUnknown, .encodingUnknown, .separatorUnknown).
func Sniff(r io.ReaderAt, size int64, name string, o Options) (*Preview, error) {
	f, err := openFile(r, size, name, o)
	if err != nil {
		return nil, err
	}
	rd, err := f.open()
	if err != nil {
		return nil, err
	}
	p := &Preview{Kind: f.kind, Options: rd.Options()}
	if f.book != nil {
		p.Sheets = f.book.infos()
	} else if p.Encodings, err = f.candidates(); err != nil {
		return nil, err
	}
	names, notices := labels(rd.Header(), rd.o.Width, o.Unnamed)
	p.Notices = notices
	if rd.headerErr != nil {
		p.Notices = append(p.Notices, Notice{"import.notice.header", errs.Args{"problem": errs.KeyOf(rd.headerErr)}})
	}
	look := &survey{p: p, guesses: make([]*columnGuess, len(names))}
	for i, n := range names {
		look.guesses[i] = newColumnGuess(n)
	}
	err = look.read(rd, f)
	if err = errors.Join(err, rd.Close()); err != nil {
		return nil, err
	}
	for i, g := range look.guesses {
		c := g.guess()
		c.Label = names[i]
		if i < len(rd.header) {
			c.Given = rd.header[i]
		}
		p.Columns = append(p.Columns, c)
	}
	if p.Rows == 0 {
		p.Notices = append(p.Notices, Notice{Key: "import.notice.noRows"})
	}
	return p, nil
}

// candidates returns the encodings the text could be in, the one in use first.
func (f *file) candidates() (out []Encoding, err error) {
	if f.encodings == nil {
		if f.encodings, err = charset.Detect(f.r, f.size); err != nil {
			return nil, err
		}
	}
	out = append(out, f.o.Encoding)
	for _, e := range f.encodings {
		if e != f.o.Encoding {
			out = append(out, e)
		}
	}
	return out, nil
}
