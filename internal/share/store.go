package share

import (
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

const linkColumns = `l.id, l.app_id, l.record_id, l.fields, l.title, l.expires_at, l.may_comment, l.may_download,
	l.created_by, l.created_at, coalesce(l.revoked_by, 0), l.revoked_at, l.token_hash, l.nonce, l.password_hash`

func (l *Link) scan(row db.RowScanner, more ...any) error {
	var fields string
	var expires, revoked db.NullTime
	err := row.Scan(append([]any{&l.ID, &l.App, &l.Record, &fields, &l.Title, &expires, &l.MayComment, &l.MayDownload,
		&l.CreatedBy, &l.CreatedAt, &l.RevokedBy, &revoked, &l.tokenHash, &l.nonce, &l.password}, more...)...)
	l.ExpiresAt, l.RevokedAt = expires.Time, revoked.Time
	for n := range field.Members(fields) {
		l.Fields = append(l.Fields, id.Field(n))
	}
	return err
}

// linkByID returns a link. Errors: NotFound.
func linkByID(ctx context.Context, tx *db.Tx, n id.Share) (l Link, err error) {
	err = l.scan(tx.QueryRow(ctx, "SELECT "+linkColumns+" FROM share_link l WHERE l.id = ?", n))
	if errors.Is(err, db.ErrNoRows) {
		return Link{}, notFound(n)
	}
	return l, wrap(err)
}

// linkByToken returns a link. Errors: gone.
func linkByToken(ctx context.Context, tx *db.Tx, token string) (l Link, err error) {
	err = l.scan(tx.QueryRow(ctx, "SELECT "+linkColumns+" FROM share_link l WHERE l.token_hash = ?", digest(token)))
	if errors.Is(err, db.ErrNoRows) {
		return Link{}, gone()
	}
	return l, wrap(err)
}

func insertLink(ctx context.Context, tx *db.Tx, l *Link) error {
	l.CreatedAt = tx.Now()
	return wrap(tx.QueryRow(ctx, `
		INSERT INTO share_link (token_hash, nonce, app_id, record_id, fields, title, password_hash, expires_at, may_comment,
			may_download, created_by, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		l.tokenHash, l.nonce, l.App, l.Record, fieldList(l.Fields), l.Title, l.password, db.OrNull(l.ExpiresAt), l.MayComment,
		l.MayDownload, l.CreatedBy, l.CreatedAt).Scan(&l.ID))
}

// updateLink stores what may change of a link.
func updateLink(ctx context.Context, tx *db.Tx, l Link) error {
	_, err := tx.Exec(ctx, `
		UPDATE share_link SET fields = ?, title = ?, password_hash = ?, expires_at = ?, may_comment = ?, may_download = ?
		WHERE id = ?`,
		fieldList(l.Fields), l.Title, l.password, db.OrNull(l.ExpiresAt), l.MayComment, l.MayDownload, l.ID)
	return wrap(err)
}

func fieldList(fields []id.Field) string {
	return string(field.ListValue(fields))
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("share: %w", err)
	}
	return nil
}
