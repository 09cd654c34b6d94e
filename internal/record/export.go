package record

import (
	"context"
	"iter"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Export is the records that a query finds, as cells of a spreadsheet.
type Export struct {
	Columns []ExportColumn
	Tables  []*field.Field // whose fields are among Columns

	set   *Set
	query *query.Checked
	sheet table.Sheet
	whole bool // the order is not that of ids: it has to be known as a whole
}

// ExportColumn is one column: a field, and the table it stands in, if it stands in one.
type ExportColumn struct {
	Field, Table *field.Field
	at           int // its place among the fields of the form, or of the table
}

// ExportedRecord is one record: a line for each row of its longest table, at least one. Fields outside of tables stand
// on every line.
type ExportedRecord struct {
	ID    id.Record
	Lines [][]string // as wide as Columns
}

// Export prepares to export what text matches: the fields with these codes in this order, or all that s shows.
// Codes that s does not show are ignored.
//
// Errors: Forbidden without the right to view and to export (whoever manages the app may export as well); Invalid for a
// bad query, or one with limit or offset.
func (s *Set) Export(ctx context.Context, text string, fields []string) (*Export, error) {
	if err := s.need(access.View); err != nil {
		return nil, err
	}
	if !s.lens.Can(access.Export) && !s.lens.Can(access.Manage) {
		return nil, s.refused()
	}
	parsed, err := query.Parse(text)
	if err == nil && (parsed.HasLimit || parsed.HasOffset) {
		err = errs.E(errs.Invalid, "export.limit")
	}
	if err != nil {
		return nil, err
	}
	names, err := s.schema(ctx, parsed)
	if err != nil {
		return nil, err
	}
	q, err := query.Check(parsed, names, s.searchEnv())
	if err != nil {
		return nil, err
	}
	e := &Export{set: s, query: q, whole: len(parsed.Order) > 0}
	e.sheet = table.Sheet{Lens: s.lens, Directory: s.directory, Zone: s.who.Zone()}
	for _, f := range s.exported(fields) {
		e.add(f)
	}
	return e, nil
}

// exported are the fields to export.
func (s *Set) exported(codes []string) []*field.Field {
	if len(codes) == 0 {
		return s.lens.Fields()
	}
	var list []*field.Field
	for _, code := range codes {
		if sight, ok := s.lens.Sight(code); ok && sight.Table == nil && !slices.Contains(list, sight.Field) {
			list = append(list, sight.Field)
		}
	}
	return list
}

func (e *Export) add(f *field.Field) {
	switch f.Kind().Storage() {
	case field.None:
	case field.Rows:
		e.Tables = append(e.Tables, f)
		for i, g := range e.set.lens.Inner(f) {
			e.Columns = append(e.Columns, ExportColumn{g, f, i})
		}
	default:
		e.Columns = append(e.Columns, ExportColumn{f, nil, len(e.sheet.Fields)})
		e.sheet.Fields = append(e.sheet.Fields, f)
	}
	e.sheet.Tables = e.Tables
}

// exportPage is how many records are read at a time: each page is a snapshot of its own, so that a slow reader holds up
// nobody.
const exportPage = 1000

// Records yields the records in the order of the query, newest first if it has none, until an error. What is deleted
// meanwhile is left out, and no record comes twice.
func (e *Export) Records(ctx context.Context) iter.Seq2[ExportedRecord, error] {
	return func(yield func(ExportedRecord, error) bool) {
		next := e.newest()
		if e.whole {
			next = e.ordered()
		}
		for {
			var page []table.Line
			var more bool
			err := e.set.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
				page, more, err = next(ctx, tx)
				return err
			})
			if err != nil {
				yield(ExportedRecord{}, err)
				return
			}
			for _, l := range page {
				if !yield(e.record(l), nil) {
					return
				}
			}
			if !more {
				return
			}
		}
	}
}

// pager returns the next page and whether there may be more.
type pager func(ctx context.Context, tx *db.Tx) ([]table.Line, bool, error)

// newest pages by id and remembers nothing else.
func (e *Export) newest() pager {
	var before id.Record
	return func(ctx context.Context, tx *db.Tx) ([]table.Line, bool, error) {
		page, err := e.set.table().Newest(ctx, tx, e.query, before, exportPage, e.sheet)
		if len(page) > 0 {
			before = page[len(page)-1].ID
		}
		return page, len(page) == exportPage, err
	}
}

// ordered remembers the ids of all records, in order: 8 bytes each.
func (e *Export) ordered() pager {
	var ids []id.Record
	started := false
	return func(ctx context.Context, tx *db.Tx) (page []table.Line, more bool, err error) {
		if !started {
			if ids, err = e.set.table().IDs(ctx, tx, e.set.lens, e.query, 1<<31-1); err != nil {
				return nil, false, err
			}
			started = true
		}
		n := min(exportPage, len(ids))
		if n == 0 {
			return nil, false, nil
		}
		page, err = e.set.table().Lines(ctx, tx, ids[:n], e.sheet)
		ids = ids[n:]
		return page, len(ids) > 0, err
	}
}

// record lays a line out, a line for each row of its longest table.
func (e *Export) record(l table.Line) ExportedRecord {
	height := 1
	for _, rows := range l.Rows {
		height = max(height, len(rows))
	}
	out := ExportedRecord{ID: l.ID, Lines: make([][]string, height)}
	for y := range out.Lines {
		cells := make([]string, len(e.Columns))
		for x, c := range e.Columns {
			if c.Table == nil {
				cells[x] = l.Cells[c.at]
			} else if rows := l.Rows[c.Table.ID]; y < len(rows) {
				cells[x] = rows[y][c.at]
			}
		}
		out.Lines[y] = cells
	}
	return out
}
