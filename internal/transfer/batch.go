package transfer

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// batchRows is how many rows are written at a time: enough that their commit costs little, few enough that others who
// write wait for some hundredths of a second only.
const batchRows = 500

// batch is some rows of a file on their way into an app.
type batch struct {
	from, next int // the index of the first row, and of the first of the next batch
	last       bool
	cells      [][]string // of the rows that read well, by chosen column
	places     []place    // of those rows
	rejects    []reject
	load       *record.Load
}

// place is where in the file a row stands.
type place struct{ index, line int }

// reject is a row that is not taken.
type reject struct {
	place
	problems []Problem
}

// read takes the next rows of the file.
func (b *batch) read(rd *sheet.Reader, m *Import, zone *time.Location) error {
	for range batchRows {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			b.last = true
			return nil
		}
		if err != nil {
			return err
		}
		b.next = row.Index + 1
		b.row(row, m, zone)
	}
	return nil
}

func (b *batch) row(row sheet.Row, m *Import, zone *time.Location) {
	at := place{row.Index, row.Line}
	if e, ok := errs.As(row.Err); ok {
		b.rejects = append(b.rejects, reject{at, []Problem{{Column: -1, Key: e.Key, Args: e.Args}}})
		return
	}
	cells := make([]string, len(m.Columns))
	var problems []Problem
	for i, c := range m.Columns {
		text, problem := sheet.Normalise(c.Type, row.Cells[c.Index], zone)
		if problem != "" {
			problems = append(problems, Problem{Column: c.Index, Value: clip(row.Cells[c.Index], shownCell), Key: problem})
		}
		cells[i] = text
	}
	if problems != nil {
		b.rejects = append(b.rejects, reject{at, problems})
		return
	}
	b.cells, b.places = append(b.cells, cells), append(b.places, at)
}

// prepare has the rows checked against the app as it is now.
func (s *Imports) prepare(ctx context.Context, m *Import, b *batch) error {
	who, err := s.owner(ctx, m)
	if err != nil {
		return err
	}
	set, err := s.records.Open(ctx, who, m.App)
	if err != nil {
		return err
	}
	fields := make([]id.Field, len(m.Columns))
	for i, c := range m.Columns {
		fields[i] = c.Field
		if !slices.ContainsFunc(set.App().Settings.Form, func(f *field.Field) bool { return f.ID == c.Field }) {
			return errs.E(errs.Invalid, "import.fieldGone", errs.Args{"label": c.Label})
		}
	}
	b.load, err = set.Prepare(ctx, fields, b.cells)
	return err
}

// store writes a batch, its rejects and how far the import is: all of it or, when the server dies, nothing.
func (s *Imports) store(ctx context.Context, j *job.Job, m *Import, b *batch) error {
	rejected := 0
	write := func(ctx context.Context, tx *db.Tx) error {
		if err := j.Checkpoint(ctx, b.next); err != nil {
			return err
		}
		done, err := b.load.Store(ctx)
		if err != nil {
			return err
		}
		rejects := b.allRejects(m, b.load.Problems, done.Problems)
		rejected = m.Rejected + len(rejects)
		if err := keepRejects(ctx, tx, m, rejects); err != nil {
			return err
		}
		ok, err := update(ctx, tx, m.ID, started, "rows_done = ?, rejected = ?", b.next, rejected)
		if err != nil || !ok {
			return errors.Join(err, job.ErrLost)
		}
		if b.last {
			if err := finish(ctx, tx, m, b.next); err != nil {
				return err
			}
		}
		return j.Progress(ctx, int64(b.next), int64(max(m.Rows, b.next)))
	}
	err := s.db.Write(ctx, write)
	for errs.KeyOf(err) == "record.appChanged" { // somebody deployed since the rows were checked
		if err = s.prepare(ctx, m, b); err == nil {
			err = s.db.Write(ctx, write)
		}
	}
	if err == nil {
		m.Done, m.Rejected = b.next, rejected
	}
	return err
}

// finish ends an import whose last row is in.
func finish(ctx context.Context, tx *db.Tx, m *Import, rows int) error {
	if _, err := update(ctx, tx, m.ID, started, "state = ?, rows_total = ?, rows_exact = ?, finished_at = ?", string(Done), rows, true, tx.Now()); err != nil {
		return err
	}
	return job.Emit(ctx, tx, "import.finished", Finished{Import: m.ID, App: m.App, By: m.Owner})
}
