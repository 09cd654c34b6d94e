package identity

import (
	"context"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

const (
	selectGroups   = `SELECT id, code, name, description, type, builtin FROM user_group ORDER BY id`
	insertGroupRow = `INSERT INTO user_group (code, code_key, name, description, type) VALUES (?, ?, ?, ?, ?) RETURNING id`
	updateGroupRow = `UPDATE user_group SET code = ?, code_key = ?, name = ?, description = ? WHERE id = ?`
)

func loadGroups(ctx context.Context, tx *db.Tx) (all []*Group, err error) {
	err = db.Each(ctx, tx, func(row db.RowScanner) error {
		var g Group
		all = append(all, &g)
		return row.Scan(&g.ID, &g.Code, &g.Name, &g.Description, &g.Type, &g.Builtin)
	}, selectGroups)
	return all, err
}

// insertGroup stores g and sets its ID.
func insertGroup(ctx context.Context, tx *db.Tx, g *Group) error {
	return tx.QueryRow(ctx, insertGroupRow, g.Code, foldCode(g.Code), g.Name, g.Description, g.Type).Scan(&g.ID)
}

func saveGroup(ctx context.Context, tx *db.Tx, g *Group) error {
	_, err := tx.Exec(ctx, updateGroupRow, g.Code, foldCode(g.Code), g.Name, g.Description, g.ID)
	return err
}

func removeGroup(ctx context.Context, tx *db.Tx, g id.Group) error {
	if _, err := tx.Exec(ctx, `DELETE FROM group_member WHERE group_id = ?`, g); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM user_group WHERE id = ?`, g)
	return err
}
