package text

import (
	"strings"
	"unicode/utf8"
)

// Keepable reports whether every database keeps s as it is: UTF-8 without U+0000.
func Keepable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// Keep returns what of s every database keeps. It is for texts that nobody can be asked to mend: what a document says, an
// error of another server.
func Keep(s string) string {
	if Keepable(s) {
		return s
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
}
