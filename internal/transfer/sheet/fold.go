package sheet

import (
	"strings"
	"unicode/utf8"
)

// fold returns s trimmed, with full-width digits, letters and signs made half-width and the many dashes
// made a minus, so that number.go and date.go need to know one form of each.
func fold(s string) string {
	s = strings.TrimSpace(s)
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.TrimSpace(strings.Map(foldRune, s))
		}
	}
	return s
}

func foldRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000', r == '\u00a0':
		return ' '
	case r == '\u2212', r >= '\u2010' && r <= '\u2015': // minus; hyphens and dashes
		return '-'
	case r == '￥':
		return '¥'
	}
	return r
}

// scanner takes a folded cell apart from the left.
type scanner struct{ rest string }

func (s *scanner) spaces() { s.rest = strings.TrimLeft(s.rest, " ") }

// word takes one of words, whichever comes first, and returns its place among them, or -1.
func (s *scanner) word(words ...string) int {
	for i, w := range words {
		if len(s.rest) >= len(w) && strings.EqualFold(s.rest[:len(w)], w) {
			s.rest = s.rest[len(w):]
			return i
		}
	}
	return -1
}

// digits takes a run of digits; none is "".
func (s *scanner) digits() string {
	n := 0
	for n < len(s.rest) && s.rest[n] >= '0' && s.rest[n] <= '9' {
		n++
	}
	d := s.rest[:n]
	s.rest = s.rest[n:]
	return d
}

// number takes a run of at most max digits and returns its value, or -1.
func (s *scanner) number(max int) int {
	d := s.digits()
	if d == "" || len(d) > max {
		return -1
	}
	n := 0
	for _, c := range d {
		n = 10*n + int(c-'0')
	}
	return n
}
