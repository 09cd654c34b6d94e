package record

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// MaxBulk is how many records one request may add, update or delete.
// Source: kintone REST API.
const MaxBulk = 100

// Add stores new records, all or none, and returns them in the order given. single is the path of the only record
// of a request for one ("record"); it is "" for requests that take a list ("records[0]").
//
// Errors: Forbidden without the right to add; Invalid with every problem of every record by path.
func (s *Set) Add(ctx context.Context, inputs []Input, single string) ([]Written, error) {
	if err := s.need(access.Add); err != nil {
		return nil, err
	}
	var p errs.Fields
	d := s.decoder(&p)
	if err := d.prefetch(ctx, slices.Values(inputs)); err != nil {
		return nil, err
	}
	n := s.newcomers(d, len(inputs))
	uploads := make([][]upload, len(inputs))
	for i, in := range inputs {
		up, err := s.uploads(ctx, d.env, 0, in)
		if err != nil {
			return nil, err
		}
		h, c, err := d.add(ctx, in, path(single, i))
		if err != nil {
			return nil, err
		}
		n.add(h, c, path(single, i))
		uploads[i] = up
	}
	if p.Len() > 0 {
		return nil, s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			if err := n.check(ctx, tx, &p); err != nil {
				return err
			}
			return p.Err()
		})
	}
	var out []Written
	err := s.write(ctx, Named{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		if out, err = n.insert(ctx, tx); err != nil {
			return err
		}
		for i, w := range out {
			if err := s.attach(ctx, tx, w.ID, uploads[i]); err != nil {
				return err
			}
		}
		return s.emit(ctx, tx, "record.added", out, single == "")
	})
	return out, err
}

// newcomers are records that were checked and are about to be stored. What they need of the processor is done when
// they are added, outside of the transaction that others wait for.
type newcomers struct {
	set      *Set
	bulk     *table.Bulk
	heads    []table.Head
	contents []table.Content // if anything is asked of them once they are stored: unique values, rules of notification
	paths    []string
	blank    row // what new records begin with
}

func (s *Set) newcomers(d *decoder, n int) newcomers {
	h, c := d.blank()
	return newcomers{set: s, bulk: s.table().NewBulk(&s.records.insertions, s.form(), n), blank: row{h, c.Values, nil}}
}

func (n *newcomers) add(h table.Head, c table.Content, path string) {
	n.bulk.Add(h, c)
	n.heads = append(n.heads, h)
	n.paths = append(n.paths, path)
	if n.set.hasUnique() || len(n.set.live.Settings.Notifications.PerRecord) > 0 {
		n.contents = append(n.contents, c)
	}
}

// check notes the values that may not be repeated, and are.
func (n *newcomers) check(ctx context.Context, tx *db.Tx, p *errs.Fields) error {
	u := n.set.uniqueness(p)
	for i, c := range n.contents {
		if err := u.check(ctx, tx, n.blank, table.NewContent(), c, n.paths[i]); err != nil {
			return err
		}
	}
	return nil
}

// insert stores the records, each with its first line of history.
func (n *newcomers) insert(ctx context.Context, tx *db.Tx) ([]Written, error) {
	s := n.set
	var p errs.Fields
	if err := n.check(ctx, tx, &p); err != nil {
		return nil, err
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	ids, err := n.bulk.Insert(ctx, tx)
	if err != nil {
		return nil, s.repeated(err, n.blank, n.paths[0])
	}
	out := make([]Written, len(ids))
	changes := make([]change, len(ids))
	conditions := s.conditions()
	for i, record := range ids {
		h := n.heads[i]
		out[i] = Written{ID: record, Revision: h.Revision, Inserted: true}
		if len(conditions) > 0 {
			h.ID = record
			out[i].come = come(conditions, nil, rowOf(h, n.contents[i]))
		}
		changes[i] = change{Record: record, Revision: h.Revision, Kind: created, By: h.CreatedBy}
	}
	return out, addChanges(ctx, tx, s.live.ID, changes)
}

func path(single string, i int) string {
	if single != "" {
		return single
	}
	return "records[" + id.String(id.Record(i)) + "]"
}
