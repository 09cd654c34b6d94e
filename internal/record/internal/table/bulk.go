package table

import (
	"context"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
	"github.com/engawa/engawa/internal/words"
)

// Bulk is new records on their way into a table together. What they need of the processor
// (normalised text, tokens) is done when they are added, outside of any transaction, so that Insert only writes.
type Bulk struct {
	*insertion
	t     Table
	args  []any    // of all records, len(cols) each
	words []string // the tokens of each record
	rows  []map[id.Field][]Row
	last  []normalised // of fields, of the record added last: files repeat themselves from line to line
}

// normalised is a value and its normal form for search.
type normalised struct {
	value  field.Value
	normal string
}

// NewBulk returns an empty Bulk for about n records.
func (t Table) NewBulk(known *Insertions, form []*field.Field, n int) *Bulk {
	b := &Bulk{insertion: known.of(t, form), t: t, words: make([]string, 0, n)}
	b.args = make([]any, 0, n*len(b.cols))
	b.last = make([]normalised, len(b.fields))
	return b
}

// Len is how many records there are.
func (b *Bulk) Len() int { return len(b.words) }

// Add puts a record at the end. Its ID is given by Insert.
func (b *Bulk) Add(h Head, c Content) {
	b.args = append(b.args, h.Revision, h.CreatedBy, string(h.CreatedAt), h.UpdatedBy, string(h.UpdatedAt))
	var all strings.Builder
	for i, f := range b.fields {
		v, normal := c.Values[f.ID], ""
		if v != "" && f.Searchable() {
			normal = b.normal(i, f, v)
			all.WriteString(normal)
			all.WriteByte('\n')
		}
		b.args = b.t.values(b.args, f, v, normal)
	}
	for _, f := range b.form {
		addRowWords(&all, f, c.Rows[f.ID])
	}
	b.words = append(b.words, string(text.AppendTokens(nil, all.String())))
	b.rows = append(b.rows, c.Rows)
}

// normal is the normal form of a value of the i-th field.
func (b *Bulk) normal(i int, f *field.Field, v field.Value) string {
	if b.last[i].value != v {
		b.last[i] = normalised{v, searchText(f, v)}
	}
	return b.last[i].normal
}

// Without returns b without the records at the indexes given.
func (b *Bulk) Without(drop map[int]bool) *Bulk {
	if len(drop) == 0 {
		return b
	}
	n := *b
	n.args, n.words, n.rows = nil, nil, nil
	for i, w := range b.words {
		if !drop[i] {
			n.args = append(n.args, b.args[i*len(b.cols):(i+1)*len(b.cols)]...)
			n.words = append(n.words, w)
			n.rows = append(n.rows, b.rows[i])
		}
	}
	return &n
}

// Insert stores the records and returns their ids, rising in the order in which they were added.
func (b *Bulk) Insert(ctx context.Context, tx *db.Tx) ([]id.Record, error) {
	ids := make([]id.Record, 0, b.Len())
	err := db.Chunks(b.Len(), len(b.cols), func(from, to int) error {
		inserted, err := db.Pluck[id.Record](ctx, tx, b.insert(to-from), b.args[from*len(b.cols):to*len(b.cols)]...)
		if err != nil {
			return b.t.failed("insert", err, b.form)
		}
		ids = append(ids, inserted...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(ids) // a database may return them in any order, but gives them in that of the rows
	if err := b.insertRows(ctx, tx, ids); err != nil {
		return nil, err
	}
	return ids, b.index(ctx, tx, ids)
}

// insertRows stores the rows of the records' subtables.
func (b *Bulk) insertRows(ctx context.Context, tx *db.Tx, ids []id.Record) error {
	for _, f := range b.form {
		var list []place
		for i, record := range ids {
			list = placed(list, record, b.rows[i][f.ID])
		}
		if err := b.t.beginRows(ctx, tx, f, list); err != nil {
			return err
		}
	}
	return nil
}

// index adds the records to the word index.
func (b *Bulk) index(ctx context.Context, tx *db.Tx, ids []id.Record) error {
	entries := make([]words.Entry, 0, len(ids))
	for i, n := range ids {
		if b.words[i] != "" {
			entries = append(entries, words.Entry{Row: int64(n), Tokens: b.words[i]})
		}
	}
	return b.t.words().Put(ctx, tx, entries)
}
