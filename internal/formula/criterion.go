package formula

import (
	"strings"

	"github.com/engawa/engawa/internal/field"
)

// criterion is the condition of COUNTIF and its kind: a value to be equal to, or text that begins with an operator. In
// text without one, and behind = and <>, * stands for any characters and ? for one; case does not matter.
type criterion struct {
	op      string
	to      value  // a number, or the text as it is
	pattern []rune // the text in small letters
}

func newCriterion(v value) criterion {
	c := criterion{op: "=", to: v}
	if v.is == tText {
		rest := v.text
		for _, op := range []string{"<>", "!=", "<=", ">=", "=", "<", ">"} {
			if strings.HasPrefix(rest, op) {
				c.op, rest = op, rest[len(op):]
				break
			}
		}
		c.to = ofText(rest)
		if n, ok := readAmount(rest); ok {
			c.to = n
		}
		c.pattern = []rune(strings.ToLower(rest))
	}
	return c
}

// readAmount reads a plain decimal.
func readAmount(s string) (value, bool) {
	if s = strings.TrimSpace(s); s == "" {
		return failed, false
	}
	v, ok := field.ParseDecimal(s)
	if !ok {
		return failed, false
	}
	return ofNumber(v), true
}

func (c criterion) holds(f *frame, v value) bool {
	if c.op == "=" || c.op == "<>" || c.op == "!=" {
		return c.same(f, v) == (c.op == "=")
	}
	return !v.blank() && operators[c.op].apply(f, v, c.to).yes
}

func (c criterion) same(f *frame, v value) bool {
	switch {
	case c.to.is == tNumber && v.is == tText:
		n, ok := readAmount(v.text)
		return ok && equal(n, c.to)
	case c.to.is != tText || v.is != tText:
		return equal(v, c.to) && v.blank() == c.to.blank()
	}
	f.spend(len(v.text) * (1 + len(c.pattern)))
	return f.steps >= 0 && glob([]rune(strings.ToLower(v.text)), c.pattern)
}

// glob matches in a time that grows with the product of both lengths and no faster.
func glob(s, pattern []rune) bool {
	i, j, star, mark := 0, 0, -1, 0
	for i < len(s) {
		switch {
		case j < len(pattern) && pattern[j] == '*':
			star, mark = j, i
			j++
		case j < len(pattern) && (pattern[j] == '?' || pattern[j] == s[i]):
			i++
			j++
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(pattern) && pattern[j] == '*' {
		j++
	}
	return j == len(pattern)
}

// matching tells for each row whether all pairs of a list and a condition hold; ok is false when the lists differ in
// length, and so are of different tables.
func matching(f *frame, pairs []value) (rows []bool, ok bool) {
	if len(pairs)%2 != 0 || len(pairs) == 0 {
		return nil, false
	}
	for i := 0; i < len(pairs); i += 2 {
		list, c := pairs[i], newCriterion(pairs[i+1])
		if list.is&lists == 0 || pairs[i+1].is&lists != 0 || rows != nil && len(rows) != len(list.list) {
			return nil, false
		}
		if rows == nil {
			rows = make([]bool, len(list.list))
			for k := range rows {
				rows[k] = true
			}
		}
		for k, v := range list.list {
			rows[k] = rows[k] && c.holds(f, v)
		}
	}
	return rows, f.steps >= 0
}

// chosen is the values of the rows that match.
func chosen(list []value, rows []bool) ([]value, bool) {
	if len(list) != len(rows) {
		return nil, false
	}
	var out []value
	for i, v := range list {
		if rows[i] {
			out = append(out, v)
		}
	}
	return out, true
}

func countIfs(f *frame, a []value) value {
	rows, ok := matching(f, a)
	if !ok {
		return failed
	}
	n := int64(0)
	for _, yes := range rows {
		if yes {
			n++
		}
	}
	return ofInt(n)
}

// onePair makes NAME(list, condition[, numbers]); without numbers it is the list that is added up.
func onePair(of func(*frame, []value) value) func(*frame, []value) value {
	return func(f *frame, a []value) value {
		from := a[0]
		if len(a) == 3 {
			from = a[2]
		}
		if from.is != tNumbers {
			return failed
		}
		return manyPairs(of)(f, []value{from, a[0], a[1]})
	}
}

// manyPairs makes NAME(numbers, list, condition, …).
func manyPairs(of func(*frame, []value) value) func(*frame, []value) value {
	return func(f *frame, a []value) value {
		rows, ok := matching(f, a[1:])
		if !ok {
			return failed
		}
		list, ok := chosen(a[0].list, rows)
		if !ok {
			return failed
		}
		return of(f, list)
	}
}
