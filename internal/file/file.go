// Package file keeps uploads and attachments: what they are called and where they belong in the database,
// their bytes in the blob store. An upload gets a temporary key that can be put once into a record; from then
// on it has another, permanent key under which those may download it who may see the field it is in.
//
// It does not decide who may see a field: record asks it with a Set.
package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// MaxSize is how large one file may be, in bytes; Lifetime how long an upload waits to be put into a record.
// Source: kintone REST API, "Upload File".
const (
	MaxSize  = 1 << 30
	Lifetime = 3 * 24 * time.Hour
)

// Blobs keeps bytes under keys of its own.
type Blobs interface {
	// Put stores what r holds, at most limit bytes.
	Put(ctx context.Context, r io.Reader, limit int64) (blob.Object, error)
	// Open returns the bytes stored under key.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, error)
	// Delete removes them; a key that is not there is no error.
	Delete(ctx context.Context, key string) error
}

// Files keeps the files of a site.
type Files struct {
	db    *db.DB
	blobs Blobs
}

// New returns the files kept in d and b.
func New(d *db.DB, b Blobs) *Files { return &Files{d, b} }

// File is a stored file.
type File struct {
	ID          id.File
	Key         string // permanent
	Name        string
	ContentType string
	Size        int64
	App         id.App    // where it is attached; 0 while it is an upload
	Record      id.Record // 0 for what the settings of the app keep
	Field       id.Field
	Thread      id.Thread // where it was said; then it is in no app
	blob        string
}

// Upload stores a file and returns its temporary key.
//
// Errors: Unauthenticated for nobody; TooLarge above MaxSize; Invalid without a name.
func (s *Files) Upload(ctx context.Context, who access.Actor, name, contentType string, r io.Reader) (key string, err error) {
	if who.Kind() == access.KindNobody || who.Kind() == access.KindLinkHolder {
		return "", errs.E(errs.Unauthenticated, "auth.required")
	}
	if name = cleanName(name); name == "" {
		return "", errs.E(errs.Invalid, "file.name")
	}
	stored, err := s.blobs.Put(ctx, r, MaxSize)
	if err != nil {
		return "", err
	}
	key = id.Key()
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO file (upload_key, file_key, blob_key, name, content_type, size, sha256, uploaded_by, uploaded_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			key, id.Key(), stored.Key, name, contentType, stored.Size, stored.SHA256, who.UserID(), tx.Now(), tx.Now().Add(Lifetime))
		return err
	})
	if err != nil {
		return "", errors.Join(fmt.Errorf("file: upload: %w", err), s.blobs.Delete(ctx, stored.Key))
	}
	_, err = s.Sweep(ctx) // uploads are the occasion: without them nothing piles up
	return key, err
}

// Picture reports whether f says that it is an image.
func (f File) Picture() bool { return strings.HasPrefix(f.ContentType, "image/") }

// Attachment is f as a field of a record keeps it.
func (f File) Attachment() field.Attachment {
	return field.Attachment{Key: f.Key, Name: f.Name, ContentType: f.ContentType, Size: f.Size}
}

const columns = "id, file_key, name, content_type, size, coalesce(app_id, 0), coalesce(record_id, 0), coalesce(field_id, 0), coalesce(thread_id, 0), blob_key"

func scan(row db.RowScanner) (f File, err error) {
	err = row.Scan(&f.ID, &f.Key, &f.Name, &f.ContentType, &f.Size, &f.App, &f.Record, &f.Field, &f.Thread, &f.blob)
	return f, err
}

// ByKey returns the attached file with a permanent key.
//
// Errors: NotFound.
func (s *Files) ByKey(ctx context.Context, key string) (f File, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		f, err = scan(tx.QueryRow(ctx, "SELECT "+columns+" FROM file WHERE file_key = ? AND upload_key IS NULL", key))
		if errors.Is(err, db.ErrNoRows) {
			return errs.E(errs.NotFound, "file.notFound", errs.Args{"id": key})
		}
		return err
	})
	return f, err
}

// Content opens the bytes of f. The caller closes them.
func (s *Files) Content(ctx context.Context, f File) (io.ReadSeekCloser, error) {
	return s.blobs.Open(ctx, f.blob)
}

// Resolve returns the files among keys that who may put into a record: his own uploads that nobody took yet, by
// temporary key, and what is attached to the record already, by permanent key; of these Field says where. All of them
// have permanent keys.
func (s *Files) Resolve(ctx context.Context, tx *db.Tx, who access.Actor, keys []string, app id.App, record id.Record) (map[string]File, error) {
	found := map[string]File{}
	marks := db.Marks(len(keys))
	args := slices.Concat(db.Args(keys), []any{who.UserID(), tx.Now()}, db.Args(keys), []any{app, record})
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var upload string
		var f File
		if err := row.Scan(&upload, &f.Key, &f.Name, &f.ContentType, &f.Size, &f.Field); err != nil {
			return err
		}
		if upload != "" {
			found[upload] = f
		} else {
			found[f.Key] = f
		}
		return nil
	}, `
		SELECT coalesce(upload_key, ''), file_key, name, content_type, size, coalesce(field_id, 0) FROM file
		WHERE upload_key IN (`+marks+`) AND uploaded_by = ? AND expires_at > ?
		   OR file_key IN (`+marks+`) AND app_id = ? AND record_id = ?`, args...)
	if err != nil {
		return nil, fmt.Errorf("file: resolve: %w", err)
	}
	return found, nil
}

// Attach takes an upload into a field of a record; its temporary key is used up.
//
// Errors: NotFound when it was taken before.
func (s *Files) Attach(ctx context.Context, tx *db.Tx, upload string, app id.App, record id.Record, f id.Field) error {
	n, err := tx.Exec(ctx, `
		UPDATE file SET upload_key = NULL, expires_at = NULL, app_id = ?, record_id = ?, field_id = ? WHERE upload_key = ?`,
		app, record, f, upload)
	if err != nil {
		return fmt.Errorf("file: attach: %w", err)
	}
	if n == 0 {
		return errs.E(errs.NotFound, "file.notFound", errs.Args{"id": upload})
	}
	return nil
}

// Keep takes an upload of who's into the settings of an app; its temporary key is used up.
//
// Errors: NotFound when he has no such upload, or it was taken before.
func (s *Files) Keep(ctx context.Context, tx *db.Tx, who access.Actor, upload string, app id.App) (File, error) {
	return take(ctx, tx, who, upload, "app_id", int64(app))
}

// Say takes an upload of who's into a thread; its temporary key is used up.
//
// Errors: as Keep.
func (s *Files) Say(ctx context.Context, tx *db.Tx, who access.Actor, upload string, thread id.Thread) (File, error) {
	return take(ctx, tx, who, upload, "thread_id", int64(thread))
}

// take writes where an upload of who's belongs from now on into a column.
func take(ctx context.Context, tx *db.Tx, who access.Actor, upload, column string, of int64) (File, error) {
	f, err := scan(tx.QueryRow(ctx, `
		UPDATE file SET upload_key = NULL, expires_at = NULL, `+column+` = ?
		WHERE upload_key = ? AND uploaded_by = ? AND expires_at > ? RETURNING `+columns, of, upload, who.UserID(), tx.Now()))
	if errors.Is(err, db.ErrNoRows) {
		return File{}, errs.E(errs.NotFound, "file.notFound", errs.Args{"id": upload})
	}
	if err != nil {
		return File{}, fmt.Errorf("file: take into %s: %w", column, err)
	}
	return f, nil
}

// Usage is how many bytes the attachments of an app's records have.
func (s *Files) Usage(ctx context.Context, app id.App) (bytes int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT coalesce(sum(size), 0) FROM file WHERE app_id = ? AND record_id IS NOT NULL`, app).Scan(&bytes)
	})
	return bytes, err
}

// Sweep removes uploads that nobody put into a record in time, and returns how many.
func (s *Files) Sweep(ctx context.Context) (n int, err error) {
	var blobs []string
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		blobs, err = db.Pluck[string](ctx, tx, `DELETE FROM file WHERE expires_at < ? RETURNING blob_key`, tx.Now())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("file: sweep: %w", err) // they may all be there still, and need their bytes
	}
	for _, b := range blobs {
		err = errors.Join(err, s.blobs.Delete(ctx, b))
	}
	return len(blobs), err
}
