package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// What one query may hold. The bounds are far above what people and clients write, and keep the SQL within
// what the databases take.
const (
	maxText        = 256 << 10 // bytes
	maxPredicates  = 1_000
	maxValues      = 10_000
	maxParentheses = 1_000 // open at a time
	maxNesting     = 50    // of and within or within and …
	maxNumber      = 1_000_000_000
)

// Parse reads the text of a query. An empty text finds every record.
//
// Errors: Invalid "query.syntax" with the position of what was not understood as "pos", counted in
// characters from 1. A text beyond the bounds of the language is a syntax error where it passes them.
// Source: kintone query language, grammar and lexical rules.
func Parse(text string) (*Query, error) {
	if len(text) > maxText || !utf8.ValidString(text) {
		return nil, errs.E(errs.Invalid, "query.syntax", errs.Args{"pos": 1})
	}
	p := parser{lexer: lexer{text: text}}
	p.advance()
	q, ok := p.query()
	if !ok {
		pos := utf8.RuneCountInString(text[:p.tok.pos]) + 1
		return nil, errs.E(errs.Invalid, "query.syntax", errs.Args{"pos": pos})
	}
	return q, nil
}

// parser reads by recursive descent. Its methods return ok = false with the offending token as tok.
type parser struct {
	lexer
	tok                token // not yet consumed
	predicates, values int
	parentheses        int
}

func (p *parser) advance() { p.tok = p.lexer.next() }

// accept consumes the next token if it is of a kind.
func (p *parser) accept(k tokenKind) bool {
	if p.tok.kind != k {
		return false
	}
	p.advance()
	return true
}

// keyword consumes the next token if it is a keyword, in any case.
func (p *parser) keyword(w string) bool {
	if !p.at(w) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) at(w string) bool {
	return p.tok.kind == wordToken && strings.EqualFold(p.tok.text, w)
}

func (p *parser) query() (*Query, bool) {
	q, ok := &Query{}, true
	if p.tok.kind != endToken && !p.atOption() {
		if q.Where, _, ok = p.or(); !ok {
			return nil, false
		}
	}
	if p.keyword("order") {
		if q.Order, ok = p.order(); !ok {
			return nil, false
		}
	}
	if p.keyword("limit") {
		if q.Limit, q.HasLimit = p.count(); !q.HasLimit {
			return nil, false
		}
	}
	if p.keyword("offset") {
		if q.Offset, q.HasOffset = p.count(); !q.HasOffset {
			return nil, false
		}
	}
	return q, p.tok.kind == endToken
}

// atOption reports whether the query has no condition: its first word is an option, and not a field
// that is called like one.
func (p *parser) atOption() bool {
	ahead := p.lexer
	switch next := ahead.next(); {
	case p.at("order"):
		return next.kind == wordToken && strings.EqualFold(next.text, "by")
	case p.at("limit"), p.at("offset"):
		return next.kind == numberToken
	}
	return false
}

// or reads a condition; height is that of its tree.
func (p *parser) or() (c Cond, height int, ok bool) {
	var list Or
	for {
		one, h, ok := p.and()
		if !ok {
			return nil, 0, false
		}
		if inner, same := one.(Or); same {
			list, height = append(list, inner...), max(height, h-1)
		} else {
			list, height = append(list, one), max(height, h)
		}
		if !p.keyword("or") {
			break
		}
	}
	if len(list) == 1 {
		return list[0], height, true
	}
	return list, height + 1, height < maxNesting
}

func (p *parser) and() (c Cond, height int, ok bool) {
	var list And
	for {
		one, h, ok := p.atom()
		if !ok {
			return nil, 0, false
		}
		if inner, same := one.(And); same {
			list, height = append(list, inner...), max(height, h-1)
		} else {
			list, height = append(list, one), max(height, h)
		}
		if !p.keyword("and") {
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

// list reads the values of an in, which may be none.
func (p *parser) list() ([]Value, bool) {
	if !p.accept(openToken) {
		return nil, false
	}
	if p.accept(closeToken) {
		return nil, true
	}
	var list []Value
	for {
		v, ok := p.value()
		if !ok {
			return nil, false
		}
		list = append(list, v)
		if !p.accept(commaToken) {
			return list, p.accept(closeToken)
		}
	}
}

func (p *parser) value() (v Value, ok bool) {
	if p.values++; p.values > maxValues {
		return Value{}, false
	}
	tok := p.tok
	switch {
	case p.accept(stringToken):
		return Value{Kind: String, Text: tok.text}, true
	case p.accept(numberToken):
		return Value{Kind: Number, Text: tok.text}, true
	case tok.kind == wordToken:
		return p.call()
	}
	return Value{}, false
}

// call reads a function by its name in any case, and its arguments.
func (p *parser) call() (v Value, ok bool) {
	name := strings.ToUpper(p.tok.text)
	if _, known := functions[name]; !known {
		return Value{}, false
	}
	p.advance()
	if !p.accept(openToken) {
		return Value{}, false
	}
	v = Value{Kind: Call, Text: name}
	if p.accept(closeToken) {
		return v, true
	}
	for {
		arg := p.tok.text
		if !p.accept(numberToken) && !p.accept(wordToken) {
			return Value{}, false
		}
		v.Args = append(v.Args, arg)
		if !p.accept(commaToken) {
			return v, p.accept(closeToken)
		}
	}
}

// order reads what follows "order".
func (p *parser) order() ([]Sort, bool) {
	if !p.keyword("by") {
		return nil, false
	}
	var list []Sort
	for {
		name, ok := p.name()
		if !ok {
			return nil, false
		}
		s := Sort{Field: name, Desc: p.keyword("desc")}
		if !s.Desc {
			p.keyword("asc")
		}
		list = append(list, s)
		if !p.accept(commaToken) {
			return list, true
		}
	}
}

// count reads the number of a limit or offset. Numbers beyond any use are as good as the largest.
func (p *parser) count() (int, bool) {
	text := p.tok.text
	if digits(text) < len(text) || !p.accept(numberToken) {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	if err != nil || n > maxNumber {
		n = maxNumber
	}
	return n, true
}
