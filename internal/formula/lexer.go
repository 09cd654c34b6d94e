package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// kind is what a token is.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenText
	tokenName // a field code, or a function before "("
	tokenSign // an operator, parenthesis or comma
)

// token is one word of a formula. text is what it means: of a text without its quotes.
type token struct {
	kind     tokenKind
	text     string
	from, to int // where it stands in the source, in bytes
}

// scan cuts a formula into tokens; the last is tokenEnd.
func scan(source string) ([]token, *errs.Error) {
	if utf8.RuneCountInString(source) > MaxSource || !utf8.ValidString(source) {
		return nil, wrong("formula.tooLong", errs.Args{"max": MaxSource})
	}
	list := make([]token, 0, 16)
	for at := 0; ; {
		rest := strings.TrimLeftFunc(source[at:], unicode.IsSpace)
		at = len(source) - len(rest)
		t, err := next(rest)
		if err != nil {
			return nil, err
		}
		t.from, t.to = at, at+t.to
		list = append(list, t)
		if t.kind == tokenEnd {
			return list, nil
		}
		at = t.to
	}
}

// next reads the token at the beginning of s; its to is its length.
func next(s string) (token, *errs.Error) {
	if s == "" {
		return token{}, nil
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= '0' && r <= '9' || r == '.':
		return scanNumber(s)
	case r == '"':
		return scanText(s)
	case nameRune(r):
		n := 0
		for i, r := range s {
			if !nameRune(r) {
				break
			}
			n = i + utf8.RuneLen(r)
		}
		return token{kind: tokenName, text: s[:n], to: n}, nil
	}
	for _, sign := range []string{"!=", "<>", "<=", ">=", "+", "-", "*", "/", "^", "&", "=", "<", ">", "(", ")", ","} {
		if strings.HasPrefix(s, sign) {
			return token{kind: tokenSign, text: sign, to: len(sign)}, nil
		}
	}
	if narrow := narrowSign(r); narrow != "" {
		return token{}, wrong("formula.wide", errs.Args{"wide": s[:size], "narrow": narrow})
	}
	return token{}, wrong("formula.syntax")
}

// nameRune reports whether r may stand in a field code.
func nameRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Sc) || strings.ContainsRune("_＿・･＄￥", r)
}

// narrowSign is the sign that a full-width one was meant for, or "".
func narrowSign(r rune) string {
	switch r {
	case '−', '‐', '–', '—':
		return "-"
	case '×':
		return "*"
	case '÷':
		return "/"
	case '“', '”':
		return `"`
	case '、':
		return ","
	case '≦':
		return "<="
	case '≧':
		return ">="
	case '≠':
		return "!="
	}
	if r >= '！' && r <= '～' {
		return string(r - '！' + '!')
	}
	return ""
}

// scanNumber reads digits with at most one point.
func scanNumber(s string) (token, *errs.Error) {
	n := len(s) - len(strings.TrimLeft(s, "0123456789."))
	text := s[:n]
	if strings.Count(text, ".") > 1 || strings.Trim(text, ".") == "" || n > 100 {
		return token{}, wrong("formula.syntax")
	}
	if r, _ := utf8.DecodeRuneInString(s[n:]); n < len(s) && nameRune(r) {
		return token{}, wrong("formula.syntax")
	}
	return token{kind: tokenNumber, text: text, to: n}, nil
}

// scanText reads text between quotes. A quote inside is written \" or "", a backslash \\.
func scanText(s string) (token, *errs.Error) {
	var text strings.Builder
	for i := 1; i < len(s); i++ {
		more := s[i+1:]
		switch {
		case s[i] == '\\' && (strings.HasPrefix(more, `"`) || strings.HasPrefix(more, `\`)),
			s[i] == '"' && strings.HasPrefix(more, `"`):
			i++
			text.WriteByte(s[i])
		case s[i] == '"':
			return token{kind: tokenText, text: text.String(), to: i + 1}, nil
		default:
			text.WriteByte(s[i])
		}
	}
	return token{}, wrong("formula.syntax")
}

// Codes are the field codes that source names; what is no formula names none.
func Codes(source string) []string {
	list, err := scan(source)
	if err != nil {
		return nil
	}
	var codes []string
	for i, t := range list {
		if names(list, i) {
			codes = append(codes, t.text)
		}
	}
	return codes
}

// names reports whether the i-th token is a field code: a name that is not a function's.
func names(list []token, i int) bool {
	return list[i].kind == tokenName && (list[i+1].kind != tokenSign || list[i+1].text != "(")
}

// Rename returns source with field codes replaced; what is no formula stays as it is.
func Rename(source string, to map[string]string) string {
	list, err := scan(source)
	if err != nil {
		return source
	}
	var out strings.Builder
	at := 0
	for i, t := range list {
		code, ok := to[t.text]
		if !ok || !names(list, i) {
			continue
		}
		out.WriteString(source[at:t.from])
		out.WriteString(code)
		at = t.to
	}
	out.WriteString(source[at:])
	return out.String()
}
