package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

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
