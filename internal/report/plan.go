package report

import (
	"context"
	"encoding/json"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// beat is the payload of takeKind.
type beat struct {
	App    id.App    `json:"app"`
	Report id.Report `json:"report"`
}

// plan makes the rhythms of an app what its live settings say, and removes what is kept of graphs that are gone.
func (s *Snapshots) plan(ctx context.Context, tx *db.Tx, e app.DeployedEvent) error {
	l, err := s.apps.Live(ctx, tx, e.App)
	if errs.KindOf(err) == errs.NotFound {
		return nil // deleted in the meantime; its rhythms go on if it comes back
	}
	if err != nil {
		return err
	}
	planned, err := schedules(ctx, tx, l.ID)
	if err != nil {
		return err
	}
	for _, r := range l.Settings.Reports {
		if r.Periodic == nil || !r.Periodic.Active {
			continue
		}
		rhythm, err := rhythmOf(r)
		if err != nil {
			return err
		}
		if planned[r.ID].rhythm != rhythm {
			next, err := s.next(ctx, r, tx.Now())
			if err != nil {
				return err
			}
			if err := schedule(ctx, tx, beat{l.ID, r.ID}, rhythm, next); err != nil {
				return err
			}
		}
		delete(planned, r.ID)
	}
	for n := range planned {
		if err := unschedule(ctx, tx, l.ID, n); err != nil {
			return err
		}
	}
	return removeOthers(ctx, tx, l)
}

// rhythmOf is a mark of a graph's rhythm: another one when its beats are at other times.
func rhythmOf(r app.Report) (string, error) {
	b, err := json.Marshal(r.Periodic.Period)
	return id.String(r.By) + " " + string(b), err
}

// next is the first beat after t, in the time zone of who saved the graph.
func (s *Snapshots) next(ctx context.Context, r app.Report, t time.Time) (time.Time, error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return t, err
	}
	zone := time.UTC
	if u, ok := dir.Account(r.By); ok {
		if z, err := time.LoadLocation(u.Timezone); err == nil {
			zone = z
		}
	}
	return r.Periodic.Period.Next(t, zone), nil
}
