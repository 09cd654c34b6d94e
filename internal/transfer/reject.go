package transfer

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

const (
	maxRejects  = 10_000 // rows of which is kept why they were not taken; all are counted
	maxProblems = 20     // of one row
)

// Reject is a row that was not taken.
type Reject struct {
	Index    int // among the rows, from 0
	Line     int // in the file, from 1
	Problems []Problem
}

// allRejects are the batch's rejects with the rows that the app refuses, by row.
func (b *batch) allRejects(m *Import, refused ...[]record.LoadProblem) []reject {
	rows := map[int]*reject{}
	for _, q := range slices.Concat(refused...) {
		r := rows[q.Row]
		if r == nil {
			r = &reject{place: b.places[q.Row]}
			rows[q.Row] = r
		}
		problem := Problem{Column: -1, Key: q.Key, Args: q.Args}
		if q.Column >= 0 {
			problem.Column = m.Columns[q.Column].Index
			problem.Value = clip(b.cells[q.Row][q.Column], shownCell)
		}
		r.problems = append(r.problems, problem)
	}
	list := slices.Clone(b.rejects)
	for _, r := range rows {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(x, y reject) int { return cmp.Compare(x.index, y.index) })
	return list
}

// keepRejects stores the first of an import's rejects.
func keepRejects(ctx context.Context, tx *db.Tx, m *Import, list []reject) error {
	for i, r := range list {
		if m.Rejected+i >= maxRejects {
			return nil
		}
		problems := r.problems[:min(len(r.problems), maxProblems)]
		_, err := tx.Exec(ctx, "INSERT INTO import_reject (import_id, row_index, line, problems) VALUES (?, ?, ?, ?)",
			m.ID, r.index, r.line, toJSON(problems))
		if err != nil {
			return fmt.Errorf("transfer: import %d: reject: %w", m.ID, err)
		}
	}
	return nil
}

// Rejects returns at most limit rows that were not taken, in order, from the one with index from on.
//
// Errors: NotFound.
func (s *Imports) Rejects(ctx context.Context, who access.Actor, n id.Import, from, limit int) (list []Reject, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := own(ctx, tx, who, n); err != nil {
			return err
		}
		list, err = db.Collect(ctx, tx, func(r *Reject, row db.RowScanner) error {
			var problems string
			if err := row.Scan(&r.Index, &r.Line, &problems); err != nil {
				return err
			}
			return fromJSON(problems, &r.Problems)
		}, "SELECT row_index, line, problems FROM import_reject WHERE import_id = ? AND row_index >= ? ORDER BY row_index LIMIT ?", n, from, limit)
		if err != nil {
			return fmt.Errorf("transfer: import %d: rejects: %w", n, err)
		}
		return nil
	})
	return list, err
}
