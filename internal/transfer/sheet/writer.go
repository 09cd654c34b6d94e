package sheet

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"github.com/engawa/engawa/internal/charset"
	"github.com/engawa/engawa/internal/errs"
)

// WriterOptions say how a text is written. The zero value is what Excel opens with a double click: commas,
// and UTF-8 with a byte order mark.
type WriterOptions struct {
	Separator  string     // one of Separators; "" is a comma
	Encoding   Encoding   // UTF8BOM, UTF8 or ShiftJIS; "" is UTF8BOM
	Unwritable Unwritable // characters that Shift_JIS has not
	Raw        bool       // do not neutralise formulas: an administrator's choice
}

// Unwritable is what becomes of a character that the encoding has not.
type Unwritable string

// Geta, the zero value, puts 〓 in its place, the mark Japanese printers use for a missing type. Reference writes its
// number as in HTML (&#128512;), so that it can be got back. Refuse ends with import.unwritable.
const (
	Geta      Unwritable = ""
	Reference Unwritable = "reference"
	Refuse    Unwritable = "refuse"
)

// Writer writes rows as separated text with CRLF line ends, in constant memory. It is for one goroutine.
type Writer struct {
	out      *bufio.Writer
	o        WriterOptions
	enc      transform.Transformer // nil for UTF-8
	line     []byte
	encoded  []byte
	replaced int
}

// NewWriter returns a Writer to w. Flush must be called at the end.
//
// Errors: Invalid for a separator or encoding it does not write.
func NewWriter(w io.Writer, o WriterOptions) (*Writer, error) {
	if o.Separator == "" {
		o.Separator = ","
	}
	if o.Encoding == "" {
		o.Encoding = UTF8BOM
	}
	if !slices.Contains(Separators, o.Separator) {
		return nil, invalid("import.separatorUnknown", errs.Args{"separator": o.Separator})
	}
	out := &Writer{out: bufio.NewWriterSize(w, 64<<10), o: o}
	switch o.Encoding {
	case UTF8:
	case UTF8BOM:
		out.out.Write(charset.BOM) // an error stays with the buffer and comes back from Flush
	case ShiftJIS:
		out.enc = japanese.ShiftJIS.NewEncoder().Transformer
	default:
		return nil, invalid("import.encodingUnknown", errs.Args{"encoding": string(o.Encoding)})
	}
	return out, nil
}

// Write writes one row. Formulas are neutralised unless the options say Raw.
func (w *Writer) Write(cells []string) error {
	w.line = w.line[:0]
	for i, cell := range cells {
		if i > 0 {
			w.line = append(w.line, w.o.Separator...)
		}
		if !w.o.Raw {
			cell = Neutralise(cell)
		}
		w.cell(cell, len(cells) == 1)
	}
	w.line = append(w.line, "\r\n"...)
	b := w.line
	if w.enc != nil {
		var err error
		if b, err = w.encode(); err != nil {
			return err
		}
	}
	if _, err := w.out.Write(b); err != nil {
		return fmt.Errorf("sheet: write: %w", err)
	}
	return nil
}

// cell appends a cell, in quotes if any reader could need them: the separator may be read as another. An
// only cell is quoted when empty, since an empty line would be no row.
func (w *Writer) cell(cell string, only bool) {
	plain := !strings.ContainsAny(cell, ",;|\t\"\r\n") && !strings.HasPrefix(cell, " ") && !strings.HasSuffix(cell, " ")
	if plain && (cell != "" || !only) {
		w.line = append(w.line, cell...)
		return
	}
	w.line = append(w.line, '"')
	w.line = append(w.line, strings.ReplaceAll(cell, `"`, `""`)...)
	w.line = append(w.line, '"')
}

// Replaced tells how many characters could not be written as they are.
func (w *Writer) Replaced() int { return w.replaced }

// Flush writes what is still held back.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("sheet: write: %w", err)
	}
	return nil
}
