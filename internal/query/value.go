package query

import (
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/text"
)

// matcher makes the test of p's operator and values on f, as if the operator were its positive form.
func (c *checker) matcher(f *field.Field, p *Predicate) (matcher, error) {
	switch p.Op {
	case Empty, NotEmpty:
		return oneOf{empty: true}, nil
	case Like, NotLike:
		v := p.Values[0]
		if v.Kind == Call {
			return nil, noFunction(f, v)
		}
		needle := strings.Trim(text.Normalise(v.Text), " ")
		if f.Type == field.File && c.env.Contents {
			return holding{needle}, nil
		}
		return contains{needle}, nil
	case In, NotIn:
		return c.in(f, p.Values)
	}
	v := p.Values[0]
	if n := natures[f.Type]; n == instant || n == day && v.Kind == Call || asShown(f, v) {
		return c.span(f, p.Op, v)
	}
	if p.Op == Equal || p.Op == NotEqual {
		return c.in(f, p.Values)
	}
	literal, err := c.literal(f, v)
	if err != nil || literal == "" {
		return oneOf{}, err // nothing is before or after no value
	}
	if f.Kind().Storage() == field.Integer {
		op, n := wholeBound(p.Op, literal)
		return compare{op, n}, nil
	}
	return compare{p.Op, literal}, nil
}

// in makes the test for any of several values.
func (c *checker) in(f *field.Field, values []Value) (matcher, error) {
	var list []field.Value
	if len(values) > 0 {
		list = make([]field.Value, 0, len(values))
	}
	empty := false
	whole := f.Kind().Storage() == field.Integer
	for _, v := range values {
		if v.Kind == Call && v.Text == loginUserFunc && natures[f.Type] == person {
			if len(v.Args) > 0 {
				return nil, errArgs
			}
			if c.env.Me != 0 { // who is no user is in no field
				list = append(list, field.Value(strconv.FormatInt(int64(c.env.Me), 10)))
			}
			if f.Type == field.StatusAssignee { // their turn is his
				for _, u := range c.env.For {
					list = append(list, idValue(int64(u)))
				}
			}
			continue
		}
		if v.Kind == Call && v.Text == organizationFunc && natures[f.Type] == unit {
			if len(v.Args) > 0 {
				return nil, errArgs
			}
			if c.env.Primary != 0 {
				list = append(list, idValue(int64(c.env.Primary)))
			}
			continue
		}
		literal, err := c.literal(f, v)
		switch {
		case err != nil:
			return nil, err
		case literal == "":
			empty = true
		case !whole || isWhole(literal):
			list = append(list, literal)
		}
	}
	if f.Kind().Storage() == field.List {
		return members{list, empty}, nil
	}
	return oneOf{list, empty}, nil
}

// literal is the canonical form of a value that is no function.
func (c *checker) literal(f *field.Field, v Value) (field.Value, error) {
	if v.Kind == Call {
		return "", noFunction(f, v)
	}
	s, n := v.Text, natures[f.Type]
	if n != person && n != unit && n != group || c.env.Directory != nil {
		if literal, ok := f.Kind().(field.Literal).Literal(f, s, &c.env.Env); ok {
			return literal, nil
		}
	}
	k := "query.value"
	switch n {
	case choice:
		k = "query.option"
	case person:
		k = "query.unknownUser"
	case unit:
		k = "query.unknownOrganization"
	case group:
		k = "query.unknownGroup"
	}
	return "", errs.E(errs.Invalid, k, errs.Args{"field": f.Code, "value": v.Text})
}

func noFunction(f *field.Field, v Value) error {
	return errs.E(errs.Invalid, "query.function", errs.Args{"field": f.Code, "function": v.Text})
}

func isWhole(v field.Value) bool {
	_, err := strconv.ParseInt(string(v), 10, 64)
	return err == nil
}

// wholeBound says "op v" for whole numbers only, so that a fraction or a number beyond the range of ids
// can be compared with an integer column.
func wholeBound(op Op, v field.Value) (Op, field.Value) {
	whole, _, fraction := strings.Cut(string(v), ".")
	n, err := strconv.ParseInt(whole, 10, 64) // out of range: the end of the range, where no id is
	if fraction && err == nil {
		below := op == Less || op == LessOrEqual
		switch negative := whole[0] == '-'; {
		case below && negative:
			op = Less
		case below:
			op = LessOrEqual
		case negative:
			op = GreaterOrEqual
		default:
			op = Greater
		}
	}
	return op, field.Value(strconv.FormatInt(n, 10))
}
