package identity

import (
	"context"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

const (
	selectOrganizations = `
		SELECT id, code, name, coalesce(parent_id, 0), local_name, local_name_locale, description, sort_order
		FROM organization ORDER BY id`
	insertOrganizationRow = `
		INSERT INTO organization (code, code_key, name, parent_id, local_name, local_name_locale, description, sort_order)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
	updateOrganizationRow = `
		UPDATE organization SET code = ?, code_key = ?, name = ?, parent_id = ?, local_name = ?, local_name_locale = ?,
			description = ?, sort_order = ?
		WHERE id = ?`
)

func loadOrganizations(ctx context.Context, tx *db.Tx) (all []*Organization, err error) {
	err = db.Each(ctx, tx, func(row db.RowScanner) error {
		var o Organization
		all = append(all, &o)
		return row.Scan(&o.ID, &o.Code, &o.Name, &o.Parent, &o.LocalName, &o.LocalNameLocale, &o.Description, &o.SortOrder)
	}, selectOrganizations)
	return all, err
}

func (o *Organization) columns() []any {
	return []any{o.Code, foldCode(o.Code), o.Name, db.OrNull(o.Parent), o.LocalName, o.LocalNameLocale, o.Description, o.SortOrder}
}

// insertOrganization stores o and sets its ID.
func insertOrganization(ctx context.Context, tx *db.Tx, o *Organization) error {
	return tx.QueryRow(ctx, insertOrganizationRow, o.columns()...).Scan(&o.ID)
}

func saveOrganization(ctx context.Context, tx *db.Tx, o *Organization) error {
	_, err := tx.Exec(ctx, updateOrganizationRow, append(o.columns(), o.ID)...)
	return err
}

// removeOrganization deletes an organisation that has none below it.
func removeOrganization(ctx context.Context, tx *db.Tx, o id.Organization) error {
	for _, statement := range []string{
		`UPDATE user_account SET primary_organization = NULL WHERE primary_organization = ?`,
		`DELETE FROM organization_member WHERE organization_id = ?`,
		`DELETE FROM organization WHERE id = ?`,
	} {
		if _, err := tx.Exec(ctx, statement, o); err != nil {
			return err
		}
	}
	return nil
}
