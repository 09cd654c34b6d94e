package table

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Show is what of a record is shown to a reader.
type Show struct {
	View      *View
	Lens      access.Lens
	ID        bool // $id
	Revision  bool // $revision
	Directory field.Directory
}

// Tables reports whether what is shown has tables.
func (s Show) Tables() bool { return len(s.View.tables) > 0 }

// Found is a record as the API shows it. A field that is masked in it is left out.
type Found struct {
	ID       id.Record
	Revision int64
	JSON     []byte // {"code":{"type":"T","value":V},…}
}

// View is the fields that a reader sees, in order, with all that is the same for every record prepared: the columns to
// select and what stands before each value. It is not changed and may be used by many at once.
type View struct {
	fields   []*field.Field // with a column
	exactAt  []int          // index into cells of a decimal's exact text, -1
	maskAt   []int          // index into the masks of what shows the field, -1
	prefixes []string
	tables   []*field.Field
	tablesAt []int // index into the masks, by table
	masks    []*query.Checked
	cells    int
	columns  string // ", r.f_1, r.f_2", then for each mask whether it shows
	args     []any
	one      func() oneRecord // the statement of One, once it was asked for
	size     atomic.Int64     // of the JSON of a record: of the last one read by itself
}

// NewView returns the view of fields, as lens shows them.
func (t Table) NewView(lens access.Lens, fields []*field.Field) *View {
	v := t.newView(lens, fields, "r.")
	v.one = sync.OnceValue(func() oneRecord { return t.oneRecord(lens, v) })
	return v
}

func (t Table) newView(lens access.Lens, fields []*field.Field, alias string) *View {
	v := &View{cells: 2 * len(fields)}
	for _, f := range fields {
		exact := -1
		switch f.Kind().Storage() {
		case field.None:
			continue
		case field.Rows:
			v.tables = append(v.tables, f)
			v.tablesAt = append(v.tablesAt, v.mask(lens, f))
			continue
		case field.Decimal:
			if t.dialect.LossyDecimals() {
				exact = len(fields) + len(v.fields)
			}
		}
		v.fields = append(v.fields, f)
		v.exactAt = append(v.exactAt, exact)
		v.maskAt = append(v.maskAt, v.mask(lens, f))
		v.prefixes = append(v.prefixes, prefix(f))
	}
	b := query.NewBuilder(t.dialect, t)
	t.columnsOf(b, lens, v.fields, alias)
	for _, m := range v.masks {
		b.Write(", CASE WHEN ")
		m.Where(b)
		b.Write(" THEN 1 ELSE 0 END")
	}
	v.columns, v.args = b.SQL(), b.Args()
	return v
}

// mask returns the place of a field's mask among those of v, -1 when it has none.
func (v *View) mask(lens access.Lens, f *field.Field) int {
	sight, _ := lens.Sight(f.Code)
	if sight.Mask == nil {
		return -1
	}
	if i := slices.Index(v.masks, sight.Mask); i >= 0 {
		return i
	}
	v.masks = append(v.masks, sight.Mask)
	return len(v.masks) - 1
}

// encoder writes records straight from the database's bytes.
type encoder struct {
	*View
	t       Table
	show    Show
	planned bool // the plan of what it reads depends on the arguments
	single  bool // it reads one record: there is no need to look for more
	cells   []db.RawBytes
	shown   []bool // by mask: whether it shows the row just scanned
	head    struct {
		id, revision int64
	}
	arena []byte
}

func newEncoder(t Table, show Show) *encoder {
	return &encoder{View: show.View, t: t, show: show, cells: make([]db.RawBytes, show.View.cells), shown: make([]bool, len(show.View.masks))}
}

func prefix(f *field.Field) string {
	b := field.AppendString(nil, f.Code)
	return string(b) + `:{"type":"` + string(f.Type) + `","value":`
}

// selects writes the select list that an encoder's all reads, with r as the record table.
func (v *View) selects(b *query.Builder) {
	b.Write("SELECT r.id, r.revision").Add(v.columns, v.args)
}

func (e *encoder) dest(head ...any) []any {
	head = slices.Grow(head, len(e.cells)+len(e.shown))
	for i := range e.fields {
		head = append(head, &e.cells[i])
		if e.exactAt[i] >= 0 {
			head = append(head, &e.cells[e.exactAt[i]])
		}
	}
	for i := range e.shown {
		head = append(head, &e.shown[i])
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

// values appends `"code":{…},` for every field that is shown.
func (e *encoder) values(dst []byte) []byte {
	for i, f := range e.fields {
		if m := e.maskAt[i]; m >= 0 && !e.shown[m] {
			continue
		}
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

// all encodes the records that sql finds; sql must begin with e.selects.
func (e *encoder) all(ctx context.Context, tx *db.Tx, sql string, args []any) ([]Found, error) {
	read := tx.Query
	if e.planned {
		read = tx.Planned
	}
	rows, err := read(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	dest := e.dest(&e.head.id, &e.head.revision)
	var list []Found
	var ends []int
	var tables [][]bool // by record: e.shown, if that decides about tables
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
		if len(e.tables) > 0 && len(e.shown) > 0 {
			tables = append(tables, slices.Clone(e.shown))
		}
		if e.single {
			break
		}
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
		return list, e.addTables(ctx, tx, list, tables)
	}
	return list, nil
}

// addTables appends the rows of every visible table to the records, one query a table.
func (e *encoder) addTables(ctx context.Context, tx *db.Tx, list []Found, shown [][]bool) error {
	at := map[int64]int{}
	ids := make([]any, len(list))
	for i, r := range list {
		at[int64(r.ID)] = i
		ids[i] = int64(r.ID)
	}
	for j, f := range e.tables {
		rows, err := e.rowsOf(ctx, tx, f, ids)
		if err != nil {
			return err
		}
		for i := range list {
			if m := e.tablesAt[j]; m >= 0 && !shown[i][m] {
				continue
			}
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
	lens := e.show.Lens
	in := newEncoder(e.t, Show{View: e.t.newView(lens, lens.Inner(f), "s."), Directory: e.show.Directory})
	sql := query.NewBuilder(e.t.dialect, e.t)
	sql.Write("SELECT s.id, s.record_id").Add(in.columns, in.args)
	e.t.rowsOf(sql, lens, f, ids)
	rows, err := tx.Query(ctx, sql.SQL(), sql.Args()...)
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
