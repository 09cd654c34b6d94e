package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// template returns a section that only pads with zeros and puts marks between digits ("0000",
// "000\-0000"), as '0' and those marks. "" for every other: "0" and "0.00" are about precision.
func template(section string) string {
	var out strings.Builder
	zeros := 0
	for i := 0; i < len(section); i++ {
		switch c := section[i]; c {
		case '0':
			zeros++
			out.WriteByte(c)
		case '-', ' ', '(', ')':
			out.WriteByte(c)
		case '\\':
			if i++; i == len(section) || section[i] == '0' {
				return ""
			}
			out.WriteByte(section[i])
		case '"':
			n := strings.IndexByte(section[i+1:], '"')
			if n < 0 || strings.IndexByte(section[i+1:i+1+n], '0') >= 0 {
				return ""
			}
			out.WriteString(section[i+1 : i+1+n])
			i += n + 1
		default:
			return ""
		}
	}
	if zeros < 2 {
		return ""
	}
	return out.String()
}

// fill puts the digits of a whole number into a template, from the right.
func fill(template, digits string) string {
	out := make([]byte, 0, len(template)+len(digits))
	next := len(digits) - 1
	left := strings.IndexByte(template, '0')
	for i := len(template) - 1; i >= 0; i-- {
		if template[i] != '0' {
			out = append(out, template[i])
			continue
		}
		d := byte('0')
		if next >= 0 {
			d = digits[next]
			next--
		}
		out = append(out, d)
		for i == left && next >= 0 { // more digits than places
			out = append(out, digits[next])
			next--
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return string(out)
}

// maxSerial is the day 9999-12-31.
const maxSerial = 2958465

// text returns what a stored number is to people: 46113 as a date is 2026-04-01, and 0.1+0.2 as a number is 0.3.
// What is no number is returned as it is.
func (f cellFormat) text(stored string, date1904 bool) string {
	stored = strings.TrimSpace(stored)
	if f.shows == showsNumber && plainNumber(stored) && len(stored) <= 15 {
		return stored
	}
	v, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || strings.ContainsAny(stored, "xX_") {
		return stored
	}
	switch f.shows {
	case showsDate, showsTime, showsDateTime:
		if s, ok := f.moment(v, date1904); ok {
			return s
		}
	case showsCode:
		if s := exact(v); allDigits(s) {
			return fill(f.template, s)
		}
	}
	return exact(v)
}

// exact returns v with the 15 digits that Excel shows, which hide what binary fractions cannot hold, and
// never with an exponent.
func exact(v float64) string {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	if v == 0 {
		return "0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// moment turns a day count with a fraction into text.
func (f cellFormat) moment(v float64, date1904 bool) (string, bool) {
	seconds := int64(math.Round(v * 24 * 60 * 60))
	if v < 0 || v >= maxSerial+1 {
		return "", false
	}
	if f.elapsed {
		return withSeconds(fmt.Sprintf("%d:%02d", seconds/3600, seconds/60%60), seconds), true
	}
	days, rest := seconds/(24*60*60), seconds%(24*60*60)
	clock := withSeconds(fmt.Sprintf("%02d:%02d", rest/3600, rest/60%60), rest)
	if f.shows == showsTime {
		return clock, true
	}
	switch {
	case date1904:
		days += 1462
	case days < 61:
		days++ // Excel counts a 29 February 1900 that never was
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days))
	if day.Year() > 9999 {
		return "", false
	}
	if f.shows == showsDate {
		return day.Format(time.DateOnly), true
	}
	return day.Format(time.DateOnly) + " " + clock, true
}

func withSeconds(s string, seconds int64) string {
	if seconds%60 != 0 {
		s += fmt.Sprintf(":%02d", seconds%60)
	}
	return s
}
