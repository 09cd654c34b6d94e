// Package text makes text findable: a form in which what people take for the same characters is the same,
// and the pairs of characters that a search index keeps of it. It also says what text databases keep at all. It is pure.
//
// It is not the place for reading file formats, nor for queries over the index.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalise returns s as it is compared in searches: compatibility forms (full and half width, half-width kana, ligatures)
// are one, letters are lower case, a run of white space is one blank, and characters that are not seen
// (variation selectors, zero-width joiners) are gone. Hiragana and katakana stay distinct.
//
// Normalising twice changes nothing more. s itself is returned when there is nothing to change.
func Normalise(s string) string {
	changed, simple := survey(s)
	if !simple {
		return thorough(s)
	}
	if !changed {
		return s
	}
	dst := make([]byte, 0, len(s))
	blank := false
	for _, r := range s {
		r = narrow(r)
		if r == ' ' && blank {
			continue
		}
		blank = r == ' '
		dst = utf8.AppendRune(dst, r)
	}
	return string(dst)
}

// survey reports whether narrow would change s, and whether narrow is enough for s.
func survey(s string) (changed, simple bool) {
	blank := false
	for i, n := 0, len(s); i < n; {
		var r rune
		if c := s[i]; c < utf8.RuneSelf {
			r = rune(c)
			i++
		} else {
			var size int
			r, size = utf8.DecodeRuneInString(s[i:])
			i += size
			if !plain(r) {
				return true, false
			}
		}
		to := narrow(r)
		if to != r || to == ' ' && blank {
			changed = true
		}
		blank = to == ' '
	}
	return changed, true
}

// plain reports characters above ASCII that no neighbour can change: Japanese text is made of them, so most
// of it never meets the tables of package norm.
func plain(r rune) bool {
	switch {
	case r >= 0x4e00 && r <= 0x9fff, // kanji
		r >= 0x3041 && r <= 0x3096, // hiragana without the combining marks
		r >= 0x30a0 && r <= 0x30fe, // katakana without the ligature
		r >= 0x3000 && r <= 0x3020, // blank, punctuation, brackets
		r >= 0xff01 && r <= 0xff5e: // full-width ASCII
		return true
	}
	return false
}

// narrow is the normal form of one ASCII or plain character.
func narrow(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		r -= 0xff01 - '!'
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == 0x3000, r >= '\t' && r <= '\r':
		return ' '
	}
	return r
}

// thorough normalises any text. Bytes that are no text become a sign of their own first: beside them package norm leaves
// things as they are. Lower case may compose differently from upper case, hence the second pass.
func thorough(s string) string {
	src := norm.NFKC.String(strings.ToValidUTF8(s, "\ufffd"))
	dst := make([]byte, 0, len(src))
	blank, settled := false, true // settled: what was composed of src still is
	for _, r := range src {
		switch {
		case hidden(r):
			settled = false
			continue
		case unicode.IsSpace(r):
			r = ' '
		default:
			lower := unicode.ToLower(unicode.ToUpper(r))
			settled, r = settled && lower == r, lower
		}
		if r == ' ' && blank {
			continue
		}
		blank = r == ' '
		dst = utf8.AppendRune(dst, r)
	}
	if settled {
		return string(dst)
	}
	return string(norm.NFKC.Bytes(dst))
}

// hidden reports characters that choose a glyph or a line break and are not part of the word.
func hidden(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || // variation selectors
		r >= 0x200b && r <= 0x200d || r == 0x2060 || r == 0xfeff || r == 0xad
}
