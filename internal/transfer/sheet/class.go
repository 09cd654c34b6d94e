package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is everything a cell could be.
type class struct {
	number  bool
	integer bool // and nothing but digits
	code    bool // digits that start with a zero, or more than a number holds
	date    bool
	compact bool // a date as eight digits
	timed   bool // a date with a time other than midnight
	clock   bool
	url     bool
	mail    bool
	phone   bool
}

func classify(cell string) (c class) {
	if len(cell) > 300 || strings.IndexByte(cell, '\n') >= 0 {
		return c
	}
	s := fold(cell)
	first, _ := utf8.DecodeRuneInString(s)
	if unicode.IsDigit(first) || strings.ContainsRune("+-(△▲¥\\.", first) {
		c.integer = allDigits(s)
		c.code = c.integer && (len(s) > 1 && s[0] == '0' || len(s) > 15)
		_, c.number = parseNumber(s)
		c.number = c.number && !c.code
		c.phone = isPhone(s)
		if _, ok := parseClock(s); ok {
			c.clock = true
			return c
		}
	}
	if len(s) >= 5 {
		d, at, ok := parseMoment(s)
		ok = ok && (!d.compact || d.year >= 1900 && d.year <= 2100)
		c.compact = ok && d.compact
		c.timed = ok && at != clock{}
		c.date = ok && !c.timed
		if !ok && !c.clock {
			_, c.clock = parseClock(s)
		}
	} else if !c.number {
		_, c.clock = parseClock(s)
	}
	c.url = isURL(s)
	c.mail = isMail(s)
	return c
}

func isURL(s string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(s), "http")
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(strings.TrimPrefix(rest, "s"), "://")
	return ok && rest != "" && !strings.ContainsAny(rest, " \t\"<>")
}

func isMail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.IndexByte(host, '.') > 0 && !strings.HasSuffix(host, ".") && !strings.ContainsAny(s, " ,;:/<>\"()") &&
		strings.IndexByte(host, '@') < 0
}

// isPhone takes numbers as they are written in Japan (0 and nine or ten more digits) or with a country's prefix.
func isPhone(s string) bool {
	digits := 0
	for _, c := range strings.TrimPrefix(s, "+") {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c != '-' && c != '(' && c != ')' && c != ' ':
			return false
		}
	}
	return digits >= 10 && digits <= 15 && (s[0] == '0' || s[0] == '+' || s[0] == '(')
}
