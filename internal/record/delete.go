package record

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Delete puts records into the trash, all or none. revisions stand beside ids; a missing one, or AnyRevision, is not
// checked.
//
// Errors: Forbidden without the right to delete (the app's or the record's); NotFound; Conflict "record.conflict".
func (s *Set) Delete(ctx context.Context, ids []id.Record, revisions []int64) error {
	if err := s.need(access.Delete); err != nil {
		return err
	}
	return s.write(ctx, Named{IDs: ids}, func(ctx context.Context, tx *db.Tx) error {
		var gone []Written
		for i, record := range ids {
			h, c, ok, err := s.load(ctx, tx, record)
			if err != nil {
				return err
			}
			if !ok {
				return notFound(record)
			}
			if !s.may(access.Delete, h, c) {
				return s.refused()
			}
			if i < len(revisions) && revisions[i] != AnyRevision && revisions[i] != h.Revision {
				return errs.E(errs.Conflict, "record.conflict")
			}
			if err := s.intoTrash(ctx, tx, h, c); err != nil {
				return err
			}
			gone = append(gone, Written{ID: record, Revision: h.Revision})
		}
		return s.emit(ctx, tx, "record.deleted", gone, len(ids) > 1)
	})
}
