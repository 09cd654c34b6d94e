package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Table describes a table as both databases have it.
type Table struct {
	Name     string
	Columns  []Column // in their order
	Key      []string // columns of the primary key, in its order
	Numbered bool     // its column id numbers itself
	refers   []string // to other tables
}

// Column is a column of a Table.
type Column struct {
	Name string
	Type ColumnType
	Self bool // it refers to another row of its table
}

// ColumnType is what a column holds, whatever its database calls that.
type ColumnType string

// The types of columns. Another one is named as the database does.
const (
	IntegerColumn ColumnType = "integer"
	TextColumn    ColumnType = "text"
	NumberColumn  ColumnType = "number"
	BytesColumn   ColumnType = "bytes"
)

// Column returns the column with a name.
func (t Table) Column(name string) (Column, bool) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return t.Columns[i], true
}

// Tables returns the ordinary tables, each behind those that it refers to, else by name: not what is behind token
// indexes on SQLite, nor what a database keeps for itself.
func (tx *Tx) Tables(ctx context.Context) ([]Table, error) {
	list, err := tx.columns(ctx)
	if err != nil {
		return nil, fmt.Errorf("db: tables: %w", err)
	}
	err = Each(ctx, tx, func(row RowScanner) error {
		var from, column, to string
		if err := row.Scan(&from, &column, &to); err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(t Table) bool { return t.Name == from })
		if i < 0 {
			return nil
		}
		if from != to {
			list[i].refers = append(list[i].refers, to)
			return nil
		}
		for j := range list[i].Columns {
			list[i].Columns[j].Self = list[i].Columns[j].Self || list[i].Columns[j].Name == column
		}
		return nil
	}, tx.dialect.references())
	if err != nil {
		return nil, fmt.Errorf("db: tables: %w", err)
	}
	return referredFirst(list)
}

// columns returns the tables by name, without what they refer to.
func (tx *Tx) columns(ctx context.Context) ([]Table, error) {
	var list []Table
	keys := map[string]map[int]string{}
	err := Each(ctx, tx, func(row RowScanner) error {
		var table, column, typ string
		var key int
		var numbered bool
		if err := row.Scan(&table, &column, &typ, &key, &numbered); err != nil {
			return err
		}
		if len(list) == 0 || list[len(list)-1].Name != table {
			list = append(list, Table{Name: table})
			keys[table] = map[int]string{}
		}
		t := &list[len(list)-1]
		t.Columns = append(t.Columns, Column{Name: column, Type: columnType(typ)})
		t.Numbered = t.Numbered || numbered
		if key > 0 {
			keys[table][key] = column
		}
		return nil
	}, tx.dialect.columns())
	for i, t := range list {
		for n := 1; n <= len(keys[t.Name]); n++ {
			list[i].Key = append(list[i].Key, keys[t.Name][n])
		}
	}
	return list, err
}

func columnType(declared string) ColumnType {
	switch strings.ToUpper(declared) {
	case "INTEGER", "BIGINT":
		return IntegerColumn
	case "TEXT":
		return TextColumn
	case "NUMERIC":
		return NumberColumn
	case "BLOB", "BYTEA":
		return BytesColumn
	}
	return ColumnType(declared)
}

// referredFirst puts every table behind those that it refers to.
func referredFirst(list []Table) ([]Table, error) {
	sorted := make([]Table, 0, len(list))
	placed := map[string]bool{}
	for len(sorted) < len(list) {
		before := len(sorted)
		for _, t := range list {
			if placed[t.Name] || slices.ContainsFunc(t.refers, func(to string) bool { return !placed[to] }) {
				continue
			}
			sorted, placed[t.Name] = append(sorted, t), true
		}
		if len(sorted) == before {
			return nil, errors.New("db: tables refer to each other in a circle")
		}
	}
	return sorted, nil
}

func (sqliteDialect) columns() string {
	return `
	SELECT t.name, c.name, c.type, c.pk,
		c.name = 'id' AND EXISTS (SELECT 1 FROM sqlite_master m WHERE m.name = t.name AND m.sql LIKE '%AUTOINCREMENT%')
	FROM pragma_table_list t JOIN pragma_table_info(t.name) c
	WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY t.name, c.cid`
}

func (sqliteDialect) references() string {
	return `
	SELECT t.name, f."from", f."table" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
	WHERE t.schema = 'main' AND t.type = 'table'`
}

func (postgresDialect) columns() string {
	return `
	SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
		coalesce((SELECT k.n FROM unnest(i.indkey) WITH ORDINALITY k (attnum, n) WHERE k.attnum = a.attnum), 0),
		a.attname = 'id' AND a.attidentity <> ''
	FROM pg_class c
	JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema()
	JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
	WHERE c.relkind = 'r' ORDER BY c.relname COLLATE "C", a.attnum`
}

func (postgresDialect) references() string {
	return `
	SELECT c.relname, a.attname, p.relname FROM pg_constraint f
	JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
	JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema()
	JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1]
	WHERE f.contype = 'f'`
}
