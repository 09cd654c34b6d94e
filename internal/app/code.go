package app

import (
	"strconv"
	"strings"
)

// maxCode is how long a field code may be, in characters.
const maxCode = 128

// CodeFor returns a code for a new field called label: legal, not reserved, and no other field's. Characters that a
// code may not have become "_".
func (s *Settings) CodeFor(label string) string {
	base := strings.Trim(strings.Map(func(r rune) rune {
		if codePattern.MatchString(string(r)) {
			return r
		}
		return '_'
	}, label), "_")
	switch {
	case base == "":
		base = "field"
	case base[0] >= '0' && base[0] <= '9':
		base = "_" + base
	}
	code := firstRunes(base, maxCode)
	for n := 2; !s.free(code); n++ {
		suffix := "_" + strconv.Itoa(n)
		code = firstRunes(base, maxCode-len(suffix)) + suffix
	}
	return code
}

func (s *Settings) free(code string) bool {
	f, _ := s.Field(code)
	return f == nil && validCode(code)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
