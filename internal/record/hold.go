package record

import (
	"context"
	"maps"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Named are records of an app that a request is about to change. They may not be there, or not be the actor's to see.
type Named struct {
	IDs  []id.Record
	Keys []Key
}

// Hold makes the records of several apps tx's to change, for a request whose parts change them one after the other. Those
// that change the same records then never wait for each other both ways: all of them hold the lower app and the lower id
// first. It tells nothing of any record; what is wrong with the request is for its parts to tell.
func (r *Records) Hold(ctx context.Context, tx *db.Tx, who access.Actor, named map[id.App]Named) error {
	for _, a := range slices.Sorted(maps.Keys(named)) {
		set, err := r.Open(ctx, who, a)
		switch {
		case err == nil:
			err = set.hold(ctx, tx, named[a])
		case errs.Lasting(err):
			err = nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// write is the transaction of a call that changes records. The app's settings are still those that its input was checked
// against, and the records that it names are held, but one alone: that is held when it is loaded.
//
// Errors: Busy "record.appChanged".
func (s *Set) write(ctx context.Context, named Named, fn func(ctx context.Context, tx *db.Tx) error) error {
	return s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err := s.records.apps.Live(ctx, tx, s.live.ID)
		if err != nil {
			return err
		}
		if l.Settings.Revision != s.live.Settings.Revision {
			return errs.E(errs.Busy, "record.appChanged")
		}
		if len(named.IDs)+len(named.Keys) > 1 {
			if err := s.hold(ctx, tx, named); err != nil {
				return err
			}
		}
		return fn(ctx, tx)
	})
}

// hold makes the records that n names tx's to change, the lowest id first. Keys that name nothing are left out.
func (s *Set) hold(ctx context.Context, tx *db.Tx, n Named) error {
	ids, keys := slices.Clip(n.IDs), []table.Key(nil)
	for _, k := range n.Keys {
		f, v, err := s.key(k)
		switch {
		case err != nil || v == "":
		case f.Type == field.RecordNumber:
			ids = append(ids, id.Record(number([]byte(v))))
		default:
			keys = append(keys, table.Key{Field: f, Value: v})
		}
	}
	return s.table().Lock(ctx, tx, ids, keys)
}

// namedBy are the records that changes name.
func namedBy(changes []Change) (n Named) {
	for _, c := range changes {
		if c.ID != 0 {
			n.IDs = append(n.IDs, c.ID)
		} else {
			n.Keys = append(n.Keys, c.Key)
		}
	}
	return n
}

// idsOf are the records that list names by their ids.
func idsOf[T any](list []T, of func(T) id.Record) Named {
	ids := make([]id.Record, len(list))
	for i, x := range list {
		ids[i] = of(x)
	}
	return Named{IDs: ids}
}
