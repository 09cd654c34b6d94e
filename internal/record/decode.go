package record

import (
	"context"
	"encoding/json"
	"maps"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/rawjson"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// decoder turns inputs into contents and notes what is wrong with them.
type decoder struct {
	set     *Set
	env     *field.Env
	p       *errs.Fields
	before  row               // the record that is changed, by which it is decided what may be written
	sources *sources          // of lookups
	copied  map[id.Field]bool // the fields that lookups fill: what an input says of them is ignored

	place field.Place // of the value at hand
	found errs.Fields // wrong with the value at hand

	lookupPaths bool // keys of lookups that name no record are problems of their fields, instead of an error
}

// decoder returns one for the actor's inputs, who sees what lookups copy from as himself.
func (s *Set) decoder(p *errs.Fields) *decoder {
	d := &decoder{set: s, env: s.env(), p: p, sources: s.sources(s.who), copied: map[id.Field]bool{}}
	s.live.Settings.Each(func(f, _ *field.Field) {
		if f.Lookup != nil {
			for _, c := range f.Lookup.Copies {
				d.copied[c.To] = true
			}
		}
	})
	return d
}

// another is d for another record of the same request: what was looked up stays known.
func (d *decoder) another() *decoder {
	n := *d
	n.env = d.set.env()
	return &n
}

// add returns the content and head of a new record: what in says, and defaults for what it does not mention.
func (d *decoder) add(ctx context.Context, in Input, path string) (table.Head, table.Content, error) {
	h, c := d.blank()
	d.before = row{h, maps.Clone(c.Values), nil}
	for code, v := range in {
		sight, ok := d.set.lens.Sight(code)
		if !ok || sight.Table != nil {
			continue
		}
		if sight.Field.Type.System() {
			if err := d.system(&h, sight.Field, v, path); err != nil {
				return h, c, err
			}
			continue
		}
		if err := d.value(&c, sight, v, path); err != nil {
			return h, c, err
		}
	}
	if f, turn := d.set.firstTurn(h.CreatedBy); f != nil {
		set(c.Values, f.ID, turn)
	}
	unresolved(c.Values, d.set.form())
	if err := d.derive(ctx, h, table.NewContent(), c, path); err != nil {
		return h, c, err
	}
	d.check(c, path)
	return h, c, nil
}

// blank is a new record before anybody has written into it: the actor's, with the defaults. What may be written into it
// is decided by it, so that nobody gives himself a right by what he writes.
func (d *decoder) blank() (table.Head, table.Content) {
	c := table.NewContent()
	now := field.FormatDateTime(d.env.Now)
	for _, f := range d.set.form() {
		if def, ok := f.Kind().(field.Defaulter); ok {
			set(c.Values, f.ID, def.DefaultValue(f, d.env))
		}
	}
	if f, turn := d.set.firstTurn(d.env.Me); f != nil {
		set(c.Values, f.ID, turn)
	}
	return table.Head{Revision: 1, CreatedBy: d.env.Me, CreatedAt: now, UpdatedBy: d.env.Me, UpdatedAt: now}, c
}

// update returns the content of a record, whose head was was, with the changes that in asks for; h is the head that the
// record will have.
func (d *decoder) update(ctx context.Context, was, h table.Head, base table.Content, in Input, path string) (table.Content, error) {
	d.before = row{was, base.Values, base.Rows}
	c := base.Clone()
	for code, v := range in {
		sight, ok := d.set.lens.Sight(code)
		if !ok || sight.Table != nil {
			continue
		}
		switch t := sight.Field.Type; {
		case t == field.RecordNumber:
		case t.System():
			return c, errs.E(errs.Invalid, "record.systemField", errs.Args{"type": internalName(t)})
		default:
			if err := d.value(&c, sight, v, path); err != nil {
				return c, err
			}
		}
	}
	if err := d.derive(ctx, h, base, c, path); err != nil {
		return c, err
	}
	d.check(c, path)
	return c, nil
}

// internalName is how kintone's message names the types of times.
func internalName(t field.Type) string {
	switch t {
	case field.CreatedTime:
		return "CREATED_AT"
	case field.UpdatedTime:
		return "MODIFIED_AT"
	}
	return string(t)
}

// visible reports whether the actor sees a field in the record that is changed.
func (d *decoder) visible(f *field.Field) bool {
	sight, ok := d.set.lens.Sight(f.Code)
	return ok && sight.Shown(d.before)
}

// system takes who and when from those who manage the app: they bring records in from elsewhere.
func (d *decoder) system(h *table.Head, f *field.Field, v InputValue, path string) error {
	switch {
	case f.Type == field.RecordNumber:
		return nil
	case f.Type.Switched():
		return errs.E(errs.Invalid, "record.systemField", errs.Args{"type": internalName(f.Type)})
	}
	if !d.set.lens.Can(access.Manage) {
		return errs.E(errs.Forbidden, "record.systemNeedsManage", errs.Args{"code": f.Code})
	}
	value := f.Kind().Decode(f, v.Value, d.env, d.at(path, f))
	if value == "" {
		return nil
	}
	switch f.Type {
	case field.Creator:
		h.CreatedBy = userID(value)
	case field.Modifier:
		h.UpdatedBy = userID(value)
	case field.CreatedTime:
		h.CreatedAt = value
	case field.UpdatedTime:
		h.UpdatedAt = value
	}
	return nil
}

func userID(v field.Value) id.User {
	n, _ := strconv.ParseInt(string(v), 10, 64)
	return id.User(n)
}

func (d *decoder) value(c *table.Content, sight access.Sight, v InputValue, path string) error {
	f := sight.Field
	if f.Kind().Storage() == field.None || f.Computed() || d.copied[f.ID] {
		return nil // whatever is sent there, as kintone does
	}
	if !sight.Writable(d.before) {
		return errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": f.Code})
	}
	if f.Type == field.Subtable {
		return d.rows(c, f, v.Value, path+"."+f.Code)
	}
	set(c.Values, f.ID, f.Kind().Decode(f, v.Value, d.env, d.at(path, f)))
	wrote(c.Values, f)
	return nil
}

// at is the place of a field of the record at path, until the next one is asked for.
func (d *decoder) at(path string, f *field.Field) *field.Place {
	d.place = field.Place{Problems: d.p, Path: path, Code: f.Code}
	return &d.place
}

// rows merges the rows of a table by id: a known row keeps what is not mentioned, all others are new, rows that
// are not mentioned go.
// Source: kintone REST behaviour, tables.
func (d *decoder) rows(c *table.Content, f *field.Field, raw json.RawMessage, path string) error {
	var in []struct {
		ID    json.RawMessage `json:"id"`
		Value Input           `json:"value"`
	}
	if len(raw) > 0 && rawjson.Unmarshal(raw, &in) != nil {
		d.p.Add(path+".value", "field.notList")
		return nil
	}
	old := map[int64]table.Row{}
	for _, r := range c.Rows[f.ID] {
		old[r.ID] = r
	}
	var rows []table.Row
	for i, r := range in {
		rowID := number(r.ID)
		row, known := old[rowID]
		if !known {
			row = table.Row{Values: map[id.Field]field.Value{}}
			unresolved(row.Values, f.Fields)
		}
		delete(old, rowID)
		at := path + ".value[" + strconv.Itoa(i) + "].value"
		for _, g := range f.Fields {
			v, given := r.Value[g.Code]
			sight, ok := d.set.lens.Sight(g.Code)
			given = given && !d.copied[g.ID]
			switch {
			case g.Computed():
			case given && ok && !sight.Writable(d.before):
				return errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": g.Code})
			case given && ok:
				set(row.Values, g.ID, g.Kind().Decode(g, v.Value, d.env, &field.Place{Problems: lenient{d.p}, Path: at, Code: g.Code}))
				wrote(row.Values, g)
			case !known:
				if def, ok := g.Kind().(field.Defaulter); ok {
					set(row.Values, g.ID, def.DefaultValue(g, d.env))
				}
			}
		}
		rows = append(rows, row)
	}
	if len(old) > 0 && d.closed(f) {
		return errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": f.Code})
	}
	c.Rows[f.ID] = rows
	return nil
}

// closed reports whether a table has columns and the actor may write in none of them: he takes no rows with their values
// away either.
func (d *decoder) closed(f *field.Field) bool {
	columns := 0
	for _, g := range f.Fields {
		if g.Computed() {
			continue
		}
		if sight, ok := d.set.lens.Sight(g.Code); ok && sight.Writable(d.before) {
			return false
		}
		columns++
	}
	return columns > 0
}

// lenient lets a malformed number in a table pass as empty, as kintone does.
type lenient struct{ p field.Problems }

func (l lenient) Add(path, key string, args ...errs.Args) {
	if key != "field.notNumber" {
		l.p.Add(path, key, args...)
	}
}

// check validates the whole record, also what the input does not mention.
func (d *decoder) check(c table.Content, path string) {
	for _, f := range d.set.form() {
		d.checkField(f, c, path)
	}
}

func (d *decoder) checkField(f *field.Field, c table.Content, path string) {
	if f.Type.System() || f.Computed() {
		return
	}
	d.checkValue(f, c.Values[f.ID], path, path)
	for i, r := range c.Rows[f.ID] {
		at := path + "." + f.Code + ".value[" + strconv.Itoa(i) + "].value"
		for _, g := range f.Fields {
			if !g.Computed() {
				d.checkValue(g, r.Values[g.ID], at, path)
			}
		}
	}
}

// checkValue notes what is wrong with the value of a field at a place in the record at path.
func (d *decoder) checkValue(f *field.Field, v field.Value, at, path string) {
	d.found = errs.Fields{}
	d.place = field.Place{Problems: &d.found, Path: at, Code: f.Code}
	f.Kind().Check(f, v, d.env, &d.place)
	if d.found.Len() == 0 {
		return
	}
	if !d.visible(f) {
		tellHidden(d.p, path)
		return
	}
	e, _ := errs.As(d.found.Err())
	for _, q := range e.Fields {
		d.p.Add(q.Path, q.Key, q.Args)
	}
}

// tellHidden notes that there is something wrong with a record that the actor cannot see. How much there is he is not told either.
func tellHidden(p *errs.Fields, path string) { p.AddOnce(path, "record.hiddenProblem") }

func set(values map[id.Field]field.Value, f id.Field, v field.Value) {
	if v == "" {
		delete(values, f)
		return
	}
	values[f] = v
}

// number reads an id that may be a JSON number or string; 0 is none.
func number(raw json.RawMessage) int64 {
	s := string(raw)
	if len(s) > 1 && s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
