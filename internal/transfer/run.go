package transfer

import (
	"context"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// work is the job of an import. What a person can act on ends it; anything else is tried again, from where it stopped.
func (s *Imports) work(ctx context.Context, j *job.Job, p payload) error {
	err := s.run(ctx, j, p.Import)
	if ctx.Err() != nil { // cancelled, or the server stops: no failure
		return context.Cause(ctx)
	}
	if e, ok := errs.As(err); ok && errs.Lasting(err) {
		if err := s.fail(ctx, p.Import, e); err != nil {
			return err
		}
		return job.Permanent(err)
	}
	return err
}

func (s *Imports) run(ctx context.Context, j *job.Job, n id.Import) error {
	var m *Import
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, err := read(ctx, tx, "WHERE id = ? AND state = ?", n, string(started))
		if err == nil && len(list) == 0 {
			err = notFound(n)
		}
		if err == nil {
			m = list[0]
		}
		return err
	})
	if err != nil {
		return err
	}
	f, err := s.open(ctx, m)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	if m.App == 0 {
		if err := s.makeApp(ctx, j, m, f); err != nil {
			return err
		}
	}
	return s.fill(ctx, j, m, f)
}

// owner is the person in whose name an import works, as he is now.
func (s *Imports) owner(ctx context.Context, m *Import) (access.Actor, error) {
	who, ok, err := s.people.ActAs(ctx, m.Owner)
	if err == nil && !ok {
		err = errs.E(errs.Forbidden, "import.ownerGone")
	}
	return who, err
}

// fill takes the rows from where the import stands. While one batch is being written the next is read and checked.
func (s *Imports) fill(ctx context.Context, j *job.Job, m *Import, f *stored) error {
	who, err := s.owner(ctx, m)
	if err != nil {
		return err
	}
	rd, err := sheet.Open(f, m.Size, m.Preview.Options)
	if err != nil {
		return err
	}
	defer rd.Close() //nolint:errcheck // only read
	if err := rd.SkipTo(m.Done); err != nil {
		return err
	}
	var reading sync.WaitGroup
	defer reading.Wait()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	batches := make(chan *batch)
	var failed error
	reading.Go(func() {
		defer close(batches)
		failed = s.batches(ctx, rd, *m, who.Zone(), batches)
	})
	for b := range batches {
		if err := s.store(ctx, j, m, b); err != nil {
			return err
		}
	}
	return failed // written before batches was closed
}

// batches reads the rest of the file and sends it in batches, the last of them marked.
func (s *Imports) batches(ctx context.Context, rd *sheet.Reader, m Import, zone *time.Location, to chan<- *batch) error {
	for last := false; !last; {
		b := &batch{from: m.Done, next: m.Done}
		if err := b.read(rd, &m, zone); err != nil {
			return err
		}
		if err := s.prepare(ctx, &m, b); err != nil {
			return err
		}
		m.Done, last = b.next, b.last
		select {
		case to <- b:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}
