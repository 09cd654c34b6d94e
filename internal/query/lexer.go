package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a query.
type token struct {
	kind tokenKind
	text string // of words, numbers and strings; strings without quotes and escapes
	pos  int    // of its first byte
}

type tokenKind uint8

const (
	endToken tokenKind = iota
	wordToken
	numberToken
	stringToken
	openToken
	closeToken
	commaToken
	dotToken
	equalToken
	notEqualToken
	lessToken
	lessOrEqualToken
	greaterToken
	greaterOrEqualToken
	badToken // not a token of the language
)

// lexer cuts a text into tokens, one at a time.
type lexer struct {
	text string
	at   int // byte offset of what comes next
}

// blank is what may stand between tokens.
const blank = " \t\n\r\u3000"

func (l *lexer) next() token {
	l.at = len(l.text) - len(strings.TrimLeft(l.text[l.at:], blank))
	start := l.at
	if start == len(l.text) {
		return token{kind: endToken, pos: start}
	}
	switch c := l.text[start]; {
	case c == '"':
		return l.quoted()
	case c >= '0' && c <= '9' || c == '-' || c == '+':
		return l.number()
	case c == '$':
		l.at++
	}
	if n := wordLen(l.text[l.at:]); n > 0 {
		l.at += n
		return token{wordToken, l.text[start:l.at], start}
	}
	for _, s := range signs {
		if strings.HasPrefix(l.text[start:], s.text) {
			l.at = start + len(s.text)
			return token{kind: s.kind, pos: start}
		}
	}
	return token{kind: badToken, pos: start}
}

// signs are the tokens that are no words, the longer before those they begin with.
var signs = [...]struct {
	text string
	kind tokenKind
}{
	{"!=", notEqualToken}, {"<=", lessOrEqualToken}, {">=", greaterOrEqualToken},
	{"=", equalToken}, {"<", lessToken}, {">", greaterToken},
	{"(", openToken}, {")", closeToken}, {",", commaToken}, {".", dotToken},
}

// wordLen is the length in bytes of the field code or keyword that s begins with. ASCII digits do not begin one.
func wordLen(s string) int {
	for i, r := range s {
		if !wordRune(r) || i == 0 && r >= '0' && r <= '9' {
			return i
		}
	}
	return len(s)
}

// wordRune reports the characters of field codes.
// Source: kintone query language, lexical rules.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return r != utf8.RuneError &&
		(unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Sc) || r == '＿' || r == '・' || r == '･')
}

// number reads a sign, digits and decimals. A word that follows at once makes it no number.
func (l *lexer) number() token {
	start, i := l.at, l.at
	if c := l.text[i]; c == '-' || c == '+' {
		i++
	}
	whole := digits(l.text[i:])
	i += whole
	if i+1 < len(l.text) && l.text[i] == '.' {
		if n := digits(l.text[i+1:]); n > 0 {
			i += 1 + n
		}
	}
	if whole == 0 || wordLen(l.text[i:]) > 0 {
		return token{kind: badToken, pos: start}
	}
	l.at = i
	return token{numberToken, l.text[start:i], start}
}

func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// quoted reads a string. Line breaks, tabs and NUL must not stand in one as they are.
func (l *lexer) quoted() token {
	start := l.at
	var unescaped []byte
	from := start + 1 // what is not yet in unescaped
	for i := from; i < len(l.text); i++ {
		switch l.text[i] {
		case '"':
			text := l.text[from:i]
			if unescaped != nil {
				text = string(append(unescaped, text...))
			}
			l.at = i + 1
			return token{stringToken, text, start}
		case '\t', '\n', '\r', 0:
			return token{kind: badToken, pos: i}
		case '\\':
			if i+1 == len(l.text) {
				return token{kind: badToken, pos: i}
			}
			unescaped = append(unescaped, l.text[from:i]...)
			from = i + 1 // any other character after a backslash is itself
			if c := escape(l.text[i+1]); c != 0 {
				unescaped = append(unescaped, c)
				from = i + 2
				i++
			}
		}
	}
	return token{kind: badToken, pos: start}
}

// escape is the character that a backslash and c stand for, or 0.
func escape(c byte) byte {
	switch c {
	case '"', '\\':
		return c
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	}
	return 0
}
