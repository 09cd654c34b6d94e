package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// State is where a job is in its life.
type State string

// The states. The last three are final; Retry opens the last two again.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Topics: there may be jobs to start; there are jobs to give up.
const (
	topicQueued    = "job.queued"
	topicCancelled = "job.cancelled"
)

// defaultAttempts, with pauses that double, spreads over about four hours.
const defaultAttempts = 12

// Options are the choices of Enqueue; the zero value is fine.
type Options struct {
	// RunAt is when to start; zero means now.
	RunAt time.Time
	// Key, if not empty, makes equal jobs one: while a job of the same kind and key is queued no other is added, and
	// that one starts at the earlier of the two times. A running one does not count, for it may have looked already.
	Key string
	// MaxAttempts is how often to try; 0 means twelve times, over about four hours.
	MaxAttempts int
}

const insertJob = `INSERT INTO job (kind, unique_key, payload, state, max_attempts, run_at, created_at)
	VALUES (?, ?, ?, 'queued', ?, ?, ?)
	ON CONFLICT (kind, unique_key) WHERE state = 'queued' DO UPDATE
	SET run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at ELSE job.run_at END
	RETURNING id`

// Enqueue adds a job as a part of tx and returns its id, or that of the queued one with the same key.
func Enqueue(ctx context.Context, tx *db.Tx, kind string, payload any, o Options) (id.Job, error) {
	body, err := json.Marshal(payload)
	if err != nil {
		return 0, fmt.Errorf("job %s: %w", kind, err)
	}
	if o.RunAt.IsZero() {
		o.RunAt = tx.Now()
	}
	if o.MaxAttempts == 0 {
		o.MaxAttempts = defaultAttempts
	}
	key := db.NullString{String: o.Key, Valid: o.Key != ""}
	var n id.Job
	err = tx.QueryRow(ctx, insertJob, kind, key, string(body), o.MaxAttempts, o.RunAt, tx.Now()).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("job %s: %w", kind, err)
	}
	tx.Signal(topicQueued)
	return n, nil
}

// Status is a job as others see it.
type Status struct {
	ID          id.Job
	Kind        string
	Payload     json.RawMessage
	State       State
	Done, Total int64 // progress; Total 0 means unknown
	Attempts    int
	Error       string // of the last attempt, for administrators
	RunAt       time.Time
	CreatedAt   time.Time
	FinishedAt  db.NullTime
}

const selectStatus = `SELECT id, kind, payload, state, done, total, attempts, error, run_at, created_at, finished_at FROM job`

func (s *Status) scan(row db.RowScanner) error {
	var body string
	err := row.Scan(&s.ID, &s.Kind, &body, &s.State, &s.Done, &s.Total, &s.Attempts, &s.Error, &s.RunAt, &s.CreatedAt, &s.FinishedAt)
	s.Payload = json.RawMessage(body)
	return err
}

// Get returns a job. Errors: NotFound, also for one that finished long ago.
func Get(ctx context.Context, tx *db.Tx, n id.Job) (Status, error) {
	var s Status
	err := s.scan(tx.QueryRow(ctx, selectStatus+" WHERE id = ?", n))
	if errors.Is(err, db.ErrNoRows) {
		return Status{}, notFound(n)
	}
	return s, err
}

// List returns the latest jobs in any of states (none: in every state), newest first, limit at most.
func List(ctx context.Context, tx *db.Tx, limit int, states ...State) ([]Status, error) {
	query, args := selectStatus, []any{}
	if len(states) > 0 {
		query += " WHERE state IN (" + db.Marks(len(states)) + ")"
		for _, s := range states {
			args = append(args, string(s))
		}
	}
	return db.Collect(ctx, tx, (*Status).scan, query+" ORDER BY id DESC LIMIT ?", append(args, limit)...)
}

// Cancel ends a job that has not finished; a running worker is told soon. What it has done stays done.
// Errors: NotFound when there is no such job, or it has finished.
func Cancel(ctx context.Context, tx *db.Tx, n id.Job) error {
	tx.Signal(topicCancelled)
	return change(ctx, tx, n, `UPDATE job SET state = 'cancelled', finished_at = ?, lease_until = NULL, holder = NULL
		WHERE id = ? AND state IN ('queued', 'running')`)
}

// Retry queues a failed or cancelled job again, from its last checkpoint and with all its attempts.
// Errors: NotFound when there is no such job; Conflict when one with the same key is queued.
func Retry(ctx context.Context, tx *db.Tx, n id.Job) error {
	tx.Signal(topicQueued)
	err := change(ctx, tx, n, `UPDATE job SET state = 'queued', run_at = ?, attempts = 0, error = '', finished_at = NULL
		WHERE id = ? AND state IN ('failed', 'cancelled')`)
	if db.UniqueViolation(err) {
		return errs.E(errs.Conflict, "job.alreadyQueued").With(err)
	}
	return err
}

// change runs an update whose arguments are the time and the id.
func change(ctx context.Context, tx *db.Tx, n id.Job, update string) error {
	affected, err := tx.Exec(ctx, update, tx.Now(), n)
	if err != nil {
		return fmt.Errorf("job %d: %w", n, err)
	}
	if affected == 0 {
		return notFound(n)
	}
	return nil
}

func notFound(n id.Job) error { return errs.E(errs.NotFound, "job.notFound", errs.Args{"id": n}) }
