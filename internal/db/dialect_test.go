package db_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

func TestTextSortsByBytes(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			for _, name := range []string{"b", "あ", "A", "a", "é", "_", "B", "ア", "0"} {
				if err := add(ctx, tx, name); err != nil {
					return err
				}
			}
			return nil
		})
		got, err := column(t, d, "SELECT name FROM note ORDER BY name")
		if want := "[0 A B _ a b é あ ア]"; err != nil || fmt.Sprint(got) != want {
			t.Errorf("got %v, %v, want %s", got, err, want)
		}
	})
}

// column returns the texts of a query of one column.
func column(t *testing.T, d *db.DB, query string, args ...any) (out []string, err error) {
	err = d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		rows, err := tx.Query(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s db.RawBytes
			if err := rows.Scan(&s); err != nil {
				return err
			}
			out = append(out, string(s))
		}
		return rows.Err()
	})
	return out, err
}

func TestDialectPieces(t *testing.T) {
	tables := fstest.MapFS{"0001_n.sql": {Data: []byte(`
		CREATE TABLE n (id {identity}, amount {number}, body {blob});
		CREATE INDEX n_amount ON n (amount);
		INSERT INTO n (amount) VALUES (1.5), (20), (3);
		DELETE FROM n WHERE id = 3;
		INSERT INTO n (amount) VALUES (100);`)}}
	dbtest.Each(t, tables, func(t *testing.T, d *db.DB) {
		q := d.Dialect()
		for _, tc := range []struct{ query, want string }{
			{"SELECT id FROM n ORDER BY amount", "[1 2 4]"}, // numbers sort as numbers, ids are not used again
			{"SELECT id FROM n" + q.IndexedBy("n_amount") + " WHERE amount > 1 AND " + q.NoIndex("id") + " > 1 ORDER BY id", "[2 4]"},
			{"SELECT " + q.Greatest("id", "3") + " FROM n ORDER BY id", "[3 3 4]"},
			{"SELECT id FROM n WHERE " + q.Contains("'50% of 縁側'", "'% of 縁'") + " AND id < 2", "[1]"},
			{"SELECT id FROM n WHERE " + q.Contains("'ab'", "'B'"), "[]"},
			{"SELECT id FROM n WHERE id = 1 AND " + q.Settled("n") + " IS NOT NULL", "[1]"},
		} {
			if got, err := column(t, d, tc.query); err != nil || fmt.Sprint(got) != tc.want {
				t.Errorf("%s: got %v, %v, want %s", tc.query, got, err, tc.want)
			}
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			var id int64
			return tx.QueryRow(ctx, "SELECT id FROM n LIMIT 1"+q.SkipLocked()).Scan(&id)
		})
	})
}

func TestUniqueKeyIsNamed(t *testing.T) {
	tables := fstest.MapFS{"0001_u.sql": {Data: []byte(`
		CREATE TABLE u (id BIGINT PRIMARY KEY, a {text} UNIQUE, b {text}, c {text}, x INTEGER CHECK (x > 0), UNIQUE (b, c));
		CREATE UNIQUE INDEX u_lower ON u (lower(b));
		INSERT INTO u VALUES (1, 'a', 'b', 'c', 1);`)}}
	dbtest.Each(t, tables, func(t *testing.T, d *db.DB) {
		for values, want := range map[string]string{
			"1, 'x', 'x', 'x', 1": "u.id",
			"2, 'a', 'x', 'x', 1": "u.a",
			"2, 'x', 'B', 'x', 1": "u_lower",
			"2, 'x', 'x', 'x', 0": "",
		} {
			err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, "INSERT INTO u VALUES ("+values+")")
				return err
			})
			if got := db.UniqueKey(err); err == nil || got != want || db.UniqueViolation(err) != (want != "") {
				t.Errorf("%s: got %q of %v, want %q", values, got, err, want)
			}
		}
	})
}
