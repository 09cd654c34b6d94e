package query

import (
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
