package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// KeepFields is how long a deleted field can be brought back with its values.
const KeepFields = 14 * 24 * time.Hour

// purgeField is the kind of the job that ends it.
const purgeField = "field.purge"

// TrashedField is a field that a deployment took out of the form.
type TrashedField struct {
	Field     *field.Field
	Table     id.Field // that it stood in, 0 is none
	DeletedBy id.User
	DeletedAt time.Time
}

// FieldTrash returns the deleted fields of the app that can be brought back, the latest first.
//
// Errors: Forbidden without the right to manage the app.
func (h *Handle) FieldTrash(ctx context.Context) (list []TrashedField, err error) {
	if err := h.need(access.Manage); err != nil {
		return nil, err
	}
	err = h.apps.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = readFieldTrash(ctx, tx, h.app.ID)
		return err
	})
	return list, err
}

// RestoreField puts a deleted field back at the bottom of the preview form; deployed, it has its values again. When another
// field has its code by now, it gets one of its own. It returns the new revision and the code.
//
// Errors: as Edit; NotFound "app.fieldNotInTrash" (id); Invalid "app.fieldInTable" when the table it stood in is not in the
// form.
func (h *Handle) RestoreField(ctx context.Context, expected int64, n id.Field) (revision int64, code string, err error) {
	err = h.apps.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, err := readFieldTrash(ctx, tx, h.app.ID)
		if err != nil {
			return err
		}
		revision, err = h.Edit(ctx, expected, func(s *Settings, p *errs.Fields) error {
			i := slices.IndexFunc(list, func(t TrashedField) bool { return t.Field.ID == n })
			if f, _ := s.ByID(n); i < 0 || f != nil {
				return errs.E(errs.NotFound, "app.fieldNotInTrash", errs.Args{"id": id.String(n)})
			}
			code = list[i].Field.Code
			return s.putBack(list[i], &code, p)
		})
		return err
	})
	return revision, code, err
}

// putBack adds a field from the trash to the form. code becomes the one that it has there.
func (s *Settings) putBack(t TrashedField, code *string, p *errs.Fields) error {
	f := t.Field
	table, _ := s.ByID(t.Table)
	if t.Table != 0 && (table == nil || table.Type != field.Subtable) {
		return errs.E(errs.Invalid, "app.fieldInTable", errs.Args{"code": f.Code})
	}
	for _, g := range append([]*field.Field{f}, f.Fields...) {
		if !s.free(g.Code) {
			g.Code = s.CodeFor(g.Code)
		}
		if g.Lookup != nil {
			g.Lookup.Copies = slices.DeleteFunc(g.Lookup.Copies, func(c field.Copy) bool { to, _ := s.ByID(c.To); return to == nil })
		}
	}
	*code = f.Code
	if table != nil {
		table.Fields = append(table.Fields, f)
		s.placeInTable(table, f)
	} else {
		s.Form = append(s.Form, f)
		s.Layout = append(s.Layout, place(f))
	}
	if s.ownFields() > MaxFields {
		p.Add("field", "app.tooManyFields", errs.Args{"max": MaxFields})
	}
	return nil
}

func (s *Settings) placeInTable(table, f *field.Field) {
	eachPlace(s.Layout, func(r *Row) {
		if r.Code == table.Code {
			r.Fields = append(r.Fields, Place{Type: string(f.Type), Code: f.Code})
		}
	}, func(*Place) {})
}

// trashFields keeps what next has no more, to be purged later, and returns the fields whose columns are there: those of old,
// and those that next takes out of the trash.
func trashFields(ctx context.Context, tx *db.Tx, app id.App, by id.User, old, next *Settings) ([]*field.Field, error) {
	there, err := takeFromTrash(ctx, tx, app, old.Form, next)
	if err != nil {
		return nil, err
	}
	var gone []TrashedField
	for _, f := range old.Form {
		kept, _ := next.ByID(f.ID)
		if kept == nil {
			gone = append(gone, TrashedField{Field: f})
			continue
		}
		for _, g := range f.Fields {
			if inner, _ := next.ByID(g.ID); inner == nil {
				gone = append(gone, TrashedField{Field: g, Table: f.ID})
			}
		}
	}
	for _, t := range gone {
		doc, err := json.Marshal(t.Field)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO field_trash (app_id, field_id, table_id, document, deleted_by, deleted_at) VALUES (?, ?, ?, ?, ?, ?)`,
			app, t.Field.ID, t.Table, string(doc), by, tx.Now()); err != nil {
			return nil, fmt.Errorf("app: trash a field of %d: %w", app, err)
		}
		if _, err := job.Enqueue(ctx, tx, purgeField, purge{app, t.Field.ID}, job.Options{RunAt: tx.Now().Add(KeepFields)}); err != nil {
			return nil, err
		}
	}
	return there, nil
}

// takeFromTrash removes from the trash what next has again, and returns form with it. Unique indexes were dropped.
func takeFromTrash(ctx context.Context, tx *db.Tx, app id.App, form []*field.Field, next *Settings) ([]*field.Field, error) {
	list, err := readFieldTrash(ctx, tx, app)
	if err != nil {
		return nil, err
	}
	there := slices.Clone(form)
	for _, t := range list {
		if f, _ := next.ByID(t.Field.ID); f == nil {
			continue
		}
		t.Field.Unique = false
		if i := slices.IndexFunc(there, func(f *field.Field) bool { return f.ID == t.Table }); i >= 0 {
			table := *there[i]
			table.Fields = append(slices.Clone(table.Fields), t.Field)
			there[i] = &table
		} else {
			there = append(there, t.Field)
		}
		if _, err := tx.Exec(ctx, `DELETE FROM field_trash WHERE app_id = ? AND field_id = ?`, app, t.Field.ID); err != nil {
			return nil, fmt.Errorf("app: restore a field of %d: %w", app, err)
		}
	}
	return there, nil
}

func readFieldTrash(ctx context.Context, tx *db.Tx, app id.App) ([]TrashedField, error) {
	list, err := db.Collect(ctx, tx, func(t *TrashedField, row db.RowScanner) error {
		var doc string
		if err := row.Scan(&t.Table, &doc, &t.DeletedBy, &t.DeletedAt); err != nil {
			return err
		}
		t.Field = &field.Field{}
		return json.Unmarshal([]byte(doc), t.Field)
	}, `SELECT table_id, document, deleted_by, deleted_at FROM field_trash WHERE app_id = ? ORDER BY deleted_at DESC, field_id DESC`, app)
	if err != nil {
		return nil, fmt.Errorf("app: deleted fields of %d: %w", app, err)
	}
	return list, nil
}

// purge is the payload of the job that drops a field's columns and what the history says of it.
type purge struct {
	App   id.App   `json:"app"`
	Field id.Field `json:"field"`
}

// Register makes the jobs of apps run.
func (s *Apps) Register(jobs *job.Runner) { jobs.Work(purgeField, job.Decoded(s.purge)) }

// purge is the job's worker. A field that was brought back, or deleted again since, is left alone.
func (s *Apps) purge(ctx context.Context, _ *job.Job, of purge) error {
	var gone []id.Field
	err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		gone = nil
		list, err := readFieldTrash(ctx, tx, of.App)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(t TrashedField) bool { return t.Field.ID == of.Field })
		if i < 0 || tx.Now().Sub(list[i].DeletedAt) < KeepFields {
			return nil
		}
		t := list[i]
		if _, err := tx.Exec(ctx, `DELETE FROM field_trash WHERE app_id = ? AND field_id = ?`, of.App, of.Field); err != nil {
			return err
		}
		gone = append(gone, t.Field.ID)
		for _, g := range t.Field.Fields {
			gone = append(gone, g.ID)
		}
		return s.tables.Drop(ctx, tx, of.App, t.Field, t.Table)
	})
	if err != nil || gone == nil {
		return err
	}
	if err := s.tables.Forget(ctx, s.db, of.App, gone); err != nil {
		return errors.Join(fmt.Errorf("app: purge %d of %d", of.Field, of.App), err)
	}
	return nil
}
