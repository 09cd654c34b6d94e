package sheet

import (
	"strings"
	"time"
)

// Type is the kind of field a column would become, by the name it has in the API.
type Type string

// The types Sniff guesses and Normalise knows. Any other type is treated as text of one line.
const (
	SingleLine  Type = "SINGLE_LINE_TEXT"
	MultiLine   Type = "MULTI_LINE_TEXT"
	Number      Type = "NUMBER"
	Date        Type = "DATE"
	Time        Type = "TIME"
	DateTime    Type = "DATETIME"
	DropDown    Type = "DROP_DOWN"
	RadioButton Type = "RADIO_BUTTON"
	CheckBox    Type = "CHECK_BOX"
	MultiSelect Type = "MULTI_SELECT"
	Link        Type = "LINK"
)

// Normalise returns the canonical text of a cell for a field of type typ, or the key of the problem
// it has: import.cell.number, .date, .time, .dateTime. An empty cell is "" for every type.
//
//	NUMBER                  plain decimal: no grouping, exponent, currency or leading zeros; digits behind the point kept
//	DATE, TIME              2026-04-01, 09:30 (seconds are cut off)
//	DATETIME                2026-04-01T00:30:00Z: UTC, whole minutes; a cell without a zone is in loc
//	CHECK_BOX, MULTI_SELECT the choices, each trimmed and once, between line feeds; see SplitChoices
//	MULTI_LINE_TEXT         as it is, with line feeds as line ends
//	all others              trimmed, line ends made spaces
func Normalise(typ Type, cell string, loc *time.Location) (text, problem string) {
	switch typ {
	case MultiLine, "RICH_TEXT":
		return lineFeeds(cell), ""
	}
	if cell = strings.TrimSpace(cell); cell == "" {
		return "", ""
	}
	switch typ {
	case Number:
		if n, ok := parseNumber(cell); ok {
			return n, ""
		}
		return "", "import.cell.number"
	case Date:
		if d, ok := parseDate(cell); ok {
			return d.String(), ""
		}
		return "", "import.cell.date"
	case Time:
		if c, ok := parseClock(cell); ok {
			return c.String(), ""
		}
		return "", "import.cell.time"
	case DateTime:
		if t, ok := moment(cell, loc); ok {
			return t.UTC().Format("2006-01-02T15:04:00Z"), ""
		}
		return "", "import.cell.dateTime"
	case CheckBox, MultiSelect:
		return strings.Join(SplitChoices(cell), "\n"), ""
	}
	if strings.ContainsAny(cell, "\r\n") {
		cell = strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return r == '\r' || r == '\n' }), " ")
	}
	return cell, ""
}

// moment reads a date and time as an instant between the years 1 and 9999 of UTC.
func moment(cell string, loc *time.Location) (time.Time, bool) {
	d, c, ok := parseMoment(cell)
	if !ok {
		return time.Time{}, false
	}
	if c.zone != nil {
		loc = c.zone
	}
	if loc == nil {
		loc = time.UTC
	}
	t := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, 0, 0, loc)
	year := t.UTC().Year()
	return t, year >= 1 && year <= 9999
}

func lineFeeds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// choiceMarks stand between the choices of one cell; the first of them that a cell has is the one that counts.
var choiceMarks = []string{"\n", ";", "；", "、", "|", ",", "，"}

// SplitChoices returns the choices a cell lists: one a line, or between semicolons, 、 bars or commas.
// They are trimmed, and each is there once. A choice that has such a mark in it comes apart; a caller who
// knows the field's choices should compare the whole cell with them first.
func SplitChoices(cell string) []string {
	cell = lineFeeds(cell)
	for _, mark := range choiceMarks {
		if strings.Contains(cell, mark) {
			return splitChoices(cell, mark)
		}
	}
	return splitChoices(cell, "\n")
}

func splitChoices(cell, mark string) []string {
	var out []string
next:
	for _, part := range strings.Split(cell, mark) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		for _, have := range out {
			if have == part {
				continue next
			}
		}
		out = append(out, part)
	}
	return out
}
