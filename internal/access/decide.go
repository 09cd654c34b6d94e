package access

import (
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// Decide returns what a may see and do in an app. It is pure: the same actor, policy and form always
// give the same Lens.
func Decide(a Actor, p Policy, form Form) Lens {
	j := judge{a, p, form}
	l := Lens{verbs: j.app(), byCode: map[string]Sight{}}
	if l.verbs == 0 {
		return Lens{}
	}
	for _, f := range form.Fields() {
		l.show(j, f, nil)
	}
	if !a.bypassesRules() {
		l.restrict(j.records().within(l.verbs))
		l.restrict(p.Locks.within(l.verbs))
	}
	return l
}

// app is the outermost layer: what the actor may do in the app at all.
func (j judge) app() Verbs {
	var v Verbs
	switch j.who.Kind() {
	case KindSystem:
		return All
	case KindToken:
		v = j.who.TokenRights(j.policy.ID)
	case KindUser:
		if j.who.Admin() {
			v = Manage // administrators always reach the settings, as they could give themselves the right
		}
		list := make([]entry, len(j.policy.App))
		for i, r := range j.policy.App {
			list[i] = entry{entity: r.Entity, subs: r.IncludeSubs, verbs: r.Verbs}
		}
		list = slices.DeleteFunc(list, func(e entry) bool { return e.entity.Type == fieldEntity }) // an app has no fields of its own
		v |= j.cases(list)[0].Verbs
	default:
		return 0
	}
	return v.Sound()
}

// records is the layer of the rows, as one flat list.
func (j judge) records() RowRules {
	var out RowRules
	for _, r := range j.policy.Records {
		list := make([]entry, len(r.Entities))
		for i, e := range r.Entities {
			list[i] = entry{entity: e.Entity, subs: e.IncludeSubs, verbs: e.Verbs.Sound()}
		}
		for _, c := range j.cases(list) {
			out = append(out, RowRule{query.All(r.When, c.When), c.Verbs})
		}
	}
	return out
}

// show adds a field, and a table's inner fields, if the actor may read it in some record.
func (l *Lens) show(j judge, f, table *field.Field) {
	if f.Off {
		return
	}
	read, write := j.field(f)
	if table != nil {
		outer := l.byCode[table.Code]
		read, write = within(outer.Mask, read), within(outer.WriteMask, write)
		if !outer.Write {
			write = query.First(false)
		}
	}
	every, known := read.Constant()
	if known && !every {
		return
	}
	s := Sight{Field: f, Table: table, Write: true}
	if !known {
		s.Mask = read
	}
	switch every, known := write.Constant(); {
	case known:
		s.Write = every
	default:
		s.WriteMask = write
	}
	if table == nil {
		l.order = append(l.order, f)
	}
	l.byCode[f.Code] = s
	for _, inner := range f.Fields {
		l.show(j, inner, f)
	}
}

// within returns what holds where both do. Columns without a rule share their table's mask.
func within(outer, own *query.Checked) *query.Checked {
	switch {
	case outer == nil:
		return own
	case always(own):
		return outer
	}
	return query.All(outer, own)
}

// field is the innermost layer: the records in which a field may be read, and written, whatever holds for its table.
func (j judge) field(f *field.Field) (read, write *query.Checked) {
	if j.who.bypassesRules() {
		return query.First(true), query.First(true)
	}
	for _, r := range j.policy.Fields {
		if r.Field != f.ID {
			continue
		}
		list := make([]entry, len(r.Entities))
		for i, e := range r.Entities {
			list[i] = entry{entity: e.Entity, subs: e.IncludeSubs, when: e.When, lost: e.Lost, verbs: e.verbs()}
		}
		c := j.cases(list)
		return c.For(View), c.For(Edit)
	}
	return query.First(true), query.First(true)
}
