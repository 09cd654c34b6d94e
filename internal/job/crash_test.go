package job_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/job"
)

const (
	// crashPoint, set in the environment of this test's child processes, names the point that the child must reach and
	// stay at until it is killed.
	crashPoint = "ENGAWA_JOB_CRASH_POINT"
	// crashes is how many events there are: enough for every server that dies to have a job for each of its workers.
	crashes = 12
)

func TestMain(m *testing.M) {
	if point := os.Getenv(crashPoint); point != "" {
		child(point, db.Options{URL: os.Args[1], Schema: os.Args[2]})
	}
	os.Exit(m.Run())
}

// here tells the parent that point has been reached, and waits for the end if it is the one to crash at.
func here(point string) {
	if point == os.Getenv(crashPoint) {
		fmt.Println(point)
		select {}
	}
}

// child is a server that dies. Whatever it does, it has said "here" when the parent kills it.
func child(point string, o db.Options) {
	d, err := db.Open(context.Background(), o)
	if err != nil {
		panic(err)
	}
	if point == "written" {
		for n := range crashes {
			err := d.Write(context.Background(), func(ctx context.Context, tx *db.Tx) error {
				return job.Emit(ctx, tx, "added", noted{n})
			})
			if err != nil {
				panic(err)
			}
		}
		here("written")
	}
	panic(fmt.Sprint("ended before the crash: ", server(d).Run(context.Background())))
}

// server is a runner that notes every delivery and every job, and queues a job for each event.
func server(d *db.DB) *job.Runner {
	r := job.New(d, quick)
	r.Receive("teller", func(ctx context.Context, tx *db.Tx, events []job.Event) error {
		for _, e := range events {
			if err := tell(ctx, tx, "event "+string(e.Payload)); err != nil {
				return err
			}
			if _, err := job.Enqueue(ctx, tx, "work", e.Payload, job.Options{}); err != nil {
				return err
			}
		}
		here("delivering") // nothing is committed
		return nil
	})
	r.Work("work", func(ctx context.Context, j *job.Job) error {
		var done bool
		if _, err := j.Resume(&done); err != nil || done {
			return err
		}
		here("started")
		err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			if err := tell(ctx, tx, "job "+string(j.Payload)); err != nil {
				return err
			}
			here("working") // nothing is committed
			return j.Checkpoint(ctx, true)
		})
		if err != nil {
			return err
		}
		here("worked") // done, but the job's row does not say so
		return nil
	})
	return r
}

// crash starts a child and kills it at point.
func crash(t *testing.T, o db.Options, point string) {
	t.Helper()
	c := exec.Command(os.Args[0], o.URL, o.Schema)
	c.Env = append(os.Environ(), crashPoint+"="+point)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != point {
		t.Errorf("the child said %q, %v, want %s", line, err, point)
	}
	if err := c.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = c.Wait() // it was killed
}

func TestNothingIsLostOrDoneTwiceByCrashes(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		if err := dbtest.OpenOptions(t, tables(t), o).Close(); err != nil {
			t.Fatal(err)
		}
		for _, point := range []string{"written", "delivering", "started", "working", "worked"} {
			crash(t, o, point)
		}
		late := o
		late.Clock = func() time.Time { return time.Now().Add(time.Hour) } // when all leases have run out
		d := dbtest.OpenOptions(t, nil, late)
		run(t, server(d))
		var want []string
		for n := range crashes {
			want = append(want, fmt.Sprintf(`event {"record":%d}`, n), fmt.Sprintf(`job {"record":%d}`, n))
		}
		await(t, "everything", func() bool { return len(told(t, d)) >= len(want) })
		got := told(t, d)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	})
}
