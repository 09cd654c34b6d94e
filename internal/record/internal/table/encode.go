package table

import (
	"context"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Show is what of a record is shown to a reader: the fields that a Lens lets through, in order.
type Show struct {
	Fields    []*field.Field
	Inner     func(table *field.Field) []*field.Field // the visible inner fields of a table
	ID        bool                                    // $id
	Revision  bool                                    // $revision
	Directory field.Directory
}

// Found is a record as the API shows it.
type Found struct {
	ID       id.Record
	Revision int64
	JSON     []byte // {"code":{"type":"T","value":V},…}
}

// encoder writes records straight from the database's bytes. The part before each value is the same for all
// records and prepared once.
type encoder struct {
	t        Table
	show     Show
	fields   []*field.Field // with a column, in order
	exactAt  []int          // index into cells of a decimal's exact text, -1
	prefixes []string
	tables   []*field.Field
	cells    []db.RawBytes
	head     struct {
		id, revision int64
	}
	arena []byte
}

func newEncoder(t Table, show Show) *encoder {
	e := &encoder{t: t, show: show}
	for _, f := range show.Fields {
		switch f.Kind().Storage() {
		case field.None:
			continue
		case field.Rows:
			e.tables = append(e.tables, f)
			continue
		case field.Decimal:
			if t.dialect.LossyDecimals() {
				e.exactAt = append(e.exactAt, len(show.Fields)+len(e.fields))
				break
			}
			e.exactAt = append(e.exactAt, -1)
		default:
			e.exactAt = append(e.exactAt, -1)
		}
		e.fields = append(e.fields, f)
		e.prefixes = append(e.prefixes, prefix(f))
	}
	e.cells = make([]db.RawBytes, 2*len(show.Fields))
	return e
}

func prefix(f *field.Field) string {
	b := field.AppendString(nil, f.Code)
	return string(b) + `:{"type":"` + string(f.Type) + `","value":`
}

// columns appends the select list, with the alias of the record table.
func (e *encoder) columns(sql *strings.Builder, alias string) {
	sql.WriteString(alias + "id, " + alias + "revision")
	e.valueColumns(sql, alias)
}

func (e *encoder) valueColumns(sql *strings.Builder, alias string) {
	for i, f := range e.fields {
		sql.WriteString(", " + alias + f.Column())
		if e.exactAt[i] >= 0 {
			sql.WriteString(", " + alias + exactColumn(f))
		}
	}
}

func (e *encoder) dest(head ...any) []any {
	for i := range e.fields {
		head = append(head, &e.cells[i])
		if e.exactAt[i] >= 0 {
			head = append(head, &e.cells[e.exactAt[i]])
		}
	}
	return head
}

// record appends the row just scanned as a JSON object without its tables, and without the closing brace.
func (e *encoder) record(dst []byte) []byte {
	dst = append(dst, '{')
	if e.show.ID {
		dst = append(dst, `"$id":{"type":"__ID__","value":"`...)
		dst = appendInt(dst, e.head.id)
		dst = append(dst, `"},`...)
	}
	if e.show.Revision {
		dst = append(dst, `"$revision":{"type":"__REVISION__","value":"`...)
		dst = appendInt(dst, e.head.revision)
		dst = append(dst, `"},`...)
	}
	return e.values(dst)
}

// values appends `"code":{…},` for every field.
func (e *encoder) values(dst []byte) []byte {
	for i, f := range e.fields {
		cell := []byte(e.cells[i])
		if x := e.exactAt[i]; x >= 0 && len(e.cells[x]) > 0 {
			cell = e.cells[x]
		}
		dst = append(dst, e.prefixes[i]...)
		dst = f.Kind().AppendValue(dst, f, cell, e.show.Directory)
		dst = append(dst, '}', ',')
	}
	return dst
}

// closed ends a JSON object whose last member may have left a comma.
func closed(dst []byte) []byte {
	if dst[len(dst)-1] == ',' {
		dst = dst[:len(dst)-1]
	}
	return append(dst, '}')
}

// all encodes the records that sql finds; sql must select e.columns.
func (e *encoder) all(ctx context.Context, tx *db.Tx, sql string, args []any) ([]Found, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	dest := e.dest(&e.head.id, &e.head.revision)
	var list []Found
	var ends []int
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		e.arena = e.record(e.arena)
		if len(e.tables) == 0 {
			e.arena = closed(e.arena)
		}
		list = append(list, Found{ID: id.Record(e.head.id), Revision: e.head.revision})
		ends = append(ends, len(e.arena))
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	start := 0
	for i, end := range ends {
		list[i].JSON = e.arena[start:end:end]
		start = end
	}
	if len(e.tables) > 0 && len(list) > 0 {
		return list, e.addTables(ctx, tx, list)
	}
	return list, nil
}

// addTables appends the rows of every visible table to the records, one query a table.
func (e *encoder) addTables(ctx context.Context, tx *db.Tx, list []Found) error {
	at := map[int64]int{}
	ids := make([]any, len(list))
	for i, r := range list {
		at[int64(r.ID)] = i
		ids[i] = int64(r.ID)
	}
	for _, f := range e.tables {
		rows, err := e.rowsOf(ctx, tx, f, ids)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].JSON = append(list[i].JSON, prefix(f)...)
			list[i].JSON = append(list[i].JSON, '[')
			list[i].JSON = append(list[i].JSON, rows[int64(list[i].ID)]...)
			list[i].JSON = append(list[i].JSON, ']', '}', ',')
		}
	}
	for i := range list {
		list[i].JSON = closed(list[i].JSON)
	}
	return nil
}

// rowsOf returns the JSON of a table's rows, between commas, by record.
func (e *encoder) rowsOf(ctx context.Context, tx *db.Tx, f *field.Field, ids []any) (map[int64][]byte, error) {
	in := newEncoder(e.t, Show{Fields: e.show.Inner(f), Directory: e.show.Directory})
	var sql strings.Builder
	sql.WriteString("SELECT id, record_id")
	in.valueColumns(&sql, "")
	sql.WriteString(" FROM " + e.t.Sub(f) + " WHERE record_id IN (" + marks(len(ids)) + ") ORDER BY record_id, position")
	rows, err := tx.Query(ctx, sql.String(), ids...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var row, record int64
	dest := in.dest(&row, &record)
	out := map[int64][]byte{}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		b := out[record]
		if len(b) > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"id":"`...)
		b = appendInt(b, row)
		b = append(b, `","value":{`...)
		b = in.values(b)
		if b[len(b)-1] == ',' {
			b = b[:len(b)-1]
		}
		out[record] = append(b, '}', '}')
	}
	return out, rows.Err()
}
