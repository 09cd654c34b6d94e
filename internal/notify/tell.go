package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
)

// spread tells everybody whom an event concerns.
func (s *Notices) spread(ctx context.Context, _ *job.Job, h happening) error {
	list, err := s.concerned(ctx, h)
	if err != nil {
		return unlessHidden(err)
	}
	for i := range list {
		list[i].once = "e" + strconv.FormatInt(h.Event, 10) + ":" + id.String(list[i].Record) + ":" + id.String(list[i].user)
	}
	return s.tell(ctx, list)
}

// concerned are the notices that an event makes.
//
// Errors: NotFound when what happened is gone, and concerns nobody any more.
func (s *Notices) concerned(ctx context.Context, h happening) ([]Notice, error) {
	switch h.Kind {
	case "import.finished":
		var e finished
		if err := json.Unmarshal(h.Payload, &e); err != nil {
			return nil, job.Permanent(err)
		}
		return s.imported(ctx, e)
	case "webhook.stopped":
		var e stopped
		if err := json.Unmarshal(h.Payload, &e); err != nil {
			return nil, job.Permanent(err)
		}
		return s.managers(ctx, Notice{Kind: Webhook, App: e.App})
	case "report.taken", "report.failed":
		var e beat
		if err := json.Unmarshal(h.Payload, &e); err != nil {
			return nil, job.Permanent(err)
		}
		if h.Kind == "report.failed" {
			return s.managers(ctx, Notice{Kind: ReportFailed, App: e.App, Report: e.Report})
		}
		return []Notice{{Kind: Report, App: e.App, Report: e.Report, user: e.By, ToMe: true}}, nil
	case space.EventCommented:
		var e space.Commented
		if err := json.Unmarshal(h.Payload, &e); err != nil {
			return nil, job.Permanent(err)
		}
		return s.mentioned(ctx, e)
	}
	var e record.Event
	if err := json.Unmarshal(h.Payload, &e); err != nil {
		return nil, job.Permanent(err)
	}
	set, err := s.records.Open(ctx, access.System("find whom an event concerns"), e.App)
	if err != nil {
		return nil, err
	}
	if h.Kind == "comment.added" {
		return s.commented(ctx, set, e)
	}
	return s.happened(ctx, set, h.Kind, e)
}

// together is how many notices are written at once; other writes may wait for them.
const together = 100

// tell writes notices, and the mails that they make, but for those whose person may not see what they are about.
func (s *Notices) tell(ctx context.Context, list []Notice) error {
	readers := map[id.User]*reader{}
	var seen []Notice
	for i, n := range list {
		r := readers[n.user]
		if r == nil {
			who, ok, err := s.people.ActAs(ctx, n.user)
			if err != nil {
				return err
			}
			if ok {
				r = s.newReader(who)
			}
			readers[n.user] = r
		}
		if r != nil {
			err := r.fill(ctx, &n)
			if err != nil && !hidden(err) {
				return err
			}
			if err == nil {
				n.mail = r.wantsMail(n)
				seen = append(seen, n)
			}
		}
		if len(seen) == together || i == len(list)-1 && len(seen) > 0 {
			if err := s.write(ctx, seen, readers); err != nil {
				return err
			}
			seen = seen[:0]
		}
	}
	return nil
}

// write stores notices of people who may see what they are about.
func (s *Notices) write(ctx context.Context, list []Notice, readers map[id.User]*reader) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := sweepLater(ctx, tx); err != nil {
			return err
		}
		for _, n := range list {
			n.At = tx.Now()
			told, err := insertNotice(ctx, tx, &n)
			if err != nil {
				return err
			}
			if !told {
				continue
			}
			tx.Signal(Topic(n.user))
			if n.mail {
				if err := s.post(ctx, tx, readers[n.user].who, n); err != nil {
					return fmt.Errorf("notify: mail: %w", err)
				}
			}
		}
		return nil
	})
}

func unlessHidden(err error) error {
	if hidden(err) {
		return nil
	}
	return err
}
