package record

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Attachment finds the file with a permanent key in a field of a record that s shows: as the record is, or, for people
// with an account, as it was.
//
// Errors: NotFound when the key is not in any field that s shows, as if it were nowhere.
func (s *Set) Attachment(ctx context.Context, record id.Record, in id.Field, key string) (a field.Attachment, err error) {
	if err := s.need(access.View); err != nil {
		return a, err
	}
	f := s.fileField(in)
	if f == nil {
		return a, noFile(key)
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, c, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		if !s.shown(f, h, c) {
			return noFile(key)
		}
		values := valuesOf(f, c.Values[f.ID], c.Rows)
		if a, ok = among(values, key); ok || s.who.Kind() == access.KindLinkHolder {
			return unless(ok, key)
		}
		if values, err = s.formerFiles(ctx, tx, record, f, key); err != nil {
			return err
		}
		a, ok = among(values, key)
		return unless(ok, key)
	})
	return a, err
}

func noFile(key string) error { return errs.E(errs.NotFound, "file.notFound", errs.Args{"id": key}) }

func unless(found bool, key string) error {
	if found {
		return nil
	}
	return noFile(key)
}

// fileField is the FILE field that s shows with that id, a table's one too, or nil.
func (s *Set) fileField(in id.Field) *field.Field {
	for _, f := range s.lens.Fields() {
		for _, g := range append([]*field.Field{f}, s.lens.Inner(f)...) {
			if g.Type == field.File && g.ID == in {
				return g
			}
		}
	}
	return nil
}

// formerFiles are the values that f had in the changes of a record that speak of key.
func (s *Set) formerFiles(ctx context.Context, tx *db.Tx, record id.Record, f *field.Field, key string) ([]field.Value, error) {
	var list []field.Value
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var doc string
		var d delta
		if err := row.Scan(&doc); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(doc), &d); err != nil {
			return err
		}
		for side := range 2 {
			former := map[id.Field][]table.Row{}
			for sub, r := range d.Rows {
				former[sub] = r[side]
			}
			list = append(list, valuesOf(f, d.Values[f.ID][side], former)...)
		}
		return nil
	}, `SELECT changes FROM record_change WHERE app_id = ? AND record_id = ? AND `+tx.Dialect().Contains("changes", "?"), s.live.ID, record, key)
	if err != nil {
		return nil, fmt.Errorf("record: files of %d: %w", record, err)
	}
	return list, nil
}

// valuesOf are the values of a field: its own, or its cells in the rows of tables.
func valuesOf(f *field.Field, own field.Value, rows map[id.Field][]table.Row) []field.Value {
	list := []field.Value{own}
	for _, sub := range rows {
		for _, r := range sub {
			list = append(list, r.Values[f.ID])
		}
	}
	return list
}

func among(values []field.Value, key string) (field.Attachment, bool) {
	for _, v := range values {
		for _, a := range field.Files(v) {
			if a.Key == key {
				return a, true
			}
		}
	}
	return field.Attachment{}, false
}
