package identity

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Title is what somebody is in an organisation.
// Source: cybozu.com User API.
type Title struct {
	ID          id.Title
	Code        string // told apart without regard to case and width, found by its exact letters
	Name        string
	Description string
}

// TitleChange is what to set of a title; nil leaves it as it is, and is empty in a new one.
type TitleChange struct {
	Code        string  // which one; the code of a new one
	NewCode     *string // renames
	Name        *string
	Description *string
	Delete      bool
}

// Titles returns all titles by id.
//
// Errors: Forbidden unless who administers the site.
func (s *Service) Titles(ctx context.Context, who access.Actor) ([]Title, error) {
	if !administers(who) {
		return nil, forbidden()
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, err
	}
	return values(d.titles.order), nil
}

// PutTitles adds, changes and deletes titles: all or none. Whoever had one that is deleted has none.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as titles[0].name.
func (s *Service) PutTitles(ctx context.Context, who access.Actor, list []TitleChange) error {
	if !administers(who) {
		return forbidden()
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		stored, err := loadTitles(ctx, tx)
		if err != nil {
			return err
		}
		all := newTitles(stored)
		var p errs.Fields
		for i, c := range list {
			if err := putTitle(ctx, tx, all, c, &p, at("titles", i)); err != nil {
				return err
			}
		}
		s.audit(tx, "titles changed", "by", who.String())
		return p.Err()
	})
}

func putTitle(ctx context.Context, tx *db.Tx, all *register[Title], c TitleChange, p *errs.Fields, path string) error {
	now := all.find(c.Code)
	if c.Delete {
		if now == nil {
			return unknown("title", c.Code)
		}
		all.drop(now)
		return removeTitle(ctx, tx, now.ID)
	}
	draft, known := Title{Code: c.Code}, p.Len()
	if now != nil {
		draft = *now
		set(&draft.Code, c.NewCode)
	}
	set(&draft.Name, c.Name)
	set(&draft.Description, c.Description)
	all.check(draft, p, path+".code")
	checkText(p, path+".name", draft.Name, true)
	checkLong(p, path+".description", draft.Description)
	if p.Len() > known {
		return nil
	}
	if now != nil {
		all.drop(now)
	}
	if err := saveTitle(ctx, tx, &draft); err != nil {
		return err
	}
	all.put(&draft)
	return nil
}

const (
	selectTitles   = `SELECT id, code, name, description FROM title ORDER BY id`
	insertTitleRow = `INSERT INTO title (code, code_key, name, description) VALUES (?, ?, ?, ?) RETURNING id`
	updateTitleRow = `UPDATE title SET code = ?, code_key = ?, name = ?, description = ? WHERE id = ?`
)

func loadTitles(ctx context.Context, tx *db.Tx) (all []*Title, err error) {
	err = db.Each(ctx, tx, func(row db.RowScanner) error {
		var t Title
		all = append(all, &t)
		return row.Scan(&t.ID, &t.Code, &t.Name, &t.Description)
	}, selectTitles)
	return all, err
}

// saveTitle stores t, and sets its ID if it is new.
func saveTitle(ctx context.Context, tx *db.Tx, t *Title) error {
	if t.ID == 0 {
		return tx.QueryRow(ctx, insertTitleRow, t.Code, foldCode(t.Code), t.Name, t.Description).Scan(&t.ID)
	}
	_, err := tx.Exec(ctx, updateTitleRow, t.Code, foldCode(t.Code), t.Name, t.Description, t.ID)
	return err
}

func removeTitle(ctx context.Context, tx *db.Tx, t id.Title) error {
	if _, err := tx.Exec(ctx, `UPDATE organization_member SET title_id = NULL WHERE title_id = ?`, t); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM title WHERE id = ?`, t)
	return err
}
