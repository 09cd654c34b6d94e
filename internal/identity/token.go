package identity

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// The limits of API tokens.
// Source: kintone REST API, authentication by API token.
const (
	maxTokensPerApp     = 20
	maxTokensPerRequest = 9
	tokenLength         = 40 // letters and digits
	tokenRights         = access.View | access.Add | access.Edit | access.Delete | access.Manage
)

// Token is a program's key to one app.
type Token struct {
	ID        int64
	App       id.App
	Note      string
	Rights    access.Verbs // of View, Add, Edit, Delete and Manage
	CreatedBy id.User
	CreatedAt time.Time
}

const (
	selectTokens = `SELECT id, app_id, token_hash, note, rights, created_by, created_at FROM api_token ORDER BY id`
	insertToken  = `
		INSERT INTO api_token (app_id, token_hash, note, rights, created_by, created_at)
		VALUES (?, ?, ?, ?, ?, ?) RETURNING id`
	countTokens = `SELECT COUNT(*) FROM api_token WHERE app_id = ?`
	deleteToken = `DELETE FROM api_token WHERE app_id = ? AND id = ?`
	dropTokens  = `DELETE FROM api_token WHERE app_id = ?`
)

// loadTokens returns all tokens by hash.
func loadTokens(ctx context.Context, tx *db.Tx) (map[string]*Token, error) {
	tokens := map[string]*Token{}
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var t Token
		var hash string
		err := row.Scan(&t.ID, &t.App, &hash, &t.Note, &t.Rights, &t.CreatedBy, &t.CreatedAt)
		tokens[hash] = &t
		return err
	}, selectTokens)
	return tokens, err
}

// Tokens returns the tokens of an app, oldest first. That the caller may manage the app is for the caller to know:
// apps are not this package's subject.
func (s *Service) Tokens(ctx context.Context, app id.App) ([]Token, error) {
	var list []Token
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		all, err := loadTokens(ctx, tx)
		for _, t := range all {
			if t.App == app {
				list = append(list, *t)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("identity: tokens: %w", err)
	}
	slices.SortFunc(list, func(a, b Token) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// AddToken makes a token for an app and returns it with its secret, which is not kept. As with Tokens, the caller has
// checked that who may manage the app.
//
// Errors: Invalid by the paths note and rights, or when the app has 20 tokens.
func (s *Service) AddToken(ctx context.Context, who access.Actor, app id.App, note string, rights access.Verbs) (Token, string, error) {
	var p errs.Fields
	checkText(&p, "note", note, false)
	if rights == 0 || rights&^tokenRights != 0 {
		p.Add("rights", "token.rights.invalid")
	}
	if err := p.Err(); err != nil {
		return Token{}, "", err
	}
	secret := id.Short(tokenLength)
	t := Token{App: app, Note: note, Rights: rights, CreatedBy: who.UserID()}
	err := s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, countTokens, app).Scan(&n); err != nil {
			return err
		}
		if n >= maxTokensPerApp {
			return errs.E(errs.Invalid, "token.tooMany", errs.Args{"max": maxTokensPerApp})
		}
		t.CreatedAt = tx.Now()
		s.audit(tx, "token added", "app", app, "by", who.String())
		return tx.QueryRow(ctx, insertToken, t.App, digest(secret), t.Note, t.Rights, t.CreatedBy, t.CreatedAt).Scan(&t.ID)
	})
	return t, secret, err
}

// DeleteToken makes a token of an app void from the next request on. As with Tokens, the caller has checked that who
// may manage the app.
//
// Errors: NotFound.
func (s *Service) DeleteToken(ctx context.Context, who access.Actor, app id.App, token int64) error {
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.Exec(ctx, deleteToken, app, token)
		if err == nil && n == 0 {
			err = errs.E(errs.NotFound, "token.unknown")
		}
		s.audit(tx, "token deleted", "app", app, "token", token, "by", who.String())
		return err
	})
}

// DropTokens makes all tokens of an app void: for whoever removes the app for good.
func (s *Service) DropTokens(ctx context.Context, app id.App) error {
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, dropTokens, app)
		return err
	})
}
