package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Kept is an app that has tables of records.
type Kept struct {
	App  id.App
	Form []*field.Field // all that the tables have columns for: the live form, then what is in the trash
}

// ReadKept returns the apps that were ever deployed, deleted ones too, by id: for a backup of what they keep.
func ReadKept(ctx context.Context, tx *db.Tx) ([]Kept, error) {
	apps, err := appIDs(ctx, tx, `SELECT id FROM app WHERE live_revision > 0 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	list := make([]Kept, len(apps))
	for i, app := range apps {
		s, err := readSettings(ctx, tx, app, live)
		if err != nil {
			return nil, err
		}
		trash, err := readFieldTrash(ctx, tx, app)
		if err != nil {
			return nil, err
		}
		list[i] = Kept{app, withTrash(s.Form, trash)}
	}
	return list, nil
}

func appIDs(ctx context.Context, tx *db.Tx, query string) ([]id.App, error) {
	list, err := db.Pluck[id.App](ctx, tx, query)
	if err != nil {
		return nil, fmt.Errorf("app: ids: %w", err)
	}
	return list, nil
}

// withTrash returns a form with deleted fields. Those are not unique any more; a table may be among them that others of them
// stood in.
func withTrash(form []*field.Field, trash []TrashedField) []*field.Field {
	form = slices.Clone(form)
	for _, t := range trash {
		t.Field.Unique = false
		if t.Table == 0 {
			form = append(form, t.Field)
		}
	}
	for _, t := range trash {
		i := slices.IndexFunc(form, func(f *field.Field) bool { return f.ID == t.Table })
		if t.Table == 0 || i < 0 {
			continue
		}
		table := *form[i]
		table.Fields = append(slices.Clone(table.Fields), t.Field)
		form[i] = &table
	}
	return form
}

// EmitLinks has what follows from the links of all apps made again, as after they were deployed.
func EmitLinks(ctx context.Context, tx *db.Tx) error {
	apps, err := appIDs(ctx, tx, `SELECT DISTINCT app_id FROM app_link ORDER BY app_id`)
	if err != nil {
		return err
	}
	for _, app := range apps {
		if err := job.Emit(ctx, tx, EventLinked, Linked{app}); err != nil {
			return fmt.Errorf("app: links of %d: %w", app, err)
		}
	}
	return nil
}
