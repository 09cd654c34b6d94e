package job

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Config is how a Runner works; the zero value is for production.
type Config struct {
	// Workers is how many jobs run at once, those of WorkApart not counted; 0 means 4.
	Workers int
	// Grace is how long workers may go on after the runner has been told to stop; 0 means ten seconds.
	Grace time.Duration
	// Pause is the wait before the second attempt, which doubles up to an hour; 0 means five seconds.
	Pause time.Duration
	// Poll is how often to look for what other servers have written or left behind; 0 means two seconds, or a minute
	// where there can be no other server.
	Poll time.Duration
	// Log receives what went wrong; nil means slog.Default.
	Log *slog.Logger
}

// Runner delivers the events and runs the jobs of one site on this server, which has one Runner for each site.
type Runner struct {
	db        *db.DB
	config    Config
	holder    string // this runner, in the rows of its jobs
	receivers []receiver
	workers   map[string]Worker
	crews     []*crew       // the first does every kind that has none of its own
	freed     chan struct{} // a worker has ended

	mu      sync.Mutex
	running map[id.Job]*Job
}

// crew is a number of places for the jobs of some kinds.
type crew struct {
	kinds  []string
	places int
}

type receiver struct {
	name  string
	fn    Receiver
	kinds []string
}

// New returns a Runner of d. Receive and Work tell it what to do before Run starts it.
func New(d *db.DB, c Config) *Runner {
	if c.Workers == 0 {
		c.Workers = 4
	}
	if c.Grace == 0 {
		c.Grace = 10 * time.Second
	}
	if c.Pause == 0 {
		c.Pause = 5 * time.Second
	}
	if c.Poll == 0 {
		c.Poll = 2 * time.Second
		if d.Exclusive() {
			c.Poll = time.Minute
		}
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	r := &Runner{db: d, config: c, holder: id.Short(12), workers: make(map[string]Worker),
		crews: []*crew{{places: c.Workers}}, freed: make(chan struct{}, 1), running: make(map[id.Job]*Job)}
	r.Work(kindSetAside, Decoded(r.redeliver))
	return r
}

// Receive sends the events of kinds (none: of every kind) to fn. The name is for the log. Receivers run in the order in
// which they were added.
func (r *Runner) Receive(name string, fn Receiver, kinds ...string) {
	r.receivers = append(r.receivers, receiver{name, fn, kinds})
}

// Work has fn do the jobs of a kind. Jobs of kinds that no worker does stay queued.
func (r *Runner) Work(kind string, fn Worker) {
	r.work(kind, fn, r.crews[0])
}

// WorkApart is Work with so many places of the kind's own: for work that waits for others, behind which nothing else should
// have to wait.
func (r *Runner) WorkApart(kind string, places int, fn Worker) {
	c := &crew{places: places}
	r.crews = append(r.crews, c)
	r.work(kind, fn, c)
}

func (r *Runner) work(kind string, fn Worker, c *crew) {
	if _, twice := r.workers[kind]; twice {
		panic("job: two workers for " + kind)
	}
	r.workers[kind] = fn
	c.kinds = append(c.kinds, kind)
}

// Run works until ctx ends, then hands the jobs that do not finish within the grace back to the queue and returns.
// Its error is of the start only: later ones are logged and tried again.
func (r *Runner) Run(ctx context.Context) error {
	err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return reclaim(ctx, tx, r.db, r.holder, r.db.Exclusive())
	})
	if err != nil {
		return fmt.Errorf("job: %w", err)
	}
	var loops, workers sync.WaitGroup
	loops.Go(func() { r.dispatch(ctx) })
	loops.Go(func() { r.schedule(ctx, &workers) })
	loops.Go(func() { r.hold(ctx) })
	loops.Wait()
	r.handBack(&workers)
	return nil
}

// held returns the jobs that run here now.
func (r *Runner) held() []*Job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.running))
}

// free is how many more jobs each crew can do now.
func (r *Runner) free() (places []int, some bool) {
	for _, c := range r.crews {
		n := c.places
		for _, j := range r.held() {
			if slices.Contains(c.kinds, j.Kind) {
				n--
			}
		}
		places = append(places, n)
		some = some || n > 0
	}
	return places, some
}

// handBack ends the work that is under way.
func (r *Runner) handBack(workers *sync.WaitGroup) {
	for _, j := range r.held() {
		j.cancel(errStopping)
	}
	ended := make(chan struct{})
	go func() {
		workers.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(r.config.Grace):
	}
	for _, j := range r.held() { // those that do not listen; whatever they write about the job from here on is refused
		r.settle(j, verdict{state: Queued, attempts: j.Attempt - 1})
	}
}

// log tells of an error, unless it is only that ctx has ended.
func (r *Runner) log(ctx context.Context, what string, err error, args ...any) {
	if err != nil && ctx.Err() == nil {
		r.config.Log.Error(what, append(args, "error", err)...)
	}
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
