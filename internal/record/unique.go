package record

import (
	"context"
	"errors"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// uniqueness finds values that another record has where that is prohibited, also among records that are written
// together. The unique indexes hold against writers that run beside this one.
type uniqueness struct {
	set  *Set
	p    *errs.Fields
	seen map[uniqueValue]bool
}

type uniqueValue struct {
	field id.Field
	value field.Value
}

func (s *Set) uniqueness(p *errs.Fields) *uniqueness {
	return &uniqueness{s, p, map[uniqueValue]bool{}}
}

// check notes the values of now that another record than at has. Values that before has as well are not news. By at it is
// decided what the actor may know.
func (u *uniqueness) check(ctx context.Context, tx *db.Tx, at row, before, now table.Content, path string) error {
	for _, f := range u.set.form() {
		v := now.Values[f.ID]
		if !f.Unique || v == "" || v == before.Values[f.ID] {
			continue
		}
		found, err := u.set.table().Exists(ctx, tx, f, v, at.head.ID)
		if err != nil {
			return err
		}
		key := uniqueValue{f.ID, v}
		if found || u.seen[key] {
			u.set.tellRepeated(f, at, path, u.p)
		}
		u.seen[key] = true
	}
	return nil
}

// tellRepeated notes a repeated value at its field, or, when the actor does not see that field in the record, at the
// record.
func (s *Set) tellRepeated(f *field.Field, at row, path string, p *errs.Fields) {
	if sight, ok := s.lens.Sight(f.Code); !ok || !sight.Shown(at) {
		tellHidden(p, path)
		return
	}
	p.Add(path+"."+f.Code+".value", "field.repeated")
}

// repeated turns a database's refusal of a repeated value into a problem of its field.
func (s *Set) repeated(err error, at row, path string) error {
	var r *table.Repeated
	if errors.As(err, &r) {
		var p errs.Fields
		s.tellRepeated(r.Field, at, path, &p)
		return p.Err()
	}
	return err
}
