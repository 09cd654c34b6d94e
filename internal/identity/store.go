package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

const (
	selectAccounts = `
		SELECT id, code, name, email, locale, timezone, valid, admin, builtin, password_hash, auth_version, profile,
			primary_organization, services, created_at, updated_at, deleted_at
		FROM user_account ORDER BY id`
	selectAccount = `
		SELECT id, code, name, email, locale, timezone, valid, admin, builtin, password_hash, auth_version, profile,
			primary_organization, services, created_at, updated_at, deleted_at
		FROM user_account WHERE code_key = ?`
	insertAccount = `
		INSERT INTO user_account (code, code_key, name, email, locale, timezone, valid, admin, password_hash, profile,
			services, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
	updateAccount = `
		UPDATE user_account SET code = ?, code_key = ?, name = ?, email = ?, locale = ?, timezone = ?, valid = ?, admin = ?,
			password_hash = ?, auth_version = ?, profile = ?, primary_organization = ?, services = ?,
			updated_at = ?
		WHERE id = ?`
	deleteAccount = `
		UPDATE user_account SET code_key = NULL, valid = 0, admin = 0, password_hash = '', auth_version = auth_version + 1,
			primary_organization = NULL, deleted_at = ?, updated_at = ?
		WHERE id = ?`
	countAdmins = `SELECT COUNT(*) FROM user_account WHERE admin = 1 AND valid = 1 AND builtin = 0 AND deleted_at IS NULL`
	countUsers  = `SELECT COUNT(*) FROM user_account WHERE builtin = 0`
)

func scanAccount(row db.RowScanner) (*account, error) {
	var a account
	var profile, services string
	var primary db.NullInt64
	var deleted db.NullTime
	err := row.Scan(&a.ID, &a.Code, &a.Name, &a.Email, &a.Locale, &a.Timezone, &a.Valid, &a.Admin, &a.builtin, &a.hash,
		&a.authVersion, &profile, &primary, &services, &a.CreatedAt, &a.UpdatedAt, &deleted)
	if err != nil {
		return nil, err
	}
	a.deleted = deleted.Valid
	a.Primary, a.Services = id.Organization(primary.Int64), splitServices(services)
	a.zone = zone(a.Timezone)
	if err := json.Unmarshal([]byte(profile), &a.Profile); err != nil {
		return nil, fmt.Errorf("identity: profile of user %d: %w", a.ID, err)
	}
	return &a, nil
}

// loadAccounts returns everybody by id, built-in and deleted users too.
func loadAccounts(ctx context.Context, tx *db.Tx) (all []*account, err error) {
	err = db.Each(ctx, tx, func(row db.RowScanner) error {
		a, err := scanAccount(row)
		all = append(all, a)
		return err
	}, selectAccounts)
	return all, err
}

// accountByCode returns a user who is neither deleted nor built in, or nil.
func accountByCode(ctx context.Context, tx *db.Tx, code string) (*account, error) {
	a, err := scanAccount(tx.QueryRow(ctx, selectAccount, foldCode(code)))
	if err == db.ErrNoRows || err == nil && a.builtin {
		return nil, nil
	}
	return a, err
}

// insert stores a and sets its ID and times. A login name that is taken gives an error of db.UniqueViolation.
func insert(ctx context.Context, tx *db.Tx, a *account) error {
	profile, err := json.Marshal(a.Profile)
	if err != nil {
		return err
	}
	a.CreatedAt, a.UpdatedAt = tx.Now(), tx.Now()
	return tx.QueryRow(ctx, insertAccount, a.Code, foldCode(a.Code), a.Name, a.Email, a.Locale, a.Timezone, a.Valid, a.Admin,
		a.hash, string(profile), strings.Join(a.Services, ","), a.CreatedAt, a.UpdatedAt).Scan(&a.ID)
}

// save stores all of a but its id.
func save(ctx context.Context, tx *db.Tx, a *account) error {
	profile, err := json.Marshal(a.Profile)
	if err != nil {
		return err
	}
	a.UpdatedAt = tx.Now()
	_, err = tx.Exec(ctx, updateAccount, a.Code, foldCode(a.Code), a.Name, a.Email, a.Locale, a.Timezone, a.Valid, a.Admin,
		a.hash, a.authVersion, string(profile), db.OrNull(a.Primary), strings.Join(a.Services, ","), a.UpdatedAt, a.ID)
	return err
}

// remove makes a user one of the past: no longer found by login name, only by id.
func remove(ctx context.Context, tx *db.Tx, user id.User) error {
	for _, statement := range []string{deletePlaces, deleteGroupsOf} {
		if _, err := tx.Exec(ctx, statement, user); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, deleteAccount, tx.Now(), tx.Now(), user)
	return err
}

func count(ctx context.Context, tx *db.Tx, query string) (n int, err error) {
	err = tx.QueryRow(ctx, query).Scan(&n)
	return n, err
}
