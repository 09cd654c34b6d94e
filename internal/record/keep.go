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

// Copy is a whole record, whoever may see it, as a backup keeps it: the same from both databases, with nothing that follows
// from the rest. Values are in canonical form by field id, deleted fields that can be brought back included; empty ones
// are missing.
type Copy struct {
	ID        id.Record                `json:"id"`
	Revision  int64                    `json:"revision"`
	CreatedBy id.User                  `json:"createdBy"`
	CreatedAt field.Value              `json:"createdAt"`
	UpdatedBy id.User                  `json:"updatedBy"`
	UpdatedAt field.Value              `json:"updatedAt"`
	Values    map[id.Field]field.Value `json:"values"`
	Rows      map[id.Field][]table.Row `json:"rows,omitempty"` // of tables, in order
}

// Numbers is where the ids of an app's records, and of the rows of its tables, go on.
type Numbers struct {
	Record int64              `json:"record"`
	Rows   map[id.Field]int64 `json:"rows,omitempty"`
}

// Is reports whether a table of the database keeps records, or the words of their texts.
func (Tables) Is(name string) bool { return table.Is(name) }

// copiesAtOnce is how many records are read together.
const copiesAtOnce = 500

// CopyOut gives fn all records of an app by id, and returns where ids go on. For backups: no Lens applies.
func (Tables) CopyOut(ctx context.Context, tx *db.Tx, a app.Kept, fn func(Copy) error) (Numbers, error) {
	t := table.Of(a.App, tx.Dialect())
	var last id.Record
	for {
		list, err := t.After(ctx, tx, a.Form, last, copiesAtOnce)
		if err != nil {
			return Numbers{}, err
		}
		for _, r := range list {
			h := r.Head
			last = h.ID
			err := fn(Copy{h.ID, h.Revision, h.CreatedBy, h.CreatedAt, h.UpdatedBy, h.UpdatedAt, r.Content.Values, r.Content.Rows})
			if err != nil {
				return Numbers{}, err
			}
		}
		if len(list) < copiesAtOnce {
			break
		}
	}
	records, rows, err := t.LastIDs(ctx, tx, a.Form)
	return Numbers{records, rows}, err
}

// CopyIn stores records that CopyOut gave, with the words that find them.
func (Tables) CopyIn(ctx context.Context, tx *db.Tx, a app.Kept, list []Copy) error {
	stored := make([]table.Stored, len(list))
	for i, c := range list {
		stored[i] = table.Stored{
			Head:    table.Head{ID: c.ID, Revision: c.Revision, CreatedBy: c.CreatedBy, CreatedAt: c.CreatedAt, UpdatedBy: c.UpdatedBy, UpdatedAt: c.UpdatedAt},
			Content: table.Content{Values: c.Values, Rows: c.Rows},
		}
	}
	if err := table.Of(a.App, tx.Dialect()).PutBack(ctx, tx, a.Form, stored); err != nil {
		return fmt.Errorf("record: copies of app %d: %w", a.App, err)
	}
	return nil
}

// SetNumbers makes ids go on as they did where the records come from.
func (Tables) SetNumbers(ctx context.Context, tx *db.Tx, a app.Kept, n Numbers) error {
	return table.Of(a.App, tx.Dialect()).SetLastIDs(ctx, tx, a.Form, n.Record, n.Rows)
}
