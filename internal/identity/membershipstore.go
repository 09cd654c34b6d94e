package identity

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// placeRow says that a user is in an organisation; title 0 is none.
type placeRow struct {
	user         id.User
	organization id.Organization
	title        id.Title
}

// memberRow says that a user is in a group.
type memberRow struct {
	user  id.User
	group id.Group
}

const (
	selectPlaces   = `SELECT user_id, organization_id, coalesce(title_id, 0) FROM organization_member ORDER BY user_id, place`
	insertPlace    = `INSERT INTO organization_member (user_id, organization_id, title_id, place) VALUES (?, ?, ?, ?)`
	deletePlaces   = `DELETE FROM organization_member WHERE user_id = ?`
	deleteGroupsOf = `DELETE FROM group_member WHERE user_id = ?`
	countPlaces    = `SELECT COUNT(*) FROM organization_member WHERE user_id = ? AND organization_id = ?`
	updatePrimary  = `UPDATE user_account SET primary_organization = ?, updated_at = ? WHERE id = ?`
	selectMembers  = `SELECT user_id, group_id FROM group_member ORDER BY user_id, group_id`
	insertMember   = `INSERT INTO group_member (user_id, group_id) VALUES (?, ?)`
)

func loadPlaces(ctx context.Context, tx *db.Tx) ([]placeRow, error) {
	return db.Collect(ctx, tx, func(r *placeRow, row db.RowScanner) error {
		return row.Scan(&r.user, &r.organization, &r.title)
	}, selectPlaces)
}

func loadMembers(ctx context.Context, tx *db.Tx) ([]memberRow, error) {
	return db.Collect(ctx, tx, func(r *memberRow, row db.RowScanner) error {
		return row.Scan(&r.user, &r.group)
	}, selectMembers)
}

// savePlaces replaces the organisations of a user.
func savePlaces(ctx context.Context, tx *db.Tx, user id.User, rows []placeRow, primary id.Organization) error {
	if _, err := tx.Exec(ctx, deletePlaces, user); err != nil {
		return err
	}
	for i, r := range rows {
		if _, err := tx.Exec(ctx, insertPlace, user, r.organization, db.OrNull(r.title), i); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, updatePrimary, db.OrNull(primary), tx.Now(), user)
	return err
}

// saveGroupsOf replaces the groups of a user.
func saveGroupsOf(ctx context.Context, tx *db.Tx, user id.User, groups []id.Group) error {
	if _, err := tx.Exec(ctx, deleteGroupsOf, user); err != nil {
		return err
	}
	for _, g := range unique(groups) {
		if _, err := tx.Exec(ctx, insertMember, user, g); err != nil {
			return err
		}
	}
	return nil
}

// saveMembers replaces the users of a group.
func saveMembers(ctx context.Context, tx *db.Tx, group id.Group, users []id.User) error {
	if _, err := tx.Exec(ctx, `DELETE FROM group_member WHERE group_id = ?`, group); err != nil {
		return err
	}
	for _, u := range unique(users) {
		if _, err := tx.Exec(ctx, insertMember, u, group); err != nil {
			return err
		}
	}
	return nil
}

func unique[T id.Number](list []T) []T {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
