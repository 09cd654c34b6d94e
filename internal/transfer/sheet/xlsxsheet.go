package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/errs"
)

// Excel's own limits; a file beyond them was not made by a spreadsheet.
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
)

// sheetSource reads the rows of one worksheet as they come.
type sheetSource struct {
	book   *workbook
	part   *part
	size   int64
	merged *merges
	line   int
	ended  bool
	text   strings.Builder // of the cell being read
}

// open returns the rows of the sheet called name, which choose has found.
func (b *workbook) open(name string) (*sheetSource, error) {
	var f *zip.File
	for _, s := range b.sheets {
		if s.Name == name {
			f = s.part
			break
		}
	}
	merged, err := readMerges(f)
	if err != nil {
		return nil, err
	}
	p, err := openPart(f, maxSheetPart)
	if err != nil {
		return nil, err
	}
	return &sheetSource{book: b, part: p, size: int64(f.UncompressedSize64), merged: merged}, nil
}

func (s *sheetSource) close() error  { return s.part.close() }
func (s *sheetSource) offset() int64 { return s.part.in.read }

// next returns the next row the sheet has stored. A cell merged over several rows has its value in each of them.
func (s *sheetSource) next() (record, error) {
	for !s.ended {
		t, err := s.part.token()
		if errors.Is(err, io.EOF) {
			return record{}, invalid("import.xlsxBroken") // the sheet's data has not been closed
		}
		if err != nil {
			return record{}, err
		}
		switch el := t.(type) {
		case xml.StartElement:
			if el.Name.Local == "row" {
				return s.row(el)
			}
		case xml.EndElement:
			s.ended = el.Name.Local == "sheetData"
		}
	}
	return record{}, io.EOF
}

func (s *sheetSource) row(el xml.StartElement) (record, error) {
	s.line++
	if r := attr(el, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < s.line || n > maxSheetRows {
			return record{}, invalid("import.xlsxBroken")
		}
		s.line = n
	}
	rec := record{line: s.line, cells: make([]string, 0, 16)}
	for col := 0; ; {
		t, err := s.part.token()
		if errors.Is(err, io.EOF) {
			return record{}, invalid("import.xlsxBroken")
		}
		if err != nil {
			return record{}, err
		}
		switch el := t.(type) {
		case xml.EndElement:
			if el.Name.Local == "row" {
				rec.cells = s.merged.fill(rec.line, rec.cells)
				return rec, nil
			}
		case xml.StartElement:
			if el.Name.Local != "c" {
				continue
			}
			if ref := attr(el, "r"); ref != "" {
				if col = columnIndex(ref); col < 0 {
					return record{}, invalid("import.xlsxBroken")
				}
			}
			text, problem, err := s.cell(el)
			if err != nil {
				return record{}, err
			}
			if problem != "" && rec.err == nil {
				rec.err = invalid(problem, errs.Args{"cell": columnName(col) + strconv.Itoa(rec.line)})
			}
			if text != "" {
				if col >= maxColumns {
					return record{}, tooManyColumns(col + 1)
				}
				for len(rec.cells) <= col {
					rec.cells = append(rec.cells, "")
				}
				rec.cells[col] = text
			}
			col++
		}
	}
}

// cell reads the cell that has just opened and returns its text, or the key of what is wrong with it.
func (s *sheetSource) cell(el xml.StartElement) (text, problem string, err error) {
	kind, style := attr(el, "t"), attr(el, "s")
	formula, value, in := false, false, false
	s.text.Reset()
	for {
		t, err := s.part.token()
		if errors.Is(err, io.EOF) {
			return "", "", invalid("import.xlsxBroken")
		}
		if err != nil {
			return "", "", err
		}
		switch el := t.(type) {
		case xml.StartElement:
			switch el.Name.Local {
			case "v":
				in, value = true, true
			case "f":
				formula = true
			case "is":
				if err := s.part.richText(&s.text, "is"); err != nil {
					return "", "", err
				}
			}
		case xml.CharData:
			if in {
				s.text.Write(el)
			}
		case xml.EndElement:
			switch el.Name.Local {
			case "v":
				in = false
			case "c":
				if formula && !value {
					return "", "import.row.formula", nil // whoever wrote the file has not worked it out
				}
				text, err := s.value(kind, style, s.text.String())
				return text, "", err
			}
		}
	}
}

// value returns the text of a stored value. Errors such as #N/A stay as they are.
func (s *sheetSource) value(kind, style, stored string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(stored))
		text, ok := s.book.strings.at(i)
		if stored != "" && (err != nil || !ok) {
			return "", invalid("import.xlsxBroken")
		}
		return text, nil
	case "str":
		return unescape(stored), nil
	case "inlineStr", "e":
		return stored, nil
	case "b":
		if strings.TrimSpace(stored) == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "d":
		return isoMoment(stored), nil
	}
	if stored == "" {
		return "", nil
	}
	var format cellFormat
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(s.book.styles) {
		format = s.book.styles[i]
	}
	return format.text(stored, s.book.date1904), nil
}

// isoMoment makes a stored ISO 8601 date the text a date cell has.
func isoMoment(s string) string {
	day, clock, _ := strings.Cut(strings.TrimSpace(s), "T")
	clock, _, _ = strings.Cut(clock, ".")
	clock = strings.TrimSuffix(clock, "Z")
	if clock == "" || clock == "00:00:00" {
		return day
	}
	return strings.TrimSpace(day + " " + strings.TrimSuffix(clock, ":00"))
}

// columnIndex returns the column of a reference such as "AB12", from 0, or -1.
func columnIndex(ref string) int {
	col, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ ' ' // upper case
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if i == 0 || col > maxSheetColumns || !allDigits(ref[i:]) {
		return -1
	}
	return col - 1
}

// columnName is the reverse of columnIndex, without the row.
func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
