package formula

import (
	"slices"
	"strconv"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Plan computes all the computed fields of a form, in an order in which each follows those it uses. It is never changed
// and may be used by many at once. The zero Plan computes nothing.
type Plan struct {
	steps  []step
	faults []Fault
	print  string
}

// Fault is why a field's formula cannot be used. Reason is an Invalid error with one of the formula keys.
type Fault struct {
	Field  *field.Field
	Reason *errs.Error
}

// step computes one field, in every row when it stands in a table. eval is nil when the formula is at fault: then the
// field is empty.
type step struct {
	field *field.Field
	table *field.Field
	eval  eval
	uses  []*field.Field
	rules Rules
}

// Rules are the settings of an app that its formulas follow.
type Rules struct {
	Precision   field.Precision
	FiscalStart int // the month in which its years begin, 1 to 12
}

// New makes the plan of a form. It always returns one: fields whose formulas are at
// fault are computed as empty, and told by Faults.
func New(form []*field.Field, rules Rules) *Plan {
	p := &Plan{}
	for _, f := range form {
		p.add(form, nil, f, rules)
		for _, g := range f.Fields {
			p.add(form, f, g, rules)
		}
	}
	p.print = p.fingerprint(rules)
	p.order()
	return p
}

func (p *Plan) add(form []*field.Field, table, f *field.Field, rules Rules) {
	if !f.Computed() {
		return
	}
	s := step{field: f, table: table, rules: rules}
	scope := scope{form: form, table: table}
	n, err := parse(f.Expression)
	if err == nil {
		var e expr
		if e, err = scope.bind(n); err == nil && e.is&lists != 0 {
			err = wrong("formula.array")
		}
		s.eval, s.uses = e.eval, scope.uses
	}
	if err != nil {
		s.eval = nil
		p.faults = append(p.faults, Fault{f, err})
	}
	p.steps = append(p.steps, s)
}

// Empty reports whether there is nothing to compute.
func (p *Plan) Empty() bool { return len(p.steps) == 0 }

// Fault is the first formula of the form that cannot be used, if there is one.
func (p *Plan) Fault() (Fault, bool) {
	if len(p.faults) == 0 {
		return Fault{}, false
	}
	return p.faults[0], true
}

// Unusable is the fault of the first formula that uses a field whose values are really those of a type that formulas do
// not read, which a form alone does not tell: a lookup's key may be a LINK. ok is false when no formula uses it.
func (p *Plan) Unusable(n id.Field, really field.Type) (f Fault, ok bool) {
	for _, s := range p.steps {
		if slices.ContainsFunc(s.uses, func(f *field.Field) bool { return f.ID == n }) {
			return Fault{s.field, wrong("formula.fieldType", errs.Args{"type": string(really)})}, true
		}
	}
	return f, false
}

// Fields are the computed fields.
func (p *Plan) Fields() []*field.Field {
	list := make([]*field.Field, len(p.steps))
	for i, s := range p.steps {
		list[i] = s.field
	}
	return list
}

// order sorts the steps so that fields come behind those they use. Fields that use each other in a circle, and what
// uses those, cannot be computed.
func (p *Plan) order() {
	at := map[id.Field]int{}
	for i, s := range p.steps {
		at[s.field.ID] = i
	}
	const (
		unseen = iota
		open
		done
	)
	state := make([]int, len(p.steps))
	var sorted []step
	var visit func(i int) bool
	visit = func(i int) (circular bool) {
		if state[i] != unseen {
			return state[i] == open
		}
		state[i] = open
		s := p.steps[i]
		for _, f := range s.uses {
			if j, ok := at[f.ID]; ok && visit(j) && s.eval != nil {
				s.eval = nil
				p.faults = append(p.faults, Fault{s.field, wrong("formula.cycle")})
			}
		}
		state[i] = done
		sorted = append(sorted, s)
		return false
	}
	for i := range p.steps {
		visit(i)
	}
	p.steps = sorted
}

// maxRecordSteps bounds the work on one record: with more rows and formulas than that the rest stays empty.
const maxRecordSteps = 10 * maxSteps

// Compute gives the computed fields of r their values.
func (p *Plan) Compute(r Record, env Env) {
	left := maxRecordSteps
	for i := range p.steps {
		s := &p.steps[i]
		if s.table == nil {
			r.SetValue(s.field.ID, s.value(&frame{record: r, env: env}, &left))
			continue
		}
		for row := range r.Rows(s.table.ID) {
			r.SetCell(s.table.ID, row, s.field.ID, s.value(&frame{record: r, env: env, row: row}, &left))
		}
	}
}

// value computes the field and makes what it keeps of the result; error values are empty.
func (s *step) value(f *frame, left *int) field.Value {
	if s.eval == nil {
		return ""
	}
	f.rules, f.steps = s.rules, min(maxSteps, *left)
	before := f.steps
	v := s.eval(f)
	*left -= before - f.steps
	switch {
	case f.steps < 0:
		return ""
	case v.is == tBool && v.yes:
		v = ofInt(1)
	case v.is == tBool:
		v = ofInt(0)
	}
	if s.field.Type == field.Calc {
		return s.amount(v)
	}
	text, ok := f.textOf(v)
	if !ok {
		return ""
	}
	return field.OneLine(text)
}

// amount is a number as a CALC field keeps it; empty input counts as 0. What is shown as a date or time is whole seconds.
func (s *step) amount(v value) field.Value {
	if v.is != tNumber {
		return ""
	}
	if s.field.Amount() {
		n, ok := s.rules.Precision.Fit(settled(v.number))
		if !ok {
			return ""
		}
		return n
	}
	n := rounded(v.number, 0, apd.RoundFloor)
	seconds, ok := n.whole(lastSecond)
	if !ok || seconds < firstSecond {
		return ""
	}
	return field.Value(strconv.FormatInt(seconds, 10))
}
