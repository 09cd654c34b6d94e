package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/engawa/engawa/internal/errs"
)

// Limits of a workbook, unpacked. They are far above what Excel writes and bound what a hostile file can
// make the server do.
const (
	maxParts       = 10_000    // files in the zip
	maxSmallPart   = 32 << 20  // bytes of the parts that describe the workbook
	maxStringsPart = 512 << 20 // bytes of the shared strings
	maxSheetPart   = 2 << 30   // bytes of a sheet
	maxToken       = 4 << 20   // bytes of one element or text
	maxSharedText  = 256 << 20 // bytes of the shared strings' text, which is held in memory
)

// excelize, with which workbooks are written, is not used to read them: its rows come without cell types
// or number formats, so that a date cannot be told from a number; it takes the end of a damaged sheet for its
// last row; and it holds every part in memory. Measured on 100,000 rows of 9 cells it is also slower.

// part is one XML file of a workbook, read token by token.
type part struct {
	dec *xml.Decoder
	in  *meter
	rc  io.Closer
}

// openPart opens f for at most max unpacked bytes.
func openPart(f *zip.File, max int64) (*part, error) {
	if f.UncompressedSize64 > uint64(max) {
		return nil, invalid("import.xlsxTooLarge")
	}
	rc, err := f.Open()
	if err != nil {
		return nil, invalid("import.xlsxBroken").With(err)
	}
	in := &meter{r: rc, left: max}
	p := &part{dec: xml.NewDecoder(in), in: in, rc: rc}
	p.dec.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("sheet: workbook in %s", label)
	}
	return p, nil
}

func (p *part) close() error { return p.rc.Close() }

// token returns the next token, or io.EOF. Names keep their prefixes; nesting is not checked.
func (p *part) token() (xml.Token, error) {
	p.in.token = maxToken
	t, err := p.dec.RawToken()
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return t, err
	case errors.Is(err, errTooLarge):
		return nil, invalid("import.xlsxTooLarge")
	}
	return nil, broken(err)
}

// broken is the error of a workbook that is not put together as it should be, or of the disk.
func broken(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zip.ErrChecksum) ||
		errors.Is(err, zip.ErrFormat) || strings.Contains(err.Error(), "flate:") || strings.Contains(err.Error(), "sheet:") {
		return invalid("import.xlsxBroken").With(err)
	}
	return fmt.Errorf("sheet: read workbook: %w", err)
}

// each calls start for every element that opens, until the part ends.
func (p *part) each(start func(xml.StartElement) error) error {
	for {
		t, err := p.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if el, ok := t.(xml.StartElement); ok {
			if err := start(el); err != nil {
				return err
			}
		}
	}
}

// attr returns the value of an attribute without a prefix.
func attr(el xml.StartElement, name string) string {
	for i := range el.Attr {
		if el.Attr[i].Name.Local == name && el.Attr[i].Name.Space == "" {
			return el.Attr[i].Value
		}
	}
	return ""
}

// errTooLarge says that a part passes its limit.
var errTooLarge = errors.New("sheet: workbook too large")

// meter counts and bounds what is read, in all and for one token.
type meter struct {
	r     io.Reader
	read  int64
	left  int64
	token int64
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 || m.token <= 0 {
		return 0, errTooLarge
	}
	n, err := m.r.Read(p[:min(int64(len(p)), m.left)])
	m.read, m.left, m.token = m.read+int64(n), m.left-int64(n), m.token-int64(n)
	return n, err
}

// partName is a zip entry's name as comparisons need it.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

func tooManyColumns(found int) error {
	return invalid("import.tooManyColumns", errs.Args{"max": maxColumns, "found": found})
}
