package record

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// IndexWords makes the words of all records of an app anew, and what is compared with a query of rich texts: for a site whose
// index is of another words.Format.
func (r *Records) IndexWords(ctx context.Context, a app.Kept) error {
	t := table.Of(a.App, r.db.Dialect())
	rich := richTexts(a.Form)
	if err := r.db.Write(ctx, t.RemakeWords); err != nil {
		return err
	}
	var last id.Record
	for more := true; more; {
		err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			list, err := t.After(ctx, tx, a.Form, last, copiesAtOnce)
			if more = len(list) > 0; err != nil || !more {
				return err
			}
			last = list[len(list)-1].Head.ID
			if len(rich) == 0 {
				return t.Reindex(ctx, tx, a.Form, list)
			}
			_, err = t.Recompute(ctx, tx, a.Form, rich, list, table.Entries(a.Form, list))
			return err
		})
		if err != nil {
			return fmt.Errorf("record: index words of app %d: %w", a.App, err)
		}
	}
	return nil
}

// richTexts are the fields of a form whose words are not their value, those of tables among them.
func richTexts(form []*field.Field) (list []*field.Field) {
	for _, f := range form {
		if f.Type == field.RichText {
			list = append(list, f)
		}
		list = append(list, richTexts(f.Fields)...)
	}
	return list
}
