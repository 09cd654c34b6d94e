package file

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// OpenUpload opens the bytes of an upload of who's by its temporary key, which stays good. The caller closes them.
//
// Errors: NotFound when he has no such upload, or it was taken, or its time is over.
func (s *Files) OpenUpload(ctx context.Context, who access.Actor, key string) (f File, content io.ReadSeekCloser, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		f, err = scan(tx.QueryRow(ctx, "SELECT "+columns+" FROM file WHERE upload_key = ? AND uploaded_by = ? AND expires_at > ?", key, who.UserID(), tx.Now()))
		return err
	})
	if errors.Is(err, db.ErrNoRows) {
		return File{}, nil, errs.E(errs.NotFound, "file.notFound", errs.Args{"id": key})
	}
	if err != nil {
		return File{}, nil, fmt.Errorf("file: open upload: %w", err)
	}
	content, err = s.blobs.Open(ctx, f.blob)
	return f, content, err
}

// DropUpload removes an upload of who's before its time. One that is gone already is no error.
func (s *Files) DropUpload(ctx context.Context, who access.Actor, key string) error {
	var blob string
	err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, "DELETE FROM file WHERE upload_key = ? AND uploaded_by = ? RETURNING blob_key", key, who.UserID()).Scan(&blob)
	})
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("file: drop upload: %w", err)
	}
	return s.blobs.Delete(ctx, blob)
}
