package db

import (
	"context"
	"fmt"
	"strings"
)

// CopyOut gives fn the rows of a table in the order of its key, as they are stored: of each column nil, an int64 or a
// string. A row is fn's until it returns.
//
// Errors: a column of another type than IntegerColumn and TextColumn; what fn returns.
func (tx *Tx) CopyOut(ctx context.Context, t Table, fn func(row []any) error) error {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		if c.Type != IntegerColumn && c.Type != TextColumn {
			return fmt.Errorf("db: %s.%s is of type %s, which cannot be copied", t.Name, c.Name, c.Type)
		}
		names[i] = c.Name
	}
	rows, err := tx.Query(ctx, "SELECT "+strings.Join(names, ", ")+" FROM "+t.Name+" ORDER BY "+strings.Join(t.Key, ", "))
	if err != nil {
		return fmt.Errorf("db: copy %s: %w", t.Name, err)
	}
	defer rows.Close()
	row, dest := make([]any, len(names)), make([]any, len(names))
	for i := range row {
		dest[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return fmt.Errorf("db: copy %s: %w", t.Name, err)
		}
		for i, c := range t.Columns {
			if b, ok := row[i].([]byte); ok && c.Type == TextColumn {
				row[i] = string(b)
			}
			if !t.Columns[i].Holds(row[i]) {
				return fmt.Errorf("db: copy %s: %s holds a %T", t.Name, c.Name, row[i])
			}
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Holds reports whether v is what CopyOut gives for the column.
func (c Column) Holds(v any) bool {
	switch v.(type) {
	case nil:
		return true
	case int64:
		return c.Type == IntegerColumn
	case string:
		return c.Type == TextColumn
	}
	return false
}

// copyArgs is how many arguments a statement gets at most: SQLite takes 32,766, PostgreSQL 65,535.
const copyArgs = 16_000

// CopyIn inserts rows as CopyOut gave them. Columns that refer to other rows of the table stay empty until CopySelf.
func (tx *Tx) CopyIn(ctx context.Context, t Table, rows [][]any) error {
	names, marks := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i], marks[i] = c.Name, "?"
	}
	into := "INSERT INTO " + t.Name + " (" + strings.Join(names, ", ") + ") VALUES "
	one := "(" + strings.Join(marks, ", ") + ")"
	most := max(1, copyArgs/len(names))
	for len(rows) > 0 {
		n := min(len(rows), most)
		args := make([]any, 0, n*len(names))
		for _, row := range rows[:n] {
			for i, v := range row {
				if t.Columns[i].Self {
					v = nil
				}
				args = append(args, v)
			}
		}
		if _, err := tx.Exec(ctx, into+one+strings.Repeat(", "+one, n-1), args...); err != nil {
			return fmt.Errorf("db: copy into %s: %w", t.Name, err)
		}
		rows = rows[n:]
	}
	return nil
}

// CopySelf gives rows that CopyIn inserted what they refer to in their own table.
func (tx *Tx) CopySelf(ctx context.Context, t Table, rows [][]any) error {
	for i, c := range t.Columns {
		if !c.Self {
			continue
		}
		update := "UPDATE " + t.Name + " SET " + c.Name + " = ? WHERE " + strings.Join(t.Key, " = ? AND ") + " = ?"
		for _, row := range rows {
			if row[i] == nil {
				continue
			}
			args := []any{row[i]}
			for j, k := range t.Columns {
				for _, key := range t.Key {
					if k.Name == key {
						args = append(args, row[j])
					}
				}
			}
			if _, err := tx.Exec(ctx, update, args...); err != nil {
				return fmt.Errorf("db: copy into %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

// Empty removes all rows of a table.
func (tx *Tx) Empty(ctx context.Context, t Table) error {
	_, err := tx.Exec(ctx, "DELETE FROM "+t.Name)
	return err
}

// LastID is the highest id that a table which numbers itself has given, rows that are gone included; 0 is none. On
// PostgreSQL it is not of the snapshot, but of now.
func (tx *Tx) LastID(ctx context.Context, table string) (n int64, err error) {
	if err = tx.QueryRow(ctx, tx.dialect.lastID(), table).Scan(&n); err != nil {
		err = fmt.Errorf("db: last id of %s: %w", table, err)
	}
	return n, err
}

// SetLastID makes a table go on behind n.
func (tx *Tx) SetLastID(ctx context.Context, table string, n int64) error {
	if n == 0 {
		return nil
	}
	for _, sql := range tx.dialect.setLastID() {
		args := []any{table, n}
		if _, err := tx.Exec(ctx, sql, args[:strings.Count(sql, "?")]...); err != nil {
			return fmt.Errorf("db: last id of %s: %w", table, err)
		}
	}
	return nil
}

func (sqliteDialect) lastID() string {
	return "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0)"
}

func (sqliteDialect) setLastID() []string {
	return []string{"DELETE FROM sqlite_sequence WHERE name = ?", "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)"}
}

func (postgresDialect) lastID() string {
	return "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(?, 'id')::regclass), 0)"
}

func (postgresDialect) setLastID() []string {
	return []string{"SELECT setval(pg_get_serial_sequence(?, 'id')::regclass, ?)"}
}

// Apart runs fn in a Read so that on PostgreSQL it locks no table any longer than it runs: who alters one would wait for
// the whole snapshot otherwise, and everybody else for him.
func (tx *Tx) Apart(ctx context.Context, fn func() error) error {
	if _, err := tx.Exec(ctx, "SAVEPOINT apart"); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "ROLLBACK TO SAVEPOINT apart"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "RELEASE SAVEPOINT apart")
	return err
}
