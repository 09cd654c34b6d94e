package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Alter makes the tables fit the fields of now; before is nil when there are none yet. Columns are only ever
// added here: those of deleted fields stay, out of everybody's sight, until maintenance drops them, because
// dropping rewrites the whole table on SQLite (docs/performance.md).
//
// Errors: Invalid "app.duplicatesExist" when a field is to have unique values and has others.
func (t Table) Alter(ctx context.Context, tx *db.Tx, before, now []*field.Field) error {
	a := alteration{ctx: ctx, tx: tx, t: t}
	if before == nil {
		a.create(now)
	}
	for _, f := range now {
		old := find(before, f)
		if f.Type == field.Subtable {
			a.subtable(f, old)
			continue
		}
		if before != nil && old == nil {
			a.add(t.name, f)
		}
		a.unique(f, old)
		if old != nil && fits(t.dialect, old) && !fits(t.dialect, f) && a.err == nil {
			a.err = t.dropIndexes(ctx, tx, f) // its texts may be longer from now on
		}
	}
	for _, old := range before {
		if find(now, old) == nil && old.Unique {
			a.run("DROP INDEX IF EXISTS " + t.uniqueIndex(old))
		}
	}
	if a.err != nil {
		return fmt.Errorf("table: alter %s: %w", t.name, a.err)
	}
	return nil
}

func find(list []*field.Field, f *field.Field) *field.Field {
	if i := slices.IndexFunc(list, func(g *field.Field) bool { return g.ID == f.ID }); i >= 0 {
		return list[i]
	}
	return nil
}

// alteration runs statements until one fails.
type alteration struct {
	ctx context.Context
	tx  *db.Tx
	t   Table
	err error
}

func (a *alteration) run(sql string) {
	if a.err == nil {
		_, a.err = a.tx.Exec(a.ctx, sql)
	}
}

func (a *alteration) create(fields []*field.Field) {
	d := a.t.dialect
	defs := []string{
		"id " + d.IdentityColumn(), "revision BIGINT NOT NULL",
		"created_by BIGINT NOT NULL", "created_at " + d.TextType() + " NOT NULL",
		"updated_by BIGINT NOT NULL", "updated_at " + d.TextType() + " NOT NULL",
	}
	for _, f := range fields {
		if !f.Type.Head() {
			defs = append(defs, a.defs(f)...)
		}
	}
	a.run("CREATE TABLE " + a.t.name + " (" + strings.Join(defs, ", ") + ")")
	for _, sql := range a.t.words().Create(d) {
		a.run(sql)
	}
}

func (a *alteration) defs(f *field.Field) []string {
	var defs []string
	for _, g := range field.WithSources([]*field.Field{f}) {
		for _, c := range a.t.columns(g) {
			def := c.name + " " + c.typ
			if g.Type == field.Status {
				def += " NOT NULL DEFAULT " + string(field.FirstState) // records that are there already begin like all others
			}
			defs = append(defs, def)
		}
	}
	return defs
}

func (a *alteration) add(table string, f *field.Field) {
	if f.Type.Head() {
		return
	}
	for _, def := range a.defs(f) {
		a.run("ALTER TABLE " + table + " ADD COLUMN " + def)
	}
}

func (a *alteration) subtable(f, old *field.Field) {
	name := a.t.Sub(f)
	if old != nil {
		for _, g := range f.Fields {
			if find(old.Fields, g) == nil {
				a.add(name, g)
			}
		}
		return
	}
	defs := []string{"id " + a.t.dialect.IdentityColumn(), "record_id BIGINT NOT NULL", "position BIGINT NOT NULL"}
	for _, g := range f.Fields {
		defs = append(defs, a.defs(g)...)
	}
	a.run("CREATE TABLE " + name + " (" + strings.Join(defs, ", ") + ")")
	a.run("CREATE INDEX " + name + "_record ON " + name + " (record_id, position)")
}

// unique makes or drops the index behind "prohibit duplicate values". Empty values are NULL: they never collide.
func (a *alteration) unique(f, old *field.Field) {
	was := old != nil && old.Unique
	switch {
	case f.Unique && !was:
		cols := f.Column()
		if f.Kind().Storage() == field.Decimal && a.t.dialect.LossyDecimals() {
			cols += ", coalesce(" + exactColumn(f) + ", '')"
		}
		a.run("CREATE UNIQUE INDEX " + a.t.uniqueIndex(f) + " ON " + a.t.name + " (" + cols + ")")
		if db.UniqueViolation(a.err) {
			a.err = errs.E(errs.Invalid, "app.duplicatesExist", errs.Args{"code": f.Code}).With(a.err)
		}
	case !f.Unique && was:
		a.run("DROP INDEX IF EXISTS " + a.t.uniqueIndex(f))
	}
}

func (t Table) uniqueIndex(f *field.Field) string { return t.name + "_u" + f.Column() }
