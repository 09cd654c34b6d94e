package sheet

import (
	"fmt"
	"time"
)

// A clock is a time of day, maybe in a zone.
type clock struct {
	hour, minute, second int
	zone                 *time.Location
}

func (c clock) String() string { return fmt.Sprintf("%02d:%02d", c.hour, c.minute) }

var (
	amWords = []string{"午前", "AM", "A.M."}
	pmWords = []string{"午後", "PM", "P.M."}
)

// takeClock takes a time of day off the front of a folded cell: 9:30, 9:30:15, 午後3時, 15時30分, 3:00 PM.
func takeClock(s *scanner) (c clock, ok bool) {
	half := takeHalf(s)
	s.spaces()
	if c.hour = s.number(2); c.hour < 0 {
		return c, false
	}
	s.spaces()
	switch s.word(":", "時") {
	case 0:
		ok = takeMinutes(s, &c, ":")
	case 1:
		s.spaces()
		switch {
		case s.word("半") == 0:
			c.minute, ok = 30, true
		case s.rest == "" || s.rest[0] < '0' || s.rest[0] > '9':
			ok = true
		default:
			ok = takeMinutes(s, &c, "分")
		}
	default: // "3 PM"
		if half == 0 {
			half = takeHalf(s)
		}
		ok = half != 0
	}
	if !ok {
		return c, false
	}
	s.spaces()
	if half == 0 {
		half = takeHalf(s)
	}
	if half != 0 {
		if c.hour > 12 {
			return c, false
		}
		c.hour %= 12
		if half == 2 {
			c.hour += 12
		}
	}
	return c, c.hour < 24 && c.minute < 60 && c.second < 60
}

// takeHalf takes the half of the day: 1 for the morning, 2 for the afternoon, 0 for none.
func takeHalf(s *scanner) int {
	switch {
	case s.word(amWords...) >= 0:
		return 1
	case s.word(pmWords...) >= 0:
		return 2
	}
	return 0
}

// takeMinutes takes what stands behind the hour. Seconds are read, and fractions of them passed over: a
// field keeps minutes.
func takeMinutes(s *scanner, c *clock, mark string) bool {
	d := s.digits()
	if len(d) > 2 || d == "" || mark == ":" && len(d) != 2 {
		return false
	}
	c.minute = (&scanner{d}).number(2)
	if mark == "分" {
		s.spaces()
		if s.word("分") < 0 {
			return false
		}
		s.spaces()
		if s.rest == "" || s.rest[0] < '0' || s.rest[0] > '9' {
			return true
		}
		c.second = s.number(2)
		return c.second >= 0 && s.word("秒") == 0
	}
	if s.word(":") < 0 {
		return true
	}
	if c.second = s.number(2); c.second < 0 {
		return false
	}
	if s.word(".") == 0 {
		return s.digits() != ""
	}
	return true
}

// takeZone takes "Z", "+09:00", "+0900", "+09" or "JST".
func takeZone(s *scanner) (*time.Location, bool) {
	s.spaces()
	switch s.word("Z", "UTC", "JST", "+", "-") {
	case 0, 1:
		return time.UTC, true
	case 2:
		return time.FixedZone("", 9*60*60), true
	case 3:
		return takeOffset(s, 1)
	case 4:
		return takeOffset(s, -1)
	}
	return nil, s.rest == ""
}

func takeOffset(s *scanner, sign int) (*time.Location, bool) {
	d := s.digits()
	if len(d) == 2 && s.word(":") == 0 {
		d += s.digits()
	}
	if len(d) == 2 {
		d += "00"
	}
	if len(d) != 4 || d[:2] > "14" || d[2:] > "59" {
		return nil, false
	}
	minutes := (&scanner{d[:2]}).number(2)*60 + (&scanner{d[2:]}).number(2)
	return time.FixedZone("", sign*minutes*60), true
}

// parseClock reads a cell that holds a time of day and nothing else.
func parseClock(cell string) (clock, bool) {
	s := scanner{fold(cell)}
	c, ok := takeClock(&s)
	return c, ok && s.rest == ""
}

// parseMoment reads a cell that holds a date and maybe a time; without one it is midnight.
func parseMoment(cell string) (d date, c clock, ok bool) {
	if len(cell) > 120 {
		return d, c, false
	}
	s := scanner{fold(cell)}
	if d, ok = takeDate(&s); !ok {
		return d, c, false
	}
	if s.rest == "" {
		return d, c, true
	}
	if d.compact && s.rest != "" && s.rest[0] >= '0' && s.rest[0] <= '9' { // 202604010930, 20260401093000
		n := s.digits()
		if len(n) != 4 && len(n) != 6 || s.rest != "" {
			return d, c, false
		}
		n += "00"
		s.rest = n[:2] + ":" + n[2:4] + ":" + n[4:6]
	} else {
		s.spaces()
		if s.word("T") == 0 && (s.rest == "" || s.rest[0] < '0' || s.rest[0] > '9') {
			return d, c, false
		}
	}
	if c, ok = takeClock(&s); !ok {
		return d, c, false
	}
	c.zone, ok = takeZone(&s)
	return d, c, ok && s.rest == ""
}
