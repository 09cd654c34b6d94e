package api

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/notify"
	"github.com/engawa/engawa/internal/transfer"
)

// feedEvery is how often a user's stream looks for what no signal tells of: the end of his session, the progress of his
// imports, what other servers did. maxChanges is how many changed records it looks at each time.
const (
	feedEvery  = time.Second
	maxChanges = 20
)

// feed is the stream of events of one logged-in user.
type feed struct {
	api     *API
	rq      Request
	stream  *httpx.Stream
	who     access.Actor
	unread  *[2]int64 // the state that was told of last
	imports map[id.Import]jobOut
	changed map[notify.Changed]bool
}

type unreadOut struct {
	Unread int `json:"unread"`
}

type jobOut struct {
	ID    string         `json:"id"`
	State transfer.State `json:"state"`
	Done  int            `json:"done"`
	Total int            `json:"total"`
}

type changedOut struct {
	App    string `json:"app"`
	Record string `json:"record"`
}

// userEvents answers GET /api/v1/events for as long as the user is logged in.
func (a *API) userEvents(ctx context.Context, rq Request) error {
	if rq.Who.Kind() != access.KindUser {
		return errs.E(errs.Forbidden, "forbidden")
	}
	f := &feed{
		api: a, rq: rq, stream: httpx.NewStream(rq.W), who: rq.Who,
		imports: map[id.Import]jobOut{}, changed: map[notify.Changed]bool{},
	}
	serveEvents(ctx, f.stream, f.run)
	return nil
}

func (f *feed) run(ctx context.Context) {
	signals, stop := f.api.db.Listen(notify.Topic(f.who.UserID()))
	defer stop()
	changes, unfollow := f.api.notices.Follow()
	defer unfollow()
	every := time.NewTicker(feedEvery)
	defer every.Stop()
	for f.look(ctx) {
		select {
		case <-ctx.Done():
			return
		case <-signals:
		case <-every.C:
		case c := <-changes:
			f.gather(c, changes)
		}
	}
}

// gather notes what has changed, without repeating itself.
func (f *feed) gather(c notify.Changed, more <-chan notify.Changed) {
	for {
		if len(f.changed) < maxChanges {
			f.changed[c] = true
		}
		select {
		case c = <-more:
		default:
			return
		}
	}
}

// look tells what is new, and reports false when the stream has to end. What goes wrong on our side is tried again at the
// next look.
func (f *feed) look(ctx context.Context) bool {
	who, _, err := f.api.authenticate(ctx, f.rq.R, Route{stream: f.api.userEvents}, nil)
	if err != nil {
		return !errs.Lasting(err) && ctx.Err() == nil
	}
	f.who = who
	return f.tellUnread(ctx) && f.tellImports(ctx) && f.tellChanges(ctx)
}

func (f *feed) tellUnread(ctx context.Context) bool {
	state, err := f.api.notices.State(ctx, f.who.UserID())
	if err != nil || f.unread != nil && *f.unread == state {
		return true
	}
	n, err := f.api.notices.Unread(ctx, f.who)
	if err != nil {
		return true
	}
	f.unread = &state
	return f.stream.Send("notification", unreadOut{n})
}

func (f *feed) tellImports(ctx context.Context) bool {
	running, err := f.api.imports.Running(ctx, f.who)
	if err != nil {
		return true
	}
	over := f.imports
	f.imports = map[id.Import]jobOut{}
	for _, m := range running {
		now := showJob(m)
		f.imports[m.ID] = now
		if over[m.ID] != now && !f.stream.Send("job", now) {
			return false
		}
		delete(over, m.ID)
	}
	for n := range over {
		m, err := f.api.imports.Get(ctx, f.who, n)
		if err == nil && !f.stream.Send("job", showJob(m)) {
			return false
		}
	}
	return true
}

func showJob(m *transfer.Import) jobOut { return jobOut{id.String(m.ID), m.State, m.Done, m.Rows} }

// tellChanges tells of the changed records that the user may see.
func (f *feed) tellChanges(ctx context.Context) bool {
	for c := range f.changed {
		set, err := f.api.records.Open(ctx, f.who, c.App)
		if err == nil {
			_, err = set.Title(ctx, c.Record)
		}
		if err == nil && !f.stream.Send("record", changedOut{id.String(c.App), id.String(c.Record)}) {
			return false
		}
	}
	clear(f.changed)
	return true
}
