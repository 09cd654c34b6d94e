package record

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Load is a batch of new records that come in by columns, as from a file. They are checked like any others, but one
// that is wrong does not keep the rest out.
type Load struct {
	Problems []LoadProblem // of the rows that are left out, by row

	set     *Set
	columns []*field.Field
	bulk    *table.Bulk
	head    table.Head
	rows    []int           // of each record in bulk, the row it came from
	keys    []table.Content // of each record in bulk, if the app has unique fields
}

// LoadProblem is one thing that is wrong with a row.
type LoadProblem struct {
	Row    int
	Column int // -1 for a field that is no column
	Key    string
	Args   errs.Args
}

// Loaded is what Store did.
type Loaded struct {
	Added    int
	Problems []LoadProblem // of rows whose unique values are taken, by row
}

// Prepare checks rows that have a cell for each of fields. Cells are text as the API has it: of a choice its label, of
// several choices a label a line. Fields without a column get their defaults. Nothing is written yet, and the processor's
// share of the work is done, so that Store can be short.
//
// Errors: Forbidden without the rights to add and to import, or to write one of the fields; Invalid
// "query.unknownField" for one that is gone, or that no file can fill.
func (s *Set) Prepare(ctx context.Context, fields []id.Field, rows [][]string) (*Load, error) {
	if err := s.need(access.Add | access.Import); err != nil {
		return nil, err
	}
	d, env := s.decoder(nil), s.env()
	head, content := d.blank()
	d.before = row{head, content.Values, nil}
	cols, err := s.loadColumns(fields, d.before)
	if err != nil {
		return nil, err
	}
	l := &Load{set: s, columns: cols, bulk: s.table().NewBulk(&s.records.insertions, s.form(), len(rows)), rows: make([]int, 0, len(rows)),
		head: head}
	p := &loader{set: s, env: env, decoder: d, head: l.head, columns: cols, defaults: s.loadDefaults(env, cols), taken: map[id.Field]map[field.Value]bool{}}
	if err := p.decoder.prefetch(ctx, p.keys(rows)); err != nil {
		return nil, err
	}
	for i, cells := range rows {
		p.problems = nil
		c, err := p.content(ctx, cells)
		if err != nil {
			return nil, err
		}
		if len(p.problems) > 0 {
			for _, q := range p.problems {
				q.Row = i
				l.Problems = append(l.Problems, q)
			}
			continue
		}
		l.bulk.Add(l.head, c)
		l.rows = append(l.rows, i)
		if s.hasUnique() {
			l.keys = append(l.keys, c)
		}
	}
	return l, nil
}

// Store adds the records with their history, and one event "records.imported" for all of them. The columns of its
// problems are those of Prepare's fields.
//
// Errors: Busy "record.appChanged" when the app's settings are no longer those of Prepare.
func (l *Load) Store(ctx context.Context) (done Loaded, err error) {
	s := l.set
	err = s.write(ctx, Named{}, func(ctx context.Context, tx *db.Tx) error {
		done = Loaded{}
		taken, err := l.taken(ctx, tx, &done)
		if err != nil {
			return err
		}
		ids, err := l.bulk.Without(taken).Insert(ctx, tx)
		if done.Added = len(ids); err != nil || len(ids) == 0 {
			return err
		}
		if err := l.history(ctx, tx, ids); err != nil {
			return err
		}
		return job.Emit(ctx, tx, "records.imported", Imported{
			App: s.live.ID, First: ids[0], Last: ids[len(ids)-1], Count: len(ids), By: s.who.UserID(),
		})
	})
	return done, err
}

// Imported is the event records.imported: so many new records between two ids. Others may have added some in between.
type Imported struct {
	App   id.App    `json:"app"`
	First id.Record `json:"first"`
	Last  id.Record `json:"last"`
	Count int       `json:"count"`
	By    id.User   `json:"by"`
}

// taken are the indexes in the bulk of records whose unique values other records have.
func (l *Load) taken(ctx context.Context, tx *db.Tx, done *Loaded) (map[int]bool, error) {
	drop := map[int]bool{}
	for i, c := range l.keys {
		for _, f := range l.set.form() {
			v := c.Values[f.ID]
			if !f.Unique || v == "" {
				continue
			}
			found, err := l.set.table().Exists(ctx, tx, f, v, 0)
			if err != nil {
				return nil, err
			}
			if found {
				drop[i] = true
				done.Problems = append(done.Problems, LoadProblem{Row: l.rows[i], Column: slices.Index(l.columns, f), Key: "field.repeated"})
			}
		}
	}
	return drop, nil
}

// history adds the first line of each record's history.
func (l *Load) history(ctx context.Context, tx *db.Tx, ids []id.Record) error {
	changes := make([]change, len(ids))
	for i, n := range ids {
		changes[i] = change{Record: n, Revision: l.head.Revision, Kind: created, By: l.head.CreatedBy}
	}
	return addChanges(ctx, tx, l.set.live.ID, changes)
}
