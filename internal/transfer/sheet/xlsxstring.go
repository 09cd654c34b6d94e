package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// sharedStrings is the table of texts that a workbook's cells refer to by number, in one piece of memory.
type sharedStrings struct {
	text strings.Builder
	ends []uint32
}

func (s *sharedStrings) at(i int) (string, bool) {
	if s == nil || i < 0 || i >= len(s.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.text.String()[start:s.ends[i]], true
}

func readStrings(f *zip.File) (*sharedStrings, error) {
	p, err := openPart(f, maxStringsPart)
	if err != nil {
		return nil, err
	}
	defer p.close()
	s := &sharedStrings{}
	for {
		t, err := p.token()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
		if el, ok := t.(xml.StartElement); ok && el.Name.Local == "si" {
			if err := p.richText(&s.text, "si"); err != nil {
				return nil, err
			}
			if s.text.Len() > min(maxSharedText, math.MaxUint32) {
				return nil, invalid("import.xlsxTooLarge")
			}
			s.ends = append(s.ends, uint32(s.text.Len()))
		}
	}
}

// richText appends the text inside the element called name, which has just opened: all of its <t>, save
// those in <rPh>, which say how Japanese names are read.
func (p *part) richText(out *strings.Builder, name string) error {
	reading, in := 0, false
	var text strings.Builder
	for {
		t, err := p.token()
		if errors.Is(err, io.EOF) {
			return invalid("import.xlsxBroken")
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "rPh":
				reading++
			case "t":
				in = reading == 0
			}
		case xml.EndElement:
			switch t.Name.Local {
			case name:
				out.WriteString(unescape(text.String()))
				return nil
			case "rPh":
				reading--
			case "t":
				in = false
			}
		case xml.CharData:
			if in {
				text.Write(t)
			}
			if text.Len() > maxToken {
				return invalid("import.xlsxTooLarge")
			}
		}
	}
}

// unescape turns _x000D_ into the character it stands for, which XML cannot hold. Source: ECMA-376 part 1,
// 22.9.2.19 (ST_Xstring).
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			out.WriteString(s)
			return out.String()
		}
		code, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		out.WriteString(s[:i])
		if code != 0 {
			out.WriteRune(rune(code))
		}
		s = s[i+7:]
	}
}
