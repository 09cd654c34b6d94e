package notify

import (
	"context"
	"slices"
	"sync"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// Changed is a record that has changed, or the talk on it. Whoever passes it on makes sure that its receiver may see it.
type Changed struct {
	App    id.App
	Record id.Record
}

// changes tells open pages of this server what changed. It is a hint and may be lost: a page looks again anyway when
// somebody returns to it, and other servers on the same database have events of their own.
type changes struct {
	mu   sync.Mutex
	open []chan Changed
}

// changeBuffer is how many changes a page may lag behind before some are lost; maxTogether is how many records of one
// write are told of: an import is not news for an open page.
const (
	changeBuffer = 64
	maxTogether  = 10
)

// Follow returns a channel of changes, and a function that ends it.
func (s *Notices) Follow() (<-chan Changed, func()) {
	c := make(chan Changed, changeBuffer)
	s.changes.mu.Lock()
	defer s.changes.mu.Unlock()
	s.changes.open = append(s.changes.open, c)
	return c, func() {
		s.changes.mu.Lock()
		defer s.changes.mu.Unlock()
		s.changes.open = slices.DeleteFunc(s.changes.open, func(other chan Changed) bool { return other == c })
	}
}

// announce tells open pages once the delivery of events is durable.
func (s *Notices) announce(_ context.Context, tx *db.Tx, events []job.Event) error {
	s.changes.mu.Lock()
	nobody := len(s.changes.open) == 0
	s.changes.mu.Unlock()
	if nobody {
		return nil
	}
	var list []Changed
	for _, ev := range events {
		var e record.Event
		if err := ev.Decode(&e); err != nil {
			return err
		}
		if len(e.Records) > maxTogether {
			continue
		}
		for _, n := range e.Records {
			list = append(list, Changed{e.App, n})
		}
	}
	tx.AfterCommit(func() { s.changes.tell(list) })
	return nil
}

func (c *changes) tell(list []Changed) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, to := range c.open {
		for _, x := range list {
			select {
			case to <- x:
			default: // lost, see above
			}
		}
	}
}
