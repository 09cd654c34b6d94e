package notify

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// tellJob is the kind of the jobs that find out whom an event concerns, and tell them.
const tellJob = "notify.tell"

// happening is the payload of such a job: an event.
type happening struct {
	Event   int64           `json:"event"`
	Kind    string          `json:"kind"`
	Payload json.RawMessage `json:"payload"`
}

// finished is the payload of import.finished, stopped that of webhook.stopped, beat that of report.taken and report.failed.
type (
	finished struct {
		Import id.Import `json:"import"`
		App    id.App    `json:"app"`
		By     id.User   `json:"by"`
	}
	stopped struct {
		App     id.App `json:"app"`
		Webhook int64  `json:"webhook"`
	}
	beat struct {
		App    id.App    `json:"app"`
		Report id.Report `json:"report"`
		By     id.User   `json:"by"`
	}
)

// receive queues a job for each event that may concern somebody, in the transaction that delivers the events.
func (s *Notices) receive(ctx context.Context, tx *db.Tx, events []job.Event) error {
	apps := s.apps.Lives(tx)
	for _, ev := range events {
		if ticks := ticks[ev.Kind]; ticks != nil {
			var e record.Event
			if err := ev.Decode(&e); err != nil {
				return err
			}
			concerned, err := anybody(ctx, apps, e, ticks)
			if err != nil {
				return err
			}
			if !concerned {
				continue
			}
		}
		if _, err := job.Enqueue(ctx, tx, tellJob, happening{ev.ID, ev.Kind, ev.Payload}, job.Options{}); err != nil {
			return err
		}
	}
	return nil
}

// tick is one of the kinds of event of a general rule.
type tick func(app.GeneralNotice) bool

// ticks are the ticks of the events that happen too often to look at those that concern nobody.
var ticks = map[string]tick{
	"record.added":    func(n app.GeneralNotice) bool { return n.RecordAdded },
	"record.updated":  func(n app.GeneralNotice) bool { return n.RecordEdited },
	"record.status":   func(n app.GeneralNotice) bool { return n.StatusChanged },
	"record.assigned": func(app.GeneralNotice) bool { return false }, // whose turn it is hears of it without a rule
}

// anybody reports whether somebody may have to be told of an event.
func anybody(ctx context.Context, apps app.Lives, e record.Event, ticked tick) (bool, error) {
	if len(e.Matched)+len(e.Moves) > 0 {
		return true, nil
	}
	l, err := apps.Of(ctx, e.App)
	if err != nil {
		return false, unlessHidden(err)
	}
	return slices.ContainsFunc(l.Settings.GeneralNotices().List, ticked), nil
}
