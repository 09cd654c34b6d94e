package record

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Rights is what an actor may do with one record and with each field in it.
type Rights struct {
	Record             id.Record
	View, Edit, Delete bool
	Fields             []FieldRights // of the whole form, inner fields and those that he cannot see too
}

// FieldRights is what an actor may do with a field of a record.
type FieldRights struct {
	Field      *field.Field
	View, Edit bool
}

// Rights returns what the actor may do with records, in the order of ids.
//
// Errors: Forbidden when s may not view; NotFound for a record that is not there, or that s does not show.
// Source: kintone REST API, "Evaluate Record Permissions".
func (s *Set) Rights(ctx context.Context, ids []id.Record) (list []Rights, err error) {
	if err := s.need(access.View); err != nil {
		return nil, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = list[:0]
		for _, record := range ids {
			h, c, ok, err := s.load(ctx, tx, record)
			if err != nil || !ok {
				return orMissing(err, record)
			}
			list = append(list, s.rights(row{h, c.Values, c.Rows}))
		}
		return nil
	})
	return list, err
}

func (s *Set) rights(at row) Rights {
	r := Rights{
		Record: at.head.ID,
		View:   s.lens.May(access.View, at), Edit: s.lens.May(access.Edit, at), Delete: s.lens.May(access.Delete, at),
	}
	s.live.Settings.Each(func(f, _ *field.Field) {
		sight, ok := s.lens.Sight(f.Code)
		r.Fields = append(r.Fields, FieldRights{f, ok && sight.Shown(at), ok && r.Edit && sight.Writable(at)})
	})
	return r
}
