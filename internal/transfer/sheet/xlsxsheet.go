package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
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

// open returns the rows of the sheet called name.
func (b *workbook) open(name string) (*sheetSource, error) {
	i := slices.IndexFunc(b.sheets, func(s bookSheet) bool { return s.Name == name })
	if i < 0 {
		return nil, invalid("import.sheetUnknown", errs.Args{"sheet": name})
	}
	sheet := &b.sheets[i]
	if !sheet.known {
		merged, err := readMerges(sheet.part)
		if err != nil {
			return nil, err
		}
		sheet.merged, sheet.known = merged, true
	}
	p, err := openPart(sheet.part, maxSheetPart)
	if err != nil {
		return nil, err
	}
	return &sheetSource{book: b, part: p, size: int64(sheet.part.UncompressedSize64), merged: &merges{waiting: sheet.merged}}, nil
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
