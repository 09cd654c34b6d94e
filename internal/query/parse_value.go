package query

import "strings"

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
