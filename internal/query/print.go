package query

import "strconv"

// String returns the query in its canonical form: lower-case keywords, one blank between tokens, every
// sort with its direction, parentheses only where "or" stands inside "and". Parse gives the same Query back.
func (q *Query) String() string {
	var dst []byte
	if q.Where != nil {
		dst = q.Where.appendTo(dst, false)
	}
	for i, s := range q.Order {
		if i == 0 {
			dst = appendWord(dst, "order by ")
		} else {
			dst = append(dst, ", "...)
		}
		dst = s.Field.appendTo(dst)
		if s.Desc {
			dst = append(dst, " desc"...)
		} else {
			dst = append(dst, " asc"...)
		}
	}
	if q.HasLimit {
		dst = strconv.AppendInt(appendWord(dst, "limit "), int64(q.Limit), 10)
	}
	if q.HasOffset {
		dst = strconv.AppendInt(appendWord(dst, "offset "), int64(q.Offset), 10)
	}
	return string(dst)
}

// appendWord writes w, after a blank unless it is the first.
func appendWord(dst []byte, w string) []byte {
	if len(dst) > 0 {
		dst = append(dst, ' ')
	}
	return append(dst, w...)
}

func (a And) appendTo(dst []byte, _ bool) []byte { return appendJoined(dst, a, " and ") }

func (o Or) appendTo(dst []byte, inner bool) []byte {
	if !inner {
		return appendJoined(dst, o, " or ")
	}
	dst = append(dst, '(')
	return append(appendJoined(dst, o, " or "), ')')
}

func appendJoined(dst []byte, list []Cond, by string) []byte {
	for i, c := range list {
		if i > 0 {
			dst = append(dst, by...)
		}
		dst = c.appendTo(dst, true)
	}
	return dst
}

func (p *Predicate) appendTo(dst []byte, _ bool) []byte {
	dst = p.Field.appendTo(dst)
	dst = append(dst, ' ')
	dst = append(dst, p.Op.String()...)
	switch p.Op {
	case Empty, NotEmpty:
	case In, NotIn:
		dst = append(dst, " ("...)
		for i, v := range p.Values {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = v.appendTo(dst)
		}
		dst = append(dst, ')')
	default:
		dst = p.Values[0].appendTo(append(dst, ' '))
	}
	return dst
}

func (n Name) appendTo(dst []byte) []byte {
	if n.Table != "" {
		dst = append(append(dst, n.Table...), '.')
	}
	return append(dst, n.Code...)
}

func (v Value) appendTo(dst []byte) []byte {
	switch v.Kind {
	case Number:
		return append(dst, v.Text...)
	case Call:
		dst = append(append(dst, v.Text...), '(')
		for i, a := range v.Args {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = append(dst, a...)
		}
		return append(dst, ')')
	}
	return appendQuoted(dst, v.Text)
}

// Quote is s as text of the query language.
func Quote(s string) string { return string(appendQuoted(nil, s)) }

// appendQuoted writes s as a string literal.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\t':
			dst = append(dst, '\\', 't')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
