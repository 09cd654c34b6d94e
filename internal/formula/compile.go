package formula

import (
	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// expr is a bound and checked part of a formula.
type expr struct {
	is   types // what it may be when it is computed
	eval eval
	text *textNode // if it is a text that was written down
}

// scope is where a formula stands, and what it may name.
type scope struct {
	form  []*field.Field
	table *field.Field   // the SUBTABLE of the row that it is computed for, or nil
	uses  []*field.Field // what it named
}

// bind resolves names and checks types.
func (s *scope) bind(n node) (expr, *errs.Error) {
	switch n := n.(type) {
	case numberNode:
		v := ofNumber(n.value)
		return expr{is: tNumber, eval: func(*frame) value { return v }}, nil
	case textNode:
		v := ofText(n.text)
		return expr{is: tText, eval: func(*frame) value { return v }, text: &n}, nil
	case nameNode:
		return s.name(n.code)
	case signNode:
		return s.signed(n)
	case pairNode:
		return s.pair(n)
	}
	return s.call(n.(callNode))
}

// name finds a field: of the row at hand, of the record, or, seen from outside, the column of a table.
func (s *scope) name(code string) (expr, *errs.Error) {
	f, table := s.find(code)
	if f == nil {
		return expr{}, wrong("formula.unknownField", errs.Args{"code": code})
	}
	s.uses = append(s.uses, f)
	use, ok := usable[f.Type]
	if !ok {
		return expr{}, wrong("formula.fieldType", errs.Args{"type": string(f.Type)})
	}
	read := use.read(f)
	switch {
	case table == nil:
		return expr{is: use.is, eval: func(x *frame) value { return read(x, x.record.Value(f.ID)) }}, nil
	case table == s.table:
		return expr{is: use.is, eval: func(x *frame) value { return read(x, x.record.Cell(table.ID, x.row, f.ID)) }}, nil
	case s.table != nil: // a row does not look into other tables
		return expr{}, wrong("formula.array")
	}
	is := map[types]types{tNumber: tNumbers, tText: tTexts, tTexts: tNested}[use.is]
	return expr{is: is, eval: func(x *frame) value {
		rows := x.record.Rows(table.ID)
		x.steps -= rows
		if x.steps < 0 {
			return failed
		}
		list := make([]value, rows)
		for i := range list {
			if list[i] = read(x, x.record.Cell(table.ID, i, f.ID)); list[i].failed() {
				return failed
			}
		}
		return value{is: is, list: list}
	}}, nil
}

func (s *scope) find(code string) (f, table *field.Field) {
	for _, f := range s.form {
		if f.Code == code {
			return f, nil
		}
		if g := f.Inner(code); g != nil {
			return g, f
		}
	}
	return nil, nil
}

func (s *scope) signed(n signNode) (expr, *errs.Error) {
	of, err := s.bind(n.of)
	if err != nil {
		return expr{}, err
	}
	if err := fits(n.op, of.is, tNumber); err != nil {
		return expr{}, err
	}
	minus := n.op == "-"
	return expr{is: tNumber, eval: func(f *frame) value {
		v := of.eval(f)
		switch {
		case v.is != tNumber:
			return failed
		case minus:
			return shift((*apd.Context).Sub, ofNumber(zero), v)
		}
		return value{is: tNumber, number: v.number, moment: v.moment}
	}}, nil
}

func (s *scope) pair(n pairNode) (expr, *errs.Error) {
	a, err := s.bind(n.a)
	if err != nil {
		return expr{}, err
	}
	b, err := s.bind(n.b)
	if err != nil {
		return expr{}, err
	}
	op := operators[n.op]
	for _, side := range []expr{a, b} {
		if err := fits(n.op, side.is, op.takes); err != nil {
			return expr{}, err
		}
	}
	return expr{is: op.result, eval: func(f *frame) value {
		if f.steps--; f.steps < 0 {
			return failed
		}
		x, y := a.eval(f), b.eval(f)
		if x.is&op.takes == 0 || y.is&op.takes == 0 {
			return failed
		}
		return op.apply(f, x, y)
	}}, nil
}

// fits refuses a side of an operator that can never be of the types it takes.
func fits(op string, is, takes types) *errs.Error {
	switch {
	case is&takes != 0:
		return nil
	case is&lists != 0:
		return wrong("formula.array")
	}
	return wrong("formula.operator", errs.Args{"op": op})
}

// call binds a function and its arguments.
func (s *scope) call(n callNode) (expr, *errs.Error) {
	fn, ok := functions[n.name]
	if !ok {
		return expr{}, wrong("formula.unknownFunction", errs.Args{"function": n.name})
	}
	if err := fn.counts(n.name, len(n.args)); err != nil {
		return expr{}, err
	}
	args := make([]expr, len(n.args))
	for i, a := range n.args {
		var err *errs.Error
		if args[i], err = s.bind(a); err != nil {
			return expr{}, err
		}
		if err := fn.fits(n.name, i, args[i]); err != nil {
			return expr{}, err
		}
	}
	e := expr{is: fn.result}
	if fn.branches != nil {
		for _, i := range fn.branches(len(args)) {
			e.is |= args[i].is
		}
	}
	e.eval = fn.bind(args)
	return e, nil
}
