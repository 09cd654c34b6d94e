package world

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// killedFolder, set in the environment of a test's child process, is where the site keeps its files.
const killedFolder = "ENGAWA_KILLED_FOLDER"

// Killed runs the three acts of a server that is killed in the middle of its work, on every lasting database: before, in a new
// site; dies, in another process, which must end by KillSelf; and after, an hour later on the same site, when the leases of who
// was killed have run out. dies knows nothing of the variables that before has set.
func Killed(t *testing.T, before, dies, after func(t *testing.T, w *World)) {
	t.Helper()
	if folder := os.Getenv(killedFolder); folder != "" {
		dies(t, raise(t, db.Options{URL: os.Getenv(killedFolder + "_URL"), Schema: os.Getenv(killedFolder + "_SCHEMA")}, folder, Began))
		t.Fatal("nothing killed it")
	}
	name := t.Name()
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		folder := t.TempDir()
		w := raise(t, o, folder, Began)
		before(t, w)
		w.ok(w.DB.Close())
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
		defer stop()
		child := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+name+"$")
		child.Env = append(os.Environ(), killedFolder+"="+folder, killedFolder+"_URL="+o.URL, killedFolder+"_SCHEMA="+o.Schema)
		if out, err := child.CombinedOutput(); err == nil || child.ProcessState.Exited() || ctx.Err() != nil {
			t.Fatalf("the child was not killed: %v\n%s", err, out)
		}
		after(t, raise(t, o, folder, Began.Add(time.Hour)))
	})
}

// KillSelf ends this process as a crash does: nothing comes after it.
func KillSelf() error {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	return self.Kill()
}

// Work runs jobs as a server does, until what they are to do is done, or for a minute.
func (w *World) Work(done func() bool) {
	w.T.Helper()
	ctx, stop := context.WithCancel(w.ctx())
	ended := make(chan error, 1)
	go func() { ended <- w.Jobs.Run(ctx) }()
	for deadline := time.Now().Add(time.Minute); !done() && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	w.ok(<-ended)
}
