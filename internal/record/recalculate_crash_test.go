package record_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// crashFolder, set in the environment of this test's child process, is where the site keeps its files.
const crashFolder = "ENGAWA_RECORD_CRASH_FOLDER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(crashFolder); folder != "" {
		die(db.Options{URL: os.Args[1], Schema: os.Args[2]}, folder)
	}
	os.Exit(m.Run())
}

// parts are a site as a server has it.
type parts struct {
	people  *identity.Service
	apps    *app.Apps
	records *record.Records
	files   *file.Files
	jobs    *job.Runner
	unwell  *unwell
}

func openParts(d *db.DB, folder string) (p parts, err error) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if p.people, err = identity.New(context.Background(), d, identity.Options{Shared: !d.Exclusive(), HashMemory: 64, Log: log}); err != nil {
		return p, err
	}
	blobs, err := blob.Open(folder)
	if err != nil {
		return p, err
	}
	p.files = file.New(d, blobs)
	p.apps = app.New(d, record.Tables{}, p.people, p.files, space.New(d, p.people, p.files))
	p.unwell = newUnwell(p.people, 0, nil)
	p.records = record.New(d, p.apps, p.files, p.unwell)
	p.jobs = job.New(d, job.Config{Pause: time.Millisecond, Poll: 20 * time.Millisecond, Log: log})
	p.records.Register(p.jobs)
	return p, nil
}

func (p parts) world(t *testing.T, d *db.DB) *world.World {
	return world.On(t, d, p.people, p.apps, p.records, p.files)
}

// die is a server that is killed in the middle of a recalculation.
func die(o db.Options, folder string) {
	d, err := db.Open(context.Background(), o)
	if err != nil {
		panic(err)
	}
	p, err := openParts(d, folder)
	if err != nil {
		panic(err)
	}
	p.unwell.then = func() error {
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			return err
		}
		return self.Kill()
	}
	p.unwell.left.Store(3)
	panic(p.jobs.Run(context.Background()))
}

// What a killed server had computed stays, and another goes on with the rest.
func TestAKilledServersRecalculationGoesOn(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		folder := t.TempDir()
		a := deployedFormula(t, o, folder)
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
		defer stop()
		child := exec.CommandContext(ctx, os.Args[0], o.URL, o.Schema)
		child.Env = append(os.Environ(), crashFolder+"="+folder)
		if out, err := child.CombinedOutput(); err == nil || child.ProcessState.Exited() || ctx.Err() != nil {
			t.Fatalf("the child was not killed: %v\n%s", err, out)
		}

		o.Clock = func() time.Time { return time.Now().Add(time.Hour) } // where servers share, a dead one's lease must run out
		d := dbtest.OpenOptions(t, nil, o)
		p, err := openParts(d, folder)
		if err != nil {
			t.Fatal(err)
		}
		w := p.world(t, d)
		if w.Root.Query(a, "taxed = 1") != "found 1" || w.Root.Query(a, "taxed = 1200") != "found 0" {
			t.Error("the server was not killed in the middle")
		}
		ctx, stop = context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- p.jobs.Run(ctx) }()
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			if r, err := w.Root.Set(a).Recalculation(ctx); err != nil || r.State == record.Recalculated {
				break
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		same(t, "whole", progress(t, w.Root, a), "SUCCESS 100% 1200/1200 changed 1200")
		same(t, "the last", w.Root.Query(a, "taxed = 1200"), "found 1")
	})
}

// deployedFormula leaves a site with old records and a formula.
func deployedFormula(t *testing.T, o db.Options, folder string) *world.App {
	t.Helper()
	d := dbtest.OpenOptions(t, migrations.FS, o)
	defer d.Close() //nolint:errcheck // closed again when t ends
	p, err := openParts(d, folder)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.people.SetUpUnattended(t.Context(), identity.Setup{
		Name: "青木 愛子", Code: "root", Password: "password of root", Company: "株式会社青葉", Locale: "ja", Timezone: "Asia/Tokyo",
	})
	if err != nil {
		t.Fatal(err)
	}
	w := p.world(t, d)
	a := goods(t, w, 1200) // more than two batches
	define(t, a, `{"taxed":{"type":"CALC","expression":"price + 1"}}`)
	return a
}
