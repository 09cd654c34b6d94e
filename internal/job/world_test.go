package job_test

import (
	"context"
	"io/fs"
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/migrations"
)

// quick is a configuration that does not wait.
var quick = job.Config{Pause: time.Millisecond, Poll: 20 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}

// tables returns the tables of jobs alone.
func tables(t testing.TB) fs.FS {
	text, err := fs.ReadFile(migrations.FS, "0002_job.sql")
	if err != nil {
		t.Fatal(err)
	}
	more := "CREATE TABLE told (id {identity}, text {text} NOT NULL);"
	return fstest.MapFS{"0002_job.sql": {Data: text}, "0003_told.sql": {Data: []byte(more)}}
}

// each runs body on every database with the tables of jobs.
func each(t *testing.T, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	dbtest.Each(t, tables(t), body)
}

// run starts r and returns what stops it; the test stops it too.
func run(t *testing.T, r *job.Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := r.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

func write(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func enqueue(t *testing.T, d *db.DB, kind string, payload any, o job.Options) (n id.Job) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = job.Enqueue(ctx, tx, kind, payload, o)
		return err
	})
	return n
}

func status(t *testing.T, d *db.DB, n id.Job) (s job.Status) {
	t.Helper()
	err := d.Read(context.Background(), func(ctx context.Context, tx *db.Tx) (err error) {
		s, err = job.Get(ctx, tx, n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// await waits until ok.
func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still waiting: %s", what)
		}
	}
}

func awaitState(t *testing.T, d *db.DB, n id.Job, want job.State) {
	t.Helper()
	await(t, "job to be "+string(want), func() bool { return status(t, d, n).State == want })
}

// tell notes a text in the database, as a receiver's or worker's own write.
func tell(ctx context.Context, tx *db.Tx, text string) error {
	_, err := tx.Exec(ctx, "INSERT INTO told (text) VALUES (?)", text)
	return err
}

// told returns the texts noted so far, in order.
func told(t *testing.T, d *db.DB) (texts []string) {
	t.Helper()
	err := d.Read(context.Background(), func(ctx context.Context, tx *db.Tx) (err error) {
		texts, err = db.Pluck[string](ctx, tx, "SELECT text FROM told ORDER BY id")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
