package formula

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/errs"
)

// node is a part of a parsed formula: one of the types below.
type node any

type (
	numberNode struct{ value *apd.Decimal }
	textNode   struct{ text string }
	nameNode   struct{ code string }
	signNode   struct { // + or - before a value
		op string
		of node
	}
	pairNode struct { // an operator between two values
		op   string
		a, b node
	}
	callNode struct {
		name string // in capitals
		args []node
	}
)

// levels are the operators between two values by how strongly they bind, the weakest first. Those of a level are taken
// from left to right.
// Source: kintone REST behaviour, calculation operators.
var levels = [][]string{
	{"=", "!=", "<>", "<", "<=", ">", ">="},
	{"&"},
	{"+", "-"},
	{"*", "/"},
	{"^"},
}

// parse reads a formula.
func parse(source string) (node, *errs.Error) {
	list, err := scan(source)
	if err != nil {
		return nil, err
	}
	p := parser{tokens: list}
	n, err := p.level(0)
	if err != nil {
		return nil, err
	}
	if p.tokens[p.at].kind != tokenEnd {
		return nil, wrong("formula.syntax")
	}
	return n, nil
}

type parser struct {
	tokens []token
	at     int
	depth  int
}

// sign takes the next token if it is one of signs.
func (p *parser) sign(signs ...string) (string, bool) {
	t := p.tokens[p.at]
	if t.kind == tokenSign {
		for _, s := range signs {
			if t.text == s {
				p.at++
				return s, true
			}
		}
	}
	return "", false
}

// level reads operators of a level and stronger ones.
func (p *parser) level(n int) (node, *errs.Error) {
	if n == len(levels) {
		return p.signed()
	}
	a, err := p.level(n + 1)
	if err != nil {
		return nil, err
	}
	for {
		op, ok := p.sign(levels[n]...)
		if !ok {
			return a, nil
		}
		b, err := p.level(n + 1)
		if err != nil {
			return nil, err
		}
		a = pairNode{op, a, b}
	}
}

// signed reads a value with the signs before it.
func (p *parser) signed() (node, *errs.Error) {
	if p.depth++; p.depth > maxDepth {
		return nil, wrong("formula.tooDeep", errs.Args{"max": maxDepth})
	}
	defer func() { p.depth-- }()
	if op, ok := p.sign("+", "-"); ok {
		of, err := p.signed()
		return signNode{op, of}, err
	}
	return p.value()
}

func (p *parser) value() (node, *errs.Error) {
	t := p.tokens[p.at]
	p.at++
	switch t.kind {
	case tokenNumber:
		d, _, err := apd.NewFromString(t.text)
		if err != nil {
			return nil, wrong("formula.syntax")
		}
		return numberNode{d}, nil
	case tokenText:
		return textNode{t.text}, nil
	case tokenName:
		if _, ok := p.sign("("); ok {
			args, err := p.arguments()
			return callNode{strings.ToUpper(t.text), args}, err
		}
		return nameNode{t.text}, nil
	}
	if t.kind != tokenSign || t.text != "(" {
		return nil, wrong("formula.syntax")
	}
	n, err := p.level(0)
	if err != nil {
		return nil, err
	}
	if _, ok := p.sign(")"); !ok {
		return nil, wrong("formula.syntax")
	}
	return n, nil
}

// arguments reads what stands between the parentheses of a call.
func (p *parser) arguments() ([]node, *errs.Error) {
	if _, ok := p.sign(")"); ok {
		return nil, nil
	}
	var args []node
	for {
		n, err := p.level(0)
		if err != nil {
			return nil, err
		}
		args = append(args, n)
		if _, ok := p.sign(","); ok {
			continue
		}
		if _, ok := p.sign(")"); ok {
			return args, nil
		}
		return nil, wrong("formula.syntax")
	}
}
