package record

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
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
			revision := int64(AnyRevision)
			if i < len(revisions) {
				revision = revisions[i]
			}
			h, c, err := s.expect(ctx, tx, access.Delete, record, revision)
			if err != nil {
				return err
			}
			if err := s.intoTrash(ctx, tx, h, c); err != nil {
				return err
			}
			gone = append(gone, Written{ID: record, Revision: h.Revision})
		}
		return s.emit(ctx, tx, "record.deleted", gone, len(ids) > 1)
	})
}
