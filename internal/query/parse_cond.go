package query

import (
	"slices"
	"strings"
)

// or reads a condition; height is that of its tree.
func (p *parser) or() (c Cond, height int, ok bool) { return series[Or](p, "or", p.and) }

func (p *parser) and() (c Cond, height int, ok bool) { return series[And](p, "and", p.atom) }

// series reads operands with a keyword between them. A single one stays as it is, and what parentheses make an
// operand of the same kind becomes part of the series.
func series[L interface {
	~[]Cond
	Cond
}](p *parser, word string, operand func() (Cond, int, bool)) (c Cond, height int, ok bool) {
	var list L
	for {
		one, h, ok := operand()
		if !ok {
			return nil, 0, false
		}
		if inner, same := one.(L); same {
			list, height = append(list, inner...), max(height, h-1)
		} else {
			list, height = append(list, one), max(height, h)
		}
		if !p.keyword(word) {
			break
		}
	}
	if len(list) == 1 {
		return list[0], height, true
	}
	return list, height + 1, height < maxNesting
}

func (p *parser) atom() (c Cond, height int, ok bool) {
	if p.tok.kind != openToken {
		c, ok = p.predicate()
		return c, 0, ok
	}
	if p.parentheses++; p.parentheses > maxParentheses {
		return nil, 0, false
	}
	p.advance()
	if c, height, ok = p.or(); !ok {
		return nil, 0, false
	}
	p.parentheses--
	return c, height, p.accept(closeToken)
}

func (p *parser) predicate() (Cond, bool) {
	if p.predicates++; p.predicates > maxPredicates {
		return nil, false
	}
	name, ok := p.name()
	if !ok {
		return nil, false
	}
	op, ok := p.op()
	if !ok {
		return nil, false
	}
	c := &Predicate{Field: name, Op: op}
	switch op {
	case Empty, NotEmpty:
	case In, NotIn:
		c.Values, ok = p.list()
	default:
		c.Values = make([]Value, 1)
		c.Values[0], ok = p.value()
	}
	return c, ok
}

func (p *parser) name() (Name, bool) {
	n := Name{Code: p.tok.text}
	if !p.code() {
		return Name{}, false
	}
	if p.tok.kind != dotToken || n.Code == ID {
		return n, true
	}
	p.advance()
	n.Table, n.Code = n.Code, p.tok.text
	return n, p.code()
}

// code consumes a field code or "$id", the only name with a dollar sign.
func (p *parser) code() bool {
	if strings.HasPrefix(p.tok.text, "$") && p.tok.text != ID {
		return false
	}
	return p.accept(wordToken)
}

func (p *parser) op() (Op, bool) {
	kind := p.tok.kind
	if i := slices.Index(comparisonTokens, kind); i >= 0 {
		p.advance()
		return comparisons[i], true
	}
	if p.keyword("is") {
		if p.keyword("not") {
			return NotEmpty, p.keyword("empty")
		}
		return Empty, p.keyword("empty")
	}
	var not Op
	if p.keyword("not") {
		not = 1
	}
	if p.keyword("in") {
		return In + not, true
	}
	return Like + not, p.keyword("like")
}

var (
	comparisonTokens = []tokenKind{equalToken, notEqualToken, lessToken, lessOrEqualToken, greaterToken, greaterOrEqualToken}
	comparisons      = [...]Op{Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual}
)
