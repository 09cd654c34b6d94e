package transfer_test

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
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// crashFolder, set in the environment of this test's child process, is where the site keeps its files.
const crashFolder = "ENGAWA_TRANSFER_CRASH_FOLDER"

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
	imports *transfer.Imports
	blobs   *blobs
	jobs    *job.Runner
}

func open(d *db.DB, folder string) (p parts, err error) {
	ctx := context.Background()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if p.people, err = identity.New(ctx, d, identity.Options{Shared: !d.Exclusive(), HashMemory: 64, Log: log}); err != nil {
		return p, err
	}
	f, err := blob.Open(folder)
	if err != nil {
		return p, err
	}
	p.blobs = &blobs{Folder: f}
	p.files = file.New(d, p.blobs)
	p.apps = app.New(d, record.Tables{}, p.people, p.files, space.New(d, p.people, p.files))
	p.records = record.New(d, p.apps, p.files, p.people)
	p.jobs = job.New(d, job.Config{Pause: time.Millisecond, Poll: 20 * time.Millisecond, Log: log})
	p.imports = transfer.New(d, p.blobs, p.people, p.apps, p.records)
	p.imports.Register(p.jobs)
	return p, nil
}

// die is a server that is killed in the middle of an import.
func die(o db.Options, folder string) {
	d, err := db.Open(context.Background(), o)
	if err != nil {
		panic(err)
	}
	p, err := open(d, folder)
	if err != nil {
		panic(err)
	}
	_, middle := numbered(manyRows)
	p.blobs.when(middle, func() error {
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			return err
		}
		return self.Kill()
	})
	panic(p.jobs.Run(context.Background()))
}

func TestAKilledServerLosesNothingAndDoublesNothing(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		folder := t.TempDir()
		m := startedImport(t, o, folder)
		child := exec.Command(os.Args[0], o.URL, o.Schema)
		child.Env = append(os.Environ(), crashFolder+"="+folder)
		if out, err := child.CombinedOutput(); err == nil || child.ProcessState.Exited() {
			t.Fatalf("the child was not killed: %v\n%s", err, out)
		}

		o.Clock = func() time.Time { return time.Now().Add(time.Hour) } // where servers share, a dead one's lease must run out
		s, p := reopen(t, o, folder)
		half := s.now(m.ID)
		if half.State != transfer.Running || half.Done == 0 || half.Done >= manyRows {
			t.Fatalf("%s, %d rows, %+v", half.State, half.Done, half.Error)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- p.jobs.Run(ctx) }()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
			if state := s.now(m.ID).State; state == transfer.Done || state == transfer.Failed || time.Now().After(deadline) {
				break
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		s.complete(t, s.now(m.ID))
	})
}

// startedImport leaves a site with an import that is queued.
func startedImport(t *testing.T, o db.Options, folder string) *transfer.Import {
	t.Helper()
	d := dbtest.OpenOptions(t, migrations.FS, o)
	defer d.Close() //nolint:errcheck // closed again when t ends
	p, err := open(d, folder)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.people.SetUpUnattended(t.Context(), identity.Setup{
		Name: "青木 愛子", Code: "root", Password: "password of root", Company: "株式会社青葉", Locale: "ja", Timezone: "Asia/Tokyo",
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{World: world.On(t, d, p.people, p.apps, p.records, p.files), Imports: p.imports, blobs: p.blobs}
	content, _ := numbered(manyRows)
	m := s.send(s.Root.Actor(), "a.csv", content)
	s.begin(s.Root.Actor(), m, nil)
	return m
}

func reopen(t *testing.T, o db.Options, folder string) (*site, parts) {
	t.Helper()
	d := dbtest.OpenOptions(t, nil, o)
	p, err := open(d, folder)
	if err != nil {
		t.Fatal(err)
	}
	return &site{World: world.On(t, d, p.people, p.apps, p.records, p.files), Imports: p.imports, blobs: p.blobs}, p
}
