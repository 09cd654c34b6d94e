package transfer

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// State is where an import is on its way.
type State string

// The states. A started import is Queued or Running, as its job is.
const (
	Previewed State = "preview"
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled"
	Failed    State = "failed"

	started State = "started" // in the table: the job knows more
)

// Import is one file on its way to becoming an app.
type Import struct {
	ID         id.Import
	Owner      id.User
	FileName   string
	Size       int64
	State      State
	Preview    *sheet.Preview
	AppName    string // chosen, or suggested from the file's name
	App        id.App // 0 until it is made
	Columns    []Column
	Notices    []sheet.Notice // what was decided on the way
	Rows       int
	Exact      bool // Rows was counted, not estimated
	Done       int  // rows taken or rejected
	Rejected   int
	Error      *Problem // why it failed
	CreatedAt  time.Time
	StartedAt  db.NullTime
	FinishedAt db.NullTime

	blob  string
	job   id.Job
	asked sheet.Options
}

// Column is a column of the file that becomes a field.
type Column struct {
	Index int        `json:"index"` // in the file
	Label string     `json:"label"`
	Type  sheet.Type `json:"type"`
	Field id.Field   `json:"field,omitempty"` // once the app is made
}

// Problem is something wrong, and with which value if it is one's.
type Problem struct {
	Column int       `json:"column"` // index in the file; -1 for a row as a whole
	Value  string    `json:"value,omitempty"`
	Key    string    `json:"key"`
	Args   errs.Args `json:"args,omitempty"`
}

// Label is what the column with an index in the file is called.
func (m *Import) Label(column int) string {
	for _, c := range m.Columns {
		if c.Index == column {
			return c.Label
		}
	}
	if column >= 0 && column < len(m.Preview.Columns) {
		return m.Preview.Columns[column].Label
	}
	return ""
}

// Get returns an import.
//
// Errors: NotFound, also for somebody else's.
func (s *Imports) Get(ctx context.Context, who access.Actor, n id.Import) (m *Import, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		m, err = own(ctx, tx, who, n)
		return err
	})
	return m, err
}

// own reads an import for somebody who may see it.
func own(ctx context.Context, tx *db.Tx, who access.Actor, n id.Import) (*Import, error) {
	list, err := read(ctx, tx, "WHERE id = ?", n)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || who.Kind() != access.KindUser || list[0].Owner != who.UserID() && !who.Admin() {
		return nil, notFound(n)
	}
	return list[0], list[0].follow(ctx, tx)
}

// listed is how many imports a list shows.
const listed = 50

// List returns the imports that who started, newest first, 50 at most.
func (s *Imports) List(ctx context.Context, who access.Actor) ([]*Import, error) {
	return s.list(ctx, who, "WHERE user_id = ? ORDER BY id DESC LIMIT ?", who.UserID(), listed)
}

// Running returns those of who's imports that are under way.
func (s *Imports) Running(ctx context.Context, who access.Actor) ([]*Import, error) {
	all, err := s.list(ctx, who, "WHERE user_id = ? AND state = ? ORDER BY id", who.UserID(), string(started))
	var list []*Import
	for _, m := range all {
		if m.State == Queued || m.State == Running {
			list = append(list, m)
		}
	}
	return list, err
}

func (s *Imports) list(ctx context.Context, who access.Actor, where string, args ...any) (list []*Import, err error) {
	if who.Kind() != access.KindUser {
		return nil, nil
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		if list, err = read(ctx, tx, where, args...); err != nil {
			return err
		}
		for _, m := range list {
			if err := m.follow(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// follow asks the job of a started import how it goes.
func (m *Import) follow(ctx context.Context, tx *db.Tx) error {
	if m.State != started {
		return nil
	}
	st, err := job.Get(ctx, tx, m.job)
	switch {
	case errs.KindOf(err) == errs.NotFound:
		m.State = Failed
		return nil
	case err != nil:
		return err
	}
	switch st.State {
	case job.Failed: // it gave up, or took its server down with it again and again
		m.State = Failed
	case job.Queued:
		m.State = Queued
	default:
		m.State = Running
	}
	return nil
}
