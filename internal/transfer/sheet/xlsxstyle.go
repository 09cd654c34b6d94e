package sheet

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
	"strings"
)

// cellFormat is what a cell's number format makes of a number.
type cellFormat struct {
	shows    shows
	elapsed  bool   // of a time: hours go past 24
	template string // of a code: '0' for each digit, other characters as they are
}

type shows int

const (
	showsNumber shows = iota
	showsDate
	showsTime
	showsDateTime
	showsCode // leading zeros and marks between digits, such as 000-0000
)

// builtin are the formats that files name by number only. 27 to 36 and 50 to 58 are those of Japanese Excel.
// Source: ECMA-376 part 1, 18.8.30.
func builtin(id int) cellFormat {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id >= 34 && id <= 36, id >= 50 && id <= 58:
		return cellFormat{shows: showsDate}
	case id >= 18 && id <= 21, id == 32, id == 33, id == 45, id == 47:
		return cellFormat{shows: showsTime}
	case id == 46:
		return cellFormat{shows: showsTime, elapsed: true}
	case id == 22:
		return cellFormat{shows: showsDateTime}
	}
	return cellFormat{}
}

// readStyles returns the formats of the workbook's cell styles, by their number.
func readStyles(f *zip.File) ([]cellFormat, error) {
	p, err := openPart(f, maxSmallPart)
	if err != nil {
		return nil, err
	}
	defer p.close()
	custom := map[string]string{}
	var styles []cellFormat
	inCells := false // <xf> is also used for named styles
	err = p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "numFmt":
			custom[attr(el, "numFmtId")] = attr(el, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inCells = false
		case "xf":
			if !inCells {
				break
			}
			format, ok := cellFormat{}, false
			if code, found := custom[attr(el, "numFmtId")]; found {
				format, ok = parseFormat(code), true
			}
			if id, err := strconv.Atoi(attr(el, "numFmtId")); err == nil && !ok {
				format = builtin(id)
			}
			styles = append(styles, format)
		}
		return nil
	})
	return styles, err
}

// parseFormat reads a number format code. Only the section for positive numbers says what a format is for,
// except that Japanese postal codes choose by size and have the whole code last.
func parseFormat(code string) cellFormat {
	first, last := code, code
	if s := sections(code); len(s) > 1 {
		first, last = s[0], s[len(s)-1]
	}
	bare, elapsed := bareFormat(first)
	days := strings.ContainsAny(bare, "ydge")
	clock := elapsed || strings.ContainsAny(bare, "hs")
	if !days && !clock && strings.Contains(bare, "m") {
		days = true
	}
	switch {
	case strings.ContainsAny(bare, "0#?"): // 0.00E+00 has an e and is a number; dates have no digits but in ss.000
		if !clock {
			break
		}
		fallthrough
	case days || clock:
		switch {
		case days && clock:
			return cellFormat{shows: showsDateTime}
		case days:
			return cellFormat{shows: showsDate}
		}
		return cellFormat{shows: showsTime, elapsed: elapsed}
	}
	if strings.HasPrefix(first, "[<") {
		first = last
	}
	if t := template(first); t != "" {
		return cellFormat{shows: showsCode, template: t}
	}
	return cellFormat{}
}

// sections parts a format code at its semicolons.
func sections(code string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && !quoted:
			i++
		case c == ';' && !quoted:
			out = append(out, code[start:i])
			start = i + 1
		}
	}
	return append(out, code[start:])
}

// bareFormat returns a section's placeholders in lower case, without texts, colours, conditions and AM/PM.
func bareFormat(section string) (bare string, elapsed bool) {
	var out strings.Builder
	for i := 0; i < len(section); i++ {
		switch c := section[i]; c {
		case '"', '[':
			end := byte('"')
			if c == '[' {
				end = ']'
			}
			n := strings.IndexByte(section[i+1:], end)
			if n < 0 {
				n = len(section) - i - 1
			}
			if inner := section[i+1 : i+1+n]; c == '[' && inner != "" && strings.Trim(strings.ToLower(inner), inner[:1]) == "" &&
				strings.Contains("hms", strings.ToLower(inner[:1])) {
				elapsed = true
			}
			i += n + 1
		case '\\', '_', '*':
			i++
		default:
			out.WriteByte(c)
		}
	}
	bare = strings.ToLower(out.String())
	for _, word := range []string{"general", "am/pm", "a/p"} {
		bare = strings.ReplaceAll(bare, word, "")
	}
	return bare, elapsed
}
