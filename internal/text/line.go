package text

import (
	"strings"
	"unicode"
)

// OneLine is s as people may see it on one line: without control and direction characters, which hide or reverse what stands
// around them, and without what has no width.
func OneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029', r == '\ufeff', r == '\u200b':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}
