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

// check notes the values of now that a record other than record has. Values that before has as well are not news.
func (u *uniqueness) check(ctx context.Context, tx *db.Tx, record id.Record, before, now table.Content, path string) error {
	for _, f := range u.set.form() {
		v := now.Values[f.ID]
		if !f.Unique || v == "" || v == before.Values[f.ID] {
			continue
		}
		found, err := u.set.table().Exists(ctx, tx, f, v, record)
		if err != nil {
			return err
		}
		key := uniqueValue{f.ID, v}
		if found || u.seen[key] {
			u.set.tellRepeated(f, path, u.p)
		}
		u.seen[key] = true
	}
	return nil
}

// tellRepeated notes a repeated value at its field, or, when the actor may not know that field, at the record.
func (s *Set) tellRepeated(f *field.Field, path string, p *errs.Fields) {
	if _, visible := s.lens.Sight(f.Code); !visible {
		p.Add(path, "record.hiddenProblem")
		return
	}
	p.Add(path+"."+f.Code+".value", "field.repeated")
}

// repeated turns a database's refusal of a repeated value into a problem of its field.
func (s *Set) repeated(err error, path string) error {
	var r *table.Repeated
	if errors.As(err, &r) {
		var p errs.Fields
		s.tellRepeated(r.Field, path, &p)
		return p.Err()
	}
	return err
}
