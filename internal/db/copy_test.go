package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// family has names that sort otherwise than the tables refer to each other, and a tree.
var family = fstest.MapFS{"0001_family.sql": {Data: []byte(`
	CREATE TABLE z (id {identity}, name {text} NOT NULL);
	CREATE TABLE tree (id {identity}, parent_id BIGINT REFERENCES tree (id), note {text});
	CREATE TABLE a (z_id BIGINT NOT NULL REFERENCES z (id), b {text} NOT NULL, tree_id BIGINT REFERENCES tree (id), flag INTEGER NOT NULL, PRIMARY KEY (b, z_id));
	CREATE TABLE amount (id BIGINT PRIMARY KEY, n {number}, x {blob});`)}}

func copied(t *testing.T, d *db.DB) (list []db.Table, rows map[string][][]any) {
	t.Helper()
	rows = map[string][][]any{}
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		if list, err = tx.Tables(ctx); err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(x db.Table) bool { return x.Name == db.VersionTable })
		for _, x := range list {
			if x.Name == "amount" {
				continue // see TestNumbersAreNotCopied
			}
			err := tx.CopyOut(ctx, x, func(row []any) error {
				rows[x.Name] = append(rows[x.Name], append([]any(nil), row...))
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, rows
}

// Rows come out of either database as they go into either.
func TestCopies(t *testing.T) {
	dbtest.Each(t, family, func(t *testing.T, from *db.DB) {
		write(t, from, func(ctx context.Context, tx *db.Tx) error {
			for _, q := range []string{
				"INSERT INTO z (name) VALUES ('b'), ('縁'), ('c')", "DELETE FROM z WHERE id = 3",
				"INSERT INTO tree (id, note) VALUES (1, 'child'), (2, NULL)", "UPDATE tree SET parent_id = 2 WHERE id = 1",
				"INSERT INTO a VALUES (2, 'y', 1, 0), (1, 'y', NULL, 1), (1, 'A', 2, -5)",
			} {
				if _, err := tx.Exec(ctx, q); err != nil {
					return err
				}
			}
			return nil
		})
		list, rows := copied(t, from)
		var order string
		for _, x := range list {
			order += fmt.Sprint(x.Name, x.Key, x.Numbered, " ")
		}
		if want := "amount[id] false tree[id] true z[id] true a[b z_id] false "; order != want {
			t.Errorf("got %s, want %s", order, want)
		}
		dbtest.Each(t, family, func(t *testing.T, to *db.DB) {
			write(t, to, func(ctx context.Context, tx *db.Tx) error {
				for _, x := range list {
					if err := errors.Join(tx.CopyIn(ctx, x, rows[x.Name]), tx.CopySelf(ctx, x, rows[x.Name])); err != nil {
						return err
					}
				}
				return tx.SetLastID(ctx, "z", 3)
			})
			if _, again := copied(t, to); fmt.Sprint(again) != fmt.Sprint(rows) {
				t.Errorf("got %v, want %v", again, rows)
			}
			write(t, to, func(ctx context.Context, tx *db.Tx) error {
				var id int64
				if err := tx.QueryRow(ctx, "INSERT INTO z (name) VALUES ('next') RETURNING id").Scan(&id); err != nil || id != 4 {
					t.Errorf("the next id is %d, %v", id, err)
				}
				last, err := tx.LastID(ctx, "z")
				none, noErr := tx.LastID(ctx, "tree")
				if err = errors.Join(err, noErr); err != nil || last != 4 {
					t.Errorf("the last ids are %d and %d, %v", last, none, err)
				}
				return nil
			})
		})
	})
}

func TestNumbersAreNotCopied(t *testing.T) {
	dbtest.Each(t, family, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			all, err := tx.Tables(ctx)
			if err != nil {
				return err
			}
			return tx.CopyOut(ctx, all[0], func([]any) error { return nil })
		})
		if err == nil {
			t.Error("a decimal was copied, whose digits the databases keep differently")
		}
	})
}
