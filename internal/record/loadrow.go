package record

import (
	"context"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// loadColumns finds the fields that a file's columns fill.
func (s *Set) loadColumns(fields []id.Field, blank row) ([]*field.Field, error) {
	cols := make([]*field.Field, len(fields))
	for i, n := range fields {
		j := slices.IndexFunc(s.form(), func(f *field.Field) bool { return f.ID == n })
		if j < 0 {
			return nil, errs.E(errs.Invalid, "query.unknownField", errs.Args{"field": id.String(n)})
		}
		f := s.form()[j]
		switch sight, ok := s.lens.Sight(f.Code); {
		case !ok || f.Type.System() || !loadable(f):
			return nil, errs.E(errs.Invalid, "query.unknownField", errs.Args{"field": f.Code})
		case !sight.Writable(blank):
			return nil, errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": f.Code})
		}
		cols[i] = f
	}
	return cols, nil
}

// loadable reports whether text alone can be a value of f.
func loadable(f *field.Field) bool {
	if f.Computed() {
		return false
	}
	switch f.Kind().Storage() {
	case field.Text, field.Decimal, field.Integer:
		return true
	case field.List:
		return f.Type.HasOptions()
	}
	return false
}

// loadDefaults are the values of the fields without a column.
func (s *Set) loadDefaults(env *field.Env, cols []*field.Field) map[id.Field]field.Value {
	values := map[id.Field]field.Value{}
	for _, f := range s.form() {
		if def, ok := f.Kind().(field.Defaulter); ok && !slices.Contains(cols, f) {
			set(values, f.ID, def.DefaultValue(f, env))
		}
	}
	if f, turn := s.firstTurn(env.Me); f != nil {
		set(values, f.ID, turn)
	}
	return values
}

func (s *Set) hasUnique() bool {
	return slices.ContainsFunc(s.form(), func(f *field.Field) bool { return f.Unique })
}

// loader makes contents of rows.
type loader struct {
	set      *Set
	env      *field.Env
	decoder  *decoder
	head     table.Head
	columns  []*field.Field
	defaults map[id.Field]field.Value
	taken    map[id.Field]map[field.Value]bool // unique values of the rows before
	problems []LoadProblem                     // of the row at hand
	raw      []byte
}

func (p *loader) content(ctx context.Context, cells []string) (table.Content, error) {
	c := table.Content{Values: make(map[id.Field]field.Value, len(cells)+len(p.defaults)), Rows: map[id.Field][]table.Row{}}
	for f, v := range p.defaults {
		c.Values[f] = v
	}
	for j, f := range p.columns {
		if p.decoder.copied[f.ID] {
			continue
		}
		var found errs.Fields
		set(c.Values, f.ID, f.Kind().Decode(f, p.json(f, cells[j]), p.env, &field.Place{Problems: &found, Path: "record", Code: f.Code}))
		p.note(j, found.Err())
	}
	if len(p.problems) > 0 {
		return c, nil // what follows from a bad value is no news
	}
	var derived errs.Fields
	d := *p.decoder
	d.p, d.lookupPaths = &derived, true
	unresolved(c.Values, p.set.form())
	if err := d.derive(ctx, p.head, table.NewContent(), c, "record"); err != nil {
		return c, err
	}
	p.noteEach(derived.Err())
	for _, f := range p.set.form() {
		var found errs.Fields
		d.p = &found
		d.checkField(f, c, "record")
		p.note(slices.Index(p.columns, f), found.Err())
		if v := c.Values[f.ID]; f.Unique && v != "" {
			p.once(f, v)
		}
	}
	return c, nil
}

// json is a cell as the API would have it: text, or of choices a list of labels.
func (p *loader) json(f *field.Field, cell string) []byte {
	p.raw = p.raw[:0]
	if f.Kind().Storage() != field.List {
		p.raw = field.AppendString(p.raw, cell)
		return p.raw
	}
	p.raw = append(p.raw, '[')
	for label := range strings.SplitSeq(cell, "\n") {
		if label == "" {
			continue
		}
		if len(p.raw) > 1 {
			p.raw = append(p.raw, ',')
		}
		p.raw = field.AppendString(p.raw, label)
	}
	p.raw = append(p.raw, ']')
	return p.raw
}

// once notes a unique value that a row before has.
func (p *loader) once(f *field.Field, v field.Value) {
	if p.taken[f.ID] == nil {
		p.taken[f.ID] = map[field.Value]bool{}
	}
	if p.taken[f.ID][v] {
		p.problems = append(p.problems, LoadProblem{Column: slices.Index(p.columns, f), Key: "field.repeated"})
	}
	p.taken[f.ID][v] = true
}

// noteEach notes problems that say by "code" which field they are about.
func (p *loader) noteEach(err error) {
	if e, ok := errs.As(err); ok {
		for _, q := range e.Fields {
			column := slices.IndexFunc(p.columns, func(f *field.Field) bool { return f.Code == q.Args["code"] })
			p.problems = append(p.problems, LoadProblem{Column: column, Key: q.Key, Args: q.Args})
		}
	}
}

// keys yields the cells of the lookups of some rows, as inputs.
func (p *loader) keys(rows [][]string) func(yield func(Input) bool) {
	return func(yield func(Input) bool) {
		for _, cells := range rows {
			in := Input{}
			for j, f := range p.columns {
				if f.Lookup != nil {
					in[f.Code] = InputValue{Value: field.AppendString(nil, cells[j])}
				}
			}
			if len(in) > 0 && !yield(in) {
				return
			}
		}
	}
}

func (p *loader) note(column int, err error) {
	if e, ok := errs.As(err); ok {
		for _, q := range e.Fields {
			p.problems = append(p.problems, LoadProblem{Column: column, Key: q.Key, Args: q.Args})
		}
	}
}
